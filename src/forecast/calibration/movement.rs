//! How months move about their level: what chance in whole people explains, what the drift of referrals adds, and what
//! is left to recording.
//!
//! Chance and drift are told by small deviations about a level that stays (the linear noise approximation of
//! van Kampen, “Stochastic Processes in Physics and Chemistry”, chapter X). With deviate x of a pathway at level W that
//! forgets a deviation in τ days (the patience of those waiting; a process's own days), and drift u of log referrals,
//! each day
//! x ← x·(1 − 1/τ) + g·W·u/τ + noise, u ← u·e^(−1/persistence) + noise,
//! where g is how strongly a lasting 1% more referrals moves the level, in per cent: 1 for a process, and 5 for a queue
//! that a fifth leave, for places take the same number as before. People's own chance has the variance g·W once it has
//! settled: W for a process (Poisson), λ·patience = 5·W for a queue. Variances of month means follow from these sums, add
//! over pathways, which drift independently, and over their level squared are variances of the logarithm.
//!
//! With r² for recording and s² for the drift's variance, the error h months ahead has the variance
//! V(h) = chance(h) + s²·drift(h) + r².
//! r and s are those that make the errors that the level's rule made inside the history most likely, twelve months ahead
//! at most: their scale by the mean error (√(π/2) of it, so that one odd month does not widen every band), errors h
//! months ahead counted as one in h, since they overlap, and with a prior: about what forecasts of all councils of England
//! from 2014 to 2018 needed, off by half either way in the logarithm. Those took each council for one queue with a
//! patience of 60 days, r = 0.14 and s = 0.05 persisting for 90 days. Here pathways drift independently and partly even
//! each other out, so the prior's s is the one with which the total of these pathways drifts as that one queue did.

use super::PathwayFit;
use super::level::{errors, mean};
use super::places::ONE_IN;
use crate::scenario::{Kind, Pathway, Scenario};

/// Months ahead that the movement is fitted to.
const MONTHS_AHEAD: usize = 12;
/// Days of a month here, where none has a name.
const DAYS: usize = 30;
/// Days after which a drift is down to a third, where the scenario says nothing of it.
pub const USUAL_PERSISTENCE_DAYS: f64 = 90.0;
/// What all councils' months were found to need, each taken for one queue of this patience, and how far off, in
/// logarithms, a council's own may well be.
const USUAL_RECORDING: f64 = 0.14;
const USUAL_SPREAD: f64 = 0.05;
const USUAL_PATIENCE_DAYS: f64 = 60.0;
const OFF_BY: f64 = 0.5;
/// Sizes tried for either, each 5% above the one before.
const LEAST_SIZE: f64 = 0.005;
const SIZES: i32 = 96;
const NEXT_SIZE: f64 = 1.05;

/// How months move about a level that stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// Standard deviation of the drift of log referrals, the same for every pathway.
    pub spread: f64,
    /// Days after which a drift is down to 1/e.
    pub persistence_days: f64,
    /// Standard deviation of the logarithm that recording adds.
    pub recording: f64,
    /// One to twelve months ahead.
    pub ahead: Vec<MovementAhead>,
}

/// The movement so many months ahead, as standard deviations of the logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MovementAhead {
    /// How many months.
    pub months: usize,
    /// Forecasts inside the history that went so far.
    pub forecasts: usize,
    /// Their errors' size; nothing where there were none.
    pub found: Option<f64>,
    /// What chance in whole people alone comes to.
    pub of_chance: f64,
    /// Chance, drift and recording together.
    pub fitted: f64,
}

/// The movement of the total of all pathways about the level that smoothing with `weight` knows.
pub(super) fn of(scenario: &Scenario, pathways: &[PathwayFit], people: &[f64], weight: f64) -> Movement {
    let persistence_days = persistence(scenario);
    let (chance, drift) = variances(scenario, pathways, persistence_days);
    let found: Vec<Vec<f64>> = (1..=MONTHS_AHEAD).map(|ahead| errors(people, weight, ahead)).collect();
    let scales: Vec<f64> = found.iter().map(|errors| scale(errors)).collect();
    let usual_spread = USUAL_SPREAD * (usual_drift() / drift[MONTHS_AHEAD - 1]).sqrt();
    let misfit = |recording: f64, spread: f64| {
        let off = |size: f64, usual: f64| (size / usual).ln().powi(2) / (2.0 * OFF_BY * OFF_BY);
        let months = found.iter().zip(&scales).zip(chance.iter().zip(&drift)).zip(1..);
        let errors = months.map(|(((errors, scale), (chance, drift)), ahead)| {
            let variance = chance + spread * spread * drift + recording * recording;
            0.5 * errors.len() as f64 / f64::from(ahead) * (variance.ln() + scale * scale / variance)
        });
        errors.sum::<f64>() + off(recording, USUAL_RECORDING) + off(spread, usual_spread)
    };
    let sizes = || (0..SIZES).map(|at| LEAST_SIZE * NEXT_SIZE.powi(at));
    let tried = sizes().flat_map(|recording| sizes().map(move |spread| (recording, spread)));
    let best = tried.map(|(recording, spread)| (misfit(recording, spread), recording, spread));
    let best = best.min_by(|(a, ..), (b, ..)| a.total_cmp(b));
    let (recording, spread) =
        best.map_or((USUAL_RECORDING, usual_spread), |(_, recording, spread)| (recording, spread));
    let ahead = (0..MONTHS_AHEAD).map(|at| MovementAhead {
        months: at + 1,
        forecasts: found[at].len(),
        found: (!found[at].is_empty()).then_some(scales[at]),
        of_chance: chance[at].sqrt(),
        fitted: (chance[at] + spread * spread * drift[at] + recording * recording).sqrt(),
    });
    Movement { spread, persistence_days, recording, ahead: ahead.collect() }
}

