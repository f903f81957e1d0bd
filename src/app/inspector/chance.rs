//! What may come otherwise, in the inspector: how referrals drift, what published months leave out, how late a scheme
//! may be. Each can be set where the file says nothing of it.

use eframe::egui::Ui;

use super::{FigureBox, paragraph, range_boxes, range_in_words, section, small, source};
use crate::app::view::{Action, View};
use crate::scenario::edit::{delivered, drift_persistence, drift_spread, recording, slip_days};
use crate::scenario::{Figure, Pathway, Quantity, Range, Scenario, Scheme};

const WIDTH: f32 = 84.0;

/// A pathway's drift of referrals.
pub(super) fn drift(ui: &mut Ui, scenario: &Scenario, pathway: &Pathway, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Drift of referrals");
    let volatility = pathway.volatility.as_ref();
    let shown = volatility.map_or(Quantity::ZERO, |volatility| volatility.spread.value).to_string();
    let (label, name) = ("Spread (0.05: about 5%)", format!("{}, spread of the drift", pathway.name));
    let figure = FigureBox { label, name: &name, shown: &shown, width: WIDTH, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| Ok(drift_spread(pathway, text.parse()?)));
    let Some(volatility) = volatility else {
        small(ui, "None is said: as many come as expected, but for the chance of each day.");
        return;
    };
    source_of(ui, scenario, &volatility.spread);
    let shown = volatility.persistence_days.value.to_string();
    let (label, name) = ("Days that it lasts", format!("{}, days that a drift lasts", pathway.name));
    let figure = FigureBox { label, name: &name, shown: &shown, width: WIDTH, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| {
        drift_persistence(pathway, text.parse()?).ok_or_else(|| "there is no drift to last".to_owned())
    });
    source_of(ui, scenario, &volatility.persistence_days);
}

/// The noise in published months.
pub(super) fn noise(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Noise in published months");
    let shown = scenario.recording.as_ref().map_or(Quantity::ZERO, |recording| recording.value).to_string();
    let (label, name) = ("Spread (0.1: about 10%)", "Noise in published months");
    let figure = FigureBox { label, name, shown: &shown, width: WIDTH, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| Ok(recording(scenario, text.parse()?)));
    match &scenario.recording {
        Some(recording) => source_of(ui, scenario, recording),
        None => small(ui, "None is said: months are published just as people waited."),
    }
}

/// How late a scheme may begin, and how much of it may come.
pub(super) fn risk(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    let risk = scheme.delivery_risk.as_ref();
    if scheme.effects.is_empty() && risk.is_none() {
        return;
    }
    section(ui, "Delivery risk: low, central, high");
    let always = |share| Range { low: share, central: share, high: share };
    let late = risk.map_or(always(Quantity::ZERO), |risk| risk.slip_days.value);
    let share = risk.map_or(always(Quantity::ONE), |risk| risk.delivered.value);
    paragraph(ui, "Days late");
    let name = format!("{} days late", scheme.name);
    range_boxes(ui, &name, late, !scheme.locked, view, actions, |range| slip_days(scheme, range));
    let said = |ui: &mut Ui, figure: Option<&Figure<Range>>| match figure {
        Some(figure) => source(ui, scenario, &figure.source, figure.was.map(range_in_words)),
        None => small(ui, "Nothing is said: on time and whole."),
    };
    said(ui, risk.map(|risk| &risk.slip_days));
    paragraph(ui, "Share delivered");
    let name = format!("{} share delivered", scheme.name);
    range_boxes(ui, &name, share, !scheme.locked, view, actions, |range| delivered(scheme, range));
    if let Some(risk) = risk {
        said(ui, Some(&risk.delivered));
    }
}

fn source_of(ui: &mut Ui, scenario: &Scenario, figure: &Figure<Quantity>) {
    source(ui, scenario, &figure.source, figure.was.map(|was| was.to_string()));
}
