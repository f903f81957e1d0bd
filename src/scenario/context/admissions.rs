//! The inputs of an arithmetic: what a target for emergency admissions asks of a year in which they have risen, what an
//! admission avoided saves at a marginal tariff, and what an hour of home care costs.

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::scenario::{Figure, Quantity};

/// The inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admissions {
    /// How far below last year they are to come: 0.035.
    pub target: Figure<Quantity>,
    /// How far above last year they stand: 0.072.
    pub rise: Figure<Quantity>,
    /// The share of its cost that is paid for an admission beyond the base: 0.30.
    pub marginal_rate: Figure<Quantity>,
    /// The saving sought, as a share of what the year's admissions cost at the whole tariff.
    pub saving_sought: Figure<Quantity>,
    /// Hours of home care that money buys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_care: Option<HomeCareHours>,
}

/// Hours of home care, and the money for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeCareHours {
    /// Pounds a year.
    pub money: Figure<Money>,
    /// Hours a week that it pays for.
    pub hours_a_week: Figure<Quantity>,
    /// Hours a week before.
    pub base: Figure<Quantity>,
}
