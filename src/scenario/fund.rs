//! The pot: its grant by year, whether what is left carries forward, and what things cost.

use serde::{Deserialize, Serialize};

use super::{ByYear, Figure, Id};
use crate::money::Money;

/// A fund and its income.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fund {
    /// Its name, such as `Improved Better Care Fund`.
    pub name: String,
    /// Income in each financial year, in pounds. The years are consecutive and set the plan's horizon.
    pub grant: ByYear<Figure<Money>>,
    /// Whether a year's balance adds to the next year's.
    pub carries_forward: Figure<bool>,
}

/// What things cost, for comparison with what the plan achieves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// What one delayed day costs the NHS.
    pub delayed_day: Figure<Money>,
    /// Other unit costs that a planner argues with.
    pub others: Vec<UnitCost>,
}

/// The cost of one of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitCost {
    /// The name it is known by in the file.
    pub id: Id,
    /// Of what: `An hour of home care`.
    pub name: String,
    /// Pounds for one.
    pub amount: Figure<Money>,
}
