//! A scheme in the inspector: the chain from pounds to people, then every figure behind it.

use std::collections::BTreeSet;

use eframe::egui::{Button, RichText, Ui};

use super::{
    FigureBox, Selection, Typed, chance, link, name_box, paragraph, range_boxes, range_in_words, section, small,
    source, step, title,
};
use crate::app::document::Document;
use crate::app::theme::{BODY, bold, palette};
use crate::app::view::{Action, View};
use crate::calendar::{Date, FinancialYear};
use crate::chart::count;
use crate::forecast;
use crate::money::Money;
use crate::scenario::{Change, Edit, Effect, NoteKind, Scenario, Scheme, Start};

pub(super) fn show(
    ui: &mut Ui,
    document: &Document,
    at: usize,
    scheme: &Scheme,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let scenario = document.scenario();
    title(ui, &scheme.name, &scheme.area.to_string(), actions);
    small(ui, &*scheme.about);
    chain(ui, scenario, scheme, actions);
    next_pounds(ui, document, at);
    allocations(ui, scenario, scheme, view, actions);
    assumptions(ui, scenario, scheme, view, actions);
    chance::risk(ui, scenario, scheme, view, actions);
    milestones(ui, scenario, scheme, view, actions);
    high_impact_changes(ui, scheme);
    notes(ui, scenario, scheme);
    name(ui, scheme, view, actions);
}

/// The name, to change, and the way to take the scheme out.
fn name(ui: &mut Ui, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Name");
    ui.horizontal(|ui| {
        let named = format!("Name of {}", scheme.name);
        let width = (ui.available_width() - 76.0).max(60.0);
        if let Typed::Value(name) = name_box(ui, &named, &scheme.name, width, !scheme.locked, &mut view.typing) {
            actions.push(Action::Do(Edit::RenameScheme { scheme: scheme.id.clone(), name }));
        }
        let remove = ui.add_enabled(!scheme.locked, Button::new("Remove").small());
        if remove.on_hover_text("Takes the scheme out of the plan; undo brings it back").clicked() {
            actions.push(Action::Do(Edit::RemoveScheme(scheme.id.clone())));
        }
    });
}

/// From pounds to what they buy, effect by effect.
fn chain(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, actions: &mut Vec<Action>) {
    section(ui, "From pounds to people");
    let shade = palette(ui).area(scheme.area);
    if scheme.effects.is_empty() {
        step(
            ui,
            shade,
            "No effect on people waiting is claimed for this money. Effects are written in the scenario’s file.",
        );
        return;
    }
    for effect in &scheme.effects {
        let Some(timeline) = forecast::timeline(scenario, scheme, effect) else { continue };
        let Some((_, pathway)) = scenario.pathway(&effect.pathway) else { continue };
        link(ui, &pathway.name, Selection::Pathway(pathway.id.clone()), actions);
        let starts = timeline.starts.in_words();
        let most = timeline.amount.iter().copied().fold(0.0, f64::max);
        if most <= 0.0 {
            step(ui, palette(ui).warning, format!("Nothing: no money runs after {starts}, when it would begin."));
        } else {
            let whole = timeline.amount.iter().position(|amount| *amount >= most * 0.999);
            let whole = whole.and_then(|day| day_of(scenario, day)).filter(|day| *day != timeline.starts);
            let reached = whole.map_or_else(String::new, |day| format!(", whole by {}", day.in_words()));
            step(ui, shade, format!("Up to {} from {starts}{reached}", super::amount_in_words(effect.change, most)));
        }
        for (year, money) in timeline.full_year_money.iter().filter(|(_, money)| !money.is_zero()) {
            let paid = scheme.allocation(year);
            if paid != *money {
                small(ui, format!("{} in {year} pays part of the year: {} a full year", paid.short(), money.short()));
            }
        }
    }
    if let Some(year) = year_without_money(scenario, scheme) {
        let fade = scheme.effects.iter().map(|effect| effect.fade_days.value).max().unwrap_or(0);
        let gone = if fade == 0 { "at once".to_owned() } else { format!("within {fade} days") };
        let text = format!("From {} the money stops: all of it is gone {gone}.", year.first_day().in_words());
        step(ui, palette(ui).bad, text);
    }
}

/// The first year after one with money that has none.
fn year_without_money(scenario: &Scenario, scheme: &Scheme) -> Option<FinancialYear> {
    let years: Vec<FinancialYear> = scenario.horizon().financial_years().collect();
    let ends =
        years.windows(2).find(|pair| !scheme.allocation(pair[0]).is_zero() && scheme.allocation(pair[1]).is_zero());
    ends.map(|pair| pair[1])
}

fn day_of(scenario: &Scenario, day: usize) -> Option<Date> {
    let first = scenario.horizon().first_day();
    i32::try_from(day).ok().and_then(|day| first.plus_days(day))
}

fn next_pounds(ui: &mut Ui, document: &Document, at: usize) {
    section(ui, "The next £50k, over the whole plan");
    for (place, year) in document.figures().ledger.years.iter().enumerate() {
        let next = document.next_pound(at, place);
        let more = next.more.map(|days| in_days("more", days));
        let less = next.less.map(|days| in_days("less", days));
        let words: Vec<String> = more.into_iter().chain(less).collect();
        let why = next.reason.map_or_else(String::new, |reason| format!(", as {reason}"));
        small(ui, format!("{}: {}{why}", year.year, words.join("; ")));
    }
}

fn in_days(step: &str, avoided: f64) -> String {
    if avoided.abs() < 0.5 {
        return format!("£50k {step} changes nothing");
    }
    let sign = if avoided > 0.0 { "−" } else { "+" };
    format!("£50k {step}: {sign}{} delayed days", count(avoided.abs()))
}

