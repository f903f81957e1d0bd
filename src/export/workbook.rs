//! The workbook: what the window shows as sheets, with formulas where there is money, so that a sheet that is changed
//! still adds up, and adds up to what the planner would say.

mod money;
mod plain;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::content::Content;
use super::{ExportError, What};
use crate::chart::shades::{LIGHT, Shade};

/// The row of a sheet's headings, under its title and what it shows, and the first row of its body.
const HEADINGS: u32 = 3;
const BODY: u32 = HEADINGS + 1;
/// The longest text that a cell holds.
const MOST_LETTERS: usize = 32_000;
/// The widest that columns of words grow, in letters.
const WIDEST: f64 = 64.0;
/// Rows that a chart under a sheet's figures covers, with the space before it.
const CHART_ROWS: u32 = 23;
/// The height of a line of text, and the highest that a row may be, in points.
const LINE: f64 = 15.0;
/// See [`LINE`].
const MOST_HEIGHT: f64 = 409.0;
/// A4.
const PAPER: u8 = 9;
/// The most columns that are printed on one page across, however small that makes them.
const MOST_ACROSS: usize = 12;
/// How large a sheet with more columns is printed, in per cent, and how many pixels across a page then holds.
const SCALE: u16 = 70;
/// See [`SCALE`].
const ACROSS: f64 = 1_400.0;
/// How much of a column's width a letter of a sheet's title takes, and of what is said under it.
const TITLE_LETTER: f64 = 1.5;
/// See [`TITLE_LETTER`].
const QUIET_LETTER: f64 = 1.1;

/// The workbook as a file's bytes.
pub(super) fn workbook(content: &Content<'_>) -> Result<Vec<u8>, ExportError> {
    written(content).map_err(|error| ExportError::Fault(format!("the workbook could not be made: {error}")))
}

/// A workbook of one table alone.
pub(super) fn of_one(content: &Content<'_>, what: What) -> Result<Vec<u8>, ExportError> {
    let fault = |error: XlsxError| ExportError::Fault(format!("the workbook could not be made: {error}"));
    let table = content.table_or_why(what)?;
    let (mut workbook, formats) = begun(content).map_err(fault)?;
    let name: String = what.in_words().chars().take(LONGEST_NAME).collect();
    plain::table(workbook.add_worksheet(), &name, content, what, &table, &formats).map_err(fault)?;
    workbook.save_to_buffer().map_err(fault)
}

/// The longest name that a sheet may have, in letters.
const LONGEST_NAME: usize = 31;

fn begun(content: &Content<'_>) -> Result<(Workbook, Formats), XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(content)?);
    Ok((workbook, Formats::new()))
}

fn written(content: &Content<'_>) -> Result<Vec<u8>, XlsxError> {
    let (mut workbook, formats) = begun(content)?;
    money::allocations(workbook.add_worksheet(), content, &formats)?;
    money::balance(workbook.add_worksheet(), content, &formats)?;
    money::commitments(workbook.add_worksheet(), content, &formats)?;
    if let Some(chart) = content.chart(What::Trajectory) {
        plain::trajectory(workbook.add_worksheet(), chart, content, &formats)?;
    }
    let sheets = [
        (What::Schemes, "What each scheme does"),
        (What::Record, "Track record"),
        (What::Measures, "Measures"),
        (What::Delivery, "Project plan"),
        (What::Risks, "Risks"),
        (What::Changes, "High Impact Changes"),
        (What::Dashboard, "Dashboard"),
        (What::Pools, "Pooled budget"),
        (What::Purposes, "Purposes"),
        (What::Impacts, "Impacts"),
        (What::Spending, "Spending"),
        (What::Admissions, "Admissions"),
        (What::Assumptions, "Assumptions"),
        (What::Sources, "Sources"),
        (What::Notes, "Notes"),
        (What::Template, "BCF template"),
    ];
    for (what, name) in sheets.into_iter().filter(|(what, _)| content.has(*what)) {
        if let Some(table) = content.table(what) {
            plain::table(workbook.add_worksheet(), name, content, what, &table, &formats)?;
        }
    }
    workbook.save_to_buffer()
}

/// The same scenario gives the same bytes: the workbook is dated as the plan is.
fn properties(content: &Content<'_>) -> Result<DocProperties, XlsxError> {
    let scenario = content.scenario;
    let dated = scenario.as_of.to_string();
    let day = ExcelDateTime::parse_from_str(&dated).or_else(|_| ExcelDateTime::from_ymd(2017, 4, 1))?;
    let properties = DocProperties::new().set_title(short(&scenario.title)).set_author("iBCF Planner");
    Ok(properties.set_creation_datetime(&day))
}

/// How cells look.
struct Formats {
    title: Format,
    quiet: Format,
    heading: Format,
    heading_right: Format,
    name: Format,
    words: Format,
    whole: Format,
    tenths: Format,
    finer: Format,
    money: Format,
    /// Money, and words, that a reader may change.
    input: Format,
    choice: Format,
    middle: Format,
    total: Format,
    total_name: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = || Format::new().set_align(FormatAlign::Top);
        let money = || plain().set_num_format("£#,##0.00;[Red]-£#,##0.00").set_align(FormatAlign::Right);
        let input = |format: Format| format.set_background_color(Color::RGB(0x00EA_F1FA)).set_unlocked();
        let heading = || {
            let edge = Format::new().set_bold().set_border_bottom(FormatBorder::Medium).set_text_wrap();
            edge.set_border_bottom_color(colour(LIGHT.plan)).set_align(FormatAlign::Bottom)
        };
        let total = |format: Format| format.set_bold().set_border_top(FormatBorder::Thin);
        Self {
            title: plain().set_bold().set_font_size(14).set_text_wrap(),
            quiet: plain().set_font_color(colour(LIGHT.quiet)).set_text_wrap(),
            heading: heading(),
            heading_right: heading().set_align(FormatAlign::Right),
            name: plain(),
            words: plain().set_text_wrap(),
            whole: plain().set_num_format("#,##0").set_align(FormatAlign::Right),
            tenths: plain().set_num_format("#,##0.0").set_align(FormatAlign::Right),
            finer: plain().set_align(FormatAlign::Right),
            money: money(),
            input: input(money()),
            choice: input(plain().set_align(FormatAlign::Center)),
            middle: plain().set_align(FormatAlign::Center),
            total: total(money()),
            total_name: total(plain()),
        }
    }
}

