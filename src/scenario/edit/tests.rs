//! Every edit can be taken back exactly, and one that is refused leaves nothing behind.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{
    Edit, Refusal, apply, delivered, drift_persistence, drift_spread, move_within_area, new_effect, new_target,
    outturn_days, recording, remove_milestone, remove_pathway, slip_days, toggle_committed,
};
use crate::bundled::JULY_2017;
use crate::calendar::{Date, FinancialYear, Month};
use crate::file::{parse, write};
use crate::money::Money;
use crate::scenario::context::Spot;
use crate::scenario::{
    Area, Basis, Bookmark, DeliveryRisk, Effect, Figure, HighImpactChange, Id, Milestone, MonthOfOutturn, Note,
    NoteKind, Paper, Pathway, PathwayFigure, Quantity, Range, Responsible, Scenario, Scheme, Severity, Source, Target,
    Volatility, check::check, context,
};

mod any;
mod begun;
mod steps;

use any::any_edit;

fn july() -> Scenario {
    JULY_2017.open().expect("the bundled plan is sound").scenario
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

fn year(text: &str) -> FinancialYear {
    text.parse().expect("a year")
}

fn money(text: &str) -> Money {
    text.parse().expect("a sum of money")
}

fn quantity(text: &str) -> Quantity {
    text.parse().expect("a quantity")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn came(in_month: &str, days: u32) -> Edit {
    Edit::SetOutturn(MonthOfOutturn::entered(month(in_month), days))
}

fn range(low: &str, central: &str, high: &str) -> Range {
    Range { low: quantity(low), central: quantity(central), high: quantity(high) }
}

fn scheme<'a>(scenario: &'a Scenario, of: &str) -> &'a Scheme {
    scenario.scheme(&id(of)).expect("a scheme").1
}

fn scheme_mut<'a>(scenario: &'a mut Scenario, of: &str) -> &'a mut Scheme {
    let (at, _) = scenario.scheme(&id(of)).expect("a scheme");
    Arc::make_mut(&mut scenario.schemes[at])
}

fn allocate(scheme: &str, in_year: &str, amount: &str) -> Edit {
    Edit::SetAllocation { scheme: id(scheme), year: year(in_year), amount: money(amount) }
}

fn commit(scheme: &str, in_year: &str, committed: bool) -> Edit {
    Edit::SetCommitted { scheme: id(scheme), year: year(in_year), committed }
}

fn lock(scheme: &str, locked: bool) -> Edit {
    Edit::SetLocked { scheme: id(scheme), locked }
}

fn size(scheme: &str, effect: usize, size: Range) -> Edit {
    Edit::SetEffectSize { scheme: id(scheme), effect, size }
}

fn figure(pathway: &str, figure: PathwayFigure, value: &str) -> Edit {
    Edit::SetPathwayFigure { pathway: id(pathway), figure, value: quantity(value) }
}

fn new_scheme(name: &str, locked: bool) -> Arc<Scheme> {
    let mut scheme = scheme(&july(), "table-exceeds-text").clone();
    scheme.id = id(name);
    scheme.name = name.to_owned();
    scheme.locked = locked;
    Arc::new(scheme)
}

/// The beds with what only a whole new scheme changes.
fn replaced(locked: bool) -> Arc<Scheme> {
    let mut scheme = scheme(&july(), "care-home-beds").clone();
    scheme.supports = vec![HighImpactChange::FocusOnChoice];
    scheme.locked = locked;
    Arc::new(scheme)
}

fn effect(of: &str) -> Box<Effect> {
    Box::new(scheme(&july(), of).effects[0].clone())
}

#[expect(clippy::unnecessary_box_returns, reason = "as the edit has it")]
fn milestone(name: &str) -> Box<Milestone> {
    Box::new(Milestone { id: id(name), name: name.to_owned(), due: Figure::entered(date("2017-10-02")), after: None })
}

fn target(in_month: &str, at_most: &str) -> Target {
    Target { month: month(in_month), at_most: Figure::entered(quantity(at_most)) }
}

#[expect(clippy::unnecessary_box_returns, reason = "as the edit has it")]
fn note(text: &str) -> Box<Note> {
    Box::new(Note { kind: NoteKind::Remark, text: text.to_owned(), source: Source::Entered, scheme: None })
}

#[expect(clippy::unnecessary_box_returns, reason = "as the edit has it")]
fn paper(name: &str) -> Box<Paper> {
    Box::new(Paper {
        id: id(name),
        title: "Minutes of the Board".to_owned(),
        short: "Minutes".to_owned(),
        date: date("2017-07-12"),
        licence: None,
    })
}

/// A pathway for no reason code yet.
fn new_pathway(name: &str) -> Arc<Pathway> {
    let mut pathway = pathway(&july(), "home-care").clone();
    pathway.id = id(name);
    pathway.name = name.to_owned();
    pathway.reasons.clear();
    Arc::new(pathway)
}

fn done(scenario: &Scenario, edit: &Edit) -> Scenario {
    apply(scenario, edit).unwrap_or_else(|refusal| panic!("{edit:?}: {refusal}")).scenario
}

fn pathway<'a>(scenario: &'a Scenario, of: &str) -> &'a Pathway {
    scenario.pathway(&id(of)).expect("a pathway").1
}

/// A drift, a noise and a risk that nobody had said before.
fn chances(spread: &str, days: &str, share: &str) -> [Edit; 3] {
    let entered = |text| Figure::entered(quantity(text));
    let drift = Volatility { spread: entered(spread), persistence_days: entered(days) };
    let share = Figure::entered(range(share, "1", "1"));
    let risk = DeliveryRisk { slip_days: Figure::entered(range("0", "14", days)), delivered: share };
    [
        Edit::SetVolatility { pathway: id("home-care"), to: Some(Box::new(drift)) },
        Edit::SetRecording(Some(entered(spread))),
        Edit::SetDeliveryRisk { scheme: id("care-home-beds"), to: Some(Box::new(risk)) },
    ]
}

/// Says nothing of any of them.
fn no_chances() -> [Edit; 3] {
    [
        Edit::SetVolatility { pathway: id("home-care"), to: None },
        Edit::SetRecording(None),
        Edit::SetDeliveryRisk { scheme: id("care-home-beds"), to: None },
    ]
}

/// Does an edit, takes it back and does it again: the same scenarios, and the same text to the byte.
fn assert_goes_there_and_back(before: &Scenario, edit: &Edit) -> Scenario {
    let there = apply(before, edit).unwrap_or_else(|refusal| panic!("{edit:?}: {refusal}"));
    assert_ne!(there.scenario, *before, "{edit:?} changes nothing");
    let back = apply(&there.scenario, &there.inverse).unwrap_or_else(|refusal| panic!("back, {edit:?}: {refusal}"));
    assert_eq!(back.scenario, *before, "{edit:?}");
    assert_eq!(write(&back.scenario), write(before), "{edit:?}");
    assert_eq!(done(&back.scenario, &back.inverse), there.scenario, "{edit:?}, again");
    assert_eq!(done(before, edit), there.scenario, "{edit:?}, again");
    there.scenario
}

