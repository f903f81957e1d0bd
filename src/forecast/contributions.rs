//! What each scheme does: what the plan avoids, shared out among the schemes that bring it about.
//!
//! What a scheme avoids depends on which others are there before it: the second that empties a queue finds less to do.
//! The Shapley value is the mean of what it adds over every order in which the schemes could have come (Shapley,
//! “A value for n-person games”, Contributions to the Theory of Games II, 1953). Alone among fair rules it adds up to
//! the plan's total, gives the same to schemes that do the same, and nothing to one that does nothing.
//!
//! A value of sums is the sum of values, and pathways do not touch each other here. So each is shared out by itself,
//! among the few schemes that act on it: 2ⁿ runs of one pathway for n schemes, instead of 2ⁿ runs of all for all. Days
//! are shared out by month, and months add up to the horizon.
//!
//! With more than 12 schemes on a pathway orders are drawn by chance, always the same ones, each with its reverse: who
//! comes early in the one comes late in the other, and so their mean varies less (Castro, Gómez and Tejada, “Polynomial
//! calculation of the Shapley value based on sampling”, Computers and Operations Research 36, 2009; Mitchell, Cooper,
//! Frank and Holmes, “Sampling Permutations for Shapley Value Estimation”, Journal of Machine Learning Research 23,
//! 2022). Every order adds up to the plan's total, so the sample does too; how far a scheme's share may be out is
//! stated.
//!
//! All of this is in the expected run. Replications avoid another number of days on average, as queues come and go even
//! where places suffice; [`Contributions::on_average`] gives each scheme its share of that.

use super::compile::{Acting, Changes, Clock, Opening, Rates, effects_by_pathway, opening, rates_under};
use super::run::{Track, run_tracks};
use super::strength::{Piece, Response, pieces};
use super::{Forecast, MonthFigures};
use crate::calendar::{Horizon, Month};
use crate::scenario::{Change, Id, Pathway, Scenario};

/// Up to so many schemes on a pathway every coalition is run.
const MOST_EXACT: usize = 12;
/// Runs for one pathway whose orders are drawn by chance.
const SAMPLED_RUNS: usize = 1 << 14;
/// Runs for all pathways together, shared evenly: a thousand crowded pathways must not take minutes. It leaves exact
/// what 32 pathways with 12 schemes each need.
const MOST_RUNS: usize = 1 << 17;
/// Fewer pairs of orders than this say nothing about how far out their mean may be.
const FEWEST_PAIRS: usize = 4;
/// People that may be left unshared in a month: fewer than any picture shows.
const UNSHARED: f64 = 0.05;
/// Runs side by side: a processor has room for four.
const ABREAST: usize = 4;

/// What each scheme does to delay.
#[derive(Clone, Debug, PartialEq)]
pub struct Contributions {
    /// Every scheme, in the scenario's order.
    pub schemes: Vec<SchemeContribution>,
    /// Whether some were worked out from orders drawn by chance; they have a standard error.
    pub sampled: bool,
    /// Whether they add up to what replications avoid on average, and not to what the expected run avoids.
    pub on_average: bool,
}

/// What one scheme does to delay: its Shapley value. Below zero where it adds some.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemeContribution {
    /// Which scheme.
    pub id: Id,
    /// Delayed days avoided over the horizon.
    pub delayed_days: f64,
    /// People fewer, as the mean of each month of the horizon, in order.
    pub months: Vec<f64>,
    /// Standard error of `delayed_days`; 0 where it is exact.
    pub standard_error: f64,
}

impl Contributions {
    /// Shares out what the plan avoids. `forecast` is the scenario's own; the schemes add up to its difference from
    /// doing nothing, month by month.
    pub fn of(scenario: &Scenario, forecast: &Forecast) -> Self {
        let clock = Clock::of(scenario.horizon());
        let contested = contested(scenario, forecast, &clock);
        let runs_each = MOST_RUNS / contested.len().max(1);
        let mut credit = Credit::none(scenario.schemes.len(), forecast.months.len());
        let mut sampled = false;
        for pathway in &contested {
            let players = pathway.players.len();
            if players <= MOST_EXACT && 1 << players <= runs_each {
                pathway.share_out(&mut credit);
            } else {
                sampled = true;
                pathway.sample(runs_each.min(SAMPLED_RUNS), &mut credit);
            }
        }
        Self { schemes: credit.by_scheme(scenario, forecast), sampled, on_average: false }
    }

