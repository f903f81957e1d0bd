//! Tables as text for spreadsheets, and the tables that no chart has.

use super::ExportError;
use crate::calendar::FinancialYear;
use crate::chart::Table;
use crate::ledger::Ledger;
use crate::money::Money;
use crate::scenario::{NoteKind, Scenario};

/// So that a spreadsheet takes the letters for what they are: without it, pound signs come out wrong.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table as comma-separated values. Figures are plain numbers, and text stays text.
pub(super) fn csv(table: &Table) -> Result<Vec<u8>, ExportError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    let written = std::iter::once(&table.columns).chain(&table.rows).try_for_each(|row| {
        writer.write_record(row.iter().enumerate().map(|(at, cell)| match number(cell) {
            Some(number) if at > 0 => number,
            _ if at > 0 && cell == NOTHING => String::new(),
            _ => guarded(cell),
        }))
    });
    let fault = |error: String| ExportError::Fault(format!("the table could not be made: {error}"));
    written.map_err(|error| fault(error.to_string()))?;
    writer.into_inner().map_err(|error| fault(error.to_string()))
}

/// How a table says that there is no figure.
pub(super) const NOTHING: &str = "–";

/// Text that a spreadsheet would take for a formula, marked as text.
fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// The plain number that a cell shows, if it shows one: `−£36,057.43` is `-36057.43`.
pub(super) fn number(cell: &str) -> Option<String> {
    let (minus, digits) = match cell.strip_prefix(['−', '-']) {
        Some(digits) => ("-", digits),
        None => ("", cell),
    };
    let digits = digits.strip_prefix('£').unwrap_or(digits);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let is_figure = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped_well = groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    // Figures don't begin with a nought before other digits; names such as 007 do.
    let is_name = groups[0].len() > 1 && groups[0].starts_with('0');
    if is_name || !grouped_well || !groups.iter().all(|group| is_figure(group)) || !fraction.is_none_or(is_figure) {
        return None;
    }
    let fraction = fraction.map_or_else(String::new, |fraction| format!(".{fraction}"));
    Some(format!("{minus}{}{fraction}", groups.concat()))
}

/// Every scheme's money by year, and how long it is bound.
pub(super) fn allocations(scenario: &Scenario, ledger: &Ledger) -> Table {
    let years = ledger.years.iter().map(|line| line.year.to_string());
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let columns = texts(&["Scheme, £", "Area"]).into_iter().chain(years).chain(texts(&["Committed in", "Basis"]));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (line, scheme) in ledger.schemes.iter().zip(&scenario.schemes) {
        let committed: Vec<String> = line.committed_years.iter().map(FinancialYear::to_string).collect();
        let amounts = line.allocated.iter().map(|amount| amount.exact());
        let row = [line.name.clone(), line.area.to_string()].into_iter().chain(amounts);
        rows.push(row.chain([committed.join(", "), scheme.commitment.basis.in_words().to_owned()]).collect());
    }
    let total = |name: &str, amount: fn(&crate::ledger::YearLine) -> Money| {
        let amounts = ledger.years.iter().map(|year| amount(year).exact());
        [name.to_owned(), String::new()].into_iter().chain(amounts).chain([String::new(), String::new()]).collect()
    };
    rows.push(total("Allocated", |year| year.allocated));
    rows.push(total("Grant", |year| year.grant));
    rows.push(total("Brought forward", |year| year.brought_forward));
    rows.push(total("Balance", |year| year.balance));
    rows.push(total("Headroom", |year| year.headroom));
    rows.push(total("Unfunded", |year| year.unfunded));
    Table { columns: columns.collect(), rows }
}

/// The papers that figures cite.
pub(super) fn sources(scenario: &Scenario) -> Table {
    let rows = scenario.papers.iter().map(|paper| {
        let licence = paper.licence.clone().unwrap_or_default();
        vec![paper.title.clone(), paper.short.clone(), paper.date.in_words(), licence]
    });
    let columns = ["Paper", "Cited as", "Published", "Licence"].map(str::to_owned);
    Table { columns: columns.into(), rows: rows.collect() }
}

/// What a reader should know: where the papers contradict themselves, what was learnt later, remarks.
pub(super) fn notes(scenario: &Scenario) -> Table {
    let rows = scenario.notes.iter().map(|note| {
        let kind = match note.kind {
            NoteKind::Contradiction => "Contradiction",
            NoteKind::Hindsight => "Learnt later",
            NoteKind::Remark => "Remark",
        };
        let scheme = note.scheme.as_ref().and_then(|id| scenario.scheme(id)).map(|(_, scheme)| scheme.name.clone());
        vec![kind.to_owned(), note.text.clone(), scenario.source_in_words(&note.source), scheme.unwrap_or_default()]
    });
    let columns = ["Kind", "Note", "Source", "Scheme"].map(str::to_owned);
    Table { columns: columns.into(), rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_looks_like_a_formula_stays_text_and_negative_numbers_stay_numbers() {
        let row = ["=1+1", "−£36,057.43", "-5", "+44 20", "@sum", "\tx", "–", "78 to 121", "1,200", "12,00"];
        let table = Table { columns: row.map(|_| "-".to_owned()).into(), rows: vec![row.map(str::to_owned).into()] };
        let bytes = csv(&table).expect("written");
        let mut reader = csv::Reader::from_reader(&bytes[BYTE_ORDER_MARK.len()..]);
        let record = reader.records().next().expect("a row").expect("read");
        let cells: Vec<&str> = record.iter().collect();
        assert_eq!(cells, ["'=1+1", "-36057.43", "-5", "'+44 20", "'@sum", "'\tx", "", "78 to 121", "1200", "12,00"]);
    }

    #[test]
    fn only_what_shows_a_number_is_one() {
        for (cell, shown) in [("£0", "0"), ("0.5", "0.5"), ("−1,204", "-1204"), ("£1,200,000.05", "1200000.05")] {
            assert_eq!(number(cell).as_deref(), Some(shown));
        }
        for cell in ["", "£", "–", "-", "2017/18", "1,2", "1e5", "5%", "1.", ".5", "£1.2m", "½", "1 204"] {
            assert_eq!(number(cell), None, "{cell}");
        }
    }
}