/// What typing over a figure of July's context comes to.
fn typed_over(spot: &Spot, text: &str) -> Edit {
    spot.typed(&july(), text).expect("a figure of the context")
}

/// At least one of each kind, each of which changes the July plan.
#[expect(clippy::too_many_lines, reason = "one for each kind")]
fn edits_of_every_kind() -> Vec<Edit> {
    let pathway = Edit::ReplacePathway(Arc::new({
        let mut pathway = pathway(&july(), "home-care").clone();
        pathway.name = "At home".to_owned();
        pathway
    }));
    // The beds have no such milestone as renews its contract.
    let for_ever = Box::new(Effect { renewal: None, ..*effect("discharge-to-assess") });
    let mut edits = vec![
        pathway,
        Edit::Retitle("Oxfordshire, a second look".to_owned()),
        Edit::NameArea("Oxfordshire and friends".to_owned()),
        Edit::SetAsOf(date("2017-07-20")),
        Edit::SetGrant { year: year("2018/19"), amount: money("£4.5m") },
        Edit::SetCarriesForward(false),
        allocate("care-home-beds", "2017/18", "650k"),
        allocate("care-home-beds", "2018/19", "650k"),
        commit("care-home-beds", "2017/18", false),
        commit("care-home-beds", "2019/20", true),
        lock("care-home-beds", true),
        Edit::RenameScheme { scheme: id("care-home-beds"), name: "Forty beds".to_owned() },
        Edit::DescribeScheme { scheme: id("care-home-beds"), about: "Beds\nto leave hospital for".to_owned() },
        Edit::SetArea { scheme: id("care-home-beds"), area: Area::MarketCapacity },
        Edit::SetBasis { scheme: id("care-home-beds"), basis: Basis::Recurrent },
        Edit::MoveScheme { scheme: id("care-home-beds"), to: 0 },
        Edit::MoveScheme { scheme: id("home-care-fees"), to: usize::MAX },
        Edit::ReplaceScheme(replaced(false)),
        Edit::ReplaceScheme(replaced(true)),
        Edit::AddEffect { scheme: id("care-home-beds"), at: 0, effect: for_ever.clone() },
        Edit::AddEffect { scheme: id("care-home-beds"), at: usize::MAX, effect: for_ever.clone() },
        Edit::RemoveEffect { scheme: id("care-home-beds"), effect: 0 },
        Edit::ReplaceEffect { scheme: id("care-home-beds"), effect: 0, to: for_ever },
        Edit::AddMilestone { scheme: id("care-home-beds"), at: 0, milestone: milestone("signed") },
        Edit::Together(vec![
            Edit::AddMilestone { scheme: id("care-home-beds"), at: 9, milestone: milestone("signed") },
            Edit::RemoveMilestone { scheme: id("care-home-beds"), milestone: id("signed") },
            Edit::AddMilestone { scheme: id("home-care-fees"), at: 0, milestone: milestone("signed") },
        ]),
        Edit::RenameMilestone {
            scheme: id("care-home-beds"),
            milestone: id("beds-available"),
            name: "Beds open".to_owned(),
        },
        Edit::AddPathway { at: 1, pathway: new_pathway("away") },
        remove_pathway(&july(), &id("home-care")),
        Edit::AddTarget { at: 1, target: target("2018-11", "80") },
        Edit::RemoveTarget(month("2018-03")),
        Edit::ReplaceHistory(Box::new({
            let mut history = july().history;
            history.months.truncate(12);
            history
        })),
        Edit::ReplaceFund(Box::new({
            let mut fund = july().fund;
            fund.grant.insert(year("2020/21"), Figure::entered(money("1m")));
            fund
        })),
        Edit::ReplaceCosts(Box::new({
            let mut costs = july().costs;
            costs.others.clear();
            costs
        })),
        Edit::AddNote { at: 2, note: note("Mind the gap") },
        Edit::RemoveNote(0),
        Edit::ReplaceNote { at: 1, to: note("Mind the step") },
        Edit::AddPaper { at: usize::MAX, paper: paper("minutes") },
        Edit::Together(vec![
            Edit::AddPaper { at: 0, paper: paper("minutes") },
            Edit::AddNote { at: 0, note: note("Minutes came out") },
            Edit::RemovePaper(id("minutes")),
        ]),
        Edit::ReplacePaper(Box::new(Paper { title: "Another title".to_owned(), ..july().papers[0].clone() })),
        Edit::ReplaceScenario(Box::new(done(&july(), &allocate("care-home-beds", "2017/18", "1")))),
        typed_over(&Spot::Target(id("measure-7-2")), "10.5"),
        context::Doing::Begin(context::Sort::Risk).edit(&july()).expect("a risk"),
        Edit::RemoveFromContext(context::Key::of(context::Sort::Measure, &id("measure-7-2"))),
        typed_over(&Spot::Status(id("care-home-beds"), 2), "delayed"),
        typed_over(&Spot::Amount(id("bcf-pool"), 0, 1), "55m"),
        Edit::AddScheme { at: 3, scheme: new_scheme("new", false) },
        Edit::AddScheme { at: usize::MAX, scheme: new_scheme("new", true) },
        Edit::RemoveScheme(id("home-care-fees")),
        size("discharge-to-assess", 0, range("5", "10", "15")),
        Edit::SetEffectStart { scheme: id("discharge-to-assess"), effect: 0, date: date("2017-12-04") },
        Edit::SetMilestone { scheme: id("care-home-beds"), milestone: id("beds-available"), date: date("2017-09-01") },
        figure("home-care", PathwayFigure::Delivery, "0.71"),
        figure("assessment", PathwayFigure::ProcessDays, "6"),
        Edit::SetTarget { month: "2018-03".parse().expect("a month"), at_most: quantity("90") },
        came("2017-06", 6_414),
        Edit::Together(vec![
            came("2017-06", 6_414),
            Edit::RemoveOutturn(month("2017-06")),
            lock("care-home-beds", true),
        ]),
        Edit::Together(vec![came("2017-07", 5_810), came("2017-06", 6_414), came("2017-07", 5_811)]),
        Edit::Together(vec![
            allocate("care-home-beds", "2017/18", "800k"),
            allocate("discharge-to-assess", "2017/18", "1.1m"),
            lock("discharge-to-assess", true),
        ]),
    ];
    edits.extend(chances("0.07", "60", "0.6"));
    edits.extend(no_chances());
    edits.extend(of_kept_states());
    edits
}

