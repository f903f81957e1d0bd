//! A comparison of two scenarios, to be read, scrolled and copied. What stands in it is said by `chart`.

use eframe::egui::{Key, Label, RichText, ScrollArea, Ui, vec2};

use super::theme::{self, bold, palette, regular};
use crate::chart::Compared;

/// More sentences than anybody reads in a window; all of them are copied.
const MOST_SHOWN: usize = 400;
/// How far a Page key scrolls, and an arrow.
const PAGE: f32 = 240.0;
const LINE: f32 = 24.0;

/// Totals and differences under their headings. Page and arrow keys scroll as the wheel does.
pub(super) fn show(ui: &mut Ui, compared: &Compared) {
    ui.add(Label::new(RichText::new(compared.title()).font(bold(theme::TITLE))).wrap());
    let room = (ui.ctx().content_rect().height() - 220.0).clamp(160.0, 640.0);
    ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.scroll_with_delta(vec2(0.0, scrolled_by_keys(ui)));
        let mut room = MOST_SHOWN;
        for (heading, sentences) in compared.sections() {
            if room == 0 {
                break;
            }
            ui.add_space(6.0);
            ui.label(RichText::new(heading).font(bold(theme::BODY)).color(palette(ui).ink));
            for sentence in sentences.iter().take(room) {
                ui.add(Label::new(RichText::new(*sentence).font(regular(theme::BODY))).wrap().selectable(true));
            }
            room = room.saturating_sub(sentences.len());
        }
        if room == 0 {
            ui.label(RichText::new("The rest is left out here; Copy takes all of it.").color(palette(ui).quiet));
        }
    });
}

fn scrolled_by_keys(ui: &Ui) -> f32 {
    ui.input(|input| {
        let keys = [(Key::PageUp, PAGE), (Key::PageDown, -PAGE), (Key::ArrowUp, LINE), (Key::ArrowDown, -LINE)];
        keys.iter().filter(|(key, _)| input.key_pressed(*key)).map(|(_, by)| by).sum()
    })
}
