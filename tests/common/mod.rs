//! The window, driven through its accessibility tree as a person or a screen reader would: what every test of it needs.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use ibcf_planner::app::{Planner, Settings};
use ibcf_planner::scenario::Scenario;

pub(crate) const JULY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/oxfordshire-2017-07.ron");
pub(crate) const BLANK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/blank.ron");
pub(crate) const BEDS: &str = "40 care-home beds";
pub(crate) const LAPTOP: Vec2 = vec2(1280.0, 720.0);
pub(crate) const PROJECTOR: Vec2 = vec2(1920.0, 1080.0);

/// The window on a file, or on the July plan that comes with the program.
pub(crate) fn window(path: Option<&Path>, size: Vec2) -> Harness<'static, Planner> {
    window_with(path, size, Settings::default(), |planner, _| planner)
}

/// The window with settings of its own, and whatever else it is given before it first draws.
pub(crate) fn window_with(
    path: Option<&Path>,
    size: Vec2,
    settings: Settings,
    given: impl FnOnce(Planner, &eframe::egui::Context) -> Planner + 'static,
) -> Harness<'static, Planner> {
    let path = path.map(Path::to_owned);
    // Replications ask for a frame at each of their steps, however soon these follow each other.
    let builder = Harness::builder().with_size(size).with_theme(Theme::Light).with_max_steps(24);
    let mut harness = builder.build_eframe(move |creation| {
        let planner = Planner::new(&creation.egui_ctx, path.as_deref(), settings).expect("the plan is sound");
        given(planner, &creation.egui_ctx)
    });
    harness.run_ok();
    harness
}

/// The July plan as a file of its own, that a test may write over.
pub(crate) fn copy_of_july() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("july.ron");
    std::fs::copy(JULY, &path).unwrap();
    (folder, path)
}

/// What the care-home beds of July are given in 2017/18.
pub(crate) fn beds(scenario: &Scenario) -> String {
    let id = "care-home-beds".parse().unwrap();
    let year = "2017/18".parse().unwrap();
    scenario.scheme(&id).expect("the July plan buys beds").1.allocation(year).exact()
}

/// Whether these words stand anywhere in the window.
pub(crate) fn shows(harness: &Harness<'_, Planner>, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    harness.query_all_by(|node| has(node.label()) || has(node.value())).next().is_some()
}

/// Lets background work report, for up to a minute, until something is seen.
pub(crate) fn wait_until(harness: &mut Harness<'_, Planner>, what: &str, seen: impl Fn(&Harness<'_, Planner>) -> bool) {
    let asked = Instant::now();
    while !seen(harness) {
        assert!(asked.elapsed() < Duration::from_mins(1), "never seen: {what}");
        std::thread::sleep(Duration::from_millis(5));
        harness.step();
    }
    harness.run_ok();
}

/// Lets background work report until these words stand in the window.
pub(crate) fn wait_for(harness: &mut Harness<'_, Planner>, words: &str) {
    wait_until(harness, words, |harness| shows(harness, words));
}

/// Lets all replications of the plan come in.
pub(crate) fn wait_until_refined(harness: &mut Harness<'_, Planner>) {
    wait_until(harness, "all replications", |harness| harness.state().is_refined());
}

pub(crate) fn click(harness: &mut Harness<'_, Planner>, button: &str) {
    harness.get_by_role_and_label(Role::Button, button).click();
    harness.run_ok();
}

/// Chooses from one of the menus at the top.
pub(crate) fn menu(harness: &mut Harness<'_, Planner>, menu: &str, item: &str) {
    click(harness, menu);
    harness.get_by_label_contains(item).click();
    harness.run_ok();
}

pub(crate) fn press(harness: &mut Harness<'_, Planner>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

/// Types into the box of that name, in the place of what it says, and ends it with a key.
pub(crate) fn type_into(harness: &mut Harness<'_, Planner>, name: &str, text: &str, end: Key) {
    harness.get_by_role_and_label(Role::TextInput, name).focus();
    harness.run_ok();
    harness.get_by_role_and_label(Role::TextInput, name).type_text(text);
    harness.run_ok();
    press(harness, Modifiers::NONE, end);
}

pub(crate) fn undo(harness: &mut Harness<'_, Planner>) {
    press(harness, Modifiers::COMMAND, Key::Z);
}

pub(crate) fn save(harness: &mut Harness<'_, Planner>) {
    press(harness, Modifiers::COMMAND, Key::S);
    wait_for(harness, "Saved ");
}
