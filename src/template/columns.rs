//! Which column of a table holds what: guessed by the words of its heading, changeable by a person.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use crate::calendar::FinancialYear;
use crate::money::Money;
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

/// What amounts are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Pounds.
    #[default]
    Pounds,
    /// Thousands of pounds.
    Thousands,
    /// Millions of pounds.
    Millions,
}

impl Unit {
    /// Pounds in one of it.
    pub fn pounds(self) -> i64 {
        match self {
            Self::Pounds => 1,
            Self::Thousands => 1_000,
            Self::Millions => 1_000_000,
        }
    }

    /// `thousands of pounds`.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Pounds => "pounds",
            Self::Thousands => "thousands of pounds",
            Self::Millions => "millions of pounds",
        }
    }

    /// The unit that a heading names: `2017/18 (£000)`, `Budget £'000`, `£m`, `in thousands`.
    fn of_heading(heading: &str) -> Option<Self> {
        Self::named(heading, true)
    }

    /// The unit that a line over the table names, where a sum such as “£6 million” names none.
    fn of_title(title: &str) -> Option<Self> {
        Self::named(title, false)
    }

    fn named(text: &str, by_word: bool) -> Option<Self> {
        let text = text.to_lowercase().replace(['’', '‘', '`'], "'").replace("£ ", "£");
        let mut words = text.split(|c: char| c.is_whitespace() || "()[];:/".contains(c));
        let mut before = "";
        words.find_map(|word| {
            let word = word.trim_end_matches([',', '.']);
            let is_called = by_word || before == "in";
            before = word;
            match word {
                "£000" | "£000s" | "£'000" | "£'000s" | "'000" | "'000s" | "000s" | "£k" => Some(Self::Thousands),
                "£m" | "£mn" | "£ms" => Some(Self::Millions),
                "000" | "thousand" | "thousands" | "£thousand" | "£thousands" if is_called => Some(Self::Thousands),
                "£" | "pounds" if is_called => Some(Self::Pounds),
                "million" | "millions" | "£million" | "£millions" if is_called => Some(Self::Millions),
                _ => None,
            }
        })
    }
}

/// Where the table stands, and what its columns hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// The row of the headings, from 0; of headings on two rows, the second.
    pub head: u32,
    /// What each column holds; one that is not here is left out.
    pub columns: BTreeMap<u32, Column>,
    /// Every column's heading, on one line.
    pub headings: BTreeMap<u32, String>,
    /// What amounts are counted in where a heading does not say.
    pub unit: Unit,
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

    /// What the amounts of a column are counted in.
    pub fn unit_of(&self, at: u32) -> Unit {
        self.headings.get(&at).and_then(|heading| Unit::of_heading(heading)).unwrap_or(self.unit)
    }

    /// What a column holds, in words: `2017/18 Expenditure (£), in thousands of pounds`.
    pub fn in_words(&self, at: u32) -> Option<String> {
        let column = self.columns.get(&at)?;
        let unit = matches!(column, Column::Year(_)).then(|| self.unit_of(at)).filter(|unit| *unit != Unit::Pounds);
        Some(unit.map_or_else(|| column.to_string(), |unit| format!("{column}, in {}", unit.in_words())))
    }

    /// Lets a column hold something, or nothing. One column for one thing: what held it before is left out.
    pub fn put(&mut self, at: u32, column: Option<Column>) {
        self.columns.retain(|other, known| *other != at && Some(*known) != column);
        self.columns.extend(column.map(|column| (at, column)));
    }

    /// Whether it has what a scheme needs: names, and a year's money.
    pub fn is_table(&self) -> bool {
        self.lacks().is_none()
    }

    /// What it has not of that, in words.
    pub fn lacks(&self) -> Option<&'static str> {
        match (self.place(Column::Name).is_some(), self.years().next().is_some()) {
            (true, true) => None,
            (true, false) => Some("a year’s money"),
            (false, true) => Some("scheme names"),
            (false, false) => Some("scheme names and of a year’s money"),
        }
    }

    /// Columns that are not used, by what stands over them.
    pub fn unused(&self) -> impl Iterator<Item = (u32, &str)> {
        let unused = self.headings.iter().filter(|(at, _)| !self.columns.contains_key(at));
        unused.map(|(at, heading)| (*at, heading.as_str()))
    }

    /// Columns that are left out, as another holds what their heading names.
    pub fn doubled(&self) -> impl Iterator<Item = (u32, Column)> {
        let left_out = self.headings.iter().filter(|(at, _)| !self.columns.contains_key(at));
        left_out.filter_map(|(at, heading)| {
            let named = column(&heading.to_lowercase())?;
            self.place(named).map(|_| (*at, named))
        })
    }
}

