//! What the Bath and North East Somerset scenario takes from the *Better Care Fund 2017–2019 Narrative Plan* (draft),
//! signed off on 6 September 2017. The plan numbers sections, not paragraphs.

use ibcf_planner::calendar::Date;
use ibcf_planner::forecast::Forecast;
use ibcf_planner::ledger::Ledger;
use ibcf_planner::money::Money;
use ibcf_planner::scenario::{Change, Id, NoteKind, Reason, Scenario, Source};

use super::{assert_cited, assert_money, committed, effect, month, read, scheme, sources, typed};

const PLAN: &str = "banes-bcf-2017-19";
const TABLE: &str = "section 4, table of existing and new schemes";

fn banes() -> Scenario {
    read("banes-2017-19")
}

#[test]
fn every_citation_of_the_plan_names_one_of_its_13_sections() {
    let cited = sources(&banes()).into_iter().filter_map(|(path, source)| match source {
        Source::Cited { paper, at } if paper == typed(PLAN) => Some((path, at)),
        _ => None,
    });
    let mut count = 0;
    for (path, at) in cited {
        count += 1;
        let sections = at.split([' ', ',', ';']).filter_map(|word| word.split('.').next()?.parse::<u32>().ok());
        assert!(at == "Contents" || sections.clone().count() > 0, "{path}: {at}");
        assert!(sections.clone().all(|section| (1..=13).contains(&section)), "{path}: {at}");
    }
    assert!(count > 40, "only {count}");
}

#[test]
fn the_plan_has_its_printed_title_and_the_day_of_section_13() {
    let papers = banes().papers;
    let plan = papers.iter().find(|paper| paper.id == typed(PLAN)).unwrap();
    assert!(plan.title.contains("Better Care Fund 2017–2019 Narrative Plan"), "{}", plan.title);
    assert_eq!(plan.date, typed("2017-09-06"));
}

#[test]
fn section_8_gives_a_grant_of_3_457_987_and_2_063_000() {
    let scenario = banes();
    assert_eq!(scenario.fund.grant.len(), 2);
    assert_cited(scenario.fund.grant.get(typed("2017/18")).unwrap(), "3457987", PLAN, "section 8");
    assert_cited(scenario.fund.grant.get(typed("2018/19")).unwrap(), "2063000", PLAN, "section 8");
}

#[test]
fn section_4_s_table_gives_each_named_scheme_of_this_fund_its_money() {
    let scenario = banes();
    let two_years = [
        ("fair-price-of-care", "545000", "200000"),
        ("sleep-in-cover", "76000", "76000"),
        ("support-planning-and-brokerage", "200000", "100000"),
        ("home-first-7-day", "163646", "163646"),
        ("home-first-beds", "253500", "338000"),
    ];
    for (id, first, second) in two_years {
        assert_money(&scenario, id, PLAN, &[("2017/18", first, TABLE), ("2018/19", second, TABLE)]);
        assert_eq!(committed(&scenario, id), ["2017/18", "2018/19"]);
    }
    let one_year = [
        ("community-resource-centres", "100000"),
        ("extra-care-transition", "180000"),
        ("home-first-transport", "40245"),
    ];
    for (id, first) in one_year {
        assert_money(&scenario, id, PLAN, &[("2017/18", first, TABLE)]);
    }
}

#[test]
fn what_section_4_3_s_shares_leave_unnamed_is_an_assumption_and_all_of_it_makes_up_the_grant() {
    let scenario = banes();
    // 23.55%, 44.33% and 32.12% of 3,457,987, less the named 457,391 for the NHS and 1,101,000 for the market.
    let unnamed = [
        ("nhs-support-not-itemised", "356964.94"),
        ("social-care-support-not-itemised", "1532925.64"),
        ("market-support-not-itemised", "9705.42"),
    ];
    for (id, value) in unnamed {
        let line = scheme(&scenario, id);
        let money = line.allocations.get(typed("2017/18")).unwrap();
        assert_eq!(money.value, typed::<Money>(value));
        assert!(matches!(money.source, Source::Assumption(_)));
        assert!(line.effects.is_empty(), "nothing is known of what {id} does");
    }
    let ledger = Ledger::of(&scenario).unwrap();
    assert_eq!(ledger.years[0].allocated, Money::pounds(3_457_987).unwrap());
    assert!(ledger.years[0].balance.is_zero());
    // 200,000 + 76,000 + 100,000 + 163,646 + 338,000 = 877,646 of 2,063,000.
    assert_eq!(ledger.years[1].balance, Money::pounds(1_185_354).unwrap());
}

