//! Journals that a crash, a kill or a power cut left behind: found at the next start, held so that no other window
//! offers them too, and then restored, discarded or kept.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::recorder::{Journal, Plan};
use super::{Ended, LARGEST_JOURNAL, MAGIC, Recovered, replay, sequence_of};
use crate::file::{Opened, ReadError, is_same_file, read};

/// How long a journal is kept that nobody wants yet, or that nobody can read.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// How many journals are looked at, the newest first.
const MOST: usize = 100;

/// A plan that can be recovered. Its journal is held as long as this lives.
#[derive(Debug)]
pub struct Found {
    /// The plan.
    pub recovered: Recovered,
    /// What lies where it was opened or saved.
    pub file_now: FileNow,
    file: File,
    location: PathBuf,
}

/// What lies in the place of a recovered plan's file now.
#[derive(Clone, Debug)]
pub enum FileNow {
    /// It never had a file.
    Nowhere,
    /// What was opened or last saved.
    AsSaved,
    /// Something else: somebody saved it since, or put it back.
    Other(Box<Opened>),
    /// Nothing, or nothing that can be read: why.
    Unreadable(ReadError),
}

/// What was left behind in a folder.
#[derive(Debug, Default)]
pub struct Left {
    /// Plans that can be recovered, the newest first.
    pub plans: Vec<Found>,
    /// Journals of which nothing can be read. They are told of once, and kept for thirty days from then.
    pub unreadable: Vec<PathBuf>,
}

/// What was left behind in `folder`. Clears away what is of no use to anybody: journals without a change, those that
/// another took the place of, and those that were kept for their time.
pub fn find(folder: &Path, now: SystemTime) -> Left {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut locations: Vec<(u64, PathBuf)> =
        entries.filter_map(|entry| Some((sequence_of(&entry.path())?, entry.path()))).collect();
    locations.sort_unstable_by(|a, b| b.cmp(a));
    let mut replaced = Vec::new();
    let mut left = Left::default();
    for (sequence, location) in locations.into_iter().take(MOST) {
        let Some(file) = hold(&location) else { continue };
        let is_old = file
            .metadata()
            .and_then(|about| about.modified())
            .is_ok_and(|modified| now.duration_since(modified).is_ok_and(|age| age > KEPT));
        // What was never offered is not too old for it, whatever the clock says.
        let was_put_off = location.to_str().is_some_and(|name| name.ends_with(LATER));
        if replaced.contains(&sequence) || (was_put_off && is_old) {
            let _ = fs::remove_file(&location);
            continue;
        }
        let Ok(bytes) = content(&file) else { continue };
        let recovered = replay(&bytes).ok().filter(|recovered| recovered.sequence == sequence);
        let Some(recovered) = recovered.filter(|it| it.changes > 0 || !matches!(it.ended, Ended::Damaged { .. }))
        else {
            if was_put_off || was_being_begun(&bytes) {
                if is_old {
                    let _ = fs::remove_file(&location);
                }
            } else if let Ok(kept) = put_off(&file, &location, sequence, now) {
                left.unreadable.push(kept);
            }
            continue;
        };
        replaced.extend(recovered.replaces);
        let file_now = file_now(&recovered);
        let plan = Found { recovered, file_now, file, location };
        if plan.is_worth_offering() {
            left.plans.push(plan);
        } else if !matches!(plan.recovered.ended, Ended::Damaged { .. }) {
            let _ = plan.discard();
        }
    }
    left
}

/// What the name of a journal ends in that was offered, and kept for later.
const LATER: &str = ".later.journal";

/// Keeps a journal for thirty days from `now`; where it lies then.
fn put_off(file: &File, location: &Path, sequence: u64, now: SystemTime) -> io::Result<PathBuf> {
    file.set_modified(now)?;
    let kept = location.with_file_name(format!("{sequence:08}{LATER}"));
    fs::rename(location, &kept).map(|()| kept)
}

/// The journal's file, if it is one and nobody is writing or offering it.
fn hold(location: &Path) -> Option<File> {
    if !fs::symlink_metadata(location).ok()?.is_file() {
        return None;
    }
    let file = OpenOptions::new().read(true).write(true).open(location).ok()?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        // A share without locks: better offered while open than lost.
        Ok(()) | Err(TryLockError::Error(_)) => Some(file),
    }
}

fn content(mut file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::by_ref(&mut file).take(LARGEST_JOURNAL + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether the writer of a journal was ended before the plan that it begins with stood there whole: no change was ever in
/// it.
fn was_being_begun(bytes: &[u8]) -> bool {
    let magic = MAGIC.as_bytes();
    let has_begun = bytes.split(|byte| *byte == b'\n').nth(LINES_TO_BEGIN).is_some();
    !has_begun && (bytes.starts_with(magic) || magic.starts_with(bytes))
}

/// What it is, which it is, and the plan.
const LINES_TO_BEGIN: usize = 3;

fn file_now(recovered: &Recovered) -> FileNow {
    match recovered.path.as_deref().map(read) {
        None => FileNow::Nowhere,
        Some(Ok(opened)) if opened.text == recovered.saved.text => FileNow::AsSaved,
        Some(Ok(opened)) => FileNow::Other(Box::new(opened)),
        Some(Err(error)) => FileNow::Unreadable(error),
    }
}

impl Found {
    /// Whether restoring it gives anything that is not saved.
    fn is_worth_offering(&self) -> bool {
        let is_there = matches!(&self.file_now, FileNow::Other(there) if there.scenario == self.recovered.scenario);
        self.recovered.scenario != self.recovered.saved.scenario && !is_there
    }

    /// Whether it is a recovery of that file.
    pub fn is_of(&self, path: &Path) -> bool {
        self.recovered.path.as_deref().is_some_and(|own| is_same_file(own, path))
    }

    /// Gives it up for good.
    pub fn discard(self) -> io::Result<()> {
        fs::remove_file(&self.location)
    }

    /// Keeps it for another start, for thirty days from `now`.
    pub fn put_off(self, now: SystemTime) -> io::Result<()> {
        put_off(&self.file, &self.location, self.recovered.sequence, now).map(|_| ())
    }

    /// What a recorder needs to go on with it.
    pub(super) fn into_journal(self) -> (Journal, Plan) {
        let Self { recovered, file, location, .. } = self;
        let journal = Journal {
            file,
            location,
            sequence: recovered.sequence,
            load: recovered.load,
            check: recovered.check,
            from: 0,
            steps: recovered.steps.len(),
            unflushed: None,
        };
        let standing = recovered.steps.standing();
        let stands = Some(recovered.scenario);
        let plan = Plan { path: recovered.path, saved: recovered.saved.text, stands, standing };
        (journal, plan)
    }
}
