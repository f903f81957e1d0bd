//! The recovery journal, killed a thousand times; and its offer in the window.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

#[cfg(feature = "window")]
mod common;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant, SystemTime};

use ibcf_planner::file::journal::{FileNow, Recorder, find};
use ibcf_planner::file::{Opened, parse, save, write};
use ibcf_planner::scenario::edit::{Move, apply};
use ibcf_planner::scenario::{Edit, Scenario};

const SMALL: &str = include_str!("fixtures/small.ron");
const LIVES: u64 = 1_000;
const FOLDER: &str = "IBCF_PLANNER_TEST_FOLDER";
/// Set for a life that saves; one that never does hangs on its journal alone.
const SAVES: &str = "IBCF_PLANNER_TEST_SAVES";

fn small() -> Opened {
    parse("small.ron", SMALL).expect("sound")
}

/// A process that is being started holds every lock of this one for a moment, as if another window had the plan open: the
/// test that starts a thousand of them runs alone.
static STARTING: RwLock<()> = RwLock::new(());

fn nothing_starts() -> RwLockReadGuard<'static, ()> {
    STARTING.read().unwrap_or_else(PoisonError::into_inner)
}

fn titled(number: u64) -> Edit {
    Edit::Retitle(format!("change {number}"))
}

/// The number of the change that led to this plan; 0 before the first.
fn number(scenario: &Scenario) -> u64 {
    scenario.title.strip_prefix("change ").map_or(0, |number| number.parse().expect("a number"))
}

/// Left behind by a program that ended without closing its plan.
fn left_behind(folder: &Path, path: &Path, text: &str, edits: &[Edit]) {
    let recorder = Recorder::start(folder.to_owned(), || {}).unwrap();
    recorder.opened(Some(path), text.to_owned());
    let mut scenario = parse("plan", text).unwrap().scenario;
    for edit in edits {
        scenario = apply(&scenario, edit).unwrap().scenario;
        recorder.made(vec![Move::Did(edit.clone())], scenario.clone());
    }
    recorder.finish();
}

/// Not a test of its own: the life of a program that edits and saves without end, until it is killed.
#[test]
fn life() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let path = folder.join("plan.ron");
    let recorder = Recorder::start(folder.join("journals"), || {}).unwrap();
    recorder.opened(Some(&path), SMALL.to_owned());
    let saves = std::env::var_os(SAVES).is_some();
    let mut scenario = small().scenario;
    let mut out = std::io::stdout().lock();
    for change in 1.. {
        scenario = apply(&scenario, &titled(change)).unwrap().scenario;
        recorder.made(vec![Move::Did(titled(change))], scenario.clone());
        writeln!(out, "made {change}").unwrap();
        if saves && change % 7 == 0 {
            let text = write(&scenario);
            writeln!(out, "saving {change}").unwrap();
            save(&path, &text).unwrap();
            recorder.saved(&path, text);
            writeln!(out, "saved {change}").unwrap();
        }
        std::thread::sleep(Duration::from_micros(300));
    }
}

