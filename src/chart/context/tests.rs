//! What the sheets find in the papers, by hand arithmetic from them.

use super::{Cell, Figures, Part, Row, Sheet, box_begun, sheet};
use crate::bundled::{BANES_2017_19, BLANK, Bundled, JULY_2017, NOVEMBER_2017, OXFORDSHIRE_2014, PAPERS};
use crate::calendar::Date;
use crate::context::delivery::progress;
use crate::forecast::Forecast;
use crate::ledger::Ledger;
use crate::scenario::compare::compare;
use crate::scenario::context::{Doing, Key, Sort, Spot};
use crate::scenario::edit::apply;
use crate::scenario::{Edit, Id, Scenario};

fn open(bundled: Bundled) -> Scenario {
    bundled.open().expect("a bundled plan").scenario
}

fn shown(scenario: &Scenario, part: Part) -> Option<Sheet> {
    let (ledger, forecast) = (Ledger::of(scenario).expect("sums"), Forecast::of(scenario));
    sheet(part, Figures { scenario, ledger: &ledger, forecast: &forecast, chance: None }).expect("sums")
}

fn row<'a>(sheet: &'a Sheet, name: &str) -> &'a [Cell] {
    let cells = |row: &'a Row| match row {
        Row::Cells(cells) => Some(cells.as_slice()),
        Row::Heading(_) | Row::Group(_) => None,
    };
    let mut rows = sheet.rows.iter().filter_map(cells);
    rows.find(|cells| cells[0].text.contains(name)).unwrap_or_else(|| panic!("no row of {name}"))
}

#[test]
fn every_row_of_every_sheet_has_a_cell_for_every_column_and_a_finding_over_it() {
    for bundled in PAPERS {
        let scenario = open(bundled);
        let mut shown_parts = 0;
        for part in Part::ALL {
            let Some(sheet) = shown(&scenario, part) else { continue };
            shown_parts += 1;
            assert!(!sheet.title.is_empty() && !sheet.rows.is_empty(), "{}, {part:?}", bundled.name);
            for row in &sheet.rows {
                if let Row::Cells(cells) | Row::Group(cells) = row {
                    assert_eq!(cells.len(), sheet.columns.len(), "{}, {part:?}: {:?}", bundled.name, cells[0].text);
                }
            }
        }
        assert!(shown_parts >= 2, "{}", bundled.name);
    }
    assert!(Part::ALL.into_iter().all(|part| shown(&open(BLANK), part).is_none()));
}

#[test]
fn november_finds_the_slips_since_july_in_its_title() {
    let sheet = shown(&open(NOVEMBER_2017), Part::Delivery).expect("a plan");
    // Put off: the tasks' implementation (1 August to 1 January, 153 days), the nurses' process, recruitment and go-live.
    // Delayed without a day: HART's plan, the decision, the wording. Dropped: the outcomes approach, the specification.
    let said = "4 activities were put off since the earlier plan, by up to 153 days; 3 delayed with no new day; 2 listed no more";
    assert_eq!(sheet.title, said);
    assert_eq!(row(&sheet, "Go-live")[4].text, "58 days later, overdue, 1 effect waits"); // 4 September to 1 November
}

#[test]
fn november_s_words_for_hart_s_hours_and_for_care_home_placements_are_contradicted_by_their_figures() {
    let sheet = shown(&open(NOVEMBER_2017), Part::Measures).expect("measures");
    // Paragraph 29 has nine; of one it prints a single figure.
    let said = "4 of 9 measures improve, 4 get worse, of 1 the way is not known; of 2 the paper says otherwise";
    assert_eq!(sheet.title, said);
    let column = sheet.columns.iter().position(|column| column.name.starts_with("By its figures")).expect("a column");
    let word = |name: &str| row(&sheet, name).get(column).map(|cell| cell.text.clone());
    let contradicted = Some("■ red, deteriorating\n▲ the paper: “improving”".to_owned());
    assert_eq!(word("Hours of reablement"), contradicted);
    assert_eq!(word("placed into a care home"), contradicted);
    assert_eq!(word("discharged from hospital to HART"), Some("improving\nthe paper: “improving”".to_owned()));
}

