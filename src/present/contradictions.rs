//! What the papers themselves contradict: a few statements to a page, none left out.

use super::{Page, Picture, Statement, Told, Topic, contradictions, source};
use crate::scenario::{NoteKind, Scenario};

/// Statements on a page: what can be read from the back.
pub(super) const EACH: usize = 4;

pub(super) fn page(told: &Told<'_>, nth: usize) -> Page {
    let scenario = told.now.scenario;
    let all = contradictions(scenario).count();
    let shown: Vec<Statement> = contradictions(scenario)
        .skip(nth * EACH)
        .take(EACH)
        .map(|note| Statement { text: note.text.clone(), source: source(scenario, &note.source) })
        .collect();
    let (first, last) = (nth * EACH + 1, nth * EACH + shown.len());
    Page {
        topic: Topic::Contradictions(nth),
        title: match all {
            1 => "In one place the papers contradict themselves".to_owned(),
            all if all <= EACH => format!("In {all} places the papers contradict themselves"),
            all if first == last => format!("In {all} places the papers contradict themselves: the last"),
            all => format!("In {all} places the papers contradict themselves: {first} to {last}"),
        },
        subtitle: "Each with where it can be read; none is smoothed over".to_owned(),
        picture: Picture::List(shown),
        figures: Vec::new(),
        notes: notes(scenario),
    }
}

fn notes(scenario: &Scenario) -> Vec<String> {
    let hindsight = scenario.notes.iter().filter(|note| note.kind == NoteKind::Hindsight).count();
    let mut notes = vec!["They stand in the plan’s notes, with their paragraphs".to_owned()];
    if hindsight > 0 {
        notes.push(format!("{hindsight} more notes say what was learnt after the plan was written"));
    }
    notes
}
