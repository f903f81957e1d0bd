//! Questions and errors that stand before everything else.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Id, Key, Label, RichText, TextEdit, Ui, vec2};

use super::announce::name_part;
use super::compare::{self, Comparing};
use super::newer::{self, NewerFile};
use super::theme::{self, bold, palette, regular};
use super::trouble::Trouble;
use crate::bundled::Bundled;
use crate::chart::Compared;

/// What stands before the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dialog {
    /// There are unsaved changes; what was asked for comes after they are dealt with.
    Unsaved(Then),
    /// A path to open is being typed.
    OpenTyped { text: String, why: &'static str },
    /// A path to save to is being typed.
    SaveTyped { text: String, why: &'static str },
    /// A path to compare with is being typed.
    CompareTyped { text: String, why: &'static str },
    /// Two scenarios, compared.
    Compared(Box<Comparing>),
    /// A typed path leads to another file.
    Replace(PathBuf),
    /// A save was refused: why, in a line. Nothing is lost.
    NotSaved(String),
    /// A newer planner's file, which may be looked at.
    Newer(Box<NewerFile>),
    /// Such a file is looked at, and is not saved.
    NewerNotSaved(Box<NewerFile>),
    /// The file that was to be saved is not there any more.
    Gone(PathBuf),
    /// Something failed: what, and why, line by line.
    Error { trouble: Trouble, lines: Vec<String> },
    /// What the program is.
    About,
}

/// What a person was about to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Pick,
    TypePath,
    Open(PathBuf),
    OpenPrevious,
    NewFromPublished,
    OpenBundled(Bundled),
    Quit,
}

/// The answer to a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Not yet.
    None,
    /// Put it away.
    Close,
    /// Save first, then go on.
    Save(Then),
    /// Go on without saving.
    Discard(Then),
    /// Open what was typed.
    Open(PathBuf),
    /// Look at a newer planner's file.
    ShowNewer(Box<NewerFile>),
    /// Compare the same two the other way round.
    Turn,
    /// Compare with what was typed.
    CompareWith(PathBuf),
    /// Save to what was typed, unless another file stands there.
    SaveTo(PathBuf),
    /// Save there, in the place of what is there.
    Replace(PathBuf),
    /// Try to save once more.
    SaveAgain,
    /// Save under a name that is still to be asked for.
    SaveAs,
    /// Make the file again that is not there any more.
    WriteAgain(PathBuf),
}

pub(super) const NO_DIALOG: &str = "No file dialog could be shown here.";

/// Shows the dialog and tells what was answered.
pub(super) fn show(ctx: &egui::Context, dialog: &mut Dialog, title: &str) -> Answer {
    let modal = egui::Modal::new(Id::unique("dialog")).frame(frame(ctx)).show(ctx, |ui| {
        ui.set_width(if matches!(dialog, Dialog::Compared(_)) { 760.0 } else { 460.0 });
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        match dialog {
            Dialog::Unsaved(then) => unsaved(ui, title, then),
            Dialog::OpenTyped { text, why } => typed_path(ui, "Open a scenario", "Open", why, text, Answer::Open),
            Dialog::SaveTyped { text, why } => {
                typed_path(ui, "Save the scenario as", "Save", why, text, Answer::SaveTo)
            }
            Dialog::CompareTyped { text, why } => {
                typed_path(ui, "Compare with a scenario", "Compare", why, text, Answer::CompareWith)
            }
            Dialog::Compared(of) => compared(ui, &of.compared),
            Dialog::Replace(path) => replace(ui, path),
            Dialog::NotSaved(why) => not_saved(ui, why),
            Dialog::Newer(file) => newer::offer(ui, file),
            Dialog::NewerNotSaved(file) => newer::not_saved(ui, file),
            Dialog::Gone(path) => gone(ui, path),
            Dialog::Error { trouble, lines } => error(ui, *trouble, lines),
            Dialog::About => about(ui),
        }
    });
    if modal.inner == Answer::None && modal.should_close() { Answer::Close } else { modal.inner }
}

/// The frame of everything that stands before the window.
pub(super) fn frame(ctx: &egui::Context) -> egui::Frame {
    egui::Frame::popup(&ctx.global_style()).inner_margin(20)
}

pub(super) fn heading(ui: &mut Ui, text: &str) {
    name_part(ui, text);
    ui.label(RichText::new(text).font(bold(theme::TITLE)));
}

fn unsaved(ui: &mut Ui, title: &str, then: &Then) -> Answer {
    heading(ui, "Save your changes first?");
    ui.label(format!("“{title}” has changes that are not saved."));
    ui.horizontal(|ui| {
        let save = ui.button("Save");
        if ui.memory(|memory| memory.focused().is_none()) {
            save.request_focus();
        }
        if save.clicked() {
            Answer::Save(then.clone())
        } else if ui.button("Don’t save").clicked() {
            Answer::Discard(then.clone())
        } else if ui.button("Cancel").clicked() {
            Answer::Close
        } else {
            Answer::None
        }
    })
    .inner
}

