//! Notes in the inspector, on a scheme or on the plan: each can be written anew, given another kind, or taken out.

use eframe::egui::{Align2, Button, CornerRadius, Rect, Ui, vec2};

use super::rows::{self, begin, left_of, more};
use super::sources::source_line;
use super::{Typed, section, small};
use crate::app::text_box::Passage;
use crate::app::theme::{BODY, TARGET, palette, regular};
use crate::app::view::{Action, View};
use crate::scenario::edit::new_note;
use crate::scenario::{Edit, Note, NoteKind, Scenario, Scheme};

/// More notes of one kind than anybody reads.
const MOST_SHOWN: usize = 100;

/// What is said of a scheme.
pub(super) fn of_scheme(ui: &mut Ui, scenario: &Scenario, scheme: &Scheme, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Notes");
    list(ui, scenario, |note| note.scheme.as_ref() == Some(&scheme.id), view, actions);
    if begin(ui, "Add a note", &format!("Add a note on {}", scheme.name), true) {
        actions.push(Action::Begin(new_note(scenario, Some(&scheme.id)), name_of(scenario.notes.len()).into()));
    }
}

/// All notes of a kind, under a heading; nothing where there is none.
pub(super) fn of_kind(
    ui: &mut Ui,
    scenario: &Scenario,
    kind: NoteKind,
    heading: &str,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let count = scenario.notes.iter().filter(|note| note.kind == kind).count();
    if count > 0 {
        section(ui, &format!("{heading} ({count})"));
        list(ui, scenario, |note| note.kind == kind, view, actions);
    }
}

/// Begins a note on the plan as a whole.
pub(super) fn begin_on_plan(ui: &mut Ui, scenario: &Scenario, actions: &mut Vec<Action>) {
    if begin(ui, "Add a note", "Add a note on the plan", true) {
        actions.push(Action::Begin(new_note(scenario, None), name_of(scenario.notes.len()).into()));
    }
}

fn list(ui: &mut Ui, scenario: &Scenario, wanted: impl Fn(&Note) -> bool, view: &mut View, actions: &mut Vec<Action>) {
    for (at, note) in scenario.notes.iter().enumerate().filter(|(_, note)| wanted(note)).take(MOST_SHOWN) {
        ui.push_id(("note", at), |ui| one(ui, scenario, at, note, view, actions));
    }
}

/// What a note's box is called.
fn name_of(at: usize) -> String {
    format!("Note {}", at + 1)
}

fn one(ui: &mut Ui, scenario: &Scenario, at: usize, note: &Note, view: &mut View, actions: &mut Vec<Action>) {
    let shade = if note.kind == NoteKind::Contradiction { palette(ui).warning } else { palette(ui).quiet };
    let mut typed = Typed::Nothing;
    let text = ui.horizontal_top(|ui| {
        ui.add_space(10.0);
        ui.vertical(|ui| {
            let (name, hint) = (name_of(at), "Empty: leaving it so takes the note out");
            let (font, shade) = (regular(BODY), palette(ui).ink);
            let passage = Passage {
                name: &name,
                shown: &note.text,
                hint,
                help: "",
                font,
                shade,
                align: Align2::LEFT_CENTER,
                enabled: true,
                has_lines: true,
            };
            typed = passage.show(ui, &mut view.typing);
        });
    });
    let rect = text.response.rect;
    let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(bar, CornerRadius::same(1), shade);
    match typed {
        Typed::Value(text) if text.is_empty() => actions.push(Action::Do(Edit::RemoveNote(at))),
        Typed::Value(text) => actions.push(Action::Do(written(at, Note { text, ..note.clone() }))),
        Typed::Nothing | Typed::Refused(_) => {}
    }
    ui.horizontal_top(|ui| {
        left_of(ui, TARGET, |ui| {
            let source = source_line(ui, scenario, &name_of(at), &note.source, true, &mut view.typing);
            actions.extend(source.map(|source| Action::Do(written(at, Note { source, ..note.clone() }))));
            // Where all notes are hindsight, their heading says it.
            if note.kind != NoteKind::Hindsight && scenario.is_later_than_plan(&note.source) {
                small(ui, "(later than the plan)");
            }
        });
        more(ui, &format!("{}: kind, scheme, or remove", name_of(at)), |ui| choices(ui, scenario, at, note, actions));
    });
}

fn written(at: usize, note: Note) -> Edit {
    Edit::ReplaceNote { at, to: Box::new(note) }
}

fn choices(ui: &mut Ui, scenario: &Scenario, at: usize, note: &Note, actions: &mut Vec<Action>) {
    for kind in NoteKind::ALL {
        let words = format!("It is a {}", kind.in_words());
        if ui.add(Button::selectable(note.kind == kind, words)).clicked() && note.kind != kind {
            actions.push(Action::Do(written(at, Note { kind, ..note.clone() })));
        }
    }
    ui.separator();
    ui.menu_button("Speaks of", |ui| {
        let schemes =
            scenario.schemes.iter().take(rows::MOST_OFFERED).map(|scheme| (scheme.name.as_str(), Some(&scheme.id)));
        for (name, id) in [("the plan as a whole", None)].into_iter().chain(schemes) {
            let is_it = note.scheme.as_ref() == id;
            if ui.add(Button::selectable(is_it, name)).clicked() && !is_it {
                actions.push(Action::Do(written(at, Note { scheme: id.cloned(), ..note.clone() })));
            }
        }
    });
    ui.separator();
    if ui.button("Remove the note").clicked() {
        actions.push(Action::Do(Edit::RemoveNote(at)));
    }
}