#[test]
fn every_edit_can_be_taken_back_to_the_same_text() {
    for edit in edits_of_every_kind() {
        assert_goes_there_and_back(&july(), &edit);
    }
}

fn of_kept_states() -> [Edit; 2] {
    [
        Edit::Together(vec![
            keep("Beds first"),
            Edit::RenameBookmark { name: "Beds first".into(), to: "Beds".into() },
            keep("Fees first"),
            Edit::RemoveBookmark("Beds".into()),
        ]),
        Edit::Called {
            words: "Money as in “Fees first”".into(),
            edits: vec![allocate("care-home-beds", "2017/18", "800k"), allocate("home-care-fees", "2017/18", "1.1m")],
        },
    ]
}

fn keep(name: &str) -> Edit {
    Edit::KeepBookmark { at: usize::MAX, bookmark: Box::new(Bookmark::of(&july(), name)) }
}

#[test]
fn going_to_a_kept_state_gives_every_scheme_the_money_it_had_and_is_one_step_back() {
    let kept = Bookmark::of(&july(), "As the paper has it");
    let moved = done(
        &july(),
        &Edit::Together(vec![
            allocate("care-home-beds", "2017/18", "650k"),
            allocate("care-home-beds", "2018/19", "20k"),
            Edit::SetCommitted {
                scheme: "home-care-fees".parse().unwrap(),
                year: "2018/19".parse().unwrap(),
                committed: false,
            },
        ]),
    );
    assert!(!kept.is_state_of(&moved));
    let back = assert_goes_there_and_back(&moved, &kept.going_to(&moved));
    assert_eq!(back, july());
}

#[test]
fn two_kept_states_of_one_name_or_without_a_name_are_refused() {
    let kept = done(&july(), &keep("Beds first"));
    assert!(matches!(apply(&kept, &keep("Beds first")), Err(Refusal::WouldNotHold(_))));
    assert!(matches!(apply(&kept, &keep("  ")), Err(Refusal::WouldNotHold(_))));
}

/// The names of an edit and of those in it, as they are written.
fn kinds_in(written: &serde_json::Value, kinds: &mut BTreeSet<String>) {
    let kind = written.as_object().and_then(|edit| edit.iter().next()).expect("an edit is written as its kind");
    kinds.insert(kind.0.clone());
    let within = if kind.0 == "Called" { &kind.1["edits"] } else { kind.1 };
    if kind.0 == "Together" || kind.0 == "Called" {
        within.as_array().expect("edits").iter().for_each(|edit| kinds_in(edit, kinds));
    }
}

#[test]
fn every_kind_of_edit_survives_being_written_and_read() {
    let mut kinds = BTreeSet::new();
    for edit in edits_of_every_kind() {
        let written = serde_json::to_string(&edit).expect("an edit can be written");
        assert!(!written.contains('\n'), "one record, one line");
        assert_eq!(serde_json::from_str::<Edit>(&written).expect(&written), edit);
        let in_ron = ron::to_string(&edit).expect("an edit can be written");
        assert_eq!(ron::from_str::<Edit>(&in_ron).expect(&in_ron), edit);
        kinds_in(&serde_json::from_str(&written).expect("JSON"), &mut kinds);
    }
    // What reads an edit names all kinds that it knows when it meets one that it does not.
    let all = serde_json::from_str::<Edit>("{\"Unheard\": 1}").expect_err("no such kind").to_string();
    let all = all.split('`').skip(3).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    assert!(all.contains("SetAllocation") && !all.contains("Unheard"));
    assert_eq!(kinds, all, "a kind of edit is tried by no test");
}

#[test]
fn a_written_edit_with_a_part_that_nobody_knows_is_refused() {
    for written in [
        r#"{"SetTarget": {"month": "2018-03", "at_most": "90", "perhaps": true}}"#,
        r#"{"SetTarget": {"month": "2018-03", "at_most": 90}}"#,
        r#"{"SetAllocation": {"scheme": "Not an id", "year": "2017/18", "amount": "1"}}"#,
        r#"{"SetAllocation": {"scheme": "beds", "year": "2017/18", "amount": "99999999999999"}}"#,
        r#"{"SetGrant": {"year": "2017/18"}}"#,
    ] {
        assert!(serde_json::from_str::<Edit>(written).is_err(), "{written}");
    }
}

#[test]
fn a_year_freed_by_hand_is_no_longer_said_by_the_paper_until_it_is_bound_again() {
    let july = july();
    let said = |scenario: &Scenario| scheme(scenario, "discharge-to-assess").commitment.years.clone();
    let [first, second] = ["2017/18", "2018/19"].map(year);
    let paper = said(&july); // paragraph 47: 2017/18 and 2018/19
    assert_eq!((&paper.value, &paper.was), (&[first, second].into(), &None));
    let freed = assert_goes_there_and_back(&july, &commit("discharge-to-assess", "2018/19", false));
    assert_eq!((said(&freed).value, said(&freed).was), ([first].into(), Some([first, second].into())));
    assert_eq!(said(&freed).source, paper.source);
    assert_eq!(parse("freed.ron", &write(&freed)).map(|read| read.scenario).as_ref(), Ok(&freed));
    assert_goes_there_and_back(&freed, &commit("discharge-to-assess", "2019/20", true));
    assert_eq!(said(&done(&freed, &commit("discharge-to-assess", "2018/19", true))), paper);
}

#[test]
fn every_figure_of_a_pathway_can_be_moved_and_moved_back() {
    let july = july();
    let mut moved = 0;
    for pathway in &july.pathways {
        for which in PathwayFigure::ALL {
            let edit = Edit::SetPathwayFigure { pathway: pathway.id.clone(), figure: which, value: quantity("0.9") };
            // A mean of 0.9 days is refused; so is a spread that leaves less than a day a stage. The rest holds.
            let days =
                matches!(which, PathwayFigure::ProcessDays | PathwayFigure::StayDays | PathwayFigure::PatienceDays);
            match (pathway.figure(which).is_some(), days) {
                (false, _) => assert!(matches!(apply(&july, &edit), Err(Refusal::Missing(_))), "{which:?}"),
                (true, true) => assert!(matches!(apply(&july, &edit), Err(Refusal::WouldNotHold(_))), "{which:?}"),
                (true, false) => {
                    assert_goes_there_and_back(&july, &edit);
                    moved += 1;
                }
            }
        }
    }
    // Three services with 11 figures less stay and patience, three processes with referrals, growth and waiting.
    assert_eq!(moved, 3 * (11 - 2) + 3 * 3);
}

