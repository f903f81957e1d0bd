//! The project plans of July and November, row by row against Appendix 3 of both papers: names, owners, allocations, days
//! and statuses. `tables` holds the rows as the papers print them.

use ibcf_planner::calendar::Date;
use ibcf_planner::context::delivery::progress;
use ibcf_planner::scenario::Scenario;
use ibcf_planner::scenario::context::Status;

use super::read;

const JULY: &str = include_str!("tables/july-appendix-3.tsv");
const NOVEMBER: &str = include_str!("tables/november-appendix-3.tsv");

/// A row as printed: its name, what stands beside it (July: its owner; November: £'000), its days and its status.
fn printed(table: &str) -> Vec<[String; 5]> {
    let row = |line: &str| {
        let mut cells = line.split('\t').map(|cell| cell.trim().to_owned());
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    };
    table.lines().map(row).collect()
}

/// `31.10.2017`, as the papers write it.
fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| {
        let text = date.to_string();
        let parts: Vec<&str> = text.split('-').collect();
        format!("{}.{}.{}", parts[2], parts[1], parts[0])
    })
}

/// As the papers write it: `On track`.
fn status(status: Option<Status>) -> String {
    status.map_or_else(String::new, |status| {
        let (first, rest) = status.in_words().split_at(1);
        format!("{}{rest}", first.to_uppercase())
    })
}

/// The same rows as the scenario has them.
fn carried(
    scenario: &Scenario,
    beside: fn(&ibcf_planner::scenario::context::Workstream) -> String,
) -> Vec<[String; 5]> {
    let mut rows = Vec::new();
    for line in &scenario.context.delivery {
        rows.push([line.name.clone(), beside(line), String::new(), String::new(), status(line.status)]);
        let activities = progress(scenario, line).into_iter().filter(|it| !it.is_dropped);
        rows.extend(activities.map(|it| {
            let (starts, name) = (it.activity.start, it.activity.name.clone());
            [name, String::new(), day(starts), day(it.due), status(it.activity.status)]
        }));
    }
    rows
}

fn assert_same(carried: &[[String; 5]], printed: &[[String; 5]]) {
    // Some rows begin with a small letter in print.
    let plain = |row: &[String; 5]| row.clone().map(|cell| cell.to_lowercase());
    let apart: Vec<_> =
        carried.iter().zip(printed).filter(|(carried, printed)| plain(carried) != plain(printed)).collect();
    assert!(apart.is_empty(), "carried and printed: {apart:#?}");
    assert_eq!(carried.len(), printed.len());
}

#[test]
fn july_s_appendix_3_is_carried_row_by_row_with_owners_days_and_statuses() {
    let mut expected = printed(JULY);
    // Only a beginning is printed of one; the plan takes it as the day.
    for row in expected.iter_mut().filter(|row| row[0] == "Phased implementation") {
        row[3] = row[2].clone();
    }
    let carried = carried(&read("oxfordshire-2017-07"), |line| line.owner.clone().unwrap_or_default());
    assert_same(&carried, &expected);
}

#[test]
fn november_s_appendix_3_is_carried_row_by_row_with_allocations_days_and_statuses() {
    let thousands = |line: &ibcf_planner::scenario::context::Workstream| {
        line.allocation
            .as_ref()
            .map_or_else(String::new, |it| it.value.exact().trim_start_matches('£').replacen(",000", "", 1))
    };
    let mut expected = printed(NOVEMBER);
    for row in &mut expected {
        row.iter_mut()
            .filter(|cell| ["tbc", "Funded from existing budgets"].contains(&cell.as_str()))
            .for_each(String::clear);
        if row[0] == "Phased implementation" {
            row[3] = row[2].clone();
        }
    }
    assert_same(&carried(&read("oxfordshire-2017-11"), thousands), &expected);
}
