//! What the scenarios carry of the papers' context, against the papers: the project plans, the High Impact Changes, the
//! measures, the dashboard, the pools, the risks, the purposes and the expenditure.

use ibcf_planner::calendar::Date;
use ibcf_planner::scenario::Scenario;
use ibcf_planner::scenario::context::{How, ImpactOn, Measure, Rating, Status, Trajectory, Trigger, Workstream};

use super::{assert_cited, read, typed};

fn july() -> Scenario {
    read("oxfordshire-2017-07")
}
fn november() -> Scenario {
    read("oxfordshire-2017-11")
}
fn banes() -> Scenario {
    read("banes-2017-19")
}

fn workstream<'a>(scenario: &'a Scenario, id: &str) -> &'a Workstream {
    scenario.context.delivery.iter().find(|it| it.id == typed(id)).unwrap()
}

fn measure<'a>(scenario: &'a Scenario, id: &str) -> &'a Measure {
    scenario.context.measures.iter().find(|it| it.id == typed(id)).unwrap()
}

/// Target, baseline and readings, `–` for none.
fn figures(measure: &Measure) -> Vec<String> {
    let said = |figure: &Option<ibcf_planner::scenario::Figure<ibcf_planner::scenario::Quantity>>| {
        figure.as_ref().map_or("–".to_owned(), |figure| figure.value.to_string())
    };
    let readings = measure.readings.iter().map(|reading| said(&reading.value));
    [said(&measure.target), said(&measure.baseline)].into_iter().chain(readings).collect()
}

#[test]
fn july_s_appendix_3_has_12_workstreams_with_owners_and_november_s_13_with_allocations() {
    let (july, november) = (july(), november());
    assert_eq!((july.context.delivery.len(), november.context.delivery.len()), (12, 13));
    assert!(july.context.delivery.iter().all(|it| it.owner.is_some() && it.allocation.is_none()));
    // £'000, in the order printed; the others have none.
    let printed = [
        ("intermediate-care-team", "1200000"),
        ("home-care-market", "2171000"),
        ("flu-vaccinations", "45000"),
        ("delegated-health-care-tasks", "200000"),
        ("dementia-nurses", "80000"),
        ("alternative-models", "150000"),
        ("reablement", "1500000"),
        ("care-home-beds", "900000"),
    ];
    for (id, amount) in printed {
        let allocation = workstream(&november, id).allocation.as_ref().unwrap();
        assert_cited(allocation, amount, "hwb-november-2017", "Appendix 3");
    }
    assert_eq!(november.context.delivery.iter().filter(|it| it.allocation.is_some()).count(), printed.len());
}

#[test]
fn every_activity_of_july_and_november_has_the_day_that_appendix_3_prints() {
    let days = |scenario: &Scenario, id: &str| -> Vec<String> {
        let of = workstream(scenario, id);
        let lines = ibcf_planner::context::delivery::progress(scenario, of);
        lines.iter().map(|line| line.due.map_or("–".to_owned(), |due: Date| due.to_string())).collect()
    };
    let staff = ["2017-05-18", "2017-05-23", "2017-07-02", "2017-07-28", "2017-07-31", "2017-10-31"];
    for scenario in [july(), november()] {
        assert_eq!(days(&scenario, "intermediate-care-team"), staff);
        assert_eq!(days(&scenario, "emergency-department"), staff);
        assert_eq!(days(&scenario, "block-purchasing"), ["2017-05-14", "2017-06-01", "2017-07-28"]);
        assert_eq!(days(&scenario, "hart-contract"), ["2017-09-30"]);
        let home_care = ["2017-03-31", "2017-06-30", "2017-07-07", "2017-09-01", "2017-09-01"];
        assert_eq!(days(&scenario, "home-care-market"), home_care);
        assert_eq!(days(&scenario, "care-home-market"), ["2017-03-31", "2017-08-31", "2017-09-01"]);
        assert_eq!(days(&scenario, "alternative-models"), ["2017-12-01", "2018-03-31", "2018-04-30", "2018-04-30"]);
        assert_eq!(days(&scenario, "direct-payments"), ["2018-01-26", "2018-01-26", "2018-03-30", "2018-04-02"]);
        assert_eq!(days(&scenario, "care-home-beds"), ["2017-03-10", "2017-06-01", "2017-07-28"]);
    }
    let tasks = ["2017-03-31", "2017-03-31", "2017-06-23", "2017-06-30", "2017-07-17", "2017-07-28"];
    let with = |last: &'static str| tasks.into_iter().chain([last]).collect::<Vec<_>>();
    assert_eq!(days(&july(), "delegated-health-care-tasks"), with("2017-08-01"));
    assert_eq!(days(&november(), "delegated-health-care-tasks"), with("2018-01-01"));
    assert_eq!(days(&july(), "dementia-nurses"), ["2017-05-26", "2017-09-01", "2017-09-01", "2017-09-04"]);
    assert_eq!(days(&november(), "dementia-nurses"), ["2017-05-26", "2017-09-22", "2017-10-31", "2017-11-01"]);
    assert_eq!(days(&july(), "reablement"), ["2017-04-28", "2017-07-28", "2017-09-29", "2017-12-01", "2017-12-04"]);
    assert_eq!(days(&november(), "reablement"), ["2017-04-28", "–", "–", "2017-12-01", "2017-12-04"]);
}

