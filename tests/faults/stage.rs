//! A plan in a folder of its own, the real binary that saves it, and the tools that cause faults.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{fs, io};

use ibcf_planner::file;
use tempfile::TempDir;

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_ibcf-planner");
const JULY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/oxfordshire-2017-07.ron");

/// A fault: the test's name, what it needs, and the test.
pub(crate) type Fault = (&'static str, &'static [Tool], fn());

/// What a fault is caused with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Strace,
    /// Mounts in a name space of their own, which end with the process.
    Mount,
    /// Files that nobody may change.
    Immutable,
    /// Another user, who may not do everything.
    AnotherUser,
    SizeLimit,
    /// A display that can be ended.
    Display,
    /// A hand that presses keys and buttons there.
    Hand,
    /// A clock that can be put wrong.
    Clock,
    /// A file that this user may not write: for root, one that nobody may change.
    ReadOnly,
    /// A disk that keeps lists of those who may open a file.
    AccessLists,
}

/// Which of them work here. Each is tried, as being installed is not enough in a container.
pub(crate) struct Tools(Vec<(Tool, &'static str)>);

impl Tools {
    pub(crate) fn found() -> Self {
        let works = |line: &str| {
            let mut command = Command::new("sh");
            let command = command.args(["-c", line]).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        let immutable = "f=$(mktemp) && chattr +i $f && ! touch $f 2>/dev/null; r=$?; chattr -i $f; rm -f $f; exit $r";
        let tried = [
            (Tool::Strace, "strace", "strace -f --seccomp-bpf -o /dev/null -e trace=fsync true"),
            (Tool::Mount, "right to mount", "unshare -m mount -t tmpfs none /mnt"),
            (Tool::Immutable, "chattr +i", immutable),
            (
                Tool::AnotherUser,
                "setpriv, or no right to use it",
                "setpriv --reuid=65534 --regid=65534 --clear-groups true",
            ),
            (Tool::SizeLimit, "prlimit", "prlimit --fsize=1024 true"),
            (Tool::Display, "Xvfb", "command -v Xvfb"),
            (Tool::Hand, "xdotool", "command -v xdotool"),
            (Tool::Clock, "faketime", "faketime 1999-01-01 date +%Y | grep -q 199"),
        ];
        let mut lacking: Vec<_> =
            tried.into_iter().filter(|(_, _, line)| !works(line)).map(|(tool, words, _)| (tool, words)).collect();
        if lacking.iter().any(|(tool, _)| *tool == Tool::Immutable) && writes_anything() {
            lacking.push((Tool::ReadOnly, "file that this user may not write"));
        }
        if !keeps_access_lists() {
            lacking.push((Tool::AccessLists, "disk with access lists"));
        }
        Self(lacking)
    }

    pub(crate) fn lacking(&self, needs: &[Tool]) -> Option<&'static str> {
        self.0.iter().find(|(tool, _)| needs.contains(tool)).map(|(_, words)| *words)
    }
}

/// Whether this user may write a file that is marked to be read only, as root may.
fn writes_anything() -> bool {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o444)).unwrap();
    fs::File::options().write(true).open(file.path()).is_ok()
}

/// Marks a file so that this user may not write it, or takes the mark off again.
#[cfg(feature = "window")]
pub(crate) fn mark_read_only(path: &Path, on: bool) {
    if writes_anything() {
        let done = Command::new("chattr").arg(if on { "+i" } else { "-i" }).arg(path).status().unwrap();
        assert!(done.success());
    } else {
        fs::set_permissions(path, fs::Permissions::from_mode(if on { 0o444 } else { 0o644 })).unwrap();
    }
}

fn keeps_access_lists() -> bool {
    let file = tempfile::NamedTempFile::new().unwrap();
    name_in_access_list(file.path(), 4711).is_ok()
}

/// The name under which Linux keeps the list of those who may open a file.
pub(crate) const ACCESS_LIST: &str = "system.posix_acl_access";

/// Lets one more user read a file: acl(5)'s list as the system stores it, its version and then a tag, the permissions
/// and whose they are, for each line.
pub(crate) fn name_in_access_list(path: &Path, user: u32) -> io::Result<()> {
    let (nobody, read, write) = (u32::MAX, 4_u16, 6_u16);
    let lines =
        [(0x01, write, nobody), (0x02, read, user), (0x04, read, nobody), (0x10, read, nobody), (0x20, 0, nobody)];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, permissions, whose) in lines {
        list.extend(u16::to_le_bytes(tag));
        list.extend(u16::to_le_bytes(permissions));
        list.extend(u32::to_le_bytes(whose));
    }
    rustix::fs::setxattr(path, ACCESS_LIST, &list, rustix::fs::XattrFlags::empty()).map_err(io::Error::from)
}

/// A plan whose calibration changes it, so that `calibrate --write` saves another text than the one on disk.
pub(crate) fn old() -> &'static str {
    static OLD: OnceLock<String> = OnceLock::new();
    OLD.get_or_init(|| {
        let mut scenario = file::read(Path::new(JULY)).unwrap().scenario;
        // With no more months than a calibration needs, there are no forecasts to try, which would take time.
        let months = scenario.history.months.len();
        scenario.history.months.drain(..months - 12);
        file::write(&scenario)
    })
}

/// What `calibrate --write` makes of it.
pub(crate) fn new() -> &'static str {
    static NEW: OnceLock<String> = OnceLock::new();
    NEW.get_or_init(|| {
        let plan = Plan::new();
        let done = plan.save().output().unwrap();
        assert!(done.status.success(), "{done:?}");
        let new = fs::read_to_string(&plan.path).unwrap();
        assert_ne!(new, old());
        new
    })
}

