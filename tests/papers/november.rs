//! What the November 2017 scenario takes from Oxfordshire's paper, *Delivering against the challenge: Better Care Fund,
//! Improved Better Care Fund, and Delayed Transfers of Care Plans* (Health and Wellbeing Board, 9 November 2017).

use ibcf_planner::calendar::{Date, FinancialYear};
use ibcf_planner::forecast::Forecast;
use ibcf_planner::ledger::Ledger;
use ibcf_planner::money::Money;
use ibcf_planner::scenario::{Area, Basis, Change, MonthOfDelays, NoteKind, Reason, Scenario, Source};

use super::{
    assert_cited, assert_milestones, assert_money, citations, committed, effect, month, pathway, pounds, read, scheme,
    service, typed,
};

const NOVEMBER: &str = "hwb-november-2017";
const YEARS: [&str; 3] = ["2017/18", "2018/19", "2019/20"];

fn november() -> Scenario {
    read("oxfordshire-2017-11")
}

#[test]
fn every_citation_of_the_november_paper_names_one_of_its_36_paragraphs_or_3_appendices() {
    assert!(citations(&november(), NOVEMBER, 36, 3) > 90);
}

#[test]
fn both_papers_have_their_printed_titles_and_days() {
    let papers = november().papers;
    let printed = [
        (
            NOVEMBER,
            "Delivering against the challenge: Better Care Fund, Improved Better Care Fund, and Delayed Transfers of Care Plans",
            "2017-11-09",
        ),
        ("hwb-july-2017", "Improved Better Care Fund & the pooled budgets", "2017-07-13"),
    ];
    for (id, title, day) in printed {
        let paper = papers.iter().find(|paper| paper.id == typed(id)).unwrap();
        assert!(paper.title.ends_with(title), "{}", paper.title);
        assert_eq!(paper.date, typed(day));
    }
}

#[test]
fn appendix_1_paragraph_5_gives_a_grant_of_6_276_000_pounds_and_later_years_are_assumptions_at_risk() {
    let scenario = november();
    let grant = &scenario.fund.grant;
    assert_cited(grant.get(typed("2017/18")).unwrap(), "6276000", NOVEMBER, "Appendix 1, paragraph 5");
    // 6,276 × 674 = 4,230,024 and 6,276 × 337 = 2,115,012, in thousands; over 1,010, to the penny.
    for (year, value) in [("2018/19", "4188142.57"), ("2019/20", "2094071.29")] {
        let grant = grant.get(typed(year)).unwrap();
        assert_eq!(grant.value, typed::<Money>(value));
        assert!(matches!(&grant.source, Source::Assumption(why) if why.contains("at risk (paragraph 13)")));
    }
}

#[test]
fn paragraph_15_commits_1_2_million_a_year_for_all_three_years_to_permanent_staff() {
    let scenario = november();
    let id = "intermediate-care-and-ed-teams";
    assert_money(&scenario, id, NOVEMBER, &YEARS.map(|year| (year, "1200000", "paragraph 15")));
    assert_eq!(committed(&scenario, id), YEARS);
    assert_eq!(scheme(&scenario, id).commitment.basis, Basis::Recurrent);
}

#[test]
fn paragraph_16_s_312_hours_a_week_are_1_4_per_cent_of_paragraph_29_s_22_163_purchased() {
    let scenario = november();
    let saved = effect(scheme(&scenario, "intermediate-care-and-ed-teams"), "home-care", Change::Stay);
    assert!((saved.size.value.central.to_f64() - 312.0 / 22_163.0).abs() < 0.0005);
    assert!(matches!(&saved.size.source, Source::Assumption(why) if why.contains("312") && why.contains("22,163")));
}

#[test]
fn paragraph_17_has_14_staff_in_post_5_joining_and_5_being_recruited() {
    let about = &scheme(&november(), "intermediate-care-and-ed-teams").about.clone();
    assert!(about.contains("14 more") && about.contains("5 are joining, 5 are being recruited"), "{about}");
}