    /// The same shares of what replications avoid on average. What a month avoids more or less than in the expected run
    /// is shared out as the schemes act in that month, so that signs hold and nothing is divided by what may cancel out.
    /// `forecast` is the one they were shared out of, `averaged` the [average](Forecast::on_average). Nothing where in
    /// some month chance changes what no scheme does.
    #[must_use]
    pub fn on_average(&self, forecast: &Forecast, averaged: &Forecast) -> Option<Self> {
        let avoided = |month: &MonthFigures| month.do_nothing - month.expected;
        let unsummed = |scheme: &SchemeContribution| SchemeContribution { delayed_days: 0.0, ..scheme.clone() };
        let mut schemes: Vec<_> = self.schemes.iter().map(unsummed).collect();
        for (at, (of_run, of_all)) in forecast.months.iter().zip(&averaged.months).enumerate() {
            let apart = avoided(of_all) - avoided(of_run);
            let acting: f64 = schemes.iter().filter_map(|scheme| scheme.months.get(at)).map(|fewer| fewer.abs()).sum();
            if acting == 0.0 && apart.abs() > UNSHARED {
                return None;
            }
            for scheme in &mut schemes {
                let Some(fewer) = scheme.months.get_mut(at) else { continue };
                *fewer += if acting > 0.0 { apart * fewer.abs() / acting } else { 0.0 };
                scheme.delayed_days += *fewer * f64::from(of_all.month.days());
            }
        }
        for (scheme, before) in schemes.iter_mut().zip(&self.schemes) {
            if before.delayed_days != 0.0 {
                scheme.standard_error *= (scheme.delayed_days / before.delayed_days).abs();
            }
        }
        Some(Self { schemes, sampled: self.sampled, on_average: true })
    }
}

/// Delayed days avoided, as they are shared out.
struct Credit {
    /// For each scheme, by month.
    days: Vec<Vec<f64>>,
    /// For each scheme, of its sum over the months.
    variance: Vec<f64>,
}

impl Credit {
    fn none(schemes: usize, months: usize) -> Self {
        Self { days: vec![vec![0.0; months]; schemes], variance: vec![0.0; schemes] }
    }

    fn add(&mut self, scheme: usize, weight: f64, days: &[f64]) {
        self.days[scheme].iter_mut().zip(days).for_each(|(sum, days)| *sum += weight * days);
    }

    fn by_scheme(self, scenario: &Scenario, forecast: &Forecast) -> Vec<SchemeContribution> {
        let mut schemes = Vec::with_capacity(scenario.schemes.len());
        for ((scheme, days), variance) in scenario.schemes.iter().zip(self.days).zip(self.variance) {
            let months = days.iter().zip(&forecast.months);
            schemes.push(SchemeContribution {
                id: scheme.id.clone(),
                delayed_days: days.iter().sum(),
                months: months.map(|(days, month)| days / f64::from(month.month.days())).collect(),
                standard_error: variance.sqrt(),
            });
        }
        schemes
    }
}

/// A pathway on which money acts.
struct Contested<'a> {
    clock: &'a Clock,
    horizon: Horizon,
    pathway: &'a Pathway,
    opening: Opening,
    /// Delayed days of each month had every allocation been £0.
    do_nothing: Vec<f64>,
    players: Vec<Player>,
}

/// A scheme as it acts on one pathway.
struct Player {
    /// Its place in the scenario's list.
    scheme: usize,
    acts: Vec<(Change, Response, Vec<Piece>)>,
}

