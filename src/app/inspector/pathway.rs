//! A pathway in the inspector: who waits, which schemes act on it, and every input with its source.

use eframe::egui::Ui;

use super::{FigureBox, Selection, chance, link, paragraph, section, small, source, step, title};
use crate::app::document::Document;
use crate::app::theme::palette;
use crate::app::view::{Action, View};
use crate::chart::people;
use crate::scenario::{Edit, Kind, Pathway, PathwayFigure, Quantity, Scenario};

pub(super) fn show(
    ui: &mut Ui,
    document: &Document,
    at: usize,
    pathway: &Pathway,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let scenario = document.scenario();
    let kind = if matches!(pathway.kind, Kind::Process { .. }) { "Process" } else { "Service with places" };
    title(ui, &pathway.name, kind, actions);
    let reasons: Vec<String> =
        pathway.reasons.iter().map(|reason| format!("{reason:?} {}", reason.in_words())).collect();
    small(ui, format!("Reason codes: {}", reasons.join("; ")));
    who_waits(ui, document, at);
    schemes_acting(ui, scenario, pathway, actions);
    inputs(ui, scenario, pathway, view, actions);
    chance::drift(ui, scenario, pathway, view, actions);
}

fn who_waits(ui: &mut Ui, document: &Document, at: usize) {
    section(ui, "People delayed, expected run");
    let forecast = &document.figures().forecast;
    let Some(pathway) = document.scenario().pathways.get(at) else { return };
    step(ui, palette(ui).plan, format!("{} on day 0", people(pathway.waiting.value.to_f64())));
    for target in &forecast.targets {
        if let Some(month) = forecast.month(target.month) {
            step(ui, palette(ui).plan, format!("{} in {}", people(month.by_pathway[at]), month.month.in_words()));
        }
    }
    if let Some(last) = forecast.months.last() {
        step(ui, palette(ui).plan, format!("{} in {}", people(last.by_pathway[at]), last.month.in_words()));
    }
}

fn schemes_acting(ui: &mut Ui, scenario: &Scenario, pathway: &Pathway, actions: &mut Vec<Action>) {
    section(ui, "Schemes that act on it");
    let mut any = false;
    for scheme in &scenario.schemes {
        for effect in scheme.effects.iter().filter(|effect| effect.pathway == pathway.id) {
            any = true;
            link(
                ui,
                &format!("{}: {}", scheme.name, effect.change.in_words()),
                Selection::Scheme(scheme.id.clone()),
                actions,
            );
        }
    }
    if !any {
        paragraph(ui, "None.");
    }
}

fn inputs(ui: &mut Ui, scenario: &Scenario, pathway: &Pathway, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Inputs");
    for which in PathwayFigure::ALL {
        let Some(figure) = pathway.figure(which) else { continue };
        let name = format!("{}, {}", pathway.name, which.in_words());
        let shown = figure.value.to_string();
        let figure_box = FigureBox { label: which.in_words(), name: &name, shown: &shown, width: 84.0, enabled: true };
        figure_box.show(ui, &mut view.typing, actions, |text| {
            let value = text.parse::<Quantity>()?;
            Ok(Edit::SetPathwayFigure { pathway: pathway.id.clone(), figure: which, value })
        });
        source(ui, scenario, &figure.source, figure.was.map(|was| was.to_string()));
    }
    let shares = pathway.attribution.value;
    let percent = |share: Quantity| format!("{:.0}%", share.to_f64() * 100.0);
    paragraph(
        ui,
        format!(
            "Responsible: NHS {}, social care {}, both {}",
            percent(shares.nhs),
            percent(shares.social_care),
            percent(shares.both)
        ),
    );
    source(ui, scenario, &pathway.attribution.source, None);
}
