//! What replications must agree with: laws of queues, the expected run, a published simulation, and themselves.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::super::tests::{a_share, close, figure, from, kind, pathway, quantity, scenario, scheme, service};
use super::replication::{People, Rates, Streams, run_days, run_pathway};
use super::streams::LANES;
use super::{Chance, DoingNothing, Kept, KeptNothing, Prepared, Tally, draws, replicate, replicate_on};
use crate::bundled::JULY_2017;
use crate::forecast::Forecast;
use crate::forecast::compile::Opening;
use crate::money::Money;
use crate::scenario::edit::apply;
use crate::scenario::{
    Change, DeliveryRisk, Edit, Effect, Figure, Kind, Pathway, PathwayFigure, Quantity, Range, Scenario, Scheme, Start,
    Volatility,
};

fn tally(scenario: &Scenario, replications: u32) -> Tally {
    replicate(&Prepared::of(scenario), 1, 0..replications, &AtomicBool::new(false)).expect("nobody stops it")
}

fn from_scratch(threads: usize, prepared: &Prepared, seed: u64, replications: std::ops::Range<u32>) -> Tally {
    let kept = &mut Kept::without_room();
    replicate_on(threads, kept, prepared, seed, replications, &AtomicBool::new(false)).expect("unstopped")
}

fn chance(scenario: &Scenario, replications: u32) -> Chance {
    tally(scenario, replications).chance(&Prepared::of(scenario), 1)
}

fn of_pathway(pathway: Pathway) -> Scenario {
    scenario(vec![pathway], Vec::new())
}

fn mean(figures: &[f64]) -> f64 {
    figures.iter().sum::<f64>() / figures.len() as f64
}

/// Mean people waiting by Erlang's C formula.
fn erlang_c(arrivals: f64, stay: f64, places: u32) -> f64 {
    let load = arrivals * stay;
    // Erlang's B by recursion, then C from it.
    let blocked = (1..=places).fold(1.0, |blocked, n| load * blocked / (f64::from(n) + load * blocked));
    let busy = load / f64::from(places);
    blocked / (1.0 - busy + busy * blocked) * busy / (1.0 - busy)
}

#[test]
fn a_queue_without_patience_is_erlangs_within_a_tenth() {
    // Erlang, 1917. A day's step is not continuous time: a place freed today serves who comes today.
    for (arrivals, stay, places, queue) in
        [(5.0, 12.0, 67, 2.416), (5.25, 12.0, 67, 8.121), (2.0, 21.0, 50, 0.861), (1.0, 6.0, 8, 1.071)]
    {
        close(erlang_c(arrivals, stay, places), queue, 0.001);
        let mut steady = service(f64::from(places), stay);
        steady.occupied = Some(figure(arrivals * stay));
        let found = chance(&of_pathway(pathway(arrivals, queue, kind(steady))), 3_000);
        // Half a year to forget how it began.
        let found = mean(&found.mean_days[180..]);
        close(found, queue, queue * 0.1);
    }
}

#[test]
fn an_overloaded_service_settles_at_what_it_cannot_serve_times_patience() {
    let mut overloaded = service(280.0, 28.0);
    overloaded.patience_days = Some(figure(40.0));
    let found = chance(&of_pathway(pathway(20.0, 400.0, kind(overloaded))), 400);
    close(mean(&found.mean_days[400..]), (20.0 - 10.0) * 40.0, 4.0); // Whitt, 2006
}

#[test]
fn a_process_holds_referrals_times_days_spread_as_poissons() {
    // Little, 1961; and the number in an infinite-server queue is Poisson: 18 give or take √18.
    let found = chance(&of_pathway(pathway(2.0, 18.0, Kind::Process { days: figure(9.0) })), 4_000);
    close(mean(&found.mean_days), 18.0, 0.05);
    let last = found.days[1_000];
    close(f64::from(last.p90 - last.p10) / 2.0 / 1.2816, 18.0_f64.sqrt(), 0.15);
}

#[test]
fn with_room_to_spare_hardly_anyone_waits() {
    let mut roomy = service(90.0, 12.0);
    roomy.occupied = None;
    let found = chance(&of_pathway(pathway(5.0, 0.0, kind(roomy))), 200);
    assert!(mean(&found.mean_days) < 0.01);
}

