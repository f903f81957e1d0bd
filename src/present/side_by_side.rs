//! Two states of the money beside each other: what is left, what is unfunded, who waits, and a sentence on what differs.

use super::change::Change;
use super::{MOST_FIGURES, Plan};
use crate::chart::{Table, count, left_or_over, next_targets};
use crate::forecast::Forecast;
use crate::ledger::Ledger;
use crate::scenario::Scenario;
use crate::scenario::bookmark::Bookmark;
use crate::scenario::edit::apply;

/// What is called the state that stands.
const NOW: &str = "The plan as it stands";

/// What a table of two states says of its people.
pub const BY_EXPECTED_RUN: &str = "People delayed and days avoided are those of the expected run, without chance.";

/// Compares two kept states, or one with the plan as it stands. People delayed are those of the expected run, as
/// replications of states that are not open would take too long.
pub fn side_by_side(plan: &Plan<'_>, one: Option<&Bookmark>, other: Option<&Bookmark>) -> (String, Table) {
    let states = [State::of(plan, one), State::of(plan, other)];
    let [Some(one), Some(other)] = states else {
        return ("One of the two states can’t be gone to from this plan".to_owned(), Table::default());
    };
    let finding = match Change::between(&one.scenario, &other.scenario) {
        None => format!("“{}” and “{}” are the same", one.name, other.name),
        Some(change) => format!("“{}” against “{}”: {}", other.name, one.name, change.in_full()),
    };
    let columns = vec![String::new(), one.name.clone(), other.name.clone()];
    let mut rows = Vec::new();
    for (left, right) in one.ledger.years.iter().zip(&other.ledger.years) {
        rows.push(vec![format!("Balance {}", left.year), left_or_over(left.balance), left_or_over(right.balance)]);
    }
    let unfunded = |state: &State| {
        let first = state.ledger.first_unfunded_year();
        first.map_or_else(|| "none".to_owned(), |line| format!("{}, by {}", line.year, line.unfunded.short()))
    };
    rows.push(vec!["First unfunded year".to_owned(), unfunded(&one), unfunded(&other)]);
    for (target, _) in next_targets(&one.scenario, &one.forecast).into_iter().take(MOST_FIGURES) {
        // No verdict: that is of the runs with chance, which the pages show.
        let people = |state: &State| count(state.forecast.month(target.month).map_or(0.0, |month| month.expected));
        let name = format!("Delayed in {}, target {}", target.month.in_words(), count(target.at_most));
        rows.push(vec![name, people(&one), people(&other)]);
    }
    let avoided = |state: &State| count(state.forecast.delayed_days_avoided());
    rows.push(vec!["Delayed days avoided".to_owned(), avoided(&one), avoided(&other)]);
    (finding, Table { columns, rows })
}

/// One state with its figures.
struct State {
    name: String,
    scenario: Scenario,
    ledger: Ledger,
    forecast: Forecast,
}

impl State {
    fn of(plan: &Plan<'_>, bookmark: Option<&Bookmark>) -> Option<Self> {
        // A lock guards against a slip of the hand; looking at a state changes nothing.
        let mut unlocked = plan.scenario.clone();
        unlocked.schemes.iter_mut().for_each(|scheme| std::sync::Arc::make_mut(scheme).locked = false);
        let (name, scenario) = if let Some(kept) = bookmark {
            (kept.name.clone(), apply(&unlocked, &kept.going_to(&unlocked)).ok()?.scenario)
        } else {
            (NOW.to_owned(), unlocked)
        };
        Some(Self { ledger: Ledger::of(&scenario).ok()?, forecast: Forecast::of(&scenario), name, scenario })
    }
}
