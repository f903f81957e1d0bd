//! What the template says of a scheme and the plan has no field for: lines such as `Scheme Type: 16. Other` at the end of
//! the scheme's description. They are read again when the table is written.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use crate::calendar::FinancialYear;
use crate::chart::Table;
use crate::money::Money;
use crate::scenario::context::Expenditure;
use crate::scenario::{Id, Scenario, Scheme};

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

/// A line of the expenditure table that a paper prints, as the table has it.
pub(super) fn of_line(line: &Expenditure) -> BTreeMap<Column, String> {
    let new = if line.is_new { "New" } else { "Existing" };
    let texts = [
        (Column::Id, Some(line.number.to_string())),
        (Column::Name, Some(line.name.clone())),
        (Column::Kind, Some(line.kind.clone())),
        (Column::SubType, line.sub_type.clone()),
        (Column::AreaOfSpend, line.area_of_spend.clone()),
        (Column::Funding, line.funding.clone()),
        (Column::NewOrExisting, Some(new.to_owned())),
        (Column::Comments, line.comment.clone()),
    ];
    texts.into_iter().filter_map(|(column, text)| Some((column, text?))).collect()
}

/// The template's table: the lines that a paper prints, those that are schemes of the plan at the money that these have
/// now; then the schemes that no line is of.
pub fn table(scenario: &Scenario) -> Table {
    let lines = &scenario.context.expenditure;
    let printed = lines.iter().flat_map(|line| line.amounts.iter().map(|(year, _)| year));
    let years: BTreeSet<FinancialYear> = scenario.fund.grant.iter().map(|(year, _)| year).chain(printed).collect();
    let (before, after) = Column::TEXTS.split_at(6);
    let money = years.iter().map(|year| Column::Year(*year).to_string());
    let headings = |columns: &[Column]| columns.iter().map(ToString::to_string).collect::<Vec<_>>();
    let columns = headings(before).into_iter().chain(money).chain(headings(after)).collect();
    let row = |details: &BTreeMap<Column, String>, amount: &dyn Fn(FinancialYear) -> Option<Money>| {
        let text = |column: &Column| details.get(column).cloned().unwrap_or_default();
        let money = years.iter().map(|year| amount(*year).map(Money::exact).unwrap_or_default());
        before.iter().map(text).chain(money).chain(after.iter().map(text)).collect::<Vec<String>>()
    };
    let of_scheme = |id: &Id| lines.iter().filter(|line| line.scheme.as_ref() == Some(id)).count();
    let mut rows = Vec::new();
    for line in lines {
        // A scheme that several lines share has no money of any one of them.
        let own = line.scheme.as_ref().filter(|id| of_scheme(id) == 1).and_then(|id| scenario.scheme(id));
        let now = |year| {
            let printed = line.amounts.get(year).map(|figure| figure.value);
            own.and_then(|(_, scheme)| scheme.allocations.get(year)).map(|figure| figure.value).or(printed)
        };
        rows.push(row(&of_line(line), &now));
    }
    for scheme in scenario.schemes.iter().filter(|scheme| of_scheme(&scheme.id) == 0) {
        rows.push(row(&of(scenario, scheme), &|year| scenario.fund.grant.get(year).map(|_| scheme.allocation(year))));
    }
    Table { columns, rows }
}
