//! What the papers report around the plan, as tables: measures, the project plan, and risks. What follows from their
//! figures stands beside the papers' own words, never in their place.

use super::tables::NOTHING;
use crate::calendar::Date;
use crate::chart::Table;
use crate::context::{delivery, measures as measured, risks as weighed};
use crate::forecast::Forecast;
use crate::scenario::context::{Measure, Reading, Wanted};
use crate::scenario::{Figure, Quantity, Scenario};

/// What is measured: target, baseline, every reading, where it goes by its figures and in the paper's own word.
pub(super) fn measures(scenario: &Scenario, forecast: &Forecast) -> Table {
    let measures = &scenario.context.measures;
    let mut periods: Vec<&str> = Vec::new();
    for Reading { period, .. } in measures.iter().flat_map(|measure| &measure.readings) {
        if !periods.contains(&period.as_str()) {
            periods.push(period);
        }
    }
    let before = ["Measure", "Unit", "Better", "Target", "Baseline"];
    let after = ["By its figures", "The paper’s word", "Forecast", "Forecast for", "Remark", "Source"];
    let columns = before.into_iter().chain(periods.iter().copied()).chain(after).map(str::to_owned).collect();
    let row = |measure: &Measure| {
        let reading = |period: &&str| {
            let of = measure.readings.iter().find(|reading| reading.period == **period);
            figure(of.and_then(|reading| reading.value.as_ref()))
        };
        let foreseen = measured::forecast(measure, scenario, forecast);
        let before = [
            named(measure.reference.as_ref(), &measure.name),
            measure.unit.clone().unwrap_or_default(),
            if measure.wanted == Wanted::More { "higher" } else { "lower" }.to_owned(),
            figure(measure.target.as_ref()),
            figure(measure.baseline.as_ref()),
        ];
        let after = [
            measured::direction(measure).map_or(NOTHING, |direction| direction.in_words()).to_owned(),
            measure.said.map_or(NOTHING, |said| said.in_words()).to_owned(),
            foreseen.as_ref().map_or_else(nothing, |(_, figure)| format!("{figure:.1}")),
            foreseen.map_or_else(nothing, |(month, _)| month),
            measure.remark.clone().unwrap_or_default(),
            scenario.source_in_words(&measure.source),
        ];
        before.into_iter().chain(periods.iter().map(reading)).chain(after).collect()
    };
    Table { columns, rows: measures.iter().map(row).collect() }
}

/// The project plan, activity by activity.
pub(super) fn project_plan(scenario: &Scenario) -> Table {
    let columns =
        ["Workstream", "Activity", "Owner", "Start", "Expected", "Status", "Days later than the paper before"];
    let mut rows = Vec::new();
    for workstream in &scenario.context.delivery {
        for line in delivery::progress(scenario, workstream) {
            let activity = line.activity;
            rows.push(vec![
                workstream.name.clone(),
                activity.name.clone(),
                workstream.owner.clone().unwrap_or_default(),
                activity.start.map_or_else(nothing, Date::in_words),
                line.due.map_or_else(nothing, Date::in_words),
                activity.status.map_or(NOTHING, |status| status.in_words()).to_owned(),
                line.slip_days.map_or_else(nothing, |days| days.to_string()),
            ]);
        }
    }
    Table { columns: columns.map(str::to_owned).into(), rows }
}

/// What may go wrong, the gravest first.
pub(super) fn risks(scenario: &Scenario) -> Table {
    let mut risks: Vec<_> = scenario.context.risks.iter().collect();
    risks.sort_by_key(|risk| std::cmp::Reverse(weighed::gravity(risk)));
    let score = |figure: Option<&Figure<u16>>| figure.map_or_else(nothing, |figure| figure.value.to_string());
    let rows = risks.into_iter().map(|risk| {
        vec![
            risk.name.clone(),
            score(risk.likelihood.as_ref()),
            score(risk.impact.as_ref()),
            weighed::score(risk).map_or_else(nothing, |score| score.to_string()),
            risk.rating.map_or(NOTHING, |rating| rating.in_words()).to_owned(),
            risk.owner.clone().unwrap_or_default(),
            risk.mitigations.join("; "),
        ]
    });
    let columns = ["Risk", "Likelihood", "Impact", "Score", "The paper’s word", "Owner", "What is done"];
    Table { columns: columns.map(str::to_owned).into(), rows: rows.collect() }
}

fn named(reference: Option<&String>, name: &str) -> String {
    reference.map_or_else(|| name.to_owned(), |reference| format!("{reference} {name}"))
}

fn figure(figure: Option<&Figure<Quantity>>) -> String {
    figure.map_or_else(nothing, |figure| figure.value.to_string())
}

fn nothing() -> String {
    NOTHING.to_owned()
}
