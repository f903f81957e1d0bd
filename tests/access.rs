//! For everyone: every view of the window by keyboard and through its accessibility tree, as a screen reader has it.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use ibcf_planner::app::{Planner, Settings};

const LAPTOP: Vec2 = vec2(1280.0, 720.0);
const BEDS: &str = "40 care-home beds";
const FIND: &str = "Find a command, scheme, pathway or view";

fn window(size: Vec2) -> Harness<'static, Planner> {
    let builder = Harness::builder().with_size(size).with_theme(Theme::Light).with_max_steps(24);
    let mut harness = builder.build_eframe(|creation| {
        Planner::new(&creation.egui_ctx, None, Settings::default()).expect("the bundled plan is sound")
    });
    harness.run();
    harness
}

fn press(harness: &mut Harness<'_, Planner>, key: Key) {
    harness.key_press(key);
    harness.run_ok();
}

fn press_with(harness: &mut Harness<'_, Planner>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

fn shows(harness: &Harness<'_, Planner>, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    harness.query_all_by(|node| has(node.label()) || has(node.value())).next().is_some()
}

fn find(harness: &mut Harness<'_, Planner>, words: &str) {
    press_with(harness, Modifiers::COMMAND, Key::K);
    harness.get_by_role_and_label(Role::SearchInput, FIND).type_text(words);
    harness.run_ok();
}

#[test]
fn a_scheme_a_view_and_a_command_are_found_by_words_of_their_names_and_gone_to_by_enter() {
    let mut harness = window(LAPTOP);
    find(&mut harness, "beds");
    press(&mut harness, Key::Enter);
    assert!(harness.query_by_role_and_label(Role::SearchInput, FIND).is_none(), "it is put away");
    assert!(harness.query_by_label(&format!("Name of {BEDS}")).is_some(), "the scheme is shown");

    find(&mut harness, "delayed table");
    press(&mut harness, Key::Enter);
    let title = harness.state().charts()[2].title.clone();
    assert!(harness.query_all_by_label(&title).count() > 1, "its table lies before the window");
    press(&mut harness, Key::Escape);

    // The second of what was found, by arrow.
    find(&mut harness, "size");
    let second = harness.query_all_by_role(Role::ListBoxOption).nth(1).unwrap().accesskit_node().label().unwrap();
    press(&mut harness, Key::ArrowDown);
    let chosen = harness.query_all_by_role(Role::ListBoxOption).nth(1).unwrap();
    assert_eq!(chosen.accesskit_node().toggled(), Some(eframe::egui::accesskit::Toggled::True), "{second}");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::SearchInput, FIND).is_none(), "Esc leaves");
}

#[test]
fn what_can_not_be_done_now_says_why_and_enter_leaves_it_alone() {
    let mut harness = window(LAPTOP);
    let before = harness.state().scenario().clone();
    find(&mut harness, "undo");
    assert!(shows(&harness, "Undo, not now: nothing to undo"));
    press(&mut harness, Key::Enter);
    assert!(harness.query_by_role_and_label(Role::SearchInput, FIND).is_some(), "it waits for something better");
    assert_eq!(*harness.state().scenario(), before);
}

#[test]
fn leaving_the_finder_gives_the_keyboard_back_to_what_had_it() {
    let mut harness = window(LAPTOP);
    let slider = "Intermediate care and ED teams 2017/18";
    harness.get_by_role_and_label(Role::Slider, slider).focus();
    harness.run();
    find(&mut harness, "light");
    press(&mut harness, Key::Escape);
    assert!(harness.get_by_role_and_label(Role::Slider, slider).is_focused());
    let before = harness.state().scenario().clone();
    press(&mut harness, Key::ArrowLeft);
    assert_ne!(*harness.state().scenario(), before, "and arrows move it again");
}
