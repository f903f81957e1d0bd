//! The expenditure table of a Better Care Fund planning template, in and out.
//!
//! A table is recognised by the words of its headings ([`columns`]), which a person may then map otherwise. Each row
//! becomes a scheme, or says why it does not come in ([`rows`]); those that do come in as one edit. What the template says
//! of a scheme that the plan has no field for stands in the scheme's description, a line for each ([`details`]), so that
//! the same table can be written again.

pub mod columns;
mod details;
mod rows;

#[cfg(test)]
mod tests;

pub use columns::{Column, Mapping, Unit, tables};
pub use details::table;
pub use rows::{Preview, Row, fundings, is_same, letters, preview};
