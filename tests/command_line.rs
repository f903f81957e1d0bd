//! The program as scripts use it: exit codes, one line for each error, JSON that says what the library says.

#![expect(clippy::expect_used, reason = "a test that fails should say so")]

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ibcf_planner::bundled::JULY_2017;
use ibcf_planner::file::parse;
use ibcf_planner::forecast::Forecast;
use ibcf_planner::forecast::chance::{Prepared, replicate};
use ibcf_planner::ledger::Ledger;
use ibcf_planner::scenario::ByYear;
use serde_json::Value;

const SMALL: &str = "tests/fixtures/small.ron";
const JULY: &str = "scenarios/oxfordshire-2017-07.ron";

fn planner(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the program starts")
}

/// The program without a display, in the project's folder.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibcf-planner"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn json(arguments: &[&str]) -> Value {
    let output = planner(arguments);
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
    serde_json::from_str(&out(&output)).expect("JSON")
}

/// The fixture with one thing changed, in a folder that lasts as long as the test.
fn changed(folder: &Path, from: &str, to: &str) -> PathBuf {
    let text = include_str!("fixtures/small.ron");
    assert!(text.contains(from));
    let path = folder.join("plan.ron");
    std::fs::write(&path, text.replacen(from, to, 1)).expect("written");
    path
}

#[test]
fn the_exit_code_says_whether_the_scenario_the_call_or_the_system_is_at_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = changed(folder.path(), "\"900000\"", "\"-1\"");
    let refused = refused.to_str().expect("UTF-8");
    for (arguments, code) in [
        (vec!["check", SMALL], 0),
        (vec!["overview", SMALL], 0),
        (vec!["balance", SMALL], 0),
        (vec!["forecast", SMALL, "--replications", "0"], 0),
        (vec!["--help"], 0),
        (vec!["--version"], 0),
        (vec!["check", refused], 1),
        (vec!["overview", refused], 1),
        (vec!["balance", refused, "--json"], 1),
        (vec!["forecast", refused, "--json"], 1),
        (vec![refused], 1),
        (vec!["check"], 2),
        (vec!["balance", SMALL, "--jason"], 2),
        (vec!["forecast", SMALL, "--replications", "many"], 2),
        (vec!["check", "none.ron"], 3),
        (vec!["overview", "none.ron"], 3),
        (vec!["check", refused, "none.ron"], 3),
        (vec!["balance", "src"], 3),
    ] {
        let output = planner(&arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {}", err(&output));
        assert_eq!(err(&output).is_empty(), code == 0, "{arguments:?}");
    }
}

#[test]
fn check_names_every_finding_of_every_file_by_line_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = changed(folder.path(), "id: \"brokers\"", "id: \"beds\"");
    let path = path.to_str().expect("UTF-8");
    let output = planner(&["check", SMALL, path, path]);
    let line = format!("{path}:63:13: error: the scheme id “beds” is used twice; give each scheme its own\n");
    assert_eq!(err(&output), line.repeat(2));

    let path = changed(folder.path(), "basis: Pilot, years: (value: []", "basis: Pilot, years: (value: [\"2018/19\"]");
    let path = path.to_str().expect("UTF-8");
    let output = planner(&["check", path]);
    assert!(out(&output).starts_with(&format!("{path}:68:13: warning: ")), "{}", out(&output));
    assert_eq!(output.status.code(), Some(0), "a warning refuses nothing");
}

#[test]
fn more_than_a_million_replications_are_refused_at_once() {
    let output = planner(&["forecast", SMALL, "--replications", "1000000000000", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).lines().next().is_some_and(|line| line.contains("at most 1,000,000")), "{}", err(&output));
}

