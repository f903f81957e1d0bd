//! Workbooks in any order brought together: which copy of a month holds, which months are missing, who is in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};

use super::columns::{By, comparable};
use super::workbook::{AreaMonth, Workbook};
use crate::calendar::Month;
use crate::file;
use crate::scenario::MonthOfDelays;
use crate::sheets::NotRead;

/// The most workbooks read at once: forty years of months.
pub const MOST_FILES: usize = 500;
/// Names less like what was asked for are not offered.
const NEAR: f64 = 0.4;
/// Names that much less like it than the nearest are not.
const AS_NEAR: f64 = 0.15;
/// The most names offered.
const MOST_OFFERED: usize = 5;

/// Months of delayed days, each from one workbook.
#[derive(Clone, Debug, Default)]
pub struct Months {
    /// In order.
    pub workbooks: BTreeMap<Month, Workbook>,
    /// Files that are no such workbook, and why.
    pub refused: Vec<NotRead>,
    /// What a reader should know of how they were brought together, and of the country's own figures.
    pub remarks: Vec<String>,
    /// Where the figures of one area or another disagree or are left out.
    pub of_areas: Vec<String>,
    /// Why a month of which there are workbooks is left out, among the remarks.
    left_out: Vec<String>,
}

/// An area that the workbooks name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownArea {
    /// Its newest name.
    pub name: String,
    /// Its newest code, if it has one.
    pub code: Option<String>,
    /// In how many of the months it stands.
    pub months: usize,
    /// All names and codes it went by, as they are compared.
    known_by: BTreeSet<String>,
}

impl KnownArea {
    /// Whether a part of one of its names or codes was asked for.
    pub fn is_like(&self, asked: &str) -> bool {
        let wanted = [comparable(asked), asked.trim().to_uppercase()];
        self.known_by.iter().any(|known| wanted.iter().any(|wanted| known.contains(wanted)))
    }

    fn is_known_by(&self, names: &[String]) -> bool {
        names.iter().any(|name| self.known_by.contains(name))
    }
}

/// What the workbooks know of one area.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The area.
    pub area: KnownArea,
    /// The newest months without a gap, oldest first, each with its workbook.
    pub months: Vec<(MonthOfDelays, &'a Workbook)>,
    /// What was left out and why, in sentences.
    pub remarks: Vec<String>,
    /// Figures of the area that disagree, in sentences.
    pub mismatches: Vec<String>,
    /// Why the newest month that is left out is, if one is.
    pub newest_left_out: Option<String>,
}

/// An area of which nothing is known: as nobody has heard of it, or as what was said of it is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What was asked for.
    pub asked: String,
    /// Names like it, the nearest first.
    pub near: Vec<String>,
    /// Why its rows, or the months in which it may stand, are left out, in sentences.
    pub left_out: Vec<String>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = file::on_one_line(&self.asked);
        match (self.left_out.as_slice(), self.near.as_slice()) {
            ([], []) => write!(f, "no workbook names “{asked:.80}”; see the areas found with --list"),
            ([], near) => write!(f, "no workbook names “{asked:.80}”; did you mean {}?", near.join(", or ")),
            (why, _) => write!(f, "nothing can be used of “{asked:.80}”: {}", why.join("; ")),
        }
    }
}

impl Months {
    /// Brings together what was read of each file. The order of the files changes nothing.
    pub fn of(read: impl IntoIterator<Item = Result<Workbook, NotRead>>) -> Self {
        let mut months = Self::default();
        let mut copies: BTreeMap<Month, Vec<Workbook>> = BTreeMap::new();
        for workbook in read {
            match workbook {
                Ok(workbook) => copies.entry(workbook.month).or_default().push(workbook),
                Err(refused) => months.refused.push(refused),
            }
        }
        for (month, mut copies) in copies {
            copies.sort_by(|a, b| a.file.cmp(&b.file));
            if let Some(workbook) = months.the_one(month, copies) {
                months.remarks.extend(workbook.england_apart.iter().cloned());
                months.of_areas.extend(workbook.mismatches.iter().cloned());
                months.workbooks.insert(month, workbook);
            }
        }
        let gaps = months.gaps();
        if !gaps.is_empty() {
            months.remarks.push(format!("Months missing in between: {}", in_runs(&gaps)));
        }
        months
    }

    /// Which of a month's copies holds: the revision, or any if they say the same. Copies that differ without saying
    /// which is newer leave the month unknown.
    fn the_one(&mut self, month: Month, copies: Vec<Workbook>) -> Option<Workbook> {
        let newest = copies.iter().map(when).max()?;
        let (mut same, older): (Vec<Workbook>, Vec<Workbook>) =
            copies.into_iter().partition(|copy| when(copy) == newest);
        let chosen = same.remove(0); // the newest is one of them
        if let Some(other) = same.iter().find(|copy| copy.areas != chosen.areas) {
            let words = format!(
                "{} and {} hold different figures for {}, and neither says that it is the newer; the month is left out until one of them is",
                chosen.file,
                other.file,
                month.in_words()
            );
            self.remarks.push(words.clone());
            self.left_out.push(words);
            return None;
        }
        for copy in &same {
            self.remarks.push(format!(
                "{} and {} hold the same figures for {}; the first is used",
                chosen.file,
                copy.file,
                month.in_words()
            ));
        }
        for copy in older {
            let changed = changed(&copy, &chosen);
            self.remarks.push(format!(
                "{} is a later copy of {} than {}: {changed}; the later one is used",
                chosen.file,
                month.in_words(),
                copy.file
            ));
        }
        Some(chosen)
    }

