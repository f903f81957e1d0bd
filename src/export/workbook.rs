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
/// The height of a line of text, in points.
const LINE: f64 = 15.0;
/// A4.
const PAPER: u8 = 9;

/// The workbook as a file's bytes.
pub(super) fn workbook(content: &Content<'_>) -> Result<Vec<u8>, ExportError> {
    written(content).map_err(|error| ExportError::Fault(format!("the workbook could not be made: {error}")))
}

/// A workbook of one table alone.
pub(super) fn of_one(content: &Content<'_>, what: What) -> Result<Vec<u8>, ExportError> {
    let fault = |error: XlsxError| ExportError::Fault(format!("the workbook could not be made: {error}"));
    let table =
        content.table(what).ok_or_else(|| ExportError::Fault(format!("there is no table of {}", what.key())))?;
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
            title: Format::new().set_bold().set_font_size(14),
            quiet: Format::new().set_font_color(colour(LIGHT.quiet)),
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

/// Title and what is shown, at the top of a sheet; how it is printed, and what stays in sight.
fn furnish(
    sheet: &mut Worksheet,
    name: &str,
    [title, about, source]: [&str; 3],
    [last_row, last_column]: [u32; 2],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let last_column = column(last_column);
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, short(title), &formats.title)?;
    sheet.write_string_with_format(1, 0, short(about), &formats.quiet)?;
    sheet.write_string_with_format(2, 0, short(source), &formats.quiet)?;
    sheet.set_freeze_panes(BODY, 1)?;
    sheet.set_print_area(0, 0, last_row.max(BODY), last_column)?;
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    sheet.set_row_height(HEADINGS, 3.0 * LINE)?;
    sheet.set_landscape().set_paper_size(PAPER).set_print_fit_to_pages(1, 0);
    let title: String = title.chars().take(90).collect();
    sheet.set_footer(format!("&L{}&RPage &P of &N", title.replace('&', "&&")));
    Ok(())
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
