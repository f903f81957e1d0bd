//! Every view of the window through its accessibility tree, in light and dark: what can be acted on has a name of its own,
//! sliders say their unit and range, and each chart is a figure named by its finding with its table at hand.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

mod common;

use std::collections::HashMap;
use std::path::Path;

use common::{
    BEDS, BLANK, JULY, LAPTOP, PROJECTOR, click, copy_of_july, menu, press, shows, type_into, wait_for,
    wait_until_refined, window, window_with,
};
use eframe::egui::accesskit::{Action, Role};
use eframe::egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use ibcf_planner::app::{Planner, Settings};
use ibcf_planner::bundled;
use ibcf_planner::chart::context::Part;
use ibcf_planner::file::journal::Recorder;
use ibcf_planner::scenario::Edit;
use ibcf_planner::scenario::edit::{Move, apply};

type Window = Harness<'static, Planner>;

const NONE: Modifiers = Modifiers::NONE;
const COMMAND: Modifiers = Modifiers::COMMAND;

/// What is wrong with the view that the window shows.
fn faults(window: &Window, view: &str) -> Vec<String> {
    let nodes: Vec<AccessKitNode<'_>> =
        window.root().children_recursive().map(|node| node.accesskit_node()).filter(|node| !node.is_hidden()).collect();
    let name = |node: &AccessKitNode<'_>| node.label().or_else(|| node.value()).unwrap_or_default();
    let names: Vec<String> = nodes.iter().map(name).collect();
    let mut faults = Vec::new();
    let mut fault = |what: String| faults.push(format!("{view}: {what}"));
    let mut alike: HashMap<_, usize> = HashMap::new();
    for (node, name) in nodes.iter().zip(&names) {
        let data = node.data();
        let acts = data.supports_action(Action::Click) || data.supports_action(Action::Focus);
        let is_frame =
            matches!(node.role(), Role::GenericContainer | Role::Window | Role::Dialog | Role::Pane | Role::Unknown);
        let is_text = matches!(node.role(), Role::Label | Role::TextRun | Role::Cell | Role::ScrollBar);
        let is_part = matches!(node.role(), Role::Pane | Role::Dialog);
        if is_part && name.is_empty() {
            fault(format!("a part of the window without a name: {:?} at {:?}", node.role(), node.raw_bounds()));
        }
        if !acts || is_frame || is_text {
            continue;
        }
        if !name.chars().any(char::is_alphanumeric) {
            fault(format!("{:?} without a name: {name:?} at {:?}", node.role(), node.raw_bounds()));
        }
        *alike.entry((node.parent().map(|parent| parent.id()), format!("{:?} {name}", node.role()))).or_default() += 1;
        match node.role() {
            Role::Slider => {
                let (least, most) = (node.min_numeric_value(), node.max_numeric_value());
                if least.is_none() || most.is_none() || least >= most {
                    fault(format!("the slider {name} has no range"));
                }
                let says_unit = |text: Option<&str>| text.is_some_and(|text| text.contains('£'));
                if !says_unit(data.value()) || !says_unit(data.description()) {
                    fault(format!("the slider {name} says no unit: {:?}, {:?}", data.value(), data.description()));
                }
            }
            Role::Figure => {
                let says = data.description().unwrap_or_default();
                if name.split_whitespace().count() < 4 {
                    fault(format!("the chart {name} is not named by a finding"));
                }
                let is_button = |button: &AccessKitNode<'_>| button.role() == Role::Button;
                let has_table =
                    nodes.iter().zip(&names).any(|(button, name)| is_button(button) && name.contains("as a table"));
                if !has_table || !says.contains("as a table") {
                    fault(format!("the chart {name} has no table at hand"));
                }
            }
            _ => {}
        }
    }
    for ((_, name), count) in alike.into_iter().filter(|(_, count)| *count > 1) {
        fault(format!("{count} siblings are all called {name}"));
    }
    faults
}

