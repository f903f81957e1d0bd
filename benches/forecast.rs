//! How long a forecast takes, on a scenario like Oxfordshire's: `cargo bench --bench forecast`.
//!
//! Aims, on one laptop core: the run 50 µs, the whole forecast 1 ms, one scheme's next pound 150 µs.

#![expect(clippy::expect_used, reason = "a benchmark that can't start has nothing to say")]

use divan::{Bencher, black_box};
use ibcf_planner::calendar::FinancialYear;
use ibcf_planner::forecast::{Forecast, avoided_by_moving, compile, run};
use ibcf_planner::money::Money;
use ibcf_planner::scenario::Scenario;
use ron::extensions::Extensions;

/// The real scenario where it is there; otherwise one of its shape.
const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/oxfordshire-2017-07.ron");

fn main() {
    divan::main();
}

#[divan::bench]
fn expected_run(bencher: Bencher) {
    let compiled = compile(&scenario());
    bencher.bench_local(|| run(black_box(&compiled)));
}

#[divan::bench]
fn compiling(bencher: Bencher) {
    let scenario = scenario();
    bencher.bench_local(|| compile(black_box(&scenario)));
}

#[divan::bench]
fn whole_forecast(bencher: Bencher) {
    let scenario = scenario();
    bencher.bench_local(|| Forecast::of(black_box(&scenario)));
}

/// For the scheme with the most effects.
#[divan::bench]
fn next_fifty_thousand_pounds(bencher: Bencher) {
    let scenario = scenario();
    let forecast = Forecast::of(&scenario);
    let schemes = scenario.schemes.iter().enumerate();
    let (at, scheme) = schemes.max_by_key(|(_, scheme)| scheme.effects.len()).expect("a scheme");
    let year: FinancialYear = "2017/18".parse().expect("a year");
    let to = scheme.allocation(year).plus(Money::pounds(50_000).expect("£50k")).expect("a sum of money");
    bencher.bench_local(|| avoided_by_moving(black_box(&scenario), &forecast, at, year, to));
}

fn scenario() -> Scenario {
    let text = std::fs::read_to_string(REAL).unwrap_or_else(|_| of_its_shape());
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(&text).expect("a scenario")
}

/// Three processes, three services, twelve schemes with an effect each.
fn of_its_shape() -> String {
    let entered = |value: &str| format!("(value: {value}, source: Entered)");
    let number = |value: &str| entered(&format!("\"{value}\""));
    let process = format!("Process(days: {})", number("6"));
    let service = format!(
        "Service((places: {}, delivery: {}, stay_days: {}, stay_spread: {}, patience_days: {}, weekend: {}, attrition: {}))",
        number("60"),
        number("0.8"),
        number("28"),
        number("1"),
        number("60"),
        number("0.5"),
        number("0.05"),
    );
    let pathway = |at: usize, kind: &str| {
        let shares = entered("(nhs: \"0.5\", social_care: \"0.3\", both: \"0.2\")");
        format!(
            "(id: \"pathway-{at}\", name: \"Pathway {at}\", reasons: [], attribution: {shares}, referrals: {}, growth: {}, \
             waiting: {}, kind: {kind})",
            number("14"),
            number("0.02"),
            number("30"),
        )
    };
    let scheme = |at: usize| {
        let change = if at % 6 < 3 { "Process" } else { ["Places", "Delivery", "Stay"][at % 3] };
        let (size, most) = if change == "Places" { ("15", "40") } else { ("0.15", "0.6") };
        let size = entered(&format!("(low: \"0\", central: \"{size}\", high: \"{size}\")"));
        let money = number("500000");
        let effect = format!(
            "(pathway: \"pathway-{}\", change: {change}, size: {size}, per: {money}, start: On({}), ramp_days: {}, \
             fade_days: {}, most: {})",
            at % 6,
            number("2017-09-01"),
            entered("90"),
            entered("60"),
            number(most),
        );
        format!(
            "(id: \"scheme-{at}\", name: \"Scheme {at}\", area: ImprovingFlow, about: \"\", \
             allocations: {{\"2017/18\": {money}, \"2018/19\": {money}}}, \
             commitment: (basis: Pilot, years: [], source: Entered), milestones: [], effects: [{effect}], supports: [], \
             locked: false)"
        )
    };
    let pathways: Vec<_> = (0..6).map(|at| pathway(at, if at < 3 { &process } else { &service })).collect();
    let schemes: Vec<_> = (0..12).map(scheme).collect();
    let grant = number("6000000");
    format!(
        "(format: 1, title: \"Of its shape\", area: \"Anywhere\", as_of: \"2017-07-13\", papers: [], \
         fund: (name: \"Fund\", grant: {{\"2017/18\": {grant}, \"2018/19\": {grant}, \"2019/20\": {grant}}}, \
         carries_forward: {}), schemes: [{}], pathways: [{}], targets: [], history: (source: Entered, months: []), \
         costs: (delayed_day: {}, others: []), notes: [])",
        entered("false"),
        schemes.join(","),
        pathways.join(","),
        number("313"),
    )
}
