//! The page that a first start opens with: what can be done, in five lines, and what there is to open. The July plan is
//! open behind it, so that closing the page is a start too.

use eframe::egui::{
    self, Align, Button, Context, CornerRadius, Id, Label, Layout, Modal, Rect, RichText, Role, ScrollArea, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use super::Planner;
use super::announce::name_part;
use super::command::Command;
use super::dialogs;
use super::disk::file_name;
use super::document::Document;
use super::focus;
use super::settings::Settings;
use super::theme::{self, bold, palette, regular};
use super::view::Action;
use crate::bundled::{BLANK, PAPERS};

const WIDTH: f32 = 820.0;
/// The left half's share of the width.
const LEFT: f32 = 0.53;
/// A line of what there is to open.
const ROW: f32 = 32.0;
/// Recent files shown here; the File menu has them all.
const MOST_RECENT: usize = 4;

/// The page is open.
pub(super) struct Start;

impl Planner {
    /// The page, while it is open and nothing more urgent is asked. Tells whether anything was chosen.
    pub(super) fn show_start(&mut self, ctx: &Context) -> bool {
        let is_covered = self.dialog.is_some() || self.conflict.is_some() || self.is_recovery_asking();
        if self.start.is_none() || is_covered || self.presentation.is_some() {
            return false;
        }
        let mut actions = Vec::new();
        let mut at_start = self.settings.starts_with_page();
        let modal = Modal::new(Id::unique("start")).frame(dialogs::frame(ctx)).show(ctx, |ui| {
            let room = ctx.content_rect().size();
            ui.set_width(WIDTH.min(room.x - 60.0));
            ui.set_max_height(room.y - 60.0);
            ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
            heading(ui);
            let (left, right) = halves(ui);
            let said = within(ui, left, "what can be done", what_can_be_done);
            let open = within(ui, right, "open", |ui| what_to_open(ui, &self.document, &self.settings, &mut actions));
            ui.advance_cursor_after_rect(said.union(open.1));
            ui.add_space(8.0);
            foot(ui, &mut at_start) || open.0
        });
        if at_start != self.settings.starts_with_page() {
            self.settings.set_starts_with_page(at_start);
        }
        let closed = modal.inner || modal.should_close() || !actions.is_empty();
        if closed {
            self.start = None;
            ctx.request_repaint();
        }
        for action in actions {
            self.carry_out(ctx, action);
        }
        closed
    }
}

fn heading(ui: &mut Ui) {
    name_part(ui, "Start page");
    ui.label(RichText::new("iBCF Planner").font(bold(theme::FIGURE)).color(palette(ui).ink));
    let about = "Plan the improved Better Care Fund: what is left, which year is the first that is not covered, and how many \
                 people wait in hospital beds that they no longer need.";
    ui.add(Label::new(RichText::new(about).font(regular(theme::TITLE)).color(palette(ui).quiet)).wrap());
    ui.add_space(6.0);
    ui.separator();
    ui.add_space(2.0);
}

fn halves(ui: &Ui) -> (Rect, Rect) {
    let room = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), f32::INFINITY));
    let middle = room.left() + room.width() * LEFT;
    let left = Rect::from_min_max(room.min, egui::pos2(middle - 14.0, room.bottom()));
    (left, Rect::from_min_max(egui::pos2(middle + 14.0, room.top()), room.max))
}

/// Lays something out in one half.
fn within<T>(ui: &mut Ui, room: Rect, name: &str, show: impl FnOnce(&mut Ui) -> T) -> T {
    ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(name), show).inner
}

