//! See `checks`.

#![no_main]
#![allow(dead_code, reason = "the other target's check stands in the same room")]

#[path = "../checks.rs"]
mod checks;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| checks::journal(bytes));
