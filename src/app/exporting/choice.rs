//! The dialog that asks what to export and where to.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use eframe::egui::{self, Button, ComboBox, DragValue, Id, Key, Label, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::background::Picked;
use crate::app::dialogs::{self, NO_DIALOG};
use crate::app::theme::{self, palette, regular};
use crate::chart::Chart;
use crate::export::{ExportError, Form, Size, What};

/// The most files named when asking whether they may go.
const MOST_NAMED: usize = 6;

/// What is exported.
#[derive(Clone, Debug, PartialEq)]
enum Of {
    BoardPaper,
    Workbook,
    /// One chart or table of the plan.
    One,
    /// Everything, into a folder.
    Everything,
    /// A chart as it is shown in the window.
    Shown(Box<Chart>),
}

/// What is to be exported, as far as it is chosen.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    of: Of,
    what: What,
    form: Form,
    /// Pixels along and down.
    size: [u32; 2],
    /// Where, and after what, files are named that nobody named.
    folder: PathBuf,
    stem: String,
    path: String,
    /// What the system's own dialog gave. It has asked about a file that is there, but not about those in a folder.
    picked: Option<PathBuf>,
    /// Why it is asked, or asked again.
    why: String,
    /// Files that are there and would go.
    taken: Vec<PathBuf>,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing yet.
    None,
    /// Put it away.
    Close,
    /// Show the system's own dialog.
    Choose,
    /// Do it.
    Export { out: PathBuf, size: Size, may_replace: bool },
}

impl Choice {
    /// The board paper, or a chart that is shown, beside the plan's own file.
    pub(super) fn new(folder: PathBuf, stem: String, shown: Option<Chart>) -> Self {
        let of = shown.map_or(Of::BoardPaper, |chart| Of::Shown(Box::new(chart)));
        let mut choice = Self {
            of,
            what: What::Trajectory,
            form: Form::Png,
            size: [Size::USUAL.width, Size::USUAL.height],
            folder,
            stem,
            path: String::new(),
            picked: None,
            why: String::new(),
            taken: Vec::new(),
        };
        choice.path = choice.suggestion();
        choice
    }

    pub(super) fn is_folder(&self) -> bool {
        self.of == Of::Everything
    }

    /// The chart or table that was chosen by itself.
    pub(super) fn what(&self) -> Option<What> {
        (self.of == Of::One).then_some(self.what)
    }

    /// The chart as it is shown in the window.
    pub(super) fn shown(&self) -> Option<&Chart> {
        if let Of::Shown(chart) = &self.of { Some(chart) } else { None }
    }

    /// The form of the one file.
    fn form(&self) -> Option<Form> {
        match self.of {
            Of::BoardPaper => Some(Form::Docx),
            Of::Workbook => Some(Form::Xlsx),
            Of::One if !self.what.is_chart() && self.form != Form::Xlsx => Some(Form::Csv),
            Of::One if self.what.is_chart() && self.form == Form::Xlsx => Some(Form::Csv),
            Of::One | Of::Shown(_) => Some(self.form),
            Of::Everything => None,
        }
    }

    /// A path that nobody typed: `plan-board-paper.docx` beside the plan.
    pub(super) fn suggestion(&self) -> String {
        let what = match &self.of {
            Of::BoardPaper => "board-paper".to_owned(),
            Of::Workbook => "workbook".to_owned(),
            Of::One => self.what.key().to_owned(),
            Of::Everything => "export".to_owned(),
            Of::Shown(chart) => chart.name.to_lowercase().replace(' ', "-"),
        };
        let ending = self.form().map_or_else(String::new, |form| format!(".{}", form.ending()));
        self.folder.join(format!("{}-{what}{ending}", self.stem)).display().to_string()
    }

    /// What the system's own dialog came to.
    pub(super) fn hear(&mut self, picked: Picked) {
        match picked {
            Picked::Path(path) => {
                self.path = path.display().to_string();
                self.picked = Some(path);
            }
            Picked::NoDialog => NO_DIALOG.clone_into(&mut self.why),
            Picked::Cancelled => {}
        }
    }

    /// Asks whether files may go that are there.
    pub(super) fn ask_about(&mut self, taken: Vec<PathBuf>) {
        self.taken = taken;
    }

    /// Asks again, as it failed.
    pub(super) fn refused(&mut self, error: &ExportError) {
        self.why = format!("■ {error}");
    }

