//! Saving the document, one save at a time and never over what somebody else wrote; and what a save, or the file on
//! disk, has to say.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::background::MayReplace;
use super::conflict::{By, Choice, Conflict, Found};
use super::dialogs::Dialog;
use super::disk::{Saving, file_name};
use super::document::Document;
use super::trouble::Trouble;
use super::view::Message;
use super::{Planner, could_not_open};
use crate::file::{Opened, Previous, ReadError, SaveError};
use crate::scenario::{Edit, Scenario};

impl Planner {
    /// Saves over what is known to lie there.
    pub(super) fn save(&mut self) {
        if let Some(file) = self.document.newer() {
            self.dialog = Some(Dialog::NewerNotSaved(Box::new(file.clone())));
            return;
        }
        let known = self.document.saved_text().as_bytes().to_vec();
        match self.document.path() {
            Some(path) => self.save_to(path.to_owned(), MayReplace::Known(known)),
            None => self.background.pick_to_save(self.suggested_name()),
        }
    }

    /// Saves under another name, unless it is the document's own.
    pub(super) fn save_as(&mut self, path: PathBuf, may_replace: MayReplace) {
        if self.document.path() == Some(&path) {
            self.save();
        } else if let (MayReplace::Anything, Some(file)) = (&may_replace, self.document.newer()) {
            self.save_to(path, MayReplace::AnythingBut(file.path.clone()));
        } else {
            self.save_to(path, may_replace);
        }
    }

    /// Saves to a path. One save at a time: what is asked for during one is done after it.
    pub(super) fn save_to(&mut self, path: PathBuf, may_replace: MayReplace) {
        if let Some(saving) = &mut self.disk.saving {
            saving.next = Some((path, may_replace));
            return;
        }
        self.disk.saving = Some(Saving::default());
        self.document.cancel_drag();
        let (text, scenario) = (self.document.text(), self.document.scenario().clone());
        let keep_in = self.settings.previous_in().map(Path::to_owned);
        self.background.save(self.document_number, path, may_replace, keep_in, text, scenario);
    }

    /// Saves what was asked for while another save was under way.
    pub(super) fn go_on_saving(&mut self) {
        match self.disk.saving.take().and_then(|saving| saving.next) {
            Some((path, _)) if self.document.path() == Some(&path) => self.save(),
            Some((path, may_replace)) => self.save_to(path, may_replace),
            None => {}
        }
    }

    /// A file name made of the title: `oxfordshire-ibcf-july-2017-proposals.ron`.
    pub(super) fn suggested_name(&self) -> String {
        if let Some(name) = self.document.path().and_then(Path::file_name) {
            return name.to_string_lossy().into_owned();
        }
        if let Some(stem) = self.document.previous_of().and_then(Path::file_stem) {
            return format!("{}-previous.ron", stem.to_string_lossy());
        }
        if let Some(stem) = self.document.newer().and_then(|file| file.path.file_stem()) {
            return format!("{}-copy.ron", stem.to_string_lossy());
        }
        let title = self.document.scenario().title.to_lowercase();
        let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        format!("{}.ron", words.take(8).collect::<Vec<_>>().join("-"))
    }

    pub(super) fn suggested_path(&self) -> String {
        self.document.path().map_or_else(|| self.suggested_name(), |path| path.display().to_string())
    }

    pub(super) fn hear_of_save(
        &mut self,
        document: u64,
        path: PathBuf,
        text: String,
        scenario: Scenario,
        result: Result<Previous, SaveError>,
    ) {
        // Unconfirmed: the new text is in place, but the disk did not promise that it will stay. Should it not, the journal
        // still has what led to it.
        if let Ok(_) | Err(SaveError::Unconfirmed { .. }) = result {
            self.settings.remember(&path);
            let kept = match &result {
                Ok(Previous::NotKept(why)) => format!(" (the version before was not kept: {why})"),
                _ => String::new(),
            };
            let raised = if document == self.document_number { self.raised_format(&scenario) } else { String::new() };
            self.view.message = Some(Message::done(format!("Saved {}{raised}{kept}", path.display())));
            if document == self.document_number {
                if result.is_ok() {
                    self.journal_saved(&path, &text);
                }
                self.document.note_saved(path.clone(), text, scenario);
                self.disk.forget();
            }
        }
        match result {
            // What was changed since the save began is asked about again.
            Ok(_) => {
                if let Some(then) = self.after_save.take() {
                    self.ask_then(then);
                }
            }
            // What comes after the save waits for what is decided.
            Err(SaveError::Changed { found, .. }) if document == self.document_number => {
                self.face(Found { path, bytes: found, by: By::Save });
            }
            Err(SaveError::Gone { .. }) if document == self.document_number => {
                self.after_save = None;
                self.dialog = Some(Dialog::Gone(path));
            }
            Err(error) => {
                self.after_save = None;
                self.dialog = Some(Dialog::NotSaved(error.to_string()));
            }
        }
    }

