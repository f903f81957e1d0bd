//! A page before the room: since when it is there, and how far it is scrolled where it is longer than the window. What
//! a clicker sends scrolls such a page to its end before the next one comes.

use eframe::egui::{ScrollArea, Ui};

use crate::present::Topic;

/// What of a page that was seen is seen still once it has moved on, so that eyes find their place.
pub(super) const KEPT: f32 = 0.35;

/// Which page is before the room, and how it stands there.
#[derive(Default)]
pub(super) struct Shown {
    topic: Option<Topic>,
    /// When it came there, on egui's clock.
    came: f64,
    /// For how many seconds it has been there.
    pub since: f64,
    pub scroll: Scroll,
}

/// How far a page is scrolled, in points.
#[derive(Default)]
pub(super) struct Scroll {
    at: f32,
    /// How far it can be; nothing where all of it is seen.
    most: f32,
    /// How much of it is seen at once.
    seen: f32,
    to: Option<f32>,
}

impl Shown {
    /// Begins a frame in which this page is shown.
    pub(super) fn begin(&mut self, topic: Topic, now: f64) {
        if self.topic != Some(topic) {
            *self = Self { topic: Some(topic), came: now, ..Self::default() };
            self.scroll.to = Some(0.0);
        }
        self.since = now - self.came;
        // Only a page that turns out to be scrolled in this frame can be scrolled in the next.
        self.scroll.most = 0.0;
    }
}

impl Scroll {
    /// Shows what may be longer than the room that there is for it.
    pub(super) fn show(&mut self, ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
        let mut area = ScrollArea::vertical().auto_shrink(false);
        if let Some(to) = self.to.take() {
            area = area.vertical_scroll_offset(to);
        }
        let shown = area.show(ui, contents);
        self.at = shown.state.clamped_offset().y;
        self.seen = shown.inner_rect.height();
        self.most = (shown.content_size.y - self.seen).max(0.0);
    }

    /// Goes on by what is seen at once; whether there was anything to go on to.
    pub(super) fn on(&mut self) -> bool {
        self.by(1.0 - KEPT)
    }

    /// Goes back by what is seen at once; whether there was anything to go back to.
    pub(super) fn back(&mut self) -> bool {
        self.by(KEPT - 1.0)
    }

    fn by(&mut self, share: f32) -> bool {
        let to = (self.at + self.seen * share).clamp(0.0, self.most);
        let moves = (to - self.at).abs() > 1.0;
        if moves {
            self.to = Some(to);
        }
        moves
    }
}
