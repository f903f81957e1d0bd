//! What a new scheme, effect, milestone, pathway, note or target begins with: figures to start from, that say so.

use std::collections::BTreeSet;

use super::Edit;
use crate::calendar::Month;
use crate::money::Money;
use crate::scenario::{
    Area, Basis, ByYear, Change, Commitment, Effect, Figure, Id, Kind, Milestone, Note, NoteKind, Pathway, Quantity,
    Range, Reason, Scenario, Scheme, Source, Start, Target,
};

const DEFAULT_SIZE: &str =
    "A default to start from, with no evidence: put in low, central and high values and say why.";
const DEFAULT_PER: &str = "A default to start from: put in the money that the effect is bought for.";
const DEFAULT_START: &str = "A default to start from: put in the day on which it begins.";
const DEFAULT_DUE: &str = "A default to start from: put in the day on which it is expected.";
const DEFAULT_RAMP: &str = "A default to start from: two months until it is whole.";
const DEFAULT_FADE: &str = "A default to start from: gone within six weeks once the money stops.";
const DEFAULT_MOST: &str = "A default to start from: put in the most that it can reach, however much money.";

/// Adds a scheme without money to an area, after all others.
pub fn new_scheme(scenario: &Scenario, area: Area) -> Option<Edit> {
    let scheme = Scheme {
        id: Id::fresh("scheme", |id| scenario.scheme(id).is_some())?,
        name: "New scheme".to_owned(),
        area,
        about: String::new(),
        allocations: ByYear::default(),
        commitment: Commitment { basis: Basis::OneOff, years: Figure::entered(BTreeSet::new()) },
        milestones: Vec::new(),
        effects: Vec::new(),
        delivery_risk: None,
        supports: Vec::new(),
        locked: false,
    };
    Some(Edit::AddScheme { at: scenario.schemes.len(), scheme: scheme.into() })
}

/// Adds an effect of a scheme on a pathway: ten places in a service, or a tenth less time in a process, for as much
/// money as the scheme's best year has.
pub fn new_effect(scenario: &Scenario, scheme: &Scheme, pathway: &Pathway) -> Edit {
    let usual = Money::pounds(1_000_000).unwrap_or_default();
    let best = scheme.allocations.iter().map(|(_, figure)| figure.value).max().filter(|best| !best.is_zero());
    let start = match scheme.milestones.last() {
        Some(milestone) if scenario.horizon().contains(milestone.due.value) => Start::Milestone(milestone.id.clone()),
        _ => Start::On(assumed(scenario.horizon().first_day(), DEFAULT_START)),
    };
    let change = first_change_in(&pathway.kind);
    let (size, most) = usual_size(change);
    let effect = Effect {
        pathway: pathway.id.clone(),
        change,
        size,
        per: assumed(best.unwrap_or(usual), DEFAULT_PER),
        start,
        ramp_days: assumed(60, DEFAULT_RAMP),
        whole_after: None,
        renewal: None,
        fade_days: assumed(42, DEFAULT_FADE),
        most,
    };
    Edit::AddEffect { scheme: scheme.id.clone(), at: scheme.effects.len(), effect: Box::new(effect) }
}

/// Puts an effect on another pathway. Where there is no such thing to change in it, another thing changes, by as much as
/// a new effect would.
pub fn effect_on(scheme: &Scheme, at: usize, pathway: &Pathway) -> Option<Edit> {
    let effect = scheme.effects.get(at)?;
    let change = if effect.change.is_in(&pathway.kind) { effect.change } else { first_change_in(&pathway.kind) };
    Some(replaced(scheme, at, Effect { pathway: pathway.id.clone(), ..changing(effect, change) }))
}

/// Lets an effect change another thing. Places and shares are no measure of each other: from one to the other, it begins
/// with as much as a new effect has.
pub fn effect_changing(scheme: &Scheme, at: usize, change: Change) -> Option<Edit> {
    Some(replaced(scheme, at, changing(scheme.effects.get(at)?, change)))
}

