//! What the papers report around the plan, in the place of the charts: one sheet at a time, with its finding as title
//! and cells that can be typed over.

use eframe::egui::{
    self, Align, Align2, Button, Color32, FontId, Label, Layout, Rect, Response, RichText, Role, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::charts::card;
use super::document::Document;
use super::focus;
use super::inspector::rows;
use super::text_box::{Passage, TextBox, Typed, Typing};
use super::theme::{self, TARGET, bold, palette, regular};
use super::view::{Action, Message, View};
use super::words;
use crate::chart::State;
use crate::chart::context::{Bar, Cell, Column, Part, Row, Sheet, box_begun};
use crate::scenario::context::{Doing, Spot};
use crate::scenario::{Edit, Scenario};

/// The height of the row of choices.
const TABS: f32 = 26.0;
/// Space between columns.
const GAP: f32 = 6.0;
/// A column is at least so wide for each part of its weight.
const LEAST: f32 = 48.0;
/// What stands round the text of a box, of a choice and of a text that is written anew where it stands.
const ROUND_A_BOX: f32 = 18.0;
/// See [`ROUND_A_BOX`].
const ROUND_A_CHOICE: f32 = 38.0;
/// See [`ROUND_A_BOX`].
const ROUND_A_TEXT: f32 = 6.0;
/// A timeline is at least so wide.
const LEAST_BAR: f32 = 110.0;
/// More rows than this are not read on a screen; the command line has them all.
const MOST_ROWS: usize = 600;
/// The height of a menu, in points; what is longer is scrolled.
const MENU: f32 = 320.0;
/// The height of a bar, and of the mark of an earlier day.
const BAR: f32 = 8.0;

/// The choice between the charts and what the papers report, where they report anything; what is left of the room.
pub(super) fn choices(ui: &mut Ui, room: Rect, scenario: &Scenario, view: &View, actions: &mut Vec<Action>) -> Rect {
    let parts: Vec<Part> = Part::ALL.into_iter().filter(|part| part.is_in(scenario)).collect();
    if parts.is_empty() {
        return room;
    }
    let row = Rect::from_min_size(room.min, vec2(room.width(), TABS));
    ui.scope_builder(UiBuilder::new().max_rect(row).id_salt("around the plan"), |ui| {
        egui::ScrollArea::horizontal().id_salt("parts").show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                ui.spacing_mut().button_padding.x = 7.0;
                for part in [None].into_iter().chain(parts.into_iter().map(Some)) {
                    let name = part.map_or("Charts", Part::in_words);
                    let button = ui.add(Button::selectable(view.around == part, name));
                    words::about(ui, &button, name);
                    if words::hint(button, name).clicked() {
                        actions.push(Action::ShowAround(part));
                    }
                }
                focus::follow(ui);
            });
        });
    });
    Rect::from_min_max(pos2(room.left(), room.top() + TABS + 4.0), room.max)
}

/// Shows a part of the context, if the scenario has it; tells whether it has.
pub(super) fn show(
    ui: &mut Ui,
    room: Rect,
    part: Part,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) -> bool {
    let scenario = document.scenario();
    let Some(sheet) = document.around(part) else { return false };
    ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(("around", part)), |ui| {
        card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
            let title = RichText::new(&sheet.title).font(bold(theme::BODY)).color(palette(ui).ink);
            words::hint(ui.add(Label::new(title).wrap()), &sheet.title);
            let subtitle = RichText::new(&sheet.subtitle).font(regular(theme::SMALL)).color(palette(ui).quiet);
            ui.add(Label::new(subtitle).truncate()).on_hover_text(&sheet.subtitle);
            ui.add_space(4.0);
            table(ui, &sheet, scenario, view, actions);
        });
    });
    true
}

fn table(ui: &mut Ui, sheet: &Sheet, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    let gaps = GAP * sheet.columns.len() as f32;
    let around = ui.spacing().scroll.bar_width + 6.0 + TARGET;
    let room = ui.available_width() - around;
    let widths = widths(sheet, &least_widths(ui, sheet), room - gaps);
    let whole = widths.iter().sum::<f32>() + gaps;
    let mut table = Table { sheet, widths, scenario, typing: &mut view.typing, actions };
    let bars = ui.spacing().scroll;
    if whole > room + 0.5 {
        // Where columns are out of sight, their bar is not.
        ui.spacing_mut().scroll = egui::style::ScrollStyle::solid();
    }
    egui::ScrollArea::horizontal().id_salt("columns").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().scroll = bars;
        table.heads(ui);
        egui::ScrollArea::vertical().id_salt("rows").auto_shrink(false).show(ui, |ui| {
            for (at, row) in sheet.rows.iter().enumerate().take(MOST_ROWS) {
                ui.push_id(at, |ui| match row {
                    Row::Heading(heading) => heading_row(ui, heading, whole),
                    Row::Group(cells) => table.row(ui, cells, true),
                    Row::Cells(cells) => table.row(ui, cells, false),
                });
            }
            if sheet.rows.len() > MOST_ROWS {
                let left = sheet.rows.len() - MOST_ROWS;
                ui.label(format!("{left} more rows: ibcf-planner context FILE shows them all"));
            }
            table.offers(ui);
            focus::follow(ui);
        });
        // An area keeps to itself what is scrolled to in it, whichever way it scrolls.
        focus::follow(ui);
    });
}

