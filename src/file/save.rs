//! Saving: a new file beside the old one, flushed, then put in its place. At every moment the name leads to the whole
//! old text or the whole new one, whatever fails; and nobody else's work is written over unseen.
//!
//! A save of a plan says what it may write over. The file is read again just before the new one takes its place, and the
//! save stops if something else lies there by now. Two planners on one file take turns, by a lock on the file that is to
//! go. What remains: a program that knows no such lock (an editor, a sync client, a planner on Windows or on a share
//! without locks) and puts its text there in the moment, well under a millisecond, between that reading and the
//! replacing. Its text is then lost from the file, as if it had saved first.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::previous::Keeping;
use super::read::what_it_is;
use super::{LARGEST, on_one_line, plainly, temporary};

/// A virus scanner or a share may hold a file for a moment: so many tries to replace it, so far apart.
const TRIES: u32 = 26;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);
/// How many links may follow one another.
const MOST_LINKS: usize = 40;

/// What a save may write over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over<'a> {
    /// Whatever is there.
    Anything,
    /// Only what was opened or last saved there, byte for byte.
    Known(&'a [u8]),
    /// Nothing: no file should be there.
    Nothing,
}

/// What became of the version that a save replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Previous {
    /// It can be opened again.
    Kept,
    /// There was none, or it said the same.
    None,
    /// It could not be kept: why. The save went on.
    NotKept(String),
}

/// Why a text was not saved. Shown as one line: what happened, what is on disk now, what to do, where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// The name leads to a folder, a pipe or a device.
    NotAFile {
        /// The file as it was named.
        name: String,
        /// What it is.
        what: &'static str,
    },
    /// The text is larger than what can be read again.
    TooLarge {
        /// The file as it was named.
        name: String,
    },
    /// Another text lies there than the one that may be written over. It is as it was.
    Changed {
        /// The file as it was named.
        name: String,
        /// What lies there.
        found: Vec<u8>,
    },
    /// The file that was to be written over is not there any more. Nothing was written.
    Gone {
        /// The file as it was named.
        name: String,
    },
    /// There is no folder of that name to put a new file in. Nothing was written.
    NoFolder {
        /// The file as it was named.
        name: String,
    },
    /// The system refused. What was on disk is as it was.
    Failed {
        /// The file as it was named.
        name: String,
        /// What happened and what to do.
        why: String,
    },
    /// The new text is in place, but the disk did not confirm that it would outlast a loss of power.
    Unconfirmed {
        /// The file as it was named.
        name: String,
        /// What the system says.
        why: String,
    },
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = match self {
            Self::NotAFile { name, what } => {
                format!("not saved: this is {what}, and is as it was; choose another name: {name}")
            }
            Self::TooLarge { name } => format!(
                "not saved: the scenario is larger than {} MB and could not be opened again; the file on disk is as it was; shorten its texts: {name}",
                LARGEST / 1024 / 1024
            ),
            Self::Changed { name, .. } => format!(
                "not saved: the file was changed by someone else since it was opened; it is as they left it; open it again, or save under another name: {name}"
            ),
            Self::Gone { name } => format!(
                "not saved: the file was moved or deleted, or its share is gone, since it was opened; save under another name: {name}"
            ),
            Self::NoFolder { name } => {
                format!("not saved: the folder is not there; choose another, or make it first: {name}")
            }
            Self::Failed { name, why } => format!("not saved: {why}; the file on disk is as it was: {name}"),
            Self::Unconfirmed { name, why } => format!(
                "saved, but the disk did not confirm it ({why}); the file on disk has the new text; save a copy elsewhere too: {name}"
            ),
        };
        f.write_str(&on_one_line(&line))
    }
}

impl std::error::Error for SaveError {}

/// Puts `text` in the file's place, whatever is there, all of it or nothing. Keeps the file's permissions, and a link
/// that leads to it.
pub fn save(path: &Path, text: &str) -> Result<(), SaveError> {
    if text.len() as u64 > LARGEST {
        return Err(SaveError::TooLarge { name: path.display().to_string() });
    }
    put_in_place(path, text.as_bytes(), Over::Anything, None).map(|_| ())
}

