//! An export that can't be written: whatever was there stays as it was, nothing else is left, and one line says why.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::stage::{BINARY, Fault, Plan, Tool, assert_says, output_within, run_by, strace};

const SOON: Duration = Duration::from_secs(20);

pub(crate) const FAULTS: [Fault; 7] = [
    ("an_export_without_space_at_any_write_leaves_nothing_behind", &[Tool::Strace], no_space_at_any_write),
    ("an_export_onto_a_full_disk_leaves_nothing_behind", &[Tool::Mount], full_disk),
    ("an_export_whose_files_may_not_take_their_places_leaves_nothing_behind", &[Tool::Strace], renames_refused),
    ("an_export_to_a_share_mounted_read_only_says_so", &[Tool::Mount], mounted_read_only),
    ("an_export_where_one_may_not_write_says_so", &[Tool::AnotherUser], another_user),
    ("an_export_that_is_called_off_while_it_writes_leaves_nothing_behind", &[Tool::Strace], called_off),
    ("an_export_over_a_folder_or_under_a_file_is_refused_in_words", &[], no_place_for_a_file),
];

/// The call that exports the balance, as three files into a folder or as the one that `out` names; after `runner`.
fn export<S: AsRef<std::ffi::OsStr>>(runner: &[S], plan: &Plan, out: &Path) -> Command {
    let mut command = run_by(runner, BINARY);
    command.arg("export").arg(&plan.path).arg("--to").arg(out).args(["--what", "balance"]);
    command
}

/// A folder beside the plan's, with one file of the same name as an export's.
fn place(plan: &Plan) -> PathBuf {
    let out = plan.folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("balance.svg"), "mine").unwrap();
    out
}

fn assert_as_it_was(out: &Path) {
    assert_eq!(fs::read_to_string(out.join("balance.svg")).unwrap(), "mine");
    assert_eq!(fs::read_dir(out).unwrap().count(), 1);
}

fn no_space_at_any_write() {
    let plan = Plan::new();
    let out = place(&plan);
    for when in 1..=3 {
        let injection = format!("inject=write:error=ENOSPC:when={when}");
        let mut command = export(&strace(Path::new("/dev/null"), &[&injection]), &plan, &out);
        let done = output_within(&mut command, SOON);
        assert_eq!(done.status.code(), Some(3), "{when}: {done:?}");
        assert_says(&done, "the disk is full", &out);
        assert_as_it_was(&out);
    }
    // A folder that was made for it goes again.
    let new = plan.folder.path().join("new/and/newer");
    let injection = "inject=write:error=ENOSPC:when=2";
    let done = output_within(&mut export(&strace(Path::new("/dev/null"), &[injection]), &plan, &new.join("")), SOON);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    assert!(!plan.folder.path().join("new").exists());
}

fn full_disk() {
    let plan = Plan::new();
    let out = plan.folder.path().join("out");
    fs::create_dir(&out).unwrap();
    // Room for the picture that can be enlarged and for the table, not for the one of pixels.
    let script = "mount -t tmpfs -o size=32k none \"$OUT\" || exit 99; echo mine >\"$OUT/balance.svg\"; \
                  \"$0\" \"$@\"; code=$?; cat \"$OUT/balance.svg\" >\"$SEEN/kept\"; ls -A \"$OUT\" >\"$SEEN/list\"; exit $code";
    let mut command = export(&["unshare", "-m", "sh", "-c", script], &plan, &out);
    let done = output_within(command.env("OUT", &out).env("SEEN", plan.folder.path()), SOON);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    assert_says(&done, "the disk is full", &out);
    assert_eq!(fs::read_to_string(plan.folder.path().join("kept")).unwrap(), "mine\n");
    assert_eq!(fs::read_to_string(plan.folder.path().join("list")).unwrap(), "balance.svg\n");
}

/// Ctrl+C, and what a system sends to end a program, while the files lie beside their places under other names.
fn called_off() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let plan = Plan::new();
        let out = place(&plan);
        let slow = strace(Path::new("/dev/null"), &["inject=fsync:delay_enter=200000"]);
        let mut command = export(&slow, &plan, &out);
        let tracer = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let begun = Instant::now();
        while fs::read_dir(&out).unwrap().count() == 1 {
            assert!(begun.elapsed() < SOON, "it never began to write");
            std::thread::sleep(Duration::from_millis(2));
        }
        let id = tracer.id();
        let exporter = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        assert!(Command::new("kill").arg(signal).args(exporter.split_whitespace()).status().unwrap().success());
        let done = tracer.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(3), "{signal}: {done:?}");
        assert!(String::from_utf8_lossy(&done.stderr).contains("called off; nothing was written"), "{done:?}");
        assert_as_it_was(&out);
    }
}

/// The first file takes its place, the others may not: a new one goes again.
fn renames_refused() {
    let plan = Plan::new();
    let out = plan.folder.path().join("new");
    let injection = "inject=?rename,?renameat,renameat2,linkat:error=EXDEV:when=2+";
    let mut command = export(&strace(Path::new("/dev/null"), &[injection]), &plan, &out.join(""));
    let done = output_within(&mut command, SOON);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    assert_says(&done, "does not let a new file take the old one's place", &out);
    assert!(!out.exists());
}

fn mounted_read_only() {
    let plan = Plan::new();
    let out = place(&plan);
    let script = "mount --bind \"$OUT\" \"$OUT\" && mount -o remount,bind,ro \"$OUT\" || exit 99; \"$0\" \"$@\"";
    let done = output_within(export(&["unshare", "-m", "sh", "-c", script], &plan, &out).env("OUT", &out), SOON);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    assert_says(&done, "can only be read", &out);
    assert_as_it_was(&out);
}

fn another_user() {
    let plan = Plan::new();
    let out = place(&plan);
    fs::set_permissions(&plan.path, fs::Permissions::from_mode(0o644)).unwrap();
    let runner = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    for (to, words) in [
        (out.join("balance.png"), "no permission to write in it"),
        (out.join("balance.svg"), "no permission to write to this file"),
        (out.join("new/"), "the folder can't be made"),
    ] {
        let done = output_within(&mut export(&runner, &plan, &to), SOON);
        assert_eq!(done.status.code(), Some(3), "{done:?}");
        assert_says(&done, words, &to);
        assert_as_it_was(&out);
    }
}

fn no_place_for_a_file() {
    let plan = Plan::new();
    let out = place(&plan);
    let folder = out.join("folder.png");
    fs::create_dir(&folder).unwrap();
    for (to, words) in
        [(folder.clone(), "this is a folder"), (out.join("balance.svg/a.png"), "is a file, not a folder")]
    {
        let done = output_within(&mut export::<&str>(&[], &plan, &to), SOON);
        assert_eq!(done.status.code(), Some(3), "{done:?}");
        assert_says(&done, words, &to);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }
    let done = output_within(&mut export::<&str>(&[], &plan, &out.join("balance.pdx")), SOON);
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert_says(&done, "the name must end with one of .svg, .png, .csv", &out.join("balance.pdx"));
    fs::remove_dir(&folder).unwrap();
    assert_as_it_was(&out);
}
