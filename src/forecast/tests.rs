//! What the expected run must agree with: laws of queues, hand arithmetic and a published simulation.

mod contributions;
mod next_pound;
mod outturn;

use std::sync::Arc;

use proptest::prelude::*;

use super::compile::{Allocations, Clock, Opening, Rates, effects, rates};
use super::run::People;
use super::strength::{Pace, aims, pieces_towards};
use super::{EffectTimeline, Forecast, avoided_by_moving, compile, timeline};
use crate::calendar::{Date, FinancialYear, Horizon};
use crate::money::Money;
use crate::scenario::{
    Area, Attribution, Basis, ByYear, Change, Commitment, Costs, Effect, Figure, Fund, History, Kind, Milestone,
    Pathway, Quantity, Range, Renewal, Scenario, Scheme, Service, Source, Start, Target,
};

pub(super) fn quantity(number: f64) -> Quantity {
    format!("{number:.9}").parse().expect("a quantity")
}

pub(super) fn figure(number: f64) -> Figure<Quantity> {
    Figure::entered(quantity(number))
}

fn pounds(pounds: i64) -> Money {
    Money::pounds(pounds).expect("a sum of money")
}

fn year(text: &str) -> FinancialYear {
    text.parse().expect("a year")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub(super) fn pathway(referrals_a_day: f64, waiting: f64, kind: Kind) -> Pathway {
    let shares = Attribution { nhs: quantity(0.5), social_care: quantity(0.3), both: quantity(0.2) };
    Pathway {
        id: "home-care".parse().expect("an id"),
        name: "Home care".into(),
        reasons: Vec::new(),
        attribution: Figure::entered(shares),
        referrals: figure(referrals_a_day * 7.0),
        growth: figure(0.0),
        seasons: None,
        volatility: None,
        waiting: figure(waiting),
        kind,
    }
}

/// Full on day 0, everything delivered, exponential stays, no patience, no weekends: tests change what they are about.
pub(super) fn service(places: f64, stay_days: f64) -> Service {
    Service {
        places: figure(places),
        delivery: figure(1.0),
        stay_days: figure(stay_days),
        stay_spread: figure(1.0),
        patience_days: None,
        weekend: figure(1.0),
        attrition: figure(0.0),
        occupied: Some(figure(places)),
    }
}

pub(super) fn kind(service: Service) -> Kind {
    Kind::Service(Box::new(service))
}

/// 30 places for £2m a full year from 1 April 2017, at once and gone at once.
fn thirty_places() -> Effect {
    let size = Range { low: quantity(20.0), central: quantity(30.0), high: quantity(40.0) };
    Effect {
        pathway: "home-care".parse().expect("an id"),
        change: Change::Places,
        size: Figure::entered(size),
        per: Figure::entered(pounds(2_000_000)),
        start: Start::On(Figure::entered(date("2017-04-01"))),
        ramp_days: Figure::entered(0),
        whole_after: None,
        renewal: None,
        fade_days: Figure::entered(0),
        most: figure(1_000.0),
    }
}

pub(super) fn a_share(change: Change, size: f64, most: f64) -> Effect {
    let size = Range { low: quantity(0.0), central: quantity(size), high: quantity(0.95) };
    Effect { change, size: Figure::entered(size), most: figure(most), ..thirty_places() }
}

pub(super) fn scheme(effects: Vec<Effect>, allocations: &[(&str, i64)]) -> Scheme {
    let money = |&(text, amount): &(&str, i64)| (year(text), Figure::entered(pounds(amount)));
    Scheme {
        id: "beds".parse().expect("an id"),
        name: "Beds".into(),
        area: Area::AdditionalProvision,
        about: String::new(),
        allocations: allocations.iter().map(money).collect(),
        commitment: Commitment { basis: Basis::Recurrent, years: Figure::entered([].into()) },
        milestones: Vec::new(),
        effects,
        delivery_risk: None,
        supports: Vec::new(),
        locked: false,
    }
}

pub(super) fn scenario(pathways: Vec<Pathway>, schemes: Vec<Scheme>) -> Scenario {
    let grant: ByYear<_> =
        ["2017/18", "2018/19", "2019/20"].map(|text| (year(text), Figure::entered(Money::ZERO))).into_iter().collect();
    Scenario {
        format: 1,
        title: "A test".into(),
        area: "Anywhere".into(),
        as_of: date("2017-07-13"),
        papers: Vec::new(),
        fund: Fund { name: "Fund".into(), grant, carries_forward: Figure::entered(false) },
        schemes: schemes.into_iter().map(Arc::new).collect(),
        pathways: pathways.into_iter().map(Arc::new).collect(),
        targets: vec![Target { month: "2018-03".parse().expect("a month"), at_most: figure(83.0) }],
        recording: None,
        history: History { source: Source::Entered, months: Vec::new() },
        outturn: Vec::new(),
        bookmarks: Vec::new(),
        context: Arc::default(),
        costs: Costs { delayed_day: Figure::entered(Money::ZERO), others: Vec::new() },
        notes: Vec::new(),
    }
}

/// People delayed day by day on one pathway without schemes.
fn delayed(referrals_a_day: f64, waiting: f64, kind: Kind) -> Vec<f64> {
    Forecast::of(&scenario(vec![pathway(referrals_a_day, waiting, kind)], Vec::new())).people()
}

fn timeline_of(effect: &Effect, allocations: &[(&str, i64)]) -> EffectTimeline {
    let scheme = scheme(vec![effect.clone()], allocations);
    timeline(&scenario(Vec::new(), Vec::new()), &scheme, effect).expect("the effect has a start")
}

pub(super) fn from(start: &str, ramp_days: u16, fade_days: u16) -> Effect {
    Effect {
        start: Start::On(Figure::entered(date(start))),
        ramp_days: Figure::entered(ramp_days),
        fade_days: Figure::entered(fade_days),
        ..thirty_places()
    }
}

pub(super) fn close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} is not {expected} to within {within}");
}

