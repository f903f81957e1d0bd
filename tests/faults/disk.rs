//! The disk or share refuses: rows 1 to 4 and 7 to 9 of the table.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::process::Command;
use std::time::{Duration, Instant};

use super::role;
use super::stage::{Fault, Plan, Tool, Version, assert_says, output_within, read_trace, strace, version};

/// Not every machine has all of them.
const RENAMES: &str = "?rename,?renameat,renameat2";
const SOON: Duration = Duration::from_secs(20);

pub(crate) const FAULTS: [Fault; 16] = [
    ("row_01_no_space_at_any_write_keeps_the_old_version", &[Tool::Strace], no_space_at_any_write),
    ("row_01_a_full_disk_keeps_the_old_version", &[Tool::Mount], a_full_disk),
    ("row_02_no_room_for_another_file_keeps_the_old_version", &[Tool::Mount], no_inodes),
    ("row_03_a_file_that_can_not_be_flushed_keeps_the_old_version", &[Tool::Strace], file_not_flushed),
    ("row_03_a_folder_that_can_not_be_flushed_says_so_of_the_new_version", &[Tool::Strace], folder_not_flushed),
    ("row_03_what_could_not_be_flushed_is_never_flushed_again", &[Tool::Strace], never_flushed_again),
    ("row_04_a_limit_on_file_sizes_is_said_and_ends_nothing", &[Tool::SizeLimit], size_limit),
    ("row_04_a_disk_that_takes_less_than_it_says_is_noticed", &[Tool::Strace], fewer_bytes_than_said),
    ("row_07_a_rename_refused_three_times_is_tried_again", &[Tool::Strace], refused_three_times),
    ("row_07_a_rename_refused_for_good_is_said_after_some_seconds", &[Tool::Strace], refused_for_good),
    ("row_08_no_refused_rename_leads_to_truncation", &[Tool::Strace], never_truncates),
    ("row_09_a_share_mounted_read_only_says_so", &[Tool::Mount], mounted_read_only),
    ("row_09_an_immutable_file_or_folder_says_so", &[Tool::Immutable], immutable),
    ("row_09_another_user_is_refused_in_words", &[Tool::AnotherUser], another_user),
    ("row_09_a_colleague_keeps_the_groups_access", &[Tool::AnotherUser], a_colleague),
    ("the_previous_version_that_can_not_be_kept_is_said_and_the_save_goes_on", &[], previous_not_kept),
];

fn no_space_at_any_write() {
    let plan = Plan::new();
    for (when, says) in [("1", true), ("1+", false)] {
        let injection = format!("inject=write:error=ENOSPC:when={when}");
        if says {
            plan.assert_refused(plan.tampered(&[&injection]), "the disk is full");
        } else {
            // Then the message can't be written either; the exit code still tells.
            let done = output_within(&mut plan.tampered(&[&injection]), SOON);
            assert_eq!((done.status.code(), plan.version()), (Some(3), Version::Old), "{done:?}");
            assert_eq!(plan.beside(), [""; 0]);
        }
    }
}

/// Runs a save on a file system of its own, made by `options`, in which the old version is put first.
fn on_a_small_disk(options: &str, words: &str) {
    let plan = Plan::new();
    let kept = plan.folder.path().join("kept");
    fs::copy(&plan.path, &kept).unwrap();
    let mount = format!("mount -t tmpfs -o {options} none \"$SHARE\" && cp '{}' \"$PLAN\"", kept.display());
    let done = output_within(&mut plan.mounted(&mount), SOON);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    assert_says(&done, words, &plan.path);
    assert_eq!(version(&plan.folder.path().join("plan")), Version::Old);
    assert_eq!(fs::read_to_string(plan.folder.path().join("list")).unwrap(), "plan.ron\n");
}

fn a_full_disk() {
    let room = super::stage::old().len() / 1024 + 16;
    on_a_small_disk(&format!("size={room}k"), "the disk is full");
}

fn no_inodes() {
    on_a_small_disk("nr_inodes=2", "the disk is full");
}

fn file_not_flushed() {
    let plan = Plan::new();
    plan.assert_refused(plan.tampered(&["inject=fsync:error=EIO:when=1"]), "the disk or share failed");
}

fn folder_not_flushed() {
    let plan = Plan::new();
    let done = output_within(&mut plan.tampered(&["inject=fsync:error=EIO:when=2"]), SOON);
    assert_eq!((done.status.code(), plan.version()), (Some(3), Version::New), "{done:?}");
    assert_says(&done, "the disk did not confirm it", &plan.path);
    assert_eq!(plan.beside(), [""; 0]);
}

