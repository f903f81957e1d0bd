//! What others do to the open file, seen from the window: noticed, shown side by side, never written over unseen.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{BEDS, LAPTOP, beds, click, menu, press, shows, type_into, wait_for, wait_until};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use ibcf_planner::app::{Planner, Settings};
use ibcf_planner::file;
use ibcf_planner::money::Money;
use ibcf_planner::scenario::edit::apply;
use ibcf_planner::scenario::{Edit, Scenario};

type Window = Harness<'static, Planner>;

/// The July plan as a file of its own, and a window on it.
fn open() -> (tempfile::TempDir, PathBuf, Window) {
    let (folder, path) = common::copy_of_july();
    let window = window(&path, folder.path());
    (folder, path, window)
}

fn window(path: &Path, folder: &Path) -> Window {
    let settings = Settings::default().keeping_previous_in(Some(folder.join("previous")));
    common::window_with(Some(path), LAPTOP, settings, |planner, _| planner)
}

/// Types another sum for the beds in the window.
fn give_beds(window: &mut Window, amount: &str) {
    type_into(window, &format!("{BEDS} 2017/18 in pounds"), amount, Key::Enter);
}

fn save(window: &mut Window) {
    press(window, Modifiers::COMMAND, Key::S);
}

fn on_disk(path: &Path) -> Scenario {
    file::read(path).unwrap().scenario
}

/// What a colleague saves meanwhile: another title, and another sum for the beds if told.
fn colleague_saves(path: &Path, amount: Option<i64>) {
    let mut theirs = on_disk(path);
    "Our title".clone_into(&mut theirs.title);
    if let Some(pounds) = amount {
        let (scheme, year) = ("care-home-beds".parse().unwrap(), "2017/18".parse().unwrap());
        let edit = Edit::SetAllocation { scheme, year, amount: Money::pounds(pounds).unwrap() };
        theirs = apply(&theirs, &edit).unwrap().scenario;
    }
    fs::write(path, file::write(&theirs)).unwrap();
}

#[test]
fn a_change_on_disk_is_noticed_and_taken_when_asked() {
    let (_folder, path, mut window) = open();
    colleague_saves(&path, None);
    wait_for(&mut window, "Someone else changed july.ron on disk");
    assert_ne!(window.state().scenario().title, "Our title", "nothing changes unasked");
    click(&mut window, "Take the new version");
    wait_until(&mut window, "their title", |window| window.state().scenario().title == "Our title");
    assert!(!shows(&window, "Someone else changed") && !shows(&window, "unsaved"));
    common::undo(&mut window);
    assert_ne!(window.state().scenario().title, "Our title", "it can be taken back, as any step");
    assert!(shows(&window, "unsaved"));
}

#[test]
fn what_changed_on_disk_is_shown_beside_ones_own_changes_before_any_save() {
    let (_folder, path, mut window) = open();
    give_beds(&mut window, "650k");
    colleague_saves(&path, None);
    wait_for(&mut window, "Your changes are here, unsaved");
    click(&mut window, "What changed on disk…");
    wait_for(&mut window, "Yours: 1 change");
    assert!(shows(&window, "Theirs: 1 change") && shows(&window, "Our title") && shows(&window, "£650,000"));
    click(&mut window, "Cancel");
    assert_eq!((beds(window.state().scenario()), beds(&on_disk(&path))), ("£650,000".into(), "£900,000".into()));
}

/// A save over a colleague's stops and shows both.
fn save_stops(path: &Path, window: &mut Window, theirs: Option<i64>) {
    give_beds(window, "650k");
    colleague_saves(path, theirs);
    let before = fs::read(path).unwrap();
    save(window);
    wait_for(window, "Nothing was saved, and nothing is lost");
    assert_eq!(fs::read(path).unwrap(), before, "theirs lies there as they left it");
    assert!(shows(window, "Yours: 1 change") && shows(window, "Theirs: "));
}

#[test]
fn keeping_mine_saves_over_theirs_which_stays_as_the_previous_version() {
    let (_folder, path, mut window) = open();
    save_stops(&path, &mut window, Some(500_000));
    click(&mut window, "Keep mine");
    wait_for(&mut window, "Saved ");
    assert_eq!(beds(&on_disk(&path)), "£650,000");
    menu(&mut window, "File", "Open the previous version");
    wait_for(&mut window, "previous version of july.ron");
    assert_eq!(beds(window.state().scenario()), "£500,000");
    assert!(shows(&window, "unsaved"), "it has no file of its own");
    assert_eq!(beds(&on_disk(&path)), "£650,000", "opening it wrote nothing");
}

