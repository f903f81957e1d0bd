//! What a scenario says: plain data, and the rules it must meet. Knows nothing of files, screens or forecasts.
//!
//! Read [`source`] first: every figure is a [`Figure`], and says where it came from. Then [`fund`], [`scheme`],
//! [`effect`] and [`pathway`], from pounds to people; [`check`] for the rules; [`edit`] for every change that a
//! person can make; [`compare`] for what differs between two scenarios, and two people's changes brought together.

pub mod bookmark;
pub mod by_year;
pub mod check;
pub mod commitment;
pub mod compare;
pub mod context;
pub mod edit;
pub mod effect;
pub mod format;
pub mod fund;
pub mod history;
pub mod id;
mod once;
pub mod outturn;
pub mod pathway;
pub mod quantity;
pub mod scheme;
pub mod source;
pub mod sourced;
pub mod target;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use bookmark::Bookmark;
pub use by_year::ByYear;
pub use check::{Finding, Place, Severity, Step};
pub use commitment::{Basis, Commitment};
pub use compare::{Comparison, Conflict, Difference, Merged};
pub use context::Context;
pub use edit::{Edit, Refusal};
pub use effect::{Change, Effect, Range, Renewal, Start};
pub use format::FORMAT;
pub use fund::{Costs, Fund, UnitCost};
pub use history::{History, MonthOfDelays, Reason};
pub use id::Id;
pub use outturn::{MonthOfOutturn, Responsible};
pub use pathway::{Attribution, Kind, Pathway, PathwayFigure, Service, Volatility};
pub use quantity::Quantity;
pub use scheme::{Area, DeliveryRisk, HighImpactChange, Milestone, Scheme};
pub use source::{Figure, Note, NoteKind, Paper, Source};
pub use target::Target;

use crate::calendar::{Date, Horizon};

/// What is said of a figure that somebody put in and nobody gave a source.
const NO_SOURCE: &str = "Entered in the planner; no source given";

/// One plan: a fund, its schemes, the delay model's inputs, and where every figure came from.
///
/// Schemes and pathways are shared, so that a copy made to try an [`Edit`] costs next to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The oldest format that has room for all of it, see [`Scenario::oldest_format`]; every edit sees to that.
    pub format: u32,
    /// What the window's title bar says.
    pub title: String,
    /// The council's or area's name.
    pub area: String,
    /// The day the plan was written: a plan never sees its own future.
    pub as_of: Date,
    /// The papers that figures cite.
    pub papers: Vec<Paper>,
    /// The pot and its grant by year.
    pub fund: Fund,
    /// What the money is for, in the order shown.
    pub schemes: Vec<Arc<Scheme>>,
    /// What people wait for.
    pub pathways: Vec<Arc<Pathway>>,
    /// The agreed ceilings.
    pub targets: Vec<Target>,
    /// Standard deviation of the logarithm of published months about what people's waits alone would come to, month by
    /// month: recording that no queue explains. None: there is no such noise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<Figure<Quantity>>,
    /// Published months known at [`Scenario::as_of`].
    pub history: History,
    /// Months published since, in order; the forecast never sees them. A file without any says nothing of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outturn: Vec<MonthOfOutturn>,
    /// States of the money kept under names; a file without any says nothing of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bookmarks: Vec<Bookmark>,
    /// What the papers report around the plan; a file without any says nothing of it.
    #[serde(default, skip_serializing_if = "Context::is_nothing")]
    pub context: Arc<Context>,
    /// What things cost, for comparison.
    pub costs: Costs,
    /// What a reader should know: contradictions in the papers, figures that can't be read, remarks.
    pub notes: Vec<Note>,
}

impl Scenario {
    /// From 1 April of the fund's first year to 31 March of its last.
    ///
    /// A fund without years, which [`check`] refuses, gets the year that the plan was written in.
    pub fn horizon(&self) -> Horizon {
        let first = self.fund.grant.first_year().unwrap_or_else(|| self.as_of.financial_year());
        Horizon::new(first, u16::try_from(self.fund.grant.len()).unwrap_or(u16::MAX).max(1))
    }

    /// The scheme of that id, and its place in the list.
    pub fn scheme(&self, id: &Id) -> Option<(usize, &Scheme)> {
        self.schemes.iter().enumerate().find(|(_, scheme)| scheme.id == *id).map(|(at, scheme)| (at, &**scheme))
    }

    /// The pathway of that id, and its place in the list.
    pub fn pathway(&self, id: &Id) -> Option<(usize, &Pathway)> {
        self.pathways.iter().enumerate().find(|(_, pathway)| pathway.id == *id).map(|(at, pathway)| (at, &**pathway))
    }

    /// The paper of that id.
    pub fn paper(&self, id: &Id) -> Option<&Paper> {
        self.papers.iter().find(|paper| paper.id == *id)
    }

    /// Whether a source is a paper dated after the plan was written: such a figure is hindsight and is marked.
    pub fn is_later_than_plan(&self, source: &Source) -> bool {
        matches!(source, Source::Cited { paper, .. } if self.paper(paper).is_some_and(|paper| paper.date > self.as_of))
    }

    /// A source in words: `Health and Wellbeing Board, 13 July 2017, paragraph 46` or `Assumption: …`.
    pub fn source_in_words(&self, source: &Source) -> String {
        match source {
            Source::Cited { paper, at } => match self.paper(paper) {
                Some(paper) => format!("{}, {at}", paper.short),
                None => format!("{paper}, {at}"),
            },
            Source::Assumption(reason) => format!("Assumption: {reason}"),
            Source::Entered => NO_SOURCE.to_owned(),
        }
    }

    /// A source as a person writes it: what begins with the short name of a paper cites it, and any other text is the
    /// reason of an assumption. [`Scenario::source_in_words`] the other way round.
    pub fn source_from_words(&self, words: &str) -> Source {
        let words = words.trim();
        let cited = self.papers.iter().filter_map(|paper| {
            let rest = words.strip_prefix(paper.short.as_str())?;
            // A paper named and no place in it is cited nowhere, which the rules refuse with the remedy.
            if rest.is_empty() { Some((paper, rest)) } else { Some((paper, rest.strip_prefix(',')?.trim())) }
        });
        match cited.max_by_key(|(paper, _)| paper.short.len()) {
            Some((paper, at)) => Source::Cited { paper: paper.id.clone(), at: at.to_owned() },
            None if words.is_empty() || words == NO_SOURCE => Source::Entered,
            None => Source::Assumption(words.strip_prefix("Assumption:").unwrap_or(words).trim().to_owned()),
        }
    }
}
