//! States of the money that were kept under a name while people talked: “Beds first”.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ByYear, Edit, Id, Scenario};
use crate::calendar::FinancialYear;
use crate::money::Money;

/// The most states that a scenario keeps.
pub const MOST_BOOKMARKS: usize = 50;

/// The money of all schemes, kept under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bookmark {
    /// What people call it; no two are called the same.
    pub name: String,
    /// Each scheme with money or a commitment; one that is not named has neither.
    pub schemes: Vec<KeptMoney>,
}

/// One scheme's money, as it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptMoney {
    /// Whose.
    pub scheme: Id,
    /// Pounds in each year that has any.
    pub allocations: ByYear<Money>,
    /// The years in which it is bound.
    pub committed: BTreeSet<FinancialYear>,
}

impl Bookmark {
    /// The money of a scenario as it stands.
    pub fn of(scenario: &Scenario, name: &str) -> Self {
        let kept = scenario.schemes.iter().map(|scheme| KeptMoney {
            scheme: scheme.id.clone(),
            allocations: scheme
                .allocations
                .iter()
                .filter(|(_, figure)| !figure.value.is_zero())
                .map(|(year, figure)| (year, figure.value))
                .collect(),
            committed: scheme.commitment.years.value.clone(),
        });
        let named = kept.filter(|kept| !kept.allocations.is_empty() || !kept.committed.is_empty());
        Self { name: name.to_owned(), schemes: named.collect() }
    }

    fn scheme(&self, id: &Id) -> Option<&KeptMoney> {
        self.schemes.iter().find(|kept| kept.scheme == *id)
    }

    /// Whether a scenario's money stands as it was kept.
    pub fn is_state_of(&self, scenario: &Scenario) -> bool {
        self.steps_from(scenario).is_empty()
    }

    /// The edit that gives every scheme of a scenario its money as it was kept, in one step.
    pub fn going_to(&self, scenario: &Scenario) -> Edit {
        Edit::Called { words: format!("Money as in “{}”", self.name), edits: self.steps_from(scenario) }
    }

    fn steps_from(&self, scenario: &Scenario) -> Vec<Edit> {
        let years: Vec<FinancialYear> = scenario.fund.grant.iter().map(|(year, _)| year).collect();
        let nothing = BTreeSet::new();
        let mut steps = Vec::new();
        for scheme in &scenario.schemes {
            let kept = self.scheme(&scheme.id);
            for &year in &years {
                let amount = kept.and_then(|kept| kept.allocations.get(year)).copied().unwrap_or_default();
                if scheme.allocation(year) != amount {
                    steps.push(Edit::SetAllocation { scheme: scheme.id.clone(), year, amount });
                }
                let committed = kept.map_or(&nothing, |kept| &kept.committed).contains(&year);
                if scheme.is_committed(year) != committed {
                    steps.push(Edit::SetCommitted { scheme: scheme.id.clone(), year, committed });
                }
            }
        }
        steps
    }
}

/// A name that no kept state has yet: `State 1`.
pub fn suggested_name(scenario: &Scenario) -> String {
    let is_free = |name: &String| scenario.bookmarks.iter().all(|bookmark| bookmark.name != *name);
    let names = (scenario.bookmarks.len() + 1..).map(|number| format!("State {number}"));
    names.into_iter().find(is_free).unwrap_or_default()
}
