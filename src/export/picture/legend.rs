//! What colours and lines mean, where neither an axis nor words in the plot say so.

use super::draw::{bar_of, line, stroked};
use super::{Alignment, BODY, LINE, text};
use crate::chart::placing::Place;
use crate::chart::shades::LIGHT;
use crate::chart::{Chart, Layer, Stroke, Tone};
use crate::export::typeface::Setting;
use crate::export::xml::Element;

/// The sample before a name, and the space after it.
const SAMPLE: f32 = 18.0;
const AFTER_SAMPLE: f32 = 7.0;
const BETWEEN: f32 = 22.0;

/// A thing to be named.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    name: String,
    tone: Tone,
    /// A line of this stroke; none: something filled.
    stroke: Option<Stroke>,
}

/// Names in a row from its upper left corner, on further rows where they need them; gives where the last one ends.
pub(super) fn row(chart: &Chart, [left, top]: [f32; 2], room: f32, picture: &mut Element) -> f32 {
    let setting = Setting::regular(BODY);
    let height = BODY * LINE + 4.0;
    let (mut x, mut y) = (left, top);
    let entries = entries(chart);
    for entry in &entries {
        let width = SAMPLE + AFTER_SAMPLE + setting.width(&entry.name);
        if x > left && x + width > left + room {
            (x, y) = (left, y + height);
        }
        name(entry, [x, y], picture);
        x += width + BETWEEN;
    }
    if entries.is_empty() { top - 8.0 } else { y + height }
}

/// The parts that make up a line, from the top one down, at the right of the plot, as they lie there; gives the room
/// that they take.
pub(super) fn aside(chart: &Chart, [right, top]: [f32; 2], picture: &mut Element) -> f32 {
    let parts = chart.layers.iter().rev().filter_map(|layer| match layer {
        Layer::Band { label, tone: tone @ Tone::Part(_), .. } => {
            Some(Entry { name: Setting::regular(BODY).cut(label, 220.0), tone: *tone, stroke: None })
        }
        _ => None,
    });
    let parts: Vec<Entry> = parts.collect();
    let widest = parts.iter().map(|part| Setting::regular(BODY).width(&part.name)).fold(0.0, f32::max);
    let width = if parts.is_empty() { 0.0 } else { widest + SAMPLE + AFTER_SAMPLE + 12.0 };
    for (at, part) in parts.iter().enumerate() {
        name(part, [right - width + 12.0, top + 10.0 + at as f32 * (BODY * LINE + 5.0)], picture);
    }
    width
}

fn name(entry: &Entry, [x, y]: [f32; 2], picture: &mut Element) {
    let height = BODY * LINE;
    let middle = y + height / 2.0;
    picture.push(match entry.stroke {
        Some(stroke) => stroked(line([x, middle], [x + SAMPLE, middle]), stroke, entry.tone),
        None => bar_of(Place::sized([x + 2.0, middle - 6.0], [14.0, 12.0]), entry.tone, false),
    });
    let setting = Setting::regular(BODY);
    let place = Place::sized([x + SAMPLE + AFTER_SAMPLE, y], [setting.width(&entry.name), height]);
    picture.push(text(&entry.name, setting, LIGHT.ink, place, Alignment::Start));
}

/// Each thing once, in the order drawn, but for what is named where it stands.
fn entries(chart: &Chart) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for layer in &chart.layers {
        let entry = match layer {
            Layer::Bar { tone: tone @ Tone::Area(area), .. } => {
                Entry { name: area.to_string(), tone: *tone, stroke: None }
            }
            Layer::Bar { label, tone, .. } if !is_tick(chart, label) => {
                Entry { name: label.clone(), tone: *tone, stroke: None }
            }
            Layer::Band { label, tone: tone @ Tone::Band(_), .. } => {
                Entry { name: label.clone(), tone: *tone, stroke: None }
            }
            // `Money there is, 2017/18` is the same thing every year.
            Layer::Line { label, tone, stroke, .. } if !is_said(chart, label) => {
                let name = label.split(',').next().unwrap_or(label).to_owned();
                Entry { name, tone: *tone, stroke: Some(*stroke) }
            }
            _ => continue,
        };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

fn is_tick(chart: &Chart, label: &str) -> bool {
    chart.y.ticks.iter().any(|tick| tick.label == label)
}

fn is_said(chart: &Chart, label: &str) -> bool {
    let said = |layer: &Layer| matches!(layer, Layer::Words { text, .. } if text.eq_ignore_ascii_case(label));
    chart.layers.iter().any(said)
}