/// The pathways on which at least one scheme acts.
fn contested<'a>(scenario: &'a Scenario, forecast: &Forecast, clock: &'a Clock) -> Vec<Contested<'a>> {
    let horizon = scenario.horizon();
    let pathways = scenario.pathways.iter().zip(effects_by_pathway(scenario)).zip(&forecast.pathways);
    let contested = pathways.map(|((pathway, effects), days)| Contested {
        clock,
        horizon,
        pathway,
        opening: opening(pathway),
        do_nothing: by_month(horizon, &days.do_nothing),
        players: players(horizon, &effects),
    });
    contested.filter(|pathway| !pathway.players.is_empty()).collect()
}

/// The schemes whose effects change something on some day, in the scenario's order.
fn players(horizon: Horizon, effects: &[Acting<'_>]) -> Vec<Player> {
    let of_one_scheme = effects.chunk_by(|(before, ..), (after, ..)| before == after);
    let player = |effects: &[Acting<'_>]| {
        let acts: Vec<_> = effects.iter().filter_map(|effect| act(horizon, effect)).collect();
        let scheme = effects.first()?.0;
        (!acts.is_empty()).then_some(Player { scheme, acts })
    };
    of_one_scheme.filter_map(player).collect()
}

fn act(horizon: Horizon, &(_, scheme, effect): &Acting<'_>) -> Option<(Change, Response, Vec<Piece>)> {
    let response = Response::central(effect);
    let pieces = pieces(horizon, scheme, effect, |year| scheme.allocation(year));
    // Straight lines are highest at an end.
    let ends = |piece: &Piece| [piece.days.start, piece.days.end - 1].map(|day| piece.on(day));
    let does_something = pieces.iter().flat_map(ends).any(|strength| response.amount(strength) > 0.0);
    does_something.then_some((effect.change, response, pieces))
}

fn by_month(horizon: Horizon, mut days: &[f64]) -> Vec<f64> {
    let sum_of = |month: Month| {
        let (these, later) = days.split_at(usize::from(month.days()).min(days.len()));
        days = later;
        these.iter().sum()
    };
    horizon.months().map(sum_of).collect()
}

impl Contested<'_> {
    /// Every coalition, each counted by the share of all orders in which it comes first and the scheme next.
    fn share_out(&self, credit: &mut Credit) {
        let count = self.players.len();
        let weights = weights(count);
        // What the schemes of a coalition change together, at the place of the lowest of them. Counting upwards, that
        // of the coalition without its lowest is still there.
        let mut built = vec![Changes::default(); count + 1];
        let lowest = |coalition: usize| (coalition.trailing_zeros() as usize).min(count);
        let coalitions: Vec<usize> = (1..1 << count).collect();
        for abreast in coalitions.chunks(ABREAST) {
            let prepare = |&coalition: &usize| {
                let (joins, others) = (lowest(coalition), lowest(coalition & (coalition - 1)));
                built[joins] = built[others].clone();
                self.join(joins, &mut built[joins]);
                rates_under(self.clock, self.pathway, &built[joins])
            };
            let rates: Vec<_> = abreast.iter().map(prepare).collect();
            for (coalition, avoided) in abreast.iter().zip(self.avoided(&rates)) {
                let size = coalition.count_ones() as usize;
                for (at, player) in self.players.iter().enumerate() {
                    let is_in = coalition & (1 << at) != 0;
                    let weight = if is_in { weights[size - 1] } else { -weights[size] };
                    credit.add(player.scheme, weight, &avoided);
                }
            }
        }
    }

    /// Orders drawn by chance, each with its reverse, as many as come to about so many runs.
    fn sample(&self, runs: usize, credit: &mut Credit) {
        let count = self.players.len();
        let pairs = (runs / (2 * count)).max(FEWEST_PAIRS);
        let mut order: Vec<usize> = (0..count).collect();
        let mut chance = Chance::default();
        let mut means = vec![vec![0.0; count]; pairs];
        for means in &mut means {
            chance.shuffle(&mut order);
            for _ in 0..2 {
                order.reverse();
                self.walk(&order, |player, gained| {
                    credit.add(self.players[player].scheme, 0.5 / pairs as f64, gained);
                    means[player] += 0.5 * gained.iter().sum::<f64>();
                });
            }
        }
        for (at, player) in self.players.iter().enumerate() {
            let sample: Vec<f64> = means.iter().map(|means| means[at]).collect();
            credit.variance[player.scheme] += variance_of_mean(&sample);
        }
    }

    /// Lets the schemes join in an order, and says what each gains by month.
    fn walk(&self, order: &[usize], mut gains: impl FnMut(usize, &[f64])) {
        let mut changes = Changes::default();
        let mut before = vec![0.0; self.do_nothing.len()];
        for abreast in order.chunks(ABREAST) {
            let prepare = |&player: &usize| {
                self.join(player, &mut changes);
                rates_under(self.clock, self.pathway, &changes)
            };
            let rates: Vec<_> = abreast.iter().map(prepare).collect();
            for (player, after) in abreast.iter().zip(self.avoided(&rates)) {
                before.iter_mut().zip(&after).for_each(|(before, after)| *before = after - *before);
                gains(*player, &before);
                before = after;
            }
        }
    }

    fn join(&self, player: usize, changes: &mut Changes) {
        for (change, response, pieces) in &self.players[player].acts {
            changes.add(*change, *response, pieces, self.horizon.days());
        }
    }

    /// Delayed days avoided in each month under each of these rates.
    fn avoided(&self, rates: &[Vec<Rates>]) -> Vec<Vec<f64>> {
        let mut delayed: Vec<Vec<f64>> = rates.iter().map(|rates| vec![0.0; rates.len()]).collect();
        let tracks = rates.iter().zip(&mut delayed);
        run_tracks(tracks.map(|(rates, delayed)| Track { opening: self.opening, rates, delayed }).collect());
        let fewer = |days: &Vec<f64>| {
            let months = by_month(self.horizon, days);
            self.do_nothing.iter().zip(months).map(|(nothing, month)| nothing - month).collect()
        };
        delayed.iter().map(fewer).collect()
    }
}