#[test]
fn taking_theirs_puts_ones_own_changes_aside_until_undo() {
    let (_folder, path, mut window) = open();
    save_stops(&path, &mut window, Some(500_000));
    click(&mut window, "Take theirs");
    assert_eq!((beds(window.state().scenario()), shows(&window, "unsaved")), ("£500,000".to_owned(), false));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!((beds(window.state().scenario()), shows(&window, "unsaved")), ("£650,000".to_owned(), true));
    assert_eq!(beds(&on_disk(&path)), "£500,000");
}

#[test]
fn a_merge_takes_in_both_sides_and_saves_them() {
    let (_folder, path, mut window) = open();
    save_stops(&path, &mut window, None);
    click(&mut window, "Merge both");
    wait_for(&mut window, "Saved ");
    let merged = on_disk(&path);
    assert_eq!((beds(&merged).as_str(), merged.title.as_str()), ("£650,000", "Our title"));
    assert!(!shows(&window, "unsaved"));
}

#[test]
fn where_both_changed_one_figure_a_person_chooses() {
    for (chosen, amount) in [(None, "£650,000"), (Some("Theirs: "), "£500,000")] {
        let (_folder, path, mut window) = open();
        save_stops(&path, &mut window, Some(500_000));
        assert!(shows(&window, "changed by both of you"));
        if let Some(whose) = chosen {
            let points = window.get_all_by_role(Role::RadioButton);
            let mut of_them = points.filter(|node| shows_label(node.accesskit_node().label(), whose));
            of_them.next_back().unwrap().click();
            drop(of_them);
            window.run_steps(3);
        }
        click(&mut window, "Merge both");
        wait_for(&mut window, "Saved ");
        let merged = on_disk(&path);
        assert_eq!((beds(&merged).as_str(), merged.title.as_str()), (amount, "Our title"));
    }
}

fn shows_label(label: Option<String>, words: &str) -> bool {
    label.is_some_and(|label| label.contains(words))
}

#[test]
fn a_broken_file_in_the_plans_place_is_written_over_only_when_told() {
    let (_folder, path, mut window) = open();
    give_beds(&mut window, "650k");
    fs::write(&path, b"half a sa\xff").unwrap();
    save(&mut window);
    wait_for(&mut window, "What lies there now is no plan");
    assert_eq!(fs::read(&path).unwrap(), b"half a sa\xff");
    click(&mut window, "Keep mine");
    wait_for(&mut window, "Saved ");
    assert_eq!(beds(&on_disk(&path)), "£650,000");
}

#[test]
fn a_file_that_goes_while_it_is_open_is_said_and_the_plan_kept() {
    let (_folder, path, mut window) = open();
    give_beds(&mut window, "650k");
    fs::remove_file(&path).unwrap();
    wait_for(&mut window, "july.ron is not there any more");
    save(&mut window);
    wait_for(&mut window, "The file is not there any more");
    assert!(!path.exists());
    click(&mut window, "Write it there again");
    wait_for(&mut window, "Saved ");
    assert_eq!(beds(&on_disk(&path)), "£650,000");
}

#[test]
fn a_refused_save_offers_another_name_and_loses_nothing() {
    let (folder, path, mut window) = open();
    give_beds(&mut window, "650k");
    // A folder stands in the file's place: no user may save over that.
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    save(&mut window);
    wait_for(&mut window, "Saving failed");
    assert!(shows(&window, "choose another name") && shows(&window, "Nothing is lost"));
    assert!(window.query_all_by_role_and_label(Role::Button, "Save as…").next().is_some());
    click(&mut window, "Close");
    let other = folder.path().join("other.ron");
    save_typed(&mut window, &other);
    wait_for(&mut window, "Saved ");
    assert_eq!(beds(&on_disk(&other)), "£650,000");
}

#[test]
fn a_file_without_a_previous_version_says_so() {
    let (_folder, _path, mut window) = open();
    menu(&mut window, "File", "Open the previous version");
    wait_for(&mut window, "No previous version is kept");
}

#[test]
fn saves_asked_for_during_a_save_never_meet_each_other() {
    let (_folder, path, mut window) = open();
    for amount in ["650k", "640k", "630k"] {
        give_beds(&mut window, amount);
        window.key_press_modifiers(Modifiers::COMMAND, Key::S);
        window.key_press_modifiers(Modifiers::COMMAND, Key::S);
        window.step();
    }
    // Replications of the plan go on all the while.
    wait_until(&mut window, "the last one saved", |window| !shows(window, "unsaved"));
    assert_eq!(beds(&on_disk(&path)), "£630,000");
    assert!(!shows(&window, "Someone else changed"));
}

