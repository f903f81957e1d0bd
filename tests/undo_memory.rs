//! Ten thousand steps can be taken back, and take less than 50 MB. In a binary of its own: it counts what is allocated.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on should say where")]

use std::time::Instant;

use ibcf_planner::bundled::JULY_2017;
use ibcf_planner::scenario::edit::{Edit, Move, Steps};
use ibcf_planner::scenario::{Id, Scenario};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const STEPS: usize = 10_000;
const MOST_BYTES: usize = 50_000_000;

/// What a long day's work is made of; every text and every whole scheme differs from the last.
fn step(scenario: &Scenario, number: usize) -> Edit {
    let scheme = &scenario.schemes[number % scenario.schemes.len()];
    let id: Id = scheme.id.clone();
    match number % 10 {
        0 => Edit::DescribeScheme { scheme: id, about: format!("{number}: {}", "what the money is for ".repeat(12)) },
        1 => Edit::Retitle(format!("Oxfordshire, version {number}")),
        2 => {
            let mut other = (**scheme).clone();
            other.about = format!("replaced in step {number}");
            Edit::ReplaceScheme(other.into())
        }
        _ => {
            let amount = format!("{}", 100 + number).parse().unwrap();
            Edit::SetAllocation { scheme: id, year: "2017/18".parse().unwrap(), amount }
        }
    }
}

#[test]
fn ten_thousand_steps_take_less_than_fifty_megabytes_and_are_taken_back_in_a_moment() {
    let first = JULY_2017.open().unwrap().scenario;
    let mut now = first.clone();
    let mut steps = Steps::default();
    let before = MEMORY.current_usage();
    for number in 0..STEPS {
        now = steps.replay(&now, &Move::Did(step(&now, number))).unwrap();
    }
    let taken = MEMORY.current_usage() - before;
    println!("{STEPS} steps: {taken} bytes");
    assert_eq!(steps.standing(), STEPS);
    assert!(taken < MOST_BYTES, "{taken} bytes");
    let asked = Instant::now();
    let back = steps.scenario_at(&now, 0).unwrap();
    println!("back over all of them: {:?}", asked.elapsed());
    assert_eq!(back, first);
}
