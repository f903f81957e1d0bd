//! What lies on disk in the open document's place: looked at now and then by a thread of its own, as a share may be slow,
//! and told in a bar of the window when it is not what was opened or saved.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use eframe::egui::{self, Align, Button, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use super::announce::name_part;
use super::background::MayReplace;
use super::command::Command;
use super::document::Document;
use super::theme::{self, palette, regular};
use super::view::Action;
use crate::file::{OnDisk, Sighting, Watch};

/// How long after one look the next one comes. A look at a file that nobody changed asks for its date and size.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// What is known of the document's file.
#[derive(Default)]
pub(super) struct Disk {
    looking: Option<Looking>,
    found: State,
    guarded: Option<&'static str>,
    /// The save under way. What is seen on disk meanwhile may be its own work.
    pub saving: Option<Saving>,
}

/// A save under way.
#[derive(Default)]
pub(super) struct Saving {
    /// What is to be saved after it, and over what.
    pub next: Option<(PathBuf, MayReplace)>,
}

/// How what lies on disk stands to what was opened or saved.
#[derive(Default)]
enum State {
    #[default]
    AsKnown,
    Changed(Vec<u8>),
    Gone,
    Unreadable(String),
}

/// A thread that looks at a file until this is dropped.
struct Looking {
    path: PathBuf,
    sightings: Receiver<Sighting>,
    /// Never sent on: that it is gone ends the thread.
    _until: Sender<()>,
}

impl Looking {
    fn at(path: &Path, waker: egui::Context) -> Self {
        let (tell, sightings) = channel();
        let (until, dropped) = channel::<()>();
        let mut watch = Watch::new(path.to_owned());
        let look = move || {
            loop {
                if let Some(sighting) = watch.look() {
                    if tell.send(sighting).is_err() {
                        return;
                    }
                    waker.request_repaint();
                }
                if dropped.recv_timeout(BETWEEN_LOOKS) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        // Without the thread nothing is noticed while the document is open; a save still looks for itself.
        let _ = std::thread::Builder::new().name("looking at the file".to_owned()).spawn(look);
        Self { path: path.to_owned(), sightings, _until: until }
    }
}

impl Disk {
    /// Hears what was seen, and sees to it that the document's file is the one looked at.
    pub(super) fn look(&mut self, ctx: &egui::Context, document: &Document) {
        let looked_at = self.looking.as_ref().map(|looking| looking.path.as_path());
        if looked_at != document.path() {
            self.forget();
            self.guarded = None;
            self.looking = document.path().map(|path| Looking::at(path, ctx.clone()));
        }
        if self.saving.is_some() {
            return;
        }
        while let Some(sighting) = self.looking.as_ref().and_then(|looking| looking.sightings.try_recv().ok()) {
            self.guarded = sighting.guarded;
            self.found = match sighting.found {
                OnDisk::Bytes(bytes) if bytes == document.saved_text().as_bytes() => State::AsKnown,
                OnDisk::Bytes(bytes) => State::Changed(bytes),
                OnDisk::Gone => State::Gone,
                OnDisk::Unreadable(why) => State::Unreadable(why),
            };
        }
    }

    /// Forgets what was seen before a save, and looks afresh.
    pub(super) fn forget(&mut self) {
        self.looking = None;
        self.found = State::AsKnown;
    }

    /// Why a save to the document's file would be refused, as far as can be told.
    pub(super) fn guarded(&self) -> Option<&'static str> {
        self.guarded
    }

    /// What the file was changed to, if it was.
    pub(super) fn changed_to(&self) -> Option<&[u8]> {
        match &self.found {
            State::Changed(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The bar that says what is not as it was; nothing where all is well.
    pub(super) fn show(&self, ui: &mut Ui, document: &Document, actions: &mut Vec<Action>) {
        let Some(name) = document.path().map(file_name) else { return };
        let (words, commands): (String, &[Command]) = match &self.found {
            State::AsKnown => return,
            State::Changed(_) if document.is_changed() => (
                format!("Someone else changed {name} on disk. Your changes are here, unsaved."),
                &[Command::CompareWithDisk],
            ),
            State::Changed(_) => (
                format!("Someone else changed {name} on disk. You see the version before."),
                &[Command::TakeFromDisk, Command::CompareWithDisk],
            ),
            State::Gone => (
                format!(
                    "{name} is not there any more: moved, deleted, or its share is not connected. The plan is kept here."
                ),
                &[Command::SaveAs],
            ),
            State::Unreadable(why) => {
                (format!("{name} can’t be read any more: {why}. The plan is kept here."), &[Command::SaveAs])
            }
        };
        bar(ui, "disk", &words, commands, actions);
    }
}

/// A bar under the menus that says what is not as usual, with what can be done about it.
pub(super) fn bar(ui: &mut Ui, id: &'static str, words: &str, commands: &[Command], actions: &mut Vec<Action>) {
    let palette = palette(ui);
    let frame = Frame::new().fill(palette.card).inner_margin(Margin::symmetric(12, 3));
    Panel::top(id).frame(frame).show(ui, |ui| {
        name_part(ui, "What is not as usual");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for command in commands.iter().rev() {
                if ui.add(Button::new(command.label())).clicked() {
                    actions.push(Action::Run(*command));
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = RichText::new(format!("■ {words}")).font(regular(theme::BODY)).color(palette.warning);
                ui.add(Label::new(text).truncate()).on_hover_text(words);
            });
        });
    });
}

/// A file's name without its folder, for people.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
