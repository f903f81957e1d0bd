//! Whatever differs is told, and nothing else; merging loses neither side's work and never decides a conflict unasked.

use std::sync::Arc;

use serde_json::Value;

use super::*;
use crate::bundled::JULY_2017;
use crate::calendar::Month;
use crate::file::parse;
use crate::scenario::context::{Doing, Sort};
use crate::scenario::edit::{apply, new_effect, new_milestone, new_note, new_pathway, new_scheme};
use crate::scenario::{
    Bookmark, DeliveryRisk, Edit, Figure, Kind, MonthOfOutturn, Paper, Quantity, Range, Reason, Responsible, Scheme,
    Source, Volatility,
};

fn small() -> Scenario {
    parse("small.ron", include_str!("../../../tests/fixtures/small.ron")).expect("the fixture is sound").scenario
}

fn july() -> Scenario {
    JULY_2017.open().expect("the bundled plan is sound").scenario
}

fn id(text: &str) -> Id {
    text.parse().expect("an id")
}

fn after(scenario: &Scenario, edits: &[Edit]) -> Scenario {
    let edit = Edit::Together(edits.to_vec());
    apply(scenario, &edit).unwrap_or_else(|refusal| panic!("{edit:?}: {refusal}")).scenario
}

fn allocate(scheme: &str, year: &str, amount: &str) -> Edit {
    let (year, amount) = (year.parse().expect("a year"), amount.parse().expect("money"));
    Edit::SetAllocation { scheme: id(scheme), year, amount }
}

fn commit(scheme: &str, year: &str, committed: bool) -> Edit {
    Edit::SetCommitted { scheme: id(scheme), year: year.parse().expect("a year"), committed }
}

fn rename(scheme: &str, name: &str) -> Edit {
    Edit::RenameScheme { scheme: id(scheme), name: name.to_owned() }
}

fn target(in_month: &str, at_most: &str) -> Edit {
    let at_most: Quantity = at_most.parse().expect("a quantity");
    Edit::SetTarget { month: month(in_month), at_most }
}

fn came(in_month: &str, days: u32) -> Edit {
    Edit::SetOutturn(MonthOfOutturn::entered(month(in_month), days))
}

fn add(at: usize, name: &str) -> Edit {
    let mut scheme: Scheme = small().schemes[1].as_ref().clone();
    (scheme.id, scheme.name, scheme.locked) = (id(name), name.to_owned(), false);
    Edit::AddScheme { at, scheme: Arc::new(scheme) }
}

fn words(before: &Scenario, after: &Scenario) -> Vec<String> {
    compare(before, after).differences.into_iter().map(|difference| difference.words).collect()
}

/// Every scenario that differs from this one in one leaf, one item or the order of two items.
fn one_thing_changed(scenario: &Scenario) -> Vec<(String, Scenario)> {
    let whole = serde_json::to_value(scenario).expect("JSON");
    let mut pointers = Vec::new();
    pointers_into(&whole, String::new(), &mut pointers);
    let mut changed = Vec::new();
    for pointer in pointers {
        let now = whole.pointer(&pointer).expect("just found");
        for other in others(now) {
            let mut with = whole.clone();
            *with.pointer_mut(&pointer).expect("just found") = other;
            if let Ok(with) = serde_json::from_value::<Scenario>(with)
                && with != *scenario
            {
                changed.push((pointer.clone(), with));
            }
        }
    }
    changed
}

