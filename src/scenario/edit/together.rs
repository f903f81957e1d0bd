//! What a person does at one stroke and takes several edits, or one that has to be worked out.

use std::sync::Arc;

use super::Edit;
use super::begun::new_target;
use crate::calendar::{FinancialYear, Month};
use crate::money::Money;
use crate::scenario::{Area, Figure, HighImpactChange, Id, Pathway, Reason, Scenario, Scheme, Source, Start, Target};

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

/// Takes a pathway out, and with it every effect that acts on it.
pub fn remove_pathway(scenario: &Scenario, pathway: &Id) -> Edit {
    let mut edits = Vec::new();
    for scheme in &scenario.schemes {
        // The last first, so that the places of those before it hold.
        for (effect, _) in scheme.effects.iter().enumerate().rev().filter(|(_, effect)| effect.pathway == *pathway) {
            edits.push(Edit::RemoveEffect { scheme: scheme.id.clone(), effect });
        }
    }
    edits.push(Edit::RemovePathway(pathway.clone()));
    if edits.len() == 1 { edits.remove(0) } else { Edit::Together(edits) }
}

/// Takes a milestone out; effects that waited for it begin on the day it was due, milestones that followed it follow what
/// it followed, an effect that was whole after it takes as many days, and one that was renewed with it runs on.
pub fn remove_milestone(scheme: &Scheme, milestone: &Id) -> Edit {
    let mut edits = Vec::new();
    let mut without = scheme.clone();
    let before = scheme.milestone(milestone).and_then(|milestone| milestone.after.clone());
    for follower in without.milestones.iter_mut().filter(|it| it.after.as_ref() == Some(milestone)) {
        follower.after.clone_from(&before);
    }
    for (effect, was) in without.effects.iter_mut().zip(&scheme.effects) {
        if effect.whole_after.as_ref() == Some(milestone) {
            effect.whole_after = None;
            effect.ramp_days.change(scheme.ramp_of(was));
        }
        effect.renewal.take_if(|renewal| renewal.with == *milestone);
    }
    if without != *scheme {
        edits.push(Edit::ReplaceScheme(without.clone().into()));
    }
    let scheme = &without;
    if let Some(due) = scheme.milestone(milestone).map(|milestone| &milestone.due) {
        for (at, effect) in scheme.effects.iter().enumerate() {
            if effect.start == Start::Milestone(milestone.clone()) {
                let mut to = effect.clone();
                to.start = Start::On(due.clone());
                edits.push(Edit::ReplaceEffect { scheme: scheme.id.clone(), effect: at, to: Box::new(to) });
            }
        }
    }
    edits.push(Edit::RemoveMilestone { scheme: scheme.id.clone(), milestone: milestone.clone() });
    if edits.len() == 1 { edits.remove(0) } else { Edit::Together(edits) }
}

/// Moves a scheme past the one before it in its area, or past the one after it; nothing where there is none.
pub fn move_within_area(scenario: &Scenario, scheme: &Id, up: bool) -> Option<Edit> {
    let (at, moved) = scenario.scheme(scheme)?;
    let mut others = scenario.schemes.iter().enumerate().filter(|(_, other)| other.area == moved.area);
    let past =
        if up { others.take_while(|(other, _)| *other < at).last() } else { others.find(|(other, _)| *other > at) };
    past.map(|(to, _)| Edit::MoveScheme { scheme: scheme.clone(), to })
}

/// Moves a scheme past its neighbour, or from the edge of its area into the next area; nothing where there is none.
pub fn move_scheme(scenario: &Scenario, scheme: &Id, up: bool) -> Option<Edit> {
    if let Some(within) = move_within_area(scenario, scheme, up) {
        return Some(within);
    }
    let (at, moved) = scenario.scheme(scheme)?;
    let place = Area::ALL.iter().position(|area| *area == moved.area)?;
    let next = if up { place.checked_sub(1)? } else { place + 1 };
    let area = *Area::ALL.get(next)?;
    let mut there = scenario.schemes.iter().enumerate().filter(|(_, other)| other.area == area).map(|(at, _)| at);
    // Last of the area above, first of the area below.
    let past = if up { there.next_back().filter(|last| at < *last) } else { there.next().filter(|first| at > *first) };
    let to_area = Edit::SetArea { scheme: scheme.clone(), area };
    Some(match past {
        None => to_area,
        Some(to) => Edit::Called {
            words: to_area.in_words(scenario),
            edits: vec![to_area, Edit::MoveScheme { scheme: scheme.clone(), to }],
        },
    })
}

