//! From published months to a forecast: levels, places and volatility that a history itself gives, and how good
//! forecasts so made would have been.
//!
//! A calibration starts from what no statistics tell: how long stays and processes take, how long people wait before
//! they leave some other way, how weekends go. Those are the pathways' own figures, defaults for a new area. From the
//! history it finds the rest, the same way every time, by eye nowhere:
//!
//! 1. **Level** ([`level`]): people delayed on each pathway, months smoothed exponentially. How much the newest month
//!    weighs is decided by forecasts inside the history: from every month of it, one to three months ahead.
//! 2. **Referrals and places** ([`places`]): of those ready a fifth are taken to leave some other way at the calibrated
//!    level W, so referrals a day are λ = 5·W/patience; places are solved for so that the steady state is W. A process
//!    of d days has λ = W/d.
//! 3. **Volatility** ([`movement`]): the drift of referrals and the noise of recording, so that bands are as wide as the
//!    errors that the same rule made inside the history.
//!
//! Seasons and growth given for a pathway are left as they are, and taken to be none while the level is found.
//!
//! # What it cannot do
//! A level that stays is the best that so short a history supports: over Oxfordshire, Bath and North East Somerset and
//! England, 2016 and 2017, what is expected errs as much as the last month carried forward (0.98 of it on average, 1.02
//! one month ahead). The bands held 45 of 54 months one month ahead, 37 of 48 three and 31 of 39 six months ahead, too
//! many of England's and too few of Oxfordshire's: how much an area moves changes, and a year of months says so late.
//! Beyond half a year bands hardly widen, as a queue that people leave after two months forgets, where real months went on
//! moving apart: twelve months ahead Oxfordshire's own moved by 0.34 in the logarithm, the bands without a plan by 0.25.
//!
//! [`backtest`] goes through the history as if it were not yet known, and holds each forecast against what came. What a
//! calibration sees ends before what it is judged by.

mod applied;
pub mod backtest;
pub mod level;
pub mod movement;
pub mod places;

#[cfg(test)]
mod tests;

use std::fmt;

pub use applied::carry_forward;
pub use backtest::{Ahead, Backtest, Trial, backtest};
pub use level::Weighed;
pub use movement::{Movement, MovementAhead};

use crate::calendar::Month;
use crate::scenario::{Id, MonthOfDelays, Pathway, Scenario};

/// Fewer months than this say too little of their own movement.
pub const FEWEST_MONTHS: usize = 12;

/// What a history gives a scenario's pathways.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The first month used.
    pub first: Month,
    /// The last month known.
    pub last: Month,
    /// Every weight tried and its error inside the history, the newest month alone first.
    pub weights: Vec<Weighed>,
    /// The weight chosen for the newest month: 1 carries it forward.
    pub weight: f64,
    /// Each pathway's fit, in the scenario's order.
    pub pathways: Vec<PathwayFit>,
    /// How months move about the level.
    pub movement: Movement,
}

/// One pathway's level, and what keeps it there.
#[derive(Clone, Debug, PartialEq)]
pub struct PathwayFit {
    /// Which pathway.
    pub id: Id,
    /// People delayed.
    pub level: f64,
    /// People a week who become ready.
    pub referrals: f64,
    /// For a service: its places and who fills them. Nothing for a process.
    pub service: Option<ServiceFit>,
}

/// A service that keeps a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceFit {
    /// Places contracted.
    pub places: f64,
    /// People in them on day 0.
    pub occupied: f64,
}

/// Why a history gives no calibration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// There are so few months.
    TooFewMonths(usize),
    /// Nobody was delayed in the last of them.
    Nobody,
    /// A pathway, by name, and what stands in the way.
    Pathway(String, &'static str),
}

impl fmt::Display for Unsolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewMonths(months) => {
                write!(f, "the history has {months} months; a calibration needs at least {FEWEST_MONTHS}")
            }
            Self::Nobody => f.write_str("nobody was delayed lately, so that there is no level to keep"),
            Self::Pathway(name, why) => write!(f, "{name} can’t be calibrated: {why}"),
        }
    }
}

impl std::error::Error for Unsolved {}

/// The calibration that a scenario's whole history gives its pathways; everything that stands in its way.
pub fn calibrate(scenario: &Scenario) -> Result<Calibration, Vec<Unsolved>> {
    calibrate_on(scenario, &scenario.history.months)
}

/// The same from some of its months.
fn calibrate_on(scenario: &Scenario, months: &[MonthOfDelays]) -> Result<Calibration, Vec<Unsolved>> {
    let (first, last) = match months {
        [first, .., last] if months.len() >= FEWEST_MONTHS => (first.month, last.month),
        _ => return Err(vec![Unsolved::TooFewMonths(months.len())]),
    };
    let people: Vec<Vec<f64>> = scenario.pathways.iter().map(|pathway| people_on(pathway, months)).collect();
    let all: Vec<f64> = (0..months.len()).map(|at| people.iter().map(|pathway| pathway[at]).sum()).collect();
    let weights = level::weigh(&all);
    let weight = level::choose(&weights);
    let mut pathways = Vec::with_capacity(people.len());
    let mut unsolved = Vec::new();
    for (pathway, people) in scenario.pathways.iter().zip(&people) {
        match places::fit(pathway, level::smoothed(people, weight)) {
            Ok(fit) => pathways.push(fit),
            Err(why) => unsolved.push(Unsolved::Pathway(pathway.name.clone(), why)),
        }
    }
    if unsolved.is_empty() && pathways.iter().all(|fit| fit.level <= 0.0) {
        unsolved.push(Unsolved::Nobody);
    }
    if !unsolved.is_empty() {
        return Err(unsolved);
    }
    let movement = movement::of(scenario, &pathways, &all, weight);
    Ok(Calibration { first, last, weights, weight, pathways, movement })
}

/// People delayed for a pathway's reasons, month by month.
fn people_on(pathway: &Pathway, months: &[MonthOfDelays]) -> Vec<f64> {
    let people = |month: &MonthOfDelays| {
        let days = pathway.reasons.iter().filter_map(|reason| month.reasons.get(reason)).map(|days| f64::from(*days));
        days.sum::<f64>() / f64::from(month.month.days())
    };
    months.iter().map(people).collect()
}
