//! What the papers report around the plan, as sheets: a finding, columns, and cells that may be typed over. The window
//! and the command line show the same sheets; exported tables of them are made in [`crate::export`], with all their
//! columns and sources, from the same rules.

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
use crate::scenario::context::begun::part_begun;
use crate::scenario::context::{Doing, Key, Sort, Spot};
use crate::scenario::{Edit, Figure, Id, Scenario, Source};

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

    /// What it begins with, in a scenario that has nothing for it.
    pub fn first(self) -> Sort {
        match self {
            Self::Delivery => Sort::Workstream,
            Self::Changes => Sort::Change,
            Self::Measures => Sort::Measure,
            Self::Dashboard => Sort::Indicator,
            Self::Pools => Sort::Pool,
            Self::Risks => Sort::Risk,
            Self::Purposes => Sort::Purpose,
            Self::Impacts => Sort::Impact,
            Self::Expenditure => Sort::Expenditure,
            Self::Admissions => Sort::Admissions,
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
    /// What can be begun in it.
    pub offers: Vec<Doing>,
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
    /// What can be typed over in its head, and what a screen reader calls that.
    pub spot: Option<(Spot, String)>,
    /// Days marked along it, as parts of its width, where its cells are bars.
    pub ticks: Vec<(f32, String)>,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Over the rows that follow it.
    Heading(String),
    /// Cells that name the rows that follow.
    Group(Vec<Cell>),
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
    /// What its source says, where a person moved it from that.
    pub moved: Option<String>,
    /// A bar along the column.
    pub bar: Option<Bar>,
    /// What can be done with its row, in the row's first cell.
    pub offers: Vec<Doing>,
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

    /// What a thing is called, to be written over.
    fn named(text: impl Into<String>, key: Key, name: &str) -> Self {
        Self::typed(text, Spot::Name(key), called(name))
    }

    fn offering(self, offers: impl IntoIterator<Item = Doing>) -> Self {
        Self { offers: offers.into_iter().collect(), ..self }
    }

    fn sourced(self, scenario: &Scenario, source: &Source) -> Self {
        Self { help: Some(scenario.source_in_words(source)), ..self }
    }

    /// Where its figure comes from, and what it was moved from. Whoever moves a figure of their own moves it from nothing
    /// that anybody published.
    fn of<T>(self, scenario: &Scenario, figure: &Figure<T>, in_words: impl Fn(&T) -> String) -> Self {
        let is_published = figure.source != Source::Entered;
        let moved = figure.was.as_ref().filter(|_| is_published).map(in_words);
        Self { moved, ..self.sourced(scenario, &figure.source) }
    }

    /// The same of a figure that may not be given.
    fn of_any<T>(self, scenario: &Scenario, figure: Option<&Figure<T>>, in_words: impl Fn(&T) -> String) -> Self {
        match figure {
            Some(figure) => self.of(scenario, figure, in_words),
            None => self,
        }
    }

    /// What is told of it besides what it says: `Moved by hand from 12,594; Health and Wellbeing Board, …`.
    pub fn told(&self) -> Option<String> {
        let moved = self.moved.as_ref().map(|was| format!("{BY_HAND} {was}"));
        let parts: Vec<String> = moved.into_iter().chain(self.help.clone()).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// What stands before that from which a figure was moved.
const BY_HAND: &str = "Moved by hand from";

impl Row {
    /// Its cells; a heading has none.
    pub fn cells(&self) -> &[Cell] {
        match self {
            Self::Cells(cells) | Self::Group(cells) => cells,
            Self::Heading(_) => &[],
        }
    }
}

impl Sheet {
    /// Every cell, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().flat_map(Row::cells)
    }

    /// The finding, which is the papers' no more where their figures were moved.
    fn owning_up(mut self) -> Self {
        let moved = self.cells().filter(|cell| cell.moved.is_some()).count();
        if moved > 0 {
            self.title = format!("{}; {}", self.title, moved_by_hand(moved));
        }
        self
    }
}

/// `1 of its figures was moved by hand`.
fn moved_by_hand(figures: usize) -> String {
    format!("{figures} of its figures {} moved by hand", if figures == 1 { "was" } else { "were" })
}

/// The same after what was found of them; nothing where none was moved.
fn with_moved(said: String, figures: usize) -> String {
    if figures == 0 { said } else { format!("{said}; {}", moved_by_hand(figures)) }
}

fn column(name: &str, weight: f32) -> Column {
    Column { name: name.to_owned(), weight, is_figure: false, spot: None, ticks: Vec::new() }
}

/// The box in which the name of something just begun is written over, if it has one.
pub fn box_begun(doing: &Doing, scenario: &Scenario) -> Option<String> {
    let change = |id: &Id| scenario.context.changes.iter().find(|it| it.id == *id);
    let name = match doing {
        Doing::Propose(id) => return change(id).map(changes::box_of_proposal),
        Doing::SayHowKnown(id) => return change(id).map(|it| changes::box_of_success(it, it.success.len())),
        Doing::Begin(Sort::Change | Sort::Purpose | Sort::Adults | Sort::Admissions) => return None,
        Doing::Begin(_) => match doing.edit(scenario)? {
            Edit::AddToContext { item, .. } => item.name().to_owned(),
            _ => return None,
        },
        Doing::BeginPart(key) => {
            let new = part_begun(key.sort);
            let of = key.find(&scenario.context).filter(|_| key.sort == Sort::Workstream);
            of.map_or_else(|| new.to_owned(), |item| of_workstream(new, item.name()))
        }
        _ => return None,
    };
    Some(called(&name))
}

/// `New activity, Care home`.
fn of_workstream(activity: &str, workstream: &str) -> String {
    format!("{activity}, {workstream}")
}

/// What the box of a name is called.
fn called(name: &str) -> String {
    format!("Name: {name}")
}

fn figures(name: &str, weight: f32) -> Column {
    Column { is_figure: true, ..column(name, weight) }
}

/// A part of the context, if the scenario has it. Fails only where a sum passes the bounds of money.
pub fn sheet(part: Part, figures: Figures) -> Result<Option<Sheet>, MoneyError> {
    if !part.is_in(figures.scenario) {
        return Ok(None);
    }
    let sheet = match part {
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
    };
    // Delivery counts the days that were moved by itself, apart from those that the papers put off.
    Ok(Some(if part == Part::Delivery { sheet } else { sheet.owning_up() }))
}

/// Which scheme of the plan a thing is instead of the one that it is.
fn other_schemes(scenario: &Scenario, key: &Key, now: Option<&Id>) -> Vec<Doing> {
    let schemes = scenario.schemes.iter().map(|scheme| Some(&scheme.id)).chain([None]);
    let others = schemes.filter(|scheme| *scheme != now);
    others.map(|scheme| Doing::IsScheme(key.clone(), scheme.cloned())).collect()
}

/// `1 activity`, `3 activities`.
fn several(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