#[test]
fn a_moved_allocation_remembers_what_the_paper_said_until_it_is_moved_back() {
    let july = july();
    let once = done(&july, &allocate("care-home-beds", "2017/18", "650k"));
    let twice = done(&once, &allocate("care-home-beds", "2017/18", "700k"));
    let beds = scheme(&twice, "care-home-beds").allocations.get(year("2017/18")).expect("money");
    assert_eq!((beds.value, beds.was), (money("700k"), Some(money("900k"))));
    assert!(matches!(&beds.source, Source::Cited { at, .. } if at == "paragraph 46"));
    assert!(write(&twice).contains("was: \"900000\""));
    let back = done(&twice, &allocate("care-home-beds", "2017/18", "900k"));
    assert_eq!(write(&back), write(&july));
}

#[test]
fn money_in_a_year_that_no_paper_speaks_of_appears_and_vanishes_without_trace() {
    let july = july();
    let given = done(&july, &allocate("care-home-beds", "2019/20", "5k"));
    let entry = scheme(&given, "care-home-beds").allocations.get(year("2019/20"));
    assert_eq!(entry, Some(&Figure::entered(money("5k"))));
    let more = done(&given, &allocate("care-home-beds", "2019/20", "7k"));
    let taken = done(&more, &allocate("care-home-beds", "2019/20", "0"));
    assert_eq!(write(&taken), write(&july));
}

#[test]
fn what_a_file_says_of_money_entered_by_hand_is_never_lost_to_undo() {
    let cases = [("0", None), ("250k", None), ("250k", Some("200k")), ("0", Some("200k")), ("5", Some("0"))];
    for (value, was) in cases {
        let mut scenario = july();
        let entered = Figure { value: money(value), was: was.map(money), source: Source::Entered };
        scheme_mut(&mut scenario, "care-home-beds").allocations.insert(year("2018/19"), entered);
        for to in ["0", "200k", "300k"].into_iter().filter(|to| money(to) != money(value)) {
            assert_goes_there_and_back(&scenario, &allocate("care-home-beds", "2018/19", to));
        }
    }
}

#[test]
fn an_edit_that_changes_nothing_is_its_own_undoing() {
    let july = july();
    for edit in [
        allocate("care-home-beds", "2017/18", "900k"),
        allocate("care-home-beds", "2018/19", "0"),
        commit("care-home-beds", "2017/18", true),
        lock("care-home-beds", false),
        Edit::SetCarriesForward(true),
        Edit::Together(Vec::new()),
    ] {
        let applied = apply(&july, &edit).expect("it holds");
        assert_eq!(applied.scenario, july, "{edit:?}");
        assert_eq!(done(&july, &applied.inverse), july, "{edit:?}");
    }
}

#[test]
fn a_chance_that_a_file_states_is_moved_and_moved_back_like_any_figure() {
    let july = july();
    let care = pathway(&july, "home-care");
    let beds = scheme(&july, "care-home-beds");
    let (drift, risk) = (care.volatility.as_ref().expect("a drift"), beds.delivery_risk.as_ref().expect("a risk"));
    let moved = assert_goes_there_and_back(&july, &drift_spread(care, quantity("0")));
    let now = &pathway(&moved, "home-care").volatility.as_ref().expect("it stays, being said").spread;
    assert_eq!((now.value, now.was, &now.source), (Quantity::ZERO, Some(drift.spread.value), &drift.spread.source));
    let back = done(&moved, &drift_spread(pathway(&moved, "home-care"), drift.spread.value));
    assert_eq!(write(&back), write(&july));
    let moved = assert_goes_there_and_back(&july, &drift_persistence(care, quantity("30")).expect("a drift"));
    let now = &pathway(&moved, "home-care").volatility.as_ref().expect("a drift").persistence_days;
    assert_eq!((now.value, now.was), (quantity("30"), Some(drift.persistence_days.value)));
    let noise = july.recording.as_ref().expect("noise");
    let moved = assert_goes_there_and_back(&july, &recording(&july, quantity("0")));
    assert_eq!(
        moved.recording.as_ref().map(|noise| (noise.value, noise.was)),
        Some((Quantity::ZERO, Some(noise.value)))
    );
    let moved = assert_goes_there_and_back(&july, &slip_days(beds, range("0", "0", "0")));
    let moved = assert_goes_there_and_back(&moved, &delivered(scheme(&moved, "care-home-beds"), range("1", "1", "1")));
    let now = scheme(&moved, "care-home-beds").delivery_risk.as_ref().expect("it stays, being said");
    assert_eq!((now.slip_days.was, now.delivered.was), (Some(risk.slip_days.value), Some(risk.delivered.value)));
}

#[test]
fn a_chance_that_no_file_states_is_entered_and_goes_without_trace() {
    let nothing = done(&july(), &Edit::Together(no_chances().into()));
    let care = |scenario: &Scenario| pathway(scenario, "home-care").clone();
    let beds = |scenario: &Scenario| scheme(scenario, "care-home-beds").clone();
    let sources = |figures: [&Source; 2]| figures.map(|source| *source == Source::Entered);

    let drifting = assert_goes_there_and_back(&nothing, &drift_spread(&care(&nothing), quantity("0.05")));
    let drift = care(&drifting).volatility.expect("a drift");
    // Nobody has entered how long it lasts, and the file says so.
    assert_eq!((drift.spread.value, drift.persistence_days.value), (quantity("0.05"), quantity("90")));
    assert_eq!(sources([&drift.spread.source, &drift.persistence_days.source]), [true, false]);
    let wider = assert_goes_there_and_back(&drifting, &drift_spread(&care(&drifting), quantity("0.1")));
    assert_eq!(care(&wider).volatility.expect("a drift").spread, Figure::entered(quantity("0.1")));
    assert_eq!(done(&wider, &drift_spread(&care(&wider), quantity("0.0"))), nothing);
    let longer = done(&wider, &drift_persistence(&care(&wider), quantity("120")).expect("a drift"));
    assert_eq!(care(&longer).volatility.expect("a drift").persistence_days, Figure::entered(quantity("120")));
    assert_eq!(drift_persistence(&care(&nothing), quantity("120")), None);

    let noisy = assert_goes_there_and_back(&nothing, &recording(&nothing, quantity("0.1")));
    assert_eq!(noisy.recording, Some(Figure::entered(quantity("0.1"))));
    assert_eq!(done(&noisy, &recording(&noisy, quantity("0"))), nothing);

    let late = assert_goes_there_and_back(&nothing, &slip_days(&beds(&nothing), range("0", "0", "60")));
    let risk = beds(&late).delivery_risk.expect("a risk");
    assert_eq!((risk.slip_days.value, risk.delivered.value), (range("0", "0", "60"), range("1", "1", "1")));
    assert_eq!(sources([&risk.slip_days.source, &risk.delivered.source]), [true, false]);
    let partly = assert_goes_there_and_back(&late, &delivered(&beds(&late), range("0.5", "0.8", "1")));
    let on_time = assert_goes_there_and_back(&partly, &slip_days(&beds(&partly), range("0", "0", "0")));
    assert!(beds(&on_time).delivery_risk.is_some(), "a share is still entered");
    assert_eq!(done(&on_time, &delivered(&beds(&on_time), range("1", "1", "1"))), nothing);
    for edit in [drift_spread(&care(&nothing), quantity("0")), recording(&nothing, quantity("0"))] {
        assert_eq!(done(&nothing, &edit), nothing, "no drift and a drift of 0 are the same");
    }
}

