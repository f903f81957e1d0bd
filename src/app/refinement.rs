//! Chance, off the window's thread: replications that grow in number until the next edit calls them off. The first ones
//! are quickly told again after an edit, pathways that it does not touch being kept, and so the frame waits for them a
//! moment: bands follow a slider in the frame in which the hand moves.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use eframe::egui;

use crate::forecast::Forecast;
use crate::forecast::chance::{Chance, Kept, KeptNothing, Prepared, Spread, Tally, replicate_from};
use crate::scenario::Scenario;

/// Where chance starts: one seed for every plan, so that two plans share their luck.
pub(super) const SEED: u64 = 1;
/// After how many replications the window is told, the last being all of them.
const STEPS: [u32; 5] = [250, 1_000, 2_500, 5_000, 10_000];
/// How long a frame may wait for the first of them: half of what it has at 60 frames a second.
const FRAMES_PATIENCE: Duration = Duration::from_millis(8);

/// What one plan's replications leave for the next one's.
#[derive(Default)]
pub(super) struct Memory {
    kept: Kept,
    nothing: KeptNothing,
}

/// Replications under way for one state of the plan.
pub(super) struct Refinement {
    stop: Arc<AtomicBool>,
    reports: Receiver<Chance>,
    /// How many have been reported.
    reported: u32,
}

impl Refinement {
    /// Starts them; the window is woken at every step. Without a thread to be had, nothing comes and nothing breaks.
    pub(super) fn start(scenario: &Scenario, memory: &Arc<Mutex<Memory>>, waker: egui::Context) -> Self {
        let (sender, reports) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (scenario, memory, stopped) = (scenario.clone(), Arc::clone(memory), Arc::clone(&stop));
        let work = move || refine(&scenario, &memory, &stopped, &sender, &waker);
        let _ = std::thread::Builder::new().name("replications".to_owned()).spawn(work);
        Self { stop, reports, reported: 0 }
    }

    /// The first of them, if they come within this frame.
    pub(super) fn first_report(&mut self) -> Option<Chance> {
        let first = self.reports.recv_timeout(FRAMES_PATIENCE).ok()?;
        self.reported = first.replications;
        Some(first)
    }

    /// The furthest they have come since last asked.
    pub(super) fn report(&mut self) -> Option<Chance> {
        let furthest = self.reports.try_iter().last();
        self.reported = furthest.as_ref().map_or(self.reported, |chance| chance.replications);
        furthest
    }

    /// Every step they have come to since last asked.
    pub(super) fn reports(&mut self) -> Vec<Chance> {
        let steps: Vec<Chance> = self.reports.try_iter().collect();
        self.reported = steps.last().map_or(self.reported, |chance| chance.replications);
        steps
    }

    /// Whether the first have come in. Until then the next edit lets them go on, or a slider that never rests would
    /// never show a band.
    pub(super) fn has_begun(&self) -> bool {
        self.reported > 0
    }

    /// Whether the last have.
    pub(super) fn is_done(&self) -> bool {
        self.reported == Self::most()
    }

    /// Of how many replications in all.
    pub(super) fn most() -> u32 {
        STEPS[STEPS.len() - 1]
    }
}

/// The next edit's replications take the place of these.
impl Drop for Refinement {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Chance as it was before an edit, moved along with the expected run: what is shown where the first
/// replications after the edit take longer than a frame.
pub(super) fn moved_along(mut chance: Chance, before: &Forecast, after: &Forecast) -> Chance {
    let moved = |spread: &mut Spread, by: f64| {
        let Spread { p05, p10, p25, p50, p75, p90, p95 } = spread;
        for edge in [p05, p10, p25, p50, p75, p90, p95] {
            *edge = narrow((f64::from(*edge) + by).max(0.0));
        }
    };
    let days = after.people().into_iter().zip(before.people()).map(|(after, before)| after - before);
    for ((spread, mean), by) in chance.days.iter_mut().zip(&mut chance.mean_days).zip(days) {
        moved(spread, by);
        *mean = (*mean + by).max(0.0);
    }
    let months = after.months.iter().zip(&before.months).map(|(after, before)| after.expected - before.expected);
    for ((spread, mean), by) in chance.months.iter_mut().zip(&mut chance.mean_months).zip(months) {
        moved(spread, by);
        *mean = (*mean + by).max(0.0);
    }
    if let Some(nothing) = &mut chance.doing_nothing {
        let days = after.people_do_nothing().into_iter().zip(before.people_do_nothing());
        for (mean, (after, before)) in nothing.mean_days.iter_mut().zip(days) {
            *mean = (*mean + after - before).max(0.0);
        }
        for (mean, (after, before)) in nothing.mean_months.iter_mut().zip(after.months.iter().zip(&before.months)) {
            *mean = (*mean + after.do_nothing - before.do_nothing).max(0.0);
        }
    }
    for (at, pathway) in chance.mean_pathway_months.iter_mut().enumerate() {
        for (mean, (after, before)) in pathway.iter_mut().zip(after.months.iter().zip(&before.months)) {
            let by =
                after.by_pathway.get(at).zip(before.by_pathway.get(at)).map_or(0.0, |(after, before)| after - before);
            *mean = (*mean + by).max(0.0);
        }
    }
    chance
}

#[expect(clippy::cast_possible_truncation, reason = "people, to be drawn")]
fn narrow(people: f64) -> f32 {
    people as f32
}

fn refine(
    scenario: &Scenario,
    memory: &Mutex<Memory>,
    stop: &AtomicBool,
    sender: &Sender<Chance>,
    waker: &egui::Context,
) {
    let prepared = Prepared::of(scenario);
    // Waits for a run that was called off to leave its block. Should it have broken down, what it kept still holds.
    let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    let mut so_far: Option<Tally> = None;
    let mut done = 0;
    for so_many in STEPS {
        let Some(more) = replicate_from(&mut memory.kept, &prepared, SEED, done..so_many, stop) else { return };
        done = so_many;
        match &mut so_far {
            Some(tally) => tally.merge(more),
            None => so_far = Some(more),
        }
        let Some(nothing) = memory.nothing.after(&prepared, SEED, done, stop) else { return };
        let Some(chance) = so_far.as_ref().map(|tally| tally.chance(&prepared, SEED)) else { return };
        if sender.send(chance.beside(nothing)).is_err() {
            return;
        }
        waker.request_repaint();
    }
}