/// The width of every column: the least that it needs, and its part of what room is left.
fn widths(sheet: &Sheet, least: &[f32], room: f32) -> Vec<f32> {
    let weights: f32 = sheet.columns.iter().map(|column| column.weight).sum();
    let left = (room - least.iter().sum::<f32>()).max(0.0);
    sheet.columns.iter().zip(least).map(|(column, least)| least + left * column.weight / weights).collect()
}

/// The least that each column needs, so that no word of a heading and no figure is broken or cut.
fn least_widths(ui: &Ui, sheet: &Sheet) -> Vec<f32> {
    let of = |(at, column): (usize, &Column)| {
        let words = column.name.split(' ').map(|word| length(ui, word, bold(theme::SMALL)));
        let name = words.fold(0.0, f32::max) + if column.spot.is_some() { ROUND_A_TEXT } else { 0.0 };
        let shown = sheet.rows.iter().take(MOST_ROWS).filter_map(|row| row.cells().get(at));
        shown.map(|cell| least_width(ui, column, cell)).fold(name.max(column.weight * LEAST), f32::max)
    };
    sheet.columns.iter().enumerate().map(of).collect()
}

/// The least that a cell needs; words are broken into lines, and need none.
fn least_width(ui: &Ui, column: &Column, cell: &Cell) -> f32 {
    let small = regular(theme::SMALL);
    let shown = match &cell.spot {
        _ if cell.bar.is_some() => LEAST_BAR,
        None if column.is_figure => length(ui, &cell.text, regular(theme::BODY - 0.5)),
        None => 0.0,
        Some(spot) if spot.is_text() => 0.0,
        Some(spot) if spot.choices().is_some() => length(ui, &cell.text, small.clone()) + ROUND_A_CHOICE,
        Some(_) => length(ui, &cell.text, regular(theme::BODY * theme::scale(ui))) + ROUND_A_BOX,
    };
    let moved = cell.moved.as_ref().map_or(0.0, |was| length(ui, &moved_from(was), small));
    shown.max(moved)
}

/// How long a text is on one line.
fn length(ui: &Ui, text: &str, font: FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x.ceil()
}

fn heading_row(ui: &mut Ui, heading: &str, width: f32) {
    ui.add_space(4.0);
    let text = RichText::new(heading).font(bold(theme::SMALL)).color(palette(ui).ink);
    ui.allocate_ui(vec2(width, 18.0), |ui| {
        ui.set_max_width(width);
        ui.add(Label::new(text).wrap());
    });
}

/// A sheet being drawn, and what is typed and asked for in it.
struct Table<'a> {
    sheet: &'a Sheet,
    widths: Vec<f32>,
    scenario: &'a Scenario,
    typing: &'a mut Option<Typing>,
    actions: &'a mut Vec<Action>,
}

