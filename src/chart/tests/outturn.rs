//! Months that came since the plan was written: their words, their marks, and what the pointer and the table say.

use super::{close, july, lines, words};
use crate::chart::{self, Chart, Layer, Shape, Split, Tone, months_inside, outturn_in_words};
use crate::forecast::chance::{Chance, Spread};
use crate::forecast::{Forecast, Judged, OutturnFigures, Verdict};
use crate::scenario::{MonthOfOutturn, Scenario};

fn came(people: f64, judged: Option<(f64, f64)>) -> OutturnFigures {
    let judged = judged.map(|(p10, p90)| Judged { verdict: Verdict::of(people, p10, p90), p10, p90 });
    OutturnFigures { month: "2017-06".parse().expect("a month"), delayed_days: 6_414, people, judged }
}

#[test]
fn a_month_that_came_is_told_with_the_band_it_is_held_against() {
    let held = "that held 8 in 10 runs";
    for (people, band, words) in [
        (213.8, Some((140.2, 199.4)), format!("214 people delayed, above the band of 140 to 199 {held}")),
        (180.0, Some((140.2, 199.4)), format!("180 people delayed, inside the band of 140 to 199 {held}")),
        (12.0, Some((140.2, 199.4)), format!("12 people delayed, below the band of 140 to 199 {held}")),
        (1.0, Some((0.0, 2.0)), format!("1 person delayed, inside the band of 0 to 2 {held}")),
        (213.8, None, "214 people delayed".to_owned()),
        // Rounded to whole people these would read like months inside.
        (199.42, Some((140.2, 199.4)), format!("199.42 people delayed, above the band of 140.20 to 199.40 {held}")),
        (139.8, Some((140.2, 199.4)), format!("139.8 people delayed, below the band of 140.2 to 199.4 {held}")),
    ] {
        assert_eq!(outturn_in_words(&came(people, band)), format!("June 2017: {words}"));
    }
}

#[test]
fn months_inside_are_counted_of_those_judged() {
    let (inside, above, unjudged) =
        (came(150.0, Some((140.0, 199.0))), came(200.0, Some((140.0, 199.0))), came(1.0, None));
    assert_eq!(months_inside(&[]), None);
    assert_eq!(months_inside(&[unjudged]), None);
    assert_eq!(months_inside(&[above]).as_deref(), Some("0 of 1 month inside the band"));
    assert_eq!(months_inside(&[inside, above, inside, unjudged]).as_deref(), Some("2 of 3 months inside the band"));
}

/// July with June to September 2017 as they came, and chance whose bands put June above, July and August inside and
/// September below: 213.8, 187.4, 141.9 and 132.3 people.
fn judged() -> (Scenario, Chance) {
    let days = [("2017-06", 6_414), ("2017-07", 5_810), ("2017-08", 4_400), ("2017-09", 3_970)];
    let month = |(month, days): (&str, u32)| MonthOfOutturn::entered(month.parse().expect("a month"), days);
    let scenario = Scenario { outturn: days.map(month).into(), ..july() };
    let spread = Spread { p05: 130.0, p10: 140.0, p25: 150.0, p50: 160.0, p75: 170.0, p90: 190.0, p95: 200.0 };
    let people = Forecast::of(&scenario).people();
    let chance = Chance {
        replications: 10_000,
        seed: 1,
        days: vec![spread; people.len()],
        months: vec![spread; 36],
        targets: Vec::new(),
        mean_days: people,
        mean_months: vec![160.0; 36],
        mean_pathway_months: vec![vec![160.0 / 6.0; 36]; 6],
        doing_nothing: None,
    };
    (scenario, chance)
}

fn trajectory(scenario: &Scenario, chance: Option<&Chance>, split: Split) -> Chart {
    chart::trajectory(scenario, &Forecast::of(scenario), chance, split)
}

