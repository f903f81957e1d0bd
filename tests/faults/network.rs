//! No telemetry, no network: every socket that the program opens is one of this machine's own, and the command line opens
//! none.

use std::path::Path;
use std::time::Duration;

use super::stage::{BINARY, Fault, Plan, Tool, output_within, read_trace, strace};

pub(crate) const FAULTS: [Fault; 1] =
    [("no_network_the_command_line_opens_no_socket_at_all", &[Tool::Strace], command_line)];

/// The calls of a trace that open a socket.
fn sockets(trace: &Path) -> Vec<String> {
    let trace = read_trace(trace).unwrap();
    trace.lines().filter(|line| line.contains("socket(") || line.contains("socketpair(")).map(str::to_owned).collect()
}

fn command_line() {
    let plan = Plan::new();
    let trace = plan.folder.path().join("trace");
    let other = plan.folder.path().join("other.ron");
    std::fs::copy(&plan.path, &other).unwrap();
    let (path, other) = (plan.path.to_str().unwrap(), other.to_str().unwrap());
    for call in [
        &["check", path][..],
        &["overview", path],
        &["balance", path, "--json"],
        &["forecast", path, "--replications", "64", "--json"],
        &["compare", path, other],
        &["calibrate", path, "--write"],
    ] {
        let runner = strace(&trace, &["trace=network"]);
        let mut command = std::process::Command::new(&runner[0]);
        command.args(&runner[1..]).arg(BINARY).args(call).env("XDG_STATE_HOME", &plan.local);
        let done = output_within(&mut command, Duration::from_secs(30));
        assert!(done.status.success(), "{call:?}: {done:?}");
        assert!(read_trace(&trace).unwrap().contains("exited with 0"), "{call:?} was traced");
        assert_eq!(sockets(&trace), [""; 0], "{call:?}");
    }
}

/// Nothing in a trace that leads off this machine: neither a socket of another kind, nor one that asks for names.
#[cfg(feature = "window")]
pub(crate) fn assert_stays_here(trace: &Path) {
    let opened = sockets(trace);
    assert!(opened.iter().any(|line| line.contains("AF_UNIX")), "the display's own is among them");
    for line in opened {
        assert!(line.contains("(AF_UNIX, "), "{line}");
    }
    let trace = read_trace(trace).unwrap();
    for line in trace.lines().filter(|line| line.contains("connect(")) {
        assert!(line.contains("sa_family=AF_UNIX"), "{line}");
        // The display, the message bus that screen readers use, and the name of the user whose home it is.
        let known = ["/tmp/.X11-unix/", "bus", "nscd"];
        assert!(known.iter().any(|known| line.contains(known)), "{line}");
    }
}
