//! Calibrations of histories whose answer is known by hand, by a formula, or by the replications themselves.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::super::chance::{Chance, Prepared, replicate};
use super::super::tests::{close, figure, kind, pathway, scenario, service};
use super::places::{fit, waiting_at};
use super::{Calibration, Unsolved, backtest, calibrate, level};
use crate::bundled::JULY_2017;
use crate::calendar::Month;
use crate::scenario::edit::apply;
use crate::scenario::{Kind, MonthOfDelays, Pathway, Reason, Scenario};

fn july() -> Scenario {
    JULY_2017.open().expect("the July plan opens").scenario
}

/// Months from April 2015 on with these people delayed, all for reason E.
fn months(people: &[f64]) -> Vec<MonthOfDelays> {
    let mut month: Month = "2015-04".parse().expect("a month");
    let mut months = Vec::new();
    for people in people {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "days of delay, rounded")]
        let days = (people * f64::from(month.days())).round() as u32;
        let reasons = BTreeMap::from([(Reason::E, days)]);
        months.push(MonthOfDelays { month, nhs: days, social_care: 0, both: 0, reasons });
        month = month.next();
    }
    months
}

fn queue_of(patience: Option<f64>) -> Pathway {
    let mut waiting = service(50.0, 28.0);
    waiting.patience_days = patience.map(figure);
    let mut queue = pathway(1.0, 10.0, kind(waiting));
    queue.reasons = vec![Reason::E];
    queue
}

fn with_history(pathway: Pathway, people: &[f64]) -> Scenario {
    let mut scenario = scenario(vec![pathway], Vec::new());
    scenario.history.months = months(people);
    scenario
}

fn wandering(months: usize) -> Vec<f64> {
    let shocks = [0.2, -0.1, 0.15, 0.1, -0.25, 0.05, -0.15, 0.2, 0.1, -0.2, -0.1, 0.15, 0.05];
    let steps = shocks.iter().cycle().take(months).scan(5.0, |log: &mut f64, shock| {
        *log += shock;
        Some(log.exp())
    });
    steps.collect()
}

#[test]
fn a_month_moves_the_level_by_its_weight() {
    // 10; halfway to 20 is 15; halfway to 40 is 27.5.
    close(level::smoothed(&[10.0, 20.0, 40.0], 0.5), 27.5, 1e-12);
    close(level::smoothed(&[10.0, 20.0, 40.0], 1.0), 40.0, 1e-12);
}

#[test]
fn what_climbs_is_carried_forward_and_what_jumps_about_is_smoothed() {
    let climbing: Vec<f64> = (0..30).map(|at| 100.0 + 5.0 * f64::from(at)).collect();
    close(level::choose(&level::weigh(&climbing)), 1.0, 1e-12);
    let jumping: Vec<f64> = (0..30).map(|at| if at % 2 == 0 { 80.0 } else { 125.0 }).collect();
    close(level::choose(&level::weigh(&jumping)), 0.3, 0.11);
}

#[test]
fn a_large_queue_gets_four_fifths_of_the_places_that_all_would_need() {
    // W = (λ − c/stay)·patience with λ = 5·W/patience: 600 people, 60 days, λ = 50, so c = 40 × 28.
    let Ok(found) = fit(&queue_of(Some(60.0)), 600.0) else { panic!("it can be solved") };
    close(found.referrals, 350.0, 1e-9);
    close(found.service.map_or(0.0, |service| service.places), 1_120.0, 0.01);
}

#[test]
fn the_queue_with_chance_is_erlangs_where_patience_hardly_ends() {
    // Erlang's C formula, mean queue: MODEL's table, and Erlang 1917.
    for (arrivals, stay, places, queue) in
        [(5.0, 12.0, 67.0, 2.416), (5.25, 12.0, 67.0, 8.121), (2.0, 21.0, 50.0, 0.861), (1.0, 6.0, 8.0, 1.071)]
    {
        close(waiting_at(places, arrivals, stay, 1e9), queue, 0.001);
    }
}

