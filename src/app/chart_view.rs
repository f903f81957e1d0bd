//! Draws any [`Chart`] through `egui_plot`: axes, layers, what the pointer reads, and a name for screen readers.

use std::sync::Arc;

use eframe::egui::{
    self, Align, Align2, Color32, CornerRadius, FontId, Galley, Pos2, Rect, Role, Sense, Shape, Stroke as Pen,
    StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_plot::{FilledArea, Line, Plot, PlotPoint, PlotPoints, PlotTransform};

use super::theme::{self, Palette, bold, palette, regular};
use crate::chart::placing::{Place, place};
use crate::chart::{self, Axis, Chart, Layer, Reading, Stroke, Tone, thinned};

/// Room under the plot for the labels along.
const FOOT: f32 = 18.0;
/// Room for the colour before the name of a part.
const PART_INDENT: f32 = 26.0;
/// Space between axis labels and the plot.
const GAP: f32 = 6.0;
/// The most of the width that labels up may take: figures, and names.
const WIDEST_FIGURES: f32 = 0.2;
const WIDEST_NAMES: f32 = 0.52;

/// How long a pointer may rest before a room is taken to look at the page, and not at what it reads.
const RESTS: f32 = 2.0;

/// When what lies under the pointer is read out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pointer {
    /// As long as it is there.
    Read,
    /// While it moves and a little longer, so many seconds after the page came: before a room.
    ReadWhileMoving(f64),
}

/// Draws the chart's picture into all the room there is. Gives the value along at which it was clicked.
pub(super) fn show(ui: &mut Ui, chart: &Chart, pointer: Pointer) -> Option<f64> {
    let palette = palette(ui);
    let scale = theme::scale(ui);
    let whole = ui.available_rect_before_wrap();
    let widest = if chart.y.grid { WIDEST_FIGURES } else { WIDEST_NAMES };
    let margin = label_width(ui, &chart.y).min(whole.width() * widest);
    let names = part_names(ui, chart, palette);
    let aside = names.iter().map(|(galley, _)| galley.size().x + PART_INDENT * scale).fold(0.0, f32::max);
    let frame = Rect::from_min_max(
        pos2(whole.left() + margin + GAP * scale, whole.top() + 4.0),
        pos2(whole.right() - 2.0 - aside, whole.bottom() - FOOT * scale),
    );
    if frame.width() < 20.0 || frame.height() < 20.0 {
        return None;
    }
    let (rect, figure) = ui.allocate_exact_size(whole.size(), Sense::click());
    figure.widget_info(|| WidgetInfo::labeled(Role::Figure, true, &chart.title));
    ui.ctx().accesskit_node_builder(figure.id, |node| {
        node.set_description(format!("{}. Its values: the button “{}”", chart.subtitle, table_name(chart)));
    });
    let transform = PlotTransform::new(frame, bounds(chart), false);
    paint_axes(ui, chart, &transform, margin, palette);
    let mut within = ui.new_child(UiBuilder::new().max_rect(frame).id_salt(chart.name));
    plot(&mut within, chart, palette);
    paint_over(ui, chart, &transform, palette);
    paint_part_names(ui, names, frame, palette);
    if let Some(at) =
        ui.input(|input| input.pointer.hover_pos()).filter(|at| rect.contains(*at) && ui.rect_contains_pointer(rect))
        && is_read(ui, pointer)
    {
        read(ui, &figure, chart, &transform, at, palette);
    }
    // Enter on the focused chart asks without a pointer: about the beginning.
    figure.clicked().then(|| figure.interact_pointer_pos().map_or(0.0, |at| transform.value_from_position(at).x))
}

/// What the button is called that shows a chart's values.
pub(super) fn table_name(chart: &Chart) -> String {
    format!("{} as a table", chart.name)
}

