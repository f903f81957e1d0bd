//! What each edit does to a scenario, and what takes it back.

use std::sync::Arc;

use super::{Edit, Refusal};
use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::scenario::{ByYear, Figure, Id, Milestone, MonthOfOutturn, Pathway, Scenario, Scheme, Source, Start};

/// Changes the staged copy; on refusal it is thrown away, so it may be left half changed.
pub(super) fn change(staged: &mut Scenario, edit: &Edit) -> Result<Edit, Refusal> {
    let inverse = make(staged, edit)?;
    staged.format = staged.oldest_format();
    Ok(inverse)
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of edit")]
fn make(staged: &mut Scenario, edit: &Edit) -> Result<Edit, Refusal> {
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
        Edit::DescribeScheme { scheme: id, about } => {
            let before = std::mem::replace(&mut unlocked_scheme(staged, id)?.about, about.clone());
            Edit::DescribeScheme { scheme: id.clone(), about: before }
        }
        Edit::SetArea { scheme: id, area } => {
            let before = std::mem::replace(&mut unlocked_scheme(staged, id)?.area, *area);
            Edit::SetArea { scheme: id.clone(), area: before }
        }
        Edit::SetBasis { scheme: id, basis } => {
            let before = std::mem::replace(&mut unlocked_scheme(staged, id)?.commitment.basis, *basis);
            Edit::SetBasis { scheme: id.clone(), basis: before }
        }
        Edit::MoveScheme { scheme: id, to } => {
            let (at, _) = staged.scheme(id).ok_or_else(|| missing(format!("scheme “{id}”")))?;
            let moved = staged.schemes.remove(at);
            staged.schemes.insert((*to).min(staged.schemes.len()), moved);
            Edit::MoveScheme { scheme: id.clone(), to: at }
        }
        Edit::ReplaceScheme(scheme) => {
            unlocked_scheme(staged, &scheme.id)?;
            let (at, _) = staged.scheme(&scheme.id).ok_or_else(|| missing(format!("scheme “{}”", scheme.id)))?;
            let before = std::mem::replace(&mut staged.schemes[at], Arc::clone(scheme));
            unlocked_first(scheme, Edit::ReplaceScheme(before))
        }
        Edit::AddScheme { at, scheme } => {
            once(staged.scheme(&scheme.id).is_some(), || format!("scheme “{}”", scheme.id))?;
            staged.schemes.insert((*at).min(staged.schemes.len()), Arc::clone(scheme));
            unlocked_first(scheme, Edit::RemoveScheme(scheme.id.clone()))
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
        Edit::AddEffect { scheme: id, at, effect } => {
            let effects = &mut unlocked_scheme(staged, id)?.effects;
            let at = (*at).min(effects.len());
            effects.insert(at, (**effect).clone());
            Edit::RemoveEffect { scheme: id.clone(), effect: at }
        }
        Edit::RemoveEffect { scheme: id, effect: at } => {
            let removed = take(&mut unlocked_scheme(staged, id)?.effects, *at, || format!("effect {at} of “{id}”"))?;
            Edit::AddEffect { scheme: id.clone(), at: *at, effect: Box::new(removed) }
        }
        Edit::ReplaceEffect { scheme: id, effect: at, to } => {
            let effect = unlocked_scheme(staged, id)?.effects.get_mut(*at);
            let effect = effect.ok_or_else(|| missing(format!("effect {at} of “{id}”")))?;
            let before = Box::new(swapped(effect, to));
            Edit::ReplaceEffect { scheme: id.clone(), effect: *at, to: before }
        }
        Edit::SetEffectStart { scheme: id, effect, date } => {
            let scheme = unlocked_scheme(staged, id)?;
            let Some(Start::On(start)) = scheme.effects.get_mut(*effect).map(|effect| &mut effect.start) else {
                return Err(missing(format!("start date of effect {effect} of “{id}”")));
            };
            Edit::SetEffectStart { scheme: id.clone(), effect: *effect, date: moved(start, *date) }
        }
        Edit::SetMilestone { scheme: id, milestone, date } => {
            let before = moved(&mut milestone_mut(staged, id, milestone)?.due, *date);
            Edit::SetMilestone { scheme: id.clone(), milestone: milestone.clone(), date: before }
        }
        Edit::AddMilestone { scheme: id, at, milestone } => {
            let milestones = &mut unlocked_scheme(staged, id)?.milestones;
            let known = milestones.iter().any(|known| known.id == milestone.id);
            once(known, || format!("milestone “{}” of “{id}”", milestone.id))?;
            milestones.insert((*at).min(milestones.len()), (**milestone).clone());
            Edit::RemoveMilestone { scheme: id.clone(), milestone: milestone.id.clone() }
        }
        Edit::RemoveMilestone { scheme: id, milestone } => {
            milestone_mut(staged, id, milestone)?;
            let milestones = &mut unlocked_scheme(staged, id)?.milestones;
            let at = milestones.iter().position(|known| known.id == *milestone).unwrap_or_default();
            let removed = Box::new(milestones.remove(at));
            Edit::AddMilestone { scheme: id.clone(), at, milestone: removed }
        }
        Edit::RenameMilestone { scheme: id, milestone, name } => {
            let before = std::mem::replace(&mut milestone_mut(staged, id, milestone)?.name, name.clone());
            Edit::RenameMilestone { scheme: id.clone(), milestone: milestone.clone(), name: before }
        }
        Edit::AddPathway { at, pathway } => {
            once(staged.pathway(&pathway.id).is_some(), || format!("pathway “{}”", pathway.id))?;
            staged.pathways.insert((*at).min(staged.pathways.len()), Arc::clone(pathway));
            Edit::RemovePathway(pathway.id.clone())
        }
        Edit::RemovePathway(id) => {
            let (at, _) = staged.pathway(id).ok_or_else(|| missing(format!("pathway “{id}”")))?;
            Edit::AddPathway { at, pathway: staged.pathways.remove(at) }
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
        Edit::AddTarget { at, target } => {
            let known = staged.targets.iter().any(|known| known.month == target.month);
            once(known, || format!("target for {}", target.month.in_words()))?;
            staged.targets.insert((*at).min(staged.targets.len()), target.clone());
            Edit::RemoveTarget(target.month)
        }
        Edit::RemoveTarget(month) => {
            let at = staged.targets.iter().position(|target| target.month == *month);
            let at = at.ok_or_else(|| missing(format!("target for {}", month.in_words())))?;
            Edit::AddTarget { at, target: staged.targets.remove(at) }
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
        Edit::ReplaceHistory(to) => Edit::ReplaceHistory(Box::new(swapped(&mut staged.history, to))),
        Edit::ReplaceFund(to) => Edit::ReplaceFund(Box::new(swapped(&mut staged.fund, to))),
        Edit::ReplaceCosts(to) => Edit::ReplaceCosts(Box::new(swapped(&mut staged.costs, to))),
        Edit::AddNote { at, note } => {
            let at = (*at).min(staged.notes.len());
            staged.notes.insert(at, (**note).clone());
            Edit::RemoveNote(at)
        }
        Edit::RemoveNote(at) => {
            let removed = take(&mut staged.notes, *at, || format!("note {at}"))?;
            Edit::AddNote { at: *at, note: Box::new(removed) }
        }
        Edit::ReplaceNote { at, to } => {
            let note = staged.notes.get_mut(*at).ok_or_else(|| missing(format!("note {at}")))?;
            Edit::ReplaceNote { at: *at, to: Box::new(swapped(note, to)) }
        }
        Edit::AddPaper { at, paper } => {
            once(staged.paper(&paper.id).is_some(), || format!("paper “{}”", paper.id))?;
            staged.papers.insert((*at).min(staged.papers.len()), (**paper).clone());
            Edit::RemovePaper(paper.id.clone())
        }
        Edit::RemovePaper(id) => {
            let at = staged.papers.iter().position(|paper| paper.id == *id);
            let at = at.ok_or_else(|| missing(format!("paper “{id}”")))?;
            Edit::AddPaper { at, paper: Box::new(staged.papers.remove(at)) }
        }
        Edit::ReplacePaper(to) => {
            let paper = staged.papers.iter_mut().find(|paper| paper.id == to.id);
            let paper = paper.ok_or_else(|| missing(format!("paper “{}”", to.id)))?;
            Edit::ReplacePaper(Box::new(swapped(paper, to)))
        }
        Edit::AddToContext { at, item } => {
            let is_added = item.add_to(Arc::make_mut(&mut staged.context), *at);
            once(!is_added, || format!("{} “{}”", item.key().sort.in_words(), item.name()))?;
            Edit::RemoveFromContext(item.key())
        }
        Edit::RemoveFromContext(key) => {
            let taken = key.take_from(Arc::make_mut(&mut staged.context));
            let (at, item) = taken.ok_or_else(|| missing(format!("such {}", key.sort.in_words())))?;
            Edit::AddToContext { at, item: Box::new(item) }
        }
        Edit::ReplaceInContext(to) => {
            let before = to.put_into(Arc::make_mut(&mut staged.context));
            let before = before.ok_or_else(|| missing(format!("“{}” among what the papers report", to.name())))?;
            Edit::ReplaceInContext(Box::new(before))
        }
        Edit::ReplaceScenario(to) => Edit::ReplaceScenario(Box::new(swapped(staged, to))),
        Edit::KeepBookmark { at, bookmark } => {
            let at = (*at).min(staged.bookmarks.len());
            staged.bookmarks.insert(at, (**bookmark).clone());
            Edit::RemoveBookmark(bookmark.name.clone())
        }
        Edit::RenameBookmark { name, to } => {
            let at = bookmark_at(staged, name)?;
            staged.bookmarks[at].name.clone_from(to);
            Edit::RenameBookmark { name: to.clone(), to: name.clone() }
        }
        Edit::RemoveBookmark(name) => {
            let at = bookmark_at(staged, name)?;
            Edit::KeepBookmark { at, bookmark: Box::new(staged.bookmarks.remove(at)) }
        }
        Edit::Called { words, edits } => Edit::Called { words: words.clone(), edits: change_all(staged, edits)? },
        Edit::Together(edits) => Edit::Together(change_all(staged, edits)?),
    })
}

/// One after the other; gives what takes them back, in the order in which to do it.
fn change_all(staged: &mut Scenario, edits: &[Edit]) -> Result<Vec<Edit>, Refusal> {
    let mut inverses = edits.iter().map(|edit| change(staged, edit)).collect::<Result<Vec<_>, _>>()?;
    inverses.reverse();
    Ok(inverses)
}

fn bookmark_at(staged: &Scenario, name: &str) -> Result<usize, Refusal> {
    let at = staged.bookmarks.iter().position(|bookmark| bookmark.name == name);
    at.ok_or_else(|| missing(format!("kept state “{name}”")))
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

fn milestone_mut<'a>(staged: &'a mut Scenario, id: &Id, milestone: &Id) -> Result<&'a mut Milestone, Refusal> {
    let mut milestones = unlocked_scheme(staged, id)?.milestones.iter_mut();
    milestones.find(|known| known.id == *milestone).ok_or_else(|| missing(format!("milestone “{milestone}” of “{id}”")))
}

/// A locked scheme can be neither removed nor replaced, so taking back what brought it unlocks it first.
fn unlocked_first(scheme: &Scheme, inverse: Edit) -> Edit {
    if scheme.locked {
        Edit::Together(vec![Edit::SetLocked { scheme: scheme.id.clone(), locked: false }, inverse])
    } else {
        inverse
    }
}

/// Refuses what is there already: what takes an addition back names it by its id or month.
fn once(known: bool, what: impl FnOnce() -> String) -> Result<(), Refusal> {
    if known { Err(Refusal::Twice(what())) } else { Ok(()) }
}

/// Takes an item out of a list, if there is one so far down.
fn take<T>(list: &mut Vec<T>, at: usize, what: impl FnOnce() -> String) -> Result<T, Refusal> {
    if at < list.len() { Ok(list.remove(at)) } else { Err(missing(what())) }
}

/// Puts a copy there and gives what it was.
fn swapped<T: Clone>(there: &mut T, to: &T) -> T {
    std::mem::replace(there, to.clone())
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
