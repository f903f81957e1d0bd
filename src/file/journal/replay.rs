//! Reading a journal back: a pure function over bytes that nobody vouches for.

use std::fmt;
use std::path::PathBuf;

use super::{LARGEST_CHANGE, LARGEST_JOURNAL, Load, MAGIC, MAGIC_OF_ANY, MARK, Record, check_of, mark, steps_in};
use crate::file::{Opened, parse};
use crate::scenario::Scenario;
use crate::scenario::edit::Steps;

/// The line in which a plan may stand that no step led to.
const STANDS: usize = 4;

/// A plan as its journal has it.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// The journal's number; the newest has the greatest.
    pub sequence: u64,
    /// The journal whose place this one took.
    pub replaces: Option<u64>,
    /// The plan's file, if it has one.
    pub path: Option<PathBuf>,
    /// The plan as it was opened or last saved.
    pub saved: Opened,
    /// The plan as it stood at the last sound line.
    pub scenario: Scenario,
    /// What led to it, as far back as the journal goes, and what had been taken back.
    pub steps: Steps,
    /// How many steps lie between the plan as saved and as it stood.
    pub changes: usize,
    /// When the last of them was made, in seconds since 1970, by the clock of that time.
    pub last_change: u64,
    /// Whether all of the journal could be read.
    pub ended: Ended,
    /// How much of it was sound, and the checksum there.
    pub(super) load: Load,
    pub(super) check: u32,
}

/// How a journal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With a whole line.
    Whole,
    /// In the middle of a line: the change that was being written is lost.
    Torn,
    /// In this line, counted from 1, stands something that no planner wrote there; what follows it is left out.
    Damaged {
        /// Which line.
        line: usize,
    },
}

/// Why nothing at all can be had from a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Something else.
    NotAJournal,
    /// Written by another version of the planner.
    OtherVersion,
    /// Larger than any journal.
    TooLarge,
    /// The plan that it begins with is torn or damaged.
    NoBeginning,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAJournal => "this is no recovery journal",
            Self::OtherVersion => "another version of the planner wrote this journal; open it with that one",
            Self::TooLarge => "this journal is larger than any that the planner writes",
            Self::NoBeginning => "the plan that this journal begins with is damaged",
        })
    }
}

impl std::error::Error for Unreadable {}

/// The plan that a journal's bytes lead to, up to the first line that is not sound.
pub fn replay(bytes: &[u8]) -> Result<Recovered, Unreadable> {
    if bytes.len() as u64 > LARGEST_JOURNAL {
        return Err(Unreadable::TooLarge);
    }
    let mut lines = Lines { rest: after_magic(bytes)?, line: 1, length: 0, check: 0 };
    let mut load = Load::default();
    load.add_beginning(MAGIC.len() + 1);
    let begun = lines.next_line();
    load.add_beginning(lines.length);
    let saved = lines.next_line();
    load.add_beginning(lines.length);
    let (Some(Ok(Record::Begun { sequence, replaces, .. })), Some(Ok(Record::Saved { path, text }))) = (begun, saved)
    else {
        return Err(Unreadable::NoBeginning);
    };
    let saved = parse("the plan", &text).map_err(|_| Unreadable::NoBeginning)?;
    let mut plan = Recovered {
        sequence,
        replaces,
        path: path.map(PathBuf::from),
        scenario: saved.scenario.clone(),
        saved,
        steps: Steps::default(),
        changes: 0,
        last_change: 0,
        ended: Ended::Whole,
        load,
        check: lines.check,
    };
    let mut since_saved = SinceSaved::default();
    while let Some(record) = lines.next_line() {
        let damaged = Ended::Damaged { line: lines.line };
        let followed = record.and_then(|record| plan.follow(record, &lines, &mut since_saved).ok_or(damaged));
        if let Err(ended) = followed {
            plan.ended = ended;
            break;
        }
    }
    if lines.line < STANDS || (lines.line == STANDS && plan.ended != Ended::Whole) {
        // Cut short before it said where the plan stands: the journal whose place it was to take still says that.
        plan.replaces = None;
    }
    plan.changes = since_saved.changes(plan.steps.standing());
    Ok(plan)
}

