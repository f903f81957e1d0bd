//! The plot itself: axes, and every layer of a chart.

use std::fmt::Write as _;

use super::{Alignment, BODY, FOOT, GAP, LINE, Units, text};
use crate::chart::placing::{Place, place};
use crate::chart::shades::{LIGHT, Shade};
use crate::chart::{Anchor, Chart, Layer, Shape, Stroke, Tone, thinned};
use crate::export::typeface::Setting;
use crate::export::xml::Element;

/// Draws the chart into its frame.
pub(super) fn plot(chart: &Chart, frame: Place, picture: &mut Element) {
    let plot = Plot { chart, frame };
    picture.push(plot.hatchings());
    plot.axes(picture);
    let mut shapes = Element::new("g").with("clip-path", "url(#plot)");
    for layer in &chart.layers {
        plot.shape(layer, &mut shapes);
    }
    picture.push(shapes);
    plot.words(picture);
}

struct Plot<'a> {
    chart: &'a Chart,
    frame: Place,
}

impl Plot<'_> {
    #[expect(clippy::cast_possible_truncation, reason = "a place on a sheet")]
    fn at(&self, [x, y]: [f64; 2]) -> [f32; 2] {
        let share = |value: f64, from: f64, to: f64| ((value - from) / (to - from).max(f64::MIN_POSITIVE)) as f32;
        let (along, up) = (share(x, self.chart.x.from, self.chart.x.to), share(y, self.chart.y.from, self.chart.y.to));
        [self.frame.left + along * self.frame.width(), self.frame.bottom - up * self.frame.height()]
    }

    /// The clip of the plot, and a pattern for every tone that is hatched somewhere.
    fn hatchings(&self) -> Element {
        let Place { left, top, .. } = self.frame;
        let clip = rect(Place::sized([left - 8.0, top - 8.0], [self.frame.width() + 16.0, self.frame.height() + 16.0]));
        let mut definitions = Element::new("defs").holding(Element::new("clipPath").with("id", "plot").holding(clip));
        let mut known: Vec<Tone> = Vec::new();
        for layer in &self.chart.layers {
            if let Layer::Bar { tone, hatched: true, .. } = layer
                && !known.contains(tone)
            {
                known.push(*tone);
                definitions.push(hatching(*tone));
            }
        }
        definitions
    }

    fn axes(&self, picture: &mut Element) {
        let Place { left, top, right, bottom } = self.frame;
        let setting = Setting::regular(BODY);
        let height = BODY * LINE;
        for tick in &self.chart.y.ticks {
            let [_, y] = self.at([self.chart.x.from, tick.at]);
            if !(top - 0.5..=bottom + 0.5).contains(&y) {
                continue;
            }
            if self.chart.y.grid {
                picture.push(line([left, y], [right, y]).with("stroke", LIGHT.rail));
            }
            let room = Place { left: super::SIDE, top: y - height / 2.0, right: left - GAP, bottom: y + height / 2.0 };
            let label = setting.cut(&tick.label, room.width());
            // Figures stand right, against the axis; names stand left, as in a list.
            let alignment = if self.chart.y.grid { Alignment::End } else { Alignment::Start };
            picture.push(text(&label, setting, LIGHT.quiet, room, alignment));
        }
        let mut free_from = f32::NEG_INFINITY;
        for tick in &self.chart.x.ticks {
            let [x, _] = self.at([tick.at, self.chart.y.from]);
            let width = setting.width(&tick.label);
            let from = (x - width / 2.0).min(right + 4.0 - width).max(left - GAP);
            // A label that would touch the one before it is left out.
            if from < free_from || !(left - 1.0..=right + 1.0).contains(&x) {
                continue;
            }
            free_from = from + width + 8.0;
            if self.chart.x.grid {
                picture.push(line([x, top], [x, bottom]).with("stroke", LIGHT.rail));
            }
            let label = Place::sized([from, bottom + FOOT - height], [width, height]);
            picture.push(text(&tick.label, setting, LIGHT.quiet, label, Alignment::Middle));
        }
    }

    fn shape(&self, layer: &Layer, shapes: &mut Element) {
        let most = f64::from(self.frame.width()) * 2.0;
        match layer {
            Layer::Band { tone, points, .. } => {
                let seen = thinned(points, most);
                let upper = seen.iter().map(|[x, _, high]| self.at([*x, *high]));
                let lower = seen.iter().rev().map(|[x, low, _]| self.at([*x, *low]));
                let outline = path(upper.chain(lower)) + "Z";
                shapes.push(Element::new("path").with("d", outline).with("fill", LIGHT.tone(*tone)));
            }
            Layer::Line { tone, stroke, points, .. } => {
                let seen: Vec<[f32; 2]> = thinned(points, most).into_iter().map(|point| self.at(point)).collect();
                let line = Element::new("path").with("d", path(seen.iter().copied())).with("fill", "none");
                shapes.push(stroked(line, *stroke, *tone));
                if *stroke == Stroke::Dotted {
                    let dot = |point| dot(point, 2.5).with("fill", LIGHT.tone(*tone));
                    shapes.push(Element::new("g").holding_all(seen.into_iter().map(dot)));
                }
            }
            Layer::Bar { tone, from, to, hatched, .. } => {
                let ([x, y], [other_x, other_y]) = (self.at(*from), self.at(*to));
                let bar =
                    Place { left: x.min(other_x), top: y.min(other_y), right: x.max(other_x), bottom: y.max(other_y) };
                shapes.push(bar_of(bar, *tone, *hatched));
            }
            Layer::Mark { tone, shape, at, .. } => shapes.push(mark(self.at(*at), *shape, *tone)),
            Layer::Rule { x, .. } => {
                let [x, _] = self.at([*x, self.chart.y.from]);
                let rule = line([x, self.frame.top], [x, self.frame.bottom]);
                shapes.push(rule.with("stroke", LIGHT.quiet).with("stroke-dasharray", "3 3"));
            }
            Layer::Words { .. } => {}
        }
    }

    /// Names of rules first, as they have one place only; then all other words, clear of them.
    fn words(&self, picture: &mut Element) {
        let rules: Vec<f32> = self.rules().map(|(x, _)| x).collect();
        let marks = self.chart.layers.iter().filter_map(|layer| match layer {
            Layer::Mark { at, .. } => Some(Place::of_mark(self.at(*at), 1.0)),
            _ => None,
        });
        let mut taken: Vec<Place> = marks.collect();
        for (x, label) in self.rules() {
            self.rule_name(x, label, &rules, &mut taken, picture);
        }
        for layer in &self.chart.layers {
            if let Layer::Words { text: words, at, room, anchor, tone, strong } = layer {
                let setting = Setting { size: BODY, strong: *strong };
                let room = room.map_or(f32::INFINITY, |along| self.at([along, 0.0])[0] - self.at([0.0, 0.0])[0]);
                let lines = setting.wrapped(words, room, 2);
                let widest = lines.iter().map(|line| setting.width(line)).fold(0.0, f32::max);
                let size = [widest, BODY * LINE * lines.len() as f32];
                let placed = place(self.at(*at), *anchor, size, 1.0, self.frame, &rules, &taken);
                taken.push(placed);
                let alignment = match anchor {
                    Anchor::Left => Alignment::End,
                    Anchor::Right => Alignment::Start,
                    Anchor::Above | Anchor::Below | Anchor::Centre => Alignment::Middle,
                };
                for (row, line) in lines.iter().enumerate() {
                    let place = Place { top: placed.top + BODY * LINE * row as f32, ..placed };
                    clear(line, setting, LIGHT.tone(*tone), place, alignment, picture);
                }
            }
        }
    }

    fn rules(&self) -> impl Iterator<Item = (f32, &str)> {
        let rules = self.chart.layers.iter().filter_map(|layer| match layer {
            Layer::Rule { label, x } => Some((self.at([*x, self.chart.y.from])[0], label.as_str())),
            _ => None,
        });
        rules.filter(|(x, _)| (self.frame.left..=self.frame.right).contains(x))
    }

    /// At the rule's top, on as many lines as the room up to the next rule asks for.
    fn rule_name(&self, x: f32, name: &str, rules: &[f32], taken: &mut Vec<Place>, picture: &mut Element) {
        let next = rules.iter().copied().filter(|other| *other > x).fold(self.frame.right, f32::min);
        let setting = Setting::regular(BODY);
        for (at, words) in setting.wrapped(name, (next - x - 10.0).max(60.0), 4).iter().enumerate() {
            let height = BODY * LINE;
            let corner = [x + 5.0, self.frame.top + 1.0 + at as f32 * height];
            let placed = Place::sized(corner, [setting.width(words), height]);
            clear(words, setting, LIGHT.quiet, placed, Alignment::Start, picture);
            taken.push(placed);
        }
    }
}

