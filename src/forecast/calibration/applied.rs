//! A calibration written into its scenario: every figure with the sentence that says how it was found.

use std::sync::Arc;

use super::{Calibration, PathwayFit, Unsolved, people_on, places};
use crate::scenario::{Edit, Figure, Kind, Pathway, Quantity, Scenario, Source, Volatility};

impl Calibration {
    /// The edit that gives a scenario these figures: referrals, places, people on day 0, drift and recording. Stays,
    /// patience and all else stay as they are.
    pub fn edit(&self, scenario: &Scenario) -> Edit {
        let pathways = scenario.pathways.iter().zip(&self.pathways);
        let edits = pathways.map(|(pathway, fit)| Edit::ReplacePathway(Arc::new(self.calibrated(pathway, fit))));
        let edits = edits.chain([Edit::SetRecording(Some(self.recording()))]).collect();
        let words = format!("Calibrate to the months from {} to {}", self.first.in_words(), self.last.in_words());
        Edit::Called { words, edits }
    }

    /// The scenario with these figures, for a forecast inside its history; its rules are not asked.
    pub(super) fn applied(&self, scenario: &Scenario) -> Scenario {
        let mut applied = scenario.clone();
        for (pathway, fit) in applied.pathways.iter_mut().zip(&self.pathways) {
            *pathway = Arc::new(self.calibrated(pathway, fit));
        }
        applied.recording = Some(self.recording());
        applied
    }

    fn calibrated(&self, pathway: &Pathway, fit: &PathwayFit) -> Pathway {
        let mut to = at_level(pathway, fit, self.on_level());
        let persistence_days = pathway.volatility.as_ref().map(|volatility| volatility.persistence_days.clone());
        let a_season = "A season: flu, a hard winter or a ward closed is felt for about three months.";
        to.volatility = Some(Volatility {
            spread: figure(self.movement.spread, 3, self.on_movement("drift of referrals")),
            persistence_days: persistence_days
                .unwrap_or_else(|| figure(self.movement.persistence_days, 0, a_season.to_owned())),
        });
        to
    }

    fn recording(&self) -> Figure<Quantity> {
        figure(self.movement.recording, 3, self.on_movement("noise of recording"))
    }

    fn on_level(&self) -> String {
        format!(
            "Calibrated on the months from {} to {}, each moving the level {:.0}% of the way to itself.",
            self.first.in_words(),
            self.last.in_words(),
            100.0 * self.weight
        )
    }

    fn on_movement(&self, what: &str) -> String {
        format!(
            "Calibrated on the months from {} to {}: with this {what}, bands are as wide as forecasts inside them were wrong.",
            self.first.in_words(),
            self.last.in_words()
        )
    }
}

/// For a history too short to calibrate: the edit that keeps the level of its newest month. How months move stays as the
/// scenario says.
pub fn carry_forward(scenario: &Scenario) -> Result<Edit, Vec<Unsolved>> {
    let newest = scenario.history.months.last().ok_or_else(|| vec![Unsolved::TooFewMonths(0)])?;
    let on_level = format!("Carried forward from {}, the newest month known.", newest.month.in_words());
    let mut edits = Vec::new();
    let mut unsolved = Vec::new();
    for pathway in &scenario.pathways {
        match places::fit(pathway, people_on(pathway, std::slice::from_ref(newest))[0]) {
            Ok(fit) => edits.push(Edit::ReplacePathway(Arc::new(at_level(pathway, &fit, on_level.clone())))),
            Err(why) => unsolved.push(Unsolved::Pathway(pathway.name.clone(), why)),
        }
    }
    if unsolved.is_empty() { Ok(Edit::Together(edits)) } else { Err(unsolved) }
}

/// A pathway that keeps a level; `on_level` says where that comes from.
fn at_level(pathway: &Pathway, fit: &PathwayFit, on_level: String) -> Pathway {
    let mut to = pathway.clone();
    to.waiting = figure(fit.level, 4, on_level);
    let kept = format!("that keep {:.1} people delayed", fit.level);
    let ready = match to.kind {
        Kind::Process { .. } => "all of whom the process delays",
        Kind::Service(_) => "a fifth of whom leave some other way",
    };
    to.referrals = figure(fit.referrals, 4, format!("Calibrated: people ready a week, {ready}, {kept}."));
    if let (Kind::Service(service), Some(found)) = (&mut to.kind, fit.service) {
        service.places = figure(found.places, 4, format!("Calibrated: places {kept}."));
        let filled = format!("Calibrated: the places {kept} are full, but for those that stand empty over a weekend.");
        service.occupied = Some(figure(found.occupied, 4, filled));
    }
    to
}

/// Fits are finite and far within a quantity's bounds, since the levels that they come from are counts of days.
fn figure(value: f64, places: usize, source: String) -> Figure<Quantity> {
    let value = format!("{value:.places$}").parse().unwrap_or(Quantity::ZERO);
    Figure { value, was: None, source: Source::Assumption(source) }
}
