//! A calibration and its record as text and as JSON: what was found, how, and how good forecasts so made would have been.

use serde_json::{Value, json};

use super::json::{finely, rounded};
use super::overview::table;
use crate::calendar::Month;
use crate::chart::count;
use crate::forecast::calibration::{Ahead, Backtest, Calibration};
use crate::scenario::Scenario;

/// On one screen and a bit.
pub(super) fn in_words(scenario: &Scenario, calibration: &Calibration, backtest: Option<&Backtest>) -> String {
    let Calibration { first, last, .. } = calibration;
    let mut parts = vec![
        format!("{}: calibrated on the months from {} to {}\n", scenario.area, first.in_words(), last.in_words()),
        weights(calibration),
        pathways(scenario, calibration),
        movement(calibration),
    ];
    match backtest {
        Some(backtest) => parts.extend([record(backtest), by_month(backtest)]),
        None => parts
            .push("No forecast can be tried inside the history: it has no month with twelve before it.\n".to_owned()),
    }
    parts.join("\n")
}

fn weights(calibration: &Calibration) -> String {
    let header = ["Newest month’s weight", "Mean error 1 to 3 months ahead", ""].map(str::to_owned).to_vec();
    let weights = calibration.weights.iter().map(|tried| {
        let taken = (tried.weight - calibration.weight).abs() < 1e-9;
        vec![
            format!("{:.0}%", tried.weight * 100.0),
            format!("{:.1}%", tried.error * 100.0),
            if taken { "taken".to_owned() } else { String::new() },
        ]
    });
    let table = table(std::iter::once(header).chain(weights));
    format!("Level: months smoothed; the largest weight not clearly worse than the best\n{table}")
}

fn pathways(scenario: &Scenario, calibration: &Calibration) -> String {
    let header = ["Pathway", "People delayed", "Referrals a week", "Places", "Filled"].map(str::to_owned).to_vec();
    let fits = scenario.pathways.iter().zip(&calibration.pathways).map(|(pathway, fit)| {
        let place = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.1}"));
        vec![
            pathway.name.clone(),
            format!("{:.1}", fit.level),
            format!("{:.1}", fit.referrals),
            place(fit.service.map(|service| service.places)),
            place(fit.service.map(|service| service.occupied)),
        ]
    });
    format!("Pathways: what keeps the level\n{}", table(std::iter::once(header).chain(fits)))
}

fn movement(calibration: &Calibration) -> String {
    let movement = &calibration.movement;
    let header = ["Months ahead", "Forecasts", "Found", "Chance alone", "Fitted"].map(str::to_owned).to_vec();
    let ahead = movement.ahead.iter().map(|ahead| {
        vec![
            ahead.months.to_string(),
            ahead.forecasts.to_string(),
            ahead.found.map_or_else(|| "–".to_owned(), |found| format!("{found:.2}")),
            format!("{:.2}", ahead.of_chance),
            format!("{:.2}", ahead.fitted),
        ]
    });
    format!(
        "Volatility: drift of referrals {:.3} over {:.0} days, noise of recording {:.3} (standard deviations of the logarithm)\n{}",
        movement.spread,
        movement.persistence_days,
        movement.recording,
        table(std::iter::once(header).chain(ahead))
    )
}

fn record(backtest: &Backtest) -> String {
    let lines = backtest.ahead.iter().map(|ahead| {
        format!(
            "  {}: the band of 8 in 10 runs held {} of {}; mean error {:.1} people, {:.1} by carrying the last month forward\n",
            months(ahead.months),
            ahead.inside(),
            ahead.trials.len(),
            ahead.error(),
            ahead.error_of_carrying()
        )
    });
    let runs = count(f64::from(backtest.replications));
    format!("How good such forecasts would have been ({runs} runs each)\n{}", lines.collect::<String>())
}

fn months(ahead: usize) -> String {
    if ahead == 1 { "1 month ahead".to_owned() } else { format!("{ahead} months ahead") }
}

/// Each month as published, and what had been forecast of it.
fn by_month(backtest: &Backtest) -> String {
    let mut header: Vec<String> = ["Month", "Published"].map(str::to_owned).into();
    header.extend(backtest.ahead.iter().map(|ahead| months(ahead.months)));
    let mut published: Vec<(Month, f64)> =
        backtest.ahead.iter().flat_map(|ahead| &ahead.trials).map(|trial| (trial.month, trial.published)).collect();
    published.sort_by_key(|(month, _)| *month);
    published.dedup_by_key(|(month, _)| *month);
    let rows = published.into_iter().map(|(month, people)| {
        let forecast = |ahead: &Ahead| {
            let trial = ahead.trials.iter().find(|trial| trial.month == month);
            trial.map_or_else(
                || "–".to_owned(),
                |trial| format!("{:.1}, {:.1} to {:.1}: {}", trial.expected, trial.low, trial.high, trial.verdict()),
            )
        };
        [month.in_words(), format!("{people:.1}")].into_iter().chain(backtest.ahead.iter().map(forecast)).collect()
    });
    format!(
        "People delayed, as published and as expected before, with the band\n{}",
        table(std::iter::once(header).chain(rows))
    )
}

/// The same for scripts.
pub(super) fn as_json(calibration: &Calibration, backtest: Option<&Backtest>) -> Value {
    let movement = &calibration.movement;
    let weights = calibration.weights.iter().map(|tried| json!({"weight": tried.weight, "error": finely(tried.error)}));
    let pathways = calibration.pathways.iter().map(|fit| {
        json!({
            "id": fit.id.as_str(),
            "people": rounded(fit.level),
            "referrals_a_week": rounded(fit.referrals),
            "places": fit.service.map(|service| rounded(service.places)),
            "occupied": fit.service.map(|service| rounded(service.occupied)),
        })
    });
    let ahead = movement.ahead.iter().map(|ahead| {
        json!({
            "months_ahead": ahead.months,
            "forecasts": ahead.forecasts,
            "found": ahead.found.map(finely),
            "of_chance": finely(ahead.of_chance),
            "fitted": finely(ahead.fitted),
        })
    });
    json!({
        "first": calibration.first.to_string(),
        "last": calibration.last.to_string(),
        "weight": calibration.weight,
        "weights": weights.collect::<Value>(),
        "pathways": pathways.collect::<Value>(),
        "drift": finely(movement.spread),
        "persistence_days": movement.persistence_days,
        "recording": finely(movement.recording),
        "movement": ahead.collect::<Value>(),
        "backtest": backtest.map(|backtest| backtest.ahead.iter().map(|ahead| ahead_as_json(backtest, ahead)).collect::<Value>()),
    })
}

fn ahead_as_json(backtest: &Backtest, ahead: &Ahead) -> Value {
    let trials = ahead.trials.iter().map(|trial| {
        json!({
            "known": trial.known.to_string(),
            "month": trial.month.to_string(),
            "published": rounded(trial.published),
            "expected": rounded(trial.expected),
            "p10": rounded(trial.low),
            "p90": rounded(trial.high),
            "carried_forward": rounded(trial.carried),
            "verdict": trial.verdict(),
        })
    });
    json!({
        "months_ahead": ahead.months,
        "replications": backtest.replications,
        "forecasts": ahead.trials.len(),
        "inside": ahead.inside(),
        "mean_error": rounded(ahead.error()),
        "mean_error_of_carrying_forward": rounded(ahead.error_of_carrying()),
        "months": trials.collect::<Value>(),
    })
}
