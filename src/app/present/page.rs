//! A page as the room sees it: the finding, the picture, the large figures; and the foot under it.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Button, CornerRadius, Galley, Label, Layout, Rect, RichText, Role, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::keys::{self, Asked};
use super::shown::KEPT;
use super::{MADE_FOR, Presentation, Screen, Shown};
use crate::app::chart_view::{self, Pointer};
use crate::app::document::Document;
use crate::app::headline_strip::state_mark;
use crate::app::theme::{self, bold, palette, regular};
use crate::app::view::{Action, View};
use crate::present::{BigFigure, Page, Picture, Statement};

/// Titles take the largest of these sizes that keeps them on two lines; where there is less room, of the smaller ones.
const TITLES: [f32; 4] = [38.0, 34.0, 30.0, 26.0];
const SMALLER_TITLES: usize = 2;
/// Sizes of a figure's value and of its words, and where there is less room.
const FIGURE: [f32; 2] = [42.0, 21.0];
const SMALLER_FIGURE: [f32; 2] = [30.0, 18.0];
/// The least width of a figure in a row of them.
const LEAST_FIGURE: f32 = 180.0;
/// The share of the width that the figures take beside a picture.
const FIGURES: f32 = 0.235;
/// Between lines, at the smallest scale.
const GAP: f32 = 4.0;
/// From a figure's bar to its words.
const INDENT: f32 = 20.0;

/// The least that a chart is drawn in, at the smallest scale.
const CHART: Vec2 = vec2(420.0, 170.0);
/// The least height of a row of a chart that has names up its side, and of what stands over and under its rows.
const CHART_ROW: f32 = 24.0;
const CHART_ENDS: f32 = 60.0;
/// Between a chart and the figures beside it, between figures side by side, and after each figure.
const APART: f32 = 24.0;
const BELOW: f32 = 20.0;

/// How a page lies in the room that the window has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lie {
    /// The figures in a column beside the picture.
    Beside,
    /// The figures in a row over the picture.
    Above,
    /// One under the other, further than the window reaches: the page is scrolled, its sliders with it.
    Scrolled,
}

/// How large everything is, and how it lies.
pub(super) struct Size {
    /// Against a window of 1280×720 points.
    pub scale: f32,
    lie: Lie,
    /// Whether titles and figures are smaller, as there is less room.
    is_tight: bool,
}

impl Size {
    /// The lie that shows most of a page at once, with so much under it: its sliders and the foot.
    pub(super) fn of(ui: &Ui, page: &Page, under: f32) -> Self {
        let window = ui.ctx().content_rect().size();
        let scale = (window / MADE_FOR).min_elem().max(1.0);
        let of = |lie, is_tight| Self { scale, lie, is_tight };
        let lies = [of(Lie::Beside, false), of(Lie::Beside, true), of(Lie::Above, true)];
        let least = vec2(CHART.x, least_height(&page.picture)) * scale;
        let fits = |size: &Self| {
            let edges = vec2(2.0 * f32::from(size.margin()), f32::from(size.top()) + 4.0);
            let room = ui.available_rect_before_wrap().size() - edges - vec2(0.0, under);
            let below = room.y - head_height(ui, page, room.x, size);
            let (column, row) = (size.beside(room.x, page), across(room.x, page));
            let tall = |width: f32| page.figures.iter().map(move |shown| figure_height(ui, shown, width, size));
            match size.lie {
                Lie::Beside => {
                    below >= tall(column).sum::<f32>().max(least.y) && room.x - column - APART >= least.x.max(column)
                }
                Lie::Above => {
                    let figures = tall(row).fold(0.0, f32::max);
                    row >= LEAST_FIGURE * scale && below - figures >= least.y && room.x >= least.x
                }
                Lie::Scrolled => true,
            }
        };
        lies.into_iter().find(fits).unwrap_or(of(Lie::Scrolled, true))
    }

