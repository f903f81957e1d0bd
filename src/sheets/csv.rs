//! Text of values separated by commas, semicolons or tabs, as spreadsheets save it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{Reader, ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, WINDOWS_1252};

use super::{Cell, Fault, Room, Sheet};

/// The one table of a text, in UTF-8, UTF-16 with its mark, or Windows' own letters. What separates its values is what
/// makes most of a table of it.
pub(super) fn sheet(bytes: &[u8], room: &mut Room) -> Result<Sheet, Fault> {
    let text = decoded(bytes)?;
    let separator = SEPARATORS.into_iter().max_by_key(|separator| size_of_table(&text, *separator)).unwrap_or(b',');
    let mut reader = reader(&text, separator);
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

/// Where two make as much of a table, the last.
const SEPARATORS: [u8; 3] = [b'\t', b';', b','];
/// Rows by which the separator is told.
const TELLING_ROWS: usize = 200;
/// Bytes that stand for nothing in Windows' letters.
const NO_LETTERS: [u8; 5] = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/// The letters that the bytes stand for.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let refused = || Fault::Other("is neither a workbook nor text");
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
            text.ok_or_else(refused)?
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) if bytes.iter().any(|byte| NO_LETTERS.contains(byte)) => return Err(refused()),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    };
    if text.contains('\0') { Err(refused()) } else { Ok(text) }
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// How many cells the rows have that are as wide as most are, if that is more than one cell.
fn size_of_table(text: &str, separator: u8) -> usize {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for record in reader(text, separator).into_records().take(TELLING_ROWS).flatten() {
        *widths.entry(record.len()).or_default() += 1;
    }
    let sizes = widths.into_iter().filter(|(width, _)| *width > 1).map(|(width, rows)| width * rows);
    sizes.max().unwrap_or(0)
}

/// Without the mark by which text that looks like a formula was kept text.
fn unguarded(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(formula) if formula.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => formula,
        _ => value,
    }
}
