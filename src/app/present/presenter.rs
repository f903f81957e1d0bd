//! The presenter's own view, on a screen of its own: notes, the page, the next one, the clock, the sliders.
//!
//! eframe gives no list of the screens, so the window opens where the system puts it and is moved by the person; the room's
//! window fills the screen that it is on, and M puts it on the next. Closing the presenter's view, or unplugging its
//! screen, leaves the room's window as it is.

use eframe::egui::{self, Label, Panel, RichText, ScrollArea, Ui, ViewportBuilder, ViewportClass, ViewportId, vec2};
use jiff::Zoned;

use super::keys::Heard;
use super::page::within;
use super::{Presentation, Screen, levers, overlay};
use crate::app::announce::name_part;
use crate::app::chart_view::{self, Pointer};
use crate::app::document::Document;
use crate::app::theme::{self, bold, palette, regular};
use crate::app::view::{Action, View};
use crate::glossary::term_in;
use crate::present::Picture;

/// A laptop is read from where its keys are, with half an eye.
const LARGER: f32 = 1.25;
/// The share of the height that the page before the room takes; the next one has the rest.
const NOW: f32 = 0.6;
/// Seconds between looks at the clock, which tells minutes: more would keep the machine busy.
const CLOCK: f32 = 15.0;

/// Shows the presenter's view while it is wanted.
pub(super) fn show(
    ctx: &egui::Context,
    is_free: bool,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    if !presentation.has_presenter {
        return;
    }
    let builder =
        ViewportBuilder::default().with_title("Presenter’s view – iBCF Planner").with_inner_size([1000.0, 680.0]);
    ctx.show_viewport_immediate(ViewportId::from_hash_of("presenter"), builder, |ui, class| {
        theme::resize(ui.style_mut(), LARGER);
        // A window within the window shares its keys, which have been heard.
        let is_own = class != ViewportClass::EmbeddedWindow;
        let pressed = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Key { .. })));
        let heard =
            (is_free && is_own).then(|| Heard::of(ui.ctx(), Screen::Presenter, presentation, document, view, actions));
        contents(ui, presentation, document, view, actions);
        if let Some(heard) = heard {
            heard.carry_out(presentation, document, view, actions);
        }
        overlay::show(ui, Screen::Presenter, presentation, document, view, actions);
        presentation.mind_focus(ui, Screen::Presenter);
        if is_own && pressed {
            // The room's page was painted before these keys were heard.
            ui.ctx().request_repaint_of(egui::ViewportId::ROOT);
        }
        if ui.input(|input| input.viewport().close_requested()) {
            presentation.has_presenter = false;
            presentation.overlay.take_if(|_| presentation.overlay_in == Screen::Presenter);
        }
    });
}

fn contents(
    ui: &mut Ui,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let page = presentation.page(document);
    let all = presentation.topics(document);
    Panel::top("presenter clock").show(ui, |ui| clock(ui, presentation, all.len()));
    Panel::bottom("presenter levers").show(ui, |ui| {
        name_part(ui, "Presenter: sliders");
        levers::show(ui, presentation, page.topic, document, view, actions);
    });
    egui::CentralPanel::default().show(ui, |ui| {
        name_part(ui, "Presenter: page and notes");
        ui.add(Label::new(RichText::new(&page.title).font(bold(22.0)).color(palette(ui).ink)).wrap());
        let room = ui.available_rect_before_wrap();
        let (left, right) = room.split_left_right_at_fraction(0.55);
        let (now, next) = left.shrink2(vec2(6.0, 0.0)).split_top_bottom_at_fraction(NOW);
        within(ui, now, "small page", |ui| small(ui, &page.picture));
        within(ui, next, "next page", |ui| {
            let topic = all.get(presentation.at + 1);
            let Some(next) = topic.map(|topic| presentation.make(document, *topic)) else {
                ui.label(RichText::new("This is the last page").color(palette(ui).quiet));
                return;
            };
            let title = RichText::new(format!("Next: {}", next.title)).font(bold(theme::TITLE * LARGER));
            ui.add(Label::new(title.color(palette(ui).quiet)).wrap());
            small(ui, &next.picture);
        });
        within(ui, right, "notes", |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                for figure in &page.figures {
                    let was = figure.was.as_ref().map_or_else(String::new, |was| format!(", {was}"));
                    ui.add(
                        Label::new(RichText::new(format!("{} {}{was}", figure.value, figure.words)).strong()).wrap(),
                    );
                }
                ui.separator();
                let word = term_in(&page.title).map(|term| format!("{}: {}", term.word, term.means));
                for note in page.notes.iter().chain(&word) {
                    ui.add(
                        Label::new(RichText::new(note).font(regular(theme::TITLE * LARGER)).color(palette(ui).ink))
                            .wrap(),
                    );
                }
            });
        });
    });
}

/// A page's picture, in the room there is.
fn small(ui: &mut Ui, picture: &Picture) {
    match picture {
        Picture::Chart(chart) => drop(chart_view::show(ui, chart, Pointer::Read)),
        Picture::List(statements) => {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                for statement in statements {
                    ui.add(Label::new(&statement.text).wrap());
                }
            });
        }
    }
}

/// The time of day, how long the presentation has gone on, which page it is.
fn clock(ui: &mut Ui, presentation: &Presentation, all: usize) {
    name_part(ui, "Presenter: clock");
    let gone = presentation.began.elapsed().as_secs();
    let now = Zoned::now();
    let blank = if presentation.blank { " · the screen is blank (B)" } else { "" };
    let table = if presentation.overlay_on() == Some(Screen::Room) { " · a box is on the screen (Esc)" } else { "" };
    let text = format!(
        "{:02}:{:02} · {} min gone · page {} of {all}{blank}{table}",
        now.hour(),
        now.minute(),
        gone / 60,
        presentation.at + 1
    );
    ui.label(RichText::new(text).font(bold(theme::FIGURE)).color(palette(ui).ink));
    ui.ctx().request_repaint_after_secs(CLOCK);
}
