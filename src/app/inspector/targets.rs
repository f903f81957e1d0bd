//! The targets in the inspector: for each month, the most people delayed.

use eframe::egui::Ui;

use super::rows::{begin, left_of, month_in, name_line, removable};
use super::sources::sourced;
use super::{FigureBox, Typed, section};
use crate::app::view::{Action, Message, View};
use crate::scenario::edit::{move_target, new_target, next_target_month};
use crate::scenario::{Edit, Quantity, Scenario, Target};

const WIDTH: f32 = 64.0;

pub(super) fn show(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Targets: people delayed, at most");
    for (at, target) in scenario.targets.iter().enumerate() {
        ui.push_id(target.month.to_string(), |ui| one(ui, scenario, (at, target), view, actions));
    }
    let month = next_target_month(scenario);
    if begin(ui, "Add a target", "Add a target", month.is_some())
        && let Some(month) = month
    {
        // As many as wait on day 0: an agreed ceiling lies below.
        let waiting: f64 = scenario.pathways.iter().map(|pathway| pathway.waiting.value.to_f64()).sum();
        let at_most = format!("{waiting:.0}").parse().unwrap_or(Quantity::ZERO);
        actions.push(Action::Begin(new_target(scenario, month, at_most), name_of(&month.in_words()).into()));
    }
}

/// What the box of its people is called.
fn name_of(month: &str) -> String {
    format!("Target for {month}")
}

fn one(ui: &mut Ui, scenario: &Scenario, (at, target): (usize, &Target), view: &mut View, actions: &mut Vec<Action>) {
    let month = target.month.in_words();
    let help = "Takes the target out; undo brings it back";
    let removed = removable(ui, &format!("Remove the target for {month}"), help, true, |ui| {
        ui.horizontal(|ui| {
            left_of(ui, WIDTH, |ui| {
                let name = format!("Month of the target for {month}");
                if let Typed::Value(typed) = name_line(ui, &name, &month, true, &mut view.typing) {
                    actions.push(match month_in(&typed, scenario) {
                        Ok(to) => Action::Do(move_target(scenario, target, to)),
                        Err(why) => Action::Say(Message::refusal(format!("{why}. The target stays in {month}."))),
                    });
                }
            });
            let (name, shown) = (name_of(&month), target.at_most.value.to_string());
            let figure = FigureBox { label: "", name: &name, shown: &shown, width: WIDTH, enabled: true };
            figure.box_alone(ui, &mut view.typing, actions, &|text: &str| {
                Ok(Edit::SetTarget { month: target.month, at_most: text.parse::<Quantity>()? })
            });
        });
    });
    if removed {
        actions.push(Action::Do(Edit::RemoveTarget(target.month)));
    }
    let at_most = sourced(ui, scenario, &name_of(&month), &target.at_most, Quantity::to_string, true, &mut view.typing);
    actions.extend(at_most.map(|at_most| {
        let edits = vec![
            Edit::RemoveTarget(target.month),
            Edit::AddTarget { at, target: Target { at_most, ..target.clone() } },
        ];
        Action::Do(Edit::Called { words: format!("{}, source", name_of(&month)), edits })
    }));
}
