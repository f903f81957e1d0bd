//! A planning template's table taken into the plan: which column holds what, who pays, and what becomes of each row. The
//! file is read and its rows are gone through in the background.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use eframe::egui::{self, Button, ComboBox, Id, Key, Label, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::Planner;
use super::background::{Awaited, Background, Done, Flag, TOO_FAST_FOR_A_PERSON};
use super::begin;
use super::dialogs;
use super::focus;
use super::theme::{self, bold, palette, regular};
use super::view::Message;
use crate::scenario::Scenario;
use crate::sheets::{self, NotRead, Sheet};
use crate::template::{self, Column, Mapping, Preview};

/// The most rows shown; nobody reads on from there.
const MOST_SHOWN: usize = 1_000;
/// The most columns that can be mapped; the template has a dozen.
const MOST_COLUMNS: usize = 40;
/// How high the columns are, and the rows.
const COLUMNS: f32 = 150.0;
const ROWS: f32 = 170.0;

/// What is before the window while a table is taken in.
#[derive(Default)]
pub(super) struct Import {
    typed: String,
    /// What has to be said before anything else.
    said: Vec<String>,
    /// No file dialog could be had: the keyboard goes to the path.
    typing: bool,
    /// A file being read, or rows being gone through.
    job: Awaited,
    table: Option<Table>,
}

/// A table, how it is understood, and what would come in.
pub(super) struct Table {
    file: String,
    sheets: Arc<Vec<Sheet>>,
    /// How each of its sheets that has a table is understood at first.
    tables: Vec<Mapping>,
    /// The table that is taken in, as it is understood.
    mapping: Mapping,
    /// Who pays for its rows, and whether rows so paid come in beside those that the plan's own fund pays for.
    fundings: Vec<(String, bool)>,
    /// What comes in as the table is understood, once it is known.
    preview: Option<Preview>,
}

/// What a person decided.
enum Choice {
    Pick,
    Read(PathBuf),
    Again,
    TakeIn,
    Cancel,
}

/// What a job came to. The flag tells whose it was: one that was called off has nothing to say.
pub(super) enum Report {
    Picked(PathBuf),
    NotPicked,
    NoDialog,
    Read(Flag, Result<Box<Table>, NotRead>),
    Previewed(Flag, Box<Preview>),
}

impl Table {
    fn read(path: &std::path::Path) -> Result<Self, NotRead> {
        let sheets = sheets::read_table(path)?;
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let tables = template::tables(&path.display().to_string(), &sheets)?;
        let mapping = tables.first().cloned().unwrap_or_default();
        let mut table = Self { file, sheets: Arc::new(sheets), tables, mapping, fundings: Vec::new(), preview: None };
        table.find_fundings();
        Ok(table)
    }

    fn sheet(&self) -> Option<&Sheet> {
        self.sheets.get(self.mapping.sheet)
    }

    /// Who pays, as the columns are understood now; what was chosen stays chosen.
    fn find_fundings(&mut self) {
        let found = self.sheet().map(|sheet| template::fundings(sheet, &self.mapping)).unwrap_or_default();
        let before = std::mem::take(&mut self.fundings);
        let was_chosen = |funding: &String| before.iter().any(|(known, chosen)| *chosen && known == funding);
        let kept = |funding: String| {
            let chosen = was_chosen(&funding);
            (funding, chosen)
        };
        self.fundings = found.into_iter().map(kept).collect();
    }

    /// The headings, each with its column.
    fn headings(&self) -> Vec<(u32, String)> {
        let headings = self.mapping.headings.iter().take(MOST_COLUMNS);
        headings.map(|(at, heading)| (*at, heading.chars().take(60).collect())).collect()
    }

    /// What a column may hold: nothing, one of the template's texts, or a year's money.
    fn meanings(&self, scenario: &Scenario) -> Vec<Option<Column>> {
        let mut years: Vec<_> = scenario.fund.grant.iter().map(|(year, _)| year).collect();
        years.extend(self.mapping.years().map(|(_, year)| year));
        years.sort_unstable();
        years.dedup();
        let columns = Column::TEXTS.into_iter().chain(years.into_iter().map(Column::Year));
        std::iter::once(None).chain(columns.map(Some)).collect()
    }
}

