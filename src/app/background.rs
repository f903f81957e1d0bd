//! Work that may take longer than a frame: dialogs, reading, saving. It runs on threads and wakes the window when done.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use eframe::egui;

use super::begin::Report;
use super::compare::Comparing;
use super::conflict::{Conflict, Found};
use super::exporting::{Handle, as_image};
use super::import;
use super::newer::NewerFile;
use super::recovery::Offer;
use crate::chart::Chart;
use crate::export::{self, ExportError, Progress, Size};
use crate::file::{self, Opened, Over, Previous, ReadError, SaveError};
use crate::forecast::calibration::{Unsolved, calibrate};
use crate::scenario::{Edit, Scenario};

/// The job that keeps others of its kind waiting.
pub(super) const SAVING: &str = "saving the file";
/// The job that the foot tells of.
pub(super) const EXPORTING: &str = "exporting";
/// What the plan is called in a comparison.
const IN_THE_WINDOW: &str = "the plan in the window";
/// A dialog that ends sooner than a person can answer was never shown.
pub(super) const TOO_FAST_FOR_A_PERSON: Duration = Duration::from_millis(350);

/// The flag of a job: set, it has been called off, and what it comes to is not heard.
pub(super) type Flag = Arc<AtomicBool>;

/// The job that a dialog waits for. One that is begun calls off the one before.
#[derive(Default)]
pub(super) struct Awaited(Option<Flag>);

impl Awaited {
    /// Whether there is one.
    pub(super) fn is_awaited(&self) -> bool {
        self.0.is_some()
    }

    /// The flag of one that begins.
    pub(super) fn begin(&mut self) -> Flag {
        self.stop();
        self.0.insert(Flag::default()).clone()
    }

    /// Calls off what is under way.
    pub(super) fn stop(&mut self) {
        if let Some(flag) = self.0.take() {
            flag.store(true, Ordering::Relaxed);
        }
    }

    /// Whether a report is of the job under way, which then is none any more.
    pub(super) fn ends(&mut self, flag: &Flag) -> bool {
        self.0.take_if(|own| Arc::ptr_eq(own, flag)).is_some()
    }
}

/// Threads at work, and what they report.
pub(super) struct Background {
    reports: Receiver<Done>,
    sender: Sender<Done>,
    waker: egui::Context,
}

/// What a job came to.
pub(super) enum Done {
    /// A file was read, or not.
    Opened { path: PathBuf, result: Result<Box<Opened>, ReadError> },
    /// A newer planner's file was read as far as it is known here, or why not, line by line.
    OpenedNewer(Result<Box<NewerFile>, Vec<String>>),
    /// A document was saved, or not. `document` tells which, as another may be open by now.
    Saved { document: u64, path: PathBuf, text: String, scenario: Box<Scenario>, result: Result<Previous, SaveError> },
    /// Nothing was saved: another file stands there, and nobody said that it may go.
    WouldReplace(PathBuf),
    /// The version before the last save of a file was read, or not.
    OpenedPrevious { of: PathBuf, result: Result<Box<Opened>, ReadError> },
    /// What someone else made of the document's file was read and held against the document.
    Conflict(Box<Conflict>),
    /// A file to open was chosen.
    PickedToOpen(Picked),
    /// A file to save to was chosen.
    PickedToSave(Picked),
    /// A file to compare with was chosen.
    PickedToCompare(Picked),
    /// Two scenarios were compared, or a file could not be read: why, line by line.
    Compared(Result<Box<Comparing>, Vec<String>>),
    /// A calibration of the scenario was found, or not. `document` tells of which.
    Calibrated { document: u64, of: Box<Scenario>, result: Result<Edit, Vec<Unsolved>> },
    /// A place to export to was chosen.
    PickedToExport(Picked),
    /// Files were exported, or none.
    Exported(Result<Vec<PathBuf>, ExportError>),
    /// A chart was drawn for the clipboard, or not.
    Drawn { name: &'static str, result: Result<egui::ColorImage, ExportError> },
    /// A step on the way to a plan from NHS England's workbooks.
    Begun(Report),
    /// A step on the way to schemes from a planning template.
    Imported(import::Report),
    /// Plans were found that can be recovered; and journals that nobody can read.
    Recovered(Vec<Offer>, Vec<PathBuf>),
    /// The job broke; the document is as it was.
    Broke(&'static str),
}

/// What a save may write over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MayReplace {
    /// No file at all.
    Nothing,
    /// Any file: a person was asked.
    Anything,
    /// Any file but this one.
    AnythingBut(PathBuf),
    /// A file with these bytes and no others.
    Known(Vec<u8>),
}

/// What came of a file dialog.
pub(super) enum Picked {
    Path(PathBuf),
    Cancelled,
    /// The system has no dialog to show.
    NoDialog,
}

impl Background {
    pub(super) fn new(waker: egui::Context) -> Self {
        let (sender, reports) = channel();
        Self { reports, sender, waker }
    }

