//! A pathway in the inspector: who waits, which schemes act on it, and every input with its source.

use eframe::egui::{Button, Role, Ui, WidgetInfo, vec2};

use super::rows::{begin, choice_in, name_line, removable, title_box};
use super::sources::sourced;
use super::{FigureBox, Selection, Typed, chance, link, paragraph, section, small, step, way_back};
use crate::app::document::Document;
use crate::app::theme::{SMALL, palette, regular};
use crate::app::view::{Action, Message, View};
use crate::bundled::BLANK;
use crate::chart::people;
use crate::scenario::edit::{remove_pathway, toggle_reason};
use crate::scenario::{Attribution, Edit, Figure, Kind, Pathway, PathwayFigure, Quantity, Reason, Scenario, Service};

/// Days before people leave some other way, where nobody has said so yet.
const USUAL_PATIENCE: u16 = 60;

pub(super) fn show(
    ui: &mut Ui,
    document: &Document,
    at: usize,
    pathway: &Pathway,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let scenario = document.scenario();
    way_back(ui, actions, |ui, actions| kind(ui, pathway, actions));
    let named = box_of_name(&pathway.name);
    if let Typed::Value(name) = title_box(ui, &named, &pathway.name, true, &mut view.typing) {
        actions.push(Action::Do(with(pathway, |pathway| pathway.name = name)));
    }
    reasons(ui, scenario, pathway, actions);
    who_waits(ui, document, at);
    schemes_acting(ui, scenario, pathway, actions);
    inputs(ui, scenario, pathway, view, actions);
    responsibility(ui, scenario, pathway, view, actions);
    chance::drift(ui, scenario, pathway, view, actions);
    end(ui, scenario, pathway, actions);
}

/// What the box of a pathway's name is called.
pub(super) fn box_of_name(pathway: &str) -> String {
    format!("Name of {pathway}")
}

/// The pathway with something about it changed.
fn with(pathway: &Pathway, change: impl FnOnce(&mut Pathway)) -> Edit {
    let mut to = pathway.clone();
    change(&mut to);
    Edit::ReplacePathway(to.into())
}

/// Done by a process, or by a service with places. The other one begins with the figures of the empty plan.
fn kind(ui: &mut Ui, pathway: &Pathway, actions: &mut Vec<Action>) {
    let is_process = |kind: &Kind| matches!(kind, Kind::Process { .. });
    let kinds = ["Service with places", "Process"].map(str::to_owned);
    let chosen = usize::from(is_process(&pathway.kind));
    let name = format!("How people leave {}", pathway.name);
    if choice_in(ui, &name, &kinds, Some(chosen), true, regular(SMALL)).is_some()
        && let Ok(blank) = BLANK.open()
    {
        let mut models = blank.scenario.pathways.iter();
        let model = models.find(|model| is_process(&model.kind) != is_process(&pathway.kind));
        actions.extend(model.map(|model| Action::Do(with(pathway, |pathway| pathway.kind = model.kind.clone()))));
    }
}

/// The reason codes that it groups, each a box to tick. A code that another pathway has comes from there.
fn reasons(ui: &mut Ui, scenario: &Scenario, pathway: &Pathway, actions: &mut Vec<Action>) {
    let groups: Vec<String> =
        pathway.reasons.iter().map(|reason| format!("{reason:?} {}", reason.in_words())).collect();
    small(
        ui,
        if groups.is_empty() {
            "No reason code yet".to_owned()
        } else {
            format!("Reason codes: {}", groups.join("; "))
        },
    );
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        ui.spacing_mut().button_padding.x = 5.0;
        for reason in Reason::ALL {
            let is_here = pathway.reasons.contains(&reason);
            let elsewhere = scenario.pathways.iter().find(|other| !is_here && other.reasons.contains(&reason));
            let chip = ui.add(Button::selectable(is_here, format!("{reason:?}")));
            let name = format!("{} waits for {reason:?}, {}", pathway.name, reason.in_words());
            chip.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_here, &name));
            let help = match (is_here, elsewhere) {
                (true, _) => format!("{}. Click to take it out.", reason.in_words()),
                (false, Some(other)) => format!("{}, now in {}. Click to take it over.", reason.in_words(), other.name),
                (false, None) => format!("{}, in no pathway. Click to take it in.", reason.in_words()),
            };
            if chip.on_hover_text(help).clicked() {
                actions.push(Action::Do(toggle_reason(scenario, pathway, reason)));
            }
        }
    });
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
        let mut show = |ui: &mut Ui| {
            figure_box.show(ui, &mut view.typing, actions, |text| {
                let value = text.parse::<Quantity>()?;
                Ok(Edit::SetPathwayFigure { pathway: pathway.id.clone(), figure: which, value })
            });
        };
        if matches!(which, PathwayFigure::PatienceDays | PathwayFigure::Occupied) {
            let help = "Takes the figure out; undo brings it back";
            if removable(ui, &format!("Remove {name}"), help, true, show) {
                actions.push(Action::Do(without(pathway, which)));
            }
        } else {
            show(ui);
        }
        let figure = sourced(ui, scenario, &name, figure, Quantity::to_string, true, &mut view.typing);
        actions.extend(figure.map(|figure| {
            Action::Do(with(pathway, |pathway| {
                if let Some(there) = pathway.figure_mut(which) {
                    *there = figure;
                }
            }))
        }));
    }
    begin_optional(ui, pathway, actions);
    seasons(ui, scenario, pathway, view, actions);
}

