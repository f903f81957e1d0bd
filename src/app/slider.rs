//! A slider of whole pounds: drag, click, arrows and Page keys, a mark where the figure stood, named for screen readers.

use eframe::egui::{
    self, Color32, CornerRadius, EventFilter, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    accesskit, pos2, vec2,
};

use super::theme::{TARGET, palette, scale};
use crate::money::Money;

/// What an arrow key moves, in pounds; a drag keeps to the same steps.
const STEP: i64 = 10_000;
/// What a Page key moves, in pounds.
const PAGE: i64 = 100_000;
const HANDLE_RADIUS: f32 = 8.0;
const RAIL: f32 = 4.0;

/// What a slider is set to and how it looks.
pub(super) struct Slider<'a> {
    /// Whose money, and of which year: its name for screen readers.
    pub name: &'a str,
    /// Where it stands, in pounds.
    pub value: i64,
    /// Where it stood when the plan was opened or last saved.
    pub was: i64,
    /// Its right end, in pounds.
    pub most: i64,
    /// The area's shade.
    pub shade: Color32,
    /// Whether it may be moved.
    pub enabled: bool,
}

/// What a person did to a slider in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slid {
    /// It is being dragged, and stands here.
    Dragged(i64),
    /// The drag ended here.
    Dropped(i64),
    /// It was put here at once, by a click or a key.
    Put(i64),
}

/// The right end of a slider that opened at `opened` pounds at the most, and now stands at `value`: twice what it
/// opened with and at least £500,000, so that it holds still while figures change.
pub(super) fn reach(opened: i64, value: i64) -> i64 {
    let wanted = opened.saturating_mul(2).max(500_000);
    let round = (wanted.max(1).ilog10().saturating_sub(1)).min(16);
    let unit = 10_i64.pow(round);
    (wanted.saturating_add(unit - 1) / unit).saturating_mul(unit).max(value)
}

