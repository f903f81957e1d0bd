//! The keys of a presentation, those that clickers send among them.

use std::time::{Duration, Instant};

use eframe::egui::{self, Key, Modifiers};

use super::{Overlay, Presentation, Screen};
use crate::app::command::Command;
use crate::app::document::Document;
use crate::app::view::{Action, Message, View};
use crate::present::{Change, Picture};
use crate::scenario::bookmark::Bookmark;

/// How long after the last digit until a typed page number is gone to without Enter.
const PAUSE: Duration = Duration::from_secs(1);

/// Screens that the page is put on in turn. How many there are nobody tells: on one that is not there, the page stays
/// where it is.
const MOST_SCREENS: usize = 4;

/// Every key and what it does, for the help.
pub(super) const KEYS: [(&str, &str); 18] = [
    ("→", "next page"),
    ("←  Backspace", "page before"),
    ("↓  Space  Page Down", "further down this page, then the next"),
    ("↑  Shift+Space  Page Up", "further up this page, then the one before"),
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
    Down,
    Up,
    First,
    Last,
    /// The page of this number, from 0.
    GoTo(usize),
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

/// What the keys in one window ask for that waits until the window has been shown.
pub(super) struct Heard {
    screen: Screen,
    asked: Vec<Asked>,
    commands: Vec<Command>,
}

impl Heard {
    /// Hears the keys of a window, and does what they ask for so that the window shows it; where something is being
    /// typed, the box hands that over first, while its page is still there.
    pub(super) fn of(
        ctx: &egui::Context,
        screen: Screen,
        presentation: &mut Presentation,
        document: &Document,
        view: &mut View,
        actions: &mut Vec<Action>,
    ) -> Self {
        let typing = view.changed_box();
        // The commands of the room's window are those of the planner's, which has heard them.
        let commands = if screen == Screen::Presenter { Command::pressed(ctx, typing.is_some()) } else { Vec::new() };
        let mut asked = hear(ctx, screen, presentation);
        match typing.filter(|_| !asked.is_empty() || !commands.is_empty()) {
            Some(id) => ctx.memory_mut(|memory| memory.surrender_focus(id)),
            None => carry_out_all(std::mem::take(&mut asked), screen, presentation, document, view, actions),
        }
        Self { screen, asked, commands }
    }

    /// Does what waited, unless what was typed can't stand.
    pub(super) fn carry_out(
        self,
        presentation: &mut Presentation,
        document: &Document,
        view: &mut View,
        actions: &mut Vec<Action>,
    ) {
        if !actions.iter().any(Action::is_refusal) {
            carry_out_all(self.asked, self.screen, presentation, document, view, actions);
            actions.extend(self.commands.into_iter().map(Action::Run));
        }
    }
}

/// What the keys pressed in a window since its last frame ask for.
fn hear(ctx: &egui::Context, screen: Screen, presentation: &mut Presentation) -> Vec<Asked> {
    if presentation.overlay_on() == Some(screen) {
        return Vec::new(); // it hears its own
    }
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let typing = ctx.text_edit_focused();
    let mut asked = pressed(ctx, focused, typing, presentation.had_focus.contains(&screen));
    if !typing {
        asked.extend(hear_numbers(ctx, presentation));
    }
    asked
}

fn carry_out_all(
    asked: Vec<Asked>,
    screen: Screen,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    for asked in asked {
        carry_out(asked, screen, presentation, document, view, actions);
    }
}

fn pressed(ctx: &egui::Context, focused: bool, typing: bool, had_focus: bool) -> Vec<Asked> {
    let mut asked = Vec::new();
    ctx.input_mut(|input| {
        let back = input.modifiers.shift;
        let mut press = |key, what| {
            // A key may be pressed more than once between two frames.
            let times = input.count_and_consume_key(Modifiers::NONE, key);
            asked.extend(std::iter::repeat_n(what, times));
        };
        // A clicker must move pages whatever has the keyboard, and never money.
        press(Key::PageDown, Asked::Down);
        press(Key::PageUp, Asked::Up);
        if !focused {
            let space = if back { Asked::Up } else { Asked::Down };
            for (key, what) in [
                (Key::ArrowRight, Asked::Next),
                (Key::ArrowDown, Asked::Down),
                (Key::Space, space),
                (Key::ArrowLeft, Asked::Before),
                (Key::ArrowUp, Asked::Up),
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
fn hear_numbers(ctx: &egui::Context, presentation: &mut Presentation) -> Option<Asked> {
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
    let (number, since) = presentation.typed?;
    if enter || now.duration_since(since) >= PAUSE {
        return Some(Asked::GoTo(number.saturating_sub(1)));
    }
    ctx.request_repaint_after_secs(0.1);
    None
}

/// Does what was asked for, by a key or by a button of this screen.
pub(super) fn carry_out(
    asked: Asked,
    screen: Screen,
    presentation: &mut Presentation,
    document: &Document,
    view: &mut View,
    actions: &mut Vec<Action>,
) {
    // Whoever presents closes what lies over the room's page from where they sit.
    if presentation.overlay_on().is_some_and(|there| there != screen) && screen == Screen::Presenter {
        presentation.overlay = None;
        if asked == Asked::Leave {
            return;
        }
    }
    let last = presentation.topics(document).len().saturating_sub(1);
    let over = |presentation: &mut Presentation, overlay| {
        presentation.overlay = Some(overlay);
        presentation.overlay_in = screen;
    };
    match asked {
        Asked::Down if !presentation.blank && presentation.shown.scroll.on() => {}
        Asked::Up if !presentation.blank && presentation.shown.scroll.back() => {}
        Asked::Next | Asked::Down | Asked::Before | Asked::Up | Asked::First | Asked::Last | Asked::GoTo(_) => {
            let to = match asked {
                Asked::Next | Asked::Down => presentation.at + 1,
                Asked::Before | Asked::Up => presentation.at.saturating_sub(1),
                Asked::First => 0,
                Asked::GoTo(number) => number,
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
        Asked::Choose => over(presentation, Overlay::levers()),
        Asked::Keep => over(presentation, Overlay::keep(document)),
        Asked::Kept => over(presentation, Overlay::kept()),
        Asked::Presenter => presentation.has_presenter = !presentation.has_presenter,
        Asked::Screen => presentation.screen = Some((presentation.screen.unwrap_or(0) + 1) % MOST_SCREENS),
        Asked::Table => match presentation.page(document).picture {
            Picture::Chart(_) => over(presentation, Overlay::Table),
            Picture::List(_) => {
                view.message = Some(Message::done("This page has no chart: its words are all there is"));
            }
        },
        Asked::Help => over(presentation, Overlay::Help),
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