/// Puts several files in their places, which are none that a scenario is opened from: pictures, workbooks, papers. All of
/// them are whole on the disk before the first takes its place; if any can't be had, every place is as it was. `go_on` is
/// told of each before it is written, and may call everything off. Tells whether it was done.
///
/// What remains: should the system refuse one of them its place after others took theirs, those that replaced a file
/// stay; each is whole.
pub fn save_all(
    files: &[(PathBuf, Vec<u8>)],
    may_replace: bool,
    mut go_on: impl FnMut(&Path) -> bool,
) -> Result<bool, SaveError> {
    let over = if may_replace { Over::Anything } else { Over::Nothing };
    let mut ready = Vec::new();
    for (path, bytes) in files {
        if !go_on(path) {
            return Ok(false);
        }
        let place = Place::of(path)?;
        allowed(&place.name, &place.target, over)?;
        temporary::sweep(place.folder());
        let new = place.new_file(bytes)?;
        ready.push((place, new));
    }
    let mut taken: Vec<Place> = Vec::new();
    for (place, new) in ready {
        if let Err(refused) = replace(new, &place.target, &place.name, over) {
            for place in taken.iter().filter(|place| place.old.is_none()) {
                let _ = fs::remove_file(&place.target); // what stays for all that is whole
            }
            return Err(refused);
        }
        taken.push(place);
    }
    taken.dedup_by(|place, other| place.folder() == other.folder());
    taken.iter().try_for_each(Place::flush_folder).map(|()| true)
}

/// Puts a plan's `text` in the file's place if what lies there may be written `over`, and keeps what lay there on the
/// `shelf` of previous versions.
pub fn save_plan(path: &Path, text: &str, over: Over, shelf: Option<&Path>) -> Result<Previous, SaveError> {
    if text.len() as u64 > LARGEST {
        return Err(SaveError::TooLarge { name: path.display().to_string() });
    }
    put_in_place(path, text.as_bytes(), over, shelf)
}

/// The steps of a save, in an order in which any of them may fail or be the last.
fn put_in_place(path: &Path, bytes: &[u8], over: Over, shelf: Option<&Path>) -> Result<Previous, SaveError> {
    let place = Place::of(path)?;
    let found = allowed(&place.name, &place.target, over)?;
    temporary::sweep(place.folder());
    let new = place.new_file(bytes)?;
    let keeping = match &found {
        Some(Ok(found)) if found != bytes => Keeping::begin(shelf, &place.target, found),
        Some(Err(why)) => Keeping::Not(why.clone()),
        _ => Keeping::Nothing,
    };
    replace(new, &place.target, &place.name, over)?;
    let flushed = place.flush_folder();
    let previous = keeping.end();
    flushed.map(|()| previous)
}

/// Where a file is to be put.
struct Place {
    /// As it was named.
    name: String,
    /// At the end of links.
    target: PathBuf,
    /// What is there.
    old: Option<fs::Metadata>,
    /// Kept to the end of the save, so that planners take turns.
    _held: Option<File>,
}

impl Place {
    fn of(path: &Path) -> Result<Self, SaveError> {
        let name = path.display().to_string();
        let failed = |why: String| SaveError::Failed { name: name.clone(), why };
        let target = follow_links(path).map_err(|error| failed(reason(&error)))?;
        let old = match fs::metadata(&target) {
            Ok(old) if !old.is_file() => {
                return Err(SaveError::NotAFile { name, what: what_it_is(old.file_type()) });
            }
            Ok(old) => Some(old),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed(reason(&error))),
        };
        listen_for_size_limits();
        let held = old.is_some().then(|| hold(&target)).transpose().map_err(|error| failed(not_writable(&error)))?;
        Ok(Self { name, target, old, _held: held.flatten() })
    }

    fn folder(&self) -> &Path {
        self.target.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
    }

    /// A new file beside it.
    fn new_file(&self, bytes: &[u8]) -> Result<NamedTempFile, SaveError> {
        let failed = |error: io::Error| match error.kind() {
            ErrorKind::NotFound if self.old.is_none() => SaveError::NoFolder { name: self.name.clone() },
            _ => SaveError::Failed { name: self.name.clone(), why: no_new_file(&error) },
        };
        temporary::write(self.folder(), self.old.as_ref().map(|old| (self.target.as_path(), old)), bytes)
            .map_err(failed)
    }

    /// That the new file is there, on the disk.
    fn flush_folder(&self) -> Result<(), SaveError> {
        let unconfirmed = |error: io::Error| SaveError::Unconfirmed { name: self.name.clone(), why: plainly(&error) };
        flush_folder(self.folder()).map_err(unconfirmed)
    }
}

/// The name at the end of a chain of links, whether or not a file is there yet.
pub(super) fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_symlink() => {
                let leads_to = fs::read_link(&path)?;
                path = path.parent().unwrap_or(Path::new("")).join(leads_to);
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("links lead round in a circle"))
}

/// A limit on the size of files ends a process that does not listen for it; to one that does, the write just fails.
fn listen_for_size_limits() {
    #[cfg(unix)]
    {
        static LISTENING: std::sync::Once = std::sync::Once::new();
        LISTENING.call_once(|| {
            // Where that is not allowed, the limit ends the process: the old file is whole even then.
            let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
        });
    }
}

