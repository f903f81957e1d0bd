//! What is measured: target, baseline, readings, and the word that the paper has for where it goes.

use serde::{Deserialize, Serialize};

use crate::calendar::Month;
use crate::scenario::{Figure, Id, Quantity, Source};

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// The name it is known by in the file.
    pub id: Id,
    /// The paper's number for it, such as 7.2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// As the paper calls it.
    pub name: String,
    /// What its figures count: `%`, `hours`, `a week`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Which way is better.
    pub wanted: Wanted,
    /// What it is to reach.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Figure<Quantity>>,
    /// Where it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Figure<Quantity>>,
    /// What was read since, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// The paper's own word for its direction. It is kept beside the computed one, never instead of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Trajectory>,
    /// Which of the forecast's figures it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<FromForecast>,
    /// What else a reader should know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Where it is printed.
    pub source: Source,
}

/// What a measure was at some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// When: `Quarter 1 2017/18`.
    pub period: String,
    /// What it was; nothing where it is not available.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Figure<Quantity>>,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Wanted {
    /// The higher the better.
    More,
    /// The lower the better.
    Less,
}

/// Where a measure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Trajectory {
    /// The way that is wanted.
    Improving,
    /// Nowhere.
    Unchanged,
    /// The other way.
    Deteriorating,
}

impl Trajectory {
    /// From the way that is wanted to the other.
    pub const ALL: [Self; 3] = [Self::Improving, Self::Unchanged, Self::Deteriorating];

    /// As the papers write it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Improving => "improving",
            Self::Unchanged => "unchanged",
            Self::Deteriorating => "deteriorating",
        }
    }
}

/// A figure of the forecast.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum FromForecast {
    /// Delayed days in a month, of all pathways or of one.
    DelayedDays {
        /// Which month.
        month: Month,
        /// Which pathway; none: all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pathway: Option<Id>,
    },
    /// People delayed, as the average of a month.
    PeopleDelayed {
        /// Which month.
        month: Month,
        /// Those for whom one is responsible; none: all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        responsible: Option<Organisation>,
    },
}

impl FromForecast {
    /// `people delayed in March 2018`.
    pub fn in_words(&self) -> String {
        match self {
            Self::DelayedDays { month, pathway } => {
                let of = pathway.as_ref().map_or_else(String::new, |id| format!(", {id},"));
                format!("delayed days{of} in {}", month.in_words())
            }
            Self::PeopleDelayed { month, responsible } => {
                let whose = responsible.map_or_else(String::new, |whose| format!(", {},", whose.in_words()));
                format!("people delayed{whose} in {}", month.in_words())
            }
        }
    }
}

/// Who is responsible for a delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Organisation {
    /// The NHS.
    Nhs,
    /// Social care.
    SocialCare,
    /// Both together.
    Both,
}

impl Organisation {
    /// As NHS England's tables call them.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Nhs => "NHS",
            Self::SocialCare => "social care",
            Self::Both => "both",
        }
    }
}
