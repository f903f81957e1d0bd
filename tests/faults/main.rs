//! Every fault that a scenario file must survive, caused for real: by strace, mounts, limits, permissions and kills, on
//! the real binary or on the library in a process of its own.
//!
//! After each: the old version or the new one is whole on disk, one message names the file and the way out, and no
//! temporary file is left to pile up. The table in `file`'s documentation lists them. What can't be caused on a machine is
//! shown as `NOT RUN` with the reason, and is not counted as passed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod exports;
#[cfg(target_os = "linux")]
mod hostile;
#[cfg(target_os = "linux")]
mod killed;
#[cfg(target_os = "linux")]
mod names;
#[cfg(target_os = "linux")]
mod network;
#[cfg(target_os = "linux")]
mod others;
#[cfg(target_os = "linux")]
mod recovery;
#[cfg(target_os = "linux")]
mod role;
#[cfg(target_os = "linux")]
mod stage;
#[cfg(all(target_os = "linux", feature = "window"))]
mod window;

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("NOT RUN: these faults are caused with Linux's own tools");
}

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use libtest_mimic::{Arguments, Trial};

    if role::play() {
        return std::process::ExitCode::SUCCESS;
    }
    let mut faults = Vec::new();
    faults.extend(disk::FAULTS);
    faults.extend(exports::FAULTS);
    faults.extend(hostile::FAULTS);
    faults.extend(killed::FAULTS);
    faults.extend(names::FAULTS);
    faults.extend(others::FAULTS);
    faults.extend(network::FAULTS);
    faults.extend(recovery::FAULTS);
    #[cfg(feature = "window")]
    faults.extend(window::FAULTS);
    let tools = stage::Tools::found();
    let mut not_run = Vec::new();
    let trials = faults.into_iter().map(|(name, needs, cause)| {
        let lacking = tools.lacking(needs);
        let trial = Trial::test(name, move || {
            cause();
            Ok(())
        });
        match lacking {
            None => trial,
            Some(lacking) => {
                not_run.push((name, lacking));
                trial.with_kind(format!("NOT RUN: no {lacking}")).with_ignored_flag(true)
            }
        }
    });
    let trials = trials.collect();
    let conclusion = libtest_mimic::run(&Arguments::from_args(), trials);
    for (name, lacking) in not_run {
        println!("NOT RUN: {name}, as this machine has no {lacking}");
    }
    conclusion.exit_code()
}
