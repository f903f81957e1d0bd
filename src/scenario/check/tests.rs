//! Each rule broken alone, on Oxfordshire's July 2017 plan, which breaks none.

use std::sync::Arc;

use super::{ABSURD_POUNDS, LONGEST_NAME, LONGEST_TEXT, Severity, check};
use crate::bundled::JULY_2017;
use crate::calendar::FinancialYear;
use crate::ledger::Ledger;
use crate::money::Money;
use crate::scenario::{
    Change, DeliveryRisk, Effect, Figure, Kind, Milestone, MonthOfOutturn, Pathway, Quantity, Range, Reason, Renewal,
    Responsible, Scenario, Scheme, Service, Source, Start, Volatility,
};

fn july() -> Scenario {
    JULY_2017.open().expect("the bundled plan is sound").scenario
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

fn scheme(scenario: &mut Scenario, at: usize) -> &mut Scheme {
    Arc::make_mut(&mut scenario.schemes[at])
}

fn milestone(july: &mut Scenario, scheme: usize, at: usize) -> &mut Milestone {
    &mut Arc::make_mut(&mut july.schemes[scheme]).milestones[at]
}

fn effect(scenario: &mut Scenario, scheme: usize, at: usize) -> &mut Effect {
    &mut self::scheme(scenario, scheme).effects[at]
}

fn pathway(scenario: &mut Scenario, at: usize) -> &mut Pathway {
    Arc::make_mut(&mut scenario.pathways[at])
}

/// Reablement and care at home.
fn service(scenario: &mut Scenario) -> &mut Service {
    let Kind::Service(service) = &mut pathway(scenario, 0).kind else { panic!("care at home has places") };
    service
}

/// How a scenario is broken, the place of what is found, and its words.
type Case = (fn(&mut Scenario), &'static str, &'static str);

/// That each breakage alone gives this finding alone.
fn assert_found(severity: Severity, cases: &[Case]) {
    for (broken, place, words) in cases {
        let mut scenario = july();
        broken(&mut scenario);
        let findings = check(&scenario);
        let found: Vec<_> =
            findings.iter().map(|finding| (finding.severity, finding.place.to_string(), &*finding.words)).collect();
        assert_eq!(found, [(severity, (*place).to_owned(), *words)]);
    }
}

#[test]
fn the_july_plan_breaks_no_rule() {
    assert_eq!(check(&july()), []);
}

#[test]
fn every_bound_written_here_is_a_quantity() {
    let source = concat!(
        include_str!("../check.rs"),
        include_str!("schemes.rs"),
        include_str!("pathways.rs"),
        include_str!("surroundings.rs")
    );
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let literals = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    let numbers: Vec<&str> =
        literals.filter(|text| text.starts_with(|c: char| c.is_ascii_digit() || c == '-')).collect();
    assert!(numbers.len() > 20, "{numbers:?}");
    for number in numbers {
        assert!(number.parse::<Quantity>().is_ok(), "{number}");
    }
    assert!(Money::pounds(ABSURD_POUNDS).is_ok());
}

fn range(low: &str, central: &str, high: &str) -> Figure<Range> {
    Figure::entered(Range { low: quantity(low), central: quantity(central), high: quantity(high) })
}

#[test]
fn chance_stays_within_what_can_be_meant() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| july.recording = Some(Figure::entered(quantity("2.1"))),
                "recording",
                "the noise in published months is 2.1; keep it between 0 and 2",
            ),
            (
                |july| {
                    let (spread, days) = (Figure::entered(quantity("10")), Figure::entered(quantity("90")));
                    pathway(july, 0).volatility = Some(Volatility { spread, persistence_days: days });
                },
                "pathways[0].volatility.spread",
                "the spread of referrals' drift is 10; keep it between 0 and 2",
            ),
            (
                |july| {
                    let (spread, days) = (Figure::entered(quantity("0.1")), Figure::entered(quantity("0.5")));
                    pathway(july, 0).volatility = Some(Volatility { spread, persistence_days: days });
                },
                "pathways[0].volatility.persistence_days",
                "days for which drift persists is 0.5; keep it between 1 and 3660",
            ),
            (
                |july| {
                    let risk = DeliveryRisk { slip_days: range("0", "0", "60"), delivered: range("0.5", "1", "1.2") };
                    scheme(july, 0).delivery_risk = Some(risk);
                },
                "schemes[0].delivery_risk.delivered",
                "a share delivered from 0.5 to 1.2; keep it between 0 and 1",
            ),
            (
                |july| {
                    let risk = DeliveryRisk { slip_days: range("9", "3", "60"), delivered: range("1", "1", "1") };
                    scheme(july, 0).delivery_risk = Some(risk);
                },
                "schemes[0].delivery_risk.slip_days",
                "low 9, central 3, high 60 are out of order; sort them",
            ),
        ],
    );
}

