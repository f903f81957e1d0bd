//! From a scenario to the figures that a day needs: one compact row for each day of each pathway.

use std::collections::HashMap;

use super::strength::{Piece, Response, pieces};
use crate::calendar::{FinancialYear, Horizon};
use crate::money::Money;
use crate::scenario::{Change, Effect, Id, Kind, Pathway, Quantity, Scenario, Scheme, Service};

/// More people or places than this are taken for this many: whatever a scenario holds, sums stay finite.
const MOST_PEOPLE: f64 = 1e9;
/// Growth and attrition are told by the year of 365 days, leap year or not.
const YEAR: f64 = 365.0;

/// A scenario made ready to run: the plan, and the same pathways had every allocation been £0.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub(super) days: usize,
    pub(super) pathways: Vec<CompiledPathway>,
}

/// One pathway made ready to run.
#[derive(Clone, Debug)]
pub(super) struct CompiledPathway {
    pub(super) id: Id,
    pub(super) opening: Opening,
    pub(super) plan: Vec<Rates>,
    /// Nothing where no scheme acts on the pathway, so that both are one.
    pub(super) do_nothing: Option<Vec<Rates>>,
}

/// People on day 0, before anything happens. The plan and doing nothing start from the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Opening {
    /// In process, or waiting.
    pub(super) delayed: f64,
    /// In the service, evenly over its stages.
    pub(super) occupied: f64,
    /// Equal stages of a stay, 1 to 8.
    pub(super) stages: u8,
}

/// What one day does to a pathway. A row of figures used together, so that a day reads one line of memory.
///
/// A process is a queue for no places at all: those in it are delayed and leave by themselves as it completes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rates {
    /// People who become ready and need the pathway.
    pub(super) arrivals: f64,
    /// Chance that a delayed person leaves today without a place: by completing the process, or some other way.
    pub(super) leaving: f64,
    /// Chance that a person in the service ends a stage of the stay today.
    pub(super) passing: f64,
    /// Places really there.
    pub(super) capacity: f64,
    /// Share of the possible starts that happen: 1 on weekdays.
    pub(super) open: f64,
}

/// Which money the schemes are given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Allocations {
    /// What the scenario says.
    Plan,
    /// None: doing nothing.
    Nothing,
    /// What the scenario says, but for one scheme's money in one year.
    Moved { scheme: usize, year: FinancialYear, to: Money },
}

impl Allocations {
    fn of(self, at: usize, scheme: &Scheme, in_year: FinancialYear) -> Money {
        match self {
            Self::Nothing => Money::ZERO,
            Self::Moved { scheme, year, to } if scheme == at && year == in_year => to,
            Self::Plan | Self::Moved { .. } => scheme.allocation(in_year),
        }
    }
}

/// An effect, its scheme, and the scheme's place in the list.
pub(super) type Acting<'a> = (usize, &'a Scheme, &'a Effect);

/// Every effect of every scheme.
pub(super) fn effects(scenario: &Scenario) -> impl Iterator<Item = Acting<'_>> {
    let schemes = scenario.schemes.iter().enumerate();
    schemes.flat_map(|(at, scheme)| scheme.effects.iter().map(move |effect| (at, &**scheme, effect)))
}

/// Makes a scenario ready to run.
pub fn compile(scenario: &Scenario) -> Compiled {
    let clock = Clock::of(scenario.horizon());
    let on_pathways = effects_by_pathway(scenario);
    let pathways = scenario.pathways.iter().zip(on_pathways).map(|(pathway, effects)| CompiledPathway {
        id: pathway.id.clone(),
        opening: opening(pathway),
        plan: rates(&clock, pathway, &effects, Allocations::Plan),
        do_nothing: (!effects.is_empty()).then(|| rates(&clock, pathway, &effects, Allocations::Nothing)),
    });
    Compiled { days: clock.days.len(), pathways: pathways.collect() }
}

/// The effects on each pathway, in the scenario's order. Those on no pathway of the scenario are left out.
pub(super) fn effects_by_pathway(scenario: &Scenario) -> Vec<Vec<Acting<'_>>> {
    // Backwards, so that of two pathways with one id, which the rules refuse, the first is found, as everywhere else.
    let places: HashMap<&Id, usize> =
        scenario.pathways.iter().enumerate().rev().map(|(at, pathway)| (&pathway.id, at)).collect();
    let mut on_pathways = vec![Vec::new(); scenario.pathways.len()];
    for acting in effects(scenario) {
        if let Some(at) = places.get(&acting.2.pathway) {
            on_pathways[*at].push(acting);
        }
    }
    on_pathways
}

/// The horizon's days, and what the calendar says of each.
pub(super) struct Clock {
    pub(super) horizon: Horizon,
    pub(super) days: Vec<Day>,
}

