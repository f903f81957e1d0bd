//! The expenditure tables of Bath and North East Somerset's plan, row by row: sections 4.2, 7.2 and 7.3.

use ibcf_planner::scenario::Scenario;
use ibcf_planner::scenario::context::Expenditure;

use super::{assert_cited_in, read, typed};

const SECTION_4_2: &str = include_str!("tables/banes-section-4-2.tsv");
const SECTION_7_2: &str = include_str!("tables/banes-section-7-2.tsv");
const SECTION_7_3: &str = include_str!("tables/banes-section-7-3.tsv");

fn rows(table: &str) -> Vec<Vec<&str>> {
    table.lines().map(|row| row.split('\t').collect()).collect()
}

/// The line of that number and name; of several, the one whose area of spend is printed, or that has none.
fn line<'a>(scenario: &'a Scenario, number: &str, name: &str, area: Option<&str>) -> &'a Expenditure {
    let number: u16 = number.parse().unwrap();
    let same = scenario.context.expenditure.iter().filter(|line| line.number == number && line.name == name);
    let all: Vec<&Expenditure> = same.collect();
    let of_area = all.iter().find(|line| all.len() == 1 || line.area_of_spend.as_deref() == area);
    of_area.unwrap_or_else(|| panic!("no line {number} {name}, {area:?}"))
}

fn assert_money(line: &Expenditure, years: &[&str], printed: &[&str]) {
    for (year, printed) in years.iter().zip(printed) {
        let amount = line.amounts.get(typed(year)).unwrap_or_else(|| panic!("{} in {year}", line.name));
        assert_eq!(amount.value.exact(), *printed, "{} {} in {year}", line.number, line.name);
        assert_cited_in(amount, "banes-bcf-2017-19");
    }
}

/// The types and sub-types are the template's; one table has no space where the other has one.
fn plain(text: &str) -> String {
    text.replace("/ ", "/")
}

#[test]
fn every_row_of_section_4_2_has_its_number_type_funding_money_and_whether_it_is_new() {
    let scenario = read("banes-2017-19");
    for row in rows(SECTION_4_2) {
        let line = line(&scenario, row[0], row[1], Some("Social Care"));
        assert_eq!((line.kind.as_str(), line.funding.as_deref()), (row[2], Some(row[3])), "{}", row[1]);
        assert_money(line, &["2017/18", "2018/19"], &row[4..6]);
        assert_eq!(if line.is_new { "New" } else { "Existing" }, row[6], "{}", row[1]);
    }
}

#[test]
fn every_row_of_section_7_2_has_its_type_sub_type_money_and_comment() {
    let scenario = read("banes-2017-19");
    for row in rows(SECTION_7_2) {
        let line = line(&scenario, row[0], row[1], Some("Social Care"));
        let sub_type = line.sub_type.as_deref().map(plain).unwrap_or_default();
        assert_eq!((line.kind.as_str(), sub_type), (row[2], plain(row[3])), "{}", row[1]);
        assert_eq!(line.funding.as_deref(), Some("CCG Minimum Contribution"), "{}: the table's own title", row[1]);
        assert_money(line, &["2016/17", "2017/18", "2018/19"], &row[4..7]);
        if let Some(comment) = row.get(8).filter(|comment| !comment.is_empty()) {
            assert!(line.comment.as_deref().is_some_and(|told| told.starts_with(comment)), "{:?}", line.comment);
        }
        // Section 4.2 calls it existing; the plan has a note of that.
        let is_told_otherwise = row[1] == "Integrated Reablement (Facilitating Hospital Discharge)";
        assert_eq!((line.is_new, row[7] == "New"), (false, is_told_otherwise), "{}", row[1]);
    }
}

#[test]
fn every_row_of_section_7_3_has_its_type_sub_type_area_money_and_comment() {
    let scenario = read("banes-2017-19");
    for row in rows(SECTION_7_3) {
        let line = line(&scenario, row[0], row[1], Some(row[4]));
        let sub_type = line.sub_type.as_deref().map(plain).unwrap_or_default();
        assert_eq!((line.kind.as_str(), sub_type), (row[2], plain(row[3])), "{}", row[1]);
        assert_eq!(line.is_new, row[8] == "New", "{}", row[1]);
        if row[0] == "12" {
            // A part of the line in section 7.2, of which the comment tells.
            assert!(line.comment.as_deref().is_some_and(|comment| comment.contains(row[6])), "{:?}", line.comment);
            continue;
        }
        assert_eq!(line.area_of_spend.as_deref(), Some(row[4]), "{}", row[1]);
        assert_money(line, &["2016/17", "2017/18", "2018/19"], &row[5..8]);
        if let Some(comment) = row.get(9).filter(|comment| !comment.is_empty()) {
            assert_eq!(line.comment.as_deref(), Some(*comment), "{}", row[1]);
        }
    }
}

#[test]
fn no_line_is_carried_that_no_table_prints() {
    let scenario = read("banes-2017-19");
    let printed: Vec<(String, String)> = [SECTION_4_2, SECTION_7_2, SECTION_7_3]
        .into_iter()
        .flat_map(rows)
        .map(|row| (row[0].to_owned(), row[1].trim_end_matches(" (Your Care, Your Way)").to_owned()))
        .collect();
    for line in &scenario.context.expenditure {
        let name = line.name.trim_end_matches(" (Your Care, Your Way)").to_owned();
        assert!(printed.contains(&(line.number.to_string(), name)), "{} {}", line.number, line.name);
    }
}
