//! What the template says of a scheme and the plan has no field for: lines such as `Scheme Type: 16. Other` at the end of
//! the scheme's description. They are read again when the table is written.

use std::collections::BTreeMap;

use super::columns::Column;
use crate::calendar::FinancialYear;
use crate::chart::Table;
use crate::scenario::{Scenario, Scheme};

/// The lines of a description for these details.
pub(super) fn written(details: &BTreeMap<Column, String>) -> String {
    let lines = Column::TEXTS.into_iter().filter(|column| *column != Column::Name).filter_map(|column| {
        let detail = details.get(&column).map(|detail| detail.split_whitespace().collect::<Vec<_>>().join(" "))?;
        (!detail.is_empty()).then(|| format!("{}: {detail}", column.heading()))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The details in a description; what else it says is a comment.
pub(super) fn read(about: &str) -> BTreeMap<Column, String> {
    let mut details = BTreeMap::new();
    let mut rest = Vec::new();
    for line in about.lines() {
        let column = Column::TEXTS.into_iter().find_map(|column| {
            let detail = line.strip_prefix(column.heading())?.strip_prefix(": ")?;
            Some((column, detail))
        });
        match column {
            Some((column, detail)) => {
                details.insert(column, detail.to_owned());
            }
            None => rest.push(line),
        }
    }
    let rest = rest.join(" ").trim().to_owned();
    if !rest.is_empty() {
        details.entry(Column::Comments).or_insert(rest);
    }
    details
}

/// A scheme as the table has it. One that does not say who pays for it is paid from the plan's fund, and one without a
/// type has its area for one.
pub(super) fn of(scenario: &Scenario, scheme: &Scheme) -> BTreeMap<Column, String> {
    let mut details = read(&scheme.about);
    details.insert(Column::Name, scheme.name.clone());
    details.entry(Column::Funding).or_insert_with(|| scenario.fund.name.clone());
    details.entry(Column::Kind).or_insert_with(|| scheme.area.to_string());
    details
}

/// The plan's schemes as the template's table.
pub fn table(scenario: &Scenario) -> Table {
    let years: Vec<FinancialYear> = scenario.fund.grant.iter().map(|(year, _)| year).collect();
    let (before, after) = Column::TEXTS.split_at(6);
    let heading = |columns: &[Column]| columns.iter().map(ToString::to_string).collect::<Vec<_>>();
    let money = years.iter().map(|year| Column::Year(*year).to_string());
    let columns = heading(before).into_iter().chain(money).chain(heading(after)).collect();
    let row = |scheme: &Scheme| -> Vec<String> {
        let details = of(scenario, scheme);
        let text = |column: &Column| details.get(column).cloned().unwrap_or_default();
        let money = years.iter().map(|year| scheme.allocation(*year).exact());
        before.iter().map(text).chain(money).chain(after.iter().map(text)).collect()
    };
    Table { columns, rows: scenario.schemes.iter().map(|scheme| row(scheme)).collect() }
}
