//! The new file beside the old one, until it takes its place; and what is left of such files when a save was killed.
//!
//! Whoever writes such a file holds a lock on it. One that nobody holds was left behind, and the next save in the folder
//! removes it, so that they never pile up.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

/// What a temporary file is called: short, so that beside a name of any length it is never too long.
const PREFIX: &str = ".ibcf-planner-";
const SUFFIX: &str = ".tmp";
/// Where files can't be locked, one older than this was left by a save that was killed.
const LEFT_BEHIND: Duration = Duration::from_hours(1);
/// How often a new file may be swept away by another planner in the moment before it is locked.
const TRIES: usize = 16;

/// A new file with all the bytes, on the disk and not only on their way there. Removed again if anything fails.
pub(super) fn write(folder: &Path, old: Option<(&Path, &fs::Metadata)>, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut new = held(folder)?;
    if let Some((path, old)) = old {
        keep_owner_and_permissions(new.as_file(), path, old)?;
    }
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    check_written(new.as_file_mut(), bytes)?;
    Ok(new)
}

/// The same for what is kept for the user alone, and is not worth a second flush of everything about it.
pub(super) fn write_privately(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut new = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
    let _ = new.as_file().try_lock();
    new.write_all(bytes)?;
    new.as_file().sync_data()?;
    Ok(new)
}

/// A new file that nobody will take for one left behind.
fn held(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less what the user's umask takes away
    for _ in 0..TRIES {
        let new = builder.tempfile_in(folder)?;
        match new.as_file().try_lock() {
            Ok(()) if is_at(new.as_file(), new.path()) => return Ok(new),
            // In the moment between making and locking it, another planner took it for one left behind.
            Ok(()) | Err(fs::TryLockError::WouldBlock) => {}
            Err(fs::TryLockError::Error(_)) => return Ok(new),
        }
    }
    builder.tempfile_in(folder)
}

/// A disk or share that says it took everything may have taken less.
fn check_written(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let mut written = Vec::with_capacity(bytes.len());
    file.rewind()?;
    file.read_to_end(&mut written)?;
    if written == bytes { Ok(()) } else { Err(io::Error::other("it took only part of the text")) }
}

/// Whether a name leads to this very file.
#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |about: fs::Metadata| (about.dev(), about.ino());
    file.metadata().map(identity).ok() == fs::metadata(path).map(identity).ok()
}

#[cfg(not(unix))]
pub(super) fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// Colleagues who could open the old file can open the new one, and nobody else.
#[cfg(unix)]
fn keep_owner_and_permissions(new: &File, path: &Path, old: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let is_now = new.metadata()?;
    if (is_now.uid(), is_now.gid()) != (old.uid(), old.gid()) {
        // Only an administrator may give a file away; to keep the group is the next best, and often allowed.
        let _ = fchown(new, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(new, None, Some(old.gid())));
    }
    #[cfg(target_os = "linux")]
    keep_access_list(new, path)?;
    #[cfg(not(target_os = "linux"))]
    let _ = path;
    // Shares that fix the permissions refuse to set them, even to what they are.
    if new.metadata()?.permissions() == old.permissions() { Ok(()) } else { new.set_permissions(old.permissions()) }
}

/// Where people and groups are named one by one who may open a file, the new one names the same: those that the folder
/// gives every new file go.
#[cfg(target_os = "linux")]
fn keep_access_list(new: &File, old: &Path) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, getxattr};
    use rustix::io::Errno;
    let mut list = vec![0; LONGEST_ACCESS_LIST];
    let (had, copied) = match getxattr(old, ACCESS_LIST, list.as_mut_slice()) {
        Ok(length) => (true, fsetxattr(new, ACCESS_LIST, &list[..length], XattrFlags::empty())),
        Err(Errno::NODATA) => (false, fremovexattr(new, ACCESS_LIST)),
        Err(_) => return Ok(()), // a disk or share that has no such thing
    };
    match copied {
        Err(Errno::NODATA | Errno::NOTSUP) if !had => Ok(()),
        done => done.map_err(io::Error::from),
    }
}

/// The name under which Linux keeps the list of those who may open a file.
#[cfg(target_os = "linux")]
const ACCESS_LIST: &str = "system.posix_acl_access";
/// The most bytes that Linux lets such a list have.
#[cfg(target_os = "linux")]
const LONGEST_ACCESS_LIST: usize = 64 * 1024;

/// Elsewhere a file takes its permissions from its folder.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
fn keep_owner_and_permissions(_new: &File, _path: &Path, _old: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Removes what saves left when they were killed. Nobody depends on it, so failures pass in silence.
pub(super) fn sweep(folder: &Path) {
    let is_ours = |name: &OsStr| name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_ours(&entry.file_name())
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && let Ok(file) = OpenOptions::new().write(true).open(entry.path())
            && is_left_behind(&file)
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_left_behind(file: &File) -> bool {
    match file.try_lock() {
        Ok(()) => true,
        Err(fs::TryLockError::WouldBlock) => false,
        Err(fs::TryLockError::Error(_)) => {
            let modified = file.metadata().and_then(|about| about.modified());
            modified.is_ok_and(|modified| SystemTime::now().duration_since(modified).is_ok_and(|age| age > LEFT_BEHIND))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_save_left_is_removed_and_what_is_being_written_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let [left, other, folder_so_called] =
            [".ibcf-planner-abc123.tmp", "notes.tmp", ".ibcf-planner-folder.tmp"].map(|name| folder.path().join(name));
        for path in [&left, &other] {
            fs::write(path, "x").expect("written");
        }
        fs::create_dir(&folder_so_called).expect("made");
        let being_written = held(folder.path()).expect("made");
        sweep(folder.path());
        let paths = [left.as_path(), being_written.path(), &other, &folder_so_called];
        assert_eq!(paths.map(Path::exists), [false, true, true, true]);
    }
}
