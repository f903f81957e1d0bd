//! The plan as a whole in the inspector: what to know before trusting it, its grant, targets, pathways, costs, papers.

use eframe::egui::{Button, Ui};

use super::rows::{begin_one_of, day_in, name_line, title_box};
use super::{
    FigureBox, Selection, Typed, chance, costs, grant, link, notes, outturn, papers, paragraph, section, small, step,
    targets,
};
use crate::app::context::begun;
use crate::app::document::Document;
use crate::app::theme::palette;
use crate::app::view::{Action, View};
use crate::bundled::BLANK;
use crate::chart::context::Part;
use crate::chart::people;
use crate::forecast;
use crate::scenario::context::Doing;
use crate::scenario::edit::new_pathway;
use crate::scenario::{Edit, Kind, NoteKind, Pathway, Reason, Scenario};

pub(super) fn show(ui: &mut Ui, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    let scenario = document.scenario();
    names(ui, scenario, view, actions);
    small(ui, "Click a scheme for its own figures. Any text here can be clicked and written anew.");
    warnings(ui, document);
    let contradictions = "The papers contradict themselves";
    notes::of_kind(ui, scenario, NoteKind::Contradiction, contradictions, view, actions);
    grant::show(ui, scenario, view, actions);
    targets::show(ui, scenario, view, actions);
    floor(ui, scenario);
    outturn::show(ui, document, view, actions);
    chance::noise(ui, scenario, view, actions);
    pathways(ui, scenario, actions);
    notes::of_kind(ui, scenario, NoteKind::Hindsight, "Learnt after the plan", view, actions);
    notes::of_kind(ui, scenario, NoteKind::Remark, "Remarks", view, actions);
    notes::begin_on_plan(ui, scenario, actions);
    costs::show(ui, scenario, view, actions);
    around(ui, scenario, actions);
    papers::show(ui, scenario, view, actions);
}

/// What the plan is called, whose it is, and when it was written.
fn names(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    if let Typed::Value(title) = title_box(ui, "Title of the plan", &scenario.title, true, &mut view.typing) {
        actions.push(Action::Do(Edit::Retitle(title)));
    }
    if let Typed::Value(area) = name_line(ui, "Name of the area", &scenario.area, true, &mut view.typing) {
        actions.push(Action::Do(Edit::NameArea(area)));
    }
    let shown = scenario.as_of.to_string();
    let figure = FigureBox { label: "Written on", name: "Written on", shown: &shown, width: 92.0, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| day_in(text).map(Edit::SetAsOf));
}

/// Each a way to its own figures; and the ways to begin another.
fn pathways(ui: &mut Ui, scenario: &Scenario, actions: &mut Vec<Action>) {
    section(ui, "Pathways: what people wait for");
    for pathway in scenario.pathways.iter().take(40) {
        link(ui, &pathway.name, Selection::Pathway(pathway.id.clone()), actions);
    }
    begin_one_of(ui, "Add a pathway", "Add a pathway", true, |ui| {
        // Read only while the menu is open; it comes with the program and is sound.
        let Ok(models) = BLANK.open().map(|blank| blank.scenario.pathways) else { return };
        let model = |fits: &dyn Fn(&Pathway) -> bool| models.iter().find(|model| fits(model));
        let is_free = |reason: &Reason| scenario.pathways.iter().all(|pathway| !pathway.reasons.contains(reason));
        for reason in Reason::ALL.into_iter().filter(is_free) {
            let words = format!("For {reason:?}, {}", reason.in_words());
            if ui.add(Button::new(words)).clicked() {
                begin(scenario, model(&|model| model.reasons.contains(&reason)), Some(reason), actions);
            }
        }
        for (words, process) in [("A service with places", false), ("A process without places", true)] {
            let words = format!("{words}, for no reason code yet");
            if ui.add(Button::new(words)).clicked() {
                begin(scenario, model(&|model| matches!(model.kind, Kind::Process { .. }) == process), None, actions);
            }
        }
    });
}

/// Adds a pathway like its model, and goes to it.
fn begin(
    scenario: &Scenario,
    model: Option<&std::sync::Arc<Pathway>>,
    reason: Option<Reason>,
    actions: &mut Vec<Action>,
) {
    let edit = model.and_then(|model| new_pathway(scenario, model, reason));
    if let Some(edit) = edit
        && let Edit::AddPathway { pathway, .. } = &edit
    {
        let (id, name) = (pathway.id.clone(), super::pathway::box_of_name(&pathway.name));
        actions.push(Action::Begin(edit, name.into()));
        actions.push(Action::Select(Selection::Pathway(id)));
    }
}

/// The ways to begin what the papers report around the plan, as far as nothing of it is there; what is there stands over
/// the charts.
fn around(ui: &mut Ui, scenario: &Scenario, actions: &mut Vec<Action>) {
    let missing: Vec<Part> = Part::ALL.into_iter().filter(|part| !part.is_in(scenario)).collect();
    if missing.is_empty() {
        return;
    }
    section(ui, "Around the plan");
    small(ui, "What the papers report beside the money: its delivery, measures, risks and more.");
    begin_one_of(ui, "Add a part", "Add a part of what the papers report", true, |ui| {
        for part in missing {
            if ui.add(Button::new(part.in_words())).clicked()
                && let Some(action) = begun(&Doing::Begin(part.first()), scenario)
            {
                actions.extend([action, Action::ShowAround(Some(part))]);
            }
        }
    });
}

fn warnings(ui: &mut Ui, document: &Document) {
    let warnings = &document.figures().warnings;
    if warnings.is_empty() {
        return;
    }
    section(ui, "Look at these");
    for warning in warnings.iter().take(20) {
        step(ui, palette(ui).warning, format!("▲ {}", warning.words));
    }
    if warnings.len() > 20 {
        small(ui, format!("and {} more", warnings.len() - 20));
    }
}

/// What no target should go below, whatever it costs to get there.
fn floor(ui: &mut Ui, scenario: &Scenario) {
    let Some(floor) = forecast::economic_floor(scenario) else { return };
    section(ui, "Economic floor");
    paragraph(ui, format!("About {} delayed: below that, less delay costs more than it saves.", people(floor)));
    let source = forecast::ECONOMIC_FLOOR_SOURCE;
    small(ui, format!("12% of those delayed on day 0. Found for England as a whole, not for this place: {source}"));
}
