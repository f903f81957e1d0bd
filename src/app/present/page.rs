//! A page as the room sees it: the finding, the picture, the large figures; and the foot under it.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, Align, Button, CornerRadius, Label, Layout, Rect, RichText, Role, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::keys::{self, Asked};
use super::{MADE_FOR, Presentation};
use crate::app::chart_view::{self, Pointer};
use crate::app::document::Document;
use crate::app::headline_strip::state_mark;
use crate::app::theme::{self, bold, palette, regular};
use crate::app::view::{Action, View};
use crate::present::{BigFigure, Page, Picture, Statement, topics};

/// Titles take the largest of these sizes that keeps them on two lines.
const TITLES: [f32; 4] = [38.0, 34.0, 30.0, 26.0];
/// The share of the width that the figures take beside a picture.
const FIGURES: f32 = 0.235;

/// How large everything is, and whether a page fits the window at once.
pub(super) struct Size {
    /// Against a window of 1280×720 points.
    pub scale: f32,
    /// Otherwise the page goes on below, and is scrolled.
    pub is_roomy: bool,
}

impl Size {
    pub(super) fn of(ui: &Ui) -> Self {
        let room = ui.ctx().content_rect().size();
        Self { scale: (room / MADE_FOR).min_elem().max(1.0), is_roomy: room.x >= 880.0 && room.y >= 540.0 }
    }

    pub(super) fn margin(&self) -> i8 {
        small(if self.is_roomy { 40.0 * self.scale } else { 14.0 })
    }

    pub(super) fn top(&self) -> i8 {
        small(26.0 * self.scale)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "held within bounds")]
fn small(points: f32) -> i8 {
    points.clamp(0.0, 120.0) as i8
}

/// Draws the page into all the room there is.
pub(super) fn show(ui: &mut Ui, page: &Page, flipped: bool, shown_for: f64, size: &Size) {
    ui.spacing_mut().item_spacing.y = 4.0 * size.scale;
    title(ui, &page.title, size);
    subtitle(ui, &page.subtitle, flipped, size);
    ui.add_space(8.0 * size.scale);
    if size.is_roomy {
        let room = ui.available_rect_before_wrap();
        let aside = if page.figures.is_empty() { 0.0 } else { (room.width() * FIGURES).max(240.0) };
        let left = Rect::from_min_max(
            room.min,
            pos2(room.right() - aside - if aside > 0.0 { 24.0 } else { 0.0 }, room.bottom()),
        );
        within(ui, left, "picture", |ui| picture(ui, &page.picture, shown_for, size));
        let right = Rect::from_min_max(pos2(room.right() - aside, room.top()), room.max);
        within(ui, right, "figures", |ui| page.figures.iter().for_each(|shown| figure(ui, shown, size)));
        ui.advance_cursor_after_rect(room);
    } else {
        page.figures.iter().for_each(|shown| figure(ui, shown, size));
        match &page.picture {
            Picture::Chart(_) => {
                let room = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 420.0));
                within(ui, room, "picture", |ui| {
                    picture(ui, &page.picture, shown_for, size);
                });
                ui.advance_cursor_after_rect(room);
            }
            Picture::List(statements) => list(ui, statements, size),
        }
    }
}

fn within(ui: &mut Ui, room: Rect, salt: &str, show: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(salt), show);
}

fn title(ui: &mut Ui, text: &str, size: &Size) {
    let width = ui.available_width();
    let rows = |points: f32| {
        let galley = ui.painter().layout(text.to_owned(), bold(points * size.scale), palette(ui).ink, width);
        galley.rows.len()
    };
    let points = TITLES.into_iter().find(|points| rows(*points) <= 2).unwrap_or(TITLES[3]);
    let shown = RichText::new(text).font(bold(points * size.scale)).color(palette(ui).ink);
    let response = ui.add(Label::new(shown).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_label(text);
    });
}

fn subtitle(ui: &mut Ui, text: &str, flipped: bool, size: &Size) {
    let palette = palette(ui);
    let points = 18.0 * size.scale;
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    if flipped {
        let format = TextFormat { font_id: bold(points), color: palette.warning, ..Default::default() };
        job.append("▲ As opened; F shows the changes. ", 0.0, format);
    }
    job.append(text, 0.0, TextFormat { font_id: regular(points), color: palette.quiet, ..Default::default() });
    ui.add(Label::new(job).wrap());
}

fn picture(ui: &mut Ui, picture: &Picture, shown_for: f64, size: &Size) {
    match picture {
        Picture::Chart(chart) => {
            chart_view::show(ui, chart, Pointer::ReadWhileMoving(shown_for));
        }
        Picture::List(statements) => {
            egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| list(ui, statements, size));
        }
    }
}

