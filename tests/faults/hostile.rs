//! Files that are made to cost: row 21 of the table, with the real binary held to the memory and the time that such a file
//! may take.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use ibcf_planner::file::journal::find;

use super::role;
use super::stage::{BINARY, Fault, Tool, run_by};

pub(crate) const FAULTS: [Fault; 2] = [
    ("row_21_a_hostile_file_is_refused_within_200_mb_and_two_seconds", &[Tool::SizeLimit], refused_cheaply),
    ("row_21_a_hostile_journal_costs_no_more", &[Tool::SizeLimit], journals_cost_no_more),
];

/// What the program may take for itself, its stacks and its library's buffers included.
const MEMORY: u64 = 200 * 1024 * 1024;
/// Seconds of processor time, of a build that is not optimised for speed.
const SECONDS: u64 = 2;

const SMALL: &str = include_str!("../fixtures/small.ron");

/// The fixture with something in the place of something else, which has to be there.
fn with(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    SMALL.replacen(from, to, 1)
}

fn files() -> Vec<(&'static str, String)> {
    let note = "(kind: Remark, text: \"\", source: Entered),";
    vec![
        ("two million brackets", "(".repeat(2_000_000)),
        ("brackets of each kind", "([{".repeat(5_000_000)),
        ("a comment in a comment, eight million times", "/*".repeat(8_000_000)),
        ("a text of 64 MB", with("Thirty beds.", &"x".repeat(64 * 1024 * 1024))),
        ("a text of 15 MB", with("Thirty beds.", &"x".repeat(15 * 1024 * 1024))),
        ("a name of 15 MB", with("Small plan", &"x".repeat(15 * 1024 * 1024))),
        ("two million escapes", with("Thirty beds.", &"\\u{41}".repeat(2 * 1024 * 1024))),
        ("a number of ten million digits", with("value: 60", &format!("value: {}", "9".repeat(10_000_000)))),
        ("money of ten million digits", with("\"900000\"", &format!("\"{}\"", "9".repeat(10_000_000)))),
        ("an id of fourteen million letters", with("\"beds\"", &format!("\"{}\"", "a-".repeat(7_000_000)))),
        ("notes by the hundred thousand", with("    notes: [", &format!("    notes: [{}", note.repeat(140_000)))),
        ("seasons by the hundred thousand", with("value: [\"1\",", &format!("value: [{}", "\"1\",".repeat(900_000)))),
        (
            "one reason half a million times",
            with("reasons: {A: 240", &format!("reasons: {{{}A: 240", "A: 1,".repeat(490_000))),
        ),
        ("fields by the hundred thousand", with("format: 1,", &format!("format: 1,{}", "f: 1,".repeat(470_000)))),
        ("more than two million names", with("    notes: [", &format!("    notes: [{}", note.repeat(300_000)))),
        ("a horizon of a billion years", with("{\n            \"2017/18\"", "{\n            \"1000000000/01\"")),
        ("a month in the year ten thousand million", with("\"2017-11\"", "\"10000000000-11\"")),
    ]
}

/// What runs a program with no more than that.
fn held() -> [String; 3] {
    ["prlimit".to_owned(), format!("--data={MEMORY}"), format!("--cpu={SECONDS}")]
}

fn told(what: &str, bytes: usize, mut command: Command) -> Output {
    let began = Instant::now();
    let done = command.output().unwrap();
    println!("{what}, {} MB: {:.2?}", bytes / 1024 / 1024, began.elapsed());
    done
}

fn refused_cheaply() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    for (what, text) in files() {
        std::fs::write(&path, &text).unwrap();
        let mut check = run_by(&held(), BINARY);
        check.arg("check").arg(&path);
        let done = told(what, text.len(), check);
        let words = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{what}: {:?}: {words:.300}", done.status);
        assert!(words.contains("error: ") && words.lines().all(|line| line.len() < 400), "{what}: {words:.300}");
    }
}

/// A journal that begins with a plan, each line with the checksum that it needs.
fn journal(plan: &str, changes: &[String]) -> Vec<u8> {
    let begun = r#"{"Begun":{"sequence":1,"replaces":null,"at":1,"process":1}}"#.to_owned();
    let saved = serde_json::json!({"Saved": {"path": null, "text": plan}}).to_string();
    let mut bytes = b"iBCF Planner journal 1\n".to_vec();
    let mut check = 0;
    for line in [begun, saved].iter().chain(changes) {
        let mut hasher = crc32fast::Hasher::new_with_initial(check);
        hasher.update(line.as_bytes());
        check = hasher.finalize();
        bytes.extend(format!("{check:08x} {line}\n").into_bytes());
    }
    bytes
}

fn journals() -> Vec<(&'static str, Vec<u8>)> {
    let made = |what: &str| format!(r#"{{"Made":{{"at":1,"made":{what}}}}}"#);
    let title = |title: &str| made(&format!(r#"{{"Did":{{"Retitle":"{title}"}}}}"#));
    let to_and_fro = vec![[made(r#"{"WentTo":0}"#), made(r#"{"WentTo":1}"#)]; 120_000].concat();
    let note = |letters: usize| format!("(kind: Remark, text: \"{}\", source: Entered),", "x".repeat(letters));
    let large =
        |notes: usize, letters: usize| with("    notes: [", &format!("    notes: [{}", note(letters).repeat(notes)));
    vec![
        ("to and fro without end", journal(SMALL, &[vec![title("sound")], to_and_fro].concat())),
        ("titles by the ten thousand", journal(SMALL, &vec![title("x"); 80_000])),
        ("a plan of 15 MB", journal(&large(900, 17_000), &[])),
        ("a plan of 15 MB, and to and fro", journal(&large(900, 17_000), &vec![title(&"x".repeat(300)); 5_000])),
        ("a plan of as many notes as may be", journal(&large(9_000, 10), &vec![title("x"); 20_000])),
        ("a plan that is refused", journal(&large(140_000, 1), &[])),
        ("changes of a megabyte", journal(SMALL, &vec![title(&"x".repeat(1_000_000)); 8])),
        ("changes that nest", journal(SMALL, &vec![made(&"[".repeat(900_000)); 8])),
        ("nothing but ends of lines", format!("iBCF Planner journal 1{}", "\n".repeat(30_000_000)).into_bytes()),
        ("more than a journal may have", vec![b'i'; 60_000_000]),
    ]
}

fn journals_cost_no_more() {
    for (what, bytes) in journals() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("00000001.journal"), &bytes).unwrap();
        let done = told(what, bytes.len(), role::call(&held(), "look for what was left", folder.path()));
        assert!(done.status.success(), "{what}: {:?}", done.status);
    }
}

/// Reads what lies in a folder of journals.
pub(crate) fn look_for_what_was_left(folder: &Path) {
    let left = find(folder, std::time::SystemTime::now());
    println!("{} plans, {} unreadable", left.plans.len(), left.unreadable.len());
}