/// Whether the pointer is to be read now; looks again when that ends.
fn is_read(ui: &Ui, pointer: Pointer) -> bool {
    let Pointer::ReadWhileMoving(since) = pointer else { return true };
    let still = ui.input(|input| input.pointer.time_since_last_movement());
    let left = RESTS - still;
    if left > 0.0 && f64::from(still) < since {
        ui.ctx().request_repaint_after_secs(left);
        return true;
    }
    false
}

fn bounds(chart: &Chart) -> egui_plot::PlotBounds {
    egui_plot::PlotBounds::from_min_max([chart.x.from, chart.y.from], [chart.x.to, chart.y.to])
}

/// Bands and lines.
fn plot(ui: &mut Ui, chart: &Chart, palette: &Palette) {
    let most_points = f64::from(ui.available_width().max(1.0) * 2.0);
    let scale = theme::scale(ui);
    let frame = Plot::new(chart.name)
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .sense(Sense::hover())
        .set_margin_fraction(vec2(0.0, 0.0));
    frame.show(ui, |plot| {
        plot.set_plot_bounds(bounds(chart));
        for layer in &chart.layers {
            match layer {
                Layer::Band { label, tone, points } => {
                    let seen = thinned(points, most_points);
                    let side = |side: usize| seen.iter().map(|point| point[side]).collect::<Vec<f64>>();
                    let fill = palette.tone(*tone);
                    plot.add(FilledArea::new(label, &side(0), &side(1), &side(2)).fill_color(fill).allow_hover(false));
                }
                Layer::Line {
                    label,
                    tone,
                    stroke: stroke @ (Stroke::Strong | Stroke::Dotted | Stroke::Thin),
                    points,
                } => {
                    let seen = PlotPoints::from(thinned(points, most_points));
                    let line = Line::new(label.clone(), seen).color(palette.tone(*tone)).width(width(*stroke) * scale);
                    plot.line(line.allow_hover(false));
                }
                _ => {}
            }
        }
    });
}

fn width(stroke: Stroke) -> f32 {
    match stroke {
        Stroke::Strong => 2.5,
        Stroke::Dotted | Stroke::Thin => 1.25,
        Stroke::Dashed => 1.75,
        Stroke::Faint => 1.0,
    }
}

fn label_font(ui: &Ui) -> FontId {
    regular(theme::SMALL * theme::scale(ui))
}

fn label_width(ui: &Ui, axis: &Axis) -> f32 {
    let widths = axis
        .ticks
        .iter()
        .map(|tick| ui.painter().layout_no_wrap(tick.label.clone(), label_font(ui), Color32::WHITE).size().x);
    widths.fold(0.0, f32::max)
}

fn paint_axes(ui: &Ui, chart: &Chart, transform: &PlotTransform, margin: f32, palette: &Palette) {
    let painter = ui.painter();
    let frame = *transform.frame();
    let gap = GAP * theme::scale(ui);
    for tick in &chart.y.ticks {
        let y = transform.position_from_point(&PlotPoint::new(chart.x.from, tick.at)).y;
        if !frame.y_range().contains(y) {
            continue;
        }
        if chart.y.grid {
            painter.hline(frame.x_range(), y, Pen::new(1.0, palette.rail));
        }
        let mut job = egui::text::LayoutJob::simple_singleline(tick.label.clone(), label_font(ui), palette.quiet);
        job.wrap = egui::text::TextWrapping::truncate_at_width(margin);
        let galley = painter.layout_job(job);
        // Figures stand right, against the axis; names stand left, as in a list.
        let x = if chart.y.grid { frame.left() - gap - galley.size().x } else { frame.left() - gap - margin };
        painter.galley(pos2(x, y - galley.size().y / 2.0), galley, palette.quiet);
    }
    let mut free_from = f32::NEG_INFINITY;
    for tick in &chart.x.ticks {
        let x = transform.position_from_point(&PlotPoint::new(tick.at, chart.y.from)).x;
        let galley = painter.layout_no_wrap(tick.label.clone(), label_font(ui), palette.quiet);
        let half = galley.size().x / 2.0;
        let left = (x - half).min(frame.right() - 2.0 * half).max(frame.left() - 8.0);
        // A label that would touch the one before it is left out.
        if left < free_from || !frame.expand(1.0).x_range().contains(x) {
            continue;
        }
        free_from = left + 2.0 * half + GAP * theme::scale(ui);
        if chart.x.grid {
            painter.vline(x, frame.y_range(), Pen::new(1.0, palette.rail));
        }
        painter.galley(pos2(left, frame.bottom() + 4.0), galley, palette.quiet);
    }
}

