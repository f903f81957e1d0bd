//! The same plan many times over, with chance in it: bands, and the chance of meeting each target.
//!
//! A replication moves whole people through the days of the expected run: Poisson arrivals, binomial transitions, whole
//! places. Once it draws each effect's size, each scheme's delay and delivery (PERT); along the days, the drift of
//! referrals: a stationary first-order autoregression of their logarithm, 1 on average. A scheme that starts late buys
//! what was planned for the days that are left: money for the days missed is not spent on the others. Published months
//! carry the noise of recording, and targets are judged by them.
//!
//! In reading order: `streams`, `draws`, `pert` (where chance comes from), `prepared`, `changes` (effects),
//! `replication` (the days), `tally` (counting).
//!
//! # Biases measured
//! A day's step is not continuous time. Against Erlang's C formula the mean queue is 2.29 for 2.416 (5 arrivals a day,
//! stays of 12 days, 67 places), 7.61 for 8.121 (5.25, 12, 67), 0.84 for 0.861 (2, 21, 50) and 0.98 for 1.071 (1, 6, 8):
//! 2% to 8% too short. Those waiting and those in places draw from streams of their own, so that under shared luck more
//! places may for a while leave one person more waiting in one replication of hundreds; on average they do not.

mod changes;
mod draws;
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

pub use prepared::Prepared;
pub use tally::Tally;

use crate::calendar::Month;
use draws::normal;
use streams::{LANES, Lanes, Purpose, Stream};

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

/// Replications that a thread takes on at a time: small enough to stop within a frame, whole blocks of lanes.
const AT_A_TIME: u32 = 64;

/// Runs the replications of these numbers, each the same whichever others run and wherever. Nothing once `stop` is set.
pub fn replicate(prepared: &Prepared, seed: u64, replications: Range<u32>, stop: &AtomicBool) -> Option<Tally> {
    static PROCESSORS: OnceLock<usize> = OnceLock::new(); // to ask the system takes longer than a replication
    let processors = *PROCESSORS.get_or_init(|| std::thread::available_parallelism().map_or(1, NonZero::get));
    replicate_on(processors, prepared, seed, replications, stop)
}

fn replicate_on(
    threads: usize,
    prepared: &Prepared,
    seed: u64,
    replications: Range<u32>,
    stop: &AtomicBool,
) -> Option<Tally> {
    let portions = replications.len().div_ceil(AT_A_TIME as usize);
    let next = AtomicU32::new(replications.start);
    let work = || {
        let mut tally = Tally::new(prepared);
        loop {
            let first = next.fetch_add(AT_A_TIME, Ordering::Relaxed);
            if first >= replications.end || first < replications.start || stop.load(Ordering::Relaxed) {
                return tally;
            }
            run_portion(prepared, seed, first..replications.end.min(first.saturating_add(AT_A_TIME)), &mut tally);
        }
    };
    let tally = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(portions)).map(|_| scope.spawn(work)).collect();
        let own = work();
        // A thread that failed has run nothing that can be told; then nothing is.
        others.into_iter().try_fold(own, |mut tally, other| {
            tally.merge(other.join().ok()?);
            Some(tally)
        })
    })?;
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    Some(tally)
}

fn run_portion(prepared: &Prepared, seed: u64, portion: Range<u32>, tally: &mut Tally) {
    let mut people: Vec<Lanes> = Vec::with_capacity(prepared.weekends.len());
    for first in portion.clone().step_by(LANES) {
        let lanes = (portion.end - first).min(u32::try_from(LANES).unwrap_or(u32::MAX));
        people.clear();
        people.resize(prepared.weekends.len(), [0.0; LANES]);
        run_block(prepared, seed, first, lanes as usize, &mut people, tally);
        tally.count_replications(lanes);
    }
}

/// Replications abreast, of which the first `lanes` are counted.
fn run_block(prepared: &Prepared, seed: u64, first: u32, lanes: usize, people: &mut [Lanes], tally: &mut Tally) {
    let deliveries = changes::deliveries(prepared, seed, first);
    let mut own = vec![[0.0; LANES]; people.len()];
    for (at, pathway) in prepared.pathways.iter().enumerate() {
        replication::run_pathway(prepared, pathway, &deliveries, seed, first, |day, delayed| own[day] = *delayed);
        count_months(prepared, &own, |month, sums, _| {
            tally.count_pathway_month(at, month, sums[..lanes].iter().sum());
        });
        for (people, own) in people.iter_mut().zip(&own) {
            people.iter_mut().zip(own).for_each(|(people, own)| *people += own);
        }
    }
    for (day, people) in people.iter().enumerate() {
        people[..lanes].iter().for_each(|people| tally.count_day(day, *people));
    }
    let mut recording = Stream::new(seed, first, 0, Purpose::Recording, 0);
    count_months(prepared, people, |month, sums, days| {
        let noise = recording.uniform();
        for (sum, noise) in sums.iter().zip(noise).take(lanes) {
            tally.count_month(prepared, month, sum / days, normal(f64::from(noise)));
        }
    });
}

/// Each month's place, its people-days in every lane, and its days.
fn count_months(prepared: &Prepared, people: &[Lanes], mut count: impl FnMut(usize, [f64; LANES], f64)) {
    let mut rest = people;
    for (at, month) in prepared.months.iter().enumerate() {
        let (days, later) = rest.split_at(usize::from(month.days()).min(rest.len()));
        rest = later;
        let mut sums = [0.0; LANES];
        for people in days {
            sums.iter_mut().zip(people).for_each(|(sum, people)| *sum += f64::from(*people));
        }
        count(at, sums, f64::from(month.days()));
    }
}