/// What follows the first line of a journal of this version.
fn after_magic(bytes: &[u8]) -> Result<&[u8], Unreadable> {
    match bytes.strip_prefix(MAGIC.as_bytes()).and_then(|rest| rest.strip_prefix(b"\n")) {
        Some(rest) => Ok(rest),
        None if bytes.starts_with(MAGIC_OF_ANY.as_bytes()) && bytes.len() > MAGIC.len() => {
            Err(Unreadable::OtherVersion)
        }
        None => Err(Unreadable::NotAJournal),
    }
}

/// The lines of a journal, each checked before it is read.
struct Lines<'a> {
    rest: &'a [u8],
    /// Which line was read last, from 1.
    line: usize,
    /// Its length, its end included.
    length: usize,
    /// The checksum of all that was read.
    check: u32,
}

impl Lines<'_> {
    /// What the next line says; nothing after the last.
    fn next_line(&mut self) -> Option<Result<Record<'static>, Ended>> {
        if self.rest.is_empty() {
            return None;
        }
        self.line += 1;
        let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') else { return Some(Err(Ended::Torn)) };
        let (line, rest) = (&self.rest[..end], &self.rest[end + 1..]);
        Some(match checked(line, self.check) {
            Some((record, check)) => {
                (self.rest, self.length, self.check) = (rest, end + 1, check);
                Ok(record)
            }
            // Blocks of a file reach the disk in any order, so what is torn may have an end.
            None if rest.is_empty() => Err(Ended::Torn),
            None => Err(Ended::Damaged { line: self.line }),
        })
    }
}

/// What a line says and the checksum that it brings the journal to, if it is whole and in its place.
fn checked(line: &[u8], before: u32) -> Option<(Record<'static>, u32)> {
    let (written, words) = line.split_at_checked(MARK)?;
    let check = check_of(before, words);
    let is_whole = written == mark(check).as_bytes();
    let holds_a_plan = words.starts_with(b"{\"Saved\"") || words.starts_with(b"{\"Stands\"");
    if !is_whole || (words.len() > LARGEST_CHANGE && !holds_a_plan) {
        return None;
    }
    Some((serde_json::from_slice(words).ok()?, check))
}

impl Recovered {
    /// Follows the line that was just read; nothing where it can't have been written there, and then all is as it was.
    fn follow(&mut self, record: Record<'_>, lines: &Lines<'_>, since_saved: &mut SinceSaved) -> Option<()> {
        let mut load = self.load;
        match &record {
            Record::Stands { .. } if lines.line == STANDS => load.add_beginning(lines.length),
            Record::Begun { .. } | Record::Stands { .. } => return None,
            Record::Saved { .. } => load.add(lines.length, 0),
            Record::Made { made, .. } => load.add(lines.length, steps_in(made, self.steps.standing())),
        }
        if load.is_over_one_in(1) {
            return None;
        }
        match record {
            Record::Begun { .. } => {}
            Record::Stands { text } => {
                self.scenario = parse("the plan", &text).ok()?.scenario;
                since_saved.others = 1;
            }
            Record::Saved { path, text } => {
                self.saved = parse("the plan", &text).ok()?;
                self.path = path.map(PathBuf::from);
                *since_saved = SinceSaved::at(self.steps.standing());
            }
            Record::Made { at, made } => {
                self.scenario = self.steps.replay(&self.scenario, &made).ok()?;
                self.last_change = at;
                since_saved.lowest = since_saved.lowest.min(self.steps.standing());
            }
        }
        (self.load, self.check) = (load, lines.check);
        Some(())
    }

    /// What was done since it was opened or saved, in words, the first first.
    pub fn steps_in_words(&self) -> impl Iterator<Item = &str> {
        (self.steps.standing().saturating_sub(self.changes)..self.steps.standing())
            .filter_map(|at| self.steps.words(at))
    }
}

/// How far the plan went from where it was saved.
#[derive(Default)]
struct SinceSaved {
    /// How many steps could be taken back then, and the fewest since.
    then: usize,
    lowest: usize,
    /// Changes that the journal has no steps for.
    others: usize,
}

impl SinceSaved {
    fn at(steps: usize) -> Self {
        Self { then: steps, lowest: steps, others: 0 }
    }

    fn changes(&self, now: usize) -> usize {
        (self.then - self.lowest) + (now - self.lowest) + self.others
    }
}
