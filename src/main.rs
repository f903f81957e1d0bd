//! Window or command line; nothing else.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use ibcf_planner::command_line::{self, Arguments, Call, Failure};

fn main() -> ExitCode {
    let arguments = Arguments::parse(); // a wrong call ends here, with exit code 2
    let done = match &arguments.call {
        Some(Call::Present { file }) => window(file.as_deref(), true),
        Some(call) => command_line::run(call, &mut io::stdout().lock()),
        None => window(arguments.file.as_deref(), false),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let mut errors = io::stderr().lock();
            for line in failure.lines() {
                let _ = writeln!(errors, "{line}"); // there is nowhere left to say that this failed
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Opens the window, or says why it can't and prints the overview.
fn window(file: Option<&Path>, present: bool) -> Result<(), Failure> {
    if !has_display() {
        return without_window("No display was found, so no window can open", file);
    }
    #[cfg(feature = "window")]
    return match ibcf_planner::app::run(file.map(Path::to_owned), present) {
        Ok(()) => Ok(()),
        Err(why) => without_window(&why, file),
    };
    #[cfg(not(feature = "window"))]
    let _ = present;
    #[cfg(not(feature = "window"))]
    without_window("This build has no window", file)
}

fn without_window(why: &str, file: Option<&Path>) -> Result<(), Failure> {
    command_line::without_window(why, file, &mut io::stdout().lock())
}

/// Only Linux and its kin may run without one.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
