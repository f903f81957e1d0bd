//! What the papers report around the plan, as tables: measures, the project plan, and risks. What follows from their
//! figures stands beside the papers' own words, never in their place.

use super::tables::NOTHING;
use crate::calendar::{Date, FinancialYear};
use crate::chart::Table;
use crate::chart::context::{Column, Row, Sheet};
use crate::context::delivery::{self, Progress};
use crate::context::{measures as measured, risks as weighed};
use crate::forecast::Forecast;
use crate::money::grouped;
use crate::scenario::context::{Key, Measure, MoneyAtRisk, Risk, Sort, Spot, Status, Trigger, Wanted, Workstream};
use crate::scenario::{Figure, Quantity, Scenario};

/// What is measured: target, baseline, every reading, where it goes by its figures and in the paper's own word.
pub(super) fn measures(scenario: &Scenario, forecast: &Forecast) -> Table {
    let measures = &scenario.context.measures;
    let periods = measured::periods(measures);
    let before = ["Measure", "Unit", "Better", "Target", "Baseline"];
    let after = ["By its figures", "The paper’s word", "Forecast", "Forecast for", "Remark", "Source"];
    let columns =
        before.into_iter().chain(periods.iter().map(String::as_str)).chain(after).map(str::to_owned).collect();
    let row = |measure: &Measure| {
        let reading = |period: &String| {
            let of = measure.readings.iter().find(|reading| reading.period == *period);
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
            match measured::moved(measure) {
                0 => scenario.source_in_words(&measure.source),
                moved => format!("{moved} moved by hand; else {}", scenario.source_in_words(&measure.source)),
            },
        ];
        before.into_iter().chain(periods.iter().map(reading)).chain(after).collect()
    };
    Table { columns, rows: measures.iter().map(row).collect() }
}

/// A workstream of the project plan, and its activities under it.
pub(super) struct Line {
    pub name: String,
    pub owner: String,
    /// What the paper prints as its money.
    pub money: String,
    /// The paper's word for how it stands.
    pub status: String,
    /// What its activities come to, where that is another word.
    pub computed: String,
    pub source: String,
    pub activities: Vec<Step>,
}

/// An activity of the project plan.
pub(super) struct Step {
    pub name: String,
    pub start: String,
    pub expected: String,
    pub status: String,
    pub later: String,
}

/// The project plan, workstream by workstream.
pub(super) fn project_plan(scenario: &Scenario) -> Vec<Line> {
    let line = |workstream: &Workstream| {
        let computed = delivery::status(workstream).filter(|computed| Some(*computed) != workstream.status);
        Line {
            name: workstream.name.clone(),
            owner: workstream.owner.clone().unwrap_or_default(),
            money: workstream.allocation.as_ref().map_or_else(String::new, |money| money.value.exact()),
            status: workstream.status.map_or("", Status::in_words).to_owned(),
            computed: computed.map_or("", Status::in_words).to_owned(),
            source: scenario.source_in_words(&workstream.source),
            activities: delivery::progress(scenario, workstream).iter().map(step).collect(),
        }
    };
    scenario.context.delivery.iter().map(line).collect()
}

fn step(line: &Progress) -> Step {
    let activity = line.activity;
    let day = |day: Option<Date>| day.map_or_else(nothing, Date::in_words);
    let later = match line.paper_slip_days() {
        // The day that the paper before gave can't be kept any more, and no other is given.
        Some(0) if activity.status == Some(Status::Delayed) => "no new day".to_owned(),
        Some(days) => days.to_string(),
        None => nothing(),
    };
    Step {
        name: activity.name.clone(),
        start: day(activity.start),
        expected: if line.is_dropped { "listed no more".to_owned() } else { day(line.due) },
        status: activity.status.map_or(NOTHING, Status::in_words).to_owned(),
        later,
    }
}

/// The same as a table: a row for each workstream, and one for each of its activities.
pub(super) fn project_plan_table(scenario: &Scenario) -> Table {
    let columns = [
        "Workstream",
        "Activity",
        "Owner",
        "Money",
        "Start",
        "Expected",
        "Status",
        "By its activities",
        "Days later than the paper before",
        "Source",
    ];
    let mut rows = Vec::new();
    for Line { name, owner, money, status, computed, source, activities } in project_plan(scenario) {
        let steps = activities.into_iter().map(|Step { name: activity, start, expected, status, later }| {
            vec![
                name.clone(),
                activity,
                owner.clone(),
                String::new(),
                start,
                expected,
                status,
                String::new(),
                later,
                source.clone(),
            ]
        });
        let steps: Vec<Vec<String>> = steps.collect();
        let none = String::new;
        rows.push(vec![name, none(), owner, money, none(), none(), status, computed, none(), source]);
        rows.extend(steps);
    }
    Table { columns: columns.map(str::to_owned).into(), rows }
}