/// Every place in a value, the whole last.
fn pointers_into(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                pointers_into(item, format!("{pointer}/{at}"), pointers);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers_into(field, format!("{pointer}/{}", name.replace('/', "~1")), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}

/// What might stand in a value's place, most of which will not be understood.
fn others(value: &Value) -> Vec<Value> {
    const TEXTS: [&str; 16] = [
        "another",
        "7",
        "2016/17",
        "2018/19",
        "2017-06",
        "2017-06-05",
        "MarketCapacity",
        "Recurrent",
        "Stay",
        "Remark",
        "Hindsight",
        "G",
        "Entered",
        "SevenDayServices",
        "home-care",
        "0.31",
    ];
    match value {
        Value::String(_) | Value::Null => TEXTS.iter().map(|text| (*text).into()).collect(),
        Value::Number(_) => vec![3.into(), 4_000.into()],
        Value::Bool(is) => vec![(!is).into()],
        Value::Array(items) => {
            let mut lists = Vec::new();
            for at in 0..items.len() {
                let mut without = items.clone();
                without.remove(at);
                let mut twice = items.clone();
                twice.push(items[at].clone());
                let mut turned = items.clone();
                turned.rotate_left(at);
                lists.extend([without, twice, turned].map(Value::Array));
            }
            lists
        }
        Value::Object(fields) => {
            let without = fields.keys().map(|name| {
                let mut fields = fields.clone();
                fields.remove(name);
                Value::Object(fields)
            });
            let source = |to: Value| {
                let mut fields = fields.clone();
                fields.insert("source".to_owned(), to);
                Value::Object(fields)
            };
            let moved = fields.get("value").map(|value| {
                let mut fields = fields.clone();
                fields.insert("was".to_owned(), value.clone());
                Value::Object(fields)
            });
            without.chain(fields.get("source").map(|_| source("Entered".into()))).chain(moved).collect()
        }
    }
}

/// The fixture with everything said that a scenario may leave out.
fn full() -> Scenario {
    let mut full = small();
    let quantity = |text: &str| text.parse::<Quantity>().expect("a quantity");
    let figure = |text: &str| Figure::entered(quantity(text));
    let range = || Figure::entered(Range { low: quantity("0.5"), central: quantity("0.6"), high: quantity("0.7") });
    full.recording = Some(figure("0.1"));
    full.outturn = ["2017-06", "2017-07"].map(|text| MonthOfOutturn::entered(month(text), 100)).to_vec();
    full.outturn[0].responsible = Some(Responsible { nhs: 50, social_care: 30, both: 20 });
    full.outturn[0].reasons = [(Reason::A, 60), (Reason::G, 40)].into();
    Arc::make_mut(&mut full.schemes[0]).delivery_risk = Some(DeliveryRisk { slip_days: range(), delivered: range() });
    for pathway in &mut full.pathways {
        let pathway = Arc::make_mut(pathway);
        pathway.volatility = Some(Volatility { spread: figure("0.05"), persistence_days: figure("90") });
        if let Kind::Service(service) = &mut pathway.kind {
            service.occupied = Some(figure("3"));
            service.patience_days = Some(figure("50"));
        }
    }
    full.bookmarks = ["Beds first", "Fees first"].map(|name| Bookmark::of(&full, name)).to_vec();
    full.format = full.oldest_format();
    full
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// One figure, item or order is changed at a time, whatever field it is in: none may be forgotten.
#[test]
fn whatever_differs_is_told_and_merging_it_with_nothing_gives_it_back() {
    let base = full();
    let changed = one_thing_changed(&base);
    assert!(changed.len() > 1_000, "{}", changed.len());
    // The format is no figure: it follows from the others.
    for (pointer, mut other) in changed.into_iter().filter(|(pointer, _)| pointer != "/format") {
        other.format = other.oldest_format();
        let told = compare(&base, &other);
        assert!(!told.is_empty(), "{pointer}");
        for difference in &told.differences {
            assert!(!difference.words.is_empty() && !difference.words.contains('\n'), "{pointer}: {difference:?}");
        }
        assert!(!compare(&other, &base).is_empty(), "{pointer}");
        assert_eq!(merge(&base, &base, &other).scenario, other, "{pointer}");
        let kept = merge(&base, &other, &base);
        assert_eq!(kept.scenario, other, "{pointer}");
        assert!(kept.taken_from_theirs.is_empty() && kept.conflicts.is_empty(), "{pointer}");
        let both = merge(&base, &other, &other);
        assert_eq!(both.scenario, other, "{pointer}: the same change on both sides");
        assert!(both.taken_from_theirs.is_empty() && both.conflicts.is_empty(), "{pointer}");
    }
}

#[test]
fn equal_scenarios_have_no_difference() {
    for scenario in [small(), july()] {
        assert_eq!(compare(&scenario, &scenario.clone()), Comparison::default());
    }
}

#[test]
fn differences_are_sentences_that_name_scheme_year_and_sum() {
    let before = small();
    for (edits, told) in [
        (vec![allocate("beds", "2017/18", "650k")], "Care home beds 2017/18: £900,000 → £650,000 (−£250,000)"),
        (vec![allocate("beds", "2018/19", "1.3m")], "Care home beds 2018/19: £1,200,000 → £1,300,000 (+£100,000)"),
        (vec![commit("beds", "2018/19", false)], "Care home beds, committed in: 2017/18, 2018/19 → 2017/18"),
        (vec![rename("beds", "Beds")], "Care home beds, name: “Care home beds” → “Beds”"),
        (vec![Edit::Retitle("Plan B".to_owned())], "Title: “Small plan” → “Plan B”"),
        (vec![add(2, "nurses")], "Added: nurses (Improving flow, £250,000.50 in 2017/18)"),
        (
            vec![Edit::RemoveScheme(id("beds"))],
            "Removed: Care home beds (Additional provision, £900,000 in 2017/18, £1,200,000 in 2018/19)",
        ),
        (vec![Edit::SetCarriesForward(false)], "Balance carried forward: yes → no"),
    ] {
        assert_eq!(words(&before, &after(&before, &edits)), [told]);
    }
}

#[test]
fn a_source_that_changed_is_told_whether_the_figure_did_or_not() {
    let before = small();
    let mut other = before.clone();
    let grant = other.fund.grant.get_mut("2018/19".parse().expect("a year")).expect("a grant");
    grant.source = crate::scenario::Source::Entered;
    let told = words(&before, &other);
    assert_eq!(
        told,
        ["Grant 2018/19, source: Assumption: the national profile → Entered in the planner; no source given"]
    );
    let grant = other.fund.grant.get_mut("2018/19".parse().expect("a year")).expect("a grant");
    grant.value = "4000000".parse().expect("money");
    let told = words(&before, &other);
    assert_eq!(
        told,
        ["Grant 2018/19: £4,188,142.57 → £4,000,000 (−£188,142.57); source: Assumption: the national profile → \
             Entered in the planner; no source given"]
    );
}

#[test]
fn of_a_long_text_the_part_that_differs_is_quoted() {
    let before = small();
    let mut other = before.clone();
    let mut long = before.clone();
    let text = "Thirty beds in homes that take people on any day of the week. ".repeat(20);
    Arc::make_mut(&mut long.schemes[0]).about = text.clone();
    Arc::make_mut(&mut other.schemes[0]).about = text.replacen("any day of the week. Thirty", "workdays. Thirty", 1);
    let told = words(&long, &other);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("any day of the week") && told[0].contains("workdays"), "{told:?}");
    assert!(told[0].chars().count() < 300, "{told:?}");
}

#[test]
fn differences_stand_by_area_in_the_papers_order_and_by_scheme_within_it() {
    let before = small();
    let edits = [
        target("2018-03", "80"),
        allocate("beds", "2017/18", "1"),
        add(0, "first-in-the-list"),
        allocate("beds", "2018/19", "2"),
        Edit::Retitle("B".to_owned()),
    ];
    let before = after(&before, &[Edit::SetLocked { scheme: id("brokers"), locked: false }]);
    let told = compare(&before, &after(&before, &edits));
    let groups: Vec<(String, usize)> =
        told.groups().into_iter().map(|(heading, differences)| (heading, differences.len())).collect();
    let expected = [("The plan", 1), ("Improving flow", 1), ("Additional provision", 2), ("Targets", 1)];
    assert_eq!(groups, expected.map(|(heading, count)| (heading.to_owned(), count)));
}

#[test]
fn changes_to_different_figures_come_together_whichever_side_made_them() {
    let base = july();
    let beds = allocate("care-home-beds", "2017/18", "650000");
    let disjoint = [
        beds,
        allocate("care-home-beds", "2018/19", "777"),
        commit("care-home-beds", "2019/20", true),
        rename("table-exceeds-text", "The table’s £80k"),
        target("2018-03", "80"),
        target("2017-11", "98"),
        came("2017-06", 5_000),
        came("2017-07", 5_100),
        Edit::Retitle("Mine".to_owned()),
        add(1, "nurses"),
    ];
    for (at, mine) in disjoint.iter().enumerate() {
        for theirs in disjoint.iter().skip(at + 1) {
            let [m, t] = [mine, theirs].map(|edit| after(&base, std::slice::from_ref(edit)));
            let both = after(&base, &[mine.clone(), theirs.clone()]);
            for (m, t) in [(&m, &t), (&t, &m)] {
                let merged = merge(&base, m, t);
                assert_eq!(merged.scenario, both, "{mine:?} {theirs:?}");
                assert_eq!((merged.conflicts, merged.errors), (vec![], vec![]), "{mine:?} {theirs:?}");
                assert_eq!(merged.taken_from_theirs, compare(&base, t).differences, "{mine:?} {theirs:?}");
            }
        }
    }
}

#[test]
fn the_same_figure_changed_differently_is_a_conflict_that_keeps_mine_until_theirs_is_chosen() {
    let base = small();
    let mine = after(&base, &[allocate("beds", "2017/18", "650000"), allocate("beds", "2018/19", "5")]);
    let theirs = after(&base, &[allocate("beds", "2017/18", "700000"), allocate("beds", "2018/19", "5")]);
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.scenario, mine);
    let [conflict] = &merged.conflicts[..] else { panic!("{:?}", merged.conflicts) };
    assert_eq!(conflict.place.to_string(), "schemes[\"beds\"].allocations[\"2017/18\"]");
    assert_eq!((conflict.name.as_str(), conflict.taken), ("Care home beds 2017/18", Side::Mine));
    assert_eq!(conflict.mine_in_words, "£900,000 → £650,000 (−£250,000)");
    assert_eq!(conflict.theirs_in_words, "£900,000 → £700,000 (−£200,000)");

    let chosen = merge_choosing(&base, &mine, &theirs, std::slice::from_ref(&conflict.place));
    assert_eq!(chosen.scenario, theirs);
    assert_eq!(chosen.conflicts.len(), 1, "the question stays, to be answered again");
    assert_eq!(chosen.conflicts[0].taken, Side::Theirs);
}

