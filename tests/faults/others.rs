//! Others change, move or unplug the file between opening and saving: rows 11, 14 and 15 of the table.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Stdio};

use super::role;
use super::stage::{Fault, Plan, Tool, old};

pub(crate) const FAULTS: [Fault; 7] = [
    ("row_11_a_folder_deleted_while_open_is_said_and_not_made_again", &[], folder_deleted),
    ("row_11_a_file_deleted_while_open_is_said_and_not_made_again", &[], file_deleted),
    ("row_11_a_share_unplugged_while_open_is_said_and_nothing_written_under_it", &[Tool::Mount], share_unplugged),
    ("row_14_what_someone_else_saved_meanwhile_stays", &[], someone_else_saved),
    ("row_14_another_date_on_the_same_text_is_no_change", &[], another_date),
    ("row_15_the_second_of_two_saves_sees_the_first", &[], two_windows),
    ("row_15_of_two_saves_at_once_exactly_one_goes_through", &[], two_at_once),
];

/// A process that has the plan open, and saves when told.
struct Other {
    child: Child,
    says: BufReader<std::process::ChildStdout>,
}

impl Other {
    fn opens(runner: &[&str], path: &Path, local: &Path) -> Self {
        let mut call = role::call(runner, "save when told", path);
        call.env("XDG_STATE_HOME", local).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = call.spawn().unwrap();
        let says = BufReader::new(child.stdout.take().unwrap());
        let mut other = Self { child, says };
        assert_eq!(other.says_next(), "opened");
        other
    }

    fn says_next(&mut self) -> String {
        let mut line = String::new();
        self.says.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn told_to_save(&mut self) {
        self.child.stdin.take().unwrap().write_all(b"save\n").unwrap();
    }

    /// What it says came of the save.
    fn ends(mut self) -> String {
        let mut said = String::new();
        self.says.read_to_string(&mut said).unwrap();
        assert!(self.child.wait().unwrap().success());
        said.trim_end().to_owned()
    }

    fn saves(mut self) -> String {
        self.told_to_save();
        self.ends()
    }
}

fn open(plan: &Plan) -> Other {
    Other::opens(&[], &plan.path, &plan.local)
}

fn assert_gone(said: &str, plan: &Plan) {
    assert!(said.starts_with("not saved: ") && said.contains("save under another name"), "{said}");
    assert!(said.contains(plan.path.to_str().unwrap()), "{said}");
}

fn folder_deleted() {
    let plan = Plan::new();
    let mine = open(&plan);
    fs::remove_dir_all(plan.share()).unwrap();
    assert_gone(&mine.saves(), &plan);
    assert!(!plan.share().exists());
}

fn file_deleted() {
    let plan = Plan::new();
    let mine = open(&plan);
    fs::remove_file(&plan.path).unwrap();
    assert_gone(&mine.saves(), &plan);
    assert_eq!(plan.beside(), [""; 0]);
    assert!(!plan.path.exists());
}

fn share_unplugged() {
    let plan = Plan::new();
    // The share lies over a folder of its own, which must not be taken for it.
    fs::remove_file(&plan.path).unwrap();
    let kept = plan.folder.path().join("kept");
    fs::write(&kept, old()).unwrap();
    // The shell passes on a line for the process, and unplugs the share between its opening and that line.
    let script = format!(
        "mount -t tmpfs none '{share}' && cp '{kept}' '{plan}' || exit 99\n\
         {{ read line; umount -l '{share}'; echo save; }} | \"$0\"",
        share = plan.share().display(),
        kept = kept.display(),
        plan = plan.path.display()
    );
    let mine = Other::opens(&["unshare", "-m", "sh", "-c", &script], &plan.path, &plan.local);
    assert_gone(&mine.saves(), &plan);
    assert!(!plan.path.exists() && plan.beside().is_empty(), "nothing is written under the share");
}

fn someone_else_saved() {
    let plan = Plan::new();
    // As long as the old text, and with the old one's date: only the content tells.
    let theirs = old().replacen("Oxfordshire", "Oxfordshirf", 1);
    let date = fs::metadata(&plan.path).unwrap().modified().unwrap();
    let mine = open(&plan);
    fs::write(&plan.path, &theirs).unwrap();
    fs::File::options().write(true).open(&plan.path).unwrap().set_modified(date).unwrap();
    let said = mine.saves();
    assert!(said.starts_with("not saved: the file was changed by someone else"), "{said}");
    assert!(said.contains(plan.path.to_str().unwrap()), "{said}");
    assert_eq!((fs::read_to_string(&plan.path).unwrap(), plan.beside()), (theirs, vec![]));
}

fn another_date() {
    let plan = Plan::new();
    let mine = open(&plan);
    let later = std::time::SystemTime::now() + std::time::Duration::from_hours(48);
    fs::File::options().write(true).open(&plan.path).unwrap().set_modified(later).unwrap();
    assert_eq!(mine.saves(), "saved");
}

fn two_windows() {
    let plan = Plan::new();
    let (first, second) = (open(&plan), open(&plan));
    let name = format!("Saved by process {}", first.child.id());
    assert_eq!(first.saves(), "saved");
    let said = second.saves();
    assert!(said.starts_with("not saved: the file was changed by someone else"), "{said}");
    assert!(fs::read_to_string(&plan.path).unwrap().contains(&name), "the first one's version stays");
}

fn two_at_once() {
    for round in 0..40 {
        let plan = Plan::new();
        let mut both = [open(&plan), open(&plan)];
        for other in &mut both {
            other.told_to_save();
        }
        let names = both.each_ref().map(|other| format!("Saved by process {}", other.child.id()));
        let said = both.map(Other::ends);
        let winner = said.iter().position(|said| said == "saved").unwrap_or_else(|| panic!("{said:?}"));
        assert!(said[1 - winner].contains("changed by someone else"), "round {round}: {said:?}");
        assert!(fs::read_to_string(&plan.path).unwrap().contains(&names[winner]), "round {round}");
        assert_eq!(plan.beside(), [""; 0]);
    }
}
