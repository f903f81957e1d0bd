//! Names that lead somewhere else, to no file, or hardly fit; and users without a home: rows 12, 13, 22 and 23.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use ibcf_planner::file::{Over, Previous, previous_of, save_plan};

use super::stage::{
    ACCESS_LIST, BINARY, Fault, Plan, Tool, Version, assert_says, name_in_access_list, new, old, output_within, version,
};

const SOON: Duration = Duration::from_secs(10);

pub(crate) const FAULTS: [Fault; 11] = [
    ("row_12_a_link_is_written_through_and_stays_a_link", &[], through_a_link),
    ("permissions_those_named_in_an_access_list_may_open_the_saved_file", &[Tool::AccessLists], named_stay_named),
    ("permissions_those_whom_only_the_folder_names_may_not", &[Tool::AccessLists], nobody_else_is_named),
    ("row_12_a_dangling_link_gets_its_file", &[], dangling),
    ("row_12_links_in_a_circle_are_refused", &[], circle),
    ("row_13_folders_pipes_and_devices_are_refused_and_never_waited_for", &[], no_files),
    ("row_22_names_that_are_no_text_or_as_long_as_may_be_are_saved_with_their_backup", &[], odd_names),
    ("row_22_a_path_of_four_thousand_bytes_is_saved_and_a_longer_one_refused_in_words", &[], long_paths),
    ("row_23_without_a_home_saving_goes_on", &[], no_home),
    ("row_23_a_local_folder_that_can_only_be_read_is_said_and_saving_goes_on", &[Tool::Mount], read_only_local_folder),
    ("row_23_nor_does_a_user_without_any_rights_need_one", &[Tool::AnotherUser], nobody_has_no_home),
];

fn through_a_link() {
    let plan = Plan::new();
    let link = plan.folder.path().join("link.ron");
    let further = plan.folder.path().join("further.ron");
    symlink("share/plan.ron", &link).unwrap();
    symlink(&link, &further).unwrap();
    fs::set_permissions(&plan.path, fs::Permissions::from_mode(0o640)).unwrap();
    let mut save = Command::new(BINARY);
    save.arg("calibrate").arg(&further).arg("--write").env("XDG_STATE_HOME", &plan.local);
    let done = output_within(&mut save, SOON);
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
    assert!([&link, &further].iter().all(|link| fs::symlink_metadata(link).unwrap().is_symlink()));
    assert_eq!((plan.version(), plan.beside()), (Version::New, vec![]));
    assert_eq!(fs::metadata(&plan.path).unwrap().permissions().mode() & 0o777, 0o640);
}

fn access_list(path: &Path) -> Option<Vec<u8>> {
    let mut list = vec![0; 1024];
    let length = rustix::fs::getxattr(path, ACCESS_LIST, list.as_mut_slice()).ok()?;
    list.truncate(length);
    Some(list)
}

fn named_stay_named() {
    let plan = Plan::new();
    name_in_access_list(&plan.path, 4711).unwrap();
    let before = access_list(&plan.path);
    assert!(before.is_some());
    let done = output_within(&mut plan.save(), SOON);
    assert!(done.status.success(), "{done:?}");
    assert_eq!((plan.version(), access_list(&plan.path)), (Version::New, before));
}

fn nobody_else_is_named() {
    let plan = Plan::new();
    // A folder's default list is given to every file that is made in it.
    let model = plan.folder.path().join("model");
    fs::write(&model, "").unwrap();
    name_in_access_list(&model, 4711).unwrap();
    let list = access_list(&model).unwrap();
    let by_default = "system.posix_acl_default";
    rustix::fs::setxattr(plan.share(), by_default, &list, rustix::fs::XattrFlags::empty()).unwrap();
    let mode = || fs::metadata(&plan.path).unwrap().permissions().mode();
    let before = mode();
    let done = output_within(&mut plan.save(), SOON);
    assert!(done.status.success(), "{done:?}");
    assert_eq!((plan.version(), access_list(&plan.path), mode()), (Version::New, None, before));
}

fn dangling() {
    let plan = Plan::new();
    let link = plan.folder.path().join("link.ron");
    symlink("share/to-be.ron", &link).unwrap();
    assert_eq!(save_plan(&link, new(), Over::Nothing, Some(&plan.local)), Ok(Previous::None));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(version(&plan.share().join("to-be.ron")), Version::New);
}

fn circle() {
    let plan = Plan::new();
    let [one, other] = ["one.ron", "other.ron"].map(|name| plan.folder.path().join(name));
    symlink(&one, &other).unwrap();
    symlink(&other, &one).unwrap();
    let error = save_plan(&one, new(), Over::Anything, Some(&plan.local)).unwrap_err().to_string();
    assert!(error.contains("links lead round in a circle") && error.contains("one.ron"), "{error}");
    let done = output_within(Command::new(BINARY).arg("check").arg(&one), SOON);
    assert_says(&done, "can't be read", &one);
}

