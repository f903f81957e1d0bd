//! What a person can ask of the window. One list feeds the menus and the keys.

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

/// Something asked of the window as a whole. Changes to the plan are [`crate::scenario::Edit`]s instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    New,
    OpenBundled,
    Open,
    OpenTyped,
    Save,
    SaveAs,
    SaveTyped,
    Quit,
    Undo,
    Redo,
    ShowPlan,
    ToggleDark,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ShowAbout,
}

impl Command {
    /// Every command that has a key.
    const ALL: [Self; 16] = [
        Self::New,
        Self::OpenBundled,
        Self::Open,
        Self::OpenTyped,
        Self::SaveAs, // before Save, whose key it extends
        Self::Save,
        Self::SaveTyped,
        Self::Quit,
        Self::Redo, // before Undo, likewise
        Self::Undo,
        Self::ShowPlan,
        Self::ToggleDark,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::ShowAbout,
    ];

    /// As a menu has it; `…` where a question follows.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::New => "New plan",
            Self::OpenBundled => "Open Oxfordshire, July 2017",
            Self::Open => "Open…",
            Self::OpenTyped => "Open by typing a path…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::SaveTyped => "Save by typing a path…",
            Self::Quit => "Quit",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::ShowPlan => "Plan, notes and sources",
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
            Self::ToggleDark => command(Key::D),
            Self::ZoomIn => command(Key::Plus),
            Self::ZoomOut => command(Key::Minus),
            Self::ZoomReset => command(Key::Num0),
            Self::OpenBundled | Self::OpenTyped | Self::SaveTyped | Self::ShowAbout => None,
        }
    }

    /// The command whose key was pressed in this frame, if any. The zoom keys are egui's own and answered by it; while
    /// something is being typed, undo and redo are the box's.
    pub(super) fn pressed(ctx: &eframe::egui::Context, typing: bool) -> Option<Self> {
        let elsewhere: &[Self] = if typing { &[Self::Undo, Self::Redo] } else { &[] };
        let zoom = [Self::ZoomIn, Self::ZoomOut, Self::ZoomReset];
        let mut keyed = Self::ALL.into_iter().filter(|command| !zoom.contains(command) && !elsewhere.contains(command));
        let redo_too = KeyboardShortcut::new(Modifiers::COMMAND, Key::Y);
        ctx.input_mut(|input| {
            if !typing && input.consume_shortcut(&redo_too) {
                return Some(Self::Redo);
            }
            keyed.find(|command| command.shortcut().is_some_and(|keys| input.consume_shortcut(&keys)))
        })
    }
}