impl Import {
    /// Calls off what is under way.
    pub(super) fn stop(&mut self) {
        self.job.stop();
    }

    fn show(&mut self, ctx: &egui::Context, scenario: &Scenario) -> Option<Choice> {
        let modal = egui::Modal::new(Id::unique("import")).frame(dialogs::frame(ctx)).show(ctx, |ui| {
            ui.set_width(640.0);
            ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
            dialogs::heading(ui, "Schemes from a planning template");
            for words in &self.said {
                let words = RichText::new(format!("■ {words}")).color(palette(ui).bad);
                ui.add(Label::new(words).wrap().selectable(true));
            }
            match &mut self.table {
                Some(table) => table.show(ui, scenario),
                None if self.job.is_awaited() => {
                    ui.label("Reading the table …");
                    ui.button("Cancel").clicked().then_some(Choice::Cancel)
                }
                None => ask_for_a_file(ui, &mut self.typed, std::mem::take(&mut self.typing)),
            }
        });
        let cancelled = modal.should_close().then_some(Choice::Cancel);
        modal.inner.or(cancelled)
    }
}

fn ask_for_a_file(ui: &mut Ui, typed: &mut String, typing: bool) -> Option<Choice> {
    let words = "Choose a workbook (.xlsx, .xls) or a text (.csv) with the expenditure table of a Better Care Fund planning \
                 template. Nothing comes in before you have seen every row. A file can be dropped here too.";
    ui.add(Label::new(words).wrap());
    let label = ui.label("Path of the table");
    let edit = TextEdit::singleline(typed).desired_width(f32::INFINITY).hint_text("/home/me/template.xlsx");
    let edit = ui.add(edit).labelled_by(label.id);
    if typing {
        edit.request_focus();
    }
    let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.horizontal(|ui| {
        let pick = ui.button("Choose a file…");
        if ui.memory(|memory| memory.focused().is_none()) {
            pick.request_focus();
        }
        let path = typed.trim();
        let read = ui.add_enabled(!path.is_empty(), Button::new("Read what was typed"));
        let cancel = ui.button("Cancel");
        if pick.clicked() {
            Some(Choice::Pick)
        } else if read.clicked() || entered && !path.is_empty() {
            Some(Choice::Read(PathBuf::from(path)))
        } else {
            cancel.clicked().then_some(Choice::Cancel)
        }
    })
    .inner
}

impl Table {
    fn show(&mut self, ui: &mut Ui, scenario: &Scenario) -> Option<Choice> {
        let changed = self.show_sheets(ui) | self.show_columns(ui, scenario) | self.show_fundings(ui, scenario);
        self.show_rows(ui);
        let coming_in = self.preview.as_ref().map_or(0, Preview::coming_in);
        let choice = ui.horizontal(|ui| {
            let words = match coming_in {
                1 => "Take 1 scheme in".to_owned(),
                many => format!("Take {many} schemes in"),
            };
            let take = ui.add_enabled(coming_in > 0, Button::new(words));
            let other = ui.button("Choose another file…");
            let cancel = ui.button("Cancel");
            if take.clicked() {
                Some(Choice::TakeIn)
            } else if other.clicked() {
                Some(Choice::Pick)
            } else {
                cancel.clicked().then_some(Choice::Cancel)
            }
        });
        choice.inner.or(changed.then_some(Choice::Again))
    }

