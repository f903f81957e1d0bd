//! The window while the share is slow, and when it is ended from outside: rows 10 and 24 of the table.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use ibcf_planner::app::{Planner, Settings};
use ibcf_planner::file;

use super::role;
use super::stage::{BINARY, Fault, Plan, Tool, Version, output_within, strace, wait_for};

pub(crate) const FAULTS: [Fault; 2] = [
    ("row_10_while_a_slow_share_saves_the_window_keeps_drawing", &[Tool::Strace], slow_share),
    ("row_24_a_window_ended_from_outside_leaves_the_file_whole", &[Tool::Display], ended_from_outside),
];

fn slow_share() {
    let plan = Plan::new();
    let runner = strace(Path::new("/dev/null"), &["inject=fsync:delay_enter=3000000"]);
    let done = output_within(&mut role::call(&runner, "save in a window", &plan.path), Duration::from_secs(40));
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(file::read(&plan.path).unwrap().scenario.title, "A title typed before a slow save");
}

/// Edits and saves in a window whose disk is slow, and goes on editing while the save is under way.
pub(crate) fn save_in_a_window(path: &Path) {
    let path = path.to_owned();
    let builder = Harness::builder().with_size(vec2(1280.0, 720.0)).with_max_steps(24);
    let mut harness = builder
        .build_eframe(move |creation| Planner::new(&creation.egui_ctx, Some(&path), Settings::default()).unwrap());
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::I);
    harness.run();
    let title = harness.state().scenario().title.clone();
    let type_title = |harness: &mut Harness<'_, Planner>, from: &str, to: &str| {
        let boxes = harness.get_all_by_role(Role::TextInput);
        let of_title = boxes.into_iter().find(|node| node.accesskit_node().value().as_deref() == Some(from)).unwrap();
        of_title.focus();
        harness.step();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.step();
        harness
            .get_all_by_role(Role::TextInput)
            .into_iter()
            .find(egui_kittest::Node::is_focused)
            .unwrap()
            .type_text(to);
        harness.step();
        harness.key_press(Key::Enter);
        harness.step();
    };
    type_title(&mut harness, &title, "A title typed before a slow save");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.step();
    let began = Instant::now();
    let says = |harness: &Harness<'_, Planner>, words: &str| {
        let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
        harness.query_all_by(|node| has(node.label()) || has(node.value())).next().is_some()
    };
    type_title(&mut harness, "A title typed before a slow save", "Typed while it was saved");
    assert_eq!(harness.state().scenario().title, "Typed while it was saved");
    let (mut frames, mut longest) = (0, Duration::ZERO);
    while !says(&harness, "Saved ") {
        let frame = Instant::now();
        harness.step();
        longest = longest.max(frame.elapsed());
        frames += 1;
        assert!(began.elapsed() < Duration::from_secs(30), "never saved");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(began.elapsed() > Duration::from_secs(3), "the disk was not slow");
    assert!(frames > 60 && longest < Duration::from_secs(1), "{frames} frames, the longest took {longest:?}");
    assert!(says(&harness, "unsaved"), "what was typed meanwhile is still to be saved");
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

fn ended_from_outside() {
    std::thread::scope(|scope| {
        for end in ["TERM", "HUP", "display"] {
            scope.spawn(move || {
                let plan = Plan::new();
                let display = Display::new();
                // Whoever runs the tests under nohup has them ignore HUP, and so all that they start.
                let mut window = Command::new("env");
                window
                    .args(["--default-signal=HUP", BINARY])
                    .arg(&plan.path)
                    .env("DISPLAY", &display.name)
                    .env_remove("WAYLAND_DISPLAY");
                window.env("XDG_STATE_HOME", &plan.local).env("XDG_CONFIG_HOME", &plan.local);
                let mut window = window.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                // It has opened the plan once it remembers it.
                let settings = plan.local.join("ibcf-planner").join("settings.ron");
                wait_for("the window", || fs::read_to_string(&settings).is_ok_and(|text| text.contains("plan.ron")));
                std::thread::sleep(Duration::from_millis(500));
                if end == "display" {
                    drop(display);
                } else {
                    let id = window.id().to_string();
                    assert!(Command::new("kill").args(["-s", end, &id]).status().unwrap().success());
                }
                let began = Instant::now();
                while window.try_wait().unwrap().is_none() {
                    if began.elapsed() > Duration::from_secs(15) {
                        window.kill().unwrap();
                        panic!("{end} does not end it");
                    }
                    std::thread::sleep(Duration::from_millis(10));
                }
                assert_eq!((plan.version(), plan.beside()), (Version::Old, vec![]), "{end}");
            });
        }
    });
}
