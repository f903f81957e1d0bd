//! Committed years: each scheme a bar over the years it binds, hatched where no grant stands behind it.

use super::words::left_or_over;
use super::{Anchor, Axis, Chart, Layer, Reading, Table, Tick, Tone};
use crate::ledger::{Ledger, SchemeLine, YearLine};
use crate::money::Money;

/// The most schemes drawn; the table has them all.
const MOST_DRAWN: usize = 14;
/// Half the height of a bar, in rows.
const HALF_BAR: f64 = 0.34;

/// The commitments chart: financial years along (each from its number to the next), schemes downwards.
pub fn commitments(ledger: &Ledger) -> Chart {
    let bound: Vec<&SchemeLine> = ledger.schemes.iter().filter(|scheme| binds(ledger, scheme)).collect();
    let drawn = bound.len().min(MOST_DRAWN);
    let years = ledger.years.len() as f64;
    let mut layers = Vec::new();
    let mut readings = Vec::new();
    for (row, scheme) in bound.iter().take(drawn).enumerate() {
        let y = -(row as f64);
        for (at, year) in ledger.years.iter().enumerate() {
            if is_bound(scheme, at, year) {
                let x = at as f64;
                layers.push(Layer::Bar {
                    label: scheme.name.clone(),
                    tone: Tone::Area(scheme.area),
                    from: [x, y - HALF_BAR],
                    to: [x + 1.0, y + HALF_BAR],
                    hatched: !year.unfunded.is_zero(),
                });
            }
        }
        readings.push(reading(ledger, scheme, y));
    }
    let foot = -(drawn as f64);
    headroom_row(ledger, foot, &mut layers);
    let mut rows: Vec<Tick> = bound
        .iter()
        .take(drawn)
        .enumerate()
        .map(|(row, scheme)| Tick { at: -(row as f64), label: scheme.name.clone() })
        .collect();
    rows.push(Tick { at: foot, label: "Headroom, £m".to_owned() });
    Chart {
        name: "Committed years",
        title: title(ledger),
        subtitle: subtitle(bound.len(), drawn),
        x: Axis {
            from: 0.0,
            to: years.max(1.0),
            ticks: ledger
                .years
                .iter()
                .enumerate()
                .map(|(at, year)| Tick { at: at as f64 + 0.5, label: year.year.to_string() })
                .collect(),
            grid: false,
        },
        y: Axis { from: foot - 0.5, to: 0.5, ticks: rows, grid: false },
        layers,
        readings,
        table: table(ledger, &bound),
    }
}

fn is_bound(scheme: &SchemeLine, at: usize, year: &YearLine) -> bool {
    scheme.committed_years.contains(&year.year) && !scheme.allocated[at].is_zero()
}

fn binds(ledger: &Ledger, scheme: &SchemeLine) -> bool {
    ledger.years.iter().enumerate().any(|(at, year)| is_bound(scheme, at, year))
}

fn headroom_row(ledger: &Ledger, y: f64, layers: &mut Vec<Layer>) {
    for (at, year) in ledger.years.iter().enumerate() {
        layers.push(Layer::Words {
            text: year.headroom.in_millions(),
            at: [at as f64 + 0.5, y],
            room: None,
            anchor: Anchor::Centre,
            tone: if year.headroom.is_negative() { Tone::Bad } else { Tone::Ink },
            strong: true,
        });
    }
}

/// `£4.9m is bound in 2018/19, £36k beyond the money there is` (grant and what was brought forward), of the first unfunded year; otherwise of the last bound year.
fn title(ledger: &Ledger) -> String {
    if let Some(year) = ledger.first_unfunded_year() {
        return format!(
            "{} is bound in {}, {} beyond the money there is",
            year.committed.short(),
            year.year,
            year.unfunded.short()
        );
    }
    match ledger.years.iter().rev().find(|year| !year.committed.is_zero()) {
        Some(year) => format!("Every commitment is covered; {} is bound in {}", year.committed.short(), year.year),
        None => "No money is committed".to_owned(),
    }
}

fn subtitle(bound: usize, drawn: usize) -> String {
    let shown = if bound > drawn { format!(". The first {drawn} of {bound}; all in the table") } else { String::new() };
    format!("Hatched: the year's commitments are not covered{shown}")
}

fn reading(ledger: &Ledger, scheme: &SchemeLine, y: f64) -> Reading {
    let lines = ledger.years.iter().enumerate().map(|(at, year)| {
        let bound = match (is_bound(scheme, at, year), year.unfunded.is_zero()) {
            (true, true) => "committed",
            (true, false) => "committed, year not covered",
            (false, _) => "not committed",
        };
        (year.year.to_string(), format!("{}, {bound}", scheme.allocated[at].exact()))
    });
    Reading {
        x: [f64::NEG_INFINITY, f64::INFINITY],
        y: Some([y - 0.5, y + 0.5]),
        title: scheme.name.clone(),
        lines: lines.collect(),
    }
}

fn table(ledger: &Ledger, bound: &[&SchemeLine]) -> Table {
    let columns = std::iter::once("Committed, £".to_owned())
        .chain(ledger.years.iter().map(|year| year.year.to_string()))
        .collect();
    let committed = |scheme: &SchemeLine, at: usize, year: &YearLine| {
        if is_bound(scheme, at, year) { scheme.allocated[at].exact() } else { "–".to_owned() }
    };
    let mut rows: Vec<Vec<String>> = bound
        .iter()
        .map(|scheme| {
            let years = ledger.years.iter().enumerate().map(|(at, year)| committed(scheme, at, year));
            std::iter::once(scheme.name.clone()).chain(years).collect()
        })
        .collect();
    let row = |name: &str, amount: &dyn Fn(&YearLine) -> String| -> Vec<String> {
        std::iter::once(name.to_owned()).chain(ledger.years.iter().map(amount)).collect()
    };
    let exact = |amount: fn(&YearLine) -> Money| move |year: &YearLine| amount(year).exact();
    rows.push(row("All commitments", &exact(|year| year.committed)));
    rows.push(row("Headroom", &exact(|year| year.headroom)));
    rows.push(row("Unfunded", &exact(|year| year.unfunded)));
    rows.push(row("In words", &|year| left_or_over(year.headroom)));
    Table { columns, rows }
}