fn allocations(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Money");
    for year in scenario.horizon().financial_years() {
        let label = year.to_string();
        let name = format!("{} {year}, allocation", scheme.name);
        let shown = scheme.allocation(year).exact();
        let figure = FigureBox { label: &label, name: &name, shown: &shown, width: 100.0, enabled: !scheme.locked };
        figure.show(ui, &mut view.typing, actions, |text| {
            let amount: Money = text.parse().map_err(|error: crate::money::MoneyError| error.to_string())?;
            Ok(Edit::SetAllocation { scheme: scheme.id.clone(), year, amount })
        });
        if let Some(figure) = scheme.allocations.get(year) {
            source(ui, scenario, &figure.source, figure.was.map(Money::exact));
        }
    }
    let committed = &scheme.commitment.years;
    paragraph(ui, format!("Committed ({}): {}", scheme.commitment.basis.in_words(), years_in_words(&committed.value)));
    source(ui, scenario, &committed.source, committed.was.as_ref().map(years_in_words));
}

/// `2017/18, 2018/19`, or `no year`.
fn years_in_words(years: &BTreeSet<FinancialYear>) -> String {
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    if years.is_empty() { "no year".to_owned() } else { years.join(", ") }
}

fn assumptions(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    if scheme.effects.is_empty() {
        return;
    }
    section(ui, "Assumptions: low, central, high");
    for (at, effect) in scheme.effects.iter().enumerate() {
        ui.push_id(at, |ui| {
            let pathway = scenario.pathway(&effect.pathway).map_or("", |(_, pathway)| &pathway.name);
            let what = if effect.change == Change::Places { "Places" } else { "Share" };
            ui.label(RichText::new(format!("{pathway}: {}", effect.change.in_words())).font(bold(BODY)));
            let name = format!("{} effect {}", scheme.name, at + 1);
            range_boxes(ui, &name, effect.size.value, !scheme.locked, view, actions, |size| Edit::SetEffectSize {
                scheme: scheme.id.clone(),
                effect: at,
                size,
            });
            source(ui, scenario, &effect.size.source, effect.size.was.map(range_in_words));
            small(ui, format!("{what} for {} of full-year money", effect.per.value.exact()));
            source(ui, scenario, &effect.per.source, effect.per.was.map(Money::exact));
            small(ui, format!("At most {}, however much money", effect.most.value));
            source(ui, scenario, &effect.most.source, effect.most.was.map(|most| most.to_string()));
            start_box(ui, scenario, scheme, at, effect, view, actions);
            small(ui, format!("Whole after {} days", effect.ramp_days.value));
            source(ui, scenario, &effect.ramp_days.source, effect.ramp_days.was.map(|days| days.to_string()));
            small(ui, format!("Gone {} days after the money stops", effect.fade_days.value));
            source(ui, scenario, &effect.fade_days.source, effect.fade_days.was.map(|days| days.to_string()));
            ui.add_space(4.0);
        });
    }
}

fn start_box(
    ui: &mut Ui,
    scenario: &Scenario,
    scheme: &Scheme,
    at: usize,
    effect: &Effect,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    match &effect.start {
        Start::On(date) => {
            let shown = date.value.to_string();
            let name = format!("{} effect {}, start", scheme.name, at + 1);
            let figure =
                FigureBox { label: "Starts on", name: &name, shown: &shown, width: 100.0, enabled: !scheme.locked };
            figure.show(ui, &mut view.typing, actions, |text| {
                let date = text.trim().parse::<Date>().map_err(|error| error.to_string())?;
                Ok(Edit::SetEffectStart { scheme: scheme.id.clone(), effect: at, date })
            });
            source(ui, scenario, &date.source, date.was.map(Date::in_words));
        }
        Start::Milestone(id) => {
            let milestone = scheme.milestone(id).map_or_else(|| id.to_string(), |milestone| milestone.name.clone());
            small(ui, format!("Starts with the milestone “{milestone}”, below."));
        }
    }
}

fn milestones(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    if scheme.milestones.is_empty() {
        return;
    }
    section(ui, "Milestones");
    for milestone in &scheme.milestones {
        let shown = milestone.due.value.to_string();
        let name = format!("{}, {}", scheme.name, milestone.name);
        let figure =
            FigureBox { label: &milestone.name, name: &name, shown: &shown, width: 100.0, enabled: !scheme.locked };
        figure.show(ui, &mut view.typing, actions, |text| {
            let date = text.trim().parse::<Date>().map_err(|error| error.to_string())?;
            Ok(Edit::SetMilestone { scheme: scheme.id.clone(), milestone: milestone.id.clone(), date })
        });
        source(ui, scenario, &milestone.due.source, milestone.due.was.map(Date::in_words));
    }
}

fn high_impact_changes(ui: &mut Ui, scheme: &Scheme) {
    if scheme.supports.is_empty() {
        return;
    }
    section(ui, "High Impact Changes");
    for change in &scheme.supports {
        paragraph(ui, change.in_words());
    }
}

fn notes(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme) {
    let about: Vec<_> = scenario.notes.iter().filter(|note| note.scheme.as_ref() == Some(&scheme.id)).collect();
    if about.is_empty() {
        return;
    }
    section(ui, "Notes");
    for note in about {
        let shade = if note.kind == NoteKind::Contradiction { palette(ui).warning } else { palette(ui).quiet };
        step(ui, shade, &*note.text);
        source(ui, scenario, &note.source, None);
    }
}