#[test]
fn paragraph_19_and_appendix_3_commit_2_171_000_a_year_for_three_years_to_fees() {
    let scenario = november();
    let cited = [("2017/18", "Appendix 3"), ("2018/19", "paragraph 19"), ("2019/20", "paragraph 19")]
        .map(|(y, at)| (y, "2171000", at));
    assert_money(&scenario, "fees", NOVEMBER, &cited);
    assert_eq!(committed(&scenario, "fees"), YEARS);
    let about = &scheme(&scenario, "fees").about;
    // Paragraph 20 and Appendix 1.
    for said in ["21 of 34", "27%", "22%", "£68 a night", "£0.5m", "£0.1m", "£1.1m"] {
        assert!(about.contains(said), "{said} in: {about}");
    }
}

#[test]
fn appendix_3_gives_45_000_to_flu_vaccinations_not_started() {
    let scenario = november();
    assert_money(&scenario, "flu-vaccinations", NOVEMBER, &[("2017/18", "45000", "Appendix 3")]);
    assert!(scheme(&scenario, "flu-vaccinations").milestones.is_empty(), "start and delivery are “tbc”");
}

#[test]
fn appendix_3_itemises_market_capacity_to_200_and_80_and_150_thousand_which_is_430() {
    let scenario = november();
    assert_money(&scenario, "delegated-health-tasks", NOVEMBER, &[("2017/18", "200000", "Appendix 3")]);
    assert_money(&scenario, "alternatives-to-home-care", NOVEMBER, &[("2017/18", "150000", "Appendix 3")]);
    assert_money(&scenario, "direct-payment-support", NOVEMBER, &[]); // funded from existing budgets
    let ledger = Ledger::of(&scenario).unwrap();
    let capacity = ledger.areas.iter().find(|line| line.area == Area::MarketCapacity).unwrap();
    assert_eq!(capacity.allocated[0], Money::pounds(430_000).unwrap());
}

#[test]
fn paragraph_23_gives_the_nurses_0_08_million_and_the_remainder_of_0_2_million_in_2018_19() {
    let scenario = november();
    let cited = [("2017/18", "80000", "paragraph 23; Appendix 3"), ("2018/19", "120000", "paragraph 23")];
    assert_money(&scenario, "dementia-specialist-nurses", NOVEMBER, &cited);
    let nurses = scheme(&scenario, "dementia-specialist-nurses");
    assert_eq!(nurses.commitment.basis, Basis::Pilot);
    // Appendix 1: a full year costs £0.2m. From go-live on 1 November, 151 days of it are £82,740, printed 0.080.
    assert_cited(&nurses.effects[0].per, "200000", NOVEMBER, "Appendix 1, Market Capacity");
    let days = typed::<Date>("2018-03-31").days_since(nurses.start_of(&nurses.effects[0]).unwrap()) + 1;
    assert_eq!((days, (200_000 * days / 365) / 1_000), (151, 82));
}

#[test]
fn paragraph_26_gives_0_9_million_for_40_beds_30_for_hart_and_10_for_care_homes() {
    let scenario = november();
    let beds = scheme(&scenario, "care-home-beds");
    assert_money(&scenario, "care-home-beds", NOVEMBER, &[("2017/18", "900000", "paragraph 26; Appendix 3")]);
    for (on, places) in [("home-care", "30"), ("care-home", "10")] {
        assert_eq!(effect(beds, on, Change::Places).size.value.high, typed(places));
    }
}

#[test]
fn discharge_to_assess_has_the_tables_1_5_million_and_paragraph_27_s_two_million_in_2018_19_for_30_more_people() {
    let scenario = november();
    let cited =
        [("2017/18", "1500000", "Appendix 1, Additional Capacity; Appendix 3"), ("2018/19", "2000000", "paragraph 27")];
    assert_money(&scenario, "discharge-to-assess", NOVEMBER, &cited);
    let home = scheme(&scenario, "discharge-to-assess");
    let places = effect(home, "home-care", Change::Places);
    assert_eq!(places.size.value.high, typed("30")); // 80 − 50
    assert_cited(&places.per, "2000000", NOVEMBER, "paragraph 27");
    // £1.5m at £2m a year lasts nine months.
    let days = typed::<Date>("2018-03-31").days_since(home.start_of(places).unwrap()) + 1;
    assert!((2_000_000.0 * f64::from(days) / 365.0 / 1_500_000.0 - 1.0).abs() < 0.002, "{days} days");
}

