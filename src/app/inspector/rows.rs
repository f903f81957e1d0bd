//! What the inspector's lists are made of: lines that can be taken out, quiet buttons that begin a new one, choices among
//! a few, and the reading of what is typed in their boxes.

use eframe::egui::containers::menu::MenuButton;
use eframe::egui::{
    Align, Align2, Button, Color32, ComboBox, FontId, Layout, Rect, Response, RichText, Role, Shape, Stroke, Ui,
    WidgetInfo, accesskit, style::WidgetVisuals, vec2,
};

use crate::app::text_box::{Passage, Typed, Typing};
use crate::app::theme::{BODY, SMALL, TARGET, TITLE, bold, palette, regular};
use crate::calendar::{Date, Month};
use crate::money::{Money, MoneyError};
use crate::scenario::Scenario;

/// The most entries of a menu.
pub(super) const MOST_OFFERED: usize = 60;

/// A line, and at its end the way to take it out. Tells whether that was asked for.
pub(super) fn removable(ui: &mut Ui, name: &str, help: &str, enabled: bool, line: impl FnOnce(&mut Ui)) -> bool {
    ui.horizontal(|ui| {
        let width = ui.available_width() - TARGET - ui.spacing().item_spacing.x;
        ui.allocate_ui_with_layout(vec2(width, TARGET), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            line(ui);
        });
        ui.spacing_mut().button_padding.x = 4.0;
        let shade = palette(ui).quiet;
        let cross = Button::new(RichText::new("×").color(shade)).frame_when_inactive(false);
        let remove = ui.add_enabled(enabled, cross.min_size(vec2(TARGET, TARGET)));
        remove.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
        remove.on_hover_text(help).clicked()
    })
    .inner
}

/// A line that stays, as wide as those beside it that can be taken out.
pub(super) fn kept(ui: &mut Ui, line: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| left_of(ui, TARGET - 8.0 + ui.spacing().item_spacing.x, line));
}

/// The left of a line, up to where something else needs so much room.
pub(super) fn left_of(ui: &mut Ui, room: f32, content: impl FnOnce(&mut Ui)) {
    let width = (ui.available_width() - room - 8.0).max(40.0);
    ui.allocate_ui_with_layout(vec2(width, TARGET), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        content(ui);
    });
}

/// A quiet button that begins something: `+ Add a note`. Tells whether it was clicked.
pub(in crate::app) fn begin(ui: &mut Ui, label: &str, name: &str, enabled: bool) -> bool {
    let button = quiet(ui, |ui| ui.add_enabled(enabled, begin_button(ui, label)));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    button.clicked()
}

/// The same, with a choice to make first.
pub(in crate::app) fn begin_one_of(ui: &mut Ui, label: &str, name: &str, enabled: bool, choices: impl FnOnce(&mut Ui)) {
    let button = quiet(ui, |ui| {
        let button = begin_button(ui, label);
        ui.add_enabled_ui(enabled, |ui| MenuButton::from_button(button).ui(ui, choices).0).inner
    });
    button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
}

fn begin_button<'a>(ui: &Ui, label: &str) -> Button<'a> {
    let text = RichText::new(format!("+ {label}")).font(regular(SMALL)).color(palette(ui).plan);
    Button::new(text).frame_when_inactive(false).min_size(vec2(0.0, TARGET))
}

/// What else can be done with something: a menu behind three dots.
pub(in crate::app) fn more(ui: &mut Ui, name: &str, choices: impl FnOnce(&mut Ui)) {
    let dots = RichText::new("…").font(bold(BODY)).color(palette(ui).quiet);
    let button = Button::new(dots).frame_when_inactive(false).min_size(vec2(TARGET, TARGET));
    let button = quiet(ui, |ui| MenuButton::from_button(button).ui(ui, choices).0);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
}

/// One of a few, in words with a small triangle; opened, all of them. Gives the place of the one that was chosen.
pub(super) fn choice(
    ui: &mut Ui,
    name: &str,
    options: &[String],
    chosen: Option<usize>,
    enabled: bool,
) -> Option<usize> {
    choice_in(ui, name, options, chosen, enabled, regular(BODY))
}