#[test]
fn forecast_with_chance_gives_the_librarys_percentiles_and_the_same_bytes_again() {
    let arguments = ["forecast", JULY, "--replications", "200", "--seed", "7", "--days", "--json"];
    let first = planner(&arguments);
    assert_eq!(out(&first), out(&planner(&arguments)));
    let figures = json(&arguments);
    let scenario = parse(JULY_2017.name, JULY_2017.text).expect("sound").scenario;
    let prepared = Prepared::of(&scenario);
    let tally = replicate(&prepared, 7, 0..200, &AtomicBool::new(false)).expect("nobody stops it");
    let chance = tally.chance(&prepared, 7);
    // Doing nothing is the same plan without its money.
    let mut unfunded = scenario.clone();
    unfunded.schemes.iter_mut().for_each(|scheme| Arc::make_mut(scheme).allocations = ByYear::default());
    let unfunded = Prepared::of(&unfunded);
    let nothing = replicate(&unfunded, 7, 0..200, &AtomicBool::new(false)).expect("nobody stops it");
    let nothing = nothing.chance(&unfunded, 7).mean_months;
    let near = |value: &Value, figure: f64| {
        assert!((value.as_f64().expect("a number") - figure).abs() <= 0.000_501, "{value} {figure}");
    };
    assert_eq!((&figures["seed"], &figures["replications"]), (&7.into(), &200.into()));
    for (at, month) in chance.months.iter().enumerate() {
        near(&figures["months"][at]["expected"], chance.mean_months[at]);
        near(&figures["months"][at]["do_nothing"], nothing[at]);
        near(&figures["months"][at]["p05"], f64::from(month.p05));
        near(&figures["months"][at]["p50"], f64::from(month.p50));
        near(&figures["months"][at]["p90"], f64::from(month.p90));
        let of_pathways = figures["pathways"].as_array().expect("a list").iter();
        let sum: f64 = of_pathways.filter_map(|pathway| pathway["months"][at]["expected"].as_f64()).sum();
        assert!((sum - chance.mean_months[at]).abs() < 0.01, "pathways add up to the whole");
    }
    for (at, target) in chance.targets.iter().enumerate() {
        near(&figures["targets"][at]["chance"], target.chance);
        near(&figures["targets"][at]["standard_error"], target.standard_error);
    }
    near(&figures["days"]["p90"][100], f64::from(chance.days[100].p90));
    near(&figures["days"]["expected"][100], chance.mean_days[100]);
}

#[test]
fn the_overview_tells_each_targets_chance_its_error_and_the_replications() {
    let text = out(&planner(&["overview", JULY]));
    let figures = json(&["forecast", JULY, "--replications", "1000", "--json"]);
    for (target, month) in ["November 2017", "March 2018"].into_iter().enumerate() {
        let figures = &figures["targets"][target];
        let percent = |figure: &str| figures[figure].as_f64().expect("a number") * 100.0;
        let said = [
            month.to_owned(),
            format!("{:.1}", figures["expected"].as_f64().expect("a number")),
            format!("{:.1}%, give or take {:.1}", percent("chance"), percent("standard_error")),
        ];
        let line = text.lines().find(|line| said.iter().all(|words| line.contains(words)));
        assert!(line.is_some(), "{said:?}\n{text}");
    }
    assert!(text.contains("1,000 replications from seed 1"), "{text}");
}

#[test]
fn without_a_display_the_window_is_an_overview_and_no_failure() {
    for arguments in [&[][..], &[JULY]] {
        let output = planner(arguments);
        assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
        let text = out(&output);
        assert!(text.lines().next().is_some_and(|line| line.contains("window")), "{text}");
        assert!(text.contains("Oxfordshire"), "{text}");
    }
}

