//! What each scheme does: the laws of the Shapley value, held to whole forecasts of every order in which schemes come.

use super::*;
use crate::bundled::JULY_2017;
use crate::forecast::{Contributions, SchemeContribution};

fn contributions(scenario: &Scenario) -> Contributions {
    Contributions::of(scenario, &Forecast::of(scenario))
}

fn days(contributions: &Contributions) -> Vec<f64> {
    contributions.schemes.iter().map(|scheme| scheme.delayed_days).collect()
}

fn assert_adds_up(scenario: &Scenario) -> Contributions {
    let forecast = Forecast::of(scenario);
    let found = Contributions::of(scenario, &forecast);
    close(days(&found).iter().sum(), forecast.delayed_days_avoided(), 1e-6);
    for (at, month) in forecast.months.iter().enumerate() {
        let fewer: f64 = found.schemes.iter().map(|scheme| scheme.months[at]).sum();
        close(fewer, month.do_nothing - month.expected, 1e-6);
    }
    found
}

/// Schemes named after their place in the list, with so much money in each year.
fn schemes(effects: Vec<Vec<Effect>>, amount: i64) -> Vec<Scheme> {
    let money = [("2017/18", amount), ("2018/19", amount / 2), ("2019/20", amount)];
    let named =
        |(at, effects)| Scheme { id: format!("scheme-{at}").parse().expect("an id"), ..scheme(effects, &money) };
    effects.into_iter().enumerate().map(named).collect()
}

fn on(pathway: &str, effect: Effect) -> Effect {
    Effect { pathway: pathway.parse().expect("an id"), ..effect }
}

/// A queue that plenty of places would empty, and a process beside it.
fn two_pathways() -> Vec<Pathway> {
    let mut service = service(40.0, 28.0);
    (service.patience_days, service.stay_spread) = (Some(figure(60.0)), figure(0.7));
    let assessment =
        Pathway { id: "assessment".parse().expect("an id"), ..pathway(1.0, 4.0, Kind::Process { days: figure(5.0) }) };
    vec![assessment, pathway(1.8, 20.0, kind(service))]
}

fn four_schemes() -> Scenario {
    let effects = vec![
        vec![thirty_places(), on("assessment", a_share(Change::Process, 0.2, 1.0))],
        vec![on("assessment", a_share(Change::Referrals, 0.1, 1.0)), a_share(Change::Stay, 0.15, 0.5)],
        vec![a_share(Change::Referrals, 0.1, 1.0)],
        vec![Effect { ramp_days: Figure::entered(90), fade_days: Figure::entered(30), ..thirty_places() }],
    ];
    scenario(two_pathways(), schemes(effects, 1_000_000))
}

/// Delayed days avoided if only these schemes had their money.
fn avoided_by_only(scenario: &Scenario, funded: &[usize]) -> f64 {
    let mut scenario = scenario.clone();
    for (at, scheme) in scenario.schemes.iter_mut().enumerate() {
        if !funded.contains(&at) {
            Arc::make_mut(scheme).allocations = ByYear::default();
        }
    }
    Forecast::of(&scenario).delayed_days_avoided()
}

fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let ending_with = |&last: &usize| {
        let others: Vec<usize> = of.iter().copied().filter(|other| *other != last).collect();
        orders(&others).into_iter().map(move |order| [order, vec![last]].concat())
    };
    of.iter().flat_map(ending_with).collect()
}

#[test]
fn a_scheme_s_share_is_the_mean_of_what_it_adds_over_all_orders() {
    let scenario = four_schemes();
    let mut means = [0.0; 4];
    for order in orders(&[0, 1, 2, 3]) {
        for (at, scheme) in order.iter().enumerate() {
            means[*scheme] +=
                (avoided_by_only(&scenario, &order[..=at]) - avoided_by_only(&scenario, &order[..at])) / 24.0;
        }
    }
    let found = contributions(&scenario);
    assert!(!found.sampled);
    for (found, mean) in found.schemes.iter().zip(means) {
        close(found.delayed_days, mean, 1e-6);
        assert_eq!(found.standard_error.to_bits(), 0);
    }
}

#[test]
fn shares_add_up_to_what_the_plan_avoids_in_each_month_and_over_the_horizon() {
    assert_adds_up(&four_schemes());
    let july = assert_adds_up(&JULY_2017.open().expect("the bundled plan is sound").scenario);
    assert!(!july.sampled && july.schemes.len() == 10);
}

#[test]
fn schemes_that_do_the_same_get_the_same_and_one_that_does_nothing_gets_nothing() {
    let nothing = Effect { size: a_share(Change::Stay, 0.0, 1.0).size, ..thirty_places() };
    let effects = vec![
        vec![thirty_places()],
        vec![],
        vec![thirty_places()],
        vec![thirty_places()],
        vec![from("2021-01-01", 0, 0)],
        vec![nothing],
    ];
    let mut schemes = schemes(effects, 700_000);
    schemes[3].allocations = ByYear::default();
    let found = assert_adds_up(&scenario(two_pathways(), schemes));
    let found = days(&found);
    close(found[0], found[2], 1e-9 * found[0]);
    assert!(found[0] > 100.0);
    assert_eq!([found[1], found[3], found[4], found[5]].map(f64::to_bits), [0; 4]);
}