/// One life of so long; tells how many changes were made, and how many of them were lost.
fn one_life(milliseconds: u64, with_saves: bool) -> (u64, u64) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    std::fs::write(&path, SMALL).unwrap();
    let mut life = Command::new(std::env::current_exe().unwrap());
    if with_saves {
        life.env(SAVES, "yes");
    }
    let mut child = life
        .args(["--exact", "life", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut heard = Vec::new();
    while let Some(Ok(line)) = lines.next() {
        let begun = line.contains("made 1");
        heard.push((Instant::now(), line));
        if begun {
            break;
        }
    }
    let reader = std::thread::spawn(move || {
        heard.extend(lines.map_while(Result::ok).map(|line| (Instant::now(), line)));
        heard
    });
    std::thread::sleep(Duration::from_millis(milliseconds));
    child.kill().unwrap(); // SIGKILL
    let killed = Instant::now();
    child.wait().unwrap();
    let heard = reader.join().unwrap();
    let last = |verb: &str, before: Instant| {
        let told = |line: &str| line.rsplit_once(&format!("{verb} "))?.1.parse::<u64>().ok();
        heard.iter().filter(|(at, _)| *at <= before).filter_map(|(_, line)| told(line)).next_back().unwrap_or(0)
    };
    let made = last("made", killed + Duration::from_mins(1));
    let a_second_before = last("made", killed.checked_sub(Duration::from_secs(1)).unwrap());
    let (saving, saved) = (last("saving", killed + Duration::from_mins(1)), last("saved", killed));

    let on_disk = std::fs::read_to_string(&path).unwrap();
    let there = number(&parse("plan.ron", &on_disk).expect("what was saved is whole").scenario);
    assert!(
        there >= saved && (there == 0 || there.is_multiple_of(7)) && there <= saving.max(saved),
        "{saved} {there} {saving}"
    );
    let left = find(&folder.path().join("journals"), SystemTime::now());
    assert!(left.unreadable.is_empty(), "a kill leaves no journal that has to be told of");
    let mut found = left.plans;
    assert!(found.len() < 2, "one plan, one journal");
    let recovered = found.pop().map_or(0, |found| {
        let recovered = number(&found.recovered.scenario);
        // A save may overtake the journal. What is offered then is older than the file, and says so.
        let is_said = matches!(found.file_now, FileNow::Other(_));
        assert!(recovered >= there || is_said, "{recovered} is offered over {there} without a word");
        recovered
    });
    let kept = recovered.max(there);
    assert!(kept >= a_second_before, "{a_second_before} changes were made a second before, {kept} are kept");
    (made, made.saturating_sub(kept))
}

/// How long a life lasts. Most are cut short at once; some outlast the second that may be lost.
fn length_of(life: u64) -> u64 {
    if life.is_multiple_of(83) { 1_100 + life % 300 } else { life * 7_919 % 23 }
}

#[test]
fn killed_a_thousand_times_a_plan_loses_no_more_than_the_last_second_and_no_byte_that_was_saved() {
    let _alone = STARTING.write().unwrap_or_else(PoisonError::into_inner);
    let begun = Instant::now();
    let live = |life: u64| {
        let saves = life.is_multiple_of(2);
        (saves, one_life(length_of(life), saves))
    };
    let all: Vec<(bool, (u64, u64))> = std::thread::scope(|scope| {
        let lives = |first: u64| (first..LIVES).step_by(4).map(live).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|first| scope.spawn(move || lives(first))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    for saves in [true, false] {
        let lives = || all.iter().filter(|(saved, _)| *saved == saves).map(|(_, life)| life);
        let (made, lost) = lives().fold((0, 0), |(made, lost), life| (made + life.0, lost + life.1));
        let most = lives().map(|(_, lost)| lost).max();
        println!("{} lives, saving: {saves}: {made} changes, {lost} lost, at most {most:?} in one", lives().count());
        assert!(made > LIVES, "lives were too short to try anything");
        // Short lives all end within the second that may be lost; yet what they did is not lost either.
        assert!(lost < made / 2, "{lost} of {made} changes were lost");
    }
    println!("{LIVES} lives in {:?}", begun.elapsed());
}

#[test]
fn the_newest_is_told_by_its_number_whatever_the_clock_says() {
    let _apart = nothing_starts();
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("journals");
    for change in 1..=3 {
        let path = folder.path().join(format!("{change}/plan.ron"));
        left_behind(&journals, &path, SMALL, &[titled(change)]);
    }
    // The clock jumped: the oldest looks newest, and the newest as old as can be.
    for (number, seconds) in [(1, 4_000_000_000), (2, 1_500_000_000), (3, 0)] {
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let file = std::fs::File::options().write(true).open(journals.join(format!("{number:08}.journal"))).unwrap();
        file.set_modified(at).unwrap();
    }
    for now in [0, 1_600_000_000, 4_070_908_800] {
        let found = find(&journals, SystemTime::UNIX_EPOCH + Duration::from_secs(now)).plans;
        let numbers: Vec<u64> = found.iter().map(|found| number(&found.recovered.scenario)).collect();
        assert_eq!(numbers, [3, 2, 1], "files of one name are kept apart, none is too old before it was offered");
    }
}

#[test]
fn a_plan_that_is_still_open_is_not_offered_and_one_closed_properly_leaves_nothing() {
    let _apart = nothing_starts();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let journals = folder.path().join("journals");
    let open = |number| {
        let recorder = Recorder::start(journals.clone(), || {}).unwrap();
        recorder.opened(Some(&path), SMALL.to_owned());
        let scenario = apply(&small().scenario, &titled(number)).unwrap().scenario;
        recorder.made(vec![Move::Did(titled(number))], scenario);
        recorder
    };
    let count = || std::fs::read_dir(&journals).map_or(0, Iterator::count);
    let (first, second) = (open(1), open(2)); // two windows on one file
    let begun = Instant::now();
    while count() < 2 {
        assert!(begun.elapsed() < Duration::from_secs(1), "a change is on disk within a second");
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(find(&journals, SystemTime::now()).plans.is_empty(), "both are open");
    first.finish(); // ended without being closed
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(find(&journals, SystemTime::now()).plans.len(), 1);
    second.closed();
    second.finish();
    assert_eq!(count(), 1, "the closed one is gone");
}

#[test]
fn where_nothing_can_be_written_it_is_said_once_and_work_goes_on() {
    let _apart = nothing_starts();
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "").unwrap();
    let recorder = Recorder::start(in_the_way.join("journals"), || {}).unwrap();
    recorder.opened(None, SMALL.to_owned());
    for change in 1..50 {
        let scenario = apply(&small().scenario, &titled(change)).unwrap().scenario;
        recorder.made(vec![Move::Did(titled(change))], scenario);
    }
    std::thread::sleep(Duration::from_millis(100));
    assert!(recorder.report().is_some(), "it is said");
    assert!(recorder.report().is_none(), "once");
    recorder.finish();
}

#[test]
fn what_was_put_off_is_kept_for_thirty_days() {
    let _apart = nothing_starts();
    let folder = tempfile::tempdir().unwrap();
    left_behind(folder.path(), &folder.path().join("plan.ron"), SMALL, &[titled(1)]);
    let now = SystemTime::now();
    let days = |days: u64| now + Duration::from_hours(24 * days);
    for found in find(folder.path(), now).plans {
        found.put_off(now).unwrap();
    }
    assert_eq!(find(folder.path(), days(29)).plans.len(), 1);
    assert_eq!(find(folder.path(), days(31)).plans.len(), 0);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_journal_that_cant_be_read_is_told_of_once_and_kept_for_thirty_days() {
    let _apart = nothing_starts();
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.ron");
    let now = SystemTime::now();
    let days = |days: u64| now + Duration::from_hours(24 * days);
    let count = || std::fs::read_dir(folder.path()).unwrap().count();
    // Its first change is damaged, its plan is damaged, another version wrote it.
    for number in 1..=3 {
        left_behind(folder.path(), &plan, SMALL, &[titled(number), titled(number + 10)]);
    }
    let journal = |number: u64| folder.path().join(format!("{number:08}.journal"));
    let change = |number, from: &str, to: &str| {
        let text = std::fs::read_to_string(journal(number)).unwrap();
        std::fs::write(journal(number), text.replacen(from, to, 1)).unwrap();
    };
    change(1, "{\"Made\"", "{\"Fade\"");
    change(2, "{\"Saved\"", "{\"Raved\"");
    change(3, "iBCF Planner journal 1", "iBCF Planner journal 2");
    // One that was never begun is no loss to anybody.
    std::fs::write(journal(4), "iBCF Planner jour").unwrap();
    let left = find(folder.path(), now);
    assert!(left.plans.is_empty());
    assert_eq!(left.unreadable.len(), 3, "{:?}", left.unreadable);
    assert!(left.unreadable.iter().all(|kept| kept.exists()));
    let left = find(folder.path(), days(29));
    assert_eq!((left.plans.len(), left.unreadable.len(), count()), (0, 0, 4), "told once, and still there");
    find(folder.path(), days(31));
    assert_eq!(count(), 0);
}

#[cfg(feature = "window")]
mod window {
    use eframe::egui::Key;
    use egui_kittest::Harness;
    use ibcf_planner::app::{Planner, Settings};

    use super::common::{LAPTOP, click, menu, shows, wait_for, window_with};
    use super::*;

    fn window(path: &Path, journals: &Path) -> Harness<'static, Planner> {
        let journals = journals.to_owned();
        window_with(Some(path), LAPTOP, Settings::default(), move |planner, ctx| {
            planner.with_recovery(ctx, Some(journals))
        })
    }

    #[test]
    fn what_a_crash_left_is_offered_compared_restored_with_its_steps_and_then_discarded() {
        let _apart = nothing_starts();
        let folder = tempfile::tempdir().unwrap();
        let journals = folder.path().join("journals");
        let path = folder.path().join("plan.ron");
        std::fs::write(&path, SMALL).unwrap();
        left_behind(&journals, &path, SMALL, &[titled(1), titled(2)]);

        let mut harness = window(&path, &journals);
        wait_for(&mut harness, "Recover unsaved changes?");
        assert!(shows(&harness, "2 changes that were not saved"));
        assert!(shows(&harness, "change 2"), "what differs is told before choosing");
        click(&mut harness, "Restore");
        assert_eq!(harness.state().scenario().title, "change 2");
        assert!(shows(&harness, "unsaved"));
        click(&mut harness, "Undo Title: “change 1” → “change 2”");
        assert_eq!(harness.state().scenario().title, "change 1", "its steps are there");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), SMALL, "nothing is written unasked");
        drop(harness); // crashes again, and somebody changes the file

        std::fs::write(&path, SMALL.replacen("title: \"", "title: \"Theirs, ", 1)).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        let mut harness = window(&path, &journals);
        wait_for(&mut harness, "Recover unsaved changes?");
        assert!(shows(&harness, "changed by somebody since"));
        click(&mut harness, "Discard…");
        click(&mut harness, "Go back");
        click(&mut harness, "Discard…");
        click(&mut harness, "Discard for good");
        assert!(!shows(&harness, "Recover unsaved changes?"));
        assert!(harness.state().scenario().title.starts_with("Theirs"), "the file is opened as it is");
        assert_eq!(std::fs::read_dir(&journals).unwrap().count(), 0);
    }

    #[test]
    fn a_record_that_cant_be_read_is_told_of_with_its_place() {
        let _apart = nothing_starts();
        let folder = tempfile::tempdir().unwrap();
        let (journals, path) = (folder.path().join("journals"), folder.path().join("plan.ron"));
        std::fs::write(&path, SMALL).unwrap();
        left_behind(&journals, &path, SMALL, &[titled(1)]);
        let journal = journals.join("00000001.journal");
        std::fs::write(&journal, std::fs::read_to_string(&journal).unwrap().replacen("{\"Saved\"", "{\"Raved\"", 1))
            .unwrap();
        let mut harness = window(&path, &journals);
        wait_for(&mut harness, "Unsaved work of an earlier day can’t be read");
        assert!(shows(&harness, "00000001.later.journal"));
    }

    #[test]
    fn that_nothing_is_kept_for_recovery_stands_there_through_every_edit_and_save() {
        let _apart = nothing_starts();
        let folder = tempfile::tempdir().unwrap();
        let (in_the_way, path) = (folder.path().join("file"), folder.path().join("plan.ron"));
        std::fs::write(&in_the_way, "").unwrap();
        std::fs::write(&path, SMALL).unwrap();
        let said = "Changes are not kept for recovery";
        let mut harness = window(&path, &in_the_way.join("journals"));
        assert!(!shows(&harness, said), "nothing was changed yet, and nothing tried");
        for pounds in ["650k", "640k"] {
            common::type_into(&mut harness, "Care home beds 2017/18 in pounds", pounds, Key::Enter);
            wait_for(&mut harness, said);
        }
        common::save(&mut harness);
        assert!(shows(&harness, said));
        std::fs::remove_file(&in_the_way).unwrap();
    }

    #[test]
    fn what_was_put_off_is_offered_again_from_the_menu() {
        let _apart = nothing_starts();
        let folder = tempfile::tempdir().unwrap();
        let journals = folder.path().join("journals");
        let path = folder.path().join("plan.ron");
        std::fs::write(&path, SMALL).unwrap();
        left_behind(&journals, &path, SMALL, &[titled(1)]);
        let mut harness = window(&path, &journals);
        wait_for(&mut harness, "Recover unsaved changes?");
        click(&mut harness, "Later");
        assert!(!shows(&harness, "Recover unsaved changes?"));
        for end in ["Later", "Restore"] {
            menu(&mut harness, "File", "Recovered work");
            wait_for(&mut harness, "Recover unsaved changes?");
            assert!(shows(&harness, "change 1"));
            click(&mut harness, end);
        }
        assert_eq!(harness.state().scenario().title, "change 1");
        menu(&mut harness, "File", "Recovered work");
        wait_for(&mut harness, "There is no unsaved work to recover");
    }
}
