//! A journal gives back the plan as it stood at its last whole line, whatever became of the rest; and nothing in one can
//! do harm.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::file::{parse, write};
use crate::scenario::edit::{Move, Steps};
use crate::scenario::{Edit, Scenario};

const SMALL: &str = include_str!("../../../tests/fixtures/small.ron");

fn small() -> Scenario {
    parse("small.ron", SMALL).expect("sound").scenario
}

/// What a person may do.
#[derive(Clone, Debug)]
enum Act {
    Do(Edit),
    Undo(usize),
    Redo(usize),
}

/// A plan that lives beside its journal, as in the window.
struct Live {
    scenario: Scenario,
    steps: Steps,
}

impl Live {
    fn new() -> Self {
        Self { scenario: small(), steps: Steps::default() }
    }

    /// Does it as far as it can be done; gives what was done.
    fn act(&mut self, act: Act) -> Option<Move> {
        let standing = self.steps.standing();
        let made = match act {
            Act::Do(edit) => Move::Did(edit),
            Act::Undo(steps) => Move::WentTo(standing.saturating_sub(steps)),
            Act::Redo(steps) => Move::WentTo((standing + steps).min(self.steps.len())),
        };
        self.scenario = self.steps.replay(&self.scenario, &made).ok()?;
        Some(made)
    }
}

fn retitle(title: &str) -> Act {
    Act::Do(Edit::Retitle(title.to_owned()))
}

fn any_act() -> impl Strategy<Value = Act> {
    let scheme = prop::sample::select(vec!["beds", "brokers", "new"]).prop_map(|id| id.parse().expect("an id"));
    let year = prop::sample::select(vec!["2017/18", "2018/19"]).prop_map(|year| year.parse().expect("a year"));
    let amount = (0_u32..3_000_000).prop_map(|pounds| pounds.to_string().parse().expect("money"));
    let edit = prop_oneof![
        "[ -~£–“]{1,12}".prop_map(Edit::Retitle),
        (scheme.clone(), year.clone(), amount).prop_map(|(scheme, year, amount)| Edit::SetAllocation {
            scheme,
            year,
            amount
        }),
        (scheme.clone(), year, any::<bool>()).prop_map(|(scheme, year, committed)| Edit::SetCommitted {
            scheme,
            year,
            committed
        }),
        (scheme.clone(), any::<bool>()).prop_map(|(scheme, locked)| Edit::SetLocked { scheme, locked }),
        (scheme.clone(), "[a-z\\\\\"\n]{1,6}").prop_map(|(scheme, name)| Edit::RenameScheme { scheme, name }),
        scheme.prop_map(Edit::RemoveScheme),
    ];
    let edit = prop_oneof![5 => edit.clone(), 1 => prop::collection::vec(edit, 1..4).prop_map(Edit::Together)];
    prop_oneof![6 => edit.prop_map(Act::Do), 2 => (0_usize..5).prop_map(Act::Undo), 1 => (0_usize..5).prop_map(Act::Redo)]
}

/// Records the steps that can be made; gives the journal's bytes and the plan after each line, first that of the file.
fn recorded(acts: Vec<Act>) -> (Vec<u8>, Vec<Scenario>) {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::start(folder.path().to_owned(), || {}).expect("a thread");
    recorder.opened(Some(Path::new("/plans/small.ron")), SMALL.to_owned());
    let mut live = Live::new();
    let mut plans = vec![live.scenario.clone()];
    for act in acts {
        if let Some(made) = live.act(act) {
            recorder.made(vec![made], live.scenario.clone());
            plans.push(live.scenario.clone());
        }
    }
    recorder.finish();
    (only_journal(folder.path()).map(|path| fs::read(path).expect("read")).unwrap_or_default(), plans)
}

