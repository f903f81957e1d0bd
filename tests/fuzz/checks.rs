//! What holds of every text and of every journal, whoever wrote it: asked of all that the fuzzers think of, and by
//! `tests/fuzzed.rs` of what they were given to begin with.

use ibcf_planner::file::journal::{Recovered, replay};
use ibcf_planner::file::{parse, revise, write};
use ibcf_planner::scenario::edit::Move;

/// How many changes are taken back; each asks for the whole plan's rules.
const MOST_TAKEN_BACK: usize = 50;

/// Any text is read or refused in one line; what is read is written and read again as it was, changed or not.
pub(crate) fn scenario(text: &str) {
    let opened = match parse("plan.ron", text) {
        Ok(opened) => opened,
        Err(error) => {
            assert!(error.is_refusal());
            for line in error.lines() {
                assert!(!line.contains('\n') && line.contains("error: ") || line.contains("warning: "), "{line}");
            }
            return;
        }
    };
    let was = opened.scenario;
    assert_eq!(parse("written", &write(&was)).expect("what was written").scenario, was);
    assert!(revise(text, &was, &was) == text);
    let mut now = was.clone();
    now.title.push('!');
    now.schemes.reverse();
    now.notes.pop();
    if let Ok(after) = parse("changed", &write(&now)) {
        assert_eq!(after.scenario, now);
        assert_eq!(parse("revised", &revise(text, &was, &now)).expect("what was revised").scenario, now);
    }
}

/// Any journal gives a plan that holds, or is refused; what it gives can be taken back step by step. Each line gets the
/// checksum that it needs, as otherwise no line that was changed would ever be read.
pub(crate) fn journal(bytes: &[u8]) {
    let _ = replay(bytes);
    let Ok(recovered) = replay(&with_checksums(bytes)) else { return };
    let Recovered { scenario, saved, mut steps, .. } = recovered;
    assert_eq!(parse("written", &write(&scenario)).expect("a plan that holds").scenario, scenario);
    assert_eq!(parse("saved", &saved.text).expect("a plan that holds").scenario, saved.scenario);
    let standing = steps.standing();
    if standing <= MOST_TAKEN_BACK {
        let first = steps.replay(&scenario, &Move::WentTo(0)).expect("taken back");
        assert_eq!(steps.replay(&first, &Move::WentTo(standing)).expect("done again"), scenario);
    }
}

/// The lines after the first, each with the checksum of itself and of all before it.
fn with_checksums(bytes: &[u8]) -> Vec<u8> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let mut checked = lines.next().unwrap_or_default().to_vec();
    let mut check = 0;
    for line in lines {
        let (words, end) = line.strip_suffix(b"\n").map_or((line, &b""[..]), |words| (words, b"\n"));
        let mut hasher = crc32fast::Hasher::new_with_initial(check);
        hasher.update(words);
        check = hasher.finalize();
        checked.extend(format!("{check:08x} ").into_bytes());
        checked.extend(words);
        checked.extend(end);
    }
    checked
}
