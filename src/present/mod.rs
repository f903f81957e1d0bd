//! A scenario as a room sees it: one finding at a time, as a sentence, with one picture and at most three figures.
//!
//! Pages are data, made of figures that are there already: nothing here runs a replication, and nothing draws. A page
//! appears only where the scenario has something for it. Where money has been moved since the scenario was opened,
//! titles say what the change does, and the original stays in the picture as a thin grey line.

mod assumed;
mod balance;
mod change;
mod committed;
mod contradictions;
mod delays;
mod record;
mod schemes;
mod side_by_side;
#[cfg(test)]
mod tests;

pub use change::{Bound, Change, Moved};
pub use side_by_side::{AS_IT_STANDS, as_kept, side_by_side, whose_figures};

use crate::calendar::FinancialYear;
use crate::chart::{Chart, State, this_year};
use crate::forecast::calibration::{Backtest, FEWEST_MONTHS, Unsolved};
use crate::forecast::chance::Chance;
use crate::forecast::{Forecast, next_pound};
use crate::ledger::Ledger;
use crate::scenario::{Id, NoteKind, Scenario};

/// The most schemes whose parts in the whole are worked out between two frames.
pub const MOST_SCHEMES: usize = 60;
/// The most figures that a page shows.
pub const MOST_FIGURES: usize = 3;
/// The most sliders that a page shows.
pub const MOST_LEVERS: usize = 3;

/// One page: a finding and what shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Which page it is, whatever its title says just now.
    pub topic: Topic,
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, in which unit, and whose figures they are.
    pub subtitle: String,
    /// What shows it.
    pub picture: Picture,
    /// At most [`MOST_FIGURES`].
    pub figures: Vec<BigFigure>,
    /// For whoever presents: where the finding comes from, and what it rests on.
    pub notes: Vec<String>,
}

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// What is left.
    Balance,
    /// Which year is the first unfunded.
    Committed,
    /// People delayed against the targets.
    Delays,
    /// What each scheme does.
    Schemes,
    /// What is assumed.
    Assumed,
    /// How good such forecasts were.
    Record,
    /// What the papers contradict: the nth page of it, from 0.
    Contradictions(usize),
}

/// What shows a finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// A chart; its title is the page's.
    Chart(Box<Chart>),
    /// Statements, where no chart would say more.
    List(Vec<Statement>),
}

/// One statement of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it says, in full sentences.
    pub text: String,
    /// Where it can be read.
    pub source: String,
}

/// A figure to be read from the back of the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BigFigure {
    /// The figure: `£676k`, `42%`.
    pub value: String,
    /// What it is: `left in 2017/18, of £6.276m`.
    pub words: String,
    /// What it was when the scenario was opened, where that differs: `was £676k left`.
    pub was: Option<String>,
    /// Whether it is as it should be.
    pub state: State,
}

/// A scheme's money in one year, to be moved before the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lever {
    /// Whose.
    pub scheme: Id,
    /// Which year's.
    pub year: FinancialYear,
}

/// A scenario with the figures that follow from it.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// What it says.
    pub scenario: &'a Scenario,
    /// Its money.
    pub ledger: &'a Ledger,
    /// Its expected run.
    pub forecast: &'a Forecast,
    /// What chance may bring, as far as replications have come.
    pub chance: Option<&'a Chance>,
}

/// What pages are made from.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The plan that is shown.
    pub now: Plan<'a>,
    /// The plan as it was opened, where it was another.
    pub opened: Option<Plan<'a>>,
    /// How good such forecasts were, once that is known.
    pub record: Option<Result<&'a Backtest, &'a [Unsolved]>>,
}

/// The pages that a scenario has something for, in the order shown. There is always one.
pub fn topics(scenario: &Scenario) -> Vec<Topic> {
    let has_money = scenario.schemes.iter().any(|scheme| scheme.allocations.iter().any(|(_, of)| !of.value.is_zero()));
    let is_committed = scenario.schemes.iter().any(|scheme| !scheme.commitment.years.value.is_empty());
    let has_effects = scenario.schemes.iter().any(|scheme| !scheme.effects.is_empty());
    let delayed = scenario.pathways.iter().any(|pathway| pathway.waiting.value.to_f64() > 0.0);
    let contradictions = contradictions(scenario).count();
    let pages = [
        (Topic::Balance, true),
        (Topic::Committed, has_money && is_committed),
        (Topic::Delays, delayed),
        (Topic::Schemes, delayed && has_money && has_effects && scenario.schemes.len() <= MOST_SCHEMES),
        (Topic::Assumed, has_money),
        (Topic::Record, scenario.history.months.len() > FEWEST_MONTHS),
    ];
    let pages = pages.into_iter().filter_map(|(topic, has)| has.then_some(topic));
    pages.chain((0..contradictions.div_ceil(contradictions::EACH)).map(Topic::Contradictions)).collect()
}

