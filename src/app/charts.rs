//! The middle of the window: three charts on cards, each with its finding as title, and its table one click away.

use eframe::egui::containers::menu::MenuButton;
use eframe::egui::{
    self, Align, Button, Color32, FontId, Frame, Label, Layout, Margin, Rect, RichText, Role, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::announce::name_part;
use super::chart_view::{self, Pointer, table_name};
use super::context;
use super::dialogs;
use super::document::{Delays, Document};
use super::exporting::Take;
use super::theme::{self, bold, palette, regular};
use super::view::{Action, Selection, View};
use super::words;
use crate::chart::{Chart, Over, Split, Table};
use crate::forecast::calibration::FEWEST_MONTHS;

/// Space between cards.
const GAP: f32 = 10.0;
/// The balance chart's share of the upper row.
const BALANCE_SHARE: f32 = 0.41;
/// The upper row's share of the height.
const UPPER_SHARE: f32 = 0.42;
/// Room for the buttons that open the table and take the chart elsewhere, and for the ways to look at the delays.
const BUTTONS_WIDTH: f32 = 76.0;
const WAYS_WIDTH: f32 = 390.0;
/// Room for the choice of what the schemes are compared over, or of how far ahead forecasts went.
const OVER_WIDTH: f32 = 124.0;
/// With less room than this beside the buttons, what is drawn is said on a line of its own.
const ROOM_FOR_SUBTITLE: f32 = 240.0;
/// Lower than this, charts are shown one at a time.
const LOW: f32 = 420.0;
const TAB_HEIGHT: f32 = 26.0;
/// A table's row, in points.
const ROW_HEIGHT: f32 = 24.0;
/// The place of the trajectory among the charts.
pub(super) const TRAJECTORY: usize = 2;

/// Shows the charts and collects what was asked of them.
pub(super) fn show(ui: &mut Ui, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    let whole = ui.available_rect_before_wrap();
    let room = context::choices(ui, whole, document.scenario(), view, actions);
    let around = view.around.is_some_and(|part| context::show(ui, room, part, document, view, actions));
    if !around && room.height() < LOW {
        one_at_a_time(ui, room, document, view, actions);
    } else if !around {
        all(ui, room, document, actions);
    }
    ui.advance_cursor_after_rect(whole);
    if let Some(at) = view.table {
        table_window(ui, &document.figures().charts[at], actions);
    }
}

fn all(ui: &mut Ui, room: Rect, document: &Document, actions: &mut Vec<Action>) {
    let upper = (room.height() * UPPER_SHARE).max(150.0);
    let split = room.left() + room.width() * BALANCE_SHARE;
    let cards = [
        Rect::from_min_max(room.min, pos2(split - GAP / 2.0, room.top() + upper)),
        Rect::from_min_max(pos2(split + GAP / 2.0, room.top()), pos2(room.right(), room.top() + upper)),
        Rect::from_min_max(pos2(room.left(), room.top() + upper + GAP), room.max),
    ];
    for (at, rect) in cards.into_iter().enumerate() {
        chart_card(ui, rect, at, document, actions);
    }
}

/// In a low window each chart has all the room, and the others are a click away.
fn one_at_a_time(ui: &mut Ui, room: Rect, document: &Document, view: &View, actions: &mut Vec<Action>) {
    let tabs = Rect::from_min_size(room.min, vec2(room.width(), TAB_HEIGHT));
    ui.scope_builder(UiBuilder::new().max_rect(tabs).id_salt("charts"), |ui| {
        ui.horizontal(|ui| {
            for (at, chart) in document.figures().charts.iter().enumerate() {
                if ui.add(Button::selectable(view.chart == at, chart.name)).clicked() {
                    actions.push(Action::ShowChart(at));
                }
            }
        });
    });
    let rest = Rect::from_min_max(pos2(room.left(), room.top() + TAB_HEIGHT + 4.0), room.max);
    chart_card(ui, rest, view.chart.min(TRAJECTORY), document, actions);
}

fn chart_card(ui: &mut Ui, rect: Rect, at: usize, document: &Document, actions: &mut Vec<Action>) {
    let chart = &document.figures().charts[at];
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(("chart", at)), |ui| {
        card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            heading(ui, at, chart, document, actions);
            let is_line = at == TRAJECTORY && matches!(document.delays(), Delays::Line(_));
            let clicked = chart_view::show(ui, chart, Pointer::Read).filter(|_| is_line);
            actions.extend(clicked.and_then(|x| day_at(document, x)).map(|day| Action::Select(Selection::Day(day))));
        });
    });
}

/// The day of the plan at a point along the trajectory, if it lies in the plan.
fn day_at(document: &Document, x: f64) -> Option<usize> {
    let days = document.figures().forecast.horizon.days();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie among the days")]
    (0.0..days as f64).contains(&x).then_some(x as usize)
}

