//! `.xls` as Excel 97 to 2003 wrote it (BIFF8, Microsoft's specification MS-XLS): a stream of records, of which the few
//! that hold cells are read, each within its own length.

use std::io::{Cursor, Read as _};

use super::{Cell, Fault, LARGEST, MOST_SHEETS, Room, Sheet, day};

/// Kinds of record, by their names in MS-XLS.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000a;
    pub(super) const DATE_1904: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002f;
    pub(super) const CONTINUE: u16 = 0x003c;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00bd;
    pub(super) const XF: u16 = 0x00e0;
    pub(super) const SST: u16 = 0x00fc;
    pub(super) const LABEL_SST: u16 = 0x00fd;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const FORMAT: u16 = 0x041e;
    pub(super) const BOF: u16 = 0x0809;
}

/// The version in a BOF record that this can read.
const BIFF8: u16 = 0x0600;

pub(super) fn sheets(bytes: &[u8], room: &mut Room) -> Result<Vec<Sheet>, Fault> {
    let stream = stream(bytes)?;
    let book = Book::of(&stream, room)?;
    let mut sheets = Vec::new();
    for (at, name) in &book.sheets {
        let cells = stream.get(*at..).ok_or_else(cut_off)?;
        sheets.push(book.sheet(name, cells, room)?);
    }
    Ok(sheets)
}

/// The workbook's stream out of its container, whose chains of sectors `cfb` holds to be sound.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(Fault::damaged)?;
    if container.exists("/EncryptedPackage") {
        return Err(Fault::Encrypted);
    }
    if !container.exists("/Workbook") {
        let is = if container.exists("/Book") { "is older than Excel 97" } else { "is a document of another kind" };
        return Err(Fault::Other(is));
    }
    let stream = container.open_stream("/Workbook").map_err(Fault::damaged)?;
    let mut bytes = Vec::new();
    stream.take(LARGEST).read_to_end(&mut bytes).map_err(Fault::damaged)?;
    Ok(bytes)
}

fn cut_off() -> Fault {
    Fault::damaged("it ends in the middle of a record")
}

/// What holds for all sheets.
#[derive(Default)]
struct Book {
    /// Where each begins, and its name.
    sheets: Vec<(usize, String)>,
    texts: Vec<String>,
    /// The number format of each cell format.
    formats: Vec<u16>,
    /// Number formats that show a day.
    days: Vec<u16>,
    from_1904: bool,
}

impl Book {
    fn of(stream: &[u8], room: &mut Room) -> Result<Self, Fault> {
        let mut book = Self { days: vec![14, 15, 16, 17, 22], ..Self::default() };
        let mut records = Records { rest: stream };
        match records.next().transpose()? {
            Some(first) if first.kind == kind::BOF && Fields(first.data).u16() == Some(BIFF8) => {}
            Some(first) if first.kind & 0xff == kind::BOF & 0xff => return Err(Fault::Other("is older than Excel 97")),
            _ => return Err(Fault::damaged("it does not begin as a workbook")),
        }
        while let Some(record) = records.next().transpose()? {
            match record.kind {
                kind::FILE_PASS => return Err(Fault::Encrypted),
                kind::DATE_1904 => book.from_1904 = Fields(record.data).u16() == Some(1),
                kind::BOUND_SHEET => book.sheets.push(bound_sheet(record.data).ok_or_else(cut_off)?),
                kind::XF => {
                    book.formats.push(record.data.get(2..4).and_then(|at| Fields(at).u16()).unwrap_or_default());
                }
                kind::FORMAT => book.days.extend(day_format(record.data)),
                kind::SST => book.texts = texts(record.data, &mut records, room)?,
                kind::EOF => break,
                _ => {}
            }
            if book.sheets.len() > MOST_SHEETS {
                return Err(Fault::TooMuch("over 200 sheets"));
            }
        }
        Ok(book)
    }