#[derive(Clone, Copy)]
pub(super) struct Day {
    pub(super) weekend: bool,
    /// Months since April: which seasonal factor holds.
    season: u8,
}

impl Clock {
    pub(super) fn of(horizon: Horizon) -> Self {
        // 1 January 2000 was a Saturday.
        let since_saturday = crate::calendar::Date::new(2000, 1, 1)
            .map_or(0, |saturday| horizon.first_day().days_since(saturday).rem_euclid(7));
        let seasons = horizon.months().zip((0..12).cycle());
        let seasons = seasons.flat_map(|(month, season)| std::iter::repeat_n(season, usize::from(month.days())));
        let weekends = (0..7).cycle().map(|weekday| weekday < 2).skip(since_saturday.unsigned_abs() as usize);
        let days = seasons.zip(weekends).map(|(season, weekend)| Day { weekend, season }).collect();
        Self { horizon, days }
    }
}

/// People on day 0, before any scheme's effect.
pub(super) fn opening(pathway: &Pathway) -> Opening {
    let delayed = people(pathway.waiting.value.to_f64());
    let Kind::Service(service) = &pathway.kind else { return Opening { delayed, occupied: 0.0, stages: 1 } };
    let full = service.places.value.to_f64() * share(service.delivery.value);
    let needed = pathway.referrals.value.to_f64() / 7.0 * service.stay_days.value.to_f64();
    let occupied = service.occupied.as_ref().map_or(full.min(needed), |occupied| occupied.value.to_f64());
    Opening { delayed, occupied: people(occupied), stages: service.stages() }
}

/// The rates of every day, with these effects and this money.
pub(super) fn rates(clock: &Clock, pathway: &Pathway, effects: &[Acting<'_>], allocations: Allocations) -> Vec<Rates> {
    let mut changes = Changes::default();
    for &(at, scheme, effect) in effects {
        let pieces = pieces(clock.horizon, scheme, effect, |year| allocations.of(at, scheme, year));
        changes.add(effect.change, Response::central(effect), &pieces, clock.days.len());
    }
    rates_under(clock, pathway, &changes)
}

/// The rates of every day, with all that changes in the pathway.
pub(super) fn rates_under(clock: &Clock, pathway: &Pathway, changes: &Changes) -> Vec<Rates> {
    let mut rates = arrivals(clock, pathway, changes);
    match &pathway.kind {
        Kind::Process { days } => fill_process(&mut rates, days.value.to_f64(), changes),
        Kind::Service(service) => fill_service(&mut rates, clock, service, changes),
    }
    rates
}

/// What all effects on one pathway come to, by day: places added, or the share of a figure that is left. Empty where
/// nothing acts.
#[derive(Clone, Default)]
pub(super) struct Changes {
    places: Vec<f64>,
    delivery: Vec<f64>,
    stay: Vec<f64>,
    process: Vec<f64>,
    referrals: Vec<f64>,
    attrition: Vec<f64>,
    weekend: Vec<f64>,
}

impl Changes {
    /// Adds one effect to those before it: places add, shares left multiply.
    pub(super) fn add(&mut self, change: Change, response: Response, pieces: &[Piece], days: usize) {
        if pieces.is_empty() {
            return;
        }
        let (by_day, nothing) = match change {
            Change::Places => (&mut self.places, 0.0),
            Change::Delivery => (&mut self.delivery, 1.0),
            Change::Stay => (&mut self.stay, 1.0),
            Change::Process => (&mut self.process, 1.0),
            Change::Referrals => (&mut self.referrals, 1.0),
            Change::Attrition => (&mut self.attrition, 1.0),
            Change::Weekend => (&mut self.weekend, 1.0),
        };
        by_day.resize(days, nothing);
        let combine = |so_far: &mut f64, amount: f64| match response {
            Response::Adds { .. } => *so_far += amount,
            Response::Takes { .. } => *so_far *= 1.0 - amount,
        };
        for piece in pieces {
            // Once for all days of a level stretch: powers are dear.
            let level = piece.is_level().then(|| response.amount(piece.on(piece.days.start)));
            for day in piece.days.clone() {
                combine(&mut by_day[day], level.unwrap_or_else(|| response.amount(piece.on(day))));
            }
        }
    }
}

/// The share of a figure that is left on a day: all of it where nothing acts.
fn left(by_day: &[f64], day: usize) -> f64 {
    by_day.get(day).copied().unwrap_or(1.0)
}

/// Each day's referrals; the other rates are still to be filled in.
pub(super) fn arrivals(clock: &Clock, pathway: &Pathway, changes: &Changes) -> Vec<Rates> {
    let mut seasons = [1.0; 12];
    for (factor, given) in seasons.iter_mut().zip(pathway.seasons.iter().flat_map(|seasons| &seasons.value)) {
        *factor = given.to_f64();
    }
    let growth_a_day = (1.0 + pathway.growth.value.to_f64()).max(0.0).powf(1.0 / YEAR);
    let mut referrals = pathway.referrals.value.to_f64() / 7.0;
    let mut rates = Vec::with_capacity(clock.days.len());
    for (at, day) in clock.days.iter().enumerate() {
        let arrivals = people(referrals * seasons[usize::from(day.season)] * left(&changes.referrals, at));
        rates.push(Rates { arrivals, ..Rates::default() });
        referrals = people(referrals * growth_a_day);
    }
    rates
}

/// A process has no places: it takes as long as it takes, but never less than a day.
fn fill_process(rates: &mut [Rates], days: f64, changes: &Changes) {
    for (at, rates) in rates.iter_mut().enumerate() {
        rates.leaving = completing(days, left(&changes.process, at));
    }
}

/// Chance that a process completes today, with this share of its days left.
#[inline]
pub(super) fn completing(days: f64, days_left: f64) -> f64 {
    chance(1.0, (days * days_left).max(1.0))
}

fn fill_service(rates: &mut [Rates], clock: &Clock, service: &Service, changes: &Changes) {
    let unchanged = Unchanged::of(service);
    let leaving = unchanged.leaving;
    let mut survival = Survival::default();
    for (at, (rates, day)) in rates.iter_mut().zip(&clock.days).enumerate() {
        if at > 0 {
            survival.pass_day(unchanged.attrition * left(&changes.attrition, at));
        }
        let added = changes.places.get(at).copied().unwrap_or(0.0);
        rates.leaving = leaving;
        rates.passing = unchanged.passing(left(&changes.stay, at));
        rates.capacity = unchanged.capacity(left(&changes.delivery, at), survival.share, added);
        rates.open = if day.weekend { unchanged.open_at_weekends(left(&changes.weekend, at)) } else { 1.0 };
    }
}

/// A service as it is before any effect, and what effects make of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unchanged {
    stages: f64,
    stay: f64,
    places: f64,
    undelivered: f64,
    weekend_gap: f64,
    /// Chance that a waiting person leaves today some other way.
    pub(super) leaving: f64,
    /// The share of places lost a year.
    pub(super) attrition: f64,
}