// Money over time.

#[test]
fn half_a_years_million_and_a_whole_years_two_both_buy_thirty_places() {
    let found = timeline_of(&from("2017-10-01", 0, 0), &[("2017/18", 1_000_000), ("2018/19", 2_000_000)]);
    // 182 of 365 days, a hair less than half: £1m × 365 / 182.
    assert_eq!(found.full_year_money.get(year("2017/18")).map(|money| money.exact()), Some("£2,005,494.51".to_owned()));
    assert_eq!(found.full_year_money.get(year("2018/19")), Some(&pounds(2_000_000)));
    close(found.amount[182], 0.0, 0.0); // 30 September
    close(found.amount[183], 30.0 * 365.0 / 364.0, 1e-9);
    close(found.amount[365], 30.0, 1e-12);
    close(found.amount[729], 30.0, 1e-12);
    close(found.amount[730], 0.0, 0.0); // 1 April 2019: the money has stopped
}

#[test]
fn effects_ramp_and_fade_in_straight_lines() {
    let found = timeline_of(&from("2017-10-01", 90, 60), &[("2017/18", 1_000_000)]);
    let whole = 30.0 * 365.0 / 364.0;
    close(found.amount[183], 0.0, 1e-12);
    close(found.amount[183 + 45], whole / 2.0, 1e-9);
    close(found.amount[183 + 90], whole, 1e-9);
    close(found.amount[365 + 15], whole * 0.75, 1e-9);
    close(found.amount[365 + 60], 0.0, 1e-12);
}

#[test]
fn an_unfinished_ramp_goes_on_from_where_it_is() {
    // £2m a year from 1 March 2018: 31 days of it are £169,863 of 2017/18.
    let found = timeline_of(&from("2018-03-01", 90, 0), &[("2017/18", 169_863), ("2018/19", 2_000_000)]);
    let reached = 30.0 * 31.0 / 90.0;
    close(found.amount[365], reached, 1e-4);
    close(found.amount[365 + 45], f64::midpoint(reached, 30.0), 1e-4);
    close(found.amount[365 + 90], 30.0, 1e-9);
}

