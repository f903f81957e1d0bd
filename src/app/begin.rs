//! A plan begun from NHS England's workbooks: which files, what they hold, which area. Files are read and plans made in
//! the background, and both can be called off.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use eframe::egui::scroll_area::ScrollBarVisibility;
use eframe::egui::{
    self, Button, EventFilter, Id, Key, Label, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2,
};

use super::Planner;
use super::background::{Awaited, Background, Done, Flag, TOO_FAST_FOR_A_PERSON};
use super::dialogs::{self, Dialog};
use super::document::Document;
use super::focus;
use super::theme::{self, TARGET, bold, palette, regular};
use super::trouble::Trouble;
use super::view::Message;
use crate::bundled::BLANK;
use crate::published::months::workbooks_at;
use crate::published::{KnownArea, Months, NoPlan, Workbook, plan};
use crate::scenario::{Edit, Scenario};
use crate::sheets::NotRead;

/// The most sentences about the files that are shown; nobody reads on from there.
const MOST_SAID: usize = 200;
/// How high the list of areas is, and what is said of the files.
const LIST: f32 = 180.0;
const SAID: f32 = 110.0;
/// Further than any text goes.
const ALL_OF_IT: f32 = 1.0e6;

/// What is before the window while a plan is begun.
#[derive(Default)]
pub(super) struct Begin {
    typed: String,
    /// What has to be said before anything else.
    said: Vec<String>,
    /// No file dialog could be had: the keyboard goes to the path.
    typing: bool,
    job: Awaited,
    found: Option<Found>,
    search: String,
    chosen: Option<Chosen>,
}

/// What the files hold.
pub(super) struct Found {
    months: Arc<Months>,
    areas: Vec<KnownArea>,
    /// Everything to be told of the files, a sentence each.
    told: Vec<String>,
}

/// The area chosen, and what is known of it.
struct Chosen {
    area: KnownArea,
    told: Vec<String>,
}

/// What a person decided.
enum Choice {
    Pick,
    Read(Vec<PathBuf>),
    Make(KnownArea),
    Cancel,
}

/// What a job came to. The flag tells whose it was: one that was called off has nothing to say.
pub(super) enum Report {
    Picked(Vec<PathBuf>),
    NoDialog,
    Read(Flag, Result<Found, NotRead>),
    Made(Flag, String, Result<Box<Scenario>, NoPlan>),
}

impl Found {
    fn among(months: Months) -> Self {
        let refused = months.refused.iter().map(NotRead::in_sentences);
        let told = {
            let remarks = months.remarks.iter().chain(&months.of_areas).map(|remark| format!("{remark}."));
            refused.chain(remarks).take(MOST_SAID).collect()
        };
        Self { areas: months.areas(), told, months: Arc::new(months) }
    }

    fn summary(&self) -> String {
        let months = &self.months.workbooks;
        match (months.first_key_value(), months.last_key_value()) {
            (Some((first, _)), Some((last, _))) if first != last => {
                format!("{} months from {} to {}", months.len(), first.in_words(), last.in_words())
            }
            (Some((only, _)), _) => format!("One month, {}", only.in_words()),
            _ => "No month could be read".to_owned(),
        }
    }
}

impl Begin {
    /// Shows what there is, and gives what was decided.
    fn show(&mut self, ctx: &egui::Context) -> Option<Choice> {
        let modal = egui::Modal::new(Id::unique("begin")).frame(dialogs::frame(ctx)).show(ctx, |ui| {
            ui.set_width(560.0);
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            dialogs::heading(ui, "New plan from NHS England’s data");
            for words in &self.said {
                let words = RichText::new(format!("■ {words}")).color(palette(ui).bad);
                ui.add(Label::new(words).wrap().selectable(true));
            }
            match &self.found {
                Some(_) => self.ask_for_an_area(ui),
                None if self.job.is_awaited() => reading(ui),
                None => self.ask_for_files(ui),
            }
        });
        let cancelled = modal.should_close().then_some(Choice::Cancel);
        modal.inner.or(cancelled)
    }

