//! Exporting from the window: a dialog asks what and where, a job off the window's thread does it, and the foot says how
//! far it has come and where it went. And copying a chart, as it is shown, to the clipboard.

mod choice;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use eframe::egui::{self, Button, ColorImage, Label, RichText, Ui};

use super::Planner;
use super::background::Picked;
use super::charts::tab_separated;
use super::refinement::{Refinement, SEED};
use super::theme::{self, palette, regular};
use super::view::{Action, Message};
use crate::chart::Chart;
use crate::export::{self, Asked, ExportError, Known, Pixels, Size};
use choice::{Answer, Choice};

/// What is done sooner than this is done in silence.
const SILENT: Duration = Duration::from_secs(1);

/// What is to be done with a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Take {
    /// Copy it as a picture.
    Picture,
    /// Copy its table as text.
    Table,
    /// Save it as a picture, or as its table.
    Save,
}

impl Take {
    pub(super) const ALL: [Self; 3] = [Self::Picture, Self::Save, Self::Table];

    /// As a menu has it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Picture => "Copy picture",
            Self::Table => "Copy table",
            Self::Save => "Save picture…",
        }
    }
}

/// What is being asked, and the export under way.
#[derive(Default)]
pub(super) struct Exports {
    choice: Option<Choice>,
    running: Option<Running>,
}

/// An export under way.
struct Running {
    /// What was chosen, to be asked about again should it fail.
    choice: Choice,
    began: Instant,
    handle: Handle,
}

/// What an export and whoever waits for it share.
#[derive(Clone, Default)]
pub(super) struct Handle {
    stop: Arc<AtomicBool>,
    doing: Arc<Mutex<String>>,
}

impl Handle {
    /// Says what is being done, and tells whether to go on.
    pub(super) fn goes_on(&self, doing: &str) -> bool {
        doing.clone_into(&mut self.doing.lock().unwrap_or_else(PoisonError::into_inner));
        !self.stop.load(Ordering::Relaxed)
    }
}

impl Exports {
    /// Whether something stands before the window.
    pub(super) fn is_asking(&self) -> bool {
        self.choice.is_some()
    }