/// The plan after this was typed into the box whose name has all of these words; and what the edit says of itself.
fn typed(scenario: &Scenario, part: Part, words: &[&str], text: &str) -> (Scenario, String) {
    let sheet = shown(scenario, part).expect("it is there");
    let is_it = |cell: &&Cell| cell.spot.is_some() && words.iter().all(|word| cell.called.contains(word));
    let cell = sheet.cells().find(is_it).unwrap_or_else(|| panic!("no box of {words:?}"));
    let edit = cell.spot.as_ref().unwrap().typed(scenario, text).unwrap();
    let said = edit.in_words(scenario);
    (apply(scenario, &edit).unwrap().scenario, said)
}

#[test]
fn a_figure_that_was_typed_over_says_that_it_was_moved_and_from_what_before_its_source() {
    let mut moved = 0;
    for (scenario, sheet) in all() {
        for cell in sheet.cells() {
            let (Some(spot), Some(help)) = (&cell.spot, &cell.help) else { continue };
            // Days without a milestone and steps keep nothing of what they were; nobody published what is entered.
            let keeps_nothing = spot.is_text() || matches!(spot, Spot::Due(..) | Spot::StepBy(..) | Spot::Status(..));
            if keeps_nothing || help.starts_with("Entered") {
                continue;
            }
            assert_eq!(cell.told().as_ref(), Some(help), "{}: nothing was moved yet", cell.called);
            let tries = ["0.33", "2", "3"].into_iter().chain(spot.choices().unwrap_or_default());
            let after = tries.into_iter().find_map(|text| {
                let after = apply(&scenario, &spot.typed(&scenario, text).ok()?).ok()?.scenario;
                (after != scenario).then_some(after)
            });
            let after = shown(&after.expect("something else can be typed"), sheet.part).expect("it is still there");
            let now = after.cells().find(|now| now.spot.as_ref() == Some(spot)).expect("its box");
            let was = now.moved.as_ref().unwrap_or_else(|| panic!("{}: nothing tells that it was moved", cell.called));
            let is_rounded = cell.text.ends_with(['m', 'k']);
            assert!(is_rounded || *was == cell.text, "{}: {was} is not {}", cell.called, cell.text);
            assert_eq!(now.told(), Some(format!("Moved by hand from {was}; {help}")), "{}", cell.called);
            // Delivery's title tells of days.
            let is_told = after.title.ends_with("1 of its figures was moved by hand");
            assert!(is_told || sheet.part == Part::Delivery, "{}", after.title);
            moved += 1;
        }
    }
    assert!(moved > 100, "{moved} figures");
}

#[test]
fn what_a_person_began_and_then_moved_is_nobody_elses_figure() {
    let begun = Doing::Begin(Sort::Pool).edit(&open(BLANK)).map(|edit| apply(&open(BLANK), &edit).unwrap().scenario);
    let begun = begun.expect("a pool can be begun");
    let sheet = shown(&begun, Part::Pools).expect("a pool");
    let amount = sheet.cells().find_map(|cell| cell.spot.clone().filter(|spot| matches!(spot, Spot::Amount(..))));
    let edit = amount.expect("an amount").typed(&begun, "5").unwrap();
    let sheet = shown(&apply(&begun, &edit).unwrap().scenario, Part::Pools).expect("a pool");
    assert!(sheet.cells().all(|cell| cell.moved.is_none()));
}