#[test]
fn november_remembers_the_day_and_the_status_that_july_printed_for_every_activity_of_both() {
    let (july, november) = (july(), november());
    for then in &july.context.delivery {
        let now = workstream(&november, then.id.as_str());
        let before = ibcf_planner::context::delivery::progress(&july, then);
        assert_eq!(before.len(), now.activities.len(), "{}", then.name);
        for (before, now) in before.iter().zip(&now.activities) {
            let earlier = now.earlier.as_ref().unwrap();
            assert_eq!((earlier.due, earlier.status), (before.due, before.activity.status), "{}", now.name);
        }
    }
}

#[test]
fn appendix_3_of_november_marks_hart_the_decision_and_the_wording_delayed_and_nothing_else() {
    let november = november();
    let activities = november.context.delivery.iter().flat_map(|it| &it.activities);
    let delayed: Vec<&str> =
        activities.filter(|it| it.status == Some(Status::Delayed)).map(|it| it.name.as_str()).collect();
    let printed = [
        "Implementation of HART improvement plan",
        "Decision on implementation countywide",
        "Wording for variations of contract agreed",
    ];
    assert_eq!(delayed, printed);
}

#[test]
fn paragraph_48_s_funding_column_and_appendix_2_s_steps_stand_with_the_changes() {
    let printed: Vec<Option<i64>> =
        july().context.changes.iter().map(|it| it.printed.as_ref().map(|it| it.value.whole_pounds())).collect();
    let column = [
        Some(1_200_000),
        None, // covered elsewhere
        Some(1_200_000),
        Some(2_100_000),
        Some(1_200_000),
        Some(100_000),
        Some(280_000),
        Some(120_000),
    ];
    assert_eq!(printed, column);
    let steps: Vec<usize> = november().context.changes.iter().map(|it| it.steps.len()).collect();
    assert_eq!(steps, [2, 4, 5, 3, 2, 4, 3, 4]);
    // “43039”: days since 30 December 1899, as spreadsheets count.
    let seven_day = &november().context.changes[4].steps[0];
    let counted: Date = typed("2000-01-01"); // day 36,526 of that count
    assert_eq!(seven_day.by, counted.plus_days(43_039 - 36_526));
    assert!(july().context.changes.iter().all(|it| it.maturity.is_none()), "no paper at hand says how mature");
}

#[test]
fn paragraph_53_s_measures_have_their_targets_and_baselines() {
    let scenario = july();
    assert_eq!(scenario.context.measures.len(), 7 + 10 + 10);
    let printed = [
        ("5-1", "–", "–"),
        ("5-2", "95", "86"),
        ("5-3", "–", "762"),
        ("5-4", "–", "306"),
        ("5-6", "81", "84"),
        ("5-7", "69", "73.3"),
        ("6-7", "75", "–"),
        ("6-9", "–", "182"),
        ("6-10", "69", "73.3"),
        ("7-1", "–", "–"),
        ("7-2", "11", "11.25"),
        ("7-3", "469", "480"),
        ("7-4", "75", "68"),
        ("7-5", "83", "80"),
        ("7-6", "–", "5615"),
        ("7-9", "6000", "5609"),
    ];
    for (reference, target, baseline) in printed {
        let measure = measure(&scenario, &format!("measure-{reference}"));
        assert_eq!(figures(measure), [target, baseline], "{reference}");
    }
}

