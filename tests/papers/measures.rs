//! What is measured, and which way is better: paragraph 53 of July and paragraph 29 of November; the steps of the eight
//! changes, by the days of November's Appendix 2; what England is, by July's paragraph 51.

use ibcf_planner::scenario::context::Wanted::{self, Less, More};

use super::{read, typed};

#[test]
fn paragraph_53_s_measures_want_what_their_names_say() {
    for measure in &read("oxfordshire-2017-07").context.measures {
        // “Ensure that … remains above”, “the proportion of people who feel safe” and “100% of patients” want more.
        let wanted = if measure.name.starts_with("Reduce") { Less } else { More };
        assert_eq!(measure.wanted, wanted, "{}", measure.name);
    }
}

#[test]
fn paragraph_53_s_figures_are_percentages_days_and_hours_as_printed() {
    let scenario = read("oxfordshire-2017-07");
    let printed: Vec<(&str, &str)> = scenario
        .context
        .measures
        .iter()
        .filter_map(|it| Some((it.reference.as_deref()?, it.unit.as_deref()?)))
        .collect();
    let expected = [
        ("5.2", "%"),
        ("5.3", "days"),
        ("5.6", "%"),
        ("5.7", "%"),
        ("6.7", "%"),
        ("6.10", "%"),
        ("7.1", "hours"),
        ("7.2", "a week"),
        ("7.4", "%"),
        ("7.5", "%"),
        ("7.6", "days"),
        ("7.7", "days"),
        ("7.8", "days"),
        ("7.10", "%"),
    ];
    assert_eq!(printed, expected);
    let in_the_name = scenario.context.measures.iter().find(|it| it.id == typed("measure-7-10")).unwrap();
    assert_eq!(in_the_name.target.as_ref().map(|target| target.value), Some(typed("100")));
}

#[test]
fn paragraph_29_s_nine_measures_want_and_count_what_is_printed() {
    let scenario = read("oxfordshire-2017-11");
    let carried: Vec<(&str, Wanted, Option<&str>)> =
        scenario.context.measures.iter().map(|it| (it.id.as_str(), it.wanted, it.unit.as_deref())).collect();
    let printed = [
        ("hart-hours", More, Some("hours")),
        ("hart-delay", Less, Some("days")),
        ("no-ongoing-care", More, Some("%")),
        ("home-care-hours", More, Some("hours a week")),
        ("care-home-delay", Less, Some("days")),
        ("cqc-rating", More, Some("%")),
        ("avoidable-admissions", Less, None),
        ("care-home-placements", Less, Some("a week")),
        ("weekend-discharges", More, Some("%")),
    ];
    assert_eq!(carried, printed);
}

#[test]
fn section_3_4_s_measures_count_in_per_cent_and_figure_10_people() {
    let scenario = read("banes-2017-19");
    let carried: Vec<(&str, Wanted, Option<&str>)> =
        scenario.context.measures.iter().map(|it| (it.id.as_str(), it.wanted, it.unit.as_deref())).collect();
    let printed = [
        ("non-elective-admissions", Less, Some("%")),
        ("delays-above-plan", Less, Some("%")),
        ("care-homes-above-target", Less, Some("%")),
        ("still-at-home", More, Some("%")),
        ("satisfied", More, Some("%")),
        ("live-in-packages", Less, Some("%")),
        ("implied-beds", Less, Some("people")),
        ("implied-beds-nhs", Less, Some("people")),
        ("implied-beds-social-care", Less, Some("people")),
    ];
    assert_eq!(carried, printed);
    let of = |id: &str| scenario.context.measures.iter().find(|it| it.id == typed(id)).unwrap();
    // “65.8% same as 2015/16”; at a plan or target nothing is above it.
    assert_eq!(of("satisfied").baseline.as_ref().map(|it| it.value), Some(typed("65.8")));
    for id in ["non-elective-admissions", "delays-above-plan", "care-homes-above-target", "live-in-packages"] {
        assert_eq!(of(id).target.as_ref().map(|it| it.value), Some(typed("0")), "{id}");
    }
}

#[test]
fn november_s_appendix_2_has_the_day_by_which_each_step_is_done() {
    let scenario = read("oxfordshire-2017-11");
    let days: Vec<Vec<String>> = scenario
        .context
        .changes
        .iter()
        .map(|change| change.steps.iter().map(|step| step.by.map_or_else(String::new, |by| by.to_string())).collect())
        .collect();
    // Two of the five steps of the teams share four days, and one trigger of two has none.
    let printed: [&[&str]; 8] = [
        &["2017-10-13", "2018-03-31"],
        &["2017-09-29", "2017-10-13", "2017-10-27", "2018-03-31"],
        &["2017-10-13", "2017-10-31", "2017-09-29", "2017-10-13", "2017-09-29"],
        &["2017-10-31", "2017-10-13", "2017-10-13"],
        &["2017-10-31", ""], // printed as 43039
        &["2017-10-13", "2017-09-01", "2017-09-01", "2017-10-13"],
        &["2017-10-13", "2017-10-13", "2017-09-29"],
        &["2017-09-08", "2017-09-08", "2017-09-01", "2017-10-31"],
    ];
    assert_eq!(days, printed);
}

#[test]
fn paragraph_51_has_england_s_figure_for_three_indicators_of_appendix_5() {
    let scenario = read("oxfordshire-2017-07");
    let national: Vec<Option<String>> = scenario
        .context
        .dashboard
        .iter()
        .map(|it| it.national.as_ref().map(|figure| figure.value.to_string()))
        .collect();
    assert_eq!(national, [None, Some("21"), None, Some("82.7"), Some("2.9"), None].map(|it| it.map(str::to_owned)));
    let units: Vec<Option<&str>> = scenario.context.dashboard.iter().map(|it| it.unit.as_deref()).collect();
    assert_eq!(units, [None, Some("days"), None, Some("%"), Some("%"), Some("%")]);
    let wanted: Vec<Wanted> = scenario.context.dashboard.iter().map(|it| it.wanted).collect();
    assert_eq!(wanted, [Less, Less, Less, More, More, More]);
    // 540,200 adults: see the rate of delays in `context`.
    assert_eq!(scenario.context.adults.as_ref().map(|adults| adults.value), Some(typed("540200")));
}
