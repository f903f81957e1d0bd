//! The keys of a presentation, those that clickers send among them.

use std::time::{Duration, Instant};

use eframe::egui::{self, Key, Modifiers};

use super::{Overlay, Presentation};
use crate::app::document::Document;
use crate::app::view::{Action, Message, View};
use crate::present::{Change, Picture, topics};
use crate::scenario::bookmark::Bookmark;

/// How long after the last digit until a typed page number is gone to without Enter.
const PAUSE: Duration = Duration::from_secs(1);

/// Screens that the page is put on in turn. How many there are nobody tells: on one that is not there, the page stays
/// where it is.
const MOST_SCREENS: usize = 4;

/// Every key and what it does, for the help.
pub(super) const KEYS: [(&str, &str); 16] = [
    ("→  ↓  Space  Page Down", "next page"),
    ("←  ↑  Backspace  Page Up", "page before"),
    ("Home  End", "first page, last page"),
    ("a number", "that page, at once with Enter"),
    ("S", "choose the sliders of this page"),
    ("F", "flip between as opened and as changed"),
    ("R", "put the money back as it was opened"),
    ("Ctrl+Z", "take the last change back"),
    ("K", "keep this state under a name"),
    ("L  Ctrl+1 to 9", "go to a kept state, compare two"),
    ("P", "the presenter’s view, in a window of its own"),
    ("M", "put the page on the next screen"),
    ("T", "this page’s chart as a table"),
    ("B  .", "blank the screen, and show it again"),
    ("H  ?", "these keys"),
    ("Esc", "leave; every change stays"),
];

/// What a key asks of the presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Next,
    Before,
    First,
    Last,
    Blank,
    Flip,
    PutBack,
    Choose,
    Keep,
    Kept,
    Table,
    Help,
    Presenter,
    Screen,
    GoToKept(usize),
    Leave,
}

/// What the keys pressed since the last frame ask for.
pub(super) fn hear(ctx: &egui::Context, presentation: &mut Presentation, document: &Document) -> Vec<Asked> {
    if presentation.overlay.is_some() {
        return Vec::new(); // it hears its own
    }
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let typing = ctx.text_edit_focused();
    let asked = pressed(ctx, focused, typing, presentation.had_focus);
    if !typing {
        hear_numbers(ctx, presentation, document);
    }
    asked
}

/// Does what was asked for.
pub(super) fn carry_out_all(
    asked: Vec<Asked>,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    for asked in asked {
        carry_out(asked, presentation, document, view, actions);
    }
}