#[test]
fn paragraph_29_s_nine_measures_have_their_quarters_and_the_paper_s_words() {
    use Trajectory::{Deteriorating, Improving};
    let scenario = november();
    assert_eq!(scenario.context.measures.len(), 9);
    let printed: [(&str, &[&str], Option<Trajectory>); 9] = [
        ("hart-hours", &["–", "–", "12609", "12594"], Some(Improving)),
        ("hart-delay", &["–", "65", "–", "41"], Some(Improving)),
        ("no-ongoing-care", &["70", "–", "56", "51"], Some(Deteriorating)),
        ("home-care-hours", &["–", "–", "22368", "22163"], Some(Deteriorating)),
        ("care-home-delay", &["–", "762", "632", "529"], Some(Improving)),
        ("cqc-rating", &["–", "–", "87.5", "89.3"], Some(Improving)),
        ("avoidable-admissions", &["–", "524", "511", "–"], Some(Improving)),
        ("care-home-placements", &["–", "11.25", "13", "12.8"], Some(Improving)),
        ("weekend-discharges", &["60", "–"], None),
    ];
    for (id, said, word) in printed {
        let measure = measure(&scenario, id);
        assert_eq!((figures(measure), measure.said), (said.iter().map(|it| (*it).to_owned()).collect(), word), "{id}");
    }
}

#[test]
fn appendix_5_of_july_has_six_indicators_with_their_places() {
    let printed =
        [("22112", 9, 32), ("18", 1, 13), ("33.3", 16, 147), ("81.2", 9, 97), ("2.5", 8, 91), ("20.30", 4, 36)];
    let scenario = july();
    let said: Vec<(String, u16, u16)> = scenario
        .context
        .dashboard
        .iter()
        .map(|it| {
            let [neighbours, authorities] = [it.neighbours, it.authorities].map(|rank| rank.unwrap());
            assert_eq!((neighbours.of, authorities.of), (15, 150));
            (it.value.value.to_string(), neighbours.place, authorities.place)
        })
        .collect();
    assert_eq!(said, printed.map(|(value, near, all)| (value.to_owned(), near, all)));
    // 179.9 people at 33.3 per 100,000 (paragraph 51c and NHS England's months) are 540,200 adults.
    let adults = scenario.context.adults.as_ref().unwrap().value.to_f64();
    let people = f64::from(5_342 + 5_615 + 5_053) / 89.0;
    assert!((people / adults * 100_000.0 - 33.3).abs() < 0.01);
}

#[test]
fn appendix_1_of_november_shares_risk_70_to_30_and_its_use_lines_come_to_what_is_printed() {
    let scenario = november();
    let [pool] = scenario.context.pools.as_slice() else { panic!("one pool") };
    for (partner, share) in pool.partners.iter().zip(["0.7", "0.3"]) {
        assert_cited(partner.risk_share.as_ref().unwrap(), share, "hwb-november-2017", "Appendix 1, paragraph 2");
    }
    let uses: Vec<i64> =
        pool.uses.iter().map(|part| ibcf_planner::context::pool::used(part).unwrap().whole_pounds()).collect();
    assert_eq!(uses, [21_531_000, 15_190_000]);
    assert_eq!(ibcf_planner::context::pool::misprints(pool).unwrap(), []);
}

#[test]
fn section_8_of_banes_prints_totals_a_pound_above_their_lines() {
    let scenario = banes();
    let apart: Vec<(i64, i64)> = scenario
        .context
        .pools
        .iter()
        .flat_map(|pool| ibcf_planner::context::pool::misprints(pool).unwrap().into_iter())
        .map(|it| (it.printed.whole_pounds(), it.computed.whole_pounds()))
        .collect();
    assert_eq!(apart, [(61_148_233, 61_148_232), (59_916_141, 59_916_140)]);
}

