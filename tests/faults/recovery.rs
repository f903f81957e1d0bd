//! What a clock that jumps, a newer file and a full disk do to recovery: rows 1, 16 and 17 of the table.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, SystemTime};

use ibcf_planner::file::journal::{FileNow, Found, find};

use super::role;
use super::stage::{Fault, Plan, Tool, Version, output_within};

pub(crate) const FAULTS: [Fault; 2] = [
    ("row_16_the_last_recovery_is_the_newest_however_the_clock_jumped", &[Tool::Clock], clock),
    ("row_17_a_recovery_older_than_the_file_is_offered_with_a_word_and_writes_nothing", &[], older_than_the_file),
];

/// Where a plan's user keeps journals.
pub(crate) fn journals(plan: &Plan) -> PathBuf {
    plan.local.join("ibcf-planner").join("recovery")
}

/// What can be recovered of it.
fn found(plan: &Plan) -> Vec<Found> {
    find(&journals(plan), SystemTime::now()).plans
}

/// A process edits the plan and ends without closing it.
fn leave(plan: &Plan, runner: &[&str], title: &str) {
    let mut command: Command = role::call(runner, "edit and be left", &plan.path);
    command.env("XDG_STATE_HOME", &plan.local).env(role::TITLE, title);
    command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1"); // the time of day jumps, not how long anything takes
    let done = output_within(&mut command, Duration::from_secs(20));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn clock() {
    let plan = Plan::new();
    leave(&plan, &["faketime", "2099-01-01 12:00:00"], "Edited in 2099");
    leave(&plan, &["faketime", "1999-01-01 12:00:00"], "Edited after that, in 1999");
    leave(&plan, &["faketime", "2037-06-01 12:00:00"], "Edited last");
    let titles: Vec<String> = found(&plan).into_iter().map(|found| found.recovered.scenario.title).collect();
    assert_eq!(titles, ["Edited last", "Edited after that, in 1999", "Edited in 2099"]);
    assert_eq!(plan.version(), Version::Old);
}

fn older_than_the_file() {
    let plan = Plan::new();
    leave(&plan, &[], "Left behind");
    // The date alone says nothing: the text is what was opened.
    let date =
        |date: &str| assert!(Command::new("touch").arg("-d").arg(date).arg(&plan.path).status().unwrap().success());
    date("2099-01-01");
    assert!(matches!(found(&plan)[..], [Found { file_now: FileNow::AsSaved, .. }]));
    // A colleague saved since; that the file says it is older changes nothing.
    let theirs = super::stage::old().replacen("title: \"", "title: \"Theirs: ", 1);
    fs::write(&plan.path, &theirs).unwrap();
    date("1999-01-01");
    let left = found(&plan);
    let [Found { file_now: FileNow::Other(there), recovered, .. }] = &left[..] else { panic!("{left:?}") };
    assert!(there.scenario.title.starts_with("Theirs: "));
    assert_eq!(recovered.scenario.title, "Left behind");
    assert_eq!((fs::read_to_string(&plan.path).unwrap(), plan.beside()), (theirs, vec![]));
}
