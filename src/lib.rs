//! iBCF Planner: a plan for the improved Better Care Fund, from pounds to people waiting.
//!
//! One way through the house: a file becomes a [`scenario::Scenario`]; the scenario becomes figures; figures become
//! charts; charts go to the window or to paper. Nothing flows back except a [`scenario::Edit`]. In reading order:
//!
//! - [`money`], [`calendar`]: exact pounds, financial years, real days.
//! - [`scenario`]: what a scenario says, its rules, and every change a person can make.
//! - [`mod@file`]: a scenario on disk: read, refused or written, never half.
//! - [`sheets`]: the cells of workbooks from elsewhere, read in bounded memory.
//! - [`bundled`]: the scenarios that come with the program.
//! - [`glossary`]: the field's words and what they mean here.
//! - [`ledger`]: what the money does: balance, commitments, headroom, unfunded.
//! - [`forecast`]: what the money does to people: how many are delayed, day by day.
//! - [`published`]: NHS England’s monthly workbooks, and a plan for any area made from them.
//! - [`template`]: the expenditure table of a Better Care Fund planning template, in and out.
//! - [`context`]: what follows from what the papers report around the plan.
//! - [`chart`]: what a picture says, without a screen.
//! - [`present`]: a scenario as a room sees it, one finding at a time.
//! - [`export`]: pictures, tables, a workbook and a board paper of what the charts say.
//! - [`command_line`]: the same figures without a window.
//! - `app`: the window (with the feature `window`).

#[cfg(feature = "window")]
pub mod app;
pub mod bundled;
pub mod calendar;
pub mod chart;
pub mod command_line;
pub mod context;
pub mod export;
pub mod file;
pub mod forecast;
pub mod glossary;
pub mod ledger;
pub mod money;
pub mod present;
pub mod published;
pub mod scenario;
pub mod sheets;
pub mod template;