/// Says that a scheme supports a High Impact Change, or no longer does.
pub fn toggle_support(scheme: &Scheme, change: HighImpactChange) -> Edit {
    let mut to = scheme.clone();
    if scheme.supports.contains(&change) {
        to.supports.retain(|supported| *supported != change);
    } else {
        to.supports.push(change);
    }
    Edit::ReplaceScheme(Arc::new(to))
}

/// Has people of a reason code wait on a pathway, and on no other; or, where they do already, on none.
pub fn toggle_reason(scenario: &Scenario, pathway: &Pathway, reason: Reason) -> Edit {
    let without = |pathway: &Pathway| {
        let reasons = pathway.reasons.iter().copied().filter(|known| *known != reason).collect();
        Pathway { reasons, ..pathway.clone() }
    };
    let others = scenario.pathways.iter().filter(|other| other.id != pathway.id && other.reasons.contains(&reason));
    let mut changed: Vec<Pathway> = others.map(|other| without(other)).collect();
    let mut to = without(pathway);
    if !pathway.reasons.contains(&reason) {
        to.reasons.push(reason);
        to.reasons.sort();
    }
    changed.push(to);
    let mut edits: Vec<Edit> = changed.into_iter().map(|pathway| Edit::ReplacePathway(pathway.into())).collect();
    if edits.len() == 1 { edits.remove(0) } else { Edit::Together(edits) }
}

/// Moves a target to another month. A paper that gave it for the one month did not give it for the other.
pub fn move_target(scenario: &Scenario, target: &Target, to: Month) -> Edit {
    let mut added = new_target(scenario, to, target.at_most.value);
    if let (Edit::AddTarget { target: added, .. }, false) =
        (&mut added, matches!(target.at_most.source, Source::Cited { .. }))
    {
        added.at_most = target.at_most.clone();
    }
    let (from, to) = (target.month.in_words(), to.in_words());
    Edit::Called {
        words: format!("Target of {}: {from} → {to}", target.at_most.value),
        edits: vec![Edit::RemoveTarget(target.month), added],
    }
}

/// Gives the fund one more year, of no grant yet.
pub fn add_year(scenario: &Scenario) -> Option<Edit> {
    let (last, _) = scenario.fund.grant.iter().last()?;
    let mut fund = scenario.fund.clone();
    fund.grant.insert(last.next(), Figure::entered(Money::ZERO));
    Some(Edit::Called {
        words: format!("Add {} to the plan", last.next()),
        edits: vec![Edit::ReplaceFund(Box::new(fund))],
    })
}

/// Takes the fund's last year out, and with it what schemes have in that year, its targets and its outturn.
pub fn remove_last_year(scenario: &Scenario) -> Option<Edit> {
    let (last, _) = scenario.fund.grant.iter().last().filter(|_| scenario.fund.grant.len() > 1)?;
    let mut edits = Vec::new();
    for scheme in scenario.schemes.iter().filter(|of| of.allocations.get(last).is_some() || of.is_committed(last)) {
        let mut to = Scheme::clone(scheme);
        to.allocations.remove(last);
        let mut years = to.commitment.years.value.clone();
        years.remove(&last);
        to.commitment.years.change(years);
        edits.push(Edit::ReplaceScheme(to.into()));
    }
    let in_it = |month: &Month| month.first_day().financial_year() == last;
    let targets = scenario.targets.iter().map(|target| target.month).filter(in_it);
    edits.extend(targets.map(Edit::RemoveTarget));
    let outturn = scenario.outturn.iter().map(|outturn| outturn.month).filter(in_it);
    edits.extend(outturn.map(Edit::RemoveOutturn));
    let mut fund = scenario.fund.clone();
    fund.grant.remove(last);
    edits.push(Edit::ReplaceFund(Box::new(fund)));
    Some(Edit::Called { words: format!("Take {last} out of the plan"), edits })
}
