//! People delayed against the targets, with the chance of meeting them.

use super::change::Change;
use super::{BigFigure, Page, Picture, Plan, Told, Topic, source, was};
use crate::calendar::Month;
use crate::chart::{self, Split, State, count, ghost, met_state, people, percent};
use crate::forecast::chance::TargetChance;
use crate::scenario::Source;

/// Fewer people than this are no difference.
const NEARLY_NOBODY: f64 = 0.5;

pub(super) fn page(told: &Told<'_>) -> Page {
    let (now, opened) = (told.now, told.opened);
    let mut picture = chart::trajectory(now.scenario, now.forecast, now.chance, Split::Total);
    if let Some(opened) = opened {
        let then = chart::trajectory(opened.scenario, opened.forecast, opened.chance, Split::Total);
        picture = ghost::of_line(picture, &then);
    }
    let change = opened.and_then(|opened| Some((Change::between(opened.scenario, now.scenario)?, opened)));
    Page {
        topic: Topic::Delays,
        title: change.map_or_else(|| finding(&now), |(change, opened)| changed(&change, &now, &opened)),
        subtitle: subtitle(told),
        figures: figures(told),
        notes: notes(told),
        picture: Picture::Chart(Box::new(picture)),
    }
}

/// A month that is spoken of: what is expected of it, and its target if it has one.
struct Spoken {
    month: Month,
    expected: f64,
    at_most: Option<f64>,
}

/// The months of the next targets; without any, the last month of the plan.
fn spoken_of(plan: &Plan<'_>) -> Vec<Spoken> {
    let targets = chart::next_targets(plan.scenario, plan.forecast);
    let of = |month: Month, at_most| Spoken { month, expected: expected(plan, month), at_most };
    let spoken: Vec<Spoken> = targets.into_iter().map(|(target, _)| of(target.month, Some(target.at_most))).collect();
    if spoken.is_empty() {
        plan.forecast.months.last().map(|last| of(last.month, None)).into_iter().collect()
    } else {
        spoken
    }
}

/// People delayed in a month: the mean of the replications, where there are any, as the chart's line has it.
pub(super) fn expected(plan: &Plan<'_>, month: Month) -> f64 {
    let at = plan.forecast.months.iter().position(|figures| figures.month == month);
    let mean = at.zip(plan.chance).and_then(|(at, chance)| chance.mean_months.get(at).copied());
    mean.or_else(|| at.and_then(|at| plan.forecast.months.get(at)).map(|figures| figures.expected)).unwrap_or(0.0)
}

pub(super) fn odds<'a>(plan: &Plan<'a>, month: Month) -> Option<&'a TargetChance> {
    plan.chance.and_then(|chance| chance.targets.iter().find(|odds| odds.month == month))
}

/// `Delays fall from 181 to about 111 by November 2017, above the target of 99`.
fn finding(plan: &Plan<'_>) -> String {
    let Some(spoken) = spoken_of(plan).into_iter().next() else { return "No month is forecast".to_owned() };
    let start: f64 = plan.scenario.pathways.iter().map(|pathway| pathway.waiting.value.to_f64()).sum();
    let (about, month) = (count(spoken.expected), spoken.month.in_words());
    let against = spoken.at_most.map_or_else(String::new, |at_most| against(spoken.expected, at_most));
    let funded =
        plan.scenario.schemes.iter().any(|scheme| scheme.allocations.iter().any(|(_, of)| !of.value.is_zero()));
    if !funded {
        format!("Nothing is funded: about {} will be delayed in {month}{against}", people(spoken.expected))
    } else if spoken.expected <= start - NEARLY_NOBODY {
        format!("Delays fall from {} to about {about} by {month}{against}", count(start))
    } else if spoken.expected >= start + NEARLY_NOBODY {
        format!("Delays rise from {} to about {about} by {month}{against}", count(start))
    } else {
        format!("Delays stay at about {about} in {month}{against}")
    }
}

/// With a decimal where a missed target would otherwise read like one that is met.
fn against(expected: f64, at_most: f64) -> String {
    if expected <= at_most {
        format!(", within the target of {}", count(at_most))
    } else if count(expected) == count(at_most) {
        format!(", just above the target of {}", count(at_most))
    } else {
        format!(", above the target of {}", count(at_most))
    }
}

/// `£250,000 less on 40 care-home beds in 2017/18 means 13 more people waiting in November 2017`.
fn changed(change: &Change, now: &Plan<'_>, opened: &Plan<'_>) -> String {
    let what = change.in_words();
    match felt(now, opened) {
        None => what,
        Some(Felt::Nowhere(month)) => {
            format!("{what} {} nearly the same number waiting in {month}", change.verb("leaves", "leave"))
        }
        Some(Felt::There(said)) => format!("{what} {} {said}", change.verb("means", "mean")),
    }
}

/// What a change means for the people waiting.
pub(super) enum Felt {
    /// Nearly the same number, in the month spoken of first.
    Nowhere(String),
    /// `13 more people waiting in November 2017`.
    There(String),
}

