//! The next pounds: what they avoid, and why where it is nothing.

use super::*;
use crate::forecast::{NextPound, economic_floor, next_pound};

/// One scheme with one effect on home care, asked about one year.
fn asked(service: Service, waiting: f64, effect: Effect, money: i64, in_year: &str) -> NextPound {
    let scheme = scheme(vec![effect], &[("2017/18", money), ("2018/19", money)]);
    let scenario = scenario(vec![pathway(0.0, waiting, kind(service))], vec![scheme]);
    next_pound(&scenario, &Forecast::of(&scenario), 0, year(in_year))
}

fn reason(asked: &NextPound) -> &str {
    close(asked.more.expect("it is possible"), 0.0, 0.5);
    asked.reason.as_deref().expect("a reason")
}

#[test]
fn fifty_thousand_pounds_more_and_less_do_what_moving_them_does() {
    let scenario = beds_for_a_year();
    let forecast = Forecast::of(&scenario);
    let moved = |to| avoided_by_moving(&scenario, &forecast, 0, year("2017/18"), pounds(to));
    let found = next_pound(&scenario, &forecast, 0, year("2017/18"));
    assert_eq!(found, NextPound { more: moved(1_050_000), less: moved(950_000), reason: None });
    assert!(found.more > Some(1.0) && found.less < Some(-1.0));
    let unfunded = next_pound(&scenario, &forecast, 0, year("2018/19"));
    assert!(unfunded.more.is_some() && unfunded.less.is_none(), "nobody can take £50,000 from nothing");
    assert_eq!(next_pound(&scenario, &forecast, 1, year("2017/18")), NextPound::default());
    assert_eq!(next_pound(&scenario, &forecast, 0, year("2021/22")), NextPound::default());
}

#[test]
fn a_scheme_without_effect_says_so() {
    let scenario = scenario(vec![pathway(0.0, 20.0, kind(service(0.0, 28.0)))], vec![scheme(vec![], &[])]);
    let found = next_pound(&scenario, &Forecast::of(&scenario), 0, year("2017/18"));
    assert_eq!(reason(&found), "no effect is claimed for this scheme");
}

#[test]
fn money_that_ends_before_the_effect_names_the_day() {
    let found = asked(service(0.0, 28.0), 20.0, from("2018-07-01", 0, 0), 100_000, "2017/18");
    assert_eq!(reason(&found), "the money of 2017/18 ends before the effect begins, on 1 July 2018");
    let found = asked(service(0.0, 28.0), 20.0, from("2018-07-01", 0, 0), 100_000, "2018/19");
    assert!(found.more > Some(1.0) && found.reason.is_none());
}

#[test]
fn an_effect_at_its_most_says_what_that_is() {
    let places = Effect { most: figure(6.0), ..thirty_places() }; // £2m buys 30, so £400,000 buys 6
    let found = asked(service(0.0, 28.0), 1_000.0, places.clone(), 400_000, "2017/18");
    assert_eq!(reason(&found), "Home care already has the most it can reach, 6 more places");
    assert!(found.less < Some(-1.0));
    assert!(asked(service(0.0, 28.0), 1_000.0, places, 300_000, "2017/18").more > Some(1.0));
    // 1 − 0.8² = 0.36 is more than 35%.
    let stay = a_share(Change::Stay, 0.2, 0.35);
    let found = asked(service(20.0, 28.0), 1_000.0, stay, 4_000_000, "2017/18");
    assert_eq!(reason(&found), "Home care already has the most it can reach, 35% shorter stay");
}

#[test]
fn a_pathway_without_a_queue_names_the_month_after_which_there_is_none() {
    // No places, and a tenth of 100 people leave each day: 0.05 are left until 0.9ⁿ < 0.0005, n = 73, on 12 June.
    let emptying = Service { patience_days: Some(figure(10.0)), ..service(0.0, 28.0) };
    let found = asked(emptying.clone(), 100.0, from("2018-04-01", 0, 0), 0, "2018/19");
    assert_eq!(reason(&found), "Home care has no queue after June 2017");
    let found = asked(emptying, 100.0, thirty_places(), 0, "2017/18");
    assert!(found.more > Some(1.0) && found.reason.is_none(), "there is one in the first weeks");
    let found = asked(service(50.0, 28.0), 0.0, thirty_places(), 0, "2017/18");
    assert_eq!(reason(&found), "Home care has no queue");
}

#[test]
fn a_change_of_what_is_already_whole_says_so() {
    let whole = |change| asked(service(5.0, 28.0), 1_000.0, a_share(change, 0.2, 1.0), 400_000, "2017/18");
    assert_eq!(reason(&whole(Change::Delivery)), "Home care already delivers all that is contracted");
    assert_eq!(reason(&whole(Change::Weekend)), "Home care already starts as many at weekends as on weekdays");
    assert_eq!(reason(&whole(Change::Attrition)), "Home care loses no places");
    let dear = Effect { per: Figure::entered(pounds(100_000_000_000)), ..thirty_places() };
    let found = asked(service(5.0, 28.0), 1_000.0, dear, 400_000, "2017/18");
    assert_eq!(reason(&found), "£50,000 buys too little in Home care to show");
}

#[test]
fn reasons_that_differ_are_all_given_and_those_alike_once() {
    let late = from("2018-07-01", 0, 0);
    let effects = vec![late.clone(), late, a_share(Change::Attrition, 0.2, 1.0)];
    let scenario = scenario(vec![pathway(0.0, 20.0, kind(service(0.0, 28.0)))], vec![scheme(effects, &[])]);
    let found = next_pound(&scenario, &Forecast::of(&scenario), 0, year("2017/18"));
    let late = "the money of 2017/18 ends before the effect begins, on 1 July 2018";
    assert_eq!(reason(&found), format!("{late}; Home care loses no places"));
}

#[test]
fn the_economic_floor_is_an_eighth_or_so_of_those_delayed_at_the_start() {
    let scenario = beds_for_a_year(); // 4 and 20 people
    close(economic_floor(&scenario).expect("there is delay"), 0.12 * 24.0, 1e-12);
    assert_eq!(economic_floor(&super::scenario(vec![], vec![])), None);
}