#[test]
fn a_paper_is_not_accused_of_what_was_moved_by_hand() {
    let november = open(NOVEMBER_2017);
    let (after, _) = typed(&november, Part::Pools, &["Care Homes, Oxfordshire County Council"], "84000000");
    let sheet = shown(&after, Part::Pools).expect("pools");
    let by_hand = "1 of its figures was moved by hand";
    let note = &row(&sheet, "Gross contribution, printed")[3].text;
    assert_eq!(*note, format!("▲ £167,000 apart from the lines; {by_hand}"));
    let (after, _) = typed(&november, Part::Measures, &["Quarter 2 2017/18", "Hours of reablement"], "13000");
    let sheet = shown(&after, Part::Measures).expect("measures");
    let said = "5 of 9 measures improve, 3 get worse, of 1 the way is not known; of 1 the paper says otherwise; ";
    assert_eq!(sheet.title, format!("{said}{by_hand}"));
    let column = sheet.columns.iter().position(|column| column.name.starts_with("By its figures")).expect("a column");
    assert_eq!(
        row(&sheet, "Hours of reablement")[column].text,
        format!("improving\nthe paper: “improving”\n{by_hand}")
    );
}

#[test]
fn every_figure_of_a_row_tells_its_own_source() {
    let sheet = shown(&open(NOVEMBER_2017), Part::Measures).expect("measures");
    for cell in sheet.cells().filter(|cell| matches!(cell.spot, Some(Spot::Reading(..) | Spot::Target(_)))) {
        let is_given = !cell.text.is_empty() && cell.text != "–";
        assert_eq!(cell.told().is_some(), is_given, "{}", cell.called);
    }
}

#[test]
fn periods_stand_in_time_s_order_after_what_the_measures_come_to() {
    let sheet = shown(&open(BANES_2017_19), Part::Measures).expect("measures");
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    let first = ["Measure", "Target", "Baseline", "By its figures, and in the paper"];
    assert_eq!(names[..4], first);
    assert_eq!(names[4..7], ["Quarter 3 2016/17", "2016/17", "Quarter 1 2017/18"]);
    let said = "0 of 9 measures improve, 1 gets worse, of 7 the way is not known";
    assert!(sheet.title.starts_with(said), "{}", sheet.title);
}

#[test]
fn an_activity_that_is_marked_delayed_is_told_its_new_day_and_is_no_slip_of_the_paper_s() {
    let november = open(NOVEMBER_2017);
    let before = shown(&november, Part::Delivery).expect("a plan").title;
    let (after, said) = typed(&november, Part::Delivery, &["Status: New starters in post"], "delayed");
    // Due 31 October; the plan was written on 9 November.
    assert_eq!(said, "Mark “New starters in post” delayed and put it off to 9 December 2017");
    let sheet = shown(&after, Part::Delivery).expect("a plan");
    let rest = sheet.title.strip_prefix(&format!("{before}; ")).expect("what the paper put off is told as before");
    assert!(rest.ends_with(" moved here by hand"), "{rest}");
    let cells = row(&sheet, "New starters in post");
    assert_eq!(cells[1].moved.as_deref(), Some("31 Oct 2017"));
    assert!(cells[4].text.contains("39 days later by hand"), "{}", cells[4].text);
}

#[test]
fn nothing_waits_for_what_is_completed() {
    for plan in [JULY_2017, NOVEMBER_2017] {
        let sheet = shown(&open(plan), Part::Delivery).expect("a plan");
        let mut done =
            sheet.rows.iter().map(Row::cells).filter(|cells| cells.len() > 4 && cells[2].text == "completed");
        assert!(done.all(|cells| !cells[4].text.contains("wait")), "{}", plan.name);
    }
}

#[test]
fn what_months_to_come_decide_is_expected_or_not_and_what_was_read_is_met_or_not() {
    let title = |plan| shown(&open(plan), Part::Risks).expect("risks").title;
    assert!(title(NOVEMBER_2017).ends_with("what it hangs on is not expected"), "{}", title(NOVEMBER_2017));
    assert!(title(BANES_2017_19).ends_with("what it hangs on is not met"), "{}", title(BANES_2017_19));
}

