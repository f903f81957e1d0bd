//! The steps that led to a scenario. Undo, redo and the history are one list and a place in it.

use serde::{Deserialize, Serialize};

use super::{Edit, Refusal, apply, change};
use crate::scenario::Scenario;

/// Every step since a scenario was opened, and how many of them stand; the rest have been taken back.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    steps: Vec<Step>,
    standing: usize,
}

/// Something that was done, and what takes it back.
#[derive(Clone, Debug)]
struct Step {
    edit: Edit,
    inverse: Edit,
    words: Box<str>,
}

/// What a person did. Replayed from the scenario as it was opened, moves lead to the same scenario and the same steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Move {
    /// Did something, in the place of whatever had been taken back.
    Did(Edit),
    /// Took steps back or did them again, until so many stood.
    WentTo(usize),
}

impl Steps {
    /// How many there are, those taken back included.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing was done yet.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many of them stand.
    pub fn standing(&self) -> usize {
        self.standing
    }

    /// What the step did, counted from 0, in words.
    pub fn words(&self, step: usize) -> Option<&str> {
        self.steps.get(step).map(|step| &*step.words)
    }

    /// What undo would take back, in words.
    pub fn undo_words(&self) -> Option<&str> {
        self.words(self.standing.checked_sub(1)?)
    }

    /// What redo would do again, in words.
    pub fn redo_words(&self) -> Option<&str> {
        self.words(self.standing)
    }

    /// Keeps a step that was done to `before`. Whatever had been taken back can't be done again after it.
    pub fn keep(&mut self, before: &Scenario, edit: Edit, inverse: Edit) {
        let words = edit.in_words(before).into();
        self.steps.truncate(self.standing);
        self.steps.push(Step { edit, inverse, words });
        self.standing = self.steps.len();
    }

    /// The scenario with so many steps standing, given the one that stands now. However many lie between, the rules
    /// are asked once, at the end.
    pub fn scenario_at(&self, now: &Scenario, standing: usize) -> Result<Scenario, Refusal> {
        let mut staged = now.clone();
        for edit in self.way_to(standing)? {
            change(&mut staged, edit)?;
        }
        super::held(staged)
    }

    /// The edits that lead from where it stands to where so many steps do.
    fn way_to(&self, standing: usize) -> Result<impl Iterator<Item = &Edit>, Refusal> {
        let known = (standing <= self.steps.len()).then_some(());
        known.ok_or_else(|| Refusal::Missing(format!("step {standing} in the history")))?;
        let back = self.steps[standing.min(self.standing)..self.standing].iter().rev().map(|step| &step.inverse);
        let forward = self.steps[self.standing..standing.max(self.standing)].iter().map(|step| &step.edit);
        Ok(back.chain(forward))
    }

    /// Notes that so many steps stand now.
    pub fn stand_at(&mut self, standing: usize) {
        self.standing = standing.min(self.steps.len());
    }

    /// How many steps stood when the scenario was `then`, if it ever was: the nearest such place.
    pub fn place_of(&self, now: &Scenario, then: &Scenario) -> Option<usize> {
        if now == then {
            return Some(self.standing);
        }
        let (standing, undone) = self.steps.split_at(self.standing);
        let back = standing.iter().enumerate().rev().map(|(at, step)| (at, &step.inverse));
        let forward = undone.iter().enumerate().map(|(at, step)| (self.standing + at + 1, &step.edit));
        met(then, now.clone(), back).or_else(|| met(then, now.clone(), forward))
    }

    /// Makes a move that was made before, as from a journal, and gives the scenario after it.
    pub fn replay(&mut self, now: &Scenario, made: &Move) -> Result<Scenario, Refusal> {
        match made {
            Move::Did(edit) => {
                let applied = apply(now, edit)?;
                self.keep(now, edit.clone(), applied.inverse);
                Ok(applied.scenario)
            }
            Move::WentTo(standing) => {
                let there = self.scenario_at(now, *standing)?;
                self.stand_at(*standing);
                Ok(there)
            }
        }
    }
}

/// The first place at which the edits, each done to what the last left, give the scenario sought.
fn met<'a>(
    sought: &Scenario,
    mut staged: Scenario,
    mut places: impl Iterator<Item = (usize, &'a Edit)>,
) -> Option<usize> {
    places.find(|(_, edit)| change(&mut staged, edit).is_ok() && staged == *sought).map(|(place, _)| place)
}