#[test]
fn the_overview_of_july_says_what_the_papers_say() {
    let text = out(&planner(&["overview", JULY]));
    for said in
        ["£6,276,000", "£676,000", "2018/19 is the first unfunded year", "£35,857.43", "Open Government Licence"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn balance_in_json_has_the_papers_figures_for_july() {
    let balance = json(&["balance", JULY, "--json"]);
    let year = |at: usize, figure: &str| balance["years"][at][figure].as_str().expect("text").to_owned();
    // Health and Wellbeing Board, 13 July 2017, Appendix 4: £6.276m less £5.6m.
    assert_eq!(
        (year(0, "year"), year(0, "grant"), year(0, "balance")),
        ("2017/18".into(), "6276000.00".into(), "676000.00".into())
    );
    assert_eq!((year(1, "committed"), year(1, "unfunded")), ("4900000.00".into(), "35857.43".into()));
    assert_eq!(balance["first_unfunded_year"], "2018/19");
    let areas: Vec<&str> =
        balance["areas"].as_array().expect("a list").iter().filter_map(|area| area["area"].as_str()).collect();
    assert_eq!(areas, ["flow", "market_resilience", "market_capacity", "additional_provision"]);
    // The same appendix: £1.2m, £1.7m, £0.6m, £2.1m.
    let first: Vec<&str> = (0..4).filter_map(|at| balance["areas"][at]["years"]["2017/18"].as_str()).collect();
    assert_eq!(first, ["1200000.00", "1700000.00", "600000.00", "2100000.00"]);
}

#[test]
fn balance_in_json_agrees_with_the_ledger_in_keys_and_figures() {
    let balance = json(&["balance", SMALL, "--json"]);
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&balance), "years areas schemes first_unfunded_year");
    let year = "year grant brought_forward allocated committed balance headroom unfunded";
    assert_eq!(keys(&balance["years"][0]), year);
    assert_eq!(keys(&balance["schemes"][0]), "id name area years committed_years");
    let ledger =
        Ledger::of(&parse("small.ron", include_str!("fixtures/small.ron")).expect("sound").scenario).expect("sums");
    for (at, line) in ledger.years.iter().enumerate() {
        assert_eq!(balance["years"][at]["headroom"], line.headroom.to_json());
        assert_eq!(balance["years"][at]["brought_forward"], line.brought_forward.to_json());
    }
    assert_eq!(balance["schemes"][1]["years"]["2017/18"], "250000.50");
    assert_eq!(balance["schemes"][0]["committed_years"], serde_json::json!(["2017/18", "2018/19"]));
}

#[test]
fn forecast_in_json_agrees_with_the_library_and_leaves_chance_null() {
    let figures = json(&["forecast", JULY, "--replications", "0", "--seed", "7", "--days", "--json"]);
    let scenario = parse(JULY_2017.name, JULY_2017.text).expect("sound").scenario;
    let forecast = Forecast::of(&scenario);
    let near = |value: &Value, figure: f64| {
        assert!((value.as_f64().expect("a number") - figure).abs() <= 0.000_501, "{value} {figure}");
    };
    assert_eq!((&figures["seed"], &figures["replications"]), (&7.into(), &0.into()));
    assert_eq!(figures["months"].as_array().map(Vec::len), Some(forecast.months.len()));
    for (at, month) in forecast.months.iter().enumerate() {
        near(&figures["months"][at]["expected"], month.expected);
        near(&figures["months"][at]["do_nothing"], month.do_nothing);
        near(&figures["attribution"][at]["social_care"], month.social_care);
        assert!(["p05", "p10", "p50", "p90", "p95"].iter().all(|chance| figures["months"][at][chance].is_null()));
        for (pathway, people) in month.by_pathway.iter().enumerate() {
            near(&figures["pathways"][pathway]["months"][at]["expected"], *people);
        }
    }
    for (at, target) in forecast.targets.iter().enumerate() {
        near(&figures["targets"][at]["expected"], target.expected);
        assert!(figures["targets"][at]["chance"].is_null());
    }
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        assert_eq!(figures["schemes"][at]["id"], scheme.id.as_str());
        assert!(figures["schemes"][at]["next_50k"].is_number(), "{}", scheme.id);
    }
    let avoided = figures["schemes"].as_array().expect("schemes").iter().map(|scheme| &scheme["delayed_days_avoided"]);
    let avoided: f64 = avoided.map(|days| days.as_f64().expect("a number")).sum();
    let halves = 0.000_5 * scenario.schemes.len() as f64; // each is rounded to a thousandth
    assert!((avoided - forecast.delayed_days_avoided()).abs() <= halves + 1e-6, "{avoided}");
    let days = figures["days"]["expected"].as_array().expect("days");
    assert_eq!(days.len(), forecast.horizon.days());
    near(&days[100], forecast.people()[100]);
    near(&figures["economic_floor"], 0.12 * 181.129_032);
    assert!(json(&["forecast", JULY, "--replications", "0", "--json"])["days"].is_null(), "days only where asked for");
}