#[test]
fn section_11_1_s_5_beds_at_338_000_a_year_begin_where_253_500_is_three_quarters_of_a_year() {
    let scenario = banes();
    let beds = scheme(&scenario, "home-first-beds");
    let places = effect(beds, "care-home", Change::Places);
    assert_eq!(places.size.value.high, typed("5"));
    assert_cited(&places.per, "338000", PLAN, TABLE);
    let days = typed::<Date>("2018-03-31").days_since(beds.start_of(places).unwrap()) + 1;
    assert!((f64::from(days) / 365.0 - 253_500.0 / 338_000.0).abs() < 0.002, "{days}");
}

#[test]
fn section_12_s_75_per_cent_confidence_is_the_least_that_is_delivered() {
    let scenario = banes();
    let with_effects = scenario.schemes.iter().filter(|scheme| !scheme.effects.is_empty());
    for scheme in with_effects {
        let delivered = &scheme.delivery_risk.as_ref().unwrap().delivered;
        assert_eq!(delivered.value.low, typed("0.75"), "{}", scheme.name);
        assert!(matches!(&delivered.source, Source::Assumption(why) if why.contains("75% confidence level")));
    }
}

#[test]
fn figure_10_takes_the_royal_united_hospital_s_16_02_to_9_23_in_september() {
    let scenario = banes();
    let [target] = scenario.targets.as_slice() else { panic!("one target") };
    assert_eq!(target.month, typed("2017-09"));
    assert_cited(&target.at_most, "9.23", PLAN, "section 12, Figure 10 (patients of the Royal United Hospital)");
    let said = scenario.notes.iter().any(|note| note.text.contains("16.02 to 9.23"));
    assert!(said, "the target's narrower scope is not told");
}

#[test]
fn published_months_are_those_known_on_6_september_april_2015_to_june_2017() {
    let scenario = banes();
    let months = &scenario.history.months;
    assert_eq!((months.len(), months[0].month, months[26].month), (27, typed("2015-04"), typed("2017-06")));
    let june = month(&scenario, "2017-06");
    assert_eq!((june.nhs, june.social_care, june.both), (160, 315, 3));
    assert_eq!(june.reasons.get(&Reason::DI), Some(&91));
    let last_three = ["2017-04", "2017-05", "2017-06"].map(|which| month(&scenario, which).delayed_days());
    assert_eq!(last_three, [648, 511, 478]);
}

#[test]
fn shares_of_responsibility_give_back_the_nhs_652_social_care_938_and_both_47_of_april_to_june_2017() {
    let scenario = banes();
    let months = ["2017-04", "2017-05", "2017-06"].map(|which| month(&scenario, which));
    let mut days = [0.0; 3];
    for pathway in &scenario.pathways {
        let reasons = pathway.reasons.iter();
        let of: u32 =
            reasons.flat_map(|reason| months.map(|month| month.reasons.get(reason).copied().unwrap_or(0))).sum();
        let shares = &pathway.attribution.value;
        for (sum, share) in days.iter_mut().zip([shares.nhs, shares.social_care, shares.both]) {
            *sum += f64::from(of) * share.to_f64();
        }
    }
    for (days, published) in days.into_iter().zip([652.0, 938.0, 47.0]) {
        assert!((days - published).abs() < 0.001, "{days} for {published}");
    }
}

#[test]
fn without_the_plan_about_as_many_wait_as_figure_10_s_baseline_of_16_02() {
    let forecast = Forecast::of(&banes());
    for month in &forecast.months {
        assert!((13.0..18.0).contains(&month.do_nothing), "{}: {}", month.month.in_words(), month.do_nothing);
        assert!(month.expected <= month.do_nothing + 1e-9);
    }
}

#[test]
fn what_the_plan_says_twice_and_differently_or_can_t_be_read_stands_in_a_note() {
    let notes = banes().notes;
    for figure in [
        "£1,558,391",
        "31.84%",
        "£877,646",
        "£61,148,232",
        "£13.5m",
        "Living Wage",
        "2.73",
        "£225,000",
        "April 2017",
        "£151,202",
    ] {
        let said = notes.iter().any(|note| note.kind == NoteKind::Contradiction && note.text.contains(figure));
        assert!(said, "no contradiction speaks of {figure}");
    }
    for unread in ["Figure 7", "Figures 8 and 9", "The appendices"] {
        let said = notes.iter().any(|note| note.kind == NoteKind::Remark && note.text.starts_with(unread));
        assert!(said, "what of {unread} can't be read is not told");
    }
}