/// The page of a topic.
pub fn page(topic: Topic, told: &Told<'_>) -> Page {
    let mut page = match topic {
        Topic::Balance => balance::page(told),
        Topic::Committed => committed::page(told),
        Topic::Delays => delays::page(told),
        Topic::Schemes => schemes::page(told),
        Topic::Assumed => assumed::page(told),
        Topic::Record => record::page(told),
        Topic::Contradictions(nth) => contradictions::page(told, nth),
    };
    page.figures.truncate(MOST_FIGURES);
    if let Picture::Chart(chart) = &mut page.picture {
        chart.title.clone_from(&page.title);
    }
    page
}

/// The sliders that a page shows until somebody chooses others: what moves its finding most.
pub fn levers(topic: Topic, plan: &Plan<'_>) -> Vec<Lever> {
    let largest = || {
        let this = this_year(plan.scenario, plan.ledger)?.year;
        let has_money = |lever: &Lever| {
            let scheme = plan.scenario.scheme(&lever.scheme);
            scheme.is_some_and(|(_, scheme)| !scheme.allocation(lever.year).is_zero())
        };
        // In a year that has no money yet, a slider asks “what if we spent?”; the years that have some are asked first.
        let years = std::iter::once(this).chain(plan.ledger.years.iter().map(|line| line.year));
        let moved = years.filter_map(|year| largest_in(plan, year, false)).find(has_money);
        moved.or_else(|| largest_in(plan, this, false))
    };
    let lever = match topic {
        Topic::Balance => largest(),
        Topic::Committed => {
            let unfunded = plan.ledger.first_unfunded_year().map(|year| year.year);
            unfunded.and_then(|year| largest_in(plan, year, true)).or_else(largest)
        }
        Topic::Delays | Topic::Schemes => strongest(plan).or_else(largest),
        Topic::Assumed | Topic::Record | Topic::Contradictions(_) => None,
    };
    lever.into_iter().collect()
}

/// The scheme with the most money in a year, among those that may be moved.
fn largest_in(plan: &Plan<'_>, year: FinancialYear, committed: bool) -> Option<Lever> {
    let movable = plan.scenario.schemes.iter().filter(|scheme| !scheme.locked);
    let bound = movable.filter(|scheme| !committed || scheme.is_committed(year));
    // `max_by_key` takes the last of equals; the first is the one that people see first.
    let largest = bound.rev().max_by_key(|scheme| scheme.allocation(year))?;
    Some(Lever { scheme: largest.id.clone(), year })
}

/// The scheme whose next £50,000 of this year avoids most.
fn strongest(plan: &Plan<'_>) -> Option<Lever> {
    next_pounds(plan).into_iter().map(|(lever, _)| lever).next()
}

/// What the next £50,000 of this year avoids, for the schemes where that is anything; the most first.
fn next_pounds(plan: &Plan<'_>) -> Vec<(Lever, f64)> {
    let schemes = &plan.scenario.schemes;
    let Some(year) = this_year(plan.scenario, plan.ledger).map(|line| line.year) else { return Vec::new() };
    if schemes.len() > MOST_SCHEMES {
        return Vec::new();
    }
    let movable = schemes.iter().enumerate().filter(|(_, scheme)| !scheme.locked && !scheme.effects.is_empty());
    let mut found: Vec<(Lever, f64)> = movable
        .filter_map(|(at, scheme)| {
            let days = next_pound(plan.scenario, plan.forecast, at, year).more.filter(|days| *days >= 0.5)?;
            Some((Lever { scheme: scheme.id.clone(), year }, days))
        })
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found
}

fn contradictions(scenario: &Scenario) -> impl Iterator<Item = &crate::scenario::Note> {
    scenario.notes.iter().filter(|note| note.kind == NoteKind::Contradiction)
}

/// What a figure was, where that differs from what it is.
fn was(now: &str, then: Option<String>) -> Option<String> {
    then.filter(|then| then != now).map(|then| format!("was {then}"))
}

/// A source in words, marked where it is younger than the plan.
fn source(scenario: &Scenario, source: &crate::scenario::Source) -> String {
    let later = if scenario.is_later_than_plan(source) { " (later than the plan)" } else { "" };
    format!("{}{later}", scenario.source_in_words(source))
}
