//! The sliders under a page: what the room asks “what if?” of.

use eframe::egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::Presentation;
use crate::app::allocations::scheme_row::{amount_box, slide};
use crate::app::document::Document;
use crate::app::theme::{self, TARGET, bold, palette, regular};
use crate::app::view::{Action, View};
use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::present::{Lever, Topic};
use crate::scenario::{Scenario, Scheme};

/// Shares of the width for a slider's name and for what it was.
const NAME: f32 = 0.33;
const WAS: f32 = 0.15;
/// Narrower than this, in points of the window's own text, a slider has a line of its own.
const NARROW: f32 = 560.0;

/// Those sliders whose scheme and year the scenario has.
fn shown(levers: Vec<Lever>, scenario: &Scenario) -> Vec<(FinancialYear, &Scheme)> {
    let has_year = |lever: &Lever| scenario.fund.grant.get(lever.year).is_some();
    let with_scheme = |lever: Lever| Some((lever.year, scenario.scheme(&lever.scheme)?.1));
    levers.into_iter().filter(has_year).filter_map(with_scheme).collect()
}

/// How much the sliders of a page take in a window that is not narrow, with the rule over them.
pub(super) fn height(ui: &Ui, presentation: &mut Presentation, topic: Topic, document: &Document) -> f32 {
    let levers = presentation.levers(topic).clone();
    let count = shown(levers, presentation.seen(document)).len();
    let row = TARGET * theme::scale(ui) + ui.spacing().item_spacing.y;
    if count == 0 { 0.0 } else { row * count as f32 + 6.0 + 4.0 }
}

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
    let shown = shown(levers, presentation.seen(document));
    if shown.is_empty() {
        return;
    }
    let scale = theme::scale(ui);
    ui.separator();
    for (year, scheme) in shown {
        let was =
            presentation.opened.scenario().scheme(&scheme.id).map_or(Money::ZERO, |(_, was)| was.allocation(year));
        let now = scheme.allocation(year);
        let was = if was == now { String::new() } else { format!("was {}", was.exact()) };
        let narrow = ui.available_width() / scale < NARROW;
        let width = ui.available_width();
        let label = |ui: &mut Ui, width: f32| {
            ui.allocate_ui_with_layout(vec2(width, TARGET * scale), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(width);
                // A name that is too long ends in dots; the year is read whole.
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let ink = palette(ui).ink;
                    let text = |text: &str| RichText::new(text).font(bold(theme::BODY * scale)).color(ink);
                    ui.label(text(&year.short()));
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(Label::new(text(&scheme.name)).truncate());
                    });
                });
            });
        };
        if narrow {
            label(ui, width);
        }
        // Named by what it moves, so that the keyboard doesn't pass from one page's slider to the next one's.
        ui.push_id((&scheme.id, year), |ui| {
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
                slide(ui, scheme, year, [presentation.opened.scenario(), document.before_drag()], slider, actions);
                amount_box(ui, scheme, year, view, actions);
                ui.label(RichText::new(&was).font(regular(theme::SMALL * scale)).color(palette(ui).quiet));
            })
        });
    }
}
