//! `ibcf-planner new`, as scripts call it.

use std::path::Path;
use std::process::{Command, Output};

use super::workbooks::thirty_months;
use ibcf_planner::file;

/// The program in a folder of its own, without a display.
pub(crate) fn planner(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibcf-planner"));
    command.current_dir(folder).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env("HOME", folder);
    command.args(arguments).output().expect("the program starts")
}

fn new(folder: &Path, arguments: &[&str]) -> Output {
    planner(folder, &[&["new"], arguments].concat())
}

/// Exit code, standard output, standard error.
pub(crate) fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A folder with the newest three months in it, and a file that is none.
pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (at, made) in thirty_months()[27..].iter().enumerate() {
        made.write(&folder.path().join(format!("month-{at}.xlsx")));
    }
    std::fs::write(folder.path().join("page.xls"), "<!DOCTYPE html><title>Not found</title>").expect("written");
    folder
}

#[test]
fn a_new_plan_is_written_once_and_over_a_file_only_when_asked() {
    let folder = folder();
    let arguments = ["--dtoc", ".", "--area", "Oxfordshire", "--out", "plan.ron"];
    let (code, out, err) = said(&new(folder.path(), &arguments));
    assert_eq!(code, Some(0), "{err}");
    assert!(
        out.starts_with("Oxfordshire: July 2017 to September 2017\n  132.3 people delayed in September 2017\n"),
        "{out}"
    );
    let page = "./page.xls: warning: the file is a web page, not a workbook, so it is left out; choose a workbook (.xls or .xlsx), or save it as one\n";
    assert_eq!(err, page);
    let plan = folder.path().join("plan.ron");
    let written = file::read(&plan).expect("a plan");
    assert_eq!((written.scenario.area.as_str(), written.warnings.len()), ("Oxfordshire", 0));

    std::fs::write(&plan, "mine").expect("written");
    let (code, _, err) = said(&new(folder.path(), &arguments));
    assert_eq!(code, Some(3));
    assert!(
        err.ends_with("plan.ron: error: a file of this name is there already; choose another, or add --replace\n"),
        "{err}"
    );
    assert_eq!(std::fs::read_to_string(&plan).expect("read"), "mine");
    let replacing: Vec<&str> = arguments.iter().copied().chain(["--replace"]).collect();
    assert_eq!(new(folder.path(), &replacing).status.code(), Some(0));
    assert_eq!(file::read(&plan).expect("a plan").scenario.area, "Oxfordshire");
}

#[test]
fn months_and_areas_are_listed_and_nothing_is_written() {
    let folder = folder();
    let (code, out, _) = said(&new(folder.path(), &["--dtoc", "month-2.xlsx", "month-0.xlsx", "--list"]));
    assert_eq!(code, Some(0));
    let wanted = "2 months\n  month-0.xlsx (July 2017)\n  month-2.xlsx (September 2017)\n  Months missing in between: August 2017.\n";
    assert!(out.starts_with(wanted), "{out}");
    assert!(out.contains("\n  E10000025  Oxfordshire, 2 months\n"), "{out}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 4);
}

#[test]
fn two_copies_of_a_month_that_differ_are_the_reason_why_there_is_no_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut made = thirty_months().remove(29);
    made.write(&folder.path().join("a.xlsx"));
    made.areas[0].by_reason[5] += 1;
    made.write(&folder.path().join("b.xlsx"));
    let (code, _, err) =
        said(&new(folder.path(), &["--dtoc", "a.xlsx", "b.xlsx", "--area", "Oxfordshire", "--out", "plan.ron"]));
    let line = "error: nothing can be used of “Oxfordshire”: a.xlsx and b.xlsx hold different figures for September 2017, and neither says that it is the newer; the month is left out until one of them is; put that right, or choose other workbooks\n";
    assert_eq!((code, err.as_str()), (Some(1), line));
}

#[test]
fn one_month_is_counted_as_one() {
    let folder = folder();
    let (_, out, _) = said(&new(folder.path(), &["--dtoc", "month-0.xlsx", "--list"]));
    assert!(out.starts_with("1 month\n  month-0.xlsx (July 2017)\n"), "{out}");
    assert!(out.contains("\n  E10000025  Oxfordshire, 1 month\n"), "{out}");
}

#[test]
fn what_cannot_be_made_is_said_in_a_line_with_the_exit_code_of_its_kind() {
    let folder = folder();
    let new = |arguments: &[&str]| said(&new(folder.path(), arguments));
    let made = |file: &str, area: &str| new(&["--dtoc", file, "--area", area, "--out", "plan.ron"]);
    let (code, _, err) = made("month-0.xlsx", "Oxfrodshire");
    assert_eq!((code, err.as_str()), (Some(2), "error: no workbook names “Oxfrodshire”; did you mean Oxfordshire?\n"));
    let (code, _, err) = made("page.xls", "Oxfordshire");
    assert_eq!(code, Some(1));
    assert!(err.starts_with("page.xls: error: the file is a web page, not a workbook; "), "{err}");
    let (code, _, err) = made("nowhere.xls", "Oxfordshire");
    assert_eq!(
        (code, err.as_str()),
        (Some(3), "nowhere.xls: error: there is no such file; check the name and the folder\n")
    );
    let (code, _, err) = new(&["--dtoc", "month-0.xlsx", "--area", "Oxfordshire", "--out", "nowhere/plan.ron"]);
    let line = "error: not saved: the folder is not there; choose another, or make it first: nowhere/plan.ron\n";
    assert_eq!((code, err.as_str()), (Some(3), line));
    let (code, _, _) = new(&["--dtoc", "month-0.xlsx", "--area", "Oxfordshire"]);
    assert_eq!(code, Some(2), "a plan needs a file to be written to");
    assert!(!folder.path().join("plan.ron").exists());
}
