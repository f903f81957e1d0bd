//! Carrying out what views ask for, and what follows from reports, keys, dropped files and closing.

use std::path::PathBuf;

use eframe::egui::{self, Key, Theme, ViewportCommand};

use super::background::{Done, EXPORTING, MayReplace, Picked, SAVING};
use super::begin::Begin;
use super::command::Command;
use super::conflict::By;
use super::dialogs::{self, Answer, Dialog, Then};
use super::document::Document;
use super::import::Import;
use super::newer::{self, NewerFile};
use super::record::has_same_record;
use super::start::Start;
use super::trouble::Trouble;
use super::view::{Action, Message, Selection, View};
use super::words::Words;
use super::{Planner, could_not_open, text_box};
use crate::bundled::{BLANK, Bundled};
use crate::file::Opened;
use crate::forecast::calibration::Unsolved;
use crate::money::MoneyError;
use crate::scenario::edit::move_scheme;
use crate::scenario::{Edit, Refusal, Scenario};

impl Planner {
    pub(super) fn hear_reports(&mut self, ctx: &egui::Context) {
        while let Some(done) = self.background.report() {
            match done {
                // The plan may have changed while the file was read.
                Done::Opened { path, result: Ok(_) } if self.has_something_to_lose() => {
                    self.dialog = Some(Dialog::Unsaved(Then::Open(path)));
                }
                Done::Opened { path, result: Ok(opened) } => self.replace(*opened, Some(path)),
                Done::OpenedNewer(found) => self.dialog = Some(NewerFile::dialog(found)),
                Done::Opened { result: Err(error), .. } => {
                    self.stay();
                    self.dialog = Some(could_not_open(error.lines()));
                }
                Done::Saved { document, path, text, scenario, result } => {
                    self.hear_of_save(document, path, text, *scenario, result);
                    self.go_on_saving();
                }
                Done::WouldReplace(path) => {
                    self.dialog = Some(Dialog::Replace(path));
                    self.go_on_saving();
                }
                Done::OpenedPrevious { result: Ok(_), .. } if self.has_something_to_lose() => {
                    self.dialog = Some(Dialog::Unsaved(Then::OpenPrevious));
                }
                Done::OpenedPrevious { of, result } => self.hear_of_previous(of, result),
                Done::Conflict(conflict) => self.hear_of_conflict(*conflict),
                Done::PickedToOpen(Picked::Path(path)) => self.ask_then(Then::Open(path)),
                // The system's own dialog has asked about a file that is there.
                Done::PickedToSave(Picked::Path(path)) => self.save_as(path, MayReplace::Anything),
                Done::PickedToOpen(Picked::NoDialog) => {
                    self.dialog = Some(Dialog::OpenTyped { text: String::new(), why: dialogs::NO_DIALOG });
                }
                Done::PickedToSave(Picked::NoDialog) => {
                    self.dialog = Some(Dialog::SaveTyped { text: self.suggested_path(), why: dialogs::NO_DIALOG });
                }
                Done::PickedToOpen(Picked::Cancelled) | Done::PickedToSave(Picked::Cancelled) => self.stay(),
                Done::PickedToCompare(Picked::Path(path)) => {
                    self.background.compare_with(path, self.document.scenario().clone());
                }
                Done::PickedToCompare(Picked::NoDialog) => {
                    self.dialog = Some(Dialog::CompareTyped { text: String::new(), why: dialogs::NO_DIALOG });
                }
                Done::Compared(Ok(compared)) => self.dialog = Some(Dialog::Compared(compared)),
                Done::Compared(Err(lines)) => {
                    self.dialog = Some(Dialog::Error { trouble: Trouble::NotCompared, lines });
                }
                Done::Calibrated { document, of, result } if document == self.document_number => {
                    self.hear_of_calibration(&of, result);
                }
                Done::PickedToCompare(Picked::Cancelled) | Done::Calibrated { .. } => {}
                Done::PickedToExport(picked) => self.hear_of_place_to_export_to(picked),
                Done::Exported(result) => self.hear_of_export(result),
                Done::Drawn { name, result } => self.hear_of_picture(ctx, name, result),
                Done::Begun(report) => self.hear_of_beginning(report),
                Done::Imported(report) => self.hear_of_import(report),
                Done::Recovered(offers, unreadable) => self.hear_of_recovered(offers, &unreadable),
                Done::Broke(job) => {
                    self.after_save = None;
                    if let Some(begin) = &mut self.begin {
                        begin.stop();
                    }
                    if let Some(import) = &mut self.import {
                        import.stop();
                    }
                    if job == SAVING {
                        self.disk.saving = None;
                    }
                    if job == EXPORTING {
                        self.exports.broke();
                    }
                    let lines = vec![format!("Something went wrong while {job}.")];
                    self.dialog = Some(Dialog::Error { trouble: Trouble::Broke, lines });
                }
            }
        }
    }

