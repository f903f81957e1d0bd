//! The fund in the inspector: its name, the grant of each year, and the years that the plan covers.

use eframe::egui::Ui;

use super::rows::{begin, kept, name_line, pounds_in, removable};
use super::sources::sourced;
use super::{FigureBox, Typed, section};
use crate::app::view::{Action, View};
use crate::calendar::FinancialYear;
use crate::scenario::edit::{add_year, remove_last_year};
use crate::scenario::{Edit, Fund, Scenario};

const WIDTH: f32 = 110.0;

pub(super) fn show(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Grant");
    if let Typed::Value(name) = name_line(ui, "Name of the fund", &scenario.fund.name, true, &mut view.typing) {
        actions.push(with(scenario, |fund| fund.name = name));
    }
    let last = scenario.fund.grant.iter().last().map(|(year, _)| year).filter(|_| scenario.fund.grant.len() > 1);
    for (year, grant) in scenario.fund.grant.iter() {
        let (label, name, shown) = (year.to_string(), format!("Grant {year}"), grant.value.exact());
        let figure = FigureBox { label: &label, name: &name, shown: &shown, width: WIDTH, enabled: true };
        let show = |ui: &mut Ui| {
            figure.show(ui, &mut view.typing, actions, |text| Ok(Edit::SetGrant { year, amount: pounds_in(text)? }));
        };
        if last == Some(year) {
            let help = what_goes_with(scenario, year);
            if removable(ui, &format!("Take {year} out of the plan"), &help, true, show) {
                actions.extend(remove_last_year(scenario).map(|edit| Action::Tell(edit, help.into())));
            }
        } else {
            kept(ui, show);
        }
        let sourced = sourced(ui, scenario, &name, grant, |was| was.exact(), true, &mut view.typing);
        actions.extend(sourced.map(|grant| with(scenario, |fund| fund.grant.insert(year, grant))));
    }
    let next = add_year(scenario);
    if let (Some(edit), Some((last, _))) = (next, scenario.fund.grant.iter().last())
        && begin(ui, &format!("Add {}", last.next()), &format!("Add {} to the plan", last.next()), true)
    {
        actions.push(Action::Begin(edit, format!("Grant {}", last.next()).into()));
    }
    let mut carries = scenario.fund.carries_forward.value;
    if ui.checkbox(&mut carries, "What is left carries forward").changed() {
        actions.push(Action::Do(Edit::SetCarriesForward(carries)));
    }
    let carries = &scenario.fund.carries_forward;
    let in_words = |was: &bool| if *was { "yes" } else { "no" }.to_owned();
    let sourced = sourced(ui, scenario, "what carries forward", carries, in_words, true, &mut view.typing);
    actions.extend(sourced.map(|carries| with(scenario, |fund| fund.carries_forward = carries)));
}

/// The fund with something about it changed.
fn with(scenario: &Scenario, change: impl FnOnce(&mut Fund)) -> Action {
    let mut fund = scenario.fund.clone();
    change(&mut fund);
    Action::Do(Edit::ReplaceFund(Box::new(fund)))
}

/// What goes with a year.
fn what_goes_with(scenario: &Scenario, year: FinancialYear) -> String {
    let with_money = scenario.schemes.iter().filter(|scheme| !scheme.allocation(year).is_zero()).count();
    let schemes = match with_money {
        0 => "no scheme’s money".to_owned(),
        1 => "the money of one scheme".to_owned(),
        more => format!("the money of {more} schemes"),
    };
    format!(
        "With {year} go its grant, {schemes}, and what is committed, aimed at or published in it. Undo brings all back"
    )
}
