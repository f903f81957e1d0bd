//! What a scheme's money changes in a pathway, with low, central and high values and the evidence for them.

use serde::{Deserialize, Serialize};

use super::{Figure, Id, Kind, Quantity};
use crate::calendar::Date;
use crate::money::Money;

/// So much change per so many pounds of full-year money, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The pathway that changes.
    pub pathway: Id,
    /// What changes in it.
    pub change: Change,
    /// How much: places for [`Change::Places`], otherwise the share taken away (0.15 = 15% less). Its source is
    /// the evidence.
    pub size: Figure<Range>,
    /// For how many pounds of full-year money.
    pub per: Figure<Money>,
    /// From when.
    pub start: Start,
    /// Days until the effect is whole: from its start, or from the milestone that it is whole after.
    pub ramp_days: Figure<u16>,
    /// The milestone of the same scheme from which those days are counted; until then it grows from its start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole_after: Option<Id>,
    /// What it runs on ends before its money does, and is renewed; none: it runs for as long as there is money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal: Option<Renewal>,
    /// Days until it is gone once the money stops.
    pub fade_days: Figure<u16>,
    /// The most it can ever reach, however much money: places, or a share.
    pub most: Figure<Quantity>,
}

/// What an effect changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Adds places to a service.
    Places,
    /// Closes part of the gap between the places contracted and those delivered.
    Delivery,
    /// Shortens the stay in a service.
    Stay,
    /// Shortens the days that a process takes.
    Process,
    /// Fewer people need the pathway.
    Referrals,
    /// Fewer places are lost each year.
    Attrition,
    /// Closes part of the gap between weekend and weekday starts.
    Weekend,
}

impl Change {
    /// In the order offered.
    pub const ALL: [Self; 7] =
        [Self::Places, Self::Delivery, Self::Stay, Self::Process, Self::Referrals, Self::Attrition, Self::Weekend];

    /// Whether there is such a thing to change in a pathway of that kind.
    pub fn is_in(self, kind: &Kind) -> bool {
        let process = matches!(kind, Kind::Process { .. });
        match self {
            Self::Referrals => true,
            Self::Process => process,
            Self::Places | Self::Delivery | Self::Stay | Self::Attrition | Self::Weekend => !process,
        }
    }

    /// As people say it, to follow a size: `30 more places`, `15% shorter stay`.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Places => "more places",
            Self::Delivery => "less of the contract undelivered",
            Self::Stay => "shorter stay",
            Self::Process => "less time to complete",
            Self::Referrals => "fewer referrals",
            Self::Attrition => "fewer places lost each year",
            Self::Weekend => "less of a gap at weekends",
        }
    }
}

/// A contract's end and what comes after it. From the day after one to the day of the other the effect fades, and the
/// money for those days buys nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// The last day of what it runs on.
    pub ends: Figure<Date>,
    /// The milestone of the same scheme with which it runs again.
    pub with: Id,
}

/// Low, central and high values of something uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// It is hardly less than this.
    pub low: Quantity,
    /// The best guess.
    pub central: Quantity,
    /// It is hardly more than this.
    pub high: Quantity,
}

/// When an effect begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Start {
    /// On a day of its own.
    On(Figure<Date>),
    /// When a milestone of the same scheme is reached.
    Milestone(Id),
}