/// Figures that a service may do without: the ways to begin them.
fn begin_optional(ui: &mut Ui, pathway: &Pathway, actions: &mut Vec<Action>) {
    let Kind::Service(service) = &pathway.kind else { return };
    let set = |change: &dyn Fn(&mut Service)| {
        with(pathway, |pathway| {
            if let Kind::Service(service) = &mut pathway.kind {
                change(service);
            }
        })
    };
    let patience = PathwayFigure::PatienceDays.in_words();
    if service.patience_days.is_none() && begin(ui, patience, &format!("{}, add {patience}", pathway.name), true) {
        let figure = Figure::entered(Quantity::whole(USUAL_PATIENCE));
        actions.push(Action::Do(set(&|service| service.patience_days = Some(figure.clone()))));
    }
    let occupied = PathwayFigure::Occupied.in_words();
    if service.occupied.is_none() && begin(ui, occupied, &format!("{}, add {occupied}", pathway.name), true) {
        let figure = Figure::entered(service.places.value);
        actions.push(Action::Do(set(&|service| service.occupied = Some(figure.clone()))));
    }
}

/// Takes a figure out that a service may do without.
fn without(pathway: &Pathway, which: PathwayFigure) -> Edit {
    with(pathway, |pathway| {
        if let Kind::Service(service) = &mut pathway.kind {
            match which {
                PathwayFigure::PatienceDays => service.patience_days = None,
                PathwayFigure::Occupied => service.occupied = None,
                _ => {}
            }
        }
    })
}

/// Twelve factors from April to March, if the pathway has seasons.
fn seasons(ui: &mut Ui, scenario: &Scenario, pathway: &Pathway, view: &mut View, actions: &mut Vec<Action>) {
    let Some(seasons) = &pathway.seasons else {
        if begin(ui, "Seasons, from April to March", &format!("{}, add seasons", pathway.name), true) {
            let level = Figure::entered(vec![Quantity::ONE; 12]);
            actions.push(Action::Do(with(pathway, |pathway| pathway.seasons = Some(level))));
        }
        return;
    };
    let name = format!("{}, seasons from April to March", pathway.name);
    let shown = seasons.value.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let help = "Takes the seasons out; undo brings them back";
    let removed = removable(ui, &format!("Remove the seasons of {}", pathway.name), help, true, |ui| {
        paragraph(ui, "Seasons, April to March; they average 1");
        if let Typed::Value(typed) = name_line(ui, &name, &shown, true, &mut view.typing) {
            let factors: Result<Vec<Quantity>, String> = typed.split(',').map(str::parse).collect();
            actions.push(match factors {
                Ok(factors) => Action::Do(with(pathway, |pathway| {
                    if let Some(seasons) = &mut pathway.seasons {
                        seasons.change(factors);
                    }
                })),
                Err(why) => Action::Say(Message::refusal(format!("{why}. The seasons stay as they are."))),
            });
        }
    });
    if removed {
        actions.push(Action::Do(with(pathway, |pathway| pathway.seasons = None)));
    }
    let seasons = sourced(ui, scenario, &name, seasons, |_| "others".to_owned(), true, &mut view.typing);
    actions.extend(seasons.map(|seasons| Action::Do(with(pathway, |pathway| pathway.seasons = Some(seasons)))));
}

/// The shares of the waits by who is responsible. What one is given, another has to give: all three are written at once.
fn responsibility(ui: &mut Ui, scenario: &Scenario, pathway: &Pathway, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Responsible: NHS, social care, both");
    let shares = pathway.attribution.value;
    let shown = [shares.nhs, shares.social_care, shares.both].map(|share| share.to_string()).join(", ");
    let name = format!("{}, shares of the NHS, social care and both", pathway.name);
    let figure = FigureBox { label: "Shares, 1 in all", name: &name, shown: &shown, width: 110.0, enabled: true };
    figure.show(ui, &mut view.typing, actions, |text| {
        let shares: Vec<Quantity> = text.split(',').map(str::parse).collect::<Result<_, String>>()?;
        let [nhs, social_care, both] = shares[..] else {
            return Err(format!("“{text:.24}” are not three shares; write three such as 0.5, 0.5, 0"));
        };
        Ok(with(pathway, |pathway| pathway.attribution.change(Attribution { nhs, social_care, both })))
    });
    let in_words = |was: &Attribution| format!("{}, {}, {}", was.nhs, was.social_care, was.both);
    let shares = sourced(ui, scenario, &name, &pathway.attribution, in_words, true, &mut view.typing);
    actions.extend(shares.map(|shares| Action::Do(with(pathway, |pathway| pathway.attribution = shares))));
}

/// The way to take the pathway out, and what goes with it.
fn end(ui: &mut Ui, scenario: &Scenario, pathway: &Pathway, actions: &mut Vec<Action>) {
    section(ui, "This pathway");
    let mut on_it: Vec<&str> = Vec::new();
    for scheme in &scenario.schemes {
        let effects = scheme.effects.iter().filter(|effect| effect.pathway == pathway.id);
        on_it.extend(effects.map(|_| scheme.name.as_str()));
    }
    let count = on_it.len();
    on_it.dedup();
    let goes = match count {
        0 => "No effect acts on it: nothing else goes with it.".to_owned(),
        1 => format!("With it goes the effect of {} on it.", on_it.join(", ")),
        _ => format!("With it go {count} effects on it, of {}.", on_it.join(", ")),
    };
    small(ui, format!("{goes} So do the people who wait on it. Undo brings all back."));
    let remove = ui.add(Button::new("Remove").small());
    remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Remove the pathway {}", pathway.name)));
    if remove.clicked() {
        let words = format!("{} was taken out. {goes} Undo brings all back", pathway.name);
        actions.push(Action::Tell(remove_pathway(scenario, &pathway.id), words.into()));
    }
}