#[test]
fn the_areas_of_2017_18_are_appendix_1_s_with_the_30_000_that_6_3_million_hides() {
    let ledger = Ledger::of(&november()).unwrap();
    let areas: Vec<(Area, i64)> =
        ledger.areas.iter().map(|line| (line.area, line.allocated[0].whole_pounds())).collect();
    // Printed 1.2, 2.2, 0.5 and 2.4, in Appendix 3's thousands: 1,200; 2,171 + 45; 200 + 80 + 150; 1,500 + 900.
    let lines = [
        (Area::ImprovingFlow, 1_200_000),
        (Area::MarketResilience, 2_216_000),
        (Area::MarketCapacity, 430_000),
        (Area::AdditionalProvision, 2_400_000),
    ];
    assert_eq!(areas, lines);
    assert_eq!(ledger.years[0].allocated, Money::pounds(6_246_000).unwrap());
    assert_eq!(ledger.years[0].balance, Money::pounds(30_000).unwrap());
}

#[test]
fn what_the_paper_commits_in_2018_19_outruns_the_assumed_grant() {
    let ledger = Ledger::of(&november()).unwrap();
    assert_eq!(ledger.first_unfunded_year().unwrap().year, typed("2018/19"));
    // 1.2m + 2.171m + 0.12m + 2.0m = 5.491m, less 4,188,142.57 and the 30,000 brought forward.
    assert_eq!(ledger.years[1].unfunded, typed::<Money>("1272857.43"));
}

#[test]
fn appendix_3_dates_the_milestones_that_moved_since_july() {
    let scenario = november();
    assert_milestones(&scenario, "delegated-health-tasks", &[("phased-implementation", "2018-01-01")]);
    let nurses = [("process-agreed", "2017-09-22"), ("staff-recruited", "2017-10-31"), ("go-live", "2017-11-01")];
    assert_milestones(&scenario, "dementia-specialist-nurses", &nurses);
}

#[test]
fn appendix_3_dates_the_milestones_that_stayed() {
    let scenario = november();
    let team = [
        ("locums-in-place", "2017-05-18"),
        ("posts-agreed", "2017-05-23"),
        ("posts-advertised", "2017-07-02"),
        ("applicants-interviewed", "2017-07-28"),
        ("applicants-appointed", "2017-07-31"),
        ("new-starters-in-post", "2017-10-31"),
        ("block-specification", "2017-05-14"),
        ("block-tender", "2017-06-01"),
        ("new-block-beds", "2017-07-28"),
    ];
    assert_milestones(&scenario, "intermediate-care-and-ed-teams", &team);
    let fees = [
        ("home-care-consultation", "2017-03-31"),
        ("care-home-consultation", "2017-03-31"),
        ("home-care-prices-agreed", "2017-06-30"),
        ("home-care-prices-confirmed", "2017-07-07"),
        ("care-home-prices-agreed", "2017-08-31"),
        ("learning-disability-prices-agreed", "2017-09-01"),
        ("learning-disability-prices-confirmed", "2017-09-01"),
        ("care-home-prices-confirmed", "2017-09-01"),
    ];
    assert_milestones(&scenario, "fees", &fees);
    let tasks = [
        ("delivery-reviewed", "2017-03-31"),
        ("pilot-complete", "2017-06-23"),
        ("pilot-reviewed", "2017-06-30"),
        ("countywide-decision", "2017-07-17"),
        ("contracts-varied", "2017-07-28"),
    ];
    assert_milestones(&scenario, "delegated-health-tasks", &tasks);
    let alternatives = [
        ("models-scoped", "2017-12-01"),
        ("pilots-start", "2018-01-01"),
        ("pilots-implemented", "2018-03-31"),
        ("pilots-reviewed", "2018-04-30"),
        ("pilots-decided", "2018-04-30"),
    ];
    assert_milestones(&scenario, "alternatives-to-home-care", &alternatives);
    let payments =
        [("designed", "2018-01-26"), ("agreed", "2018-01-26"), ("implemented", "2018-03-30"), ("live", "2018-04-02")];
    assert_milestones(&scenario, "direct-payment-support", &payments);
    let beds = [("first-tender", "2017-03-10"), ("second-tender", "2017-06-01"), ("beds-available", "2017-07-28")];
    assert_milestones(&scenario, "care-home-beds", &beds);
    let home =
        [("existing-contract-extended", "2017-04-28"), ("tendered", "2017-12-01"), ("new-service", "2017-12-04")];
    assert_milestones(&scenario, "discharge-to-assess", &home);
}

