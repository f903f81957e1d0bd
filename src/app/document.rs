//! The open scenario: its figures, what can be undone, and whether it is saved. Nothing here draws.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::newer::NewerFile;
use super::record::{Found, has_same_record};
use super::refinement::moved_along;
use crate::chart::context::{self, Part, Sheet, sheet};
use crate::chart::{self, Chart, Over, Split, Tile};
use crate::file::Opened;
use crate::file::journal::Recovered;
use crate::forecast::chance::Chance;
use crate::forecast::{Contributions, Forecast, NextPound, next_pound};
use crate::ledger::Ledger;
use crate::money::MoneyError;
use crate::present::Plan;
use crate::scenario::edit::{Applied, Move, Steps, apply};
use crate::scenario::{Edit, Finding, Refusal, Scenario, check};

#[cfg(test)]
mod tests;

/// One scenario, open in the window.
pub(super) struct Document {
    scenario: Scenario,
    figures: Figures,
    /// As it was opened or last saved, for the unsaved mark and for "since opening".
    saved: Scenario,
    /// The text on disk, byte for byte, if the scenario came from there or went there.
    saved_text: String,
    path: Option<PathBuf>,
    /// The file whose previous version this is, until it is saved under a name of its own.
    previous_of: Option<PathBuf>,
    /// The newer planner's file of which this shows what is known, until it is saved under a name of its own.
    newer: Option<Box<NewerFile>>,
    steps: Steps,
    /// How many steps stood when it was opened or last saved, unless they can't be gone back to any more.
    saved_at: Option<usize>,
    /// What was done since somebody last asked.
    moves: Vec<Move>,
    /// The scenario before the drag that is going on.
    before_drag: Option<Scenario>,
    delays: Delays,
    /// How good such forecasts were, once somebody looked, and of which scenario.
    record: Option<(Scenario, Found)>,
}

/// Everything that follows from a scenario.
pub(super) struct Figures {
    pub ledger: Ledger,
    pub forecast: Forecast,
    /// Where chance may lead, once the first replications have come in.
    pub chance: Option<Chance>,
    pub headline: Vec<Tile>,
    /// Balance, committed years, delayed transfers.
    pub charts: [Chart; 3],
    pub warnings: Vec<Finding>,
    /// What each scheme does in the expected run, worked out when first shown.
    contributions: OnceCell<Contributions>,
    /// What £50,000 more or less would do, by scheme and year, worked out when first asked for.
    next_pounds: RefCell<HashMap<(usize, usize), NextPound>>,
    /// The part of the context that was shown last.
    around: RefCell<Option<(Part, Option<Rc<Sheet>>)>>,
}

/// What the chart of delayed transfers shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delays {
    /// The line over time, whole or taken apart.
    Line(Split),
    /// What each scheme takes out.
    Schemes(Over),
    /// How good forecasts so many months ahead were.
    Record(usize),
}

impl Default for Delays {
    fn default() -> Self {
        Self::Line(Split::default())
    }
}

impl Delays {
    /// The most schemes shared out between two frames; more would hold the window up.
    pub(super) const MOST_SCHEMES: usize = 60;

    /// Months ahead that a record is shown for.
    pub(super) const AHEAD: [usize; 3] = [1, 3, 6];

    fn chart(
        self,
        scenario: &Scenario,
        forecast: &Forecast,
        chance: Option<&Chance>,
        contributions: &OnceCell<Contributions>,
        record: Option<&(Scenario, Found)>,
    ) -> Chart {
        match self {
            Self::Record(months) => record_chart(record.filter(|(of, _)| has_same_record(of, scenario)), months),
            Self::Schemes(over) if scenario.schemes.len() <= Self::MOST_SCHEMES => {
                let contributions = contributions.get_or_init(|| Contributions::of(scenario, forecast));
                chart::schemes(scenario, contributions, forecast, chance, over)
            }
            Self::Schemes(_) => chart::trajectory(scenario, forecast, chance, Split::default()),
            Self::Line(split) => chart::trajectory(scenario, forecast, chance, split),
        }
    }
}

