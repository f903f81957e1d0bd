//! A scheme in the inspector: the chain from pounds to people, then every figure behind it.

use std::collections::BTreeSet;

use eframe::egui::{Align2, Button, Role, Ui, WidgetInfo};

use super::rows::{self, begin_one_of, choice, choice_in, pounds_in, removable, title_box};
use super::sources::sourced;
use super::{
    FigureBox, Selection, Typed, chance, effects, link, milestones, notes, paragraph, section, small, step, way_back,
};
use crate::app::command::Command;
use crate::app::document::Document;
use crate::app::text_box::Passage;
use crate::app::theme::{SMALL, palette, regular};
use crate::app::view::{Action, View};
use crate::calendar::{Date, FinancialYear};
use crate::chart::count;
use crate::forecast;
use crate::scenario::edit::{move_scheme, toggle_support};
use crate::scenario::{Area, Basis, Edit, HighImpactChange, Scenario, Scheme};

pub(super) fn show(
    ui: &mut Ui,
    document: &Document,
    at: usize,
    scheme: &Scheme,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let scenario = document.scenario();
    way_back(ui, actions, |ui, actions| area(ui, scheme, actions));
    name_and_purpose(ui, scheme, view, actions);
    chain(ui, scenario, scheme, actions);
    next_pounds(ui, document, at);
    allocations(ui, scenario, scheme, view, actions);
    effects::show(ui, scenario, scheme, view, actions);
    chance::risk(ui, scenario, scheme, view, actions);
    milestones::show(ui, scenario, scheme, view, actions);
    high_impact_changes(ui, scheme, actions);
    notes::of_scheme(ui, scenario, scheme, view, actions);
    place_and_end(ui, scenario, scheme, actions);
}

/// The area that the scheme belongs to.
fn area(ui: &mut Ui, scheme: &Scheme, actions: &mut Vec<Action>) {
    let chosen = Area::ALL.iter().position(|area| *area == scheme.area);
    let name = format!("Area of {}", scheme.name);
    let (areas, font) = (Area::ALL.map(|area| area.to_string()), regular(SMALL));
    if let Some(to) = choice_in(ui, &name, &areas, chosen, !scheme.locked, font) {
        actions.push(Action::Do(Edit::SetArea { scheme: scheme.id.clone(), area: Area::ALL[to] }));
    }
}

/// What the box of a scheme's name is called.
pub(in crate::app) fn box_of_name(scheme: &str) -> String {
    format!("Name of {scheme}")
}

fn name_and_purpose(ui: &mut Ui, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    let (open, id) = (!scheme.locked, || scheme.id.clone());
    let named = box_of_name(&scheme.name);
    if let Typed::Value(name) = title_box(ui, &named, &scheme.name, open, &mut view.typing) {
        actions.push(Action::Do(Edit::RenameScheme { scheme: id(), name }));
    }
    let named = format!("What {} is for", scheme.name);
    let (font, shade) = (regular(SMALL), palette(ui).quiet);
    let (shown, hint) = (&scheme.about, "What is the money for?");
    let passage = Passage {
        name: &named,
        shown,
        hint,
        help: "",
        font,
        shade,
        align: Align2::LEFT_CENTER,
        enabled: open,
        has_lines: true,
    };
    if let Typed::Value(about) = passage.show(ui, &mut view.typing) {
        actions.push(Action::Do(Edit::DescribeScheme { scheme: id(), about }));
    }
}

/// The ways to move the scheme among the others, and to take it out.
fn place_and_end(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, actions: &mut Vec<Action>) {
    section(ui, "This scheme");
    ui.horizontal_wrapped(|ui| {
        for (command, label, up) in [(Command::MoveUp, "↑ Up", true), (Command::MoveDown, "↓ Down", false)] {
            let can = move_scheme(scenario, &scheme.id, up).is_some();
            let button = ui.add_enabled(can, Button::new(label).small());
            let name = format!("Move {} {}", scheme.name, if up { "up" } else { "down" });
            button.widget_info(|| WidgetInfo::labeled(Role::Button, can, &name));
            let keys = command.keys(ui.ctx()).unwrap_or_default();
            if button.on_hover_text(format!("{name} ({keys})")).clicked() {
                actions.push(Action::Run(command));
            }
        }
        let remove = ui.add_enabled(!scheme.locked, Button::new("Remove").small());
        remove.widget_info(|| WidgetInfo::labeled(Role::Button, !scheme.locked, format!("Remove {}", scheme.name)));
        if remove.on_hover_text("Takes the scheme out of the plan; undo brings it back").clicked() {
            actions.push(remove_action(scenario, scheme));
        }
    });
}

