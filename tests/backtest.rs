//! How good forecasts made along the way would have been: NHS England’s months, April 2015 to September 2017, of an
//! average county, a small council and a whole country. The aim: the band of 8 in 10 runs holds 75 to 85% of the months,
//! and what is expected errs no more than the last month carried forward.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what broke by breaking")]

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use ibcf_planner::bundled::JULY_2017;
use ibcf_planner::file;
use ibcf_planner::forecast::calibration::{Ahead, Backtest, backtest, calibrate};
use ibcf_planner::forecast::chance::{Prepared, Spread, replicate};
use ibcf_planner::scenario::{Quantity, Scenario};

const AREAS: [&str; 3] = ["oxfordshire", "bath-and-north-east-somerset", "england"];

fn area(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/backtest/{name}.ron"));
    file::read(&path).unwrap_or_else(|error| panic!("{}", error.lines().join("\n"))).scenario
}

/// The record of every area.
fn records() -> &'static [Backtest] {
    static RECORDS: OnceLock<Vec<Backtest>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let record = |name| backtest(&area(name), 1_000, 1, &AtomicBool::new(false)).expect("it can be calibrated");
        AREAS.map(|name| record(name).expect("nobody stops it")).into()
    })
}

/// The share of months inside the band so far ahead, over all areas, and how many there are.
fn share_inside(months: usize) -> (f64, usize) {
    let ahead: Vec<&Ahead> =
        records().iter().flat_map(|record| &record.ahead).filter(|ahead| ahead.months == months).collect();
    let all: usize = ahead.iter().map(|ahead| ahead.trials.len()).sum();
    let inside: usize = ahead.iter().map(|ahead| ahead.inside()).sum();
    (inside as f64 / all as f64, all)
}

#[test]
fn every_month_with_twelve_before_it_is_forecast_one_three_and_six_months_ahead() {
    // 30 months: from the 12th to the last but one, two and five fewer farther ahead.
    for record in records() {
        let made: Vec<(usize, usize)> = record.ahead.iter().map(|ahead| (ahead.months, ahead.trials.len())).collect();
        assert_eq!(made, [(1, 18), (3, 16), (6, 13)]);
    }
}

#[test]
fn one_and_three_months_ahead_the_band_of_8_in_10_holds_75_to_85_in_a_hundred() {
    for months in [1, 3] {
        let (share, _) = share_inside(months);
        assert!((0.75..=0.85).contains(&share), "{share} inside {months} months ahead");
    }
}

#[test]
fn six_months_ahead_the_share_inside_is_no_further_from_8_in_10_than_luck_explains() {
    let (share, all) = share_inside(6);
    // Two standard errors of a share, as if no two forecasts shared a month of their future.
    let luck = 2.0 * (0.8 * 0.2 / all as f64).sqrt();
    assert!((share - 0.8).abs() <= luck, "{share} of {all}");
}

#[test]
fn over_all_areas_what_is_expected_errs_no_more_than_the_last_month_carried_forward() {
    let ratios =
        records().iter().flat_map(|record| &record.ahead).map(|ahead| ahead.error() / ahead.error_of_carrying());
    let ratios: Vec<f64> = ratios.collect();
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    assert!(mean <= 1.0, "{mean} of the error of carrying forward: {ratios:?}");
}

/// How far a month lies off, either way, as a standard deviation of the logarithm.
fn width(month: &Spread) -> f64 {
    f64::from(month.p90 / month.p10).ln() / (2.0 * 1.2816)
}

/// NHS England's months of all councils, 2015 to 2017, move by 0.26, 0.40 and 0.47 over one, six and twelve months; small
/// councils more, large ones less. Oxfordshire's own, known by 13 July 2017, are the least that its bands may show.
#[test]
fn the_july_bands_are_as_wide_as_oxfordshires_months_moved_and_no_wider_than_the_councils_of_england() {
    let july = JULY_2017.open().expect("the July plan opens").scenario;
    let people: Vec<f64> = july.history.months.iter().map(ibcf_planner::scenario::MonthOfDelays::people).collect();
    let prepared = Prepared::of(&july);
    let tally = replicate(&prepared, 1, 0..2_000, &AtomicBool::new(false)).expect("nobody stops it");
    let chance = tally.chance(&prepared, 1);
    for (months, councils) in [(1, 0.26), (6, 0.40), (12, 0.47)] {
        let moves: Vec<f64> = people.windows(months + 1).map(|pair| (pair[months] / pair[0]).ln().powi(2)).collect();
        let own = (moves.iter().sum::<f64>() / moves.len() as f64).sqrt();
        let band = width(&chance.months[months - 1]);
        assert!((own..=councils).contains(&band), "{months} months ahead {band}, moved by {own}");
    }
}

#[test]
fn the_july_plans_volatility_is_what_its_own_history_gives() {
    let july = JULY_2017.open().expect("the July plan opens").scenario;
    let movement = calibrate(&july).expect("it can be calibrated").movement;
    let written = |figure: &Quantity, found: f64| (figure.to_f64() - found).abs() < 0.000_5 + 1e-9;
    let recording = july.recording.as_ref().expect("it has recording");
    assert!(written(&recording.value, movement.recording), "{}", movement.recording);
    for pathway in &july.pathways {
        let spread = &pathway.volatility.as_ref().expect("it drifts").spread;
        assert!(written(&spread.value, movement.spread), "{}", movement.spread);
    }
}

#[test]
fn a_calibrated_scenario_passes_the_rules_and_begins_at_the_level_found() {
    for name in AREAS {
        let scenario = area(name);
        let calibration = calibrate(&scenario).expect("it can be calibrated");
        let applied = ibcf_planner::scenario::edit::apply(&scenario, &calibration.edit(&scenario));
        let calibrated = applied.unwrap_or_else(|refusal| panic!("{name}: {refusal}")).scenario;
        let level: f64 = calibration.pathways.iter().map(|fit| fit.level).sum();
        let prepared = Prepared::of(&calibrated);
        let tally = replicate(&prepared, 1, 0..500, &AtomicBool::new(false)).expect("nobody stops it");
        let begins_at = tally.chance(&prepared, 1).mean_months[0];
        assert!((begins_at / level - 1.0).abs() < 0.01, "{name} begins at {begins_at}, its level is {level}");
    }
}