    /// The path as typed, with the ending that its form has; or why it can't be that.
    fn out(&self) -> Result<PathBuf, String> {
        let typed = self.path.trim();
        if typed.is_empty() {
            return Err("Type where it is to go, or choose a place.".to_owned());
        }
        let Some(form) = self.form() else {
            return Ok(Path::new(typed).join("")); // ends with a slash: a folder
        };
        let path = PathBuf::from(typed);
        match path.extension().and_then(OsStr::to_str) {
            Some(ending) if ending.eq_ignore_ascii_case(form.ending()) => Ok(path),
            Some(ending) if ending.eq_ignore_ascii_case("pdf") => Err(format!(
                "There is no PDF: Word and LibreOffice make one of the board paper. The name of this must end with .{}.",
                form.ending()
            )),
            Some(ending) if Form::ALL.iter().any(|other| ending.eq_ignore_ascii_case(other.ending())) => {
                Err(format!("The name of this must end with .{}, not with .{ending}.", form.ending()))
            }
            _ => Ok(PathBuf::from(format!("{typed}.{}", form.ending()))),
        }
    }

    fn size(&self) -> Result<Size, String> {
        let [width, height] = self.size;
        Size::new(width, height).ok_or_else(|| "A picture has at most 64 million pixels.".to_owned())
    }

    /// Shows the dialog and tells what was answered.
    pub(super) fn show(&mut self, ctx: &egui::Context) -> Answer {
        let modal = egui::Modal::new(Id::unique("export")).frame(dialogs::frame(ctx)).show(ctx, |ui| {
            ui.set_width(520.0);
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            if self.taken.is_empty() { self.ask(ui) } else { self.ask_to_replace(ui) }
        });
        if modal.inner == Answer::None && modal.should_close() { Answer::Close } else { modal.inner }
    }

    fn ask(&mut self, ui: &mut Ui) -> Answer {
        let before = (self.suggestion(), self.form());
        let heading = if self.shown().is_some() { "Save the chart" } else { "Export" };
        dialogs::heading(ui, heading);
        if !self.why.is_empty() {
            let shade = if self.why.starts_with('■') { palette(ui).bad } else { palette(ui).ink };
            ui.add(Label::new(RichText::new(&self.why).color(shade)).wrap());
        }
        if self.shown().is_none() {
            self.ask_what(ui);
        }
        self.ask_form(ui);
        self.ask_size(ui);
        self.follow(before);
        self.ask_where(ui)
    }

    /// A path that nobody typed follows what is chosen; of one that somebody typed, its ending does.
    fn follow(&mut self, (suggested, form): (String, Option<Form>)) {
        if self.path == suggested {
            self.path = self.suggestion();
        } else if let (Some(old), Some(new)) = (form, self.form())
            && let Some(stem) = self.path.strip_suffix(&format!(".{}", old.ending()))
        {
            self.path = format!("{stem}.{}", new.ending());
        }
    }

    fn ask_what(&mut self, ui: &mut Ui) {
        theme::firm_edges(ui);
        for (of, label) in [
            (Of::BoardPaper, "Board paper, for Word (.docx)"),
            (Of::Workbook, "Workbook with formulas, for Excel (.xlsx)"),
            (Of::One, "One chart or table"),
            (Of::Everything, "Everything, into a folder"),
        ] {
            if ui.radio(self.of == of, label).clicked() {
                self.of = of;
            }
        }
        if self.of == Of::One {
            let combo = ComboBox::from_id_salt("what").width(280.0).selected_text(self.what.in_words());
            let shown = combo.show_ui(ui, |ui| {
                for what in What::ALL {
                    ui.selectable_value(&mut self.what, what, what.in_words());
                }
            });
            shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Chart or table"));
        }
    }

    fn ask_form(&mut self, ui: &mut Ui) {
        let is_chart = self.shown().is_some() || self.what().is_some_and(What::is_chart);
        let forms: &[(Form, &str)] = match (is_chart, self.of == Of::One) {
            (true, _) => &[
                (Form::Png, "Picture (.png)"),
                (Form::Svg, "Picture to enlarge (.svg)"),
                (Form::Csv, "Its table (.csv)"),
            ],
            (false, true) => &[(Form::Csv, "Text (.csv)"), (Form::Xlsx, "For Excel (.xlsx)")],
            (false, false) => return,
        };
        let now = self.form();
        ui.horizontal(|ui| {
            for (form, label) in forms {
                if ui.radio(now == Some(*form), *label).clicked() {
                    self.form = *form;
                }
            }
        });
    }