    /// What to know of a file that older planners opened until this save.
    fn raised_format(&self, scenario: &Scenario) -> String {
        let before = self.document.saved().format;
        if scenario.format <= before {
            return String::new();
        }
        let (format, news) = (scenario.format, scenario.newer_than(before).join(" and "));
        format!(" (in format {format} from now on, for its {news}: planners before 0.{format} can’t open it)")
    }

    pub(super) fn open_previous(&mut self) {
        if let (Some(kept_in), Some(path)) = (self.settings.previous_in(), self.document.path()) {
            self.background.open_previous(kept_in.to_owned(), path.to_owned());
        } else {
            let lines = vec!["The system names no folder for what the planner keeps.".to_owned()];
            self.dialog = Some(Dialog::Error { trouble: Trouble::NothingKept, lines });
        }
    }

    pub(super) fn hear_of_previous(&mut self, of: PathBuf, result: Result<Box<Opened>, ReadError>) {
        let name = file_name(&of);
        match result {
            Ok(opened) => {
                self.show_opened(Document::new_previous(*opened, of));
                let words = format!("The version of {name} before its last save; it has no file until you save it");
                self.view.message = Some(Message::done(words));
            }
            Err(ReadError::NotFound { .. }) => {
                let line =
                    format!("A save on this machine keeps the version of {name} that it replaces; there was none.");
                self.dialog = Some(Dialog::Error { trouble: Trouble::NothingKept, lines: vec![line] });
            }
            Err(error) => self.dialog = Some(could_not_open(error.lines())),
        }
    }

    /// Shows both versions, or takes the one on disk where nothing of one's own is lost by it; it can be taken back.
    pub(super) fn face_the_disk(&mut self, by: By) {
        if let (Some(path), Some(bytes)) = (self.document.path(), self.disk.changed_to()) {
            self.face(Found { path: path.to_owned(), bytes: bytes.to_vec(), by });
        }
    }

    /// Shows what was found in the place of the document's file beside the document.
    fn face(&self, found: Found) {
        let mine = self.document.before_drag().clone();
        self.background.face(found, self.document.saved().clone(), mine);
    }

    pub(super) fn hear_of_conflict(&mut self, conflict: Conflict) {
        let is_of_this = self.document.path() == Some(&conflict.found.path);
        if is_of_this && conflict.mine == *self.document.before_drag() {
            self.document.cancel_drag();
            match (&conflict.theirs, conflict.found.by) {
                (Ok(_), By::Take) if !self.document.is_changed() => self.settle(conflict, Choice::TakeTheirs),
                // Why it can't be taken, or what of a newer planner's file can be looked at.
                (Err(_), By::Take) => self.background.open(conflict.found.path),
                _ => self.conflict = Some(conflict),
            }
        } else if is_of_this {
            self.face(conflict.found); // the plan went on meanwhile
        }
    }

    /// Shows the two versions of the document's file until a person has decided.
    pub(super) fn show_conflict(&mut self, ctx: &egui::Context) {
        let Some(mut conflict) = self.conflict.take() else { return };
        match conflict.show(ctx) {
            None => self.conflict = Some(conflict),
            Some(choice) => self.settle(conflict, choice),
        }
    }