#[test]
fn of_a_long_list_only_what_became_another_is_told() {
    let (_, pool) = typed(&open(NOVEMBER_2017), Part::Pools, &["Care Homes, Oxfordshire County Council"], "84000000");
    assert_eq!(pool, "Better Care Fund pool, Care Homes: £84,167,000 → £84,000,000");
    let (_, panel) = typed(&open(OXFORDSHIRE_2014), Part::Admissions, &["They stand above last year by"], "10%");
    assert_eq!(panel, "Admissions and home care, rise: 0.072 → 0.1");
}

#[test]
fn july_s_pool_shows_94_292_printed_against_94_123() {
    let sheet = shown(&open(JULY_2017), Part::Pools).expect("pools");
    let (net, printed) = (row(&sheet, "Net contribution"), row(&sheet, "Net contribution, printed"));
    assert_eq!([&net[1].text, &printed[1].text], ["£94,123,000", "£94,292,000"]);
    assert_eq!(printed[3].text, "▲ £169,000 apart from the lines");
    assert!(sheet.title.contains("£94,292,000 printed"), "{}", sheet.title);
}

#[test]
fn what_a_pool_is_used_for_stands_under_the_partner_whose_part_it_is() {
    for plan in [JULY_2017, NOVEMBER_2017] {
        let sheet = shown(&open(plan), Part::Pools).expect("pools");
        assert_eq!(sheet.columns[2].name, "Oxfordshire Clinical Commissioning Group");
        let total = |of: usize| {
            sheet
                .rows
                .iter()
                .filter_map(|row| match row {
                    Row::Cells(cells) if cells[0].text == "Total" => Some(cells[of].text.clone()),
                    _ => None,
                })
                .collect::<Vec<_>>()
        };
        // £21.531m is the council's part and £15.190m the NHS's.
        assert_eq!([total(1), total(2)], [["£21,531,000", ""], ["", "£15,190,000"]], "{}", plan.name);
        let pathways = row(&sheet, "Ambulatory Emergency Care Pathways");
        assert_eq!((pathways[1].text.as_str(), pathways[2].text.is_empty()), ("", false), "{}", plan.name);
    }
}

#[test]
fn a_sum_of_all_partners_stands_under_none_of_them() {
    let sheet = shown(&open(BANES_2017_19), Part::Pools).expect("pools");
    let all = row(&sheet, "All contributions");
    assert_eq!([&all[1].text, &all[2].text, &all[3].text], ["", "", "£61,148,232"]);
    assert_eq!(row(&sheet, "All contributions, printed")[3].text, "£61,148,233");
}

#[test]
fn november_s_unspent_30_000_is_shared_70_to_30() {
    let sheet = shown(&open(NOVEMBER_2017), Part::Pools).expect("pools");
    assert!(sheet.title.contains("£21,000") && sheet.title.contains("£9,000"), "{}", sheet.title);
}

#[test]
fn july_s_1_2_million_serves_three_changes_and_is_counted_once() {
    let sheet = shown(&open(JULY_2017), Part::Changes).expect("changes");
    // 1.2 + 1.2 + 1.2 + 2.1 + 0.1 + 0.28 + 0.12 = 6.2; without the repeats 3.8.
    assert!(
        sheet.title.starts_with("£3.8m supports the changes, counted once; change by change it adds up to £6.2m"),
        "{}",
        sheet.title
    );
    assert_eq!(row(&sheet, "Seven-day")[4].text, "£1.2m serves others too");
}

#[test]
fn steps_without_days_are_not_said_to_have_none_overdue() {
    let sheet = shown(&open(BANES_2017_19), Part::Changes).expect("changes");
    assert!(sheet.title.ends_with(" 20 steps are to be done, none by a day"), "{}", sheet.title);
}

#[test]
fn banes_names_1_558_391_of_its_grant_and_the_market_s_schemes_come_to_31_84_per_cent() {
    let sheet = shown(&open(BANES_2017_19), Part::Purposes).expect("purposes");
    assert!(sheet.title.starts_with("£1,558,391 of £3,457,987"), "{}", sheet.title);
    assert_eq!(row(&sheet, "care market")[4].text, "£1,101,000 (31.84%)");
}

