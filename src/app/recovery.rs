//! Recovery in the window: each change goes to the journal, and what a crash left behind is offered at the next start.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use eframe::egui::{self, Id, Label, RichText, ScrollArea, Ui, vec2};

use super::announce::name_part;
use super::command::Command;
use super::dialogs::{self, Dialog};
use super::document::Document;
use super::theme::{self, bold, palette};
use super::trouble::Trouble;
use super::view::{Action, Message};
use super::{Planner, disk};
use crate::file::journal::{Ended, FileNow, Found, Recorder, Report};
use crate::file::plainly;
use crate::scenario::compare::{Comparison, compare};

const NO_HOME: &str = "the system names no folder for it";
/// More differences than anybody reads before choosing.
const MOST_SHOWN: usize = 200;

/// The journal of the open plan, and what was left behind by others.
#[derive(Default)]
pub(super) struct Recovery {
    folder: Option<PathBuf>,
    recorder: Option<Recorder>,
    /// The number of the document that the recorder was told of.
    document: Option<u64>,
    /// What can be recovered, the newest first; the first is being offered.
    offers: Vec<Offer>,
    /// Somebody asked for what was put off: that there is nothing is then to be said.
    asked: bool,
    /// Discarding was asked for, and is asked about.
    discarding: bool,
    /// Why changes are not being kept, while they are not.
    off: Option<String>,
}

/// A plan that can be recovered, and how it differs from its file.
pub(super) struct Offer {
    found: Found,
    comparison: Comparison,
}

impl Offer {
    /// Compares what was found with what lies on disk; slow, so not on the window's thread.
    pub(super) fn of(found: Found) -> Self {
        let on_disk = match &found.file_now {
            FileNow::Other(opened) => &opened.scenario,
            _ => &found.recovered.saved.scenario,
        };
        let comparison = compare(on_disk, &found.recovered.scenario);
        Self { found, comparison }
    }

    /// What is offered, from when, and what to know before choosing.
    fn words(&self, now: SystemTime) -> Vec<String> {
        let recovered = &self.found.recovered;
        let changes = match recovered.changes {
            1 => "one change that was".to_owned(),
            more => format!("{more} changes that were"),
        };
        let when = ago(recovered.last_change, now);
        let mut lines = vec![format!("“{}” has {changes} not saved, made {when}.", recovered.scenario.title)];
        lines.extend(recovered.path.as_ref().map(|path| format!("Its file is {}.", path.display())));
        match &self.found.file_now {
            FileNow::Other(_) => lines.push(
                "▲ The file was changed by somebody since. Below is how the recovered plan differs from it as it is now. \
                 Restoring writes nothing: look before you save."
                    .to_owned(),
            ),
            FileNow::Unreadable(error) => lines.push(format!("▲ {error}")),
            FileNow::Nowhere => lines.push("It was never saved to a file.".to_owned()),
            FileNow::AsSaved => {}
        }
        match recovered.ended {
            Ended::Whole => {}
            Ended::Torn => lines.push("The change that was being made at that moment may be missing.".to_owned()),
            Ended::Damaged { .. } => {
                lines.push("▲ The record is damaged after these changes; later ones are lost.".to_owned());
            }
        }
        lines
    }
}

/// How long ago, in words; a clock that was put back is not trusted.
fn ago(seconds: u64, now: SystemTime) -> String {
    let now = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let count = |number: u64, one: &str| match number {
        1 => format!("one {one} ago"),
        more => format!("{more} {one}s ago"),
    };
    match now.checked_sub(seconds) {
        None => "at a time that this clock has yet to reach".to_owned(),
        Some(0..90) => "a moment ago".to_owned(),
        Some(past @ 90..5_400) => count((past + 30) / 60, "minute"),
        Some(past @ 5_400..129_600) => count((past + 1_800) / 3_600, "hour"),
        Some(past) => count((past + 43_200) / 86_400, "day"),
    }
}

