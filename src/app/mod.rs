//! The window: what it keeps, and one frame of it. Views draw the document and ask for actions, which `work` carries out.

mod allocations;
mod announce;
mod background;
mod begin;
mod chart_view;
mod charts;
mod command;
mod compare;
mod conflict;
mod context;
mod dialogs;
mod disk;
mod document;
mod exporting;
mod finder;
mod focus;
mod headline_strip;
mod history;
mod import;
mod inspector;
mod newer;
mod offers;
mod panels;
mod present;
mod record;
mod recovery;
mod refinement;
mod saving;
mod settings;
mod slider;
mod start;
mod text_box;
mod theme;
mod top_bar;
mod trouble;
mod view;
mod words;
mod work;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use eframe::egui::{self, Theme, Ui, ViewportCommand};

use announce::Announcer;
use background::Background;
use begin::Begin;
use command::Command;
use conflict::Conflict;
use dialogs::{Dialog, Then};
use disk::Disk;
use document::Document;
use exporting::Exports;
use finder::Finder;
use focus::Focus;
use import::Import;
use newer::NewerFile;
use present::{Presentation, Stage};
use record::Search;
use recovery::Recovery;
use refinement::{Memory, Refinement, moved_along};
pub use settings::Settings;
use start::Start;
use trouble::Trouble;
use view::{Action, View, Years};
use words::Words;

use crate::bundled::JULY_2017;
use crate::chart::Tile;
use crate::file::{self, ReadError};
use crate::forecast::Forecast;
use crate::present::Change;
use crate::scenario::{Edit, Scenario};

/// Opens the window on `path`, or on Oxfordshire's July 2017 plan, presenting it if asked, and stays until it is closed.
///
/// Errs in one line if no window can be had. What the system says of it names no remedy, and is left out.
pub fn run(path: Option<PathBuf>, present: bool) -> Result<(), String> {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default();
    let viewport = egui::ViewportBuilder::default()
        .with_title("iBCF Planner")
        .with_app_id("ibcf-planner")
        .with_icon(icon)
        .with_inner_size([1280.0, 720.0])
        .with_min_inner_size([900.0, 560.0]);
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    eframe::run_native(
        "iBCF Planner",
        options,
        Box::new(move |creation| {
            let planner = Planner::new(&creation.egui_ctx, path.as_deref(), Settings::load())?;
            let mut planner = planner.with_recovery(&creation.egui_ctx, file::journal::folder());
            if present {
                planner.present(&creation.egui_ctx);
            }
            Ok(Box::new(planner))
        }),
    )
    .map_err(|_| "No window could be opened, as neither the display nor its graphics answered".to_owned())
}

/// The whole window.
pub struct Planner {
    document: Document,
    /// Replications under way, and the plan that they are of.
    refinement: Option<(Scenario, Refinement)>,
    /// The history being gone through for its record.
    search: Option<Search>,
    /// What one plan's replications leave for the next one's.
    memory: Arc<Mutex<Memory>>,
    view: View,
    background: Background,
    recovery: Recovery,
    settings: Settings,
    dialog: Option<Dialog>,
    /// What is being looked for, by name.
    finder: Option<Finder>,
    /// The page of a first start.
    start: Option<Start>,
    /// The field's words.
    words: Option<Words>,
    focus: Focus,
    announcer: Announcer,
    /// What is known of the document's file.
    disk: Disk,
    /// What is being exported, and asked about it.
    exports: Exports,
    /// The two versions of it that a person is to decide between.
    conflict: Option<Conflict>,
    /// A plan being begun from NHS England's workbooks.
    begin: Option<Begin>,
    /// A planning template's table being taken in.
    import: Option<Import>,
    /// Counts the documents opened, so that what comes back from a save finds its own.
    document_number: u64,
    /// What to do once a save has gone through.
    after_save: Option<Then>,
    /// What is before the room, while presenting.
    presentation: Option<Presentation>,
    /// What the window fills: a screen, for a presentation.
    stage: Stage,
    /// Changes that a person said may be lost, exactly as they stood.
    given_up: Option<Scenario>,
    /// The edit that the drag going on stands at.
    dragged: Option<Edit>,
    /// Esc was pressed in a drag: what is left of it is ignored until the button is let go.
    drag_cancelled: bool,
    /// The window may close without asking.
    may_quit: bool,
    /// The title that the system's title bar shows.
    titled: String,
}

