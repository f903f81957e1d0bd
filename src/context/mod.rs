//! What follows from the papers' context ([`crate::scenario::context`]): slips, directions, sums, scores and shares, as
//! pure functions over the scenario, its ledger and its forecast. The papers' own words stay beside what is computed.

pub mod admissions;
pub mod changes;
pub mod dashboard;
pub mod delivery;
pub mod measures;
pub mod pool;
pub mod purposes;
pub mod risks;
