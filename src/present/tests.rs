//! Findings as sentences: what differs is named, and no two pages say the same.

use std::collections::BTreeSet;

use super::*;
use crate::bundled;
use crate::forecast::chance::{Chance, Prepared, replicate};
use crate::scenario::edit::apply;
use crate::scenario::{Bookmark, Edit};

/// A scenario with everything that pages are made from.
struct Worked {
    scenario: Scenario,
    ledger: Ledger,
    forecast: Forecast,
    chance: Option<Chance>,
}

impl Worked {
    fn of(scenario: Scenario, replications: u32) -> Self {
        let prepared = Prepared::of(&scenario);
        let tally = replicate(&prepared, 1, 0..replications, &std::sync::atomic::AtomicBool::new(false));
        let chance = (replications > 0).then(|| tally.expect("nothing stops it").chance(&prepared, 1));
        Self { ledger: Ledger::of(&scenario).expect("sums hold"), forecast: Forecast::of(&scenario), chance, scenario }
    }

    fn plan(&self) -> Plan<'_> {
        let Self { scenario, ledger, forecast, chance } = self;
        Plan { scenario, ledger, forecast, chance: chance.as_ref() }
    }
}

fn july() -> Scenario {
    bundled::JULY_2017.open().expect("it is sound").scenario
}

fn changed(scenario: &Scenario, edit: &Edit) -> Scenario {
    apply(scenario, edit).expect("it holds").scenario
}

fn allocated(scenario: &Scenario, scheme: &str, year: &str, pounds: i64) -> Scenario {
    let (scheme, year) = (scheme.parse().expect("a name"), year.parse().expect("a year"));
    changed(scenario, &Edit::SetAllocation { scheme, year, amount: crate::money::Money::pounds(pounds).expect("few") })
}

fn bound(scenario: &Scenario, scheme: &str, year: &str, committed: bool) -> Scenario {
    let (scheme, year) = (scheme.parse().expect("a name"), year.parse().expect("a year"));
    changed(scenario, &Edit::SetCommitted { scheme, year, committed })
}

fn name<'a>(scenario: &'a Scenario, scheme: &str) -> &'a str {
    &scenario.scheme(&scheme.parse().expect("a name")).expect("July has it").1.name
}

#[test]
fn no_two_pages_of_a_plan_have_the_same_finding() {
    for bundled in bundled::ALL {
        let worked = Worked::of(bundled.open().expect("it is sound").scenario, 0);
        let told = Told { now: worked.plan(), opened: None, record: None };
        let topics = topics(&worked.scenario);
        let titles: BTreeSet<String> = topics.iter().map(|topic| page(*topic, &told).title).collect();
        assert_eq!(titles.len(), topics.len(), "{}: {titles:#?}", bundled.label);
    }
}

#[test]
fn a_commitment_that_differs_is_named_with_its_year() {
    let opened = july();
    let beds = name(&opened, "care-home-beds").to_owned();
    let was = opened
        .scheme(&"care-home-beds".parse().expect("a name"))
        .expect("beds")
        .1
        .is_committed("2018/19".parse().expect("a year"));
    let flipped = bound(&opened, "care-home-beds", "2018/19", !was);
    let verb = if was { "Freeing" } else { "Committing" };
    let said = Change::between(&opened, &flipped).expect("it differs");
    assert_eq!(said.in_words(), format!("{verb} {beds} in 2018/19"));
    assert_eq!(said.verb("leaves", "leave"), "leaves");
    // Money that moved as well is told first, and the commitment after it.
    let both = allocated(&flipped, "care-home-beds", "2017/18", 650_000);
    let said = Change::between(&opened, &both).expect("it differs").in_full();
    assert_eq!(said, format!("£250,000 less on {beds} in 2017/18; {verb} {beds} in 2018/19"));
}

#[test]
fn two_states_side_by_side_have_the_figures_that_their_pages_have() {
    let opened = july();
    let fewer = allocated(&opened, "care-home-beds", "2017/18", 650_000);
    let kept = Bookmark::of(&fewer, "Fewer beds");
    let gone_to = as_kept(&opened, &kept).expect("it can be gone to");
    assert_eq!(
        gone_to.schemes.iter().map(|s| s.allocations.clone()).collect::<Vec<_>>(),
        fewer.schemes.iter().map(|s| s.allocations.clone()).collect::<Vec<_>>()
    );
    let states = [Worked::of(opened, 500), Worked::of(gone_to, 500)];
    let (finding, table) = side_by_side([("As opened", states[0].plan()), ("Fewer beds", states[1].plan())]);
    assert!(finding.starts_with("“Fewer beds” against “As opened”: £250,000 less on 40 care-home beds"), "{finding}");
    assert!(finding.contains(" more people waiting in November 2017"), "{finding}");
    for (at, state) in states.iter().enumerate() {
        let page = page(Topic::Delays, &Told { now: state.plan(), opened: None, record: None });
        let row = table.rows.iter().find(|row| row[0].starts_with("Delayed in ")).expect("July has targets");
        assert_eq!(row[at + 1], format!("{} ({} chance)", page.figures[0].value, page.figures[1].value));
    }
    let plans = [&states[0].plan(), &states[1].plan()];
    assert_eq!(whose_figures(plans), "People delayed and days avoided are means of 500 runs of each.");
}

#[test]
fn a_locked_scheme_is_no_reason_not_to_look_at_a_state() {
    let opened = july();
    let kept = Bookmark::of(&allocated(&opened, "care-home-beds", "2017/18", 650_000), "Fewer beds");
    let locked = changed(&opened, &Edit::SetLocked { scheme: "care-home-beds".parse().expect("a name"), locked: true });
    assert!(as_kept(&locked, &kept).is_some());
}

#[test]
fn what_is_felt_in_no_targets_month_is_told_in_the_month_that_feels_it_most() {
    let opened = july();
    let last = opened.fund.grant.iter().last().expect("July has years").0.to_string();
    let scheme = opened.schemes.iter().find(|scheme| scheme.id.to_string() == "care-home-beds").expect("beds");
    let now = scheme.allocation(last.parse().expect("a year")).whole_pounds();
    let (before, after) =
        (Worked::of(opened.clone(), 0), Worked::of(allocated(&opened, "care-home-beds", &last, now + 900_000), 0));
    let title = page(Topic::Delays, &Told { now: after.plan(), opened: Some(before.plan()), record: None }).title;
    assert!(title.contains(", nearly as many as before in "), "{title}");
    let month = title.split("waiting in ").nth(1).and_then(|rest| rest.split(',').next()).expect("a month");
    let felt = |worked: &Worked| {
        let months = &worked.forecast.months;
        months.iter().map(|figures| (figures.month.in_words(), figures.expected)).collect::<Vec<_>>()
    };
    let most = felt(&before)
        .into_iter()
        .zip(felt(&after))
        .max_by(|((_, a), (_, b)), ((_, c), (_, d))| (a - b).abs().total_cmp(&(c - d).abs()));
    assert_eq!(most.expect("months").0.0, month);
}