/// £1m from 1 October 2017 on a contract until 30 November that is renewed on a day; whole within ten days, gone in 42.
fn renewed(on: &str) -> Scheme {
    let renewal = Renewal { ends: Figure::entered(date("2017-11-30")), with: "new-service".parse().expect("an id") };
    let effect = Effect { renewal: Some(renewal), ..from("2017-10-01", 10, 42) };
    let due = Figure::entered(date(on));
    let new_service = Milestone { id: "new-service".parse().expect("an id"), name: String::new(), due, after: None };
    Scheme { milestones: vec![new_service], ..scheme(vec![effect], &[("2017/18", 1_000_000), ("2018/19", 2_000_000)]) }
}

fn amounts(scheme: &Scheme) -> Vec<f64> {
    timeline(&scenario(Vec::new(), Vec::new()), scheme, &scheme.effects[0]).expect("a start").amount
}

#[test]
fn what_a_contract_bought_fades_from_its_end_until_it_is_renewed_and_then_comes_back() {
    let whole = 30.0 * 365.0 / 364.0; // as if there were no gap: its money is not spent on the other days
    let december = 244; // the 1st, the first day without a contract
    let found = amounts(&renewed("2017-12-22"));
    close(found[december], whole, 1e-9);
    close(found[december + 21], whole / 2.0, 1e-9);
    close(found[december + 21 + 5], whole * 0.75, 1e-9);
    close(found[december + 21 + 10], whole, 1e-9);
    let found = amounts(&renewed("2018-05-01"));
    close(found[december + 42], 0.0, 1e-9);
    close(found[365 + 30], 0.0, 1e-9); // 1 May, the first day of the new service
    close(found[365 + 40], 30.0, 1e-9);
}

#[test]
fn a_contract_renewed_by_the_day_after_its_end_goes_on_as_if_it_had_none() {
    let mut without = renewed("2017-12-01");
    let seamless = amounts(&without);
    assert_eq!(amounts(&renewed("2017-10-15")), seamless);
    without.effects[0].renewal = None;
    assert_eq!(seamless, amounts(&without));
}

#[test]
fn a_new_service_comes_as_late_as_the_scheme_slips_and_the_old_contract_ends_on_its_day() {
    let scheme = renewed("2017-12-01");
    let horizon = scenario(Vec::new(), Vec::new()).horizon();
    let aims = aims(horizon, &scheme, &scheme.effects[0], |year| scheme.allocation(year));
    let on = |late: usize, day: usize| {
        let pieces = pieces_towards(&aims, Pace::of(&scheme, &scheme.effects[0]), late);
        pieces.iter().find(|piece| piece.days.contains(&day)).map_or(0.0, |piece| piece.on(day))
    };
    let (december, whole) = (244, 365.0 / 364.0); // multiples of £2m
    close(on(0, december + 20), whole, 1e-9);
    close(on(21, 183 + 20), 0.0, 0.0); // begins on 22 October
    close(on(21, december), whole, 1e-9);
    close(on(21, december + 21), whole / 2.0, 1e-9);
    close(on(21, december + 31), whole, 1e-9);
}

#[test]
fn money_of_a_year_that_ends_before_the_effect_begins_buys_nothing() {
    let found = timeline_of(&from("2018-04-01", 0, 0), &[("2017/18", 2_000_000)]);
    assert_eq!(found.full_year_money.get(year("2017/18")), Some(&Money::ZERO));
    assert!(found.strength.iter().all(|strength| *strength == 0.0));
}

#[test]
fn shares_taken_away_compound_and_stop_at_the_most() {
    let taken = |millions: i64, most| {
        let effect = a_share(Change::Stay, 0.15, most);
        timeline_of(&effect, &[("2017/18", millions * 1_000_000)]).amount[0]
    };
    close(taken(2, 1.0), 0.15, 1e-12);
    close(taken(4, 1.0), 1.0 - 0.85 * 0.85, 1e-12);
    close(taken(4, 0.2), 0.2, 1e-12);
    assert!(taken(200, 1.0) < 1.0);
}

// Rates.

fn rates_with(pathway: &Pathway, effects_on: Vec<Effect>) -> Vec<Rates> {
    let scenario = scenario(Vec::new(), vec![scheme(effects_on, &[("2017/18", 4_000_000)])]);
    let acting: Vec<_> = effects(&scenario).collect();
    rates(&Clock::of(scenario.horizon()), pathway, &acting, Allocations::Plan)
}