    fn titles(&self) -> &'static [f32] {
        if self.is_tight { &TITLES[SMALLER_TITLES..] } else { &TITLES }
    }

    fn figure(&self) -> [f32; 2] {
        let points = if self.is_tight { SMALLER_FIGURE } else { FIGURE };
        points.map(|points| points * self.scale)
    }

    /// The room after a figure.
    fn below(&self) -> f32 {
        BELOW * self.scale * if self.is_tight { 0.5 } else { 1.0 }
    }

    /// Whether the page is longer than the window, and scrolled with its sliders.
    pub(super) fn is_scrolled(&self) -> bool {
        self.lie == Lie::Scrolled
    }

    pub(super) fn margin(&self) -> i8 {
        small(if self.is_scrolled() { 14.0 } else { 40.0 * self.scale })
    }

    pub(super) fn top(&self) -> i8 {
        small(if self.is_scrolled() { 10.0 } else { 26.0 * self.scale })
    }

    /// The width of figures beside a picture.
    fn beside(&self, width: f32, page: &Page) -> f32 {
        if page.figures.is_empty() { 0.0 } else { (width * FIGURES).max(240.0 * self.scale) }
    }
}

/// The width of each figure in a row of them.
fn across(width: f32, page: &Page) -> f32 {
    let count = page.figures.len().max(1) as f32;
    (width - APART * (count - 1.0)) / count
}

/// The least height that a picture is read in, at the smallest scale: each of its names has a line of its own.
fn least_height(picture: &Picture) -> f32 {
    match picture {
        Picture::Chart(chart) if !chart.y.grid => (CHART_ROW * chart.y.ticks.len() as f32 + CHART_ENDS).max(CHART.y),
        Picture::Chart(_) | Picture::List(_) => CHART.y,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "held within bounds")]
fn small(points: f32) -> i8 {
    points.clamp(0.0, 120.0) as i8
}

/// Draws the page into all the room there is.
pub(super) fn show(ui: &mut Ui, page: &Page, shown: &mut Shown, flipped: bool, size: &Size) {
    ui.spacing_mut().item_spacing.y = GAP * size.scale;
    title(ui, &page.title, size);
    subtitle(ui, &page.subtitle, flipped, size);
    ui.add_space(2.0 * GAP * size.scale);
    let room = ui.available_rect_before_wrap();
    match size.lie {
        Lie::Beside => {
            let aside = size.beside(room.width(), page);
            let apart = if aside > 0.0 { APART } else { 0.0 };
            let (left, right) = room.split_left_right_at_x(room.right() - aside);
            within(ui, left.with_max_x(left.right() - apart), "picture", |ui| picture(ui, page, shown, size));
            within(ui, right, "figures", |ui| page.figures.iter().for_each(|shown| figure(ui, shown, size)));
            ui.advance_cursor_after_rect(room);
        }
        Lie::Above => {
            row_of_figures(ui, page, size);
            picture(ui, page, shown, size);
        }
        Lie::Scrolled => {
            if across(ui.available_width(), page) >= LEAST_FIGURE * size.scale {
                row_of_figures(ui, page, size);
            } else {
                page.figures.iter().for_each(|shown| figure(ui, shown, size));
            }
            match &page.picture {
                Picture::Chart(_) => {
                    // No higher than one step of scrolling, so that it is seen whole.
                    let least = least_height(&page.picture) * size.scale;
                    let height =
                        (ui.clip_rect().height() * (1.0 - KEPT) - 8.0).clamp(least, least.max(420.0 * size.scale));
                    let room = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
                    within(ui, room, "picture", |ui| picture(ui, page, shown, size));
                    ui.advance_cursor_after_rect(room);
                }
                Picture::List(statements) => list(ui, statements, size),
            }
        }
    }
}

/// Shows something in a part of the room.
pub(super) fn within(ui: &mut Ui, room: Rect, salt: &str, show: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(salt), show);
}

/// The finding, as large as keeps it on two lines.
fn title_galley(ui: &Ui, text: &str, width: f32, size: &Size) -> Arc<Galley> {
    let of = |points: f32| ui.painter().layout(text.to_owned(), bold(points * size.scale), palette(ui).ink, width);
    let on_two_lines = size.titles().iter().map(|points| of(*points)).find(|galley| galley.rows.len() <= 2);
    on_two_lines.unwrap_or_else(|| of(TITLES[TITLES.len() - 1]))
}