/// Where a change is felt, and how much; nothing where no month is forecast.
pub(super) fn felt(now: &Plan<'_>, opened: &Plan<'_>) -> Option<Felt> {
    let differences: Vec<(Month, f64)> =
        spoken_of(now).iter().map(|spoken| (spoken.month, spoken.expected - expected(opened, spoken.month))).collect();
    let is_felt = |(_, by): &(Month, f64)| by.abs() >= NEARLY_NOBODY;
    // The first of the months spoken of that it is felt in; where it is in none, the month that feels it most.
    let felt = differences.iter().find(|of| is_felt(of)).copied();
    let elsewhere = felt.is_none().then(|| most_felt(now, opened).filter(is_felt)).flatten();
    let (spoken, _) = differences.first()?;
    let Some((month, by)) = felt.or(elsewhere) else { return Some(Felt::Nowhere(spoken.in_words())) };
    let month = match elsewhere {
        Some(_) => format!("{}, nearly as many as before in {}", month.in_words(), spoken.in_words()),
        None => month.in_words(),
    };
    let direction = if by > 0.0 { "more" } else { "fewer" };
    let number = count(by.abs());
    let noun = if number == "1" { "person" } else { "people" };
    Some(Felt::There(format!("{number} {direction} {noun} waiting in {month}")))
}

/// The month of the plan whose number waiting differs most, and by how much.
fn most_felt(now: &Plan<'_>, opened: &Plan<'_>) -> Option<(Month, f64)> {
    let months = now.forecast.months.iter().map(|figures| figures.month);
    let differences = months.map(|month| (month, expected(now, month) - expected(opened, month)));
    differences.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()))
}

fn subtitle(told: &Told<'_>) -> String {
    let scenario = told.now.scenario;
    let ghost = if told.opened.is_some() { " Thin line: as opened." } else { "" };
    let bands = if told.now.chance.is_some() { " Bands hold 5, 8 and 9 in 10 runs." } else { "" };
    let dots = match &scenario.history.source {
        _ if scenario.history.months.is_empty() => String::new(),
        Source::Cited { paper, .. } => scenario.paper(paper).map_or_else(String::new, |paper| {
            let licence = paper.licence.as_ref().map_or_else(String::new, |licence| format!(" ({licence})"));
            format!(" Dots: {}{licence}.", paper.short)
        }),
        Source::Assumption(_) | Source::Entered => " Dots: published months.".to_owned(),
    };
    format!("People delayed a day.{ghost}{bands}{dots}")
}

fn figures(told: &Told<'_>) -> Vec<BigFigure> {
    let now = told.now;
    let mut figures = Vec::new();
    for (at, spoken) in spoken_of(&now).into_iter().enumerate() {
        let odds = odds(&now, spoken.month);
        let met = spoken.at_most.is_some_and(|at_most| spoken.expected <= at_most);
        let state = if spoken.at_most.is_some() { met_state(odds, met) } else { State::Plain };
        let value = count(spoken.expected);
        let then = told.opened.map(|opened| count(expected(&opened, spoken.month)));
        let target = spoken.at_most.map_or_else(String::new, |at_most| format!(", target {}", count(at_most)));
        let mut words = format!("delayed in {}{target}", spoken.month.in_words());
        // The first target has a figure for its chance; a later one says it in its words.
        if let (true, Some(odds)) = (at > 0, odds) {
            words = format!("{words}: {} chance", percent(odds.chance));
        }
        // After a chance in words, “was 93” alone would be read as another chance.
        let said = was(&value, then).map(|was| if at > 0 { format!("{was} delayed") } else { was });
        figures.push(BigFigure { was: said, value, words, state });
        if let (0, Some(odds)) = (at, odds) {
            let value = percent(odds.chance);
            let then = told.opened.and_then(|opened| super::delays::odds(&opened, spoken.month).copied());
            figures.push(BigFigure {
                was: was(&value, then.map(|then| percent(then.chance))),
                value,
                words: "chance of meeting that target".to_owned(),
                state,
            });
        }
    }
    figures
}

fn notes(told: &Told<'_>) -> Vec<String> {
    let (scenario, plan) = (told.now.scenario, told.now);
    let mut notes: Vec<String> = scenario
        .targets
        .iter()
        .map(|target| {
            let said = source(scenario, &target.at_most.source);
            let odds = odds(&plan, target.month).map_or_else(String::new, |odds| {
                format!("; chance {:.1}%, give or take {:.1}%", odds.chance * 100.0, odds.standard_error * 100.0)
            });
            let month = target.month.in_words();
            format!("{month}: at most {}{odds}. {said}", target.at_most.value)
        })
        .collect();
    notes.extend(plan.chance.map(|chance| {
        format!(
            "{} runs, seed {}. Each draws who comes and leaves, how large each effect is, how late each scheme starts",
            count(chance.replications.into()),
            chance.seed
        )
    }));
    let (days, told) = chart::days_avoided(plan.forecast, plan.chance);
    notes.push(format!("Doing nothing comes to {} delayed days more over the plan, {told}", count(days)));
    notes.extend(
        chart::months_inside(&crate::forecast::outturn(scenario, plan.chance)).map(|came| format!("Outturn: {came}")),
    );
    notes
}
