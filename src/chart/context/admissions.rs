//! The arithmetic of 2014 as a worked panel: inputs to change, and what follows from them.

use super::{Cell, Part, Row, Sheet, column, figures};
use crate::context::admissions::{asked, growth, pounds_an_hour};
use crate::money::grouped;
use crate::scenario::context::{Admissions, Doing, Key, Panel, Sort, Spot};
use crate::scenario::{Figure, Quantity, Scenario};

pub(super) fn sheet(scenario: &Scenario) -> Sheet {
    let mut rows = Vec::new();
    let mut title = "No arithmetic is given".to_owned();
    if let Some(of) = &scenario.context.admissions {
        title = format!(
            "{} below last year is {} below now; saving at the margin takes {} fewer admissions",
            percent(of.target.value.to_f64()),
            percent(asked(of).reduction),
            percent(asked(of).to_save_at_the_margin)
        );
        rows = worked(scenario, of);
    }
    Sheet {
        part: Part::Admissions,
        name: "The arithmetic of the target",
        title,
        subtitle: "Type over an input; what follows moves with it.".to_owned(),
        columns: vec![column("", 5.0), figures("", 1.4), column("How", 4.0)],
        rows,
        offers: match &scenario.context.admissions {
            Some(of) if of.home_care.is_none() => vec![Doing::BeginHomeCare],
            _ => Vec::new(),
        },
    }
}

fn worked(scenario: &Scenario, of: &Admissions) -> Vec<Row> {
    let input = |name: &str, figure: &Figure<Quantity>, which: Panel| {
        let shown = percent(figure.value.to_f64());
        Row::Cells(vec![
            Cell::text(name).sourced(scenario, &figure.source),
            Cell::typed(shown, Spot::Panel(which), name),
            Cell::text(scenario.source_in_words(&figure.source)),
        ])
    };
    let result =
        |name: &str, figure: String, how: &str| Row::Cells(vec![Cell::text(name), Cell::text(figure), Cell::text(how)]);
    let follows = asked(of);
    let remove = Doing::Remove(Key { sort: Sort::Admissions, id: None });
    let mut name = vec![Cell::text("What the target asks").offering([remove])];
    name.resize(3, Cell::default());
    let mut rows = vec![
        Row::Group(name),
        input("Admissions are to come below last year by", &of.target, Panel::Target),
        input("They stand above last year by", &of.rise, Panel::Rise),
        result(
            "So from where they stand they would have to fall by",
            percent(follows.reduction),
            "1 − (1 − target) ÷ (1 + rise)",
        ),
        Row::Heading("What an admission avoided saves".to_owned()),
        input("Paid for an admission beyond the base, of its cost", &of.marginal_rate, Panel::MarginalRate),
        input("Saving sought, of what the year's admissions cost", &of.saving_sought, Panel::SavingSought),
        result(
            "Fewer admissions for it, at the margin",
            percent(follows.to_save_at_the_margin),
            "saving ÷ marginal rate",
        ),
        result("Fewer admissions for it, at the whole cost", percent(follows.to_save_at_the_whole), "saving ÷ 1"),
    ];
    if let Some(hours) = &of.home_care {
        let typed = |name: &str, shown: String, which: Panel, source: &crate::scenario::Source| {
            Row::Cells(vec![
                Cell::text(name).sourced(scenario, source),
                Cell::typed(shown, Spot::Panel(which), name),
                Cell::text(scenario.source_in_words(source)),
            ])
        };
        let number = |figure: &Figure<Quantity>| grouped(&figure.value.to_string());
        let mut name = vec![Cell::text("What home care costs").offering([Doing::RemoveHomeCare])];
        name.resize(3, Cell::default());
        rows.extend([
            Row::Group(name),
            typed("Money a year", hours.money.value.exact(), Panel::Money, &hours.money.source),
            typed(
                "Hours a week that it pays for",
                number(&hours.hours_a_week),
                Panel::Hours,
                &hours.hours_a_week.source,
            ),
            typed("Hours a week before", number(&hours.base), Panel::Base, &hours.base.source),
            result("So an hour costs", format!("£{:.2}", pounds_an_hour(hours)), "money ÷ hours ÷ (365 ÷ 7)"),
            result("More home care by", percent(growth(hours)), "hours ÷ hours before"),
        ]);
    }
    rows
}

/// `3.5%`.
fn percent(share: f64) -> String {
    format!("{}%", (share * 1000.0).round() / 10.0)
}
