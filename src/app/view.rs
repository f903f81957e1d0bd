//! What the window shows of the document, as opposed to what the document says; and what views ask for.

use super::command::Command;
use super::document::Delays;
use super::exporting::Take;
use super::text_box::Typing;
use crate::bundled::Bundled;
use crate::calendar::{FinancialYear, Month};
use crate::chart::context::Part;
use crate::scenario::{Edit, Id};

/// What the window shows.
#[derive(Default)]
pub(super) struct View {
    /// Which years the allocations show.
    pub years: Years,
    /// What the inspector shows.
    pub selection: Selection,
    /// In a narrow window the inspector takes the place of the allocations while this holds.
    pub inspecting: bool,
    /// In a low window one chart is shown at a time: which.
    pub chart: usize,
    /// What the papers report around the plan, in the place of the charts: which part.
    pub around: Option<Part>,
    /// The chart whose table is open.
    pub table: Option<usize>,
    /// The selected scheme is to be brought into sight among the others.
    pub reveal: bool,
    /// The month whose outturn is entered next, where a person chose another than the one suggested.
    pub outturn_month: Option<Month>,
    /// Where the history last stood, and how long it was, so that it scrolls along when it moves.
    pub history_at: Option<(usize, usize)>,
    /// What is being typed.
    pub typing: Option<Typing>,
    /// What the foot of the window says.
    pub message: Option<Message>,
}

/// Which years the allocations show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Years {
    /// One, with its slider beside each scheme.
    One(FinancialYear),
    /// All, a slider for each.
    #[default]
    All,
}

/// What the inspector shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Selection {
    /// The plan as a whole: notes, grant, targets, sources.
    #[default]
    Plan,
    /// One scheme.
    Scheme(Id),
    /// One pathway.
    Pathway(Id),
    /// One day of the trajectory, counted from day 0.
    Day(usize),
    /// Every step, each a way back to it.
    History,
}

/// Something said at the foot of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub text: String,
    pub is_refusal: bool,
}

impl Message {
    pub(super) fn done(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_refusal: false }
    }
    pub(super) fn refusal(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_refusal: true }
    }
}

impl View {
    /// The box in which something else is being typed than holds: it hands that over once it loses the keyboard.
    pub(super) fn changed_box(&self) -> Option<eframe::egui::Id> {
        self.typing.as_ref().filter(|typing| typing.is_changed).map(|typing| typing.id)
    }
}

/// What a view asks for. Views never change the document themselves.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Do this edit, as one step.
    Do(Edit),
    /// Do this edit, and have the box of this name typed in next.
    Begin(Edit, Box<str>),
    /// Do this edit, and say so at the foot.
    Tell(Edit, Box<str>),
    /// Show this edit while a drag goes on.
    Drag(Edit),
    /// Keep the drag's edit.
    Drop(Edit),
    /// Take steps back or do them again, until so many stand.
    GoTo(usize),
    /// Show something else in the inspector, and the inspector itself where it is put away.
    Select(Selection),
    /// Show something else in the inspector if that is in sight: what the hand is on, while it works elsewhere.
    Follow(Selection),
    /// In a narrow window, put the inspector away.
    PutAway,
    /// In a low window, show another chart.
    ShowChart(usize),
    /// Show a part of what the papers report around the plan, or the charts.
    ShowAround(Option<Part>),
    /// Show other years.
    ShowYears(Years),
    /// Show the delays another way.
    ShowDelays(Delays),
    /// Open a chart's table, or close it.
    Table(Option<usize>),
    /// Copy or save a chart as it is shown.
    TakeChart(usize, Take),
    /// Stop the export that is under way.
    StopExport,
    /// Leave the presentation; every change stays.
    StopPresenting,
    /// Run a command.
    Run(Command),
    /// Open a recent file.
    OpenRecent(std::path::PathBuf),
    /// Open a scenario that comes with the planner.
    OpenBundled(Bundled),
    /// Open the window of words at one of them.
    Explain(&'static str),
    /// Say something at the foot.
    Say(Message),
}

impl Action {
    /// Whether it says that what was typed can't stand.
    pub(super) fn is_refusal(&self) -> bool {
        matches!(self, Self::Say(message) if message.is_refusal)
    }
}
