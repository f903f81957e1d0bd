//! `.xlsx`: what the package unpacks to is counted first; then `calamine` reads it cell by cell.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Cell, Fault, MOST_SHEETS, Room, Sheet, day};

/// The most bytes that a whole package unpacks to, and its parts other than sheets: texts and styles are held in memory
/// at many times their size.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
const MOST_OF_THE_REST: u64 = 8 * 1024 * 1024;
const MOST_STYLES: u64 = 2 * 1024 * 1024;

pub(super) fn sheets(bytes: &[u8], room: &mut Room) -> Result<Vec<Sheet>, Fault> {
    check_package(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let names = workbook.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(Fault::TooMuch("over 200 sheets"));
    }
    let from_1904 = workbook.has_1904_epoch();
    let mut sheets = Vec::new();
    for name in names {
        let mut cells = match workbook.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue, // a chart that fills a tab
            Err(error) => return Err(fault(error)),
        };
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        while let Some(cell) = cells.next_cell().map_err(fault)? {
            let at = cell.get_position();
            if let Some(cell) = as_cell(cell.get_value(), from_1904) {
                room.put(&mut sheet, at, cell)?;
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Unpacks every part into nothing, counting: what a package says of its own sizes may be a lie.
fn check_package(bytes: &[u8]) -> Result<(), Fault> {
    let damaged = |error: ZipError| Fault::damaged(error);
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if package.index_for_name("xl/workbook.xml").is_none() {
        let is = match package.index_for_name("xl/workbook.bin") {
            Some(_) => "is a binary workbook (.xlsb)",
            None => "is a package of another kind than .xlsx",
        };
        return Err(Fault::Other(is));
    }
    let (mut all, mut rest) = (0, 0);
    for at in 0..package.len() {
        let part = package.by_index(at).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        let unpacked = io::copy(&mut part.take(MOST_UNPACKED - all + 1), &mut io::sink()).map_err(Fault::damaged)?;
        all += unpacked;
        let is_held = !name.starts_with("xl/worksheets/") && !name.starts_with("xl/media/");
        rest += if is_held { unpacked } else { 0 };
        let is_styles = name.eq_ignore_ascii_case("xl/styles.xml");
        if all > MOST_UNPACKED || rest > MOST_OF_THE_REST || (is_styles && unpacked > MOST_STYLES) {
            return Err(Fault::TooMuch("it unpacks to more than 32 MB, or its texts to more than 8 MB"));
        }
    }
    Ok(())
}

fn as_cell(value: &DataRef<'_>, from_1904: bool) -> Option<Cell> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()));
    match value {
        DataRef::Int(number) => Some(Cell::Number(*number as f64)),
        DataRef::Float(number) => Some(Cell::Number(*number)),
        DataRef::String(own) => text(own),
        DataRef::SharedString(shared) => text(shared),
        DataRef::Bool(truth) => text(if *truth { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(at) => Some(day(at.as_f64(), from_1904)),
        DataRef::DateTimeIso(written) | DataRef::DurationIso(written) => written
            .get(..10)
            .and_then(|date| date.parse().ok())
            .map_or_else(|| text(written), |date| Some(Cell::Date(date))),
        DataRef::Error(error) => text(&error.to_string()),
        DataRef::Empty => None,
    }
}

fn fault(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => Fault::Encrypted,
        error => Fault::damaged(error),
    }
}
