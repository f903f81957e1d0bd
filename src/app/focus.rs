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