#[test]
fn a_scheme_removed_on_one_side_and_changed_on_the_other_is_a_conflict_that_says_what_was_changed() {
    let base = small();
    let removed = after(&base, &[Edit::RemoveScheme(id("beds"))]);
    let changed = after(&base, &[allocate("beds", "2017/18", "650000")]);
    let merged = merge(&base, &removed, &changed);
    assert_eq!(merged.scenario, removed);
    let [conflict] = &merged.conflicts[..] else { panic!("{:?}", merged.conflicts) };
    assert_eq!(conflict.mine_in_words, "removed");
    assert_eq!(conflict.theirs_in_words, "Care home beds 2017/18: £900,000 → £650,000 (−£250,000)");
    let chosen = merge_choosing(&base, &removed, &changed, std::slice::from_ref(&conflict.place));
    assert_eq!(chosen.scenario, changed);
    // And the other way round: what was changed stays until its removal is chosen.
    let merged = merge(&base, &changed, &removed);
    assert_eq!(merged.scenario, changed);
    assert_eq!(merge_choosing(&base, &changed, &removed, &[merged.conflicts[0].place.clone()]).scenario, removed);
}

#[test]
fn what_each_side_may_say_and_both_together_may_not_is_said() {
    let mut base = small();
    base.notes.clear();
    let mut mine = base.clone();
    let mut theirs = base.clone();
    // Mine begins an effect with a milestone that theirs takes out.
    let unused = base.schemes[0].milestones[0].clone();
    let mut extra = unused.clone();
    extra.id = id("extra");
    Arc::make_mut(&mut base.schemes[0]).milestones.push(extra.clone());
    Arc::make_mut(&mut mine.schemes[0]).milestones.push(extra);
    Arc::make_mut(&mut mine.schemes[0]).effects[0].start = crate::scenario::Start::Milestone(id("extra"));
    Arc::make_mut(&mut theirs.schemes[0]).milestones.truncate(1);
    let merged = merge(&base, &mine, &theirs);
    assert!(merged.conflicts.is_empty());
    assert!(merged.errors.iter().any(|finding| finding.words.contains("extra")), "{:?}", merged.errors);
}

