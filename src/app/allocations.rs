//! The left of the window: four areas, their schemes, and for every scheme and year a slider, a box and a year chip.

use std::collections::BTreeSet;

use eframe::egui::{
    self, Align, Align2, Color32, CornerRadius, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::document::Document;
use super::slider::{self, Slid, Slider};
use super::text_box::{TextBox, Typed};
use super::theme::{self, TARGET, bold, palette, regular};
use super::view::{Action, Message, Selection, View, Years};
use crate::chart::count;
use crate::ledger::YearLine;
use crate::money::Money;
use crate::scenario::edit::toggle_committed;
use crate::scenario::{Area, Basis, ByYear, Commitment, Edit, Scenario, Scheme, Source};

const AREA_HEIGHT: f32 = 30.0;
const SCHEME_PADDING: f32 = 5.0;
/// Space between a scheme's years.
const YEAR_GAP: f32 = 2.0;
const BOX_WIDTH: f32 = 96.0;
const LOCK_WIDTH: f32 = 20.0;
/// Room for what the next £50,000 does.
const NEXT_WIDTH: f32 = 106.0;
const CHIP: egui::Vec2 = vec2(24.0, 20.0);

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
            if y + height >= viewport.min.y && y <= viewport.max.y {
                let rect = Rect::from_min_size(left_top + vec2(0.0, y), vec2(width, height));
                show_row(ui, rect, row, document, view, &years, actions);
            }
            y += height;
        }
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
                choice(ui, Years::One(line.year), line.year.to_string(), format!("Show {}", line.year));
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
                _ => format!("{mark} {} {}", year.year.short(), year.balance.brief()),
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
            area_row(ui, rect, *area, document, years);
            add_button(ui, rect, *area, document, actions);
        }
        Row::Nothing(area) => {
            let palette = palette(ui);
            let at = rect.left_center() + vec2(18.0, 0.0);
            let text = format!("No schemes in {} yet", area.to_string().to_lowercase());
            ui.painter().text(at, Align2::LEFT_CENTER, text, regular(theme::SMALL), palette.quiet);
        }
        Row::Scheme(at) => {
            let scheme = &document.scenario().schemes[*at];
            let builder = UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, SCHEME_PADDING))).id_salt(&scheme.id);
            paint_selection(ui, rect, scheme, view);
            ui.scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing = vec2(4.0, YEAR_GAP);
                scheme_row(ui, *at, scheme, document, view, years, actions);
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
    painter.text(
        pos2(rect.left() + 24.0, middle),
        Align2::LEFT_CENTER,
        area.to_string(),
        bold(theme::BODY),
        palette.ink,
    );
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
    if button.on_hover_text(&named).clicked()
        && let Some(scheme) = new_scheme(document.scenario(), area)
    {
        let id = scheme.id.clone();
        actions.push(Action::Do(Edit::AddScheme { at: document.scenario().schemes.len(), scheme: scheme.into() }));
        actions.push(Action::Select(Selection::Scheme(id)));
    }
}

/// A scheme without money, under the first free name.
fn new_scheme(scenario: &Scenario, area: Area) -> Option<Scheme> {
    let mut free = (1..).filter_map(|number| format!("new-scheme-{number}").parse().ok());
    Some(Scheme {
        id: free.find(|id| scenario.scheme(id).is_none())?,
        name: "New scheme".to_owned(),
        area,
        about: String::new(),
        allocations: ByYear::default(),
        commitment: Commitment { basis: Basis::OneOff, years: BTreeSet::new(), source: Source::Entered },
        milestones: Vec::new(),
        effects: Vec::new(),
        supports: Vec::new(),
        locked: false,
    })
}

/// A part as a whole percentage of the whole.
fn share(part: Money, whole: Money) -> String {
    let percentage = (part.decimal() * rust_decimal::Decimal::ONE_HUNDRED).checked_div(whole.decimal());
    percentage.map_or_else(|| "–".to_owned(), |percentage| format!("{}%", percentage.round()))
}

