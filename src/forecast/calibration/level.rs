//! Which level a history stands at: months smoothed exponentially, the newest weighing what forecasts inside the history
//! say that it should.
//!
//! Each weight is tried from every month on that has two before it, one to three months ahead, and judged by the mean
//! error of the logarithm: 0.1 is about 10% either way. Of all weights whose error is no clearer than one standard error
//! worse than the best one's, the largest is taken: to depart from simply carrying the last month forward takes evidence
//! (the one-standard-error rule of Breiman and others, “Classification and Regression Trees”, 1984, section 3.4.3).

/// Weights tried for the newest month, from carrying it forward to nearly forgetting it.
const WEIGHTS: [f64; 8] = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3];
/// Months ahead by which weights are judged.
const JUDGED_AHEAD: usize = 3;
/// The first month of a history from which a forecast is tried, counted from 0.
const FIRST_KNOWN: usize = 2;
/// Fewer people than this are taken for this many: half a person is the least a logarithm can stand.
const FEWEST_PEOPLE: f64 = 0.5;

/// A weight of the newest month, and how it did inside the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The newest month's weight.
    pub weight: f64,
    /// Mean error of the logarithm, one to three months ahead.
    pub error: f64,
    /// The errors themselves, in the same order for every weight.
    errors: Vec<f64>,
    /// From how many months on it was tried.
    tried_from: usize,
}

/// The level after the last of these months: each moves it towards itself by its weight.
pub(super) fn smoothed(months: &[f64], weight: f64) -> f64 {
    let (first, later) = months.split_first().map_or((0.0, months), |(first, later)| (*first, later));
    later.iter().fold(first, |level, month| level + weight * (month - level))
}

/// How far, in logarithms, months so far ahead lay from the level known before them.
pub(super) fn errors(months: &[f64], weight: f64, ahead: usize) -> Vec<f64> {
    let known = FIRST_KNOWN..months.len().saturating_sub(ahead);
    known.map(|at| logarithm(months[at + ahead]) - logarithm(smoothed(&months[..=at], weight))).collect()
}

fn logarithm(people: f64) -> f64 {
    people.max(FEWEST_PEOPLE).ln()
}

/// Tries every weight.
pub(super) fn weigh(months: &[f64]) -> Vec<Weighed> {
    let weighed = |weight: f64| {
        let errors: Vec<f64> =
            (1..=JUDGED_AHEAD).flat_map(|ahead| errors(months, weight, ahead)).map(f64::abs).collect();
        let tried_from = months.len().saturating_sub(FIRST_KNOWN + 1);
        Weighed { weight, error: mean(&errors), errors, tried_from }
    };
    WEIGHTS.map(weighed).into()
}

/// The largest weight that is not clearly worse than the best.
pub(super) fn choose(weights: &[Weighed]) -> f64 {
    let best = weights.iter().min_by(|a, b| a.error.total_cmp(&b.error));
    let Some(best) = best else { return 1.0 };
    let is_good = |weighed: &&Weighed| {
        let worse: Vec<f64> = weighed.errors.iter().zip(&best.errors).map(|(own, best)| own - best).collect();
        let excess = mean(&worse);
        let spread = mean(&worse.iter().map(|worse| (worse - excess).powi(2)).collect::<Vec<_>>()).sqrt();
        // Errors one, two and three months ahead from one month on are hardly three pieces of evidence.
        excess <= spread / (weighed.tried_from.max(1) as f64).sqrt()
    };
    weights.iter().find(is_good).map_or(1.0, |weighed| weighed.weight)
}

pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}
