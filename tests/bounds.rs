//! What a file may have at most, as the table in `file`'s documentation states it: so much is read, one more is refused in
//! a line; and whatever is refused costs little memory and time.

#![expect(clippy::expect_used, reason = "a test that fails should say so")]

use ibcf_planner::file::{ReadError, parse, parse_newer};

const SMALL: &str = include_str!("fixtures/small.ron");

/// The fixture with something in the place of something else, which has to be there.
fn with(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    SMALL.replacen(from, to, 1)
}

/// The fixture with so many more items at the head of a list.
fn more(list: &str, count: usize, item: impl Fn(usize) -> String) -> String {
    with(list, &format!("{list}{}", (0..count).map(item).collect::<String>()))
}

fn scheme(id: usize, effects: &str, milestones: &str) -> String {
    format!(
        "(id: \"s-{id}\", name: \"s\", area: ImprovingFlow, about: \"\", allocations: {{}}, commitment: (basis: Pilot, \
         years: (value: [], source: Entered)), milestones: [{milestones}], effects: [{effects}], supports: [], \
         locked: false),"
    )
}

fn effects(count: usize) -> String {
    let (_, effect) = SMALL.split_once("effects: [\n").expect("effects");
    let (effect, _) = effect.split_once("            ],\n            supports: [HomeFirst").expect("an end");
    with(effect, &effect.repeat(count))
}

fn years(count: usize) -> String {
    let year = |year: usize| format!("\"{}/{:02}\": (value: \"1\", source: Entered),", 2017 + year, 18 + year);
    with(
        "\"2018/19\": (value: \"4188142.57\", source: Assumption(\"the national profile\")),",
        &(1..count).map(year).collect::<String>(),
    )
}

fn kept_states(count: usize) -> String {
    let states = (0..count).map(|at| format!("(name: \"State {at}\", schemes: []),")).collect::<Vec<_>>().concat();
    with("    costs: (", &format!("    bookmarks: [{states}],\n    costs: (")).replacen("format: 1", "format: 2", 1)
}

fn targets(count: usize) -> String {
    let month = |at: usize| {
        format!(
            "(month: \"{}-{:02}\", at_most: (value: \"45\", source: Entered)),",
            2017 + (at + 3) / 12,
            (at + 3) % 12 + 1
        )
    };
    let (before, after) = SMALL.split_once("targets: [").expect("targets");
    let (_, after) = after.split_once("\n    ],").expect("an end");
    format!("{before}targets: [{}\n    ],{after}", (0..count).map(month).collect::<String>())
}

fn nested(depth: usize) -> String {
    with("about: \"\"", &format!("about: {}1{}", "[".repeat(depth - 3), "]".repeat(depth - 3)))
}

/// One row for each limit: what is counted, the most of it, a text with so much of it, and how more is refused.
type Limit = (&'static str, usize, fn(usize) -> String, &'static str);

