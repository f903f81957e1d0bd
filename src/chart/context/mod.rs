//! What the papers report around the plan, as sheets: a finding, columns, and cells that may be typed over. The window,
//! the command line and paper show the same sheets.

mod admissions;
mod changes;
mod dashboard;
mod delivery;
mod expenditure;
mod impacts;
mod measures;
mod pools;
mod purposes;
mod risks;

#[cfg(test)]
mod tests;

use super::State;
use crate::forecast::Forecast;
use crate::forecast::chance::Chance;
use crate::ledger::Ledger;
use crate::money::MoneyError;
use crate::scenario::context::Spot;
use crate::scenario::{Scenario, Source};

/// A part of the context that can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The project plan.
    Delivery,
    /// The Eight High Impact Changes.
    Changes,
    /// What is measured.
    Measures,
    /// The interface dashboard.
    Dashboard,
    /// The pooled budgets.
    Pools,
    /// Risks, and money at risk.
    Risks,
    /// The grant's purposes.
    Purposes,
    /// What schemes act on.
    Impacts,
    /// The expenditure table.
    Expenditure,
    /// The arithmetic of admissions.
    Admissions,
}

impl Part {
    /// In the order shown.
    pub const ALL: [Self; 10] = [
        Self::Delivery,
        Self::Changes,
        Self::Measures,
        Self::Dashboard,
        Self::Pools,
        Self::Risks,
        Self::Purposes,
        Self::Impacts,
        Self::Expenditure,
        Self::Admissions,
    ];

    /// As a choice in the window.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Delivery => "Delivery",
            Self::Changes => "Changes",
            Self::Measures => "Measures",
            Self::Dashboard => "Dashboard",
            Self::Pools => "Pool",
            Self::Risks => "Risks",
            Self::Purposes => "Purposes",
            Self::Impacts => "Impact",
            Self::Expenditure => "Spending",
            Self::Admissions => "Admissions",
        }
    }

    /// Whether a scenario has something for it.
    pub fn is_in(self, scenario: &Scenario) -> bool {
        let context = &*scenario.context;
        match self {
            Self::Delivery => !context.delivery.is_empty(),
            Self::Changes => !context.changes.is_empty(),
            Self::Measures => !context.measures.is_empty(),
            Self::Dashboard => !context.dashboard.is_empty(),
            Self::Pools => !context.pools.is_empty(),
            Self::Risks => !context.risks.is_empty() || !context.at_risk.is_empty(),
            Self::Purposes => !context.purposes.is_empty(),
            Self::Impacts => !context.impacts.is_empty(),
            Self::Expenditure => !context.expenditure.is_empty(),
            Self::Admissions => context.admissions.is_some(),
        }
    }
}

/// What a sheet is made of.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its money.
    pub ledger: &'a Ledger,
    /// Its forecast, with what replications have on average where there are any.
    pub forecast: &'a Forecast,
    /// Its replications.
    pub chance: Option<&'a Chance>,
}

/// One part of the context, to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Which.
    pub part: Part,
    /// What it is called.
    pub name: &'static str,
    /// The finding.
    pub title: String,
    /// What is shown, and how.
    pub subtitle: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for every column; a heading has one.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// Its part of the width, against the others'.
    pub weight: f32,
    /// Whether its cells are figures, which stand right.
    pub is_figure: bool,
    /// Days marked along it, as parts of its width, where its cells are bars.
    pub ticks: Vec<(f32, String)>,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Over the rows that follow it.
    Heading(String),
    /// Cells.
    Cells(Vec<Cell>),
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How that is.
    pub state: Option<State>,
    /// What can be typed over.
    pub spot: Option<Spot>,
    /// What a screen reader calls what can be typed over.
    pub called: String,
    /// Where it comes from.
    pub help: Option<String>,
    /// A bar along the column.
    pub bar: Option<Bar>,
}

/// A bar of a timeline, in parts of its column's width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// Where an earlier paper had it end, if elsewhere.
    pub earlier: Option<f32>,
    /// The day the plan was written.
    pub written: f32,
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn stated(text: impl Into<String>, state: State) -> Self {
        Self { text: text.into(), state: Some(state), ..Self::default() }
    }

    fn typed(text: impl Into<String>, spot: Spot, called: impl Into<String>) -> Self {
        Self { text: text.into(), spot: Some(spot), called: called.into(), ..Self::default() }
    }

    fn sourced(self, scenario: &Scenario, source: &Source) -> Self {
        Self { help: Some(scenario.source_in_words(source)), ..self }
    }
}

fn column(name: &str, weight: f32) -> Column {
    Column { name: name.to_owned(), weight, is_figure: false, ticks: Vec::new() }
}

fn figures(name: &str, weight: f32) -> Column {
    Column { is_figure: true, ..column(name, weight) }
}

/// A part of the context, if the scenario has it. Fails only where a sum passes the bounds of money.
pub fn sheet(part: Part, figures: Figures) -> Result<Option<Sheet>, MoneyError> {
    if !part.is_in(figures.scenario) {
        return Ok(None);
    }
    Ok(Some(match part {
        Part::Delivery => delivery::sheet(figures.scenario),
        Part::Changes => changes::sheet(figures.scenario)?,
        Part::Measures => measures::sheet(figures),
        Part::Dashboard => dashboard::sheet(figures),
        Part::Pools => pools::sheet(figures)?,
        Part::Risks => risks::sheet(figures),
        Part::Purposes => purposes::sheet(figures.scenario)?,
        Part::Impacts => impacts::sheet(figures.scenario),
        Part::Expenditure => expenditure::sheet(figures.scenario)?,
        Part::Admissions => admissions::sheet(figures.scenario),
    }))
}

/// `1 activity`, `3 activities`.
fn several(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
