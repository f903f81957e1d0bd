//! An agreed ceiling for the average number of people delayed in one month.

use serde::{Deserialize, Serialize};

use super::{Figure, Quantity};
use crate::calendar::Month;

/// At most so many people delayed, on average over a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The month.
    pub month: Month,
    /// The most people delayed, averaged over its days.
    pub at_most: Figure<Quantity>,
}
