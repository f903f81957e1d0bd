//! Sheets of figures that no formula makes: the trajectory with its bands, and every other table.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLine, ChartLineDashType, ChartType, Worksheet, XlsxError};

use super::{BODY, CHART_ROWS, Formats, HEADINGS, LINE, MOST_HEIGHT, WIDEST, colour, column, furnish, is_wide, short};
use crate::chart::Table;
use crate::chart::shades::{LIGHT, Shade};
use crate::export::content::Content;
use crate::export::tables::{NOTHING, number};
use crate::export::{What, content};
use crate::forecast::chance::Spread;

/// How much of a column's width unit a letter takes, breaks between words included.
const LETTER: f64 = 1.12;

/// What stands before figures that hang on the allocations and that no formula makes.
const AS_EXPORTED: &str = "As exported: does not follow what is changed on the sheet Allocations. ";

/// What is read off a day's or month's spread.
type Percentile = fn(&Spread) -> f32;

/// A table as a sheet of its own.
pub(super) fn table(
    sheet: &mut Worksheet,
    name: &str,
    content: &Content<'_>,
    what: What,
    table: &Table,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let plan = content.scenario.title.as_str();
    let (title, about, source) = match (content.chart(what), content.sheet(what)) {
        (Some(chart), _) => (chart.title.as_str(), chart.subtitle.as_str(), content::source(content.scenario, chart)),
        (None, Some(sheet)) => (sheet.title.as_str(), plan, String::new()),
        (None, None) => (what.in_words(), plan, String::new()),
    };
    let about = if what.follows_the_plan() { format!("{AS_EXPORTED}{about}") } else { about.to_owned() };
    let rows = BODY + u32::try_from(table.rows.len()).unwrap_or(0);
    furnish(sheet, name, [title, &about, &source], rows.saturating_sub(1), &widths(table), formats)?;
    cells(sheet, table, formats)
}

/// How wide each column is, in letters: as its longest cell, within what a page bears.
fn widths(table: &Table) -> Vec<f64> {
    let width = |(at, heading): (usize, &String)| {
        let longest = table.rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
        (longest.max(heading.chars().count().min(14)) as f64 + 2.0).clamp(9.0, WIDEST)
    };
    table.columns.iter().enumerate().map(width).collect()
}

/// Headings and rows: figures as numbers, words as words.
fn cells(sheet: &mut Worksheet, table: &Table, formats: &Formats) -> Result<(), XlsxError> {
    for (at, heading) in (0..).zip(&table.columns) {
        let is_figures = at > 0 && table.rows.iter().any(|row| number(&row[usize::from(at)]).is_some());
        let format = if is_figures { &formats.heading_right } else { &formats.heading };
        sheet.write_string_with_format(HEADINGS, at, short(heading), format)?;
    }
    for (at, row) in (BODY..).zip(&table.rows) {
        // Not every program finds the height of wrapped words by itself.
        let lines = row.iter().map(|cell| (cell.chars().count() as f64 * LETTER / WIDEST).ceil()).fold(1.0, f64::max);
        sheet.set_row_height(at, (lines * LINE).min(MOST_HEIGHT))?;
        for (column, cell) in (0..).zip(row) {
            match number(cell).filter(|_| column > 0).and_then(|number| number.parse::<f64>().ok()) {
                Some(figure) if cell.contains('£') => {
                    sheet.write_number_with_format(at, column, figure, &formats.money)?;
                }
                Some(figure) => {
                    let format = match cell.split_once('.').map_or(0, |(_, decimals)| decimals.len()) {
                        0 => &formats.whole,
                        1 => &formats.tenths,
                        _ => &formats.finer,
                    };
                    sheet.write_number_with_format(at, column, figure, format)?;
                }
                None if column > 0 && cell == NOTHING => {}
                None => {
                    sheet.write_string_with_format(at, column, short(cell), &formats.words)?;
                }
            }
        }
    }
    Ok(())
}

/// People delayed by month, with the bands of chance as figures, and a chart of them.
pub(super) fn trajectory(
    sheet: &mut Worksheet,
    chart: &crate::chart::Chart,
    content: &Content<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let figures = with_bands(content, &chart.table);
    table(sheet, "Trajectory", content, What::Trajectory, &figures, formats)?;
    let Some(last) = u32::try_from(figures.rows.len()).ok().filter(|rows| *rows > 0).map(|rows| BODY + rows - 1) else {
        return Ok(());
    };
    let mut native = Chart::new(ChartType::Line);
    let lines: [(&str, Shade, f64, ChartLineDashType); 8] = [
        ("Published", LIGHT.ink, 1.25, ChartLineDashType::Solid),
        ("This plan", LIGHT.plan, 2.5, ChartLineDashType::Solid),
        ("Do nothing", LIGHT.quiet, 1.75, ChartLineDashType::Dash),
        ("10th percentile", LIGHT.bands[2], 1.25, ChartLineDashType::Solid),
        ("25th percentile", LIGHT.bands[2], 1.25, ChartLineDashType::RoundDot),
        ("75th percentile", LIGHT.bands[2], 1.25, ChartLineDashType::RoundDot),
        ("90th percentile", LIGHT.bands[2], 1.25, ChartLineDashType::Solid),
        ("Outturn", LIGHT.good, 1.25, ChartLineDashType::Solid),
    ];
    for (name, shade, width, dashes) in lines {
        let Some(at) = figures.columns.iter().position(|column| column == name) else { continue };
        let at = column(u32::try_from(at).unwrap_or(0));
        let mut line = ChartLine::new();
        line.set_color(colour(shade)).set_width(width).set_dash_type(dashes);
        native
            .add_series()
            .set_name(("Trajectory", HEADINGS, at))
            .set_categories(("Trajectory", BODY, 0, last, 0))
            .set_values(("Trajectory", BODY, at, last, at))
            .set_format(ChartFormat::new().set_line(&line));
    }
    native.title().set_name(&short(&chart.title));
    native.y_axis().set_name("People delayed").set_min(0.0);
    native.set_alt_text(&chart.title).set_width(1_000).set_height(420);
    let last_column = column(u32::try_from(figures.columns.len().saturating_sub(1)).unwrap_or(0));
    sheet.set_print_area(0, 0, last + 2 + CHART_ROWS, last_column)?;
    // Whatever lies over the column of names would be printed again on every page across.
    sheet.insert_chart(last + 2, u16::from(is_wide(&widths(&figures))), &native)?;
    Ok(())
}

/// The chart's own table, with percentiles as numbers where the plan was run with chance.
fn with_bands(content: &Content<'_>, table: &Table) -> Table {
    let mut table = table.clone();
    let Some(chance) = &content.chance else { return table };
    let percentiles: [(&str, Percentile); 7] = [
        ("5th percentile", |spread| spread.p05),
        ("10th percentile", |spread| spread.p10),
        ("25th percentile", |spread| spread.p25),
        ("50th percentile", |spread| spread.p50),
        ("75th percentile", |spread| spread.p75),
        ("90th percentile", |spread| spread.p90),
        ("95th percentile", |spread| spread.p95),
    ];
    // Months published before the plan have none.
    let before = table.rows.len().saturating_sub(chance.months.len());
    for (name, percentile) in percentiles {
        table.columns.push(name.to_owned());
        for (at, row) in table.rows.iter_mut().enumerate() {
            let spread = at.checked_sub(before).and_then(|month| chance.months.get(month));
            row.push(spread.map_or_else(|| NOTHING.to_owned(), |spread| format!("{:.1}", percentile(spread))));
        }
    }
    table
}