#[test]
fn people_at_the_start_and_those_who_came_are_those_who_left_and_those_still_there() {
    for stages in 1..=8_usize {
        let count = u8::try_from(stages).expect("few");
        let opening = Opening { delayed: 30.4, occupied: 50.7, stages: count };
        let mut people = People::opening(&opening, [&[0.7; LANES], &[0.1; LANES]]);
        assert_eq!((people.delayed[0], people.occupied()[0]), (31.0, 50.0));
        let mut streams = Streams::new(5, 0, 9, stages);
        let trial = |chance| draws::Trial::of(&[chance; LANES]);
        for day in 0_u8..200 {
            let before = (people.delayed, people.occupied());
            let rates = Rates {
                arrivals: [f32::from(day % 9) * 5.0; LANES],
                leaving: trial(f32::from(day % 5) * 0.2),
                passing: trial(f32::from(day % 7) / 7.0),
                capacity: [f32::from(day % 90); LANES],
                open: (day % 7 < 2).then(|| trial(0.4)),
            };
            let passed = people.pass_day(&rates, true, &mut streams);
            for lane in 0..LANES {
                let was = before.0[lane] + before.1[lane];
                let is = people.delayed[lane] + people.occupied()[lane];
                assert_eq!(was + passed.arrived[lane], passed.left[lane] + is);
                assert!(people.delayed[lane] >= 0.0 && is.fract() == 0.0);
                let may = before.1[lane].max(rates.capacity[lane]);
                assert!(people.occupied()[lane] <= may, "more starts than places");
            }
        }
    }
}

#[test]
fn the_expected_run_is_the_limit_of_large_systems() {
    // In clear overload throughout: near balance the limit is further off.
    let mut beds = service(3_000.0, 20.0);
    (beds.stay_spread, beds.weekend) = (figure(0.7), figure(0.4));
    beds.patience_days = Some(figure(50.0));
    let mut stay = a_share(Change::Stay, 0.02, 1.0);
    stay.size.value = Range { low: quantity(0.02), central: quantity(0.02), high: quantity(0.02) };
    let mut places = from("2017-11-01", 100, 50);
    places.size.value = Range { low: quantity(60.0), central: quantity(60.0), high: quantity(60.0) };
    let money = [("2017/18", 1_000_000), ("2018/19", 2_000_000)];
    let plan = scenario(vec![pathway(170.0, 1_200.0, kind(beds))], vec![scheme(vec![stay, places], &money)]);
    // Of 2,000 the mean is known to 2 people in 800: queues this busy wander by 90.
    let found = chance(&plan, 2_000);
    for (day, (mean, expected)) in found.mean_days.iter().zip(Forecast::of(&plan).people()).enumerate() {
        assert!((mean - expected).abs() < 0.01 * expected.max(500.0), "day {day}: {mean} {expected}");
    }
}

/// The July plan for a population so many times as large, with nothing uncertain but who comes and who leaves.
fn enlarged(times: f64) -> Scenario {
    let mut plan = JULY_2017.open().expect("sound").scenario;
    let larger = |figure: &mut Figure<Quantity>| figure.value = quantity(figure.value.to_f64() * times);
    for pathway in plan.pathways.iter_mut().map(Arc::make_mut) {
        pathway.volatility = None;
        larger(&mut pathway.referrals);
        larger(&mut pathway.waiting);
        if let Kind::Service(service) = &mut pathway.kind {
            larger(&mut service.places);
            service.occupied.as_mut().map(larger);
        }
    }
    for scheme in plan.schemes.iter_mut().map(Arc::make_mut) {
        scheme.delivery_risk = None;
        for effect in &mut scheme.effects {
            let times = if effect.change == Change::Places { times } else { 1.0 };
            let central = quantity(effect.size.value.central.to_f64() * times);
            effect.size.value = Range { low: central, central, high: central };
            effect.most.value = quantity(effect.most.value.to_f64() * times);
        }
    }
    plan
}

/// How far each figure is from the other, as a share of it, at most.
fn furthest(found: &[f64], expected: impl IntoIterator<Item = f64>) -> f64 {
    found.iter().zip(expected).map(|(found, expected)| (found / expected - 1.0).abs()).fold(0.0, f64::max)
}

#[test]
fn the_july_plan_a_hundred_times_as_large_is_its_expected_run_within_one_in_a_hundred() {
    let months = |plan: &Scenario| Forecast::of(plan).months.into_iter().map(|month| month.expected);
    let plan = enlarged(100.0);
    let found = chance(&plan, 256);
    let off = furthest(&found.mean_months, months(&plan));
    assert!(off < 0.01, "{off}");
    // Days on which a queue has just run dry are the furthest off; ten times as large, they are as close.
    let larger = enlarged(1_000.0);
    let off = furthest(&chance(&larger, 64).mean_days, Forecast::of(&larger).people());
    assert!(off < 0.01, "{off}");
    // And it is July that was enlarged: a hundredth of it is what July itself expects.
    let shrunk: Vec<f64> = months(&plan).map(|people| people / 100.0).collect();
    assert!(furthest(&shrunk, months(&enlarged(1.0))) < 1e-6);
}

