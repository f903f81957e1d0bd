//! What things cost, in the inspector: a delayed day, and whatever else a planner argues with.

use eframe::egui::Ui;

use super::rows::{begin, left_of, name_line, pounds_in, removable};
use super::sources::sourced;
use super::{FigureBox, Typed, section};
use crate::app::view::{Action, View};
use crate::money::Money;
use crate::scenario::{Costs, Edit, Figure, Id, Scenario, UnitCost};

const WIDTH: f32 = 92.0;
/// More costs than anybody argues with.
const MOST_SHOWN: usize = 40;

pub(super) fn show(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "What things cost");
    let delayed_day = &scenario.costs.delayed_day;
    let shown = delayed_day.value.exact();
    let (label, name) = ("A delayed day", "Cost of a delayed day");
    let figure = FigureBox { label, name, shown: &shown, width: WIDTH, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| {
        let amount = pounds_in(text)?;
        Ok(with(scenario, |costs| costs.delayed_day.change(amount)))
    });
    let sourced = sourced(ui, scenario, name, delayed_day, |was| was.exact(), true, &mut view.typing);
    actions.extend(sourced.map(|figure| Action::Do(with(scenario, |costs| costs.delayed_day = figure))));
    for (at, cost) in scenario.costs.others.iter().enumerate().take(MOST_SHOWN) {
        ui.push_id(("cost", at), |ui| one(ui, scenario, at, cost, view, actions));
    }
    if begin(ui, "Add a cost", "Add a cost", true)
        && let Some(id) = Id::fresh("cost", |id| scenario.costs.others.iter().any(|cost| cost.id == *id))
    {
        let cost = UnitCost { id, name: "New cost".to_owned(), amount: Figure::entered(Money::ZERO) };
        actions.push(Action::Begin(with(scenario, |costs| costs.others.push(cost)), name_of("New cost").into()));
    }
}

/// What the box of its name is called.
fn name_of(cost: &str) -> String {
    format!("Name of the cost {cost}")
}

/// The costs with something about them changed.
fn with(scenario: &Scenario, change: impl FnOnce(&mut Costs)) -> Edit {
    let mut costs = scenario.costs.clone();
    change(&mut costs);
    Edit::ReplaceCosts(Box::new(costs))
}

fn one(ui: &mut Ui, scenario: &Scenario, at: usize, cost: &UnitCost, view: &mut View, actions: &mut Vec<Action>) {
    let help = "Takes the cost out; undo brings it back";
    let removed = removable(ui, &format!("Remove the cost {}", cost.name), help, true, |ui| {
        ui.horizontal(|ui| {
            left_of(ui, WIDTH, |ui| {
                if let Typed::Value(name) = name_line(ui, &name_of(&cost.name), &cost.name, true, &mut view.typing) {
                    actions.push(Action::Do(with(scenario, |costs| costs.others[at].name = name)));
                }
            });
            let (name, shown) = (format!("Cost of {}", cost.name), cost.amount.value.exact());
            let figure = FigureBox { label: "", name: &name, shown: &shown, width: WIDTH, enabled: true };
            figure.box_alone(ui, &mut view.typing, actions, &|text: &str| {
                let amount = pounds_in(text)?;
                Ok(with(scenario, |costs| costs.others[at].amount.change(amount)))
            });
        });
    });
    if removed {
        actions.push(Action::Do(with(scenario, |costs| {
            costs.others.remove(at);
        })));
    }
    let name = format!("the cost of {}", cost.name);
    let sourced = sourced(ui, scenario, &name, &cost.amount, |was| was.exact(), true, &mut view.typing);
    actions.extend(sourced.map(|figure| Action::Do(with(scenario, |costs| costs.others[at].amount = figure))));
}
