//! A plan begun in the window, and a planning template taken into one, as a person or a screen reader would.
#![allow(clippy::unwrap_used, reason = "a test that can't go on should say where")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{DroppedFile, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use ibcf_planner::app::Planner;

use super::call::folder;
use super::common::{LAPTOP, click, menu, press, shows, type_into, undo, wait_for, window};

const PATH: &str = "Path of a workbook, or of a folder of them";

/// The window in which a plan is begun from this path.
fn begun_from(path: &str) -> Harness<'static, Planner> {
    let mut harness = window(None, LAPTOP);
    menu(&mut harness, "File", "New from NHS England data");
    type_into(&mut harness, PATH, path, Key::Enter);
    harness
}

#[test]
fn a_folder_of_workbooks_becomes_a_plan_that_is_not_saved_yet_and_can_be_taken_back() {
    let folder = folder();
    let mut harness = begun_from(folder.path().to_str().unwrap());
    wait_for(&mut harness, "3 months from July 2017 to September 2017");
    assert!(shows(&harness, "page.xls was not read. The file is a web page, not a workbook. Choose a workbook"));
    harness.get_by_role_and_label(Role::ScrollView, "What is said of the files");
    assert!(shows(&harness, "Rest of England"), "all areas are listed before anything is searched for");
    type_into(&mut harness, "Area, of 4 found", "oxf", Key::Enter);
    assert!(!shows(&harness, "Rest of England"));
    harness.get_by_role_and_label(Role::RadioButton, "Oxfordshire (E10000025)");
    assert!(shows(&harness, "Oxfordshire: July 2017 to September 2017; 132.3 people delayed in September 2017."));
    click(&mut harness, "Make the plan");
    wait_for(&mut harness, "A plan for Oxfordshire, not saved yet; fill in the grant of each year");
    assert!(shows(&harness, "unsaved"));
    assert_eq!(harness.state().scenario().area, "Oxfordshire");
    undo(&mut harness);
    assert_eq!(harness.state().scenario().area, "Your area", "the blank plan that it was begun from");
}

#[test]
fn what_can_not_be_read_says_what_happened_why_and_what_to_do_and_the_plan_stays() {
    let folder = folder();
    let page = folder.path().join("page.xls");
    let before = window(None, LAPTOP).state().scenario().clone();
    let mut harness = begun_from(page.to_str().unwrap());
    wait_for(
        &mut harness,
        "page.xls was not read. The file is a web page, not a workbook. Choose a workbook (.xls or .xlsx), or save it as one.",
    );
    harness.get_by_role_and_label(Role::TextInput, PATH).focus();
    harness.run_ok();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    type_into(&mut harness, PATH, "/nowhere/at/all.xls", Key::Enter);
    wait_for(&mut harness, "/nowhere/at/all.xls was not read. There is no such file. Check the name and the folder.");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "New plan from NHS England"));
    assert_eq!(*harness.state().scenario(), before);
    assert!(!shows(&harness, "unsaved"));
}

#[test]
fn a_planning_template_is_seen_row_by_row_mapped_otherwise_and_taken_in_as_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    let text = "Scheme Name,Source of Funding,2017/18 (£),2018/19 (£)\n\
                Fair Price of Care,Improved Better Care Fund,545000,200000\n\
                Falls Response Service,CCG Minimum Contribution,224500,228766\n\
                Nothing decided,Improved Better Care Fund,tbc,\n";
    std::fs::write(&table, text).unwrap();
    let mut harness = window(None, LAPTOP);
    let before = harness.state().scenario().clone();
    menu(&mut harness, "Edit", "Schemes from a planning template");
    type_into(&mut harness, "Path of the table", table.to_str().unwrap(), Key::Enter);
    wait_for(&mut harness, "1 of 3 rows come in: 2017/18 £545,000, 2018/19 £200,000");
    assert!(shows(&harness, "Row 4 is left out: Nothing decided: 2017/18: “tbc” is no amount of money"));
    let asks = |harness: &Harness<'_, Planner>, funding: &str| {
        harness.query_by_role_and_label(Role::CheckBox, funding).is_some()
    };
    assert!(!asks(&harness, "Improved Better Care Fund"), "the plan's own fund is not asked about");
    harness.get_by_role_and_label(Role::CheckBox, "CCG Minimum Contribution").click();
    harness.run_ok();
    wait_for(&mut harness, "2 of 3 rows come in: 2017/18 £769,500, 2018/19 £428,766");
    harness.get_by_role_and_label(Role::ComboBox, "“2018/19 (£)”").click();
    harness.run_ok();
    harness.get_by_label("left out").click();
    harness.run_ok();
    wait_for(&mut harness, "2 of 3 rows come in: 2017/18 £769,500");
    assert!(!shows(&harness, "£428,766"));
    click(&mut harness, "Take 2 schemes in");
    assert_eq!(harness.state().scenario().schemes.len(), before.schemes.len() + 2);
    assert!(shows(&harness, "2 schemes came in; Ctrl+Z takes them out again"));
    undo(&mut harness);
    assert_eq!(*harness.state().scenario(), before);
}

