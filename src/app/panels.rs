//! The window's panels: what stands where, and how much room it has.

use eframe::egui::{self, Frame, Label, Margin, Panel, RichText, Ui, UiBuilder, accesskit};

use super::announce::name_part;
use super::exporting::Exports;
use super::refinement::Refinement;
use super::theme::{self, palette, regular};
use super::view::{Action, View};
use super::{Planner, allocations, charts, headline_strip, inspector, top_bar};
use crate::forecast::chance::Chance;
use crate::scenario::Scenario;

/// The left panel's width, and the right one's, as shares of the window's, within bounds in points.
const LEFT: (f32, f32, f32) = (0.295, 330.0, 470.0);
const RIGHT: (f32, f32, f32) = (0.205, 250.0, 380.0);
/// Below this width, as on a projector at 150%, the inspector shares the left panel's place.
const NARROW: f32 = 1060.0;

impl Planner {
    /// All panels, from the edges inwards.
    pub(super) fn show(&mut self, ui: &mut Ui) -> Vec<Action> {
        let mut actions = Vec::new();
        let ground = palette(ui).ground;
        let margin =
            |left, right, top, bottom| Frame::new().fill(ground).inner_margin(Margin { left, right, top, bottom });
        let width = ui.available_width();
        let share = |(share, least, most): (f32, f32, f32)| (width * share).clamp(least, most);

        let bar = Frame::new().fill(palette(ui).card).inner_margin(Margin::symmetric(12, 4));
        Panel::top("bar").frame(bar).show(ui, |ui| {
            name_part(ui, "Menus");
            top_bar::show(ui, &self.document, &self.disk, &self.settings, &self.view.selection, &mut actions);
        });
        self.disk.show(ui, &self.document, &mut actions);
        self.show_newer_bar(ui, &mut actions);
        self.show_recovery_bar(ui, &mut actions);
        Panel::bottom("foot").frame(margin(12, 12, 2, 4)).show_separator_line(false).show(ui, |ui| {
            let chance = self.document.figures().chance.as_ref();
            foot(ui, &self.view, &self.exports, self.document.scenario(), chance, &mut actions);
        });
        Panel::top("headline")
            .frame(margin(10, 10, 10, 8))
            .show_separator_line(false)
            .exact_size(headline_strip::height(width) + 18.0)
            .show(ui, |ui| {
                name_part(ui, "Headline");
                headline_strip::show(ui, &self.document, &mut actions);
            });
        let side = |id: Panel, size: f32| id.resizable(false).show_separator_line(false).exact_size(size);
        let narrow = width < NARROW;
        let left = if narrow { LEFT.1 } else { share(LEFT) };
        side(Panel::left("allocations"), left).frame(margin(10, 0, 0, 4)).show(ui, |ui| {
            name_part(ui, if narrow && self.view.inspecting { "Inspector" } else { "Allocations" });
            let inner = Margin { left: 8, right: 6, top: 8, bottom: 6 };
            charts::card(ui).inner_margin(inner).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                if narrow && self.view.inspecting {
                    if ui.button("← Allocations").clicked() {
                        actions.push(Action::PutAway);
                    }
                    inspector::show(ui, &self.document, &mut self.view, &mut actions);
                } else {
                    allocations::show(ui, &self.document, &mut self.view, &mut actions);
                }
            });
        });
        let place = (!narrow).then(|| {
            let panel = side(Panel::right("inspector"), share(RIGHT)).frame(margin(0, 10, 0, 4));
            panel.show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                name_part(ui, "Inspector");
                (ui.max_rect(), ui.unique_id())
            })
        });
        egui::CentralPanel::default().frame(margin(10, 10, 0, 4)).show(ui, |ui| {
            name_part(ui, "Charts");
            charts::show(ui, &self.document, &mut self.view, &mut actions);
        });
        // Last, as the keyboard goes from what is selected in the charts to what is told of it.
        if let Some((room, panel)) = place.map(|place| place.inner) {
            let inside = UiBuilder::new().max_rect(room).id_salt("inspector").accessibility_parent(panel);
            ui.scope_builder(inside, |ui| {
                ui.set_clip_rect(room.expand(1.0));
                charts::card(ui).show(ui, |ui| {
                    ui.set_min_size(ui.available_size());
                    inspector::show(ui, &self.document, &mut self.view, &mut actions);
                });
            });
        }
        actions
    }
}

/// What has just happened, or what can be done; and whose the published figures are.
fn foot(
    ui: &mut Ui,
    view: &View,
    exports: &Exports,
    scenario: &Scenario,
    chance: Option<&Chance>,
    actions: &mut Vec<Action>,
) {
    let palette = palette(ui);
    name_part(ui, "Foot");
    ui.horizontal(|ui| {
        let (text, shade) = match &view.message {
            Some(message) if message.is_refusal => (format!("■ {}", message.text), palette.bad),
            Some(message) => (message.text.clone(), palette.ink),
            None => (
                "Esc puts a drag back · type “1.2m” in any box · arrows and Page keys move a slider".to_owned(),
                palette.quiet,
            ),
        };
        let small =
            |text: &str, shade| Label::new(RichText::new(text).font(regular(theme::SMALL)).color(shade)).truncate();
        let room = (ui.available_width() * 0.44).max(100.0);
        ui.allocate_ui(egui::vec2(room, 18.0), |ui| {
            ui.set_min_width(room);
            if !exports.show_progress(ui, actions) {
                let said = ui.add(small(&text, shade)).on_hover_text(&text);
                if let Some(message) = &view.message {
                    let live = if message.is_refusal { accesskit::Live::Assertive } else { accesskit::Live::Polite };
                    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(live));
                }
            }
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let licensed = scenario.papers.iter().filter_map(|paper| Some((&paper.short, paper.licence.as_ref()?)));
            let named = licensed.map(|(name, licence)| format!("{name}, {licence}"));
            let forecast = match chance {
                Some(chance) if chance.replications < Refinement::most() => {
                    format!("Forecast: {} of {} runs", chance.replications, Refinement::most())
                }
                Some(chance) => format!("Forecast: {} runs, seed {}", chance.replications, chance.seed),
                None => "Forecast: the expected run".to_owned(),
            };
            let text = named.chain([forecast]).collect::<Vec<_>>().join(" · ");
            ui.add(small(&text, palette.quiet)).on_hover_text(format!(
                "{text}\nEach run draws who comes and who leaves by chance, how large each effect is and how late each \
                 scheme starts. A fan of bands shows where 5, 8 and 9 in 10 runs lie; the line is their mean."
            ));
        });
    });
}
