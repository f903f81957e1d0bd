//! Every change that a person can make, as data: applied to a copy, kept only if the scenario still holds.
//!
//! [`apply`] gives the changed scenario and the edit that takes it back, so that undo needs no other memory.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::check::{Finding, Severity, check};
use super::{
    ByYear, DeliveryRisk, Figure, Id, MonthOfOutturn, Pathway, PathwayFigure, Quantity, Range, Scenario, Scheme,
    Source, Start, Volatility,
};
use crate::calendar::{Date, FinancialYear, Month};
use crate::money::Money;

mod steps;
mod typed;
mod words;

#[cfg(test)]
mod tests;

pub use steps::{Move, Steps};
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
    /// Several edits that a person made as one.
    Together(Vec<Edit>),
}

/// Why an edit was not kept. The scenario is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing to change.
    Missing(String),
    /// The scheme is locked.
    Locked(String),
    /// The scenario would not hold.
    WouldNotHold(Finding),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what) => write!(f, "there is no {what} to change"),
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

/// Changes the staged copy; on refusal it is thrown away, so it may be left half changed.
fn change(staged: &mut Scenario, edit: &Edit) -> Result<Edit, Refusal> {
    Ok(match edit {
        Edit::Retitle(title) => Edit::Retitle(std::mem::replace(&mut staged.title, title.clone())),
        Edit::NameArea(name) => Edit::NameArea(std::mem::replace(&mut staged.area, name.clone())),
        Edit::SetAsOf(date) => Edit::SetAsOf(std::mem::replace(&mut staged.as_of, *date)),
        Edit::SetGrant { year, amount } => {
            let grant = staged.fund.grant.get_mut(*year).ok_or_else(|| missing(format!("grant for {year}")))?;
            Edit::SetGrant { year: *year, amount: moved(grant, *amount) }
        }
        Edit::SetCarriesForward(carries) => Edit::SetCarriesForward(moved(&mut staged.fund.carries_forward, *carries)),
        Edit::SetAllocation { scheme: id, year, amount } => {
            let scheme = unlocked_scheme(staged, id)?;
            let before = set_allocation(&mut scheme.allocations, *year, *amount);
            Edit::SetAllocation { scheme: id.clone(), year: *year, amount: before }
        }
        Edit::SetCommitted { scheme: id, year, committed } => {
            let years = &mut unlocked_scheme(staged, id)?.commitment.years;
            let mut to = years.value.clone();
            let before = if *committed { !to.insert(*year) } else { to.remove(year) };
            years.change(to);
            Edit::SetCommitted { scheme: id.clone(), year: *year, committed: before }
        }
        Edit::SetLocked { scheme: id, locked } => {
            let before = std::mem::replace(&mut scheme_mut(staged, id)?.locked, *locked);
            Edit::SetLocked { scheme: id.clone(), locked: before }
        }
        Edit::RenameScheme { scheme: id, name } => {
            let before = std::mem::replace(&mut unlocked_scheme(staged, id)?.name, name.clone());
            Edit::RenameScheme { scheme: id.clone(), name: before }
        }
        Edit::AddScheme { at, scheme } => {
            staged.schemes.insert((*at).min(staged.schemes.len()), Arc::clone(scheme));
            let remove = Edit::RemoveScheme(scheme.id.clone());
            if scheme.locked {
                // A locked scheme can't be removed, so taking it back unlocks it first.
                Edit::Together(vec![Edit::SetLocked { scheme: scheme.id.clone(), locked: false }, remove])
            } else {
                remove
            }
        }
        Edit::RemoveScheme(id) => {
            unlocked_scheme(staged, id)?;
            let (at, _) = staged.scheme(id).ok_or_else(|| missing(format!("scheme “{id}”")))?;
            Edit::AddScheme { at, scheme: staged.schemes.remove(at) }
        }
        Edit::SetEffectSize { scheme: id, effect, size } => {
            let scheme = unlocked_scheme(staged, id)?;
            let effect_of =
                scheme.effects.get_mut(*effect).ok_or_else(|| missing(format!("effect {effect} of “{id}”")))?;
            Edit::SetEffectSize { scheme: id.clone(), effect: *effect, size: moved(&mut effect_of.size, *size) }
        }
        Edit::SetEffectStart { scheme: id, effect, date } => {
            let scheme = unlocked_scheme(staged, id)?;
            let Some(Start::On(start)) = scheme.effects.get_mut(*effect).map(|effect| &mut effect.start) else {
                return Err(missing(format!("start date of effect {effect} of “{id}”")));
            };
            Edit::SetEffectStart { scheme: id.clone(), effect: *effect, date: moved(start, *date) }
        }
        Edit::SetMilestone { scheme: id, milestone, date } => {
            let scheme = unlocked_scheme(staged, id)?;
            let reached = scheme.milestones.iter_mut().find(|reached| reached.id == *milestone);
            let reached = reached.ok_or_else(|| missing(format!("milestone “{milestone}” of “{id}”")))?;
            let before = moved(&mut reached.due, *date);
            Edit::SetMilestone { scheme: id.clone(), milestone: milestone.clone(), date: before }
        }
        Edit::SetPathwayFigure { pathway: id, figure, value } => {
            let pathway = pathway_mut(staged, id)?;
            let of = pathway.figure_mut(*figure).ok_or_else(|| missing(format!("such figure in “{id}”")))?;
            Edit::SetPathwayFigure { pathway: id.clone(), figure: *figure, value: moved(of, *value) }
        }
        Edit::ReplacePathway(pathway) => {
            let (at, _) = staged.pathway(&pathway.id).ok_or_else(|| missing(format!("pathway “{}”", pathway.id)))?;
            Edit::ReplacePathway(std::mem::replace(&mut staged.pathways[at], Arc::clone(pathway)))
        }
        Edit::SetVolatility { pathway: id, to } => {
            let to = std::mem::replace(&mut pathway_mut(staged, id)?.volatility, to.as_deref().cloned());
            Edit::SetVolatility { pathway: id.clone(), to: to.map(Box::new) }
        }
        Edit::SetRecording(recording) => {
            Edit::SetRecording(std::mem::replace(&mut staged.recording, recording.clone()))
        }
        Edit::SetDeliveryRisk { scheme: id, to } => {
            let to = std::mem::replace(&mut unlocked_scheme(staged, id)?.delivery_risk, to.as_deref().cloned());
            Edit::SetDeliveryRisk { scheme: id.clone(), to: to.map(Box::new) }
        }
        Edit::SetTarget { month, at_most } => {
            let target = staged.targets.iter_mut().find(|target| target.month == *month);
            let target = target.ok_or_else(|| missing(format!("target for {}", month.in_words())))?;
            Edit::SetTarget { month: *month, at_most: moved(&mut target.at_most, *at_most) }
        }
        Edit::SetOutturn(outturn) => set_outturn(&mut staged.outturn, outturn.clone()),
        Edit::RemoveOutturn(month) => {
            let at = staged.outturn.iter().position(|known| known.month == *month);
            let at = at.ok_or_else(|| missing(format!("outturn for {}", month.in_words())))?;
            Edit::SetOutturn(staged.outturn.remove(at))
        }
        Edit::Together(edits) => {
            let mut inverses = edits.iter().map(|edit| change(staged, edit)).collect::<Result<Vec<_>, _>>()?;
            inverses.reverse();
            Edit::Together(inverses)
        }
    })
}