    fn ask_for_files(&mut self, ui: &mut Ui) -> Option<Choice> {
        let words = "Choose NHS England’s monthly workbooks of delayed days by local authority, as they were published \
                     (.xls or .xlsx): as many months as you have, in any order. From twelve months on a plan is calibrated. \
                     They can be dropped here too.";
        ui.add(Label::new(words).wrap());
        let label = ui.label("Path of a workbook, or of a folder of them");
        let edit =
            TextEdit::singleline(&mut self.typed).desired_width(f32::INFINITY).hint_text("/home/me/delayed-transfers");
        let edit = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut self.typing) {
            edit.request_focus();
        }
        let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.horizontal(|ui| {
            let pick = ui.button("Choose files…");
            if ui.memory(|memory| memory.focused().is_none()) {
                pick.request_focus();
            }
            let path = self.typed.trim();
            let read = ui.add_enabled(!path.is_empty(), Button::new("Read what was typed"));
            let cancel = ui.button("Cancel");
            if pick.clicked() {
                Some(Choice::Pick)
            } else if read.clicked() || entered && !path.is_empty() {
                Some(Choice::Read(vec![PathBuf::from(path)]))
            } else {
                cancel.clicked().then_some(Choice::Cancel)
            }
        })
        .inner
    }

    fn ask_for_an_area(&mut self, ui: &mut Ui) -> Option<Choice> {
        let Self { found, search, chosen, job, .. } = self;
        let found = found.as_ref()?;
        ui.label(RichText::new(found.summary()).font(bold(theme::BODY)));
        said(ui, "What is said of the files", &found.told);
        let label = ui.label(format!("Area, of {} found", found.areas.len()));
        let edit = TextEdit::singleline(search).desired_width(f32::INFINITY).hint_text("Part of its name, or its code");
        let edit = ui.add(edit).labelled_by(label.id);
        let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.memory(|memory| memory.focused().is_none()) {
            edit.request_focus();
        }
        let matching: Vec<&KnownArea> = found.areas.iter().filter(|area| area.is_like(search)).collect();
        let mut wanted = matching.first().filter(|_| entered && !search.trim().is_empty()).copied();
        if matching.is_empty() {
            let left_out = found.months.rows_left_out_like(search);
            let words = match left_out.as_slice() {
                [] => "No area is named so; try a part of its name.".to_owned(),
                left_out => format!("Nothing can be used of it. {}.", left_out.join(". ")),
            };
            ui.add(Label::new(RichText::new(words).color(palette(ui).quiet)).wrap());
        }
        list(ui, &matching, chosen.as_ref().map(|chosen| &chosen.area), &mut wanted);
        if let Some(area) = wanted {
            *chosen = Some(Chosen::of(&found.months, area));
        }
        if let Some(chosen) = chosen {
            said(ui, "What is said of the area", &chosen.told);
        }
        ui.horizontal(|ui| {
            let making = job.is_awaited();
            let make = ui.add_enabled(chosen.is_some() && !making, Button::new("Make the plan"));
            let others = ui.add_enabled(!making, Button::new("Choose other files…"));
            let cancel = ui.button("Cancel");
            if making {
                ui.label("Calibrating …");
            }
            match chosen {
                Some(chosen) if make.clicked() => Some(Choice::Make(chosen.area.clone())),
                _ if others.clicked() => Some(Choice::Pick),
                _ => cancel.clicked().then_some(Choice::Cancel),
            }
        })
        .inner
    }

    /// Calls off what is under way.
    pub(super) fn stop(&mut self) {
        self.job.stop();
    }

    /// The flag of a job that begins.
    fn begin_job(&mut self) -> Flag {
        self.said.clear();
        self.job.begin()
    }
}