#[test]
fn names_and_ids_are_there_and_unlike() {
    assert_found(
        Severity::Error,
        &[
            (|july| july.title = " ".to_owned(), "title", "the scenario has no title; give it one"),
            (|july| scheme(july, 1).name.clear(), "schemes[1].name", "the scheme has no name; give it one"),
            (
                |july| scheme(july, 1).id = JULY_2017.open().expect("sound").scenario.schemes[0].id.clone(),
                "schemes[1].id",
                "the scheme id “intermediate-care-and-ed-teams” is used twice; give each scheme its own",
            ),
            (
                |july| july.papers[3].id = july.papers[2].id.clone(),
                "papers[3].id",
                "the paper id “nhs-england-dtoc” is used twice; give each paper its own",
            ),
            (
                |july| pathway(july, 1).id = "home-care".parse().expect("an id"),
                "pathways[1].id",
                "the pathway id “home-care” is used twice; give each pathway its own",
            ),
            (
                |july| july.costs.others[1].id = july.costs.others[0].id.clone(),
                "costs.others[1].id",
                "the cost id “excess-bed-day” is used twice; give each cost its own",
            ),
            (
                |july| scheme(july, 8).milestones[1].id = "first-tender".parse().expect("an id"),
                "schemes[8].milestones[1].id",
                "the milestone id “first-tender” is used twice; give each milestone its own",
            ),
            (
                |july| july.notes[0].text = "x".repeat(LONGEST_TEXT + 1),
                "notes[0].text",
                "a text of 20001 bytes; shorten it to 20000",
            ),
        ],
    );
}

#[test]
fn everything_with_a_name_has_one_of_a_line() {
    assert_found(
        Severity::Error,
        &[
            (|july| july.papers[1].title.clear(), "papers[1].title", "the paper has no title; give it its own"),
            (
                |july| july.papers[1].short = "\u{3000}".to_owned(), // a space of its own kind
                "papers[1].short",
                "the paper has no short title; say how figures name it",
            ),
            (
                |july| july.papers[2].licence = Some(String::new()),
                "papers[2].licence",
                "the licence has no name; give it one or leave it out",
            ),
            (|july| july.fund.name.clear(), "fund.name", "the fund has no name; give it one"),
            (
                |july| scheme(july, 8).milestones[2].name.clear(),
                "schemes[8].milestones[2].name",
                "the milestone has no name; say what will have happened",
            ),
            (|july| pathway(july, 3).name.clear(), "pathways[3].name", "the pathway has no name; give it one"),
            (
                |july| july.costs.others[0].name.clear(),
                "costs.others[0].name",
                "the cost has no name; say of what it is",
            ),
            (
                |july| pathway(july, 3).name = "x".repeat(LONGEST_NAME + 1),
                "pathways[3].name",
                "a name of 401 bytes; shorten it to 400",
            ),
            (
                |july| july.area = "Oxford\nshire".to_owned(),
                "area",
                "a name with the control character \\u{a}, which can't be shown; take it out",
            ),
            (|july| july.notes[3].text.clear(), "notes[3].text", "the note says nothing; write it or take it out"),
        ],
    );
}