fn journals(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn only_journal(folder: &Path) -> Option<PathBuf> {
    let mut paths = journals(folder);
    assert!(paths.len() < 2, "{paths:?}");
    paths.pop()
}

/// The ends of the lines in it.
fn ends(bytes: &[u8]) -> Vec<usize> {
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect()
}

/// Lines that come before the first step.
const BEGINNING: usize = 3;

/// Some of everything: a dozen steps.
fn some_acts() -> Vec<Act> {
    let beds = |amount: &str| {
        Act::Do(Edit::SetAllocation {
            scheme: "beds".parse().expect("an id"),
            year: "2017/18".parse().expect("a year"),
            amount: amount.parse().expect("money"),
        })
    };
    let mut steps = vec![retitle("one"), beds("650000"), Act::Undo(2), Act::Redo(1), beds("700000.50")];
    steps.extend([retitle("“£” \\ \n"), Act::Undo(1), Act::Do(Edit::Together(vec![Edit::Retitle("six".to_owned())]))]);
    steps
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn replaying_a_journal_gives_the_live_plan_at_every_step(acts in prop::collection::vec(any_act(), 1..30)) {
        let (bytes, plans) = recorded(acts);
        prop_assume!(plans.len() > 1);
        let ends = ends(&bytes);
        prop_assert_eq!(ends.len(), BEGINNING + plans.len() - 1);
        for (plan, end) in plans.iter().zip(&ends[BEGINNING - 1..]) {
            let recovered = replay(&bytes[..*end]).expect("readable");
            prop_assert_eq!(&recovered.scenario, plan);
            prop_assert_eq!(recovered.ended, Ended::Whole);
        }
        // All that was done can be taken back, to the plan that was opened.
        let mut recovered = replay(&bytes).expect("readable");
        let first = recovered.steps.replay(&recovered.scenario, &Move::WentTo(0)).expect("undone");
        prop_assert_eq!(write(&first), write(&plans[0]));
    }
}

#[test]
fn a_journal_cut_at_any_byte_gives_all_whole_changes_before_it() {
    let (bytes, plans) = recorded(some_acts());
    let ends = ends(&bytes);
    for cut in 0..bytes.len() {
        let lines = ends.partition_point(|end| *end <= cut);
        match replay(&bytes[..cut]) {
            Ok(recovered) => {
                assert_eq!(recovered.scenario, plans[lines - BEGINNING], "cut at {cut}");
                let ended = if ends.contains(&cut) { Ended::Whole } else { Ended::Torn };
                assert_eq!(recovered.ended, ended, "cut at {cut}");
            }
            Err(_) => assert!(lines < BEGINNING, "cut at {cut}"),
        }
    }
}

#[test]
fn a_flipped_bit_costs_its_line_and_what_follows_and_never_passes_for_a_change() {
    let (bytes, plans) = recorded(some_acts());
    let ends = ends(&bytes);
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        let line = ends.partition_point(|end| *end <= at);
        match replay(&flipped) {
            Ok(recovered) => {
                assert_eq!(recovered.scenario, plans[line - BEGINNING], "byte {at}");
                assert_ne!(recovered.ended, Ended::Whole, "byte {at}");
            }
            Err(_) => assert!(line < BEGINNING, "byte {at}"),
        }
    }
}

#[test]
fn nuls_that_a_power_cut_leaves_cost_what_they_stand_for() {
    let (bytes, plans) = recorded(some_acts());
    let after = [bytes.as_slice(), &[0; 4096]].concat();
    let recovered = replay(&after).expect("readable");
    assert_eq!((&recovered.scenario, recovered.ended), (plans.last().expect("some"), Ended::Torn));
    let ends = ends(&bytes);
    let mut hole = bytes.clone();
    hole[ends[4]..ends[5]].fill(0);
    let recovered = replay(&hole).expect("readable");
    assert_eq!(recovered.scenario, plans[2]);
    assert_eq!(recovered.ended, Ended::Damaged { line: 6 });
    assert_eq!(replay(&[0; 4096]).expect_err("no journal"), Unreadable::NotAJournal);
    assert_eq!(replay(b"").expect_err("no journal"), Unreadable::NotAJournal);
}

#[test]
fn a_lost_repeated_or_exchanged_line_is_found_out() {
    let (bytes, plans) = recorded(some_acts());
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let with = |order: &[usize]| order.iter().flat_map(|at| lines[*at]).copied().collect::<Vec<u8>>();
    for order in [[0, 1, 2, 3, 5, 6], [0, 1, 2, 3, 3, 4], [0, 1, 2, 3, 5, 4]] {
        let recovered = replay(&with(&order)).expect("readable");
        assert_eq!(recovered.scenario, plans[1], "{order:?}");
        assert_eq!(recovered.ended, Ended::Damaged { line: 5 }, "{order:?}");
    }
}

/// A journal with these lines after the small plan, each with its right checksum.
fn with_lines(lines: &[&str]) -> Vec<u8> {
    with_beginning(None, lines)
}

/// The same, taking the place of another.
fn with_beginning(replaces: Option<u64>, lines: &[&str]) -> Vec<u8> {
    let saved = serde_json::to_string(&Record::Saved { path: None, text: SMALL.into() }).expect("written");
    let begun = serde_json::to_string(&Record::Begun { sequence: 7, replaces, at: 1_500_000_000, process: 1 });
    let begun = begun.expect("written");
    let mut text = format!("{MAGIC}\n").into_bytes();
    let mut check = 0;
    for line in [begun.as_str(), &saved].iter().chain(lines) {
        check = check_of(check, line.as_bytes());
        text.extend(format!("{check:08x} {line}\n").into_bytes());
    }
    text
}