#[test]
fn what_the_papers_print_for_a_purpose_stays_printed_however_its_schemes_are_moved() {
    let banes = open(BANES_2017_19);
    let [year, amount] = ["2017/18", "1"];
    let scheme = "fair-price-of-care".parse().unwrap();
    let edit = Edit::SetAllocation { scheme, year: year.parse().unwrap(), amount: amount.parse().unwrap() };
    let moved = apply(&banes, &edit).unwrap().scenario;
    let sheets = [&banes, &moved].map(|plan| shown(plan, Part::Purposes).expect("purposes"));
    let [before, after] = sheets.each_ref().map(|sheet| row(sheet, "care market"));
    assert_eq!(before[4], after[4], "named");
    assert_ne!(before[3], after[3], "pounds");
}

#[test]
fn in_2014_three_and_a_half_per_cent_below_last_year_was_ten_below_and_saving_took_a_quarter() {
    let sheet = shown(&open(OXFORDSHIRE_2014), Part::Admissions).expect("the panel");
    assert_eq!(row(&sheet, "they would have to fall")[1].text, "10%"); // 1 − 0.965 / 1.072
    assert_eq!(row(&sheet, "at the margin")[1].text, "25%"); // 7.5% / 30%
    assert_eq!(row(&sheet, "an hour costs")[1].text, "£16.32"); // 8,000,000 / 9,400 / 52.14
    assert_eq!(row(&sheet, "More home care")[1].text, "34.8%"); // printed 35%
}

/// Every sheet of every bundled plan, with its plan.
fn all() -> Vec<(Scenario, Sheet)> {
    let mut all = Vec::new();
    for scenario in PAPERS.map(open) {
        all.extend(Part::ALL.into_iter().filter_map(|part| Some((scenario.clone(), shown(&scenario, part)?))));
    }
    all
}

fn spots(sheet: &Sheet) -> impl Iterator<Item = (&Spot, &str, &str)> {
    let heads = sheet
        .columns
        .iter()
        .filter_map(|column| column.spot.as_ref().map(|(spot, called)| (spot, called.as_str(), column.name.as_str())));
    heads.chain(sheet.cells().filter_map(|cell| Some((cell.spot.as_ref()?, cell.called.as_str(), cell.text.as_str()))))
}

#[test]
fn what_stands_in_a_cell_can_be_typed_back_and_changes_nothing() {
    let mut typed = 0;
    for (scenario, sheet) in all() {
        for (spot, called, text) in spots(&sheet) {
            // What is not given can't be typed; a sum rounded for the eye is another figure.
            let is_given = !text.is_empty() && !["–", "not said", "not scored"].contains(&text);
            let is_rounded = text.ends_with(['m', 'k']) && !spot.is_text();
            if !is_given || is_rounded {
                continue;
            }
            let edit = spot.typed(&scenario, text).unwrap_or_else(|why| panic!("{called}, {text}: {why}"));
            let after = apply(&scenario, &edit).unwrap_or_else(|why| panic!("{called}, {text}: {why}")).scenario;
            assert_eq!(after.context, scenario.context, "{called}: {text}");
            typed += 1;
        }
    }
    assert!(typed > 600, "{typed} cells");
}

#[test]
fn a_text_written_over_stands_there_and_undo_brings_the_other_back() {
    for (scenario, sheet) in all() {
        for (spot, called, text) in spots(&sheet).filter(|(spot, ..)| spot.is_text()) {
            let edit = spot.typed(&scenario, "Written anew").expect("a text");
            let done = apply(&scenario, &edit).unwrap_or_else(|why| panic!("{called}, {text}: {why}"));
            assert_eq!(apply(&done.scenario, &done.inverse).expect("undo").scenario, scenario, "{called}");
            let sheet = shown(&done.scenario, sheet.part).expect("it is still there");
            assert!(spots(&sheet).any(|(_, _, text)| text.contains("Written anew")), "{called}: {text}");
        }
    }
}