    /// Months between the first and the last of which there is no workbook.
    pub fn gaps(&self) -> Vec<Month> {
        let (Some((first, _)), Some((last, _))) = (self.workbooks.first_key_value(), self.workbooks.last_key_value())
        else {
            return Vec::new();
        };
        std::iter::successors(Some(*first), |month| Some(month.next()))
            .take_while(|month| month < last)
            .filter(|month| !self.workbooks.contains_key(month))
            .collect()
    }

    /// Every area that has a code, and England, by name. One that was renamed, or given another code under the same
    /// name, is one area.
    pub fn areas(&self) -> Vec<KnownArea> {
        let mut areas: Vec<KnownArea> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for workbook in self.workbooks.values().rev() {
            for area in workbook.areas.iter().filter(|area| area.code.is_some() || area.is_england()) {
                let names = || area.known_by.iter().filter(|name| !name.is_empty());
                let at = names().find_map(|name| places.get(name.as_str()).copied()).unwrap_or(areas.len());
                if at == areas.len() {
                    let (name, code) = (area.name.clone(), area.code.clone());
                    areas.push(KnownArea { name, code, months: 0, known_by: BTreeSet::new() });
                }
                areas[at].months += 1;
                areas[at].known_by.extend(names().cloned());
                places.extend(names().map(|name| (name.as_str(), at)));
            }
        }
        areas.sort_by(|a, b| a.name.cmp(&b.name));
        areas
    }

    /// The area of that name or code.
    pub fn area(&self, asked: &str) -> Result<KnownArea, Unknown> {
        let areas = self.areas();
        let wanted = [comparable(asked), asked.trim().to_uppercase()];
        let known = areas.iter().find(|area| area.is_known_by(&wanted)).cloned();
        known.ok_or_else(|| {
            let near = near(&areas, &wanted[0]);
            let rows = self.rows_left_out(|name| wanted.iter().any(|wanted| wanted == name));
            let left_out = match (rows.is_empty(), near.is_empty()) {
                (false, _) => rows,
                // It may stand in the months that are left out.
                (true, true) => self.left_out.clone(),
                (true, false) => Vec::new(),
            };
            Unknown { asked: asked.to_owned(), near, left_out }
        })
    }

    /// Why rows are left out whose name or code, as it is compared, is meant; the newest first.
    fn rows_left_out(&self, is_meant: impl Fn(&str) -> bool) -> Vec<String> {
        let rows = self.workbooks.values().rev().flat_map(|workbook| &workbook.left_out);
        let mut left_out: Vec<String> = Vec::new();
        for (_, words) in rows.filter(|(known, _)| is_meant(known)) {
            // A row is known by its name and by its code.
            if left_out.len() < MOST_OFFERED && !left_out.contains(words) {
                left_out.push(words.clone());
            }
        }
        left_out
    }

    /// Why rows are left out that have this as a part of their name or code.
    pub fn rows_left_out_like(&self, asked: &str) -> Vec<String> {
        let (name, code) = (comparable(asked), asked.trim().to_uppercase());
        let is_part = |known: &str, wanted: &str| !wanted.is_empty() && known.contains(wanted);
        self.rows_left_out(|known| is_part(known, &name) || is_part(known, &code))
    }

    /// What is known of an area: its newest months up to the first that is missing, or in which no two tables agree.
    pub fn known(&self, area: &KnownArea) -> Known<'_> {
        let (months, remarks, mismatches, newest_left_out) = Default::default();
        let mut known = Known { area: area.clone(), months, remarks, mismatches, newest_left_out };
        let (mut absent, mut names) = (Vec::new(), BTreeSet::new());
        let mut sound = Vec::new();
        for (month, workbook) in &self.workbooks {
            let row = workbook.areas.iter().find(|row| area.is_known_by(&row.known_by));
            let Some(row) = row else {
                let mut why = workbook.left_out.iter().filter(|(name, _)| area.known_by.contains(*name));
                match why.next() {
                    Some((_, words)) => known.leave_out(words.clone()),
                    None => absent.push(*month),
                }
                continue;
            };
            names.insert(row.name.clone());
            known.mismatches.extend(row.mismatch.iter().map(|words| format!("{}: {words}", workbook.file)));
            match row.taken(*month) {
                Ok(taken) => {
                    known.remarks.extend(taken.scaled.map(|by| scaled(&taken.delays, by)));
                    sound.push((taken.delays, workbook));
                }
                Err(why) => known.leave_out(format!("{} is left out, as {why}", month.in_words())),
            }
        }
        names.remove(&area.name);
        if !names.is_empty() {
            let names: Vec<String> = names.into_iter().collect();
            known.remarks.push(format!("{} is named {} in some months", area.name, names.join(" and ")));
        }
        if !absent.is_empty() {
            known.remarks.push(format!("{} does not stand in {}", area.name, in_runs(&absent)));
        }
        known.keep_newest_run(sound);
        known
    }
}

