//! Every figure of a scenario with where it came from, as a table.

use crate::chart::Table;
use crate::scenario::Scenario;
use crate::scenario::sourced::{Sourced, figures};

/// A row for each figure: what it is of, its value, what it was moved from, how it is known, and its source.
pub(super) fn table(scenario: &Scenario) -> Table {
    let row = |figure: Sourced| {
        let Sourced { of, name, value, moved_from, known, source, .. } = figure;
        vec![of, name, value, moved_from.unwrap_or_default(), known.in_words().to_owned(), source]
    };
    let columns = ["Of", "Figure", "Value", "Moved from", "Known", "Source"].map(str::to_owned);
    Table { columns: columns.into(), rows: figures(scenario).into_iter().map(row).collect() }
}
