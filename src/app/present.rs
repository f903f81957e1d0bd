//! Presenting: full screen, large type, one page at a time, moved by keys that clickers send. The pages themselves are
//! data; here they are chosen, drawn, and asked “what if?”.

mod keys;
mod levers;
mod overlay;
mod page;
mod presenter;
mod shown;
mod snapshot;

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use eframe::egui::{self, Color32, Frame, Margin, Panel, Role, Sense, Ui, ViewportCommand, WidgetInfo};

use keys::Heard;
use overlay::Overlay;
use shown::Shown;
use snapshot::Snapshot;

use super::Planner;
use super::announce::name_part;
use super::document::Document;
use super::theme::{self, palette};
use super::view::{Action, View};
use crate::present::{self, Change, Lever, Page, Told, Topic, topics};
use crate::scenario::Scenario;

/// The smallest text of a presentation, in points, and the window that it is meant for; in larger ones it grows.
const SMALLEST: f32 = 18.0;
const MADE_FOR: egui::Vec2 = egui::vec2(1280.0, 720.0);

/// What is before the room.
pub(super) struct Presentation {
    opened: Snapshot,
    /// Which page, from 0.
    at: usize,
    /// Nothing is shown.
    blank: bool,
    /// The plan is shown as it was opened.
    flipped: bool,
    /// The sliders of each page that has been seen.
    levers: HashMap<Topic, Vec<Lever>>,
    overlay: Option<Overlay>,
    /// Where the keys were that asked for what lies over the page.
    overlay_in: Screen,
    /// A page number being typed, and when its last digit came.
    typed: Option<(usize, Instant)>,
    /// On which screens a control had the keyboard when the last frame ended.
    had_focus: HashSet<Screen>,
    /// Which screen a person put the page on, from 0, in the system's order.
    screen: Option<usize>,
    /// Whether the presenter has a window of their own, on another screen.
    has_presenter: bool,
    began: Instant,
    shown: Shown,
    /// The page as last made, and what from.
    made: Option<(MadeFrom, Page)>,
}

/// Who looks at a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Screen {
    /// All in the room.
    #[default]
    Room,
    /// Whoever presents, alone.
    Presenter,
}

/// What the window fills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// Itself.
    #[default]
    Window,
    /// The screen that it is on.
    Here,
    /// The screen of this number.
    On(usize),
}

/// What a page hangs on.
#[derive(Clone, PartialEq)]
struct MadeFrom {
    topic: Topic,
    flipped: bool,
    scenario: Scenario,
    replications: [Option<u32>; 2],
    has_record: bool,
    moved_along: Option<f64>,
}

impl Presentation {
    /// The finding before the room.
    pub(super) fn title(&self) -> Option<&str> {
        self.made.as_ref().map(|(_, page)| page.title.as_str())
    }

    /// Whether all that its pages wait for has come in.
    pub(super) fn is_ready(&self, document: &Document) -> bool {
        let compared = match &self.overlay {
            Some(Overlay::Compared { states, .. }) => states.iter().all(Snapshot::is_done),
            _ => true,
        };
        compared && self.opened.is_done() && !Self::wants_record(document)
    }

    /// Whether a page needs the history gone through.
    pub(super) fn wants_record(document: &Document) -> bool {
        document.record().is_none() && topics(document.scenario()).contains(&Topic::Record)
    }