#[test]
fn paragraph_8_agrees_99_by_november_and_83_by_march_which_the_plan_already_knows() {
    let scenario = november();
    let [first, second] = scenario.targets.as_slice() else { panic!("two targets") };
    assert_eq!((first.month, second.month), (typed("2017-11"), typed("2018-03")));
    assert_cited(&first.at_most, "99", NOVEMBER, "paragraph 8");
    assert_cited(&second.at_most, "83", NOVEMBER, "paragraph 8");
    assert!(!scenario.is_later_than_plan(&first.at_most.source));
}

#[test]
fn paragraph_12_has_hart_at_71_per_cent_and_as_many_places_filled_as_before() {
    let scenario = november();
    let reablement = service(&scenario, "home-care");
    assert_cited(&reablement.delivery, "0.71", NOVEMBER, "paragraph 12");
    // The same queue as July's, with 355.3799 places at 67%.
    let filled = reablement.places.value.to_f64() * 0.71;
    assert!((filled - 355.3799 * 0.67).abs() < 0.001, "{filled}");
}

#[test]
fn published_months_are_those_known_on_9_november_april_2015_to_september_2017() {
    let scenario = november();
    let months = &scenario.history.months;
    assert_eq!((months.len(), months[0].month, months[29].month), (30, typed("2015-04"), typed("2017-09")));
    // NHS England, revised: June to September 2017.
    for (which, days) in [("2017-06", 6_414), ("2017-07", 5_810), ("2017-08", 4_400), ("2017-09", 3_970)] {
        assert_eq!(month(&scenario, which).delayed_days(), days, "{which}");
    }
    let september = month(&scenario, "2017-09");
    assert_eq!((september.nhs, september.social_care, september.both), (1_867, 713, 1_390));
    assert_eq!(september.reasons.get(&Reason::E), Some(&1_711));
    let in_2016_17 =
        months.iter().filter(|month| month.month.first_day().financial_year() == typed::<FinancialYear>("2016/17"));
    assert_eq!(in_2016_17.map(MonthOfDelays::delayed_days).sum::<u64>(), 52_236);
}

#[test]
fn the_forecast_starts_from_march_2017_s_5_615_days_and_reaches_september_near_what_was_published() {
    let scenario = november();
    let start: f64 = scenario.pathways.iter().map(|pathway| pathway.waiting.value.to_f64()).sum();
    assert!((start - 5_615.0 / 31.0).abs() < 0.0005, "{start}");
    let forecast = Forecast::of(&scenario);
    let september = forecast.months.iter().find(|line| line.month == typed("2017-09")).unwrap();
    let published = month(&scenario, "2017-09").people(); // 132.3
    assert!((september.expected / published - 1.0).abs() < 0.15, "{} for {published}", september.expected);
    assert_eq!(pathway(&scenario, "home-care").reasons, [Reason::E]);
}

#[test]
fn what_the_paper_says_twice_and_differently_stands_in_a_note() {
    let scenario = november();
    for figure in [
        "£6,246k",
        "£0.43m",
        "£1.5m in both tables",
        "£0.2m in 2018/19",
        "September 2019",
        "0.5 + 0.5 + 0.1 + 1.1",
        "12,594",
        "12.8",
        "13.55%",
        "£84,167k",
        "43039",
        "not started",
    ] {
        let said = scenario.notes.iter().any(|note| note.kind == NoteKind::Contradiction && note.text.contains(figure));
        assert!(said, "no contradiction speaks of {figure}");
    }
    assert!(pounds(&scenario, "discharge-to-assess")[0] == 1_500_000);
    // Paragraph 13: ministers' letter of 10 October.
    let risk = scenario.notes.iter().find(|note| note.text.contains("10 October 2017")).unwrap();
    assert_eq!(risk.source, Source::Cited { paper: typed(NOVEMBER), at: "paragraph 13".into() });
}
