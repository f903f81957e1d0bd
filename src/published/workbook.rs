//! One monthly workbook: recognised by its words, read, and held against itself three ways.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::columns::{By, Column, Head, beside, comparable, date, month, plain, reason};
use crate::calendar::{Date, Month};
use crate::file;
use crate::scenario::{MonthOfDelays, Reason};
use crate::sheets::{self, Cell, NotRead, Sheet};

/// The most areas that a workbook may name; England has had 152 councils with social care, and three rows beside.
const MOST_AREAS: usize = 1_000;
/// The longest name of an area, in characters.
const LONGEST_NAME: usize = 80;
/// The most mismatches told of one workbook.
const MOST_MISMATCHES: usize = 20;
/// The first month that NHS England has delayed days of, and the month in which the count was paused for good.
const COUNTED: [(i16, i8); 2] = [(2010, 8), (2020, 3)];
/// What to do with a workbook of another kind.
const CHOOSE: &str = "choose NHS England’s monthly workbook of delayed days by local authority";

/// What a monthly workbook says.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// Its file's name, without the folder.
    pub file: String,
    /// The month it counts.
    pub month: Month,
    /// The day it was first published, where it says so.
    pub published: Option<Date>,
    /// The day it was revised, where it says so.
    pub revised: Option<Date>,
    /// Every area, England among them, in the workbook's order.
    pub areas: Vec<AreaMonth>,
    /// England's days for each reason by who was responsible: NHS, social care, both. Areas have only the sums.
    pub england: BTreeMap<Reason, [u32; 3]>,
    /// Figures in it that disagree, in sentences.
    pub mismatches: Vec<String>,
    /// That England's printed days are not those of its areas, if so.
    pub england_apart: Option<String>,
    /// Why an area that it names is left out, by the name as it is compared, and by the code if it has one.
    pub(super) left_out: BTreeMap<String, String>,
}

/// One area in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaMonth {
    /// As the workbook names it.
    pub name: String,
    /// The code of the Office for National Statistics; England has none here, nor have people from elsewhere.
    pub code: Option<String>,
    /// Delayed days of patients in acute care and of others, where the workbook tells them apart.
    pub by_type_of_care: Option<[u32; 2]>,
    /// Days for which the NHS, social care, and both were responsible.
    pub by_organisation: [u32; 3],
    /// Days by reason; a reason without any is left out.
    pub by_reason: BTreeMap<Reason, u32>,
    /// What does not come to the same three ways, as half a sentence.
    pub mismatch: Option<String>,
    /// Its name and its code, as they are compared.
    pub(super) known_by: [String; 2],
}

/// A month of one area as a scenario's history keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) delays: MonthOfDelays,
    /// The table whose days were brought to the total on which the two others agree, if one was.
    pub(super) scaled: Option<By>,
}

impl AreaMonth {
    /// As a scenario's history keeps it: reasons and organisations come to the same there. Where they do not, the one that
    /// type of care bears out is the month's total, and the days of the other are brought to it in proportion. Why the
    /// month can't be kept, as half a sentence, where no two totals agree.
    pub(super) fn taken(&self, month: Month) -> Result<Taken, String> {
        let [mut nhs, mut social_care, mut both] = self.by_organisation;
        let mut reasons = self.by_reason.clone();
        let [by_type, by_organisation, by_reason] = self.totals();
        let scaled = if by_reason == by_organisation {
            None
        } else if by_type == by_organisation {
            self.bring(By::Reason, reasons.values_mut(), by_organisation)?;
            reasons.retain(|_, days| *days > 0);
            Some(By::Reason)
        } else if by_type == by_reason {
            self.bring(By::Organisation, [&mut nhs, &mut social_care, &mut both], by_reason)?;
            Some(By::Organisation)
        } else {
            return Err(format!("no two of its totals agree: {}", self.apart()));
        };
        Ok(Taken { delays: MonthOfDelays { month, nhs, social_care, both, reasons }, scaled })
    }

    /// Its days by type of care, by organisation and by reason.
    fn totals(&self) -> [Option<u64>; 3] {
        let by_type = self.by_type_of_care.map(|days| sum(&days));
        [by_type, Some(self.delayed_days()), Some(sum(self.by_reason.values()))]
    }

