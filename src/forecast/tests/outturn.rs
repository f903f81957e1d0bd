//! What came since the plan was written is held against the forecast, and never enters it.

use std::sync::atomic::AtomicBool;

use crate::bundled::JULY_2017;
use crate::forecast::chance::{Chance, Prepared, Spread, replicate};
use crate::forecast::{Contributions, Forecast, Verdict, outturn};
use crate::scenario::{MonthOfOutturn, Scenario};

/// Oxfordshire, June to September 2017: NHS England, Delayed Transfers of Care, as later revised.
const CAME: [(&str, u32); 4] = [("2017-06", 6_414), ("2017-07", 5_810), ("2017-08", 4_400), ("2017-09", 3_970)];

fn july() -> Scenario {
    JULY_2017.open().expect("the bundled plan is sound").scenario
}

fn july_and_after() -> Scenario {
    let month = |(month, days): (&str, u32)| MonthOfOutturn::entered(month.parse().expect("a month"), days);
    Scenario { outturn: CAME.map(month).into(), ..july() }
}

fn chance(scenario: &Scenario) -> Chance {
    let prepared = Prepared::of(scenario);
    replicate(&prepared, 1, 0..128, &AtomicBool::new(false)).expect("nobody stops it").chance(&prepared, 1)
}

#[test]
fn a_plan_never_sees_its_own_future() {
    let (before, after) = (july(), july_and_after());
    assert_eq!(Forecast::of(&before), Forecast::of(&after));
    let [said_before, said_after] =
        [&before, &after].map(|scenario| Contributions::of(scenario, &Forecast::of(scenario)));
    assert_eq!(said_before, said_after);
    assert_eq!(chance(&before), chance(&after));
}

#[test]
fn a_month_is_inside_the_band_with_its_edges_above_it_or_below() {
    for (people, verdict) in [
        (139.9, Verdict::Below),
        (140.0, Verdict::Inside),
        (170.0, Verdict::Inside),
        (199.0, Verdict::Inside),
        (199.1, Verdict::Above),
    ] {
        assert_eq!(Verdict::of(people, 140.0, 199.0), verdict, "{people}");
    }
}

#[test]
fn each_month_is_judged_by_the_band_of_its_own_month() {
    let scenario = july_and_after();
    let mut chance = chance(&scenario);
    // 6,414 / 30 = 213.8, 5,810 / 31 = 187.4, 4,400 / 31 = 141.9, 3,970 / 30 = 132.3 people.
    let bands = [(213.7, 214.0), (190.0, 200.0), (130.0, 140.0), (132.0, 132.5)];
    for (at, (p10, p90)) in bands.into_iter().enumerate() {
        chance.months[2 + at] = Spread { p10, p90, ..Spread::default() }; // April and May come first
    }
    let judged = outturn(&scenario, Some(&chance));
    let verdicts: Vec<_> = judged.iter().filter_map(|month| month.judged).map(|judged| judged.verdict).collect();
    assert_eq!(verdicts, [Verdict::Inside, Verdict::Below, Verdict::Above, Verdict::Inside]);
    assert_eq!(judged[1].delayed_days, 5_810);
    assert!((judged[1].people - 5_810.0 / 31.0).abs() < 1e-12);
}

#[test]
fn without_chance_there_is_no_verdict() {
    let judged = outturn(&july_and_after(), None);
    assert_eq!(judged.len(), 4);
    assert!(judged.iter().all(|month| month.judged.is_none()));
}