fn record_chart(record: Option<&(Scenario, Found)>, months: usize) -> Chart {
    match record {
        Some((_, Ok(backtest))) => chart::record(backtest, months),
        Some((_, Err(unsolved))) => {
            let why: Vec<String> = unsolved.iter().map(ToString::to_string).collect();
            chart::no_record(&format!("No forecast can be tried: {}", why.join("; ")))
        }
        None => chart::no_record("Going back through the history, month by month …"),
    }
}

impl Figures {
    /// All of it; chance moves along from the figures `before`, until replications of this scenario come in.
    fn of(
        scenario: &Scenario,
        delays: Delays,
        before: Option<&Self>,
        record: Option<&(Scenario, Found)>,
    ) -> Result<Self, MoneyError> {
        let ledger = Ledger::of(scenario)?;
        let forecast = Forecast::of(scenario);
        let known = before.and_then(|before| Some((before.chance.clone()?, &before.forecast)));
        let chance = known.map(|(chance, before)| moved_along(chance, before, &forecast));
        let headline = chart::headline(scenario, &ledger, &forecast, chance.as_ref())?;
        let contributions = OnceCell::new();
        let delays = delays.chart(scenario, &forecast, chance.as_ref(), &contributions, record);
        let charts = [chart::balance(&ledger), chart::commitments(&ledger), delays];
        let warnings = check::check(scenario);
        let (next_pounds, around) = Default::default();
        Ok(Self { ledger, forecast, chance, headline, charts, warnings, contributions, next_pounds, around })
    }
}

impl Document {
    /// A scenario that was read from `path`, or comes with the program.
    pub(super) fn new(opened: Opened, path: Option<PathBuf>) -> Result<Self, MoneyError> {
        let Opened { scenario, text, .. } = opened;
        Ok(Self {
            figures: Figures::of(&scenario, Delays::default(), None, None)?,
            saved: scenario.clone(),
            scenario,
            saved_text: text,
            path,
            previous_of: None,
            newer: None,
            steps: Steps::default(),
            saved_at: Some(0),
            moves: Vec::new(),
            before_drag: None,
            delays: Delays::default(),
            record: None,
        })
    }

    /// What the last save of `path` replaced, as a document without a file: it can't go over a newer one by accident.
    pub(super) fn new_previous(opened: Opened, path: PathBuf) -> Result<Self, MoneyError> {
        Ok(Self { previous_of: Some(path), ..Self::new(opened, None)? })
    }

    /// What is known of a newer planner's file, as a document without a file: it can't go over that one by accident.
    pub(super) fn new_newer(file: NewerFile) -> Result<Self, MoneyError> {
        let document = Self::new(file.newer.opened.clone(), None)?;
        Ok(Self { newer: Some(Box::new(file)), ..document })
    }

    /// A plan as its journal has it: its changes unsaved, its steps with it.
    pub(super) fn recovered(recovered: &Recovered) -> Result<Self, MoneyError> {
        let Recovered { saved, scenario, steps, path, .. } = recovered;
        let mut document = Self::new(saved.clone(), path.clone())?;
        document.figures = Figures::of(scenario, Delays::default(), None, None)?;
        document.saved_at = steps.place_of(scenario, &saved.scenario);
        document.scenario = scenario.clone();
        document.steps = steps.clone();
        Ok(document)
    }

    /// The text on disk, as far as this window knows.
    pub(super) fn saved_text(&self) -> &str {
        &self.saved_text
    }

    pub(super) fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scenario as opened or last saved.
    pub(super) fn saved(&self) -> &Scenario {
        &self.saved
    }

    pub(super) fn figures(&self) -> &Figures {
        &self.figures
    }

