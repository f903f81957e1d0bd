//! Plans of every format that a planner ever wrote open, and keep their bytes until they are changed; plans of formats to
//! come are refused in one line that names the version needed, and shown as far as they are known.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that fails should say so")]

use std::path::PathBuf;
use std::process::Command;

use ibcf_planner::bundled::ALL;
use ibcf_planner::file::{ReadError, parse, parse_newer, read, revise, write};
use ibcf_planner::scenario::edit::apply;
use ibcf_planner::scenario::{Bookmark, Edit, FORMAT, Scenario};

const SMALL: &str = include_str!("fixtures/small.ron");
const KEPT_STATES_IN_1: &str = include_str!("formats/1-kept-states.ron");
const KEPT_STATES: &str = include_str!("formats/2-kept-states.ron");
const TO_COME: &str = include_str!("formats/3-to-come.ron");

/// Every file kept of a format, oldest first: its name begins with the format.
fn samples() -> Vec<(u32, PathBuf, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats");
    let paths = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut samples: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let format = name.split('-').next().and_then(|format| format.parse().ok()).expect("a format");
            let text = std::fs::read_to_string(&path).expect("text");
            (format, path, text)
        })
        .collect();
    samples.sort();
    samples
}

fn edited(scenario: &Scenario, edit: &Edit) -> Scenario {
    apply(scenario, edit).expect("kept").scenario
}

fn retitled(scenario: &Scenario) -> Scenario {
    edited(scenario, &Edit::Retitle("Another title".to_owned()))
}

fn keeping(scenario: &Scenario, name: &str) -> Edit {
    Edit::KeepBookmark { at: scenario.bookmarks.len(), bookmark: Box::new(Bookmark::of(scenario, name)) }
}

/// The lines of one text that are not in the other, and those of the other that are not in the one.
fn differing<'a>(before: &'a str, after: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let lost = before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect();
    let new = after.lines().filter(|line| !before.lines().any(|other| other == *line)).collect();
    (lost, new)
}

#[test]
fn a_plan_of_every_earlier_format_opens_and_an_unchanged_one_keeps_every_byte() {
    let known: Vec<_> = samples().into_iter().filter(|(format, ..)| *format <= FORMAT).collect();
    assert!((1..=FORMAT).all(|format| known.iter().any(|(of, ..)| *of == format)), "a sample of each format is kept");
    for (format, path, text) in known {
        assert!(text.starts_with(&format!("(\n    format: {format},")), "{path:?}");
        let opened = read(&path).expect("an earlier format");
        assert_eq!(revise(&text, &opened.scenario, &opened.scenario), text, "{path:?}");
    }
}

#[test]
fn a_change_that_older_planners_can_read_leaves_the_format_as_it_was() {
    for (format, path, text) in samples().into_iter().filter(|(format, ..)| *format <= FORMAT) {
        let was = parse("plan.ron", &text).expect("sound").scenario;
        if was.newer_than(format).is_empty() {
            let revised = revise(&text, &was, &retitled(&was));
            let (lost, new) = differing(&text, &revised);
            assert_eq!((lost.len(), new), (1, vec!["    title: \"Another title\","]), "{path:?}");
        }
    }
}

/// The rule that a person with an older planner relies on.
#[test]
fn a_plan_is_written_in_the_oldest_format_that_has_room_for_it() {
    let small = parse("small.ron", SMALL).expect("sound").scenario;
    assert_eq!(small.format, 1);
    let keep = keeping(&small, "Beds first");
    let applied = apply(&small, &keep).expect("kept");
    let kept = applied.scenario;
    assert_eq!((kept.format, kept.newer_than(1).len()), (2, 1));
    for text in [SMALL.to_owned(), format!("// Ours.\n{SMALL}")] {
        let raised = revise(&text, &small, &kept);
        let (lost, new) = differing(&text, &raised);
        assert_eq!(lost, ["    format: 1,"]);
        assert_eq!(new[0], "    format: 2,");
        assert!(new[1..].concat().contains("Beds first"), "{new:#?}");
        let reopened = parse("plan.ron", &raised).expect("sound");
        assert_eq!((&reopened.scenario, reopened.warnings.len()), (&kept, 0));
        // Taken back, it is for older planners again, byte for byte.
        let back = edited(&kept, &applied.inverse);
        assert_eq!(revise(&raised, &reopened.scenario, &back), text);
    }
}

