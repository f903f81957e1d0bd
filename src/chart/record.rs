//! How good such forecasts have been: months as published, against the bands that stood before they were known.

use super::words::{count, people};
use super::{Anchor, Axis, Chart, Layer, Reading, Shape, Stroke, Table, Tick, Tone, round_ticks};
use crate::forecast::calibration::{Ahead, Backtest, Trial};

const NAME: &str = "How good such forecasts were";
/// Half the width of a month's bar, in months.
const HALF_BAR: f64 = 0.36;

/// The record of forecasts so many months ahead: months along, people delayed up.
pub fn record(backtest: &Backtest, months: usize) -> Chart {
    let Some(ahead) = backtest.ahead.iter().find(|ahead| ahead.months == months && !ahead.trials.is_empty()) else {
        return no_record(&format!("The history is too short to try forecasts {} ahead", in_months(months)));
    };
    let heights = ahead.trials.iter().flat_map(|trial| [trial.high, trial.published]);
    let ticks = round_ticks(heights.fold(1.0, f64::max) * 1.04);
    let top = ticks.last().copied().unwrap_or(1.0);
    let names = ahead.trials.iter().enumerate().map(|(at, trial)| Tick { at: at as f64, label: trial.month.short() });
    Chart {
        name: NAME,
        title: title(ahead),
        subtitle: format!(
            "People delayed. Bars: 8 in 10 runs from what was known {} before; dash: expected; dot: published",
            in_months(months)
        ),
        x: Axis { from: -0.6, to: ahead.trials.len() as f64 - 0.4, ticks: names.collect(), grid: false },
        y: Axis {
            from: 0.0,
            to: top,
            ticks: ticks.into_iter().map(|at| Tick { at, label: count(at) }).collect(),
            grid: true,
        },
        layers: layers(ahead),
        readings: ahead.trials.iter().enumerate().map(|(at, trial)| reading(at as f64, trial)).collect(),
        table: table(ahead),
    }
}

/// A chart that says why there is no record, or not yet.
pub fn no_record(why: &str) -> Chart {
    let empty = || Axis { from: 0.0, to: 1.0, ticks: Vec::new(), grid: false };
    Chart {
        name: NAME,
        title: why.to_owned(),
        subtitle: "Forecasts made inside the history, from every month with twelve before it".to_owned(),
        x: empty(),
        y: empty(),
        layers: Vec::new(),
        readings: Vec::new(),
        table: Table::default(),
    }
}

/// `1 month`, `3 months`.
pub(super) fn in_months(months: usize) -> String {
    if months == 1 { "1 month".to_owned() } else { format!("{months} months") }
}

/// `3 months ahead, 9 of 12 months fell inside the band; …`
fn title(ahead: &Ahead) -> String {
    format!(
        "{} ahead, {} of {} months fell inside the band; forecasts were out by {} on average, simply carrying the last \
         month forward by {}",
        in_months(ahead.months),
        ahead.inside(),
        ahead.trials.len(),
        people(ahead.error()),
        count(ahead.error_of_carrying())
    )
}

fn layers(ahead: &Ahead) -> Vec<Layer> {
    let mut layers = Vec::new();
    for (at, trial) in ahead.trials.iter().enumerate() {
        let (from, to) = (at as f64 - HALF_BAR, at as f64 + HALF_BAR);
        layers.push(Layer::Bar {
            label: "8 in 10 runs".to_owned(),
            tone: Tone::Band(1),
            from: [from, trial.low],
            to: [to, trial.high],
            hatched: false,
        });
        layers.push(Layer::Line {
            label: "Expected".to_owned(),
            tone: Tone::Plan,
            stroke: Stroke::Strong,
            points: vec![[from, trial.expected], [to, trial.expected]],
        });
    }
    layers.push(Layer::Line {
        label: "Published".to_owned(),
        tone: Tone::Ink,
        stroke: Stroke::Dotted,
        points: ahead.trials.iter().enumerate().map(|(at, trial)| [at as f64, trial.published]).collect(),
    });
    for (at, trial) in ahead.trials.iter().enumerate().filter(|(_, trial)| !trial.is_inside()) {
        let point = [at as f64, trial.published];
        let shape = if trial.published > trial.high { Shape::Up } else { Shape::Down };
        layers.push(Layer::Mark { label: "Published, outside".to_owned(), tone: Tone::Bad, shape, at: point });
        layers.push(Layer::Words {
            text: trial.verdict().to_owned(),
            at: point,
            room: None,
            anchor: if trial.published > trial.high { Anchor::Above } else { Anchor::Below },
            tone: Tone::Bad,
            strong: false,
        });
    }
    layers
}

fn reading(at: f64, trial: &Trial) -> Reading {
    let line = |name: &str, value: String| (name.to_owned(), value);
    Reading {
        x: [at - 0.5, at + 0.5],
        y: None,
        title: trial.month.in_words(),
        lines: vec![
            line("Published", format!("{}, {}", people(trial.published), trial.verdict())),
            line("Expected", people(trial.expected)),
            line("8 in 10 runs", format!("{} to {}", count(trial.low), count(trial.high))),
            line("Carried forward", people(trial.carried)),
            line("Known by then", format!("up to {}", trial.known.in_words())),
        ],
    }
}

fn table(ahead: &Ahead) -> Table {
    let columns = ["Month", "Known up to", "Published", "Expected", "8 in 10 from", "to", "Verdict", "Carried forward"];
    let rows = ahead.trials.iter().map(|trial| {
        let figure = |figure: f64| format!("{figure:.1}");
        vec![
            trial.month.in_words(),
            trial.known.in_words(),
            figure(trial.published),
            figure(trial.expected),
            figure(trial.low),
            figure(trial.high),
            trial.verdict().to_owned(),
            figure(trial.carried),
        ]
    });
    Table { columns: columns.map(str::to_owned).into(), rows: rows.collect() }
}
