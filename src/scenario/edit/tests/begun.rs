//! What is begun in the window holds as it stands, wherever it is begun, and is told in words.

use super::super::{
    add_year, effect_changing, effect_on, effect_starting, move_scheme, move_target, new_milestone, new_note,
    new_pathway, next_target_month, remove_last_year, toggle_reason, toggle_support,
};
use super::*;
use crate::bundled::BLANK;
use crate::scenario::{Change, Reason, Start};

fn effect_size(scenario: &Scenario, of: &str, at: usize) -> Range {
    scheme(scenario, of).effects[at].size.value
}

#[test]
fn an_effect_put_on_any_pathway_holds_and_keeps_its_size_where_the_same_thing_can_change() {
    let july = july();
    let mut kept = 0;
    for of in &july.schemes {
        for (at, effect) in of.effects.iter().enumerate() {
            for pathway in july.pathways.iter().filter(|pathway| pathway.id != effect.pathway) {
                let edit = effect_on(of, at, pathway).expect("an effect");
                let after = assert_goes_there_and_back(&july, &edit);
                if scheme(&after, of.id.as_str()).effects[at].change == effect.change {
                    assert_eq!(effect_size(&after, of.id.as_str(), at), effect.size.value);
                    kept += 1;
                }
            }
        }
    }
    assert!(kept > 0, "some pathways are of one kind");
}

#[test]
fn places_never_become_a_share_of_the_same_number() {
    let july = july();
    let beds = scheme(&july, "care-home-beds");
    let shorter = done(&july, &effect_changing(beds, 0, Change::Stay).expect("an effect"));
    assert!(
        effect_size(&shorter, "care-home-beds", 0).high < Quantity::ONE,
        "thirty places are no stay thirty times shorter"
    );
    // A process has no places.
    let assessment = pathway(&july, "assessment");
    let of_a_process = effect_on(beds, 0, assessment).expect("an effect");
    let after = done(&july, &of_a_process);
    let process = &scheme(&after, "care-home-beds").effects[0];
    assert_eq!(process.change, Change::Process);
    let refused = effect_changing(scheme(&after, "care-home-beds"), 0, Change::Places).expect("an effect");
    let why = apply(&after, &refused).expect_err("a process has no places").to_string();
    assert!(why.contains("is a process without places"), "{why}");
}

#[test]
fn an_effect_that_no_longer_waits_for_a_milestone_begins_on_its_day() {
    let july = july();
    let beds = scheme(&july, "care-home-beds");
    let alone = assert_goes_there_and_back(&july, &effect_starting(beds, 0, None).expect("an effect"));
    let after = scheme(&alone, "care-home-beds");
    assert!(matches!(after.effects[0].start, Start::On(_)));
    assert_eq!(after.start_of(&after.effects[0]), beds.start_of(&beds.effects[0]));
    let waits = effect_starting(after, 0, Some(&id("beds-available"))).expect("an effect");
    assert_eq!(done(&alone, &waits), july);
}

#[test]
fn whatever_is_begun_on_a_blank_plan_holds_twice_over() {
    let blank = BLANK.open().expect("sound").scenario;
    let mut plan = blank.clone();
    for _ in 0..2 {
        let of = plan.schemes[0].clone();
        plan = assert_goes_there_and_back(&plan, &new_milestone(&plan, &of).expect("a free name"));
        plan = assert_goes_there_and_back(&plan, &new_note(&plan, Some(&of.id)));
        plan = assert_goes_there_and_back(&plan, &new_pathway(&plan, &blank.pathways[0], None).expect("a free name"));
        let month = next_target_month(&plan).expect("a month of the plan");
        plan = assert_goes_there_and_back(&plan, &new_target(&plan, month, quantity("30")));
    }
    assert_eq!(
        plan.targets.iter().map(|target| target.month).collect::<Vec<_>>(),
        [month("2018-03"), month("2018-06")]
    );
    // A code that a pathway of the blank plan has can't be another's as well.
    let twice = new_pathway(&plan, &blank.pathways[0], Some(Reason::E)).expect("a free name");
    assert!(matches!(apply(&plan, &twice), Err(Refusal::WouldNotHold(_))));
}