#[test]
fn more_money_for_places_never_means_more_people_on_average_under_shared_luck() {
    let mut beds = service(40.0, 28.0);
    beds.patience_days = Some(figure(60.0));
    let plan = |money| {
        let scheme = scheme(vec![from("2017-07-01", 60, 30)], &[("2017/18", money), ("2018/19", money)]);
        let risk = DeliveryRisk {
            slip_days: Figure::entered(Range { low: quantity(0.0), central: quantity(0.0), high: quantity(60.0) }),
            delivered: Figure::entered(Range { low: quantity(0.8), central: quantity(1.0), high: quantity(1.0) }),
        };
        let scheme = Scheme { delivery_risk: Some(risk), ..scheme };
        chance(&scenario(vec![pathway(1.6, 20.0, kind(beds.clone()))], vec![scheme]), 200).mean_days
    };
    let runs: Vec<_> = [0, 50_000, 100_000, 300_000, 1_000_000].map(plan).into();
    for (less, more) in runs.iter().zip(&runs[1..]) {
        for (day, (less, more)) in less.iter().zip(more).enumerate() {
            // Those waiting and those in places draw apart, so one person in one replication may differ for a while.
            assert!(*more <= less + 0.02, "day {day}: {more} > {less}");
        }
    }
}

fn doing_nothing(kept: &mut KeptNothing, scenario: &Scenario, replications: u32) -> DoingNothing {
    kept.after(&Prepared::of(scenario), 1, replications, &AtomicBool::new(false)).expect("nobody stops it")
}

#[test]
fn doing_nothing_is_the_plan_without_its_money_by_the_same_luck() {
    let july = JULY_2017.open().expect("sound").scenario;
    let mut unfunded = july.clone();
    for scheme in &mut unfunded.schemes {
        let scheme = Arc::make_mut(scheme);
        scheme.allocations = scheme.allocations.iter().map(|(year, _)| (year, Figure::entered(Money::ZERO))).collect();
    }
    let of_unfunded = chance(&unfunded, 100);
    let found = doing_nothing(&mut KeptNothing::default(), &july, 100);
    assert_eq!((&found.mean_days, &found.mean_months), (&of_unfunded.mean_days, &of_unfunded.mean_months));
    // A month's delayed days are the sum of its days.
    let beside = chance(&july, 100).beside(found);
    let months = Forecast::of(&july).on_average(&july, &beside).months;
    let by_month: f64 = months.iter().map(|month| month.delayed_days_do_nothing - month.delayed_days).sum();
    close(beside.delayed_days_avoided().expect("it was run"), by_month, 1e-6);
    assert_eq!(
        of_unfunded.clone().beside(doing_nothing(&mut KeptNothing::default(), &unfunded, 100)).delayed_days_avoided(),
        Some(0.0)
    );
}

#[test]
fn a_service_with_room_to_spare_holds_erlangs_queue_when_nothing_is_done_and_none_in_the_expected_run() {
    // Erlang, 1917: 2.416 wait on average. What a scheme adds takes hardly more than that out.
    let mut steady = service(67.0, 12.0);
    steady.occupied = Some(figure(60.0));
    let more = scheme(vec![from("2017-04-01", 0, 0)], &[("2017/18", 1_000_000), ("2018/19", 1_000_000)]);
    let plan = scenario(vec![pathway(5.0, 2.416, kind(steady))], vec![more]);
    let found = doing_nothing(&mut KeptNothing::default(), &plan, 3_000);
    close(mean(&found.mean_days[180..]), 2.416, 0.2416);
    assert!(mean(&Forecast::of(&plan).people_do_nothing()[180..]) < 0.5);
    let avoided = chance(&plan, 3_000).beside(found).delayed_days_avoided().expect("it was run");
    assert!(avoided > 2.0 * Forecast::of(&plan).delayed_days_avoided(), "{avoided}");
}