#[test]
fn longer_texts_may_have_lines_and_tabs_but_nothing_else_that_is_not_seen() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| scheme(july, 2).about.push('\u{1b}'),
                "schemes[2].about",
                "a text with the control character \\u{1b}, which can't be shown; take it out",
            ),
            (
                |july| july.notes[3].text.push('\r'),
                "notes[3].text",
                "a text with the control character \\u{d}, which can't be shown; take it out",
            ),
            (
                |july| pathway(july, 3).growth.source = Source::Assumption("No trend\0".to_owned()),
                "pathways[3].growth",
                "a text with the control character \\u{0}, which can't be shown; take it out",
            ),
        ],
    );
    let mut lines = july();
    lines.notes[3].text.push_str("\n\tand more");
    assert_eq!(check(&lines), []);
}

#[test]
fn a_plan_has_one_to_ten_years_and_a_bounded_number_of_things() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| july.fund.grant = std::iter::empty().collect(),
                "fund.grant",
                "the fund has 0 years; give the grant of 1 to 10 financial years",
            ),
            (
                |july| {
                    let years = (2017..2028).map(|first| FinancialYear::starting(first).expect("a year"));
                    july.fund.grant = years.map(|year| (year, Figure::entered(Money::ZERO))).collect();
                },
                "fund.grant",
                "the fund has 11 years; give the grant of 1 to 10 financial years",
            ),
            (
                |july| july.schemes = vec![Arc::clone(&july.schemes[0]); 5_001],
                "schemes",
                "5001 schemes: the planner holds at most 5000; split the file",
            ),
            (
                |july| july.pathways = vec![Arc::clone(&july.pathways[0]); 1_001],
                "pathways",
                "1001 pathways: the planner holds at most 1000; split the file",
            ),
            (
                |july| {
                    let one = effect(july, 0, 0).clone();
                    scheme(july, 0).effects = vec![one; 101];
                },
                "schemes[0]",
                "more than 100 effects or milestones in one scheme; split it",
            ),
        ],
    );
}

#[test]
fn money_is_neither_negative_nor_absurd_and_lies_in_the_fund_s_years() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| july.fund.grant.get_mut(year("2018/19")).expect("a grant").change(money("-0.01")),
                "fund.grant[\"2018/19\"]",
                "the grant is −£0.01; write £0 or more",
            ),
            (
                |july| july.fund.grant.remove(year("2018/19")),
                "fund.grant[\"2019/20\"]",
                "the grant skips a year before 2019/20; give every year, £0 where there is none",
            ),
            (
                |july| scheme(july, 8).allocations.get_mut(year("2017/18")).expect("money").change(money("-900k")),
                "schemes[8].allocations[\"2017/18\"]",
                "the allocation is −£900,000; write £0 or more",
            ),
            (
                |july| scheme(july, 8).allocations.get_mut(year("2017/18")).expect("money").change(money("11bn")),
                "schemes[8].allocations[\"2017/18\"]",
                "the allocation is £11,000,000,000; more than £10,000,000,000 is taken for a slip",
            ),
            (
                |july| {
                    scheme(july, 8).allocations.get_mut(year("2017/18")).expect("money").was = Some(money("-1"));
                },
                "schemes[8].allocations[\"2017/18\"]",
                "the allocation is −£1; write £0 or more",
            ),
            (
                |july| scheme(july, 0).allocations.insert(year("2020/21"), Figure::entered(money("1"))),
                "schemes[0].allocations[\"2020/21\"]",
                "2020/21 lies outside the fund's years; add its grant or remove it",
            ),
            (
                |july| july.costs.delayed_day.value = money("-346"),
                "costs.delayed_day",
                "the cost is −£346; write £0 or more",
            ),
            (
                |july| july.costs.others[0].amount.value = money("-313"),
                "costs.others[0]",
                "the cost is −£313; write £0 or more",
            ),
        ],
    );
}

/// July with so many schemes more, each of the largest sum that is taken for meant, in these years.
fn with_largest(schemes: usize, years: &[&str]) -> Scenario {
    let mut scenario = july();
    scenario.schemes.clear();
    for number in 0..schemes {
        let mut line = (*july().schemes[6]).clone(); // it has no effects
        line.id = format!("line-{number}").parse().expect("an id");
        line.commitment.years.value = years.iter().map(|text| year(text)).collect();
        line.allocations =
            years.iter().map(|text| (year(text), Figure::entered(Money::pounds(ABSURD_POUNDS).unwrap()))).collect();
        scenario.schemes.push(Arc::new(line));
    }
    scenario
}

