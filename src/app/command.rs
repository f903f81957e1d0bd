//! What a person can ask of the window. One list feeds the menus and the keys.

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use crate::bundled::Bundled;

/// Something asked of the window as a whole. Changes to the plan are [`crate::scenario::Edit`]s instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    New,
    OpenBundled(Bundled),
    Open,
    OpenTyped,
    Save,
    SaveAs,
    SaveTyped,
    Compare,
    CompareTyped,
    CompareSaved,
    OpenPrevious,
    ShowRecovered,
    CompareWithDisk,
    TakeFromDisk,
    Quit,
    Undo,
    Redo,
    ShowHistory,
    MoveUp,
    MoveDown,
    Calibrate,
    ShowPlan,
    Present,
    ToggleDark,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ShowAbout,
}

impl Command {
    /// Commands with keys of the planner's own, in the order in which keys pressed at once are answered: what keeps
    /// work before what leaves it. A command whose keys extend another's comes before it.
    const KEYED: [Self; 13] = [
        Self::SaveAs,
        Self::Save,
        Self::Redo,
        Self::Undo,
        Self::ShowPlan,
        Self::Present,
        Self::ShowHistory,
        Self::MoveUp,
        Self::MoveDown,
        Self::ToggleDark,
        Self::New,
        Self::Open,
        Self::Quit,
    ];

    /// As a menu has it; `…` where a question follows.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::New => "New plan",
            Self::OpenBundled(bundled) => bundled.label,
            Self::Open => "Open…",
            Self::OpenTyped => "Open by typing a path…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::SaveTyped => "Save by typing a path…",
            Self::Compare => "Compare with another file…",
            Self::CompareTyped => "Compare by typing a path…",
            Self::CompareSaved => "What changed since it was saved",
            Self::OpenPrevious => "Open the previous version…",
            Self::ShowRecovered => "Recovered work…",
            Self::CompareWithDisk => "What changed…",
            Self::TakeFromDisk => "Take the new version",
            Self::Quit => "Quit",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::ShowHistory => "History…",
            Self::MoveUp => "Move the scheme up",
            Self::MoveDown => "Move the scheme down",
            Self::Calibrate => "Calibrate to the history",
            Self::ShowPlan => "Plan, notes and sources",
            Self::Present => "Present",
            Self::ToggleDark => "Switch between light and dark",
            Self::ZoomIn => "Larger",
            Self::ZoomOut => "Smaller",
            Self::ZoomReset => "Normal size",
            Self::ShowAbout => "About iBCF Planner",
        }
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
            Self::Quit => command(Key::Q),
            Self::Undo => command(Key::Z),
            Self::Redo => with_shift(Key::Z),
            Self::ShowPlan => command(Key::I),
            Self::Present => Some(KeyboardShortcut::new(Modifiers::NONE, Key::F5)),
            Self::ShowHistory => command(Key::H),
            Self::MoveUp => Some(KeyboardShortcut::new(Modifiers::ALT, Key::ArrowUp)),
            Self::MoveDown => Some(KeyboardShortcut::new(Modifiers::ALT, Key::ArrowDown)),
            Self::ToggleDark => command(Key::D),
            Self::ZoomIn => command(Key::Plus),
            Self::ZoomOut => command(Key::Minus),
            Self::ZoomReset => command(Key::Num0),
            Self::OpenBundled(_)
            | Self::OpenTyped
            | Self::SaveTyped
            | Self::Compare
            | Self::CompareTyped
            | Self::CompareSaved
            | Self::OpenPrevious
            | Self::ShowRecovered
            | Self::CompareWithDisk
            | Self::TakeFromDisk
            | Self::Calibrate
            | Self::ShowAbout => None,
        }
    }

    /// Its key as people read it, if it has one; egui's own arrows are not in the typeface.
    pub(super) fn keys(self, ctx: &eframe::egui::Context) -> Option<String> {
        self.shortcut().map(|keys| ctx.format_shortcut(&keys).replace('⏶', "↑").replace('⏷', "↓"))
    }

    /// The commands whose keys were pressed in this frame. The zoom keys are egui's own and answered by it; while
    /// something is being typed, undo and redo are the box's.
    pub(super) fn pressed(ctx: &eframe::egui::Context, typing: bool) -> Vec<Self> {
        let redo_too = KeyboardShortcut::new(Modifiers::COMMAND, Key::Y);
        let ours = |command: &Self| !(typing && matches!(command, Self::Undo | Self::Redo));
        ctx.input_mut(|input| {
            let mut pressed = |command: &Self| {
                command.shortcut().is_some_and(|keys| input.consume_shortcut(&keys))
                    || *command == Self::Redo && input.consume_shortcut(&redo_too)
            };
            Self::KEYED.into_iter().filter(ours).filter(|command| pressed(command)).collect()
        })
    }
}