const LIMITS: [Limit; 17] = [
    ("bytes", 16 * 1024 * 1024, |most| format!("{SMALL}{}", " ".repeat(most - SMALL.len())), "larger than 16 MB"),
    ("brackets inside one another", 64, nested, "nested deeper than 64"),
    (
        "names, values, brackets",
        2_000_000,
        |most| format!("[{}]", "1,".repeat(most / 2 - 1) + &"1".repeat(most % 2)),
        "more than a scenario may",
    ),
    ("schemes", 5_000, |most| more("schemes: [", most - 2, |at| scheme(at, "", "")), "5001 schemes"),
    ("effects of a scheme", 100, effects, "more than 100 effects"),
    (
        "milestones of a scheme",
        100,
        |most| {
            let due =
                |at: usize| format!("(id: \"m-{at}\", name: \"m\", due: (value: \"2017-09-01\", source: Entered)),");
            more("schemes: [", 1, |at| scheme(at, "", &(0..most).map(due).collect::<String>()))
        },
        "more than 100 effects or milestones",
    ),
    ("financial years", 10, years, "the fund has 11 years"),
    (
        "papers",
        1_000,
        |most| {
            more("papers: [", most - 1, |at| {
                format!("(id: \"p-{at}\", title: \"a\", short: \"a\", date: \"2017-07-13\"),")
            })
        },
        "1001 papers",
    ),
    ("targets", 120, targets, "121 targets"),
    (
        "notes",
        10_000,
        |most| more("    notes: [", most - 1, |_| "(kind: Remark, text: \"x\", source: Entered),".to_owned()),
        "10001 notes",
    ),
    (
        "prices",
        1_000,
        |most| {
            more("others: [", most - 1, |at| {
                format!("(id: \"c-{at}\", name: \"a\", amount: (value: \"1\", source: Entered)),")
            })
        },
        "1001 others",
    ),
    (
        "months of history",
        1_200,
        |most| {
            more("months: [", most - 2, |_| {
                "(month: \"2017-03\", nhs: 0, social_care: 0, both: 0, reasons: {}),".to_owned()
            })
        },
        "1201 months",
    ),
    ("kept states", 50, kept_states, "51 kept states"),
    ("bytes of a name", 400, |most| with("Small plan", &"x".repeat(most)), "a name of 401 bytes"),
    ("bytes of a text", 20_000, |most| with("Thirty beds.", &"x".repeat(most)), "a text of 20001 bytes"),
    (
        "letters of an id",
        64,
        |most| SMALL.replace("\"brokers\"", &format!("\"{}\"", "x".repeat(most))),
        "is not an id; use up to 64",
    ),
    ("pounds a year", 10_000_000_000, |most| with("\"900000\"", &format!("\"{most}\"")), "is taken for a slip"),
];

#[test]
fn so_much_is_read_and_one_more_is_refused() {
    for (what, most, text, words) in LIMITS {
        let read = parse("plan.ron", &text(most)).map(|_| ()).map_err(|error| error.to_string());
        // Other rules may have something to say of what is made here; this one has not.
        assert!(read.as_ref().err().is_none_or(|line| !line.contains(words)), "{most} {what}: {read:?}");
        let sound = ![
            "brackets inside one another",
            "names, values, brackets",
            "effects of a scheme",
            "months of history",
            "targets",
        ]
        .contains(&what);
        assert!(!sound || read.is_ok(), "{most} {what}: {read:?}");
        let line = parse("plan.ron", &text(most + 1)).map(|_| ()).expect_err("refused").to_string();
        assert!(line.contains(words) && !line.contains('\n'), "{} {what}: {line:.300}", most + 1);
    }
}

#[test]
fn of_a_file_full_of_faults_a_thousand_are_told() {
    let text = more("schemes: [", 4_000, |at| scheme(at, "", "").replace("name: \"s\"", "name: \"\""));
    let error = parse("plan.ron", &text).map(|_| ()).expect_err("refused");
    assert!(matches!(&error, ReadError::Refused { findings, .. } if findings.len() == 1_000));
}

#[test]
fn of_a_newer_file_so_many_kinds_of_field_are_left_out_and_no_more() {
    let newer = |fields: usize| {
        let fields = (0..fields).map(|at| format!("f{at}: 1, ")).collect::<Vec<_>>().concat();
        with("format: 1,", &format!("format: 3, {fields}"))
    };
    assert_eq!(parse_newer("plan.ron", &newer(64)).expect("known in part").count(), 64);
    let line = parse_newer("plan.ron", &newer(65)).expect_err("refused").to_string();
    assert!(line.contains("unknown field `f64`"), "{line}");
    // One field in a hundred thousand places is one, found in one go.
    let text =
        more("    notes: [", 9_000, |_| "(kind: Remark, review: (by: 1), text: \"x\", source: Entered),".to_owned());
    assert_eq!(
        parse_newer("plan.ron", &text.replacen("format: 1", "format: 3", 1)).expect("known in part").count(),
        9_000
    );
}

#[test]
fn a_trillion_replications_are_refused_before_any_is_run() {
    for count in ["1000001", "1000000000000"] {
        let call = ["forecast", "tests/fixtures/small.ron", "--replications", count];
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_ibcf-planner"))
            .args(call)
            .output()
            .expect("the program starts");
        assert_eq!(done.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&done.stderr).contains("at most 1,000,000"));
    }
}
