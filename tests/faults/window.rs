//! The window while the share is slow, when its journal has no room, and when it is ended from outside: rows 1, 10 and 24 of
//! the table; and what it opens beyond this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use ibcf_planner::app::{Planner, Settings};
use ibcf_planner::file;
use ibcf_planner::file::journal::{FileNow, find};

use super::recovery::journals;
use super::role;
use super::stage::{BINARY, Fault, Plan, Tool, Version, mark_read_only, output_within, strace, wait_for};

pub(crate) const FAULTS: [Fault; 6] = [
    ("row_01_a_journal_without_room_is_said_and_the_plan_can_be_saved", &[Tool::Mount], no_room_for_the_journal),
    ("row_09_a_file_that_may_only_be_read_is_marked_at_opening", &[Tool::ReadOnly], marked_read_only),
    ("row_10_while_a_slow_share_saves_the_window_keeps_drawing", &[Tool::Strace], slow_share),
    ("row_24_a_window_ended_from_outside_leaves_the_file_whole", &[Tool::Display], ended_from_outside),
    (
        "row_24_a_window_ended_from_outside_leaves_its_unsaved_edits_to_be_recovered",
        &[Tool::Display, Tool::Hand],
        ended_with_unsaved_edits,
    ),
    (
        "no_network_a_window_that_edits_saves_and_presents_opens_only_sockets_of_this_machine",
        &[Tool::Strace, Tool::Display, Tool::Hand],
        stays_here,
    ),
];

fn marked_read_only() {
    let plan = Plan::new();
    let says = |window: &mut Window| window.query_by_label_contains("read-only").is_some();
    mark_read_only(&plan.path, true);
    let mut guarded = window(&plan.path, None);
    let seen = (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        guarded.step();
        says(&mut guarded)
    });
    mark_read_only(&plan.path, false);
    assert!(seen, "a plan that can't be saved is marked");
}

fn slow_share() {
    let plan = Plan::new();
    let runner = strace(Path::new("/dev/null"), &["inject=fsync:delay_enter=3000000"]);
    let done = output_within(&mut role::call(&runner, "save in a window", &plan.path), Duration::from_secs(40));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(file::read(&plan.path).unwrap().scenario.title, "A title typed before a slow save");
}

type Window = Harness<'static, Planner>;

/// A window on the plan, with the inspector on the plan's own names.
fn window(path: &Path, journals: Option<PathBuf>) -> Window {
    let path = path.to_owned();
    let builder = Harness::builder().with_size(vec2(1280.0, 720.0)).with_max_steps(24);
    let mut window = builder.build_eframe(move |creation| {
        let planner = Planner::new(&creation.egui_ctx, Some(&path), Settings::default()).unwrap();
        match journals {
            Some(journals) => planner.with_recovery(&creation.egui_ctx, Some(journals)),
            None => planner,
        }
    });
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::I);
    window.run();
    window
}

/// Types another title in the place of the one that stands.
fn type_title(window: &mut Window, title: &str) {
    let from = window.state().scenario().title.clone();
    let boxes = window.get_all_by_role(Role::TextInput);
    let of_title = boxes.into_iter().find(|node| node.accesskit_node().value() == Some(from.clone())).unwrap();
    of_title.focus();
    window.step();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.step();
    let boxes = window.get_all_by_role(Role::TextInput);
    boxes.into_iter().find(egui_kittest::Node::is_focused).unwrap().type_text(title);
    window.step();
    window.key_press(Key::Enter);
    window.step();
}

fn says(window: &Window, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    window.query_all_by(|node| has(node.label()) || has(node.value())).next().is_some()
}

/// Draws until something is said, and tells how many frames that took and how long the longest.
fn draw_until(window: &mut Window, words: &str) -> (usize, Duration) {
    let began = Instant::now();
    let (mut frames, mut longest) = (0, Duration::ZERO);
    while !says(window, words) {
        let frame = Instant::now();
        window.step();
        longest = longest.max(frame.elapsed());
        frames += 1;
        assert!(began.elapsed() < Duration::from_secs(30), "never said: {words}");
        std::thread::sleep(Duration::from_millis(5));
    }
    (frames, longest)
}

/// Edits and saves in a window whose disk is slow, and goes on editing while the save is under way.
pub(crate) fn save_in_a_window(path: &Path) {
    let mut window = window(path, None);
    type_title(&mut window, "A title typed before a slow save");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.step();
    let began = Instant::now();
    type_title(&mut window, "Typed while it was saved");
    assert_eq!(window.state().scenario().title, "Typed while it was saved");
    let (frames, longest) = draw_until(&mut window, "Saved ");
    assert!(began.elapsed() > Duration::from_secs(3), "the disk was not slow");
    assert!(frames > 60 && longest < Duration::from_secs(1), "{frames} frames, the longest took {longest:?}");
    assert!(says(&window, "unsaved"), "what was typed meanwhile is still to be saved");
}

fn no_room_for_the_journal() {
    let plan = Plan::new();
    fs::create_dir(&plan.local).unwrap();
    let script = "mount -t tmpfs -o size=16k none \"$XDG_STATE_HOME\" || exit 99; exec \"$0\" \"$@\"";
    let mut command =
        role::call(&["unshare", "-m", "sh", "-c", script], "edit without room for the journal", &plan.path);
    let done = output_within(command.env("XDG_STATE_HOME", &plan.local), Duration::from_secs(40));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(file::read(&plan.path).unwrap().scenario.title, "Typed with no room for the journal");
}

