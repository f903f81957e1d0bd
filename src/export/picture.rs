//! Any chart as a picture in SVG: text as text, its finding as the picture's title, its figures in the description.
//!
//! A picture is laid out on a sheet of at least so many units, which is then as large as was asked for: what fits on a
//! large picture fits on a small one, and letters stand in the same proportion to lines.

mod draw;
mod legend;

use std::fmt::Write as _;

use super::Size;
use super::typeface::Setting;
use super::xml::Element;
use crate::chart::Chart;
use crate::chart::placing::Place;
use crate::chart::shades::{LIGHT, Shade};

/// The least sheet, in units: for a screen or a slide, and for the width of an upright page, where letters would else be
/// too small.
pub(super) const SCREEN: [f32; 2] = [960.0, 540.0];
pub(super) const PAGE: [f32; 2] = [740.0, 400.0];
/// Space around everything, at the sides and at the top and bottom.
const SIDE: f32 = 34.0;
const EDGE: f32 = 26.0;

/// Text sizes, in units.
const TITLE: f32 = 20.0;
const BODY: f32 = 12.5;
const SMALL: f32 = 10.5;
/// A line of text in its own size: its height, and its baseline from the top.
const LINE: f32 = 1.25;
const BASELINE: f32 = 0.99;
/// Lines that the finding, what is drawn, and the source may take.
const MOST_LINES: [usize; 3] = [4, 3, 3];

/// Room under the plot for the labels along, and between labels up and the plot.
const FOOT: f32 = 24.0;
const GAP: f32 = 9.0;
/// The most of the width that labels up may take: figures, and names.
const WIDEST_FIGURES: f32 = 0.2;
const WIDEST_NAMES: f32 = 0.4;

/// The chart as an SVG document on such a sheet, with whose figures it shows written at its foot.
pub(super) fn svg(chart: &Chart, source: &str, size: Size, least: [f32; 2]) -> String {
    let scale = (size.width as f32 / least[0]).min(size.height as f32 / least[1]);
    let (width, height) = (size.width as f32 / scale, size.height as f32 / scale);
    let view = format!("0 0 {} {}", Units(width), Units(height));
    let mut picture = Element::new("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("width", size.width)
        .with("height", size.height)
        .with("viewBox", view)
        .with("role", "img")
        .with("aria-labelledby", "title")
        .with("aria-describedby", "description")
        .with("font-family", "Inter, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif")
        .holding(Element::new("title").with("id", "title").saying(&chart.title))
        .holding(Element::new("desc").with("id", "description").saying(description(chart, source)));
    picture
        .push(Element::new("rect").with("width", Units(width)).with("height", Units(height)).with("fill", LIGHT.card));
    let sheet = Place::sized([SIDE, EDGE], [width - 2.0 * SIDE, height - 2.0 * EDGE]);
    let frame = around(chart, source, sheet, &mut picture);
    if frame.width() > 20.0 && frame.height() > 20.0 {
        draw::plot(chart, frame, &mut picture);
    }
    picture.document()
}

/// Everything about the plot; gives the room that is left for it.
fn around(chart: &Chart, source: &str, sheet: Place, picture: &mut Element) -> Place {
    let [most_title, most_subtitle, most_source] = MOST_LINES;
    let mut top = sheet.top;
    top =
        paragraph(&chart.title, Setting::bold(TITLE), LIGHT.ink, [sheet.left, top], sheet.width(), most_title, picture);
    top += 4.0;
    top = paragraph(
        &chart.subtitle,
        Setting::regular(BODY),
        LIGHT.quiet,
        [sheet.left, top],
        sheet.width(),
        most_subtitle,
        picture,
    );
    top = legend::row(chart, [sheet.left, top + 8.0], sheet.width(), picture);
    let lines = Setting::regular(SMALL).wrapped(source, sheet.width(), most_source).len();
    let foot = sheet.bottom - lines as f32 * SMALL * LINE;
    paragraph(source, Setting::regular(SMALL), LIGHT.quiet, [sheet.left, foot], sheet.width(), most_source, picture);

    let widest = if chart.y.grid { WIDEST_FIGURES } else { WIDEST_NAMES };
    let labels = chart.y.ticks.iter().map(|tick| Setting::regular(BODY).width(&tick.label));
    let labels = labels.fold(0.0, f32::max).min(sheet.width() * widest);
    let aside = legend::aside(chart, [sheet.right, top + 14.0], picture);
    Place { left: sheet.left + labels + GAP, top: top + 14.0, right: sheet.right - aside, bottom: foot - FOOT - 12.0 }
}

/// Lines of words from their upper left corner; gives where they end.
fn paragraph(
    words: &str,
    setting: Setting,
    shade: Shade,
    [left, top]: [f32; 2],
    room: f32,
    most_lines: usize,
    picture: &mut Element,
) -> f32 {
    let lines = setting.wrapped(words, room, most_lines);
    let height = setting.size * LINE;
    for (at, line) in lines.iter().enumerate() {
        let place = Place::sized([left, top + at as f32 * height], [room, height]);
        picture.push(text(line, setting, shade, place, Alignment::Start));
    }
    top + lines.len() as f32 * height
}

/// Where in its place a text stands, should a typeface of another width stand in for the planner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alignment {
    Start,
    Middle,
    End,
}

/// One line of text.
fn text(words: &str, setting: Setting, shade: Shade, place: Place, alignment: Alignment) -> Element {
    let (x, anchor) = match alignment {
        Alignment::Start => (place.left, None),
        Alignment::Middle => (f32::midpoint(place.left, place.right), Some("middle")),
        Alignment::End => (place.right, Some("end")),
    };
    let mut text = Element::new("text")
        .with("x", Units(x))
        .with("y", Units(place.top + BASELINE * setting.size))
        .with("font-size", Units(setting.size))
        .with("fill", shade);
    if setting.strong {
        text = text.with("font-weight", 600);
    }
    if let Some(anchor) = anchor {
        text = text.with("text-anchor", anchor);
    }
    text.saying(words)
}

/// What is drawn, whose figures they are, and every figure of the table, row by row.
fn description(chart: &Chart, source: &str) -> String {
    let mut words = format!("{}. {source}.", chart.subtitle);
    for row in &chart.table.rows {
        let mut cells = row.iter().zip(&chart.table.columns);
        let Some((name, heading)) = cells.next() else { continue };
        let figures: Vec<String> = cells.map(|(cell, column)| format!("{column} {cell}")).collect();
        let _ = write!(words, "\n{heading} {name}: {}.", figures.join("; ")); // into a String: can't fail
    }
    words
}

/// A length in units, to a hundredth.
struct Units(f32);

impl std::fmt::Display for Units {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (self.0 * 100.0).round();
        write!(f, "{}", if hundredths.is_finite() { hundredths / 100.0 + 0.0 } else { 0.0 })
    }
}

impl std::fmt::Display for Shade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}
