//! Plans at the edge of what can be meant give a sane, finite forecast, with chance and without; plans past it are refused
//! in words, at their place.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that fails should say so")]

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const SMALL: &str = include_str!("fixtures/small.ron");

/// The fixture with some things changed, each of which has to be there.
fn with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(SMALL.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

/// A drift of the first pathway's referrals.
fn drift(spread: &str, days: &str) -> String {
    let drift = format!(
        "volatility: (spread: (value: \"{spread}\", source: Entered), persistence_days: (value: \"{days}\", source: Entered)),"
    );
    with(&[(
        "            waiting: (value: \"40\"",
        &format!("            {drift}\n            waiting: (value: \"40\""),
    )])
}

/// Noise in published months.
fn noise(spread: &str) -> String {
    with(&[("    history: (", &format!("    recording: (value: \"{spread}\", source: Entered),\n    history: ("))])
}

/// The fixture with so many pathways, all but the first two without a reason code.
fn pathways(count: usize) -> String {
    let model = SMALL.split_once("            id: \"assessment\"").expect("the second pathway").1;
    let (model, _) = model.split_once("        ),\n    ],\n    targets").expect("the last pathway");
    let model = model.replace("reasons: [A]", "reasons: []");
    let one = |at: usize| format!("        (\n            id: \"p-{at}\"{model}        ),\n");
    let more = (2..count).map(one).collect::<Vec<_>>().concat();
    with(&[("    ],\n    targets: [", &format!("{more}    ],\n    targets: ["))])
}

/// What the program says and its exit code. A program that has not ended after two minutes hangs.
fn planner(folder: &Path, text: &str, call: &[&str]) -> (Option<i32>, String, String) {
    let [plan, out, err] = ["plan.ron", "out", "err"].map(|name| folder.join(name));
    std::fs::write(&plan, text).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibcf-planner"));
    command.arg(call[0]).arg(&plan).args(&call[1..]).stdin(Stdio::null());
    command.stdout(File::create(&out).expect("created")).stderr(File::create(&err).expect("created"));
    let mut child = command.spawn().expect("the program starts");
    let started = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().expect("a process") {
            break status.code();
        }
        if started.elapsed() > Duration::from_mins(2) {
            child.kill().expect("ended");
            panic!("it hangs: {call:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = |path: &Path| {
        let mut said = String::new();
        File::open(path).and_then(|mut file| file.read_to_string(&mut said)).expect("UTF-8");
        said
    };
    (code, said(&out), said(&err))
}

/// Every number of the forecast, told by its place, and nothing that is null where it should be a number.
fn numbers(value: &Value, place: &str, found: &mut Vec<(String, f64)>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| numbers(field, &format!("{place}.{name}"), found));
        }
        Value::Array(items) => items.iter().for_each(|item| numbers(item, place, found)),
        Value::Number(number) => found.push((place.to_owned(), number.as_f64().expect("a number"))),
        Value::Null => panic!("{place} is null, as NaN and infinity are in JSON"),
        _ => {}
    }
}

/// The forecast of a plan with 64 replications; that of its expected run is sane too, and so is its overview.
fn sane(text: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let forecast = |replications| {
        let call = ["forecast", "--replications", replications, "--days", "--json"];
        let (code, out, err) = planner(folder.path(), text, &call);
        assert_eq!((code, err), (Some(0), String::new()));
        serde_json::from_str::<Value>(&out).expect("JSON")
    };
    let expected = forecast("0");
    for month in expected["months"].as_array().expect("months") {
        assert!(["expected", "do_nothing", "delayed_days"].iter().all(|figure| month[figure].is_number()), "{month}");
    }
    let mut people = Vec::new();
    let with_chance = forecast("64");
    for part in ["months", "pathways", "attribution", "targets", "days", "schemes"] {
        numbers(&with_chance[part], part, &mut people);
    }
    for part in ["pathways", "attribution", "schemes"] {
        numbers(&expected[part], part, &mut people);
    }
    numbers(&expected["days"]["expected"], "expected days", &mut people);
    for (place, figure) in people {
        // Schemes may do harm; nothing else falls below nobody. No more than came can be there.
        assert!(figure.is_finite() && (figure >= 0.0 || place.starts_with("schemes")), "{place}: {figure}");
        assert!(figure.abs() < 1e9, "{place}: {figure}");
    }
    let (code, overview, _) = planner(folder.path(), text, &["overview"]);
    assert!(code == Some(0) && !overview.contains("NaN") && !overview.contains("inf"), "{overview}");
    with_chance
}

/// What is said of a plan that is refused: one error, before any warning, at the place of `of`.
fn refused(text: &str, of: &str, words: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let at = text.find(of).expect("in the file");
    let column = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1) + 1;
    let place = format!("plan.ron:{}:{column}: error: ", text[..at].matches('\n').count() + 1);
    for call in [&["check"][..], &["forecast", "--json"]] {
        let (code, out, err) = planner(folder.path(), text, call);
        assert_eq!((code, out.as_str(), err.matches(": error: ").count()), (Some(1), "", 1), "{err}");
        let first = err.lines().next().unwrap_or_default();
        assert!(first.contains(&place) && first.contains(words), "{err}\nnot {place}{words}");
    }
}

fn month(forecast: &Value, at: usize, figure: &str) -> f64 {
    forecast["months"][at][figure].as_f64().expect("a number")
}