/// Planners before format 2 had a number kept states in files of format 1.
#[test]
fn a_file_that_says_more_than_its_format_has_room_for_is_read_with_a_word_and_raised_when_it_is_changed() {
    let opened = parse("plan.ron", KEPT_STATES_IN_1).expect("read all the same");
    let words: Vec<String> = opened.warnings.iter().map(|warning| warning.in_words("plan.ron")).collect();
    assert_eq!(
        words,
        [
            "plan.ron:2:5: warning: format 1 has no room for kept states; the next change that is saved makes it format 2"
        ]
    );
    let was = opened.scenario;
    assert_eq!(was, parse("plan.ron", KEPT_STATES).expect("sound").scenario);
    for text in [KEPT_STATES_IN_1.to_owned(), format!("// Ours.\n{KEPT_STATES_IN_1}")] {
        assert_eq!(revise(&text, &was, &was), text);
        let revised = revise(&text, &was, &retitled(&was));
        let (lost, new) = differing(&text, &revised);
        assert_eq!(lost, ["    format: 1,", "    title: \"Small plan\","]);
        assert_eq!(new, ["    format: 2,", "    title: \"Another title\","]);
    }
}

#[test]
fn a_format_that_is_higher_than_needed_stays_as_it_was_written() {
    let text = SMALL.replacen("format: 1", "format: 2", 1);
    let was = parse("plan.ron", &text).expect("sound").scenario;
    assert_eq!(was, parse("small.ron", SMALL).expect("sound").scenario);
    let revised = revise(&text, &was, &retitled(&was));
    let (lost, new) = differing(&text, &revised);
    assert_eq!((lost.len(), new), (1, vec!["    title: \"Another title\","]));
}

#[test]
fn the_version_says_which_formats_it_reads() {
    assert_eq!(env!("CARGO_PKG_VERSION_MINOR"), FORMAT.to_string());
}

#[test]
fn a_newer_file_is_refused_by_every_call_in_one_line_that_names_the_version_needed() {
    let file = "tests/formats/3-to-come.ron";
    let line = format!(
        "{file}:2:13: error: this file is format 3, for which iBCF Planner 0.3 or later is needed; this is {}, which \
         reads formats up to {FORMAT}; get the newer one, or open the file in this one’s window, to look at what it \
         knows of it\n",
        env!("CARGO_PKG_VERSION")
    );
    for call in ["overview", "check", "balance", "forecast", "calibrate"] {
        let output =
            Command::new(env!("CARGO_BIN_EXE_ibcf-planner")).args([call, file]).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(1), "{call}");
        assert_eq!(
            (String::from_utf8_lossy(&output.stderr).as_ref(), output.stdout.len()),
            (line.as_str(), 0),
            "{call}"
        );
    }
    for number in ["3", "40", "0x3", "4000000000", "10000000000000000000000000000"] {
        let error = parse("plan.ron", &SMALL.replacen("format: 1", &format!("format: {number}"), 1));
        let is_newer = matches!(error, Err(ReadError::Newer { .. }));
        assert!(is_newer || number.len() > 20, "{number}: {error:?}");
    }
}

#[test]
fn what_is_known_of_a_newer_file_is_shown_and_what_is_not_is_counted_and_named() {
    let newer = parse_newer("plan.ron", TO_COME).expect("its known part is sound");
    assert_eq!(newer.format, 3);
    assert_eq!(newer.opened.scenario, parse("plan.ron", KEPT_STATES).expect("sound").scenario);
    assert_eq!(newer.opened.text, write(&newer.opened.scenario));
    assert_eq!(newer.count(), 5);
    assert_eq!(
        newer.in_words(),
        "“panel”, “unit” in schemes › allocations, “review” in schemes (2 times), “shape” in pathways › kind"
    );
}

#[test]
fn a_newer_file_whose_known_part_is_not_sound_is_not_shown() {
    for (from, to, place, words) in [
        ("value: \"900000\"", "value: \"-900000\"", "31:17", "the allocation is −£900,000"),
        ("kind: Contradiction", "kind: Prophecy", "", "`Prophecy` is not among the choices"),
        ("title: \"Small plan\",", "", "1:1", "the field `title` is missing"),
        ("format: 3,", "format: 3, format: 3,", "", "the field `format` is given twice"),
    ] {
        let text = TO_COME.replacen(from, to, 1);
        assert_ne!(text, TO_COME, "{from}");
        let line = parse_newer("plan.ron", &text).expect_err("refused").to_string();
        assert!(line.starts_with(&format!("plan.ron:{place}")) && line.contains(words), "{line}");
    }
}

/// The places just after a bracket that opens a structure, with the name of its first field; of those that begin alike, as
/// many as told.
fn structures(text: &str, alike: usize) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut counts = std::collections::HashMap::new();
    let mut is_wanted = |like: Vec<_>| {
        let count: &mut usize = counts.entry(like).or_default();
        *count += 1;
        *count <= alike
    };
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        (quoted, escaped) = match c {
            _ if escaped => (quoted, false),
            '"' => (!quoted, false),
            _ => (quoted, quoted && c == '\\'),
        };
        if c != '(' || quoted {
            continue;
        }
        let fields = text[at + 1..].split(',').take(2);
        let names: Vec<_> = fields.map(|field| field.split_once(':').map(|(name, _)| name.trim())).collect();
        if let Some(&Some(first)) = names.first()
            && first.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            && is_wanted(names)
        {
            found.push((at + 1, first));
        }
    }
    found
}