#[test]
fn what_doing_nothing_comes_to_is_run_once_for_all_edits_of_money_and_anew_for_those_of_pathways() {
    let july = JULY_2017.open().expect("sound").scenario;
    let mut kept = KeptNothing::default();
    let first = doing_nothing(&mut kept, &july, 40);
    let all = doing_nothing(&mut kept, &july, 150);
    assert_eq!(all, doing_nothing(&mut KeptNothing::default(), &july, 150), "in steps as at once");
    let stopped = AtomicBool::new(true); // whatever would have to be run does not come
    let mut after = |edit: &Edit, replications| {
        let edited = apply(&july, edit).expect("it holds").scenario;
        kept.after(&Prepared::of(&edited), 1, replications, &stopped)
    };
    let fewer_beds = Edit::SetAllocation {
        scheme: "care-home-beds".parse().expect("an id"),
        year: "2017/18".parse().expect("a year"),
        amount: Money::ZERO,
    };
    assert_eq!(after(&fewer_beds, 40), Some(first));
    assert_eq!(after(&fewer_beds, 150), Some(all));
    let more_referrals = Edit::SetPathwayFigure {
        pathway: "choice".parse().expect("an id"),
        figure: PathwayFigure::Referrals,
        value: quantity(9.0),
    };
    assert_eq!(after(&more_referrals, 40), None);
}

#[test]
fn the_same_seed_gives_the_same_on_any_number_of_threads_and_in_any_portions() {
    let july = JULY_2017.open().expect("sound").scenario;
    let prepared = Prepared::of(&july);
    let run = |threads, range| from_scratch(threads, &prepared, 7, range);
    let once = run(1, 0..150);
    assert_eq!(run(3, 0..150), once);
    let mut parts = run(2, 0..41);
    parts.merge(run(2, 41..150));
    assert_eq!(parts, once);
    assert_eq!(parts.chance(&prepared, 7), once.chance(&prepared, 7));
    assert_ne!(from_scratch(1, &prepared, 8, 0..150), once);
}

#[test]
fn a_processor_with_longer_vectors_draws_the_same_people() {
    let prepared = Prepared::of(&JULY_2017.open().expect("sound").scenario);
    let unrun = vec![[0.0; LANES]; prepared.weekends.len()];
    for pathway in &prepared.pathways {
        let (mut as_compiled, mut as_found) = (unrun.clone(), unrun.clone());
        run_days(&prepared.weekends, pathway, 7, 32, &mut as_compiled);
        run_pathway(&prepared.weekends, pathway, 7, 32, &mut as_found);
        assert_eq!(as_compiled, as_found);
    }
}

#[test]
fn nothing_comes_of_replications_that_are_stopped() {
    let prepared = Prepared::of(&JULY_2017.open().expect("sound").scenario);
    assert_eq!(replicate(&prepared, 1, 0..1_000_000, &AtomicBool::new(true)), None);
}

#[test]
fn the_chance_of_a_target_is_a_share_and_its_error_that_of_a_share() {
    let mut process = of_pathway(pathway(2.0, 18.0, Kind::Process { days: figure(9.0) }));
    process.targets[0].at_most = figure(18.0);
    let found = chance(&process, 500).targets[0];
    assert!(found.chance > 0.3 && found.chance < 0.7, "{}", found.chance);
    close(found.standard_error, (found.chance * (1.0 - found.chance) / 500.0).sqrt(), 1e-12);
    close(f64::from(chance(&process, 500).months[11].p50), 18.0, 1.0);
}

#[test]
fn recording_widens_published_months_and_leaves_their_mean_and_the_days_alone() {
    let quiet = of_pathway(pathway(40.0, 400.0, Kind::Process { days: figure(10.0) }));
    let noisy = Scenario { recording: Some(figure(0.14)), ..quiet.clone() };
    let (quiet, noisy) = (chance(&quiet, 2_000), chance(&noisy, 2_000));
    assert_eq!((&quiet.days, &quiet.mean_months), (&noisy.days, &noisy.mean_months));
    let width = |found: &Chance| f64::from((found.months[5].p90 / found.months[5].p10).ln()) / 2.0 / 1.2816;
    let own = width(&quiet);
    close(width(&noisy), (own * own + 0.14 * 0.14).sqrt(), 0.012);
}

/// A process of a day holds yesterday's referrals only, and their drift shows: of 100,000 chance leaves 0.3%.
#[test]
fn drift_has_its_spread_on_every_day_and_a_mean_of_one() {
    let mut drifting = pathway(100_000.0, 100_000.0, Kind::Process { days: figure(1.0) });
    drifting.volatility = Some(Volatility { spread: figure(0.2), persistence_days: figure(90.0) });
    let found = chance(&of_pathway(drifting), 4_000);
    for day in [0, 400, 1_000] {
        close(found.mean_days[day], 100_000.0, 1_300.0); // four standard errors
        let Some(spread) = found.days.get(day) else { panic!("a day") };
        close(f64::from((spread.p90 / spread.p10).ln()) / 2.0 / 1.2816, 0.2, 0.01);
    }
}

