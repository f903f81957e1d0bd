//! The words of NHS England's workbooks: what stands above a table, which row heads it, and what its columns hold.

use std::collections::BTreeMap;

use crate::calendar::{Date, Month};
use crate::scenario::Reason;
use crate::sheets::{Cell, Sheet};

/// Rows among which a title and the head of a table are looked for.
const FIRST_ROWS: u32 = 60;

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The area's code at the Office for National Statistics.
    OnsCode,
    /// The area's name.
    Name,
    /// Days of patients in acute care.
    Acute,
    /// Days of other patients.
    NonAcute,
    /// Days for which the NHS was responsible.
    Nhs,
    /// Days for which social care was.
    SocialCare,
    /// Days for which both were.
    Both,
    /// Days for one reason.
    Reason(Reason),
    /// All of the row's days.
    Total,
}

/// What a table counts its days by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// Acute or not.
    TypeOfCare,
    /// Who is responsible.
    Organisation,
    /// Why.
    Reason,
}

impl By {
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::TypeOfCare => "type of care",
            Self::Organisation => "responsible organisation",
            Self::Reason => "reason",
        }
    }
}

/// The head of a table: its row, and where each column stands.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) row: u32,
    pub(super) columns: BTreeMap<Column, u32>,
}

impl Head {
    /// The first row that names areas and counts something.
    pub(super) fn of(sheet: &Sheet) -> Option<Self> {
        sheet.rows.range(..FIRST_ROWS).find_map(|(row, cells)| {
            let mut columns = BTreeMap::new();
            for (at, cell) in cells {
                if let Some(column) = cell.text().and_then(column)
                    && !counts_beds(sheet, *row, *at)
                {
                    columns.entry(column).or_insert(*at);
                }
            }
            let head = Self { row: *row, columns };
            (head.has(Column::Name) && head.by().is_some()).then_some(head)
        })
    }

    fn has(&self, column: Column) -> bool {
        self.columns.contains_key(&column)
    }

    /// Whether areas are known by the codes of local authorities.
    pub(super) fn has_ons_codes(&self) -> bool {
        self.has(Column::OnsCode)
    }

    pub(super) fn by(&self) -> Option<By> {
        let reasons = self.columns.keys().filter(|column| matches!(column, Column::Reason(_))).count();
        if reasons >= 5 {
            Some(By::Reason)
        } else if [Column::Nhs, Column::SocialCare, Column::Both].iter().all(|column| self.has(*column)) {
            Some(By::Organisation)
        } else if self.has(Column::Acute) && self.has(Column::NonAcute) {
            Some(By::TypeOfCare)
        } else {
            None
        }
    }
}

/// Whether a column belongs to a group that counts people or beds, not days: the words above it, or to the left of that.
fn counts_beds(sheet: &Sheet, row: u32, column: u32) -> bool {
    let above = row.checked_sub(1).and_then(|above| sheet.rows.get(&above));
    let group = above.and_then(|cells| cells.range(..=column).next_back()).and_then(|(_, cell)| cell.text());
    group.is_some_and(|words| {
        let words = words.to_lowercase();
        words.contains("bed") || words.contains("patients")
    })
}

/// Text as it is compared: small letters, one space between words.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches([':', '*']).to_lowercase()
}

/// A name without what workbooks vary: “Bath & North East Somerset UA” is “bath and north east somerset”.
pub(super) fn comparable(name: &str) -> String {
    let words = name.to_lowercase().replace('&', " and ").replace(['’', '\''], "");
    let words = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "ua" | "the" | "of" | "city" | "county" | "council"));
    words.collect::<Vec<_>>().join(" ")
}

fn column(heading: &str) -> Option<Column> {
    let heading = plain(heading);
    Some(match heading.as_str() {
        "ons geography" | "ons code" | "ons geography code" | "ons area code" => Column::OnsCode,
        "name"
        | "local authority"
        | "local authority name"
        | "la name"
        | "area"
        | "provider"
        | "provider name"
        | "organisation name" => Column::Name,
        "acute" => Column::Acute,
        "non-acute" | "non acute" | "nonacute" => Column::NonAcute,
        "nhs" => Column::Nhs,
        "social care" | "social services" | "adult social care" => Column::SocialCare,
        "both" => Column::Both,
        "total" | "grand total" | "total delayed days" => Column::Total,
        _ => Column::Reason(reason(&heading)?),
    })
}

/// The reason that a heading such as `DII) AWAITING NURSING HOME PLACEMENT` begins with.
pub(super) fn reason(heading: &str) -> Option<Reason> {
    let (letters, rest) = heading.split_once([')', '.', ':'])?;
    if rest.trim().is_empty() {
        return None;
    }
    Some(match letters.trim().to_lowercase().as_str() {
        "a" => Reason::A,
        "b" => Reason::B,
        "c" => Reason::C,
        "di" => Reason::DI,
        "dii" => Reason::DII,
        "e" => Reason::E,
        "f" => Reason::F,
        "g" => Reason::G,
        "h" => Reason::H,
        "i" => Reason::I,
        "o" => Reason::O,
        _ => return None,
    })
}

/// What stands beside a word such as `Period:` above a table.
pub(super) fn beside<'a>(sheet: &'a Sheet, word: &str) -> Option<&'a Cell> {
    sheet.rows.range(..FIRST_ROWS).find_map(|(_, cells)| {
        let (at, _) = cells.iter().find(|(_, cell)| cell.text().is_some_and(|text| plain(text) == word))?;
        cells.range(at + 1..).next().map(|(_, cell)| cell)
    })
}

/// `November 2016`, `Nov-16`, or a day of that month.
pub(super) fn month(cell: &Cell) -> Option<Month> {
    match cell {
        Cell::Date(date) => Some(date.month()),
        Cell::Text(text) => {
            let mut words = words(text);
            let number = month_number(words.next()?)?;
            let month = Month::new(year(words.next()?)?, number).ok()?;
            // “April 2016 to March 2017” is a year, not its first month.
            let goes_on = words.any(|word| month_number(word).is_some() || (word.len() == 4 && year(word).is_some()));
            (!goes_on).then_some(month)
        }
        Cell::Number(_) => None,
    }
}

/// `9th November 2017`, or that day.
pub(super) fn date(cell: &Cell) -> Option<Date> {
    match cell {
        Cell::Date(date) => Some(*date),
        Cell::Text(text) => {
            let mut words = words(text);
            let day = words.next()?.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
            let number = month_number(words.next()?)?;
            Date::new(year(words.next()?)?, number, day).ok()
        }
        Cell::Number(_) => None,
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn month_number(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let is_named = |number: &i8| {
        let name = Month::new(2000, *number).map(Month::name).unwrap_or_default().to_lowercase();
        word.len() >= 3 && (name.starts_with(&word) || word == "sept" && *number == 9)
    };
    (1..=12).find(is_named)
}

fn year(word: &str) -> Option<i16> {
    let number: i16 = word.parse().ok()?;
    match word.len() {
        4 => Some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_named_by_its_first_and_last_month_is_no_month() {
        let read = |text: &str| month(&Cell::Text(text.to_owned())).map(|month| month.to_string());
        for text in ["April 2016", "Apr-16", "April 2016 (revised)", "April 2016 - provisional"] {
            assert_eq!(read(text).as_deref(), Some("2016-04"), "{text}");
        }
        for text in ["April 2016 to March 2017", "April 2016 - March 2017", "April 2016 to 2017", "Apr 16 - May 16"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