/// The same, written another way.
pub(in crate::app) fn choice_in(
    ui: &mut Ui,
    name: &str,
    options: &[String],
    chosen: Option<usize>,
    enabled: bool,
    font: FontId,
) -> Option<usize> {
    let shown = chosen.and_then(|chosen| options.get(chosen)).map_or("–", String::as_str);
    let mut picked = None;
    let response = quiet(ui, |ui| {
        let text = RichText::new(shown).font(font);
        let list = ComboBox::from_id_salt(name).selected_text(text).width(0.0).truncate().icon(triangle);
        let list = |ui: &mut Ui| {
            list.show_ui(ui, |ui| {
                for (at, option) in options.iter().enumerate().take(MOST_OFFERED) {
                    if ui.selectable_label(chosen == Some(at), option).clicked() && chosen != Some(at) {
                        picked = Some(at);
                    }
                }
            })
            .response
        };
        ui.add_enabled_ui(enabled, list).inner
    });
    ui.ctx().accesskit_node_builder(response.id, |node: &mut accesskit::Node| node.set_label(name));
    response.on_hover_text(shown);
    picked
}

fn triangle(ui: &Ui, rect: Rect, _: &WidgetVisuals, _is_open: bool) {
    let (at, half) = (rect.center(), vec2(3.5, 2.0));
    let corners = vec![at - half, at + vec2(half.x, -half.y), at + vec2(0.0, half.y)];
    ui.painter().add(Shape::convex_polygon(corners, palette(ui).quiet, Stroke::NONE));
}

/// Without an edge until it is pointed at, and flush with the text around it.
fn quiet(ui: &mut Ui, button: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding = vec2(2.0, 2.0);
        let still = &mut ui.visuals_mut().widgets.inactive;
        (still.weak_bg_fill, still.bg_fill, still.bg_stroke) =
            (Color32::TRANSPARENT, Color32::TRANSPARENT, Stroke::NONE);
        button(ui)
    })
    .inner
}

/// A title that can be written anew.
pub(super) fn title_box(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    enabled: bool,
    typing: &mut Option<Typing>,
) -> Typed<String> {
    name_in(ui, bold(TITLE), name, shown, enabled, typing)
}

/// A name in a line that can be written anew.
pub(super) fn name_line(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    enabled: bool,
    typing: &mut Option<Typing>,
) -> Typed<String> {
    name_in(ui, regular(BODY), name, shown, enabled, typing)
}

fn name_in(
    ui: &mut Ui,
    font: FontId,
    name: &str,
    shown: &str,
    enabled: bool,
    typing: &mut Option<Typing>,
) -> Typed<String> {
    let shade = palette(ui).ink;
    Passage { name, shown, hint: "", help: "", font, shade, align: Align2::LEFT_CENTER, enabled, has_lines: false }
        .show(ui, typing)
}

/// What was typed, as pounds.
pub(super) fn pounds_in(text: &str) -> Result<Money, String> {
    text.parse().map_err(|error: MoneyError| error.to_string())
}

/// What was typed, as a day.
pub(super) fn day_in(text: &str) -> Result<Date, String> {
    text.trim().parse::<Date>().map_err(|error| error.to_string())
}

/// What was typed, as whole days.
pub(super) fn days_in(text: &str) -> Result<u16, String> {
    let text = text.trim();
    text.parse().map_err(|_| format!("“{text:.24}” is not a number of whole days; write one such as 60"))
}

/// What was typed, as a month: `2018-03`, or as people say it, where the plan has such a month.
pub(super) fn month_in(text: &str, scenario: &Scenario) -> Result<Month, String> {
    let text = text.trim();
    let is_said =
        |month: &Month| month.in_words().eq_ignore_ascii_case(text) || month.short().eq_ignore_ascii_case(text);
    let said = scenario.horizon().months().find(is_said);
    said.map_or_else(|| text.parse::<Month>().map_err(|error| error.to_string()), Ok)
}
