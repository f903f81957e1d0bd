//! The same plan many times over, with chance in it: bands, and the chance of meeting each target.
//!
//! A replication moves whole people through the days of the expected run: Poisson arrivals, binomial transitions, whole
//! places. Once it draws each effect's size, each scheme's delay and delivery (PERT); along the days, the drift of
//! referrals: a stationary first-order autoregression of their logarithm, 1 on average. A scheme that starts late buys
//! what was planned for the days that are left: money for the days missed is not spent on the others. Published months
//! carry the noise of recording, and targets are judged by them.
//!
//! In reading order: `streams`, `draws`, `pert` (where chance comes from), `prepared`, `changes` (effects),
//! `replication` (the days), `kept` (those run before), `block` (all pathways together), `tally` (counting),
//! `doing_nothing` (the same luck without the schemes).
//!
//! # Biases measured
//! A day's step is not continuous time. Against Erlang's C formula the mean queue is 2.29 for 2.416 (5 arrivals a day,
//! stays of 12 days, 67 places), 7.61 for 8.121 (5.25, 12, 67), 0.84 for 0.861 (2, 21, 50) and 0.98 for 1.071 (1, 6, 8):
//! 2% to 8% too short. The July plan a hundred times as large is its expected run to 1% in every month, and to 1.2% on every
//! day: furthest off where a queue has just run dry, which chance puts off. Those waiting and those in places draw from streams of their own, so that under shared luck more
//! places may for a while leave one person more waiting in one replication of hundreds; on average they do not.

#![expect(clippy::inline_always, reason = "only what is compiled into `run_pathway` is compiled for longer vectors")]

mod block;
mod changes;
mod doing_nothing;
mod draws;
mod kept;
mod pert;
mod prepared;
mod replication;
mod streams;
mod tally;

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "people are whole")]
mod tests;

use std::num::NonZero;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

pub use doing_nothing::{DoingNothing, KeptNothing};
pub use kept::Kept;
pub use prepared::Prepared;
pub use tally::Tally;

use crate::calendar::Month;
use block::{Blocks, Run};

/// What replications say about a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// How many there were.
    pub replications: u32,
    /// Where their chance started.
    pub seed: u64,
    /// People delayed at the end of each day, day 0 first.
    pub days: Vec<Spread>,
    /// People delayed on average over each month, as they would be published: with the noise of recording.
    pub months: Vec<Spread>,
    /// The chance of meeting each target, in the scenario's order.
    pub targets: Vec<TargetChance>,
    /// Mean of the people delayed at the end of each day.
    pub mean_days: Vec<f64>,
    /// Mean of the people delayed on average over each month. Noise has no part in it, being 1 on average.
    pub mean_months: Vec<f64>,
    /// The same for each pathway, in the scenario's order.
    pub mean_pathway_months: Vec<Vec<f64>>,
    /// What doing nothing comes to in the same replications, where it was asked for.
    pub doing_nothing: Option<DoingNothing>,
}

impl Chance {
    /// The same beside what doing nothing comes to in as many replications.
    #[must_use]
    pub fn beside(self, doing_nothing: DoingNothing) -> Self {
        Self { doing_nothing: Some(doing_nothing), ..self }
    }

    /// Delayed days over the horizon that the plan avoids against doing nothing, on average; below zero if it adds some.
    pub fn delayed_days_avoided(&self) -> Option<f64> {
        let nothing = self.doing_nothing.as_ref()?;
        Some(nothing.mean_days.iter().zip(&self.mean_days).map(|(nothing, plan)| nothing - plan).sum())
    }
}

/// Percentiles of people delayed: 5 in 100 replications lie below `p05`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// The 5th percentile.
    pub p05: f32,
    /// The 10th.
    pub p10: f32,
    /// The 25th.
    pub p25: f32,
    /// The median.
    pub p50: f32,
    /// The 75th percentile.
    pub p75: f32,
    /// The 90th.
    pub p90: f32,
    /// The 95th.
    pub p95: f32,
}

/// How likely a target is to be met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetChance {
    /// Which month.
    pub month: Month,
    /// The most people delayed on average.
    pub at_most: f64,
    /// The share of replications whose month, as published, meets it; 0 for a month outside the plan.
    pub chance: f64,
    /// √(p·(1 − p)/n) of that share: how far another n replications may well put it.
    pub standard_error: f64,
}

/// Runs the replications of these numbers, each the same whichever others run and wherever. Nothing once `stop` is set.
pub fn replicate(prepared: &Prepared, seed: u64, replications: Range<u32>, stop: &AtomicBool) -> Option<Tally> {
    replicate_from(&mut Kept::without_room(), prepared, seed, replications, stop)
}

/// The same, but that no pathway is run again where `kept` still holds its days, and that `kept` gains those that are:
/// also those that were run before `stop` was set.
pub fn replicate_from(
    kept: &mut Kept,
    prepared: &Prepared,
    seed: u64,
    replications: Range<u32>,
    stop: &AtomicBool,
) -> Option<Tally> {
    static PROCESSORS: OnceLock<usize> = OnceLock::new(); // to ask the system takes longer than a replication
    let processors = *PROCESSORS.get_or_init(|| std::thread::available_parallelism().map_or(1, NonZero::get));
    replicate_on(processors, kept, prepared, seed, replications, stop)
}

fn replicate_on(
    threads: usize,
    kept: &mut Kept,
    prepared: &Prepared,
    seed: u64,
    replications: Range<u32>,
    stop: &AtomicBool,
) -> Option<Tally> {
    kept.turn_to(prepared, seed);
    let known = &*kept;
    let blocks = Blocks::of(replications);
    let next = AtomicU32::new(0);
    let work = || {
        let mut run = Run::new(prepared, seed, known);
        while let Some(block) = blocks.nth(next.fetch_add(1, Ordering::Relaxed)) {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            run.block(&block);
        }
        run.done()
    };
    let done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(blocks.len())).map(|_| scope.spawn(work)).collect();
        let own = work();
        // A thread that failed has run nothing that can be told; then nothing is.
        others.into_iter().try_fold(own, |mut done, other| {
            done.merge(other.join().ok()?);
            Some(done)
        })
    })?;
    kept.keep(done.fresh);
    (!stop.load(Ordering::Relaxed)).then_some(done.tally)
}
