//! From days to the figures that decisions are made on: months, who is responsible, targets, days avoided.

use std::collections::BTreeSet;

use super::chance::Chance;
use super::compile::{Allocations, Clock, compile, effects, opening, rates};
use super::run::{Track, run, run_tracks};
use super::{Forecast, MonthFigures, PathwayDays, TargetFigures};
use crate::calendar::{FinancialYear, Horizon, Month};
use crate::money::Money;
use crate::scenario::{Pathway, Scenario};

impl Forecast {
    /// The forecast of a scenario that meets its rules. One that does not is still answered with finite figures:
    /// what can't be used is left out or held within bounds.
    pub fn of(scenario: &Scenario) -> Self {
        let horizon = scenario.horizon();
        let pathways = run(&compile(scenario));
        let months = month_figures(horizon, scenario, &pathways);
        let mut forecast = Self { horizon, pathways, months, targets: Vec::new() };
        forecast.targets = target_figures(scenario, &forecast);
        forecast
    }

    /// People delayed at the end of each day under the plan, all pathways together.
    pub fn people(&self) -> Vec<f64> {
        self.total(|pathway| &pathway.plan)
    }

    /// The same had every allocation been £0.
    pub fn people_do_nothing(&self) -> Vec<f64> {
        self.total(|pathway| &pathway.do_nothing)
    }

    fn total(&self, days: impl Fn(&PathwayDays) -> &[f64]) -> Vec<f64> {
        let mut total = vec![0.0; self.horizon.days()];
        for pathway in &self.pathways {
            total.iter_mut().zip(days(pathway)).for_each(|(total, people)| *total += people);
        }
        total
    }

    /// Delayed days over the horizon that the plan avoids against doing nothing; below zero if it adds some.
    pub fn delayed_days_avoided(&self) -> f64 {
        self.months.iter().map(|month| month.delayed_days_do_nothing - month.delayed_days).sum()
    }

    /// Its months as replications have them on average. Where doing nothing was not among them, what it comes to stays
    /// that of the expected run.
    pub fn months_on_average(&self, scenario: &Scenario, chance: &Chance) -> Vec<MonthFigures> {
        let means = |at: usize, days: f64| -> Vec<f64> {
            chance.mean_pathway_months.iter().map(|months| months.get(at).map_or(0.0, |mean| mean * days)).collect()
        };
        let months = self.months.iter().enumerate().map(|(at, month)| {
            let days = f64::from(month.month.days());
            let nothing = chance.doing_nothing.as_ref().and_then(|nothing| nothing.mean_months.get(at));
            let nothing = nothing.map_or(month.delayed_days_do_nothing, |mean| mean * days);
            of_month(month.month, &scenario.pathways, &means(at, days), &[nothing])
        });
        months.collect()
    }

    /// The same forecast with its months and targets as replications have them on average; its days stay those of the
    /// expected run.
    #[must_use]
    pub fn on_average(&self, scenario: &Scenario, chance: &Chance) -> Self {
        let mut averaged = Self { months: self.months_on_average(scenario, chance), ..self.clone() };
        for target in &mut averaged.targets {
            let of_month = averaged.months.iter().find(|month| month.month == target.month);
            target.expected = of_month.map_or(target.expected, |month| month.expected);
        }
        averaged
    }

    /// The figures of one month, if the plan covers it.
    pub fn month(&self, month: Month) -> Option<&MonthFigures> {
        let at = month.months_since(self.horizon.first_day().month());
        usize::try_from(at).ok().and_then(|at| self.months.get(at))
    }
}

/// The share of today's delays that is left where removing more costs more than it saves: “annual cost savings of £117m
/// if DTOCs are reduced to the 12% of current levels that can be regarded as economically essential”, for England, from
/// the abstract of [`ECONOMIC_FLOOR_SOURCE`], “The False Economy of Seeking to Eliminate Delayed Transfers of Care: Some
/// Lessons from Queueing Theory”, Applied Health Economics and Health Policy 21, 243–251.
const ECONOMIC_SHARE: f64 = 0.12;

/// Who found the economic floor.
pub const ECONOMIC_FLOOR_SOURCE: &str = "Wood and others, 2023, doi 10.1007/s40258-022-00777-2";

