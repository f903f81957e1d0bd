//! Files that are made to cost: row 21 of the table, with the real binary held to the memory and the time that such a file
//! may take.

use std::process::Command;
use std::time::Instant;

use super::stage::{BINARY, Fault, Tool};

pub(crate) const FAULTS: [Fault; 1] =
    [("row_21_a_hostile_file_is_refused_within_200_mb_and_two_seconds", &[Tool::SizeLimit], refused_cheaply)];

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

fn refused_cheaply() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    for (what, text) in files() {
        std::fs::write(&path, &text).unwrap();
        let began = Instant::now();
        let done = Command::new("prlimit")
            .args([format!("--data={MEMORY}"), format!("--cpu={SECONDS}")])
            .args([BINARY, "check"])
            .arg(&path)
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&done.stderr);
        println!("{what}, {} MB: {:.2?}", text.len() / 1024 / 1024, began.elapsed());
        assert_eq!(done.status.code(), Some(1), "{what}: {:?}: {words:.300}", done.status);
        assert!(words.contains("error: ") && words.lines().all(|line| line.len() < 400), "{what}: {words:.300}");
    }
}
