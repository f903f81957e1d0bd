//! The Eight High Impact Changes with their schemes and money, how far each has come, what is to be done and by when.

use super::{Cell, Part, Row, Sheet, State, called, column, figures, several};
use crate::calendar::Date;
use crate::context::changes::{mapped_once, support};
use crate::money::{Money, MoneyError};
use crate::scenario::Scenario;
use crate::scenario::context::{ChangeReport, Doing, Key, Sort, Spot, Step, unreported};

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
        let key = Key::of(Sort::Change, &report.id);
        let printed = report.printed.as_ref();
        let is_apart = printed.is_some_and(|printed| printed.value != support.money);
        let printed = Cell {
            state: Some(if is_apart { State::Watch } else { State::Plain }),
            ..Cell::typed(
                printed.map_or_else(|| "–".to_owned(), |printed| printed.value.short()),
                Spot::Printed(key.clone()),
                format!("Printed: {}", report.change.in_words()),
            )
            .of_any(scenario, printed, |printed| printed.exact())
        };
        let maturity = report.maturity.as_ref().map_or("not said", |maturity| maturity.value.in_words());
        rows.push(Row::Cells(vec![
            Cell::text(report.change.in_words()).sourced(scenario, &report.source).offering(offers(report, key)),
            Cell::text(schemes),
            money,
            printed,
            shared,
            Cell::typed(maturity, Spot::Maturity(report.id.clone()), format!("Maturity: {}", report.change.in_words()))
                .of_any(scenario, report.maturity.as_ref(), |maturity| maturity.in_words().to_owned()),
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
            column("Change", 2.0),
            column("Schemes", 2.8),
            figures("Money", 0.9),
            figures("Printed", 1.0),
            column("Shared, or due", 2.0),
            column("Maturity", 1.9),
        ],
        rows,
        offers: unreported(&scenario.context).next().map(|_| Doing::Begin(Sort::Change)).into_iter().collect(),
    })
}

fn title(scenario: &Scenario, total: Money, once: Money) -> String {
    let past = |step: &&Step| step.by.is_some_and(|by| by < scenario.as_of);
    let steps = || scenario.context.changes.iter().flat_map(|report| &report.steps);
    let money = if total == once {
        format!("{} supports the changes", once.short())
    } else {
        format!("{} supports the changes, counted once; change by change it adds up to {}", once.short(), total.short())
    };
    let dated = steps().filter(|step| step.by.is_some()).count();
    match (steps().filter(past).count(), steps().count()) {
        (_, 0) => money,
        (_, all) if dated == 0 => {
            format!("{money}. {} to be done, none by a day", several(all, "step is", "steps are"))
        }
        (past, all) => format!("{money}. {past} of {all} steps were due before the plan was written"),
    }
}

fn offers(report: &ChangeReport, key: Key) -> Vec<Doing> {
    let proposal = report.proposal.is_none().then(|| Doing::Propose(report.id.clone()));
    let more = [Doing::BeginPart(key.clone()), Doing::SayHowKnown(report.id.clone()), Doing::Remove(key)];
    proposal.into_iter().chain(more).collect()
}

/// What is proposed, what is to be done by when, and how success will be known: a line each.
fn details(scenario: &Scenario, report: &ChangeReport) -> Vec<Row> {
    let id = || report.id.clone();
    let line = |what: &str, name: Cell, by: Cell| {
        Row::Cells(vec![Cell::text(what), name, Cell::default(), Cell::default(), by, Cell::default()])
    };
    let proposal = report.proposal.iter().map(|proposal| {
        let cell = Cell::typed(proposal.clone(), Spot::Proposal(id()), box_of_proposal(report));
        line("Proposal", cell, Cell::default())
    });
    let steps = report.steps.iter().enumerate().map(|(at, step)| {
        let state = if step.by.is_some_and(|by| by < scenario.as_of) { State::Watch } else { State::Plain };
        let by = step.by.map_or_else(|| "–".to_owned(), Date::short);
        let by = Cell::typed(by, Spot::StepBy(id(), at), format!("By when: {}", step.name));
        let by = Cell { help: step.remark.clone(), state: Some(state), ..by };
        line("To be done", Cell::typed(step.name.clone(), Spot::Step(id(), at), called(&step.name)), by)
    });
    let success = report.success.iter().enumerate().map(|(at, success)| {
        let cell = Cell::typed(success.clone(), Spot::Success(id(), at), box_of_success(report, at));
        line("Success", cell, Cell::default())
    });
    proposal.chain(steps).chain(success).collect()
}

/// What the box of a proposal is called.
pub(super) fn box_of_proposal(report: &ChangeReport) -> String {
    format!("Proposal: {}", report.change.in_words())
}

/// What the box of a sign of success is called.
pub(super) fn box_of_success(report: &ChangeReport, at: usize) -> String {
    format!("Success {}: {}", at + 1, report.change.in_words())
}
