use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::money::Money;
use crate::scenario::edit::apply;
use crate::scenario::{Edit, MonthOfOutturn, Scheme};

const SMALL: &str = include_str!("../../../tests/fixtures/small.ron");

fn small() -> Scenario {
    parse("small.ron", SMALL).expect("the fixture is sound").scenario
}

/// As a person might lay it out: two spaces a level, comments above, beside and between.
fn by_hand(text: &str) -> String {
    let mut lines = vec!["// Agreed with finance on Friday.".to_owned()];
    for (at, line) in text.lines().enumerate() {
        let spaces = line.len() - line.trim_start().len();
        if line.trim_start().starts_with("id: ") {
            lines.push(format!("{}// line {at}: ask Ann", " ".repeat(spaces / 2)));
        }
        let beside = if at % 7 == 3 { format!(" // beside {at}") } else { String::new() };
        lines.push(" ".repeat(spaces / 2) + line.trim_start() + &beside);
    }
    lines.push("// The end.".to_owned());
    lines.join("\n") + "\n"
}

fn edited(edits: &[Edit]) -> Scenario {
    edits.iter().fold(small(), |scenario, edit| apply(&scenario, edit).expect("kept").scenario)
}

fn pounds(pounds: i64) -> Money {
    Money::pounds(pounds).expect("within bounds")
}

fn year(text: &str) -> crate::calendar::FinancialYear {
    text.parse().expect("a year")
}

fn set_beds(amount: i64) -> Edit {
    Edit::SetAllocation { scheme: "beds".parse().expect("an id"), year: year("2017/18"), amount: pounds(amount) }
}

/// The lines of one text that are not in the other, and those of the other that are not in the one, in order.
fn differing<'a>(before: &'a str, after: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(after.len()) - same;
    let same_end = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    (before[same..before.len() - same_end].to_vec(), after[same..after.len() - same_end].to_vec())
}

#[test]
fn an_unchanged_scenario_keeps_every_byte_of_its_text() {
    for text in [SMALL.to_owned(), by_hand(SMALL), SMALL.replace('\n', "\r\n"), format!("\u{feff}{SMALL}  ")] {
        assert_eq!(revise(&text, &small(), &small()), text);
    }
}

#[test]
fn a_moved_figure_changes_its_own_line_in_a_text_laid_out_by_hand() {
    let now = edited(&[set_beds(650_000)]);
    for text in [by_hand(SMALL), format!("\u{feff}{}", by_hand(SMALL).replace('\n', "\r\n"))] {
        let revised = revise(&text, &small(), &now);
        let (old, new) = differing(&text, &revised);
        assert_eq!((old.len(), new.len()), (1, 1), "{old:#?}\n{new:#?}");
        assert!(old[0].contains("\"900000\"") && new[0].contains("\"650000\"") && new[0].contains("was: \"900000\""));
        assert_eq!(old[0].ends_with('\r'), new[0].ends_with('\r'));
        assert!(reads_as(revised.strip_prefix('\u{feff}').unwrap_or(&revised), &now));
        assert_eq!(revised.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
    }
}

#[test]
fn the_planners_own_layout_stays_the_planners_own() {
    let mut now = edited(&[set_beds(650_000)]);
    now.schemes.remove(1);
    assert_eq!(revise(SMALL, &small(), &now), write(&now));
    let windows = format!("\u{feff}{}", SMALL.replace('\n', "\r\n"));
    assert_eq!(revise(&windows, &small(), &now), format!("\u{feff}{}", write(&now).replace('\n', "\r\n")));
}

#[test]
fn a_scheme_taken_out_takes_its_own_lines_along_and_no_others() {
    let text = by_hand(SMALL);
    let mut now = small();
    now.schemes.remove(1);
    let revised = revise(&text, &small(), &now);
    let (old, new) = differing(&text, &revised);
    assert_eq!(new, Vec::<&str>::new(), "nothing else changed");
    assert!(old.join("\n").contains("brokers") && !old.join("\n").contains("Care home beds"), "{old:#?}");
}

#[test]
fn a_scheme_added_or_moved_stands_in_lines_of_its_own_with_its_comments() {
    let text = by_hand(SMALL);
    let mut scheme = small().schemes[0].clone();
    Arc::make_mut(&mut scheme).id = "more-beds".parse().expect("an id");
    for at in 0..=2 {
        let now = edited(&[Edit::AddScheme { at, scheme: Arc::clone(&scheme) }]);
        let revised = revise(&text, &small(), &now);
        let (old, new) = differing(&text, &revised);
        assert_eq!(old, Vec::<&str>::new(), "at {at}, nothing is lost");
        assert!(new.join("\n").contains("more-beds"), "{new:#?}");
        assert!(new[0].starts_with("    "), "as far in as the others: {new:#?}");
    }
    let mut now = small();
    now.schemes.reverse();
    let revised = revise(&text, &small(), &now);
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&revised), sorted(&text), "the lines are the same, comments and all");
    assert!(reads_as(&revised, &now));
}

#[test]
fn other_ways_to_say_the_same_are_left_as_they_are() {
    // On one line, with a wrapped figure, a name before a bracket, a raw text and a trailing comma.
    let text = SMALL
        .replacen("(\n    format", "Scenario(\n format", 1)
        .replacen("\"Thirty beds.\"", "r#\"Thirty beds.\"#", 1)
        .replacen("            locked: false,\n", "            locked : false ,\n", 1)
        .replacen("licence: \"Open Government Licence\"", "licence: Some(\"Open Government Licence\",)", 1);
    let now = edited(&[set_beds(650_000), Edit::Retitle("Smaller".into())]);
    let revised = revise(&text, &small(), &now);
    assert_eq!(revised.matches('\n').count(), text.matches('\n').count());
    for kept in ["Scenario(\n format", "r#\"Thirty beds.\"#", "locked : false ,", "Some(\"Open Government Licence\",)"]
    {
        assert!(revised.contains(kept), "{kept} in\n{revised}");
    }
    assert!(reads_as(&revised, &now));
}

