//! The saving process is killed: rows 5 and 6 of the table.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use ibcf_planner::file::journal::find;
use ibcf_planner::file::{previous_of, read};

use super::recovery::journals;
use super::role;
use super::stage::{Fault, Plan, Tool, Version, old, output_within, read_trace, strace, was_killed};

const SOON: Duration = Duration::from_secs(20);
/// How many times a saving process is killed at a moment of chance.
const KILLS: usize = 1000;

pub(crate) const FAULTS: [Fault; 3] = [
    ("row_05_killed_at_each_system_call_the_old_or_the_new_version_is_whole", &[Tool::Strace], at_each_call),
    (
        "row_05_killed_at_each_call_of_a_journal_that_begins_again_what_was_kept_is_offered_once",
        &[Tool::Strace],
        at_each_call_of_a_journal,
    ),
    ("row_05_killed_a_thousand_times_no_file_is_broken_and_none_pile_up", &[], a_thousand_times),
];

/// Each system call of the undisturbed save, from the first look at the file on: its name and its number among those of
/// its name.
fn calls_of_a_save() -> Vec<(String, usize)> {
    let plan = Plan::new();
    let trace = plan.folder.path().join("trace");
    let done = output_within(&mut plan.within(&strace(&trace, &["trace=all"])), SOON);
    assert!(done.status.success(), "{done:?}");
    let trace = read_trace(&trace).unwrap();
    let mut counts = BTreeMap::new();
    let mut calls = Vec::new();
    let (mut saving, main) = (false, trace.split_whitespace().next().unwrap());
    for line in trace.lines().filter(|line| line.starts_with(main)) {
        let call = line[main.len()..].trim_start();
        let Some((name, _)) = call.split_once('(') else { continue }; // how the process ended
        let count: &mut usize = counts.entry(name.to_owned()).or_default();
        *count += 1;
        // Reading the plan opens it to read; a save begins by opening it to write.
        saving |= call.contains(&format!("\"{}\", O_WRONLY", plan.path.display()));
        if saving && !matches!(name, "exit_group" | "munmap" | "sigaltstack") {
            calls.push((name.to_owned(), *count));
        }
    }
    assert!(calls.iter().any(|(name, _)| name.starts_with("rename")), "{calls:?}");
    calls
}

fn at_each_call() {
    let calls = calls_of_a_save();
    let next = AtomicUsize::new(0);
    let killed_after = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((name, number)) = calls.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let injection = format!("inject={name}:signal=KILL:when={number}");
                    let version = killed_at(&injection);
                    killed_after.fetch_add(usize::from(version == Version::New), Ordering::Relaxed);
                }
            });
        }
    });
    let after = killed_after.into_inner();
    assert!(after > 0 && after < calls.len(), "some kills come before the replacement, some after: {after}");
}

/// Kills a save at one call. Then the file opens, and the next save goes through and clears what was left.
fn killed_at(injection: &str) -> Version {
    let plan = Plan::new();
    let done = output_within(&mut plan.tampered(&[injection]), SOON);
    assert!(was_killed(&done), "{injection}: {done:?}");
    let version = plan.version();
    let left = plan.beside();
    assert!(left.len() <= 1, "{injection}: {left:?}");
    assert_eq!(read(&plan.path).unwrap().text, fs::read_to_string(&plan.path).unwrap(), "what is left is not loaded");
    let shelf = plan.local.join("ibcf-planner").join("previous");
    if version == Version::New {
        let replaced = fs::read_to_string(previous_of(&shelf, &plan.path)).unwrap();
        assert_eq!(replaced, old(), "{injection}: what it replaced can be opened");
    }
    let done = output_within(&mut plan.save(), SOON);
    assert!(done.status.success(), "after {injection}: {done:?}");
    assert_eq!((plan.version(), plan.beside()), (Version::New, vec![]), "after {injection}");
    let on_shelf: Vec<_> = fs::read_dir(&shelf).map(|entries| entries.flatten().collect()).unwrap_or_default();
    let kept = previous_of(&shelf, &plan.path);
    if version == Version::Old {
        assert_eq!(fs::read_to_string(&kept).unwrap(), old(), "after {injection}");
    }
    assert!(on_shelf.len() <= 2, "at most a backup and what one kill left: {on_shelf:?}");
    version
}