#[test]
fn a_scheme_alone_gets_all_and_no_scheme_shares_nothing() {
    let scenario = beds_for_a_year();
    let found = assert_adds_up(&scenario);
    close(found.schemes[0].delayed_days, Forecast::of(&scenario).delayed_days_avoided(), 1e-6);
    assert_eq!(
        contributions(&super::scenario(two_pathways(), vec![])),
        Contributions { schemes: vec![], sampled: false, on_average: false }
    );
}

#[test]
fn beyond_twelve_schemes_on_a_pathway_the_sample_adds_up_and_knows_how_far_it_may_be_out() {
    // Fourteen alike and together about twice what empties the queue: each one's true share is a fourteenth.
    let alike = scenario(two_pathways(), schemes(vec![vec![thirty_places()]; 14], 150_000));
    let found = assert_adds_up(&alike);
    assert!(found.sampled);
    let share = days(&found).iter().sum::<f64>() / 14.0;
    let mut within_two = 0;
    for scheme in &found.schemes {
        assert!(scheme.standard_error > 0.0 && scheme.standard_error < 0.02 * share, "{scheme:?}");
        let off = (scheme.delayed_days - share).abs() / scheme.standard_error;
        assert!(off < 4.0, "{off} standard errors");
        within_two += usize::from(off < 2.0);
    }
    assert!(within_two >= 11, "{within_two} of 14 within two standard errors, where 13 are expected");
    assert_eq!(found, contributions(&alike), "the same orders every time");
}

#[test]
fn twelve_on_each_of_two_pathways_are_exact_and_a_crowd_is_not_shared_out_for_ever() {
    let each =
        |at: usize| vec![if at < 12 { thirty_places() } else { on("assessment", a_share(Change::Process, 0.1, 1.0)) }];
    let twenty_four = scenario(two_pathways(), schemes((0..24).map(each).collect(), 20_000));
    assert!(!assert_adds_up(&twenty_four).sampled);
    let crowd = scenario(two_pathways(), schemes(vec![vec![a_share(Change::Referrals, 0.1, 1.0)]; 300], 20_000));
    assert!(assert_adds_up(&crowd).sampled);
}

/// Contributions to one month of 30 days, in people fewer, and the forecast that they are of.
fn of_one_month(fewer: &[f64]) -> (Contributions, Forecast) {
    let scenario = scenario(vec![pathway(1.0, 10.0, kind(service(30.0, 28.0)))], Vec::new());
    let mut forecast = Forecast::of(&scenario);
    forecast.months.truncate(1); // April
    let schemes = fewer.iter().enumerate().map(|(at, fewer)| SchemeContribution {
        id: format!("s{at}").parse().expect("an id"),
        delayed_days: fewer * 30.0,
        months: vec![*fewer],
        standard_error: 0.0,
    });
    (
        Contributions { schemes: schemes.collect(), sampled: false, on_average: false },
        avoiding(forecast, fewer.iter().sum()),
    )
}

fn avoiding(mut forecast: Forecast, people: f64) -> Forecast {
    (forecast.months[0].do_nothing, forecast.months[0].expected) = (20.0, 20.0 - people);
    forecast
}

#[test]
fn what_replications_avoid_is_shared_out_as_the_schemes_act_in_the_expected_run() {
    // The schemes' people fewer, what is avoided on average, and the shares of it.
    let cases: [(&[f64], f64, &[f64]); 4] = [
        (&[3.0, 1.0], 2.0, &[1.5, 0.5]),
        (&[3.0, 0.0], 6.0, &[6.0, 0.0]),
        // One takes out, one adds: the 3 more are shared as 5 to 1, and both keep their sign.
        (&[5.0, -1.0], 7.0, &[7.5, -0.5]),
        (&[1.0, -1.0], 0.5, &[1.25, -0.75]),
    ];
    for (fewer, avoided, shares) in cases {
        let (of_run, forecast) = of_one_month(fewer);
        let shared = of_run.on_average(&forecast, &avoiding(forecast.clone(), avoided)).expect("somebody acts");
        for (scheme, share) in shared.schemes.iter().zip(shares) {
            close(scheme.months[0], *share, 1e-12);
            close(scheme.delayed_days, share * 30.0, 1e-9);
        }
    }
    let (idle, forecast) = of_one_month(&[0.0, 0.0]);
    assert_eq!(idle.on_average(&forecast, &avoiding(forecast.clone(), 1.0)), None, "nobody to share it out to");
    assert!(idle.on_average(&forecast, &avoiding(forecast.clone(), 0.0)).is_some());
}