/// Statements with where each can be read.
fn list(ui: &mut Ui, statements: &[Statement], size: &Size) {
    ui.spacing_mut().item_spacing.y = 2.0 * size.scale;
    for statement in statements {
        let top = ui.cursor().min;
        let indent = 18.0 * size.scale;
        let room =
            Rect::from_min_size(top + vec2(indent, 0.0), vec2(ui.available_width() - indent - 8.0, f32::INFINITY));
        let shown = ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(&statement.text), |ui| {
            let text = RichText::new(&statement.text).font(regular(22.0 * size.scale)).color(palette(ui).ink);
            ui.add(Label::new(text).wrap());
            let source = RichText::new(&statement.source).font(regular(18.0 * size.scale)).color(palette(ui).quiet);
            ui.add(Label::new(source).wrap());
        });
        let bottom = shown.response.rect.bottom();
        let bar = Rect::from_min_max(top, pos2(top.x + 5.0 * size.scale, bottom));
        ui.painter().rect_filled(bar, CornerRadius::same(2), palette(ui).warning);
        ui.add_space(12.0 * size.scale);
    }
}

/// A figure to be read from the back: its value, what it is, what it was; its state by shape, bar and colour.
fn figure(ui: &mut Ui, shown: &BigFigure, size: &Size) {
    let palette = palette(ui);
    let scale = size.scale;
    let shade = palette.state(shown.state);
    let top = ui.cursor().min;
    let indent = 20.0 * scale;
    let room = Rect::from_min_size(top + vec2(indent, 0.0), vec2(ui.available_width() - indent, f32::INFINITY));
    let inner = ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(&shown.words), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let value = ui.add(Label::new(RichText::new(&shown.value).font(bold(42.0 * scale)).color(palette.ink)));
        let mut job = LayoutJob::default();
        job.wrap.max_width = ui.available_width();
        let mut add = |text: &str, strong: bool, color| {
            let font_id = if strong { bold(21.0 * scale) } else { regular(21.0 * scale) };
            job.append(text, 0.0, TextFormat { font_id, color, ..Default::default() });
        };
        add(state_mark(shown.state), false, shade);
        add(&shown.words, false, palette.ink);
        if let Some(was) = &shown.was {
            add(&format!(", {was}"), true, palette.quiet);
        }
        ui.add(Label::new(job).wrap());
        let told = shown.was.as_ref().map_or_else(String::new, |was| format!(", {was}"));
        let name = format!("{} {}{told}", shown.value, shown.words);
        value.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    });
    let bar = Rect::from_min_max(top, pos2(top.x + 6.0 * scale, inner.response.rect.bottom()));
    ui.painter().rect_filled(bar, CornerRadius::ZERO, shade);
    ui.add_space(20.0 * scale);
}

/// What can be done, quietly; what has just happened; which page this is.
pub(super) fn foot(
    ui: &mut Ui,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let points = theme::SMALL * theme::scale(ui);
    let all = topics(document.scenario()).len();
    let mut asked = Vec::new();
    let mut button = |ui: &mut Ui, text: &str, name: &str, what: Asked| {
        let shown = RichText::new(text).font(regular(points)).color(palette(ui).quiet);
        let response = ui.add(Button::new(shown).frame_when_inactive(false));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        if response.clicked() {
            asked.push(what);
        }
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().button_padding.x = 8.0;
        button(ui, "Sliders", "Choose sliders (S)", Asked::Choose);
        button(ui, "Kept", "Kept states (L)", Asked::Kept);
        button(ui, "Table", "This chart as a table (T)", Asked::Table);
        button(ui, "Keys", "Keys (H)", Asked::Help);
        button(ui, "Leave", "Leave the presentation (Esc)", Asked::Leave);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            button(ui, "›", "Next page", Asked::Next);
            let number = format!("{} / {all}", presentation.at.min(all.saturating_sub(1)) + 1);
            ui.label(RichText::new(number).font(regular(points)).color(palette(ui).quiet));
            button(ui, "‹", "Page before", Asked::Before);
            let said = match (&presentation.typed, &view.message) {
                (Some((number, _)), _) => Some((format!("Go to page {number} …"), palette(ui).ink)),
                (None, Some(message)) if message.is_refusal => Some((format!("■ {}", message.text), palette(ui).bad)),
                (None, Some(message)) => Some((message.text.clone(), palette(ui).ink)),
                (None, None) => None,
            };
            if let Some((text, shade)) = said {
                ui.with_layout(Layout::left_to_right(Align::Center).with_main_justify(true), |ui| {
                    ui.add(Label::new(RichText::new(text).font(regular(points)).color(shade)).truncate());
                });
            }
        });
    });
    for what in asked {
        keys::carry_out(what, presentation, document, view, actions);
    }
}