fn marks(chart: &Chart) -> Vec<(Shape, Tone, [f64; 2])> {
    let mark = |layer: &Layer| match layer {
        Layer::Mark { shape, tone, at, .. } if *shape != Shape::Cross => Some((*shape, *tone, *at)),
        _ => None,
    };
    chart.layers.iter().filter_map(mark).collect()
}

#[test]
fn months_above_inside_and_below_differ_by_shape_and_stand_at_their_people() {
    let (scenario, chance) = judged();
    for split in Split::ALL {
        let marks = marks(&trajectory(&scenario, Some(&chance), split));
        let said: Vec<_> = marks.iter().map(|(shape, tone, _)| (*shape, *tone)).collect();
        let inside = (Shape::Disc, Tone::Ink);
        assert_eq!(said, [(Shape::Up, Tone::Bad), inside, inside, (Shape::Down, Tone::Good)], "{split:?}");
        // 61 days lie before June 2017, which has 30.
        assert!(close(marks[0].2[0], 76.0) && close(marks[0].2[1], 6_414.0 / 30.0), "{:?}", marks[0]);
    }
    let unjudged = marks(&trajectory(&scenario, None, Split::Total));
    assert_eq!(unjudged.len(), 4);
    assert!(unjudged.iter().all(|(shape, tone, _)| (*shape, *tone) == (Shape::Diamond, Tone::Ink)));
}

#[test]
fn the_chart_says_what_the_marks_mean_and_how_many_months_are_inside() {
    let (scenario, chance) = judged();
    let judged = trajectory(&scenario, Some(&chance), Split::Total);
    assert!(judged.title.ends_with(". Outturn: 2 of 4 months inside the band"), "{}", judged.title);
    assert!(judged.subtitle.contains("Outturn: ▲ above, ● inside, ▼ below the band"), "{}", judged.subtitle);
    assert!(words(&judged).iter().any(|(text, _)| *text == "outturn"));
    let unjudged = trajectory(&scenario, None, Split::Total);
    assert!(!unjudged.title.contains("band") && unjudged.subtitle.contains("◆ outturn"), "{}", unjudged.subtitle);
    let nothing_came = trajectory(&july(), Some(&chance), Split::Total);
    assert!(
        !format!("{nothing_came:?}").to_lowercase().contains("outturn"),
        "a plan without outturn says nothing of it"
    );
}

#[test]
fn the_pointer_and_the_table_tell_a_month_s_outturn_and_verdict() {
    let (scenario, chance) = judged();
    let chart = trajectory(&scenario, Some(&chance), Split::Total);
    let said = |day: f64| {
        let reading = chart.read([day, 10.0]).expect("a month of the plan");
        reading.lines.iter().find(|(name, _)| name == "Outturn").map(|(_, value)| value.as_str())
    };
    assert_eq!(said(76.0), Some("214 people, above the band"));
    assert_eq!(said(100.0), Some("187 people, inside the band"));
    assert_eq!(said(168.0), Some("132 people, below the band"));
    assert_eq!(said(200.0), None);
    let table = &chart.table;
    let last = table.columns.len() - 2;
    assert_eq!(table.columns[last..], ["Outturn", "Against the band"]);
    let june = table.rows.iter().find(|row| row[0] == "June 2017").expect("a row");
    assert_eq!(june[last..], ["213.8", "above the band"]);
    let october = table.rows.iter().find(|row| row[0] == "October 2017").expect("a row");
    assert_eq!(october[last..], ["–", "–"]);
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
}

#[test]
fn a_month_beyond_everything_else_still_stands_on_the_chart() {
    let (mut scenario, chance) = judged();
    scenario.outturn[0] = MonthOfOutturn::entered(scenario.outturn[0].month, 30_000);
    let chart = trajectory(&scenario, Some(&chance), Split::Total);
    assert!(chart.y.to >= 1_000.0, "30,000 days over 30: {}", chart.y.to);
    assert_eq!(lines(&chart, "Published")[0].len(), 17, "the outturn is no part of the history");
}