#[test]
fn what_all_schemes_come_to_is_a_sum_that_the_planner_holds() {
    let cases = [
        (10, &["2017/18"][..], None),
        (11, &["2017/18"], Some("the allocations of 2017/18 come")),
        (5, &["2017/18", "2019/20"], None),
        (6, &["2017/18", "2019/20"], Some("the allocations of all years together come")),
    ];
    for (schemes, years, words) in cases {
        let scenario = with_largest(schemes, years);
        let sums = Ledger::of(&scenario).and_then(|ledger| ledger.total_allocated());
        assert_eq!(sums.is_ok(), words.is_none(), "{schemes} schemes");
        let findings = check(&scenario);
        let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert_eq!(errors.len(), usize::from(words.is_some()), "{errors:?}");
        for (error, words) in errors.iter().zip(words) {
            assert_eq!(error.place.to_string(), "schemes");
            let most = "to more than £100,000,000,000, the most that the planner holds; look for a slip";
            assert_eq!(error.words, format!("{words} {most}"));
        }
    }
}

#[test]
fn a_figure_cites_a_paper_that_is_there_and_where_in_it_or_gives_its_reason() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| {
                    july.fund.carries_forward.source =
                        Source::Cited { paper: "none".parse().expect("an id"), at: "paragraph 1".into() };
                },
                "fund.carries_forward",
                "it cites “none”, which is not among the papers; add it there or correct the id",
            ),
            (
                |july| {
                    let paper = july.papers[0].id.clone();
                    scheme(july, 0).commitment.years.source = Source::Cited { paper, at: " ".into() };
                },
                "schemes[0].commitment.years",
                "it cites a paper without saying where in it; give the paragraph or table",
            ),
            (
                |july| scheme(july, 0).milestones[0].due.source = Source::Assumption(String::new()),
                "schemes[0].milestones[0].due",
                "an assumption without its reason; say why this value was taken",
            ),
            (
                |july| pathway(july, 3).growth.source = Source::Assumption(String::new()),
                "pathways[3].growth",
                "an assumption without its reason; say why this value was taken",
            ),
            (
                |july| july.history.source = Source::Assumption(String::new()),
                "history.source",
                "an assumption without its reason; say why this value was taken",
            ),
        ],
    );
}

#[test]
fn an_effect_fits_its_pathway() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| effect(july, 0, 0).pathway = "nowhere".parse().expect("an id"),
                "schemes[0].effects[0].pathway",
                "the effect is on the pathway “nowhere”, which does not exist; correct the id",
            ),
            (
                |july| effect(july, 0, 0).change = Change::Stay, // on assessment
                "schemes[0].effects[0].change",
                "Assessment and funding is a process without places: “Stay” can't change in it; choose another",
            ),
            (
                |july| effect(july, 0, 1).change = Change::Process, // on further NHS care
                "schemes[0].effects[1].change",
                "Further NHS care is a service with places: “Process” can't change in it; choose another",
            ),
        ],
    );
}