/// One of the two versions of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    Old,
    New,
}

/// The old version in a folder of its own, and a user's local folder beside it.
pub(crate) struct Plan {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) local: PathBuf,
}

impl Plan {
    pub(crate) fn new() -> Self {
        Self::named("plan.ron")
    }

    pub(crate) fn named(name: impl AsRef<OsStr>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let share = folder.path().join("share");
        fs::create_dir(&share).unwrap();
        let path = share.join(name.as_ref());
        fs::write(&path, old()).unwrap();
        Self { local: folder.path().join("local"), path, folder }
    }

    /// The call that saves: the real binary, writing what it found into the plan's file.
    pub(crate) fn save(&self) -> Command {
        self.within::<&str>(&[])
    }

    /// The same call, run by another program.
    pub(crate) fn within<S: AsRef<OsStr>>(&self, runner: &[S]) -> Command {
        let mut command = run_by(runner, BINARY);
        command.arg("calibrate").arg(&self.path).arg("--write").env("XDG_STATE_HOME", &self.local);
        command
    }

    /// The same call with system calls tampered with.
    pub(crate) fn tampered(&self, injections: &[&str]) -> Command {
        self.within(&strace(Path::new("/dev/null"), injections))
    }

    /// The same call in a name space of its own, with `mount` run by a shell first. `$SHARE` is the plan's folder,
    /// `$PLAN` its file, and `$SEEN` a folder outside in which the shell leaves what it saw.
    pub(crate) fn mounted(&self, mount: &str) -> Command {
        let script = format!(
            "{mount} || exit 99; \"$0\" \"$@\"; code=$?; cp \"$PLAN\" \"$SEEN/plan\"; ls -A \"$SHARE\" >\"$SEEN/list\"; exit $code"
        );
        let mut command = self.within(&["unshare", "-m", "sh", "-c", &script]);
        command.env("SHARE", self.share()).env("PLAN", &self.path).env("SEEN", self.folder.path());
        command
    }

    pub(crate) fn share(&self) -> &Path {
        self.path.parent().unwrap()
    }

    /// Which version lies whole on disk.
    pub(crate) fn version(&self) -> Version {
        version(&self.path)
    }

    /// The names beside the plan's.
    pub(crate) fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.share()).unwrap().map(|entry| entry.unwrap().file_name());
        names
            .filter(|name| Some(name.as_os_str()) != self.path.file_name())
            .map(|name| name.display().to_string())
            .collect()
    }

    /// A save that fails in words, with the old version whole and nothing left beside it.
    pub(crate) fn assert_refused(&self, mut command: Command, words: &str) {
        let done = output_within(&mut command, Duration::from_secs(20));
        assert_eq!(done.status.code(), Some(3), "{words}: {done:?}");
        assert_says(&done, words, &self.path);
        assert_eq!(self.version(), Version::Old);
        assert_eq!(self.beside(), [""; 0]);
    }
}

/// A program run by another one, if there is one.
pub(crate) fn run_by<S: AsRef<OsStr>>(runner: &[S], program: impl AsRef<OsStr>) -> Command {
    match runner {
        [] => Command::new(program),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
    }
}

pub(crate) fn version(path: &Path) -> Version {
    let text = fs::read_to_string(path).unwrap();
    if text == old() {
        Version::Old
    } else if text == new() {
        Version::New
    } else {
        panic!("{} bytes on disk, neither the old version nor the new one", text.len())
    }
}

/// One line that says what happened and names the file.
pub(crate) fn assert_says(done: &Output, words: &str, path: &Path) {
    let errors = String::from_utf8_lossy(&done.stderr);
    let names_it = path.to_str().is_none_or(|name| errors.contains(name));
    assert!(errors.lines().count() == 1 && errors.contains(words) && names_it, "“{words}” in {done:?}");
    assert!(!errors.contains("panicked"), "{errors}");
}

/// A process must end by itself; one that hangs is killed, and fails the test.
pub(crate) fn output_within(command: &mut Command, most: Duration) -> Output {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let began = Instant::now();
    // What is printed here is far less than a pipe holds.
    while child.try_wait().unwrap().is_none() {
        if began.elapsed() > most {
            child.kill().unwrap();
            panic!("still running after {most:?}: {command:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child.wait_with_output().unwrap()
}

pub(crate) fn was_killed(done: &Output) -> bool {
    // strace ends as its tracee did; a shell adds 128.
    done.status.signal() == Some(9) || done.status.code() == Some(137)
}

/// strace with its trace in a file, tampering as told. Traced are the calls tampered with and those asked for by
/// `trace=`; the others run at their usual speed.
pub(crate) fn strace(trace: &Path, told: &[&str]) -> Vec<String> {
    let mut line: Vec<String> = ["strace", "-f", "-o"].map(str::to_owned).into();
    line.push(trace.to_str().unwrap().to_owned());
    if !told.iter().any(|told| told.contains("signal=")) {
        line.push("--seccomp-bpf".to_owned()); // faster, but loses signals
    }
    let traced: Vec<&str> = told
        .iter()
        .filter_map(|told| told.strip_prefix("trace=").or_else(|| told.strip_prefix("inject=")?.split(':').next()))
        .collect();
    line.extend(["-e".to_owned(), format!("trace={}", traced.join(","))]);
    for injection in told.iter().filter(|told| told.starts_with("inject=")) {
        line.extend(["-e".to_owned(), (*injection).to_owned()]);
    }
    line
}

/// Waits for something to be so.
pub(crate) fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(30), "never came: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

pub(crate) fn read_trace(trace: &Path) -> io::Result<String> {
    fs::read(trace).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}