#[test]
fn an_outturn_month_taken_out_comes_back_with_its_source_and_split() {
    let mut scenario = done(&july(), &Edit::Together(vec![came("2017-06", 6_414), came("2017-08", 4_400)]));
    let published = Source::Cited { paper: id("nhs-england-dtoc"), at: "Oxfordshire, July 2017".to_owned() };
    let cited = MonthOfOutturn {
        delayed_days: Figure { value: 5_810, was: None, source: published.clone() },
        responsible: Some(Responsible { nhs: 5_000, social_care: 800, both: 10 }),
        ..MonthOfOutturn::entered(month("2017-07"), 0)
    };
    scenario = assert_goes_there_and_back(&scenario, &Edit::SetOutturn(cited));
    let months: Vec<String> = scenario.outturn.iter().map(|month| month.month.to_string()).collect();
    assert_eq!(months, ["2017-06", "2017-07", "2017-08"], "in order, however they were entered");
    assert_goes_there_and_back(&scenario, &Edit::RemoveOutturn(month("2017-07")));
    // A paper's month remembers what the paper says, and its split is that of the paper; an entered one is put right.
    let moved = assert_goes_there_and_back(&scenario, &outturn_days(&scenario, month("2017-07"), 5_800));
    let days = &moved.outturn[1].delayed_days;
    assert_eq!((days.value, days.was, &days.source), (5_800, Some(5_810), &published));
    assert_eq!(done(&moved, &outturn_days(&moved, month("2017-07"), 5_810)), scenario);
    let right = assert_goes_there_and_back(&scenario, &outturn_days(&scenario, month("2017-06"), 6_415));
    assert_eq!(right.outturn[0].delayed_days, Figure::entered(6_415));
}

#[test]
fn the_month_offered_next_is_the_first_of_the_plan_that_is_not_known() {
    let next = |scenario: &Scenario| scenario.next_outturn().map(|month| month.to_string());
    assert_eq!(next(&july()).as_deref(), Some("2017-06"), "history ends in May 2017");
    let two = done(&july(), &Edit::Together(vec![came("2017-06", 1), came("2017-08", 1)]));
    assert_eq!(next(&two).as_deref(), Some("2017-07"));
    let mut without_history = july();
    without_history.history.months.clear();
    assert_eq!(next(&without_history).as_deref(), Some("2017-04"));
    let mut known = july();
    known.outturn = known.horizon().months().skip(2).map(|month| MonthOfOutturn::entered(month, 1)).collect();
    assert_eq!(next(&known), None);
}

/// Each with words that say what is wrong.
#[expect(clippy::too_many_lines, reason = "a list")]
fn refused() -> Vec<(Edit, &'static str)> {
    vec![
        (allocate("care-home-beds", "2017/18", "-1"), "the allocation is −£1; write £0 or more"),
        (
            allocate("care-home-beds", "2017/18", "10000000000.01"),
            "the allocation is £10,000,000,000.01; more than £10,000,000,000 is taken for a slip",
        ),
        (allocate("no-such-scheme", "2017/18", "1"), "there is no scheme “no-such-scheme” to change"),
        (
            allocate("care-home-beds", "2020/21", "1"),
            "2020/21 lies outside the fund's years; add its grant or remove it",
        ),
        (
            commit("care-home-beds", "2016/17", true),
            "2016/17 lies outside the fund's years; add its grant or remove it",
        ),
        (Edit::SetGrant { year: year("2020/21"), amount: money("1") }, "there is no grant for 2020/21 to change"),
        (Edit::SetGrant { year: year("2017/18"), amount: money("-1") }, "the grant is −£1; write £0 or more"),
        (Edit::Retitle(" ".to_owned()), "the scenario has no title; give it one"),
        (Edit::NameArea(" ".to_owned()), "the scenario names no area; name the council or area"),
        (
            Edit::SetAsOf(date("2016-01-01")),
            "January 2016 had not ended before 1 January 2016, when the plan was written; a plan never sees its own future",
        ),
        (
            Edit::RenameScheme { scheme: id("care-home-beds"), name: String::new() },
            "the scheme has no name; give it one",
        ),
        (size("care-home-beds", 0, range("30", "20", "10")), "low 30, central 20, high 10 are out of order; sort them"),
        (size("care-home-beds", 2, range("1", "2", "3")), "there is no effect 2 of “care-home-beds” to change"),
        (
            Edit::SetEffectStart { scheme: id("care-home-beds"), effect: 0, date: date("2017-09-01") },
            "there is no start date of effect 0 of “care-home-beds” to change", // it waits for a milestone
        ),
        (
            Edit::SetEffectStart { scheme: id("discharge-to-assess"), effect: 0, date: date("2020-04-01") },
            "the effect starts on 2020-04-01, outside the plan (2017-04-01 to 2020-03-31); move it inside",
        ),
        (
            Edit::SetMilestone { scheme: id("care-home-beds"), milestone: id("none"), date: date("2017-09-01") },
            "there is no milestone “none” of “care-home-beds” to change",
        ),
        (figure("no-such-pathway", PathwayFigure::Growth, "0"), "there is no pathway “no-such-pathway” to change"),
        (figure("assessment", PathwayFigure::Places, "3"), "there is no such figure in “assessment” to change"),
        (
            figure("home-care", PathwayFigure::Delivery, "1.1"),
            "the share of places delivered is 1.1; keep it between 0 and 1",
        ),
        (
            Edit::SetTarget { month: month("2018-04"), at_most: quantity("80") },
            "there is no target for April 2018 to change",
        ),
        (chances("2.1", "60", "0.6")[0].clone(), "the spread of referrals' drift is 2.1; keep it between 0 and 2"),
        (chances("0.1", "0", "0.6")[0].clone(), "days for which drift persists is 0; keep it between 1 and 3660"),
        (chances("2.1", "60", "0.6")[1].clone(), "the noise in published months is 2.1; keep it between 0 and 2"),
        (chances("0.1", "7", "0.6")[2].clone(), "low 0, central 14, high 7 are out of order; sort them"),
        (chances("0.1", "60", "-1")[2].clone(), "a share delivered from -1 to 1; keep it between 0 and 1"),
        (Edit::SetVolatility { pathway: id("none"), to: None }, "there is no pathway “none” to change"),
        (Edit::SetDeliveryRisk { scheme: id("none"), to: None }, "there is no scheme “none” to change"),
        (Edit::RemoveOutturn(month("2017-06")), "there is no outturn for June 2017 to change"),
        (
            came("2017-05", 5_000),
            "May 2017 is no later than the last month of the history; an outturn came after it, so take it out here",
        ),
        (
            came("2020-04", 5_000),
            "April 2020 lies outside the plan, where no forecast can be held against it; take it out",
        ),
        (came("2017-06", 30_000_000), "30000000 delayed days are over a million people; look for a slip"),
        (Edit::RemoveScheme(id("none")), "there is no scheme “none” to change"),
        (
            Edit::AddScheme { at: 0, scheme: new_scheme("care-home-beds", false) },
            "there is a scheme “care-home-beds” already; change that one, or take it out first",
        ),
        (
            Edit::AddPathway { at: 0, pathway: new_pathway("home-care") },
            "there is a pathway “home-care” already; change that one, or take it out first",
        ),
        (
            Edit::AddPaper { at: 0, paper: paper("hwb-july-2017") },
            "there is a paper “hwb-july-2017” already; change that one, or take it out first",
        ),
        (
            Edit::AddTarget { at: 0, target: target("2018-03", "80") },
            "there is a target for March 2018 already; change that one, or take it out first",
        ),
        (
            Edit::AddMilestone { scheme: id("care-home-beds"), at: 0, milestone: milestone("beds-available") },
            "there is a milestone “beds-available” of “care-home-beds” already; change that one, or take it out first",
        ),
        (
            Edit::AddTarget { at: 0, target: target("2020-04", "80") },
            "the target for April 2020 lies outside the plan; move it inside",
        ),
        (Edit::RemoveTarget(month("2018-04")), "there is no target for April 2018 to change"),
        (Edit::RemovePathway(id("none")), "there is no pathway “none” to change"),
        (Edit::RemovePaper(id("none")), "there is no paper “none” to change"),
        (
            Edit::RemovePaper(id("hwb-july-2017")),
            "it cites “hwb-july-2017”, which is not among the papers; add it there or correct the id",
        ),
        (Edit::RemoveNote(99), "there is no note 99 to change"),
        (Edit::ReplaceNote { at: 99, to: note("x") }, "there is no note 99 to change"),
        (Edit::AddNote { at: 0, note: note(" ") }, "the note says nothing; write it or take it out"),
        (
            Edit::RemoveEffect { scheme: id("care-home-beds"), effect: 9 },
            "there is no effect 9 of “care-home-beds” to change",
        ),
        (
            Edit::RemoveMilestone { scheme: id("care-home-beds"), milestone: id("beds-available") },
            "the effect waits for “beds-available”, which is not among the scheme's milestones; correct the id",
        ),
        (Edit::MoveScheme { scheme: id("none"), to: 0 }, "there is no scheme “none” to change"),
        (
            Edit::ReplaceInContext(Box::new(context::Item::Measure({
                let mut measure = july().context.measures[0].clone();
                measure.id = id("none");
                measure.name = "No such measure".to_owned();
                measure
            }))),
            "there is no “No such measure” among what the papers report to change",
        ),
        (
            Edit::AddToContext { at: 0, item: Box::new(context::Item::Pool(july().context.pools[0].clone())) },
            "there is a pool “Better Care Fund pool” already; change that one, or take it out first",
        ),
        (
            Edit::RemoveFromContext(context::Key::of(context::Sort::Risk, &id("none"))),
            "there is no such risk to change",
        ),
        (typed_over(&Spot::Amount(id("bcf-pool"), 0, 0), "-1"), "the amount is −£1; write £0 or more"),
    ]
}

