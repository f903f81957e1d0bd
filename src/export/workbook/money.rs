//! Sheets with formulas: allocations, which a reader may change, and what follows from them as the ledger has it.
//! Every formula carries the ledger's own figure as its result, and every sum is rounded to the penny, which it is.

use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFormat, ChartLine, ChartSolidFill, ChartType, DataValidation, Formula,
    Worksheet, XlsxError,
};

use super::{BODY, CHART_ROWS, Formats, HEADINGS, colour, column, furnish, is_wide, letters, short};
use crate::chart::Tone;
use crate::chart::shades::LIGHT;
use crate::export::What;
use crate::export::content::Content;
use crate::ledger::{Ledger, YearLine};
use crate::money::Money;
use crate::scenario::Area;

/// Schemes that one printed page holds beside their chart.
const MOST_ON_A_PAGE: usize = 40;

/// The column of the first year: on the sheet of allocations, and on the others.
const FIRST_YEAR: u16 = 2;
const AFTER_NAME: u16 = 1;

/// Rows of the balance, from the first of its body.
const GRANT: u32 = BODY;
const BROUGHT_FORWARD: u32 = BODY + 1;
const AVAILABLE: u32 = BODY + 2;
const FIRST_AREA: u32 = BODY + 3;
const ALLOCATED: u32 = FIRST_AREA + 4;
const BALANCE: u32 = ALLOCATED + 1;
const COMMITTED: u32 = ALLOCATED + 2;
const HEADROOM: u32 = ALLOCATED + 3;
const UNFUNDED: u32 = ALLOCATED + 4;
const CARRIES_FORWARD: u32 = UNFUNDED + 2;
const FIRST_UNFUNDED: u32 = UNFUNDED + 3;

/// Where the rows and columns of allocations lie.
struct Grid {
    years: u16,
    /// The last row with a scheme; a plan without any has an empty one.
    last: u32,
}

impl Grid {
    fn of(ledger: &Ledger) -> Self {
        let schemes = u32::try_from(ledger.schemes.len()).unwrap_or(u32::MAX).max(1);
        Self { years: column(u32::try_from(ledger.years.len()).unwrap_or(0)), last: BODY + schemes - 1 }
    }

    /// A year's money, and whether it is committed, for formulas on other sheets.
    fn money(&self, year: u16) -> String {
        self.range(FIRST_YEAR + year)
    }

    fn committed(&self, year: u16) -> String {
        self.range(FIRST_YEAR + self.years + year)
    }

    fn range(&self, column: u16) -> String {
        let column = letters(column);
        format!("Allocations!${column}${}:${column}${}", BODY + 1, self.last + 1)
    }
}

/// Every scheme's money and whether it is committed, by year: what a reader may change.
pub(super) fn allocations(sheet: &mut Worksheet, content: &Content<'_>, formats: &Formats) -> Result<(), XlsxError> {
    let (scenario, ledger) = (content.scenario, &content.ledger);
    let grid = Grid::of(ledger);
    let basis = FIRST_YEAR + 2 * grid.years;
    let about = "Shaded cells may be changed; the balance and the commitments follow";
    let widths = [vec![38.0, 20.0], vec![16.0; 2 * ledger.years.len()], vec![14.0]].concat();
    furnish(sheet, "Allocations", [&scenario.title, about, ""], grid.last + 1, &widths, formats)?;
    sheet.set_freeze_panes(BODY, FIRST_YEAR)?;
    sheet.write_string_with_format(HEADINGS, 0, "Scheme", &formats.heading)?;
    sheet.write_string_with_format(HEADINGS, 1, "Area", &formats.heading)?;
    for (at, year) in (0..).zip(&ledger.years) {
        let year = year.year.to_string();
        sheet.write_string_with_format(HEADINGS, FIRST_YEAR + at, &year, &formats.heading_right)?;
        let committed = format!("Committed {year}");
        sheet.write_string_with_format(HEADINGS, FIRST_YEAR + grid.years + at, committed, &formats.heading)?;
    }
    sheet.write_string_with_format(HEADINGS, basis, "Basis", &formats.heading)?;
    for (row, (line, scheme)) in (BODY..).zip(ledger.schemes.iter().zip(&scenario.schemes)) {
        sheet.write_string_with_format(row, 0, short(&line.name), &formats.name)?;
        sheet.write_string_with_format(row, 1, line.area.to_string(), &formats.name)?;
        for (at, (amount, year)) in (0..).zip(line.allocated.iter().zip(&ledger.years)) {
            sheet.write_number_with_format(row, FIRST_YEAR + at, pounds(*amount), &formats.input)?;
            let committed = if line.committed_years.contains(&year.year) { "yes" } else { "no" };
            sheet.write_string_with_format(row, FIRST_YEAR + grid.years + at, committed, &formats.choice)?;
        }
        sheet.write_string_with_format(row, basis, scheme.commitment.basis.in_words(), &formats.name)?;
    }
    if grid.years > 0 {
        let choice = DataValidation::new().allow_list_strings(&["yes", "no"])?;
        sheet.add_data_validation(BODY, FIRST_YEAR + grid.years, grid.last, basis - 1, &choice)?;
    }
    sheet.write_string_with_format(grid.last + 1, 0, "All schemes", &formats.total_name)?;
    sheet.write_blank(grid.last + 1, 1, &formats.total_name)?;
    for (at, year) in (0..).zip(&ledger.years) {
        let sum = format!("=ROUND(SUM({}),2)", grid.money(at));
        let sum = Formula::new(sum).set_result(year.allocated.to_json());
        sheet.write_formula_with_format(grid.last + 1, FIRST_YEAR + at, sum, &formats.total)?;
    }
    Ok(())
}