/// The file itself, opened for writing and closed again unwritten: a folder may let us replace a file that is guarded.
/// Where it can be locked, it stays open and locked, and is the very file that the name leads to.
fn hold(target: &Path) -> io::Result<Option<File>> {
    let open = || OpenOptions::new().write(true).open(target);
    let mut file = open()?;
    if cfg!(not(unix)) {
        return Ok(None); // there, an open file can't be replaced
    }
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) if temporary::is_at(&file, target) => return Ok(Some(file)),
            Ok(()) => file = open()?, // another planner's save was faster
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(BETWEEN_TRIES),
            Err(fs::TryLockError::Error(_)) => return Ok(None), // a share without locks
        }
    }
    Ok(None)
}

/// What lies at the place of a save, or why that can't be read; nothing where there is no file. Errs if a save may not
/// write over it.
type Found = Option<Result<Vec<u8>, String>>;

fn allowed(name: &str, target: &Path, over: Over) -> Result<Found, SaveError> {
    let name = || name.to_owned();
    match (content(target), over) {
        (Ok(None), Over::Known(_)) => Err(SaveError::Gone { name: name() }),
        (Ok(None), _) => Ok(None),
        (Ok(Some(found)), Over::Nothing) => Err(SaveError::Changed { name: name(), found }),
        (Ok(Some(found)), Over::Known(known)) if found != known => Err(SaveError::Changed { name: name(), found }),
        (Ok(Some(found)), _) if found.len() as u64 > LARGEST => Ok(Some(Err("it is too large".to_owned()))),
        (Ok(Some(found)), _) => Ok(Some(Ok(found))),
        (Err(error), Over::Anything) => Ok(Some(Err(plainly(&error)))),
        (Err(error), _) => {
            let why = format!("what lies there now can't be read ({}); save somewhere else", plainly(&error));
            Err(SaveError::Failed { name: name(), why })
        }
    }
}

/// The bytes in a file, a byte more than is allowed at most; nothing if there is no file.
pub(super) fn content(target: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    match File::open(target).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Gives the new file the old one's name, waiting for whoever holds it for a moment. Before each try the place is looked
/// at once more.
fn replace(mut new: NamedTempFile, target: &Path, name: &str, over: Over) -> Result<(), SaveError> {
    for tried in 1.. {
        let is_free = over != Over::Anything && allowed(name, target, over)?.is_none();
        let done = if is_free { persist_in_free_place(new, target) } else { new.persist(target).map(|_| ()) };
        let Err(refused) = done else { return Ok(()) };
        let passing = matches!(refused.error.kind(), ErrorKind::PermissionDenied | ErrorKind::ResourceBusy);
        if !passing || tried == TRIES {
            return Err(SaveError::Failed { name: name.to_owned(), why: not_replaced(&refused.error) });
        }
        new = refused.file;
        std::thread::sleep(BETWEEN_TRIES);
    }
    Ok(())
}

/// Where no file was a moment ago, one that has come meanwhile stays, if the folder's system can see to that.
fn persist_in_free_place(new: NamedTempFile, target: &Path) -> Result<(), tempfile::PersistError> {
    match new.persist_noclobber(target) {
        Err(refused) if !matches!(refused.error.kind(), ErrorKind::AlreadyExists | ErrorKind::StorageFull) => {
            refused.file.persist(target).map(|_| ())
        }
        done => done.map(|_| ()),
    }
}

/// The new name itself, not only what it leads to, has to reach the disk.
#[cfg(unix)]
pub(super) fn flush_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some shares have no such thing.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        // A folder that may be written in but not listed.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub(super) fn flush_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn not_writable(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => {
            "you have no permission to write to this file, or another program holds it; save under another name"
                .to_owned()
        }
        _ => reason(error),
    }
}

fn no_new_file(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => {
            "the folder takes no new file, as you have no permission to write in it; save somewhere else".to_owned()
        }
        _ => reason(error),
    }
}

fn not_replaced(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ResourceBusy => {
            "the new file may not take the old one's place, as you have no permission or another program holds it; try again, or save somewhere else".to_owned()
        }
        ErrorKind::CrossesDevices | ErrorKind::AlreadyExists => format!(
            "the folder does not let a new file take the old one's place ({}); save somewhere else",
            plainly(error)
        ),
        _ => reason(error),
    }
}

/// What happened and what to do, for the failures that have a plain name.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full; free some room, or save somewhere else".to_owned()
        }
        ErrorKind::PermissionDenied => "you have no permission to go there; save somewhere else".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk or share can only be read; save somewhere else".to_owned(),
        ErrorKind::NotFound => "the folder is not there any more; save somewhere else".to_owned(),
        ErrorKind::NotADirectory => {
            "part of the name before it is a file, not a folder; save somewhere else".to_owned()
        }
        ErrorKind::InvalidFilename => {
            "the name is too long or has a character that may not be in it; choose another".to_owned()
        }
        ErrorKind::FileTooLarge => "the system allows no file so large; save somewhere else".to_owned(),
        _ => format!("the disk or share failed ({}); save somewhere else", plainly(error)),
    }
}