/// Five things that a person who has never seen the planner can do at once.
fn what_can_be_done(ui: &mut Ui) -> Rect {
    let keys = |command: Command| command.keys(ui.ctx()).unwrap_or_default();
    let (present, find, words) = (keys(Command::Present), keys(Command::Find), keys(Command::ShowWords));
    let lines = [
        ("Move money.", "Drag a slider, or type 1.2m into its box: every figure and chart follows at once.".to_owned()),
        (
            "Bind money.",
            "The chips 17, 18, 19 commit a scheme’s years; red is what the grant does not cover.".to_owned(),
        ),
        ("Ask why.", "Click a scheme or a day: every figure names its paper, or says that it is assumed.".to_owned()),
        ("Present.", format!("{present} shows the room one finding at a time, with sliders for “what if?”.")),
        ("Find.", format!("{find} finds any command or scheme; {words} says what the field’s words mean.")),
    ];
    section(ui, "What can be done");
    for (what, how) in lines {
        ui.horizontal_top(|ui| {
            let (mark, _) = ui.allocate_exact_size(vec2(4.0, 34.0), egui::Sense::hover());
            ui.painter().rect_filled(mark, CornerRadius::same(2), palette(ui).plan);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(RichText::new(what).font(bold(theme::BODY)).color(palette(ui).ink));
                ui.add(Label::new(RichText::new(how).font(regular(theme::BODY)).color(palette(ui).ink)).wrap());
            });
        });
        ui.add_space(3.0);
    }
    ui.min_rect()
}

/// What there is to open; tells whether the plan behind is to be gone on with, and the room that it took.
fn what_to_open(ui: &mut Ui, document: &Document, settings: &Settings, actions: &mut Vec<Action>) -> (bool, Rect) {
    section(ui, "Begin with");
    let on = choice(ui, &document.scenario().title, "open now");
    if ui.memory(|memory| memory.focused().is_none()) {
        on.request_focus();
    }
    for bundled in PAPERS.into_iter().filter(|bundled| bundled.text != document.saved_text()) {
        let name = bundled.label.trim_start_matches("Open ");
        if choice(ui, name, "from its papers").clicked() {
            actions.push(Action::OpenBundled(bundled));
        }
    }
    if choice(ui, BLANK.label, "nothing in it yet").clicked() {
        actions.push(Action::Run(Command::New));
    }
    if choice(ui, Command::Open.label(), "a file of yours").clicked() {
        actions.push(Action::Run(Command::Open));
    }
    if !settings.recent().is_empty() {
        ui.add_space(4.0);
        section(ui, "Recent files");
        ScrollArea::vertical().id_salt("recent").max_height(ROW * MOST_RECENT as f32).show(ui, |ui| {
            for path in settings.recent().iter().take(MOST_RECENT) {
                let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
                if choice(ui, &file_name(path), &folder).on_hover_text(path.display().to_string()).clicked() {
                    actions.push(Action::OpenRecent(path.clone()));
                }
            }
            focus::follow(ui);
        });
    }
    (on.clicked(), ui.min_rect())
}

fn section(ui: &mut Ui, name: &str) {
    ui.label(RichText::new(name).font(bold(theme::BODY)).color(palette(ui).plan));
}

/// Something to begin with: its name, and quietly what it is.
fn choice(ui: &mut Ui, name: &str, what: &str) -> egui::Response {
    let (strong, quiet) = (palette(ui).ink, palette(ui).quiet);
    let mut job = egui::text::LayoutJob::default();
    let format = |font, color| egui::TextFormat { font_id: font, color, ..Default::default() };
    job.append(name, 0.0, format(regular(theme::BODY), strong));
    job.append(what, 10.0, format(regular(theme::SMALL), quiet));
    job.wrap = egui::text::TextWrapping::truncate_at_width((ui.available_width() - 20.0).max(60.0));
    let width = ui.available_width();
    let layout = Layout::left_to_right(Align::Center).with_main_align(Align::Min).with_main_justify(true);
    let response = ui
        .allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
            ui.add(Button::new(job).truncate().min_size(vec2(width, ROW - 2.0)))
        })
        .inner;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}, {what}")));
    response
}

/// Whether the page comes again, and the way out.
fn foot(ui: &mut Ui, at_start: &mut bool) -> bool {
    ui.horizontal(|ui| {
        ui.checkbox(at_start, "Show at start");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.button("Close").clicked()).inner
    })
    .inner
}
