//! A scheme in the list: its name, its lock, and for every year shown a chip, a slider and a box.

use eframe::egui::{
    self, Align, Align2, Color32, CornerRadius, Label, Layout, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::app::document::Document;
use crate::app::inspector::remove_action;
use crate::app::slider::{self, Slid, Slider};
use crate::app::text_box::{TextBox, Typed};
use crate::app::theme::{self, TARGET, palette, regular};
use crate::app::view::{Action, Message, Selection, View};
use crate::calendar::FinancialYear;
use crate::chart::count;
use crate::ledger::YearLine;
use crate::money::Money;
use crate::scenario::edit::{move_scheme, toggle_committed};
use crate::scenario::{Area, Edit, Scenario, Scheme};

/// The width of a box, and that of one with millions and pence in it.
const BOX_WIDTH: f32 = 96.0;
const WIDE_BOX: f32 = 114.0;
const LOCK_WIDTH: f32 = 20.0;
/// Room for what the next £50,000 does.
const NEXT_WIDTH: f32 = 106.0;
const CHIP: egui::Vec2 = vec2(24.0, 20.0);

/// Shows the scheme over the years given, with their places in the ledger.
pub(super) fn show(
    ui: &mut Ui,
    at: usize,
    scheme: &Scheme,
    document: &Document,
    view: &mut View,
    years: &[(usize, &YearLine)],
    actions: &mut Vec<Action>,
) {
    let single = years.len() == 1;
    let width = box_width(scheme);
    let ledger_years = &document.figures().ledger.years;
    ui.horizontal(|ui| {
        ui.set_height(TARGET);
        let aside = if single { width + 6.0 } else { 0.0 };
        name(ui, document.scenario(), scheme, ui.available_width() - aside - LOCK_WIDTH - 4.0, actions);
        lock(ui, scheme, actions);
        if let ([(_, year)], true) = (years, single) {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| amount_box(ui, scheme, year.year, view, actions));
        }
    });
    for &(place, year) in years {
        ui.horizontal(|ui| {
            ui.set_height(TARGET);
            ui.spacing_mut().item_spacing.x = 2.0;
            for chipped in ledger_years.iter().filter(|chipped| single || chipped.year == year.year) {
                chip(ui, scheme, chipped, actions);
            }
            let aside = if single { NEXT_WIDTH } else { width + 4.0 };
            slide(
                ui,
                scheme,
                year.year,
                [document.saved(), document.before_drag()],
                ui.available_width() - aside,
                actions,
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if single {
                    next_pounds(ui, at, place, document);
                } else {
                    amount_box(ui, scheme, year.year, view, actions);
                }
            });
        });
    }
}

fn name(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, width: f32, actions: &mut Vec<Action>) {
    let text = RichText::new(&scheme.name).font(regular(theme::BODY)).color(palette(ui).ink);
    let size = vec2(width.max(60.0), TARGET);
    let layout = Layout::left_to_right(Align::Center).with_main_align(Align::Min);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(size.x);
        let label = ui.add(Label::new(text).truncate().sense(Sense::click()).selectable(false));
        label.widget_info(|| WidgetInfo::labeled(Role::Button, true, &scheme.name));
        label.context_menu(|ui| to_be_done(ui, scenario, scheme, actions));
        if label.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(&scheme.about).clicked() {
            actions.push(Action::Select(Selection::Scheme(scheme.id.clone())));
        }
    });
}

/// What can be done with the scheme as a whole, under the other button of the mouse; the inspector has it all too.
fn to_be_done(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, actions: &mut Vec<Action>) {
    for (words, up) in [("Move up", true), ("Move down", false)] {
        let edit = move_scheme(scenario, &scheme.id, up);
        if ui.add_enabled(edit.is_some(), egui::Button::new(words)).clicked() {
            actions.extend(edit.map(Action::Do));
        }
    }
    ui.menu_button("Move to", |ui| {
        for area in Area::ALL.into_iter().filter(|area| *area != scheme.area) {
            if ui.add_enabled(!scheme.locked, egui::Button::new(area.to_string())).clicked() {
                actions.push(Action::Do(Edit::SetArea { scheme: scheme.id.clone(), area }));
            }
        }
    });
    ui.separator();
    if ui.add_enabled(!scheme.locked, egui::Button::new("Remove")).clicked() {
        actions.push(remove_action(scenario, scheme));
    }
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
    let toggle = toggle_committed(scheme, year.year);
    let basis = scheme.commitment.basis.in_words();
    let help = match (committed, uncovered) {
        (true, true) => format!(
            "Committed in {} ({basis}); that year is {} short. Click to free it; its money stays.",
            year.year,
            year.unfunded.short()
        ),
        (true, false) => format!("Committed in {} ({basis}). Click to free it; its money stays.", year.year),
        (false, _) => match &toggle {
            Edit::Together(_) => {
                format!("Not committed in {}. Click to commit it with the money of the year before.", year.year)
            }
            _ => format!("Not committed in {}. Click to commit it.", year.year),
        },
    };
    if response.on_hover_text(help).clicked() {
        actions.push(Action::Do(toggle));
    }
}