/// Words over an edge of the ground's shade, so that no line runs through their letters. The edge is a text of its own:
/// programs that don't know `paint-order` would draw it over the letters.
fn clear(words: &str, setting: Setting, shade: Shade, place: Place, alignment: Alignment, picture: &mut Element) {
    let edge = text(words, setting, LIGHT.card, place, alignment)
        .with("stroke", LIGHT.card)
        .with("stroke-width", 3)
        .with("stroke-linejoin", "round")
        .with("aria-hidden", "true");
    picture.push(edge);
    picture.push(text(words, setting, shade, place, alignment));
}

/// A line's stroke as the window draws it.
pub(super) fn stroked(line: Element, stroke: Stroke, tone: Tone) -> Element {
    let (width, dashes) = match stroke {
        Stroke::Strong => (2.5, None),
        Stroke::Dashed => (1.75, Some("6 4")),
        Stroke::Dotted | Stroke::Thin => (1.25, None),
        Stroke::Faint => (1.0, Some("2 5")),
    };
    let line = line.with("stroke", LIGHT.tone(tone)).with("stroke-width", width).with("stroke-linejoin", "round");
    match dashes {
        Some(dashes) => line.with("stroke-dasharray", dashes),
        None => line,
    }
}

/// A bar, solid or hatched.
pub(super) fn bar_of(bar: Place, tone: Tone, hatched: bool) -> Element {
    let inner = Place { left: bar.left + 0.5, top: bar.top + 0.5, right: bar.right - 0.5, bottom: bar.bottom - 0.5 };
    let inner = Place { right: inner.right.max(inner.left), bottom: inner.bottom.max(inner.top), ..inner };
    let bar = rect(inner).with("rx", 1);
    if hatched {
        bar.with("fill", format!("url(#{})", hatching_name(tone))).with("stroke", LIGHT.tone(tone))
    } else {
        bar.with("fill", LIGHT.tone(tone))
    }
}