/// Lets an effect begin when a milestone of its scheme is reached; or, with none, on the day on which it begins now.
pub fn effect_starting(scheme: &Scheme, at: usize, milestone: Option<&Id>) -> Option<Edit> {
    let effect = scheme.effects.get(at)?;
    let start = match (milestone, &effect.start) {
        (Some(milestone), _) => Start::Milestone(milestone.clone()),
        (None, Start::On(_)) => effect.start.clone(),
        (None, Start::Milestone(waited_for)) => Start::On(scheme.milestone(waited_for)?.due.clone()),
    };
    Some(replaced(scheme, at, Effect { start, ..effect.clone() }))
}

fn changing(effect: &Effect, change: Change) -> Effect {
    let same_measure = (effect.change == Change::Places) == (change == Change::Places);
    let (size, most) = if same_measure { (effect.size.clone(), effect.most.clone()) } else { usual_size(change) };
    Effect { change, size, most, ..effect.clone() }
}

fn replaced(scheme: &Scheme, at: usize, effect: Effect) -> Edit {
    Edit::ReplaceEffect { scheme: scheme.id.clone(), effect: at, to: Box::new(effect) }
}

fn first_change_in(kind: &Kind) -> Change {
    Change::ALL.into_iter().find(|change| change.is_in(kind)).unwrap_or(Change::Referrals)
}

/// How much a new effect changes, and the most that it can reach.
fn usual_size(change: Change) -> (Figure<Range>, Figure<Quantity>) {
    let of = |places: u16, share: &str| {
        let share = share.parse().unwrap_or(Quantity::ZERO); // each below is a plain decimal
        if change == Change::Places { Quantity::whole(places) } else { share }
    };
    let size = Range { low: of(5, "0.05"), central: of(10, "0.1"), high: of(15, "0.2") };
    (assumed(size, DEFAULT_SIZE), assumed(of(100, "0.5"), DEFAULT_MOST))
}

/// Adds a milestone to a scheme, due on the first day of the plan that is not past when it is written.
pub fn new_milestone(scenario: &Scenario, scheme: &Scheme) -> Option<Edit> {
    let due = scenario.as_of.clamp(scenario.horizon().first_day(), scenario.horizon().last_day());
    let id = Id::fresh("milestone", |id| scheme.milestone(id).is_some())?;
    let milestone = Milestone { id, name: "New milestone".to_owned(), due: assumed(due, DEFAULT_DUE), after: None };
    let at = scheme.milestones.len();
    Some(Edit::AddMilestone { scheme: scheme.id.clone(), at, milestone: Box::new(milestone) })
}

/// Adds a pathway with the figures of a model, for a reason code if no other pathway has it.
pub fn new_pathway(scenario: &Scenario, model: &Pathway, reason: Option<Reason>) -> Option<Edit> {
    let id = Id::fresh("pathway", |id| scenario.pathway(id).is_some())?;
    let name = reason.map_or_else(|| "New pathway".to_owned(), |reason| capital(reason.in_words()));
    let pathway = Pathway { id, name, reasons: reason.into_iter().collect(), ..model.clone() };
    Some(Edit::AddPathway { at: scenario.pathways.len(), pathway: pathway.into() })
}

/// Adds a note, on a scheme or on the plan.
pub fn new_note(scenario: &Scenario, scheme: Option<&Id>) -> Edit {
    let note =
        Note { kind: NoteKind::Remark, text: "New note".to_owned(), source: Source::Entered, scheme: scheme.cloned() };
    Edit::AddNote { at: scenario.notes.len(), note: Box::new(note) }
}

/// Adds a target in its place by month.
pub fn new_target(scenario: &Scenario, month: Month, at_most: Quantity) -> Edit {
    let at = scenario.targets.iter().position(|target| target.month > month).unwrap_or(scenario.targets.len());
    Edit::AddTarget { at, target: Target { month, at_most: Figure::entered(at_most) } }
}

/// The month that a new target is for: the first March, then each third month after the last target; none where the plan
/// ends before.
pub fn next_target_month(scenario: &Scenario) -> Option<Month> {
    let last = scenario.targets.iter().map(|target| target.month).max();
    let mut months = scenario.horizon().months();
    match last {
        None => months.nth(11),
        Some(last) => months.find(|month| month.months_since(last) == 3),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn assumed<T>(value: T, reason: &str) -> Figure<T> {
    Figure { value, was: None, source: Source::Assumption(reason.to_owned()) }
}