impl Chosen {
    fn of(months: &Months, area: &KnownArea) -> Self {
        let known = months.known(area);
        let level = known.months.last().map(|(newest, _)| {
            let (people, month) = (newest.people(), newest.month.in_words());
            format!("{}: {}; {people:.1} people delayed in {month}.", area.name, known.months_in_words())
        });
        let none = || {
            let why = NoPlan::NoMonths { area: area.name.clone(), why: known.newest_left_out.clone() };
            format!("{why}. No plan can be made of it. Choose another area.")
        };
        let is_said = |words: &&String| known.months.is_empty() && known.newest_left_out.as_ref() == Some(*words);
        let disagree = known.mismatches.iter().chain(&known.remarks).filter(|words| !is_said(words));
        let disagree = disagree.map(|words| format!("{words}."));
        let told = std::iter::once(level.unwrap_or_else(none)).chain(disagree).take(MOST_SAID).collect();
        Self { area: area.clone(), told }
    }
}

fn reading(ui: &mut Ui) -> Option<Choice> {
    ui.label("Reading the workbooks …");
    ui.button("Cancel").clicked().then_some(Choice::Cancel)
}

/// The areas that the search leaves, one of which may be chosen.
fn list<'a>(ui: &mut Ui, areas: &[&'a KnownArea], chosen: Option<&KnownArea>, wanted: &mut Option<&'a KnownArea>) {
    let scroll = ScrollArea::vertical().id_salt("areas").max_height(LIST).auto_shrink([false, true]);
    scroll.show_rows(ui, TARGET, areas.len(), |ui, rows| {
        for area in areas.get(rows).unwrap_or_default() {
            let code = area.code.as_deref().unwrap_or("the whole country");
            let words = format!("{} ({code})", area.name);
            ui.horizontal(|ui| {
                ui.set_min_height(TARGET);
                if ui.radio(chosen == Some(*area), words).clicked() {
                    *wanted = Some(*area);
                }
            });
        }
        focus::follow(ui);
    });
}

/// Sentences in a room of their own, as there may be many.
fn said(ui: &mut Ui, about: &str, sentences: &[String]) {
    room(ui, about, SAID, |ui| {
        for sentence in sentences {
            ui.add(Label::new(RichText::new(sentence).font(regular(theme::BODY))).wrap().selectable(true));
        }
    });
}

/// Text that may be higher than there is room for: one stop for the keyboard, where the arrows, Page Up and Page Down, Home
/// and End scroll it as the wheel does, with a bar that is always there. As many stops as lines would stand in the way of
/// the buttons below.
pub(super) fn room(ui: &mut Ui, name: &str, height: f32, text: impl FnOnce(&mut Ui)) {
    let scroll = ScrollArea::vertical().id_salt(name).max_height(height).auto_shrink([false, true]);
    scroll.scroll_bar_visibility(ScrollBarVisibility::AlwaysVisible).show(ui, |ui| {
        let stop = ui.interact(ui.clip_rect(), ui.unique_id().with(name), Sense::focusable_noninteractive());
        stop.widget_info(|| WidgetInfo::labeled(Role::ScrollView, true, name));
        if stop.has_focus() {
            let keep_arrows = EventFilter { vertical_arrows: true, ..Default::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(stop.id, keep_arrows));
            ui.scroll_with_delta(vec2(0.0, scrolled_by_keys(ui, height)));
        }
        text(ui);
    });
}

/// How far the keys pressed scroll a text, a page of which is so high.
fn scrolled_by_keys(ui: &Ui, height: f32) -> f32 {
    let page = (height - TARGET).max(TARGET); // a line is seen again
    let keys = [
        (Key::PageUp, page),
        (Key::PageDown, -page),
        (Key::ArrowUp, TARGET),
        (Key::ArrowDown, -TARGET),
        (Key::Home, ALL_OF_IT),
        (Key::End, -ALL_OF_IT),
    ];
    ui.input(|input| keys.iter().filter(|(key, _)| input.key_pressed(*key)).map(|(_, by)| by).sum())
}

