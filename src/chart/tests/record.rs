//! The record of earlier forecasts, on three whose fate is plain.

use super::super::{Layer, no_record, record};
use crate::forecast::calibration::{Ahead, Backtest, Trial};

fn trial(month: &str, published: f64) -> Trial {
    Trial {
        known: "2017-01".parse().expect("a month"),
        month: month.parse().expect("a month"),
        published,
        expected: 110.0,
        low: 90.0,
        high: 140.0,
        carried: 100.0,
    }
}

fn three() -> Backtest {
    let trials = vec![trial("2017-02", 100.0), trial("2017-03", 150.0), trial("2017-04", 80.0)];
    Backtest { replications: 1_000, ahead: vec![Ahead { months: 1, trials }] }
}

#[test]
fn the_record_says_how_many_months_fell_inside_and_how_far_forecasts_were_out() {
    // |100 − 110|, |150 − 110|, |80 − 110|: 80 / 3; against 100: 0, 50 and 20.
    let title = record(&three(), 1).title;
    assert!(title.starts_with("1 month ahead, 1 of 3 months fell inside the band"), "{title}");
    assert!(title.contains("out by 27 people") && title.ends_with("by 23"), "{title}");
}

#[test]
fn a_month_outside_the_band_is_crossed_and_says_on_which_side() {
    let chart = record(&three(), 1);
    let crossed =
        chart.layers.iter().filter_map(|layer| if let Layer::Mark { at, .. } = layer { Some(*at) } else { None });
    assert_eq!(crossed.collect::<Vec<_>>(), [[1.0, 150.0], [2.0, 80.0]]);
    let verdicts: Vec<&str> = chart.table.rows.iter().map(|row| row[6].as_str()).collect();
    assert_eq!(verdicts, ["inside", "above", "below"]);
    assert_eq!(chart.read([1.2, 10.0]).map(|reading| reading.title.as_str()), Some("March 2017"));
}

#[test]
fn where_nothing_was_tried_the_chart_says_so_and_draws_nothing() {
    for chart in [record(&three(), 6), no_record("The history has 3 months")] {
        assert!(chart.title.contains("history"), "{}", chart.title);
        assert!(chart.layers.is_empty() && chart.table.rows.is_empty());
    }
}