#[test]
fn whatever_is_offered_can_be_done_and_taken_back_and_a_new_name_has_its_box() {
    let mut begun = 0;
    for (scenario, sheet) in all() {
        let offers = sheet.cells().flat_map(|cell| &cell.offers).chain(&sheet.offers);
        for offer in offers {
            let words = offer.in_words(&scenario);
            let edit = offer.edit(&scenario).unwrap_or_else(|| panic!("{words}"));
            assert!(!edit.in_words(&scenario).is_empty());
            let done = match apply(&scenario, &edit) {
                Ok(done) => done,
                Err(why) => panic!("{words}: {why}"),
            };
            assert_ne!(done.scenario, scenario, "{words}");
            assert_eq!(apply(&done.scenario, &done.inverse).expect("undo").scenario, scenario, "{words}");
            if let Some(name) = box_begun(offer, &scenario) {
                let after = shown(&done.scenario, sheet.part).expect("it is still there");
                assert!(spots(&after).any(|(_, called, _)| called == name), "{words}: no box “{name}”");
                begun += 1;
            }
        }
    }
    assert!(begun > 50, "{begun} begun");
}

#[test]
fn every_part_can_be_begun_in_a_blank_plan_and_is_then_there() {
    let blank = open(BLANK);
    for part in Part::ALL {
        let begin = Doing::Begin(part.first());
        let Some(edit) = begin.edit(&blank) else {
            // What schemes act on needs schemes.
            assert_eq!(part.first(), Sort::Impact, "{part:?}");
            continue;
        };
        assert!(matches!(edit, Edit::AddToContext { .. }));
        let done = apply(&blank, &edit).unwrap_or_else(|why| panic!("{part:?}: {why}"));
        assert!(shown(&done.scenario, part).is_some_and(|sheet| !sheet.rows.is_empty()), "{part:?}");
        let name = box_begun(&begin, &blank);
        let sheet = shown(&done.scenario, part).expect("it is there");
        assert!(name.is_none_or(|name| spots(&sheet).any(|(_, called, _)| called == name)), "{part:?}");
    }
}

#[test]
fn whatever_is_typed_into_a_cell_is_told_from_what_it_was_to_what_it_is() {
    for (scenario, sheet) in all() {
        for (spot, called, _) in spots(&sheet) {
            // Something that no cell has: a text, the last choice or the first, a day, a place, a figure.
            let choices = spot.choices().unwrap_or_default();
            let tries = ["Written anew", "3 March 2018", "7 of 9", "0.33", "2"];
            let changed = tries.into_iter().chain(choices).find_map(|text| {
                let edit = spot.typed(&scenario, text).ok()?;
                let after = apply(&scenario, &edit).ok()?.scenario;
                (after != scenario).then_some((edit, after))
            });
            let (edit, after) = changed.unwrap_or_else(|| panic!("nothing can be typed into {called}"));
            let differences = compare(&scenario, &after).differences;
            assert!(!differences.is_empty(), "{called}");
            for difference in differences {
                let words = difference.words;
                assert!(
                    words.split_once(" → ").is_none_or(|(was, is)| !was.ends_with(&format!(": {is}"))),
                    "{called}: {words}"
                );
                assert!(!words.contains("other details"), "{called}: {words}");
            }
            assert!(!edit.in_words(&scenario).is_empty(), "{called}");
        }
    }
}