/// How high in the window words stand.
fn height_of(harness: &Harness<'_, Planner>, words: &str) -> f32 {
    harness.get_by_label_contains(words).rect().min.y
}

#[test]
fn rows_beyond_the_room_they_have_are_come_to_by_keyboard_and_are_one_stop_on_the_way_to_the_buttons() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table.csv");
    let rows: Vec<String> = (1..=40).map(|number| format!("Scheme number {number},,\n")).collect();
    let heading = "Scheme Name,Source of Funding,2017/18 (£)\nBeds,iBCF,5000\n";
    std::fs::write(&table, format!("{heading}{}", rows.concat())).unwrap();
    let mut harness = window(None, LAPTOP);
    menu(&mut harness, "Edit", "Schemes from a planning template");
    type_into(&mut harness, "Path of the table", table.to_str().unwrap(), Key::Enter);
    wait_for(&mut harness, "1 of 41 rows come in");
    harness.get_by_role_and_label(Role::ScrollView, "Rows of the table").focus();
    harness.run_ok();
    let words = "Row 2: Beds, £5,000 in 2017/18, paid from iBCF, Market resilience (assumed)";
    let first = height_of(&harness, words);
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    let paged = height_of(&harness, words);
    assert!(paged < first - 100.0, "{first} and {paged}");
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert!(height_of(&harness, words) > paged, "the arrows scroll, and do not lead away");
    press(&mut harness, Modifiers::NONE, Key::End);
    let button = harness.get_by_role_and_label(Role::Button, "Take 1 scheme in").rect().min.y;
    let last = height_of(&harness, "Scheme number 40:");
    assert!(last < button && last > button - 100.0, "the last row stands above the buttons: {last} and {button}");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(harness.get_by_role_and_label(Role::Button, "Take 1 scheme in").is_focused());
}

#[test]
fn where_several_sheets_have_a_table_another_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tables.xlsx");
    super::table::two_tables(&path);
    let mut harness = window(None, LAPTOP);
    menu(&mut harness, "Edit", "Schemes from a planning template");
    type_into(&mut harness, "Path of the table", path.to_str().unwrap(), Key::Enter);
    wait_for(&mut harness, "1 of 1 rows come in: 2017/18 £545,000");
    harness.get_by_role_and_label(Role::ComboBox, "tables.xlsx, sheet").click();
    harness.run_ok();
    harness.get_by_label("Draft").click();
    harness.run_ok();
    wait_for(&mut harness, "1 of 1 rows come in: 2017/18 £120,000");
}

/// A file let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_on(harness: &mut Harness<'_, Planner>, paths: &[PathBuf]) {
    harness.input_mut().dropped_files = paths.iter().map(|path| Arc::new(Dropped(path.clone())) as _).collect();
    harness.step();
}

#[test]
fn files_dropped_go_to_the_question_that_stands_before_the_window_and_else_are_opened() {
    let folder = folder();
    let table = folder.path().join("table.csv");
    std::fs::write(&table, "Scheme Name,2017/18 (£)\nBeds,5000\n").unwrap();
    let mut harness = window(None, LAPTOP);
    menu(&mut harness, "File", "New from NHS England data");
    let workbooks = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    drop_on(
        &mut harness,
        &workbooks.filter(|path| path.extension().is_some_and(|it| it == "xlsx")).collect::<Vec<_>>(),
    );
    wait_for(&mut harness, "3 months from July 2017 to September 2017");
    press(&mut harness, Modifiers::NONE, Key::Escape);

    menu(&mut harness, "Edit", "Schemes from a planning template");
    drop_on(&mut harness, std::slice::from_ref(&table));
    wait_for(&mut harness, "1 of 1 rows come in");
    press(&mut harness, Modifiers::NONE, Key::Escape);

    let blank = PathBuf::from(super::common::BLANK);
    drop_on(&mut harness, std::slice::from_ref(&blank));
    wait_for(&mut harness, "Opened ");
    assert_eq!(harness.state().scenario().area, "Your area");
    // Over unsaved work it is asked first.
    type_into(&mut harness, "Grant 2017/18", "5m", Key::Enter);
    drop_on(&mut harness, &[blank]);
    wait_for(&mut harness, "Save your changes first?");
}