    /// Brings the days of one table to a total.
    fn bring<'a>(&self, by: By, days: impl IntoIterator<Item = &'a mut u32>, total: Option<u64>) -> Result<(), String> {
        let mut days: Vec<&mut u32> = days.into_iter().collect();
        let now: Vec<u32> = days.iter().map(|days| **days).collect();
        let none = || format!("its days by {} can’t be brought to the total: {}", by.in_words(), self.apart());
        let to = total.and_then(|total| in_proportion(&now, total)).ok_or_else(none)?;
        days.iter_mut().zip(to).for_each(|(days, to)| **days = to);
        Ok(())
    }

    /// What each table comes to, and by how much it lies off the responsible organisations:
    /// `29 days by type of care (1 fewer), 30 days by responsible organisation, 34 days by reason (4 more)`.
    fn apart(&self) -> String {
        let by_organisation = self.delayed_days();
        let told = [By::TypeOfCare, By::Organisation, By::Reason].into_iter().zip(self.totals());
        let told = told.filter_map(|(by, total)| {
            let total = total?;
            let off = match total.abs_diff(by_organisation) {
                0 => String::new(),
                off => format!(" ({off} {})", if total > by_organisation { "more" } else { "fewer" }),
            };
            Some(format!("{total} days by {}{off}", by.in_words()))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// All its delayed days, by responsible organisation.
    pub fn delayed_days(&self) -> u64 {
        sum(&self.by_organisation)
    }

    /// Whether this row is the country's.
    pub fn is_england(&self) -> bool {
        self.code.as_deref().is_none_or(|code| code == ENGLAND) && plain(&self.name) == "england"
    }
}

/// The country's own code.
const ENGLAND: &str = "E92000001";

fn sum<'a>(days: impl IntoIterator<Item = &'a u32>) -> u64 {
    days.into_iter().map(|days| u64::from(*days)).sum()
}

/// Whole days in the proportions of these that come to a total: each rounded down, and what that leaves given one by one
/// to those that lost most. Nothing where there are no proportions, or the total is more than a count may be.
fn in_proportion(days: &[u32], total: u64) -> Option<Vec<u32>> {
    let all = u128::from(sum(days));
    if all == 0 {
        return None;
    }
    let parts: Vec<u128> = days.iter().map(|days| u128::from(*days) * u128::from(total)).collect();
    let mut whole: Vec<u128> = parts.iter().map(|part| part / all).collect();
    let left = u128::from(total).checked_sub(whole.iter().sum())?;
    let mut most_lost: Vec<usize> = (0..days.len()).collect();
    most_lost.sort_by_key(|at| std::cmp::Reverse(parts[*at] % all));
    for at in most_lost.into_iter().take(usize::try_from(left).ok()?) {
        whole[at] += 1;
    }
    whole.into_iter().map(|days| u32::try_from(days).ok()).collect()
}

impl Workbook {
    /// The workbook in a file.
    pub fn read(path: &Path) -> Result<Self, NotRead> {
        let name = path.display().to_string();
        Self::of(&name, &sheets::read(path)?)
    }

    /// The workbook with these sheets; `file` stands for it in messages.
    pub fn of(file: &str, sheets: &[Sheet]) -> Result<Self, NotRead> {
        let found = Found::among(sheets).map_err(|why| NotRead::refused(file, why, CHOOSE))?;
        let mut workbook = Self {
            file: short_name(file),
            month: found.month,
            published: found.published,
            revised: found.revised,
            areas: Vec::new(),
            england: BTreeMap::new(),
            mismatches: Vec::new(),
            england_apart: None,
            left_out: BTreeMap::new(),
        };
        workbook.read_areas(&found).map_err(|why| NotRead::refused(file, why, CHOOSE))?;
        workbook.check_england();
        for sheet in sheets {
            workbook.read_england(sheet);
        }
        workbook.mismatches.truncate(MOST_MISMATCHES);
        Ok(workbook)
    }

    /// How it is cited: `Sep_17.xls (September 2017, published 9 November 2017, revised 14 June 2018)`.
    pub fn in_words(&self) -> String {
        let published = self.published.map(|date| format!(", published {}", date.in_words())).unwrap_or_default();
        let revised = self.revised.map(|date| format!(", revised {}", date.in_words())).unwrap_or_default();
        format!("{} ({}{published}{revised})", self.file, self.month.in_words())
    }

    /// Joins the rows of the tables by area.
    fn read_areas(&mut self, found: &Found<'_>) -> Result<(), String> {
        let mut tables: BTreeMap<By, BTreeMap<String, Row>> = BTreeMap::new();
        let mut order = Vec::new();
        for (by, (sheet, head)) in &found.tables {
            let (rows, doubled) = rows(sheet, head)?;
            let by_name = tables.entry(*by).or_default();
            for row in rows {
                if *by == By::Reason {
                    order.push(row.key());
                }
                by_name.insert(row.key(), row);
            }
            for Row { name, code, .. } in doubled {
                self.leave_out(&name, code.as_deref(), &format!("stands twice in the table by {}", by.in_words()));
            }
        }
        for key in order {
            let row = |by: By| tables.get(&by).and_then(|rows| rows.get(&key));
            if let (Some(by_reason), Some(by_organisation)) = (row(By::Reason), row(By::Organisation)) {
                self.join(by_reason, by_organisation, row(By::TypeOfCare));
            }
        }
        if self.areas.is_empty() { Err("no area in it has delayed days that can be read".to_owned()) } else { Ok(()) }
    }

    fn join(&mut self, by_reason: &Row, by_organisation: &Row, by_type: Option<&Row>) {
        let rows = [Some(by_reason), Some(by_organisation), by_type];
        let unread = rows.into_iter().flatten().find_map(|row| row.unread.as_ref());
        if let Some(unread) = unread {
            let why = format!("has {unread} where days should stand");
            return self.leave_out(&by_reason.name, by_reason.code.as_deref(), &why);
        }
        if by_reason.says_nothing || by_organisation.says_nothing {
            return self.leave_out(&by_reason.name, by_reason.code.as_deref(), "has no figures, not even 0");
        }
        let mut area = AreaMonth {
            name: by_reason.name.clone(),
            code: by_reason.code.clone(),
            by_type_of_care: by_type.map(|row| [row.days(Column::Acute), row.days(Column::NonAcute)]),
            by_organisation: [Column::Nhs, Column::SocialCare, Column::Both].map(|column| by_organisation.days(column)),
            by_reason: by_reason.reasons(),
            mismatch: None,
            known_by: [comparable(&by_reason.name), by_reason.code.clone().unwrap_or_default()],
        };
        area.mismatch = mismatch(&area, rows);
        self.mismatches.extend(area.mismatch.iter().map(|words| format!("{}: {words}", self.file)));
        self.areas.push(area);
    }

    fn leave_out(&mut self, name: &str, code: Option<&str>, why: &str) {
        let words = format!("{}: {name} {why}, and is left out", self.file);
        self.mismatches.push(words.clone());
        self.left_out.extend(code.map(|code| (code.to_owned(), words.clone())));
        self.left_out.insert(comparable(name), words);
    }

    /// England's row against the sum of all others.
    fn check_england(&mut self) {
        let Some(england) = self.areas.iter().find(|area| area.is_england()) else { return };
        let others: u64 = self.areas.iter().filter(|area| !area.is_england()).map(AreaMonth::delayed_days).sum();
        let printed = england.delayed_days();
        if others != printed {
            let words = format!("{}: England is printed with {printed} days, its areas come to {others}", self.file);
            self.england_apart = Some(words);
        }
    }

    /// Reads a sheet if it is England's table of reasons by responsible organisation.
    fn read_england(&mut self, sheet: &Sheet) {
        let heads = |cells: &BTreeMap<u32, Cell>, words: &str| {
            cells.iter().find(|(_, cell)| cell.text().is_some_and(|text| plain(text) == words)).map(|(at, _)| *at)
        };
        let head = sheet.rows.iter().find_map(|(row, cells)| {
            let columns = ["nhs", "social care", "both"].map(|words| heads(cells, words));
            let [Some(nhs), Some(social_care), Some(both)] = columns else { return None };
            heads(cells, "reason for delay").map(|reason| (*row, reason, [nhs, social_care, both]))
        });
        let Some((head, reasons, columns)) = head else { return };
        for cells in sheet.rows.range(head + 1..).map(|(_, cells)| cells) {
            let Some(reason) = cells.get(&reasons).and_then(Cell::text).and_then(reason) else { continue };
            let days = self.england.entry(reason).or_default();
            for (days, column) in days.iter_mut().zip(columns) {
                let more = cells.get(&column).map_or(Ok(0), whole_days).unwrap_or_default();
                *days = days.saturating_add(more);
            }
        }
    }
}

/// A file's name without its folder, fit for a sentence.
fn short_name(file: &str) -> String {
    let name = Path::new(file).file_name().map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned());
    let name: String = name.chars().take(LONGEST_NAME).collect();
    file::on_one_line(&name)
}