/// See the expected run's test of the same case: 298 waiting on day 181 (279 to 334), 155 on average.
#[test]
fn the_published_p2_ns_case_is_met_within_its_interval() {
    let mut beds = service(28.0, 38.28);
    (beds.stay_spread, beds.occupied) = (figure(0.7), Some(figure(24.0)));
    let found = chance(&of_pathway(pathway(2.342, 15.0, kind(beds))), 1_000);
    assert!((279.0..=334.0).contains(&found.mean_days[180]), "{}", found.mean_days[180]);
    close(mean(&found.mean_days[..181]), 155.0, 155.0 * 0.05);
}

#[test]
fn a_late_start_buys_nothing_before_it_and_no_more_after_it() {
    let late = |days: f64, delivered: f64| {
        let effect = Effect {
            size: Figure::entered(Range { low: quantity(30.0), central: quantity(30.0), high: quantity(30.0) }),
            ..from("2017-06-01", 0, 0)
        };
        let certain =
            |value| Figure::entered(Range { low: quantity(value), central: quantity(value), high: quantity(value) });
        let risk = DeliveryRisk { slip_days: certain(days), delivered: certain(delivered) };
        let scheme = Scheme { delivery_risk: Some(risk), ..scheme(vec![effect], &[("2017/18", 2_000_000)]) };
        let mut beds = service(0.0, 1_000.0);
        beds.occupied = None;
        chance(&scenario(vec![pathway(0.0, 100.0, kind(beds))], vec![scheme]), 64).mean_days
    };
    // 1 June is day 61. £2m for 304 days of 365 buy 36.02 places: 36, or 37 in one of fifty.
    let (on_time, slipped, half) = (late(0.0, 1.0), late(20.0, 1.0), late(0.0, 0.5));
    assert_eq!((on_time[60], slipped[80]), (100.0, 100.0));
    close(on_time[61], 64.0, 0.2);
    close(slipped[81], 64.0, 0.2);
    close(half[61], 82.0, 0.2);
}

// Whatever a scenario holds.

fn assert_sane(scenario: &Scenario, replications: u32) {
    let found = chance(scenario, replications);
    let spreads = found.days.iter().chain(&found.months);
    assert!(spreads.into_iter().all(|spread| {
        let rising = [spread.p05, spread.p10, spread.p25, spread.p50, spread.p75, spread.p90, spread.p95];
        rising.is_sorted() && rising.iter().all(|people| people.is_finite() && *people >= 0.0)
    }));
    assert!(found.mean_days.iter().chain(&found.mean_months).all(|people| people.is_finite() && *people >= 0.0));
    assert!(found.targets.iter().all(|target| (0.0..=1.0).contains(&target.chance)));
}

#[test]
fn extremes_stay_finite_and_end() {
    assert_sane(&of_pathway(pathway(3.0, 10.0, kind(service(0.0, 20.0)))), 16);
    assert_sane(&of_pathway(pathway(0.0, 0.0, kind(service(10.0, 20.0)))), 16);
    let mut crowd = service(100_000.0, 3_000.0);
    crowd.patience_days = Some(figure(60.0));
    assert_sane(&of_pathway(pathway(14_285.0, 100_000.0, kind(crowd))), 16);
    let mut wild = pathway(3.0, 20.0, Kind::Process { days: figure(7.0) });
    wild.volatility = Some(Volatility { spread: figure(10.0), persistence_days: figure(1.0) });
    assert_sane(&Scenario { recording: Some(figure(10.0)), ..of_pathway(wild) }, 64);
    let mut last_day = from("2020-03-31", 3_660, 3_660);
    last_day.per = Figure::entered("0.01".parse().expect("a penny"));
    let after = Effect { start: Start::On(Figure::entered("2031-01-01".parse().expect("a date"))), ..last_day.clone() };
    let money = [("2019/20", 10_000_000_000)];
    let plan =
        scenario(vec![pathway(3.0, 20.0, kind(service(40.0, 20.0)))], vec![scheme(vec![last_day, after], &money)]);
    assert_sane(&plan, 16);
    assert_sane(&scenario(Vec::new(), Vec::new()), 16);
}

#[test]
fn a_thousand_pathways_end() {
    let model = pathway(1.5, 10.0, kind(service(40.0, 28.0)));
    let pathways = (0..1_000).map(|at| Pathway { id: format!("p-{at}").parse().expect("an id"), ..model.clone() });
    let mut plan = scenario(Vec::new(), vec![scheme(vec![from("2017-05-01", 30, 30)], &[("2017/18", 1_000_000)])]);
    plan.pathways = pathways.map(Arc::new).collect();
    assert_sane(&plan, 8);
}