/// Bars, marks, rules and words.
fn paint_over(ui: &Ui, chart: &Chart, transform: &PlotTransform, palette: &Palette) {
    let frame = *transform.frame();
    let scale = theme::scale(ui);
    let painter = ui.painter().with_clip_rect(frame.expand(6.0 * scale));
    let at = |point: [f64; 2]| transform.position_from_point(&PlotPoint::new(point[0], point[1]));
    let marks = chart.layers.iter().filter_map(|layer| match layer {
        Layer::Mark { at: point, .. } => Some(Place::of_mark(at(*point).into(), scale)),
        _ => None,
    });
    let mut taken: Vec<Place> = marks.collect();
    let rules: Vec<f32> = chart
        .layers
        .iter()
        .filter_map(|layer| if let Layer::Rule { x, .. } = layer { Some(at([*x, 0.0]).x) } else { None })
        .collect();
    let over_bands = chart.layers.iter().any(|layer| matches!(layer, Layer::Band { .. }));
    for layer in &chart.layers {
        match layer {
            Layer::Bar { tone, from, to, hatched, .. } => {
                let bar = Rect::from_two_pos(at(*from), at(*to)).shrink2(vec2(0.5, 0.5));
                paint_bar(&painter, bar, palette.tone(*tone), *hatched, palette, scale);
            }
            Layer::Line { tone, stroke, points, .. } => {
                let shade = palette.tone(*tone);
                let pen = Pen::new(width(*stroke) * scale, shade);
                match (stroke, points.as_slice()) {
                    (Stroke::Dotted, points) => {
                        for point in points {
                            painter.circle_filled(at(*point), 2.25 * scale, shade);
                        }
                    }
                    // The plot would begin its dashes anew at every point.
                    (Stroke::Dashed, points) => {
                        let path: Vec<Pos2> =
                            thinned(points, f64::from(frame.width()) / 8.0).into_iter().map(at).collect();
                        painter.extend(Shape::dashed_line(&path, pen, 6.0, 4.0));
                    }
                    (Stroke::Faint, points) => {
                        let path: Vec<Pos2> = points.iter().copied().map(at).collect();
                        painter.extend(Shape::dashed_line(&path, pen, 2.0, 5.0));
                    }
                    // Bars are drawn after the plot, so a line across a bar is drawn again on top of it.
                    (_, [from, to]) => {
                        painter.line_segment([at(*from), at(*to)], pen);
                    }
                    _ => {}
                }
            }
            Layer::Mark { tone, shape, at: point, .. } => {
                paint_mark(&painter, at(*point), *shape, palette.tone(*tone), palette.card, scale);
            }
            Layer::Rule { label, x } => {
                let right = next_rule(chart, *x).map_or(frame.right(), |next| at([next, 0.0]).x.min(frame.right()));
                paint_rule(ui, &painter, frame, at([*x, chart.y.to]).x..right, label, &mut taken);
            }
            Layer::Words { text, at: point, room, anchor, tone, strong } => {
                let font = if *strong { bold(theme::SMALL * scale) } else { label_font(ui) };
                let room = room.map_or(f32::INFINITY, |along| at([along, 0.0]).x - at([0.0, 0.0]).x);
                let mut job = egui::text::LayoutJob::simple(text.clone(), font, palette.tone(*tone), room);
                job.halign = Align::Center;
                let galley = painter.layout_job(job);
                let size = galley.size().into();
                let placed = place(at(*point).into(), *anchor, size, scale, as_place(frame), &rules, &taken);
                let rect = Rect::from_min_max(pos2(placed.left, placed.top), pos2(placed.right, placed.bottom));
                if over_bands {
                    let backing = palette.card.gamma_multiply(theme::BACKING);
                    painter.rect_filled(rect.expand2(vec2(2.0, 0.0)), CornerRadius::same(3), backing);
                }
                painter.galley(rect.center_top(), galley, palette.tone(*tone));
                taken.push(placed);
            }
            Layer::Band { .. } => {}
        }
    }
}

