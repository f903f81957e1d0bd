//! `ibcf-planner import-template`, and the table written again.

use ibcf_planner::bundled::BLANK;
use ibcf_planner::file;
use serde_json::Value;

use super::call::{planner, said};

/// A folder with the blank plan in it, and a table of it.
fn folder(table: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("plan.ron"), BLANK.text).expect("written");
    std::fs::write(folder.path().join("table.csv"), table).expect("written");
    folder
}

const TABLE: &str = "\u{feff}Scheme ID;Scheme Name;Source of Funding;2017/18 Expenditure (£);2018/19 Expenditure (£)\r\n\
    17;Fair Price of Care;Improved Better Care Fund;£545,000;200000.50\r\n\
    4;Falls Response Service;CCG Minimum Contribution;224500;228766\r\n";

#[test]
fn a_table_is_shown_row_by_row_and_nothing_is_written_until_asked() {
    let folder = folder(TABLE);
    let (code, out, err) = said(&planner(folder.path(), &["import-template", "plan.ron", "table.csv"]));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("  column B: Scheme Name\n"), "{out}");
    assert!(out.contains("1 of 2 rows come in\n  2017/18: £545,000\n  2018/19: £200,000.50\n"), "{out}");
    // Nothing says what kind of scheme it is, so its area is a guess.
    let row = "row 2: Fair Price of Care, £545,000 in 2017/18, paid from Improved Better Care Fund, Market resilience (assumed)\n";
    assert!(out.contains(row), "{out}");
    let why = "row 3: left out: Falls Response Service: paid from CCG Minimum Contribution, not from the plan’s fund";
    assert!(out.contains(why), "{out}");
    assert_eq!(std::fs::read_to_string(folder.path().join("plan.ron")).expect("read"), BLANK.text);
}

#[test]
fn a_table_taken_into_a_plan_is_exported_as_the_same_table() {
    let folder = folder(TABLE);
    let import = ["import-template", "plan.ron", "table.csv", "--funding", "CCG Minimum Contribution", "--json"];
    let (code, out, err) = said(&planner(folder.path(), &[&import[..], &["--write"]].concat()));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["coming_in"], 2);
    assert_eq!(json["rows"][0]["years"]["2018/19"], "200000.50");
    let plan = file::read(&folder.path().join("plan.ron")).expect("the plan");
    assert_eq!(plan.scenario.schemes.len(), 4 + 2);
    assert_eq!(planner(folder.path(), &["check", "plan.ron"]).status.code(), Some(0));
    let export = planner(folder.path(), &["export", "plan.ron", "--to", "again.csv", "--what", "template"]);
    assert_eq!(said(&export).0, Some(0), "{}", said(&export).2);
    let again = std::fs::read_to_string(folder.path().join("again.csv")).expect("the table");
    let row = again.lines().find(|line| line.contains("Fair Price of Care")).expect("the scheme");
    assert!(row.contains("545000") && row.contains("200000.50"), "{row}");
    let export = planner(folder.path(), &["export", "plan.ron", "--to", "again.xlsx", "--what", "template"]);
    assert_eq!(said(&export).0, Some(0), "{}", said(&export).2);
    // What was written is known again, row for row.
    for again in ["again.csv", "again.xlsx"] {
        let (_, out, _) = said(&planner(folder.path(), &["import-template", "plan.ron", again]));
        assert!(out.contains("\n0 of 6 rows come in\n"), "{again}: {out}");
        // One has no money in any year.
        assert_eq!(out.matches("the plan has this scheme already").count(), 5, "{again}: {out}");
    }
}

/// A workbook of two years' tables: the first has fewer of the template's columns.
pub(crate) fn two_tables(path: &std::path::Path) {
    let sheets: [(&str, &[&[&str]]); 3] = [
        ("Cover", &[&["Better Care Fund"]]),
        ("Draft", &[&["Scheme Name", "2017/18 (£)"], &["Beds for the winter", "120000"]]),
        (
            "Expenditure",
            &[&["Scheme Name", "Scheme Type", "2017/18 (£)"], &["Fair Price of Care", "16. Other", "545000"]],
        ),
    ];
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*cells) {
                sheet.write_string(row, column, *text).expect("written");
            }
        }
    }
    workbook.save(path).expect("saved");
}