impl Planner {
    /// The window on `path`, or on the bundled plan; if `path` can't be read, on the bundled plan with the reason before it.
    pub fn new(ctx: &egui::Context, path: Option<&Path>, settings: Settings) -> Result<Self, String> {
        theme::install(ctx);
        ctx.set_theme(if settings.dark { Theme::Dark } else { Theme::Light });
        let asked = path.map(open);
        let (document, dialog) = match asked {
            Some(Ok(document)) => (document, None),
            Some(Err(dialog)) => (july()?, Some(dialog)),
            None => (july()?, None),
        };
        let mut planner = Self {
            document,
            refinement: None,
            search: None,
            memory: Arc::default(),
            view: View::default(),
            background: Background::new(ctx.clone()),
            recovery: Recovery::default(),
            settings,
            dialog,
            finder: None,
            start: None,
            words: None,
            focus: Focus::default(),
            announcer: Announcer::default(),
            disk: Disk::default(),
            exports: Exports::default(),
            conflict: None,
            begin: None,
            import: None,
            document_number: 0,
            after_save: None,
            presentation: None,
            stage: Stage::default(),
            given_up: None,
            dragged: None,
            drag_cancelled: false,
            may_quit: false,
            titled: String::new(),
        };
        // Whoever names a file wants that file.
        let starts_with_page = planner.settings.take_start_page();
        planner.start = (starts_with_page && path.is_none()).then_some(Start);
        if let Some(path) = planner.document.path() {
            planner.settings.remember(path);
        }
        planner.view = View { years: planner.first_years(), chart: charts::TRAJECTORY, ..View::default() };
        Ok(planner)
    }

    /// The scenario as it stands in the window.
    pub fn scenario(&self) -> &Scenario {
        self.document.scenario()
    }

    /// The three charts as they stand in the window.
    pub fn charts(&self) -> &[crate::chart::Chart; 3] {
        &self.document.figures().charts
    }

    /// The headline as it stands in the window.
    pub fn headline(&self) -> &[crate::chart::Tile] {
        &self.document.figures().headline
    }

    /// The year that the plan was written in, which the room asks about first.
    fn first_years(&self) -> Years {
        let written = self.document.scenario().as_of.financial_year();
        let years = &self.document.figures().ledger.years;
        years.iter().find(|line| line.year >= written).or(years.last()).map_or(Years::All, |line| Years::One(line.year))
    }

    fn title_the_window(&mut self, ctx: &egui::Context) {
        let mark = if self.document.is_changed() { "● " } else { "" };
        let title = format!("{mark}{} – iBCF Planner", self.document.scenario().title);
        if title != self.titled {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.titled = title;
        }
    }

    /// Whether all replications of the plan as it stands have come in.
    pub fn is_refined(&self) -> bool {
        let of_this = self.refinement.as_ref().filter(|(of, _)| of == self.document.scenario());
        let staged = self.presentation.as_ref().is_none_or(|presentation| presentation.is_ready(&self.document));
        staged && of_this.is_some_and(|(_, refinement)| refinement.is_done())
    }

    /// Keeps replications of the plan as it stands going, and shows how far they have come.
    fn mind_the_chance(&mut self, ctx: &egui::Context) {
        let scenario = self.document.scenario();
        if let Some((of, _)) = &mut self.refinement
            && of != scenario
            && Change::between(of, scenario).is_none()
        {
            // A state that was kept, a note or a name: what has been run stands.
            of.clone_from(scenario);
        }
        // Called off before the next ones want the processors, and before they tell of a plan that is no more.
        self.refinement.take_if(|(of, refinement)| of != scenario && refinement.has_begun());
        if let Some((of, refinement)) = &mut self.refinement
            && let Some(chance) = refinement.report()
        {
            let chance = if of == scenario {
                chance
            } else {
                moved_along(chance, &Forecast::of(of), &self.document.figures().forecast)
            };
            self.refinement.take_if(|(of, _)| of != scenario);
            self.document.show_chance(chance);
            ctx.request_repaint();
        }
        if self.refinement.is_none() {
            let scenario = self.document.scenario().clone();
            let mut refinement = Refinement::start(&scenario, &self.memory, ctx.clone());
            if let Some(chance) = refinement.first_report() {
                self.document.show_chance(chance);
                ctx.request_discard("the first replications came in");
            }
            self.refinement = Some((scenario, refinement));
        }
    }

