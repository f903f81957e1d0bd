//! What may come otherwise, in the inspector: how referrals drift, what published months leave out, how late a scheme
//! may be. Each can be set where the file says nothing of it.

use eframe::egui::Ui;

use super::sources::sourced;
use super::{FigureBox, paragraph, range_boxes, range_in_words, section, small};
use crate::app::view::{Action, View};
use crate::scenario::edit::{delivered, drift_persistence, drift_spread, recording, slip_days};
use crate::scenario::{DeliveryRisk, Edit, Pathway, Quantity, Range, Scenario, Scheme, Volatility};

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
    let with = |change: &dyn Fn(&mut Volatility)| {
        let mut to = volatility.clone();
        change(&mut to);
        Action::Do(Edit::SetVolatility { pathway: pathway.id.clone(), to: Some(Box::new(to)) })
    };
    let spread = sourced(ui, scenario, &name, &volatility.spread, Quantity::to_string, true, &mut view.typing);
    actions.extend(spread.map(|spread| with(&|volatility| volatility.spread = spread.clone())));
    let shown = volatility.persistence_days.value.to_string();
    let (label, name) = ("Days that it lasts", format!("{}, days that a drift lasts", pathway.name));
    let figure = FigureBox { label, name: &name, shown: &shown, width: WIDTH, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| {
        drift_persistence(pathway, text.parse()?).ok_or_else(|| "there is no drift to last".to_owned())
    });
    let days = sourced(ui, scenario, &name, &volatility.persistence_days, Quantity::to_string, true, &mut view.typing);
    actions.extend(days.map(|days| with(&|volatility| volatility.persistence_days = days.clone())));
}

/// The noise in published months.
pub(super) fn noise(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Noise in published months");
    let shown = scenario.recording.as_ref().map_or(Quantity::ZERO, |recording| recording.value).to_string();
    let (label, name) = ("Spread (0.1: about 10%)", "Noise in published months");
    let figure = FigureBox { label, name, shown: &shown, width: WIDTH, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| Ok(recording(scenario, text.parse()?)));
    match &scenario.recording {
        Some(recording) => {
            let recording = sourced(ui, scenario, name, recording, Quantity::to_string, true, &mut view.typing);
            actions.extend(recording.map(|recording| Action::Do(Edit::SetRecording(Some(recording)))));
        }
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
    let with = |change: &dyn Fn(&mut DeliveryRisk)| {
        let mut to = scheme.delivery_risk.clone();
        to.iter_mut().for_each(change);
        Action::Do(Edit::SetDeliveryRisk { scheme: scheme.id.clone(), to: to.map(Box::new) })
    };
    let in_words = |range: &Range| range_in_words(*range);
    if let Some(risk) = risk {
        let days = sourced(ui, scenario, &name, &risk.slip_days, in_words, !scheme.locked, &mut view.typing);
        actions.extend(days.map(|days| with(&|risk| risk.slip_days = days.clone())));
    } else {
        small(ui, "Nothing is said: on time and whole.");
    }
    paragraph(ui, "Share delivered");
    let name = format!("{} share delivered", scheme.name);
    range_boxes(ui, &name, share, !scheme.locked, view, actions, |range| delivered(scheme, range));
    if let Some(risk) = risk {
        let share = sourced(ui, scenario, &name, &risk.delivered, in_words, !scheme.locked, &mut view.typing);
        actions.extend(share.map(|share| with(&|risk| risk.delivered = share.clone())));
    }
}
