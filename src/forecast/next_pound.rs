//! The next pounds: what £50,000 more for a scheme would avoid, what £50,000 less would bring back, and why where that
//! is nothing.

use super::{Forecast, NEXT_POUNDS, avoided_by_moving, timeline};
use crate::calendar::{FinancialYear, Month};
use crate::money::Money;
use crate::scenario::{Change, Effect, Kind, Pathway, Scenario, Scheme};

/// Delayed days avoided that round to none.
const NEARLY_NOTHING: f64 = 0.5;
/// People delayed that are no queue.
const NO_QUEUE: f64 = 0.05;

/// What £50,000 more or less for one scheme in one year would do to delayed days over the horizon.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NextPound {
    /// Delayed days avoided by £50,000 more; nothing where that can't be.
    pub more: Option<f64>,
    /// Delayed days avoided by £50,000 less, so below zero where it brings some back; nothing where there is less than
    /// £50,000 to take.
    pub less: Option<f64>,
    /// Why £50,000 more would avoid hardly half a day: `Home care has no queue after January 2018`.
    pub reason: Option<String>,
}

/// What the next pounds for a scheme, by its place in the list, do in a year. `forecast` is the scenario's own.
///
/// All is nothing where that is no change a person could make: no such scheme, a year outside the fund.
pub fn next_pound(scenario: &Scenario, forecast: &Forecast, scheme: usize, year: FinancialYear) -> NextPound {
    let (Some(acting), Ok(step)) = (scenario.schemes.get(scheme), Money::pounds(NEXT_POUNDS)) else {
        return NextPound::default();
    };
    let now = acting.allocation(year);
    let avoided = |to: Option<Money>| avoided_by_moving(scenario, forecast, scheme, year, to?);
    let more = avoided(now.plus(step).ok());
    let nothing = more.is_some_and(|days| days.abs() < NEARLY_NOTHING);
    NextPound {
        more,
        less: avoided(now.less(step).ok()),
        reason: nothing.then(|| why_nothing(scenario, forecast, acting, year)),
    }
}

/// One reason for each effect, where they differ.
fn why_nothing(scenario: &Scenario, forecast: &Forecast, scheme: &Scheme, year: FinancialYear) -> String {
    let mut reasons = Vec::new();
    for effect in &scheme.effects {
        if let Some((at, pathway)) = scenario.pathway(&effect.pathway) {
            let people = forecast.pathways.get(at).map_or(&[][..], |days| &days.plan);
            let acting = Acting { scenario, scheme, effect, pathway, people, year };
            let reason = acting.why_nothing();
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
    if reasons.is_empty() { "no effect is claimed for this scheme".to_owned() } else { reasons.join("; ") }
}

/// An effect of a scheme on a pathway, in a year in which its money might change.
struct Acting<'a> {
    scenario: &'a Scenario,
    scheme: &'a Scheme,
    effect: &'a Effect,
    pathway: &'a Pathway,
    /// Delayed on each day under the plan.
    people: &'a [f64],
    year: FinancialYear,
}

impl Acting<'_> {
    /// The first of the reasons that holds.
    fn why_nothing(&self) -> String {
        None.or_else(|| self.ends_too_soon())
            .or_else(|| self.has_nothing_to_change())
            .or_else(|| self.is_at_its_most())
            .or_else(|| self.finds_no_queue())
            .unwrap_or_else(|| format!("£50,000 buys too little in {} to show", self.pathway.name))
    }

    fn ends_too_soon(&self) -> Option<String> {
        let Some(starts) = self.scheme.start_of(self.effect) else {
            return Some("the milestone that the effect waits for is not in the plan".to_owned());
        };
        let (last, begins) = (self.year.last_day(), starts.in_words());
        (starts > last).then(|| format!("the money of {} ends before the effect begins, on {begins}", self.year))
    }

    fn has_nothing_to_change(&self) -> Option<String> {
        let name = &self.pathway.name;
        if self.effect.size.value.central.to_f64() <= 0.0 {
            return Some(format!("no effect on {name} is expected at the central size"));
        }
        let Kind::Service(service) = &self.pathway.kind else { return None };
        match self.effect.change {
            Change::Delivery if service.delivery.value.to_f64() >= 1.0 => {
                Some(format!("{name} already delivers all that is contracted"))
            }
            Change::Weekend if service.weekend.value.to_f64() >= 1.0 => {
                Some(format!("{name} already starts as many at weekends as on weekdays"))
            }
            Change::Attrition if service.attrition.value.to_f64() <= 0.0 => Some(format!("{name} loses no places")),
            _ => None,
        }
    }

    /// Asked of the year's last day, when what the year's money buys is there unless it takes longer still.
    fn is_at_its_most(&self) -> Option<String> {
        let amount = timeline(self.scenario, self.scheme, self.effect)?.amount;
        let most = self.effect.most.value.to_f64();
        let reached = amount.get(day(self.scenario.horizon().day(self.year.last_day())))?;
        (*reached >= most).then(|| {
            let most = match self.effect.change {
                Change::Places => format!("{most}"),
                _ => format!("{}%", (most * 1000.0).round() / 10.0),
            };
            let change = self.effect.change.in_words();
            format!("{} already has the most it can reach, {most} {change}", self.pathway.name)
        })
    }

    /// `Home care has no queue after January 2018`: none on any day on which the year's money acts.
    fn finds_no_queue(&self) -> Option<String> {
        let horizon = self.scenario.horizon();
        let first = horizon.day(self.scheme.start_of(self.effect)?.max(self.year.first_day()));
        let past = horizon.day(self.year.last_day()) + 1 + i32::from(self.effect.fade_days.value);
        let (first, past) = (day(first), day(past).min(self.people.len()));
        let queues = self.days_with_a_queue();
        if first >= past || queues.iter().any(|(at, _)| (first..past).contains(at)) {
            return None;
        }
        let before = queues.iter().rev().find(|(at, _)| *at < first).map(|(_, month)| month.in_words());
        let after = queues.iter().find(|(at, _)| *at >= past).map(|(_, month)| month.in_words());
        let when = match (before, after) {
            (Some(before), Some(after)) => format!(" between {before} and {after}"),
            (Some(before), None) => format!(" after {before}"),
            (None, Some(after)) => format!(" before {after}"),
            (None, None) => String::new(),
        };
        Some(format!("{} has no queue{when}", self.pathway.name))
    }

    /// Weekends don't count for a service: people wait for Monday then, however many places are free.
    fn days_with_a_queue(&self) -> Vec<(usize, Month)> {
        let is_service = matches!(self.pathway.kind, Kind::Service(_));
        let first = self.scenario.horizon().first_day();
        let dates = (0..).map_while(|day| first.plus_days(day));
        let days = self.people.iter().zip(dates).enumerate();
        days.filter(|(_, (people, date))| **people >= NO_QUEUE && !(is_service && date.is_weekend()))
            .map(|(at, (_, date))| (at, date.month()))
            .collect()
    }
}

/// Days before the first count as the first.
fn day(at: i32) -> usize {
    usize::try_from(at).unwrap_or(0)
}