/// As a council does that begins with its own published months.
#[test]
fn a_plan_without_papers_has_its_measures_and_its_rate_filled_by_the_forecast() {
    let mut plan = open(BLANK);
    let mut act = |doing: Doing| {
        let edit = doing.edit(&plan).unwrap_or_else(|| panic!("{doing:?}"));
        plan = apply(&plan, &edit).unwrap_or_else(|why| panic!("{doing:?}: {why}")).scenario;
        plan.clone()
    };
    let begun = act(Doing::Begin(Sort::Measure));
    let measure = begun.context.measures[0].id.clone();
    let filler = crate::context::measures::fillers(&begun)[0].clone();
    let begun = act(Doing::FillFrom(measure, Some(filler)));
    let cells = |scenario: &Scenario, part: Part, column: &str| {
        let sheet = shown(scenario, part).expect("it is there");
        let at = sheet.columns.iter().position(|known| known.name == column).expect("a column");
        row(&sheet, "New")[at].text.clone()
    };
    let shown_there = cells(&begun, Part::Measures, "Forecast");
    let (people, month) = shown_there.split_once(" in ").expect("the forecast says of which month it is");
    assert!(people.parse::<f64>().is_ok_and(|people| people > 0.0) && !month.is_empty(), "{shown_there}");
    let begun = act(Doing::Begin(Sort::Indicator));
    let indicator = begun.context.dashboard[0].id.clone();
    act(Doing::IsDelays(indicator, true));
    let begun = act(Doing::Begin(Sort::Adults));
    // Rates stand for the months that have targets.
    let target =
        crate::scenario::edit::new_target(&begun, "2018-03".parse().expect("a month"), "10".parse().expect("people"));
    let with_target = apply(&begun, &target).expect("a target").scenario;
    assert!(cells(&with_target, Part::Dashboard, "Forecast").ends_with("in Mar 2018"));
}

/// The days on which a line's activities are due.
fn due_days(scenario: &Scenario, line: &Id) -> Vec<Option<Date>> {
    let line = scenario.context.delivery.iter().find(|it| it.id == *line).unwrap();
    progress(scenario, line).iter().map(|line| line.due).collect()
}

#[test]
fn an_activity_that_is_no_milestone_any_more_keeps_its_day_while_the_milestone_moves() {
    let scenario = open(JULY_2017);
    let line =
        scenario.context.delivery.iter().find(|it| it.activities.iter().any(|it| it.milestone.is_some())).unwrap();
    let at = line.activities.iter().position(|it| it.milestone.is_some()).unwrap();
    let (scheme, milestone) = (line.scheme.clone().unwrap(), line.activities[at].milestone.clone().unwrap());
    let days = due_days(&scenario, &line.id);
    let apply = |scenario: &Scenario, edit: &Edit| apply(scenario, edit).unwrap().scenario;
    let freed = Doing::IsMilestone(line.id.clone(), at, None).edit(&scenario).unwrap();
    let freed = apply(&scenario, &freed);
    assert_eq!(due_days(&freed, &line.id), days);
    let date = days[at].unwrap().plus_days(40).unwrap();
    let moved = Edit::SetMilestone { scheme: scheme.clone(), milestone: milestone.clone(), date };
    assert_eq!(due_days(&apply(&freed, &moved), &line.id)[at], days[at]);
    // Made the milestone again, it has that one’s day.
    let again = Doing::IsMilestone(line.id.clone(), at, Some(milestone)).edit(&freed).unwrap();
    let again = apply(&freed, &again);
    assert_eq!(again, scenario);
    assert_eq!(due_days(&apply(&again, &moved), &line.id)[at], Some(date));
}

#[test]
fn a_line_of_the_project_plan_that_is_another_schemes_keeps_every_day() {
    let scenario = open(JULY_2017);
    let line =
        scenario.context.delivery.iter().find(|it| it.activities.iter().any(|it| it.milestone.is_some())).unwrap();
    let other = scenario.schemes.iter().find(|it| Some(&it.id) != line.scheme.as_ref()).unwrap();
    let key = Key::of(Sort::Workstream, &line.id);
    let edit = Doing::IsScheme(key, Some(other.id.clone())).edit(&scenario).unwrap();
    let changed = apply(&scenario, &edit).unwrap().scenario;
    assert_eq!(due_days(&changed, &line.id), due_days(&scenario, &line.id));
    let line = changed.context.delivery.iter().find(|it| it.id == line.id).unwrap();
    assert_eq!(line.scheme.as_ref(), Some(&other.id));
    assert!(line.activities.iter().all(|it| it.milestone.is_none()));
}