/// What is told of a risk that no money hangs on.
const RISK_COLUMNS: usize = 7;

/// What may go wrong, the gravest first.
pub(super) fn reported_risks(scenario: &Scenario) -> Table {
    let rows = gravest_first(scenario).into_iter().map(|risk| of_risk(risk).into());
    let columns = ["Risk", "Likelihood", "Impact", "Score", "The paper’s word", "Owner", "What is done"];
    Table { columns: columns.map(str::to_owned).into(), rows: rows.collect() }
}

fn gravest_first(scenario: &Scenario) -> Vec<&Risk> {
    let mut risks: Vec<&Risk> = scenario.context.risks.iter().collect();
    risks.sort_by_key(|risk| std::cmp::Reverse(weighed::gravity(risk)));
    risks
}

fn of_risk(risk: &Risk) -> [String; RISK_COLUMNS] {
    let score = |figure: Option<&Figure<u16>>| figure.map_or_else(nothing, |figure| figure.value.to_string());
    [
        risk.name.clone(),
        score(risk.likelihood.as_ref()),
        score(risk.impact.as_ref()),
        weighed::score(risk).map_or_else(nothing, |score| score.to_string()),
        risk.rating.map_or(NOTHING, |rating| rating.in_words()).to_owned(),
        risk.owner.clone().unwrap_or_default(),
        risk.mitigations.join("; "),
    ]
}

/// Money that hangs on how things go.
pub(super) struct AtRisk {
    pub name: String,
    /// How much of it, by year, and whether that is all of the year's grant.
    pub amounts: Vec<(FinancialYear, String, bool)>,
    /// What becomes of it, and when.
    pub about: String,
    pub hangs_on: String,
    /// Whether what it hangs on is met, and what is known of that, in the window's words.
    pub stands: String,
    pub known: String,
    pub source: String,
}

/// All of the money at risk; how it stands is taken from the window's own sheet of risks.
pub(super) fn at_risk(scenario: &Scenario, sheet: &Sheet) -> Vec<AtRisk> {
    let of = |money: &MoneyAtRisk| {
        let name = Some(Spot::Name(Key::of(Sort::AtRisk, &money.id)));
        let cells = sheet.rows.iter().find_map(|row| match row {
            Row::Cells(cells) if cells.first().is_some_and(|cell| cell.spot == name) => Some(cells.as_slice()),
            _ => None,
        });
        let said = |cell: usize| cells.and_then(|cells| cells.get(cell)).map_or("", |cell| cell.text.as_str());
        let amounts = weighed::amounts(money, scenario).into_iter();
        AtRisk {
            name: money.name.clone(),
            amounts: amounts.map(|(year, of)| (year, of.value.exact(), money.grant_of.contains(&year))).collect(),
            about: money.about.clone(),
            hangs_on: hangs_on(scenario, &money.trigger),
            stands: said(STANDS).trim_start_matches(['●', '■', '▲', ' ']).to_owned(),
            known: said(KNOWN).to_owned(),
            source: scenario.source_in_words(&money.source),
        }
    };
    scenario.context.at_risk.iter().map(of).collect()
}

/// The columns of the window's sheet of risks that say whether what money hangs on is met, and what is known of it.
const STANDS: usize = 3;
/// See [`STANDS`].
const KNOWN: usize = 4;

fn hangs_on(scenario: &Scenario, trigger: &Trigger) -> String {
    match trigger {
        Trigger::Targets => "delays coming down to the agreed targets".to_owned(),
        Trigger::Measure(id) => {
            let measure = scenario.context.measures.iter().find(|measure| measure.id == *id);
            let name = measure.map_or(id.as_str(), |measure| measure.name.as_str());
            format!("“{name}” reaching its target")
        }
    }
}