fn no_files() {
    let plan = Plan::new();
    let pipe = plan.folder.path().join("pipe.ron");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [&*pipe, Path::new("/dev/zero"), plan.share()] {
        for call in ["check", "calibrate"] {
            let mut command = Command::new(BINARY);
            command.arg(call).arg(path);
            if call == "calibrate" {
                command.arg("--write");
            }
            let done = output_within(&mut command, SOON);
            assert_eq!(done.status.code(), Some(3), "{done:?}");
            assert_says(&done, "choose a scenario file", path);
        }
        // The save as such; that it comes back at all is what is tested.
        let error = save_plan(path, new(), Over::Anything, Some(&plan.local)).unwrap_err().to_string();
        assert!(error.contains("choose another name"), "{error}");
    }
    // One that becomes a pipe while the plan is open.
    fs::remove_file(&plan.path).unwrap();
    assert!(Command::new("mkfifo").arg(&plan.path).status().unwrap().success());
    let error = save_plan(&plan.path, new(), Over::Known(old().as_bytes()), None).unwrap_err().to_string();
    assert!(error.contains("this is a pipe"), "{error}");
}

fn odd_names() {
    let longest = "x".repeat(251) + ".ron";
    let names: [&OsStr; 6] = [
        OsStr::from_bytes(b"bad\xff.ron"),
        OsStr::new(&longest),
        OsStr::new("two\nlines \u{202e}.ron"),
        OsStr::new(" "),
        OsStr::new("-n"),
        OsStr::new("’é👩‍⚕️.ron"),
    ];
    for name in names {
        let plan = Plan::named(name);
        let done = output_within(&mut plan.save(), SOON);
        assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
        assert_eq!((plan.version(), plan.beside()), (Version::New, vec![]), "{}", name.display());
        let shelf = plan.local.join("ibcf-planner").join("previous");
        assert_eq!(version(&previous_of(&shelf, &plan.path)), Version::Old, "{}", name.display());
    }
}

fn long_paths() {
    let plan = Plan::new();
    // Made a part at a time, as a path to make is bounded too.
    let path_of = |length: usize| -> PathBuf {
        let mut folder = plan.folder.path().to_owned();
        while length - folder.as_os_str().len() > 220 {
            folder.push("x".repeat(199));
        }
        let rest = length - folder.as_os_str().len() - "/".len() - ".ron".len();
        fs::create_dir_all(&folder).unwrap();
        folder.join("x".repeat(rest) + ".ron")
    };
    let long = path_of(4000);
    assert_eq!(long.as_os_str().len(), 4000);
    fs::write(&long, old()).unwrap();
    assert_eq!(save_plan(&long, new(), Over::Known(old().as_bytes()), Some(&plan.local)), Ok(Previous::Kept));
    assert_eq!(version(&long), Version::New);
    assert_eq!(version(&previous_of(&plan.local, &long)), Version::Old);
    let too_long = long.join("y".repeat(200));
    let error = save_plan(&too_long, new(), Over::Anything, Some(&plan.local)).unwrap_err().to_string();
    assert!(error.contains("the name is too long"), "{error}");
}

fn no_home() {
    let plan = Plan::new();
    let mut save = plan.save();
    let done = output_within(save.env_clear().env("HOME", "/nonexistent"), SOON);
    assert_eq!((done.status.code(), plan.version()), (Some(0), Version::New), "{done:?}");
    // Root may make even such a folder; whoever may not is told.
    let _ = fs::remove_dir_all("/nonexistent");
}

fn read_only_local_folder() {
    let plan = Plan::new();
    fs::create_dir(&plan.local).unwrap();
    let mount = format!("mount --bind '{0}' '{0}' && mount -o remount,bind,ro '{0}'", plan.local.display());
    let done = output_within(&mut plan.mounted(&mount), SOON);
    assert_eq!((done.status.code(), plan.version()), (Some(0), Version::New), "{done:?}");
    assert_says(&done, "the previous version was not kept: read-only", Path::new(""));
}

fn nobody_has_no_home() {
    let plan = Plan::new();
    for path in [plan.share(), &plan.path] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    }
    // In this order, as only setpriv itself still reaches a program in a folder that is closed to others.
    let mut save = plan.within(&["env", "-i", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]);
    let done = output_within(&mut save, SOON);
    assert_eq!((done.status.code(), plan.version()), (Some(0), Version::New), "{done:?}");
    assert_says(&done, "saved, but the previous version was not kept", Path::new(""));
}