    /// Goes through the history where its record is looked at and not yet known.
    fn mind_the_record(&mut self, ctx: &egui::Context) {
        if let Some((of, found)) = self.search.as_ref().and_then(Search::report) {
            self.document.show_record(of, found);
            self.search = None;
            ctx.request_repaint();
        }
        let scenario = self.document.scenario();
        let is_searched = self.search.as_ref().is_some_and(|search| search.is_of(scenario));
        let presented = self.presentation.is_some() && Presentation::wants_record(&self.document);
        if !self.document.wants_record() && !presented {
            self.search = None;
        } else if !is_searched {
            self.search = Some(Search::start(scenario, ctx.clone()));
        }
    }
}

impl eframe::App for Planner {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }
}

impl Planner {
    /// One frame: hears what was reported, shows everything, carries out what was asked for.
    pub fn draw(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.hear_reports(&ctx);
        self.disk.look(&ctx, &self.document);
        self.mind_dropped_files(&ctx);
        self.mind_escape(&ctx);
        self.mind_the_stage(ui);
        let typing = self.view.changed_box();
        let asking = self.is_asking();
        let keyed = if asking { Vec::new() } else { Command::pressed(&ctx, typing.is_some()) };
        let closing = ctx.input(|input| input.viewport().close_requested());
        if let Some(id) = typing.filter(|_| closing || !keyed.is_empty()) {
            // What is being typed is part of the plan that is to be saved or left: the box hands it over first.
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
        let actions = if self.presentation.is_some() { self.show_presentation(ui) } else { self.show(ui) };
        let refused = actions.iter().any(Action::is_refusal);
        // A figure that was refused is still to be dealt with; nothing is saved or left over it.
        let keyed = if refused { Vec::new() } else { keyed };
        let mut anything = false;
        for action in actions.into_iter().chain(keyed.into_iter().map(Action::Run)) {
            anything |= self.carry_out(&ctx, action);
        }
        self.mind_the_drag(&ctx);
        self.mind_the_chance(&ctx);
        self.mind_the_record(&ctx);
        self.mind_the_journal();
        self.mind_the_close(&ctx, closing, refused);
        self.show_conflict(&ctx);
        self.show_begin(&ctx);
        self.show_import(&ctx);
        self.show_dialog(&ctx);
        self.show_exports(&ctx);
        self.show_recovery(&ctx);
        anything |= self.show_start(&ctx) | self.show_finder(&ctx);
        self.mind_the_words(&ctx);
        self.focus.mind(ui, self.is_asking() || self.view.table.is_some() || self.presentation.is_some());
        self.announce(ui);
        self.title_the_window(&ctx);
        if anything {
            // What was asked for in this frame is seen in this frame: egui lays the same frame out once more.
            ctx.request_discard("the plan changed");
        }
    }
}

impl Planner {
    /// Tells a screen reader what the headline or the page has come to, once it holds still.
    fn announce(&mut self, ui: &Ui) {
        let settled = !self.document.is_dragging() && self.is_refined();
        let lines = match &self.presentation {
            Some(presentation) => presentation.title().map(str::to_owned).into_iter().collect(),
            None => self.headline().iter().map(Tile::in_words).collect(),
        };
        self.announcer.mind(ui, lines, settled);
    }

    /// Whether a question stands before the window.
    fn is_asking(&self) -> bool {
        let questions = [
            self.dialog.is_some(),
            self.conflict.is_some(),
            self.exports.is_asking(),
            self.begin.is_some(),
            self.import.is_some(),
            self.is_recovery_asking(),
            self.finder.is_some(),
            self.words.is_some(),
            self.start.is_some(),
        ];
        questions.contains(&true)
    }
}

/// The document in a file, or what to say where there is none.
fn open(path: &Path) -> Result<Document, Dialog> {
    match file::read(path) {
        Ok(opened) => {
            Document::new(opened, Some(path.to_owned())).map_err(|error| could_not_open(vec![error.to_string()]))
        }
        Err(newer @ ReadError::Newer { .. }) => Err(NewerFile::dialog(NewerFile::at(path, &newer).map(Box::new))),
        Err(error) => Err(could_not_open(error.lines())),
    }
}

fn july() -> Result<Document, String> {
    let opened = JULY_2017.open().map_err(|error| error.to_string())?;
    Document::new(opened, None).map_err(|error| error.to_string())
}

fn could_not_open(lines: Vec<String>) -> Dialog {
    Dialog::Error { trouble: Trouble::NotOpened, lines }
}
