//! The strip of large figures under the menu: what is left, what is not covered, who waits, and what it costs.

use eframe::egui::text::LayoutJob;
use eframe::egui::{CornerRadius, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::document::Document;
use super::theme::{self, bold, palette, regular};
use super::view::{Action, Selection, Years};
use super::words;
use crate::chart::{Cause, State, Tile};
use crate::glossary::term_in;

const GAP: f32 = 10.0;
/// Narrower than this, a figure's detail takes two lines.
const NARROW_TILE: f32 = 210.0;

/// How high the strip stands in a window so wide: five figures, each with room for what it says.
pub(super) fn height(window: f32) -> f32 {
    if window / 5.0 < NARROW_TILE { 88.0 } else { 72.0 }
}

/// Shows the figures; a click goes to the cause.
pub(super) fn show(ui: &mut Ui, document: &Document, actions: &mut Vec<Action>) {
    let tiles = &document.figures().headline;
    let room = ui.available_rect_before_wrap();
    let width = (room.width() - GAP * (tiles.len() as f32 - 1.0)) / tiles.len().max(1) as f32;
    for (at, shown) in tiles.iter().enumerate() {
        let left = room.left() + at as f32 * (width + GAP);
        let rect = Rect::from_min_size(pos2(left, room.top()), vec2(width, room.height()));
        if tile(ui, rect, at, shown) {
            actions.extend(actions_to_cause(&shown.cause));
        }
    }
    ui.advance_cursor_after_rect(room);
}

fn actions_to_cause(cause: &Cause) -> Vec<Action> {
    match cause {
        Cause::Year(year) => vec![Action::ShowYears(Years::One(*year))],
        Cause::Commitments => vec![Action::Table(Some(1))],
        Cause::Trajectory => vec![Action::Table(Some(2))],
        Cause::Pathway(id) => vec![Action::Select(Selection::Pathway(id.clone()))],
    }
}

/// A figure's state as a shape and a word, so that colour never speaks alone.
pub(super) fn state_mark(state: State) -> &'static str {
    match state {
        State::Good => "● ",
        State::Watch => "▲ ",
        State::Bad => "■ ",
        State::Plain => "",
    }
}

fn tile(ui: &mut Ui, rect: Rect, at: usize, tile: &Tile) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(("tile", at)), Sense::click());
    let name = tile.in_words();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let palette = palette(ui);
    let shade = palette.state(tile.state);
    let fill = match tile.state {
        State::Watch => palette.warning_ground,
        _ => palette.card,
    };
    let lit = response.hovered() || response.has_focus();
    let edge = Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, if lit { palette.plan } else { palette.edge });
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect(rect, CornerRadius::same(6), fill, edge, StrokeKind::Inside);
    let side = Rect::from_min_size(rect.min, vec2(4.0, rect.height()));
    painter.rect_filled(side, CornerRadius { nw: 6, sw: 6, ne: 0, se: 0 }, shade);

    let left = rect.left() + 14.0;
    let width = rect.width() - 22.0;
    let line = |text: String, font: FontId, shade, top: f32, rows: usize| {
        let mut job = LayoutJob::simple(text, font, shade, width);
        job.wrap.max_rows = rows;
        job.wrap.overflow_character = Some('…');
        painter.galley(pos2(left, rect.top() + top), painter.layout_job(job), shade);
    };
    let caption = format!("{}{}", state_mark(tile.state), tile.caption);
    let caption_shade = if tile.state == State::Plain { palette.quiet } else { shade };
    line(caption, regular(theme::SMALL), caption_shade, 8.0, 1);
    line(tile.figure.clone(), bold(theme::FIGURE), palette.ink, 22.0, 1);
    line(tile.detail.clone(), regular(theme::SMALL), palette.ink, 50.0, if rect.height() > 80.0 { 2 } else { 1 });
    words::about(ui, &response, &tile.caption);
    let meaning = term_in(&tile.caption).map_or_else(String::new, |term| format!("\n{}: {}", term.word, term.means));
    let help = format!("{name}\n{}{meaning}", tile.exact);
    response.on_hover_text(help).on_hover_cursor(eframe::egui::CursorIcon::PointingHand).clicked()
}