    /// What is being done, once that takes long.
    fn progress(&self) -> Option<String> {
        let running = self.running.as_ref().filter(|running| running.began.elapsed() >= SILENT)?;
        Some(running.handle.doing.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// How far the export has come, and a way to stop it, in the place of what the foot says else. Tells whether there
    /// was anything to show.
    pub(super) fn show_progress(&self, ui: &mut Ui, actions: &mut Vec<Action>) -> bool {
        let Some(doing) = self.progress() else { return false };
        let small = |text: String| RichText::new(text).font(regular(theme::SMALL)).color(palette(ui).ink);
        let (stop, words) = (Button::new(small("Cancel".to_owned())).small(), small(format!("Exporting: {doing}…")));
        if ui.add(stop).on_hover_text("Stop the export; nothing is written").clicked() {
            actions.push(Action::StopExport);
        }
        ui.add(Label::new(words).truncate());
        true
    }

    /// The job broke; there is nothing to wait for any more.
    pub(super) fn broke(&mut self) {
        self.running = None;
    }
}

impl Planner {
    /// Asks what to export and where to.
    pub(super) fn ask_what_to_export(&mut self) {
        self.ask_about_export(None);
    }

    fn ask_about_export(&mut self, shown: Option<Chart>) {
        if self.exports.running.is_some() {
            self.view.message =
                Some(Message::refusal("One export at a time: wait for the one under way, or cancel it"));
            return;
        }
        let name = PathBuf::from(self.suggested_name());
        let stem = name.file_stem().map_or_else(|| "plan".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let beside = self.document.path().and_then(|path| path.parent()).map(PathBuf::from);
        let folder = beside.or_else(|| etcetera::home_dir().ok()).unwrap_or_default();
        self.exports.choice = Some(Choice::new(folder, stem, shown));
    }

    /// Copies or saves a chart as it is shown.
    pub(super) fn take_chart(&mut self, ctx: &egui::Context, at: usize, take: Take) {
        let chart = self.document.figures().charts[at].clone();
        match take {
            Take::Save => self.ask_about_export(Some(chart)),
            Take::Picture => self.background.draw(self.document.scenario().clone(), chart),
            Take::Table => {
                ctx.copy_text(tab_separated(&chart.table));
                self.view.message = Some(Message::done(format!("Copied the table of “{}”", chart.name)));
            }
        }
    }

    pub(super) fn hear_of_picture(
        &mut self,
        ctx: &egui::Context,
        name: &'static str,
        result: Result<ColorImage, ExportError>,
    ) {
        self.view.message = Some(match result {
            Ok(picture) => {
                ctx.copy_image(picture);
                Message::done(format!("Copied “{name}” as a picture"))
            }
            Err(error) => Message::refusal(format!("Not copied: {error}")),
        });
    }

    pub(super) fn hear_of_place_to_export_to(&mut self, picked: Picked) {
        if let Some(choice) = &mut self.exports.choice {
            choice.hear(picked);
        }
    }

    /// Shows what is asked, and does what was answered.
    pub(super) fn show_exports(&mut self, ctx: &egui::Context) {
        let Some(mut choice) = self.exports.choice.take() else { return };
        match choice.show(ctx) {
            Answer::None => {}
            Answer::Close => return,
            Answer::Choose => self.background.pick_to_export(PathBuf::from(choice.suggestion()), choice.is_folder()),
            Answer::Export { out, size, may_replace } => return self.start_export(ctx, choice, out, size, may_replace),
        }
        self.exports.choice = Some(choice);
    }

    fn start_export(&mut self, ctx: &egui::Context, choice: Choice, out: PathBuf, size: Size, may_replace: bool) {
        let scenario = self.document.scenario().clone();
        let known = Known {
            chance: self.document.figures().chance.clone().filter(|_| self.is_refined()),
            record: self.document.record().and_then(|found| found.as_ref().ok()).cloned(),
        };
        let asked = Asked { what: choice.what(), size, replications: Refinement::most(), seed: SEED, may_replace };
        let shown = choice.shown().cloned();
        let handle = Handle::default();
        self.background.export(handle.clone(), move |progress| match shown {
            Some(chart) => export::export_chart(&scenario, &chart, &out, size, may_replace, progress),
            None => export::export(&scenario, known, &out, &asked, progress),
        });
        ctx.request_repaint_after(SILENT);
        self.exports.running = Some(Running { choice, began: Instant::now(), handle });
    }

    pub(super) fn stop_export(&self) {
        if let Some(running) = &self.exports.running {
            running.handle.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Says where an export went; one that failed is asked about again.
    pub(super) fn hear_of_export(&mut self, result: Result<Vec<PathBuf>, ExportError>) {
        let Some(Running { mut choice, .. }) = self.exports.running.take() else { return };
        match result {
            Ok(written) => {
                let words = match written.as_slice() {
                    [one] => format!("Exported {}", one.display()),
                    many => {
                        let folder = many.first().and_then(|path| path.parent()).map(|path| path.display().to_string());
                        format!("Exported {} files to {}", many.len(), folder.unwrap_or_default())
                    }
                };
                self.view.message = Some(Message::done(words));
            }
            Err(ExportError::CalledOff) => {
                self.view.message = Some(Message::done("Export cancelled; nothing was written"));
            }
            Err(ExportError::Taken(paths)) => {
                choice.ask_about(paths);
                self.exports.choice = Some(choice);
            }
            Err(error) => {
                choice.refused(&error);
                self.exports.choice = Some(choice);
            }
        }
    }
}

/// A picture's pixels as the clipboard takes them.
pub(super) fn as_image(pixels: &Pixels) -> ColorImage {
    let Pixels { size, rgba } = pixels;
    ColorImage::from_rgba_premultiplied([size.width, size.height].map(|side| side as usize), rgba)
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::*;
    use crate::app::Settings;
    use crate::app::background::EXPORTING;

    fn window() -> Harness<'static, Planner> {
        let mut window = Harness::builder().with_size([1280.0, 720.0]).with_max_steps(24).build_eframe(|creation| {
            Planner::new(&creation.egui_ctx, None, Settings::default()).expect("the plan is sound")
        });
        window.run_ok();
        window
    }

    fn wait_for(window: &mut Harness<'_, Planner>, words: &str) {
        let began = Instant::now();
        while window.query_by_label_contains(words).is_none() {
            assert!(began.elapsed().as_secs() < 20, "never seen: {words}");
            std::thread::sleep(Duration::from_millis(5));
            window.step();
        }
    }

    /// As if something had been chosen and were being worked on.
    fn running(window: &mut Harness<'_, Planner>) -> Handle {
        let planner = window.state_mut();
        planner.ask_what_to_export();
        let choice = planner.exports.choice.take().expect("asked");
        let handle = Handle::default();
        planner.exports.running = Some(Running { choice, began: Instant::now(), handle: handle.clone() });
        handle
    }

    #[test]
    fn an_export_that_takes_over_a_second_says_how_far_it_is_and_can_be_cancelled() {
        let mut window = window();
        let handle = running(&mut window);
        window.state_mut().background.export(handle, |progress| {
            while progress("making trajectory.png") {
                std::thread::sleep(Duration::from_millis(2));
            }
            Err(ExportError::CalledOff)
        });
        window.step();
        assert!(window.query_by_label_contains("Exporting:").is_none(), "what is quick is done in silence");
        window.state_mut().ask_what_to_export();
        window.step();
        assert!(window.query_by_label_contains("One export at a time").is_some());
        wait_for(&mut window, "Exporting: making trajectory.png");
        window.get_by_label("Cancel").click();
        wait_for(&mut window, "Export cancelled; nothing was written");
    }

    #[test]
    fn an_export_that_breaks_leaves_the_window_and_the_next_one_can_be_asked_for() {
        let mut window = window();
        running(&mut window);
        window.state_mut().background.start(EXPORTING, || panic!("on purpose"));
        wait_for(&mut window, "Something went wrong while exporting");
        window.state_mut().ask_what_to_export();
        assert!(window.state().exports.is_asking());
    }
}
