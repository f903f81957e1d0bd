//! Whatever was done, undone and gone back to, every step gives its own scenario again, and so does a replay.

use proptest::prelude::*;

use super::{allocate, any_edit, done, july, lock};
use crate::file::write;
use crate::scenario::Scenario;
use crate::scenario::edit::{Edit, Move, Refusal, Steps, apply};

/// A person at work: the scenario, its steps, and what a journal would hold of it.
struct Work {
    now: Scenario,
    steps: Steps,
    moves: Vec<Move>,
}

impl Work {
    fn new() -> Self {
        Self { now: july(), steps: Steps::default(), moves: Vec::new() }
    }

    fn make(&mut self, made: Move) -> Result<(), Refusal> {
        self.now = self.steps.replay(&self.now, &made)?;
        self.moves.push(made);
        Ok(())
    }

    fn words(&self) -> Vec<&str> {
        (0..self.steps.len()).filter_map(|step| self.steps.words(step)).collect()
    }
}

#[derive(Clone, Debug)]
enum Act {
    Do(Edit),
    /// To a share of all the steps.
    GoTo(f64),
    Undo,
    Redo,
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => any_edit().prop_map(Act::Do),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => (0.0..=1.0).prop_map(Act::GoTo),
    ]
}

fn failed(words: &str) -> impl FnOnce(Refusal) -> TestCaseError {
    move |refusal| TestCaseError::fail(format!("{words}: {refusal}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_run_of_edits_undone_gives_the_first_text_and_redone_the_last(
        acts in prop::collection::vec(any_act(), 1..40),
    ) {
        let mut work = Work::new();
        // What stood with no step, with one, with two …
        let mut stood = vec![work.now.clone()];
        for act in acts {
            let (standing, known) = (work.steps.standing(), work.steps.len());
            match act {
                Act::Do(edit) => if work.make(Move::Did(edit)).is_ok() {
                    stood.truncate(standing + 1);
                    stood.push(work.now.clone());
                },
                Act::Undo => work.make(Move::WentTo(standing.saturating_sub(1))).map_err(failed("undo"))?,
                Act::Redo => work.make(Move::WentTo((standing + 1).min(known))).map_err(failed("redo"))?,
                Act::GoTo(share) => {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short list")]
                    let place = (share * known as f64).round() as usize;
                    work.make(Move::WentTo(place)).map_err(failed("going there"))?;
                }
            }
            prop_assert_eq!(&work.now, &stood[work.steps.standing()]);
            prop_assert_eq!(work.steps.len() + 1, stood.len());
        }
        for (place, then) in stood.iter().enumerate() {
            let found = work.steps.place_of(&work.now, then);
            prop_assert_eq!(found.map(|found| &stood[found]), Some(then), "place {}", place);
        }
        work.make(Move::WentTo(0)).map_err(failed("undoing all"))?;
        prop_assert_eq!(write(&work.now), write(&july()));
        work.make(Move::WentTo(work.steps.len())).map_err(failed("redoing all"))?;
        prop_assert_eq!(write(&work.now), write(stood.last().expect("at least the first")));

        let mut replayed = Work::new();
        for made in &work.moves {
            let written = serde_json::to_string(made).expect("a move can be written");
            replayed.make(serde_json::from_str(&written).expect(&written)).map_err(failed("replaying"))?;
        }
        prop_assert_eq!(write(&replayed.now), write(&work.now));
        prop_assert_eq!(replayed.words(), work.words());
        prop_assert_eq!(replayed.steps.standing(), work.steps.standing());
    }
}

#[test]
fn going_back_over_many_steps_takes_back_each_of_them_and_forward_does_each_again() {
    let mut work = Work::new();
    for amount in 1..=50_u32 {
        work.make(Move::Did(allocate("care-home-beds", "2017/18", &amount.to_string()))).expect("it holds");
    }
    let last = work.now.clone();
    work.make(Move::WentTo(20)).expect("a step");
    assert_eq!(work.now, done(&july(), &allocate("care-home-beds", "2017/18", "20")));
    assert_eq!(work.steps.undo_words(), Some("40 care-home beds 2017/18: £19 → £20"));
    assert_eq!(work.steps.redo_words(), Some("40 care-home beds 2017/18: £20 → £21"));
    work.make(Move::WentTo(50)).expect("a step");
    assert_eq!((&work.now, work.steps.redo_words()), (&last, None));
    assert_eq!(
        work.make(Move::WentTo(51)).expect_err("no such step").to_string(),
        "there is no step 51 in the history to change"
    );
}

#[test]
fn what_was_taken_back_is_forgotten_once_something_else_is_done() {
    let mut work = Work::new();
    for amount in ["1", "2", "3"] {
        work.make(Move::Did(allocate("care-home-beds", "2017/18", amount))).expect("it holds");
    }
    let third = work.now.clone();
    work.make(Move::WentTo(1)).expect("a step");
    work.make(Move::Did(lock("care-home-beds", true))).expect("it holds");
    assert_eq!(work.words(), ["40 care-home beds 2017/18: £900,000 → £1", "Lock 40 care-home beds"]);
    assert_eq!(work.steps.redo_words(), None);
    assert_eq!(work.steps.place_of(&work.now, &third), None, "it can't be gone back to");
    // An edit that is refused leaves every step where it was.
    assert!(work.make(Move::Did(allocate("care-home-beds", "2017/18", "9"))).is_err());
    assert_eq!((work.steps.len(), work.steps.standing()), (2, 2));
    assert_eq!(
        work.now,
        apply(&done(&july(), &allocate("care-home-beds", "2017/18", "1")), &lock("care-home-beds", true))
            .expect("it holds")
            .scenario
    );
}