/// A file that a newer planner saved, looked at in a window.
fn open_newer() -> (tempfile::TempDir, PathBuf, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("to-come.ron");
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/3-to-come.ron"), &path).unwrap();
    let mut window = window(&path, folder.path());
    assert!(shows(&window, "iBCF Planner 0.3 or later is needed") && shows(&window, "5 things in it are not shown"));
    assert_ne!(window.state().scenario().area, "Testshire", "nothing is shown of it unasked");
    click(&mut window, "Open read-only");
    assert_eq!(window.state().scenario().area, "Testshire");
    assert!(shows(&window, "Read-only: made with a newer planner (format 3)") && shows(&window, "“panel”"));
    (folder, path, window)
}

/// The box of that name, of one line or more.
fn text_box<'a>(window: &'a Window, name: &'a str) -> egui_kittest::Node<'a> {
    let is_box = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
    window.query_all_by(move |node| is_box(node.role()) && node.label().as_deref() == Some(name)).last().expect(name)
}

/// Types into a box, in the place of all that it says.
fn type_anew(window: &mut Window, name: &str, text: &str) {
    text_box(window, name).focus();
    window.run_ok();
    press(window, Modifiers::COMMAND, Key::A);
    text_box(window, name).type_text(text);
    window.run_ok();
    press(window, Modifiers::NONE, Key::Enter);
}

/// Saves under a typed path, in the place of the one that is suggested.
fn save_typed(window: &mut Window, path: &Path) {
    menu(window, "File", "Save by typing a path");
    type_anew(window, "Path of the file", path.to_str().unwrap());
}

#[test]
fn a_newer_planners_file_is_looked_at_and_never_saved_over() {
    let (folder, path, mut window) = open_newer();
    let before = fs::read(&path).unwrap();
    let title = window.state().scenario().title.clone();
    press(&mut window, Modifiers::COMMAND, Key::I);
    type_anew(&mut window, "Title of the plan", "What if");
    assert_ne!(window.state().scenario().title, title, "what-if is allowed");
    save(&mut window);
    wait_for(&mut window, "Not saved: to-come.ron was made with a newer planner");
    assert!(shows(&window, "“panel”, “unit” in schemes › allocations, “review” in schemes (2 times)"));
    click(&mut window, "Cancel");
    save_typed(&mut window, &path);
    wait_for(&mut window, "Replace the file that is there?");
    click(&mut window, "Replace");
    wait_for(&mut window, "this is the newer planner’s file");
    click(&mut window, "Close");
    assert_eq!(fs::read(&path).unwrap(), before);
    // Under another name it is a plan like any other.
    menu(&mut window, "File", "Save by typing a path");
    assert!(shows(&window, "Only what you see is saved"));
    click(&mut window, "Cancel");
    let copy = folder.path().join("copy.ron");
    save_typed(&mut window, &copy);
    wait_for(&mut window, "Saved ");
    assert_eq!((on_disk(&copy).title.as_str(), fs::read(&path).unwrap()), ("What if", before));
    assert!(!shows(&window, "Read-only: made with a newer planner"));
    press(&mut window, Modifiers::COMMAND, Key::Z);
    save(&mut window);
    wait_until(&mut window, "the next save", |_| on_disk(&copy).title == title);
}

#[test]
fn a_newer_file_that_does_not_hold_by_itself_says_why_and_is_not_shown() {
    let (_folder, path, mut window) = open();
    let newer = fs::read_to_string(&path).unwrap().replacen("format: 2", "format: 3", 1);
    fs::write(&path, newer.replacen("\"900000\"", "\"-1\"", 1)).unwrap();
    wait_for(&mut window, "Someone else changed july.ron on disk");
    click(&mut window, "Take the new version");
    wait_for(&mut window, "What this planner knows of it does not hold by itself");
    assert!(shows(&window, "the allocation is −£1") && !shows(&window, "Open read-only"));
}

#[test]
fn the_save_that_older_planners_can_not_open_any_more_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.ron");
    fs::write(&path, include_str!("fixtures/small.ron")).unwrap();
    let mut window = window(&path, folder.path());
    menu(&mut window, "View", "Keep the money as “State 1”");
    save(&mut window);
    wait_for(&mut window, "in format 2 from now on, for its kept states: planners before 0.2 can’t open it");
    assert!(fs::read_to_string(&path).unwrap().starts_with("(\n    format: 2,"));
    type_anew(&mut window, "Title of the plan", "Another");
    save(&mut window);
    wait_until(&mut window, "the next save", |window| on_disk(&path).title == "Another" && !shows(window, "unsaved"));
    assert!(!shows(&window, "from now on"));
}