/// A chart's finding, which stays what it was while the figures under it follow the allocations.
fn as_exported(content: &Content<'_>, what: What, name: &str) -> String {
    content.chart(what).map_or_else(|| name.to_owned(), |chart| format!("As exported: {}", chart.title))
}

/// Grant, what was brought forward, areas, and what is left: all of it following from the sheet of allocations.
pub(super) fn balance(sheet: &mut Worksheet, content: &Content<'_>, formats: &Formats) -> Result<(), XlsxError> {
    let ledger = &content.ledger;
    let grid = Grid::of(ledger);
    let about = "Follows from the sheet Allocations; the grant may be changed too";
    let title = &as_exported(content, What::Balance, "Balance");
    furnish(sheet, "Balance", [title, about, ""], FIRST_UNFUNDED + CHART_ROWS, &by_year(ledger), formats)?;
    year_headings(sheet, "£", ledger, formats)?;
    let names = [
        (GRANT, "Grant"),
        (BROUGHT_FORWARD, "Brought forward"),
        (AVAILABLE, "Money there is"),
        (COMMITTED, "Committed"),
        (HEADROOM, "Headroom"),
        (UNFUNDED, "Unfunded"),
        (CARRIES_FORWARD, "What is left carries forward"),
        (FIRST_UNFUNDED, "First unfunded year"),
    ];
    for (row, name) in names {
        sheet.write_string_with_format(row, 0, name, &formats.name)?;
    }
    for (row, name) in [(ALLOCATED, "Allocated"), (BALANCE, "Balance")] {
        sheet.write_string_with_format(row, 0, name, &formats.total_name)?;
    }
    for (row, area) in (FIRST_AREA..).zip(Area::ALL) {
        sheet.write_string_with_format(row, 0, area.to_string(), &formats.name)?;
    }
    let carries = if content.scenario.fund.carries_forward.value { "yes" } else { "no" };
    sheet.write_string_with_format(CARRIES_FORWARD, AFTER_NAME, carries, &formats.choice)?;
    let choice = DataValidation::new().allow_list_strings(&["yes", "no"])?;
    sheet.add_data_validation(CARRIES_FORWARD, AFTER_NAME, CARRIES_FORWARD, AFTER_NAME, &choice)?;
    for (at, year) in (0..).zip(&ledger.years) {
        balance_of(sheet, ledger, &grid, at, year, formats)?;
    }
    first_unfunded(sheet, ledger, &grid, formats)?;
    if grid.years > 0 {
        let is_wide = is_wide(&by_year(ledger));
        if !is_wide {
            sheet.set_print_fit_to_pages(1, 1);
        }
        sheet.insert_chart(FIRST_UNFUNDED + 2, u16::from(is_wide), &balance_chart(title, &grid))?;
    }
    Ok(())
}

