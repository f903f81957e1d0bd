//! A newer planner's file in the window: offered to be looked at, marked for as long as it is, and never saved over.

use std::path::{Path, PathBuf};

use eframe::egui::{Label, RichText, Ui};

use super::command::Command;
use super::dialogs::{Answer, Dialog, heading};
use super::disk::{bar, file_name};
use super::document::Document;
use super::theme::{self, regular};
use super::view::Action;
use super::{Planner, could_not_open};
use crate::file::{self, Newer, ReadError, asks_for};

/// What is said of a copy that is about to be saved.
pub(super) const COPY: &str = "Only what you see is saved: what a newer planner put there is not known here.";

/// A newer planner's file, and as much of it as is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewerFile {
    pub path: PathBuf,
    pub newer: Newer,
}

impl NewerFile {
    /// What is known of a file that was refused as newer, or why nothing of it can be shown, line by line.
    pub(super) fn at(path: &Path, refusal: &ReadError) -> Result<Self, Vec<String>> {
        match file::read_newer(path) {
            Ok(newer) => Ok(Self { path: path.to_owned(), newer }),
            Err(error) => {
                let why =
                    "What this planner knows of it does not hold by itself, so it can’t be shown either:".to_owned();
                Err([refusal.to_string(), why].into_iter().chain(error.lines()).collect())
            }
        }
    }

    /// What a person decides about such a file, or is told of it.
    pub(super) fn dialog(found: Result<Box<Self>, Vec<String>>) -> Dialog {
        found.map_or_else(could_not_open, Dialog::Newer)
    }

    fn left_out(&self) -> String {
        match self.newer.count() {
            0 => "Every field of it is known here, but may mean something else by now".to_owned(),
            1 => format!("One thing in it is not shown, and no figure counts it: {}", self.newer.in_words()),
            more => format!("{more} things in it are not shown, and no figure counts them: {}", self.newer.in_words()),
        }
    }

    /// The bar above a document that shows it.
    fn words(&self) -> String {
        let Self { newer, .. } = self;
        format!("Read-only: made with a newer planner (format {}). {}.", newer.format, self.left_out())
    }
}

/// Whether to look at it as far as it is known.
pub(super) fn offer(ui: &mut Ui, file: &NewerFile) -> Answer {
    heading(ui, "This plan was made with a newer planner");
    let number = file.newer.format.to_string();
    for words in [
        format!("{} is {}.", file_name(&file.path), asks_for(&number)),
        format!("You can look at what this one knows of it. {}.", file.left_out()),
    ] {
        ui.add(Label::new(RichText::new(words).font(regular(theme::BODY))).wrap().selectable(true));
    }
    ui.horizontal(|ui| {
        if ui.button("Open read-only").clicked() {
            return Answer::ShowNewer(Box::new(file.clone()));
        }
        let close = ui.button("Close");
        if ui.memory(|memory| memory.focused().is_none()) {
            close.request_focus();
        }
        if close.clicked() { Answer::Close } else { Answer::None }
    })
    .inner
}

/// Why it is not saved, and what a save elsewhere would keep.
pub(super) fn not_saved(ui: &mut Ui, file: &NewerFile) -> Answer {
    heading(ui, "This plan is open read-only");
    let name = file_name(&file.path);
    let lost = match file.newer.count() {
        0 => "What a newer planner means by it".to_owned(),
        _ => file.newer.in_words(),
    };
    for words in [
        format!(
            "Not saved: {name} was made with a newer planner, and what this one does not know of it would be lost. The file \
             is as it was."
        ),
        format!("Save as… keeps what you see under another name. {lost} would not be in that file."),
    ] {
        ui.add(Label::new(words).wrap());
    }
    ui.horizontal(|ui| {
        if ui.button("Save as…").clicked() {
            Answer::SaveAs
        } else if ui.button("Cancel").clicked() {
            Answer::Close
        } else {
            Answer::None
        }
    })
    .inner
}

impl Planner {
    /// Shows a newer file as a document without one: nothing can go over it.
    pub(super) fn show_newer(&mut self, file: NewerFile) {
        self.settings.remember(&file.path);
        self.show_opened(Document::new_newer(file));
    }

    /// The bar that says what is shown; nothing over any other document.
    pub(super) fn show_newer_bar(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        if let Some(file) = self.document.newer() {
            bar(ui, "newer", &file.words(), &[Command::SaveAs], actions);
        }
    }
}
