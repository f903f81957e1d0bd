//! Chance, off the window's thread: replications that grow in number until the next edit calls them off.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use eframe::egui;

use crate::forecast::chance::{Chance, Prepared, Tally, replicate};
use crate::scenario::Scenario;

/// Where chance starts: one seed for every plan, so that two plans share their luck.
const SEED: u64 = 1;
/// After how many replications the window is told, the last being all of them.
const STEPS: [u32; 5] = [250, 1_000, 2_500, 5_000, 10_000];

/// Replications under way for one state of the plan.
pub(super) struct Refinement {
    stop: Arc<AtomicBool>,
    reports: Receiver<Chance>,
}

impl Refinement {
    /// Starts them; the window is woken at every step. Without a thread to be had, nothing comes and nothing breaks.
    pub(super) fn start(scenario: &Scenario, waker: egui::Context) -> Self {
        let (sender, reports) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (scenario, stopped) = (scenario.clone(), Arc::clone(&stop));
        let work = move || refine(&scenario, &stopped, &sender, &waker);
        let _ = std::thread::Builder::new().name("replications".to_owned()).spawn(work);
        Self { stop, reports }
    }

    /// The furthest they have come since last asked.
    pub(super) fn report(&self) -> Option<Chance> {
        self.reports.try_iter().last()
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

fn refine(scenario: &Scenario, stop: &AtomicBool, sender: &Sender<Chance>, waker: &egui::Context) {
    let prepared = Prepared::of(scenario);
    let mut so_far: Option<Tally> = None;
    let mut done = 0;
    for step in STEPS {
        let Some(more) = replicate(&prepared, SEED, Range { start: done, end: step }, stop) else { return };
        done = step;
        match &mut so_far {
            Some(tally) => tally.merge(more),
            None => so_far = Some(more),
        }
        let Some(chance) = so_far.as_ref().map(|tally| tally.chance(&prepared, SEED)) else { return };
        if sender.send(chance).is_err() {
            return;
        }
        waker.request_repaint();
    }
}