#[test]
fn a_refused_edit_says_why() {
    for (edit, words) in refused() {
        let refusal = apply(&july(), &edit).expect_err("it should be refused");
        assert_eq!(refusal.to_string(), words, "{edit:?}");
    }
}

#[test]
fn one_refused_member_refuses_them_all_and_leaves_nothing_behind() {
    for (edit, words) in refused() {
        let july = july();
        let together = Edit::Together(vec![allocate("home-care-fees", "2017/18", "1"), edit]);
        assert_eq!(apply(&july, &together).expect_err("it should be refused").to_string(), words);
        // Shared schemes and pathways are copied before they are changed, never changed in place.
        assert_eq!(july, self::july());
    }
}

#[test]
fn a_locked_scheme_lets_nothing_move_but_its_lock() {
    let locked = done(&july(), &lock("discharge-to-assess", true));
    let of = "discharge-to-assess";
    let edits = [
        allocate(of, "2017/18", "1"),
        commit(of, "2019/20", true),
        Edit::RenameScheme { scheme: id(of), name: "At home".to_owned() },
        Edit::RemoveScheme(id(of)),
        size(of, 0, range("1", "2", "3")),
        Edit::SetEffectStart { scheme: id(of), effect: 0, date: date("2017-11-01") },
        Edit::SetMilestone { scheme: id(of), milestone: id("new-service"), date: date("2017-11-01") },
        Edit::SetDeliveryRisk { scheme: id(of), to: None },
        Edit::DescribeScheme { scheme: id(of), about: "Care".to_owned() },
        Edit::SetArea { scheme: id(of), area: Area::ImprovingFlow },
        Edit::SetBasis { scheme: id(of), basis: Basis::Pilot },
        Edit::AddEffect { scheme: id(of), at: 0, effect: effect(of) },
        Edit::RemoveEffect { scheme: id(of), effect: 0 },
        Edit::ReplaceEffect {
            scheme: id(of),
            effect: 0,
            to: Box::new(Effect { ramp_days: Figure::entered(9), ..*effect(of) }),
        },
        Edit::AddMilestone { scheme: id(of), at: 0, milestone: milestone("signed") },
        Edit::RenameMilestone { scheme: id(of), milestone: id("new-service"), name: "Open".to_owned() },
        Edit::ReplaceScheme(Arc::new({
            let mut scheme = scheme(&july(), of).clone();
            scheme.supports.clear();
            scheme
        })),
    ];
    // Its place in the list is no figure of its own.
    assert_goes_there_and_back(&locked, &Edit::MoveScheme { scheme: id(of), to: 0 });
    for edit in edits {
        let refusal = apply(&locked, &edit).expect_err("it is locked");
        assert_eq!(refusal.to_string(), "Discharge to assess at home is locked; unlock it first", "{edit:?}");
        let unlocked_first = Edit::Together(vec![lock(of, false), edit]);
        assert_goes_there_and_back(&locked, &unlocked_first);
    }
}

#[test]
fn a_scheme_that_notes_speak_of_can_be_removed_and_its_notes_stay() {
    let july = july();
    let removed = assert_goes_there_and_back(&july, &Edit::RemoveScheme(id("care-home-beds")));
    assert_eq!(removed.notes, july.notes);
    let findings = check(&removed);
    assert!(findings.iter().all(|finding| finding.severity == Severity::Warning));
    let about_notes: Vec<_> =
        findings.iter().filter(|finding| finding.place.to_string().starts_with("notes")).collect();
    assert_eq!(about_notes.len(), july.notes.iter().filter(|note| note.scheme == Some(id("care-home-beds"))).count());
}