    fn ask_size(&mut self, ui: &mut Ui) {
        if !matches!(self.form(), None | Some(Form::Png | Form::Svg)) {
            return;
        }
        ui.horizontal(|ui| {
            ui.label("Pictures are");
            for (at, name) in ["Width in pixels", "Height in pixels"].into_iter().enumerate() {
                if at == 1 {
                    ui.label("×");
                }
                let side = ui.add(DragValue::new(&mut self.size[at]).range(Size::SIDE).speed(10));
                side.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, name));
            }
            ui.label("pixels");
        });
    }

    fn ask_where(&mut self, ui: &mut Ui) -> Answer {
        let label = ui.label(if self.is_folder() { "Folder" } else { "File" });
        let mut answer = Answer::None;
        let edit = ui.horizontal(|ui| {
            let width = ui.available_width() - 96.0;
            let edit = ui.add(TextEdit::singleline(&mut self.path).desired_width(width)).labelled_by(label.id);
            if ui.button("Choose…").clicked() {
                answer = Answer::Choose;
            }
            edit
        });
        let edit = edit.inner;
        let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.memory(|memory| memory.focused().is_none()) {
            edit.request_focus();
        }
        let ready = self.out().and_then(|out| Ok((out, self.size()?)));
        let problem = ready.as_ref().err().cloned().unwrap_or_default();
        let small = RichText::new(&problem).font(regular(theme::SMALL)).color(palette(ui).bad);
        ui.add(Label::new(small).wrap());
        ui.horizontal(|ui| {
            let verb = if self.shown().is_some() { "Save" } else { "Export" };
            let clicked = ui.add_enabled(ready.is_ok(), Button::new(verb)).clicked();
            if ui.button("Cancel").clicked() {
                answer = Answer::Close;
            }
            if let Ok((out, size)) = ready
                && (clicked || entered)
            {
                let may_replace = !self.is_folder() && self.picked.as_ref() == Some(&out);
                self.why.clear();
                answer = Answer::Export { out, size, may_replace };
            }
        });
        answer
    }

    fn ask_to_replace(&mut self, ui: &mut Ui) -> Answer {
        let many = self.taken.len();
        let heading = if many == 1 { "Replace the file that is there?" } else { "Replace the files that are there?" };
        dialogs::heading(ui, heading);
        for path in self.taken.iter().take(MOST_NAMED) {
            ui.add(Label::new(path.display().to_string()).wrap());
        }
        if many > MOST_NAMED {
            ui.label(format!("and {} more", many - MOST_NAMED));
        }
        ui.horizontal(|ui| {
            let replace = ui.button("Replace").clicked();
            let other = ui.button("Choose another place");
            if ui.memory(|memory| memory.focused().is_none()) {
                other.request_focus();
            }
            if other.clicked() {
                self.taken.clear();
            }
            let cancel = ui.button("Cancel").clicked();
            match (self.out(), self.size()) {
                (Ok(out), Ok(size)) if replace => {
                    self.taken.clear();
                    Answer::Export { out, size, may_replace: true }
                }
                _ if cancel => Answer::Close,
                _ => Answer::None,
            }
        })
        .inner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(of: Of) -> Choice {
        let mut choice = Choice::new(PathBuf::from("/plans"), "july".to_owned(), None);
        choice.of = of;
        choice
    }

    #[test]
    fn a_name_gets_the_ending_of_what_it_holds_and_never_that_of_something_else() {
        let mut paper = choice(Of::BoardPaper);
        assert_eq!(paper.suggestion(), "/plans/july-board-paper.docx");
        for (typed, out) in [("/a/b", "/a/b.docx"), ("/a/b.DOCX", "/a/b.DOCX"), (" /a/v1.2 ", "/a/v1.2.docx")] {
            typed.clone_into(&mut paper.path);
            assert_eq!(paper.out(), Ok(PathBuf::from(out)));
        }
        for typed in ["", "  ", "/a/b.xlsx", "/a/b.png", "/a/b.PDF"] {
            typed.clone_into(&mut paper.path);
            assert!(paper.out().is_err(), "{typed}");
        }
        let mut notes = choice(Of::One);
        notes.what = What::Notes;
        assert_eq!(notes.suggestion(), "/plans/july-notes.csv", "a table is no picture");
    }

    #[test]
    fn a_path_that_was_typed_stays_and_gets_the_ending_of_what_is_chosen_next() {
        let mut choice = choice(Of::BoardPaper);
        for (typed, path) in [("/a/b.docx", "/a/b.xlsx"), ("/a/b", "/a/b")] {
            choice.of = Of::BoardPaper;
            typed.clone_into(&mut choice.path);
            let before = (choice.suggestion(), choice.form());
            choice.of = Of::Workbook;
            choice.follow(before);
            assert_eq!(choice.path, path);
        }
        choice.path = choice.suggestion();
        let before = (choice.suggestion(), choice.form());
        choice.of = Of::Everything;
        choice.follow(before);
        assert_eq!(choice.path, "/plans/july-export");
    }

    #[test]
    fn everything_goes_into_a_folder_whether_or_not_a_slash_was_typed() {
        let mut everything = choice(Of::Everything);
        for typed in ["/a/b", "/a/b/"] {
            typed.clone_into(&mut everything.path);
            let out = everything.out().expect("a folder");
            assert!(out.as_os_str().to_string_lossy().ends_with('/'), "{out:?}");
        }
    }
}