    fn replace(&mut self, opened: Opened, path: Option<PathBuf>) {
        self.show_opened(Document::new(opened, path));
    }

    pub(super) fn show_opened(&mut self, document: Result<Document, MoneyError>) {
        match document {
            Ok(document) => {
                self.show_document(document);
                if let Some(path) = self.document.path() {
                    self.look_for_recovered(path);
                    self.view.message = Some(Message::done(format!("Opened {}", path.display())));
                }
            }
            Err(error) => {
                self.dialog = Some(could_not_open(vec![error.to_string()]));
            }
        }
    }

    /// Puts another document in the place of the one that is open.
    pub(super) fn show_document(&mut self, document: Document) {
        self.document = document;
        self.document_number += 1;
        self.refinement = None;
        self.search = None;
        self.presentation = None;
        self.given_up = None;
        self.view = View { years: self.first_years(), chart: self.view.chart, ..View::default() };
        self.dragged = None;
        self.conflict = None;
        self.disk.forget();
        if let Some(path) = self.document.path() {
            self.settings.remember(path);
        }
    }

    fn hear_of_calibration(&mut self, of: &Scenario, result: Result<Edit, Vec<Unsolved>>) {
        match result {
            Ok(_) if !has_same_record(of, self.document.scenario()) => {
                let words = "The history or a pathway was changed meanwhile; calibrate once more";
                self.view.message = Some(Message::refusal(words));
            }
            Ok(edit) => {
                self.tell(|document| document.apply(edit));
                self.view.message.get_or_insert_with(|| {
                    Message::done("Levels, places and volatility are what the history gives; Ctrl+Z takes it back")
                });
            }
            Err(unsolved) => {
                let lines = unsolved.iter().map(ToString::to_string).collect();
                self.dialog = Some(Dialog::Error { trouble: Trouble::NotCalibrated, lines });
            }
        }
    }

    /// Whether there are changes that are neither saved nor given up.
    fn has_something_to_lose(&self) -> bool {
        self.document.is_changed() && self.given_up.as_ref() != Some(self.document.scenario())
    }

    /// The plan stays after all: what was to follow does not, and what was given up for it is worth keeping again.
    pub(super) fn stay(&mut self) {
        (self.after_save, self.given_up) = (None, None);
    }

    /// Goes on with `then`, asking about unsaved changes first.
    pub(super) fn ask_then(&mut self, then: Then) {
        if self.has_something_to_lose() {
            self.dialog = Some(Dialog::Unsaved(then));
        } else {
            self.go_on(then);
        }
    }

    fn go_on(&mut self, then: Then) {
        match then {
            Then::Pick => self.background.pick_to_open(),
            Then::TypePath => self.dialog = Some(Dialog::OpenTyped { text: String::new(), why: "" }),
            Then::Open(path) => self.background.open(path),
            Then::OpenPrevious => self.open_previous(),
            Then::NewFromPublished => self.begin = Some(Begin::default()),
            Then::OpenBundled(bundled) => self.open_bundled(bundled),
            Then::Quit => self.may_quit = true,
        }
    }

    fn open_bundled(&mut self, bundled: Bundled) {
        match bundled.open() {
            Ok(opened) => self.replace(opened, None),
            Err(error) => self.dialog = Some(could_not_open(error.lines())),
        }
    }