/// People delayed below whom removing more delay costs more than it saves: about 12% of those delayed on day 0, from
/// which doing nothing and the plan both start. Nothing where nobody is delayed then. An order of magnitude for this
/// place, found for England as a whole from delays before the pandemic: draw it faintly.
pub fn economic_floor(scenario: &Scenario) -> Option<f64> {
    let delayed: f64 = scenario.pathways.iter().map(|pathway| opening(pathway).delayed).sum();
    (delayed > 0.0).then_some(ECONOMIC_SHARE * delayed)
}

fn month_figures(horizon: Horizon, scenario: &Scenario, pathways: &[PathwayDays]) -> Vec<MonthFigures> {
    let mut first = 0;
    let mut figures = Vec::new();
    for month in horizon.months() {
        let days = first..first + usize::from(month.days());
        first = days.end;
        let sums = |of: fn(&PathwayDays) -> &[f64]| -> Vec<f64> {
            pathways.iter().map(|pathway| of(pathway).get(days.clone()).unwrap_or_default().iter().sum()).collect()
        };
        let plan = sums(|pathway| &pathway.plan);
        let do_nothing = sums(|pathway| &pathway.do_nothing);
        figures.push(of_month(month, &scenario.pathways, &plan, &do_nothing));
    }
    figures
}

/// One month, from each pathway's delayed days in it.
fn of_month(month: Month, pathways: &[impl AsRef<Pathway>], plan: &[f64], do_nothing: &[f64]) -> MonthFigures {
    let days = f64::from(month.days());
    let delayed_days = plan.iter().sum::<f64>();
    let delayed_days_do_nothing = do_nothing.iter().sum::<f64>();
    let by_pathway: Vec<f64> = plan.iter().map(|sum| sum / days).collect();
    let (mut nhs, mut social_care, mut both) = (0.0, 0.0, 0.0);
    for (pathway, people) in pathways.iter().zip(&by_pathway) {
        let shares = &pathway.as_ref().attribution.value;
        nhs += people * shares.nhs.to_f64();
        social_care += people * shares.social_care.to_f64();
        both += people * shares.both.to_f64();
    }
    MonthFigures {
        month,
        expected: delayed_days / days,
        do_nothing: delayed_days_do_nothing / days,
        delayed_days,
        delayed_days_do_nothing,
        by_pathway,
        nhs,
        social_care,
        both,
    }
}

fn target_figures(scenario: &Scenario, forecast: &Forecast) -> Vec<TargetFigures> {
    let figures = |month| forecast.month(month).map_or(0.0, |figures| figures.expected);
    let targets = scenario.targets.iter();
    targets
        .map(|target| TargetFigures {
            month: target.month,
            at_most: target.at_most.value.to_f64(),
            expected: figures(target.month),
        })
        .collect()
}

/// Delayed days over the horizon that would be avoided if one scheme's allocation in one year became `to`; below
/// zero if it would add some. `forecast` is the scenario's own; only pathways that the scheme acts on run again.
///
/// Nothing where that is no change a person could make: no such scheme, a year outside the fund, below £0.
pub fn avoided_by_moving(
    scenario: &Scenario,
    forecast: &Forecast,
    scheme: usize,
    year: FinancialYear,
    to: Money,
) -> Option<f64> {
    let moving = scenario.schemes.get(scheme)?;
    if to.is_negative() || scenario.fund.grant.get(year).is_none() {
        return None;
    }
    let clock = Clock::of(scenario.horizon());
    let touched: BTreeSet<usize> =
        moving.effects.iter().filter_map(|effect| scenario.pathway(&effect.pathway)).map(|(at, _)| at).collect();
    let mut moved = Vec::with_capacity(touched.len());
    for &at in &touched {
        let pathway = &scenario.pathways[at];
        let on_pathway: Vec<_> = effects(scenario).filter(|(_, _, effect)| effect.pathway == pathway.id).collect();
        let rates = rates(&clock, pathway, &on_pathway, Allocations::Moved { scheme, year, to });
        moved.push((opening(pathway), vec![0.0; rates.len()], rates));
    }
    let track = |(opening, delayed, rates)| Track { opening, rates, delayed };
    run_tracks(moved.iter_mut().map(|(opening, delayed, rates)| track((*opening, delayed, &*rates))).collect());
    let after: f64 = moved.iter().flat_map(|(_, delayed, _)| delayed).sum();
    let before: f64 = touched.iter().filter_map(|at| forecast.pathways.get(*at)).flat_map(|days| &days.plan).sum();
    Some(before - after)
}