    /// A sheet from the first of its records; charts laid over it have their own beginnings and ends.
    fn sheet(&self, name: &str, stream: &[u8], room: &mut Room) -> Result<Sheet, Fault> {
        let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
        let mut records = Records { rest: stream };
        let (mut depth, mut formula) = (0_u32, None);
        while let Some(record) = records.next().transpose()? {
            match record.kind {
                kind::BOF => depth = depth.saturating_add(1),
                kind::EOF if depth <= 1 => break,
                kind::EOF => depth -= 1,
                _ if depth > 1 => {}
                kind::STRING => {
                    if let Some(at) = formula.take() {
                        Self::put(&mut sheet, at, Text::alone(record.data).text().map(Cell::Text), room)?;
                    }
                }
                kind::MUL_RK => self.many(&mut sheet, record.data, room)?,
                _ => {
                    let mut fields = Fields(record.data);
                    if let Some((at, format)) = fields.place() {
                        if record.kind == kind::FORMULA {
                            formula = Some(at);
                        }
                        Self::put(&mut sheet, at, self.cell(record.kind, format, fields), room)?;
                    }
                }
            }
        }
        Ok(sheet)
    }

    fn put(sheet: &mut Sheet, at: (u32, u32), cell: Option<Cell>, room: &mut Room) -> Result<(), Fault> {
        match cell {
            Some(Cell::Text(text)) if text.trim().is_empty() => Ok(()),
            Some(cell) => room.put(sheet, at, cell),
            None => Ok(()),
        }
    }

    /// What a record after its place and format holds; nothing for those that hold no cell.
    fn cell(&self, kind: u16, format: u16, mut fields: Fields<'_>) -> Option<Cell> {
        match kind {
            kind::NUMBER => fields.f64().map(|number| self.number(number, format)),
            kind::RK => fields.u32().map(|packed| self.number(unpacked(packed), format)),
            kind::LABEL_SST => self.texts.get(fields.u32()? as usize).cloned().map(Cell::Text),
            kind::LABEL => Text::alone(fields.0).text().map(Cell::Text),
            kind::BOOL_ERR => match fields.0 {
                [truth, 0, ..] => Some(Cell::Text(if *truth == 0 { "FALSE" } else { "TRUE" }.to_owned())),
                [code, _, ..] => Some(Cell::Text(error(*code).to_owned())),
                _ => None,
            },
            kind::FORMULA => match *fields.0.get(..8)? {
                [1, _, truth, _, _, _, 0xff, 0xff] => {
                    Some(Cell::Text(if truth == 0 { "FALSE" } else { "TRUE" }.to_owned()))
                }
                [2, _, code, _, _, _, 0xff, 0xff] => Some(Cell::Text(error(code).to_owned())),
                [_, _, _, _, _, _, 0xff, 0xff] => None, // its text follows, or there is none
                _ => fields.f64().map(|number| self.number(number, format)),
            },
            _ => None,
        }
    }

    /// Numbers side by side in one record.
    fn many(&self, sheet: &mut Sheet, data: &[u8], room: &mut Room) -> Result<(), Fault> {
        let mut fields = Fields(data);
        let (Some(row), Some(first)) = (fields.u16(), fields.u16()) else { return Err(cut_off()) };
        let numbers = fields.0.chunks_exact(6).enumerate();
        for (offset, number) in numbers {
            let mut fields = Fields(number);
            if let (Some(format), Some(packed), Ok(offset)) = (fields.u16(), fields.u32(), u32::try_from(offset)) {
                let cell = self.number(unpacked(packed), format);
                Self::put(sheet, (row.into(), u32::from(first) + offset), Some(cell), room)?;
            }
        }
        Ok(())
    }

    fn number(&self, number: f64, format: u16) -> Cell {
        let shows_a_day = self.formats.get(usize::from(format)).is_some_and(|format| self.days.contains(format));
        if shows_a_day { day(number, self.from_1904) } else { Cell::Number(number) }
    }
}

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

/// The records of a stream, one after the other.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut fields = Fields(self.rest);
        // A stream may be padded with nothing after its last record.
        let (kind, length) = (fields.u16()?, fields.u16()?);
        let Some((data, rest)) = fields.0.split_at_checked(length.into()) else {
            self.rest = &[];
            return Some(Err(cut_off()));
        };
        self.rest = rest;
        Some(Ok(Record { kind, data }))
    }
}

impl<'a> Records<'a> {
    /// The data of the record that goes on with the one before, if the next one does.
    fn continued(&mut self) -> Option<&'a [u8]> {
        let mut ahead = Records { rest: self.rest };
        match ahead.next() {
            Some(Ok(record)) if record.kind == kind::CONTINUE => {
                self.rest = ahead.rest;
                Some(record.data)
            }
            _ => None,
        }
    }
}