#[test]
fn a_reason_code_belongs_to_one_pathway_wherever_it_is_put() {
    let july = july();
    for to in &july.pathways {
        for reason in Reason::ALL {
            let after = assert_goes_there_and_back(&july, &toggle_reason(&july, to, reason));
            let with: Vec<_> = after.pathways.iter().filter(|pathway| pathway.reasons.contains(&reason)).collect();
            if to.reasons.contains(&reason) {
                assert!(with.is_empty());
            } else {
                assert_eq!(with.iter().map(|pathway| &pathway.id).collect::<Vec<_>>(), [&to.id]);
            }
        }
    }
}

#[test]
fn a_target_moved_to_a_month_of_which_its_paper_says_nothing_no_longer_cites_it() {
    let july = july();
    let march = july.targets.iter().find(|target| target.month == month("2018-03")).expect("83 by March");
    let edit = move_target(&july, march, month("2018-05"));
    assert_eq!(edit.in_words(&july), "Target of 83: March 2018 → May 2018");
    let after = assert_goes_there_and_back(&july, &edit);
    let may = after.targets.iter().find(|target| target.month == month("2018-05")).expect("83 by May");
    assert_eq!((may.at_most.value, &may.at_most.source), (quantity("83"), &Source::Entered));
    let onto_another = move_target(&july, march, month("2017-11"));
    assert!(matches!(apply(&july, &onto_another), Err(Refusal::Twice(_))));
}

#[test]
fn a_scheme_walks_up_through_all_areas_and_down_again() {
    let july = july();
    let beds = id("care-home-beds");
    let mut plan = july.clone();
    let mut steps = 0;
    while let Some(edit) = move_scheme(&plan, &beds, true) {
        plan = assert_goes_there_and_back(&plan, &edit);
        steps += 1;
        assert!(steps < 50, "it never arrives");
    }
    let (at, top) = plan.scheme(&beds).expect("the beds");
    assert_eq!(top.area, Area::ImprovingFlow);
    assert!(plan.schemes[..at].iter().all(|scheme| scheme.area != Area::ImprovingFlow), "the first of its area");
    // One other is passed at home, then four of capacity, two of resilience and one of flow; and three edges crossed.
    assert_eq!(steps, 1 + 4 + 2 + 1 + 3);
    while let Some(edit) = move_scheme(&plan, &beds, false) {
        plan = assert_goes_there_and_back(&plan, &edit);
    }
    let (at, bottom) = plan.scheme(&beds).expect("the beds");
    assert_eq!(bottom.area, Area::AdditionalProvision);
    assert!(plan.schemes[at + 1..].iter().all(|scheme| scheme.area != Area::AdditionalProvision));
}

#[test]
fn the_last_year_goes_with_all_that_stands_in_it_and_a_year_more_comes_empty() {
    let july = july();
    let gone = assert_goes_there_and_back(&july, &remove_last_year(&july).expect("three years"));
    let last = year("2019/20");
    assert!(july.schemes.iter().any(|scheme| scheme.is_committed(last)), "there is something to lose");
    assert!(gone.fund.grant.get(last).is_none());
    assert!(gone.schemes.iter().all(|scheme| scheme.allocations.get(last).is_none() && !scheme.is_committed(last)));
    let more = assert_goes_there_and_back(&july, &add_year(&july).expect("a year"));
    assert_eq!(more.fund.grant.get(year("2020/21")).map(|grant| grant.value), Some(Money::ZERO));
    let mut one = july.clone();
    while let Some(edit) = remove_last_year(&one).filter(|_| one.fund.grant.len() > 2) {
        one = done(&one, &edit);
    }
    assert_eq!(one.fund.grant.len(), 2);
}

#[test]
fn a_high_impact_change_is_said_and_unsaid() {
    let july = july();
    let beds = scheme(&july, "care-home-beds");
    let edit = toggle_support(beds, HighImpactChange::SevenDayServices);
    let more = assert_goes_there_and_back(&july, &edit);
    assert!(edit.in_words(&july).ends_with(", Seven-day services"), "{}", edit.in_words(&july));
    assert_eq!(done(&more, &toggle_support(scheme(&more, "care-home-beds"), HighImpactChange::SevenDayServices)), july);
}
