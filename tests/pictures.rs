//! Pictures of the window as it is drawn, kept beside this file; a changed pixel has to be looked at and accepted.
//!
//! Behind the feature `pictures`, as drawing needs a graphics driver (a software one will do). After a wanted change:
//! `UPDATE_SNAPSHOTS=force cargo test --features pictures --test pictures`, then look at every picture.
#![cfg(feature = "pictures")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on should say where")]

use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use ibcf_planner::app::{Planner, Settings};
use ibcf_planner::bundled::JULY_2017;

const LAPTOP: Vec2 = vec2(1280.0, 720.0);
const PROJECTOR: Vec2 = vec2(1920.0, 1080.0);

fn window(scenario: &str, size: Vec2) -> Harness<'static, Planner> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(scenario);
    let builder = Harness::builder().with_size(size).with_theme(Theme::Light).with_render_cursor(false);
    // Replications ask for a frame at each of their steps, however soon these follow each other.
    let builder = builder.with_max_steps(24).wgpu();
    let mut harness = builder.build_eframe(move |creation| {
        Planner::new(&creation.egui_ctx, Some(&path), Settings::default()).expect("the bundled plan is sound")
    });
    // What the foot says of the opening names a folder of this machine; the next message takes its place.
    harness.run();
    harness
}

fn picture(pictures: &mut SnapshotResults, harness: &mut Harness<'_, Planner>, name: &str) {
    let asked = Instant::now();
    while !harness.state().is_refined() {
        assert!(asked.elapsed() < Duration::from_mins(1), "the replications never came in");
        std::thread::sleep(Duration::from_millis(20));
        harness.step();
    }
    harness.run();
    // Other drivers round the edges of letters and lines a little differently.
    let options = SnapshotOptions::new().output_path("tests/pictures").max_failed_pixels(400);
    pictures.add(harness.try_snapshot_options(name, &options));
}

fn press(harness: &mut Harness<'_, Planner>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn click(harness: &mut Harness<'_, Planner>, role: Role, name: &str) {
    harness.get_by_role_and_label(role, name).click();
    harness.run();
}

#[test]
fn the_july_plan_on_a_laptop_and_a_projector_in_light_and_dark() {
    let mut pictures = SnapshotResults::new();
    for (size, place) in [(LAPTOP, "1280x720"), (PROJECTOR, "1920x1080")] {
        let mut harness = window("oxfordshire-2017-07.ron", size);
        picture(&mut pictures, &mut harness, &format!("july-{place}-light"));
        press(&mut harness, Modifiers::COMMAND, Key::D);
        picture(&mut pictures, &mut harness, &format!("july-{place}-dark"));
    }
}

#[test]
fn a_scheme_questioned_all_years_shown_and_the_line_taken_apart() {
    let mut pictures = SnapshotResults::new();
    let mut harness = window("oxfordshire-2017-07.ron", PROJECTOR);
    click(&mut harness, Role::Button, "40 care-home beds");
    picture(&mut pictures, &mut harness, "beds-questioned");
    click(&mut harness, Role::RadioButton, "Show all years");
    click(&mut harness, Role::Button, "By pathway");
    picture(&mut pictures, &mut harness, "all-years-by-pathway");
    click(&mut harness, Role::Button, "By responsibility");
    click(&mut harness, Role::Link, "Reablement and care at home");
    picture(&mut pictures, &mut harness, "by-responsibility");
    click(&mut harness, Role::Button, "Delayed transfers as a table");
    picture(&mut pictures, &mut harness, "delayed-transfers-table");
}

#[test]
fn more_given_than_there_is() {
    let mut pictures = SnapshotResults::new();
    let mut harness = window("oxfordshire-2017-07.ron", LAPTOP);
    harness.get_by_role_and_label(Role::Slider, "Home care fees 2017/18").set_value_accesskit(2_000_000.0);
    harness.run();
    picture(&mut pictures, &mut harness, "over-allocated");
    press(&mut harness, Modifiers::COMMAND, Key::N);
    picture(&mut pictures, &mut harness, "unsaved-changes");
}