fn chance_of(calibration: &Calibration, scenario: &Scenario, replications: u32) -> Chance {
    let mut alone = calibration.applied(scenario);
    alone.schemes.clear();
    let prepared = Prepared::of(&alone);
    let tally = replicate(&prepared, 1, 0..replications, &AtomicBool::new(false)).expect("nobody stops it");
    tally.chance(&prepared, 1)
}

#[test]
fn a_calibrated_queue_of_any_size_stays_at_its_level_on_average() {
    for people in [3.0, 10.0, 30.0, 90.0] {
        let mut still = with_history(queue_of(Some(60.0)), &[people; 24]);
        let mut calibration = calibrate(&still).expect("it can be solved");
        // Chance in whole people alone: drift would add its own.
        (calibration.movement.spread, calibration.movement.recording) = (0.0, 0.0);
        still.recording = None;
        let chance = chance_of(&calibration, &still, 1_500);
        let third_year = &chance.mean_months[24..];
        let mean = third_year.iter().sum::<f64>() / 12.0;
        close(mean, people, 0.05 * people);
    }
}

#[test]
fn replications_of_a_calibrated_plan_move_as_much_as_the_calibration_says() {
    let july = july();
    let calibration = calibrate(&july).expect("it can be solved");
    let chance = chance_of(&calibration, &july, 4_000);
    for ahead in calibration.movement.ahead.iter().filter(|ahead| [1, 3, 6, 12].contains(&ahead.months)) {
        let month = chance.months[ahead.months - 1];
        let found = f64::from(month.p90 / month.p10).ln() / 2.0 / 1.2816;
        close(found, ahead.fitted, 0.1 * ahead.fitted);
    }
}

#[test]
fn a_calibration_hangs_on_the_history_and_not_on_the_figures_that_it_replaces() {
    let july = july();
    let first = calibrate(&july).expect("it can be solved");
    let applied = apply(&july, &first.edit(&july)).expect("the rules allow it");
    assert_eq!(calibrate(&applied.scenario), Ok(first));
    let back = apply(&applied.scenario, &applied.inverse).expect("it can be taken back");
    assert_eq!(back.scenario, july);
}

#[test]
fn what_cannot_be_solved_is_named_with_its_reason() {
    let words = |scenario: &Scenario| match calibrate(scenario) {
        Ok(_) => "solved".to_owned(),
        Err(unsolved) => unsolved.iter().map(Unsolved::to_string).collect::<Vec<_>>().join("; "),
    };
    let steady = [40.0; 24];
    assert!(words(&with_history(queue_of(None), &steady)).contains("wait for ever"));
    let mut undelivered = queue_of(Some(60.0));
    if let Kind::Service(service) = &mut undelivered.kind {
        service.delivery = figure(0.0);
    }
    undelivered.name = "Care at home".into();
    let said = words(&with_history(undelivered, &steady));
    assert!(said.starts_with("Care at home") && said.contains("delivered"), "{said}");
    let mut closed = queue_of(Some(1.0));
    if let Kind::Service(service) = &mut closed.kind {
        service.weekend = figure(0.0);
    }
    assert!(words(&with_history(closed, &steady)).contains("over its weekends"));
    assert!(words(&with_history(queue_of(Some(60.0)), &[0.0; 24])).contains("nobody was delayed"));
    assert!(words(&with_history(queue_of(Some(60.0)), &steady[..11])).contains("11 months"));
}

#[test]
fn no_forecast_inside_the_history_knows_what_came_after() {
    let known = wandering(20);
    let mut doubled = known.clone();
    doubled[19] *= 2.0;
    let record = |people: &[f64]| {
        let scenario = with_history(queue_of(Some(60.0)), people);
        let found = backtest(&scenario, 64, 1, &AtomicBool::new(false)).expect("it can be solved");
        found.expect("nobody stops it").ahead
    };
    for (before, after) in record(&known).iter().zip(record(&doubled)) {
        assert_eq!(before.trials.len(), 20 - 11 - before.months);
        for (before, after) in before.trials.iter().zip(after.trials) {
            let forecast = |trial: &super::Trial| (trial.known, trial.expected, trial.low, trial.high, trial.carried);
            assert_eq!(forecast(before), forecast(&after));
        }
    }
}