/// What is said of a text that is refused, without its place, which has to be at this byte.
fn refused_at(text: &str, at: usize) -> String {
    let line = parse("plan.ron", text).map(|_| ()).expect_err("refused").to_string();
    let column = text[..at].chars().rev().take_while(|c| *c != '\n').count() + 1;
    let place = format!("plan.ron:{}:{column}: error: ", text[..at].matches('\n').count() + 1);
    line.strip_prefix(&place).unwrap_or_else(|| panic!("{line}\nnot at {place}")).to_owned()
}

const EVERYTHING: &str = include_str!("formats/2-everything.ron");

/// Texts in which every structure stands that a plan may have.
fn whole_texts() -> Vec<String> {
    let bundled = ALL.iter().map(|bundled| bundled.open().expect("sound").text);
    bundled.chain([EVERYTHING.to_owned()]).collect()
}

#[test]
fn an_unknown_field_is_refused_at_its_place_in_every_structure_with_the_nearest_known_name() {
    assert!(parse("plan.ron", EVERYTHING).expect("sound").warnings.is_empty());
    assert!(structures(EVERYTHING, usize::MAX).len() > 80);
    for text in whole_texts() {
        for (at, first) in structures(&text, 2) {
            let with = |field: &str| format!("{}{field}: 1, {}", &text[..at], &text[at..]);
            let line = refused_at(&with(&format!("{first}x")), at);
            assert_eq!(line, format!("unknown field `{first}x`; did you mean `{first}`?"));
        }
    }
}

#[test]
fn a_field_given_twice_is_refused_in_every_structure() {
    for (at, first) in structures(EVERYTHING, usize::MAX) {
        let value = &EVERYTHING[at..][EVERYTHING[at..].find(':').expect("a colon") + 1..];
        let (mut depth, mut quoted) = (0, false);
        let end = value.find(|c| {
            quoted ^= c == '"';
            depth +=
                i32::from(!quoted && matches!(c, '(' | '[' | '{')) - i32::from(!quoted && matches!(c, ')' | ']' | '}'));
            depth < 0 || (depth == 0 && !quoted && c == ',')
        });
        let value = &value[..end.expect("an end")];
        let again = at + first.len() + 1 + value.len() + 2;
        let text = format!("{}{first}:{value}, {first}:{value}, {}", &EVERYTHING[..at], &EVERYTHING[at..]);
        assert_eq!(refused_at(&text, again), format!("the field `{first}` is given twice; keep one"));
    }
}

#[test]
fn a_year_or_a_reason_given_twice_is_refused_at_its_place() {
    for (from, key, told) in [
        ("\"2018/19\": (value: \"4188142.57\"", "\"2017/18\"", "the year 2017/18"),
        ("\"2018/19\": (value: \"1200000\"", "\"2017/18\"", "the year 2017/18"),
        (
            "{\"2017/18\": (value: \"250000.50\"",
            "{\"2017/18\": (value: \"1\", source: Entered), \"2017/18\"",
            "the year 2017/18",
        ),
        ("{\"2017/18\": \"900000\"}", "{\"2017/18\": \"900000\", \"2017/18\"", "the year 2017/18"),
        ("{A: 240, DI: 600, DII: 600}", "{A: 240, DI: 600, DII: 600, A", "the reason A"),
        ("{A: 502, DI: 1000}", "{A: 502, DI: 1000, DI", "the reason DI"),
    ] {
        let at = EVERYTHING.find(from).unwrap_or_else(|| panic!("{from}"));
        let text = match from.strip_prefix('{') {
            None => format!("{}{key}{}", &EVERYTHING[..at], &EVERYTHING[at + key.len()..]),
            Some(rest) if rest.ends_with('}') => {
                format!("{}{key}: 1}}{}", &EVERYTHING[..at], &EVERYTHING[at + from.len()..])
            }
            Some(_) => format!("{}{key}{}", &EVERYTHING[..at], &EVERYTHING[at + "{\"2017/18\"".len()..]),
        };
        let last = key.rfind([' ', '{']).map_or(0, |space| space + 1);
        assert_eq!(refused_at(&text, at + last), format!("{told} is given twice; keep one"), "{from}");
    }
}

/// A field that a format gains later has no room in files of that format: older planners refuse it. Whoever adds one says
/// so in `scenario::format`, and here.
#[test]
fn the_fields_of_the_formats_are_settled() {
    let mut found = std::collections::BTreeSet::new();
    for text in whole_texts() {
        for (at, _) in structures(&text, 1) {
            let line = refused_at(&format!("{}zzzzzzzzz: 1, {}", &text[..at], &text[at..]), at);
            found.insert(line.rsplit_once("the fields here are ").expect("all of them").1.to_owned());
        }
    }
    let settled = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/fields")).expect("text");
    let found: Vec<_> = found.into_iter().collect();
    assert_eq!(found, settled.lines().collect::<Vec<_>>(), "see the words on this test");
}