#[test]
fn an_effect_has_a_size_in_order_a_price_and_a_start_inside_the_plan() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| effect(july, 0, 0).size.value.low = quantity("0.2"), // central 0.15, high 0.25
                "schemes[0].effects[0].size",
                "low 0.2, central 0.15, high 0.25 are out of order; sort them",
            ),
            (
                |july| effect(july, 0, 0).size.value.high = quantity("0.96"),
                "schemes[0].effects[0].size",
                "an effect from 0.05 to 0.96; keep it between 0 and 0.95",
            ),
            (
                |july| effect(july, 0, 0).size.value.low = quantity("-0.01"),
                "schemes[0].effects[0].size",
                "an effect from -0.01 to 0.25; keep it between 0 and 0.95",
            ),
            (
                |july| effect(july, 0, 0).per.value = Money::ZERO,
                "schemes[0].effects[0].per",
                "the effect is bought for £0; say for how much money it comes",
            ),
            (
                |july| effect(july, 0, 0).most.value = quantity("1.01"),
                "schemes[0].effects[0].most",
                "the most it can reach is 1.01; keep it between 0 and 1",
            ),
            (
                |july| effect(july, 1, 0).most.value = quantity("1000001"), // places
                "schemes[1].effects[0].most",
                "the most it can reach is 1000001; keep it between 0 and 1000000",
            ),
            (
                |july| effect(july, 0, 0).ramp_days.value = 3_661,
                "schemes[0].effects[0].ramp_days",
                "3661 days is over ten years; shorten it",
            ),
            (
                |july| effect(july, 0, 0).fade_days.value = 3_661,
                "schemes[0].effects[0].fade_days",
                "3661 days is over ten years; shorten it",
            ),
            (
                |july| effect(july, 0, 0).start = Start::Milestone("never".parse().expect("an id")),
                "schemes[0].effects[0].start",
                "the effect waits for “never”, which is not among the scheme's milestones; correct the id",
            ),
            (
                |july| effect(july, 0, 0).whole_after = Some("never".parse().expect("an id")),
                "schemes[0].effects[0].whole_after",
                "the effect is whole after “never”, which is not among the scheme's milestones; correct the id",
            ),
            (
                |july| {
                    let ends = Figure::entered("2017-11-30".parse().expect("a date"));
                    effect(july, 0, 0).renewal = Some(Renewal { ends, with: "never".parse().expect("an id") });
                },
                "schemes[0].effects[0].renewal.with",
                "the effect is renewed with “never”, which is not among the scheme's milestones; correct the id",
            ),
            (
                |july| milestone(july, 0, 1).after = Some("never".parse().expect("an id")),
                "schemes[0].milestones[1].after",
                "it follows “never”, which is not among the scheme's milestones; correct the id",
            ),
            (
                |july| milestone(july, 0, 0).after = Some("locums-in-place".parse().expect("an id")),
                "schemes[0].milestones[0].after",
                "it follows “locums-in-place”, which follows it; let one of them follow none",
            ),
            (
                |july| {
                    effect(july, 0, 0).start = Start::On(Figure::entered("2017-03-31".parse().expect("a date")));
                },
                "schemes[0].effects[0].start",
                "the effect starts on 2017-03-31, outside the plan (2017-04-01 to 2020-03-31); move it inside",
            ),
        ],
    );
}

#[test]
fn a_pathway_s_figures_lie_within_their_bounds() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| pathway(july, 2).attribution.value.both = quantity("0.1"), // all of it is the NHS's
                "pathways[2].attribution",
                "the shares of NHS, social care and both sum to 1.1; make them sum to 1",
            ),
            (
                |july| {
                    let shares = &mut pathway(july, 2).attribution.value;
                    (shares.both, shares.social_care) = (quantity("-0.5"), quantity("0.5"));
                },
                "pathways[2].attribution",
                "a share is below zero; write 0 or more",
            ),
            (
                |july| pathway(july, 0).referrals.value = quantity("100000.1"),
                "pathways[0].referrals",
                "referrals a week is 100000.1; keep it between 0 and 100000",
            ),
            (
                |july| pathway(july, 0).growth.value = quantity("-0.91"),
                "pathways[0].growth",
                "growth a year is -0.91; keep it between -0.9 and 5",
            ),
            (
                |july| pathway(july, 0).waiting.value = quantity("-1"),
                "pathways[0].waiting",
                "people delayed on day 0 is -1; keep it between 0 and 1000000",
            ),
            (
                |july| pathway(july, 0).waiting.was = Some(quantity("-1")),
                "pathways[0].waiting",
                "people delayed on day 0 is -1; keep it between 0 and 1000000",
            ),
            (
                |july| pathway(july, 3).kind = Kind::Process { days: Figure::entered(quantity("0.9")) },
                "pathways[3].kind.days",
                "mean days until done is 0.9; keep it between 1 and 3660",
            ),
            (
                |july| pathway(july, 0).seasons = Some(Figure::entered(vec![quantity("1"); 11])),
                "pathways[0].seasons",
                "the seasons must be twelve factors, April to March, of 0 or more, averaging 1",
            ),
            (
                |july| pathway(july, 0).seasons = Some(Figure::entered(vec![quantity("1.1"); 12])),
                "pathways[0].seasons",
                "the seasons must be twelve factors, April to March, of 0 or more, averaging 1",
            ),
        ],
    );
}

