//! Which column of a table holds what: guessed by the words of its heading, changeable by a person.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::calendar::FinancialYear;
use crate::sheets::{Cell, NotRead, Sheet};

/// Rows among which the headings are looked for.
const FIRST_ROWS: u32 = 200;

/// What a column of the template holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The template's number for the scheme, which several rows may share.
    Id,
    /// Its name.
    Name,
    /// Its type.
    Kind,
    /// Its sub-type.
    SubType,
    /// The area of spend.
    AreaOfSpend,
    /// The source of funding.
    Funding,
    /// Pounds in one year.
    Year(FinancialYear),
    /// New or existing.
    NewOrExisting,
    /// Comments.
    Comments,
}

impl Column {
    /// All that are not years, in the template's order.
    pub const TEXTS: [Self; 8] = [
        Self::Id,
        Self::Name,
        Self::Kind,
        Self::SubType,
        Self::AreaOfSpend,
        Self::Funding,
        Self::NewOrExisting,
        Self::Comments,
    ];

    /// What an area of spend, a type and the rest are called on paper.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Id => "Scheme ID",
            Self::Name => "Scheme Name",
            Self::Kind => "Scheme Type",
            Self::SubType => "Sub Types",
            Self::AreaOfSpend => "Area of Spend",
            Self::Funding => "Source of Funding",
            Self::Year(_) => "Expenditure (£)",
            Self::NewOrExisting => "New/ Existing Scheme",
            Self::Comments => "Comments",
        }
    }
}

/// As the template's heading has it: `2017/18 Expenditure (£)`.
impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year} {}", self.heading()),
            column => f.write_str(column.heading()),
        }
    }
}

/// Where the table stands, and what its columns hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// The row of the headings, from 0.
    pub head: u32,
    /// What each column holds; one that is not here is left out.
    pub columns: BTreeMap<u32, Column>,
    /// Columns whose headings say that they count thousands of pounds.
    pub thousands: BTreeSet<u32>,
}

impl Mapping {
    /// The column that holds something.
    pub fn place(&self, column: Column) -> Option<u32> {
        self.columns.iter().find(|(_, known)| **known == column).map(|(at, _)| *at)
    }

    /// The years that it has pounds for.
    pub fn years(&self) -> impl Iterator<Item = (u32, FinancialYear)> {
        self.columns.iter().filter_map(|(at, column)| match column {
            Column::Year(year) => Some((*at, *year)),
            _ => None,
        })
    }
}

/// The tables among the sheets of a file, one of a sheet; first the one that has most of the template's columns. Refused
/// if no sheet has names and a year's money.
pub fn tables(file: &str, sheets: &[Sheet]) -> Result<Vec<Mapping>, NotRead> {
    let is_table = |mapping: &Mapping| mapping.place(Column::Name).is_some() && mapping.years().next().is_some();
    let of_sheet = |(at, sheet): (usize, &Sheet)| {
        let mappings = sheet.rows.range(..FIRST_ROWS).map(|(head, cells)| mapping(at, *head, cells));
        mappings.filter(is_table).min_by_key(|mapping| Reverse(mapping.columns.len()))
    };
    let mut tables: Vec<Mapping> = sheets.iter().enumerate().filter_map(of_sheet).collect();
    tables.sort_by_key(|mapping| Reverse(mapping.columns.len()));
    if tables.is_empty() {
        let why = "no sheet in it has a column of scheme names and one of a year’s money";
        let remedy =
            "give its columns the planning template’s headings, such as Scheme Name and 2017/18 Expenditure (£)";
        return Err(NotRead::refused(file, why, remedy));
    }
    Ok(tables)
}

fn mapping(sheet: usize, head: u32, cells: &BTreeMap<u32, Cell>) -> Mapping {
    let mut mapping = Mapping { sheet, head, columns: BTreeMap::new(), thousands: BTreeSet::new() };
    for (at, cell) in cells {
        let Some(heading) = cell.text() else { continue };
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if let Some(column) = column(&heading)
            && mapping.place(column).is_none()
        {
            mapping.columns.insert(*at, column);
            if matches!(column, Column::Year(_)) && (heading.contains("000") || heading.contains("£k")) {
                mapping.thousands.insert(*at);
            }
        }
    }
    mapping
}

fn column(heading: &str) -> Option<Column> {
    if let Some(year) = year(heading) {
        return Some(Column::Year(year));
    }
    let has = |words: &str| heading.contains(words);
    Some(match heading {
        "id" | "ref" | "no" | "no." => Column::Id,
        "name" | "scheme" => Column::Name,
        "comments" | "comment" | "notes" => Column::Comments,
        _ if has("scheme id") || has("scheme no") || has("scheme ref") => Column::Id,
        _ if has("scheme name") || has("scheme title") => Column::Name,
        _ if has("sub type") || has("sub-type") || has("subtype") => Column::SubType,
        _ if has("scheme type") || heading == "type" => Column::Kind,
        _ if has("area of spend") => Column::AreaOfSpend,
        _ if has("source of funding") || has("funding source") => Column::Funding,
        _ if has("new") && has("existing") => Column::NewOrExisting,
        _ if has("comment") => Column::Comments,
        _ => return None,
    })
}

/// The financial year that a heading names: `2017/18`, `2017-18` or `17/18`.
fn year(heading: &str) -> Option<FinancialYear> {
    heading.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '–'))).find_map(|word| {
        let (first, second) = word.split_once(['/', '-', '–'])?;
        let second = if second.len() == 4 { second.get(2..)? } else { second };
        let century = if first.len() == 2 { "20" } else { "" };
        format!("{century}{first}/{second}").parse().ok()
    })
}