    /// The next report, if one has come in.
    pub(super) fn report(&self) -> Option<Done> {
        self.reports.try_recv().ok()
    }

    pub(super) fn start(&self, name: &'static str, job: impl FnOnce() -> Done + Send + 'static) {
        let (sender, waker) = (self.sender.clone(), self.waker.clone());
        let work = move || {
            let done = catch_unwind(AssertUnwindSafe(job)).unwrap_or(Done::Broke(name));
            // The window may be gone by now; then nobody is left to tell.
            let _ = sender.send(done);
            waker.request_repaint();
        };
        if std::thread::Builder::new().name(name.to_owned()).spawn(work).is_err() {
            let _ = self.sender.send(Done::Broke(name));
        }
    }

    pub(super) fn open(&self, path: PathBuf) {
        self.start("opening the file", move || match file::read(&path) {
            Err(newer @ ReadError::Newer { .. }) => Done::OpenedNewer(NewerFile::at(&path, &newer).map(Box::new)),
            result => Done::Opened { path, result: result.map(Box::new) },
        });
    }

    /// Saves, over what may be replaced and nothing else; what was there is kept in a folder of its own.
    pub(super) fn save(
        &self,
        document: u64,
        path: PathBuf,
        may_replace: MayReplace,
        keep_in: Option<PathBuf>,
        text: impl FnOnce() -> String + Send + 'static,
        scenario: Scenario,
    ) {
        self.start(SAVING, move || {
            let over = match &may_replace {
                MayReplace::Nothing => Over::Nothing,
                MayReplace::Anything | MayReplace::AnythingBut(_) => Over::Anything,
                MayReplace::Known(known) => Over::Known(known),
            };
            let text = text();
            if matches!(&may_replace, MayReplace::AnythingBut(kept) if file::is_same_file(kept, &path)) {
                let why = "this is the newer planner’s file, and what is not known of it here would be lost; choose another name";
                let result = Err(SaveError::Failed { name: path.display().to_string(), why: why.to_owned() });
                return Done::Saved { document, path, text, scenario: Box::new(scenario), result };
            }
            match file::save_plan(&path, &text, over, keep_in.as_deref()) {
                Err(SaveError::Changed { .. }) if may_replace == MayReplace::Nothing => Done::WouldReplace(path),
                result => Done::Saved { document, path, text, scenario: Box::new(scenario), result },
            }
        });
    }

    /// Opens what the last save of a file replaced.
    pub(super) fn open_previous(&self, kept_in: PathBuf, of: PathBuf) {
        self.start("opening the previous version", move || {
            let result = file::read(&file::previous_of(&kept_in, &of)).map(Box::new);
            Done::OpenedPrevious { of, result }
        });
    }

    /// Reads what was found in the place of a document's file, and holds it against the document.
    pub(super) fn face(&self, found: Found, base: Scenario, mine: Scenario) {
        self.start("reading the version on disk", move || Done::Conflict(Box::new(Conflict::of(found, base, mine))));
    }

    /// Finds what can be recovered, of this file if one is given. A journal that is not offered is let go again.
    pub(super) fn find_recovered(&self, folder: PathBuf, of: Option<PathBuf>) {
        self.start("looking for unsaved changes", move || {
            let left = file::journal::find(&folder, SystemTime::now());
            let wanted = left.plans.into_iter().filter(|found| of.as_deref().is_none_or(|path| found.is_of(path)));
            Done::Recovered(wanted.map(Offer::of).collect(), left.unreadable)
        });
    }