#[test]
#[expect(clippy::too_many_lines, reason = "one line for each kind of edit")]
fn an_edit_says_what_it_does_in_words() {
    let july = july();
    let cases = [
        (allocate("care-home-beds", "2017/18", "650k"), "40 care-home beds 2017/18: £900,000 → £650,000"),
        (allocate("care-home-beds", "2018/19", "650k"), "40 care-home beds 2018/19: £0 → £650,000"),
        (Edit::Retitle("Again".to_owned()), "Title: “Oxfordshire iBCF, July 2017 proposals” → “Again”"),
        (Edit::NameArea("Bath".to_owned()), "Area: “Oxfordshire” → “Bath”"),
        (Edit::SetAsOf(date("2017-11-09")), "Written on: 13 July 2017 → 9 November 2017"),
        (Edit::SetGrant { year: year("2018/19"), amount: money("4.5m") }, "Grant 2018/19: £4,188,142.57 → £4,500,000"),
        (Edit::SetCarriesForward(false), "Do not carry the balance forward"),
        (commit("care-home-beds", "2018/19", true), "Commit 40 care-home beds in 2018/19"),
        (commit("care-home-beds", "2017/18", false), "Free 40 care-home beds in 2017/18"),
        (lock("care-home-beds", true), "Lock 40 care-home beds"),
        (Edit::RemoveScheme(id("care-home-beds")), "Remove 40 care-home beds"),
        (Edit::AddScheme { at: 0, scheme: new_scheme("nurses", false) }, "Add nurses"),
        (
            Edit::DescribeScheme {
                scheme: id("care-home-beds"),
                about: "Beds for people who are ready to leave hospital, and wait there".to_owned(),
            },
            "What 40 care-home beds is for: “Beds for people who are ready to leave hospital,…”",
        ),
        (
            Edit::SetArea { scheme: id("care-home-beds"), area: Area::ImprovingFlow },
            "Move 40 care-home beds from Additional provision to Improving flow",
        ),
        (
            Edit::SetBasis { scheme: id("care-home-beds"), basis: Basis::Pilot },
            "Commitment of 40 care-home beds: one-off → pilot",
        ),
        (Edit::MoveScheme { scheme: id("care-home-beds"), to: 0 }, "Move 40 care-home beds up"),
        (Edit::MoveScheme { scheme: id("care-home-beds"), to: 99 }, "Move 40 care-home beds down"),
        (
            size("care-home-beds", 1, range("1", "2", "3")),
            "40 care-home beds, effect on Care home placement: 3 – 7 – 10 → 1 – 2 – 3",
        ),
        (
            Edit::SetMilestone {
                scheme: id("care-home-beds"),
                milestone: id("beds-available"),
                date: date("2017-09-01"),
            },
            "40 care-home beds, New interim beds available: 28 July 2017 → 1 September 2017",
        ),
        (
            figure("home-care", PathwayFigure::Delivery, "0.71"),
            "Reablement and care at home, Share of places delivered: 0.67 → 0.71",
        ),
        (
            Edit::SetTarget { month: "2018-03".parse().expect("a month"), at_most: quantity("90") },
            "Target for March 2018: 83 → 90",
        ),
        (Edit::AddTarget { at: 0, target: target("2018-11", "80") }, "Add a target for November 2018: 80"),
        (Edit::RemoveTarget(month("2018-03")), "Remove the target for March 2018: 83"),
        (came("2017-06", 6_414), "Outturn for June 2017: 6,414 delayed days"),
        (
            Edit::Together(vec![came("2017-06", 6_414), came("2017-06", 6_415)]),
            "Outturn for June 2017: 6,414 delayed days; Outturn for June 2017: 6,414 → 6,415 delayed days",
        ),
        (Edit::RemoveOutturn(month("2017-06")), "Remove the outturn for June 2017"),
        (Edit::AddNote { at: 0, note: note("Mind the gap") }, "Add a note: “Mind the gap”"),
        (
            Edit::Together(vec![
                lock("care-home-beds", true),
                lock("care-home-beds", false),
                Edit::SetCarriesForward(true),
                commit("care-home-beds", "2018/19", true),
                Edit::SetCarriesForward(false),
            ]),
            "Lock 40 care-home beds; Unlock 40 care-home beds; Carry the balance forward; and 2 more",
        ),
        (
            Edit::ReplacePathway(Arc::new(Pathway {
                name: "At home".to_owned(),
                ..pathway(&july, "home-care").clone()
            })),
            "Reablement and care at home, name: “Reablement and care at home” → “At home”",
        ),
        (
            Edit::ReplaceScheme(replaced(false)),
            "40 care-home beds, High Impact Changes supported: Home first and discharge to assess → Focus on choice",
        ),
        (
            Edit::ReplaceScenario(Box::new(done(&july, &allocate("care-home-beds", "2017/18", "650k")))),
            "Another version of the plan: 40 care-home beds 2017/18: £900,000 → £650,000 (−£250,000)",
        ),
        // Nothing differs: it names what it puts there.
        (Edit::ReplaceFund(Box::new(july.fund.clone())), "Improved Better Care Fund"),
        (
            remove_milestone(scheme(&july, "care-home-beds"), &id("beds-available")),
            "40 care-home beds, effect on Reablement and care at home: start with New interim beds available → 28 July 2017; 40 care-home beds, effect on Care home placement: start with New interim beds available → 28 July 2017; Remove a milestone of 40 care-home beds: New interim beds available",
        ),
    ];
    let said = [
        "Reablement and care at home, drift of referrals: 0.103 over 90 days → 0.07 over 60 days",
        "Noise in published months: 0.085 → 0.07",
        "Delivery of 40 care-home beds: 0 – 0 – 60 days late, 0.8 – 1 – 1 delivered → 0 – 14 – 60 days late, 0.6 – 1 – 1 delivered",
    ];
    let unsaid = [
        "Reablement and care at home, drift of referrals: 0.103 over 90 days → none",
        "Noise in published months: 0.085 → none",
        "Delivery of 40 care-home beds: 0 – 0 – 60 days late, 0.8 – 1 – 1 delivered → on time and whole",
    ];
    let chances = chances("0.07", "60", "0.6").into_iter().zip(said).chain(no_chances().into_iter().zip(unsaid));
    for (edit, words) in cases.into_iter().chain(chances) {
        assert_eq!(edit.in_words(&july), words);
    }
}

