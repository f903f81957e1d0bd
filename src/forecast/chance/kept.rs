//! The first replications of each pathway, kept from one state of a plan to the next: after an edit only the pathways
//! that it touches are run again.
//!
//! Pathways meet nowhere but in the sum of their people, and the days of one hang on nothing but its own
//! [`PreparedPathway`], the weekends and the seed. Where these are equal so is every number, and so what is kept may
//! stand for a new run without anyone being able to tell.

use std::sync::Arc;

use super::prepared::{Prepared, PreparedPathway};
use super::streams::{LANES, Lanes};

/// No more replications of a pathway than this are kept: as many as the second of the window's reports tells of.
const MOST_REPLICATIONS: usize = 1_000;
/// Nor more numbers of people in all, four bytes each: 32 MB, where six pathways of three years come to 27 MB.
const MOST_NUMBERS: usize = 8 << 20;

/// People delayed on one pathway at the end of each day, in the replications of one block.
pub(super) type Days = Box<[Lanes]>;

/// What is kept: to begin with, nothing.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Numbers that there is room for.
    room: usize,
    seed: u64,
    weekends: Vec<bool>,
    pathways: Vec<KeptPathway>,
}

#[derive(Clone, Debug)]
struct KeptPathway {
    of: Arc<PreparedPathway>,
    /// By their numbers; nothing for one that has not been run.
    blocks: Vec<Option<Days>>,
}

/// One block of one pathway that was run anew.
pub(super) struct Fresh {
    pub(super) pathway: usize,
    pub(super) block: usize,
    pub(super) days: Days,
}

impl Default for Kept {
    fn default() -> Self {
        Self { room: MOST_NUMBERS, ..Self::without_room() }
    }
}

impl Kept {
    /// For those who run but once.
    pub(super) fn without_room() -> Self {
        Self { room: 0, seed: 0, weekends: Vec::new(), pathways: Vec::new() }
    }

    /// Turns to a scenario, and lets go of all that does not hold for it.
    pub(super) fn turn_to(&mut self, prepared: &Prepared, seed: u64) {
        if self.seed != seed || self.weekends != prepared.weekends {
            *self = Self { seed, weekends: prepared.weekends.clone(), pathways: Vec::new(), ..*self };
        }
        let numbers = LANES * prepared.weekends.len() * prepared.pathways.len();
        let blocks = MOST_REPLICATIONS.div_ceil(LANES).min(self.room / numbers.max(1));
        if blocks == 0 {
            self.pathways.clear();
            return;
        }
        let mut before = std::mem::take(&mut self.pathways);
        let pathways = prepared.pathways.iter().map(|pathway| {
            let kept = before.iter().position(|kept| kept.of == *pathway);
            let kept = kept.map(|at| before.swap_remove(at).blocks);
            let mut kept = KeptPathway { of: Arc::clone(pathway), blocks: kept.unwrap_or_default() };
            kept.blocks.resize(blocks, None);
            kept
        });
        self.pathways = pathways.collect();
    }

    /// A block of a pathway of the scenario last turned to, if it was run before.
    pub(super) fn days(&self, pathway: usize, block: usize) -> Option<&[Lanes]> {
        self.pathways.get(pathway)?.blocks.get(block)?.as_deref()
    }

    /// Whether there is room for a block.
    pub(super) fn has_room(&self, block: usize) -> bool {
        self.pathways.first().is_some_and(|pathway| block < pathway.blocks.len())
    }

    pub(super) fn keep(&mut self, fresh: Vec<Fresh>) {
        for Fresh { pathway, block, days } in fresh {
            if let Some(place) = self.pathways.get_mut(pathway).and_then(|pathway| pathway.blocks.get_mut(block)) {
                *place = Some(days);
            }
        }
    }