fn never_flushed_again() {
    let plan = Plan::new();
    let trace = plan.folder.path().join("trace");
    let runner = strace(&trace, &["trace=openat,fsync,close", "inject=fsync:error=EIO:when=1"]);
    let done = output_within(&mut role::call(&runner, "save twice", &plan.path), SOON);
    let told = String::from_utf8(done.stdout).unwrap();
    assert!(told.starts_with("not saved: the disk or share failed") && told.ends_with("saved\n"), "{told}");
    let trace = read_trace(&trace).unwrap();
    let made: Vec<&str> =
        trace.lines().filter(|line| line.contains("O_EXCL")).filter_map(|line| line.split('"').nth(1)).collect();
    assert!(made.len() == 2 && made[0] != made[1], "each save writes a file of its own: {made:?}");
    // Between two flushes of one descriptor it was closed and opened anew.
    let mut flushed = Vec::new();
    for line in trace.lines() {
        let call = line.split_once(' ').unwrap().1.trim_start();
        let descriptor = |call: &str| call.split(['(', ')', ' ']).nth(1).unwrap_or_default().to_owned();
        if call.starts_with("fsync(") {
            assert!(!flushed.contains(&descriptor(call)), "{trace}");
            flushed.push(descriptor(call));
        } else if call.starts_with("close(") {
            flushed.retain(|open| *open != descriptor(call));
        }
    }
}

fn size_limit() {
    let plan = Plan::new();
    plan.assert_refused(plan.within(&["prlimit", "--fsize=1024"]), "the system allows no file so large");
}

fn fewer_bytes_than_said() {
    let plan = Plan::new();
    // The call is not made, and says that one byte was written.
    plan.assert_refused(plan.tampered(&["inject=write:retval=1:when=1"]), "it took only part of the text");
}

fn refused_three_times() {
    let plan = Plan::new();
    let began = Instant::now();
    // The first one puts the version before aside.
    let done = output_within(&mut plan.tampered(&[&format!("inject={RENAMES}:error=EACCES:when=2..4")]), SOON);
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    assert_eq!((plan.version(), plan.beside()), (Version::New, vec![]));
    assert!(began.elapsed() > Duration::from_millis(300), "it waits between tries");
}

fn refused_for_good() {
    let plan = Plan::new();
    let began = Instant::now();
    let refused = plan.tampered(&[&format!("inject={RENAMES}:error=EACCES:when=1+")]);
    plan.assert_refused(refused, "another program holds it");
    assert!((2..8).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

fn never_truncates() {
    std::thread::scope(|scope| {
        for error in ["EXDEV", "EBUSY", "EEXIST", "EIO", "EPERM"] {
            scope.spawn(move || {
                let plan = Plan::new();
                let trace = plan.folder.path().join("trace");
                let injection = format!("inject={RENAMES}:error={error}:when=1+");
                let runner = strace(&trace, &["trace=openat,open,creat,truncate,ftruncate,write", &injection]);
                plan.assert_refused(plan.within(&runner), "save somewhere else");
                let name = plan.path.display().to_string();
                let trace = read_trace(&trace).unwrap();
                assert!(trace.contains(&name), "the trace shows the save: {trace}");
                let touched = trace.lines().find(|line| {
                    line.contains(&name) && (line.contains("TRUNC") || line.contains("creat("))
                        || line.contains("truncate")
                });
                assert_eq!(touched, None, "{error}");
            });
        }
    });
}

fn mounted_read_only() {
    let plan = Plan::new();
    let mount = "mount --bind \"$SHARE\" \"$SHARE\" && mount -o remount,bind,ro \"$SHARE\"";
    plan.assert_refused(plan.mounted(mount), "the disk or share can only be read");
}

fn immutable() {
    let plan = Plan::new();
    let guard = |sign: &str, path| assert!(Command::new("chattr").arg(sign).arg(path).status().unwrap().success());
    for (guarded, words) in
        [(&*plan.path, "no permission to write to this file"), (plan.share(), "the folder takes no new file")]
    {
        guard("+i", guarded);
        let refused =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| plan.assert_refused(plan.save(), words)));
        guard("-i", guarded);
        refused.unwrap();
    }
}

/// A user without rights of their own.
const NOBODY: [&str; 4] = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

fn another_user() {
    let plan = Plan::new();
    for (mode, words) in [(0o644, "no permission to write to this file"), (0o666, "the folder takes no new file")] {
        fs::set_permissions(&plan.path, fs::Permissions::from_mode(mode)).unwrap();
        plan.assert_refused(plan.within(&NOBODY), words);
    }
}

fn a_colleague() {
    use std::os::unix::fs::MetadataExt as _;
    let plan = Plan::new();
    // A share of group 65534, which the file's owner and the colleague are both in.
    chown(plan.share(), None, Some(65534)).unwrap();
    chown(&plan.path, None, Some(65534)).unwrap();
    fs::set_permissions(plan.share(), fs::Permissions::from_mode(0o775)).unwrap();
    fs::set_permissions(&plan.path, fs::Permissions::from_mode(0o664)).unwrap();
    fs::create_dir(&plan.local).unwrap();
    chown(&plan.local, Some(65534), None).unwrap();
    let done = output_within(&mut plan.within(&NOBODY), SOON);
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    let after = fs::metadata(&plan.path).unwrap();
    assert_eq!((plan.version(), after.mode() & 0o777, after.gid()), (Version::New, 0o664, 65534));
}

fn previous_not_kept() {
    let plan = Plan::new();
    fs::write(&plan.local, "a file where the folder should be").unwrap();
    let done = output_within(&mut plan.save(), SOON);
    assert_eq!((done.status.code(), plan.version()), (Some(0), Version::New), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stderr).contains("the previous version was not kept"), "{done:?}");
}
