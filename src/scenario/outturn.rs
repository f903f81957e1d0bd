//! Outturn: months published after the plan was written, to hold the forecast against. The forecast never sees them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::once::by_reason;
use super::{Figure, Reason, Scenario};
use crate::calendar::Month;

/// One month's delayed days, published after the plan was written.
///
/// The total is enough; a split, where one is given, is that of the figure's source: of what it was before it was
/// moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthOfOutturn {
    /// Which month.
    pub month: Month,
    /// All its delayed days.
    pub delayed_days: Figure<u32>,
    /// The same days by who is responsible, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Responsible>,
    /// The same days by reason, if that is known; a reason without any may be left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "by_reason")]
    pub reasons: BTreeMap<Reason, u32>,
}

/// Delayed days by who is responsible for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsible {
    /// The NHS.
    pub nhs: u32,
    /// Social care.
    pub social_care: u32,
    /// Both together.
    pub both: u32,
}

impl Responsible {
    /// All of them.
    pub fn delayed_days(self) -> u64 {
        u64::from(self.nhs) + u64::from(self.social_care) + u64::from(self.both)
    }
}

impl MonthOfOutturn {
    /// A month that a person put in.
    pub fn entered(month: Month, delayed_days: u32) -> Self {
        Self { month, delayed_days: Figure::entered(delayed_days), responsible: None, reasons: BTreeMap::new() }
    }

    /// Delayed days over the days of the month: the average number of people delayed.
    pub fn people(&self) -> f64 {
        f64::from(self.delayed_days.value) / f64::from(self.month.days())
    }

    /// Whether anything is known of its days but their number.
    pub fn is_split(&self) -> bool {
        self.responsible.is_some() || !self.reasons.is_empty()
    }

    /// What its source says the days were.
    pub fn published(&self) -> u32 {
        self.delayed_days.was.unwrap_or(self.delayed_days.value)
    }
}

impl Scenario {
    /// Its outturn of that month.
    pub fn outturn_of(&self, month: Month) -> Option<&MonthOfOutturn> {
        self.outturn.iter().find(|outturn| outturn.month == month)
    }

    /// The first month of the plan that is neither history nor outturn yet, if there is one.
    pub fn next_outturn(&self) -> Option<Month> {
        let known = self.history.months.last().map(|month| month.month);
        let mut later = self.horizon().months().filter(|month| known.is_none_or(|known| *month > known));
        later.find(|month| self.outturn_of(*month).is_none())
    }
}