/// The July plan with June to September 2017 as NHS England published them, as later revised.
fn july_and_after(folder: &Path) -> PathBuf {
    let days = [("06", 6_414), ("07", 5_810), ("08", 4_400), ("09", 3_970)];
    let source = "source: Cited(paper: \"nhs-england-dtoc\", at: \"Oxfordshire\")";
    let month = |(month, days)| format!("(month: \"2017-{month}\", delayed_days: (value: {days}, {source})),");
    let outturn: String = days.map(month).concat();
    let path = folder.join("july.ron");
    let text = JULY_2017.text.replacen("\n    costs: (", &format!("\n    outturn: [{outturn}],\n    costs: ("), 1);
    std::fs::write(&path, text).expect("written");
    path
}

#[test]
fn what_came_after_july_is_held_against_the_bands_of_the_same_forecast() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = july_and_after(folder.path());
    let path = path.to_str().expect("UTF-8");
    let arguments = |file| ["forecast", file, "--replications", "200", "--json"];
    let (before, mut after) = (json(&arguments(JULY)), json(&arguments(path)));
    assert_eq!(before["outturn"], serde_json::json!([]));
    let came = after["outturn"].take();
    after["outturn"] = serde_json::json!([]);
    assert_eq!(before, after, "a plan never sees its own future");
    // Delayed days over the 30, 31, 31 and 30 days of June to September.
    for (at, (days, people)) in
        [(6_414, 213.8), (5_810, 187.419), (4_400, 141.935), (3_970, 132.333)].iter().enumerate()
    {
        let (month, of_month) = (&came[at], &after["months"][2 + at]);
        let keys: Vec<&String> = month.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["month", "delayed_days", "people", "verdict", "p10", "p90"]);
        assert_eq!((&month["delayed_days"], &month["people"]), (&(*days).into(), &(*people).into()));
        assert_eq!(
            (&month["month"], &month["p10"], &month["p90"]),
            (&of_month["month"], &of_month["p10"], &of_month["p90"])
        );
        let [p10, p90] = ["p10", "p90"].map(|edge| of_month[edge].as_f64().expect("a number"));
        let verdict = if *people < p10 {
            "below"
        } else if *people > p90 {
            "above"
        } else {
            "inside"
        };
        assert_eq!(month["verdict"], verdict);
    }
    let without = json(&["forecast", path, "--replications", "0", "--json"]);
    for unknown in ["verdict", "p10", "p90"] {
        assert!(without["outturn"][3][unknown].is_null(), "{unknown} needs chance");
    }
    for text in [out(&planner(&["overview", path])), out(&planner(&["forecast", path, "--replications", "200"]))] {
        assert!(
            text.contains("\nOutturn, June 2017: 214 people delayed, ") && text.contains(" of 4 months inside"),
            "{text}"
        );
    }
    assert!(!out(&planner(&["overview", JULY])).contains("Outturn"), "a plan without outturn says nothing of it");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let arguments = ["forecast", JULY, "--replications", "0", "--days", "--json"];
    let mut child = command().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("UTF-8");
    assert_eq!((child.wait().expect("ended").code(), said), (Some(0), String::new()));
}

#[test]
fn compare_tells_each_difference_in_a_sentence_with_totals_before_and_after() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = changed(folder.path(), "\"900000\"", "\"650000\"");
    let path = path.to_str().expect("UTF-8");
    let output = planner(&["compare", SMALL, path]);
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
    let text = out(&output);
    assert!(text.starts_with("1 difference from “Small plan” (tests/fixtures/small.ron) to “Small plan” ("), "{text}");
    assert!(text.contains("\nTotals\n- 2017/18: allocated £1,150,000.50 → £900,000.50 (−£250,000)"), "{text}");
    let last = "\nAdditional provision\n- Care home beds 2017/18: £900,000 → £650,000 (−£250,000)\n";
    assert!(text.ends_with(last), "{text}");

    let figures = json(&["compare", SMALL, path, "--json"]);
    assert_eq!(figures["before"]["balance"], json(&["balance", SMALL, "--json"]));
    assert_eq!(figures["after"]["balance"], json(&["balance", path, "--json"]));
    let differences = figures["differences"].as_array().expect("a list");
    assert_eq!(differences.len(), 1);
    for (field, value) in [
        ("change", "changed"),
        ("place", "schemes[\"beds\"].allocations[\"2017/18\"]"),
        ("area", "additional_provision"),
        ("scheme", "beds"),
        ("year", "2017/18"),
        ("before", "900000.00"),
        ("after", "650000.00"),
    ] {
        assert_eq!(differences[0][field], value, "{field}");
    }
}