#[test]
fn the_longest_rise_keeps_what_need_not_move() {
    let some = |numbers: &[usize]| numbers.iter().map(|number| Some(*number)).collect::<Vec<_>>();
    assert_eq!(longest_rise(&some(&[1, 2, 3, 0])), [0, 1, 2]);
    assert_eq!(longest_rise(&some(&[3, 0, 1, 2])), [1, 2, 3]);
    assert_eq!(longest_rise(&some(&[2, 1, 0])).len(), 1);
    assert_eq!(longest_rise(&[Some(0), None, Some(5), None, Some(4)]).len(), 2);
    assert!(longest_rise(&[]).is_empty());
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let scheme = || prop_oneof![Just("beds"), Just("brokers"), Just("added")].prop_map(|id| id.parse().expect("an id"));
    let years = || prop_oneof![Just("2017/18"), Just("2018/19")].prop_map(year);
    let text = || "[ -~\\n£é/*\"(\\[]{1,24}".prop_map(|text| format!("T{text}"));
    let added = |about: String| {
        let mut scheme: Scheme = (*small().schemes[1]).clone();
        scheme.id = "added".parse().expect("an id");
        scheme.about = about;
        scheme
    };
    prop_oneof![
        (scheme(), years(), 0_i64..3_000_000).prop_map(|(scheme, year, amount)| Edit::SetAllocation {
            scheme,
            year,
            amount: pounds(amount)
        }),
        (years(), 0_i64..9_000_000).prop_map(|(year, amount)| Edit::SetGrant { year, amount: pounds(amount) }),
        (scheme(), years(), any::<bool>()).prop_map(|(scheme, year, committed)| Edit::SetCommitted {
            scheme,
            year,
            committed
        }),
        (scheme(), any::<bool>()).prop_map(|(scheme, locked)| Edit::SetLocked { scheme, locked }),
        (scheme(), text()).prop_map(|(scheme, name)| Edit::RenameScheme { scheme, name: name.replace('\n', " ") }),
        text().prop_map(|title| Edit::Retitle(title.replace('\n', " "))),
        scheme().prop_map(Edit::RemoveScheme),
        (0_usize..3, text()).prop_map(move |(at, about)| Edit::AddScheme { at, scheme: Arc::new(added(about)) }),
        (6_i8..12, 1_u32..3_000).prop_map(|(month, days)| {
            let month = format!("2017-{month:02}").parse().expect("a month");
            Edit::SetOutturn(MonthOfOutturn::entered(month, days))
        }),
        (scheme()).prop_map(|scheme| Edit::SetDeliveryRisk { scheme, to: None }),
    ]
}

/// The text laid out another way: other indentation, comments and empty lines between and beside.
fn any_layout() -> impl Strategy<Value = String> {
    let odd = prop::collection::vec((0_usize..200, 0_usize..4), 0..40);
    (prop_oneof![Just("    "), Just("  "), Just("\t"), Just("")], odd, any::<bool>(), any::<bool>()).prop_map(
        |(indent, odd, windows, mark)| {
            let mut lines: Vec<String> = SMALL
                .lines()
                .map(|line| {
                    let words = line.trim_start();
                    indent.repeat((line.len() - words.len()) / 4) + words
                })
                .collect();
            for (number, (at, what)) in odd.into_iter().enumerate() {
                let at = at % lines.len();
                match what {
                    0 => lines.insert(at, format!("// above {number}")),
                    1 => lines[at] = format!("{} // beside {number}", lines[at]),
                    2 => lines[at] = format!("{} /* beside {number} */ ", lines[at]),
                    _ => lines.insert(at, String::new()),
                }
            }
            let text = lines.join(if windows { "\r\n" } else { "\n" });
            if mark { format!("\u{feff}{text}") } else { text }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn after_any_edits_of_any_layout_the_text_says_what_the_scenario_does(
        text in any_layout(), edits in prop::collection::vec(any_edit(), 0..6), turned in any::<bool>(),
    ) {
        let was = parse("plan.ron", &text).expect("another layout of the same").scenario;
        prop_assert_eq!(&was, &small());
        let mut now = was.clone();
        for edit in &edits {
            if let Ok(applied) = apply(&now, edit) {
                now = applied.scenario;
            }
        }
        if turned {
            now.schemes.reverse();
        }
        let body = text.trim_start_matches('\u{feff}');
        prop_assert!(now == was || revised(body, &was, &now).is_some_and(|text| reads_as(&text, &now)),
            "the layout was given up:\n{:#?}", revised(body, &was, &now));
        let revised = revise(&text, &was, &now);
        let read = parse("revised", &revised).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&read.scenario, &now);
        prop_assert!(now != was || revised == text, "unchanged, yet another text");
        // What is said beside parts that no edit touches stays.
        let untouched = |text: &str| {
            let (papers, costs) = (text.find("papers:"), text.find("fund:"));
            papers.zip(costs).map(|(from, to)| text[from..to].to_owned())
        };
        prop_assert_eq!(untouched(&revised), untouched(&text));
        // Back again, the text is of the same scenario as at first.
        let back = parse("back", &revise(&revised, &now, &was)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(back.scenario, was);
    }
}