impl Table<'_> {
    fn heads(&mut self, ui: &mut Ui) {
        ui.horizontal_top(|ui| {
            for (at, (column, width)) in self.sheet.columns.iter().zip(self.widths.clone()).enumerate() {
                let align = if column.is_figure { Align::Max } else { Align::Min };
                let shown = ui.allocate_ui_with_layout(vec2(width, 16.0), Layout::top_down(align), |ui| {
                    ui.set_width(width);
                    ui.set_min_height(16.0);
                    let (font, shade) = (bold(theme::SMALL), palette(ui).quiet);
                    if let Some((spot, called)) = &column.spot {
                        let passage = passage(column, spot, called, &column.name, font, shade);
                        self.text(ui, spot, &passage);
                    } else {
                        let name = RichText::new(&column.name).font(font).color(shade);
                        words::hint(ui.add(Label::new(name).wrap()), &column.name);
                    }
                });
                if at == 0 {
                    ui.add_space(TARGET + GAP);
                }
                let place = shown.response.rect;
                for (part, label) in &column.ticks {
                    let at = pos2(place.left() + part * place.width(), place.top());
                    ui.painter().text(at, Align2::LEFT_TOP, label, regular(theme::SMALL), palette(ui).quiet);
                }
            }
        });
        ui.separator();
    }

    fn row(&mut self, ui: &mut Ui, cells: &[Cell], is_group: bool) {
        if is_group {
            ui.add_space(4.0);
        }
        ui.horizontal_top(|ui| {
            let widths = self.widths.clone();
            for (at, ((column, cell), width)) in self.sheet.columns.iter().zip(cells).zip(widths).enumerate() {
                let align = if column.is_figure { Align::Max } else { Align::Min };
                ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(align), |ui| {
                    ui.set_width(width);
                    ui.push_id(at, |ui| self.cell(ui, column, cell, width, is_group && at == 0));
                });
                if at == 0 {
                    self.row_offers(ui, cell);
                }
            }
        });
    }

    /// What can be done with a row, beside its name, where it stays in sight however wide the sheet is.
    fn row_offers(&mut self, ui: &mut Ui, name: &Cell) {
        ui.allocate_ui_with_layout(vec2(TARGET, TARGET), Layout::top_down(Align::Center), |ui| {
            ui.set_width(TARGET);
            if !name.offers.is_empty() {
                let called = format!("Add or remove: {}", name.text);
                rows::more(ui, &called, |ui| self.choices(ui, &name.offers));
            }
        });
    }

    fn cell(&mut self, ui: &mut Ui, column: &Column, cell: &Cell, width: f32, is_name: bool) {
        self.content(ui, column, cell, width, is_name);
        if let Some(was) = &cell.moved {
            let shade = palette(ui).state(State::Watch);
            ui.add(Label::new(RichText::new(moved_from(was)).font(regular(theme::SMALL)).color(shade)).wrap());
        }
    }

    fn content(&mut self, ui: &mut Ui, column: &Column, cell: &Cell, width: f32, is_name: bool) {
        if let Some(bar) = &cell.bar {
            return bar_of(ui, bar, width);
        }
        let Some(spot) = &cell.spot else { return plain(ui, cell) };
        if let Some(choices) = spot.choices() {
            return self.choice(ui, cell, spot, &choices, width);
        }
        if spot.is_text() {
            let font = if is_name { bold(theme::BODY - 0.5) } else { regular(theme::BODY - 0.5) };
            let passage = passage(column, spot, &cell.called, &cell.text, font, palette(ui).ink);
            let help = cell.help.as_deref().unwrap_or_default();
            return self.text(ui, spot, &Passage { help, ..passage });
        }
        let (name, shown, align) = (&cell.called, &cell.text, side(column));
        let text_box = TextBox { name, shown, width: width - 2.0, enabled: true, align };
        let (response, typed) = text_box.show(ui, self.typing, |text| spot.typed(self.scenario, text));
        explain(ui, response, cell);
        match typed {
            Typed::Nothing => {}
            Typed::Value(edit) => self.actions.push(Action::Do(edit)),
            Typed::Refused(reason) => self.actions.push(Action::Say(Message::refusal(reason))),
        }
    }

    /// A text to be written anew where it stands.
    fn text(&mut self, ui: &mut Ui, spot: &Spot, passage: &Passage) {
        if let Typed::Value(text) = passage.show(ui, self.typing) {
            self.actions.push(asked(spot.typed(self.scenario, &text)));
        }
    }

    fn choice(&mut self, ui: &mut Ui, cell: &Cell, spot: &Spot, choices: &[&'static str], width: f32) {
        if matches!(spot, Spot::On(..)) {
            // Many stand side by side: only the words.
            let (options, shown) = (choices.iter().map(ToString::to_string).collect::<Vec<_>>(), &cell.text);
            let chosen = options.iter().position(|option| option == shown);
            let picked = rows::choice_in(ui, &cell.called, &options, chosen, true, regular(theme::SMALL));
            self.actions.extend(picked.map(|at| asked(spot.typed(self.scenario, choices[at]))));
            return;
        }
        let shade = cell.state.filter(|state| *state != State::Plain);
        let shade = shade.map_or(palette(ui).ink, |state| palette(ui).state(state));
        let shown = RichText::new(&cell.text).font(regular(theme::SMALL)).color(shade);
        let combo = egui::ComboBox::from_id_salt("choice").width(width - 4.0).selected_text(shown).truncate();
        let shown = combo.show_ui(ui, |ui| {
            for choice in choices {
                if ui.selectable_label(cell.text == *choice, *choice).clicked() && cell.text != *choice {
                    self.actions.push(asked(spot.typed(self.scenario, choice)));
                }
            }
        });
        shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &cell.called));
        explain(ui, shown.response, cell);
    }

    /// What can be begun: a button for one thing, a menu for several.
    fn offers(&mut self, ui: &mut Ui) {
        let offers = &self.sheet.offers;
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| match offers.as_slice() {
            [] => {}
            [one] => {
                let words = one.in_words(self.scenario);
                if rows::begin(ui, &words, &words, true) {
                    self.actions.extend(begun(one, self.scenario));
                }
            }
            several => {
                let name = format!("Add to {}", self.sheet.name);
                rows::begin_one_of(ui, "Add or remove", &name, true, |ui| self.choices(ui, several));
            }
        });
    }

    fn choices(&mut self, ui: &mut Ui, offers: &[Doing]) {
        egui::ScrollArea::vertical().max_height(MENU).show(ui, |ui| {
            for offer in offers {
                if ui.button(offer.in_words(self.scenario)).clicked() {
                    self.actions.extend(begun(offer, self.scenario));
                }
            }
        });
    }
}

