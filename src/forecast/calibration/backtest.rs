//! How good such forecasts would have been: from every month with twelve before it, calibrated on what was known then,
//! held against what came one, three and six months later.
//!
//! A forecast is *honest* when its band of 8 in 10 runs holds about 8 in 10 of the later months, and *useful* when its
//! mean error is below that of carrying the last month forward. Both are told for months that the calibration did not
//! see. Six months ahead, forecasts from neighbouring months share most of their future: thirteen of them are far fewer
//! than thirteen pieces of evidence.
//!
//! What schemes do has no part in it: pathways go on as they were. Every run begins on a 1 April, whatever the month,
//! so that seasons given for a pathway are left out.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::super::chance::{Chance, Prepared, replicate};
use super::{Calibration, FEWEST_MONTHS, Unsolved, calibrate_on, people_on};
use crate::calendar::Month;
use crate::scenario::Scenario;

/// Months ahead that forecasts are judged at.
const MONTHS_AHEAD: [usize; 3] = [1, 3, 6];

/// Forecasts made inside a history, and what came of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// Replications behind each forecast.
    pub replications: u32,
    /// One, three and six months ahead.
    pub ahead: Vec<Ahead>,
}

/// All forecasts that went so many months ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// How many months.
    pub months: usize,
    /// In the order of the months that were forecast.
    pub trials: Vec<Trial>,
}

/// One forecast and the month that it was of. People are means over the days of the month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// The last month known.
    pub known: Month,
    /// The month forecast.
    pub month: Month,
    /// People delayed as later published.
    pub published: f64,
    /// What was expected: the mean of the runs.
    pub expected: f64,
    /// What 1 in 10 runs lay below.
    pub low: f64,
    /// What 1 in 10 runs lay above.
    pub high: f64,
    /// The last month known, carried forward.
    pub carried: f64,
}

impl Trial {
    /// Whether the band of 8 in 10 runs held the month.
    pub fn is_inside(&self) -> bool {
        self.low <= self.published && self.published <= self.high
    }

    /// Where the month lay: `inside` the band, `above` or `below` it.
    pub fn verdict(&self) -> &'static str {
        if self.is_inside() {
            "inside"
        } else if self.published > self.high {
            "above"
        } else {
            "below"
        }
    }
}

impl Ahead {
    /// How many months the band of 8 in 10 runs held.
    pub fn inside(&self) -> usize {
        self.trials.iter().filter(|trial| trial.is_inside()).count()
    }

    /// Mean absolute error of what was expected, in people.
    pub fn error(&self) -> f64 {
        self.mean_error(|trial| trial.expected)
    }

    /// Mean absolute error of carrying the last month forward, in people.
    pub fn error_of_carrying(&self) -> f64 {
        self.mean_error(|trial| trial.carried)
    }

    fn mean_error(&self, of: impl Fn(&Trial) -> f64) -> f64 {
        let errors = self.trials.iter().map(|trial| (trial.published - of(trial)).abs());
        errors.sum::<f64>() / self.trials.len().max(1) as f64
    }
}

/// Goes through a scenario's history. Nothing once `stop` is set; without chance, or with too few months, no forecasts.
pub fn backtest(
    scenario: &Scenario,
    replications: u32,
    seed: u64,
    stop: &AtomicBool,
) -> Result<Option<Backtest>, Vec<Unsolved>> {
    let months = &scenario.history.months;
    if months.len() <= FEWEST_MONTHS {
        return Err(vec![Unsolved::TooFewMonths(months.len())]);
    }
    let mut people = vec![0.0; months.len()];
    for pathway in &scenario.pathways {
        people.iter_mut().zip(people_on(pathway, months)).for_each(|(all, own)| *all += own);
    }
    let mut ahead = MONTHS_AHEAD.map(|months| Ahead { months, trials: Vec::new() });
    for known in FEWEST_MONTHS - 1..months.len() - 1 {
        let calibration = calibrate_on(scenario, &months[..=known])?;
        let Some(chance) = forecast(scenario, &calibration, replications, seed, stop) else { return Ok(None) };
        for Ahead { months: later, trials } in &mut ahead {
            let (Some(month), Some(spread)) = (months.get(known + *later), chance.months.get(*later - 1)) else {
                continue;
            };
            trials.push(Trial {
                known: months[known].month,
                month: month.month,
                published: people[known + *later],
                expected: chance.mean_months[*later - 1],
                low: f64::from(spread.p10),
                high: f64::from(spread.p90),
                carried: people[known],
            });
        }
    }
    Ok(Some(Backtest { replications, ahead: ahead.into() }))
}

/// A year of the calibrated pathways, without schemes.
fn forecast(
    scenario: &Scenario,
    calibration: &Calibration,
    replications: u32,
    seed: u64,
    stop: &AtomicBool,
) -> Option<Chance> {
    let mut alone = calibration.applied(scenario);
    alone.schemes.clear();
    alone.targets.clear();
    for pathway in &mut alone.pathways {
        Arc::make_mut(pathway).seasons = None;
    }
    let first = alone.horizon().financial_years().next();
    alone.fund.grant = alone
        .fund
        .grant
        .iter()
        .filter(|(year, _)| Some(*year) == first)
        .map(|(year, grant)| (year, grant.clone()))
        .collect();
    let prepared = Prepared::of(&alone);
    replicate(&prepared, seed, 0..replications, stop).map(|tally| tally.chance(&prepared, seed))
}