/// Money at risk, then what may go wrong, the gravest first; columns that hold nothing are left out.
pub(super) fn risks(scenario: &Scenario, sheet: &Sheet) -> Table {
    let money = at_risk(scenario, sheet);
    let mut years: Vec<FinancialYear> = money.iter().flat_map(|it| &it.amounts).map(|(year, ..)| *year).collect();
    years.sort_unstable();
    years.dedup();
    let mut columns: Vec<String> = reported_risks(scenario).columns;
    columns.extend(years.iter().map(|year| format!("At risk in {year}")));
    let after = ["What becomes of it", "It hangs on", "Which is", "What is known of that", "Source"];
    columns.extend(after.map(str::to_owned));
    let mut rows = Vec::new();
    for it in money {
        let mut row = vec![it.name];
        row.resize(RISK_COLUMNS, String::new());
        row.extend(years.iter().map(|year| {
            let of = it.amounts.iter().find(|(of, ..)| of == year);
            of.map_or_else(nothing, |(_, amount, _)| amount.clone())
        }));
        let whole: Vec<String> =
            it.amounts.iter().filter(|(.., is_all)| *is_all).map(|(year, ..)| year.to_string()).collect();
        let whole =
            if whole.is_empty() { String::new() } else { format!(" (all of the grant of {})", whole.join(", ")) };
        row.extend([format!("{}{whole}", it.about), it.hangs_on, it.stands, it.known, it.source]);
        rows.push(row);
    }
    for risk in gravest_first(scenario) {
        let mut row = Vec::from(of_risk(risk));
        row.resize(columns.len() - 1, String::new());
        row.push(scenario.source_in_words(&risk.source));
        rows.push(row);
    }
    without_empty(Table { columns, rows })
}

/// A part of what the papers report as the window shows it, with where its rows come from; what stands over rows stands in
/// the first column.
pub(super) fn reported(sheet: &Sheet) -> Table {
    let name = |(at, column): (usize, &Column)| match (at, column.name.as_str()) {
        (0, "") => sheet.name.to_owned(),
        (_, "") => if column.is_figure { "Figure" } else { "Remark" }.to_owned(),
        (_, name) => name.to_owned(),
    };
    let columns: Vec<String> = sheet.columns.iter().enumerate().map(name).collect();
    let rows = sheet.rows.iter().map(|row| {
        let cells = match row {
            Row::Heading(heading) => {
                let mut row = vec![heading.clone()];
                row.resize(columns.len() + 1, String::new());
                return row;
            }
            Row::Group(cells) | Row::Cells(cells) => cells,
        };
        let mut row: Vec<String> = cells.iter().map(|cell| cell.text.replace('\n', "; ")).collect();
        row.resize(columns.len(), String::new());
        let mut helps: Vec<&str> = Vec::new();
        for help in cells.iter().filter_map(|cell| cell.help.as_deref()) {
            // Some sheets have the source in a column of its own.
            if !helps.contains(&help) && cells.iter().all(|cell| cell.text != help) {
                helps.push(help);
            }
        }
        row.push(helps.join("; "));
        row
    });
    let rows = rows.collect();
    let mut columns = columns;
    columns.push("Source".to_owned());
    without_empty(Table { columns, rows })
}

/// The table without those columns after the first in which no row has anything.
pub(super) fn without_empty(table: Table) -> Table {
    let is_kept = |at: usize| at == 0 || table.rows.iter().any(|row| !is_nothing(&row[at]));
    let kept: Vec<bool> = (0..table.columns.len()).map(is_kept).collect();
    let keep = |row: Vec<String>| row.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect();
    Table { columns: keep(table.columns), rows: table.rows.into_iter().map(keep).collect() }
}

/// Whether a cell says that there is nothing.
pub(super) fn is_nothing(cell: &str) -> bool {
    cell.is_empty() || cell == NOTHING
}

/// A measure's figure as the window shows it: with thousands apart, and with `%` where it is one.
pub(super) fn shown(measure: &Measure, value: Quantity) -> String {
    let sign = if value < Quantity::ZERO { "−" } else { "" };
    let percent = if is_percent(measure) { "%" } else { "" };
    format!("{sign}{}{percent}", grouped(&value.decimal().abs().to_string()))
}

/// A measure by the paper's number for it and its name, with its unit where its figures don't show that.
pub(super) fn name_of(measure: &Measure) -> String {
    let unit = measure.unit.as_ref().filter(|_| !is_percent(measure));
    let unit = unit.map_or_else(String::new, |unit| format!(" ({unit})"));
    named(measure.reference.as_ref(), &measure.name) + &unit
}

fn is_percent(measure: &Measure) -> bool {
    measure.unit.as_deref() == Some("%")
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