#[test]
fn effects_on_one_thing_multiply_and_places_add() {
    let mut hart = service(100.0, 20.0);
    (hart.delivery, hart.weekend) = (figure(0.67), figure(0.5));
    let effects = vec![
        thirty_places(),
        a_share(Change::Delivery, 0.2, 1.0),
        a_share(Change::Stay, 0.15, 1.0),
        a_share(Change::Stay, 0.1, 1.0),
        a_share(Change::Weekend, 0.3, 1.0),
        a_share(Change::Referrals, 0.05, 1.0),
    ];
    let day = rates_with(&pathway(2.0, 0.0, kind(hart)), effects)[0]; // a Saturday, everything at twice its strength
    close(day.capacity, 100.0 * (1.0 - 0.33 * 0.8 * 0.8) + 60.0, 1e-9);
    close(1.0 / day.passing, 20.0 * 0.85 * 0.85 * 0.9 * 0.9, 1e-9);
    close(day.open, 1.0 - 0.5 * 0.7 * 0.7, 1e-12);
    close(day.arrivals, 2.0 * 0.95 * 0.95, 1e-12);
}

#[test]
fn a_year_of_attrition_takes_its_share_and_schemes_can_slow_it() {
    let mut failing = service(100.0, 20.0);
    failing.attrition = figure(0.1);
    let pathway = pathway(2.0, 0.0, kind(failing));
    close(rates_with(&pathway, Vec::new())[0].capacity, 100.0, 1e-12);
    close(rates_with(&pathway, Vec::new())[365].capacity, 90.0, 1e-9);
    // Half as much attrition per £2m, for £4m: a quarter, on days 1 to 364; then the money stops.
    let slowed = rates_with(&pathway, vec![a_share(Change::Attrition, 0.5, 1.0)]);
    close(slowed[364].capacity, 100.0 * 0.975_f64.powf(364.0 / 365.0), 1e-9);
    close(slowed[365].capacity / slowed[364].capacity, 0.9_f64.powf(1.0 / 365.0), 1e-12);
}