/// What a choice asks for; where it begins something with a name, the name is typed next.
pub(super) fn begun(doing: &Doing, scenario: &Scenario) -> Option<Action> {
    let edit = doing.edit(scenario)?;
    Some(match box_begun(doing, scenario) {
        Some(name) => Action::Begin(edit, name.into()),
        None => Action::Do(edit),
    })
}

/// Figures stand right, texts left.
fn side(column: &Column) -> Align2 {
    if column.is_figure { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER }
}

fn passage<'a>(
    column: &Column,
    spot: &Spot,
    name: &'a str,
    shown: &'a str,
    font: FontId,
    shade: Color32,
) -> Passage<'a> {
    let (hint, align, has_lines) = (spot.hint(), side(column), spot.is_long());
    Passage { name, shown, hint, help: "", font, shade, align, enabled: true, has_lines }
}

fn asked(typed: Result<Edit, String>) -> Action {
    typed.map_or_else(|reason| Action::Say(Message::refusal(reason)), Action::Do)
}

fn plain(ui: &mut Ui, cell: &Cell) {
    if cell.text.is_empty() {
        return;
    }
    let shade = cell.state.filter(|state| *state != State::Plain);
    let shade = shade.map_or(palette(ui).ink, |state| palette(ui).state(state));
    ui.add_space(3.0);
    let label = ui.add(Label::new(RichText::new(&cell.text).font(regular(theme::BODY - 0.5)).color(shade)).wrap());
    if let Some(told) = cell.told() {
        label.on_hover_text(told);
    }
}

/// The mark of a figure that was moved, in words.
fn moved_from(was: &str) -> String {
    format!("▲ was {was}")
}

/// Tells where a figure comes from and what it was moved from: under the pointer, to a screen reader, and to whoever has
/// come to it with the keyboard.
fn explain(ui: &Ui, response: Response, cell: &Cell) {
    let Some(told) = cell.told() else { return };
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(told.as_str()));
    if response.has_focus() {
        response.show_tooltip_text(told);
    } else {
        response.on_hover_text(told);
    }
}

/// From the day an activity begins to the day it is due; where an earlier paper had it; the day of the plan.
fn bar_of(ui: &mut Ui, bar: &Bar, width: f32) {
    let (place, _) = ui.allocate_exact_size(vec2(width, theme::TARGET), egui::Sense::hover());
    let x = |part: f32| place.left() + part * place.width();
    let middle = place.center().y;
    let palette = palette(ui);
    let painter = ui.painter();
    painter.vline(x(bar.written), place.y_range(), Stroke::new(1.0, palette.rail));
    let least = 4.0;
    let (from, to) = (x(bar.from), x(bar.to).max(x(bar.from) + least));
    let drawn = Rect::from_min_max(pos2(from, middle - BAR / 2.0), pos2(to, middle + BAR / 2.0));
    painter.rect_filled(drawn, 2.0, palette.plan);
    if let Some(earlier) = bar.earlier {
        let slip = Rect::from_x_y_ranges(x(earlier.min(bar.to))..=x(earlier.max(bar.to)), middle - 1.0..=middle + 1.0);
        painter.rect_filled(slip, 0.0, palette.warning);
        painter.circle_stroke(pos2(x(earlier), middle), BAR / 2.0, Stroke::new(1.5, palette.warning));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_is_narrower_than_its_figures_and_what_room_is_left_goes_by_weight() {
        let column = |weight| Column { name: String::new(), weight, is_figure: true, spot: None, ticks: Vec::new() };
        let columns = vec![column(1.0), column(3.0)];
        let (title, subtitle) = (String::new(), String::new());
        let (rows, offers) = (Vec::new(), Vec::new());
        let sheet = Sheet { part: Part::Purposes, name: "Purposes", title, subtitle, columns, rows, offers };
        assert_eq!(widths(&sheet, &[90.0, 144.0], 434.0), [140.0, 294.0]);
        assert_eq!(widths(&sheet, &[90.0, 144.0], 100.0), [90.0, 144.0], "the sheet is wider than the room");
    }
}