    /// How many blocks of all pathways are kept.
    #[cfg(test)]
    pub(super) fn blocks(&self) -> usize {
        self.pathways.iter().map(|pathway| pathway.blocks.iter().flatten().count()).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use proptest::prelude::*;

    use super::super::{Tally, replicate, replicate_from};
    use super::*;
    use crate::bundled::JULY_2017;
    use crate::money::Money;
    use crate::scenario::edit::apply;
    use crate::scenario::{Edit, Id, PathwayFigure, Range, Scenario};

    const SEED: u64 = 3;

    fn july() -> Scenario {
        JULY_2017.open().expect("sound").scenario
    }

    fn id(text: &str) -> Id {
        text.parse().expect("an id")
    }

    /// A tally of the first replications in two steps, as the window takes them: their blocks need not be whole.
    fn in_steps(kept: &mut Kept, scenario: &Scenario) -> Tally {
        let prepared = Prepared::of(scenario);
        let steps = [0..21, 21..50]
            .map(|step| replicate_from(kept, &prepared, SEED, step, &AtomicBool::new(false)).expect("nobody stops it"));
        let [mut tally, more] = steps;
        tally.merge(more);
        tally
    }

    fn from_scratch(scenario: &Scenario) -> Tally {
        replicate(&Prepared::of(scenario), SEED, 0..50, &AtomicBool::new(false)).expect("nobody stops it")
    }

    fn any_edit() -> impl Strategy<Value = Edit> {
        let plan = july();
        let schemes: Vec<Id> = plan.schemes.iter().map(|scheme| scheme.id.clone()).collect();
        let pathways: Vec<Id> = plan.pathways.iter().map(|pathway| pathway.id.clone()).collect();
        let first = plan.horizon().first_day();
        let any_scheme = || prop::sample::select(schemes.clone());
        let quantity = |text: &str| text.parse().expect("a quantity");
        let figures = PathwayFigure::ALL.to_vec();
        let values: Vec<_> = ["0", "0.05", "0.5", "0.67", "1", "7", "20", "42"].map(quantity).to_vec();
        let sizes: Vec<_> = [["0", "0.01", "0.03"], ["0.1", "0.2", "0.4"], ["20", "30", "45"]]
            .map(|[low, central, high]| Range { low: quantity(low), central: quantity(central), high: quantity(high) })
            .to_vec();
        let years = ["2017/18", "2018/19", "2019/20"].map(|year| year.parse().expect("a year")).to_vec();
        prop_oneof![
            4 => (any_scheme(), prop::sample::select(years), 0_i64..3_000_000).prop_map(|(scheme, year, pounds)| {
                Edit::SetAllocation { scheme, year, amount: Money::pounds(pounds).expect("money") }
            }),
            2 => (any_scheme(), 0_usize..3, prop::sample::select(sizes))
                .prop_map(|(scheme, effect, size)| Edit::SetEffectSize { scheme, effect, size }),
            1 => (any_scheme(), 0_usize..3, -60_i32..1_200).prop_map(move |(scheme, effect, days)| {
                Edit::SetEffectStart { scheme, effect, date: first.plus_days(days).expect("a day") }
            }),
            1 => any_scheme().prop_map(Edit::RemoveScheme),
            3 => (prop::sample::select(pathways), prop::sample::select(figures), prop::sample::select(values))
                .prop_map(|(pathway, figure, value)| Edit::SetPathwayFigure { pathway, figure, value }),
            1 => (0_u8..150).prop_map(|people| Edit::SetTarget {
                month: "2018-03".parse().expect("a month"),
                at_most: people.to_string().parse().expect("a quantity"),
            }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn after_any_edits_and_undoing_them_what_was_kept_gives_what_a_run_from_scratch_gives(
            edits in prop::collection::vec(any_edit(), 1..5),
        ) {
            let (mut now, mut kept) = (july(), Kept::default());
            let mut inverses = Vec::new();
            prop_assert_eq!(in_steps(&mut kept, &now), from_scratch(&now));
            for edit in edits {
                let Ok(applied) = apply(&now, &edit) else { continue };
                now = applied.scenario;
                inverses.push(applied.inverse);
                prop_assert_eq!(in_steps(&mut kept, &now), from_scratch(&now), "{:?}", edit);
            }
            for inverse in inverses.iter().rev() {
                now = apply(&now, inverse).expect("what was done can be undone").scenario;
            }
            let tally = in_steps(&mut kept, &now);
            prop_assert_eq!(&tally, &from_scratch(&now));
            let chance = |tally: &Tally| tally.chance(&Prepared::of(&now), SEED);
            prop_assert_eq!(chance(&tally), chance(&from_scratch(&july())));
        }
    }

    /// How many pathways of the July plan are kept through an edit.
    fn kept_through(edit: &Edit) -> usize {
        let (july, mut kept) = (july(), Kept::default());
        in_steps(&mut kept, &july);
        let edited = apply(&july, edit).expect("it holds").scenario;
        kept.turn_to(&Prepared::of(&edited), SEED);
        kept.blocks() / 50_usize.div_ceil(LANES)
    }

    #[test]
    fn an_edit_lets_go_of_the_pathways_that_it_touches_and_no_other() {
        let money = |scheme: &str| Edit::SetAllocation {
            scheme: id(scheme),
            year: "2018/19".parse().expect("a year"),
            amount: Money::pounds(123_000).expect("money"),
        };
        assert_eq!(kept_through(&money("care-home-fees")), 5); // care homes
        assert_eq!(kept_through(&money("care-home-beds")), 4); // care homes and care at home
        assert_eq!(kept_through(&money("intermediate-care-and-ed-teams")), 3); // assessment, NHS care, care at home
        assert_eq!(kept_through(&money("table-exceeds-text")), 6); // no effects
        // The one it acts on goes; that every later scheme moves up a place touches nothing.
        assert_eq!(kept_through(&Edit::RemoveScheme(id("home-care-fees"))), 5);
        let target =
            Edit::SetTarget { month: "2018-03".parse().expect("a month"), at_most: "70".parse().expect("some") };
        assert_eq!(kept_through(&target), 6);
        let referrals = Edit::SetPathwayFigure {
            pathway: id("choice"),
            figure: PathwayFigure::Referrals,
            value: "9".parse().expect("some"),
        };
        assert_eq!(kept_through(&referrals), 5);
    }

    #[test]
    fn another_seed_or_other_days_let_go_of_everything() {
        let (july, mut kept) = (july(), Kept::default());
        in_steps(&mut kept, &july);
        kept.turn_to(&Prepared::of(&july), SEED + 1);
        assert_eq!(kept.blocks(), 0);
        in_steps(&mut kept, &july);
        let mut shorter = Prepared::of(&july);
        shorter.weekends.pop();
        kept.turn_to(&shorter, SEED);
        assert_eq!(kept.blocks(), 0);
    }

    #[test]
    fn what_is_kept_stays_within_bounds_however_many_pathways_there_are() {
        for pathways in [1, 6, 60, 600, 6_000] {
            let mut prepared = Prepared::of(&july());
            prepared.pathways = prepared.pathways.iter().cycle().take(pathways).cloned().collect();
            let mut kept = Kept::default();
            kept.turn_to(&prepared, SEED);
            let blocks: usize = kept.pathways.iter().map(|pathway| pathway.blocks.len()).sum();
            assert!(blocks * LANES * prepared.weekends.len() <= MOST_NUMBERS);
            assert!(pathways > 6 || kept.has_room((MOST_REPLICATIONS - 1) / LANES), "room for all of them");
        }
    }
}