fn hatching_name(tone: Tone) -> String {
    let letters = format!("hatched-{tone:?}").to_lowercase();
    letters.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

fn hatching(tone: Tone) -> Element {
    Element::new("pattern")
        .with("id", hatching_name(tone))
        .with("width", 5)
        .with("height", 5)
        .with("patternUnits", "userSpaceOnUse")
        .with("patternTransform", "rotate(45)")
        .holding(Element::new("rect").with("width", 5).with("height", 5).with("fill", LIGHT.card))
        .holding(Element::new("rect").with("width", 2).with("height", 5).with("fill", LIGHT.tone(tone)))
}

/// A mark: a cross of lines, or a filled shape with an edge that keeps it apart from what lies under it.
fn mark([x, y]: [f32; 2], shape: Shape, tone: Tone) -> Element {
    let fill = LIGHT.tone(tone);
    let filled = |corners: &[[f32; 2]]| {
        let outline = path(corners.iter().map(|[along, down]| [x + along, y + down])) + "Z";
        Element::new("path").with("d", outline)
    };
    let mark = match shape {
        Shape::Cross => {
            let cross = |arm: f32, shade: Shade, width: f32| {
                let [left, right, top, bottom] = [x - arm, x + arm, y - arm, y + arm].map(Units);
                let lines = format!("M{left} {}H{right}M{} {top}V{bottom}", Units(y), Units(x));
                Element::new("path").with("d", lines).with("stroke", shade).with("stroke-width", Units(width))
            };
            // On a dark band the cross alone could not be seen.
            return Element::new("g").holding(cross(8.5, LIGHT.card, 7.0)).holding(cross(6.5, fill, 3.0));
        }
        Shape::Disc => dot([x, y], 5.5),
        Shape::Up => filled(&[[0.0, -7.5], [7.0, 5.0], [-7.0, 5.0]]),
        Shape::Down => filled(&[[0.0, 7.5], [-7.0, -5.0], [7.0, -5.0]]),
        Shape::Diamond => filled(&[[0.0, -7.0], [7.0, 0.0], [0.0, 7.0], [-7.0, 0.0]]),
    };
    mark.with("fill", fill).with("stroke", LIGHT.card).with("stroke-width", 1.5)
}

fn dot([x, y]: [f32; 2], radius: f32) -> Element {
    Element::new("circle").with("cx", Units(x)).with("cy", Units(y)).with("r", Units(radius))
}

fn rect(place: Place) -> Element {
    Element::new("rect")
        .with("x", Units(place.left))
        .with("y", Units(place.top))
        .with("width", Units(place.width()))
        .with("height", Units(place.height()))
}

pub(super) fn line([from_x, from_y]: [f32; 2], [to_x, to_y]: [f32; 2]) -> Element {
    Element::new("line")
        .with("x1", Units(from_x))
        .with("y1", Units(from_y))
        .with("x2", Units(to_x))
        .with("y2", Units(to_y))
}

fn path(points: impl Iterator<Item = [f32; 2]>) -> String {
    let mut path = String::new();
    for (at, [x, y]) in points.enumerate() {
        path.push_str(if at == 0 { "M" } else { "L" });
        let _ = write!(path, "{} {}", Units(x), Units(y)); // into a String: can't fail
    }
    path
}
