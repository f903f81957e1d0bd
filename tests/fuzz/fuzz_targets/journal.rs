//! Any journal gives a plan that holds, or is refused; what it gives can be taken back step by step. Each line gets the
//! checksum that it needs, as otherwise no line that was changed would ever be read.

#![no_main]

use ibcf_planner::file::journal::{Recovered, replay};
use ibcf_planner::file::{parse, write};
use ibcf_planner::scenario::edit::Move;
use libfuzzer_sys::fuzz_target;

/// How many changes are taken back; each asks for the whole plan's rules.
const MOST_TAKEN_BACK: usize = 50;

fuzz_target!(|bytes: &[u8]| {
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
});

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