/// A cross of lines, or a filled shape with an edge that keeps it apart from what lies under it.
fn paint_mark(painter: &egui::Painter, centre: Pos2, shape: chart::Shape, fill: Color32, edge: Color32, scale: f32) {
    let around = Pen::new(1.5, edge);
    let filled = |corners: &[[f32; 2]]| {
        let points = corners.iter().map(|[x, y]| centre + vec2(*x, *y) * scale).collect();
        painter.add(Shape::convex_polygon(points, fill, around));
    };
    match shape {
        chart::Shape::Cross => {
            // Under it an edge, as bands of every shade may lie there.
            for (arm, pen) in [(7.5, Pen::new(6.0 * scale, edge)), (6.0, Pen::new(3.0 * scale, fill))] {
                let arm = arm * scale;
                painter.line_segment([centre - vec2(arm, 0.0), centre + vec2(arm, 0.0)], pen);
                painter.line_segment([centre - vec2(0.0, arm), centre + vec2(0.0, arm)], pen);
            }
        }
        chart::Shape::Disc => {
            painter.circle(centre, 5.5 * scale, fill, around);
        }
        chart::Shape::Up => filled(&[[0.0, -7.5], [7.0, 5.0], [-7.0, 5.0]]),
        chart::Shape::Down => filled(&[[0.0, 7.5], [-7.0, -5.0], [7.0, -5.0]]),
        chart::Shape::Diamond => filled(&[[0.0, -7.0], [7.0, 0.0], [0.0, 7.0], [-7.0, 0.0]]),
    }
}

fn paint_bar(painter: &egui::Painter, bar: Rect, shade: Color32, hatched: bool, palette: &Palette, scale: f32) {
    let rounding = CornerRadius::same(1);
    if !hatched {
        painter.rect_filled(bar, rounding, shade);
        return;
    }
    painter.rect_filled(bar, rounding, palette.card);
    let clipped = painter.with_clip_rect(bar.intersect(painter.clip_rect()));
    let mut x = bar.left() - bar.height();
    while x < bar.right() {
        clipped.line_segment([pos2(x, bar.bottom()), pos2(x + bar.height(), bar.top())], Pen::new(2.0 * scale, shade));
        x += 5.0 * scale;
    }
    painter.rect_stroke(bar, rounding, Pen::new(1.0, shade), StrokeKind::Inside);
}

/// Where the next rule stands, along.
fn next_rule(chart: &Chart, after: f64) -> Option<f64> {
    let rules = chart.layers.iter().filter_map(|layer| if let Layer::Rule { x, .. } = layer { Some(*x) } else { None });
    rules.filter(|x| *x > after).min_by(f64::total_cmp)
}