#[test]
fn the_sheet_with_most_of_the_template_s_columns_is_taken_unless_another_is_asked_for() {
    let folder = folder("");
    two_tables(&folder.path().join("tables.xlsx"));
    let import = |more: &[&str]| {
        said(&planner(folder.path(), &[&["import-template", "plan.ron", "tables.xlsx"], more].concat()))
    };
    let (_, out, _) = import(&[]);
    assert!(out.starts_with("tables.xlsx, sheet “Expenditure”, headings in row 1\n"), "{out}");
    let (_, out, _) = import(&["--sheet", "Draft"]);
    assert!(out.contains("1 of 1 rows come in\n  2017/18: £120,000\n"), "{out}");
    let (code, _, err) = import(&["--sheet", "Cover"]);
    let line = "tables.xlsx: error: it has no sheet “Cover” with such a table; choose among “Expenditure”, “Draft”\n";
    assert_eq!((code, err.as_str()), (Some(1), line));
}

#[test]
fn a_column_that_is_not_used_is_told_and_rows_that_name_no_source_come_in_only_when_asked_for() {
    let text = "Scheme Name,Who pays,2017/18 (£)\nBeds,,5\nNurses,CCG minimum,7\n";
    let folder = folder(text);
    let import = |more: &[&str]| {
        said(&planner(folder.path(), &[&["import-template", "plan.ron", "table.csv"], more].concat())).1
    };
    let out = import(&[]);
    assert!(out.contains("  column B “Who pays”: not used\n") && out.contains("--column funding=B"), "{out}");
    let taken = "No column says who pays; every row is taken to be paid from Improved Better Care Fund.";
    assert!(out.contains(taken) && out.contains("2 of 2 rows come in"), "{out}");
    let out = import(&["--column", "funding=B"]);
    assert!(!out.contains("not used") && !out.contains(taken), "{out}");
    let why = "row 2: left out: Beds: it does not say who pays, which may not be the plan’s fund (Improved Better Care Fund)\n";
    assert!(out.contains(why) && out.contains("0 of 2 rows come in"), "{out}");
    assert!(import(&["--column", "funding=B", "--funding", ""]).contains("1 of 2 rows come in"));
}

#[test]
fn what_is_no_table_or_would_go_over_a_file_is_refused_in_a_line() {
    let folder = folder("Name;Total\nBeds;5\n");
    let (code, _, err) = said(&planner(folder.path(), &["import-template", "plan.ron", "table.csv"]));
    assert_eq!(code, Some(1));
    assert!(err.starts_with("table.csv: error: its headings, in row 1, name no column of a year’s money; "));
    std::fs::write(folder.path().join("table.csv"), TABLE).expect("written");
    let (code, _, err) =
        said(&planner(folder.path(), &["import-template", "plan.ron", "table.csv", "--out", "table.csv"]));
    assert_eq!(code, Some(3));
    assert!(err.ends_with("table.csv: error: a file of this name is there already; choose another\n"), "{err}");
    std::fs::write(folder.path().join("latin.csv"), b"Scheme Name,2017/18\nCaf\xe9,5\n").expect("written");
    let (code, out, _) = said(&planner(folder.path(), &["import-template", "plan.ron", "latin.csv"]));
    assert!(code == Some(0) && out.contains("Café"), "{out}");
}

#[test]
fn a_table_with_headings_of_its_own_comes_in_once_they_are_mapped() {
    let folder = tempfile::tempdir().expect("a folder");
    let call = |args: &[&str]| said(&planner(folder.path(), args));
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/blank.ron"), folder.path().join("plan.ron"))
        .expect("copied");
    std::fs::write(folder.path().join("own.csv"), "What we buy,Budget £000\nBeds,900\nGrand total,900\n")
        .expect("written");
    let (code, _, err) = call(&["import-template", "plan.ron", "own.csv"]);
    assert!(code == Some(1) && err.contains("say which, such as --column name=B --column 2017/18=F"), "{err}");
    let (code, _, err) = call(&["import-template", "plan.ron", "own.csv", "--column", "name=Z"]);
    assert!(code == Some(1) && err.contains("choose among A “What we buy”, B “Budget £000”"), "{err}");
    let mapped = ["import-template", "plan.ron", "own.csv", "--column", "name=what we buy", "--column", "2017/18=B"];
    let (code, out, err) = call(&mapped);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("column B: 2017/18 Expenditure (£), in thousands of pounds"), "{out}");
    assert!(out.contains("1 of 2 rows come in") && out.contains("2017/18: £900,000"), "{out}");
    let (code, _, err) = call(&["import-template", "plan.ron", "own.csv", "--column", "colour=B"]);
    assert!(code == Some(2) && err.contains("is not among id, name"), "{err}");
}
