//! A day of the trajectory in the inspector: who waits for what, who is responsible, and which effects act, in sentences.

use eframe::egui::{Button, Role, Ui, WidgetInfo};

use super::{Selection, link, paragraph, section, small, step, title};
use crate::app::document::Document;
use crate::app::theme::palette;
use crate::app::view::Action;
use crate::chart::{count, people};
use crate::forecast::{EffectTimeline, timeline};
use crate::scenario::{Effect, Scenario, Scheme};

/// The most schemes looked into; working out a scheme's days takes a moment, and a list has an end.
const MOST_SCHEMES: usize = 200;
/// An effect this close to the most it comes to is whole.
const WHOLE: f64 = 0.995;

pub(super) fn show(ui: &mut Ui, document: &Document, day: usize, actions: &mut Vec<Action>) {
    let forecast = &document.figures().forecast;
    let date = i32::try_from(day).ok().and_then(|day| forecast.horizon.first_day().plus_days(day));
    let Some(date) = date.filter(|date| forecast.horizon.contains(*date)) else { return };
    title(ui, &date.in_words(), "Why so many?", actions);
    other_days(ui, day, forecast.horizon.days(), actions);
    if date.is_weekend() {
        small(ui, "A weekend day: fewer leave for a service than on a weekday.");
    }
    pathways(ui, document, day, actions);
    responsibility(ui, document, day);
    effects(ui, document.scenario(), day, actions);
}

/// The way to the days around it, for those who don't point.
fn other_days(ui: &mut Ui, day: usize, days: usize, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label("Days");
        let days_from = |days: i64| i64::try_from(day).ok().and_then(|day| usize::try_from(day + days).ok());
        for (label, step) in [("−28", -28), ("−1", -1), ("+1", 1), ("+28", 28)] {
            let to = days_from(step).filter(|to| *to < days);
            let button = ui.add_enabled(to.is_some(), Button::new(label).small());
            button.widget_info(|| WidgetInfo::labeled(Role::Button, to.is_some(), format!("{label} days")));
            if button.clicked() {
                actions.extend(to.map(|to| Action::Select(Selection::Day(to))));
            }
        }
    });
}

/// Who waits for what, the longest queue first, beside doing nothing.
fn pathways(ui: &mut Ui, document: &Document, day: usize, actions: &mut Vec<Action>) {
    let forecast = &document.figures().forecast;
    let on = |days: &[f64]| days.get(day).copied().unwrap_or(0.0);
    let total: f64 = forecast.pathways.iter().map(|pathway| on(&pathway.plan)).sum();
    let nothing: f64 = forecast.pathways.iter().map(|pathway| on(&pathway.do_nothing)).sum();
    let fewer = nothing - total;
    let compared = if fewer >= 0.0 { "fewer" } else { "more" };
    let delayed = people(total);
    paragraph(ui, format!("{delayed} delayed, {} {compared} than if nothing were done.", count(fewer.abs())));
    small(ui, "In the expected run, which can be taken apart; the chart’s line is the mean of the runs.");
    section(ui, "What they wait for");
    let mut pathways: Vec<_> = document.scenario().pathways.iter().zip(&forecast.pathways).collect();
    pathways.sort_by(|a, b| on(&b.1.plan).total_cmp(&on(&a.1.plan)));
    for (pathway, days) in pathways.into_iter().take(20) {
        let (now, otherwise) = (on(&days.plan), on(&days.do_nothing));
        link(ui, &pathway.name, Selection::Pathway(pathway.id.clone()), actions);
        let text = if (otherwise - now).abs() < 0.5 {
            format!("{}, as if nothing were done", people(now))
        } else {
            format!("{}; {} if nothing were done", people(now), count(otherwise))
        };
        step(ui, palette(ui).plan, text);
    }
}

fn responsibility(ui: &mut Ui, document: &Document, day: usize) {
    section(ui, "Who is responsible");
    let mut by = [0.0; 3];
    for (pathway, days) in document.scenario().pathways.iter().zip(&document.figures().forecast.pathways) {
        let shares = pathway.attribution.value;
        let waiting = days.plan.get(day).copied().unwrap_or(0.0);
        for (sum, share) in by.iter_mut().zip([shares.nhs, shares.social_care, shares.both]) {
            *sum += share.to_f64() * waiting;
        }
    }
    let [nhs, social_care, both] = by.map(count);
    paragraph(ui, format!("The NHS for {nhs}, social care for {social_care}, both together for {both}."));
}

/// Which effects act on the day, and how strongly.
fn effects(ui: &mut Ui, scenario: &Scenario, day: usize, actions: &mut Vec<Action>) {
    section(ui, "What the money does that day");
    let mut any = false;
    for scheme in scenario.schemes.iter().take(MOST_SCHEMES) {
        for effect in &scheme.effects {
            let sentence =
                timeline(scenario, scheme, effect).and_then(|timeline| acting(scenario, effect, &timeline, day));
            let Some(sentence) = sentence else { continue };
            any = true;
            link(ui, &scheme.name, Selection::Scheme(scheme.id.clone()), actions);
            step(ui, palette(ui).area(scheme.area), sentence);
        }
    }
    if !any {
        paragraph(ui, "Nothing yet, or nothing any more: no effect acts on this day.");
    }
    let waiting: Vec<&str> = not_yet(scenario, day).map(|scheme| scheme.name.as_str()).collect();
    if !waiting.is_empty() {
        small(ui, format!("Not begun: {}.", waiting.join(", ")));
    }
}

/// `20.0 more places on Reablement and care at home`, with how far it has come.
fn acting(scenario: &Scenario, effect: &Effect, timeline: &EffectTimeline, day: usize) -> Option<String> {
    let amount = timeline.amount.get(day).copied().filter(|amount| *amount > 0.0)?;
    let most = timeline.amount.iter().copied().fold(0.0, f64::max);
    let pathway = scenario.pathway(&effect.pathway).map_or("", |(_, pathway)| &pathway.name);
    let said = super::amount_in_words(effect.change, amount);
    let before = day.checked_sub(1).and_then(|day| timeline.amount.get(day)).copied().unwrap_or(0.0);
    let way = match (amount >= most * WHOLE, amount < before) {
        (true, _) => "in full".to_owned(),
        (false, false) => format!("{}% of the way", count(amount / most * 100.0)),
        (false, true) => format!("fading, {}% of it left", count(amount / most * 100.0)),
    };
    Some(format!("{said} on {pathway}, {way}"))
}

/// Schemes with money whose every effect begins later.
fn not_yet(scenario: &Scenario, day: usize) -> impl Iterator<Item = &Scheme> {
    let horizon = scenario.horizon();
    scenario.schemes.iter().take(MOST_SCHEMES).map(|scheme| &**scheme).filter(move |scheme| {
        let later = |effect: &Effect| {
            scheme
                .start_of(effect)
                .is_some_and(|start| usize::try_from(horizon.day(start)).is_ok_and(|start| start > day))
        };
        let funded = scheme.allocations.iter().any(|(_, figure)| !figure.value.is_zero());
        funded && !scheme.effects.is_empty() && scheme.effects.iter().all(later)
    })
}