#[test]
fn a_service_s_figures_lie_within_their_bounds() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| service(july).places.value = quantity("-1"),
                "pathways[0].kind.places",
                "places is -1; keep it between 0 and 1000000",
            ),
            (
                |july| service(july).delivery.value = quantity("1.01"),
                "pathways[0].kind.delivery",
                "the share of places delivered is 1.01; keep it between 0 and 1",
            ),
            (
                |july| service(july).stay_days.value = quantity("3661"),
                "pathways[0].kind.stay_days",
                "mean stay in days is 3661; keep it between 1 and 3660",
            ),
            (
                |july| service(july).stay_spread.value = quantity("0.35"),
                "pathways[0].kind.stay_spread",
                "spread of the stay is 0.35; keep it between 0.36 and 1",
            ),
            (
                |july| service(july).weekend.value = quantity("1.2"),
                "pathways[0].kind.weekend",
                "weekend starts as a share of a weekday's is 1.2; keep it between 0 and 1",
            ),
            (
                |july| service(july).attrition.value = quantity("0.95"),
                "pathways[0].kind.attrition",
                "share of places lost a year is 0.95; keep it between 0 and 0.9",
            ),
            (
                |july| service(july).patience_days = Some(Figure::entered(quantity("0"))),
                "pathways[0].kind.patience_days",
                "mean days before leaving another way is 0; keep it between 1 and 36600",
            ),
            (
                |july| service(july).occupied = Some(Figure::entered(quantity("-1"))),
                "pathways[0].kind.occupied",
                "people in the service on day 0 is -1; keep it between 0 and 1000000",
            ),
            (
                // A spread of 0.5 is 1/0.5² = 4 stages.
                |july| {
                    service(july).stay_spread.value = quantity("0.5");
                    service(july).stay_days.value = quantity("3");
                },
                "pathways[0].kind.stay_days",
                "a stay of 3 days in 4 equal stages leaves less than a day for each; lengthen it or widen its spread",
            ),
        ],
    );
}

#[test]
fn no_day_counts_twice_and_no_month_is_known_before_it_is() {
    assert_found(
        Severity::Error,
        &[
            (
                |july| pathway(july, 1).reasons.push(Reason::E),
                "pathways[1].reasons",
                "reason E is in two pathways; keep it in one, or it counts twice",
            ),
            (
                |july| july.targets[0].month = "2020-04".parse().expect("a month"),
                "targets[0].month",
                "the target for April 2020 lies outside the plan; move it inside",
            ),
            (
                |july| july.targets[1].month = july.targets[0].month,
                "targets[1].month",
                "November 2017 has two targets; keep one",
            ),
            (
                |july| july.targets[0].at_most.value = quantity("-1"),
                "targets[0].at_most",
                "the target is -1; keep it between 0 and 1000000",
            ),
            (
                // March 2017: 2,694 + 859 + 2,062 = 5,615.
                |july| july.history.months[23].nhs += 1,
                "history.months[23]",
                "March 2017: days by reason sum to 5615, by responsibility to 5616; one of them is mistyped",
            ),
            (
                |july| drop(july.history.months.remove(5)),
                "history.months[5]",
                "October 2015 does not follow the month before it; keep months in order without gaps",
            ),
            (
                |july| july.as_of = "2017-05-31".parse().expect("a date"),
                "history.months[25]",
                "May 2017 had not ended before 31 May 2017, when the plan was written; a plan never sees its own future",
            ),
        ],
    );
}

/// Gives the plan an outturn of so many days in each of these months.
fn came(july: &mut Scenario, months: &[(&str, u32)]) {
    let month = |(month, days): &(&str, u32)| MonthOfOutturn::entered(month.parse().expect("a month"), *days);
    july.outturn = months.iter().map(month).collect();
}

