//! The right of the window: what is selected, figure by figure, each with where it came from.

mod chance;
mod costs;
mod day;
mod effects;
mod grant;
mod milestones;
mod notes;
mod outturn;
mod papers;
mod pathway;
mod plan;
pub(super) mod rows;
mod scheme;
mod sources;
mod targets;

use eframe::egui::{
    self, Align, Align2, Color32, CornerRadius, Label, Layout, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

use super::document::Document;
use super::focus;
use super::history;
use super::text_box::{TextBox, Typed, Typing};
use super::theme::{self, bold, palette, regular};
use super::view::{Action, Message, Selection, View};
use super::words;
use crate::scenario::{Change, Edit, Quantity, Range};

pub(super) use scheme::{box_of_name, remove_action};

/// Shows what is selected and collects what was asked of it.
pub(super) fn show(ui: &mut Ui, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    if view.selection == Selection::History {
        return history::show(ui, document, view, actions);
    }
    let scenario = document.scenario();
    ScrollArea::vertical().auto_shrink(false).id_salt(format!("{:?}", view.selection)).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        match view.selection.clone() {
            Selection::Scheme(id) => match scenario.scheme(&id) {
                Some((at, scheme)) => scheme::show(ui, document, at, scheme, view, actions),
                None => plan::show(ui, document, view, actions),
            },
            Selection::Pathway(id) => match scenario.pathway(&id) {
                Some((at, pathway)) => pathway::show(ui, document, at, pathway, view, actions),
                None => plan::show(ui, document, view, actions),
            },
            Selection::Day(day) => day::show(ui, document, day, actions),
            Selection::Plan | Selection::History => plan::show(ui, document, view, actions),
        }
        focus::follow(ui);
    });
}

/// The name of what is selected, and the way back to the plan.
fn title(ui: &mut Ui, name: &str, kind: &str, actions: &mut Vec<Action>) {
    way_back(ui, actions, |ui, _| {
        ui.label(RichText::new(kind).font(regular(theme::SMALL)).color(palette(ui).quiet));
    });
    ui.add(Label::new(RichText::new(name).font(bold(theme::TITLE)).color(palette(ui).ink)).wrap());
}

/// The way back to the plan, and at the other end of its line what sort of thing is selected.
fn way_back(ui: &mut Ui, actions: &mut Vec<Action>, kind: impl FnOnce(&mut Ui, &mut Vec<Action>)) {
    ui.horizontal(|ui| {
        let back = ui.small_button("← Plan");
        if back.on_hover_text("Back to the plan's notes, grant and sources").clicked() {
            actions.push(Action::Select(Selection::Plan));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| kind(ui, actions));
    });
}

fn section(ui: &mut Ui, name: &str) {
    ui.add_space(8.0);
    words::heading(ui, name, bold(theme::BODY), palette(ui).plan);
}

fn paragraph(ui: &mut Ui, text: impl Into<String>) {
    ui.add(Label::new(RichText::new(text).font(regular(theme::BODY)).color(palette(ui).ink)).wrap());
}

fn small(ui: &mut Ui, text: impl Into<String>) {
    ui.add(Label::new(RichText::new(text).font(regular(theme::SMALL)).color(palette(ui).quiet)).wrap());
}

/// A step of an argument: text with a bar of its colour beside it.
fn step(ui: &mut Ui, shade: Color32, text: impl Into<String>) {
    let indent = 10.0;
    let inner = ui.horizontal_top(|ui| {
        ui.add_space(indent);
        ui.vertical(|ui| paragraph(ui, text));
    });
    let rect = inner.response.rect;
    let bar = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(bar, CornerRadius::same(1), shade);
}

/// A figure's name beside a box that changes it.
struct FigureBox<'a> {
    /// Shown before the box.
    label: &'a str,
    /// The box's name for screen readers, where the label alone would not tell it from others.
    name: &'a str,
    /// What holds now.
    shown: &'a str,
    /// The box's width in points.
    width: f32,
    /// Whether it may be changed.
    enabled: bool,
}