/// A dashed line with its words at its top, on as many lines as the room up to the next rule asks for.
fn paint_rule(
    ui: &Ui,
    painter: &egui::Painter,
    frame: Rect,
    along: std::ops::Range<f32>,
    label: &str,
    taken: &mut Vec<Place>,
) {
    let x = along.start;
    if !frame.x_range().contains(x) {
        return;
    }
    let shade = palette(ui).quiet;
    let ends = [pos2(x, frame.top()), pos2(x, frame.bottom())];
    painter.extend(Shape::dashed_line(&ends, Pen::new(1.0, shade), 3.0, 3.0));
    let room = (along.end - x - 10.0).max(40.0);
    let galley = painter.layout(label.to_owned(), label_font(ui), shade, room);
    let rect = Rect::from_min_size(pos2(x + 4.0, frame.top() + 1.0), galley.size());
    painter.galley(rect.min, galley, shade);
    taken.push(as_place(rect));
}

fn as_place(rect: Rect) -> Place {
    Place { left: rect.left(), top: rect.top(), right: rect.right(), bottom: rect.bottom() }
}

/// Names and colours of the bands that make up a line, where there are any, from the top one down.
fn part_names(ui: &Ui, chart: &Chart, palette: &Palette) -> Vec<(Arc<Galley>, Color32)> {
    let bands = chart.layers.iter().rev().filter_map(|layer| match layer {
        Layer::Band { label, tone: tone @ Tone::Part(_), .. } => Some((label, *tone)),
        _ => None,
    });
    let name = |label: &String| ui.painter().layout_no_wrap(label.clone(), label_font(ui), palette.ink);
    bands.map(|(label, tone)| (name(label), palette.tone(tone))).collect()
}

/// Writes them to the right of the plot, where they cover nothing.
fn paint_part_names(ui: &Ui, names: Vec<(Arc<Galley>, Color32)>, frame: Rect, palette: &Palette) {
    let scale = theme::scale(ui);
    for (row, (galley, shade)) in names.into_iter().enumerate() {
        let y = frame.top() + (24.0 + row as f32 * 18.0) * scale;
        let swatch = Rect::from_center_size(pos2(frame.right() + 14.0 * scale, y), vec2(10.0, 10.0) * scale);
        ui.painter().rect_filled(swatch, CornerRadius::same(2), shade);
        ui.painter().galley(pos2(frame.right() + 23.0 * scale, y - galley.size().y / 2.0), galley, palette.ink);
    }
}

/// Says what stands under the pointer.
fn read(ui: &Ui, figure: &egui::Response, chart: &Chart, transform: &PlotTransform, at: Pos2, palette: &Palette) {
    let point = transform.value_from_position(at);
    let Some(reading) = chart.read([point.x, point.y]) else { return };
    let bars = chart.layers.iter().any(|layer| matches!(layer, Layer::Bar { .. }));
    if !bars {
        let centre = f64::midpoint(reading.x[0], reading.x[1]);
        let x = transform.position_from_point(&PlotPoint::new(centre, point.y)).x;
        if transform.frame().x_range().contains(x) {
            ui.painter().vline(x, transform.frame().y_range(), Pen::new(1.0, palette.edge));
        }
    }
    figure.clone().on_hover_ui_at_pointer(|ui| reading_lines(ui, reading));
}

fn reading_lines(ui: &mut Ui, reading: &Reading) {
    ui.label(egui::RichText::new(&reading.title).font(bold(theme::BODY * theme::scale(ui))));
    let scale = theme::scale(ui);
    let font = regular(theme::BODY * scale);
    let width = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), palette(ui).ink).size().x;
    let names = reading.lines.iter().map(|(name, _)| width(name)).fold(0.0, f32::max);
    let values = reading.lines.iter().map(|(_, value)| width(value)).fold(0.0, f32::max);
    ui.spacing_mut().item_spacing.y = 2.0;
    for (name, value) in &reading.lines {
        let (line, _) = ui.allocate_exact_size(vec2(names + values + 24.0 * scale, 18.0 * scale), Sense::hover());
        let palette = palette(ui);
        ui.painter().text(line.left_center(), Align2::LEFT_CENTER, name, font.clone(), palette.quiet);
        ui.painter().text(line.right_center(), Align2::RIGHT_CENTER, value, font.clone(), palette.ink);
    }
}