impl Slider<'_> {
    /// Draws the slider over `width` points and tells what was done to it.
    pub(super) fn show(&self, ui: &mut Ui, width: f32) -> (Response, Option<Slid>) {
        let sense = if self.enabled { Sense::click_and_drag() } else { Sense::hover() };
        let scale = scale(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(width, TARGET * scale), sense);
        let rail = vec2(rect.width() - 2.0 * HANDLE_RADIUS * scale, RAIL * scale);
        let rail = Rect::from_center_size(rect.center(), rail);
        self.paint(ui, &response, rail);
        self.declare(ui, &response);
        let slid = self
            .pointed(ui, &response, rail)
            .or_else(|| self.keyed(ui, &response))
            .or_else(|| self.asked(ui, &response));
        (
            response.on_hover_cursor(if self.enabled {
                egui::CursorIcon::ResizeHorizontal
            } else {
                egui::CursorIcon::NotAllowed
            }),
            slid,
        )
    }

    fn pointed(&self, ui: &Ui, response: &Response, rail: Rect) -> Option<Slid> {
        let at = response.interact_pointer_pos()?;
        let grabbed = self.grabbed(ui, response, rail);
        if response.clicked() && grabbed.is_some() {
            return None; // a click on the handle itself takes hold of it and moves nothing
        }
        let fine = ui.input(|input| input.modifiers.shift);
        let step = if fine { 1_000 } else { STEP.max(self.most / 1_000 / STEP * STEP) };
        let value = snapped(self.value_at(at.x - grabbed.unwrap_or(0.0), rail), step).clamp(0, self.most);
        if response.drag_stopped() {
            Some(Slid::Dropped(value))
        } else if response.dragged() {
            Some(Slid::Dragged(value))
        } else {
            response.clicked().then_some(Slid::Put(value))
        }
    }

    /// How far from the handle's middle it was taken hold of, so that it does not jump; nothing beside the handle.
    fn grabbed(&self, ui: &Ui, response: &Response, rail: Rect) -> Option<f32> {
        if response.is_pointer_button_down_on() && ui.input(|input| input.pointer.any_pressed()) {
            let offset = response.interact_pointer_pos().map(|at| at.x - self.x_of(self.value, rail));
            let offset = offset.filter(|offset| offset.abs() <= HANDLE_RADIUS * scale(ui));
            ui.data_mut(|data| data.insert_temp(response.id, offset));
        }
        ui.data(|data| data.get_temp(response.id)).flatten()
    }

    fn keyed(&self, ui: &Ui, response: &Response) -> Option<Slid> {
        if !response.has_focus() || !self.enabled {
            return None;
        }
        let keep_arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keep_arrows));
        let presses = |key| ui.input(|input| i64::try_from(input.num_presses(key)).unwrap_or(0));
        let steps =
            presses(Key::ArrowRight) + presses(Key::ArrowUp) - presses(Key::ArrowLeft) - presses(Key::ArrowDown);
        let pages = presses(Key::PageUp) - presses(Key::PageDown);
        let moved = self.value + steps * STEP + pages * PAGE;
        let ends = if presses(Key::Home) > 0 {
            0
        } else if presses(Key::End) > 0 {
            self.most
        } else {
            moved
        };
        let to = ends.max(0);
        (to != self.value).then_some(Slid::Put(to))
    }

    /// What assistive technology asked for.
    fn asked(&self, ui: &Ui, response: &Response) -> Option<Slid> {
        if !self.enabled {
            return None;
        }
        let (set, steps) = ui.input(|input| {
            let requests = input.accesskit_action_requests(response.id, accesskit::Action::SetValue);
            let set = requests.filter_map(|request| match request.data {
                Some(accesskit::ActionData::NumericValue(value)) if value.is_finite() => Some(whole(value)),
                _ => None,
            });
            let count = |action| i64::try_from(input.num_accesskit_action_requests(response.id, action)).unwrap_or(0);
            (set.last(), count(accesskit::Action::Increment) - count(accesskit::Action::Decrement))
        });
        let to = set.unwrap_or(self.value + steps * STEP).max(0);
        (to != self.value).then_some(Slid::Put(to))
    }

    fn declare(&self, ui: &Ui, response: &Response) {
        let value = self.value as f64;
        response.widget_info(|| WidgetInfo {
            value: Some(value),
            ..WidgetInfo::labeled(Role::Slider, self.enabled, self.name)
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(self.most as f64);
            node.set_numeric_value_step(STEP as f64);
            // A bare number would be read without its unit.
            node.set_value(in_pounds(self.value));
            node.set_description(format!("From £0 to {}", in_pounds(self.most)));
            if self.enabled {
                node.add_action(accesskit::Action::SetValue);
                node.add_action(accesskit::Action::Increment);
                node.add_action(accesskit::Action::Decrement);
            }
        });
    }

    fn value_at(&self, x: f32, rail: Rect) -> i64 {
        let share = f64::from((x - rail.left()) / rail.width().max(1.0)).clamp(0.0, 1.0);
        whole(share * self.most as f64)
    }

    fn x_of(&self, value: i64, rail: Rect) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "a place on the screen, between 0 and 1")]
        let share = (value as f64 / self.most.max(1) as f64).clamp(0.0, 1.0) as f32;
        rail.left() + share * rail.width()
    }

    fn paint(&self, ui: &Ui, response: &Response, rail: Rect) {
        if !ui.is_rect_visible(response.rect) {
            return;
        }
        let palette = palette(ui);
        let painter = ui.painter();
        let rounding = CornerRadius::same(2);
        let scale = scale(ui);
        painter.rect_filled(rail, rounding, palette.rail);
        let x = self.x_of(self.value, rail);
        let shade = if self.enabled { self.shade } else { palette.quiet };
        painter.rect_filled(Rect::from_min_max(rail.min, pos2(x, rail.max.y)), rounding, shade);
        if self.was != self.value {
            let was = self.x_of(self.was, rail);
            let tick = 7.0 * scale;
            painter.vline(
                was,
                rail.center().y - tick..=rail.center().y + tick,
                Stroke::new(1.5 * scale, palette.quiet),
            );
        }
        let centre = pos2(x, rail.center().y);
        painter.circle(centre, (HANDLE_RADIUS - 1.0) * scale, palette.card, Stroke::new(2.0 * scale, shade));
        if response.has_focus() || response.dragged() {
            let ring = Rect::from_center_size(centre, vec2(22.0, 22.0) * scale);
            painter.rect_stroke(ring, ring.height() / 2.0, Stroke::new(2.0, palette.plan), StrokeKind::Inside);
        }
    }
}

fn in_pounds(pounds: i64) -> String {
    Money::pounds(pounds).map_or_else(|error| error.to_string(), Money::exact)
}

fn snapped(value: i64, step: i64) -> i64 {
    (value + step / 2) / step * step
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast to an integer saturates, and pounds are bounded later"
)]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slider_reaches_twice_what_it_opened_with_and_never_less_than_it_holds() {
        assert_eq!(reach(900_000, 900_000), 1_800_000);
        assert_eq!(reach(120_000, 120_000), 500_000);
        assert_eq!(reach(0, 0), 500_000);
        assert_eq!(reach(900_000, 5_000_000), 5_000_000);
        assert!(reach(i64::MAX, i64::MAX) == i64::MAX);
    }

    #[test]
    fn drags_keep_to_whole_steps() {
        assert_eq!(snapped(904_999, 10_000), 900_000);
        assert_eq!(snapped(905_000, 10_000), 910_000);
    }
}