    /// The file and the sheet, to choose where several have a table; tells whether a person chose another.
    fn show_sheets(&mut self, ui: &mut Ui) -> bool {
        let name = |mapping: &Mapping| self.sheets.get(mapping.sheet).map_or("", |sheet| sheet.name.as_str());
        let row = self.mapping.head + 1;
        if self.tables.len() < 2 {
            ui.label(format!("{}, sheet “{:.40}”, headings in row {row}", self.file, name(&self.mapping)));
            return false;
        }
        let mut wanted = None;
        ui.horizontal(|ui| {
            let label = ui.label(format!("{}, sheet", self.file));
            let choice = ComboBox::from_id_salt("sheet").width(210.0).selected_text(name(&self.mapping));
            let shown = choice.show_ui(ui, |ui| {
                for table in &self.tables {
                    let is_shown = table.sheet == self.mapping.sheet;
                    if ui.selectable_label(is_shown, name(table)).clicked() && !is_shown {
                        wanted = Some(table.clone());
                    }
                }
            });
            shown.response.labelled_by(label.id);
            ui.label(format!("headings in row {row}"));
        });
        let Some(mapping) = wanted else { return false };
        self.mapping = mapping;
        self.find_fundings();
        true
    }

    /// Which column holds what; tells whether a person changed it.
    fn show_columns(&mut self, ui: &mut Ui, scenario: &Scenario) -> bool {
        let meanings = self.meanings(scenario);
        let mut wanted = None;
        if let Some(lacking) = self.mapping.lacks() {
            let words = format!("■ No heading names a column of {lacking}: say here which holds what.");
            ui.add(Label::new(RichText::new(words).color(palette(ui).warning)).wrap());
        }
        ScrollArea::vertical().id_salt("columns").max_height(COLUMNS).auto_shrink([false, true]).show(ui, |ui| {
            for (at, heading) in self.headings() {
                let now = self.mapping.columns.get(&at).copied();
                let words =
                    |column: Option<Column>| column.map_or_else(|| "left out".to_owned(), |column| column.to_string());
                let choice = ComboBox::new(("column", at), format!("“{heading}”")).width(260.0);
                let shown = self.mapping.in_words(at).unwrap_or_else(|| words(None));
                choice.selected_text(shown).show_ui(ui, |ui| {
                    for meaning in &meanings {
                        if ui.selectable_label(now == *meaning, words(*meaning)).clicked() && now != *meaning {
                            wanted = Some((at, *meaning));
                        }
                    }
                });
            }
            focus::follow(ui);
        });
        let Some((at, meaning)) = wanted else { return false };
        self.mapping.put(at, meaning);
        self.find_fundings();
        true
    }

    /// Who pays: rows of the plan's own fund come in, others if they are chosen.
    fn show_fundings(&mut self, ui: &mut Ui, scenario: &Scenario) -> bool {
        let own = &scenario.fund.name;
        let mut others: Vec<_> =
            self.fundings.iter_mut().filter(|(funding, _)| !template::is_same(funding, own)).collect();
        let mut changed = false;
        if !others.is_empty() {
            ui.label(format!("Rows paid from {own} come in, and those paid from:"));
            ui.horizontal_wrapped(|ui| {
                for (funding, chosen) in &mut others {
                    let words = if funding.is_empty() { "no source given" } else { funding.as_str() };
                    changed |= ui.checkbox(chosen, words).changed();
                }
            });
        }
        changed
    }

    fn show_rows(&self, ui: &mut Ui) {
        let Some(preview) = &self.preview else {
            ui.label("Going through the rows …");
            return;
        };
        let money: Vec<String> =
            preview.money().into_iter().map(|(year, amount)| format!("{year} {}", amount.exact())).collect();
        let money = if money.is_empty() { String::new() } else { format!(": {}", money.join(", ")) };
        let words = format!("{} of {} rows come in{money}", preview.coming_in(), preview.rows.len());
        ui.label(RichText::new(words).font(bold(theme::BODY)));
        begin::room(ui, "Rows of the table", ROWS, |ui| {
            for remark in &preview.remarks {
                ui.add(Label::new(remark).wrap());
            }
            for row in preview.rows.iter().take(MOST_SHOWN) {
                let (number, words) = (row.number, row.in_words());
                let (words, shade) = match &row.outcome {
                    Ok(_) => (format!("Row {number}: {words}"), palette(ui).ink),
                    Err(_) => (format!("■ Row {number} is left out: {words}"), palette(ui).warning),
                };
                let words = RichText::new(words).font(regular(theme::BODY)).color(shade);
                ui.add(Label::new(words).wrap().selectable(true));
            }
        });
    }
}