    pub(super) fn calibrate(&self, document: u64, scenario: Scenario) {
        self.start("calibrating", move || {
            let result = calibrate(&scenario).map(|calibration| calibration.edit(&scenario));
            Done::Calibrated { document, of: Box::new(scenario), result }
        });
    }

    /// Compares a file with the plan in the window.
    pub(super) fn compare_with(&self, path: PathBuf, scenario: Scenario) {
        self.start("comparing with the file", move || {
            let file = path.display().to_string();
            let opened = file::read(&path).map_err(|error| error.lines());
            let versions = |opened: Opened| [(file, opened.scenario), (IN_THE_WINDOW.to_owned(), scenario)];
            Done::Compared(opened.and_then(|opened| compared(versions(opened))))
        });
    }

    /// Compares two versions.
    pub(super) fn compare(&self, versions: [(String, Scenario); 2]) {
        self.start("comparing", move || Done::Compared(compared(versions)));
    }

    /// Compares the plan in the window with what it was when opened or last saved.
    pub(super) fn compare_saved(&self, saved: Scenario, scenario: Scenario) {
        let was = "what was opened or saved".to_owned();
        self.compare([(was, saved), (IN_THE_WINDOW.to_owned(), scenario)]);
    }

    /// Exports, telling through `handle` how far it has come.
    pub(super) fn export(
        &self,
        handle: Handle,
        work: impl FnOnce(Progress<'_>) -> Result<Vec<PathBuf>, ExportError> + Send + 'static,
    ) {
        let waker = self.waker.clone();
        self.start(EXPORTING, move || {
            Done::Exported(work(&mut |doing| {
                waker.request_repaint();
                handle.goes_on(doing)
            }))
        });
    }

    /// Draws a chart for the clipboard, as an export draws it.
    pub(super) fn draw(&self, scenario: Scenario, chart: Chart) {
        self.start("drawing the chart", move || {
            let result = export::pixels(&scenario, &chart, Size::USUAL).map(|pixels| as_image(&pixels));
            Done::Drawn { name: chart.name, result }
        });
    }

    /// Asks for a file to export to, or for a folder.
    pub(super) fn pick_to_export(&self, suggested: PathBuf, is_folder: bool) {
        self.start("the save dialog", move || {
            let folder = suggested.parent().unwrap_or(Path::new(""));
            let dialog = rfd::FileDialog::new().set_directory(folder);
            let name = suggested.file_name().unwrap_or_default().to_string_lossy();
            let ask = || if is_folder { dialog.pick_folder() } else { dialog.set_file_name(name).save_file() };
            Done::PickedToExport(answered(ask))
        });
    }

    pub(super) fn pick_to_compare(&self) {
        self.start("the open dialog", || Done::PickedToCompare(picked(rfd::FileDialog::pick_file)));
    }

    pub(super) fn pick_to_open(&self) {
        self.start("the open dialog", || Done::PickedToOpen(picked(rfd::FileDialog::pick_file)));
    }

    pub(super) fn pick_to_save(&self, suggested: String) {
        self.start("the save dialog", move || {
            Done::PickedToSave(picked(|dialog| dialog.set_file_name(suggested).save_file()))
        });
    }
}

fn compared(versions: [(String, Scenario); 2]) -> Result<Box<Comparing>, Vec<String>> {
    Comparing::of(versions).map(Box::new).map_err(|error| vec![error.to_string()])
}

fn picked(ask: impl FnOnce(rfd::FileDialog) -> Option<PathBuf>) -> Picked {
    answered(|| ask(rfd::FileDialog::new().add_filter("Scenario", &["ron"])))
}

fn answered(ask: impl FnOnce() -> Option<PathBuf>) -> Picked {
    let asked = Instant::now();
    match ask() {
        Some(path) => Picked::Path(path),
        None if asked.elapsed() < TOO_FAST_FOR_A_PERSON => Picked::NoDialog,
        None => Picked::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_panics_says_so_and_the_next_job_is_done() {
        let background = Background::new(egui::Context::default());
        let hear = || background.reports.recv_timeout(Duration::from_secs(10)).expect("a report");
        background.start("trying", || panic!("on purpose"));
        assert!(matches!(hear(), Done::Broke("trying")));
        background.open(PathBuf::from("/nowhere/plan.ron"));
        assert!(matches!(hear(), Done::Opened { result: Err(_), .. }));
    }
}
