//! A scenario on disk: read with every fault named and placed, written to be read by people, saved whole or not at all,
//! never over what somebody else wrote.
//!
//! # Formats
//!
//! A file's first field is its format. A plan is written in the oldest format that has room for all that it says
//! ([`Scenario::oldest_format`](crate::scenario::Scenario::oldest_format)), so that a colleague with an older planner can
//! open every plan that uses nothing newer. Every earlier format is read; what is not changed keeps every byte, and the
//! line of the format is raised with the first saved change that needs it. A file of a format to come is refused in a line
//! that names the version needed, which is the one whose second number is the format; [`read_newer`] gives as much of it as
//! is known here, to look at, with what is left out counted and named. `tests/formats` keeps files of every format.
//!
//! | format | planner | adds |
//! |---|---|---|
//! | 1 | 0.1 | |
//! | 2 | 0.2 | kept states (`bookmarks`), what the papers report around the plan (`context`) |
//!
//! # Bounds
//!
//! What is beyond them is refused in a line before memory is spent on it. `tests/bounds.rs` goes to each and one past it,
//! and `faults row_21` reads hostile files with the real binary, and hostile journals, held to 200 MB and two seconds of
//! processor time.
//!
//! | of | at most |
//! |---|---|
//! | bytes of a file | 16 MB |
//! | brackets inside one another | 64 |
//! | names, values, brackets and commas | 2,000,000 |
//! | financial years | 10, from 2000 to 2100 |
//! | schemes; effects, milestones of one | 5,000; 100, 100 |
//! | pathways | 1,000 |
//! | papers; prices; notes | 1,000; 1,000; 10,000 |
//! | targets; months of history; kept states | 120; 1,200; 50 |
//! | bytes of a name, of a text; letters of an id | 400; 20,000; 64 |
//! | pounds in a year | 10,000,000,000 |
//! | people delayed on day 0 | 1,000,000 |
//! | findings told | 1,000 |
//! | kinds of unknown field left out of a newer file | 64 |
//! | bytes of a recovery journal; of one change in it | 40 MB; 1 MB |
//! | replications asked for | 1,000,000 |
//!
//! # Faults that a file survives
//!
//! After each, the old version or the new one is whole on disk, what was in memory is kept, and one line names the file
//! and the way out. The tests cause each for real; one that a machine can't cause is shown as not run, and not counted
//! as passed. `faults` stands for `tests/faults`, `files` for `tests/files.rs`, `disk` for `tests/disk.rs`.
//!
//! | fault | expected | test |
//! |---|---|---|
//! | 1 no space | the old version; “the disk is full”; no room for the journal is said | `faults row_01` (three) |
//! | 2 no inodes | the same | `faults row_02` |
//! | 3 the file can't be flushed | the old version; the next try writes another file and flushes that | `faults row_03` (three) |
//! | 3 the folder can't be flushed | the new version; says that the disk did not confirm it | `faults row_03` |
//! | 4 file size limit, short writes | the old version; the program lives on; what was written is read again | `faults row_04` (two) |
//! | 5 killed at each call of a save | the old version or the new one, and the one before can be opened | `faults row_05` (each call; a thousand moments) |
//! | 5 killed at each call while a journal begins again | what was kept before is offered, once | `faults row_05_killed_at_each_call_of_a_journal` |
//! | 6 temporary files left by that | not loaded; removed by the next save there, unless one is being written | `faults row_05` (both), `file::temporary` |
//! | 7 rename refused | tried for 2.5 s, then said | `faults row_07` (two) |
//! | 8 rename across devices, busy, exists | the old version, never truncated | `faults row_08` |
//! | 9 read-only share, immutable, not the owner | the old version; says what may not be written | `faults row_09` (five) |
//! | – access lists, owner, permissions | kept; on Windows, and for macOS’s lists, the folder gives them | `faults permissions` (two), `row_09`, `row_12` |
//! | 10 slow share | the window draws on; edits made meanwhile stay unsaved | `faults row_10` |
//! | 11 deleted or unplugged while open | said; nothing written in its place unasked | `faults row_11` (three), `disk` |
//! | 12 links | written through and kept; dangling, made; in a circle, refused | `faults row_12` (three), `files` |
//! | 13 folder, pipe, device | refused, never waited for | `faults row_13`, `files` |
//! | 14 someone else saved meanwhile | the save stops; theirs stays | `faults row_14` (two), `disk` |
//! | 15 two windows on one file | the second sees the first's; of two at once one goes through | `faults row_15` (two) |
//! | 16 the clock jumps | which recovery is newest does not hang on the clock | `faults row_16`, `tests/recovery.rs` |
//! | 17 recovery older than the file | offered with a word that the file is newer; never written over it | `faults row_17`, `tests/recovery.rs` |
//! | 18 cut off, flipped bits, empty, NULs | one clear line | `files` |
//! | 19 byte-order mark, CRLF; UTF-16, not UTF-8 | kept; refused | `files` |
//! | 20 `NaN`, `1e999`, negative money, newer format, unknown fields | refused at the place | `files`, `tests/formats.rs` |
//! | 21 brackets by the million, giant texts, a horizon of a billion years, 10¹² replications | refused before memory is spent | `files`, `tests/bounds.rs`, `faults row_21` (two) |
//! | 22 odd names, 255 bytes, 4,000-byte paths | saved, backup too; longer ones refused in words | `faults row_22` (two), `files` |
//! | 23 no home, read-only local folder | saved; says that the previous version was not kept | `faults row_23` (three) |
//! | 24 display killed, SIGTERM, SIGHUP, SIGABRT as by a lost graphics device | the file is whole, unsaved edits are offered at the next start | `faults row_24` (two) |
//! | 25 a worker panics; a save while a forecast runs | window and document live on | `app::background`, `app::saving`, `disk` |
//! | 26 workbooks that unpack without end, that claim 10⁶ × 10⁶ cells | refused before memory is spent; a claim costs none | `sheets` (four), `workbook_memory` |

mod format;
pub mod journal;
mod newer;
mod patch;
mod previous;
mod read;
mod revise;
mod save;
mod temporary;
mod tokens;
mod tree;
mod watch;
mod words;
mod write;

#[cfg(feature = "window")]
pub(crate) use format::asks_for;
pub use newer::{LeftOut, Newer, parse_newer, read_newer};
pub use previous::{local_folder, previous_of, shelf};
pub(crate) use read::what_it_is;
pub use read::{Located, Opened, ReadError, parse, read};
pub use revise::revise;
pub use save::{Over, Previous, SaveError, save, save_all, save_plan};
pub use watch::{OnDisk, Sighting, Watch};
pub use write::write;

use std::fs;
use std::path::Path;

/// The largest scenario file: 16 MB, hundreds of times what a plan needs.
const LARGEST: u64 = 16 * 1024 * 1024;

/// RON as scenarios use it: a figure that may be left out is written without `Some(…)`.
fn notation() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// Whether two paths lead to the same file, whether or not it is there.
pub(crate) fn is_same_file(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok();
    one == other || whole(one) == whole(other)
}

/// A message on one line, whatever stands in the text or file name that it quotes.
pub(crate) fn on_one_line(message: &str) -> String {
    message.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

/// The system's own words for a failure, without its number.
pub(crate) fn plainly(error: &std::io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}