    /// The pages: those that the plan has something for as it stands, or had as it was opened. To take the last pound
    /// from a scheme takes no page from under the hand.
    fn topics(&self, document: &Document) -> Vec<Topic> {
        let mut all = topics(document.scenario());
        all.extend(topics(self.opened.scenario()));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The page before the room.
    fn topic(&self, document: &Document) -> Topic {
        let topics = self.topics(document);
        topics.get(self.at).or(topics.last()).copied().unwrap_or(Topic::Balance)
    }

    /// Goes to the nth page, from 0; past the last, to the last.
    fn go_to(&mut self, document: &Document, at: usize) {
        self.at = at.min(self.topics(document).len().saturating_sub(1));
    }

    /// The page, made anew where something it hangs on has changed.
    fn page(&mut self, document: &Document) -> Page {
        let topic = self.topic(document);
        self.page_of(document, topic)
    }

    fn page_of(&mut self, document: &Document, topic: Topic) -> Page {
        let plan = document.plan();
        let from = MadeFrom {
            topic,
            flipped: self.flipped,
            scenario: plan.scenario.clone(),
            replications: [plan.chance, self.opened.plan(None).chance].map(|of| of.map(|chance| chance.replications)),
            has_record: document.record().is_some(),
            moved_along: plan.chance.and_then(|chance| chance.mean_days.last().copied()),
        };
        match &self.made {
            Some((made, page)) if *made == from => page.clone(),
            _ => {
                let page = self.make(document, topic);
                self.made = Some((from, page.clone()));
                page
            }
        }
    }

    fn make(&self, document: &Document, topic: Topic) -> Page {
        let now = document.plan();
        let opened = self.opened.plan(now.chance.map(|chance| chance.replications));
        let record = document.record().map(|found| found.as_ref().map_err(Vec::as_slice));
        let told = if self.flipped {
            Told { now: self.opened.plan(None), opened: None, record }
        } else {
            Told { now, opened: self.is_changed(document).then_some(opened), record }
        };
        present::page(topic, &told)
    }

    /// The screen on which something lies over the page, if anything does. A table is there for the room to see.
    fn overlay_on(&self) -> Option<Screen> {
        self.overlay.as_ref().map(|overlay| match overlay {
            Overlay::Table | Overlay::Compared { .. } => Screen::Room,
            _ => self.overlay_in,
        })
    }

    /// Remembers whether a control of this screen has the keyboard.
    fn mind_focus(&mut self, ui: &Ui, screen: Screen) {
        if ui.memory(|memory| memory.focused().is_some()) {
            self.had_focus.insert(screen);
        } else {
            self.had_focus.remove(&screen);
        }
    }

    /// Whether the plan has other findings than when it was opened.
    fn is_changed(&self, document: &Document) -> bool {
        Change::between(self.opened.scenario(), document.scenario()).is_some()
    }

    /// What is before the room: the plan as it was opened, or as it stands.
    fn seen<'a>(&'a self, document: &'a Document) -> &'a Scenario {
        if self.flipped { self.opened.scenario() } else { document.scenario() }
    }

    /// The sliders of a page: chosen, or those that move its finding most.
    fn levers(&mut self, topic: Topic) -> &mut Vec<Lever> {
        let Self { levers, opened, .. } = self;
        levers.entry(topic).or_insert_with(|| present::levers(topic, &opened.plan(None)))
    }
}

impl Planner {
    /// Begins to present, at the first page; while presenting, goes on.
    pub fn present(&mut self, ctx: &egui::Context) {
        if self.presentation.is_some() || self.dialog.is_some() {
            return;
        }
        self.document.cancel_drag();
        self.view.message = None;
        self.view.typing = None;
        self.view.table = None;
        self.start = None;
        let (saved, plan) = (self.document.saved(), self.document.plan());
        let known = plan.chance.filter(|_| Change::between(saved, plan.scenario).is_none()).cloned();
        let opened = Snapshot::of(saved, known, ctx.clone());
        self.presentation = opened.ok().map(|opened| Presentation {
            opened,
            at: 0,
            blank: false,
            flipped: false,
            levers: HashMap::new(),
            overlay: None,
            overlay_in: Screen::Room,
            typed: None,
            had_focus: HashSet::new(),
            screen: None,
            has_presenter: false,
            began: Instant::now(),
            shown: Shown::default(),
            made: None,
        });
        ctx.memory_mut(|memory| memory.focused().map(|id| memory.surrender_focus(id)));
    }

    /// The page before the room, if there is one.
    pub fn page(&mut self) -> Option<Page> {
        let Self { presentation, document, .. } = self;
        presentation.as_mut().map(|presentation| presentation.page(document))
    }