#[test]
fn referrals_grow_by_the_year_and_follow_the_month() {
    let mut growing = pathway(2.0, 0.0, Kind::Process { days: figure(5.0) });
    growing.growth = figure(0.02);
    let factors = [0.5, 1.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    growing.seasons = Some(Figure::entered(factors.map(quantity).to_vec()));
    let rates = rates_with(&growing, Vec::new());
    close(rates[0].arrivals, 1.0, 1e-12);
    close(rates[29].arrivals, 1.02_f64.powf(29.0 / 365.0), 1e-12); // 30 April
    close(rates[30].arrivals, 3.0 * 1.02_f64.powf(30.0 / 365.0), 1e-12); // 1 May
    close(rates[365].arrivals, 1.02, 1e-12);
}

#[test]
fn weekends_are_those_of_the_calendar() {
    let mut five_days = service(10.0, 5.0);
    five_days.weekend = figure(0.0);
    let rates = rates_with(&pathway(1.0, 0.0, kind(five_days)), Vec::new());
    let horizon = Horizon::new(year("2017/18"), 3);
    let dates = horizon.months().flat_map(|month| {
        let days = i8::try_from(month.days()).expect("a month's days");
        (1..=days).map(move |day| date(&format!("{month}-{day:02}")))
    });
    assert_eq!(rates.len(), 1096);
    for (date, rates) in dates.zip(rates) {
        assert_eq!(rates.open == 0.0, date.is_weekend(), "{date}");
    }
}

// Days.

#[test]
fn an_overloaded_service_settles_at_what_it_cannot_serve_times_patience() {
    let mut service = service(28.0, 28.0);
    service.patience_days = Some(figure(40.0));
    close(delayed(2.0, 0.0, kind(service))[1095], (2.0 - 1.0) * 40.0, 1e-6);
}

#[test]
fn a_process_settles_at_referrals_times_days() {
    close(delayed(2.0, 0.0, Kind::Process { days: figure(9.0) })[1095], 18.0, 1e-9);
}

#[test]
fn a_steady_state_stays_put_for_three_years() {
    let mut service = service(40.0, 28.0);
    service.patience_days = Some(figure(60.0));
    let level = (1.5 - 40.0 / 28.0) * 60.0;
    for stages_spread in [1.0, 0.5] {
        service.stay_spread = figure(stages_spread);
        for people in delayed(1.5, level, kind(service.clone())) {
            close(people, level, 1e-6);
        }
    }
}

#[test]
fn near_balance_the_expected_run_shows_no_queue() {
    // 42 people's work, 46 places: truly 4.4 wait on average. The documentation says so.
    close(delayed(1.5, 5.0, kind(service(46.0, 28.0)))[1095], 0.0, 1e-9);
}

#[test]
fn a_hundred_times_everything_is_a_hundred_times_the_people() {
    let run = |scale: f64| {
        let mut service = service(30.0 * scale, 20.0);
        (service.stay_spread, service.weekend) = (figure(0.7), figure(0.4));
        service.patience_days = Some(figure(50.0));
        delayed(1.7 * scale, 12.0 * scale, kind(service))
    };
    for (one, hundred) in run(1.0).into_iter().zip(run(100.0)) {
        close(hundred, one * 100.0, 1e-6);
    }
}

#[test]
fn at_weekends_only_the_weekend_share_of_starts_happens() {
    let mut service = service(100.0, 20.0);
    (service.weekend, service.occupied) = (figure(0.25), Some(figure(0.0)));
    let days = delayed(0.0, 16.0, kind(service));
    assert_eq!(days[..3], [12.0, 9.0, 0.0]); // Saturday, Sunday, Monday
}

#[test]
fn when_places_shrink_nobody_is_thrown_out_and_nobody_starts_until_enough_have_left() {
    let mut people = People::<1>::opening(&Opening { delayed: 20.0, occupied: 10.0, stages: 1 });
    let rates = Rates { passing: 0.1, capacity: 5.0, open: 1.0, ..Rates::default() };
    for day in 1..=6 {
        people.pass_day(&rates);
        close(people.occupied(), 10.0 * 0.9_f64.powi(day), 1e-12); // 5.3 on the sixth day
        close(people.delayed, 20.0, 0.0);
    }
    people.pass_day(&rates);
    close(people.occupied(), 5.0, 1e-12);
    close(people.delayed, 20.0 - (5.0 - 10.0 * 0.9_f64.powi(7)), 1e-12);
}

#[test]
fn by_default_a_service_starts_full_or_with_what_its_referrals_fill() {
    let opening = |referrals_a_day| {
        let mut service = service(40.0, 10.0);
        (service.occupied, service.delivery) = (None, figure(0.5));
        compile(&scenario(vec![pathway(referrals_a_day, 0.0, kind(service))], Vec::new())).pathways[0].opening.occupied
    };
    close(opening(1.5), 15.0, 1e-9);
    close(opening(5.0), 20.0, 1e-9);
}

/// The `P2_NS` case of “Code and material for IPACS Model – Improving the Flow of Patients between Acute, Community and
/// Social Care” (Harper and others, 2023, doi 10.5281/zenodo.7845908): 2.342 arrivals a day, 28 beds, lognormal stay of
/// mean 38.28 and median 33 days, 24 in them and 15 waiting at the start, no patience. Served first come, first
/// served, it gives 298 waiting on day 181 (5% to 95%: 279 to 334) and 155 on average over the days.
#[test]
fn the_published_p2_ns_case_is_met_within_its_interval() {
    let mut beds = service(28.0, 38.28);
    (beds.stay_spread, beds.occupied) = (figure(0.7), Some(figure(24.0))); // two stages
    let days = delayed(2.342, 15.0, kind(beds));
    assert!((279.0..=334.0).contains(&days[180]), "{}", days[180]);
    let mean = days[..181].iter().sum::<f64>() / 181.0;
    close(mean, 155.0, 155.0 * 0.05);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nobody_appears_or_vanishes(
        stages in 1_u8..=8, delayed in 0.0..1e4, occupied in 0.0..1e3,
        days in prop::collection::vec((0.0..50.0, 0.0..1.0, 0.0..1.0, 0.0..1e3, 0.0..1.0), 50),
    ) {
        let mut people = People::<8>::opening(&Opening { delayed, occupied, stages });
        for (arrivals, leaving, passing, capacity, open) in days {
            let before = people.delayed + people.occupied();
            let left = people.delayed * leaving + people.in_service[0] * passing;
            people.pass_day(&Rates { arrivals, leaving, passing, capacity, open });
            let after = people.delayed + people.occupied();
            prop_assert!((before + arrivals - left - after).abs() < 1e-9, "{before} {arrivals} {left} {after}");
            prop_assert!(people.delayed >= 0.0);
        }
    }

    #[test]
    fn more_money_for_places_never_delays_more_people_on_any_day(
        money in prop::array::uniform3(0_i64..6_000_000), more in prop::array::uniform3(0_i64..3_000_000),
        referrals in 0.5..3.0, stay in 10.0..40.0, spread in prop::sample::select(vec![1.0, 0.7, 0.5]),
        patience in prop::option::of(1.0..4.0), weekend in 0.0..1.0, ramp in 0_u16..200, fade in 0_u16..200,
    ) {
        let mut service = service(30.0, stay);
        (service.stay_spread, service.weekend) = (figure(spread), figure(weekend));
        service.patience_days = patience.map(|times_stay: f64| figure(stay * times_stay));
        let pathway = pathway(referrals, 20.0, kind(service));
        let run = |money: [i64; 3]| {
            let allocations = [("2017/18", money[0]), ("2018/19", money[1]), ("2019/20", money[2])];
            let scheme = scheme(vec![from("2017-11-01", ramp, fade)], &allocations);
            Forecast::of(&scenario(vec![pathway.clone()], vec![scheme])).people()
        };
        let with_more = [money[0] + more[0], money[1] + more[1], money[2] + more[2]];
        for (day, (less, more)) in run(money).into_iter().zip(run(with_more)).enumerate() {
            prop_assert!(more <= less + 1e-9, "day {day}: {more} > {less}");
        }
    }
}

// Figures.

fn beds_for_a_year() -> Scenario {
    let mut service = service(40.0, 28.0);
    service.patience_days = Some(figure(60.0));
    let assessment =
        Pathway { id: "assessment".parse().expect("an id"), ..pathway(1.0, 4.0, Kind::Process { days: figure(5.0) }) };
    let scheme = scheme(vec![thirty_places()], &[("2017/18", 1_000_000)]);
    scenario(vec![assessment, pathway(1.8, 20.0, kind(service))], vec![scheme])
}

#[test]
fn the_queue_falls_while_the_money_lasts_and_comes_back_after_the_cliff_edge() {
    let people = Forecast::of(&beds_for_a_year()).people();
    assert!(people[364] < people[0] && people[365 + 60] > people[364] + 5.0, "{} {}", people[0], people[364]);
    let nothing = Forecast::of(&beds_for_a_year()).people_do_nothing();
    close(people[1095], nothing[1095], 0.1); // two years on nothing is left of it
}

#[test]
fn months_add_up_to_days_pathways_and_who_is_responsible() {
    let forecast = Forecast::of(&beds_for_a_year());
    let (plan, nothing) = (forecast.people(), forecast.people_do_nothing());
    assert_eq!((forecast.months.len(), plan.len()), (36, 1096));
    let april = &forecast.months[0];
    close(april.delayed_days, plan[..30].iter().sum(), 1e-9);
    close(april.expected, april.delayed_days / 30.0, 1e-12);
    close(april.do_nothing, nothing[..30].iter().sum::<f64>() / 30.0, 1e-12);
    for month in &forecast.months {
        close(month.by_pathway.iter().sum(), month.expected, 1e-9);
        close(month.nhs, month.expected * 0.5, 1e-9);
        close(month.nhs + month.social_care + month.both, month.expected, 1e-9);
    }
    close(forecast.delayed_days_avoided(), nothing.iter().sum::<f64>() - plan.iter().sum::<f64>(), 1e-6);
    let march = forecast.month("2018-03".parse().expect("a month")).expect("March is in the plan");
    assert_eq!((forecast.targets[0].expected, forecast.targets[0].at_most), (march.expected, 83.0));
    assert_eq!(forecast.month("2017-03".parse().expect("a month")), None);
    assert_eq!(forecast.month("2020-04".parse().expect("a month")), None);
}

#[test]
fn moving_money_avoids_what_a_whole_new_forecast_says() {
    let before = beds_for_a_year();
    let forecast = Forecast::of(&before);
    for amount in [0, 1_000_000, 1_050_000, 900_000_000] {
        let mut after = before.clone();
        Arc::make_mut(&mut after.schemes[0]).allocations.insert(year("2018/19"), Figure::entered(pounds(amount)));
        let whole = Forecast::of(&after).delayed_days_avoided() - forecast.delayed_days_avoided();
        let found = avoided_by_moving(&before, &forecast, 0, year("2018/19"), pounds(amount)).expect("it is possible");
        close(found, whole, 1e-6);
        assert_eq!(found > 0.0, amount > 0);
    }
}

#[test]
fn money_that_cannot_move_moves_nothing() {
    let scenario = beds_for_a_year();
    let forecast = Forecast::of(&scenario);
    assert_eq!(avoided_by_moving(&scenario, &forecast, 1, year("2017/18"), pounds(5)), None);
    assert_eq!(avoided_by_moving(&scenario, &forecast, 0, year("2021/22"), pounds(5)), None);
    assert_eq!(avoided_by_moving(&scenario, &forecast, 0, year("2017/18"), pounds(-5)), None);
}

// Whatever a scenario holds.

fn assert_finite(forecast: &Forecast) {
    for pathway in &forecast.pathways {
        assert!(pathway.plan.iter().chain(&pathway.do_nothing).all(|people| people.is_finite() && *people >= 0.0));
    }
    assert!(forecast.delayed_days_avoided().is_finite());
}

#[test]
fn the_largest_scenario_stays_finite() {
    let crowded = pathway(14_285.0, 1_000_000.0, kind(service(1_000_000.0, 3_660.0)));
    let mut last_day = Effect { start: Start::On(Figure::entered(date("2020-03-31"))), ..thirty_places() };
    last_day.per = Figure::entered("0.01".parse().expect("a penny"));
    last_day.most = figure(1_000_000.0);
    let all = Effect { most: figure(1.0), ..Effect { change: Change::Stay, ..last_day.clone() } };
    let pathways = (0..1_000)
        .map(|at| Pathway { id: format!("pathway-{at}").parse().expect("an id"), ..crowded.clone() })
        .chain([crowded.clone()])
        .collect();
    let forecast = Forecast::of(&scenario(pathways, vec![scheme(vec![last_day, all], &[("2019/20", 10_000_000_000)])]));
    assert_finite(&forecast);
}

#[test]
fn figures_that_the_rules_refuse_still_give_finite_answers() {
    let mut odd = service(-5.0, 0.0);
    (odd.delivery, odd.attrition, odd.weekend) = (figure(7.0), figure(3.0), figure(-1.0));
    (odd.stay_spread, odd.patience_days, odd.occupied) = (figure(0.0), Some(figure(0.0)), None);
    let mut pathway = pathway(1e6, -3.0, kind(odd));
    pathway.growth = figure(1e9);
    pathway.seasons = Some(Figure::entered(vec![quantity(-1.0); 30]));
    let mut effects: Vec<Effect> = [
        Change::Places,
        Change::Delivery,
        Change::Stay,
        Change::Process,
        Change::Referrals,
        Change::Attrition,
        Change::Weekend,
    ]
    .map(|change| Effect { most: figure(1e9), per: Figure::entered(Money::ZERO), change, ..from("2001-01-01", 9, 9) })
    .into();
    effects.push(Effect { start: Start::Milestone("never".parse().expect("an id")), ..thirty_places() });
    effects.push(a_share(Change::Attrition, 1.0, 1.0));
    let money = [("2017/18", -5), ("2018/19", 100_000_000_000), ("2031/32", 5)];
    assert_finite(&Forecast::of(&scenario(vec![pathway.clone(), pathway], vec![scheme(effects, &money)])));
}
