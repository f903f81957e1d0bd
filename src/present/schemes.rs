//! What each scheme does, and what the next pounds would.

use super::change::Change;
use super::{BigFigure, Page, Picture, Plan, Told, Topic, next_pounds, source, was};
use crate::chart::{self, Chart, Over, State, Tile, count, ghost};
use crate::forecast::Contributions;
use crate::scenario::Scenario;

/// Fewer delayed days than this are no difference.
const NEARLY_NOTHING: f64 = 0.5;

/// Over the whole plan, in delayed days: a change may be felt in any of its months.
pub(super) fn page(told: &Told<'_>) -> Page {
    let (now, opened) = (told.now, told.opened);
    let mut picture = waterfall(&now);
    if let Some(opened) = opened {
        picture = ghost::of_last_row(picture, &waterfall(&opened));
    }
    let change = opened.and_then(|opened| Some((Change::between(opened.scenario, now.scenario)?, opened)));
    Page {
        topic: Topic::Schemes,
        title: change.map_or_else(|| picture.title.clone(), |(change, opened)| changed(&change, &now, &opened)),
        subtitle: picture.subtitle.clone(),
        figures: figures(told),
        notes: notes(told),
        picture: Picture::Chart(Box::new(picture)),
    }
}

fn waterfall(plan: &Plan<'_>) -> Chart {
    let contributions = Contributions::of(plan.scenario, plan.forecast);
    chart::schemes(plan.scenario, &contributions, plan.forecast, plan.chance, Over::Horizon)
}

/// `£250,000 less on 40 care-home beds in 2017/18 brings back 3,104 delayed days over the plan`.
fn changed(change: &Change, now: &Plan<'_>, opened: &Plan<'_>) -> String {
    let what = change.in_words();
    let (of_now, of_opened) = avoided(now, Some(opened));
    let more = of_now - of_opened.unwrap_or(0.0);
    let days = count(more.abs());
    if more.abs() < NEARLY_NOTHING {
        format!("{what} {} no delayed day over the plan", change.verb("changes", "change"))
    } else if more > 0.0 {
        format!("{what} {} {days} more delayed days over the plan", change.verb("avoids", "avoid"))
    } else {
        format!("{what} {} back {days} delayed days over the plan", change.verb("brings", "bring"))
    }
}

/// Delayed days avoided by the plan as it stands and as it was opened: both on average, or both in the expected run.
fn avoided(now: &Plan<'_>, opened: Option<&Plan<'_>>) -> (f64, Option<f64>) {
    let on_average = opened.is_none_or(|opened| opened.chance.is_some());
    let of = |plan: &Plan<'_>| chart::days_avoided(plan.forecast, plan.chance.filter(|_| on_average)).0;
    (of(now), opened.map(of))
}

fn figures(told: &Told<'_>) -> Vec<BigFigure> {
    let now = told.now;
    let (days, opened) = avoided(&now, told.opened.as_ref());
    let value = count(days);
    let mut figures = vec![BigFigure {
        was: was(&value, opened.map(count)),
        value,
        words: "delayed days avoided over the plan".to_owned(),
        state: State::Plain,
    }];
    let each = cost_each(&now);
    figures.extend(each.map(|(value, words)| BigFigure {
        was: was(&value, told.opened.and_then(|opened| cost_each(&opened)).map(|(value, _)| value)),
        value,
        words,
        state: State::Plain,
    }));
    let next = next_pounds(&now).into_iter().next();
    figures.extend(next.and_then(|(lever, days)| {
        let (_, scheme) = now.scenario.scheme(&lever.scheme)?;
        let words = format!("days avoided by the next £50k for {}, the most of any, in the expected run", scheme.name);
        Some(BigFigure { value: count(days), words, was: None, state: State::Plain })
    }));
    figures
}

/// The headline's own figure of it: `£305`, `each; a delayed day costs £346`.
fn cost_each(plan: &Plan<'_>) -> Option<(String, String)> {
    let headline = chart::headline(plan.scenario, plan.ledger, plan.forecast, plan.chance).ok()?;
    let Tile { detail, .. } = headline.into_iter().last()?;
    let (each, rest) = detail.split_once(" each; ")?;
    Some((each.to_owned(), format!("for each; {rest}")))
}

fn notes(told: &Told<'_>) -> Vec<String> {
    let scenario = told.now.scenario;
    let mut notes = vec![
        "A scheme’s part is its Shapley value: what it adds, on average over every order in which the schemes could have \
         come"
            .to_owned(),
    ];
    for scheme in &scenario.schemes {
        notes.extend(scheme.effects.iter().map(|effect| {
            let size = effect.size.value;
            let on = name(scenario, &effect.pathway);
            format!(
                "{}, on {on}: {} – {} – {} {} for each {}. {}",
                scheme.name,
                size.low,
                size.central,
                size.high,
                effect.change.in_words(),
                effect.per.value.short(),
                source(scenario, &effect.size.source)
            )
        }));
    }
    notes
}

fn name(scenario: &Scenario, pathway: &crate::scenario::Id) -> String {
    scenario.pathway(pathway).map_or_else(|| pathway.to_string(), |(_, pathway)| pathway.name.clone())
}
