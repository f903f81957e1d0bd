//! What this program does when a test starts it once more, as a process that saves and may be tampered with or killed.

use std::ffi::OsStr;
use std::io::{BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use ibcf_planner::file::journal::{self, Recorder};
use ibcf_planner::file::{self, Over};
use ibcf_planner::scenario::edit::{Move, apply};
use ibcf_planner::scenario::{Edit, Note, NoteKind, Scenario, Source};

const ROLE: &str = "IBCF_FAULT_ROLE";
const FILE: &str = "IBCF_FAULT_FILE";
/// What the plan is to be called.
pub(crate) const TITLE: &str = "IBCF_FAULT_TITLE";

/// The call that starts this program in a role; after `runner`, if there is one.
pub(crate) fn call<S: AsRef<OsStr>>(runner: &[S], role: &str, path: &Path) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut command = super::stage::run_by(runner, this);
    command.env(ROLE, role).env(FILE, path);
    command
}

/// Plays a role, if this process was started for one.
pub(crate) fn play() -> bool {
    let Ok(role) = std::env::var(ROLE) else { return false };
    let path = PathBuf::from(std::env::var_os(FILE).unwrap());
    match role.as_str() {
        "save over and over" => save_over_and_over(&path),
        "save when told" => save_when_told(&path),
        "save twice" => save_twice(&path),
        "look for what was left" => super::hostile::look_for_what_was_left(&path),
        "record until it begins again" => record_until_it_begins_again(&path),
        "edit and be left" => edit_and_be_left(&path),
        #[cfg(feature = "window")]
        "edit without room for the journal" => super::window::edit_without_room(&path),
        #[cfg(feature = "window")]
        "save in a window" => super::window::save_in_a_window(&path),
        _ => panic!("no such role: {role}"),
    }
    true
}

/// Changes the title of the plan, records that, and ends without closing it.
fn edit_and_be_left(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let edit = Edit::Retitle(std::env::var(TITLE).unwrap());
    let scenario = apply(&file::parse("plan", &text).unwrap().scenario, &edit).unwrap().scenario;
    let recorder = Recorder::start(journal::folder().unwrap(), || {}).unwrap();
    recorder.opened(Some(path), text);
    recorder.made(vec![Move::Did(edit)], scenario);
    recorder.finish();
}

/// What a plan is called once its first change is on disk.
pub(crate) const KEPT: &str = "Kept before the journal began again";

/// Records a change, says so once it is on disk, and then one so large that the journal begins again with the plan as it
/// stands.
fn record_until_it_begins_again(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut scenario = file::parse("plan", &text).unwrap().scenario;
    let recorder = Recorder::start(journal::folder().unwrap(), || {}).unwrap();
    recorder.opened(Some(path), text);
    let mut make = |edit: Edit| {
        scenario = apply(&scenario, &edit).unwrap().scenario;
        recorder.made(vec![Move::Did(edit)], scenario.clone());
    };
    make(Edit::Retitle(KEPT.to_owned()));
    std::thread::sleep(std::time::Duration::from_millis(400)); // twice what a change may wait for the disk
    println!("kept");
    std::io::stdout().flush().unwrap();
    let note = || Note { kind: NoteKind::Remark, text: "x".repeat(15_000), source: Source::Entered, scheme: None };
    make(Edit::Together((0..80).map(|at| Edit::AddNote { at, note: Box::new(note()) }).collect()));
    recorder.finish();
}

/// The two versions that `save_over_and_over` writes in turn; of different lengths, so that a mixture is no scenario.
pub(crate) fn versions() -> [String; 2] {
    let retitled = |title: &str| {
        let mut scenario: Scenario = file::parse("old", super::stage::old()).unwrap().scenario;
        title.clone_into(&mut scenario.title);
        file::write(&scenario)
    };
    [super::stage::old().to_owned(), retitled("The other version, with a title of another length")]
}

fn save_over_and_over(path: &Path) {
    let versions = versions();
    let shelf = file::shelf();
    // Whichever version the process before this one left.
    let there = std::fs::read_to_string(path).unwrap();
    let mut turn = usize::from(there == versions[0]);
    let said = || std::io::stdout().write_all(b".").and_then(|()| std::io::stdout().flush());
    said().unwrap();
    loop {
        let known = versions[1 - turn].as_bytes();
        file::save_plan(path, &versions[turn], Over::Known(known), shelf.as_deref()).unwrap();
        turn = 1 - turn;
        said().unwrap();
    }
}

/// Opens the plan, says so, waits for a line, saves a version of its own, and says what came of it.
fn save_when_told(path: &Path) {
    let opened = file::read(path).unwrap();
    let mut mine = opened.scenario;
    mine.title = format!("Saved by process {}", std::process::id());
    println!("opened");
    std::io::stdin().lock().lines().next();
    let over = Over::Known(opened.text.as_bytes());
    match file::save_plan(path, &file::write(&mine), over, file::shelf().as_deref()) {
        Ok(_) => println!("saved"),
        Err(error) => println!("{error}"),
    }
    std::io::stdout().flush().unwrap();
}

/// Saves, and once more if that failed.
fn save_twice(path: &Path) {
    for _ in 0..2 {
        match file::save(path, &versions()[1]) {
            Ok(()) => return println!("saved"),
            Err(error) => println!("{error}"),
        }
    }
}