fn typed_path(
    ui: &mut Ui,
    title: &str,
    verb: &str,
    why: &str,
    text: &mut String,
    answer: fn(PathBuf) -> Answer,
) -> Answer {
    heading(ui, title);
    if !why.is_empty() {
        ui.label(why);
    }
    let label = ui.label("Path of the file");
    let edit = ui
        .add(TextEdit::singleline(text).desired_width(f32::INFINITY).hint_text("/home/me/plan.ron"))
        .labelled_by(label.id);
    let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        edit.request_focus();
    }
    ui.horizontal(|ui| {
        let path = text.trim();
        let done = ui.add_enabled(!path.is_empty(), egui::Button::new(verb)).clicked() || (entered && !path.is_empty());
        if done {
            answer(PathBuf::from(path))
        } else if ui.button("Cancel").clicked() {
            Answer::Close
        } else {
            Answer::None
        }
    })
    .inner
}

fn replace(ui: &mut Ui, path: &Path) -> Answer {
    heading(ui, "Replace the file that is there?");
    ui.label(format!("{} is another file. Saving here puts this plan in its place.", path.display()));
    ui.horizontal(|ui| {
        if ui.button("Replace").clicked() {
            Answer::Replace(path.to_owned())
        } else if ui.button("Cancel").clicked() {
            Answer::Close
        } else {
            Answer::None
        }
    })
    .inner
}

fn compared(ui: &mut Ui, compared: &Compared) -> Answer {
    name_part(ui, "What differs");
    compare::show(ui, compared);
    ui.horizontal(|ui| {
        let turn = ui.button("Swap before and after");
        if ui.button("Copy").clicked() {
            ui.ctx().copy_text(compared.text());
        }
        let close = ui.button("Close");
        if ui.memory(|memory| memory.focused().is_none()) {
            close.request_focus();
        }
        match (close.clicked(), turn.clicked()) {
            (true, _) => Answer::Close,
            (_, true) => Answer::Turn,
            _ => Answer::None,
        }
    })
    .inner
}

fn not_saved(ui: &mut Ui, why: &str) -> Answer {
    name_part(ui, "Saving failed");
    ui.label(RichText::new("■ Saving failed").font(bold(theme::TITLE)).color(palette(ui).bad));
    ui.add(Label::new(RichText::new(why).font(regular(theme::BODY))).wrap().selectable(true));
    ui.label("Nothing is lost: the plan in this window is as you left it.");
    ui.horizontal(|ui| {
        if ui.button("Save as…").clicked() {
            Answer::SaveAs
        } else if ui.button("Try again").clicked() {
            Answer::SaveAgain
        } else if ui.button("Copy").clicked() {
            ui.ctx().copy_text(why.to_owned());
            Answer::None
        } else if ui.button("Close").clicked() {
            Answer::Close
        } else {
            Answer::None
        }
    })
    .inner
}

fn gone(ui: &mut Ui, path: &Path) -> Answer {
    heading(ui, "The file is not there any more");
    ui.label(format!(
        "Not saved: {} was moved or deleted, or its share is not connected. The plan in this window is as you left it.",
        path.display()
    ));
    ui.horizontal(|ui| {
        if ui.button("Save as…").clicked() {
            Answer::SaveAs
        } else if ui.button("Write it there again").clicked() {
            Answer::WriteAgain(path.to_owned())
        } else if ui.button("Cancel").clicked() {
            Answer::Close
        } else {
            Answer::None
        }
    })
    .inner
}

/// What happened, why, and what to do.
fn error(ui: &mut Ui, trouble: Trouble, lines: &[String]) -> Answer {
    let title = trouble.what();
    name_part(ui, title);
    ui.label(RichText::new(format!("■ {title}")).font(bold(theme::TITLE)).color(palette(ui).bad));
    egui::ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        for line in lines.iter().take(200) {
            ui.add(Label::new(RichText::new(line).font(regular(theme::BODY))).wrap().selectable(true));
        }
    });
    ui.add(Label::new(RichText::new(trouble.next()).font(regular(theme::BODY))).wrap());
    ui.horizontal(|ui| {
        if ui.button("Copy").clicked() {
            ui.ctx().copy_text(lines.join("\n"));
        }
        let close = ui.button("Close");
        if ui.memory(|memory| memory.focused().is_none()) {
            close.request_focus();
        }
        if close.clicked() { Answer::Close } else { Answer::None }
    })
    .inner
}

fn about(ui: &mut Ui) -> Answer {
    heading(ui, concat!("iBCF Planner ", env!("CARGO_PKG_VERSION")));
    ui.label(
        "Plans the improved Better Care Fund: allocations, balance, committed years, and delayed transfers of care.",
    );
    ui.label(
        "Money is exact to the penny. The forecast is a daily model of people waiting, run 10,000 times with chance; \
         every assumption behind it can be seen, and most can be changed.",
    );
    ui.label("Statistics: NHS England, Delayed Transfers of Care, Open Government Licence v3.0.");
    ui.label("Typeface: Inter, SIL Open Font Licence 1.1.");
    if ui.button("Close").clicked() { Answer::Close } else { Answer::None }
}