#[test]
fn compare_of_equal_files_finds_nothing_and_one_that_cannot_be_read_is_named() {
    let same = out(&planner(&["compare", SMALL, SMALL]));
    assert!(same.starts_with("Nothing differs") && same.lines().count() == 1, "{same}");
    assert_eq!(json(&["compare", SMALL, SMALL, "--json"])["differences"], serde_json::json!([]));
    let folder = tempfile::tempdir().expect("a folder");
    let refused = changed(folder.path(), "\"900000\"", "\"-1\"");
    let refused = refused.to_str().expect("UTF-8");
    for (arguments, code, named) in
        [(["compare", SMALL, refused], 1, refused), (["compare", "none.ron", SMALL], 3, "none.ron")]
    {
        let output = planner(&arguments);
        assert_eq!(output.status.code(), Some(code));
        assert!(err(&output).starts_with(named), "{}", err(&output));
    }
    assert_eq!(planner(&["compare", SMALL]).status.code(), Some(2));
}

#[test]
fn the_glossary_gives_a_word_by_its_short_form_with_the_paper_that_says_so() {
    let told = out(&planner(&["glossary", "D2A"]));
    assert!(told.starts_with("discharge to assess (D2A, home first)\n"), "{told}");
    assert!(told.contains("13 July 2017, paragraph 17"), "{told}");
    let all = out(&planner(&["glossary"]));
    assert!(["\nheadroom\n", "\nreferral (", "\nmarket resilience ("].iter().all(|word| all.contains(word)), "{all}");
    assert!(out(&planner(&["glossary", "zzz"])).contains("lists them all"));
}

#[test]
fn context_tells_what_the_papers_report_and_what_follows_from_it() {
    let july = json(&["context", JULY, "--json"]);
    let net = &july["pools"][0]["printed_apart"][0];
    assert_eq!((&net["printed"], &net["computed"]), (&"94292000.00".into(), &"94123000.00".into()));
    assert_eq!(july["changes"]["counted_once"], "3800000.00");
    let november = json(&["context", "scenarios/oxfordshire-2017-11.ron", "--json"]);
    assert_eq!((&november["slips"]["later"], &november["slips"]["longest_days"]), (&4.into(), &153.into()));
    let hours = &november["measures"][0];
    assert_eq!((&hours["paper_says"], &hours["direction"]), (&"improving".into(), &"deteriorating".into()));
    // £30,000 of the grant is left: 70% and 30% of it.
    let bears = |at: usize| november["pools"][0]["partners"][at]["bears"].clone();
    assert_eq!((bears(0), bears(1)), ("-21000.00".into(), "-9000.00".into()));
    let text = out(&planner(&["context", JULY]));
    assert!(
        text.contains("Pooled budget: Net contribution, Oxfordshire County Council: £94,292,000 printed"),
        "{text}"
    );
    let small = out(&planner(&["context", SMALL]));
    // All that the papers report is there, with where it is printed.
    let reported = &november["reported"];
    let used = &reported["pools"][0]["uses"][1];
    let line = &used["lines"][0];
    assert_eq!(
        (&used["name"], &line["amount"]["value"]),
        (&"Oxfordshire Clinical Commissioning Group".into(), &"3064000".into())
    );
    assert_eq!(line["amount"]["source"]["Cited"]["at"], "Appendix 1, paragraph 6");
    assert_eq!(november["at_risk"][0]["amounts"]["2018/19"], "4188142.57");
    assert_eq!(reported["at_risk"][0]["grant_of"][0], "2018/19");
    assert!(reported["measures"].as_array().is_some_and(|all| all.iter().all(|it| it["source"].is_object())));
    // What names a line of the plan stands under its own words, not under those of the columns.
    let text = out(&planner(&["context", "scenarios/oxfordshire-2017-11.ron"]));
    assert!(text.contains(" · Money: £1,200,000 · Status: on track"), "{text}");
    assert!(!text.contains("Due: £"), "{text}");
    assert!(small.ends_with("The scenario reports nothing around the plan.\n"), "{small}");
}
