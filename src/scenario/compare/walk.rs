//! The decision about each figure that a walk comes to: whose stands, and what is told of it.

use std::fmt;

use super::said::{self, Say, told};
use super::{About, Conflict, Difference, Place, Scenario, Side};
use crate::calendar::FinancialYear;

/// A walk through three versions of a scenario: the base, mine and theirs. What holds of one field of theirs holds of
/// its parts, so that every step hands on three of them.
pub(super) struct Walk<'a> {
    /// Base, mine and theirs.
    pub(super) scenarios: [&'a Scenario; 3],
    choose_theirs: &'a [Place],
    taken: Vec<Difference>,
    conflicts: Vec<Conflict>,
}

/// Where the walk stands, for places and words.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) place: Place,
    pub(super) about: About,
    year: Option<FinancialYear>,
    name: String,
}

impl Spot {
    /// A field of the scenario itself.
    pub(super) fn new(about: About, field: &'static str, name: &str) -> Self {
        Self { place: Place::default().field(field), about, year: None, name: name.to_owned() }
    }

    /// A field of what stands here: `Care-home beds, part of it`.
    pub(super) fn field(&self, field: &'static str, name: &str) -> Self {
        Self { place: self.place.field(field), name: format!("{}, {name}", self.name), ..self.clone() }
    }

    /// A field that people call by the name of the whole.
    pub(super) fn same(&self, field: &'static str) -> Self {
        Self { place: self.place.field(field), ..self.clone() }
    }

    /// What stands here for one year.
    pub(super) fn year(&self, year: FinancialYear) -> Self {
        let name = format!("{} {year}", self.name);
        Self { place: self.place.key(year), year: Some(year), name, ..self.clone() }
    }

    /// The item of a list that is known by this name.
    pub(super) fn key(&self, key: impl fmt::Display) -> Self {
        Self { place: self.place.key(key), ..self.clone() }
    }

    /// The item of a list that has no name of its own.
    pub(super) fn item(&self, at: usize) -> Self {
        Self { place: self.place.item(at), ..self.clone() }
    }

    /// The same place, which people call `name`.
    pub(super) fn named(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// The same place, said to belong to something else.
    pub(super) fn about(self, about: About) -> Self {
        Self { about, ..self }
    }

    /// As people call what stands here.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(scenarios: [&'a Scenario; 3], choose_theirs: &'a [Place]) -> Self {
        Self { scenarios, choose_theirs, taken: Vec::new(), conflicts: Vec::new() }
    }

    /// What was taken from theirs, in the order told.
    pub(super) fn taken(self) -> Vec<Difference> {
        self.found().0
    }

    /// What was taken from theirs, and what is in conflict, in the order told.
    pub(super) fn found(mut self) -> (Vec<Difference>, Vec<Conflict>) {
        self.taken.sort_by_key(|difference| difference.about.rank());
        self.conflicts.sort_by_key(|conflict| conflict.about.rank());
        (self.taken, self.conflicts)
    }

    /// Something that goes as one, or is not there.
    pub(super) fn maybe<T: Say>(&mut self, spot: &Spot, [base, mine, theirs]: [Option<&T>; 3]) -> Option<T> {
        match self.decide(spot, [base, mine, theirs]) {
            Side::Mine => mine.cloned(),
            Side::Theirs => theirs.cloned(),
        }
    }

    /// Something that goes as one.
    pub(super) fn leaf<T: Say>(&mut self, spot: &Spot, [base, mine, theirs]: [&T; 3]) -> T {
        match self.decide(spot, [Some(base), Some(mine), Some(theirs)]) {
            Side::Mine => mine.clone(),
            Side::Theirs => theirs.clone(),
        }
    }

    /// Something that is gone into where all three have it, and otherwise goes as one.
    pub(super) fn within<T: Say>(
        &mut self,
        spot: &Spot,
        versions: [Option<&T>; 3],
        mut deeper: impl FnMut(&mut Self, &Spot, [&T; 3]) -> T,
    ) -> Option<T> {
        match versions {
            [Some(base), Some(mine), Some(theirs)] if mine != theirs && base != theirs => {
                Some(deeper(self, spot, [base, mine, theirs]))
            }
            _ => {
                let (conflicts_before, [in_base, in_mine, in_theirs]) = (self.conflicts.len(), self.scenarios);
                let settled = self.maybe(spot, versions);
                if let Some(conflict) = self.conflicts.get_mut(conflicts_before) {
                    // One side removed what the other changed: what was changed is told by going into it.
                    let mut changes = |base: &T, to: &T, scenario: &'a Scenario| {
                        let mut within = Walk::new([in_base, in_base, scenario], &[]);
                        deeper(&mut within, spot, [base, base, to]);
                        let words = within.taken().into_iter().map(|difference| difference.words);
                        words.collect::<Vec<_>>().join("; ")
                    };
                    match versions {
                        [Some(base), Some(mine), None] => conflict.mine_in_words = changes(base, mine, in_mine),
                        [Some(base), None, Some(theirs)] => conflict.theirs_in_words = changes(base, theirs, in_theirs),
                        _ => {}
                    }
                }
                settled
            }
        }
    }

    /// Whose stands. What only they changed is told as taken; what both changed differently as a conflict.
    pub(super) fn decide<T: Say>(&mut self, spot: &Spot, [base, mine, theirs]: [Option<&T>; 3]) -> Side {
        if mine == theirs || base == theirs {
            return Side::Mine;
        }
        let [in_base, in_mine, in_theirs] = self.scenarios;
        if mine == base {
            let told = told(&spot.name, base.map(|item| (item, in_base)), theirs.map(|item| (item, in_theirs)));
            self.taken.push(Difference {
                place: spot.place.clone(),
                about: spot.about.clone(),
                year: spot.year,
                name: told.name,
                before: told.before,
                after: told.after,
                words: told.words,
            });
            return Side::Theirs;
        }
        let taken = if self.choose_theirs.contains(&spot.place) { Side::Theirs } else { Side::Mine };
        let base_in = base.map(|item| (item, in_base));
        self.conflicts.push(Conflict {
            place: spot.place.clone(),
            about: spot.about.clone(),
            year: spot.year,
            name: spot.name.clone(),
            base: base.map(|item| item.say(in_base)),
            mine: mine.map(|item| item.say(in_mine)),
            theirs: theirs.map(|item| item.say(in_theirs)),
            mine_in_words: said::done(base_in, mine.map(|item| (item, in_mine))),
            theirs_in_words: said::done(base_in, theirs.map(|item| (item, in_theirs))),
            taken,
        });
        taken
    }
}
