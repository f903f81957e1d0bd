//! The version that a save replaced, kept as one backup for each file.
//!
//! It lies in the user's own local folder, not beside the file: a shared folder is not littered with files that nobody
//! there asked for, a backup does not go round by e-mail or sync, it can be kept where the folder itself takes no other
//! file, and it is still there when the share is not. It is found by the file's whole path, links followed, so that
//! files of one name never share a backup.

use std::fs;
use std::hash::Hasher as _;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use etcetera::{BaseStrategy as _, choose_base_strategy};
use siphasher::sip128::{Hasher128 as _, SipHasher13};
use tempfile::TempPath;

use super::save::{Previous, follow_links};
use super::{plainly, temporary};

/// The most files whose previous version is kept; the oldest go first.
const MOST: usize = 200;
/// How much of a file's name stands in its backup's, for those who look there by hand.
const NAME_LETTERS: usize = 40;

/// The folder for what the planner keeps for this user on this machine alone, never in a roaming profile. None where the
/// system knows no such place.
pub fn local_folder() -> Option<PathBuf> {
    let places = choose_base_strategy().ok()?;
    let local = places.state_dir().unwrap_or_else(|| places.cache_dir()); // of Windows' folders, its local one
    local.is_absolute().then(|| local.join("ibcf-planner"))
}

/// The folder of previous versions, of this user on this machine.
pub fn shelf() -> Option<PathBuf> {
    Some(local_folder()?.join("previous"))
}

/// Where a file's previous version lies, if it has one.
///
/// A save that was killed after it took the file's place left what it replaced under the name that a version has until
/// then: it is the one to open, as long as something else lies in the file's place.
pub fn previous_of(shelf: &Path, path: &Path) -> PathBuf {
    let place = place_of(shelf, path);
    let replaced = next(&place);
    let is_previous = fs::read(&replaced).is_ok_and(|replaced| fs::read(path).map_or(true, |now| now != replaced));
    if is_previous { replaced } else { place }
}

/// What a version is called that is about to be replaced.
fn next(place: &Path) -> PathBuf {
    place.with_extension("next")
}

fn place_of(shelf: &Path, path: &Path) -> PathBuf {
    let target = follow_links(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let name = target.file_name().unwrap_or_default();
    // One file has one path, whichever links led to it.
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| std::path::absolute(folder).unwrap_or_default()).join(name);
    let mut hasher = SipHasher13::new();
    hasher.write(whole.as_os_str().as_encoded_bytes());
    let letters = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let readable: String =
        target.file_stem().unwrap_or_default().to_string_lossy().chars().take(NAME_LETTERS).map(letters).collect();
    shelf.join(format!("{:032x}-{readable}.ron", hasher.finish128().as_u128()))
}

/// A version about to be replaced: written beside the other backups before the save, put in its place after it. So a
/// save that fails leaves the backup as it was, and one that is killed loses neither.
pub(super) enum Keeping {
    Ready { new: TempPath, at: PathBuf },
    Nothing,
    Not(String),
}

impl Keeping {
    pub(super) fn begin(shelf: Option<&Path>, target: &Path, found: &[u8]) -> Self {
        let Some(shelf) = shelf else {
            return Self::Not("the system names no folder for it".to_owned());
        };
        let at = place_of(shelf, target);
        let written = fs::create_dir_all(shelf).and_then(|()| {
            temporary::sweep(shelf);
            let left = previous_of(shelf, target);
            if left != at {
                fs::rename(left, &at)?;
            }
            temporary::write_privately(shelf, found)?.persist(next(&at))?;
            TempPath::try_from_path(next(&at))
        });
        match written {
            Ok(new) => Self::Ready { new, at },
            Err(error) => Self::Not(plainly(&error)),
        }
    }

    pub(super) fn end(self) -> Previous {
        match self {
            Self::Nothing => Previous::None,
            Self::Not(why) => Previous::NotKept(why),
            Self::Ready { new, at } => match new.persist(&at) {
                Ok(()) => {
                    let _ = at.parent().map(clear); // at worst there are more than wanted
                    Previous::Kept
                }
                Err(refused) => Previous::NotKept(plainly(&refused.error)),
            },
        }
    }
}

/// Removes the oldest backups where there are too many.
fn clear(shelf: &Path) -> io::Result<()> {
    let mut kept: Vec<(SystemTime, PathBuf)> = fs::read_dir(shelf)?
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "ron" || extension == "next"))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    kept.sort();
    let too_many = kept.len().saturating_sub(MOST);
    kept.iter().take(too_many).try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::super::save::{Over, save_plan};
    use super::*;

    #[test]
    fn files_of_one_name_have_backups_of_their_own_and_a_link_shares_its_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = folder.path().join("shelf");
        let [here, there] = ["here", "there"].map(|name| folder.path().join(name).join("plan.ron"));
        for path in [&here, &there] {
            fs::create_dir(path.parent().expect("a folder")).expect("made");
            for text in ["first", "second"] {
                let text = format!("{text} of {}", path.display());
                save_plan(path, &text, Over::Anything, Some(&shelf)).expect("saved");
            }
        }
        for path in [&here, &there] {
            let kept = fs::read_to_string(previous_of(&shelf, path)).expect("kept");
            assert_eq!(kept, format!("first of {}", path.display()));
        }
        #[cfg(unix)]
        {
            let link = folder.path().join("link.ron");
            std::os::unix::fs::symlink("here/plan.ron", &link).expect("linked");
            assert_eq!(previous_of(&shelf, &link), previous_of(&shelf, &here));
        }
    }

    /// As a save killed between the two leaves them: the new text in place, what it replaced not yet a backup.
    #[test]
    fn what_a_killed_save_replaced_is_the_previous_version_and_what_it_did_not_replace_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let (shelf, path) = (folder.path().join("shelf"), folder.path().join("plan.ron"));
        let save = |text: &str| save_plan(&path, text, Over::Anything, Some(&shelf)).expect("saved");
        let previous = || fs::read_to_string(previous_of(&shelf, &path)).expect("kept");
        save("first");
        save("second");
        let leave = |found: &str, then: Option<&str>| {
            let Keeping::Ready { new, .. } = Keeping::begin(Some(&shelf), &path, found.as_bytes()) else {
                panic!("it can be kept")
            };
            new.keep().expect("left there");
            if let Some(then) = then {
                fs::write(&path, then).expect("written");
            }
        };
        leave("second", None);
        assert_eq!(previous(), "first", "killed before it took the place: the second is still the file");
        leave("second", Some("third"));
        assert_eq!(previous(), "second", "killed after it");
        save("fourth");
        assert_eq!(previous(), "third");
        leave("fourth", Some("fifth"));
        leave("fifth", None);
        assert_eq!(previous(), "fourth", "killed twice, and the second time too soon");
    }

    #[test]
    fn the_oldest_backups_make_room() {
        let shelf = tempfile::tempdir().expect("a folder");
        let start = SystemTime::now() - std::time::Duration::from_hours(1000);
        for at in 0..MOST as u64 + 5 {
            let path = shelf.path().join(format!("{at}.ron"));
            fs::write(&path, "x").expect("written");
            let file = fs::File::options().write(true).open(&path).expect("there");
            file.set_modified(start + std::time::Duration::from_mins(at)).expect("dated");
        }
        clear(shelf.path()).expect("cleared");
        let exists = |at: usize| shelf.path().join(format!("{at}.ron")).exists();
        assert_eq!([0, 4, 5, MOST + 4].map(exists), [false, false, true, true]);
    }
}