/// A chip is filled with its area's shade, darkened where the figures on it would not be legible.
fn chip_fill(shade: Color32, palette: &theme::Palette) -> Color32 {
    if palette.on_fill == Color32::WHITE { theme::darkened(shade) } else { shade }
}

/// The slider of one year's money, with a tick where it stood in `opened`.
pub(in crate::app) fn slide(
    ui: &mut Ui,
    scheme: &Scheme,
    year: FinancialYear,
    [opened, before_drag]: [&Scenario; 2],
    width: f32,
    actions: &mut Vec<Action>,
) {
    let then = opened.scheme(&scheme.id).map(|(_, then)| then);
    let most = then
        .map_or(0, |then| then.allocations.iter().map(|(_, figure)| figure.value.whole_pounds()).max().unwrap_or(0));
    let value = scheme.allocation(year).whole_pounds();
    let was = then.map_or(value, |then| then.allocation(year).whole_pounds());
    // The slider's end must hold still while its own drag goes on.
    let standing = before_drag.scheme(&scheme.id).map_or(0, |(_, scheme)| scheme.allocation(year).whole_pounds());
    let name = format!("{} {year}", scheme.name);
    let slider = Slider {
        name: &name,
        value,
        was,
        most: slider::reach(most, standing).max(1),
        shade: palette(ui).area(scheme.area),
        enabled: !scheme.locked,
    };
    let (response, slid) = slider.show(ui, width.max(40.0));
    let edit = |pounds: i64| {
        let amount = Money::pounds(pounds).map_err(|error| Action::Say(Message::refusal(error.to_string())));
        amount.map(|amount| Edit::SetAllocation { scheme: scheme.id.clone(), year, amount })
    };
    let action = slid.map(|slid| match slid {
        Slid::Dragged(pounds) => edit(pounds).map(Action::Drag),
        Slid::Dropped(pounds) => edit(pounds).map(Action::Drop),
        Slid::Put(pounds) => edit(pounds).map(Action::Do),
    });
    actions.extend(action.map(|action| action.unwrap_or_else(|refusal| refusal)));
    if response.drag_started() || response.gained_focus() {
        actions.push(Action::Follow(Selection::Scheme(scheme.id.clone())));
    }
}

/// As wide as the longest of a scheme's sums needs, the same for all its years.
fn box_width(scheme: &Scheme) -> f32 {
    let is_wide = |amount: Money| amount.exact().chars().count() > "£999,999.99".chars().count();
    if scheme.allocations.iter().any(|(_, figure)| is_wide(figure.value)) { WIDE_BOX } else { BOX_WIDTH }
}

/// The box of one year's money.
pub(in crate::app) fn amount_box(
    ui: &mut Ui,
    scheme: &Scheme,
    year: FinancialYear,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let name = format!("{} {year} in pounds", scheme.name);
    let shown = scheme.allocation(year).exact();
    let text_box = TextBox {
        name: &name,
        shown: &shown,
        width: box_width(scheme) * theme::scale(ui),
        enabled: !scheme.locked,
        align: Align2::RIGHT_CENTER,
    };
    let (response, typed) =
        text_box.show(ui, &mut view.typing, |text| text.parse::<Money>().map_err(|error| error.to_string()));
    match typed {
        Typed::Nothing => {}
        Typed::Value(amount) => {
            actions.push(Action::Do(Edit::SetAllocation { scheme: scheme.id.clone(), year, amount }));
        }
        Typed::Refused(reason) => actions.push(Action::Say(Message::refusal(reason))),
    }
    if response.gained_focus() {
        actions.push(Action::Follow(Selection::Scheme(scheme.id.clone())));
    }
}

/// What £50,000 more would do, and why where that is nothing.
fn next_pounds(ui: &mut Ui, scheme: usize, year: usize, document: &Document) {
    let next = document.next_pound(scheme, year);
    let text = match next.more {
        Some(days) if days.abs() >= 0.5 => {
            let sign = if days > 0.0 { "−" } else { "+" };
            format!("+£50k: {sign}{} days", count(days.abs()))
        }
        Some(_) => "+£50k: no change".to_owned(),
        None => return,
    };
    let label = Label::new(RichText::new(text).font(regular(theme::SMALL)).color(palette(ui).quiet));
    let help = "Delayed days over the whole plan, in the expected run, if this year had £50,000 more";
    ui.add(label)
        .on_hover_text(next.reason.map_or_else(|| help.to_owned(), |reason| format!("{help}. Nothing, as {reason}")));
}
