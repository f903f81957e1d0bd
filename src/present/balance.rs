//! What is left and what is committed: the balance of each year.

use super::change::Change;
use super::{BigFigure, MOST_FIGURES, Page, Picture, Told, Topic, source, was};
use crate::chart::{self, State, ghost, this_year};
use crate::ledger::YearLine;

pub(super) fn page(told: &Told<'_>) -> Page {
    let (now, opened) = (told.now, told.opened);
    let mut picture = chart::balance(now.ledger);
    if let Some(opened) = opened {
        picture = ghost::of_stacks(picture, now.ledger, opened.ledger);
    }
    let change = opened.and_then(|opened| Change::between(opened.scenario, now.scenario));
    let title = change.as_ref().and_then(|change| changed(told, change)).unwrap_or_else(|| picture.title.clone());
    let line = if change.is_some() { "Thin line: as opened. " } else { "" };
    Page {
        topic: Topic::Balance,
        title,
        subtitle: format!(
            "{line}£m: the money there is (line across), and allocations, from the bottom: {}",
            areas(told)
        ),
        figures: years_shown(told).iter().map(|year| figure(told, year)).collect(),
        notes: notes(told),
        picture: Picture::Chart(Box::new(picture)),
    }
}

/// `£250,000 less on 40 care-home beds in 2017/18 leaves £926k`.
fn changed(told: &Told<'_>, change: &Change) -> Option<String> {
    let year = told.now.ledger.years.iter().find(|line| Some(line.year) == change.first_year())?;
    let what = change.in_words();
    let figure = year.balance.abs().short();
    Some(if year.balance.is_negative() {
        format!("{what} {} {} {figure} over", change.verb("puts", "put"), year.year)
    } else if change.moved.len() == 1 {
        format!("{what} {} {figure}", change.verb("leaves", "leave"))
    } else {
        format!("{what} {} {figure} in {}", change.verb("leaves", "leave"), year.year)
    })
}

/// This year and those after it, as many as there is room for; earlier ones where fewer follow.
fn years_shown<'a>(told: &Told<'a>) -> &'a [YearLine] {
    let years = &told.now.ledger.years;
    let this = this_year(told.now.scenario, told.now.ledger).map(|line| line.year);
    let first = years.iter().position(|line| Some(line.year) == this).unwrap_or(0);
    let first = first.min(years.len().saturating_sub(MOST_FIGURES));
    &years[first..years.len().min(first + MOST_FIGURES)]
}

/// The areas that have money, from the bottom of the stacks upwards.
fn areas(told: &Told<'_>) -> String {
    let with_money = told.now.ledger.areas.iter().filter(|area| area.allocated.iter().any(|of| !of.is_zero()));
    let names: Vec<String> = with_money.map(|area| area.area.to_string().to_lowercase()).collect();
    if names.is_empty() { "none yet".to_owned() } else { names.join(", ") }
}

fn figure(told: &Told<'_>, year: &YearLine) -> BigFigure {
    let then = told.opened.and_then(|opened| opened.ledger.years.iter().find(|then| then.year == year.year));
    let over = year.balance.is_negative();
    let available = year.available().unwrap_or(year.grant).short();
    let said = chart::left_or_over(year.balance);
    BigFigure {
        value: year.balance.abs().short(),
        words: if over {
            format!("over in {}: more than the {available} there is", year.year)
        } else {
            format!("left in {}, of {available}", year.year)
        },
        was: was(&said, then.map(|then| chart::left_or_over(then.balance))),
        state: if over {
            State::Bad
        } else if year.grant.is_zero() && year.allocated.is_zero() {
            State::Plain
        } else {
            State::Good
        },
    }
}

fn notes(told: &Told<'_>) -> Vec<String> {
    let scenario = told.now.scenario;
    let mut notes: Vec<String> = scenario
        .fund
        .grant
        .iter()
        .map(|(year, grant)| format!("Grant of {year}: {}. {}", grant.value.exact(), source(scenario, &grant.source)))
        .collect();
    let carries = &scenario.fund.carries_forward;
    notes.push(format!(
        "{} {}",
        if carries.value {
            "What is left of a year adds to the next."
        } else {
            "What is left of a year is not carried on."
        },
        source(scenario, &carries.source)
    ));
    notes.extend(told.now.ledger.years.iter().map(|year| {
        format!(
            "{}: {} allocated, {} of it committed; balance {}",
            year.year,
            year.allocated.exact(),
            year.committed.exact(),
            year.balance.exact()
        )
    }));
    notes
}
