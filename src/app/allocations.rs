//! The left of the window: four areas and their schemes, of which only those in sight are laid out.

pub(super) mod scheme_row;

use eframe::egui::{
    self, Align, Align2, Color32, CornerRadius, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::document::Document;
use super::focus;
use super::inspector::box_of_name;
use super::theme::{self, TARGET, bold, palette, regular};
use super::view::{Action, Selection, View, Years};
use super::words;
use crate::ledger::YearLine;
use crate::money::Money;
use crate::scenario::edit::new_scheme;
use crate::scenario::{Area, Edit, Scenario, Scheme};

const AREA_HEIGHT: f32 = 30.0;
const SCHEME_PADDING: f32 = 5.0;
/// How far beyond the edges rows are laid out, in points.
const BEYOND: f32 = 130.0;
/// Space between a scheme's years.
const YEAR_GAP: f32 = 2.0;

/// A line of the list; only those in sight are laid out.
enum Row {
    Area(Area),
    /// By its place in the scenario.
    Scheme(usize),
    Nothing(Area),
}

/// Shows the list and collects what was asked of it.
pub(super) fn show(ui: &mut Ui, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    heading(ui, document, view, actions);
    year_summary(ui, document, view);
    let years = shown_years(document, view);
    let rows = rows(document);
    let heights: Vec<f32> = rows.iter().map(|row| height(row, years.len())).collect();
    ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, viewport| {
        let left_top = ui.max_rect().left_top();
        let width = ui.available_width();
        ui.set_height(heights.iter().sum());
        let mut y = 0.0;
        for (row, height) in rows.iter().zip(heights) {
            // A row beyond each edge, so that the keyboard finds its way on; and the row being worked on, which must
            // not lose what is typed in it.
            let near = y + height >= viewport.min.y - BEYOND && y <= viewport.max.y + BEYOND;
            let is_selected = is_selected(row, document, view);
            if near || is_selected {
                let rect = Rect::from_min_size(left_top + vec2(0.0, y), vec2(width, height));
                if is_selected && std::mem::take(&mut view.reveal) {
                    ui.scroll_to_rect(rect, None);
                }
                show_row(ui, rect, row, document, view, &years, actions);
            }
            y += height;
        }
        focus::follow(ui);
    });
}

/// The years shown, with their places in the ledger.
fn shown_years<'a>(document: &'a Document, view: &View) -> Vec<(usize, &'a YearLine)> {
    let years = document.figures().ledger.years.iter().enumerate();
    match view.years {
        Years::All => years.collect(),
        Years::One(year) => years.filter(|(_, line)| line.year == year).collect(),
    }
}

fn rows(document: &Document) -> Vec<Row> {
    let schemes = &document.scenario().schemes;
    let mut rows = Vec::with_capacity(schemes.len() + Area::ALL.len());
    for area in Area::ALL {
        rows.push(Row::Area(area));
        let before = rows.len();
        rows.extend(
            schemes.iter().enumerate().filter(|(_, scheme)| scheme.area == area).map(|(at, _)| Row::Scheme(at)),
        );
        if rows.len() == before {
            rows.push(Row::Nothing(area));
        }
    }
    rows
}

fn is_selected(row: &Row, document: &Document, view: &View) -> bool {
    let Row::Scheme(at) = row else { return false };
    matches!(&view.selection, Selection::Scheme(id) if *id == document.scenario().schemes[*at].id)
}

fn height(row: &Row, years: usize) -> f32 {
    match row {
        Row::Area(_) => AREA_HEIGHT,
        Row::Scheme(_) => TARGET + (TARGET + YEAR_GAP) * years as f32 + 2.0 * SCHEME_PADDING,
        Row::Nothing(_) => TARGET,
    }
}

fn heading(ui: &mut Ui, document: &Document, view: &View, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Allocations").font(bold(theme::TITLE)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let mut choice = |ui: &mut Ui, years: Years, label: String, name: String| {
                let chosen = view.years == years;
                let button = ui.add(egui::Button::selectable(chosen, RichText::new(label).font(regular(theme::SMALL))));
                button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
                if button.clicked() {
                    actions.push(Action::ShowYears(years));
                }
            };
            choice(ui, Years::All, "All".to_owned(), "Show all years".to_owned());
            for line in document.figures().ledger.years.iter().rev() {
                choice(ui, Years::One(line.year), line.year.short(), format!("Show {}", line.year));
            }
        });
    });
}

/// What is left of the years shown, in words and a shape.
fn year_summary(ui: &mut Ui, document: &Document, view: &View) {
    let palette = palette(ui);
    let years = shown_years(document, view);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        for (_, year) in &years {
            let over = year.balance.is_negative();
            let (mark, word, shade) = if over { ("▲", "over", palette.bad) } else { ("●", "left", palette.good) };
            let text = match years.as_slice() {
                [_] => format!("{mark} {}: {} {word}", year.year, year.balance.abs().short()),
                _ => format!("{mark} {} {}", year.year.short(), year.balance.short()),
            };
            ui.add(Label::new(RichText::new(text).font(bold(theme::SMALL)).color(shade)).extend()).on_hover_text(
                format!(
                    "{} available, {} allocated, balance {}",
                    year.available().map_or_else(|error| error.to_string(), Money::exact),
                    year.allocated.exact(),
                    year.balance.exact()
                ),
            );
        }
    });
    ui.add_space(2.0);
}

