//! Every change that a person can make, as data: applied to a copy, kept only if the scenario still holds.
//!
//! [`apply`] gives the changed scenario and the edit that takes it back, so that undo needs no other memory.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::check::{Finding, Severity, check};
use super::{
    Area, Basis, Bookmark, Costs, DeliveryRisk, Effect, Figure, Fund, History, Id, Milestone, MonthOfOutturn, Note,
    Paper, Pathway, PathwayFigure, Quantity, Range, Scenario, Scheme, Target, Volatility, context,
};
use crate::calendar::{Date, FinancialYear, Month};
use crate::money::Money;

mod begun;
mod change;
mod steps;
mod together;
mod typed;
mod words;

#[cfg(test)]
mod tests;

pub use begun::{
    effect_changing, effect_on, effect_starting, new_effect, new_milestone, new_note, new_pathway, new_scheme,
    new_target, next_target_month,
};
use change::change;
pub use steps::{Move, Steps};
pub use together::{
    add_year, move_scheme, move_target, move_within_area, remove_last_year, remove_milestone, remove_pathway,
    toggle_committed, toggle_reason, toggle_support,
};
pub use typed::{delivered, drift_persistence, drift_spread, outturn_days, recording, slip_days};

/// A change to a scenario. Like the scenario, it can be written and read: a recovery journal is made of edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Edit {
    /// Gives the scenario another title.
    Retitle(String),
    /// Gives the council or area another name.
    NameArea(String),
    /// Sets the day the plan was written.
    SetAsOf(Date),
    /// Sets the grant of one year.
    SetGrant {
        /// Which year.
        year: FinancialYear,
        /// Pounds.
        amount: Money,
    },
    /// Says whether balances carry forward.
    SetCarriesForward(bool),
    /// Sets a scheme's money in one year.
    SetAllocation {
        /// Which scheme.
        scheme: Id,
        /// Which year.
        year: FinancialYear,
        /// Pounds.
        amount: Money,
    },
    /// Binds or frees a scheme's money in one year.
    SetCommitted {
        /// Which scheme.
        scheme: Id,
        /// Which year.
        year: FinancialYear,
        /// Whether it is bound.
        committed: bool,
    },
    /// Guards a scheme's figures against a slip of the hand, or stops doing so.
    SetLocked {
        /// Which scheme.
        scheme: Id,
        /// Whether it is guarded.
        locked: bool,
    },
    /// Gives a scheme another name.
    RenameScheme {
        /// Which scheme.
        scheme: Id,
        /// Its new name.
        name: String,
    },
    /// Says anew what a scheme's money is for.
    DescribeScheme {
        /// Which scheme.
        scheme: Id,
        /// In a sentence or two.
        about: String,
    },
    /// Moves a scheme to another area.
    SetArea {
        /// Which scheme.
        scheme: Id,
        /// Where it belongs then.
        area: Area,
    },
    /// Says on what basis a scheme's money is bound.
    SetBasis {
        /// Which scheme.
        scheme: Id,
        /// On what basis.
        basis: Basis,
    },
    /// Moves a scheme to another place in the list. A lock guards figures, of which this is none.
    MoveScheme {
        /// Which scheme.
        scheme: Id,
        /// How many schemes come before it then.
        to: usize,
    },
    /// Puts a scheme in the place of the one of the same id: for what no other edit changes.
    ReplaceScheme(Arc<Scheme>),
    /// Adds a scheme at a place in the list.
    AddScheme {
        /// How many schemes come before it.
        at: usize,
        /// The scheme.
        scheme: Arc<Scheme>,
    },
    /// Takes a scheme out.
    RemoveScheme(Id),
    /// Sets how much an effect changes.
    SetEffectSize {
        /// Which scheme.
        scheme: Id,
        /// Which of its effects, from 0.
        effect: usize,
        /// Low, central and high.
        size: Range,
    },
    /// Adds an effect to a scheme.
    AddEffect {
        /// Which scheme.
        scheme: Id,
        /// How many of its effects come before it.
        at: usize,
        /// The effect.
        effect: Box<Effect>,
    },
    /// Takes an effect out of a scheme.
    RemoveEffect {
        /// Which scheme.
        scheme: Id,
        /// Which of its effects, from 0.
        effect: usize,
    },
    /// Puts an effect in the place of another: where it acts, on what, for how much money, how fast.
    ReplaceEffect {
        /// Which scheme.
        scheme: Id,
        /// Which of its effects, from 0.
        effect: usize,
        /// What then stands there.
        to: Box<Effect>,
    },
    /// Moves the day on which an effect begins.
    SetEffectStart {
        /// Which scheme.
        scheme: Id,
        /// Which of its effects, from 0.
        effect: usize,
        /// The day.
        date: Date,
    },
    /// Moves a milestone, and with it the effects that wait for it.
    SetMilestone {
        /// Which scheme.
        scheme: Id,
        /// Which of its milestones.
        milestone: Id,
        /// The day.
        date: Date,
    },
    /// Adds a milestone to a scheme.
    AddMilestone {
        /// Which scheme.
        scheme: Id,
        /// How many of its milestones come before it.
        at: usize,
        /// The milestone.
        milestone: Box<Milestone>,
    },
    /// Takes a milestone, that no effect waits for, out of a scheme.
    RemoveMilestone {
        /// Which scheme.
        scheme: Id,
        /// Which of its milestones.
        milestone: Id,
    },
    /// Says anew what will have happened at a milestone.
    RenameMilestone {
        /// Which scheme.
        scheme: Id,
        /// Which of its milestones.
        milestone: Id,
        /// Its new name.
        name: String,
    },
    /// Adds a pathway at a place in the list.
    AddPathway {
        /// How many pathways come before it.
        at: usize,
        /// The pathway.
        pathway: Arc<Pathway>,
    },
    /// Takes a pathway, on which no effect acts, out.
    RemovePathway(Id),
    /// Sets one of a pathway's figures.
    SetPathwayFigure {
        /// Which pathway.
        pathway: Id,
        /// Which figure.
        figure: PathwayFigure,
        /// Its value, in the figure's unit.
        value: Quantity,
    },
    /// Gives a pathway other figures, with their sources: the pathway of the same id goes.
    ReplacePathway(Arc<Pathway>),
    /// Says how a pathway's referrals drift, with sources, or nothing of it.
    SetVolatility {
        /// Which pathway.
        pathway: Id,
        /// What then stands there.
        to: Option<Box<Volatility>>,
    },
    /// Says how much noise published months have, with its source, or nothing of it.
    SetRecording(Option<Figure<Quantity>>),
    /// Says how late a scheme may be and how much of it may come, with sources, or nothing of it.
    SetDeliveryRisk {
        /// Which scheme.
        scheme: Id,
        /// What then stands there.
        to: Option<Box<DeliveryRisk>>,
    },
    /// Adds a target at a place in the list.
    AddTarget {
        /// How many targets come before it.
        at: usize,
        /// The target.
        target: Target,
    },
    /// Takes a target out.
    RemoveTarget(Month),
    /// Moves a target.
    SetTarget {
        /// Which month.
        month: Month,
        /// The most people delayed on average.
        at_most: Quantity,
    },
    /// Adds a month published since the plan was written, or puts it in the place of what stands for that month.
    SetOutturn(MonthOfOutturn),
    /// Takes a month out of the outturn.
    RemoveOutturn(Month),
    /// Puts other published months, known when the plan was written, in the place of those that stand.
    ReplaceHistory(Box<History>),
    /// Gives the fund another name, other years or other sources.
    ReplaceFund(Box<Fund>),
    /// Says anew what things cost.
    ReplaceCosts(Box<Costs>),
    /// Adds a note at a place in the list.
    AddNote {
        /// How many notes come before it.
        at: usize,
        /// The note.
        note: Box<Note>,
    },
    /// Takes a note out, counted from 0.
    RemoveNote(usize),
    /// Writes a note anew.
    ReplaceNote {
        /// Which, from 0.
        at: usize,
        /// What then stands there.
        to: Box<Note>,
    },
    /// Adds a paper at a place in the list.
    AddPaper {
        /// How many papers come before it.
        at: usize,
        /// The paper.
        paper: Box<Paper>,
    },
    /// Takes a paper, that nothing cites, out.
    RemovePaper(Id),
    /// Puts a paper in the place of the one of the same id.
    ReplacePaper(Box<Paper>),
    /// Adds a thing to the context.
    AddToContext {
        /// How many of its sort come before it.
        at: usize,
        /// The thing.
        item: Box<context::Item>,
    },
    /// Takes a thing out of the context.
    RemoveFromContext(context::Key),
    /// Puts a thing of the context in the place of the one of its sort and id.
    ReplaceInContext(Box<context::Item>),
    /// Puts a whole scenario in the place of this one: a version from elsewhere, or two merged.
    ReplaceScenario(Box<Scenario>),
    /// Keeps a state of the money under a name, at a place among the others.
    KeepBookmark {
        /// How many come before it.
        at: usize,
        /// The state.
        bookmark: Box<Bookmark>,
    },
    /// Gives a kept state another name.
    RenameBookmark {
        /// What it is called.
        name: String,
        /// Its new name.
        to: String,
    },
    /// Forgets a kept state.
    RemoveBookmark(String),
    /// Several edits as one, told in words of their own.
    Called {
        /// What they are told as.
        words: String,
        /// In the order done.
        edits: Vec<Edit>,
    },
    /// Several edits that a person made as one.
    Together(Vec<Edit>),
}

