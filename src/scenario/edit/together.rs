//! What a person does at one stroke and takes several edits, or one that has to be worked out.

use super::Edit;
use crate::calendar::FinancialYear;
use crate::scenario::{Id, Scenario, Scheme, Start};

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

/// Takes a milestone out; effects that waited for it begin on the day it was due.
pub fn remove_milestone(scheme: &Scheme, milestone: &Id) -> Edit {
    let mut edits = Vec::new();
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