impl<'a> Known<'a> {
    /// `April 2015 to September 2017`.
    pub fn months_in_words(&self) -> String {
        in_runs(&self.months.iter().map(|(delays, _)| delays.month).collect::<Vec<_>>())
    }

    /// Notes why a month is left out; they come oldest first.
    fn leave_out(&mut self, why: String) {
        self.remarks.push(why.clone());
        self.newest_left_out = Some(why);
    }

    /// A history has no gaps, and the newest months tell most.
    fn keep_newest_run(&mut self, sound: Vec<(MonthOfDelays, &'a Workbook)>) {
        let months: Vec<Month> = sound.iter().map(|(delays, _)| delays.month).collect();
        let from = (1..months.len()).rev().find(|at| months[at - 1].next() != months[*at]).unwrap_or(0);
        if from > 0 {
            let (come, are) = if from == 1 { ("comes", "is") } else { ("come", "are") };
            self.remarks.push(format!(
                "{} {come} before a gap and {are} left out of the history, which begins in {}",
                in_runs(&months[..from]),
                months[from].in_words()
            ));
        }
        self.months = sound.into_iter().skip(from).collect();
    }
}

/// That one of a month's tables was brought to the total of the two others.
fn scaled(delays: &MonthOfDelays, by: By) -> String {
    format!(
        "{} is taken at the {} days on which two of its three tables agree; its days by {} are brought to that in proportion",
        delays.month.in_words(),
        delays.delayed_days(),
        by.in_words()
    )
}

/// `1 month`, `2 months`.
pub fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// When a copy was written, as far as it says: a revision is later than what was first published.
fn when(workbook: &Workbook) -> (Option<crate::calendar::Date>, Option<crate::calendar::Date>) {
    (workbook.revised, workbook.published)
}

/// In how many areas a revision changed something.
fn changed(older: &Workbook, newer: &Workbook) -> String {
    let is_kept = |area: &&AreaMonth| older.areas.contains(area);
    match newer.areas.iter().filter(|area| !is_kept(area)).count() {
        0 => "its figures are the same".to_owned(),
        1 => "one area’s figures differ".to_owned(),
        areas => format!("{areas} areas’ figures differ"),
    }
}

/// The names most like what was asked for, whole or in part.
fn near(areas: &[KnownArea], wanted: &str) -> Vec<String> {
    let likeness = |area: &KnownArea| {
        let name = comparable(&area.name);
        let is_part = wanted.len() >= 3 && name.contains(wanted);
        if is_part { 1.0 } else { strsim::normalized_damerau_levenshtein(&name, wanted) }
    };
    let mut likely: Vec<(f64, &KnownArea)> = areas.iter().map(|area| (likeness(area), area)).collect();
    likely.retain(|(likeness, _)| *likeness >= NEAR);
    likely.sort_by(|a, b| b.0.total_cmp(&a.0));
    let nearest = likely.first().map_or(0.0, |(likeness, _)| *likeness);
    likely.retain(|(likeness, _)| *likeness >= nearest - AS_NEAR);
    likely.truncate(MOST_OFFERED);
    likely.into_iter().map(|(_, area)| area.name.clone()).collect()
}

/// Months in words, those that follow each other as a run: `April 2016, January 2017 to March 2017`.
pub(super) fn in_runs(months: &[Month]) -> String {
    let mut runs: Vec<(Month, Month)> = Vec::new();
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if last.next() == *month => *last = *month,
            _ => runs.push((*month, *month)),
        }
    }
    let words = runs.into_iter().map(|(first, last)| {
        if first == last { first.in_words() } else { format!("{} to {}", first.in_words(), last.in_words()) }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The workbooks among these paths; of a folder, those in it, by name.
pub fn workbooks_at(paths: &[PathBuf]) -> Result<Vec<PathBuf>, NotRead> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(in_folder(path)?);
        } else {
            files.push(path.clone());
        }
    }
    match files.get(MOST_FILES) {
        None => Ok(files),
        Some(path) => {
            let (why, remedy) = (format!("these are more than {MOST_FILES} files"), "choose fewer");
            Err(NotRead::refused(&path.display().to_string(), why, remedy))
        }
    }
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, NotRead> {
    let name = folder.display().to_string();
    let unread = |error: std::io::Error| {
        let why = format!("the folder can’t be read ({})", file::plainly(&error));
        NotRead { by_system: true, ..NotRead::refused(&name, why, "check its name and who may read it") }
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unread)?.take(10 * MOST_FILES) {
        let path = entry.map_err(unread)?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        // A spreadsheet leaves a lock beside the workbook that it has open, named ~$ and as that is.
        let is_lock = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
        if matches!(ending.as_deref(), Some("xls" | "xlsx")) && !is_lock {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(NotRead::refused(&name, "no workbook (.xls or .xlsx) lies in this folder", "choose another"));
    }
    Ok(files)
}