/// Why an edit was not kept. The scenario is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing to change.
    Missing(String),
    /// There is such a thing already, and two could not be told apart.
    Twice(String),
    /// The scheme is locked.
    Locked(String),
    /// The scenario would not hold.
    WouldNotHold(Finding),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what) => write!(f, "there is no {what} to change"),
            Self::Twice(what) => write!(f, "there is a {what} already; change that one, or take it out first"),
            Self::Locked(name) => write!(f, "{name} is locked; unlock it first"),
            Self::WouldNotHold(finding) => f.write_str(&finding.words),
        }
    }
}

impl std::error::Error for Refusal {}

/// A scenario after an edit, and the edit that takes it back.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The scenario after the edit.
    pub scenario: Scenario,
    /// Takes it back, exactly.
    pub inverse: Edit,
}

/// Applies `edit` to a copy of `scenario`, and refuses it if the result breaks a rule.
pub fn apply(scenario: &Scenario, edit: &Edit) -> Result<Applied, Refusal> {
    let mut staged = scenario.clone();
    let inverse = change(&mut staged, edit)?;
    Ok(Applied { scenario: held(staged)?, inverse })
}

/// The staged copy, if it meets every rule.
fn held(staged: Scenario) -> Result<Scenario, Refusal> {
    match check(&staged).into_iter().find(|finding| finding.severity == Severity::Error) {
        Some(finding) => Err(Refusal::WouldNotHold(finding)),
        None => Ok(staged),
    }
}
