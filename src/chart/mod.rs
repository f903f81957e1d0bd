//! What a picture says, without a screen: lines, bands, bars, marks, words, the sentence it proves, and its table.
//!
//! Charts are data. The window draws a [`Chart`] without knowing what it is about; paper does the same. Coordinates
//! are in the axes' own units, and colours are meanings ([`Tone`]), so that one chart serves light, dark and print.

mod balance;
mod commitments;
mod comparison;
pub mod context;
pub mod ghost;
mod headline;
mod outturn;
pub mod placing;
mod record;
pub mod shades;
mod trajectory;
mod waterfall;
mod words;

#[cfg(test)]
mod tests;

pub use balance::balance;
pub use commitments::commitments;
pub use comparison::Compared;
pub use headline::{Cause, State, Tile, headline};
pub(crate) use headline::{days_avoided, met_state, next_targets, this_year};
pub use outturn::{months_inside, outturn_in_words};
pub use record::{no_record, record};
pub use trajectory::{Split, trajectory};
pub use waterfall::{Over, schemes};
pub use words::{count, left_or_over, people, percent};

use crate::scenario::Area;

/// A picture's whole content.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it is of, for menus and file names: `Balance`.
    pub name: &'static str,
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, in which unit, and whose figures they are.
    pub subtitle: String,
    /// Along.
    pub x: Axis,
    /// Up.
    pub y: Axis,
    /// What is drawn, from the back to the front.
    pub layers: Vec<Layer>,
    /// What the pointer reads where; the first that holds the point counts.
    pub readings: Vec<Reading>,
    /// The same figures as a table.
    pub table: Table,
}

/// One direction of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The value at the left or bottom edge.
    pub from: f64,
    /// The value at the right or top edge.
    pub to: f64,
    /// Values that have a label, in order.
    pub ticks: Vec<Tick>,
    /// Whether a faint line runs through each tick.
    pub grid: bool,
}

/// A labelled value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// What it says.
    pub label: String,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// A filled band: x, lower and upper value.
    Band {
        /// What it is.
        label: String,
        /// Its colour's meaning.
        tone: Tone,
        /// From left to right.
        points: Vec<[f64; 3]>,
    },
    /// A line.
    Line {
        /// What it is.
        label: String,
        /// Its colour's meaning.
        tone: Tone,
        /// How it is drawn.
        stroke: Stroke,
        /// From left to right.
        points: Vec<[f64; 2]>,
    },
    /// A rectangle from `from` to `to`, hatched where nothing stands behind it.
    Bar {
        /// What it is.
        label: String,
        /// Its colour's meaning.
        tone: Tone,
        /// One corner.
        from: [f64; 2],
        /// The corner across.
        to: [f64; 2],
        /// Hatched rather than solid.
        hatched: bool,
    },
    /// A mark at a point.
    Mark {
        /// What it is.
        label: String,
        /// Its colour's meaning.
        tone: Tone,
        /// Its own meaning, for those who see no colours.
        shape: Shape,
        /// Where.
        at: [f64; 2],
    },
    /// A vertical dashed line over the whole height.
    Rule {
        /// What it marks, written at its top.
        label: String,
        /// Where.
        x: f64,
    },
    /// Words beside what they are about.
    Words {
        /// What they say.
        text: String,
        /// The point they stand at.
        at: [f64; 2],
        /// How far they may reach along before they go on in a second line; none: as far as they like.
        room: Option<f64>,
        /// Where they stand about the point.
        anchor: Anchor,
        /// Their colour's meaning.
        tone: Tone,
        /// Bold.
        strong: bool,
    },
}

/// The shape of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Something agreed.
    Cross,
    /// Something that came, within what was expected.
    Disc,
    /// Something that came, above it.
    Up,
    /// Something that came, below it.
    Down,
    /// Something that came, where nothing says what was expected.
    Diamond,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// The line that the chart is about.
    Strong,
    /// What would happen otherwise.
    Dashed,
    /// Single values, joined.
    Dotted,
    /// A level to bear in mind.
    Faint,
    /// What stood there before.
    Thin,
}

/// Where words stand about their point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// To its left.
    Left,
    /// To its right.
    Right,
    /// Over it.
    Above,
    /// Under it.
    Below,
    /// Upon it.
    Centre,
}

/// What a colour means. The theme gives each its shade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// One of the four areas.
    Area(Area),
    /// Text and figures that matter.
    Ink,
    /// Text and lines that stand back.
    Quiet,
    /// The plan's own line.
    Plan,
    /// As it should be.
    Good,
    /// Look at this.
    Warning,
    /// Not met, or not paid for.
    Bad,
    /// The nth of several parts that have no colour of their own.
    Part(usize),
    /// The nth band of where chance may lead, the widest first.
    Band(usize),
}

/// What the pointer reads over a part of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// From and to along.
    pub x: [f64; 2],
    /// From and to up; none: the whole height.
    pub y: Option<[f64; 2]>,
    /// What it is: `November 2017`.
    pub title: String,
    /// What it says, line by line: name and value.
    pub lines: Vec<(String, String)>,
}

/// Rows of figures with headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// One heading for each column; the first column names the row.
    pub columns: Vec<String>,
    /// Each as long as the headings.
    pub rows: Vec<Vec<String>>,
}

impl Chart {
    /// What the pointer reads at a point.
    pub fn read(&self, at: [f64; 2]) -> Option<&Reading> {
        let within = |range: [f64; 2], value: f64| range[0] <= value && value <= range[1];
        self.readings.iter().find(|reading| within(reading.x, at[0]) && reading.y.is_none_or(|y| within(y, at[1])))
    }
}

/// Evenly spaced round values from zero up to at least `most`, four to seven of them.
fn round_ticks(most: f64) -> Vec<f64> {
    let most = if most.is_finite() && most > 0.0 { most } else { 1.0 };
    let exponent = (most / 5.0).log10().floor();
    // Divide by a whole power of ten: 3 × 0.2 is 0.6000000000000001, and its label would say so.
    let scaled =
        |whole: f64| if exponent < 0.0 { whole / 10_f64.powf(-exponent) } else { whole * 10_f64.powf(exponent) };
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| most / scaled(*step) <= 6.0).unwrap_or(10.0);
    let mut ticks = vec![0.0];
    while ticks.last().is_some_and(|last| *last < most) {
        ticks.push(scaled(ticks.len() as f64 * step));
    }
    ticks
}

/// As many of the points as can be seen, the last always among them.
pub(crate) fn thinned<T: Copy>(points: &[T], most: f64) -> Vec<T> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive count")]
    let step = (points.len() as f64 / most.max(1.0)).ceil().max(1.0) as usize;
    let mut seen: Vec<T> = points.iter().step_by(step).copied().collect();
    if step > 1
        && !(points.len() - 1).is_multiple_of(step)
        && let Some(last) = points.last()
    {
        seen.push(*last);
    }
    seen
}