/// Of all orders of `count` schemes, the share in which a given coalition of s others comes first and then a given
/// scheme: s!(count − s − 1)!/count!, for each s.
fn weights(count: usize) -> Vec<f64> {
    let next = |(size, weight): &(usize, f64)| Some((size + 1, weight * (size + 1) as f64 / (count - size - 1) as f64));
    std::iter::successors(Some((0, 1.0 / count as f64)), next).map(|(_, weight)| weight).take(count).collect()
}

fn variance_of_mean(sample: &[f64]) -> f64 {
    let count = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / count;
    sample.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0) / count
}

/// Draws that are the same every time: `SplitMix64` (Steele, Lea and Flood, “Fast splittable pseudorandom number
/// generators”, OOPSLA 2014), from 0.
#[derive(Default)]
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Every order is as likely as any other, but for a bias of count/2⁶⁴.
    fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            let chosen = self.next() % (last as u64 + 1);
            order.swap(last, usize::try_from(chosen).unwrap_or(last));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_the_shares_of_orders() {
        // Of the six orders of a, b, c: in two nobody comes before c, in one a alone, in two both a and b.
        for (weight, share) in weights(3).into_iter().zip([2.0 / 6.0, 1.0 / 6.0, 2.0 / 6.0]) {
            assert!((weight - share).abs() < 1e-15);
        }
        assert_eq!(weights(1), [1.0]);
    }

    #[test]
    fn chance_is_the_published_generator_and_orders_are_equally_likely() {
        assert_eq!(Chance::default().next(), 0xe220_a839_7b1d_cdaf); // its authors' code, first number from seed 0
        let mut chance = Chance::default();
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..60_000 {
            let mut order = [0, 1, 2];
            chance.shuffle(&mut order);
            *seen.entry(order).or_insert(0) += 1;
        }
        // 10,000 of each of six orders; the standard deviation of a count is √(60,000 · 1/6 · 5/6) = 91.
        assert!(seen.len() == 6 && seen.values().all(|count| (9_500..10_500).contains(count)), "{seen:?}");
    }

    #[test]
    fn the_variance_of_a_mean_falls_with_the_sample() {
        // 1, 2, 3: variance 1, of the mean of three 1/3.
        assert!((variance_of_mean(&[1.0, 2.0, 3.0]) - 1.0 / 3.0).abs() < 1e-15);
    }
}
