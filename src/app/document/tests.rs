//! The open scenario's own promises: every act is one step or none, and steps lead there and back to the byte.

use proptest::prelude::*;

use super::Document;
use crate::bundled::JULY_2017;
use crate::file::write;
use crate::money::Money;
use crate::scenario::edit::{Move, Steps};
use crate::scenario::{Edit, Scenario};

fn document() -> Document {
    Document::new(JULY_2017.open().expect("the bundled plan is sound"), None).expect("its sums hold")
}

fn beds(pounds: i64) -> Edit {
    Edit::SetAllocation {
        scheme: "care-home-beds".parse().expect("an id"),
        year: "2017/18".parse().expect("a year"),
        amount: Money::pounds(pounds).expect("a sum"),
    }
}

/// What a hand may do, in any order.
#[derive(Clone, Debug)]
enum Act {
    Do(i64),
    Drag(i64),
    Drop(i64),
    Cancel,
    Undo,
    Redo,
    GoTo(usize),
    Save,
}

fn any_act() -> impl Strategy<Value = Act> {
    // Some are refused, and some leave all as it was.
    let pounds = prop::sample::select(vec![-1, 0, 5, 650_000, 700_000, 900_000]);
    prop_oneof![
        3 => pounds.clone().prop_map(Act::Do),
        4 => pounds.clone().prop_map(Act::Drag),
        3 => pounds.prop_map(Act::Drop),
        1 => Just(Act::Cancel),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => (0_usize..8).prop_map(Act::GoTo),
        1 => Just(Act::Save),
    ]
}

/// Does it; what is refused leaves all as it was, which is what is tried here.
fn act(document: &mut Document, act: &Act) {
    let _ = match *act {
        Act::Do(pounds) => document.apply(beds(pounds)),
        Act::Drag(pounds) => document.drag(&beds(pounds)).map(|_| ()),
        Act::Drop(pounds) => document.drop_drag(beds(pounds)),
        Act::Cancel => {
            document.cancel_drag();
            Ok(())
        }
        Act::Undo => document.undo(),
        Act::Redo => document.redo(),
        Act::GoTo(place) => document.go_to(place),
        Act::Save => {
            let (text, scenario) = (document.text()(), document.before_drag().clone());
            document.note_saved("july.ron".into(), text, scenario);
            Ok(())
        }
    };
}

/// What a journal of the moves would bring back.
fn replayed(moves: &[Move]) -> Scenario {
    let mut steps = Steps::default();
    let first = JULY_2017.open().expect("the bundled plan is sound").scenario;
    moves.iter().fold(first, |now, made| steps.replay(&now, made).expect("it was done before"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_was_dragged_cancelled_and_undone_all_undone_gives_the_first_bytes_and_all_redone_the_last(
        acts in prop::collection::vec(any_act(), 1..24),
    ) {
        let mut document = document();
        let first = document.text()();
        let mut moves = Vec::new();
        for one in &acts {
            act(&mut document, one);
            moves.extend(document.take_moves());
            prop_assert_eq!(&replayed(&moves), document.before_drag(), "a journal equals the document at every step");
            if let Some(place) = document.saved_at() {
                let saved = document.steps().scenario_at(document.before_drag(), place).expect("a step");
                prop_assert_eq!(&saved, document.saved(), "the mark stands where it was saved");
            }
        }
        document.cancel_drag();
        let standing = document.steps().standing();
        let last = write(document.scenario());
        while document.steps().undo_words().is_some() {
            document.undo().map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        }
        prop_assert_eq!(write(document.scenario()), first);
        document.go_to(standing).map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        prop_assert_eq!(write(document.scenario()), last);
    }
}

#[test]
fn a_drag_is_one_step_however_far_it_went_and_none_where_it_came_back() {
    let mut document = document();
    for pounds in [800_000, 100_000, 650_000] {
        assert_eq!(document.drag(&beds(pounds)), Ok(true));
    }
    assert!(document.steps().is_empty(), "while the hand is down nothing is kept");
    document.drop_drag(beds(650_000)).expect("it holds");
    assert_eq!(document.steps().undo_words(), Some("40 care-home beds 2017/18: £900,000 → £650,000"));
    assert_eq!(document.take_moves(), [Move::Did(beds(650_000))]);
    document.drag(&beds(5)).expect("it holds");
    document.drop_drag(beds(650_000)).expect("it holds");
    assert_eq!((document.steps().len(), document.take_moves()), (1, Vec::new()));
    document.drag(&beds(5)).expect("it holds");
    document.cancel_drag();
    assert_eq!((document.steps().len(), document.take_moves()), (1, Vec::new()));
}

#[test]
fn the_mark_of_what_is_saved_stays_where_it_was_saved_until_that_can_not_be_gone_back_to() {
    let mut document = document();
    let save = |document: &mut Document, scenario: Scenario| {
        document.note_saved("july.ron".into(), write(&scenario), scenario);
    };
    for pounds in [1, 2, 3] {
        document.apply(beds(pounds)).expect("it holds");
    }
    assert_eq!(document.saved_at(), Some(0), "as it was opened");
    let third = document.scenario().clone();
    document.apply(beds(4)).expect("it holds");
    save(&mut document, third); // the save began before the fourth step
    assert_eq!(document.saved_at(), Some(3));
    assert!(document.is_changed());
    document.undo().expect("a step");
    assert!(!document.is_changed());
    document.undo().expect("a step");
    assert_eq!(document.saved_at(), Some(3), "it can be gone forward to");
    document.apply(beds(5)).expect("it holds");
    assert_eq!(document.saved_at(), None, "the third step is gone");
    let now = document.scenario().clone();
    save(&mut document, now);
    assert_eq!(document.saved_at(), Some(3));
}

#[test]
fn going_back_over_many_steps_works_the_figures_out_for_the_step_gone_to() {
    let mut document = document();
    let opened = document.figures().ledger.clone();
    for pounds in 1..=20 {
        document.apply(beds(pounds)).expect("it holds");
    }
    document.go_to(0).expect("a step");
    assert_eq!(document.figures().ledger, opened);
    document.go_to(20).expect("a step");
    assert_eq!(document.figures().ledger.schemes.len(), opened.schemes.len());
    assert_ne!(document.figures().ledger, opened);
    assert!(document.go_to(21).is_err());
}
