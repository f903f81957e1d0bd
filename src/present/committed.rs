//! Which year is the first that commitments outrun the money there is.

use super::change::Change;
use super::{BigFigure, Page, Picture, Told, Topic, source, was};
use crate::chart::{self, State, ghost, this_year};
use crate::ledger::{Ledger, YearLine};
use crate::scenario::Scheme;

pub(super) fn page(told: &Told<'_>) -> Page {
    let (now, opened) = (told.now, told.opened);
    let mut picture = chart::commitments(now.ledger);
    if let Some(opened) = opened {
        picture = ghost::of_headroom(picture, now.ledger, opened.ledger);
    }
    let change = opened.and_then(|opened| Some((Change::between(opened.scenario, now.scenario)?, opened.ledger)));
    let title = change.map_or_else(|| finding(now.ledger), |(change, then)| changed(&change, now.ledger, then));
    Page {
        topic: Topic::Committed,
        title,
        subtitle: format!("{}. Headroom: what can still be decided", picture.subtitle),
        figures: figures(told),
        notes: notes(told),
        picture: Picture::Chart(Box::new(picture)),
    }
}

/// `2018/19 is the first year whose commitments outrun the money there is: by £36k`.
fn finding(ledger: &Ledger) -> String {
    match ledger.first_unfunded_year() {
        Some(year) => format!(
            "{} is the first year whose commitments outrun the money there is: by {}",
            year.year,
            year.unfunded.short()
        ),
        None => "Every commitment is covered in every year".to_owned(),
    }
}

fn changed(change: &Change, now: &Ledger, then: &Ledger) -> String {
    let what = change.in_words();
    let (first, was) = (now.first_unfunded_year(), then.first_unfunded_year());
    match (first, was) {
        (None, None) => format!("{what} {} every commitment covered", change.verb("leaves", "leave")),
        (None, Some(_)) => format!("With {}, every commitment is covered", lowered(&what)),
        (Some(first), Some(was)) if first.year == was.year => {
            let short = first.unfunded.short();
            format!("{what} {} {} the first unfunded year, by {short}", change.verb("leaves", "leave"), first.year)
        }
        (Some(first), Some(was)) if first.year > was.year => {
            let short = first.unfunded.short();
            format!("{what} {} the first unfunded year off to {}, by {short}", change.verb("puts", "put"), first.year)
        }
        (Some(first), _) => format!(
            "{what} {} {} the first unfunded year, by {}",
            change.verb("makes", "make"),
            first.year,
            first.unfunded.short()
        ),
    }
}

/// In the middle of a sentence; amounts stay as they are.
fn lowered(what: &str) -> String {
    let mut letters = what.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn figures(told: &Told<'_>) -> Vec<BigFigure> {
    let ledger = told.now.ledger;
    let then = told.opened.map(|opened| opened.ledger);
    let mut figures = vec![first_unfunded(ledger, then)];
    figures.extend(ledger.first_unfunded_year().map(|year| unfunded(year, then)));
    let worst = ledger.years.iter().max_by_key(|year| year.unfunded).filter(|year| !year.unfunded.is_zero());
    match worst.filter(|worst| Some(worst.year) != ledger.first_unfunded_year().map(|first| first.year)) {
        Some(worst) => figures.push(unfunded(worst, then)),
        None => figures.extend(this_year(told.now.scenario, ledger).map(|year| headroom(year, then))),
    }
    figures
}

fn first_unfunded(ledger: &Ledger, then: Option<&Ledger>) -> BigFigure {
    let value =
        |ledger: &Ledger| ledger.first_unfunded_year().map_or_else(|| "None".to_owned(), |year| year.year.to_string());
    let first = ledger.first_unfunded_year();
    let at_once = first.is_some_and(|first| ledger.years.first().is_some_and(|line| line.year == first.year));
    BigFigure {
        value: value(ledger),
        words: "first unfunded year".to_owned(),
        was: was(&value(ledger), then.map(value)),
        state: match first {
            Some(_) if at_once => State::Bad,
            Some(_) => State::Watch,
            None => State::Good,
        },
    }
}

fn unfunded(year: &YearLine, then: Option<&Ledger>) -> BigFigure {
    let value = year.unfunded.short();
    let then = then.and_then(|then| then.years.iter().find(|then| then.year == year.year));
    BigFigure {
        words: format!("unfunded in {}, of {} committed", year.year, year.committed.short()),
        was: was(&value, then.map(|then| then.unfunded.short())),
        state: State::Bad,
        value,
    }
}

fn headroom(year: &YearLine, then: Option<&Ledger>) -> BigFigure {
    let value = year.headroom.short();
    let then = then.and_then(|then| then.years.iter().find(|then| then.year == year.year));
    BigFigure {
        words: format!("headroom in {}: what can still be decided", year.year),
        was: was(&value, then.map(|then| then.headroom.short())),
        state: if year.headroom.is_negative() { State::Bad } else { State::Good },
        value,
    }
}

fn notes(told: &Told<'_>) -> Vec<String> {
    let scenario = told.now.scenario;
    let bound = |scheme: &&std::sync::Arc<Scheme>| !scheme.commitment.years.value.is_empty();
    let note = |scheme: &std::sync::Arc<Scheme>| {
        let years: Vec<String> = scheme.commitment.years.value.iter().map(ToString::to_string).collect();
        format!(
            "{}: {}, {}. {}",
            scheme.name,
            scheme.commitment.basis.in_words(),
            years.join(", "),
            source(scenario, &scheme.commitment.years.source)
        )
    };
    scenario.schemes.iter().filter(bound).map(note).collect()
}