/// The tables among the sheets of a file, one of a sheet; first the one that has most of the template's columns. After
/// those that have names and a year's money by their headings come those that a person may map. Refused if no sheet has
/// words over amounts.
pub fn tables(file: &str, sheets: &[Sheet]) -> Result<Vec<Mapping>, NotRead> {
    let of_sheet = |(at, sheet): (usize, &Sheet)| {
        let known = candidates(at, sheet).into_iter().filter(Mapping::is_table);
        known.min_by_key(|mapping| Reverse(mapping.columns.len())).or_else(|| likeliest(at, sheet))
    };
    let mut tables: Vec<Mapping> = sheets.iter().enumerate().filter_map(of_sheet).collect();
    tables.sort_by_key(|mapping| Reverse((mapping.is_table(), mapping.columns.len())));
    if tables.is_empty() {
        let why = "no sheet in it has headings over amounts";
        let remedy =
            "give its columns the planning template’s headings, such as Scheme Name and 2017/18 Expenditure (£)";
        return Err(NotRead::refused(file, why, remedy));
    }
    Ok(tables)
}

/// How a sheet's first rows may be understood, each as headings of its own, or with those of the row above it.
fn candidates(at: usize, sheet: &Sheet) -> Vec<Mapping> {
    let mut candidates = Vec::new();
    let (mut above, mut unit) = (None, Unit::Pounds);
    for (head, cells) in sheet.rows.range(..FIRST_ROWS) {
        let own = headings(cells);
        candidates.push(mapping(at, *head, own.clone(), unit));
        if let Some((row, over)) = above.replace((*head, own.clone()))
            && row + 1 == *head
            && !cells.values().any(is_amount)
        {
            candidates.push(mapping(at, *head, joined(&over, own), unit));
        }
        unit = cells.values().filter_map(Cell::text).find_map(Unit::of_title).unwrap_or(unit);
    }
    candidates
}

/// The row of headings that a sheet would have, had it words that are known: the one with most texts over amounts.
fn likeliest(at: usize, sheet: &Sheet) -> Option<Mapping> {
    let is_over_amounts = |mapping: &&Mapping| {
        let below = sheet.rows.range(mapping.head + 1..).next();
        below.is_some_and(|(_, cells)| {
            cells.iter().any(|(at, cell)| mapping.headings.contains_key(at) && is_amount(cell))
        })
    };
    let over_amounts = candidates(at, sheet);
    let best = over_amounts.iter().filter(is_over_amounts).min_by_key(|mapping| Reverse(mapping.headings.len()))?;
    (best.headings.len() >= LEAST_HEADINGS).then(|| best.clone())
}

/// A name and an amount.
const LEAST_HEADINGS: usize = 2;

fn is_amount(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => text.trim().parse::<Money>().is_ok(),
        Cell::Date(_) => false,
    }
}

fn headings(cells: &BTreeMap<u32, Cell>) -> BTreeMap<u32, String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    cells.iter().filter_map(|(at, cell)| Some((*at, one_line(cell.text()?)))).collect()
}

/// Headings on two rows as one. A year may stand over several columns.
fn joined(over: &BTreeMap<u32, String>, under: BTreeMap<u32, String>) -> BTreeMap<u32, String> {
    let mut joined = over.clone();
    for (at, text) in under {
        if !over.contains_key(&at)
            && column(&text.to_lowercase()).is_none()
            && let Some((_, left)) = over.range(..at).next_back()
            && year(left).is_some()
        {
            joined.insert(at, left.clone());
        }
        let heading = joined.entry(at).or_default();
        format!("{heading} {text}").trim().clone_into(heading);
    }
    joined
}

fn mapping(sheet: usize, head: u32, headings: BTreeMap<u32, String>, unit: Unit) -> Mapping {
    let mut mapping = Mapping { sheet, head, columns: BTreeMap::new(), headings, unit };
    for (at, heading) in &mapping.headings {
        if let Some(column) = column(&heading.to_lowercase())
            && !mapping.columns.values().any(|known| *known == column)
        {
            mapping.columns.insert(*at, column);
        }
    }
    mapping
}

/// What a heading, in small letters, says that its column holds.
fn column(heading: &str) -> Option<Column> {
    if let Some(year) = year(heading) {
        return Some(Column::Year(year));
    }
    let has = |words: &str| heading.contains(words);
    Some(match heading {
        "id" | "ref" | "no" | "no." => Column::Id,
        "name" | "scheme" | "project" | "project name" | "project title" => Column::Name,
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