/// The frame of every card in the window.
pub(super) fn card(ui: &Ui) -> Frame {
    let palette = palette(ui);
    Frame::new().fill(palette.card).stroke(egui::Stroke::new(1.0, palette.edge)).corner_radius(6).inner_margin(Margin {
        left: 12,
        right: 12,
        top: 8,
        bottom: 6,
    })
}

/// The finding, as long as it needs to be; under it what is drawn, how it may be taken apart, and the way to its table.
fn heading(ui: &mut Ui, at: usize, chart: &Chart, document: &Document, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing = vec2(4.0, 1.0);
    ui.spacing_mut().button_padding.x = 6.0;
    let title = RichText::new(&chart.title).font(bold(theme::BODY)).color(palette(ui).ink);
    ui.add(Label::new(title).wrap());
    let ways_width = match document.delays() {
        _ if at != TRAJECTORY => 0.0,
        Delays::Line(_) => WAYS_WIDTH,
        Delays::Schemes(_) | Delays::Record(_) => WAYS_WIDTH + OVER_WIDTH,
    };
    // Where the buttons leave it too little room, what is drawn is said on a line of its own.
    let beside = ui.available_width() - BUTTONS_WIDTH - ways_width;
    let has_room = at != TRAJECTORY || beside > ROOM_FOR_SUBTITLE;
    ui.horizontal(|ui| {
        let width = beside.max(60.0);
        if has_room {
            ui.allocate_ui_with_layout(vec2(width, 18.0), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(width);
                subtitle(ui, chart);
            });
        }
        if at == TRAJECTORY {
            ways(ui, document, actions);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            elsewhere(ui, at, chart, actions);
            let table = Button::new(RichText::new("Table").font(regular(theme::SMALL))).frame_when_inactive(false);
            let table = ui.add(table);
            table.widget_info(|| WidgetInfo::labeled(Role::Button, true, table_name(chart)));
            if table.clicked() {
                actions.push(Action::Table(Some(at)));
            }
        });
    });
    if !has_room {
        subtitle(ui, chart);
    }
}

/// The ways to take a chart out of the window.
fn elsewhere(ui: &mut Ui, at: usize, chart: &Chart, actions: &mut Vec<Action>) {
    let button = Button::new(RichText::new("↓").font(regular(theme::SMALL))).frame_when_inactive(false);
    let (button, _) = MenuButton::from_button(button.min_size(vec2(theme::TARGET, 0.0))).ui(ui, |ui| {
        for take in Take::ALL {
            if ui.button(take.label()).clicked() {
                actions.push(Action::TakeChart(at, take));
            }
        }
    });
    let name = format!("{}: copy or save", chart.name);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    button.on_hover_text(name);
}

fn subtitle(ui: &mut Ui, chart: &Chart) {
    let subtitle = RichText::new(&chart.subtitle).font(regular(theme::SMALL)).color(palette(ui).quiet);
    ui.add(Label::new(subtitle).truncate()).on_hover_text(&chart.subtitle);
}

/// The ways to look at the delays.
fn ways(ui: &mut Ui, document: &Document, actions: &mut Vec<Action>) {
    let way = |ui: &mut Ui, name: &str, chosen: bool| {
        let button = ui.add(Button::selectable(chosen, RichText::new(name).font(regular(theme::SMALL))));
        words::about(ui, &button, name);
        words::hint(button, name).clicked()
    };
    for split in Split::ALL {
        if way(ui, split.in_words(), document.delays() == Delays::Line(split)) {
            actions.push(Action::ShowDelays(Delays::Line(split)));
        }
    }
    let scenario = document.scenario();
    let by_scheme = matches!(document.delays(), Delays::Schemes(_));
    let few = scenario.schemes.len() <= Delays::MOST_SCHEMES;
    let first = scenario.targets.first().map_or(Over::Horizon, |target| Over::Month(target.month));
    if few && way(ui, "By scheme", by_scheme) {
        actions.push(Action::ShowDelays(Delays::Schemes(first)));
    }
    let has_months = scenario.history.months.len() > FEWEST_MONTHS;
    if has_months && way(ui, "Track record", matches!(document.delays(), Delays::Record(_))) {
        actions.push(Action::ShowDelays(Delays::Record(Delays::AHEAD[0])));
    }
    match document.delays() {
        Delays::Line(_) => {}
        Delays::Schemes(over) => over_what(ui, document, over, actions),
        Delays::Record(months) => how_far_ahead(ui, months, actions),
    }
}