    pub(super) fn run_command(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::New => self.ask_then(Then::OpenBundled(BLANK)),
            Command::NewFromPublished => self.ask_then(Then::NewFromPublished),
            Command::Open => self.ask_then(Then::Pick),
            Command::OpenTyped => self.ask_then(Then::TypePath),
            Command::Save => self.save(),
            // It says first what such a file would lack.
            Command::SaveAs if self.document.newer().is_some() => self.save(),
            Command::SaveAs => self.background.pick_to_save(self.suggested_name()),
            Command::SaveTyped => {
                let why = if self.document.newer().is_some() { newer::COPY } else { "" };
                self.dialog = Some(Dialog::SaveTyped { text: self.suggested_path(), why });
            }
            Command::Compare => self.background.pick_to_compare(),
            Command::CompareTyped => self.dialog = Some(Dialog::CompareTyped { text: String::new(), why: "" }),
            Command::CompareSaved => {
                self.background.compare_saved(self.document.saved().clone(), self.document.scenario().clone());
            }
            Command::Export => self.ask_what_to_export(),
            Command::OpenPrevious => self.ask_then(Then::OpenPrevious),
            Command::CompareWithDisk => self.face_the_disk(By::Look),
            Command::TakeFromDisk => self.face_the_disk(By::Take),
            Command::Quit => self.ask_then(Then::Quit),
            Command::Undo => self.tell(Document::undo),
            Command::Redo => self.tell(Document::redo),
            Command::Find => self.find(),
            Command::ImportTemplate => self.import = Some(Import::default()),
            Command::Calibrate => {
                self.background.calibrate(self.document_number, self.document.scenario().clone());
            }
            Command::ShowHistory => {
                let open = self.view.selection == Selection::History && self.view.inspecting;
                self.view.selection = if open { Selection::Plan } else { Selection::History };
                self.view.inspecting = !open;
                self.view.history_at = None;
            }
            Command::ShowPlan => {
                self.view.selection = Selection::Plan;
                self.view.inspecting = true;
            }
            Command::MoveUp => self.move_selected(true),
            Command::MoveDown => self.move_selected(false),
            Command::ShowRecovered => self.show_recovered(),
            Command::Present => self.present(ctx),
            Command::ToggleDark => {
                let dark = !self.settings.dark;
                self.settings.set_dark(dark);
                ctx.set_theme(if dark { Theme::Dark } else { Theme::Light });
            }
            Command::ZoomIn => egui::gui_zoom::zoom_in(ctx),
            Command::ZoomOut => egui::gui_zoom::zoom_out(ctx),
            Command::ZoomReset => ctx.set_zoom_factor(1.0),
            Command::ShowWords => self.show_words(ctx),
            Command::ShowStart => self.start = Some(Start),
            Command::ShowAbout => self.dialog = Some(Dialog::About),
        }
    }

    /// Moves the selected scheme past its neighbour, or into the next area.
    fn move_selected(&mut self, up: bool) {
        if self.presentation.is_some() {
            return; // nothing moves before the room that it can't see
        }
        let Selection::Scheme(id) = &self.view.selection else {
            return self.view.message = Some(Message::refusal("Choose the scheme first that is to be moved"));
        };
        if let Some(edit) = move_scheme(self.document.scenario(), id, up) {
            self.tell(|document| document.apply(edit));
            self.view.reveal = true;
        } else {
            let end = if up { "first" } else { "last" };
            self.view.message = Some(Message::refusal(format!("It is the {end} scheme of all already")));
        }
    }

    /// Does something to the document and says why if it was refused.
    pub(super) fn tell(&mut self, doing: impl FnOnce(&mut Document) -> Result<(), Refusal>) {
        self.view.message = doing(&mut self.document).err().map(|refusal| Message::refusal(refusal.to_string()));
    }

    /// Carries an action out. Tells whether anything may look different for it: a slider that is held still asks in
    /// every frame and changes nothing.
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, action: Action) -> bool {
        match action {
            Action::Do(edit) => self.tell(|document| document.apply(edit)),
            Action::Begin(edit, name) => {
                self.tell(|document| document.apply(edit));
                if self.view.message.is_none() {
                    text_box::type_next(ctx, &name);
                    self.view.reveal = true;
                }
            }
            Action::Tell(edit, words) => {
                self.tell(|document| document.apply(edit));
                self.view.message.get_or_insert_with(|| Message::done(words));
            }
            Action::Drag(edit) if !self.drag_cancelled => {
                let dragged = self.document.drag(&edit);
                self.dragged = Some(edit);
                match dragged {
                    Ok(changed) => return changed,
                    Err(refusal) => self.view.message = Some(Message::refusal(refusal.to_string())),
                }
            }
            Action::Drop(edit) if !self.drag_cancelled => {
                self.dragged = None;
                self.tell(|document| document.drop_drag(edit));
            }
            Action::Drag(_) | Action::Drop(_) => {}
            Action::Select(selection) => {
                self.view.selection = selection;
                self.view.inspecting = true;
            }
            // The history stays while the hand works: that is what it is watched for.
            Action::Follow(_) if self.view.selection == Selection::History => {}
            Action::Follow(selection) => self.view.selection = selection,
            Action::GoTo(standing) => self.tell(|document| document.go_to(standing)),
            Action::PutAway => self.view.inspecting = false,
            Action::ShowChart(chart) => (self.view.chart, self.view.around) = (chart, None),
            Action::ShowAround(part) => self.view.around = part,
            Action::ShowYears(years) => self.view.years = years,
            Action::ShowDelays(delays) => {
                self.view.around = None;
                self.document.show_delays(delays);
            }
            Action::Table(table) => self.view.table = table,
            Action::TakeChart(at, take) => self.take_chart(ctx, at, take),
            Action::StopExport => self.stop_export(),
            Action::StopPresenting => {
                self.presentation = None;
                self.view.message = None;
            }
            Action::Run(command) => self.run_command(ctx, command),
            Action::OpenRecent(path) => self.ask_then(Then::Open(path)),
            Action::OpenBundled(bundled) => self.ask_then(Then::OpenBundled(bundled)),
            Action::Explain(word) => self.words = Some(Words::at(word)),
            Action::Say(message) => self.view.message = Some(message),
        }
        true
    }

    /// Esc puts a drag back. Asked before the views are shown, as egui itself ends a drag on Esc, which would keep it.
    pub(super) fn mind_escape(&mut self, ctx: &egui::Context) {
        if self.document.is_dragging() && ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.document.cancel_drag();
            self.dragged = None;
            self.drag_cancelled = true;
            self.view.message = Some(Message::done("Put back as it was"));
        }
    }

    /// A drag whose end was missed is kept as it stands.
    pub(super) fn mind_the_drag(&mut self, ctx: &egui::Context) {
        let held = ctx.input(|input| input.pointer.any_down());
        if !held && !ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.drag_cancelled = false;
            if let Some(edit) = self.dragged.take().filter(|_| self.document.is_dragging()) {
                self.tell(|document| document.drop_drag(edit));
            }
        }
    }

    /// Lets the window close only when nothing is lost by it.
    pub(super) fn mind_the_close(&mut self, ctx: &egui::Context, closing: bool, refused: bool) {
        if self.may_quit {
            self.end_the_journal();
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if closing && (refused || self.document.is_changed()) {
            // What was given up for another plan was not given up for good.
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Unsaved(Then::Quit));
        } else if closing && self.disk.saving.is_some() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.after_save = Some(Then::Quit);
        } else if closing {
            self.end_the_journal();
        }
    }

    pub(super) fn mind_dropped_files(&mut self, ctx: &egui::Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if self.begin.is_some() {
            self.read_workbooks(dropped);
        } else if let Some(path) = dropped.into_iter().next() {
            if self.import.is_some() {
                return self.read_table(path);
            }
            self.ask_then(Then::Open(path));
        }
    }

    pub(super) fn show_dialog(&mut self, ctx: &egui::Context) {
        let Some(mut dialog) = self.dialog.take() else { return };
        match dialogs::show(ctx, &mut dialog, &self.document.scenario().title) {
            Answer::None => self.dialog = Some(dialog),
            Answer::Close => self.stay(),
            Answer::Save(then) => {
                self.after_save = Some(then);
                self.save();
            }
            Answer::Discard(then) => {
                self.given_up = Some(self.document.scenario().clone());
                self.go_on(then);
            }
            Answer::Open(path) => self.background.open(path),
            Answer::ShowNewer(file) if self.has_something_to_lose() => {
                self.dialog = Some(Dialog::Unsaved(Then::Open(file.path)));
            }
            Answer::ShowNewer(file) => self.show_newer(*file),
            Answer::Turn => {
                if let Dialog::Compared(of) = dialog {
                    self.background.compare(of.turned());
                }
            }
            Answer::CompareWith(path) => self.background.compare_with(path, self.document.scenario().clone()),
            Answer::SaveTo(path) => self.save_as(path, MayReplace::Nothing),
            Answer::Replace(path) => self.save_as(path, MayReplace::Anything),
            Answer::SaveAgain => self.save(),
            Answer::SaveAs => self.background.pick_to_save(self.suggested_name()),
            Answer::WriteAgain(path) => self.save_to(path, MayReplace::Nothing),
        }
    }
}
