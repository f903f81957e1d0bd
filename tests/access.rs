//! For everyone: every view of the window by keyboard and through its accessibility tree, as a screen reader has it.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

mod common;

use common::{BEDS, LAPTOP, press, shows, window};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use ibcf_planner::app::Planner;

const FIND: &str = "Find a command, scheme, pathway or view";

fn find(harness: &mut Harness<'_, Planner>, words: &str) {
    press(harness, Modifiers::COMMAND, Key::K);
    harness.get_by_role_and_label(Role::SearchInput, FIND).type_text(words);
    harness.run_ok();
}

/// What the finder has listed, the best first.
fn listed(harness: &Harness<'_, Planner>) -> Vec<(String, bool)> {
    let rows = harness.query_all_by_role(Role::ListBoxOption);
    let row = rows.map(|row| row.accesskit_node());
    row.map(|row| (row.label().unwrap(), row.toggled() == Some(Toggled::True))).collect()
}

#[test]
fn a_scheme_a_view_and_a_command_are_found_by_words_of_their_names_and_gone_to_by_enter() {
    let mut harness = window(None, LAPTOP);
    find(&mut harness, "beds");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_role_and_label(Role::SearchInput, FIND).is_none(), "it is put away");
    assert!(harness.query_by_label(&format!("Name of {BEDS}")).is_some(), "the scheme is shown");

    find(&mut harness, "delayed table");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let title = harness.state().charts()[2].title.clone();
    assert!(harness.query_all_by_label(&title).count() > 1, "its table lies before the window");
    press(&mut harness, Modifiers::NONE, Key::Escape);

    // The second of what was found, by arrow.
    find(&mut harness, "size");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let chosen: Vec<bool> = listed(&harness).iter().map(|(_, chosen)| *chosen).collect();
    assert_eq!(chosen[..3], [false, true, false]);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::SearchInput, FIND).is_none(), "Esc leaves");
}

#[test]
fn what_can_not_be_done_now_says_why_and_enter_leaves_it_alone() {
    let mut harness = window(None, LAPTOP);
    let before = harness.state().scenario().clone();
    find(&mut harness, "undo");
    assert!(shows(&harness, "Undo, not now: nothing to undo"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_role_and_label(Role::SearchInput, FIND).is_some(), "it waits for something better");
    assert_eq!(*harness.state().scenario(), before);
}

#[test]
fn leaving_the_finder_gives_the_keyboard_back_to_what_had_it() {
    let mut harness = window(None, LAPTOP);
    let slider = "Intermediate care and ED teams 2017/18";
    harness.get_by_role_and_label(Role::Slider, slider).focus();
    harness.run();
    find(&mut harness, "light");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.get_by_role_and_label(Role::Slider, slider).is_focused());
    let before = harness.state().scenario().clone();
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert_ne!(*harness.state().scenario(), before, "and arrows move it again");
}
