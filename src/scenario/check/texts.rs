//! Rules for what people read: every name is there and fits on a line, no text is endless, none holds what can't be drawn.

use super::{Findings, Place};
use crate::scenario::Scenario;

/// The longest text in a scenario, in bytes.
pub const LONGEST_TEXT: usize = 20_000;
/// The longest name, in bytes: the full title of a board paper, and some.
pub const LONGEST_NAME: usize = 400;

/// Every text that is shown, but for those of sources, which are judged with their figures.
pub(super) fn check_texts(scenario: &Scenario, root: &Place, findings: &mut Findings) {
    let mut name = |place: Place, name: &str, missing: &str| check_name(name, missing, &place, findings);
    name(root.field("title"), &scenario.title, "the scenario has no title; give it one");
    name(root.field("area"), &scenario.area, "the scenario names no area; name the council or area");
    for (at, paper) in scenario.papers.iter().enumerate() {
        let place = root.field("papers").item(at);
        name(place.field("title"), &paper.title, "the paper has no title; give it its own");
        name(place.field("short"), &paper.short, "the paper has no short title; say how figures name it");
        if let Some(licence) = &paper.licence {
            name(place.field("licence"), licence, "the licence has no name; give it one or leave it out");
        }
    }
    name(root.field("fund").field("name"), &scenario.fund.name, "the fund has no name; give it one");
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        let place = root.field("schemes").item(at);
        name(place.field("name"), &scheme.name, "the scheme has no name; give it one");
        for (at, milestone) in scheme.milestones.iter().enumerate() {
            let place = place.field("milestones").item(at).field("name");
            name(place, &milestone.name, "the milestone has no name; say what will have happened");
        }
    }
    for (at, pathway) in scenario.pathways.iter().enumerate() {
        name(root.field("pathways").item(at).field("name"), &pathway.name, "the pathway has no name; give it one");
    }
    for (at, bookmark) in scenario.bookmarks.iter().enumerate() {
        let place = root.field("bookmarks").item(at).field("name");
        name(place, &bookmark.name, "the kept state has no name; give it one");
    }
    for (at, cost) in scenario.costs.others.iter().enumerate() {
        let place = root.field("costs").field("others").item(at).field("name");
        name(place, &cost.name, "the cost has no name; say of what it is");
    }
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        check_text(&scheme.about, &root.field("schemes").item(at).field("about"), findings);
    }
    for (at, note) in scenario.notes.iter().enumerate() {
        let place = root.field("notes").item(at).field("text");
        if note.text.trim().is_empty() {
            findings.error(&place, "the note says nothing; write it or take it out");
        }
        check_text(&note.text, &place, findings);
    }
}

/// A name is there, stands on one line, and leaves room for the figures beside it.
pub(super) fn check_name(name: &str, missing: &str, place: &Place, findings: &mut Findings) {
    if name.trim().is_empty() {
        findings.error(place, missing);
    } else if name.len() > LONGEST_NAME {
        findings.error(place, format!("a name of {} bytes; shorten it to {LONGEST_NAME}", name.len()));
    } else if let Some(c) = name.chars().find(|c| c.is_control()) {
        findings.error(place, unseen(c, "a name"));
    }
}

/// A text may be empty and may have lines and tabs.
pub(super) fn check_text(text: &str, place: &Place, findings: &mut Findings) {
    if text.len() > LONGEST_TEXT {
        findings.error(place, format!("a text of {} bytes; shorten it to {LONGEST_TEXT}", text.len()));
    } else if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        findings.error(place, unseen(c, "a text"));
    }
}

fn unseen(c: char, what: &str) -> String {
    format!("{what} with the control character {}, which can't be shown; take it out", c.escape_unicode())
}