/// A scheme called so, with a milestone and an effect that waits for it on the plan's first pathway; a pathway, a paper
/// that the scheme's money cites, a note on the scheme and a risk.
fn what_one_begins(base: &Scenario, name: &str) -> Scenario {
    let mut it = after(base, &[new_scheme(base, Area::MarketCapacity).expect("a scheme")]);
    let scheme = it.schemes.last().expect("the scheme").id.clone();
    let paper = Id::fresh("paper", |_| false).expect("a name");
    let mut cited = Figure::entered("1000".parse().expect("money"));
    cited.source = Source::Cited { paper: paper.clone(), at: name.to_owned() };
    it.papers.push(Paper { id: paper, title: name.to_owned(), short: name.to_owned(), ..it.papers[0].clone() });
    let mut new = (*it.schemes.last().expect("the scheme").clone()).clone();
    new.name = name.to_owned();
    new.allocations.insert("2017/18".parse().expect("a year"), cited);
    *it.schemes.last_mut().expect("the scheme") = Arc::new(new);
    let begin = |it: &mut Scenario, edit: Edit| *it = after(it, &[edit]);
    let of = |it: &Scenario| (*it.scheme(&scheme).expect("the scheme").1).clone();
    let milestone = new_milestone(&it, &of(&it)).expect("a milestone");
    begin(&mut it, milestone);
    let effect = new_effect(&it, &of(&it), &it.pathways[0].clone());
    begin(&mut it, effect);
    let on_beds = new_effect(&it, &it.schemes[0].clone(), &it.pathways[0].clone());
    begin(&mut it, on_beds);
    let pathway = new_pathway(&it, &it.pathways[0].clone(), None).expect("a pathway");
    begin(&mut it, pathway);
    let note = new_note(&it, Some(&scheme));
    begin(&mut it, note);
    Arc::make_mut(it.pathways.last_mut().expect("the pathway")).name = name.to_owned();
    it.notes.last_mut().expect("the note").text = name.to_owned();
    let risk = Doing::Begin(Sort::Risk).edit(&it).expect("a risk");
    begin(&mut it, risk);
    it
}

