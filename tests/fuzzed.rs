//! What the fuzzers begin with, in every run of the tests; what they find is added to `tests/fuzz/seeds`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

#[path = "fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::PathBuf;

/// The kept inputs of a target.
fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = format!("{}/tests/fuzz/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let seeds: Vec<_> = paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    assert!(seeds.len() >= 3, "{target}");
    seeds
}

#[test]
fn whatever_the_fuzzers_begin_with_is_read_and_written_again_or_refused_in_a_line() {
    for (path, bytes) in seeds("scenario") {
        println!("{}", path.display());
        let text = String::from_utf8(bytes).unwrap();
        checks::scenario(&text);
        // Cut anywhere, it is read or refused all the same.
        for at in (0..text.len()).step_by(97).filter(|at| text.is_char_boundary(*at)) {
            checks::scenario(&text[..at]);
        }
    }
}

#[test]
fn whatever_journal_the_fuzzers_begin_with_gives_a_plan_that_holds_or_none() {
    for (path, bytes) in seeds("journal") {
        println!("{}", path.display());
        checks::journal(&bytes);
        for at in (0..bytes.len()).step_by(97) {
            checks::journal(&bytes[..at]);
        }
    }
}
