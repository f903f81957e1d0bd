//! How good such forecasts were, off the window's thread: forecasts inside the history, asked for when they are looked at.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};

use eframe::egui;

use crate::forecast::calibration::{Backtest, Unsolved, backtest};
use crate::scenario::Scenario;

/// Enough for the edges of a band to hold still to a tenth of its width.
const REPLICATIONS: u32 = 1_000;
const SEED: u64 = 1;

/// What came of going through a history.
pub(super) type Found = Result<Backtest, Vec<Unsolved>>;

/// A history being gone through.
pub(super) struct Search {
    of: Scenario,
    stop: Arc<AtomicBool>,
    reports: Receiver<Found>,
}

impl Search {
    /// Starts it; the window is woken at the end.
    pub(super) fn start(scenario: &Scenario, waker: egui::Context) -> Self {
        let (sender, reports) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (of, stopped) = (scenario.clone(), Arc::clone(&stop));
        let work = move || {
            if let Some(found) = backtest(&of, REPLICATIONS, SEED, &stopped).transpose() {
                let _ = sender.send(found); // the window may have lost interest
                waker.request_repaint();
            }
        };
        let _ = std::thread::Builder::new().name("going through the history".to_owned()).spawn(work);
        Self { of: scenario.clone(), stop, reports }
    }

    /// Whether it is of this scenario, as far as the search asks.
    pub(super) fn is_of(&self, scenario: &Scenario) -> bool {
        has_same_record(&self.of, scenario)
    }

    /// What was found and of which scenario, once it is there.
    pub(super) fn report(&self) -> Option<(Scenario, Found)> {
        self.reports.try_recv().ok().map(|found| (self.of.clone(), found))
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Whether two scenarios have the same record: that hangs on what people wait for and on the published months, on no
/// scheme and no pound.
pub(super) fn has_same_record(a: &Scenario, b: &Scenario) -> bool {
    a.pathways == b.pathways && a.history.months == b.history.months
}
