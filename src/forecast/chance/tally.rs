//! What replications came to, counted: memory hangs on days and on how far they spread, not on how many there were.
//!
//! Everything counted is a whole number, so that tallies merge to the same in whatever order they come.

use super::prepared::{Prepared, single};
use super::{Chance, Spread, TargetChance};

/// Counts up to this have a bin each; above, each doubling has half as many.
const EXACT: u32 = 1_024;
/// Parts of a person in which a month's mean is counted.
const PARTS: f64 = 16.0;

/// What so many replications came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    replications: u32,
    days: Vec<Counts>,
    day_sums: Vec<u64>,
    months: Vec<Counts>,
    /// People-days of every pathway in every month.
    pathway_months: Vec<Vec<u64>>,
    /// Replications that met each target.
    met: Vec<u32>,
}

impl Tally {
    pub(super) fn new(prepared: &Prepared) -> Self {
        Self {
            replications: 0,
            days: vec![Counts::default(); prepared.weekends.len()],
            day_sums: vec![0; prepared.weekends.len()],
            months: vec![Counts::default(); prepared.months.len()],
            pathway_months: vec![vec![0; prepared.months.len()]; prepared.pathways.len()],
            met: vec![0; prepared.targets.len()],
        }
    }

    /// Adds another's replications, which must be of the same scenario and other replications of the same seed.
    pub fn merge(&mut self, other: Tally) {
        self.replications += other.replications;
        self.days.iter_mut().zip(other.days).for_each(|(days, others)| days.merge(others));
        self.months.iter_mut().zip(other.months).for_each(|(months, others)| months.merge(others));
        self.met.iter_mut().zip(other.met).for_each(|(met, others)| *met += others);
        let sums = self.day_sums.iter_mut().chain(self.pathway_months.iter_mut().flatten());
        sums.zip(other.day_sums.into_iter().chain(other.pathway_months.into_iter().flatten()))
            .for_each(|(sum, others)| *sum += others);
    }

    pub(super) fn count_replications(&mut self, more: usize) {
        self.replications += u32::try_from(more).unwrap_or(0); // a block's
    }

    /// One day of several replications, in whole people.
    pub(super) fn count_day(&mut self, day: usize, people: &[u32]) {
        self.days[day].add(people);
        self.day_sums[day] += people.iter().map(|people| u64::from(*people)).sum::<u64>();
    }

    pub(super) fn count_pathway_month(&mut self, pathway: usize, month: usize, people_days: f64) {
        self.pathway_months[pathway][month] += u64::from(whole(people_days));
    }

    /// A month's mean of one replication as it would be published, noise in it.
    pub(super) fn count_month(&mut self, prepared: &Prepared, month: usize, published: f64) {
        self.months[month].add(&[whole(published * PARTS)]);
        for (met, target) in self.met.iter_mut().zip(&prepared.targets) {
            if target.at == Some(month) && published <= target.at_most {
                *met += 1;
            }
        }
    }

    /// Percentiles, means, and the chance of each target. `prepared` is what the replications ran on.
    pub fn chance(&self, prepared: &Prepared, seed: u64) -> Chance {
        let replications = f64::from(self.replications.max(1));
        let targets = prepared.targets.iter().zip(&self.met).map(|(target, met)| {
            let chance = f64::from(*met) / replications;
            let standard_error = (chance * (1.0 - chance) / replications).sqrt();
            TargetChance { month: target.month, at_most: target.at_most, chance, standard_error }
        });
        let mean_pathway_months = self.mean_pathway_months(prepared);
        Chance {
            replications: self.replications,
            seed,
            days: self.days.iter().map(|counts| counts.spread(1.0)).collect(),
            months: self.months.iter().map(|counts| counts.spread(PARTS)).collect(),
            targets: targets.collect(),
            mean_days: self.mean_days(),
            mean_months: together(&mean_pathway_months, prepared),
            mean_pathway_months,
            doing_nothing: None,
        }
    }

    /// How many replications there were.
    pub(super) fn replications(&self) -> u32 {
        self.replications
    }

    /// Mean of the people delayed at the end of each day.
    pub(super) fn mean_days(&self) -> Vec<f64> {
        let replications = f64::from(self.replications.max(1));
        self.day_sums.iter().map(|sum| *sum as f64 / replications).collect()
    }

    /// Mean of the people delayed on average over each month, for each pathway.
    pub(super) fn mean_pathway_months(&self, prepared: &Prepared) -> Vec<Vec<f64>> {
        let replications = f64::from(self.replications.max(1));
        let means = |people_days: &Vec<u64>| {
            let months = people_days.iter().zip(&prepared.months);
            months.map(|(sum, month)| *sum as f64 / replications / f64::from(month.days())).collect()
        };
        self.pathway_months.iter().map(means).collect()
    }
}

/// All pathways' months together.
pub(super) fn together(pathway_months: &[Vec<f64>], prepared: &Prepared) -> Vec<f64> {
    (0..prepared.months.len()).map(|month| pathway_months.iter().map(|months| months[month]).sum()).collect()
}

/// The nearest whole number, held within 32 bits.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast holds it within bounds")]
fn whole(count: f64) -> u32 {
    (count + 0.5) as u32
}

/// A counting histogram over the bins that were met, from the first.
#[derive(Clone, Debug, Default)]
struct Counts {
    first: usize,
    counts: Vec<u32>,
}

