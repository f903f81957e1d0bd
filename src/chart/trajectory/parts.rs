//! The plan's line taken apart, by pathway or by who is responsible: by day in the expected run, by month over replications.

use super::{Split, middle, smoothed};
use crate::chart::{Layer, Tone};
use crate::forecast::{Forecast, MonthFigures};
use crate::scenario::Scenario;

/// The bands that make up the plan's line, where it is taken apart.
pub(super) fn parts(scenario: &Scenario, forecast: &Forecast, split: Split, by_months: bool) -> Vec<Layer> {
    let people = |of_month: &dyn Fn(&MonthFigures) -> f64, of_days: &dyn Fn() -> Vec<f64>| {
        if by_months { by_month(forecast, of_month) } else { smoothed(&of_days()) }
    };
    let parts: Vec<(String, Vec<[f64; 2]>)> = match split {
        Split::Total => Vec::new(),
        Split::Pathway => {
            let named = scenario.pathways.iter().zip(&forecast.pathways).enumerate();
            let of = |part: usize, days: &[f64]| {
                people(&|month| month.by_pathway.get(part).copied().unwrap_or_default(), &|| days.to_vec())
            };
            named.map(|(part, (pathway, days))| (pathway.name.clone(), of(part, &days.plan))).collect()
        }
        Split::Attribution => {
            let of = |part: usize| {
                people(&|month| [month.nhs, month.social_care, month.both][part], &|| {
                    attributed(scenario, forecast, part)
                })
            };
            let named = ["NHS", "Social care", "Both"].into_iter().enumerate();
            named.map(|(part, name)| (name.to_owned(), of(part))).collect()
        }
    };
    let mut floor = Vec::new();
    let mut layers = Vec::new();
    for (part, (label, people)) in parts.into_iter().enumerate() {
        floor.resize(people.len(), 0.0);
        let points: Vec<_> = people.iter().zip(&floor).map(|([day, people], low)| [*day, *low, low + people]).collect();
        floor = points.iter().map(|[_, _, high]| *high).collect();
        layers.push(Layer::Band { label, tone: Tone::Part(part), points });
    }
    layers
}

/// A figure of every month in its middle, held to the edges of the first and the last.
pub(super) fn by_month(forecast: &Forecast, people: impl Fn(&MonthFigures) -> f64) -> Vec<[f64; 2]> {
    let mut points: Vec<_> =
        forecast.months.iter().map(|month| [middle(forecast, month.month), people(month)]).collect();
    let edges = points.first().zip(points.last()).map(|(first, last)| [first[1], last[1]]);
    if let Some([first, last]) = edges {
        points.insert(0, [0.0, first]);
        points.push([forecast.horizon.days() as f64, last]);
    }
    points
}

/// People by day for whom the NHS (0), social care (1) or both (2) are responsible.
fn attributed(scenario: &Scenario, forecast: &Forecast, part: usize) -> Vec<f64> {
    let mut people = vec![0.0; forecast.horizon.days()];
    for (pathway, days) in scenario.pathways.iter().zip(&forecast.pathways) {
        let shares = &pathway.attribution.value;
        let share = [shares.nhs, shares.social_care, shares.both][part].to_f64();
        for (people, day) in people.iter_mut().zip(&days.plan) {
            *people += share * day;
        }
    }
    people
}
