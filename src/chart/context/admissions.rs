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
        input_of(scenario, name, figure, which, |share| percent(share.to_f64()))
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
        let number = |name: &str, figure: &Figure<Quantity>, which: Panel| {
            input_of(scenario, name, figure, which, |number| grouped(&number.to_string()))
        };
        let mut name = vec![Cell::text("What home care costs").offering([Doing::RemoveHomeCare])];
        name.resize(3, Cell::default());
        rows.extend([
            Row::Group(name),
            input_of(scenario, "Money a year", &hours.money, Panel::Money, |money| money.exact()),
            number("Hours a week that it pays for", &hours.hours_a_week, Panel::Hours),
            number("Hours a week before", &hours.base, Panel::Base),
            result("So an hour costs", format!("£{:.2}", pounds_an_hour(hours)), "money ÷ hours ÷ (365 ÷ 7)"),
            result("More home care by", percent(growth(hours)), "hours ÷ hours before"),
        ]);
    }
    rows
}

/// An input, to be typed over, and where it comes from: after what it was where it was moved, since no reason given for
/// that holds of what stands there now.
fn input_of<T>(
    scenario: &Scenario,
    name: &str,
    figure: &Figure<T>,
    which: Panel,
    in_words: impl Fn(&T) -> String,
) -> Row {
    let shown = in_words(&figure.value);
    let input = Cell::typed(shown, Spot::Panel(which), name).of(scenario, figure, in_words);
    let how = Cell::text(input.told().unwrap_or_default());
    Row::Cells(vec![Cell::text(name).sourced(scenario, &figure.source), input, how])
}

/// `3.5%`.
fn percent(share: f64) -> String {
    format!("{}%", (share * 1000.0).round() / 10.0)
}