/// What a person chose.
enum Choice {
    None,
    Restore,
    Discard,
    Later,
}

impl Planner {
    /// Records changes in `folder`, and offers what was left behind there. Nowhere: recovery is off, and is said to be.
    #[must_use]
    pub fn with_recovery(mut self, ctx: &egui::Context, folder: Option<PathBuf>) -> Self {
        let waker = ctx.clone();
        self.recovery.folder = folder;
        let Some(folder) = self.recovery.folder.clone() else {
            self.recovery.off = Some(NO_HOME.to_owned());
            return self;
        };
        match Recorder::start(folder.clone(), move || waker.request_repaint()) {
            Ok(recorder) => self.recovery.recorder = Some(recorder),
            Err(error) => self.recovery.off = Some(plainly(&error)),
        }
        self.background.find_recovered(folder, self.document.path().map(Path::to_owned));
        self
    }

    /// Says, for as long as it is so, that changes are not kept.
    pub(super) fn show_recovery_bar(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        if let Some(why) = &self.recovery.off {
            let words = format!("Changes are not kept for recovery: {why}. Save often.");
            disk::bar(ui, "recovery is off", &words, &[Command::Save], actions);
        }
    }

    /// Looks for what was left behind of the file that was just opened.
    pub(super) fn look_for_recovered(&self, path: &Path) {
        if let Some(folder) = self.recovery.folder.clone() {
            self.background.find_recovered(folder, Some(path.to_owned()));
        }
    }

    /// Hands over what was done in this frame, and says if it can't be recorded.
    pub(super) fn mind_the_journal(&mut self) {
        let moves = self.document.take_moves();
        let Some(recorder) = &self.recovery.recorder else { return };
        if self.recovery.document != Some(self.document_number) {
            self.recovery.document = Some(self.document_number);
            recorder.opened(self.document.path(), self.document.saved_text().to_owned());
        }
        if !moves.is_empty() {
            recorder.made(moves, self.document.before_drag().clone());
        }
        match recorder.report() {
            Some(Report::Off(why)) => self.recovery.off = Some(why),
            Some(Report::On) => {
                self.recovery.off = None;
                self.view.message = Some(Message::done("Changes are kept for recovery again"));
            }
            None => {}
        }
    }

    /// The open plan lies on disk now.
    pub(super) fn journal_saved(&self, path: &Path, text: &str) {
        if let Some(recorder) = &self.recovery.recorder {
            recorder.saved(path, text.to_owned());
        }
    }

    /// The window closes with nothing left to lose.
    pub(super) fn end_the_journal(&mut self) {
        self.recovery.offers.clear(); // kept for the next start
        if let Some(recorder) = self.recovery.recorder.take() {
            recorder.closed();
            recorder.finish();
        }
    }

    /// Offers again whatever was left behind, what was put off before included.
    pub(super) fn show_recovered(&mut self) {
        match self.recovery.folder.clone() {
            Some(folder) => {
                self.recovery.asked = true;
                self.background.find_recovered(folder, None);
            }
            None => self.view.message = Some(Message::done(format!("There is no unsaved work to recover: {NO_HOME}"))),
        }
    }

    pub(super) fn hear_of_recovered(&mut self, offers: Vec<Offer>, unreadable: &[PathBuf]) {
        if !unreadable.is_empty() {
            let lines = unreadable.iter().map(|kept| kept.display().to_string()).collect();
            self.dialog.get_or_insert(Dialog::Error { trouble: Trouble::NotRecovered, lines });
        }
        if std::mem::take(&mut self.recovery.asked) && offers.is_empty() {
            self.view.message = Some(Message::done("There is no unsaved work to recover"));
        }
        self.recovery.offers.extend(offers);
    }

    /// Whether an offer stands before the window: never over another question, nor over what a room is being shown.
    pub(super) fn is_recovery_asking(&self) -> bool {
        !self.recovery.offers.is_empty()
            && self.dialog.is_none()
            && self.conflict.is_none()
            && self.presentation.is_none()
    }