fn scheme_row(
    ui: &mut Ui,
    at: usize,
    scheme: &Scheme,
    document: &Document,
    view: &mut View,
    years: &[(usize, &YearLine)],
    actions: &mut Vec<Action>,
) {
    let single = years.len() == 1;
    let ledger_years = &document.figures().ledger.years;
    ui.horizontal(|ui| {
        ui.set_height(TARGET);
        let aside = if single { BOX_WIDTH + 6.0 } else { 0.0 };
        name(ui, scheme, ui.available_width() - aside - LOCK_WIDTH - 4.0, actions);
        lock(ui, scheme, actions);
        if let ([(_, year)], true) = (years, single) {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| amount_box(ui, scheme, year, view, actions));
        }
    });
    for &(place, year) in years {
        ui.horizontal(|ui| {
            ui.set_height(TARGET);
            ui.spacing_mut().item_spacing.x = 2.0;
            for chipped in ledger_years.iter().filter(|chipped| single || chipped.year == year.year) {
                chip(ui, scheme, chipped, actions);
            }
            let aside = if single { NEXT_WIDTH } else { BOX_WIDTH + 4.0 };
            slide(ui, scheme, year, document, ui.available_width() - aside, actions);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if single {
                    next_pounds(ui, at, place, document);
                } else {
                    amount_box(ui, scheme, year, view, actions);
                }
            });
        });
    }
}

fn name(ui: &mut Ui, scheme: &Scheme, width: f32, actions: &mut Vec<Action>) {
    let text = RichText::new(&scheme.name).font(regular(theme::BODY)).color(palette(ui).ink);
    let size = vec2(width.max(60.0), TARGET);
    let layout = Layout::left_to_right(Align::Center).with_main_align(Align::Min);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(size.x);
        let label = ui.add(Label::new(text).truncate().sense(Sense::click()).selectable(false));
        label.widget_info(|| WidgetInfo::labeled(Role::Button, true, &scheme.name));
        if label.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(&scheme.about).clicked() {
            actions.push(Action::Select(Selection::Scheme(scheme.id.clone())));
        }
    });
}

/// A padlock, drawn; closed when the scheme is guarded.
fn lock(ui: &mut Ui, scheme: &Scheme, actions: &mut Vec<Action>) {
    let (rect, response) = ui.allocate_exact_size(vec2(LOCK_WIDTH, TARGET), Sense::click());
    let name = format!("Lock {}", scheme.name);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, scheme.locked, &name));
    let palette = palette(ui);
    let shade = if scheme.locked { palette.ink } else { palette.quiet.gamma_multiply(0.7) };
    let shade = if response.hovered() || response.has_focus() { palette.plan } else { shade };
    let body = Rect::from_center_size(rect.center() + vec2(0.0, 3.0), vec2(10.0, 7.0));
    let lift = if scheme.locked { 0.0 } else { -1.5 };
    let arch = Rect::from_center_size(pos2(body.center().x, body.top() - 2.0 + lift), vec2(6.0, 7.0));
    ui.painter().rect_stroke(arch, CornerRadius::same(3), Stroke::new(1.5, shade), StrokeKind::Middle);
    ui.painter().rect_filled(body, CornerRadius::same(1), shade);
    let help = if scheme.locked { "Locked: its figures can't be moved. Click to unlock." } else { "Lock its figures" };
    if response.on_hover_text(help).clicked() {
        actions.push(Action::Do(Edit::SetLocked { scheme: scheme.id.clone(), locked: !scheme.locked }));
    }
}

/// A year's chip: filled while the year is committed, with a bar under it where the year's commitments are not covered.
fn chip(ui: &mut Ui, scheme: &Scheme, year: &YearLine, actions: &mut Vec<Action>) {
    let committed = scheme.is_committed(year.year);
    let sense = if scheme.locked { Sense::hover() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(vec2(CHIP.x, TARGET), sense);
    let name = format!("{} committed in {}", scheme.name, year.year);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, !scheme.locked, committed, &name));
    let palette = palette(ui);
    let shade = palette.area(scheme.area);
    let face = Rect::from_center_size(rect.center(), CHIP);
    let (fill, ink, edge) = if committed {
        (chip_fill(shade, palette), palette.on_fill, shade)
    } else {
        (palette.card, palette.quiet, palette.edge)
    };
    let edge = if response.has_focus() || response.hovered() { palette.plan } else { edge };
    let stroke = if response.has_focus() { 2.0 } else { 1.0 };
    ui.painter().rect(face, CornerRadius::same(4), fill, Stroke::new(stroke, edge), StrokeKind::Inside);
    ui.painter().text(face.center(), Align2::CENTER_CENTER, year.year.chip(), regular(theme::SMALL), ink);
    let uncovered = committed && !year.unfunded.is_zero() && !scheme.allocation(year.year).is_zero();
    if uncovered {
        let bar = Rect::from_min_max(pos2(face.left(), face.bottom() - 3.0), face.max);
        ui.painter().rect_filled(bar, CornerRadius::same(2), palette.bad);
    }
    let basis = scheme.commitment.basis.in_words();
    let help = match (committed, uncovered) {
        (true, true) => format!(
            "Committed in {} ({basis}); that year is {} short. Click to free it.",
            year.year,
            year.unfunded.short()
        ),
        (true, false) => format!("Committed in {} ({basis}). Click to free it.", year.year),
        (false, _) => format!("Not committed in {}. Click to commit it.", year.year),
    };
    if response.on_hover_text(help).clicked() {
        actions.push(Action::Do(toggle_committed(scheme, year.year)));
    }
}