/// Says that nothing is recorded, and saves all the same.
pub(crate) fn edit_without_room(path: &Path) {
    let mut window = window(path, file::journal::folder());
    type_title(&mut window, "Typed with no room for the journal");
    draw_until(&mut window, "Changes are not kept for recovery: no space left on device. Save often.");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.step();
    draw_until(&mut window, "Saved ");
    assert!(!says(&window, "unsaved"));
}

/// A virtual display, ended with the test.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn new() -> Self {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp"]);
        let mut server = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut number = String::new();
        let mut says = std::io::BufReader::new(server.stdout.take().unwrap());
        std::io::BufRead::read_line(&mut says, &mut number).unwrap();
        Self { server, name: format!(":{}", number.trim()) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The real binary's window on the plan, once it has opened it. Whoever runs the tests under nohup has them ignore HUP,
/// and so all that they start.
fn real_window(plan: &Plan, display: &Display, runner: &[String]) -> Child {
    let mut window = Command::new("env");
    window.arg("--default-signal=HUP").args(runner).arg(BINARY).arg(&plan.path);
    window.env("DISPLAY", &display.name).env_remove("WAYLAND_DISPLAY");
    window.env("XDG_STATE_HOME", &plan.local).env("XDG_CONFIG_HOME", &plan.local);
    let window = window.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // It has opened the plan once it remembers it.
    let settings = plan.local.join("ibcf-planner").join("settings.ron");
    wait_for("the window", || fs::read_to_string(&settings).is_ok_and(|text| text.contains("plan.ron")));
    std::thread::sleep(Duration::from_millis(500));
    window
}

/// A hand at the display: moves, clicks and keys as `xdotool` has them.
fn hand(display: &Display, told: &str) {
    let mut hand = Command::new("xdotool");
    let hand = hand.args(told.split(' ')).env("DISPLAY", &display.name);
    assert!(hand.output().unwrap().status.success(), "{told}");
}

/// Clicks down the allocations, where each scheme has a chip for its second year, until a change is recorded.
fn edit_by_hand(plan: &Plan, display: &Display) {
    hand(display, "search --sync --onlyvisible --name iBCF windowfocus");
    let is_recorded = || fs::read_dir(journals(plan)).is_ok_and(|mut entries| entries.next().is_some());
    for height in (230..690).step_by(10).cycle().take(500) {
        hand(display, &format!("mousemove 67 {height} click 1"));
        // A second click on the same chip would take the first back: so the first gets its time.
        let clicked = Instant::now();
        while clicked.elapsed() < Duration::from_secs(1) {
            if is_recorded() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    panic!("no click changed the plan");
}

/// Ends the display, or has the window told to end; waits until it has.
fn end(how: &str, mut window: Child, display: Display) {
    let mut display = Some(display);
    if how == "display" {
        display = None;
    } else {
        let id = window.id().to_string();
        assert!(Command::new("kill").args(["-s", how, &id]).status().unwrap().success());
    }
    let began = Instant::now();
    while window.try_wait().unwrap().is_none() {
        if began.elapsed() > Duration::from_secs(15) {
            window.kill().unwrap();
            panic!("{how} does not end it");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(display);
}

/// Does it with each way of ending a window, all at once. A program that loses its graphics device ends by SIGABRT.
fn with_each_end(what: impl Fn(&str) + Sync) {
    std::thread::scope(|scope| {
        for end in ["TERM", "HUP", "ABRT", "display"] {
            let what = &what;
            scope.spawn(move || what(end));
        }
    });
}

fn ended_from_outside() {
    with_each_end(|how| {
        let (plan, display) = (Plan::new(), Display::new());
        let window = real_window(&plan, &display, &[]);
        end(how, window, display);
        assert_eq!((plan.version(), plan.beside()), (Version::Old, vec![]), "{how}");
    });
}

fn ended_with_unsaved_edits() {
    with_each_end(|how| {
        let (plan, display) = (Plan::new(), Display::new());
        let window = real_window(&plan, &display, &[]);
        edit_by_hand(&plan, &display);
        std::thread::sleep(Duration::from_secs(1));
        end(how, window, display);
        assert_eq!((plan.version(), plan.beside()), (Version::Old, vec![]), "{how}");
        let left = find(&journals(&plan), SystemTime::now()).plans;
        let [found] = &left[..] else { panic!("{how}: {left:?}") };
        assert!(found.recovered.changes > 0 && found.is_of(&plan.path), "{how}");
        assert!(matches!(found.file_now, FileNow::AsSaved), "{how}");
    });
}

fn stays_here() {
    let (plan, display) = (Plan::new(), Display::new());
    let trace = plan.folder.path().join("trace");
    let window = real_window(&plan, &display, &strace(&trace, &["trace=network"]));
    edit_by_hand(&plan, &display);
    hand(&display, "key ctrl+s");
    wait_for("the save", || fs::read_to_string(&plan.path).is_ok_and(|text| text != super::stage::old()));
    hand(&display, "key F5");
    std::thread::sleep(Duration::from_secs(1));
    hand(&display, "key Right");
    std::thread::sleep(Duration::from_millis(500));
    end("display", window, display);
    super::network::assert_stays_here(&trace);
}
