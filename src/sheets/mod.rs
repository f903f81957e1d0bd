//! Sheets from elsewhere: the cells of workbooks (`.xls`, `.xlsx`), read in bounded memory. Knows nothing of what they say.
//!
//! A workbook comes from a web site or an e-mail, so what it may cost is judged before memory is spent: the size of the
//! file, what it unpacks to (counted, not believed), how many cells and how much text are kept. What a sheet claims to
//! hold is never reserved: a cell costs memory only if something stands in it.
//!
//! `.xlsx` is read by `calamine`, cell by cell. `.xls` is read here, from the container that `cfb` opens: `calamine`
//! reserves whatever an `.xls` sheet declares, and copies a text into every cell that shows it.

mod csv;
mod xls;
mod xlsx;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use crate::calendar::Date;
use crate::file;

/// The largest workbook, in bytes: a hundred times one of NHS England's.
const LARGEST: u64 = 16 * 1024 * 1024;
/// The most cells with something in them that are kept: thirty times what one of NHS England's holds.
const MOST_CELLS: usize = 500_000;
/// The most text kept, in bytes.
const MOST_TEXT: usize = 16 * 1024 * 1024;
/// The most sheets.
const MOST_SHEETS: usize = 200;

/// A sheet: its rows and columns counted from 0, and only the cells in which something stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// Cells by row, then by column.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
}

/// What stands in a cell. Truths and errors are the text that a spreadsheet shows for them.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, of which the time is left out.
    Date(Date),
}

impl Cell {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(_) | Self::Date(_) => None,
        }
    }
}

/// As a person reads it.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Date(date) => date.fmt(f),
        }
    }
}

/// Why a file gives no sheets: what is so, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRead {
    /// The file, as it was asked for.
    pub file: String,
    /// What is wrong, as half a sentence.
    pub why: String,
    /// What to do, as half a sentence.
    pub remedy: String,
    /// Whether the system failed to read it, not we to understand it.
    pub by_system: bool,
}

impl NotRead {
    /// One line for a file that is left out while others are used.
    pub fn as_warning(&self) -> String {
        file::on_one_line(&format!("{}: warning: {}, so it is left out; {}", self.file, self.why, self.remedy))
    }

    /// What happened, why, and what to do, each a sentence.
    pub fn in_sentences(&self) -> String {
        let sentence = |words: &str| {
            let mut letters = words.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        };
        let words = format!("{} was not read. {}. {}.", self.file, sentence(&self.why), sentence(&self.remedy));
        file::on_one_line(&words)
    }

    /// A file that was read and is refused.
    pub fn refused(file: &str, why: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { file: file.to_owned(), why: why.into(), remedy: remedy.into(), by_system: false }
    }
}

/// One line: where, what, and what to do.
impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&file::on_one_line(&format!("{}: error: {}; {}", self.file, self.why, self.remedy)))
    }
}

impl std::error::Error for NotRead {}

/// The sheets of a workbook in a file.
pub fn read(path: &Path) -> Result<Vec<Sheet>, NotRead> {
    let name = path.display().to_string();
    parse(&name, &read_bytes(path, &name)?)
}

/// The sheets of a workbook, or the one table of a text of values separated by commas, semicolons or tabs.
pub fn read_table(path: &Path) -> Result<Vec<Sheet>, NotRead> {
    let name = path.display().to_string();
    let bytes = read_bytes(path, &name)?;
    if bytes.is_empty() || is_package(&bytes) || is_a_page(&bytes) {
        return parse(&name, &bytes);
    }
    let sheet = csv::sheet(&bytes, &mut Room { cells: MOST_CELLS, text: MOST_TEXT });
    sheet.map(|sheet| vec![sheet]).map_err(|fault| NotRead::refused(&name, fault.why(), fault.remedy()))
}

/// Whether it begins as one of the two kinds of workbook.
fn is_package(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) || bytes.starts_with(b"PK\x03\x04")
}

/// The sheets of a workbook; `name` stands for its file in messages.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, NotRead> {
    let mut room = Room { cells: MOST_CELLS, text: MOST_TEXT };
    let sheets = match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => xls::sheets(bytes, &mut room),
        [b'P', b'K', 3, 4, ..] => xlsx::sheets(bytes, &mut room),
        [] => Err(Fault::Other("is empty")),
        _ if is_a_page(bytes) => Err(Fault::Other("is a web page, not a workbook")),
        _ => Err(Fault::Other("is no workbook (.xls or .xlsx)")),
    };
    sheets.map_err(|fault| NotRead::refused(name, fault.why(), fault.remedy()))
}

