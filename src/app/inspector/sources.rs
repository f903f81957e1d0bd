//! Where figures come from, in the inspector: the line under each, which can be written anew.

use eframe::egui::{Align2, Ui};

use super::{Typed, small};
use crate::app::text_box::{Passage, Typing};
use crate::app::theme::{SMALL, palette, regular};
use crate::scenario::{Figure, Scenario, Source};

const HELP: &str = "Begin with the short name of a paper, then say where in it; or write why this was taken.";

/// The line under a figure, with what it was moved from; marked where the paper is later than the plan. Gives the figure with another source where one was written:
/// then what holds now is what the source says.
pub(super) fn sourced<T: Clone>(
    ui: &mut Ui,
    scenario: &Scenario,
    name: &str,
    figure: &Figure<T>,
    in_words: impl Fn(&T) -> String,
    enabled: bool,
    typing: &mut Option<Typing>,
) -> Option<Figure<T>> {
    if let Some(was) = &figure.was {
        small(ui, format!("Moved in the planner from {}.", in_words(was)));
    }
    let written = source_line(ui, scenario, name, &figure.source, enabled, typing);
    if scenario.is_later_than_plan(&figure.source) {
        small(ui, "(later than the plan)");
    }
    let source = written?;
    Some(Figure { value: figure.value.clone(), was: None, source })
}

/// A source. Gives another one where it was written anew.
pub(super) fn source_line(
    ui: &mut Ui,
    scenario: &Scenario,
    name: &str,
    source: &Source,
    enabled: bool,
    typing: &mut Option<Typing>,
) -> Option<Source> {
    let (name, shown) = (format!("Source of {name}"), scenario.source_in_words(source));
    let (font, shade) = (regular(SMALL), palette(ui).quiet);
    let hint = "Empty: no source given";
    let passage = Passage {
        name: &name,
        shown: &shown,
        hint,
        help: HELP,
        font,
        shade,
        align: Align2::LEFT_CENTER,
        enabled,
        has_lines: true,
    };
    match passage.show(ui, typing) {
        Typed::Value(words) => Some(scenario.source_from_words(&words)),
        Typed::Nothing | Typed::Refused(_) => None,
    }
}