/// The tables of a workbook, and what stands above them.
struct Found<'a> {
    month: Month,
    published: Option<Date>,
    revised: Option<Date>,
    tables: BTreeMap<By, (&'a Sheet, Head)>,
}

impl<'a> Found<'a> {
    /// Finds them; why there are none.
    fn among(sheets: &'a [Sheet]) -> Result<Self, String> {
        let headed: Vec<(&Sheet, Head)> =
            sheets.iter().filter_map(|sheet| Head::of(sheet).map(|head| (sheet, head))).collect();
        if headed.is_empty() {
            return Err("no sheet in it is a table of delayed transfers by area".to_owned());
        }
        let of_councils: Vec<_> = headed.into_iter().filter(|(sheet, head)| is_of_councils(sheet, head)).collect();
        if of_councils.is_empty() {
            return Err("it counts by NHS trust, not by local authority".to_owned());
        }
        let tables: Vec<_> = of_councils.into_iter().filter(|(sheet, head)| counts_days(sheet, head)).collect();
        if tables.is_empty() {
            return Err("it counts people on one day, not delayed days".to_owned());
        }
        let month = the_month(tables.iter().map(|(sheet, _)| *sheet))?;
        let day = |word: &str| tables.iter().find_map(|(sheet, _)| beside(sheet, word).and_then(date));
        let (published, revised) = (day("published"), day("revised"));
        let mut by_what = BTreeMap::new();
        for (sheet, head) in tables {
            if let Some(by) = head.by()
                && by_what.insert(by, (sheet, head)).is_some()
            {
                return Err(format!("two of its sheets count days by {}", by.in_words()));
            }
        }
        for by in [By::Reason, By::Organisation] {
            if !by_what.contains_key(&by) {
                return Err(format!("no sheet in it counts days by {}", by.in_words()));
            }
        }
        Ok(Self { month, published, revised, tables: by_what })
    }
}