    /// From here on, what lies on disk is known, so that a save goes over that version and no later one.
    fn settle(&mut self, conflict: Conflict, choice: Choice) {
        let decides = !matches!(choice, Choice::Cancel | Choice::SaveAs);
        if decides && conflict.mine != *self.document.before_drag() {
            // A calibration may have ended meanwhile: what was decided was decided without it.
            self.view.message = Some(Message::refusal("The plan changed meanwhile; decide once more"));
            return self.face(conflict.found);
        }
        let Conflict { found: Found { path, bytes, by }, theirs, merged, .. } = conflict;
        let to = match (choice, &theirs) {
            (Choice::Merge, _) => merged.map(|merged| merged.scenario),
            (Choice::TakeTheirs, Ok(theirs)) => Some(theirs.scenario.clone()),
            _ => None,
        };
        match choice {
            Choice::Cancel => return self.after_save = None,
            Choice::SaveAs => {
                self.after_save = None;
                return self.background.pick_to_save(self.suggested_name());
            }
            Choice::KeepMine | Choice::TakeTheirs | Choice::Merge => {}
        }
        self.view.message = None;
        if let Some(to) = to {
            self.tell(|document| document.apply(Edit::ReplaceScenario(Box::new(to))));
            if self.view.message.is_some() {
                return self.after_save = None; // refused, and said why
            }
        }
        match theirs {
            Ok(theirs) => {
                self.journal_saved(&path, &theirs.text);
                self.document.note_saved(path, theirs.text, theirs.scenario);
                self.disk.forget();
                let saves = by == By::Save && choice != Choice::TakeTheirs;
                if saves {
                    self.save();
                } else if let Some(then) = self.after_save.take() {
                    self.ask_then(then);
                }
            }
            // What can't be read can only be written over, and is kept as the previous version.
            Err(_) => self.save_to(path, MayReplace::Known(bytes)),
        }
        let words = match choice {
            Choice::TakeTheirs => "Theirs taken; Ctrl+Z brings back the version before",
            Choice::Merge => "Both versions together; Ctrl+Z brings yours back",
            _ => return,
        };
        self.view.message = Some(Message::done(words));
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::super::Settings;
    use super::super::background::{Done, SAVING};
    use super::*;

    /// A window on a copy of July's plan.
    fn window_on(path: &Path) -> Harness<'static, Planner> {
        let july = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/oxfordshire-2017-07.ron");
        std::fs::copy(july, path).expect("copied");
        let of = path.to_owned();
        let mut window = Harness::builder().with_max_steps(24).build_eframe(move |creation| {
            Planner::new(&creation.egui_ctx, Some(&of), Settings::default()).expect("the plan is sound")
        });
        window.run();
        window
    }

    fn wait_for(window: &mut Harness<'_, Planner>, what: &str, is_so: impl Fn(&Harness<'_, Planner>) -> bool) {
        let began = std::time::Instant::now();
        while !is_so(window) {
            assert!(began.elapsed().as_secs() < 20, "never seen: {what}");
            std::thread::sleep(std::time::Duration::from_millis(2));
            window.step();
        }
    }

    /// A calibration was asked for before the two versions stood side by side, and ended while they did.
    #[test]
    fn what_changed_the_plan_while_two_versions_stood_side_by_side_is_not_undone_by_the_decision() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("july.ron");
        let mut window = window_on(&path);
        let title = |text: &str| Edit::Retitle(text.to_owned());
        window.state_mut().tell(|document| document.apply(title("Mine")));
        let theirs = std::fs::read_to_string(&path).expect("there").replacen("area: \"", "area: \"Theirs, ", 1);
        std::fs::write(&path, theirs).expect("written");
        window.state_mut().save();
        wait_for(&mut window, "the two versions", |window| window.state().conflict.is_some());
        window.state_mut().tell(|document| document.apply(title("Mine, calibrated")));
        let conflict = window.state_mut().conflict.take().expect("it stands there");
        window.state_mut().settle(conflict, Choice::Merge);
        assert_eq!(window.state().scenario().title, "Mine, calibrated");
        wait_for(&mut window, "the question once more", |window| window.state().conflict.is_some());
        let conflict = window.state_mut().conflict.take().expect("it stands there");
        window.state_mut().settle(conflict, Choice::Merge);
        let merged = window.state().scenario();
        assert_eq!((merged.title.as_str(), merged.area.starts_with("Theirs, ")), ("Mine, calibrated", true));
    }

    #[test]
    fn a_save_that_breaks_leaves_the_window_the_document_and_the_file_and_the_next_goes_through() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("july.ron");
        let mut window = window_on(&path);
        let says =
            |words: &'static str| move |window: &Harness<'_, Planner>| window.query_by_label_contains(words).is_some();
        let planner = window.state_mut();
        planner.tell(|document| document.apply(Edit::Retitle("Ours".to_owned())));
        planner.disk.saving = Some(Saving::default());
        planner.background.start(SAVING, || -> Done { panic!("on purpose") });
        wait_for(&mut window, "what went wrong", says("Something went wrong while saving the file."));
        assert_eq!(window.state().scenario().title, "Ours");
        window.state_mut().dialog = None;
        window.state_mut().save();
        wait_for(&mut window, "the next save", says("Saved "));
        assert_eq!(crate::file::read(&path).expect("sound").scenario.title, "Ours");
    }
}
