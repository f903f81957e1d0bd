//! What doing nothing comes to by the same luck: the plan's own replications, had every allocation been £0.
//!
//! The expected run won't do beside the replications' mean. In a small area it shows next to no queue where truly one
//! comes and goes, and a plan held against it would seem to take out less than it does.

use std::sync::atomic::AtomicBool;

use super::{Prepared, Tally, replicate};

/// Means of replications in which no scheme does anything.
#[derive(Clone, Debug, PartialEq)]
pub struct DoingNothing {
    /// Of the people delayed at the end of each day, day 0 first.
    pub mean_days: Vec<f64>,
    /// Of the people delayed on average over each month.
    pub mean_months: Vec<f64>,
}

impl DoingNothing {
    /// From replications of a plan [without its schemes](Prepared::without_schemes).
    pub fn of(tally: &Tally, without_schemes: &Prepared) -> Self {
        let pathways = tally.mean_pathway_months(without_schemes);
        Self { mean_days: tally.mean_days(), mean_months: super::tally::together(&pathways, without_schemes) }
    }
}

/// What is kept of it from one state of a plan to the next: no edit of a scheme changes it.
#[derive(Debug, Default)]
pub struct KeptNothing {
    /// The plan without its schemes, and the seed.
    of: Option<(Prepared, u64)>,
    so_far: Option<Tally>,
    /// The means after so many replications.
    steps: Vec<(u32, DoingNothing)>,
}

impl KeptNothing {
    /// The means of the first so many replications of a plan without its schemes. Nothing once `stop` is set.
    pub fn after(
        &mut self,
        prepared: &Prepared,
        seed: u64,
        replications: u32,
        stop: &AtomicBool,
    ) -> Option<DoingNothing> {
        let without = prepared.without_schemes();
        if self.of.as_ref().is_none_or(|(of, known_seed)| *of != without || *known_seed != seed) {
            *self = Self { of: Some((without.clone(), seed)), ..Self::default() };
        }
        if let Some((_, known)) = self.steps.iter().find(|(so_many, _)| *so_many == replications) {
            return Some(known.clone());
        }
        let so_far = self.so_far.take().filter(|tally| tally.replications() < replications);
        let done = so_far.as_ref().map_or(0, Tally::replications);
        let Some(mut tally) = replicate(&without, seed, done..replications, stop) else {
            self.so_far = so_far;
            return None;
        };
        if let Some(so_far) = so_far {
            tally.merge(so_far);
        }
        let found = DoingNothing::of(&tally, &without);
        self.so_far = Some(tally);
        self.steps.push((replications, found.clone()));
        Some(found)
    }
}
