//! Indicators published for every area, with the place that this one has among others.

use serde::{Deserialize, Serialize};

use super::Wanted;
use crate::scenario::{Figure, Id, Quantity};

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// The name it is known by in the file.
    pub id: Id,
    /// As published.
    pub name: String,
    /// What its figure counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Which way is better.
    pub wanted: Wanted,
    /// The area's figure.
    pub value: Figure<Quantity>,
    /// The same for all of England, where it is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub national: Option<Figure<Quantity>>,
    /// Its place among its neighbours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub neighbours: Option<Rank>,
    /// Its place among all authorities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorities: Option<Rank>,
    /// Whether it is the rate of delayed days per day and 100,000 adults, which the forecast has too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_delays: bool,
}

/// A place in an order, 1 the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rank {
    /// Its place.
    pub place: u16,
    /// Of how many, as printed.
    pub of: u16,
}