#[test]
fn a_journal_takes_the_place_of_another_only_once_it_says_where_the_plan_stands() {
    let stands = serde_json::to_string(&Record::Stands { text: SMALL.replace("Small plan", "As it stood").into() });
    let whole = with_beginning(Some(6), &[&stands.expect("written")]);
    let replaces = |bytes: &[u8]| replay(bytes).ok().and_then(|recovered| recovered.replaces);
    assert_eq!(replaces(&whole), Some(6));
    for cut in 0..whole.len() {
        assert_eq!(replaces(&whole[..cut]), None, "cut at {cut} of {}", whole.len());
    }
    let mut flipped = whole.clone();
    let in_stands = whole.len() - 100;
    flipped[in_stands] ^= 1;
    assert_eq!(replaces(&flipped), None);
    assert_eq!(replaces(&[&whole[..whole.len() - 9], &[0; 4096][..], b"\n"].concat()), None);
}

#[test]
fn a_forged_journal_changes_nothing_that_a_person_could_not_change() {
    let nested = |depth: usize| {
        let (open, close) = (r#"{"Together":["#.repeat(depth), "]}".repeat(depth));
        format!(r#"{{"Made":{{"at":1,"made":{{"Did":{open}{close}}}}}}}"#)
    };
    let long = format!(r#"{{"Made":{{"at":1,"made":{{"Did":{{"Retitle":"{}"}}}}}}}}"#, "x".repeat(LARGEST_CHANGE));
    for forged in [
        r#"{"Made":{"at":1,"made":{"WentTo":18446744073709551615}}}"#,
        r#"{"Made":{"at":1,"made":{"WentTo":2}}}"#,
        r#"{"Made":{"at":1,"made":{"WentTo":5}}}"#,
        r#"{"Made":{"at":1,"made":{"Did":{"RemoveScheme":"no-such-scheme"}}}}"#,
        r#"{"Made":{"at":1,"made":{"Did":{"Retitle":""}}}}"#,
        r#"{"Made":{"at":1,"made":{"Did":{"Unheard":1}}}}"#,
        r#"{"Made":{"at":1,"made":{"Did":{"SetAllocation":{"scheme":"beds","year":"2017/18","amount":"99999999999999"}}}}}"#,
        r#"{"Saved":{"path":"/etc/passwd","text":"(format: 1)"}}"#,
        r#"{"Stands":{"text":"(format: 1)"}}"#,
        r#"{"Begun":{"sequence":8,"replaces":null,"at":1,"process":1}}"#,
        r#"{"Made":{"at":-1,"made":{"Did":{"Retitle":"x"}}}}"#,
        r#"{"Made":{"at":1,"made":{"Did":{"Retitle":"x"}},"more":1}}"#,
        "[[[[",
        "",
        "null",
        "\u{0}",
        &nested(500),
        &nested(100_000),
        &long,
    ] {
        let bytes = with_lines(&[
            r#"{"Made":{"at":1,"made":{"Did":{"Retitle":"sound"}}}}"#,
            forged,
            r#"{"Made":{"at":1,"made":{"WentTo":0}}}"#,
        ]);
        let recovered = replay(&bytes).expect("readable");
        assert_eq!((recovered.scenario.title.as_str(), recovered.steps.len()), ("sound", 1), "{forged:.80}");
        assert_eq!(recovered.ended, Ended::Damaged { line: 5 }, "{forged:.80}");
    }
    let newer = [b"iBCF Planner journal 2\n".as_slice(), &with_lines(&[])].concat();
    assert_eq!(replay(&newer).expect_err("refused"), Unreadable::OtherVersion);
    let no_plan = format!("{MAGIC}\n00000000 {{}}\n");
    assert_eq!(replay(no_plan.as_bytes()).expect_err("refused"), Unreadable::NoBeginning);
    assert_eq!(replay(&vec![b'i'; 41 * 1024 * 1024]).expect_err("refused"), Unreadable::TooLarge);
}

#[test]
fn a_journal_that_goes_back_and_forth_without_end_is_not_followed_to_its_end() {
    let to_and_fro =
        [r#"{"Made":{"at":1,"made":{"WentTo":0}}}"#, r#"{"Made":{"at":1,"made":{"WentTo":1}}}"#].repeat(120_000);
    let lines = [vec![r#"{"Made":{"at":1,"made":{"Did":{"Retitle":"sound"}}}}"#], to_and_fro].concat();
    let recovered = replay(&with_lines(&lines)).expect("readable");
    assert!(matches!(recovered.ended, Ended::Damaged { .. }));
}