/// The standard deviation of a normal with this mean error.
fn scale(errors: &[f64]) -> f64 {
    let sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    (std::f64::consts::PI / 2.0).sqrt() * mean(&sizes)
}

/// The mean persistence that the scenario's own pathways give; the usual one where they give none.
fn persistence(scenario: &Scenario) -> f64 {
    let given = scenario.pathways.iter().filter_map(|pathway| pathway.volatility.as_ref());
    let given: Vec<f64> = given.map(|volatility| volatility.persistence_days.value.to_f64().max(1.0)).collect();
    if given.is_empty() { USUAL_PERSISTENCE_DAYS } else { mean(&given) }
}

/// Variances of the logarithm of the month's total, one to twelve months ahead: of chance, and of a drift of spread 1.
fn variances(scenario: &Scenario, pathways: &[PathwayFit], persistence_days: f64) -> (Vec<f64>, Vec<f64>) {
    let total: f64 = pathways.iter().map(|fit| fit.level).sum();
    let (mut chance, mut drift) = (vec![0.0; MONTHS_AHEAD], vec![0.0; MONTHS_AHEAD]);
    for (pathway, fit) in scenario.pathways.iter().zip(pathways) {
        let (forgets_in, gain) = response(pathway);
        let share = fit.level / total;
        let (own_chance, own_drift) = unit_variances(forgets_in, gain, persistence_days);
        for at in 0..MONTHS_AHEAD {
            chance[at] += own_chance[at] * share / total;
            drift[at] += own_drift[at] * share * share;
        }
    }
    (chance, drift)
}

/// The variance, a year ahead, that a drift of spread 1 gave each council as one queue.
fn usual_drift() -> f64 {
    let (_, drift) = unit_variances(USUAL_PATIENCE_DAYS, ONE_IN, USUAL_PERSISTENCE_DAYS);
    drift[MONTHS_AHEAD - 1]
}

/// Days in which a pathway forgets a deviation, and how strongly lasting referrals move its level.
fn response(pathway: &Pathway) -> (f64, f64) {
    match &pathway.kind {
        Kind::Process { days } => (days.value.to_f64().max(1.0), 1.0),
        Kind::Service(service) => {
            let patience = service.patience_days.as_ref().map_or(1.0, |days| days.value.to_f64());
            (patience.max(1.0), ONE_IN)
        }
    }
}

/// Month means' variances of a pathway at a level of 1: of people's own chance, and of a drift of spread 1.
fn unit_variances(forgets_in: f64, gain: f64, persistence_days: f64) -> (Vec<f64>, Vec<f64>) {
    let left = 1.0 - 1.0 / forgets_in;
    let chance = Deviation { left, pull: 0.0, drift_left: 0.0, noise: gain * (1.0 - left * left), drift: 0.0 };
    let drift_left = (-1.0 / persistence_days).exp();
    let drift = Deviation { left, pull: gain / forgets_in, drift_left, noise: 0.0, drift: 1.0 };
    (chance.month_variances(), drift.month_variances())
}

/// A deviation x from the level under a drift u: what a day leaves of each, and what it adds.
struct Deviation {
    left: f64,
    pull: f64,
    drift_left: f64,
    noise: f64,
    /// The drift's variance, settled from the first day.
    drift: f64,
}

impl Deviation {
    /// Variance of the mean over each month, from a level known exactly.
    fn month_variances(&self) -> Vec<f64> {
        let (mut of_x, mut x_with_drift) = (0.0, 0.0);
        let month = |_| {
            // A month's sum starts from nothing, and gathers x day by day.
            let (mut of_sum, mut sum_with_x, mut sum_with_drift) = (0.0, 0.0, 0.0);
            for _ in 0..DAYS {
                let drifting = self.left * x_with_drift + self.pull * self.drift;
                let gathered = self.left * sum_with_x + self.pull * sum_with_drift;
                of_x = self.left * self.left * of_x
                    + 2.0 * self.left * self.pull * x_with_drift
                    + self.pull * self.pull * self.drift
                    + self.noise;
                x_with_drift = self.drift_left * drifting;
                of_sum += 2.0 * gathered + of_x;
                sum_with_x = gathered + of_x;
                sum_with_drift = self.drift_left * sum_with_drift + x_with_drift;
            }
            of_sum / (DAYS * DAYS) as f64
        };
        (0..MONTHS_AHEAD).map(month).collect()
    }
}