fn missing(what: String) -> Refusal {
    Refusal::Missing(what)
}

fn pathway_mut<'a>(staged: &'a mut Scenario, id: &Id) -> Result<&'a mut Pathway, Refusal> {
    let (at, _) = staged.pathway(id).ok_or_else(|| missing(format!("pathway “{id}”")))?;
    Ok(Arc::make_mut(&mut staged.pathways[at]))
}

fn scheme_mut<'a>(staged: &'a mut Scenario, id: &Id) -> Result<&'a mut Scheme, Refusal> {
    let (at, _) = staged.scheme(id).ok_or_else(|| missing(format!("scheme “{id}”")))?;
    Ok(Arc::make_mut(&mut staged.schemes[at]))
}

fn unlocked_scheme<'a>(staged: &'a mut Scenario, id: &Id) -> Result<&'a mut Scheme, Refusal> {
    let scheme = scheme_mut(staged, id)?;
    if scheme.locked { Err(Refusal::Locked(scheme.name.clone())) } else { Ok(scheme) }
}

/// Moves a figure and gives what it was.
fn moved<T: Clone + PartialEq>(figure: &mut Figure<T>, to: T) -> T {
    let before = figure.value.clone();
    figure.change(to);
    before
}

/// Sets a year's money and gives what it was. A year that no paper speaks of has an entry only while it has money,
/// so that taking the money back leaves no trace. What a file says beyond that (£0 by hand, or what it was) stays.
fn set_allocation(allocations: &mut ByYear<Figure<Money>>, year: FinancialYear, amount: Money) -> Money {
    match allocations.get_mut(year) {
        Some(figure) if figure.source == Source::Entered && figure.was.is_none() && !figure.value.is_zero() => {
            let before = std::mem::replace(&mut figure.value, amount);
            if amount.is_zero() {
                allocations.remove(year);
            }
            before
        }
        // To forget what it was here would make it look like money of no paper, which vanishes at £0.
        Some(figure) if figure.source == Source::Entered && figure.was.is_some_and(|was| !was.is_zero()) => {
            std::mem::replace(&mut figure.value, amount)
        }
        Some(figure) => moved(figure, amount),
        None => {
            if !amount.is_zero() {
                allocations.insert(year, Figure::entered(amount));
            }
            Money::ZERO
        }
    }
}

/// Puts a month in its place, and gives the edit that takes it back.
fn set_outturn(months: &mut Vec<MonthOfOutturn>, outturn: MonthOfOutturn) -> Edit {
    if let Some(known) = months.iter_mut().find(|known| known.month == outturn.month) {
        return Edit::SetOutturn(std::mem::replace(known, outturn));
    }
    let month = outturn.month;
    months.insert(months.partition_point(|known| known.month < month), outturn);
    Edit::RemoveOutturn(month)
}

/// The edit that clicking a year's chip makes: free a committed year; commit a free one, at the last earlier year's
/// money where it has none of its own, since a commitment without money binds nothing.
pub fn toggle_committed(scheme: &Scheme, year: FinancialYear) -> Edit {
    let committed = !scheme.is_committed(year);
    let commit = Edit::SetCommitted { scheme: scheme.id.clone(), year, committed };
    let earlier =
        scheme.allocations.iter().filter(|(earlier, figure)| *earlier < year && !figure.value.is_zero()).last();
    match earlier {
        Some((_, figure)) if committed && scheme.allocation(year).is_zero() => {
            Edit::Together(vec![commit, Edit::SetAllocation { scheme: scheme.id.clone(), year, amount: figure.value }])
        }
        _ => commit,
    }
}