/// The bytes of a regular file that is not too large. A pipe or a device is never opened, as that could wait for ever.
fn read_bytes(path: &Path, name: &str) -> Result<Vec<u8>, NotRead> {
    let failed = |error: io::Error| {
        let (why, remedy) = match error.kind() {
            ErrorKind::NotFound => ("there is no such file".to_owned(), "check the name and the folder"),
            ErrorKind::PermissionDenied => {
                ("you have no permission to read it".to_owned(), "ask its owner, or use a copy")
            }
            _ => (format!("it can’t be read ({})", file::plainly(&error)), "check the name, the disk or the share"),
        };
        NotRead { by_system: true, ..NotRead::refused(name, why, remedy) }
    };
    let about = fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        let why = format!("this is {}", file::what_it_is(about.file_type()));
        return Err(NotRead { by_system: true, ..NotRead::refused(name, why, "choose a workbook (.xls or .xlsx)") });
    }
    let mut bytes = Vec::new();
    if about.len() <= LARGEST {
        // The file may grow while it is read.
        File::open(path).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    if about.len() > LARGEST || bytes.len() as u64 > LARGEST {
        return Err(NotRead::refused(name, Fault::TooMuch("a file of more than 16 MB").why(), Fault::TOO_MUCH_REMEDY));
    }
    Ok(bytes)
}

/// What a web site sends in place of a file that it no longer has.
fn is_a_page(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes.get(..512).unwrap_or(bytes)).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

/// What is wrong with a workbook.
#[derive(Debug)]
enum Fault {
    /// Its parts do not hang together.
    Damaged(String),
    /// A password is needed.
    Encrypted,
    /// More than is read.
    TooMuch(&'static str),
    /// Something else: what it “is”.
    Other(&'static str),
}

impl Fault {
    const TOO_MUCH_REMEDY: &str = "choose the workbook as it was published";

    fn damaged(why: impl fmt::Display) -> Self {
        Self::Damaged(why.to_string())
    }

    fn why(&self) -> String {
        match self {
            Self::Damaged(why) => format!("the workbook is damaged ({why})"),
            Self::Encrypted => "the workbook is locked with a password".to_owned(),
            Self::TooMuch(what) => format!("the workbook holds more than is read ({what})"),
            Self::Other(is) => format!("the file {is}"),
        }
    }

    fn remedy(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "download it again, or open it in a spreadsheet and save it as .xlsx",
            Self::Encrypted => "save a copy without a password",
            Self::TooMuch(_) => Self::TOO_MUCH_REMEDY,
            Self::Other(_) => "choose a workbook (.xls or .xlsx), or save it as one",
        }
    }
}

/// What may still be kept of a workbook.
struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    /// Puts a cell into a sheet if there is room for it.
    fn put(&mut self, sheet: &mut Sheet, (row, column): (u32, u32), cell: Cell) -> Result<(), Fault> {
        self.cells = self.cells.checked_sub(1).ok_or(Fault::TooMuch("over 500,000 cells"))?;
        if let Cell::Text(text) = &cell {
            self.hold(text.len())?;
        }
        sheet.rows.entry(row).or_default().insert(column, cell);
        Ok(())
    }

    /// Counts so many bytes of text.
    fn hold(&mut self, text: usize) -> Result<(), Fault> {
        self.text = self.text.checked_sub(text).ok_or(Fault::TooMuch("over 16 MB of text"))?;
        Ok(())
    }
}

/// The cell of a spreadsheet's day number: days since 30 December 1899, or since 1 January 1904 on old Macintoshes. A
/// number that is no day of this century stays a number.
fn day(serial: f64, from_1904: bool) -> Cell {
    /// 1 January 2000 in either count.
    const FIRST_OF_2000: [f64; 2] = [36_526.0, 35_064.0];
    let days = (serial - FIRST_OF_2000[usize::from(from_1904)]).floor();
    let within = days.is_finite() && (0.0..40_000.0).contains(&days);
    #[expect(clippy::cast_possible_truncation, reason = "within the bounds that were just asked for")]
    let date = if within { Date::new(2000, 1, 1).ok().and_then(|first| first.plus_days(days as i32)) } else { None };
    date.map_or(Cell::Number(serial), Cell::Date)
}