    /// The newest plan that can be recovered, before everything else but a question already asked.
    pub(super) fn show_recovery(&mut self, ctx: &egui::Context) {
        let is_asking = self.is_recovery_asking();
        let Some(offer) = self.recovery.offers.first().filter(|_| is_asking) else { return };
        let discarding = &mut self.recovery.discarding;
        let modal = egui::Modal::new(Id::unique("recovery")).frame(dialogs::frame(ctx)).show(ctx, |ui| {
            ui.set_width(560.0);
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            if *discarding { ask_once_more(ui, discarding) } else { show_offer(ui, offer, discarding) }
        });
        let choice = if modal.should_close() { Choice::Later } else { modal.inner };
        if matches!(choice, Choice::None) {
            return;
        }
        *discarding = false;
        let offer = self.recovery.offers.remove(0);
        let done = match choice {
            Choice::Discard => offer.found.discard(),
            Choice::Later => offer.found.put_off(SystemTime::now()),
            _ => {
                self.restore(offer.found);
                Ok(())
            }
        };
        if done.is_err() {
            self.view.message = Some(Message::refusal("The recovery folder can't be written to; it is as it was"));
        }
        ctx.request_repaint();
    }

    /// Opens what was recovered, its changes unsaved and its steps with it.
    fn restore(&mut self, found: Found) {
        if self.document.is_changed() {
            self.view.message = Some(Message::refusal(
                "Save what is open first; then File › Recovered work… offers the recovered changes again",
            ));
            return;
        }
        match Document::recovered(&found.recovered) {
            Ok(document) => {
                self.show_document(document);
                self.recovery.document = Some(self.document_number);
                if let Some(recorder) = &self.recovery.recorder {
                    recorder.restored(found);
                }
                self.view.message = Some(Message::done("Restored; nothing is written until you save"));
            }
            Err(error) => self.view.message = Some(Message::refusal(error.to_string())),
        }
    }
}

fn show_offer(ui: &mut Ui, offer: &Offer, discarding: &mut bool) -> Choice {
    name_part(ui, "Recover unsaved changes?");
    ui.label(RichText::new("Recover unsaved changes?").font(bold(theme::TITLE)));
    for line in offer.words(SystemTime::now()) {
        ui.add(Label::new(line).wrap());
    }
    ui.label(RichText::new("Compared with the file").font(bold(theme::BODY)));
    ScrollArea::vertical().max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
        for difference in offer.comparison.differences.iter().take(MOST_SHOWN) {
            ui.add(Label::new(&difference.words).wrap().selectable(true));
        }
        if let Some(more) = offer.comparison.differences.len().checked_sub(MOST_SHOWN + 1) {
            ui.label(RichText::new(format!("and {} more", more + 1)).color(palette(ui).quiet));
        }
    });
    ui.horizontal(|ui| {
        let restore = ui.button("Restore");
        if ui.memory(|memory| memory.focused().is_none()) {
            restore.request_focus();
        }
        let discard = ui.button("Discard…").clicked();
        let later = ui
            .button("Later")
            .on_hover_text("Offered again at the next start, and in the File menu, for thirty days")
            .clicked();
        *discarding = discard;
        match (restore.clicked(), later) {
            (true, _) => Choice::Restore,
            (_, true) => Choice::Later,
            _ => Choice::None,
        }
    })
    .inner
}

fn ask_once_more(ui: &mut Ui, discarding: &mut bool) -> Choice {
    name_part(ui, "Discard these changes for good?");
    ui.label(RichText::new("Discard these changes for good?").font(bold(theme::TITLE)));
    ui.horizontal(|ui| {
        let discard = ui.button("Discard for good").clicked();
        if ui.button("Go back").clicked() {
            *discarding = false;
        }
        if discard { Choice::Discard } else { Choice::None }
    })
    .inner
}
