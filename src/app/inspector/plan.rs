//! The plan as a whole in the inspector: what to know before trusting it, its grant, targets, pathways, costs, papers.

use eframe::egui::{RichText, Ui};

use super::{FigureBox, Selection, Typed, chance, link, name_box, outturn, paragraph, section, small, source, step};
use crate::app::document::Document;
use crate::app::theme::{TITLE, bold, palette};
use crate::app::view::{Action, View};
use crate::calendar::CalendarError;
use crate::chart::people;
use crate::forecast;
use crate::money::Money;
use crate::scenario::{Edit, NoteKind, Quantity, Scenario};

pub(super) fn show(ui: &mut Ui, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    let scenario = document.scenario();
    ui.label(RichText::new("About this plan").font(bold(TITLE)).color(palette(ui).ink));
    small(ui, format!("{}, as of {}. Click a scheme for its own figures.", scenario.area, scenario.as_of.in_words()));
    warnings(ui, document);
    notes(ui, scenario, NoteKind::Contradiction, "The papers contradict themselves");
    grant(ui, scenario, view, actions);
    targets(ui, scenario, view, actions);
    floor(ui, scenario);
    outturn::show(ui, document, view, actions);
    chance::noise(ui, scenario, view, actions);
    section(ui, "Pathways");
    for pathway in scenario.pathways.iter().take(40) {
        link(ui, &pathway.name, Selection::Pathway(pathway.id.clone()), actions);
    }
    names(ui, scenario, view, actions);
    notes(ui, scenario, NoteKind::Hindsight, "Learnt after the plan");
    notes(ui, scenario, NoteKind::Remark, "Remarks");
    costs(ui, scenario);
    papers(ui, scenario);
}

/// What the plan is called, whose it is, and when it was written.
fn names(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Title, area and day");
    let mut asked = |name: &str, shown: &str, edit: fn(String) -> Edit| {
        let width = ui.available_width();
        if let Typed::Value(text) = name_box(ui, name, shown, width, true, &mut view.typing) {
            actions.push(Action::Do(edit(text)));
        }
    };
    asked("Title of the plan", &scenario.title, Edit::Retitle);
    asked("Name of the area", &scenario.area, Edit::NameArea);
    let shown = scenario.as_of.to_string();
    let figure = FigureBox { label: "Written on", name: "Written on", shown: &shown, width: 100.0, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| {
        text.trim().parse().map(Edit::SetAsOf).map_err(|error: CalendarError| error.to_string())
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

fn notes(ui: &mut Ui, scenario: &Scenario, kind: NoteKind, heading: &str) {
    let of_kind: Vec<_> = scenario.notes.iter().filter(|note| note.kind == kind).collect();
    if of_kind.is_empty() {
        return;
    }
    section(ui, &format!("{heading} ({})", of_kind.len()));
    let shade = if kind == NoteKind::Contradiction { palette(ui).warning } else { palette(ui).quiet };
    for note in of_kind.into_iter().take(100) {
        step(ui, shade, &*note.text);
        source(ui, scenario, &note.source, None);
    }
}

fn grant(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, &format!("Grant: {}", scenario.fund.name));
    for (year, grant) in scenario.fund.grant.iter() {
        let (label, name, shown) = (year.to_string(), format!("Grant {year}"), grant.value.exact());
        let figure = FigureBox { label: &label, name: &name, shown: &shown, width: 110.0, enabled: true };
        figure.show(ui, &mut view.typing, actions, |text| {
            let amount: Money = text.parse().map_err(|error: crate::money::MoneyError| error.to_string())?;
            Ok(Edit::SetGrant { year, amount })
        });
        source(ui, scenario, &grant.source, grant.was.map(Money::exact));
    }
    let mut carries = scenario.fund.carries_forward.value;
    if ui.checkbox(&mut carries, "What is left carries forward").changed() {
        actions.push(Action::Do(Edit::SetCarriesForward(carries)));
    }
    let carries = &scenario.fund.carries_forward;
    source(ui, scenario, &carries.source, carries.was.map(|was| if was { "yes" } else { "no" }.to_owned()));
}

fn targets(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    if scenario.targets.is_empty() {
        return;
    }
    section(ui, "Targets: people delayed, at most");
    for target in &scenario.targets {
        let month = target.month;
        let (label, name) = (month.in_words(), format!("Target for {}", month.in_words()));
        let shown = target.at_most.value.to_string();
        let figure = FigureBox { label: &label, name: &name, shown: &shown, width: 84.0, enabled: true };
        figure.show(ui, &mut view.typing, actions, |text| {
            let at_most = text.parse::<Quantity>()?;
            Ok(Edit::SetTarget { month, at_most })
        });
        source(ui, scenario, &target.at_most.source, target.at_most.was.map(|was| was.to_string()));
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

fn costs(ui: &mut Ui, scenario: &Scenario) {
    section(ui, "What things cost");
    let delayed_day = &scenario.costs.delayed_day;
    paragraph(ui, format!("A delayed day: {}", delayed_day.value.exact()));
    source(ui, scenario, &delayed_day.source, delayed_day.was.map(Money::exact));
    for cost in scenario.costs.others.iter().take(40) {
        paragraph(ui, format!("{}: {}", cost.name, cost.amount.value.exact()));
        source(ui, scenario, &cost.amount.source, cost.amount.was.map(Money::exact));
    }
}

fn papers(ui: &mut Ui, scenario: &Scenario) {
    section(ui, "Papers");
    for paper in scenario.papers.iter().take(100) {
        paragraph(ui, &*paper.title);
        let licence = paper.licence.as_ref().map_or_else(String::new, |licence| format!(" · {licence}"));
        small(ui, format!("{}{licence}", paper.date.in_words()));
    }
}
