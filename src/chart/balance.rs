//! Balance: each year's allocations, stacked by area, against the money there is.

use rust_decimal::prelude::ToPrimitive;

use super::words::left_or_over;
use super::{Anchor, Axis, Chart, Layer, Reading, Stroke, Table, Tick, Tone, round_ticks};
use crate::ledger::{Ledger, YearLine};
use crate::money::Money;

/// Half the width of a year's bar, in years.
const HALF_BAR: f64 = 0.3;
/// How far the grant line reaches beyond the bar, in years.
const OVERHANG: f64 = 0.08;

/// The balance chart: pounds in millions up, financial years along (the first at 0).
pub fn balance(ledger: &Ledger) -> Chart {
    let mut layers = Vec::new();
    let mut readings = Vec::new();
    let mut highest: f64 = 0.0;
    for (at, year) in ledger.years.iter().enumerate() {
        let x = at as f64;
        let stack = stack(ledger, at, &mut layers);
        let available = millions(year.grant) + millions(year.brought_forward);
        let side = HALF_BAR + OVERHANG;
        layers.push(Layer::Line {
            label: format!("Money there is, {}", year.year),
            tone: Tone::Ink,
            stroke: Stroke::Strong,
            points: vec![[x - side, available], [x + side, available]],
        });
        let top = stack.max(available);
        layers.push(Layer::Words {
            text: left_or_over(year.balance),
            at: [x, top],
            room: Some(1.0),
            anchor: Anchor::Above,
            tone: if year.balance.is_negative() { Tone::Bad } else { Tone::Good },
            strong: true,
        });
        readings.push(reading(ledger, at, year));
        highest = highest.max(top);
    }
    let ticks = round_ticks(highest);
    // Room for two lines of words over the highest bar.
    let top = ticks.last().copied().unwrap_or(1.0).max(highest * 1.24);
    Chart {
        name: "Balance",
        title: title(ledger),
        subtitle: "Allocations and grant, £m".to_owned(),
        x: Axis { from: -0.6, to: ledger.years.len().max(1) as f64 - 0.4, ticks: years_along(ledger), grid: false },
        y: Axis {
            from: 0.0,
            to: top,
            ticks: ticks
                .into_iter()
                .map(|at| Tick { at, label: format!("{}", (at * 100.0).round() / 100.0) })
                .collect(),
            grid: true,
        },
        layers,
        readings,
        table: table(ledger),
    }
}

/// Each area's bar on top of the one before; gives the height reached.
fn stack(ledger: &Ledger, at: usize, layers: &mut Vec<Layer>) -> f64 {
    let x = at as f64;
    ledger.areas.iter().fold(0.0, |bottom, area| {
        let top = bottom + millions(area.allocated[at]);
        if top > bottom {
            layers.push(Layer::Bar {
                label: area.area.to_string(),
                tone: Tone::Area(area.area),
                from: [x - HALF_BAR, bottom],
                to: [x + HALF_BAR, top],
                hatched: false,
            });
        }
        top
    })
}

/// `£676k is left in 2017/18; 2018/19 is £36k over`.
fn title(ledger: &Ledger) -> String {
    let Some(first) = ledger.years.first() else { return "No years to plan".to_owned() };
    if ledger.years.iter().all(|year| year.grant.is_zero() && year.allocated.is_zero()) {
        return "No grant is filled in yet".to_owned();
    }
    let opening = if first.balance.is_negative() {
        format!("{} is {} over", first.year, first.balance.abs().short())
    } else if first.balance.is_zero() {
        format!("Nothing is left in {}", first.year)
    } else {
        format!("{} is left in {}", first.balance.short(), first.year)
    };
    match ledger.years.iter().skip(1).find(|year| year.balance.is_negative()) {
        Some(over) => format!("{opening}; {} is {} over", over.year, over.balance.abs().short()),
        None if first.balance.is_negative() => opening,
        None => format!("{opening}; no later year is over"),
    }
}

fn years_along(ledger: &Ledger) -> Vec<Tick> {
    ledger.years.iter().enumerate().map(|(at, year)| Tick { at: at as f64, label: year.year.to_string() }).collect()
}

fn reading(ledger: &Ledger, at: usize, year: &YearLine) -> Reading {
    let mut lines = vec![("Grant".to_owned(), year.grant.exact())];
    if !year.brought_forward.is_zero() {
        lines.push(("Brought forward".to_owned(), year.brought_forward.exact()));
    }
    lines.extend(ledger.areas.iter().map(|area| (area.area.to_string(), area.allocated[at].exact())));
    lines.push(("Balance".to_owned(), year.balance.exact()));
    let x = at as f64;
    Reading { x: [x - 0.5, x + 0.5], y: None, title: year.year.to_string(), lines }
}

fn table(ledger: &Ledger) -> Table {
    let columns =
        std::iter::once("£".to_owned()).chain(ledger.years.iter().map(|year| year.year.to_string())).collect();
    let row = |name: &str, amount: fn(&YearLine) -> Money| {
        std::iter::once(name.to_owned()).chain(ledger.years.iter().map(|year| amount(year).exact())).collect()
    };
    let mut rows: Vec<Vec<String>> =
        vec![row("Grant", |year| year.grant), row("Brought forward", |year| year.brought_forward)];
    for area in &ledger.areas {
        rows.push(
            std::iter::once(area.area.to_string()).chain(area.allocated.iter().map(|amount| amount.exact())).collect(),
        );
    }
    rows.push(row("Allocated", |year| year.allocated));
    rows.push(row("Balance", |year| year.balance));
    Table { columns, rows }
}

/// Pounds as millions, for drawing only.
pub(super) fn millions(amount: Money) -> f64 {
    amount.decimal().to_f64().unwrap_or(0.0) / 1e6
}
