//! Where the keyboard is: what had it before something stood before the window has it again afterwards.

use eframe::egui::{Context, Id, Memory};

/// What had the keyboard when nothing stood before the window.
#[derive(Default)]
pub(super) struct Focus {
    covered: bool,
    before: Option<Id>,
}

impl Focus {
    /// Notes, at the end of a frame, what has the keyboard, or gives it back.
    pub(super) fn mind(&mut self, ctx: &Context, asking: bool) {
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
    }
}