#[test]
fn a_projector_at_150_percent() {
    let mut pictures = SnapshotResults::new();
    let mut harness = window("oxfordshire-2017-07.ron", LAPTOP);
    harness.ctx.set_zoom_factor(1.5);
    harness.run();
    picture(&mut pictures, &mut harness, "zoomed");
    click(&mut harness, Role::Button, "Committed years");
    click(&mut harness, Role::Button, "Home care fees");
    picture(&mut pictures, &mut harness, "zoomed-questioned");
}

/// Every page as the room sees it, and one on which something was changed.
#[test]
fn every_page_of_a_presentation() {
    let mut pictures = SnapshotResults::new();
    for (size, place) in [(LAPTOP, "1280x720"), (PROJECTOR, "1920x1080")] {
        let mut harness = window("oxfordshire-2017-07.ron", size);
        press(&mut harness, Modifiers::NONE, Key::F5);
        for page in PAGES {
            picture(&mut pictures, &mut harness, &format!("present-{page}-{place}"));
            press(&mut harness, Modifiers::NONE, Key::ArrowRight);
        }
        go_to_delays(&mut harness);
        harness.get_by_role_and_label(Role::Slider, "40 care-home beds 2017/18").set_value_accesskit(650_000.0);
        harness.run();
        picture(&mut pictures, &mut harness, &format!("present-changed-{place}"));
    }
}

/// The pages of July's presentation, in their order.
const PAGES: [&str; 12] = [
    "balance",
    "committed",
    "delays",
    "schemes",
    "assumed",
    "record",
    "contradictions",
    "contradictions-2",
    "contradictions-3",
    "contradictions-4",
    "contradictions-5",
    "contradictions-6",
];

fn go_to_delays(harness: &mut Harness<'_, Planner>) {
    press(harness, Modifiers::NONE, Key::Home);
    for _ in 0..2 {
        press(harness, Modifiers::NONE, Key::ArrowRight);
    }
}

/// In an evening's meeting, and for those who need larger text.
#[test]
fn a_presentation_in_the_dark_and_with_larger_text() {
    let mut pictures = SnapshotResults::new();
    let mut harness = window("oxfordshire-2017-07.ron", LAPTOP);
    press(&mut harness, Modifiers::NONE, Key::F5);
    harness.ctx.set_theme(Theme::Dark);
    for page in &PAGES[..7] {
        picture(&mut pictures, &mut harness, &format!("present-{page}-dark"));
        press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    }
    harness.ctx.set_theme(Theme::Light);
    go_to_delays(&mut harness);
    for (zoom, name) in [(1.3, "130"), (2.0, "200")] {
        harness.ctx.set_zoom_factor(zoom);
        harness.run();
        picture(&mut pictures, &mut harness, &format!("present-delays-at-{name}"));
    }
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    picture(&mut pictures, &mut harness, "present-delays-at-200-further");
}

#[test]
fn a_plan_with_nothing_in_it() {
    let mut pictures = SnapshotResults::new();
    let mut harness = window("blank.ron", LAPTOP);
    picture(&mut pictures, &mut harness, "blank");
}

/// Oxfordshire, June to September 2017, with June and August moved, so that every shape is seen.
#[test]
fn months_that_came_after_the_plan() {
    let mut pictures = SnapshotResults::new();
    let month = |(month, days)| format!("(month: \"2017-{month}\", delayed_days: (value: {days}, source: Entered)),");
    let outturn = [("06", 8_100), ("07", 5_810), ("08", 3_000), ("09", 3_970)].map(month).concat();
    let outturn = format!("\n    outturn: [{outturn}],\n    costs: (");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("july.ron");
    std::fs::write(&path, JULY_2017.text.replacen("\n    costs: (", &outturn, 1)).unwrap();
    for (size, name) in [(LAPTOP, "outturn-1280x720"), (PROJECTOR, "outturn-1920x1080")] {
        let mut harness = window(path.to_str().unwrap(), size);
        picture(&mut pictures, &mut harness, name);
    }
}