/// Judges the view in light and in dark.
fn judge(window: &mut Window, view: &str, all: &mut Vec<String>) {
    all.extend(faults(window, view));
    let dark = window.ctx.global_style().visuals.dark_mode;
    window.ctx.set_theme(if dark { eframe::egui::Theme::Light } else { eframe::egui::Theme::Dark });
    window.run_ok();
    all.extend(faults(window, &format!("{view}, the other theme")));
    window.ctx.set_theme(if dark { eframe::egui::Theme::Dark } else { eframe::egui::Theme::Light });
    window.run_ok();
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_window_with_each_way_to_look_at_the_charts_in_three_sizes() {
    let mut all = Vec::new();
    for size in [PROJECTOR, LAPTOP, vec2(900.0, 560.0)] {
        let mut window = window(Some(Path::new(JULY)), size);
        wait_until_refined(&mut window);
        judge(&mut window, &format!("the window at {size:?}"), &mut all);
        let is_low = window.query_by_role_and_label(Role::Button, "Balance").is_some();
        for tab in ["Balance", "Committed years", "Delayed transfers"].into_iter().filter(|_| is_low) {
            click(&mut window, tab);
            judge(&mut window, &format!("{tab} alone"), &mut all);
        }
        for way in ["By pathway", "By responsibility", "By scheme", "Track record", "Total"] {
            window.get_by_role_and_label(Role::Button, way).click();
            window.run_ok();
            judge(&mut window, &format!("delays {way} at {size:?}"), &mut all);
        }
        window.get_by_role_and_label(Role::RadioButton, "Show all years").click();
        window.run_ok();
        judge(&mut window, "all years", &mut all);
    }
    none(&all);
}

#[test]
fn the_inspector_of_the_plan_each_scheme_each_pathway_a_day_and_the_history() {
    let mut all = Vec::new();
    let tall = vec2(1920.0, 6_000.0);
    let mut window = window(Some(Path::new(JULY)), tall);
    judge(&mut window, "the plan", &mut all);
    let scenario = window.state().scenario().clone();
    for pathway in &scenario.pathways {
        window.get_by_role_and_label(Role::Link, &pathway.name).click();
        window.run_ok();
        judge(&mut window, &pathway.name, &mut all);
        click(&mut window, "← Plan");
    }
    for scheme in &scenario.schemes {
        window.query_all_by_role_and_label(Role::Button, &scheme.name).next().unwrap().click();
        window.run_ok();
        judge(&mut window, &scheme.name, &mut all);
    }
    let chart = window.state().charts()[2].title.clone();
    window.get_by_role_and_label(Role::Figure, &chart).focus();
    window.run_ok();
    press(&mut window, NONE, Key::Enter);
    judge(&mut window, "a day", &mut all);
    let name = format!("{BEDS} 2017/18 in pounds");
    for amount in ["800k", "650k", "800k", "650k"] {
        type_into(&mut window, &name, amount, Key::Enter);
    }
    press(&mut window, COMMAND, Key::H);
    judge(&mut window, "the history", &mut all);
    none(&all);
}

#[test]
fn the_blank_plan_and_every_menu() {
    let mut all = Vec::new();
    let mut window = window(Some(Path::new(BLANK)), LAPTOP);
    judge(&mut window, "the blank plan", &mut all);
    for name in ["File", "Edit", "View", "Help"] {
        click(&mut window, name);
        judge(&mut window, &format!("the menu {name}"), &mut all);
        press(&mut window, NONE, Key::Escape);
    }
    none(&all);
}

#[test]
fn tables_questions_comparisons_errors_and_everything_else_that_stands_before_the_window() {
    let mut all = Vec::new();
    let (folder, path) = copy_of_july();
    let mut window = window(Some(&path), LAPTOP);
    for chart in window.state().charts().clone() {
        click(&mut window, &format!("{} as a table", chart.name));
        judge(&mut window, &format!("the table of {}", chart.name), &mut all);
        press(&mut window, NONE, Key::Escape);
    }
    for (name, item) in [
        ("File", "Open by typing a path"),
        ("File", "Save by typing a path"),
        ("File", "Compare by typing a path"),
        ("File", "Export"),
        ("File", "New from NHS England data"),
        ("Help", "About iBCF Planner"),
        ("Help", "Words"),
        ("Help", "Start page"),
        ("Edit", "Find a command"),
    ] {
        menu(&mut window, name, item);
        judge(&mut window, item, &mut all);
        press(&mut window, NONE, Key::Escape);
    }
    type_into(&mut window, &format!("{BEDS} 2017/18 in pounds"), "650k", Key::Enter);
    menu(&mut window, "File", "What changed since it was saved");
    wait_for(&mut window, "1 difference");
    judge(&mut window, "a comparison", &mut all);
    press(&mut window, NONE, Key::Escape);
    press(&mut window, COMMAND, Key::N);
    judge(&mut window, "the question about unsaved changes", &mut all);
    press(&mut window, NONE, Key::Escape);
    menu(&mut window, "File", "Open by typing a path");
    click(&mut window, "Don’t save");
    type_into(&mut window, "Path of the file", "/no/such/plan.ron", Key::Enter);
    wait_for(&mut window, "could not be opened");
    judge(&mut window, "an error", &mut all);
    assert!(shows(&window, "there is no such file") && shows(&window, "open it again."), "why, and what to do");
    press(&mut window, NONE, Key::Escape);
    std::fs::write(&path, std::fs::read_to_string(&path).unwrap().replacen("title: \"", "title: \"Theirs, ", 1))
        .unwrap();
    press(&mut window, COMMAND, Key::S);
    wait_for(&mut window, "Nothing was saved, and nothing is lost");
    judge(&mut window, "a conflict", &mut all);
    click(&mut window, "Cancel");
    drop(folder);
    press(&mut window, COMMAND, Key::S);
    wait_for(&mut window, "The file is not there any more");
    judge(&mut window, "a file that is gone", &mut all);
    none(&all);
}

#[test]
fn what_a_crash_left_behind_and_the_page_of_a_first_start() {
    let mut all = Vec::new();
    let (folder, path) = copy_of_july();
    let journals = folder.path().join("journals");
    let opened = ibcf_planner::file::read(&path).unwrap();
    let recorder = Recorder::start(journals.clone(), || {}).unwrap();
    recorder.opened(Some(&path), opened.text.clone());
    let edit = Edit::Retitle("Another title".to_owned());
    let changed = apply(&opened.scenario, &edit).unwrap().scenario;
    recorder.made(vec![Move::Did(edit)], changed);
    recorder.finish(); // without a word that it was closed
    let mut window = window_with(Some(&path), LAPTOP, Settings::default(), |planner, ctx| {
        planner.with_recovery(ctx, Some(journals))
    });
    wait_for(&mut window, "Recover unsaved changes?");
    judge(&mut window, "recovery", &mut all);
    click(&mut window, "Discard…");
    judge(&mut window, "discarding", &mut all);
    for size in [LAPTOP, PROJECTOR] {
        let mut window = window_with(None, size, Settings::of_a_first_start(), |planner, _| planner);
        assert!(shows(&window, "What can be done"));
        judge(&mut window, "the start page", &mut all);
    }
    none(&all);
}

/// Opens what the finder finds by this name.
fn find(window: &mut Window, name: &str) {
    press(window, COMMAND, Key::K);
    window.get_by_role_and_label(Role::SearchInput, "Find a command, scheme, pathway or view").type_text(name);
    window.run_ok();
    press(window, NONE, Key::Enter);
}

#[test]
fn every_sheet_of_every_paper_and_a_scheme_taken_in_from_elsewhere() {
    let mut all = Vec::new();
    for bundled in bundled::PAPERS {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        std::fs::write(&path, bundled.text).unwrap();
        let mut window = window(Some(&path), PROJECTOR);
        let scenario = window.state().scenario().clone();
        for part in Part::ALL.into_iter().filter(|part| part.is_in(&scenario)) {
            find(&mut window, part.in_words());
            judge(&mut window, &format!("{}: {}", bundled.label, part.in_words()), &mut all);
        }
        menu(&mut window, "Edit", "Schemes from a planning template");
        judge(&mut window, "the import", &mut all);
    }
    none(&all);
}

fn presenting(size: Vec2) -> Window {
    let mut window = window(Some(Path::new(JULY)), size);
    press(&mut window, NONE, Key::F5);
    wait_until_refined(&mut window);
    window
}

#[test]
fn every_page_of_a_presentation_what_lies_over_it_and_the_presenters_view() {
    let mut all = Vec::new();
    let mut window = presenting(LAPTOP);
    for page in 1..=12 {
        judge(&mut window, &format!("page {page}"), &mut all);
        press(&mut window, NONE, Key::ArrowRight);
    }
    press(&mut window, NONE, Key::Home);
    for name in ["Beds first", "Fees first"] {
        press(&mut window, NONE, Key::K);
        judge(&mut window, "keeping a state", &mut all);
        let field = window.get_by_role_and_label(Role::TextInput, "Name of the kept state");
        field.type_text(name);
        window.run_ok();
        press(&mut window, NONE, Key::Enter);
    }
    for (key, what) in
        [(Key::H, "the keys"), (Key::S, "the choice of sliders"), (Key::L, "kept states"), (Key::T, "a table")]
    {
        press(&mut window, NONE, key);
        judge(&mut window, what, &mut all);
        press(&mut window, NONE, Key::Escape);
    }
    press(&mut window, NONE, Key::L);
    click(&mut window, "Rename Beds first");
    judge(&mut window, "renaming a state", &mut all);
    press(&mut window, NONE, Key::Escape);
    for name in ["Compare Beds first", "Compare Fees first"] {
        window.get_by_role_and_label(Role::CheckBox, name).click();
        window.run_ok();
    }
    click(&mut window, "Side by side");
    judge(&mut window, "two states side by side", &mut all);
    press(&mut window, NONE, Key::Escape);
    press(&mut window, NONE, Key::B);
    judge(&mut window, "a blank screen", &mut all);
    press(&mut window, NONE, Key::B);
    let mut window = presenting(PROJECTOR);
    window.key_press(Key::P);
    window.run_steps(4);
    all.extend(faults(&window, "the presenter’s view"));
    none(&all);
}