/// Title and what is shown, at the top of a sheet; how wide its columns are, how it is printed, and what stays in sight.
fn furnish(
    sheet: &mut Worksheet,
    name: &str,
    heads: [&str; 3],
    last_row: u32,
    widths: &[f64],
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (at, width) in (0..).zip(widths) {
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(BODY, 1)?;
    sheet.set_print_area(0, 0, last_row.max(BODY), last_of(widths))?;
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_row_height(HEADINGS, 3.0 * LINE)?;
    sheet.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    let mut on_page = widths;
    if is_wide(widths) {
        // Small enough to hold much, large enough to be read; every page across begins with the names of its rows.
        let breaks = breaks(widths);
        sheet.set_print_scale(SCALE).set_vertical_page_breaks(&breaks)?;
        sheet.set_repeat_columns(0, 0)?;
        let first = breaks.first().and_then(|at| usize::try_from(*at).ok());
        on_page = &widths[..first.unwrap_or(widths.len())];
    }
    head(sheet, heads, on_page, formats)?;
    let title: String = heads[0].chars().take(90).collect();
    sheet.set_footer(format!("&L{}&RPage &P of &N", title.replace('&', "&&")));
    Ok(())
}

/// What stands over a sheet's figures, in lines no longer than a page is wide, so that none is cut off in print.
fn head(sheet: &mut Worksheet, heads: [&str; 3], on_page: &[f64], formats: &Formats) -> Result<(), XlsxError> {
    let room: f64 = on_page.iter().sum::<f64>().max(1.0);
    let looks =
        [(&formats.title, TITLE_LETTER, 1.3), (&formats.quiet, QUIET_LETTER, 1.0), (&formats.quiet, QUIET_LETTER, 1.0)];
    for (row, (text, (format, letter, height))) in (0..).zip(heads.into_iter().zip(looks)) {
        let lines = (text.chars().count() as f64 * letter / room).ceil().max(1.0);
        sheet.set_row_height(row, (lines * LINE * height).min(MOST_HEIGHT))?;
        if on_page.len() > 1 && !text.is_empty() {
            sheet.merge_range(row, 0, row, last_of(on_page), &short(text), format)?;
        } else {
            sheet.write_string_with_format(row, 0, short(text), format)?;
        }
    }
    Ok(())
}

/// Whether a sheet has too many columns to be read on one page across.
fn is_wide(widths: &[f64]) -> bool {
    widths.len() > MOST_ACROSS
}

/// The columns with which a wide sheet's pages across begin, after the first.
fn breaks(widths: &[f64]) -> Vec<u32> {
    let pixels = |letters: f64| letters * 7.0 + 5.0;
    let names = widths.first().map_or(0.0, |width| pixels(*width));
    let (mut used, mut breaks) = (names, Vec::new());
    for (at, width) in (1..).zip(widths.iter().skip(1)) {
        if used > names && used + pixels(*width) > ACROSS {
            breaks.push(at);
            used = names;
        }
        used += pixels(*width);
    }
    breaks
}

/// The last column.
fn last_of(widths: &[f64]) -> u16 {
    column(u32::try_from(widths.len().saturating_sub(1)).unwrap_or(u32::MAX))
}

/// Text that a cell can hold, and that stays text whatever it begins with.
fn short(text: &str) -> String {
    text.chars().take(MOST_LETTERS).collect()
}

fn column(at: u32) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// A column's letters: `A`, `AB`.
fn letters(column: u16) -> String {
    rust_xlsxwriter::column_number_to_name(column)
}

fn colour(shade: Shade) -> Color {
    Color::RGB(u32::from_be_bytes([0, shade.0, shade.1, shade.2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_across_hold_no_more_than_can_be_read_and_miss_no_column() {
        let many = [vec![16.0], vec![11.0; 40]].concat();
        let breaks = breaks(&many);
        assert!(breaks.len() > 1, "{breaks:?}");
        let ends = breaks.iter().copied().chain([41]);
        let pages: Vec<(u32, u32)> = [1].into_iter().chain(breaks.iter().copied()).zip(ends).collect();
        for (from, to) in &pages {
            let columns = f64::from(to - from);
            assert!((16.0 * 7.0 + 5.0) + columns * (11.0 * 7.0 + 5.0) <= ACROSS, "{from} to {to}");
        }
        assert_eq!(pages.iter().map(|(from, to)| to - from).sum::<u32>(), 40);
        // What is wider than a page by itself has one of its own, and nothing is no trouble.
        assert_eq!(super::breaks(&[64.0, 400.0, 9.0]), [2]);
        assert!(super::breaks(&[]).is_empty() && super::breaks(&[9.0]).is_empty());
    }
}
