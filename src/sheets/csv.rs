//! Text of values separated by commas, semicolons or tabs, as spreadsheets save it.

use csv::{ReaderBuilder, StringRecord};

use super::{Cell, Fault, Room, Sheet};

/// The one table of a text. What separates its values is what its first line has most of.
pub(super) fn sheet(bytes: &[u8], room: &mut Room) -> Result<Sheet, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Other("is neither a workbook nor text in UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return Err(Fault::Other("is neither a workbook nor text"));
    }
    let first = text.lines().next().unwrap_or_default();
    let often = |separator: &u8| first.matches(char::from(*separator)).count();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(often).unwrap_or(b',');
    let mut reader =
        ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut sheet = Sheet { name: "Table".to_owned(), ..Sheet::default() };
    let mut record = StringRecord::new();
    for row in 0.. {
        if !reader.read_record(&mut record).map_err(Fault::damaged)? {
            break;
        }
        for (column, value) in (0..).zip(&record) {
            if !value.trim().is_empty() {
                room.put(&mut sheet, (row, column), Cell::Text(unguarded(value).to_owned()))?;
            }
        }
    }
    Ok(sheet)
}

/// Without the mark by which text that looks like a formula was kept text.
fn unguarded(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(formula) if formula.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => formula,
        _ => value,
    }
}
