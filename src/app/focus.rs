//! Where the keyboard is: a ring around what has it, which is scrolled into sight as the keyboard comes to it; and what
//! had it before something stood before the window has it again afterwards.

use eframe::egui::{Context, Event, Id, Memory, Response, Stroke, StrokeKind, Ui, WidgetRects};

use super::theme::palette;

/// The ring's width, and how far it stands off what it surrounds.
const RING: f32 = 2.0;

/// What had the keyboard when nothing stood before the window.
#[derive(Default)]
pub(super) struct Focus {
    covered: bool,
    before: Option<Id>,
    /// The pointer was used last: whoever points knows where they are.
    pointed: bool,
}

impl Focus {
    /// Notes, at the end of a frame, what has the keyboard, or gives it back; and shows it.
    pub(super) fn mind(&mut self, ui: &Ui, asking: bool) {
        let ctx = ui.ctx();
        // egui keeps the keyboard from everything else until a frame after the last one that showed what lay before it.
        let covered = asking || ctx.memory(|memory| memory.top_modal_layer().is_some());
        if covered && !asking {
            ctx.request_repaint();
        }
        match (self.covered, covered) {
            (true, false) => {
                ctx.memory_mut(|memory| self.before.take().map(|before| memory.request_focus(before)));
            }
            (false, false) => self.before = ctx.memory(Memory::focused),
            _ => {}
        }
        self.covered = covered;
        self.hear(ctx);
        if !self.pointed {
            ring(ui);
        }
    }

    fn hear(&mut self, ctx: &Context) {
        let used = |event: &Event| match event {
            Event::PointerButton { pressed: true, .. } | Event::Touch { .. } => Some(true),
            Event::Key { pressed: true, .. } | Event::AccessKitActionRequest(_) => Some(false),
            _ => None,
        };
        if let Some(pointed) = ctx.input(|input| input.events.iter().rev().find_map(used)) {
            self.pointed = pointed;
        }
    }
}

/// Scrolls to what the keyboard has just come to, if it stands in this part; said last in whatever scrolls. It goes both
/// ways, for every control, so that none needs to think of it.
pub(super) fn follow(ui: &Ui) {
    let Some(focused) = ui.ctx().memory(Memory::focused) else { return };
    let part = ui.unique_id();
    if !ui.ctx().viewport(|viewport| stands_in(&viewport.this_pass.widgets, focused, part)) {
        return;
    }
    if let Some(response) = ui.ctx().read_response(focused).filter(Response::gained_focus) {
        response.scroll_to_me(None);
    }
}

/// Whether a control stands in a part, or in one of its parts.
fn stands_in(widgets: &WidgetRects, control: Id, part: Id) -> bool {
    let mut at = control;
    while let Some(widget) = widgets.get(at) {
        if widget.parent_id == part {
            return true;
        }
        if widget.parent_id == at {
            break;
        }
        at = widget.parent_id;
    }
    false
}

/// A ring around what has the keyboard, where it is in sight.
fn ring(ui: &Ui) {
    let Some(focused) = ui.ctx().memory(Memory::focused) else { return };
    let Some(response) = ui.ctx().read_response(focused) else { return };
    let seen = response.rect.intersect(response.interact_rect);
    if seen.is_positive() {
        let painter = ui.ctx().layer_painter(response.layer_id);
        painter.rect_stroke(seen.expand(1.0), 5.0, Stroke::new(RING, palette(ui).plan), StrokeKind::Outside);
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Button, Key, ScrollArea, vec2};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::follow;
    use crate::app::theme;

    #[test]
    fn what_stands_beyond_the_right_edge_of_what_scrolls_both_ways_comes_into_sight_with_the_keyboard() {
        let width = 200.0;
        let mut harness = Harness::builder().with_size(vec2(width, 120.0)).with_max_steps(24).build_ui(|ui| {
            if ui.ctx().cumulative_pass_nr() == 0 {
                return theme::install(ui.ctx()); // its typeface is there from the next frame on
            }
            ScrollArea::horizontal().show(ui, |ui| {
                ScrollArea::vertical().show(ui, |ui| {
                    ui.horizontal(|ui| {
                        for name in ["first", "second"] {
                            ui.add(Button::new(name).min_size(vec2(150.0, 24.0)));
                        }
                    });
                    follow(ui);
                });
                follow(ui);
            });
        });
        harness.run_ok();
        assert!(harness.get_by_label("second").rect().right() > width);
        for _ in 0..2 {
            harness.key_press(Key::Tab);
            harness.run_ok();
        }
        assert!(harness.get_by_label("second").rect().right() <= width);
    }
}