#[test]
fn figure_10_is_carried_by_who_is_responsible_and_its_parts_make_the_whole() {
    let scenario = read("banes-2017-19");
    let of = |id: &str| {
        let measure = scenario.context.measures.iter().find(|it| it.id == typed(id)).unwrap();
        [measure.baseline.as_ref().unwrap(), measure.target.as_ref().unwrap()].map(|figure| figure.value)
    };
    let printed = [
        ("implied-beds", ["16.02", "9.23"]),
        ("implied-beds-nhs", ["8.20", "4.14"]),
        ("implied-beds-social-care", ["7.82", "5.09"]),
    ];
    for (id, values) in printed {
        assert_eq!(of(id), values.map(typed), "{id}");
    }
    for at in 0..2 {
        let parts = of("implied-beds-nhs")[at].decimal() + of("implied-beds-social-care")[at].decimal();
        assert_eq!(parts, of("implied-beds")[at].decimal());
    }
}

#[test]
fn section_3_4_s_figures_and_words_stand_with_its_measures() {
    use ibcf_planner::scenario::context::Trajectory::{self, Improving, Unchanged};
    let scenario = read("banes-2017-19");
    // 1.2% above plan, 23.6% over plan, 2% below target, 3.4% above target, 65.8%, 22% below target.
    let printed: [(&str, &str, &str, Option<Trajectory>); 6] = [
        ("non-elective-admissions", "2016/17", "1.2", None),
        ("delays-above-plan", "2016/17", "23.6", None),
        ("care-homes-above-target", "2016/17", "-2", Some(Improving)),
        ("still-at-home", "Quarter 3 2016/17", "91.7", Some(Improving)), // section 11.3
        ("satisfied", "2016/17", "65.8", Some(Unchanged)),
        ("live-in-packages", "2016/17", "-22", Some(Improving)),
    ];
    for (id, period, value, word) in printed {
        let measure = scenario.context.measures.iter().find(|it| it.id == typed(id)).unwrap();
        let reading = measure.readings.iter().find(|reading| reading.period == period).unwrap();
        assert_eq!(reading.value.as_ref().map(|figure| figure.value), Some(typed(value)), "{id}");
        assert_eq!(measure.said, word, "{id}");
    }
    let remark =
        |id: &str| scenario.context.measures.iter().find(|it| it.id == typed(id)).unwrap().remark.clone().unwrap();
    for year_on_year in ["−5.91%", "−18.05%", "−1.09%", "−5.95%", "−3.62%"] {
        assert!(remark("care-homes-above-target").contains(year_on_year), "section 11.2, Figure 5");
    }
}

#[test]
fn section_7_4_has_actions_for_each_of_the_eight_changes() {
    let scenario = read("banes-2017-19");
    assert_eq!(scenario.context.changes.len(), 8);
    for (at, change) in (1..).zip(&scenario.context.changes) {
        assert_eq!(change.source, Source::Cited { paper: typed("banes-bcf-2017-19"), at: format!("section 7.4.{at}") });
        assert!(change.proposal.is_some() && !change.steps.is_empty(), "{at}");
    }
}

#[test]
fn section_4_3_s_shares_of_the_purposes_are_those_printed() {
    let scenario = read("banes-2017-19");
    let shares: Vec<String> = scenario.context.purposes.iter().map(|it| it.share.value.to_string()).collect();
    assert_eq!(shares, ["23.55", "44.33", "32.12"]); // the NHS, social care, the care market
}

#[test]
fn section_4_3_s_table_has_each_scheme_under_the_purpose_that_it_is_printed_under() {
    let scenario = banes();
    let under: Vec<Vec<&str>> =
        scenario.context.purposes.iter().map(|it| it.schemes.iter().map(Id::as_str).collect()).collect();
    // What the table names without a figure of its own is the last line of each.
    let printed: [&[&str]; 3] = [
        &["home-first-7-day", "home-first-transport", "home-first-beds", "nhs-support-not-itemised"],
        &["social-care-support-not-itemised"],
        &[
            "fair-price-of-care",
            "support-planning-and-brokerage",
            "extra-care-transition",
            "community-resource-centres",
            "sleep-in-cover",
            "market-support-not-itemised",
        ],
    ];
    assert_eq!(under, printed);
}
