//! A comparison of two scenarios, to be read, scrolled and copied. What stands in it is said by `chart`.

use eframe::egui::{Key, Label, RichText, ScrollArea, Ui, vec2};

use super::theme::{self, bold, palette, regular};
use crate::chart::Compared;
use crate::money::MoneyError;
use crate::scenario::Scenario;

/// More sentences than anybody reads in a window; all of them are copied.
const MOST_SHOWN: usize = 400;
/// How far a Page key scrolls, and an arrow.
const PAGE: f32 = 240.0;
const LINE: f32 = 24.0;

/// Two versions under their names, and what changed from the one to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comparing {
    versions: [(String, Scenario); 2],
    pub(super) compared: Compared,
}

impl Comparing {
    /// Compares the first with the second; not for the window's thread.
    pub(super) fn of(versions: [(String, Scenario); 2]) -> Result<Self, MoneyError> {
        let names = versions.each_ref().map(|(name, _)| name.clone());
        let compared = Compared::of(names, &versions[0].1, &versions[1].1)?;
        Ok(Self { versions, compared })
    }

    /// The two, the other way round.
    pub(super) fn turned(self) -> [(String, Scenario); 2] {
        let [before, after] = self.versions;
        [after, before]
    }
}

/// Totals and differences under their headings. Page and arrow keys scroll as the wheel does.
pub(super) fn show(ui: &mut Ui, compared: &Compared) {
    ui.add(Label::new(RichText::new(compared.title()).font(bold(theme::TITLE))).wrap());
    let room = (ui.ctx().content_rect().height() - 220.0).clamp(160.0, 640.0);
    ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.scroll_with_delta(vec2(0.0, scrolled_by_keys(ui)));
        let heading = |ui: &mut Ui, heading: &str| {
            ui.add_space(6.0);
            ui.label(RichText::new(heading).font(bold(theme::BODY)).color(palette(ui).ink));
        };
        if !compared.totals.is_empty() {
            heading(ui, "Totals");
        }
        for sentence in &compared.totals {
            ui.add(sentence_label(sentence));
        }
        let mut room = MOST_SHOWN;
        for (of, differences) in compared.comparison.groups() {
            if room == 0 {
                break;
            }
            heading(ui, &of);
            for difference in differences.iter().take(room) {
                let shown = ui.add(sentence_label(&difference.words));
                if let Some(whole) = difference.in_full() {
                    shown.on_hover_text(whole);
                }
            }
            room = room.saturating_sub(differences.len());
        }
        if room == 0 {
            ui.label(RichText::new("The rest is left out here; Copy takes all of it.").color(palette(ui).quiet));
        }
    });
}

fn sentence_label(sentence: &str) -> Label {
    Label::new(RichText::new(sentence).font(regular(theme::BODY))).wrap().selectable(true)
}

fn scrolled_by_keys(ui: &Ui) -> f32 {
    ui.input(|input| {
        let keys = [(Key::PageUp, PAGE), (Key::PageDown, -PAGE), (Key::ArrowUp, LINE), (Key::ArrowDown, -LINE)];
        keys.iter().filter(|(key, _)| input.key_pressed(*key)).map(|(_, by)| by).sum()
    })
}
