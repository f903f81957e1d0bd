//! iBCF Planner: a plan for the improved Better Care Fund, from pounds to people waiting.
//!
//! One way through the house: a file becomes a [`scenario::Scenario`]; the scenario becomes figures; figures become
//! charts; charts go to the window. Nothing flows back except an [`scenario::Edit`]. In reading order:
//!
//! - [`money`], [`calendar`]: exact pounds, financial years, real days.
//! - [`scenario`]: what a scenario says, its rules, and every change a person can make.
//! - [`file`](mod@file): a scenario on disk: read with every fault named and placed, written to be read, saved whole or not at all.
//! - [`ledger`]: what the money does: balance, commitments, headroom, unfunded.
//! - [`forecast`]: what the money does to people: how many are delayed, day by day.
//! - [`command_line`]: the same figures without a window.
//! - [`bundled`]: the scenarios that come with the planner.

pub mod bundled;
pub mod calendar;
pub mod command_line;
pub mod file;
pub mod forecast;
pub mod ledger;
pub mod money;
pub mod scenario;