/// Says so under “Basis”, or has the codes of local authorities.
fn is_of_councils(sheet: &Sheet, head: &Head) -> bool {
    match beside(sheet, "basis") {
        Some(basis) => plain(&basis.to_string()).contains("local authority"),
        None => head.has_ons_codes(),
    }
}

/// Says so in what stands above the table.
fn counts_days(sheet: &Sheet, head: &Head) -> bool {
    let mut above = sheet.rows.range(..head.row).flat_map(|(_, cells)| cells.values());
    above.any(|cell| cell.text().is_some_and(|text| plain(text).contains("delayed days")))
}

/// The month that every table says it is of.
fn the_month<'a>(tables: impl Iterator<Item = &'a Sheet>) -> Result<Month, String> {
    let months: Option<BTreeSet<Month>> = tables.map(|sheet| beside(sheet, "period").and_then(month)).collect();
    let months: Vec<Month> = months.into_iter().flatten().collect();
    match months.as_slice() {
        [month] => was_counted(*month).map(|()| *month),
        [] => Err("it does not say which month it counts".to_owned()),
        [first, second, ..] => {
            Err(format!("its sheets count different months, {} and {}", first.in_words(), second.in_words()))
        }
    }
}

/// A month outside of those that were counted is a slip of the pen, or no such workbook.
fn was_counted(month: Month) -> Result<(), String> {
    let [first, last] = COUNTED.map(|(year, number)| Month::new(year, number).ok());
    if first.is_some_and(|first| month < first) || last.is_some_and(|last| month > last) {
        let [first, last] = [first, last].map(|end| end.map(Month::in_words).unwrap_or_default());
        return Err(format!(
            "it says that it counts {}, but delayed days were counted from {first} to {last}",
            month.in_words()
        ));
    }
    Ok(())
}

/// A row of a table.
struct Row {
    name: String,
    code: Option<String>,
    days: BTreeMap<Column, u32>,
    /// What stands where a number of days should, if anything does.
    unread: Option<String>,
    /// No number stands in it, not even a 0: the area was not counted.
    says_nothing: bool,
}

impl Row {
    /// What rows of the same area have in common.
    fn key(&self) -> String {
        self.code.clone().unwrap_or_else(|| plain(&self.name))
    }

    fn days(&self, column: Column) -> u32 {
        self.days.get(&column).copied().unwrap_or_default()
    }

    fn reasons(&self) -> BTreeMap<Reason, u32> {
        let of_reason = |(column, days): (&Column, &u32)| match column {
            Column::Reason(reason) if *days > 0 => Some((*reason, *days)),
            _ => None,
        };
        self.days.iter().filter_map(of_reason).collect()
    }
}