/// One year's column.
fn balance_of(
    sheet: &mut Worksheet,
    ledger: &Ledger,
    grid: &Grid,
    at: u16,
    year: &YearLine,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let own = AFTER_NAME + at;
    let cell = |row: u32| format!("{}{}", letters(own), row + 1);
    let (money, committed) = (grid.money(at), grid.committed(at));
    let brought = if at == 0 {
        "=0".to_owned()
    } else {
        let before = format!("{}{}", letters(own - 1), BALANCE + 1);
        format!("=IF(${}${}=\"yes\",MAX(0,{before}),0)", letters(AFTER_NAME), CARRIES_FORWARD + 1)
    };
    let available = year.grant.plus(year.brought_forward).unwrap_or(year.grant);
    sheet.write_number_with_format(GRANT, own, pounds(year.grant), &formats.input)?;
    let mut put = |row: u32, formula: String, result: Money, is_total: bool| {
        let format = if is_total { &formats.total } else { &formats.money };
        let formula = Formula::new(formula).set_result(result.to_json());
        sheet.write_formula_with_format(row, own, formula, format).map(|_| ())
    };
    put(BROUGHT_FORWARD, brought, year.brought_forward, false)?;
    put(AVAILABLE, format!("=ROUND({}+{},2)", cell(GRANT), cell(BROUGHT_FORWARD)), available, false)?;
    for (row, area) in (FIRST_AREA..).zip(&ledger.areas) {
        let sum = format!("=ROUND(SUMIFS({money},{},$A{}),2)", grid.range(1), row + 1);
        put(row, sum, area.allocated[usize::from(at)], false)?;
    }
    put(ALLOCATED, format!("=ROUND(SUM({money}),2)"), year.allocated, true)?;
    put(BALANCE, format!("=ROUND({}-{},2)", cell(AVAILABLE), cell(ALLOCATED)), year.balance, true)?;
    put(COMMITTED, format!("=ROUND(SUMIFS({money},{committed},\"yes\"),2)"), year.committed, false)?;
    put(HEADROOM, format!("=ROUND({}-{},2)", cell(AVAILABLE), cell(COMMITTED)), year.headroom, false)?;
    put(UNFUNDED, format!("=MAX(0,-{})", cell(HEADROOM)), year.unfunded, false)
}

fn first_unfunded(sheet: &mut Worksheet, ledger: &Ledger, grid: &Grid, formats: &Formats) -> Result<(), XlsxError> {
    if grid.years == 0 {
        return Ok(());
    }
    let (from, to) = (letters(AFTER_NAME), letters(AFTER_NAME + grid.years - 1));
    let row = |row: u32| format!("{from}{0}:{to}{0}", row + 1);
    let unfunded = row(UNFUNDED);
    let first = format!("=IFERROR(INDEX({},MATCH(TRUE,INDEX({unfunded}>0,0),0)),\"none\")", row(HEADINGS));
    let result = ledger.first_unfunded_year().map_or_else(|| "none".to_owned(), |year| year.year.to_string());
    sheet.write_formula_with_format(
        FIRST_UNFUNDED,
        AFTER_NAME,
        Formula::new(first).set_result(result),
        &formats.middle,
    )?;
    Ok(())
}

