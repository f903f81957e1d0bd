//! The recovery journal: every change to an open plan, on disk within a second, so that a crash or a power cut costs
//! nothing that was done before it. A text file that only grows:
//!
//! ```text
//! iBCF Planner journal 1
//! 5a1c0e9b {"Begun":{"sequence":7,"replaces":null,"at":1500000000,"process":4711}}
//! 0c47d2aa {"Saved":{"path":"/plans/oxfordshire.ron","text":"(format: 1, …"}}
//! 91be33f0 {"Made":{"at":1500000012,"made":{"Did":{"SetAllocation":{…}}}}}
//! ```
//!
//! Each line begins with a checksum of itself and of all before it, so that a line torn, changed, lost or out of place
//! is found out, and all that came before it still counts. Nothing in it is trusted: [`replay`] bounds what it reads,
//! and every change goes through [`crate::scenario::edit`].
//!
//! [`Recorder`] writes one journal for each open plan, beginning with its first change, and holds a lock on it while it
//! lives; [`find`] gives those that nobody holds any more. Which of them is newest is told by their numbers, not by the
//! clock.

mod found;
mod recorder;
mod replay;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{LARGEST, local_folder};
use crate::scenario::edit::Move;

pub use found::{FileNow, Found, Left, find};
pub use recorder::{Recorder, Report};
pub use replay::{Ended, Recovered, Unreadable, replay};

/// The first line: what this is, and the version of what follows.
const MAGIC: &str = "iBCF Planner journal 1";
/// What any version's first line begins with.
const MAGIC_OF_ANY: &str = "iBCF Planner journal ";
/// The largest journal that is read: the largest plan twice over, with its changes.
const LARGEST_JOURNAL: u64 = 2 * LARGEST + LARGEST_CHANGES;
/// The most that all changes together may take; a recorder begins again, from the plan as it stands, at half of it.
const LARGEST_CHANGES: u64 = 8 * 1024 * 1024;
/// The largest single change. A larger one is recorded as the whole plan that it led to.
const LARGEST_CHANGE: usize = 1024 * 1024;
/// The most work that replaying may take, in steps times the bytes of the plan that each is applied to; a recorder
/// begins again at half of it.
const MOST_WORK: u64 = 256 * 1024 * 1024;
/// What a step takes on the smallest plan.
const WORK_OF_ANY_STEP: u64 = 10 * 1024;

/// What one line says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Record<'a> {
    /// The first: which journal this is.
    Begun {
        /// Greater than that of every journal before it.
        sequence: u64,
        /// The journal whose place it takes, so that neither is offered twice.
        replaces: Option<u64>,
        /// When, in seconds since 1970.
        at: u64,
        /// The process that writes it: for people who look into the folder.
        process: u32,
    },
    /// The plan was opened or saved: where, and the text there.
    Saved { path: Option<Name>, text: Cow<'a, str> },
    /// The plan as it stands, whatever led to it.
    Stands { text: Cow<'a, str> },
    /// A person did something: when, and what. Steps are counted from the plan that the journal begins with.
    Made { at: u64, made: Cow<'a, Move> },
}

/// A path, as text where it is text; names on disk need not be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Raw(OsString),
}

impl From<&Path> for Name {
    fn from(path: &Path) -> Self {
        path.to_str().map_or_else(|| Self::Raw(path.as_os_str().to_owned()), |text| Self::Text(text.to_owned()))
    }
}

impl From<Name> for PathBuf {
    fn from(name: Name) -> Self {
        match name {
            Name::Text(text) => text.into(),
            Name::Raw(raw) => raw.into(),
        }
    }
}

/// The checksum of a line and of all before it.
fn check_of(before: u32, words: &[u8]) -> u32 {
    let mut check = crc32fast::Hasher::new_with_initial(before);
    check.update(words);
    check.finalize()
}

/// How a checksum stands at the head of its line.
fn mark(check: u32) -> String {
    format!("{check:08x} ")
}

/// The length of that.
const MARK: usize = 9;

/// How much a journal asks of whoever replays it; its writer and its reader count alike.
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    /// Bytes so far.
    length: u64,
    /// Bytes of changes among them.
    changes: u64,
    /// Steps times the size of the plan.
    work: u64,
}

impl Load {
    /// Counts a line of so many bytes that says which plan the journal begins with.
    fn add_beginning(&mut self, bytes: usize) {
        self.length += bytes as u64;
    }

    /// Counts a line of so many bytes that makes so many steps.
    fn add(&mut self, bytes: usize, steps: usize) {
        self.length += bytes as u64;
        self.changes += bytes as u64;
        self.work = self.work.saturating_add((WORK_OF_ANY_STEP + self.length).saturating_mul(steps as u64));
    }

    /// Whether it is more than the given part of what is allowed.
    fn is_over_one_in(&self, part: u64) -> bool {
        self.changes > LARGEST_CHANGES / part || self.work > MOST_WORK / part
    }
}

/// How many steps a move makes where so many stand.
fn steps_in(made: &Move, standing: usize) -> usize {
    match made {
        Move::Did(_) => 1,
        Move::WentTo(to) => to.abs_diff(standing),
    }
}

/// Where the user's journals lie; nowhere if the system names no home.
pub fn folder() -> Option<PathBuf> {
    Some(local_folder()?.join("recovery"))
}

/// Seconds since 1970; 0 for a clock that stands before it.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The number that a journal's file name begins with: `00000042.journal`, `00000042.later.journal`.
fn sequence_of(location: &Path) -> Option<u64> {
    let name = location.file_name()?.to_str()?.strip_suffix(".journal")?;
    let digits = name.strip_suffix(".later").unwrap_or(name);
    digits.parse().ok().filter(|sequence| (1..=LAST_SEQUENCE).contains(sequence))
}

/// Numbers past this are none of ours; so ours never run out.
const LAST_SEQUENCE: u64 = 999_999_999_999;