/// Numbers at the front of some bytes, smallest byte first.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn f64(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    /// Row and column of a cell, and its format.
    fn place(&mut self) -> Option<((u32, u32), u16)> {
        let (row, column, format) = (self.u16()?, self.u16()?, self.u16()?);
        Some(((row.into(), column.into()), format))
    }
}

/// Where a sheet begins and its name.
fn bound_sheet(data: &[u8]) -> Option<(usize, String)> {
    let mut fields = Fields(data);
    let at = fields.u32()?;
    let [_state, _kind, length, flags] = fields.take()?;
    let mut name = Text { current: fields.0, more: None };
    let name = name.units(length.into(), flags & 1 != 0)?;
    Some((usize::try_from(at).ok()?, name))
}

/// The number of a format that shows days, if this one does: it names a year or a day outside of quotes and brackets.
fn day_format(data: &[u8]) -> Option<u16> {
    let mut fields = Fields(data);
    let number = fields.u16()?;
    let (mut quoted, mut bracketed) = (false, false);
    let format = Text::alone(fields.0).text()?.to_lowercase();
    let names_a_day = format.chars().any(|c| {
        quoted ^= c == '"';
        bracketed = (bracketed || c == '[') && c != ']';
        !quoted && !bracketed && matches!(c, 'y' | 'd')
    });
    names_a_day.then_some(number)
}

/// The workbook's texts, which go on over as many records as they need.
fn texts<'a>(first: &'a [u8], records: &mut Records<'a>, room: &mut Room) -> Result<Vec<String>, Fault> {
    let mut fields = Fields(first);
    let (Some(_uses), Some(count)) = (fields.u32(), fields.u32()) else { return Err(cut_off()) };
    let mut reader = Text { current: fields.0, more: Some(records) };
    let mut texts = Vec::new();
    for _ in 0..count {
        let Some(text) = reader.text() else { break };
        room.hold(text.len() + size_of::<String>())?;
        texts.push(text);
    }
    Ok(texts)
}

/// Reads texts from a record and those that go on with it.
struct Text<'a, 'r> {
    current: &'a [u8],
    more: Option<&'r mut Records<'a>>,
}

impl<'a> Text<'a, '_> {
    fn alone(data: &'a [u8]) -> Self {
        Self { current: data, more: None }
    }

    /// Turns to the next record where this one has been read.
    fn turn(&mut self) -> Option<()> {
        while self.current.is_empty() {
            self.current = self.more.as_mut()?.continued()?;
        }
        Some(())
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.turn()?;
        let mut fields = Fields(self.current);
        let taken = fields.take()?;
        self.current = fields.0;
        Some(taken)
    }

    /// A text with its length before it, and its fonts and readings, which are left out, after.
    fn text(&mut self) -> Option<String> {
        let length = u16::from_le_bytes(self.take()?);
        let [flags] = self.take()?;
        let runs = if flags & 8 == 0 { 0 } else { u16::from_le_bytes(self.take()?) };
        let readings = if flags & 4 == 0 { 0 } else { u32::from_le_bytes(self.take()?) };
        let text = self.units(length.into(), flags & 1 != 0)?;
        self.skip(usize::from(runs) * 4 + usize::try_from(readings).ok()?)?;
        Some(text)
    }

    /// So many characters of two bytes, or of one; a record that goes on says anew of how many.
    fn units(&mut self, length: usize, wide: bool) -> Option<String> {
        let (mut units, mut wide) = (Vec::new(), wide);
        while units.len() < length {
            if self.current.is_empty() {
                self.turn()?;
                let [flags] = self.take()?;
                wide = flags & 1 != 0;
            }
            units.push(if wide { u16::from_le_bytes(self.take()?) } else { self.take::<1>()?[0].into() });
        }
        Some(String::from_utf16_lossy(&units))
    }

    fn skip(&mut self, bytes: usize) -> Option<()> {
        let mut left = bytes;
        while left > 0 {
            self.turn()?;
            let now = left.min(self.current.len());
            self.current = &self.current[now..];
            left -= now;
        }
        Some(())
    }
}

/// A number packed into 30 bits: the front of a float, or a whole number, and whether it was taken times a hundred.
fn unpacked(packed: u32) -> f64 {
    let number = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { number } else { number / 100.0 }
}

/// What a spreadsheet shows for an error.
fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
