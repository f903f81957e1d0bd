//! What can be asked of an export: what, in which form, and how large.

use std::path::Path;

use crate::chart::context::Part;

/// What can be exported by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Pounds by scheme and year.
    Allocations,
    /// What is left of each year.
    Balance,
    /// What is bound in which year.
    Commitments,
    /// People delayed over time, with the bands of chance.
    Trajectory,
    /// The same by pathway.
    Pathways,
    /// The same by who is responsible.
    Responsibility,
    /// What each scheme does.
    Schemes,
    /// How good such forecasts were.
    Record,
    /// Every figure with its source.
    Assumptions,
    /// The papers that figures cite.
    Sources,
    /// Contradictions and remarks.
    Notes,
    /// The schemes as the expenditure table of a planning template.
    Template,
    /// What is measured.
    Measures,
    /// The project plan.
    Delivery,
    /// What may go wrong, and the money that hangs on it.
    Risks,
    /// The Eight High Impact Changes.
    Changes,
    /// The interface dashboard.
    Dashboard,
    /// The pooled budgets.
    Pools,
    /// The grant's purposes.
    Purposes,
    /// What schemes act on.
    Impacts,
    /// What the whole fund is spent on.
    Spending,
    /// The arithmetic of admissions.
    Admissions,
}

impl What {
    /// All of them, in the order of a folder's listing and of a choice.
    pub const ALL: [Self; 22] = [
        Self::Allocations,
        Self::Balance,
        Self::Commitments,
        Self::Trajectory,
        Self::Pathways,
        Self::Responsibility,
        Self::Schemes,
        Self::Record,
        Self::Assumptions,
        Self::Sources,
        Self::Notes,
        Self::Template,
        Self::Measures,
        Self::Delivery,
        Self::Risks,
        Self::Changes,
        Self::Dashboard,
        Self::Pools,
        Self::Purposes,
        Self::Impacts,
        Self::Spending,
        Self::Admissions,
    ];

    /// What the command line and file names call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Allocations => "allocations",
            Self::Balance => "balance",
            Self::Commitments => "commitments",
            Self::Trajectory => "trajectory",
            Self::Pathways => "pathways",
            Self::Responsibility => "responsibility",
            Self::Schemes => "schemes",
            Self::Record => "record",
            Self::Assumptions => "assumptions",
            Self::Sources => "sources",
            Self::Notes => "notes",
            Self::Template => "template",
            Self::Measures => "measures",
            Self::Delivery => "delivery",
            Self::Risks => "risks",
            Self::Changes => "changes",
            Self::Dashboard => "dashboard",
            Self::Pools => "pools",
            Self::Purposes => "purposes",
            Self::Impacts => "impacts",
            Self::Spending => "spending",
            Self::Admissions => "admissions",
        }
    }

    /// What people call it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Allocations => "Allocations",
            Self::Balance => "Balance",
            Self::Commitments => "Committed years",
            Self::Trajectory => "Delayed transfers",
            Self::Pathways => "Delayed transfers by pathway",
            Self::Responsibility => "Delayed transfers by responsibility",
            Self::Schemes => "What each scheme does",
            Self::Record => "How good such forecasts were",
            Self::Assumptions => "Assumptions and their sources",
            Self::Sources => "Papers cited",
            Self::Notes => "Contradictions and remarks",
            Self::Template => "Expenditure, as planning templates have it",
            Self::Measures => "Measures",
            Self::Delivery => "Project plan",
            Self::Risks => "Risks",
            Self::Changes => "High Impact Changes",
            Self::Dashboard => "Interface dashboard",
            Self::Pools => "Pooled budget",
            Self::Purposes => "Purposes of the grant",
            Self::Impacts => "What schemes act on",
            Self::Spending => "Spending of the whole fund",
            Self::Admissions => "Arithmetic of admissions",
        }
    }

    /// The part of what the papers report around the plan that it shows, if it is one.
    pub(super) fn part(self) -> Option<Part> {
        Some(match self {
            Self::Measures => Part::Measures,
            Self::Delivery => Part::Delivery,
            Self::Risks => Part::Risks,
            Self::Changes => Part::Changes,
            Self::Dashboard => Part::Dashboard,
            Self::Pools => Part::Pools,
            Self::Purposes => Part::Purposes,
            Self::Impacts => Part::Impacts,
            Self::Spending => Part::Expenditure,
            Self::Admissions => Part::Admissions,
            _ => return None,
        })
    }

    /// Whether figures in it follow from the plan's own, and so would move with its money.
    pub(super) fn follows_the_plan(self) -> bool {
        let is_computed = matches!(
            self,
            Self::Template
                | Self::Measures
                | Self::Risks
                | Self::Changes
                | Self::Dashboard
                | Self::Pools
                | Self::Purposes
        );
        self.is_of_people() || is_computed
    }

    /// Whether it shows people delayed as forecast, which takes a pathway and runs with chance.
    pub(super) fn is_of_people(self) -> bool {
        matches!(self, Self::Trajectory | Self::Pathways | Self::Responsibility | Self::Schemes)
    }

    /// Whether it is a chart; the others are tables alone.
    pub fn is_chart(self) -> bool {
        matches!(
            self,
            Self::Balance
                | Self::Commitments
                | Self::Trajectory
                | Self::Pathways
                | Self::Responsibility
                | Self::Schemes
                | Self::Record
        )
    }
}

/// The form of a file, told by its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A picture that can be enlarged.
    Svg,
    /// A picture of pixels.
    Png,
    /// A table as text.
    Csv,
    /// A workbook of all tables.
    Xlsx,
    /// A board paper.
    Docx,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Svg, Self::Png, Self::Csv, Self::Xlsx, Self::Docx];
    /// Those of a single chart or table.
    pub const OF_ONE: [Self; 3] = [Self::Svg, Self::Png, Self::Csv];
    /// Those that hold everything, with what their file is called in a folder.
    pub(super) const OF_ALL: [(Self, &'static str); 2] =
        [(Self::Xlsx, "workbook.xlsx"), (Self::Docx, "board-paper.docx")];

    /// How its files' names end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
        }
    }

    /// The form that a file's name asks for.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|form| form.ending().eq_ignore_ascii_case(ending))
    }
}

/// Pixels along and down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Along.
    pub width: u32,
    /// Down.
    pub height: u32,
}

impl Size {
    /// Large enough for a page or a slide.
    pub const USUAL: Self = Self { width: 1600, height: 900 };
    /// The least and the most of a side, and the most pixels in all: beyond them nobody could see the picture.
    pub const SIDE: std::ops::RangeInclusive<u32> = 120..=16_000;
    const MOST_PIXELS: u32 = 64_000_000;

    /// A size that can be drawn.
    pub fn new(width: u32, height: u32) -> Option<Self> {
        let fits = Self::SIDE.contains(&width) && Self::SIDE.contains(&height);
        let fits = fits && width.checked_mul(height).is_some_and(|pixels| pixels <= Self::MOST_PIXELS);
        fits.then_some(Self { width, height })
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What; without it, a picture or table is that of the trajectory, and a folder has everything.
    pub what: Option<What>,
    /// How large pictures are.
    pub size: Size,
    /// How many times the plan is run with chance in it; 0: the expected run.
    pub replications: u32,
    /// Where chance starts.
    pub seed: u64,
    /// Whether files that are there may go.
    pub may_replace: bool,
}
