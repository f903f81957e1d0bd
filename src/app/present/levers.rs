//! The sliders under a page: what the room asks “what if?” of.

use eframe::egui::{Align, Layout, RichText, Ui, vec2};

use super::Presentation;
use crate::app::allocations::scheme_row::{amount_box, slide};
use crate::app::document::Document;
use crate::app::theme::{self, TARGET, bold, palette, regular};
use crate::app::view::{Action, View};
use crate::money::Money;
use crate::present::Topic;

/// Shares of the width for a slider's name and for what it was.
const NAME: f32 = 0.33;
const WAS: f32 = 0.15;
/// Narrower than this, in points of the window's own text, a slider has a line of its own.
const NARROW: f32 = 560.0;

/// Shows the sliders of a page, each with its name, its box, and what it was.
pub(super) fn show(
    ui: &mut Ui,
    presentation: &mut Presentation,
    topic: Topic,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let levers = presentation.levers(topic).clone();
    let scenario = presentation.seen(document);
    let shown: Vec<_> = levers
        .iter()
        .filter_map(|lever| Some((lever, scenario.scheme(&lever.scheme)?.1)))
        .filter(|(lever, _)| scenario.fund.grant.get(lever.year).is_some())
        .collect();
    if shown.is_empty() {
        return;
    }
    let scale = theme::scale(ui);
    ui.separator();
    for (lever, scheme) in shown {
        let was = presentation
            .opened
            .scenario()
            .scheme(&scheme.id)
            .map_or(Money::ZERO, |(_, was)| was.allocation(lever.year));
        let now = scheme.allocation(lever.year);
        let name = format!("{} {}", scheme.name, lever.year.short());
        let was = if was == now { String::new() } else { format!("was {}", was.exact()) };
        let narrow = ui.available_width() / scale < NARROW;
        let width = ui.available_width();
        let label = |ui: &mut Ui, width: f32| {
            ui.allocate_ui_with_layout(vec2(width, TARGET * scale), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(width);
                let text = RichText::new(&name).font(bold(theme::BODY * scale)).color(palette(ui).ink);
                ui.add(eframe::egui::Label::new(text).truncate());
            });
        };
        if narrow {
            label(ui, width);
        }
        ui.horizontal(|ui| {
            // As opened, it shows where it stood and can't be moved.
            if presentation.flipped {
                ui.disable();
            }
            if !narrow {
                label(ui, width * NAME);
            }
            let aside = 110.0 * scale + if narrow { 0.0 } else { width * WAS + 8.0 * scale };
            let slider = (ui.available_width() - aside - 16.0 * scale).max(60.0);
            slide(ui, scheme, lever.year, [presentation.opened.scenario(), document.before_drag()], slider, actions);
            amount_box(ui, scheme, lever.year, view, actions);
            ui.label(RichText::new(&was).font(regular(theme::SMALL * scale)).color(palette(ui).quiet));
        });
    }
}
