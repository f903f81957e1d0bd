//! What replications need of a scenario, worked out once: all that no chance changes.

use std::sync::Arc;

use super::super::compile::{self, Changes, Clock, Opening, Unchanged, effects_by_pathway};
use super::super::strength::{Aims, Pace, aims};
use super::pert::Pert;
use super::streams::key;
use crate::calendar::Month;
use crate::scenario::{Change, Effect, Kind, Pathway, Scenario, Scheme};

/// A scenario made ready for replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// Every month of the horizon, in order.
    pub(super) months: Vec<Month>,
    /// Whether each day is a Saturday or Sunday.
    pub(super) weekends: Vec<bool>,
    pub(super) pathways: Vec<Arc<PreparedPathway>>,
    /// Standard deviation of the logarithm of published months.
    pub(super) recording: f64,
    pub(super) targets: Vec<PreparedTarget>,
}

/// With the seed and the weekends, all that the days of one pathway hang on: two that are equal run alike.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PreparedPathway {
    pub(super) key: u64,
    pub(super) opening: Opening,
    /// People who become ready each day, before any effect and any chance.
    pub(super) arrivals: Vec<f32>,
    pub(super) kind: PreparedKind,
    pub(super) effects: Vec<PreparedEffect>,
    pub(super) drift: Option<PreparedDrift>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum PreparedKind {
    /// Mean days until it is done.
    Process(f64),
    Service(Unchanged),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct PreparedEffect {
    pub(super) scheme: Arc<PreparedScheme>,
    /// Its own place among the effects of its scheme.
    pub(super) number: usize,
    pub(super) change: Change,
    pub(super) size: Pert,
    pub(super) most: f64,
    pub(super) aims: Aims,
    pub(super) pace: Pace,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct PreparedScheme {
    pub(super) key: u64,
    /// Days late, and the share delivered.
    pub(super) risk: Option<(Pert, Pert)>,
}

/// A drift that is drawn anew every so many days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PreparedDrift {
    /// Standard deviation of the logarithm.
    pub(super) spread: f64,
    /// Days from one draw to the next.
    pub(super) step: usize,
    /// What is left of a drift after that.
    pub(super) left: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PreparedTarget {
    pub(super) month: Month,
    pub(super) at_most: f64,
    /// The month's place in the horizon, if it is in it.
    pub(super) at: Option<usize>,
}

impl Prepared {
    /// Works out what replications need. Never fails: what the rules refuse is left out or held within bounds.
    pub fn of(scenario: &Scenario) -> Self {
        let clock = Clock::of(scenario.horizon());
        let months: Vec<Month> = clock.horizon.months().collect();
        let schemes: Vec<_> = scenario.schemes.iter().map(|scheme| Arc::new(risk(scheme))).collect();
        let pathways = scenario.pathways.iter().zip(effects_by_pathway(scenario));
        let pathways = pathways.map(|(pathway, effects)| {
            let effects = effects.into_iter();
            let effects = effects.filter_map(|(at, scheme, effect)| prepared(&clock, &schemes[at], scheme, effect));
            Arc::new(PreparedPathway {
                key: key(&pathway.id),
                opening: compile::opening(pathway),
                arrivals: arrivals(&clock, pathway),
                kind: match &pathway.kind {
                    Kind::Process { days } => PreparedKind::Process(days.value.to_f64()),
                    Kind::Service(service) => PreparedKind::Service(Unchanged::of(service)),
                },
                effects: effects.collect(),
                drift: drift(pathway),
            })
        });
        let targets = scenario.targets.iter().map(|target| PreparedTarget {
            month: target.month,
            at_most: target.at_most.value.to_f64(),
            at: months.iter().position(|month| *month == target.month),
        });
        Self {
            pathways: pathways.collect(),
            recording: scenario.recording.as_ref().map_or(0.0, |spread| spread.value.to_f64().max(0.0)),
            targets: targets.collect(),
            weekends: clock.days.iter().map(|day| day.weekend).collect(),
            months,
        }
    }
}

impl Prepared {
    /// The same had every allocation been £0, for its means: nothing is judged by targets, nothing is recorded.
    #[must_use]
    pub fn without_schemes(&self) -> Self {
        let pathways = self.pathways.iter().map(|pathway| {
            if pathway.effects.is_empty() {
                return Arc::clone(pathway);
            }
            Arc::new(PreparedPathway { effects: Vec::new(), ..PreparedPathway::clone(pathway) })
        });
        Self { pathways: pathways.collect(), targets: Vec::new(), recording: 0.0, ..self.clone() }
    }
}

fn arrivals(clock: &Clock, pathway: &Pathway) -> Vec<f32> {
    let rates = compile::arrivals(clock, pathway, &Changes::default());
    rates.iter().map(|rates| single(rates.arrivals)).collect()
}

/// Nothing for an effect that can never act.
fn prepared(clock: &Clock, of: &Arc<PreparedScheme>, scheme: &Scheme, effect: &Effect) -> Option<PreparedEffect> {
    let aims = aims(clock.horizon, scheme, effect, |year| scheme.allocation(year));
    aims.are_something().then(|| PreparedEffect {
        scheme: Arc::clone(of),
        number: scheme.effects.iter().position(|own| std::ptr::eq(own, effect)).unwrap_or(0),
        change: effect.change,
        size: Pert::of(effect.size.value),
        most: effect.most.value.to_f64(),
        aims,
        pace: Pace::of(scheme, effect),
    })
}

fn risk(scheme: &Scheme) -> PreparedScheme {
    let risk = scheme.delivery_risk.as_ref();
    let risk = risk.map(|risk| (Pert::of(risk.slip_days.value), Pert::of(risk.delivered.value)));
    PreparedScheme { key: key(&scheme.id), risk }
}

/// A drift lasts for weeks, so that to draw it every day would tell no more than to draw it twelve times in its
/// persistence; but at least weekly, as a published month is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=7 before the cast")]
fn drift(pathway: &Pathway) -> Option<PreparedDrift> {
    let volatility = pathway.volatility.as_ref()?;
    let spread = volatility.spread.value.to_f64();
    let persistence = volatility.persistence_days.value.to_f64().max(1.0);
    let step = (persistence / 12.0).clamp(1.0, 7.0) as usize;
    (spread > 0.0).then(|| PreparedDrift { spread, step, left: (-(step as f64) / persistence).exp() })
}

/// Single precision is enough for rates: seven digits of a person a day.
#[expect(clippy::cast_possible_truncation, reason = "rounded on purpose")]
pub(super) fn single(figure: f64) -> f32 {
    figure as f32
}
