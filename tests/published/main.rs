//! NHS England's workbooks in both layouts: recognised by their words, brought together, made into plans; and those that
//! are something else, refused in one line.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that fails should say so")]

mod call;
#[cfg(feature = "window")]
#[path = "../common/mod.rs"]
mod common;
mod table;
#[cfg(feature = "window")]
mod window;
mod workbooks;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use ibcf_planner::calendar::Month;
use ibcf_planner::file;
use ibcf_planner::forecast::chance::{Prepared, replicate};
use ibcf_planner::published::{Months, Workbook, plan};
use ibcf_planner::scenario::{Scenario, Source, check};
use ibcf_planner::sheets::{self, NotRead};

use workbooks::{Area, Layout, Made, history, thirty_months};

fn read(file: &str, made: &Made) -> Result<Workbook, NotRead> {
    Workbook::of(file, &sheets::parse(file, &made.bytes())?)
}

fn months(made: &[(&str, Made)]) -> Months {
    Months::of(made.iter().map(|(file, made)| read(file, made)))
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// Ten days by each organisation and thirty by one reason, so that every sum is thirty.
fn small(name: &str, code: &'static str) -> Area {
    let mut by_reason = [0; 11];
    by_reason[5] = 30;
    Area { name: name.to_owned(), code, by_type_of_care: [12, 18], by_organisation: [10, 10, 10], by_reason }
}

fn one_area(period: &str) -> Made {
    Made::new(Layout::To2017, period, vec![small("Oxfordshire", "E10000025")])
}

fn planned(months: &Months, area: &str) -> Scenario {
    plan(&months.known(&months.area(area).expect("an area"))).unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn both_layouts_give_every_day_by_reason_and_by_organisation_as_nhs_england_published_them() {
    let read: Vec<_> = thirty_months().iter().enumerate().map(|(at, made)| read(&format!("{at}.xlsx"), made)).collect();
    // Backwards: the order of files says nothing.
    let months = Months::of(read.into_iter().rev());
    assert_eq!((months.remarks.as_slice(), months.refused.as_slice()), (&[][..], &[][..]));
    for (area, file) in
        [("Oxfordshire", "oxfordshire"), ("E06000022", "bath-and-north-east-somerset"), ("England", "england")]
    {
        let known = months.known(&months.area(area).expect("an area"));
        let read: Vec<_> = known.months.iter().map(|(delays, _)| delays.clone()).collect();
        for (read, published) in read.iter().zip(history(file)) {
            let mut published = published;
            published.reasons.retain(|_, days| *days > 0);
            assert_eq!(*read, published, "{area}");
        }
        assert_eq!((read.len(), known.remarks.len()), (30, 0), "{area}");
    }
}

#[test]
fn a_workbook_saved_by_a_spreadsheet_as_xls_says_the_same_as_its_xlsx() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/delayed-days-may-2017.xls");
    let xls = Workbook::read(&fixture).expect("a workbook");
    let made = Made {
        published: "13th July 2017",
        revised: "14th June 2018",
        ..Made::new(
            Layout::From2017,
            "May 2017",
            vec![small("Oxfordshire", "E10000025"), small("Bath & North East Somerset UA", "E06000022")],
        )
    };
    let xlsx = read("delayed-days-may-2017.xls", &made).expect("a workbook");
    assert_eq!(xls, xlsx);
    assert_eq!(xls.in_words(), "delayed-days-may-2017.xls (May 2017, published 13 July 2017, revised 14 June 2018)");
}

#[test]
fn a_plan_from_published_months_is_calibrated_cites_them_and_meets_every_rule() {
    let made = thirty_months();
    let months = Months::of(made.iter().map(|made| read("month.xlsx", made)));
    let plan = planned(&months, "bath and north east somerset");
    assert_eq!(check::check(&plan), []);
    assert_eq!(file::parse("plan.ron", &file::write(&plan)).expect("it opens").scenario, plan);
    assert_eq!(
        (plan.area.as_str(), plan.as_of.in_words()),
        ("Bath & North East Somerset", "9 November 2017".to_owned())
    );
    let Source::Cited { paper, .. } = &plan.history.source else { panic!("the history cites its paper") };
    let paper = plan.paper(paper).expect("the paper");
    assert_eq!(paper.licence.as_deref(), Some("Open Government Licence v3.0"));
    assert!(
        paper.title.contains("NHS England, Delayed Transfers of Care")
            && paper.title.contains("April 2015 to September 2017")
    );
    // The same rule on the same months as the record of forecasts has it.
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/backtest/bath-and-north-east-somerset.ron");
    let record = file::read(&record).expect("a scenario").scenario;
    let calibrated = ibcf_planner::forecast::calibration::calibrate(&record).expect("calibrated");
    let waiting: f64 = plan.pathways.iter().map(|pathway| pathway.waiting.value.to_f64()).sum();
    let level: f64 = calibrated.pathways.iter().map(|fit| fit.level).sum();
    assert!((waiting - level).abs() < 0.01, "{waiting} and {level}");
    // A level that stays: nothing is done, and nobody knows better.
    let prepared = Prepared::of(&plan);
    let tally = replicate(&prepared, 1, 0..400, &AtomicBool::new(false)).expect("nobody stops it");
    let last = *tally.chance(&prepared, 1).mean_months.last().expect("a month");
    assert!((last - level).abs() < 0.1 * level, "{last} and {level}");
}

#[test]
fn who_is_responsible_on_the_pathways_adds_up_to_what_was_published_for_the_area() {
    let made = thirty_months();
    let months = Months::of(made.iter().map(|made| read("month.xlsx", made)));
    let plan = planned(&months, "Oxfordshire");
    let newest = &plan.history.months[18..];
    let days = |of: fn(&ibcf_planner::scenario::MonthOfDelays) -> u32| {
        newest.iter().map(|month| f64::from(of(month))).sum::<f64>()
    };
    let published = [days(|month| month.nhs), days(|month| month.social_care), days(|month| month.both)];
    let (mut attributed, all) = ([0.0; 3], published.iter().sum::<f64>());
    for pathway in &plan.pathways {
        let on_it: f64 = newest
            .iter()
            .flat_map(|month| pathway.reasons.iter().filter_map(|reason| month.reasons.get(reason)))
            .map(|days| f64::from(*days))
            .sum();
        let shares = &pathway.attribution.value;
        for (sum, share) in attributed.iter_mut().zip([shares.nhs, shares.social_care, shares.both]) {
            *sum += on_it * share.to_f64();
        }
    }
    for (attributed, published) in attributed.iter().zip(published) {
        // Shares are kept to a thousandth.
        assert!((attributed - published).abs() < 0.001 * all, "{attributed} and {published}");
    }
    // Only the NHS can be responsible for further NHS care.
    let further = plan.pathways.iter().find(|pathway| pathway.name == "Further NHS care").expect("the pathway");
    assert_eq!(further.attribution.value.nhs.to_string(), "1");
}

#[test]
fn three_months_are_carried_forward_and_borrow_their_movement_with_the_reason_why() {
    let made = thirty_months();
    let months = Months::of(made[27..].iter().map(|made| read("month.xlsx", made)));
    let plan = planned(&months, "Oxfordshire");
    let waiting: f64 = plan.pathways.iter().map(|pathway| pathway.waiting.value.to_f64()).sum();
    assert!((waiting - 3970.0 / 30.0).abs() < 0.01, "{waiting}");
    let Some(Source::Assumption(why)) = plan.recording.as_ref().map(|recording| &recording.source) else {
        panic!("recording is an assumption")
    };
    assert!(why.contains("fewer than 12 months"), "{why}");
}

#[test]
fn figures_that_do_not_come_to_the_same_three_ways_are_told() {
    let mut by_type = one_area("May 2016");
    by_type.areas[0].by_type_of_care = [12, 17];
    let workbook = read("may.xlsx", &by_type).expect("read");
    assert_eq!(
        workbook.mismatches,
        [
            "may.xlsx: England has 29 days by type of care, 30 days by responsible organisation, 30 days by reason",
            "may.xlsx: Oxfordshire has 29 days by type of care, 30 days by responsible organisation, 30 days by reason",
        ]
    );
    // What the history needs still adds up.
    let months = months(&[("may.xlsx", by_type)]);
    assert_eq!(months.known(&months.area("Oxfordshire").expect("known")).months.len(), 1);
}

/// One area's three months, of which the second is put wrong.
fn with_may(wrong: impl Fn(&mut Area)) -> Months {
    let mut may = one_area("May 2016");
    wrong(&mut may.areas[0]);
    months(&[("april.xlsx", one_area("April 2016")), ("may.xlsx", may), ("june.xlsx", one_area("June 2016"))])
}

#[test]
fn a_month_in_which_two_of_three_tables_agree_is_kept_at_their_total_and_the_mismatch_is_told() {
    let wrong_reason = with_may(|area| area.by_reason[0] = 4);
    let known = wrong_reason.known(&wrong_reason.area("Oxfordshire").expect("known"));
    assert_eq!(
        known.mismatches,
        ["may.xlsx: Oxfordshire has 30 days by type of care, 30 days by responsible organisation, 34 days by reason"]
    );
    assert_eq!(
        known.remarks,
        [
            "May 2016 is taken at the 30 days on which two of its three tables agree; its days by reason are brought to that in proportion"
        ]
    );
    // 30 × 4/34 is 3.53, and 30 × 30/34 is 26.47: the day left over goes to the larger remainder.
    let may = &known.months[1].0;
    assert_eq!(may.reasons.values().copied().collect::<Vec<_>>(), [4, 26]);
    assert_eq!([may.nhs, may.social_care, may.both], [10, 10, 10]);
    assert_eq!(known.months.len(), 3);

    let wrong_organisation = with_may(|area| area.by_organisation = [10, 10, 40]);
    let known = wrong_organisation.known(&wrong_organisation.area("Oxfordshire").expect("known"));
    let may = &known.months[1].0;
    assert_eq!([may.nhs, may.social_care, may.both], [5, 5, 20]);
    assert_eq!(known.months_in_words(), "April 2016 to June 2016");
}

#[test]
fn a_month_of_which_no_two_totals_agree_is_left_out_and_that_is_told_with_what_they_are_apart() {
    let months = with_may(|area| (area.by_reason[0], area.by_type_of_care) = (4, [12, 17]));
    let known = months.known(&months.area("Oxfordshire").expect("known"));
    assert_eq!(known.months.iter().map(|(delays, _)| delays.month).collect::<Vec<_>>(), [month("2016-06")]);
    assert_eq!(
        known.remarks,
        [
            "May 2016 is left out, as no two of its totals agree: 29 days by type of care (1 fewer), 30 days by responsible organisation, 34 days by reason (4 more)",
            "April 2016 comes before a gap and is left out of the history, which begins in June 2016",
        ]
    );
}

#[test]
fn a_month_without_any_days_by_reason_is_not_given_any() {
    let months = with_may(|area| area.by_reason = [0; 11]);
    let known = months.known(&months.area("Oxfordshire").expect("known"));
    assert_eq!(known.months.len(), 1);
    let words = "May 2016 is left out, as its days by reason can’t be brought to the total: 30 days by type of care, 30 days by responsible organisation, 0 days by reason (30 fewer)";
    assert!(known.remarks.contains(&words.to_owned()), "{:?}", known.remarks);
}

#[test]
fn one_wrong_cell_in_thirty_months_does_not_cut_the_history_and_the_plan_says_what_was_done() {
    let mut made = thirty_months();
    // July 2017: a hundred days too many for one reason.
    made[27].areas[0].by_reason[5] += 100;
    let months = Months::of(made.iter().map(|made| read("month.xlsx", made)));
    let plan = planned(&months, "Oxfordshire");
    assert_eq!((plan.history.months.len(), check::check(&plan)), (30, vec![]));
    assert!(ibcf_planner::forecast::calibration::calibrate(&plan).is_ok());
    let told = |words: &str| plan.notes.iter().any(|note| note.text.contains(words));
    assert!(told("July 2017 is taken at the ") && told("its days by reason are brought to that in proportion"));
    assert!(told("month.xlsx: Oxfordshire has "), "the mismatch itself");
}

#[test]
fn an_area_without_a_month_that_can_be_used_says_which_sums_of_the_newest_are_apart() {
    let mut wrong = one_area("May 2016");
    wrong.areas[0].by_reason[0] = 4;
    wrong.areas[0].by_type_of_care = [12, 17];
    let months = months(&[("may.xlsx", wrong)]);
    let why = plan(&months.known(&months.area("Oxfordshire").expect("known"))).expect_err("no month").to_string();
    assert_eq!(
        why,
        "Oxfordshire has no month that can be used: May 2016 is left out, as no two of its totals agree: 29 days by type of care (1 fewer), 30 days by responsible organisation, 34 days by reason (4 more)"
    );
}

#[test]
fn a_month_in_which_nobody_counted_delayed_days_is_refused() {
    for (period, is_counted) in [
        ("July 2010", false),
        ("August 2010", true),
        ("February 2020", true),
        ("April 2020", false),
        ("September 2097", false),
    ] {
        let read = read("month.xlsx", &one_area(period));
        assert_eq!(read.is_ok(), is_counted, "{period}");
        if let Err(refused) = read {
            let words = format!(
                "it says that it counts {period}, but delayed days were counted from August 2010 to March 2020"
            );
            assert_eq!(refused.why, words);
        }
    }
}

#[test]
fn an_area_whose_every_row_or_month_is_left_out_says_so_and_is_not_called_unknown() {
    let mut made = one_area("May 2016");
    made.areas.push(small("Leeds", "E08000035"));
    let mut sheets = sheets::parse("may.xlsx", &made.bytes()).expect("sheets");
    sheets[3].rows.get_mut(&16).expect("a row").insert(5, sheets::Cell::Number(-3.0));
    let months_of_one = Months::of([Workbook::of("may.xlsx", &sheets)]);
    for asked in ["Oxfordshire", "E10000025"] {
        let unknown = months_of_one.area(asked).expect_err("left out").to_string();
        let why = "may.xlsx: Oxfordshire has “-3” where days should stand, and is left out";
        assert_eq!(unknown, format!("nothing can be used of “{asked}”: {why}"));
    }
    assert_eq!(months_of_one.rows_left_out_like("oxf").len(), 1);

    let mut other = one_area("May 2016");
    other.areas[0].by_reason[5] = 31;
    let apart = months(&[("a.xlsx", one_area("May 2016")), ("b.xlsx", other)]);
    let unknown = apart.area("Oxfordshire").expect_err("left out").to_string();
    assert!(unknown.starts_with("nothing can be used of “Oxfordshire”: a.xlsx and b.xlsx hold different"), "{unknown}");
}

#[test]
fn an_area_without_any_figure_was_not_counted_and_one_with_noughts_had_no_delay() {
    let with = |days: fn() -> sheets::Cell| {
        let mut sheets = sheets::parse("may.xlsx", &one_area("May 2016").bytes()).expect("read");
        for sheet in &mut sheets {
            for (_, cells) in sheet.rows.range_mut(..) {
                if cells.values().any(|cell| cell.text() == Some("Oxfordshire")) {
                    cells
                        .values_mut()
                        .filter(|cell| matches!(cell, sheets::Cell::Number(_)))
                        .for_each(|cell| *cell = days());
                }
            }
        }
        Workbook::of("may.xlsx", &sheets).expect("read")
    };
    let words = "may.xlsx: Oxfordshire has no figures, not even 0, and is left out";
    for none in [|| sheets::Cell::Text("-".to_owned()), || sheets::Cell::Text(" ".to_owned())] {
        let blank = with(none);
        assert_eq!(blank.mismatches, [words]);
        let read = [read("april.xlsx", &one_area("April 2016")), Ok(blank), read("june.xlsx", &one_area("June 2016"))];
        let months = Months::of(read);
        let known = months.known(&months.area("Oxfordshire").expect("known"));
        assert_eq!(known.months.len(), 1, "a gap, not a month without delays");
        assert!(known.remarks.contains(&words.to_owned()), "{:?}", known.remarks);
    }
    let nought = with(|| sheets::Cell::Number(0.0));
    assert_eq!(nought.areas.iter().filter(|area| area.delayed_days() == 0 && !area.is_england()).count(), 1);
}

#[test]
fn england_must_be_the_sum_of_its_areas() {
    let mut wrong = one_area("May 2016");
    wrong.england = Some(Area {
        code: "-",
        by_organisation: [10, 10, 11],
        by_type_of_care: [12, 19],
        by_reason: [31, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        name: "England".to_owned(),
    });
    let workbook = read("may.xlsx", &wrong).expect("read");
    let told = "may.xlsx: England is printed with 31 days, its areas come to 30";
    assert_eq!((workbook.mismatches.len(), workbook.england_apart.as_deref()), (0, Some(told)));
    // Later workbooks give the country its code.
    wrong.england.iter_mut().for_each(|england| england.code = "E92000001");
    assert_eq!(read("may.xlsx", &wrong).expect("read").england_apart.as_deref(), Some(told));
}

#[test]
fn of_two_copies_of_a_month_the_revision_is_used_whatever_their_order() {
    let first = Made { published: "13th July 2016", ..one_area("May 2016") };
    let mut revision = Made { revised: "11th May 2017", ..first.clone() };
    revision.areas[0].by_reason[5] = 31;
    revision.areas[0].by_organisation[0] = 11;
    revision.areas[0].by_type_of_care[0] = 13;
    for files in [[("a.xlsx", &first), ("b.xlsx", &revision)], [("b.xlsx", &revision), ("a.xlsx", &first)]] {
        let months = months(&files.map(|(file, made)| (file, made.clone())));
        assert_eq!(months.workbooks[&month("2016-05")].file, "b.xlsx");
        assert_eq!(
            months.remarks,
            ["b.xlsx is a later copy of May 2016 than a.xlsx: 2 areas’ figures differ; the later one is used"]
        );
    }
}

#[test]
fn a_month_given_twice_is_noted_and_one_told_in_two_ways_is_left_out_until_somebody_chooses() {
    let copy = one_area("May 2016");
    let mut other = copy.clone();
    other.areas[0].by_reason[5] = 31;
    other.areas[0].by_organisation[0] = 11;
    other.areas[0].by_type_of_care[0] = 13;
    let twice = months(&[("a.xlsx", copy.clone()), ("b.xlsx", copy.clone())]);
    assert_eq!(twice.remarks, ["a.xlsx and b.xlsx hold the same figures for May 2016; the first is used"]);
    let in_two_ways = months(&[("a.xlsx", copy), ("b.xlsx", other)]);
    assert!(in_two_ways.workbooks.is_empty());
    assert_eq!(
        in_two_ways.remarks,
        [
            "a.xlsx and b.xlsx hold different figures for May 2016, and neither says that it is the newer; the month is left out until one of them is"
        ]
    );
}

#[test]
fn an_area_renamed_recoded_or_missing_is_one_area_and_the_gap_is_told() {
    let of = |period: &str, name: &str, code: &'static str| {
        Made::new(Layout::To2017, period, vec![small(name, code), small("Surrey", "E10000030")])
    };
    let mut without = one_area("March 2013");
    without.areas = vec![small("Surrey", "E10000030")];
    let months = months(&[
        ("1.xlsx", of("February 2013", "Gateshead", "E08000020")),
        ("2.xlsx", without),
        ("3.xlsx", of("April 2013", "Gateshead", "E08000037")),
        ("4.xlsx", of("May 2013", "Gateshead Council", "E08000037")),
        ("5.xlsx", of("July 2013", "Metropolitan Gateshead", "E08000037")),
    ]);
    assert_eq!(months.remarks, ["Months missing in between: June 2013"]);
    assert_eq!(
        months.areas().iter().map(|area| (area.name.as_str(), area.months)).collect::<Vec<_>>(),
        [("England", 5), ("Metropolitan Gateshead", 4), ("Surrey", 5)]
    );
    for asked in ["gateshead", "E08000020", "e08000037", "Metropolitan Gateshead"] {
        let known = months.known(&months.area(asked).expect("known by any of its names"));
        assert_eq!(known.months_in_words(), "July 2013");
        assert_eq!(
            known.remarks,
            [
                "Metropolitan Gateshead is named Gateshead and Gateshead Council in some months",
                "Metropolitan Gateshead does not stand in March 2013",
                "February 2013, April 2013 to May 2013 come before a gap and are left out of the history, which begins in July 2013",
            ]
        );
    }
}

#[test]
fn a_mistyped_area_is_answered_with_the_names_near_it() {
    let made = Made::new(
        Layout::To2017,
        "May 2016",
        vec![
            small("Oxfordshire", "E10000025"),
            small("Bath & North East Somerset UA", "E06000022"),
            small("Leeds", "E08000035"),
        ],
    );
    let months = months(&[("may.xlsx", made)]);
    let near = |asked: &str| months.area(asked).expect_err("no such area").near;
    assert_eq!(
        months.area("Zzz").expect_err("no such area").to_string(),
        "no workbook names “Zzz”; see the areas found with --list"
    );
    assert_eq!(near("Oxfrodshire"), ["Oxfordshire"]);
    assert_eq!(near("bath"), ["Bath & North East Somerset UA"]);
    assert_eq!(near("Zzz"), [""; 0]);
    assert!(months.area("BATH AND NORTH EAST SOMERSET").is_ok());
}

#[test]
fn workbooks_of_another_kind_are_refused_in_one_line_that_names_the_file() {
    let trusts = Made { basis: "Provider", ..one_area("May 2016") };
    let people = Made { summary: "Number of patients on the last Thursday", ..one_area("May 2016") };
    let undated = Made { period: "the reporting month".to_owned(), ..one_area("May 2016") };
    for (made, why) in [
        (&trusts, "it counts by NHS trust, not by local authority"),
        (&people, "it counts people on one day, not delayed days"),
        (&undated, "it does not say which month it counts"),
    ] {
        let line = read("other.xlsx", made).expect_err("refused").to_string();
        assert_eq!(
            line,
            format!(
                "other.xlsx: error: {why}; choose NHS England’s monthly workbook of delayed days by local authority"
            )
        );
    }
    let mut random = rust_xlsxwriter::Workbook::new();
    random.add_worksheet().write(0, 0, "Name").expect("a cell").write(0, 1, "Total").expect("a cell");
    let sheets = sheets::parse("random.xlsx", &random.save_to_buffer().expect("a workbook")).expect("sheets");
    let line = Workbook::of("random.xlsx", &sheets).expect_err("refused").to_string();
    assert!(line.starts_with("random.xlsx: error: no sheet in it is a table of delayed transfers by area; "), "{line}");
}

#[test]
fn a_cell_that_is_no_number_of_days_takes_its_area_out_and_no_other() {
    let mut made = one_area("May 2016");
    made.areas.push(small("Leeds", "E08000035"));
    let sheets = sheets::parse("may.xlsx", &made.bytes()).expect("sheets");
    let with = |cell: sheets::Cell| {
        let mut sheets = sheets.clone();
        sheets[3].rows.get_mut(&16).expect("a row").insert(5, cell);
        Workbook::of("may.xlsx", &sheets).expect("read")
    };
    for (cell, shown) in [
        (sheets::Cell::Text("*".to_owned()), "“*”"),
        (sheets::Cell::Number(-3.0), "“-3”"),
        (sheets::Cell::Number(2.5), "“2.5”"),
        (sheets::Cell::Number(f64::NAN), "“NaN”"),
        (sheets::Cell::Number(1e300), "“100000000000000000000000”"),
    ] {
        let workbook = with(cell);
        assert_eq!(workbook.areas.iter().map(|area| area.name.as_str()).collect::<Vec<_>>(), ["England", "Leeds"]);
        assert_eq!(
            workbook.mismatches[0],
            format!("may.xlsx: Oxfordshire has {shown} where days should stand, and is left out")
        );
    }
    // What workbooks print for none.
    for none in ["-", "NA", "–"] {
        assert_eq!(with(sheets::Cell::Text(none.to_owned())).areas.len(), 3);
    }
}

#[test]
fn a_month_without_a_day_of_publication_became_known_on_a_second_thursday() {
    // NHS England's months of 2017: May on 13 July, September on 9 November.
    for (period, known) in
        [("May 2017", "13 July 2017"), ("September 2017", "9 November 2017"), ("Nov-17", "11 January 2018")]
    {
        let months = months(&[("a.xlsx", one_area(period))]);
        assert_eq!(planned(&months, "Oxfordshire").as_of.in_words(), known);
    }
    let printed = Made { published: "14th July 2017", ..one_area("May 2017") };
    assert_eq!(planned(&months(&[("a.xlsx", printed)]), "Oxfordshire").as_of.in_words(), "14 July 2017");
}

#[test]
fn a_plan_s_grant_begins_in_the_year_in_which_it_is_made_and_never_before_there_was_one() {
    for (period, first) in
        [("May 2012", "2017/18"), ("May 2017", "2017/18"), ("May 2019", "2019/20"), ("February 2019", "2019/20")]
    {
        let plan = planned(&months(&[("a.xlsx", one_area(period))]), "Oxfordshire");
        assert_eq!(plan.fund.grant.iter().map(|(year, _)| year.to_string()).next().as_deref(), Some(first), "{period}");
        assert_eq!((plan.fund.grant.len(), check::check(&plan)), (3, vec![]));
    }
}

#[test]
fn an_area_where_nobody_was_delayed_still_gets_a_plan() {
    let mut made = one_area("May 2017");
    made.areas[0] =
        Area { by_type_of_care: [0; 2], by_organisation: [0; 3], by_reason: [0; 11], ..made.areas[0].clone() };
    let plan = planned(&months(&[("a.xlsx", made)]), "Oxfordshire");
    assert!(plan.pathways.iter().all(|pathway| pathway.waiting.value.to_f64() == 0.0));
    assert_eq!(check::check(&plan), []);
}