impl Unchanged {
    pub(super) fn of(service: &Service) -> Self {
        Self {
            stages: f64::from(service.stages()),
            stay: service.stay_days.value.to_f64(),
            places: service.places.value.to_f64(),
            undelivered: 1.0 - share(service.delivery.value),
            weekend_gap: 1.0 - share(service.weekend.value),
            leaving: service.patience_days.as_ref().map_or(0.0, |days| chance(1.0, days.value.to_f64())),
            attrition: share(service.attrition.value),
        }
    }

    /// Chance that a stage ends today, with this share of the stay left.
    #[inline]
    pub(super) fn passing(&self, stay_left: f64) -> f64 {
        chance(self.stages, (self.stay * stay_left).max(self.stages))
    }

    /// Places really there, with this share of what is undelivered left.
    #[inline]
    pub(super) fn capacity(&self, undelivered_left: f64, survival: f64, added: f64) -> f64 {
        people(self.places * (1.0 - self.undelivered * undelivered_left) * survival + added)
    }

    /// Share of the possible starts that happen on a Saturday or Sunday, with this share of the gap left.
    #[inline]
    pub(super) fn open_at_weekends(&self, gap_left: f64) -> f64 {
        1.0 - self.weekend_gap * gap_left
    }
}

/// The share of the places of day 0 that no failing provider has taken away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Survival {
    pub(super) share: f64,
    attrition: f64,
    a_day: f64,
}

impl Default for Survival {
    fn default() -> Self {
        Self { share: 1.0, attrition: 0.0, a_day: 1.0 }
    }
}

impl Survival {
    /// Takes away a day's part of a yearly attrition, so that 365 days at one rate take exactly that share.
    pub(super) fn pass_day(&mut self, attrition: f64) {
        if attrition.to_bits() != self.attrition.to_bits() {
            self.attrition = attrition;
            self.a_day = (1.0 - attrition).powf(1.0 / YEAR); // only when the rate changes: powers are dear
        }
        self.share *= self.a_day;
    }
}

/// The chance a day of each of `stages` equal stages of a mean so many days long. Exactly stages/days: see the
/// module's derivation.
fn chance(stages: f64, days: f64) -> f64 {
    if days > stages { stages / days } else { 1.0 }
}

/// A count held within what can be summed; what is no number counts as none.
pub(super) fn people(count: f64) -> f64 {
    if count > 0.0 { count.min(MOST_PEOPLE) } else { 0.0 }
}

pub(super) fn share(quantity: Quantity) -> f64 {
    quantity.to_f64().clamp(0.0, 1.0)
}