/// How many months ahead the forecasts of the record went.
fn how_far_ahead(ui: &mut Ui, chosen: usize, actions: &mut Vec<Action>) {
    let named = |months: usize| if months == 1 { "1 month ahead".to_owned() } else { format!("{months} months ahead") };
    let combo = egui::ComboBox::from_id_salt("ahead").width(110.0).selected_text(named(chosen));
    let shown = combo.show_ui(ui, |ui| {
        for months in Delays::AHEAD {
            if ui.selectable_label(months == chosen, named(months)).clicked() {
                actions.push(Action::ShowDelays(Delays::Record(months)));
            }
        }
    });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Months ahead"));
}

/// Over which month, or the whole plan, the schemes are compared.
fn over_what(ui: &mut Ui, document: &Document, chosen: Over, actions: &mut Vec<Action>) {
    let named = |over: Over| match over {
        Over::Month(month) => month.short(),
        Over::Horizon => "Whole plan".to_owned(),
    };
    let targets = document.scenario().targets.iter().map(|target| Over::Month(target.month));
    let combo = egui::ComboBox::from_id_salt("over").width(96.0).selected_text(named(chosen));
    let shown = combo.show_ui(ui, |ui| {
        for over in targets.chain([Over::Horizon]) {
            if ui.selectable_label(over == chosen, named(over)).clicked() {
                actions.push(Action::ShowDelays(Delays::Schemes(over)));
            }
        }
    });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Compare schemes over"));
}

fn table_window(ui: &Ui, chart: &Chart, actions: &mut Vec<Action>) {
    let modal = egui::Modal::new(egui::Id::unique("table")).frame(dialogs::frame(ui.ctx())).show(ui.ctx(), |ui| {
        let room = ui.ctx().content_rect().size() - vec2(120.0, 140.0);
        ui.set_max_size(room);
        name_part(ui, &table_name(chart));
        ui.label(RichText::new(&chart.title).font(bold(theme::TITLE)));
        ui.label(RichText::new(&chart.subtitle).font(regular(theme::SMALL)).color(palette(ui).quiet));
        ui.add_space(6.0);
        let height = room.y - 80.0;
        egui::ScrollArea::both().max_height(height).auto_shrink(true).show(ui, |ui| table(ui, &chart.table));
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if ui.button("Copy").on_hover_text("As tab-separated text, for a spreadsheet").clicked() {
                ui.ctx().copy_text(tab_separated(&chart.table));
            }
            ui.button("Close").clicked()
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        actions.push(Action::Table(None));
    }
}

fn table(ui: &mut Ui, table: &Table) {
    ui.spacing_mut().item_spacing = vec2(18.0, 0.0);
    let widths = column_widths(ui, table);
    let whole = widths.iter().sum::<f32>() + 18.0 * widths.len().saturating_sub(1) as f32;
    table_row(ui, &table.columns, &widths, &bold(theme::SMALL), true);
    for (at, row) in table.rows.iter().enumerate() {
        if at.is_multiple_of(2) {
            let line = Rect::from_min_size(ui.cursor().min, vec2(whole, ROW_HEIGHT));
            ui.painter().rect_filled(line, 3.0, palette(ui).ground);
        }
        table_row(ui, row, &widths, &regular(theme::BODY), false);
    }
}

fn column_widths(ui: &Ui, table: &Table) -> Vec<f32> {
    let width = |text: &String, font: FontId| ui.painter().layout_no_wrap(text.clone(), font, Color32::WHITE).size().x;
    let widest = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|text| width(text, regular(theme::BODY)));
        cells.fold(width(&table.columns[at], bold(theme::SMALL)), f32::max).ceil()
    };
    (0..table.columns.len()).map(widest).collect()
}

/// Names stand left, figures right.
fn table_row(ui: &mut Ui, cells: &[String], widths: &[f32], font: &FontId, is_head: bool) {
    // A row that took all the height left would stand in its middle.
    let room = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW_HEIGHT));
    let line =
        UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Center)).accessibility_role(Role::Row);
    ui.scope_builder(line, |ui| {
        for (at, (text, width)) in cells.iter().zip(widths).enumerate() {
            let layout =
                if at == 0 { Layout::left_to_right(Align::Center) } else { Layout::right_to_left(Align::Center) };
            ui.allocate_ui_with_layout(vec2(*width, ROW_HEIGHT), layout, |ui| {
                ui.set_min_size(vec2(*width, ROW_HEIGHT));
                let cell = ui.label(RichText::new(text).font(font.clone()));
                let role = match (is_head, at) {
                    (true, _) => Role::ColumnHeader,
                    (false, 0) => Role::RowHeader,
                    _ => Role::Cell,
                };
                cell.widget_info(|| WidgetInfo::labeled(role, true, text));
            });
        }
    });
}

pub(super) fn tab_separated(table: &Table) -> String {
    let lines = std::iter::once(&table.columns).chain(&table.rows).map(|row| row.join("\t"));
    lines.collect::<Vec<_>>().join("\n")
}
