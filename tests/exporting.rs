//! Exporting and copying from the window, driven through its accessibility tree as a person would.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

mod common;

use std::path::Path;

use common::{LAPTOP, click, copy_of_july, menu, press, shows, type_into, wait_for, wait_until_refined, window};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, OutputCommand};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use ibcf_planner::app::Planner;
use ibcf_planner::chart::Chart;
use ibcf_planner::export::{self, Size};

/// What a folder holds beside the plan.
fn beside(plan: &Path) -> Vec<String> {
    let names = std::fs::read_dir(plan.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| *name != plan.file_name().unwrap().to_string_lossy());
    names.sort();
    names
}

fn choose(harness: &mut Harness<'_, Planner>, what: &str) {
    harness.get_by_role_and_label(Role::RadioButton, what).click();
    harness.run_ok();
}

/// Types a path over the one suggested.
fn type_path(harness: &mut Harness<'_, Planner>, name: &str, path: &Path) {
    harness.get_by_role_and_label(Role::TextInput, name).focus();
    harness.run_ok();
    press(harness, Modifiers::COMMAND, Key::A);
    type_into(harness, name, path.to_str().unwrap(), Key::Enter);
}

#[test]
fn a_board_paper_is_exported_beside_the_plan_by_two_keys_and_the_window_says_where() {
    let (_folder, path) = copy_of_july();
    let mut harness = window(Some(&path), LAPTOP);
    wait_until_refined(&mut harness);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert!(shows(&harness, "Board paper"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let written = path.with_file_name("july-board-paper.docx");
    wait_for(&mut harness, &format!("Exported {}", written.display()));
    assert_eq!(beside(&path), ["july-board-paper.docx"], "and nothing else");
    let bytes = std::fs::read(&written).unwrap();
    assert!(bytes.starts_with(b"PK"));
    assert!(!shows(&harness, "unsaved"), "to export is no change");
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_asking() {
    let (_folder, path) = copy_of_july();
    let there = path.with_file_name("mine.csv");
    std::fs::write(&there, "mine").unwrap();
    let mut harness = window(Some(&path), LAPTOP);
    for answer in ["Cancel", "Replace"] {
        assert_eq!(std::fs::read_to_string(&there).unwrap(), "mine", "before {answer}");
        menu(&mut harness, "File", "Export…");
        choose(&mut harness, "One chart or table");
        choose(&mut harness, "Its table (.csv)");
        type_path(&mut harness, "File", &there);
        wait_for(&mut harness, "Replace the file that is there?");
        click(&mut harness, answer);
    }
    wait_for(&mut harness, &format!("Exported {}", there.display()));
    assert!(std::fs::read_to_string(&there).unwrap().contains("This plan"));
}

#[test]
fn an_export_that_fails_says_why_and_asks_again() {
    let (_folder, path) = copy_of_july();
    let mut harness = window(Some(&path), LAPTOP);
    menu(&mut harness, "File", "Export…");
    choose(&mut harness, "Workbook with formulas, for Excel (.xlsx)");
    // The plan's own file is no folder to put anything in.
    type_path(&mut harness, "File", &path.join("workbook"));
    wait_for(&mut harness, "is a file, not a folder");
    assert!(shows(&harness, "Workbook with formulas"), "what was chosen is still chosen");
    type_path(&mut harness, "File", &path.with_file_name("workbook"));
    wait_for(&mut harness, "Exported ");
    assert_eq!(beside(&path), ["workbook.xlsx"]);
}

/// Opens a chart's menu by keyboard, and goes to an item of it.
fn take(harness: &mut Harness<'_, Planner>, chart: &str, item: &str) {
    harness.get_by_role_and_label(Role::Button, &format!("{chart}: copy or save")).focus();
    harness.run_ok();
    press(harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label(item).focus();
    harness.step();
    // Not let go of: each event has a frame of its own, and what one of them copies is seen in that frame alone.
    harness.key_down(Key::Enter);
}

fn copied(harness: &mut Harness<'_, Planner>) -> OutputCommand {
    for _ in 0..2_000 {
        harness.step();
        let commands = &harness.output().platform_output.commands;
        if let Some(command) = commands.iter().find(|command| !matches!(command, OutputCommand::OpenUrl(_))) {
            return command.clone();
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("nothing was copied");
}

#[test]
fn a_charts_picture_and_table_are_copied_by_keyboard_as_they_are_shown() {
    let mut harness = window(None, LAPTOP);
    let balance: Chart = harness.state().charts()[0].clone();
    take(&mut harness, "Balance", "Copy table");
    let OutputCommand::CopyText(text) = copied(&mut harness) else { panic!("no text") };
    assert_eq!(text.lines().count(), 1 + balance.table.rows.len());
    assert!(text.contains(&balance.table.rows[0].join("\t")));
    harness.run_ok();

    let committed: Chart = harness.state().charts()[1].clone();
    take(&mut harness, "Committed years", "Copy picture");
    let OutputCommand::CopyImage(image) = copied(&mut harness) else { panic!("no picture") };
    let drawn = export::pixels(harness.state().scenario(), &committed, Size::USUAL).unwrap();
    assert_eq!(image.size, [1600, 900]);
    let copied: Vec<u8> = image.pixels.iter().flat_map(eframe::egui::Color32::to_array).collect();
    assert!(copied == drawn.rgba, "the same picture as an export of the chart that is shown");
}

#[test]
fn a_chart_is_saved_as_it_is_shown() {
    let (_folder, path) = copy_of_july();
    let mut harness = window(Some(&path), LAPTOP);
    click(&mut harness, "By scheme");
    wait_until_refined(&mut harness);
    take(&mut harness, "What each scheme does", "Save picture…");
    harness.run_ok();
    choose(&mut harness, "Picture to enlarge (.svg)");
    let written = path.with_file_name("delays.svg");
    type_path(&mut harness, "File", &written);
    wait_for(&mut harness, "Exported ");
    let svg = std::fs::read_to_string(&written).unwrap();
    assert!(svg.contains(&harness.state().charts()[2].title) && svg.contains("40 care-home beds"));
}