impl Background {
    fn pick_workbooks(&self) {
        self.start("the open dialog", || {
            let asked = Instant::now();
            let dialog = rfd::FileDialog::new().add_filter("Workbooks", &["xls", "xlsx"]);
            Done::Begun(match dialog.pick_files() {
                None if asked.elapsed() < TOO_FAST_FOR_A_PERSON => Report::NoDialog,
                picked => Report::Picked(picked.unwrap_or_default()),
            })
        });
    }

    fn read_workbooks(&self, paths: Vec<PathBuf>, job: Flag) {
        self.start("reading the workbooks", move || {
            let goes_on = |_: &PathBuf| !job.load(Ordering::Relaxed);
            let months = workbooks_at(&paths)
                .map(|files| Months::of(files.into_iter().take_while(goes_on).map(|path| Workbook::read(&path))));
            Done::Begun(Report::Read(job.clone(), months.map(Found::among)))
        });
    }

    fn make_plan(&self, months: Arc<Months>, area: KnownArea, job: Flag) {
        self.start("making the plan", move || {
            let made = plan(&months.known(&area)).map(Box::new);
            Done::Begun(Report::Made(job, area.name, made))
        });
    }
}

impl Planner {
    pub(super) fn show_begin(&mut self, ctx: &egui::Context) {
        let Some(begin) = &mut self.begin else { return };
        match begin.show(ctx) {
            None => {}
            Some(Choice::Pick) => self.background.pick_workbooks(),
            Some(Choice::Read(paths)) => self.read_workbooks(paths),
            Some(Choice::Make(area)) => {
                if let Some(months) = begin.found.as_ref().map(|found| found.months.clone()) {
                    self.background.make_plan(months, area, begin.begin_job());
                }
            }
            Some(Choice::Cancel) => {
                begin.stop();
                self.begin = None;
                self.stay();
            }
        }
    }

    /// Reads these workbooks in the place of those read before.
    pub(super) fn read_workbooks(&mut self, paths: Vec<PathBuf>) {
        let Some(begin) = self.begin.as_mut().filter(|_| !paths.is_empty()) else { return };
        (begin.found, begin.chosen) = (None, None);
        self.background.read_workbooks(paths, begin.begin_job());
    }

    pub(super) fn hear_of_beginning(&mut self, report: Report) {
        let Some(begin) = &mut self.begin else { return };
        match report {
            Report::Picked(paths) => self.read_workbooks(paths),
            Report::NoDialog => {
                begin.said = vec![format!("{} Type a path, or drop the files here.", dialogs::NO_DIALOG)];
                begin.typing = true;
            }
            Report::Read(job, result) if begin.job.ends(&job) => match result {
                Ok(found) if found.areas.is_empty() => begin.said = found.told,
                Ok(found) => begin.found = Some(found),
                Err(refused) => begin.said = vec![refused.in_sentences()],
            },
            Report::Made(job, area, result) if begin.job.ends(&job) => match result {
                Ok(scenario) => self.show_begun(*scenario),
                Err(why) => {
                    let remedy = "Choose another area, or other workbooks.";
                    begin.said = vec![format!("No plan was made for {area}. {why}. {remedy}")];
                }
            },
            Report::Read(..) | Report::Made(..) => {}
        }
    }

    /// The plan as one unsaved step from the blank one: it is in the journal before anybody saves it.
    fn show_begun(&mut self, scenario: Scenario) {
        self.begin = None;
        let area = scenario.area.clone();
        let blank = BLANK.open().map_err(|error| error.to_string());
        let begun = blank.and_then(|blank| {
            let mut document = Document::new(blank, None).map_err(|error| error.to_string())?;
            document.apply(Edit::ReplaceScenario(Box::new(scenario))).map_err(|refusal| refusal.to_string())?;
            Ok(document)
        });
        match begun {
            Ok(document) => {
                self.show_document(document);
                let words = format!("A plan for {area}, not saved yet; fill in the grant of each year");
                self.view.message = Some(Message::done(words));
            }
            Err(why) => self.dialog = Some(Dialog::Error { trouble: Trouble::NotBegun, lines: vec![why] }),
        }
    }
}