impl Background {
    fn pick_table(&self) {
        self.start("the open dialog", || {
            let asked = Instant::now();
            let dialog = rfd::FileDialog::new().add_filter("Tables", &["xlsx", "xls", "csv"]);
            Done::Imported(match dialog.pick_file() {
                Some(path) => Report::Picked(path),
                None if asked.elapsed() < TOO_FAST_FOR_A_PERSON => Report::NoDialog,
                None => Report::NotPicked,
            })
        });
    }

    fn read_table(&self, path: PathBuf, job: Flag) {
        self.start("reading the table", move || Done::Imported(Report::Read(job, Table::read(&path).map(Box::new))));
    }

    /// Goes through the rows of a table as it is understood.
    fn preview_table(&self, table: &Table, scenario: Scenario, job: Flag) {
        let (sheets, mapping) = (table.sheets.clone(), table.mapping.clone());
        let chosen = table.fundings.iter().filter(|(_, chosen)| *chosen);
        let (fundings, file): (Vec<String>, _) = (chosen.map(|(name, _)| name.clone()).collect(), table.file.clone());
        self.start("going through the table", move || {
            let preview = sheets
                .get(mapping.sheet)
                .map(|sheet| template::preview(&scenario, &file, sheet, &mapping, &fundings))
                .unwrap_or_default();
            Done::Imported(Report::Previewed(job, Box::new(preview)))
        });
    }
}

impl Planner {
    pub(super) fn show_import(&mut self, ctx: &egui::Context) {
        let Some(import) = &mut self.import else { return };
        match import.show(ctx, self.document.scenario()) {
            None => {}
            Some(Choice::Pick) => self.background.pick_table(),
            Some(Choice::Read(path)) => self.read_table(path),
            Some(Choice::Again) => self.preview_table(),
            Some(Choice::TakeIn) => self.take_in(),
            Some(Choice::Cancel) => self.import = None,
        }
    }

    /// Reads a table in the place of the one read before.
    pub(super) fn read_table(&mut self, path: PathBuf) {
        let Some(import) = &mut self.import else { return };
        import.said.clear();
        import.table = None;
        self.background.read_table(path, import.job.begin());
    }

    fn preview_table(&mut self) {
        if let Some(Import { table: Some(table), job, .. }) = &mut self.import {
            table.preview = None;
            self.background.preview_table(table, self.document.scenario().clone(), job.begin());
        }
    }

    /// All rows that come in, as one step.
    fn take_in(&mut self) {
        let preview = self.import.take().and_then(|import| import.table).and_then(|table| table.preview);
        let Some(preview) = preview else { return };
        if let Some(edit) = preview.edit(self.document.scenario()) {
            self.tell(|document| document.apply(edit));
            let words = match preview.coming_in() {
                1 => "1 scheme came in; Ctrl+Z takes it out again".to_owned(),
                many => format!("{many} schemes came in; Ctrl+Z takes them out again"),
            };
            self.view.message.get_or_insert_with(|| Message::done(words));
        }
    }

    pub(super) fn hear_of_import(&mut self, report: Report) {
        let Some(import) = &mut self.import else { return };
        match report {
            Report::Picked(path) => self.read_table(path),
            Report::NoDialog => {
                import.said = vec![format!("{} Type a path, or drop the file here.", dialogs::NO_DIALOG)];
                import.typing = true;
            }
            Report::Read(job, result) if import.job.ends(&job) => match result {
                Ok(table) => {
                    import.table = Some(*table);
                    self.preview_table();
                }
                Err(refused) => import.said = vec![refused.in_sentences()],
            },
            Report::Previewed(job, preview) if import.job.ends(&job) => {
                if let Some(table) = &mut import.table {
                    table.preview = Some(*preview);
                }
            }
            Report::NotPicked | Report::Read(..) | Report::Previewed(..) => {}
        }
    }
}
