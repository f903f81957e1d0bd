//! Saving: a new file beside the old one, flushed, then put in its place. At every moment the name leads to the whole
//! old text or the whole new one, whatever fails.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use super::read::what_it_is;
use super::{LARGEST, on_one_line, plainly};

/// What a temporary file is called: short, so that beside a name of any length it is never too long.
const PREFIX: &str = ".ibcf-planner-";
const SUFFIX: &str = ".tmp";
/// A temporary file older than this was left by a save that was killed.
const LEFT_BEHIND: Duration = Duration::from_hours(1);
/// A virus scanner or a share may hold a file for a moment: so many tries to replace it, so far apart.
const TRIES: u32 = 26;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);
/// How many links may follow one another.
const MOST_LINKS: usize = 40;

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
            Self::Failed { name, why } => format!("not saved: {why}; the file on disk is as it was: {name}"),
            Self::Unconfirmed { name, why } => format!(
                "saved, but the disk did not confirm it ({why}); the file on disk has the new text; save a copy elsewhere too: {name}"
            ),
        };
        f.write_str(&on_one_line(&line))
    }
}

impl std::error::Error for SaveError {}

/// Puts `text` in the file's place, all of it or nothing. Keeps the file's permissions, and a link that leads to it.
pub fn save(path: &Path, text: &str) -> Result<(), SaveError> {
    if text.len() as u64 > LARGEST {
        return Err(SaveError::TooLarge { name: path.display().to_string() });
    }
    save_bytes(path, text.as_bytes())
}

/// The same for what is not to be opened again as a scenario: pictures, workbooks, papers.
pub fn save_bytes(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let name = path.display().to_string();
    let failed = |error: io::Error| SaveError::Failed { name: name.clone(), why: reason(&error) };
    let target = follow_links(path).map_err(failed)?;
    let old = match fs::metadata(&target) {
        Ok(old) if !old.is_file() => {
            return Err(SaveError::NotAFile { name, what: what_it_is(old.file_type()) });
        }
        Ok(old) => Some(old),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let folder = match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    if old.is_some() {
        // A folder may let us replace a file that is guarded against writing; ask the file itself. Truncates nothing.
        OpenOptions::new().write(true).open(&target).map_err(failed)?;
    }
    sweep(folder);
    let new = write_beside(folder, old.as_ref(), bytes).map_err(failed)?;
    replace(new, &target).map_err(failed)?;
    flush_folder(folder).map_err(|error| SaveError::Unconfirmed { name: name.clone(), why: plainly(&error) })
}

/// The name at the end of a chain of links, whether or not a file is there yet.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
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

/// A new file with all the bytes, on the disk and not only on their way there. Removed again if anything fails.
fn write_beside(folder: &Path, old: Option<&fs::Metadata>, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less what the user's umask takes away
    let mut new = builder.tempfile_in(folder)?;
    if let Some(old) = old {
        keep_owner_and_permissions(new.as_file(), old)?;
    }
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    Ok(new)
}

/// Colleagues who could open the old file can open the new one.
#[cfg(unix)]
fn keep_owner_and_permissions(new: &File, old: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let is_now = new.metadata()?;
    if (is_now.uid(), is_now.gid()) != (old.uid(), old.gid()) {
        // Only an administrator may give a file away; to keep the group is the next best, and often allowed.
        let _ = fchown(new, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(new, None, Some(old.gid())));
    }
    // Shares that fix the permissions refuse to set them, even to what they are.
    if new.metadata()?.permissions() == old.permissions() { Ok(()) } else { new.set_permissions(old.permissions()) }
}

/// Elsewhere a file takes its permissions from its folder.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
fn keep_owner_and_permissions(_new: &File, _old: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Gives the new file the old one's name, waiting for whoever holds it for a moment.
fn replace(mut new: NamedTempFile, target: &Path) -> io::Result<()> {
    for tried in 1.. {
        match new.persist(target) {
            Ok(_) => return Ok(()),
            Err(refused) => {
                let passing = matches!(refused.error.kind(), ErrorKind::PermissionDenied | ErrorKind::ResourceBusy);
                if !passing || tried == TRIES {
                    return Err(refused.error);
                }
                new = refused.file;
                std::thread::sleep(BETWEEN_TRIES);
            }
        }
    }
    Ok(())
}

/// The new name itself, not only what it leads to, has to reach the disk.
#[cfg(unix)]
fn flush_folder(folder: &Path) -> io::Result<()> {
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
fn flush_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes what earlier saves left when they were killed. Nobody depends on it, so failures pass in silence.
fn sweep(folder: &Path) {
    let is_ours = |name: &OsStr| name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_ours(&entry.file_name())
            && let Ok(modified) = entry.metadata().and_then(|about| about.modified())
            && SystemTime::now().duration_since(modified).is_ok_and(|age| age > LEFT_BEHIND)
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// What happened and what to do, for the failures that have a plain name.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full; free some room, or save somewhere else".to_owned()
        }
        ErrorKind::PermissionDenied => {
            "you have no permission to write there, or another program holds the file; save under another name"
                .to_owned()
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_save_left_is_removed_once_it_is_old() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = folder.path().join(".ibcf-planner-abc123.tmp");
        let recent = folder.path().join(".ibcf-planner-def456.tmp");
        let other = folder.path().join("notes.tmp");
        for path in [&left, &recent, &other] {
            fs::write(path, "x").expect("written");
        }
        let long_ago = SystemTime::now() - 2 * LEFT_BEHIND;
        for path in [&left, &other] {
            File::options().write(true).open(path).and_then(|file| file.set_modified(long_ago)).expect("dated");
        }
        save(&folder.path().join("plan.ron"), "new").expect("saved");
        assert_eq!([&left, &recent, &other].map(|path| path.exists()), [false, true, true]);
    }
}