fn show_row(
    ui: &mut Ui,
    rect: Rect,
    row: &Row,
    document: &Document,
    view: &mut View,
    years: &[(usize, &YearLine)],
    actions: &mut Vec<Action>,
) {
    match row {
        Row::Area(area) => {
            let builder = UiBuilder::new().max_rect(rect).scope_id(egui::Id::unique(("area", area)));
            ui.scope_builder(builder, |ui| {
                area_row(ui, rect, *area, document, years);
                add_button(ui, rect, *area, document, actions);
            });
        }
        Row::Nothing(area) => {
            let palette = palette(ui);
            let at = rect.left_center() + vec2(18.0, 0.0);
            let text = format!("No schemes in {} yet", area.to_string().to_lowercase());
            ui.painter().text(at, Align2::LEFT_CENTER, text, regular(theme::SMALL), palette.quiet);
        }
        Row::Scheme(at) => {
            let scheme = &document.scenario().schemes[*at];
            // A name of its own, whatever rows are laid out before it, so that focus and typing stay with the scheme.
            let id = egui::Id::unique(("scheme", &scheme.id));
            let builder = UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, SCHEME_PADDING))).scope_id(id);
            paint_selection(ui, rect, scheme, view);
            ui.scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing = vec2(4.0, YEAR_GAP);
                scheme_row::show(ui, *at, scheme, document, view, years, actions);
            });
        }
    }
}

fn paint_selection(ui: &Ui, rect: Rect, scheme: &Scheme, view: &View) {
    if view.selection == Selection::Scheme(scheme.id.clone()) {
        let palette = palette(ui);
        ui.painter().rect_filled(rect, CornerRadius::same(4), palette.selected);
        let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(edge, CornerRadius::same(2), palette.area(scheme.area));
    }
}

/// The area's name, its total over the years shown, and its share of all that is allocated in them.
fn area_row(ui: &mut Ui, rect: Rect, area: Area, document: &Document, years: &[(usize, &YearLine)]) {
    let palette = palette(ui);
    let painter = ui.painter();
    painter.hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, palette.edge));
    let middle = rect.center().y;
    let swatch = Rect::from_center_size(pos2(rect.left() + 13.0, middle), vec2(10.0, 10.0));
    painter.rect_filled(swatch, CornerRadius::same(2), palette.area(area));
    let (name, at) = (area.to_string(), pos2(rect.left() + 24.0, middle));
    let shown = painter.text(at, Align2::LEFT_CENTER, &name, bold(theme::BODY), palette.ink);
    let response = ui.allocate_rect(shown, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    words::label(ui, response, &name);
    let lines = document.figures().ledger.areas.iter().filter(|line| line.area == area);
    let total = Money::total(lines.flat_map(|line| years.iter().map(|(at, _)| line.allocated[*at])));
    let all = Money::total(years.iter().map(|(_, line)| line.allocated));
    let (Ok(total), Ok(all)) = (total, all) else { return };
    let text = format!("{} · {}", total.millions(), share(total, all));
    let end = pos2(rect.right() - 10.0, middle);
    let shown = ui.painter().text(end, Align2::RIGHT_CENTER, text, bold(theme::BODY), palette.ink);
    ui.allocate_rect(shown, Sense::hover()).on_hover_text(total.exact());
}

/// Adds a scheme of no money yet to the area, and shows it.
fn add_button(ui: &mut Ui, row: Rect, area: Area, document: &Document, actions: &mut Vec<Action>) {
    let name = ui.painter().layout_no_wrap(area.to_string(), bold(theme::BODY), Color32::WHITE).size().x;
    let at = Rect::from_center_size(pos2(row.left() + 24.0 + name + 16.0, row.center().y), vec2(TARGET, TARGET));
    let button = ui.put(at, egui::Button::new("+").frame_when_inactive(false));
    let named = format!("Add a scheme to {area}");
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &named));
    if button.on_hover_text(&named).clicked() {
        actions.extend(add_actions(document.scenario(), area).into_iter().flatten());
    }
}

/// Adds a scheme of no money yet to an area, and has its name typed in; nothing where no more schemes may be.
pub(super) fn add_actions(scenario: &Scenario, area: Area) -> Option<[Action; 2]> {
    let edit = new_scheme(scenario, area)?;
    let Edit::AddScheme { scheme, .. } = &edit else { return None };
    let (id, name) = (scheme.id.clone(), box_of_name(&scheme.name));
    Some([Action::Begin(edit, name.into()), Action::Select(Selection::Scheme(id))])
}

/// A part as a whole percentage of the whole.
fn share(part: Money, whole: Money) -> String {
    let percentage = (part.decimal() * rust_decimal::Decimal::ONE_HUNDRED).checked_div(whole.decimal());
    percentage.map_or_else(|| "–".to_owned(), |percentage| format!("{}%", percentage.round()))
}
