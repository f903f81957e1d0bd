//! What a scheme's new effect and the plan's new target begin with: figures to start from, that say so.

use super::Edit;
use crate::calendar::Month;
use crate::money::Money;
use crate::scenario::{
    Change, Effect, Figure, Kind, Pathway, Quantity, Range, Scenario, Scheme, Source, Start, Target,
};

const DEFAULT_SIZE: &str =
    "A default to start from, with no evidence: put in low, central and high values and say why.";
const DEFAULT_PER: &str = "A default to start from: put in the money that the effect is bought for.";
const DEFAULT_START: &str = "A default to start from: put in the day on which it begins.";
const DEFAULT_RAMP: &str = "A default to start from: two months until it is whole.";
const DEFAULT_FADE: &str = "A default to start from: gone within six weeks once the money stops.";
const DEFAULT_MOST: &str = "A default to start from: put in the most that it can reach, however much money.";

/// Adds an effect of a scheme on a pathway: ten places in a service, or a tenth less time in a process, for as much
/// money as the scheme's best year has.
pub fn new_effect(scenario: &Scenario, scheme: &Scheme, pathway: &Pathway) -> Edit {
    let service = matches!(pathway.kind, Kind::Service(_));
    let size = |service_size: u16, process_size: &str| {
        if service { Quantity::whole(service_size) } else { process_size.parse().unwrap_or(Quantity::ZERO) }
    };
    let size_range = Range { low: size(5, "0.05"), central: size(10, "0.1"), high: size(15, "0.2") };
    let usual = Money::pounds(1_000_000).unwrap_or_default();
    let best = scheme.allocations.iter().map(|(_, figure)| figure.value).max().filter(|best| !best.is_zero());
    let start = match scheme.milestones.last() {
        Some(milestone) if scenario.horizon().contains(milestone.due.value) => Start::Milestone(milestone.id.clone()),
        _ => Start::On(assumed(scenario.horizon().first_day(), DEFAULT_START)),
    };
    let effect = Effect {
        pathway: pathway.id.clone(),
        change: if service { Change::Places } else { Change::Process },
        size: assumed(size_range, DEFAULT_SIZE),
        per: assumed(best.unwrap_or(usual), DEFAULT_PER),
        start,
        ramp_days: assumed(60, DEFAULT_RAMP),
        fade_days: assumed(42, DEFAULT_FADE),
        most: assumed(size(100, "0.5"), DEFAULT_MOST),
    };
    Edit::AddEffect { scheme: scheme.id.clone(), at: scheme.effects.len(), effect: Box::new(effect) }
}

/// Adds a target in its place by month.
pub fn new_target(scenario: &Scenario, month: Month, at_most: Quantity) -> Edit {
    let at = scenario.targets.iter().position(|target| target.month > month).unwrap_or(scenario.targets.len());
    Edit::AddTarget { at, target: Target { month, at_most: Figure::entered(at_most) } }
}

fn assumed<T>(value: T, reason: &str) -> Figure<T> {
    Figure { value, was: None, source: Source::Assumption(reason.to_owned()) }
}