/// Takes a scheme out, and says what stays of it.
pub(in crate::app) fn remove_action(scenario: &Scenario, scheme: &Scheme) -> Action {
    let edit = Edit::RemoveScheme(scheme.id.clone());
    let about = scenario.notes.iter().filter(|note| note.scheme.as_ref() == Some(&scheme.id)).count();
    let notes = match about {
        0 => String::new(),
        1 => "; the note on it stays".to_owned(),
        more => format!("; the {more} notes on it stay"),
    };
    Action::Tell(edit, format!("{} was taken out{notes}. Undo brings it back", scheme.name).into())
}

/// From pounds to what they buy, effect by effect.
fn chain(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, actions: &mut Vec<Action>) {
    section(ui, "From pounds to people");
    let shade = palette(ui).area(scheme.area);
    if scheme.effects.is_empty() {
        return step(ui, shade, "No effect on people waiting is claimed for this money.");
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
        if let Some(gap) = scheme.gap_of(effect).filter(|gap| !gap.is_empty()) {
            let (from, until) = (gap.start.in_words(), gap.end.in_words());
            step(
                ui,
                palette(ui).warning,
                format!("It fades from {from}, as a contract ends, until {until}, when it is renewed."),
            );
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
            Ok(Edit::SetAllocation { scheme: scheme.id.clone(), year, amount: pounds_in(text)? })
        });
        if let Some(figure) = scheme.allocations.get(year) {
            let amount = sourced(ui, scenario, &name, figure, |was| was.exact(), !scheme.locked, &mut view.typing);
            actions.extend(amount.map(|amount| with(scheme, |scheme| scheme.allocations.insert(year, amount))));
        }
    }
    let committed = &scheme.commitment.years;
    ui.horizontal(|ui| {
        ui.label("Committed");
        let chosen = Basis::ALL.iter().position(|basis| *basis == scheme.commitment.basis);
        let (name, bases) = (format!("Basis of {}", scheme.name), Basis::ALL.map(|basis| basis.in_words().to_owned()));
        if let Some(to) = choice(ui, &name, &bases, chosen, !scheme.locked) {
            actions.push(Action::Do(Edit::SetBasis { scheme: scheme.id.clone(), basis: Basis::ALL[to] }));
        }
    });
    paragraph(ui, format!("In {}", years_in_words(&committed.value)));
    let name = format!("the committed years of {}", scheme.name);
    let years = sourced(ui, scenario, &name, committed, years_in_words, !scheme.locked, &mut view.typing);
    actions.extend(years.map(|years| with(scheme, |scheme| scheme.commitment.years = years)));
}

/// The scheme with something about it changed.
fn with(scheme: &Scheme, change: impl FnOnce(&mut Scheme)) -> Action {
    let mut to = scheme.clone();
    change(&mut to);
    Action::Do(Edit::ReplaceScheme(to.into()))
}

/// `2017/18, 2018/19`, or `no year`.
fn years_in_words(years: &BTreeSet<FinancialYear>) -> String {
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    if years.is_empty() { "no year".to_owned() } else { years.join(", ") }
}

fn high_impact_changes(ui: &mut Ui, scheme: &Scheme, actions: &mut Vec<Action>) {
    section(ui, "High Impact Changes");
    for change in &scheme.supports {
        let name = format!("{} no longer supports {}", scheme.name, change.in_words());
        let help = "Takes the change off this scheme; undo brings it back";
        if removable(ui, &name, help, !scheme.locked, |ui| paragraph(ui, change.in_words())) {
            actions.push(Action::Do(toggle_support(scheme, *change)));
        }
    }
    let others = HighImpactChange::ALL.into_iter().filter(|change| !scheme.supports.contains(change));
    let name = format!("Add a High Impact Change to {}", scheme.name);
    begin_one_of(ui, "Add a change it supports", &name, !scheme.locked, |ui| {
        for change in others.take(rows::MOST_OFFERED) {
            if ui.button(change.in_words()).clicked() {
                actions.push(Action::Do(toggle_support(scheme, change)));
            }
        }
    });
}