#[test]
fn no_places_leave_everyone_to_find_another_way() {
    let without_beds = [
        ("places: (value: \"46\"", "places: (value: \"0\""),
        ("(low: \"20\", central: \"30\"", "(low: \"0\", central: \"0\""),
    ];
    let forecast = sane(&with(&without_beds));
    // 12 a week, growing by 2% a year, each leaving after 60 days on average: about 12/7 × 60 × 1.04 = 107 wait.
    let waiting = forecast["pathways"][0]["months"][23]["expected"].as_f64().expect("a number");
    assert!((95.0..125.0).contains(&waiting), "{waiting}");
}

#[test]
fn zero_referrals_leave_nobody_in_the_end() {
    let forecast = sane(&with(&[
        ("referrals: (value: \"12\"", "referrals: (value: \"0\""),
        ("referrals: (value: \"20\"", "referrals: (value: \"0\""),
    ]));
    assert!(month(&forecast, 0, "expected") > 1.0, "those of day 0 are still there");
    assert!(month(&forecast, 23, "p95") < 1.0, "{}", forecast["months"][23]);
}

#[test]
fn a_queue_of_a_hundred_thousand_shrinks_as_people_leave_it() {
    let forecast = sane(&with(&[("waiting: (value: \"40\"", "waiting: (value: \"100000\"")]));
    // Patience of 60 days: a month takes out about 40% of such a queue, whatever the places do.
    let (april, may) = (month(&forecast, 0, "expected"), month(&forecast, 1, "expected"));
    assert!((70_000.0..90_000.0).contains(&april) && (0.5..0.7).contains(&(may / april)), "{april} {may}");
    let more = with(&[("waiting: (value: \"40\"", "waiting: (value: \"1000001\"")]);
    refused(&more, "waiting: (value: \"1000001\"", "people delayed on day 0 is 1000001; keep it between 0 and 1000000");
}

#[test]
fn an_effect_that_starts_after_the_plan_is_refused_and_so_is_its_milestone() {
    let words = "the effect starts on 2019-04-01, outside the plan (2017-04-01 to 2019-03-31); move it inside";
    let text = with(&[("start: On((value: \"2017-09-01\"", "start: On((value: \"2019-04-01\"")]);
    refused(&text, "start: On(", words);
    let text = with(&[("due: (value: \"2017-10-01\"", "due: (value: \"2019-04-01\"")]);
    refused(&text, "start: Milestone(", words);
    // The last day is still inside; money that comes before it buys next to nothing.
    sane(&with(&[("due: (value: \"2017-10-01\"", "due: (value: \"2019-03-31\"")]));
}

#[test]
fn a_ramp_of_a_decade_is_hardly_begun_when_the_plan_ends() {
    let slow =
        [("ramp_days: (value: 60", "ramp_days: (value: 3650"), ("fade_days: (value: 30", "fade_days: (value: 3650")];
    let forecast = sane(&with(&slow));
    let avoided = |forecast: &Value| forecast["schemes"][0]["delayed_days_avoided"].as_f64().expect("a number");
    let (slow, usual) = (avoided(&forecast), avoided(&sane(SMALL)));
    assert!(slow > 0.0 && slow < usual / 3.0, "{slow} of {usual}");
    let slower = with(&[("ramp_days: (value: 60", "ramp_days: (value: 3661")]);
    refused(&slower, "ramp_days: (value: 3661", "3661 days is over ten years; shorten it");
}

#[test]
fn a_thousand_pathways_are_forecast_and_one_more_is_refused() {
    let forecast = sane(&pathways(1_000));
    assert_eq!(forecast["pathways"].as_array().map(Vec::len), Some(1_000));
    refused(&pathways(1_001), "pathways: [", "1001 pathways: the planner holds at most 1000; split the file");
}

#[test]
fn a_drift_of_ten_is_refused_and_the_widest_stays_finite() {
    refused(
        &drift("10", "90"),
        "spread: (value: \"10\"",
        "the spread of referrals' drift is 10; keep it between 0 and 2",
    );
    for days in ["1", "3660"] {
        sane(&drift("2", days));
    }
}

#[test]
fn a_drift_that_lasts_no_day_is_refused() {
    refused(
        &drift("0.05", "0"),
        "persistence_days: ",
        "days for which drift persists is 0; keep it between 1 and 3660",
    );
}

#[test]
fn a_recording_of_ten_is_refused_and_the_noisiest_stays_finite() {
    refused(&noise("10"), "recording: (value", "the noise in published months is 10; keep it between 0 and 2");
    let (noisy, quiet) = (sane(&noise("2")), sane(SMALL));
    // Noise is 1 on average: it widens the published months and moves no mean.
    assert_eq!(month(&noisy, 5, "expected").to_bits(), month(&quiet, 5, "expected").to_bits());
    let width = |forecast| month(forecast, 5, "p90") - month(forecast, 5, "p10");
    assert!(width(&noisy) > 2.0 * width(&quiet), "{} {}", width(&noisy), width(&quiet));
}

#[test]
fn everything_at_its_edge_at_once_stays_finite() {
    let worst = drift("2", "1")
        .replacen("waiting: (value: \"40\"", "waiting: (value: \"1000000\"", 1)
        .replacen("referrals: (value: \"12\"", "referrals: (value: \"100000\"", 1)
        .replacen("growth: (value: \"0.02\"", "growth: (value: \"5\"", 1)
        .replacen("places: (value: \"46\"", "places: (value: \"1000000\"", 1)
        .replacen("patience_days: (value: \"60\"", "patience_days: (value: \"36600\"", 1)
        .replacen("    history: (", "    recording: (value: \"2\", source: Entered),\n    history: (", 1);
    sane(&worst);
}