/// Areas stacked by year against the money there is, as the window draws it.
fn balance_chart(title: &str, grid: &Grid) -> Chart {
    let last = AFTER_NAME + grid.years - 1;
    let mut bars = Chart::new(ChartType::ColumnStacked);
    for (row, area) in (FIRST_AREA..).zip(Area::ALL) {
        let mut fill = ChartSolidFill::new();
        fill.set_color(colour(LIGHT.tone(Tone::Area(area))));
        bars.add_series()
            .set_name(("Balance", row, 0))
            .set_categories(("Balance", HEADINGS, AFTER_NAME, HEADINGS, last))
            .set_values(("Balance", row, AFTER_NAME, row, last))
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    let mut line = ChartLine::new();
    line.set_color(colour(LIGHT.ink)).set_width(2.5);
    let mut there_is = Chart::new(ChartType::Line);
    there_is
        .add_series()
        .set_name(("Balance", AVAILABLE, 0))
        .set_categories(("Balance", HEADINGS, AFTER_NAME, HEADINGS, last))
        .set_values(("Balance", AVAILABLE, AFTER_NAME, AVAILABLE, last))
        .set_format(ChartFormat::new().set_line(&line));
    bars.combine(&there_is);
    finish(&mut bars, title);
    bars
}

fn finish(chart: &mut Chart, title: &str) {
    chart.title().set_name(&short(title));
    // Below bars that go below nothing.
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    chart.y_axis().set_num_format("£#,##0.0,,\"m\"");
    chart.set_alt_text(short(title)).set_width(640).set_height(380);
}

/// A line of the commitments: its name, the row of the balance that it repeats, and the ledger's figure.
type Line = (&'static str, u32, fn(&YearLine) -> Money);

/// What is bound in which year, and what can still be decided.
pub(super) fn commitments(sheet: &mut Worksheet, content: &Content<'_>, formats: &Formats) -> Result<(), XlsxError> {
    let ledger = &content.ledger;
    let grid = Grid::of(ledger);
    let title = &as_exported(content, What::Commitments, "Committed years");
    let about = "Follows from the sheet Allocations";
    furnish(sheet, "Commitments", [title, about, ""], grid.last + 3 + CHART_ROWS, &by_year(ledger), formats)?;
    year_headings(sheet, "Committed, £", ledger, formats)?;
    for (row, line) in (BODY..).zip(&ledger.schemes) {
        sheet.write_string_with_format(row, 0, short(&line.name), &formats.name)?;
        for (at, (amount, year)) in (0..).zip(line.allocated.iter().zip(&ledger.years)) {
            let cell = |column: u16| format!("Allocations!{}{}", letters(column), row + 1);
            let (money, committed) = (cell(FIRST_YEAR + at), cell(FIRST_YEAR + grid.years + at));
            let bound = if line.committed_years.contains(&year.year) { *amount } else { Money::ZERO };
            let formula = Formula::new(format!("=IF({committed}=\"yes\",{money},0)")).set_result(bound.to_json());
            sheet.write_formula_with_format(row, AFTER_NAME + at, formula, &formats.money)?;
        }
    }
    let lines: [Line; 3] = [
        ("All commitments", COMMITTED, |year| year.committed),
        ("Headroom", HEADROOM, |year| year.headroom),
        ("Unfunded", UNFUNDED, |year| year.unfunded),
    ];
    for (row, (name, of, amount)) in (grid.last + 1..).zip(lines) {
        sheet.write_string_with_format(row, 0, name, &formats.total_name)?;
        for (at, year) in (0..).zip(&ledger.years) {
            let own = AFTER_NAME + at;
            let formula =
                Formula::new(format!("=Balance!{}{}", letters(own), of + 1)).set_result(amount(year).to_json());
            sheet.write_formula_with_format(row, own, formula, &formats.total)?;
        }
    }
    if grid.years > 0 {
        let is_wide = is_wide(&by_year(ledger));
        if ledger.schemes.len() <= MOST_ON_A_PAGE && !is_wide {
            sheet.set_print_fit_to_pages(1, 1);
        }
        sheet.insert_chart(grid.last + 5, u16::from(is_wide), &commitments_chart(title, &grid))?;
    }
    Ok(())
}

/// Commitments and headroom by year.
fn commitments_chart(title: &str, grid: &Grid) -> Chart {
    let last = AFTER_NAME + grid.years - 1;
    let mut bars = Chart::new(ChartType::Column);
    for (row, shade) in [(grid.last + 1, LIGHT.plan), (grid.last + 2, LIGHT.bands[2])] {
        let mut fill = ChartSolidFill::new();
        fill.set_color(colour(shade));
        bars.add_series()
            .set_name(("Commitments", row, 0))
            .set_categories(("Commitments", HEADINGS, AFTER_NAME, HEADINGS, last))
            .set_values(("Commitments", row, AFTER_NAME, row, last))
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    finish(&mut bars, title);
    bars
}

/// How wide the names and each year's column are, in letters.
fn by_year(ledger: &Ledger) -> Vec<f64> {
    [vec![38.0], vec![18.0; ledger.years.len()]].concat()
}

/// A heading for the names, and one for each year.
fn year_headings(sheet: &mut Worksheet, first: &str, ledger: &Ledger, formats: &Formats) -> Result<(), XlsxError> {
    sheet.write_string_with_format(HEADINGS, 0, first, &formats.heading)?;
    for (at, year) in (0..).zip(&ledger.years) {
        sheet.write_string_with_format(HEADINGS, AFTER_NAME + at, year.year.to_string(), &formats.heading_right)?;
    }
    Ok(())
}

/// Exact: every sum that money may be has fewer figures than a cell holds.
fn pounds(amount: Money) -> f64 {
    amount.decimal().to_f64().unwrap_or(0.0)
}
