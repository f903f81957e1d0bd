//! The Eight High Impact Changes with their schemes and money, how far each has come, what is to be done and by when.

use super::{Cell, Part, Row, Sheet, State, column, figures};
use crate::calendar::Date;
use crate::context::changes::{mapped_once, support};
use crate::money::{Money, MoneyError};
use crate::scenario::Scenario;
use crate::scenario::context::{ChangeReport, Spot};

pub(super) fn sheet(scenario: &Scenario) -> Result<Sheet, MoneyError> {
    let year = scenario.horizon().first_day().financial_year();
    let supports = support(scenario, year)?;
    let mut rows = Vec::new();
    for report in &scenario.context.changes {
        let Some(support) = supports.iter().find(|support| support.change == report.change) else { continue };
        let schemes: Vec<&str> = support.schemes.iter().map(|scheme| scheme.name.as_str()).collect();
        let schemes = if schemes.is_empty() { "no scheme".to_owned() } else { schemes.join(", ") };
        let money = Cell::text(support.money.short());
        let shared = if support.shared.is_zero() {
            Cell::text("")
        } else {
            Cell::text(format!("{} serves others too", support.shared.short()))
        };
        let printed = report.printed.as_ref().map_or_else(
            || Cell::text("–"),
            |printed| {
                let is_apart = printed.value != support.money;
                let state = if is_apart { State::Watch } else { State::Plain };
                Cell::stated(printed.value.short(), state).sourced(scenario, &printed.source)
            },
        );
        let maturity = report.maturity.as_ref().map_or("not said", |maturity| maturity.value.in_words());
        rows.push(Row::Cells(vec![
            Cell::text(report.change.in_words()).sourced(scenario, &report.source),
            Cell::text(schemes),
            money,
            printed,
            shared,
            Cell::typed(maturity, Spot::Maturity(report.id.clone()), format!("Maturity: {}", report.change.in_words())),
        ]));
        rows.extend(details(scenario, report));
    }
    let total = Money::total(supports.iter().map(|support| support.money))?;
    let once = mapped_once(scenario, year)?;
    Ok(Sheet {
        part: Part::Changes,
        name: "High Impact Changes",
        title: title(scenario, total, once),
        subtitle: format!(
            "Schemes and their money in {year}, beside the money that the paper prints; then what is to be done."
        ),
        columns: vec![
            column("Change", 2.2),
            column("Schemes", 3.0),
            figures("Money", 0.9),
            figures("Printed", 0.9),
            column("Shared, or due", 1.5),
            column("Maturity", 1.6),
        ],
        rows,
    })
}

fn title(scenario: &Scenario, total: Money, once: Money) -> String {
    let past = |step: &&crate::scenario::context::Step| step.by.is_some_and(|by| by < scenario.as_of);
    let steps = || scenario.context.changes.iter().flat_map(|report| &report.steps);
    let money = if total == once {
        format!("{} supports the changes", once.short())
    } else {
        format!("{} supports the changes, counted once; change by change it adds up to {}", once.short(), total.short())
    };
    match (steps().filter(past).count(), steps().count()) {
        (_, 0) => money,
        (past, all) => format!("{money}. {past} of {all} steps were due before the plan was written"),
    }
}

/// What is proposed, what is to be done by when, and how success will be known: a line each.
fn details(scenario: &Scenario, report: &ChangeReport) -> Vec<Row> {
    let line = |what: String, by: Cell| {
        Row::Cells(vec![Cell::text(""), Cell::text(what), Cell::text(""), Cell::text(""), by, Cell::text("")])
    };
    let proposal = report.proposal.iter().map(|proposal| line(format!("“{proposal}”"), Cell::text("")));
    let steps = report.steps.iter().map(|step| {
        let by = step.by.map_or_else(|| "no date".to_owned(), Date::in_words);
        let state = if step.by.is_some_and(|by| by < scenario.as_of) { State::Watch } else { State::Plain };
        line(step.name.clone(), Cell { help: step.remark.clone(), ..Cell::stated(by, state) })
    });
    let success = report.success.iter().map(|success| line(format!("Success: {success}"), Cell::text("")));
    proposal.chain(steps).chain(success).collect()
}