#[test]
fn section_5_2_1_of_banes_holds_549_660_raised_by_1_9_per_cent_on_a_trigger_that_stands_15_per_cent_off() {
    let scenario = banes();
    let [fund] = scenario.context.at_risk.as_slice() else { panic!("one fund") };
    let amounts: Vec<i64> = fund.amounts.iter().map(|(_, amount)| amount.value.whole_pounds()).collect();
    assert_eq!(amounts, [549_660, 560_103]);
    assert!((560_103.0_f64 / 549_660.0 - 1.019).abs() < 0.000_01);
    assert_eq!(fund.trigger, Trigger::Measure(typed("non-elective-admissions")));
    assert_eq!(figures(measure(&scenario, "non-elective-admissions")), ["0", "–", "1.2", "15"]);
}

#[test]
fn banes_s_tables_of_schemes_add_up_to_the_totals_of_sections_7_2_and_7_3() {
    let scenario = banes();
    let lines = &scenario.context.expenditure;
    let sum = |year: &str, ids: &[&str]| -> i64 {
        let of = lines.iter().filter(|line| ids.iter().any(|id| line.id == typed(id)));
        of.filter_map(|line| line.amounts.get(typed(year))).map(|amount| amount.value.whole_pounds()).sum()
    };
    let social_care = [
        "reablement-partners",
        "reablement-discharge",
        "reablement-sirona",
        "falls-response",
        "home-from-hospital-social",
        "integrated-care-social",
        "protection",
        "carers",
        "strategic-support",
    ];
    let sums = ["2016/17", "2017/18", "2018/19"].map(|year| sum(year, &social_care));
    assert_eq!(sums, [6_384_327, 6_498_713, 6_622_189]);
    // Section 7.3, where scheme 12 counts with £135,000, £151,202 and £152,130 only.
    let out_of_hospital = [
        "infrastructure",
        "reablement-ycyw",
        "home-from-hospital-health",
        "home-from-hospital-social",
        "integrated-care-health",
        "equipment",
        "integrated-care-social",
        "social-prescribing",
        "mental-health-beds",
        "risk-share",
    ];
    let sums = [("2016/17", 135_000), ("2017/18", 151_202), ("2018/19", 152_130)];
    let sums = sums.map(|(year, twelve)| sum(year, &out_of_hospital) + twelve);
    assert_eq!(sums, [4_352_994, 4_402_856, 4_509_679]);
    let named = lines.iter().filter(|line| line.scheme.is_some());
    let named: i64 =
        named.filter_map(|line| line.amounts.get(typed("2017/18"))).map(|it| it.value.whole_pounds()).sum();
    assert_eq!(named, 1_558_391);
}

#[test]
fn figure_7_of_banes_is_ticked_and_no_tick_says_direct_or_enabling() {
    let scenario = banes();
    assert!(scenario.context.impacts.iter().flat_map(|it| &it.on).all(|it| it.how == How::Unsaid));
    let beds = scenario.context.impacts.iter().find(|it| it.id == typed("home-first-beds")).unwrap();
    let at_virgin = ImpactOn::DelaysAt("Virgin (community hospital)".to_owned());
    assert!(beds.on.iter().any(|it| it.what == at_virgin));
}

#[test]
fn the_template_of_2014_rates_four_of_six_risks_high_and_buys_9_400_hours_for_8_million() {
    use Rating::{High, Medium};
    let scenario = read("oxfordshire-bcf-2014");
    let ratings: Vec<Rating> = scenario.context.risks.iter().filter_map(|it| it.rating).collect();
    assert_eq!(ratings, [High, Medium, High, Medium, High, High]);
    let grants = ["2014/15", "2015/16"].map(|year| scenario.fund.grant.get(typed(year)).unwrap().value.whole_pounds());
    assert_eq!(grants, [10_503_000, 37_574_000]); // section 1a
    let panel = scenario.context.admissions.as_ref().unwrap();
    assert_cited(&panel.target, "0.035", "cabinet-2014", "paragraph 10");
    assert_cited(&panel.marginal_rate, "0.30", "cabinet-2014", "paragraph 10");
    let hours = panel.home_care.as_ref().unwrap();
    assert_cited(&hours.money, "8000000", "cabinet-2014", "paragraph 16");
    assert_cited(&hours.hours_a_week, "9400", "cabinet-2014", "paragraph 17");
    assert_cited(&hours.base, "27000", "cabinet-2014", "paragraph 17");
}
