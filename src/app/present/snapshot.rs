//! A state of the plan that does not change, with its own figures and replications: as it was opened, which the room's
//! changes are held against, or as it was kept.

use std::sync::{Arc, Mutex};

use eframe::egui;

use crate::app::refinement::{Memory, Refinement};
use crate::forecast::Forecast;
use crate::forecast::chance::Chance;
use crate::ledger::Ledger;
use crate::money::MoneyError;
use crate::present::Plan;
use crate::scenario::Scenario;

/// A scenario that does not change, and what follows from it.
pub(super) struct Snapshot {
    scenario: Scenario,
    ledger: Ledger,
    forecast: Forecast,
    /// One for each step of its replications, so that two plans are compared on the same luck.
    chances: Vec<Chance>,
    /// What had been run of it before, which is told until as many have come in again.
    known: Option<Chance>,
    refinement: Refinement,
}

impl Snapshot {
    /// Works its figures out and starts its replications, beside those that are known.
    pub(super) fn of(scenario: &Scenario, known: Option<Chance>, waker: egui::Context) -> Result<Self, MoneyError> {
        let memory = Arc::new(Mutex::new(Memory::default()));
        Ok(Self {
            ledger: Ledger::of(scenario)?,
            forecast: Forecast::of(scenario),
            refinement: Refinement::start(scenario, &memory, waker),
            chances: Vec::new(),
            known,
            scenario: scenario.clone(),
        })
    }

    /// Takes in what its replications have come to.
    pub(super) fn hear(&mut self) {
        self.chances.extend(self.refinement.reports());
    }

    pub(super) fn is_done(&self) -> bool {
        self.refinement.is_done()
    }

    pub(super) fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// How many replications have come in.
    pub(super) fn replications(&self) -> Option<u32> {
        self.chances.last().map(|chance| chance.replications)
    }

    /// With as many replications as the plan that it is held against has; without any, all there are.
    pub(super) fn plan(&self, replications: Option<u32>) -> Plan<'_> {
        let same = |chance: &&Chance| replications.is_none_or(|wanted| chance.replications <= wanted);
        let mut all: Vec<&Chance> = self.chances.iter().chain(&self.known).collect();
        all.sort_by_key(|chance| chance.replications);
        let chance = all.iter().rev().find(|chance| same(chance)).or(all.first()).copied();
        Plan { scenario: &self.scenario, ledger: &self.ledger, forecast: &self.forecast, chance }
    }
}
