//! Two states of the money beside each other: what is left, what is unfunded, who waits, and a sentence on what differs.

use std::sync::Arc;

use super::change::Change;
use super::delays::{Felt, expected, felt, odds};
use super::{MOST_FIGURES, Plan};
use crate::chart::{Table, count, days_avoided, left_or_over, next_targets, percent};
use crate::scenario::Scenario;
use crate::scenario::bookmark::Bookmark;
use crate::scenario::edit::apply;

/// What the state that stands is called.
pub const AS_IT_STANDS: &str = "The plan as it stands";

/// A scenario with its money as it was kept, if it can be gone to from there.
pub fn as_kept(scenario: &Scenario, kept: &Bookmark) -> Option<Scenario> {
    // A lock guards against a slip of the hand; looking at a state changes nothing.
    let mut unlocked = scenario.clone();
    unlocked.schemes.iter_mut().for_each(|scheme| Arc::make_mut(scheme).locked = false);
    Some(apply(&unlocked, &kept.going_to(&unlocked)).ok()?.scenario)
}

/// Compares two states of one scenario, each with its name: a sentence on what differs, and a table.
pub fn side_by_side([(one, left), (other, right)]: [(&str, Plan<'_>); 2]) -> (String, Table) {
    let finding = match Change::between(left.scenario, right.scenario) {
        None => format!("“{one}” and “{other}” are the same"),
        Some(change) => {
            let felt = felt(&right, &left).map_or_else(String::new, |felt| match felt {
                Felt::Nowhere(month) => format!(": nearly the same number waiting in {month}"),
                Felt::There(said) => format!(": {said}"),
            });
            format!("“{other}” against “{one}”: {}{felt}", change.in_full())
        }
    };
    let plans = [left, right];
    let mut rows = Vec::new();
    let mut row = |name: String, cell: &dyn Fn(&Plan<'_>) -> String| {
        rows.push([vec![name], plans.iter().map(cell).collect()].concat());
    };
    for year in left.ledger.years.iter().map(|line| line.year) {
        let balance =
            |plan: &Plan<'_>| plan.ledger.years.iter().find(|line| line.year == year).map(|line| line.balance);
        row(format!("Balance {year}"), &|plan| balance(plan).map_or_else(String::new, left_or_over));
    }
    row("First unfunded year".to_owned(), &|plan| {
        let first = plan.ledger.first_unfunded_year();
        first.map_or_else(|| "none".to_owned(), |line| format!("{}, by {}", line.year, line.unfunded.short()))
    });
    for (target, _) in next_targets(left.scenario, left.forecast).into_iter().take(MOST_FIGURES) {
        let name = format!("Delayed in {}, target {}", target.month.in_words(), count(target.at_most));
        row(name, &|plan| {
            let chance = odds(plan, target.month).map(|odds| format!(" ({} chance)", percent(odds.chance)));
            count(expected(plan, target.month)) + &chance.unwrap_or_default()
        });
    }
    row("Delayed days avoided".to_owned(), &|plan| count(days_avoided(plan.forecast, plan.chance).0));
    (finding, Table { columns: vec![String::new(), one.to_owned(), other.to_owned()], rows })
}

/// Whose figures of people a table of two states has: of the runs that both have, or of the expected run.
pub fn whose_figures(plans: [&Plan<'_>; 2]) -> String {
    let runs = plans.map(|plan| plan.chance.map(|chance| chance.replications));
    match runs {
        [Some(one), Some(other)] => {
            format!("People delayed and days avoided are means of {} runs of each.", count(one.min(other).into()))
        }
        _ => "People delayed and days avoided are those of the expected run, until chance has been run.".to_owned(),
    }
}