fn title(ui: &mut Ui, text: &str, size: &Size) {
    let response = ui.add(Label::new(title_galley(ui, text, ui.available_width(), size)));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_label(text);
    });
}

fn subtitle_galley(ui: &Ui, text: &str, flipped: bool, width: f32, scale: f32) -> Arc<Galley> {
    let palette = palette(ui);
    let points = 18.0 * scale;
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    if flipped {
        let format = TextFormat { font_id: bold(points), color: palette.warning, ..Default::default() };
        job.append("▲ As opened; F shows the changes. ", 0.0, format);
    }
    job.append(text, 0.0, TextFormat { font_id: regular(points), color: palette.quiet, ..Default::default() });
    ui.painter().layout_job(job)
}

fn subtitle(ui: &mut Ui, text: &str, flipped: bool, size: &Size) {
    ui.add(Label::new(subtitle_galley(ui, text, flipped, ui.available_width(), size.scale)));
}

/// How much the title and what stands under it take, with the room after each.
fn head_height(ui: &Ui, page: &Page, width: f32, size: &Size) -> f32 {
    let title = title_galley(ui, &page.title, width, size).size().y;
    title + subtitle_galley(ui, &page.subtitle, false, width, size.scale).size().y + 5.0 * GAP * size.scale
}

fn picture(ui: &mut Ui, page: &Page, shown: &mut Shown, size: &Size) {
    match &page.picture {
        Picture::Chart(chart) => {
            chart_view::show(ui, chart, Pointer::ReadWhileMoving(shown.since));
        }
        Picture::List(statements) => shown.scroll.show(ui, |ui| list(ui, statements, size)),
    }
}

/// Statements with where each can be read.
fn list(ui: &mut Ui, statements: &[Statement], size: &Size) {
    ui.spacing_mut().item_spacing.y = 2.0 * size.scale;
    for statement in statements {
        let top = ui.cursor().min;
        let indent = 18.0 * size.scale;
        let room =
            Rect::from_min_size(top + vec2(indent, 0.0), vec2(ui.available_width() - indent - 8.0, f32::INFINITY));
        let shown = ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(&statement.text), |ui| {
            let text = RichText::new(&statement.text).font(regular(22.0 * size.scale)).color(palette(ui).ink);
            ui.add(Label::new(text).wrap());
            let source = RichText::new(&statement.source).font(regular(18.0 * size.scale)).color(palette(ui).quiet);
            ui.add(Label::new(source).wrap());
        });
        let bottom = shown.response.rect.bottom();
        let bar = Rect::from_min_max(top, pos2(top.x + 5.0 * size.scale, bottom));
        ui.painter().rect_filled(bar, CornerRadius::same(2), palette(ui).warning);
        ui.add_space(12.0 * size.scale);
    }
}

/// The value of a figure, and under it what it is and what it was, broken to a width.
fn figure_galleys(ui: &Ui, shown: &BigFigure, width: f32, size: &Size) -> [Arc<Galley>; 2] {
    let palette = palette(ui);
    let [value, points] = size.figure();
    let width = width - INDENT * size.scale;
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut add = |text: &str, strong: bool, color| {
        let font_id = if strong { bold(points) } else { regular(points) };
        job.append(text, 0.0, TextFormat { font_id, color, ..Default::default() });
    };
    add(state_mark(shown.state), false, palette.state(shown.state));
    add(&shown.words, false, palette.ink);
    if let Some(was) = &shown.was {
        add(&format!(", {was}"), true, palette.quiet);
    }
    [ui.painter().layout(shown.value.clone(), bold(value), palette.ink, width), ui.painter().layout_job(job)]
}

/// How much a figure takes, with the room after it.
fn figure_height(ui: &Ui, shown: &BigFigure, width: f32, size: &Size) -> f32 {
    let lines: f32 = figure_galleys(ui, shown, width, size).iter().map(|galley| galley.size().y).sum();
    lines + size.below() + 2.0 * GAP * size.scale
}