    /// The scenario with its figures, as pages are made from it.
    pub(super) fn plan(&self) -> Plan<'_> {
        let Figures { ledger, forecast, chance, .. } = &self.figures;
        Plan { scenario: &self.scenario, ledger, forecast, chance: chance.as_ref() }
    }

    /// How good such forecasts were, if that is known of this scenario.
    pub(super) fn record(&self) -> Option<&Found> {
        self.record.as_ref().filter(|(of, _)| has_same_record(of, &self.scenario)).map(|(_, found)| found)
    }

    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The file whose previous version this is, while it has no file of its own.
    pub(super) fn previous_of(&self) -> Option<&Path> {
        self.previous_of.as_deref()
    }

    /// The newer planner's file of which this shows what is known, while it has no file of its own.
    pub(super) fn newer(&self) -> Option<&NewerFile> {
        self.newer.as_deref()
    }

    pub(super) fn delays(&self) -> Delays {
        self.delays
    }

    /// Shows the delays another way. Not an edit: it changes no figure.
    pub(super) fn show_delays(&mut self, delays: Delays) {
        self.delays = delays;
        self.draw_delays();
    }

    fn draw_delays(&mut self) {
        let Figures { forecast, chance, charts, contributions, .. } = &mut self.figures;
        let record = self.record.as_ref();
        charts[2] = self.delays.chart(&self.scenario, forecast, chance.as_ref(), contributions, record);
    }

    /// Whether a record is looked at that nobody has found yet.
    pub(super) fn wants_record(&self) -> bool {
        let known = self.record.as_ref().is_some_and(|(of, _)| has_same_record(of, &self.scenario));
        matches!(self.delays, Delays::Record(_)) && !known
    }

    /// Shows how good such forecasts were.
    pub(super) fn show_record(&mut self, of: Scenario, found: Found) {
        self.record = Some((of, found));
        self.draw_delays();
    }

    /// Shows where chance may lead, as far as replications have come.
    pub(super) fn show_chance(&mut self, chance: Chance) {
        let Figures { ledger, forecast, headline: shown, charts, contributions, .. } = &mut self.figures;
        // The sums are those of the headline that stands; should they fail all the same, it stands on.
        if let Ok(headline) = chart::headline(&self.scenario, ledger, forecast, Some(&chance)) {
            *shown = headline;
        }
        // The record of forecasts made before hangs on the history alone.
        if !matches!(self.delays, Delays::Record(_)) {
            charts[2] = self.delays.chart(&self.scenario, forecast, Some(&chance), contributions, None);
        }
        self.figures.chance = Some(chance);
        self.figures.around.take();
    }

    /// Whether there is something to lose.
    pub(super) fn is_changed(&self) -> bool {
        self.previous_of.is_some() || self.scenario != self.saved
    }

    /// Does `edit` as one step that can be undone.
    pub(super) fn apply(&mut self, edit: Edit) -> Result<(), Refusal> {
        self.cancel_drag();
        let before = self.scenario.clone();
        let applied = apply(&self.scenario, &edit)?;
        self.keep(&before, edit, applied)
    }

    /// Shows `edit` while a drag goes on; [`Document::drop_drag`] keeps it, [`Document::cancel_drag`] takes it back.
    /// Tells whether anything changed.
    pub(super) fn drag(&mut self, edit: &Edit) -> Result<bool, Refusal> {
        let before = self.before_drag.get_or_insert_with(|| self.scenario.clone());
        let applied = apply(before, edit)?;
        if applied.scenario == self.scenario {
            return Ok(false);
        }
        self.show(applied.scenario)?;
        Ok(true)
    }

    /// Keeps what the drag came to, as one step.
    pub(super) fn drop_drag(&mut self, edit: Edit) -> Result<(), Refusal> {
        let Some(before) = self.before_drag.clone() else { return self.apply(edit) };
        match apply(&before, &edit) {
            Ok(applied) => {
                self.before_drag = None;
                self.keep(&before, edit, applied)
            }
            Err(refusal) => {
                self.cancel_drag();
                Err(refusal)
            }
        }
    }

    /// Puts back what stood before the drag.
    pub(super) fn cancel_drag(&mut self) {
        if let Some(before) = self.before_drag.take() {
            // It was shown before, so its figures hold.
            let _ = self.show(before);
        }
    }

    pub(super) fn is_dragging(&self) -> bool {
        self.before_drag.is_some()
    }

    /// The scenario that the drag going on began with; the scenario itself when none is.
    pub(super) fn before_drag(&self) -> &Scenario {
        self.before_drag.as_ref().unwrap_or(&self.scenario)
    }

    fn keep(&mut self, before: &Scenario, edit: Edit, applied: Applied) -> Result<(), Refusal> {
        let unchanged = applied.scenario == *before;
        self.show(applied.scenario)?;
        if !unchanged {
            self.saved_at = self.saved_at.filter(|at| *at <= self.steps.standing());
            self.moves.push(Move::Did(edit.clone()));
            self.steps.keep(before, edit, applied.inverse);
        }
        Ok(())
    }

    fn show(&mut self, scenario: Scenario) -> Result<(), Refusal> {
        // The rules bound every amount, so that sums hold; should one not, the edit is refused and nothing changes.
        self.figures = Figures::of(&scenario, self.delays, Some(&self.figures), self.record.as_ref())
            .map_err(|error| Refusal::Missing(error.to_string()))?;
        self.scenario = scenario;
        Ok(())
    }

    /// Takes the last step back.
    pub(super) fn undo(&mut self) -> Result<(), Refusal> {
        self.go_to(self.steps.standing().saturating_sub(1))
    }

    /// Does the last step that was taken back again.
    pub(super) fn redo(&mut self) -> Result<(), Refusal> {
        self.go_to(self.steps.len().min(self.steps.standing() + 1))
    }

    /// Takes steps back or does them again, until so many stand. Figures are worked out once, at the end.
    pub(super) fn go_to(&mut self, standing: usize) -> Result<(), Refusal> {
        self.cancel_drag();
        if standing != self.steps.standing() {
            self.show(self.steps.scenario_at(&self.scenario, standing)?)?;
            self.steps.stand_at(standing);
            self.moves.push(Move::WentTo(standing));
        }
        Ok(())
    }

    /// Every step since it was opened, and which of them stand.
    pub(super) fn steps(&self) -> &Steps {
        &self.steps
    }

    /// How many steps stood when it was opened or last saved, unless they can't be gone back to any more.
    pub(super) fn saved_at(&self) -> Option<usize> {
        self.saved_at
    }

    /// What was done since this was last asked: each accepted edit, undo, redo and return to a step, in order.
    pub(super) fn take_moves(&mut self) -> Vec<Move> {
        std::mem::take(&mut self.moves)
    }

    /// What makes the text to save, off the window's thread: the very bytes that were read, but for what has changed.
    pub(super) fn text(&self) -> impl FnOnce() -> String + Send + use<> {
        let (text, was, now) = (self.saved_text.clone(), self.saved.clone(), self.scenario.clone());
        move || crate::file::revise(&text, &was, &now)
    }

    /// Notes that `text`, written from `scenario`, now lies at `path`. Edits made meanwhile stay unsaved.
    pub(super) fn note_saved(&mut self, path: PathBuf, text: String, scenario: Scenario) {
        self.path = Some(path);
        self.previous_of = None;
        self.newer = None;
        self.saved_text = text;
        self.saved_at = self.steps.place_of(self.before_drag(), &scenario);
        self.saved = scenario;
    }

    /// What £50,000 more or less for a scheme in the nth year would do; worked out once after each edit.
    pub(super) fn next_pound(&self, scheme: usize, year: usize) -> NextPound {
        let known = self.figures.next_pounds.borrow().get(&(scheme, year)).cloned();
        known.unwrap_or_else(|| {
            let line = self.figures.ledger.years.get(year);
            let next = line.map(|line| next_pound(&self.scenario, &self.figures.forecast, scheme, line.year));
            let next = next.unwrap_or_default();
            self.figures.next_pounds.borrow_mut().insert((scheme, year), next.clone());
            next
        })
    }

    /// A part of the context, if the scenario has it; worked out once for each state of the figures.
    pub(super) fn around(&self, part: Part) -> Option<Rc<Sheet>> {
        let known = self.figures.around.borrow().clone();
        if let Some((_, sheet)) = known.filter(|(shown, _)| *shown == part) {
            return sheet;
        }
        let Figures { ledger, forecast, chance, around, .. } = &self.figures;
        let averaged = chance.as_ref().map(|chance| forecast.on_average(&self.scenario, chance));
        let forecast = averaged.as_ref().unwrap_or(forecast);
        let figures = context::Figures { scenario: &self.scenario, ledger, forecast, chance: chance.as_ref() };
        let sheet = sheet(part, figures).ok().flatten().map(Rc::new);
        around.replace(Some((part, sheet.clone())));
        sheet
    }
}