#[test]
fn what_two_people_begin_in_two_copies_of_a_plan_stays_two_things_and_none_points_at_the_others() {
    let base = july();
    let [mine, theirs] = ["Mine", "Theirs"].map(|name| what_one_begins(&base, name));
    let merged = merge(&base, &mine, &theirs);
    assert_eq!((&merged.conflicts, &merged.errors), (&vec![], &vec![]));
    let both = &merged.scenario;
    for one in [&mine, &theirs] {
        let scheme = one.schemes.last().expect("the scheme");
        assert_eq!(both.scheme(&scheme.id).map(|(_, it)| it), Some(&**scheme), "with its milestone, effect and source");
        assert!(both.pathways.contains(one.pathways.last().expect("the pathway")));
        assert!(both.papers.contains(one.papers.last().expect("the paper")));
        assert!(both.notes.contains(one.notes.last().expect("the note")));
        assert!(both.context.risks.contains(one.context.risks.last().expect("the risk")));
    }
    let added = |of: fn(&Scenario) -> usize| of(both) - of(&base);
    assert_eq!([added(|it| it.schemes.len()), added(|it| it.notes.len()), added(|it| it.context.risks.len())], [2; 3]);
    assert_eq!(added(|it| it.pathways.len()), 2);
}

#[test]
fn two_effects_that_two_people_begin_on_one_pathway_are_both_kept() {
    let base = small();
    let with_size = |size: &str| {
        let edit = new_effect(&base, &base.schemes[0], &base.pathways[0]);
        let Edit::AddEffect { scheme, at, mut effect } = edit else { panic!("an effect is added") };
        effect.per.change(size.parse().expect("money"));
        after(&base, &[Edit::AddEffect { scheme, at, effect }])
    };
    let (mine, theirs) = (with_size("111"), with_size("222"));
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.conflicts, []);
    let effects = &merged.scenario.schemes[0].effects;
    assert_eq!(effects.len(), base.schemes[0].effects.len() + 2);
    for one in [&mine, &theirs] {
        assert!(effects.contains(one.schemes[0].effects.last().expect("the effect")));
    }
}