impl FigureBox<'_> {
    fn show(
        &self,
        ui: &mut Ui,
        typing: &mut Option<Typing>,
        actions: &mut Vec<Action>,
        read: impl Fn(&str) -> Result<Edit, String>,
    ) {
        self.labelled(ui, |ui| self.box_alone(ui, typing, actions, &read));
    }

    /// The label, and beside it what changes the figure.
    fn labelled(&self, ui: &mut Ui, change: impl FnOnce(&mut Ui)) {
        ui.horizontal(|ui| {
            let width = (ui.available_width() - self.width - 8.0).max(40.0);
            ui.allocate_ui_with_layout(vec2(width, theme::TARGET), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(width);
                let label = ui.add(Label::new(RichText::new(self.label).font(regular(theme::BODY))).truncate());
                words::label(ui, label, self.label);
            });
            change(ui);
        });
    }

    fn box_alone(
        &self,
        ui: &mut Ui,
        typing: &mut Option<Typing>,
        actions: &mut Vec<Action>,
        read: &impl Fn(&str) -> Result<Edit, String>,
    ) {
        let Self { name, shown, width, enabled, .. } = *self;
        let text_box = TextBox { name, shown, width, enabled, align: Align2::RIGHT_CENTER };
        let (response, typed) = text_box.show(ui, typing, read);
        words::about(ui, &response, self.label);
        ask_for(typed, actions);
    }
}

/// `0 – 14 – 60`.
fn range_in_words(range: Range) -> String {
    format!("{} – {} – {}", range.low, range.central, range.high)
}

/// One of the three values of a range.
#[derive(Clone, Copy)]
enum Side {
    Low,
    Central,
    High,
}

impl Side {
    fn of(self, range: &mut Range) -> &mut Quantity {
        match self {
            Self::Low => &mut range.low,
            Self::Central => &mut range.central,
            Self::High => &mut range.high,
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Central => "central",
            Self::High => "high",
        }
    }
}

/// Three boxes for what is uncertain, named after the whole: `Beds effect 1, low`.
fn range_boxes(
    ui: &mut Ui,
    whole: &str,
    range: Range,
    enabled: bool,
    view: &mut View,
    actions: &mut Vec<Action>,
    edit: impl Fn(Range) -> Edit,
) {
    ui.horizontal(|ui| {
        for side in [Side::Low, Side::Central, Side::High] {
            let shown = side.of(&mut { range }).decimal().normalize().to_string();
            let name = format!("{whole}, {}", side.in_words());
            let figure = FigureBox { label: "", name: &name, shown: &shown, width: 62.0, enabled };
            figure.box_alone(ui, &mut view.typing, actions, &|text: &str| {
                let mut range = range;
                *side.of(&mut range) = text.parse::<Quantity>()?;
                Ok(edit(range))
            });
        }
    });
}

/// Asks for the edit that was typed, or says why there is none.
fn ask_for(typed: Typed<Edit>, actions: &mut Vec<Action>) {
    match typed {
        Typed::Nothing => {}
        Typed::Value(edit) => actions.push(Action::Do(edit)),
        Typed::Refused(reason) => actions.push(Action::Say(Message::refusal(reason))),
    }
}

/// How much an effect comes to: `20.0 more places`, `15.0% shorter stay`.
fn amount_in_words(change: Change, amount: f64) -> String {
    if change == Change::Places {
        format!("{amount:.1} {}", change.in_words())
    } else {
        format!("{:.1}% {}", amount * 100.0, change.in_words())
    }
}

/// A line of text that leads somewhere else in the inspector.
fn link(ui: &mut Ui, text: &str, to: Selection, actions: &mut Vec<Action>) {
    let label = RichText::new(text).font(regular(theme::BODY)).color(palette(ui).plan).underline();
    let response = ui.add(Label::new(label).sense(Sense::click()).wrap());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, text));
    if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        actions.push(Action::Select(to));
    }
}
