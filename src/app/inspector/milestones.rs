//! A scheme's milestones in the inspector: what will have happened, and by when.

use eframe::egui::Ui;

use super::rows::{begin, choice, day_in, left_of, name_line, removable};
use super::sources::sourced;
use super::{FigureBox, Typed, section, small};
use crate::app::view::{Action, View};
use crate::scenario::edit::{new_milestone, remove_milestone};
use crate::scenario::{Edit, Id, Milestone, Scenario, Scheme, Start};

const WIDTH: f32 = 92.0;

pub(super) fn show(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Milestones");
    for milestone in &scheme.milestones {
        ui.push_id(milestone.id.as_str(), |ui| one(ui, scenario, scheme, milestone, view, actions));
    }
    if begin(ui, "Add a milestone", &format!("Add a milestone of {}", scheme.name), !scheme.locked)
        && let Some(edit) = new_milestone(scenario, scheme)
    {
        let name = match &edit {
            Edit::AddMilestone { milestone, .. } => name_of(&milestone.name, scheme),
            _ => String::new(),
        };
        actions.push(Action::Begin(edit, name.into()));
    }
}

/// What the box of its name is called.
fn name_of(milestone: &str, scheme: &Scheme) -> String {
    format!("{}, name of {milestone}", scheme.name)
}

fn one(
    ui: &mut Ui,
    scenario: &Scenario,
    scheme: &Scheme,
    milestone: &Milestone,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let open = !scheme.locked;
    let waits = Start::Milestone(milestone.id.clone());
    let help = match scheme.effects.iter().filter(|effect| effect.start == waits).count() {
        0 => "Takes the milestone out; undo brings it back".to_owned(),
        1 => "Takes the milestone out; the effect that waits for it then begins on its day. Undo brings it back"
            .to_owned(),
        more => format!(
            "Takes the milestone out; the {more} effects that wait for it then begin on its day. Undo brings it back"
        ),
    };
    let remove = format!("Remove milestone {} of {}", milestone.name, scheme.name);
    let removed = removable(ui, &remove, &help, open, |ui| {
        ui.horizontal(|ui| {
            let named = |milestone| (scheme.id.clone(), Id::clone(milestone));
            left_of(ui, WIDTH, |ui| {
                let name = name_of(&milestone.name, scheme);
                if let Typed::Value(name) = name_line(ui, &name, &milestone.name, open, &mut view.typing) {
                    let (scheme, milestone) = named(&milestone.id);
                    actions.push(Action::Do(Edit::RenameMilestone { scheme, milestone, name }));
                }
            });
            let shown = milestone.due.value.to_string();
            let name = format!("{}, {}", scheme.name, milestone.name);
            let figure = FigureBox { label: "", name: &name, shown: &shown, width: WIDTH, enabled: open };
            figure.box_alone(ui, &mut view.typing, actions, &|text: &str| {
                let (scheme, milestone) = named(&milestone.id);
                Ok(Edit::SetMilestone { scheme, milestone, date: day_in(text)? })
            });
        });
    });
    if removed {
        actions.push(Action::Do(remove_milestone(scheme, &milestone.id)));
    }
    follows(ui, scheme, milestone, actions);
    let name = format!("{}, {}", scheme.name, milestone.name);
    let due = sourced(ui, scenario, &name, &milestone.due, |was| was.in_words(), open, &mut view.typing);
    actions.extend(due.map(|due| {
        let mut to = scheme.clone();
        if let Some(of_it) = to.milestones.iter_mut().find(|of| of.id == milestone.id) {
            of_it.due = due;
        }
        Action::Do(Edit::ReplaceScheme(to.into()))
    }));
}

/// Which milestone it follows; then it is reached no sooner.
fn follows(ui: &mut Ui, scheme: &Scheme, milestone: &Milestone, actions: &mut Vec<Action>) {
    // What follows it can't come before it.
    let others = || scheme.milestones.iter().filter(|other| !scheme.hangs_on(&other.id, &milestone.id));
    if others().next().is_none() {
        return;
    }
    let mut options = vec!["nothing".to_owned()];
    options.extend(others().map(|other| format!("“{}”", other.name)));
    let chosen = match &milestone.after {
        None => Some(0),
        Some(id) => others().position(|other| other.id == *id).map(|at| at + 1),
    };
    let name = format!("{}, {} follows", scheme.name, milestone.name);
    let picked = ui.horizontal(|ui| {
        ui.label("Follows");
        choice(ui, &name, &options, chosen, !scheme.locked)
    });
    if let Some(to) = picked.inner {
        let after = to.checked_sub(1).and_then(|at| others().nth(at)).map(|other| other.id.clone());
        let mut changed = scheme.clone();
        if let Some(of_it) = changed.milestones.iter_mut().find(|of| of.id == milestone.id) {
            of_it.after = after;
        }
        actions.push(Action::Do(Edit::ReplaceScheme(changed.into())));
    }
    if let Some(held) = scheme.reached(&milestone.id).filter(|day| *day > milestone.due.value) {
        small(ui, format!("Not before {}, by what it follows", held.in_words()));
    }
}