/// The rows under a head; and those of areas that stand twice, one of each, which are not among them.
fn rows(sheet: &Sheet, head: &Head) -> Result<(Vec<Row>, Vec<Row>), String> {
    let mut rows: Vec<Row> = Vec::new();
    for cells in sheet.rows.range(head.row + 1..).map(|(_, cells)| cells) {
        let at = |column: Column| head.columns.get(&column).and_then(|at| cells.get(at));
        let Some(name) = at(Column::Name).map(readable).filter(|name| !name.is_empty() && name != "-") else {
            continue;
        };
        let code = at(Column::OnsCode).map(readable).filter(|code| is_ons_code(code));
        let mut row = Row { name, code, days: BTreeMap::new(), unread: None, says_nothing: true };
        for (column, at) in &head.columns {
            if matches!(column, Column::Name | Column::OnsCode) {
                continue;
            }
            row.says_nothing &= cells.get(at).is_none_or(is_nothing);
            match cells.get(at).map_or(Ok(0), whole_days) {
                Ok(days) => {
                    row.days.insert(*column, days);
                }
                Err(instead) => row.unread = Some(instead),
            }
        }
        rows.push(row);
        if rows.len() > MOST_AREAS {
            return Err(format!("it names more than {MOST_AREAS} areas"));
        }
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for row in &rows {
        *times.entry(row.key()).or_default() += 1;
    }
    let (once, mut doubled): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| times.get(&row.key()) == Some(&1));
    doubled.sort_by(|one, other| one.name.cmp(&other.name));
    doubled.dedup_by(|one, other| one.name == other.name);
    Ok((once, doubled))
}

/// One line, no longer than a name is.
fn readable(cell: &Cell) -> String {
    let text: String = cell.to_string().trim().chars().take(LONGEST_NAME).collect();
    file::on_one_line(&text)
}

/// A letter and eight digits: `E10000025`.
fn is_ons_code(code: &str) -> bool {
    code.len() == 9
        && code.bytes().enumerate().all(|(at, b)| if at == 0 { b.is_ascii_uppercase() } else { b.is_ascii_digit() })
}

/// A dash, “NA” or nothing.
fn is_nothing(cell: &Cell) -> bool {
    cell.text().is_some_and(|text| matches!(text.trim().to_lowercase().as_str(), "-" | "–" | "na" | "n/a" | ""))
}

/// A whole number of days; a dash, “NA” or nothing is none. What stands there instead.
fn whole_days(cell: &Cell) -> Result<u32, String> {
    let instead = || format!("“{:.24}”", file::on_one_line(&cell.to_string()));
    match cell {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within the bounds")]
        Cell::Number(days) if days.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(days) => Ok(*days as u32),
        Cell::Text(_) if is_nothing(cell) => Ok(0),
        Cell::Text(text) => text.trim().replace(',', "").parse().map_err(|_| instead()),
        Cell::Number(_) | Cell::Date(_) => Err(instead()),
    }
}

/// What does not come to the same three ways, as half a sentence; the totals that tables print themselves too.
fn mismatch(area: &AreaMonth, rows: [Option<&Row>; 3]) -> Option<String> {
    let by_reason = sum(area.by_reason.values());
    let by_organisation = area.delayed_days();
    let by_type = area.by_type_of_care.map(|days| sum(&days));
    let printed = rows.map(|row| row.and_then(|row| row.days.get(&Column::Total)).map(|days| u64::from(*days)));
    let all = [Some(by_reason), Some(by_organisation), by_type].into_iter().chain(printed);
    if all.flatten().all(|days| days == by_organisation) {
        return None;
    }
    let [total_by_reason, total_by_organisation, total_by_type] = printed;
    let one = |days: Option<u64>, total: Option<u64>, by: By| {
        let printed = total.filter(|total| Some(*total) != days).map(|total| format!(" (printed {total})"));
        days.map(|days| format!("{days} days by {}{}", by.in_words(), printed.unwrap_or_default()))
    };
    let told = [
        one(by_type, total_by_type, By::TypeOfCare),
        one(Some(by_organisation), total_by_organisation, By::Organisation),
        one(Some(by_reason), total_by_reason, By::Reason),
    ];
    Some(format!("{} has {}", area.name, told.into_iter().flatten().collect::<Vec<_>>().join(", ")))
}