/// By what was counted, not by the room kept for it.
impl PartialEq for Counts {
    fn eq(&self, other: &Self) -> bool {
        self.met().eq(other.met())
    }
}

impl Counts {
    /// The bins that anything was counted in, and how much.
    fn met(&self) -> impl Iterator<Item = (usize, u32)> {
        (self.first..).zip(self.counts.iter().copied()).filter(|(_, count)| *count > 0)
    }

    #[inline]
    fn add(&mut self, values: &[u32]) {
        let (least, most) =
            values.iter().fold((u32::MAX, 0), |(least, most), value| (least.min(*value), most.max(*value)));
        if least > most {
            return;
        }
        self.make_room(bin(least), bin(most));
        for value in values {
            self.counts[bin(*value) - self.first] += 1;
        }
    }

    #[inline]
    fn make_room(&mut self, least: usize, most: usize) {
        if least < self.first || most >= self.first + self.counts.len() {
            self.make_more_room(least, most);
        }
    }

    /// Bins for these and some around them.
    #[cold]
    fn make_more_room(&mut self, least: usize, most: usize) {
        const AROUND: usize = 32;
        if self.counts.is_empty() {
            self.first = least.saturating_sub(AROUND);
        } else if least < self.first {
            let first = least.saturating_sub(AROUND);
            self.counts.splice(..0, std::iter::repeat_n(0, self.first - first));
            self.first = first;
        }
        if most >= self.first + self.counts.len() {
            self.counts.resize(most - self.first + AROUND, 0);
        }
    }

    fn merge(&mut self, other: Self) {
        if self.counts.is_empty() {
            *self = other;
        } else if !other.counts.is_empty() {
            self.make_room(other.first, other.first + other.counts.len() - 1);
            let counts = self.counts[other.first - self.first..].iter_mut();
            counts.zip(other.counts).for_each(|(count, more)| *count += more);
        }
    }

    /// The percentiles, of values counted in so many parts.
    fn spread(&self, parts: f64) -> Spread {
        let percentiles = self.percentiles([5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]);
        let [p05, p10, p25, p50, p75, p90, p95] = percentiles.map(|value| single(value / parts));
        Spread { p05, p10, p25, p50, p75, p90, p95 }
    }

    /// The values that so many percent lie below, from few to many, each bin's being spread evenly over its width:
    /// percentiles of whole people would jump from one to the next under a slider.
    fn percentiles<const N: usize>(&self, percents: [f64; N]) -> [f64; N] {
        let all = self.counts.iter().map(|count| u64::from(*count)).sum::<u64>() as f64;
        let mut bins = self.met();
        let (mut bin, mut count, mut before) = (0, 0.0, 0.0);
        percents.map(|percent| {
            let sought = percent / 100.0 * all;
            while before + count < sought {
                let Some((next, more)) = bins.next() else { break };
                (bin, count, before) = (next, f64::from(more), before + count);
            }
            let (from, width) = span(bin);
            (from - 0.5 + width * (sought - before) / count.max(1.0)).max(0.0)
        })
    }
}

#[inline]
fn bin(value: u32) -> usize {
    if value < EXACT {
        return value as usize;
    }
    let halvings = EXACT.leading_zeros() + 1 - value.leading_zeros();
    let half = EXACT / 2;
    (EXACT + (halvings - 1) * half + (value >> halvings) - half) as usize
}

/// The least value of a bin, and how many values it holds.
fn span(bin: usize) -> (f64, f64) {
    let (exact, half) = (EXACT as usize, (EXACT / 2) as usize);
    if bin < exact {
        return (bin as f64, 1.0);
    }
    let halvings = (bin - exact) / half + 1;
    let width = (1_u64 << halvings) as f64;
    (((bin - exact) % half + half) as f64 * width, width)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers, or the same computation twice")]
mod tests {
    use super::*;

    #[test]
    fn bins_follow_each_other_without_gaps_and_hold_what_they_span() {
        let mut next = 0.0;
        for at in 0..bin(u32::MAX) {
            let (from, width) = span(at);
            assert_eq!(from, next);
            next = from + width;
            if next < 4e9 {
                assert_eq!((bin(whole(from)), bin(whole(next - 1.0)), bin(whole(next))), (at, at, at + 1));
            }
        }
    }

    /// 0 to 99, once each: a share of p lies below 100·p − ½.
    #[test]
    fn percentiles_are_those_of_a_list() {
        let mut counts = Counts::default();
        (0..100).rev().for_each(|value| counts.add(&[value]));
        assert_eq!(counts.percentiles([5.0, 50.0, 90.0]), [4.5, 49.5, 89.5]);
        let mut twice = counts.clone();
        twice.merge(counts.clone());
        assert_eq!(twice.percentiles([10.0]), counts.percentiles([10.0]));
        assert_eq!(Counts::default().percentiles([10.0]), [0.0]);
    }

    #[test]
    fn large_counts_are_right_to_two_in_a_thousand() {
        let mut counts = Counts::default();
        (0..1_000).for_each(|at| counts.add(&[900_000 + 100 * at]));
        let [median] = counts.percentiles([50.0]);
        assert!((median / 949_950.0 - 1.0).abs() < 2e-3, "{median}");
    }
}
