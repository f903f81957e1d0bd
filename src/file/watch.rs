//! What becomes of a file while it is open. Others' changes on a network share raise no event on this machine, so the
//! file is looked at every so often: at its date and size, and at its content only if those have moved.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::read::what_it_is;
use super::save::{content, follow_links};
use super::{LARGEST, plainly};

/// What was seen at a file's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// What lies there.
    pub found: OnDisk,
    /// Why a save there would be refused, as far as can be told without trying.
    pub guarded: Option<&'static str>,
}

/// What lies at a file's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// These bytes.
    Bytes(Vec<u8>),
    /// No file: it was moved or deleted, or its share is gone.
    Gone,
    /// Something that can't be read: why.
    Unreadable(String),
}

/// Looks at one file again and again.
#[derive(Debug)]
pub struct Watch {
    path: PathBuf,
    about: Option<About>,
    last: Option<Sighting>,
}

/// What moves when a file is changed or another takes its place.
#[derive(Debug, PartialEq, Eq)]
struct About {
    length: u64,
    modified: Option<SystemTime>,
    /// The file's number on its disk, and when anything about it was last changed, where the system tells.
    identity: (u64, i64, i64),
}

impl Watch {
    /// Of the file at `path`.
    pub fn new(path: PathBuf) -> Self {
        Self { path, about: None, last: None }
    }

    /// What is seen now, if it is not what was seen last.
    pub fn look(&mut self) -> Option<Sighting> {
        let found = match self.content_if_moved() {
            Ok(None) => self.last.as_ref().map_or(OnDisk::Gone, |last| last.found.clone()),
            Ok(Some(found)) => found,
            Err(error) => {
                self.about = None;
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) {
                    OnDisk::Gone
                } else {
                    OnDisk::Unreadable(plainly(&error))
                }
            }
        };
        let guarded = if matches!(found, OnDisk::Bytes(_)) { guarded(&self.path) } else { None };
        let sighting = Sighting { found, guarded };
        if self.last.as_ref() == Some(&sighting) {
            return None;
        }
        self.last = Some(sighting.clone());
        Some(sighting)
    }

    fn content_if_moved(&mut self) -> io::Result<Option<OnDisk>> {
        let metadata = fs::metadata(&self.path)?;
        if !metadata.is_file() {
            return Ok(Some(OnDisk::Unreadable(what_it_is(metadata.file_type()).to_owned())));
        }
        let about = Some(about(&metadata));
        if self.about == about {
            return Ok(None);
        }
        let found = match content(&self.path)? {
            None => OnDisk::Gone,
            Some(bytes) if bytes.len() as u64 > LARGEST => OnDisk::Unreadable("it is too large".to_owned()),
            Some(bytes) => OnDisk::Bytes(bytes),
        };
        self.about = about;
        Ok(Some(found))
    }
}

fn about(metadata: &fs::Metadata) -> About {
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt as _;
        (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
    };
    #[cfg(not(unix))]
    let identity = (0, 0, 0);
    About { length: metadata.len(), modified: metadata.modified().ok(), identity }
}

/// Why a save to a file that is there would be refused, as far as can be told without writing anything.
fn guarded(path: &Path) -> Option<&'static str> {
    let target = follow_links(path).ok()?;
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        let folder = target.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
        if access(&target, Access::WRITE_OK).is_err() {
            return Some("the file can only be read");
        }
        if access(folder, Access::WRITE_OK | Access::EXEC_OK).is_err() {
            return Some("its folder can only be read");
        }
        None
    }
    #[cfg(not(unix))]
    fs::metadata(target).is_ok_and(|about| about.permissions().readonly()).then_some("the file can only be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_tells_only_what_is_new_and_content_tells_not_the_date_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.ron");
        fs::write(&path, "mine").expect("written");
        let mut watch = Watch::new(path.clone());
        let seen = |sighting: Option<Sighting>| sighting.map(|sighting| sighting.found);
        assert_eq!(seen(watch.look()), Some(OnDisk::Bytes(b"mine".to_vec())));
        assert_eq!(seen(watch.look()), None);
        let date = fs::metadata(&path).and_then(|about| about.modified()).expect("dated");
        let touch = |date| fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(date));
        touch(SystemTime::now() + std::time::Duration::from_hours(1)).expect("dated");
        assert_eq!(seen(watch.look()), None, "the same text at another date is no change");
        touch(date).expect("dated");
        assert_eq!(seen(watch.look()), None);
        // As long as before, and given the old date again.
        fs::write(&path, "them").and_then(|()| touch(date)).expect("written");
        if cfg!(unix) {
            assert_eq!(seen(watch.look()), Some(OnDisk::Bytes(b"them".to_vec())));
        }
        fs::remove_file(&path).expect("removed");
        assert_eq!((seen(watch.look()), seen(watch.look())), (Some(OnDisk::Gone), None));
        fs::write(&path, "back").expect("written");
        assert_eq!(seen(watch.look()), Some(OnDisk::Bytes(b"back".to_vec())));
        fs::remove_file(&path).and_then(|()| fs::create_dir(&path)).expect("a folder");
        assert!(matches!(seen(watch.look()), Some(OnDisk::Unreadable(_))));
    }
}