/// A figure to be read from the back: its value, what it is, what it was; its state by shape, bar and colour.
fn figure(ui: &mut Ui, shown: &BigFigure, size: &Size) {
    let scale = size.scale;
    let [value, words] = figure_galleys(ui, shown, ui.available_width(), size);
    let top = ui.cursor().min;
    let indent = INDENT * scale;
    let room = Rect::from_min_size(top + vec2(indent, 0.0), vec2(ui.available_width() - indent, f32::INFINITY));
    let inner = ui.scope_builder(UiBuilder::new().max_rect(room).id_salt(&shown.words), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let value = ui.add(Label::new(value));
        ui.add(Label::new(words));
        let told = shown.was.as_ref().map_or_else(String::new, |was| format!(", {was}"));
        let name = format!("{} {}{told}", shown.value, shown.words);
        value.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    });
    let bar = Rect::from_min_max(top, pos2(top.x + 6.0 * scale, inner.response.rect.bottom()));
    ui.painter().rect_filled(bar, CornerRadius::ZERO, palette(ui).state(shown.state));
    ui.add_space(size.below());
}

fn row_of_figures(ui: &mut Ui, page: &Page, size: &Size) {
    let width = across(ui.available_width(), page);
    let height = page.figures.iter().map(|shown| figure_height(ui, shown, width, size)).fold(0.0, f32::max);
    let row = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
    for (nth, shown) in page.figures.iter().enumerate() {
        let left = row.left() + nth as f32 * (width + APART);
        let room = Rect::from_min_size(pos2(left, row.top()), vec2(width, height));
        within(ui, room, &shown.words, |ui| figure(ui, shown, size));
    }
    ui.advance_cursor_after_rect(row);
}

/// How much the foot takes, with its margins.
pub(super) fn foot_height(ui: &Ui) -> f32 {
    ui.spacing().interact_size.y + 8.0
}

/// What can be done, quietly; what has just happened; which page this is.
pub(super) fn foot(
    ui: &mut Ui,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let points = theme::SMALL * theme::scale(ui);
    let all = presentation.topics(document).len();
    let mut asked = Vec::new();
    let mut button = |ui: &mut Ui, text: &str, name: &str, what: Asked| {
        let shown = RichText::new(text).font(regular(points)).color(palette(ui).quiet);
        let response = ui.add(Button::new(shown).frame_when_inactive(false));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        if response.clicked() {
            asked.push(what);
        }
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().button_padding.x = 8.0;
        button(ui, "Sliders", "Choose sliders (S)", Asked::Choose);
        button(ui, "Kept", "Kept states (L)", Asked::Kept);
        button(ui, "Table", "This chart as a table (T)", Asked::Table);
        button(ui, "Keys", "Keys (H)", Asked::Help);
        button(ui, "Leave", "Leave the presentation (Esc)", Asked::Leave);
        let number = format!("{} / {all}", presentation.at.min(all.saturating_sub(1)) + 1);
        let of_text =
            |text: &str| ui.painter().layout_no_wrap(text.to_owned(), regular(points), palette(ui).quiet).size().x;
        let gaps = 4.0 * ui.spacing().button_padding.x + 2.0 * ui.spacing().item_spacing.x;
        let turning = of_text("‹") + of_text(&number) + of_text("›") + gaps;
        let said = match (&presentation.typed, &view.message) {
            (Some((number, _)), _) => Some((format!("Go to page {number} …"), palette(ui).ink)),
            (None, Some(message)) if message.is_refusal => Some((format!("■ {}", message.text), palette(ui).bad)),
            (None, Some(message)) => Some((message.text.clone(), palette(ui).ink)),
            (None, None) => None,
        };
        let room = vec2((ui.available_width() - turning - ui.spacing().item_spacing.x).max(0.0), ui.available_height());
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center).with_main_justify(true), |ui| {
            ui.set_min_width(room.x);
            if let Some((text, shade)) = said {
                ui.add(Label::new(RichText::new(text).font(regular(points)).color(shade)).truncate());
            }
        });
        button(ui, "‹", "Page before", Asked::Before);
        ui.label(RichText::new(number).font(regular(points)).color(palette(ui).quiet));
        button(ui, "›", "Next page", Asked::Next);
    });
    for what in asked {
        keys::carry_out(what, Screen::Room, presentation, document, view, actions);
    }
}
