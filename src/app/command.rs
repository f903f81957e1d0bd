//! What a person can ask of the window. One list feeds the menus, the keys and the finder.

use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::disk::Disk;
use super::document::Document;

/// The commands, and the list of them all: one is never without the other.
macro_rules! commands {
    ($($name:ident),+ $(,)?) => {
        /// Something asked of the window as a whole. Changes to the plan are [`crate::scenario::Edit`]s instead.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Command { $($name),+ }

        impl Command {
            /// Every one, in the order in which keys pressed at once are answered: what keeps work before what leaves it.
            pub(super) const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

commands![
    SaveAs,
    Save,
    SaveTyped,
    Redo,
    Undo,
    Find,
    ShowHistory,
    MoveUp,
    MoveDown,
    Calibrate,
    ImportTemplate,
    ShowPlan,
    Present,
    ToggleDark,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Compare,
    CompareTyped,
    CompareSaved,
    CompareWithDisk,
    TakeFromDisk,
    ShowWords,
    ShowStart,
    ShowAbout,
    New,
    NewFromPublished,
    Open,
    OpenTyped,
    OpenPrevious,
    ShowRecovered,
    Export,
    Quit,
];

/// A line of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// Runs a command.
    Run(Command),
    /// The scenarios that come with the planner.
    Bundled,
    /// The files opened last.
    Recent,
    /// Keeps the money as it stands, or goes to a state kept before.
    Kept,
    /// Adds a scheme; locks the selected one, or takes it out.
    Schemes,
    /// Copies or saves a chart.
    Charts,
    /// A rule between groups.
    Rule,
}

use Item::{Rule, Run};

/// The menus, from left to right. Every command stands in one of them.
pub(super) const MENUS: [(&str, &[Item]); 4] = [
    (
        "File",
        &[
            Run(Command::New),
            Run(Command::NewFromPublished),
            Item::Bundled,
            Run(Command::Open),
            Run(Command::OpenTyped),
            Item::Recent,
            Rule,
            Run(Command::Save),
            Run(Command::SaveAs),
            Run(Command::SaveTyped),
            Run(Command::OpenPrevious),
            Run(Command::ShowRecovered),
            Rule,
            Run(Command::Compare),
            Run(Command::CompareTyped),
            Run(Command::CompareSaved),
            Rule,
            Run(Command::CompareWithDisk),
            Run(Command::TakeFromDisk),
            Rule,
            Run(Command::Export),
            Rule,
            Run(Command::Quit),
        ],
    ),
    (
        "Edit",
        &[
            Run(Command::Undo),
            Run(Command::Redo),
            Run(Command::ShowHistory),
            Rule,
            Run(Command::Find),
            Rule,
            Run(Command::MoveUp),
            Run(Command::MoveDown),
            Item::Schemes,
            Rule,
            Run(Command::Calibrate),
            Run(Command::ImportTemplate),
        ],
    ),
    (
        "View",
        &[
            Run(Command::ShowPlan),
            Run(Command::Present),
            Run(Command::ToggleDark),
            Run(Command::ZoomIn),
            Run(Command::ZoomOut),
            Run(Command::ZoomReset),
            Rule,
            Item::Charts,
            Rule,
            Item::Kept,
        ],
    ),
    ("Help", &[Run(Command::ShowWords), Run(Command::ShowStart), Rule, Run(Command::ShowAbout)]),
];

/// A command in words.
pub(super) struct Said {
    /// As a menu has it; `…` where a question follows.
    pub label: &'static str,
    /// What it does, for those who hesitate.
    pub about: &'static str,
    /// Other words by which somebody may look for it.
    pub also: &'static str,
}

impl Command {
    #[expect(clippy::too_many_lines, reason = "one arm for each command")]
    pub(super) fn said(self) -> Said {
        let said = |label, about, also| Said { label, about, also };
        match self {
            Self::New => said("New plan", "A plan with nothing in it yet, for any area", "blank empty start scenario"),
            Self::NewFromPublished => said(
                "New from NHS England data…",
                "A calibrated plan for any area, from the monthly workbooks of delayed transfers as published",
                "import workbook excel council area begin start",
            ),
            Self::Open => said("Open…", "A scenario file from this machine", "load file scenario"),
            Self::OpenTyped => said("Open by typing a path…", "For when no file dialog can be shown", "load file"),
            Self::Save => said("Save", "Writes the plan to its file, whole or not at all", "keep write store"),
            Self::SaveAs => said("Save as…", "Writes the plan to a file of another name", "copy rename write file"),
            Self::SaveTyped => said("Save by typing a path…", "For when no file dialog can be shown", "write file"),
            Self::OpenPrevious => said(
                "Open the previous version…",
                "What the last save on this machine replaced, as a plan without a file",
                "backup restore recover older",
            ),
            Self::ShowRecovered => said(
                "Recovered work…",
                "What was not saved when the planner was last ended, and was put off",
                "recovery journal crash unsaved lost",
            ),
            Self::Compare => said(
                "Compare with another file…",
                "What differs, as an e-mail says it: totals, then each figure",
                "difference changes",
            ),
            Self::CompareTyped => {
                said("Compare by typing a path…", "For when no file dialog can be shown", "difference changes file")
            }
            Self::CompareSaved => said(
                "What changed since it was saved",
                "Your unsaved changes, with the totals before and after",
                "compare difference unsaved opened",
            ),
            Self::CompareWithDisk => said(
                "What changed on disk…",
                "Both versions, when someone else changed the open file: keep, take or merge",
                "conflict compare merge theirs",
            ),
            Self::TakeFromDisk => said(
                "Take the new version",
                "The plan becomes what someone else saved; it can be taken back",
                "disk reload theirs",
            ),
            Self::Export => said(
                "Export…",
                "Pictures, tables, a workbook or a board paper, to send or to print",
                "paper picture workbook spreadsheet table document board image",
            ),
            Self::Quit => said("Quit", "Closes the planner, asking about unsaved changes", "exit close leave"),
            Self::Undo => said("Undo", "Takes the last step back", "revert back"),
            Self::Redo => said("Redo", "Does the step again that was taken back", "again repeat forward"),
            Self::Find => said(
                "Find a command or a scheme…",
                "Every command, scheme, pathway and view, by any word of its name",
                "palette search go jump pathway view",
            ),
            Self::ShowHistory => said("History…", "Every step since the plan was opened", "undo steps changes log"),
            Self::MoveUp => said(
                "Move the scheme up",
                "The selected one, past the one above it or into the area above",
                "order reorder earlier",
            ),
            Self::MoveDown => said(
                "Move the scheme down",
                "The selected one, past the one below it or into the area below",
                "order reorder later",
            ),
            Self::ImportTemplate => said(
                "Schemes from a planning template…",
                "Takes the expenditure table of a Better Care Fund template in, as one step, after showing every row",
                "import excel csv table expenditure schemes",
            ),
            Self::Calibrate => said(
                "Calibrate to the history",
                "Sets levels, places and volatility to what the published months give, as one step",
                "fit model forecast referrals baseline",
            ),
            Self::ShowPlan => said(
                "Plan, notes and sources",
                "Grant, targets, outturn, what the papers contradict, and every source",
                "inspector papers contradictions grant targets outturn",
            ),
            Self::Present => {
                said("Present", "Full screen, one finding at a time", "slides projector meeting room show")
            }
            Self::ToggleDark => said(
                "Switch between light and dark",
                "Light is for projectors, dark for the evening",
                "theme night mode",
            ),
            Self::ZoomIn => said("Larger", "Everything in the window", "zoom bigger text size in"),
            Self::ZoomOut => said("Smaller", "Everything in the window", "zoom text size out"),
            Self::ZoomReset => said("Normal size", "As large as it was at the start", "zoom reset text 100%"),
            Self::ShowWords => said(
                "Words…",
                "What the field’s words mean here, and where that is said; first that of the control at hand",
                "glossary terms meaning definition help dictionary",
            ),
            Self::ShowStart => {
                said("Start page…", "What can be done, and what there is to open", "welcome first help begin home")
            }
            Self::ShowAbout => {
                said("About iBCF Planner", "Its version, its statistics and its typeface", "licence help credits")
            }
        }
    }

    /// As a menu has it; `…` where a question follows.
    pub(super) fn label(self) -> &'static str {
        self.said().label
    }

    /// Its key, if it has one.
    pub(super) fn shortcut(self) -> Option<KeyboardShortcut> {
        let command = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        let with_shift = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, key));
        match self {
            Self::New => command(Key::N),
            Self::Open => command(Key::O),
            Self::Save => command(Key::S),
            Self::SaveAs => with_shift(Key::S),
            Self::Export => command(Key::E),
            Self::Quit => command(Key::Q),
            Self::Undo => command(Key::Z),
            Self::Redo => with_shift(Key::Z),
            Self::Find => command(Key::K),
            Self::ShowPlan => command(Key::I),
            Self::Present => Some(KeyboardShortcut::new(Modifiers::NONE, Key::F5)),
            Self::ShowWords => Some(KeyboardShortcut::new(Modifiers::NONE, Key::F1)),
            Self::ShowHistory => command(Key::H),
            Self::MoveUp => Some(KeyboardShortcut::new(Modifiers::ALT, Key::ArrowUp)),
            Self::MoveDown => Some(KeyboardShortcut::new(Modifiers::ALT, Key::ArrowDown)),
            Self::ToggleDark => command(Key::D),
            Self::ZoomIn => command(Key::Plus),
            Self::ZoomOut => command(Key::Minus),
            Self::ZoomReset => command(Key::Num0),
            _ => None,
        }
    }

    /// Its key as people read it, if it has one; egui's own arrows are not in the typeface.
    pub(super) fn keys(self, ctx: &Context) -> Option<String> {
        self.shortcut().map(|keys| ctx.format_shortcut(&keys).replace('⏶', "↑").replace('⏷', "↓"))
    }

    /// Why it can't be done as things stand, in a few words.
    pub(super) fn why_not(self, document: &Document, disk: &Disk) -> Option<&'static str> {
        let (steps, changed) = (document.steps(), document.is_changed());
        let is_foreign = disk.changed_to().is_some();
        match self {
            Self::Undo if steps.undo_words().is_none() => Some("nothing to undo"),
            Self::Redo if steps.redo_words().is_none() => Some("nothing to redo"),
            Self::OpenPrevious if document.path().is_none() => Some("the plan has no file yet"),
            Self::CompareSaved if !changed => Some("nothing has changed"),
            Self::CompareWithDisk | Self::TakeFromDisk if !is_foreign => Some("nobody else has changed the file"),
            Self::TakeFromDisk if changed => Some("you have changes that are not saved"),
            _ => None,
        }
    }

    /// The commands whose keys were pressed in this frame. While something is being typed, undo and redo are the box's.
    pub(super) fn pressed(ctx: &Context, typing: bool) -> Vec<Self> {
        let redo_too = KeyboardShortcut::new(Modifiers::COMMAND, Key::Y);
        let ours = |command: &Self| !(typing && matches!(command, Self::Undo | Self::Redo));
        ctx.input_mut(|input| {
            let mut pressed = |command: &Self| {
                command.shortcut().is_some_and(|keys| input.consume_shortcut(&keys))
                    || *command == Self::Redo && input.consume_shortcut(&redo_too)
            };
            Self::keyed().filter(ours).filter(|command| pressed(command)).collect()
        })
    }

    /// Commands with keys of the planner's own, one whose keys extend another's before it. The zoom keys are egui's, and
    /// answered by it.
    fn keyed() -> impl Iterator<Item = Self> {
        let is_zoom = |command: Self| matches!(command, Self::ZoomIn | Self::ZoomOut | Self::ZoomReset);
        let with_shift = |shift: bool| {
            let has = move |command: &Self| command.shortcut().is_some_and(|keys| keys.modifiers.shift == shift);
            Self::ALL.iter().copied().filter(has)
        };
        with_shift(true).chain(with_shift(false)).filter(move |command| !is_zoom(*command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_one_menu_and_no_two_answer_to_the_same_name_or_keys() {
        let in_menus: Vec<Command> = MENUS
            .iter()
            .flat_map(|(_, items)| items.iter())
            .filter_map(|item| if let Item::Run(command) = item { Some(*command) } else { None })
            .collect();
        for command in Command::ALL {
            assert_eq!(in_menus.iter().filter(|listed| *listed == command).count(), 1, "{command:?}");
            for other in Command::ALL.iter().filter(|other| *other != command) {
                assert_ne!(command.label(), other.label());
                let shared = command.shortcut().filter(|keys| Some(*keys) == other.shortcut());
                assert_eq!(shared, None, "{command:?} and {other:?}");
            }
            let Said { label, about, .. } = command.said();
            assert!(!about.is_empty() && !about.ends_with('.') && about != label, "{command:?}: {about}");
        }
    }

    #[test]
    fn keys_that_extend_another_commands_keys_are_asked_first() {
        let keyed: Vec<Command> = Command::keyed().collect();
        for (at, command) in keyed.iter().enumerate() {
            for later in &keyed[at + 1..] {
                let (Some(keys), Some(longer)) = (command.shortcut(), later.shortcut()) else { unreachable!() };
                let extends = keys.logical_key == longer.logical_key && longer.modifiers.contains(keys.modifiers);
                assert!(!extends, "{later:?} is never heard: {command:?} takes its keys");
            }
        }
    }
}
