//! What a screen reader is told without asking: how the headline, or the page before a room, has changed once it holds
//! still. A drag says nothing until it ends.

use eframe::egui::{Id, Rect, Role, Sense, Ui, UiKind, accesskit, vec2};

/// What was told last.
#[derive(Default)]
pub(super) struct Announcer {
    known: Vec<String>,
    told: String,
}

impl Announcer {
    /// Tells which of these lines are new, once they are settled. The first ones are there to be read, and not told.
    pub(super) fn mind(&mut self, ui: &Ui, lines: Vec<String>, settled: bool) {
        if settled && lines != self.known {
            if !self.known.is_empty() {
                let new: Vec<&str> =
                    lines.iter().filter(|line| !self.known.contains(line)).map(String::as_str).collect();
                self.told = new.join(". ");
            }
            self.known = lines;
        }
        let id = Id::unique("announcements");
        // A place in the tree, and none on the screen that anybody could hit.
        ui.interact(Rect::from_min_size(ui.max_rect().min, vec2(1.0, 1.0)), id, Sense::hover());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Status);
            node.set_live(accesskit::Live::Polite);
            node.set_label(self.told.clone());
        });
    }
}

/// Names the part of the window that this stands in, a panel or what lies before the window, as a screen reader lists
/// them.
pub(super) fn name_part(ui: &Ui, name: &str) {
    let is_part = |kind: UiKind| matches!(kind.accesskit_role(), Role::Pane | Role::Dialog);
    if let Some(part) = ui.stack().iter().find(|part| part.info.kind.is_some_and(is_part)) {
        ui.ctx().accesskit_node_builder(part.unique_id, |node| node.set_label(name));
    }
}