#[test]
fn committing_a_year_without_money_gives_it_the_last_earlier_year_s() {
    let july = july();
    let care = scheme(&july, "discharge-to-assess"); // £1m, £2m, and nothing in 2019/20
    let edit = toggle_committed(care, year("2019/20"));
    assert_eq!(
        edit.in_words(&july),
        "Commit Discharge to assess at home in 2019/20; Discharge to assess at home 2019/20: £0 → £2,000,000"
    );
    let bound = assert_goes_there_and_back(&july, &edit);
    let care = scheme(&bound, "discharge-to-assess");
    assert!(care.is_committed(year("2019/20")));
    assert_eq!(care.allocation(year("2019/20")), money("2m"));
}

#[test]
fn freeing_a_year_keeps_its_money_and_binding_it_again_changes_none() {
    let july = july();
    let freed = done(&july, &toggle_committed(scheme(&july, "discharge-to-assess"), year("2018/19")));
    let care = scheme(&freed, "discharge-to-assess");
    assert!(!care.is_committed(year("2018/19")));
    assert_eq!(care.allocation(year("2018/19")), money("2m"));
    assert_eq!(done(&freed, &toggle_committed(care, year("2018/19"))), july);
}

#[test]
fn committing_a_year_with_no_earlier_money_binds_it_alone() {
    let nothing = done(&july(), &allocate("care-home-beds", "2017/18", "0"));
    let beds = scheme(&nothing, "care-home-beds");
    assert_eq!(toggle_committed(beds, year("2018/19")), commit("care-home-beds", "2018/19", true));
}

#[test]
fn a_pathway_taken_out_takes_the_effects_on_it_along_and_brings_them_back() {
    let july = july();
    let gone = assert_goes_there_and_back(&july, &remove_pathway(&july, &id("home-care")));
    let mut effects = gone.schemes.iter().flat_map(|scheme| &scheme.effects);
    assert!(effects.all(|effect| effect.pathway != id("home-care")));
    // By itself it stays, as effects act on it.
    assert!(matches!(apply(&july, &Edit::RemovePathway(id("home-care"))), Err(Refusal::WouldNotHold(_))));
}

#[test]
fn a_milestone_taken_out_leaves_its_day_to_the_effects_that_waited_for_it() {
    let july = july();
    let beds = scheme(&july, "care-home-beds");
    let gone = assert_goes_there_and_back(&july, &remove_milestone(beds, &id("beds-available")));
    let after = scheme(&gone, "care-home-beds");
    assert_eq!(after.milestone(&id("beds-available")), None);
    for (before, after_) in beds.effects.iter().zip(&after.effects) {
        assert_eq!(after.start_of(after_), beds.start_of(before));
    }
}

#[test]
fn without_the_milestone_it_counts_from_an_effect_takes_as_long_and_a_contract_that_it_renews_runs_on() {
    let july = july();
    for (of, milestone) in [("care-home-fees", "prices-confirmed"), ("discharge-to-assess", "new-service")] {
        let before = scheme(&july, of);
        let gone = assert_goes_there_and_back(&july, &remove_milestone(before, &id(milestone)));
        let (effect, after) = (&before.effects[0], scheme(&gone, of));
        assert_eq!(after.ramp_of(&after.effects[0]), before.ramp_of(effect));
        assert_eq!((after.effects[0].whole_after.as_ref(), after.effects[0].renewal.as_ref()), (None, None));
        assert!(effect.whole_after.is_some() != effect.renewal.is_some(), "{of} waits for one of both");
    }
}

#[test]
fn a_scheme_moves_past_its_neighbour_in_its_area_and_no_further_than_the_first() {
    let july = july();
    for scheme in &july.schemes {
        let in_area = |scenario: &Scenario| {
            let of_area = scenario.schemes.iter().filter(|other| other.area == scheme.area);
            of_area.map(|other| other.id.clone()).collect::<Vec<_>>()
        };
        let before = in_area(&july);
        let at = before.iter().position(|id| *id == scheme.id).expect("in its area");
        for (up, past) in [(true, at.checked_sub(1)), (false, (at + 1 < before.len()).then_some(at + 1))] {
            let edit = move_within_area(&july, &scheme.id, up);
            assert_eq!(edit.is_some(), past.is_some(), "{}", scheme.id);
            if let (Some(edit), Some(past)) = (edit, past) {
                let mut wanted = before.clone();
                wanted.swap(at, past);
                assert_eq!(in_area(&assert_goes_there_and_back(&july, &edit)), wanted);
            }
        }
    }
}

#[test]
fn an_effect_can_be_begun_for_any_scheme_on_any_pathway_and_a_target_stands_in_its_place() {
    let july = july();
    for scheme in &july.schemes {
        for pathway in &july.pathways {
            assert_goes_there_and_back(&july, &new_effect(&july, scheme, pathway));
        }
    }
    for month in july.horizon().months().filter(|month| july.targets.iter().all(|target| target.month != *month)) {
        let added = assert_goes_there_and_back(&july, &new_target(&july, month, quantity("80")));
        assert!(added.targets.is_sorted_by_key(|target| target.month));
    }
}

#[test]
fn an_activity_marked_delayed_is_put_off_a_month_with_the_effects_that_wait_for_it() {
    // Beds were due on 28 July 2017, after the plan was written on the 13th: a month later is 27 August.
    let delayed = done(&july(), &typed_over(&Spot::Status(id("care-home-beds"), 2), "delayed"));
    let beds = scheme(&delayed, "care-home-beds");
    assert_eq!(beds.start_of(&beds.effects[0]), Some(date("2017-08-27")));
    assert_eq!(delayed.context.delivery.last().expect("a plan").activities[2].status, Some(context::Status::Delayed));
    // Marked once more it stays where it is.
    let again = Spot::Status(id("care-home-beds"), 2).typed(&delayed, "delayed").expect("a status");
    assert_eq!(done(&delayed, &again), delayed);
}

#[test]
fn a_day_typed_into_the_project_plan_moves_the_milestone_of_the_scheme_and_no_copy_of_it() {
    let edit = typed_over(&Spot::Due(id("care-home-beds"), 2), "1 September 2017");
    let moved =
        Edit::SetMilestone { scheme: id("care-home-beds"), milestone: id("beds-available"), date: date("2017-09-01") };
    assert_eq!(edit, moved);
}

#[test]
fn a_figure_of_the_context_that_is_typed_over_remembers_what_the_paper_said() {
    let typed = done(&july(), &typed_over(&Spot::Target(id("measure-7-2")), "10.5"));
    let target = typed.context.measures.iter().find(|it| it.id == id("measure-7-2")).and_then(|it| it.target.clone());
    assert_eq!(target.map(|target| (target.value, target.was)), Some((quantity("10.5"), Some(quantity("11")))));
    let words = typed_over(&Spot::Target(id("measure-7-2")), "10.5").in_words(&july());
    assert!(words.starts_with("Reduce the number of older people placed") && words.contains("target 11,"), "{words}");
    assert!(words.contains("→ target 10.5,"), "{words}");
}
