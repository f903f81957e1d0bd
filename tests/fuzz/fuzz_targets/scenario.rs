//! Any text is read or refused in one line; what is read is written and read again as it was, changed or not.

#![no_main]

use ibcf_planner::file::{parse, revise, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
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
});