    /// Fills the screen while presenting, and gives it back afterwards.
    pub(super) fn mind_the_stage(&mut self, ui: &mut Ui) {
        let stage = self
            .presentation
            .as_ref()
            .map_or(Stage::Window, |presentation| presentation.screen.map_or(Stage::Here, Stage::On));
        if stage != self.stage {
            self.stage = stage;
            ui.ctx().send_viewport_cmd(match stage {
                Stage::Window => ViewportCommand::Fullscreen(false),
                Stage::Here => ViewportCommand::Fullscreen(true),
                Stage::On(screen) => ViewportCommand::SetMonitor(screen),
            });
        }
        let presenting = stage != Stage::Window;
        // Menus, dialogs and what the pointer reads are as large as the page.
        let scale = if presenting { scale_for(ui) } else { 1.0 };
        if (theme::scale(ui) - scale).abs() > 1e-3 {
            ui.ctx().all_styles_mut(|style| theme::resize(style, scale));
            theme::resize(ui.style_mut(), scale);
        }
    }

    /// The page, its sliders and its foot; keys are heard first.
    pub(super) fn show_presentation(&mut self, ui: &mut Ui) -> Vec<Action> {
        let Self { presentation, document, view, dialog, drag_cancelled, .. } = self;
        let Some(presentation) = presentation else { return Vec::new() };
        presentation.opened.hear();
        let mut actions = Vec::new();
        let is_free = dialog.is_none() && !*drag_cancelled;
        let heard = is_free.then(|| Heard::of(ui.ctx(), Screen::Room, presentation, document, view, &mut actions));
        if presentation.blank {
            blank(ui);
        } else {
            show(ui, presentation, document, view, &mut actions);
        }
        if let Some(heard) = heard {
            heard.carry_out(presentation, document, view, &mut actions);
        }
        presenter::show(ui.ctx(), is_free, presentation, document, view, &mut actions);
        overlay::show(ui, Screen::Room, presentation, document, view, &mut actions);
        presentation.mind_focus(ui, Screen::Room);
        actions
    }
}

/// As large as the window has room for, and never below the smallest.
fn scale_for(ui: &Ui) -> f32 {
    let room = ui.ctx().content_rect().size() / MADE_FOR;
    SMALLEST / theme::SMALL * room.min_elem().max(1.0)
}

/// Nothing but black; a screen reader still hears what this is.
fn blank(ui: &mut Ui) {
    let room = ui.ctx().content_rect();
    ui.painter().rect_filled(room, 0.0, Color32::BLACK);
    let response = ui.interact(room, ui.scope_id().with("blank"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Blank screen: B shows the page again"));
}

fn show(ui: &mut Ui, presentation: &mut Presentation, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    let page = presentation.page(document);
    let mut shown = std::mem::take(&mut presentation.shown);
    shown.begin(page.topic, ui.input(|input| input.time));
    let ground = palette(ui).card;
    let (foot, sliders) = (page::foot_height(ui), levers::height(ui, presentation, page.topic, document));
    let size = page::Size::of(ui, &page, foot + sliders);
    let frame = |top, bottom| {
        let edge = size.margin();
        Frame::new().fill(ground).inner_margin(Margin { left: edge, right: edge, top, bottom })
    };
    let part = |name, height, margins: [i8; 2]| {
        let [top, bottom] = margins;
        Panel::top(name).exact_size(height).frame(frame(top, bottom)).show_separator_line(false)
    };
    let flipped = presentation.flipped;
    // From the top to the foot, which is also the order of the keyboard.
    let room = ui.available_height() - foot;
    if size.is_scrolled() {
        part("present page", room, [size.top(), 4]).show(ui, |ui| {
            name_part(ui, "Page");
            let mut scroll = std::mem::take(&mut shown.scroll);
            scroll.show(ui, |ui| {
                page::show(ui, &page, &mut shown, flipped, &size);
                levers::show(ui, presentation, page.topic, document, view, actions);
            });
            shown.scroll = scroll;
        });
    } else {
        part("present page", room - sliders, [size.top(), 4]).show(ui, |ui| {
            name_part(ui, "Page");
            page::show(ui, &page, &mut shown, flipped, &size);
        });
        if sliders > 0.0 {
            part("present levers", sliders, [2, 2]).show(ui, |ui| {
                name_part(ui, "Sliders");
                levers::show(ui, presentation, page.topic, document, view, actions);
            });
        }
    }
    egui::CentralPanel::default().frame(frame(2, 6)).show(ui, |ui| {
        name_part(ui, "What can be done");
        page::foot(ui, presentation, document, view, actions);
    });
    presentation.shown = shown;
}
