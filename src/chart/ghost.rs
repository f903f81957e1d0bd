//! The original behind what was changed: thin grey lines where a chart stood before, with the words `as opened`.

use super::{Anchor, Chart, Layer, Stroke, Tick, Tone};
use crate::ledger::Ledger;

/// What the ghost is called, beside it.
pub const AS_OPENED: &str = "as opened";
/// The label of the line that a chart over time is about.
const PLAN: &str = "This plan";
/// Lines that nowhere lie further apart than this share of the height look the same.
const LEAST_GAP: f64 = 0.004;
/// Half the width of the bars that a balance is stacked of, and how far a line across them reaches beyond.
const ACROSS: f64 = 0.38;

/// A chart over time with the plan's line of `opened` behind its own. Where they differ, axes hold both.
#[must_use]
pub fn of_line(mut chart: Chart, opened: &Chart) -> Chart {
    hold_both(&mut chart, opened);
    let (Some(now), Some(then)) = (plan_line(&chart), plan_line(opened)) else { return chart };
    let gap = |at: usize| now.get(at).zip(then.get(at)).map_or(0.0, |(now, then)| (now[1] - then[1]).abs());
    let widest = (0..then.len()).max_by(|a, b| gap(*a).total_cmp(&gap(*b))).unwrap_or(0);
    if gap(widest) < LEAST_GAP * (chart.y.to - chart.y.from) {
        return chart;
    }
    let below = now[widest][1] > then[widest][1];
    let anchor = if below { Anchor::Below } else { Anchor::Above };
    let words = words(then[widest], anchor);
    let before = chart.layers.iter().position(is_plan_line).unwrap_or(chart.layers.len());
    let points = then.clone();
    chart.layers.insert(before, thin(points));
    // The plan's own words stand under its line; over it, where the original lies below.
    for layer in &mut chart.layers {
        if let Layer::Words { text, anchor, .. } = layer
            && text == "this plan"
            && below
        {
            *anchor = Anchor::Above;
        }
    }
    chart.layers.push(words);
    chart
}

/// A balance with a line across each year whose allocations have moved, at the height where they stood.
#[must_use]
pub fn of_stacks(mut chart: Chart, now: &Ledger, opened: &Ledger) -> Chart {
    let mut named = false;
    for (at, year) in now.years.iter().enumerate() {
        let Some(then) = opened.years.iter().find(|then| then.year == year.year) else { continue };
        if then.allocated == year.allocated {
            continue;
        }
        let (x, height) = (at as f64, super::balance::millions(then.allocated));
        chart.layers.push(thin(vec![[x - ACROSS, height], [x + ACROSS, height]]));
        if !named {
            chart.layers.push(words([x, height], Anchor::Below));
            named = true;
        }
        chart.y.to = chart.y.to.max(height * 1.24);
    }
    chart
}

/// Committed years with a row more where headroom has moved: what it was.
#[must_use]
pub fn of_headroom(mut chart: Chart, now: &Ledger, opened: &Ledger) -> Chart {
    let moved =
        |at: usize| now.years.get(at).map(|year| year.headroom) != opened.years.get(at).map(|year| year.headroom);
    if !(0..now.years.len()).any(moved) {
        return chart;
    }
    let row = chart.y.from - 0.5;
    chart.y.from -= 1.0;
    chart.y.ticks.push(Tick { at: row, label: format!("Headroom {AS_OPENED}") });
    for (at, year) in opened.years.iter().enumerate() {
        let text = year.headroom.in_millions();
        let at = [at as f64 + 0.5, row];
        chart.layers.push(Layer::Words {
            text,
            at,
            room: None,
            anchor: Anchor::Centre,
            tone: Tone::Quiet,
            strong: false,
        });
    }
    chart
}

/// What each scheme does, with a line across the plan's own row where it ended before.
#[must_use]
pub fn of_last_row(mut chart: Chart, opened: &Chart) -> Chart {
    if opened.x.to > chart.x.to {
        chart.x = opened.x.clone();
    }
    let (Some(now), Some(then)) = (plan_bar(&chart), plan_bar(opened)) else { return chart };
    if (now.0 - then.0).abs() >= LEAST_GAP * (chart.x.to - chart.x.from) {
        let (x, row) = (then.0, now.1);
        chart.layers.push(thin(vec![[x, row - 0.5], [x, row + 0.5]]));
        // Where the plan's bar has its figure at its end, the original's words go beyond it.
        chart.layers.push(words([x.max(now.0) + 0.06 * chart.x.to, row], Anchor::Right));
    }
    chart
}

fn thin(points: Vec<[f64; 2]>) -> Layer {
    Layer::Line { label: AS_OPENED.to_owned(), tone: Tone::Quiet, stroke: Stroke::Thin, points }
}

fn words(at: [f64; 2], anchor: Anchor) -> Layer {
    Layer::Words { text: AS_OPENED.to_owned(), at, room: None, anchor, tone: Tone::Quiet, strong: false }
}

/// The higher of the two heights, so that nothing leaves the picture and less jumps.
fn hold_both(chart: &mut Chart, opened: &Chart) {
    if opened.y.to > chart.y.to {
        chart.y = opened.y.clone();
    }
}

fn is_plan_line(layer: &Layer) -> bool {
    matches!(layer, Layer::Line { label, .. } if label == PLAN)
}

fn plan_line(chart: &Chart) -> Option<Vec<[f64; 2]>> {
    chart.layers.iter().find_map(|layer| match layer {
        Layer::Line { label, points, .. } if label == PLAN => Some(points.clone()),
        _ => None,
    })
}

/// Where the plan's bar ends along, and its row.
fn plan_bar(chart: &Chart) -> Option<(f64, f64)> {
    chart.layers.iter().find_map(|layer| match layer {
        Layer::Bar { label, from, to, .. } if label == PLAN => Some((to[0], f64::midpoint(from[1], to[1]))),
        _ => None,
    })
}
