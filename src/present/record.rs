//! How good such forecasts were, inside the history.

use super::{BigFigure, Page, Picture, Told, Topic};
use crate::chart::{self, State, count, people};

/// Months ahead that the page speaks of: what a plan of July says of autumn.
const AHEAD: usize = 3;

pub(super) fn page(told: &Told<'_>) -> Page {
    let waiting = "Going back through the history, month by month …";
    let (picture, title, figures) = match told.record {
        Some(Ok(backtest)) => {
            let picture = chart::record(backtest, AHEAD);
            let ahead = backtest.ahead.iter().find(|ahead| ahead.months == AHEAD && !ahead.trials.is_empty());
            let title = ahead.map_or_else(
                || picture.title.clone(),
                |ahead| {
                    let (inside, all) = (ahead.inside(), ahead.trials.len());
                    format!("Three months ahead, {inside} of {all} months fell inside the forecast’s band")
                },
            );
            let figures = ahead.map_or_else(Vec::new, |ahead| {
                let share = ahead.inside() as f64 / ahead.trials.len() as f64;
                let plain = |value: String, words: &str| BigFigure {
                    value,
                    words: words.to_owned(),
                    was: None,
                    state: State::Plain,
                };
                vec![
                    plain(chart::percent(share), "inside the band of 8 in 10 runs; 80% would be right"),
                    plain(people(ahead.error()), "out, on average: what was expected against what came"),
                    plain(people(ahead.error_of_carrying()), "out, had the last month simply been carried forward"),
                ]
            });
            (picture, title, figures)
        }
        Some(Err(unsolved)) => {
            let why: Vec<String> = unsolved.iter().map(ToString::to_string).collect();
            let title = format!("No forecast can be tried on the history: {}", why.join("; "));
            (chart::no_record(&title), title, Vec::new())
        }
        None => (chart::no_record(waiting), waiting.to_owned(), Vec::new()),
    };
    Page {
        topic: Topic::Record,
        title,
        subtitle: picture.subtitle.clone(),
        figures,
        notes: notes(told),
        picture: Picture::Chart(Box::new(picture)),
    }
}

fn notes(told: &Told<'_>) -> Vec<String> {
    let mut notes = vec![
        "Each month with twelve before it was forecast on what was known then, and held against what came".to_owned(),
        "What the forecast is for is what a plan changes, not where months without a plan go".to_owned(),
    ];
    let Some(Ok(backtest)) = told.record else { return notes };
    notes.extend(backtest.ahead.iter().filter(|ahead| !ahead.trials.is_empty()).map(|ahead| {
        format!(
            "{} ahead: {} of {} inside; out by {} on average, carrying forward by {}",
            if ahead.months == 1 { "1 month".to_owned() } else { format!("{} months", ahead.months) },
            ahead.inside(),
            ahead.trials.len(),
            count(ahead.error()),
            count(ahead.error_of_carrying())
        )
    }));
    notes
}
