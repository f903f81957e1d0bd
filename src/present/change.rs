//! What has been done to the money since the scenario was opened, in the words that begin a sentence.

use std::sync::Arc;

use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::scenario::{Id, Scenario};

/// Money that was moved between two states of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Each scheme and year whose money differs, in the order of the plan.
    pub moved: Vec<Moved>,
    /// Each scheme and year that was bound or freed, in the order of the plan.
    pub bound: Vec<Bound>,
    /// Whether anything but money and commitments differs.
    pub others: bool,
    /// Whether the plan has more than one year, so that the year has to be named.
    several_years: bool,
}

/// One scheme's money in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Whose.
    pub scheme: Id,
    /// Its name.
    pub name: String,
    /// Which year's.
    pub year: FinancialYear,
    /// More, or below zero less.
    pub by: Money,
}

/// One scheme's commitment in one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Its name.
    pub name: String,
    /// Which year's.
    pub year: FinancialYear,
    /// Whether it is bound now; else it was freed.
    pub committed: bool,
}

impl Change {
    /// What was done between two states; nothing where all that is told of them is the same: a state that was kept, a note
    /// or a name changes no finding.
    pub fn between(opened: &Scenario, now: &Scenario) -> Option<Self> {
        let years: Vec<FinancialYear> = now.horizon().financial_years().collect();
        let mut moved = Vec::new();
        let mut bound = Vec::new();
        for scheme in &now.schemes {
            let then = opened.scheme(&scheme.id).map(|(_, then)| then);
            for year in &years {
                let before = then.map_or(Money::ZERO, |then| then.allocation(*year));
                let by = scheme.allocation(*year).less(before).unwrap_or_default();
                if !by.is_zero() {
                    moved.push(Moved { scheme: scheme.id.clone(), name: scheme.name.clone(), year: *year, by });
                }
                let committed = scheme.is_committed(*year);
                if then.is_some_and(|then| then.is_committed(*year) != committed) {
                    bound.push(Bound { name: scheme.name.clone(), year: *year, committed });
                }
            }
        }
        let gone = opened.schemes.iter().filter(|then| now.scheme(&then.id).is_none());
        for then in gone {
            for year in &years {
                let by = Money::ZERO.less(then.allocation(*year)).unwrap_or_default();
                if !by.is_zero() {
                    moved.push(Moved { scheme: then.id.clone(), name: then.name.clone(), year: *year, by });
                }
            }
        }
        let others = moved.is_empty() && bound.is_empty();
        if others && (opened == now || findings_of(opened) == findings_of(now)) {
            return None;
        }
        Some(Self { moved, bound, others, several_years: years.len() > 1 })
    }

    /// `£250,000 less on 40 care-home beds in 2017/18`, to begin a sentence whose verb [`Change::verb`] gives.
    pub fn in_words(&self) -> String {
        let mut largest: Vec<&Moved> = self.moved.iter().collect();
        largest.sort_by_key(|moved| std::cmp::Reverse(moved.by.abs()));
        match largest.as_slice() {
            [] => self.bound_in_words().unwrap_or_else(|| "What was changed".to_owned()),
            [one] => self.of(one),
            [one, other] => format!("{} and {}", self.of(one), self.of(other)),
            [one, rest @ ..] => format!("{} and {} other changes", self.of(one), rest.len()),
        }
    }

    /// `Committing 40 care-home beds in 2018/19 and freeing home care fees in 2019/20`, if any was bound or freed.
    fn bound_in_words(&self) -> Option<String> {
        let of = |bound: &Bound| {
            let verb = if bound.committed { "committing" } else { "freeing" };
            format!("{verb} {} in {}", bound.name, bound.year)
        };
        let said = match self.bound.as_slice() {
            [] => return None,
            [one] => of(one),
            [one, other] => format!("{} and {}", of(one), of(other)),
            [one, rest @ ..] => format!("{} and {} other commitments that were changed", of(one), rest.len()),
        };
        let mut letters = said.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect())
    }

    /// Every scheme and year, up to three, and what was bound or freed: `£250,000 less on …; £100,000 more on …`.
    pub fn in_full(&self) -> String {
        let mut parts = match self.moved.as_slice() {
            few @ ([] | [_] | [_, _] | [_, _, _]) => few.iter().map(|moved| self.of(moved)).collect(),
            _ => vec![self.in_words()],
        };
        parts.extend(self.bound_in_words());
        if parts.is_empty() { self.in_words() } else { parts.join("; ") }
    }

    fn of(&self, moved: &Moved) -> String {
        let direction = if moved.by.is_negative() { "less" } else { "more" };
        let year = if self.several_years { format!(" in {}", moved.year) } else { String::new() };
        format!("{} {direction} on {}{year}", moved.by.abs().exact(), moved.name)
    }

    /// The verb that follows: of one thing, or of several.
    pub fn verb(&self, one: &'static str, several: &'static str) -> &'static str {
        if self.moved.len() > 1 || (self.moved.is_empty() && self.bound.len() > 1) { several } else { one }
    }

    /// The first year whose money moved.
    pub fn first_year(&self) -> Option<FinancialYear> {
        self.moved.iter().map(|moved| moved.year).min()
    }
}

/// A scenario without what no finding hangs on.
fn findings_of(scenario: &Scenario) -> Scenario {
    let mut bare = Scenario {
        title: String::new(),
        area: String::new(),
        papers: Vec::new(),
        bookmarks: Vec::new(),
        notes: Vec::new(),
        context: Arc::default(),
        ..scenario.clone()
    };
    for scheme in bare.schemes.iter_mut().map(Arc::make_mut) {
        scheme.name.clear();
        scheme.about.clear();
        scheme.locked = false;
    }
    bare
}