fn pressed(ctx: &egui::Context, focused: bool, typing: bool, had_focus: bool) -> Vec<Asked> {
    let mut asked = Vec::new();
    ctx.input_mut(|input| {
        let back = input.modifiers.shift;
        let mut press = |key, what| {
            if input.consume_key(Modifiers::NONE, key) {
                asked.push(what);
            }
        };
        // A clicker must move pages whatever has the keyboard, and never money.
        press(Key::PageDown, Asked::Next);
        press(Key::PageUp, Asked::Before);
        if !focused {
            let space = if back { Asked::Before } else { Asked::Next };
            for (key, what) in [
                (Key::ArrowRight, Asked::Next),
                (Key::ArrowDown, Asked::Next),
                (Key::Space, space),
                (Key::ArrowLeft, Asked::Before),
                (Key::ArrowUp, Asked::Before),
                (Key::Backspace, Asked::Before),
                (Key::Home, Asked::First),
                (Key::End, Asked::Last),
            ] {
                press(key, what);
            }
        }
        if !typing {
            for (key, what) in [
                (Key::B, Asked::Blank),
                (Key::Period, Asked::Blank),
                (Key::F, Asked::Flip),
                (Key::R, Asked::PutBack),
                (Key::S, Asked::Choose),
                (Key::K, Asked::Keep),
                (Key::L, Asked::Kept),
                (Key::P, Asked::Presenter),
                (Key::M, Asked::Screen),
                (Key::T, Asked::Table),
                (Key::H, Asked::Help),
                (Key::Questionmark, Asked::Help),
            ] {
                press(key, what);
            }
            // Esc first takes the keyboard from a control, as everywhere.
            if !had_focus {
                press(Key::Escape, Asked::Leave);
            }
        }
        let numbers =
            [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
        for (nth, key) in numbers.into_iter().enumerate() {
            if input.consume_key(Modifiers::COMMAND, key) {
                asked.push(Asked::GoToKept(nth));
            }
        }
    });
    asked
}

/// Digits make up a page number, which Enter or a short pause goes to.
fn hear_numbers(ctx: &egui::Context, presentation: &mut Presentation, document: &Document) {
    let digits =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let (now, enter) = ctx.input_mut(|input| {
        let now = Instant::now();
        for (digit, key) in digits.into_iter().enumerate() {
            if input.consume_key(Modifiers::NONE, key) {
                let before = presentation.typed.map_or(0, |(number, _)| number);
                presentation.typed = Some(((before * 10 + digit).min(999), now));
            }
        }
        (now, presentation.typed.is_some() && input.consume_key(Modifiers::NONE, Key::Enter))
    });
    let Some((number, since)) = presentation.typed else { return };
    if enter || now.duration_since(since) >= PAUSE {
        presentation.typed = None;
        presentation.go_to(document, number.saturating_sub(1));
    } else {
        ctx.request_repaint_after_secs(0.1);
    }
}

/// Does what was asked for, by a key or by a button.
pub(super) fn carry_out(
    asked: Asked,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    let last = topics(document.scenario()).len().saturating_sub(1);
    match asked {
        Asked::Next | Asked::Before | Asked::First | Asked::Last => {
            let to = match asked {
                Asked::Next => presentation.at + 1,
                Asked::Before => presentation.at.saturating_sub(1),
                Asked::First => 0,
                _ => last,
            };
            presentation.blank = false;
            presentation.typed = None;
            view.message = None;
            presentation.go_to(document, to);
        }
        Asked::Blank => presentation.blank = !presentation.blank,
        Asked::Flip => {
            if presentation.flipped || presentation.is_changed(document) {
                presentation.flipped = !presentation.flipped;
            } else {
                view.message = Some(Message::done("Nothing has been changed since the plan was opened"));
            }
        }
        Asked::PutBack => put_back(presentation, document, view, actions),
        Asked::Choose => presentation.overlay = Some(Overlay::levers()),
        Asked::Keep => presentation.overlay = Some(Overlay::keep(document)),
        Asked::Kept => presentation.overlay = Some(Overlay::kept()),
        Asked::Presenter => presentation.has_presenter = !presentation.has_presenter,
        Asked::Screen => presentation.screen = Some((presentation.screen.unwrap_or(0) + 1) % MOST_SCREENS),
        Asked::Table => match presentation.page(document).picture {
            Picture::Chart(chart) => presentation.overlay = Some(Overlay::table(chart.title, None, chart.table)),
            Picture::List(_) => {
                view.message = Some(Message::done("This page has no chart: its words are all there is"));
            }
        },
        Asked::Help => presentation.overlay = Some(Overlay::Help),
        Asked::GoToKept(nth) => {
            presentation.flipped = false;
            match document.scenario().bookmarks.get(nth) {
                Some(bookmark) => actions.push(Action::Do(bookmark.going_to(document.scenario()))),
                None => view.message = Some(Message::done("No state is kept under that number: K keeps one")),
            }
        }
        Asked::Leave if presentation.blank => presentation.blank = false,
        Asked::Leave => actions.push(Action::StopPresenting),
    }
}

/// The money as it was opened, in one step.
fn put_back(presentation: &mut Presentation, document: &Document, view: &mut View, actions: &mut Vec<Action>) {
    presentation.flipped = false;
    let opened = presentation.opened.scenario();
    match Change::between(opened, document.scenario()).filter(|change| !change.others) {
        Some(_) => {
            let money = Bookmark::of(opened, "as opened");
            let words = "The money is as it was opened; Ctrl+Z brings the changes back";
            actions.push(Action::Tell(money.going_to(document.scenario()), words.into()));
        }
        None => view.message = Some(Message::done("The money is as it was opened")),
    }
}