/// A chip is filled with its area's shade, darkened where the figures on it would not be legible.
fn chip_fill(shade: Color32, palette: &theme::Palette) -> Color32 {
    if palette.on_fill == Color32::WHITE { theme::darkened(shade) } else { shade }
}

fn slide(ui: &mut Ui, scheme: &Scheme, year: &YearLine, document: &Document, width: f32, actions: &mut Vec<Action>) {
    let saved = document.saved().scheme(&scheme.id).map(|(_, saved)| saved);
    let opened = saved
        .map_or(0, |saved| saved.allocations.iter().map(|(_, figure)| figure.value.whole_pounds()).max().unwrap_or(0));
    let value = scheme.allocation(year.year).whole_pounds();
    let was = saved.map_or(value, |saved| saved.allocation(year.year).whole_pounds());
    // The slider's end must hold still while its own drag goes on.
    let standing =
        document.before_drag().scheme(&scheme.id).map_or(0, |(_, scheme)| scheme.allocation(year.year).whole_pounds());
    let name = format!("{} {}", scheme.name, year.year);
    let slider = Slider {
        name: &name,
        value,
        was,
        most: slider::reach(opened, standing).max(1),
        shade: palette(ui).area(scheme.area),
        enabled: !scheme.locked,
    };
    let (response, slid) = slider.show(ui, width.max(40.0));
    let edit = |pounds: i64| {
        let amount = Money::pounds(pounds).map_err(|error| Action::Say(Message::refusal(error.to_string())));
        amount.map(|amount| Edit::SetAllocation { scheme: scheme.id.clone(), year: year.year, amount })
    };
    let action = slid.map(|slid| match slid {
        Slid::Dragged(pounds) => edit(pounds).map(Action::Drag),
        Slid::Dropped(pounds) => edit(pounds).map(Action::Drop),
        Slid::Put(pounds) => edit(pounds).map(Action::Do),
    });
    actions.extend(action.map(|action| action.unwrap_or_else(|refusal| refusal)));
    if response.drag_started() || response.gained_focus() {
        actions.push(Action::Select(Selection::Scheme(scheme.id.clone())));
    }
}

fn amount_box(ui: &mut Ui, scheme: &Scheme, year: &YearLine, view: &mut View, actions: &mut Vec<Action>) {
    let name = format!("{} {} in pounds", scheme.name, year.year);
    let shown = scheme.allocation(year.year).exact();
    let text_box =
        TextBox { name: &name, shown: &shown, width: BOX_WIDTH, enabled: !scheme.locked, align: Align2::RIGHT_CENTER };
    let (_, typed) =
        text_box.show(ui, &mut view.typing, |text| text.parse::<Money>().map_err(|error| error.to_string()));
    match typed {
        Typed::Nothing => {}
        Typed::Value(amount) => {
            actions.push(Action::Do(Edit::SetAllocation { scheme: scheme.id.clone(), year: year.year, amount }));
        }
        Typed::Refused(reason) => actions.push(Action::Say(Message::refusal(reason))),
    }
}

/// What £50,000 more would do.
fn next_pounds(ui: &mut Ui, scheme: usize, year: usize, document: &Document) {
    let text = match document.next_pounds(scheme, year) {
        Some(days) if days.abs() >= 0.5 => {
            let sign = if days > 0.0 { "−" } else { "+" };
            format!("+£50k: {sign}{} days", count(days.abs()))
        }
        Some(_) => "+£50k: no change".to_owned(),
        None => return,
    };
    let label = Label::new(RichText::new(text).font(regular(theme::SMALL)).color(palette(ui).quiet));
    ui.add(label).on_hover_text("Delayed days over the whole plan, in the expected run, if this year had £50,000 more");
}