#[test]
fn an_outturn_follows_the_history_and_may_miss_a_month() {
    let mut scenario = july();
    came(&mut scenario, &[("2017-06", 6_414), ("2017-08", 0), ("2020-03", 30_999_999)]);
    assert_eq!(check(&scenario), []);
    assert_found(
        Severity::Error,
        &[
            (
                |july| came(july, &[("2017-05", 5_000)]), // history ends in May 2017
                "outturn[0].month",
                "May 2017 is no later than the last month of the history; an outturn came after it, so take it out here",
            ),
            (
                |july| came(july, &[("2017-07", 5_810), ("2017-06", 6_414)]),
                "outturn[1].month",
                "June 2017 does not come after the month before it; keep months in order, each once",
            ),
            (
                |july| came(july, &[("2017-06", 5_810), ("2017-06", 6_414)]),
                "outturn[1].month",
                "June 2017 does not come after the month before it; keep months in order, each once",
            ),
            (
                |july| came(july, &[("2020-04", 5_000)]), // the plan ends on 31 March 2020
                "outturn[0].month",
                "April 2020 lies outside the plan, where no forecast can be held against it; take it out",
            ),
            (
                |july| came(july, &[("2017-06", 30_000_000)]), // 30 days of a million people
                "outturn[0].delayed_days",
                "30000000 delayed days are over a million people; look for a slip",
            ),
            (
                |july| {
                    came(july, &[("2017-06", 6_414)]);
                    july.outturn[0].delayed_days.source = Source::Assumption(String::new());
                },
                "outturn[0].delayed_days",
                "an assumption without its reason; say why this value was taken",
            ),
            (
                |july| {
                    came(july, &[("2017-06", 6_414)]);
                    july.outturn[0].reasons = [(Reason::A, 6_000), (Reason::E, 413)].into();
                },
                "outturn[0]",
                "June 2017: days by reason sum to 6413, where 6414 are published; one of them is mistyped",
            ),
            (
                |july| {
                    came(july, &[("2017-06", 6_414)]);
                    july.outturn[0].delayed_days.change(6_500);
                    july.outturn[0].responsible = Some(Responsible { nhs: 6_000, social_care: 500, both: 0 });
                },
                "outturn[0]",
                "June 2017: days by responsibility sum to 6500, where 6414 are published; one of them is mistyped",
            ),
        ],
    );
}

#[test]
fn what_deserves_a_look_is_a_warning() {
    assert_found(
        Severity::Warning,
        &[
            (
                |july| scheme(july, 8).commitment.years.value.extend([year("2018/19")]),
                "schemes[8].commitment",
                "40 care-home beds is committed in 2018/19 but has no money that year",
            ),
            (
                // £1m of 2017/18; from 1 April 2018 on only the £2m of 2018/19 buys anything.
                |july| {
                    effect(july, 9, 0).start = Start::On(Figure::entered("2018-04-01".parse().expect("a date")));
                },
                "schemes[9].allocations[\"2017/18\"]",
                "£1,000,000 of Discharge to assess at home in 2017/18 buys no effect: the first begins on 1 April 2018",
            ),
            (
                |july| july.notes[0].scheme = Some("gone".parse().expect("an id")),
                "notes[0].scheme",
                "the note speaks of “gone”, which is not a scheme of the plan; correct the id or leave it out",
            ),
        ],
    );
}

#[test]
fn the_last_day_of_a_year_still_buys_something() {
    let mut scenario = july();
    effect(&mut scenario, 9, 0).start = Start::On(Figure::entered("2018-03-31".parse().expect("a date")));
    assert_eq!(check(&scenario), []);
}

#[test]
fn errors_come_before_warnings() {
    let mut scenario = july();
    scheme(&mut scenario, 8).commitment.years.value.insert(year("2018/19"));
    scenario.targets[0].at_most.value = quantity("-1");
    let severities: Vec<_> = check(&scenario).iter().map(|finding| finding.severity).collect();
    assert_eq!(severities, [Severity::Error, Severity::Warning]);
}