fn at_each_call_of_a_journal() {
    let record = |plan: &Plan, runner: &[String]| {
        let mut command = role::call(runner, "record until it begins again", &plan.path);
        command.env("XDG_STATE_HOME", &plan.local);
        output_within(&mut command, SOON)
    };
    // The writer's own calls, by the name of the folder that it writes in.
    let plan = Plan::new();
    let trace = plan.folder.path().join("trace");
    let done = record(&plan, &strace(&trace, &["trace=all"]));
    assert!(done.status.success(), "{done:?}");
    let trace = read_trace(&trace).unwrap();
    let thread = |line: &str| line.split_whitespace().next().map(str::to_owned);
    let writer =
        trace.lines().find(|line| line.contains("O_CREAT") && line.contains(".journal")).and_then(thread).unwrap();
    let mut counts = BTreeMap::<&str, usize>::new();
    for line in trace.lines().filter(|line| thread(line).as_ref() == Some(&writer)) {
        if let Some((name, _)) = line[writer.len()..].trim_start().split_once('(') {
            *counts.entry(name).or_default() += 1;
        }
    }
    let calls = ["openat", "write", "fsync", "fdatasync", "flock", "unlink", "lseek", "getdents64"];
    let calls =
        calls.into_iter().flat_map(|name| (1..=counts.get(name).copied().unwrap_or(0)).map(move |at| (name, at)));
    let calls: Vec<(&str, usize)> = calls.collect();
    assert!(calls.iter().filter(|(name, _)| *name == "openat").count() > 2, "two journals and the folder: {calls:?}");
    let next = AtomicUsize::new(0);
    let [before, again] = [const { AtomicUsize::new(0) }; 2];
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((name, number)) = calls.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let plan = Plan::new();
                    let injection = format!("inject={name}:signal=KILL:when={number}");
                    let done = record(&plan, &strace(Path::new("/dev/null"), &[&injection]));
                    let is_kept = String::from_utf8_lossy(&done.stdout).contains("kept");
                    let left = find(&journals(&plan), SystemTime::now());
                    assert!(left.unreadable.is_empty(), "{injection}: {left:?}");
                    let titles: Vec<_> = left.plans.iter().map(|it| it.recovered.scenario.title.as_str()).collect();
                    assert!(titles == [role::KEPT] || (titles.is_empty() && !is_kept), "{injection}: {titles:?}");
                    let notes = left.plans.first().map_or(0, |it| it.recovered.scenario.notes.len());
                    let which = if notes > 80 { &again } else { &before };
                    which.fetch_add(usize::from(is_kept), Ordering::Relaxed);
                }
            });
        }
    });
    let (before, again) = (before.into_inner(), again.into_inner());
    assert!(before > 0 && again > 0, "some kills come before the new journal stands, some after: {before}, {again}");
}

/// Numbers of chance, the same in every run: xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

fn a_thousand_times() {
    let versions = role::versions();
    let [killed, saved] = [const { AtomicUsize::new(0) }; 2];
    let seen = [const { AtomicUsize::new(0) }; 2];
    std::thread::scope(|scope| {
        for seed in 1..=4_u64 {
            let (versions, killed, saved, seen) = (&versions, &killed, &saved, &seen);
            scope.spawn(move || {
                let plan = Plan::new();
                let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
                while killed.fetch_add(1, Ordering::Relaxed) < KILLS {
                    let before = fs::metadata(&plan.path).unwrap().modified().unwrap();
                    let mut saving = role::call::<&str>(&[], "save over and over", &plan.path);
                    saving.env("XDG_STATE_HOME", &plan.local).stdout(Stdio::piped()).stderr(Stdio::piped());
                    let mut child = saving.spawn().unwrap();
                    // It says that it is about to save, and each save done: a busy machine moves the moments along.
                    let mut said = vec![0; 1 + usize::try_from(chance.below(4)).unwrap()];
                    child.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
                    std::thread::sleep(Duration::from_micros(chance.below(6_000)));
                    child.kill().unwrap();
                    let done = child.wait_with_output().unwrap();
                    assert!(was_killed(&done), "{}", String::from_utf8_lossy(&done.stderr));
                    let text = fs::read_to_string(&plan.path).unwrap();
                    let which = versions.iter().position(|version| *version == text);
                    let which = which.unwrap_or_else(|| panic!("{} bytes: neither version", text.len()));
                    seen[which].fetch_add(1, Ordering::Relaxed);
                    let moved = fs::metadata(&plan.path).unwrap().modified().unwrap() != before;
                    saved.fetch_add(usize::from(moved), Ordering::Relaxed);
                    assert!(plan.beside().len() <= 1, "{:?}", plan.beside());
                }
            });
        }
    });
    let (seen, saved) = (seen.map(AtomicUsize::into_inner), saved.into_inner());
    let fell_everywhere = seen.iter().all(|times| *times > KILLS / 10) && saved > KILLS / 2;
    assert!(fell_everywhere, "kills fell all over the saves: {seen:?}, {saved} after at least one");
}
