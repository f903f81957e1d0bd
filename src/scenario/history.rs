//! Published months: delayed days by reason and by who is responsible, as NHS England counts them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Source;
use super::once::by_reason;
use crate::calendar::Month;

/// Months known when the plan was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// Where the months come from.
    pub source: Source,
    /// In order, without gaps or repeats.
    pub months: Vec<MonthOfDelays>,
}

/// One month's delayed days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthOfDelays {
    /// Which month.
    pub month: Month,
    /// Days for which the NHS was responsible.
    pub nhs: u32,
    /// Days for which social care was responsible.
    pub social_care: u32,
    /// Days for which both were.
    pub both: u32,
    /// The same days by reason; a reason without any may be left out.
    #[serde(deserialize_with = "by_reason")]
    pub reasons: BTreeMap<Reason, u32>,
}

impl MonthOfDelays {
    /// All delayed days of the month.
    pub fn delayed_days(&self) -> u64 {
        u64::from(self.nhs) + u64::from(self.social_care) + u64::from(self.both)
    }

    /// Delayed days over the days of the month: the average number of people delayed.
    pub fn people(&self) -> f64 {
        self.delayed_days() as f64 / f64::from(self.month.days())
    }
}

/// Why a person is delayed, by NHS England's code letters. There is no J.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// Completion of assessment.
    A,
    /// Public funding.
    B,
    /// Further non-acute NHS care.
    C,
    /// Residential home.
    DI,
    /// Nursing home.
    DII,
    /// Care package in own home.
    E,
    /// Community equipment or adaptations.
    F,
    /// Patient or family choice.
    G,
    /// Disputes.
    H,
    /// Housing, not covered by the Care Act.
    I,
    /// Other, from April 2017.
    O,
}

impl Reason {
    /// In the order of their letters.
    pub const ALL: [Self; 11] =
        [Self::A, Self::B, Self::C, Self::DI, Self::DII, Self::E, Self::F, Self::G, Self::H, Self::I, Self::O];

    /// The published description.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::A => "completion of assessment",
            Self::B => "public funding",
            Self::C => "further non-acute NHS care",
            Self::DI => "residential home",
            Self::DII => "nursing home",
            Self::E => "care package in own home",
            Self::F => "community equipment or adaptations",
            Self::G => "patient or family choice",
            Self::H => "disputes",
            Self::I => "housing, not covered by the Care Act",
            Self::O => "other",
        }
    }
}
