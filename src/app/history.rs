//! The history in the inspector's place: every step in words, newest last, each a way back or forward to it.

use std::cmp::Ordering;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    self, Align, Color32, CornerRadius, Label, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::document::Document;
use super::focus;
use super::theme::{self, bold, palette, regular};
use super::view::{Action, Selection, View};

/// A step's row holds its words over two lines.
const ROW: f32 = 38.0;
/// Rows laid out beyond each edge, so that the keyboard finds its way on.
const BEYOND: usize = 2;
/// Where words begin, right of the mark.
const INDENT: f32 = 20.0;

/// Shows the steps and asks for the one that was chosen.
pub(super) fn show(ui: &mut Ui, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    heading(ui, document, actions);
    let steps = document.steps();
    let rows = steps.len() + 1;
    ScrollArea::vertical().auto_shrink(false).id_salt("history").show_viewport(ui, |ui, viewport| {
        let left_top = ui.max_rect().left_top();
        let width = ui.available_width();
        ui.set_height(ROW * rows as f32);
        let at = |row: usize| Rect::from_min_size(left_top + vec2(0.0, ROW * row as f32), vec2(width, ROW));
        // Only those in sight are laid out, however many there are.
        let first = row_at(viewport.min.y).saturating_sub(BEYOND);
        let last = (row_at(viewport.max.y) + BEYOND).min(rows - 1);
        for row in first..=last {
            step(ui, at(row), row, document, actions);
        }
        if view.history_at != Some((steps.standing(), rows)) {
            view.history_at = Some((steps.standing(), rows));
            ui.scroll_to_rect(at(steps.standing()), None);
        }
        focus::follow(ui);
    });
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row in sight")]
fn row_at(y: f32) -> usize {
    (y.max(0.0) / ROW) as usize
}

fn heading(ui: &mut Ui, document: &Document, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let back = ui.small_button("← Plan");
        if back.on_hover_text("Back to the plan’s notes, grant and sources").clicked() {
            actions.push(Action::Select(Selection::Plan));
        }
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            let steps = document.steps();
            let all = if steps.len() == 1 { "1 step".to_owned() } else { format!("{} steps", steps.len()) };
            let count = match steps.len() - steps.standing() {
                0 => all,
                undone => format!("{all}, {undone} undone"),
            };
            ui.label(RichText::new(count).font(regular(theme::SMALL)).color(palette(ui).quiet));
        });
    });
    ui.label(RichText::new("History").font(bold(theme::TITLE)).color(palette(ui).ink));
    let help = "Click a step to go back or forward to it.";
    ui.add(Label::new(RichText::new(help).font(regular(theme::SMALL)).color(palette(ui).quiet)).wrap());
    ui.add_space(4.0);
}

/// The place with so many steps standing: the scenario as it was opened, or what the last of them did.
fn step(ui: &mut Ui, rect: Rect, standing: usize, document: &Document, actions: &mut Vec<Action>) {
    let steps = document.steps();
    let words = match standing.checked_sub(1) {
        Some(step) => steps.words(step).unwrap_or_default(),
        None => "As it was opened",
    };
    let place = standing.cmp(&steps.standing());
    let is_saved = document.saved_at() == Some(standing) && document.path().is_some();
    let builder = UiBuilder::new().max_rect(rect).scope_id(egui::Id::unique(("step", standing)));
    ui.scope_builder(builder, |ui| {
        let response = ui.allocate_rect(rect, Sense::click());
        let state = if place.is_gt() { ", undone" } else { "" };
        let saved = if is_saved { ", saved" } else { "" };
        let name = format!("{words}{state}{saved}");
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, place.is_eq(), &name));
        paint(ui, rect, words, place, is_saved, response.hovered() || response.has_focus());
        if response.on_hover_text(name).clicked() {
            actions.push(Action::GoTo(standing));
        }
    });
}

/// A dot on the line of steps: full where it stands, a ring where it was undone; the place itself is lit. `place` is the
/// step's beside where the plan stands.
fn paint(ui: &Ui, rect: Rect, words: &str, place: Ordering, is_saved: bool, is_lit: bool) {
    let (is_here, is_undone) = (place.is_eq(), place.is_gt());
    let palette = palette(ui);
    let painter = ui.painter();
    if is_here {
        painter.rect_filled(rect, CornerRadius::same(4), palette.selected);
    }
    if is_lit {
        painter.rect_stroke(rect, CornerRadius::same(4), Stroke::new(1.0, palette.plan), egui::StrokeKind::Inside);
    }
    let dot = pos2(rect.left() + 10.0, rect.center().y);
    let line = if is_undone { palette.edge } else { palette.plan };
    if is_undone {
        painter.circle_stroke(dot, 3.5, Stroke::new(1.0, palette.quiet));
    } else {
        painter.circle_filled(dot, if is_here { 5.0 } else { 3.5 }, line);
    }
    let shade = if is_undone { palette.quiet } else { palette.ink };
    let room = rect.width() - INDENT - 6.0 - if is_saved { 42.0 } else { 0.0 };
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(two_lines(words, shade, is_here, room)));
    let at = pos2(rect.left() + INDENT, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, shade);
    if is_saved {
        let at = pos2(rect.right() - 6.0, rect.center().y);
        painter.text(at, egui::Align2::RIGHT_CENTER, "saved", bold(theme::SMALL), palette.good);
    }
}

/// The words over two lines at most.
fn two_lines(words: &str, shade: Color32, is_here: bool, room: f32) -> LayoutJob {
    let font = if is_here { bold(theme::SMALL) } else { regular(theme::SMALL) };
    let mut job = LayoutJob::simple(words.to_owned(), font, shade, room.max(40.0));
    job.wrap.max_rows = 2;
    job
}
