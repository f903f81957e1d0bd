//! For everyone: the window by keyboard and through its accessibility tree, as a screen reader has it.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]
#![expect(clippy::redundant_closure_for_method_calls, reason = "a method is not general enough in its lifetime")]

mod common;

use std::path::Path;

use common::{BEDS, JULY, LAPTOP, PROJECTOR, click, menu, press, shows, wait_until_refined, window, window_with};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::epaint::Shape;
use eframe::egui::{Color32, Context, Key, Modifiers, Pos2, Rect, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use ibcf_planner::app::{Planner, Settings};
use ibcf_planner::bundled::NOVEMBER_2017;
use ibcf_planner::chart::context::Part;

type Window = Harness<'static, Planner>;

const NOVEMBER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/oxfordshire-2017-11.ron");
const FIND: &str = "Find a command, scheme, pathway or view";
const NONE: Modifiers = Modifiers::NONE;

fn find(window: &mut Window, words: &str) {
    press(window, Modifiers::COMMAND, Key::K);
    window.get_by_role_and_label(Role::SearchInput, FIND).type_text(words);
    window.run_ok();
}

/// What the finder has listed, the best first, and whether it is what Enter takes.
fn listed(window: &Window) -> Vec<(String, bool)> {
    let rows = window.query_all_by_role(Role::ListBoxOption).map(|row| row.accesskit_node());
    rows.map(|row| (row.label().unwrap(), row.toggled() == Some(Toggled::True))).collect()
}

fn is_finding(window: &Window) -> bool {
    window.query_by_role_and_label(Role::SearchInput, FIND).is_some()
}

#[test]
fn a_scheme_a_view_and_a_command_are_found_by_words_of_their_names_and_gone_to_by_enter() {
    let mut window = window(None, LAPTOP);
    find(&mut window, "beds");
    press(&mut window, NONE, Key::Enter);
    assert!(!is_finding(&window), "it is put away");
    assert!(shows(&window, "Health and Wellbeing Board, 13 July 2017, paragraph 46"), "the scheme is shown");

    find(&mut window, "delayed table");
    press(&mut window, NONE, Key::Enter);
    let has_table = |window: &Window| {
        let title = &window.state().charts()[2].title;
        window.query_all_by_label(title).count() + window.query_all_by_value(title).count() > 1
    };
    assert!(has_table(&window), "its table");
    press(&mut window, NONE, Key::Escape);

    // Whatever lies there: the papers' context goes for the chart, and comes when it is asked for.
    find(&mut window, "delivery");
    press(&mut window, NONE, Key::Enter);
    let is_delivery = |window: &Window| shows(window, "Due: New interim beds available, Care Home");
    assert!(is_delivery(&window), "the sheet of Delivery");
    find(&mut window, "delayed table");
    press(&mut window, NONE, Key::Enter);
    assert!(has_table(&window), "its table");
    press(&mut window, NONE, Key::Escape);
    assert!(!is_delivery(&window), "and the charts behind it");

    find(&mut window, "size");
    press(&mut window, NONE, Key::ArrowDown);
    let chosen: Vec<bool> = listed(&window).iter().map(|(_, chosen)| *chosen).collect();
    assert_eq!(chosen[..2], [false, true], "arrows go down the list");
    press(&mut window, NONE, Key::Escape);
    assert!(!is_finding(&window), "Esc leaves");
}

#[test]
fn what_can_not_be_done_now_says_why_and_enter_leaves_it_alone() {
    let mut window = window(None, LAPTOP);
    let before = window.state().scenario().clone();
    find(&mut window, "undo");
    assert!(shows(&window, "Undo, not now: nothing to undo"));
    press(&mut window, NONE, Key::Enter);
    assert!(is_finding(&window), "it waits for something better");
    assert_eq!(*window.state().scenario(), before);
}

#[test]
fn leaving_what_lay_before_the_window_gives_the_keyboard_back_to_what_had_it() {
    let mut window = window(None, LAPTOP);
    let slider = "Intermediate care and ED teams 2017/18";
    window.get_by_role_and_label(Role::Slider, slider).focus();
    window.run_ok();
    for (modifiers, key) in [(Modifiers::COMMAND, Key::K), (NONE, Key::F1)] {
        press(&mut window, modifiers, key);
        press(&mut window, NONE, Key::Escape);
        assert!(window.get_by_role_and_label(Role::Slider, slider).is_focused(), "{key:?}");
    }
    let before = window.state().scenario().clone();
    press(&mut window, NONE, Key::ArrowLeft);
    assert_ne!(*window.state().scenario(), before, "and arrows move it again");
}

#[test]
fn the_first_start_says_what_can_be_done_and_offers_what_there_is_to_open() {
    let first = || window_with(None, LAPTOP, Settings::of_a_first_start(), |planner, _| planner);
    let mut window = first();
    for what in ["Move money.", "Bind money.", "Ask why.", "Present.", "Find."] {
        assert!(shows(&window, what), "{what}");
    }
    // Enter goes on with the plan that lies open behind the page.
    press(&mut window, NONE, Key::Enter);
    assert!(!shows(&window, "What can be done"));
    assert_eq!(window.state().scenario().title, "Oxfordshire iBCF, July 2017 proposals");
    menu(&mut window, "Help", "Start page");
    let name = NOVEMBER_2017.label.trim_start_matches("Open ");
    click(&mut window, &format!("{name}, from its papers"));
    assert!(!shows(&window, "What can be done"));
    assert_eq!(window.state().scenario().title, NOVEMBER_2017.open().unwrap().scenario.title);

    let mut window = first();
    click(&mut window, "New plan, nothing in it yet");
    assert_eq!(window.state().scenario().title, "A new plan");
    let mut window = first();
    press(&mut window, NONE, Key::Escape);
    assert!(!shows(&window, "What can be done"), "Esc leaves it");

    let with_file = window_with(Some(Path::new(JULY)), LAPTOP, Settings::of_a_first_start(), |planner, _| planner);
    assert!(!shows(&with_file, "What can be done"), "whoever names a file wants that file");
    assert!(!shows(&common::window(None, LAPTOP), "What can be done"), "later starts go straight on");
}

#[test]
fn a_first_start_that_presents_goes_straight_to_the_plan_and_its_keys_work() {
    let presenting = |mut planner: Planner, ctx: &Context| {
        planner.present(ctx);
        planner
    };
    let mut window = window_with(None, LAPTOP, Settings::of_a_first_start(), presenting);
    let before = window.state().scenario().clone();
    press(&mut window, NONE, Key::Num3);
    press(&mut window, NONE, Key::Enter);
    window.get_by_role_and_label(Role::Slider, &format!("{BEDS} 2017/18")).set_value_accesskit(650_000.0);
    window.run_ok();
    assert_ne!(*window.state().scenario(), before);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.state().scenario(), before, "Ctrl and Z take the room's change back");
    press(&mut window, NONE, Key::Escape);
    assert!(!shows(&window, "What can be done"), "the plan was seen already");
}

#[test]
fn words_are_explained_where_they_stand_and_in_a_window_of_their_own() {
    let mut window = window(Some(Path::new(JULY)), vec2(1920.0, 4_000.0));
    press(&mut window, NONE, Key::F1);
    window.get_by_role_and_label(Role::SearchInput, "Find a word").type_text("d2a");
    window.run_ok();
    assert!(shows(&window, "Taking people home who may not overtly have reablement potential"));
    assert!(shows(&window, "13 July 2017, paragraph 17") && !shows(&window, "Reablement is"));
    press(&mut window, NONE, Key::Escape);
    assert!(!shows(&window, "Taking people home"));

    // A heading of the inspector, by keyboard.
    let heading = "Targets: people delayed, at most";
    window.get_by_role_and_label(Role::Link, heading).focus();
    window.run_ok();
    press(&mut window, NONE, Key::Enter);
    assert!(shows(&window, "and still in a bed"), "the words are open at it");
    press(&mut window, NONE, Key::Escape);

    // F1 begins with the word of the control that has the keyboard.
    window.get_by_role_and_label(Role::Link, "Care home placement").focus();
    window.run_ok();
    press(&mut window, NONE, Key::Enter);
    let name = "Care home placement, Mean days before leaving another way";
    window.get_by_role_and_label(Role::TextInput, name).focus();
    window.run_ok();
    let told =
        window.get_by_role_and_label(Role::TextInput, name).accesskit_node().data().description().map(str::to_owned);
    assert!(told.is_some_and(|told| told.contains("until a waiting person leaves some other way")));
    press(&mut window, NONE, Key::F1);
    assert!(shows(&window, "patience"));
}

/// The names of what has the keyboard, and where it stands, Tab by Tab, until this comes, or else the first again.
fn walk(window: &mut Window, modifiers: Modifiers, until: Option<&str>) -> Vec<(String, Rect)> {
    let mut stops: Vec<(String, Rect)> = Vec::new();
    for _ in 0..400 {
        press(window, modifiers, Key::Tab);
        let Some(node) = window.query_all_by(|node| node.is_focused()).next() else { continue };
        let role = format!("{:?}", node.accesskit_node().role());
        let named = node.accesskit_node().label().or_else(|| node.accesskit_node().value()).unwrap_or_default();
        let stop = (format!("{role} {named}"), node.rect());
        let last = until.or_else(|| stops.first().map(|first| first.0.as_str()));
        if last == Some(stop.0.as_str()) {
            return stops;
        }
        stops.push(stop);
    }
    panic!("Tab never comes round: {:?}", stops.iter().map(|(name, _)| name).collect::<Vec<_>>());
}

#[test]
fn tab_goes_through_the_bar_the_headline_the_allocations_the_charts_and_the_inspector_and_comes_round() {
    let mut window = window(None, PROJECTOR);
    wait_until_refined(&mut window);
    let stops = walk(&mut window, NONE, None);
    let place = |rect: &Rect| match rect.center() {
        at if at.y < 38.0 => 0,
        at if at.y < 125.0 => 1,
        at if at.x < 480.0 => 2,
        at if at.x < 1530.0 => 3,
        _ => 4,
    };
    let places: Vec<usize> = stops.iter().map(|(_, rect)| place(rect)).collect();
    assert!(places.is_sorted(), "{:?}", stops.iter().zip(&places).map(|(stop, at)| (at, &stop.0)).collect::<Vec<_>>());
    for part in 0..5 {
        assert!(places.contains(&part), "nothing in part {part} is reached");
    }
    // The inspector shows what the keyboard was on last, so that it holds something else on the way back.
    let back = walk(&mut window, Modifiers::SHIFT, Some(&stops[0].0));
    let places: Vec<usize> = back.iter().map(|(_, rect)| place(rect)).collect();
    assert!(
        places.is_sorted_by(|a, b| a >= b),
        "and the same way back: {:?}",
        back.iter().zip(&places).collect::<Vec<_>>()
    );
    let is_in_sight = |(_, rect): &&(String, Rect)| Rect::from_min_size(Pos2::ZERO, PROJECTOR).intersects(*rect);
    let hidden: Vec<_> = stops.iter().chain(&back).filter(|stop| !is_in_sight(stop)).collect();
    assert!(hidden.is_empty(), "what the keyboard comes to is in sight: {hidden:?}");
    // What a pointer can do, the keyboard can reach: no enabled control is left out, but for those scrolled out of sight.
    let all = window.query_all_by(|node| matches!(node.role(), Role::Slider | Role::Figure));
    for control in all.filter(|control| !control.accesskit_node().is_disabled()) {
        let name = format!("{:?} {}", control.accesskit_node().role(), control.accesskit_node().label().unwrap());
        assert!(stops.iter().any(|(stop, _)| *stop == name), "{name} is never reached");
    }
}

/// Relative luminance (WCAG 2.2).
fn luminance(shade: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(shade.r()) + 0.7152 * linear(shade.g()) + 0.0722 * linear(shade.b())
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn what_has_the_keyboard_wears_a_ring_of_three_to_one_in_light_and_dark_and_a_pointer_takes_it_away() {
    for theme in [Theme::Light, Theme::Dark] {
        let mut window = window(None, PROJECTOR);
        wait_until_refined(&mut window);
        if theme == Theme::Dark {
            press(&mut window, Modifiers::COMMAND, Key::D);
        }
        let visuals = window.ctx.global_style().visuals.clone();
        let ring_around = |window: &Window, rect: Rect| {
            let shapes = window.output().shapes.iter();
            let ring = shapes.filter_map(|clipped| match &clipped.shape {
                Shape::Rect(ring) if ring.stroke.width >= 2.0 && ring.fill == Color32::TRANSPARENT => {
                    Some(ring.clone())
                }
                _ => None,
            });
            let around = |ring: &Rect| ring.contains_rect(rect) && rect.expand(6.0).contains_rect(*ring);
            ring.rev().find(|ring| around(&ring.rect)).map(|ring| ring.stroke.color)
        };
        for _ in 0..60 {
            press(&mut window, NONE, Key::Tab);
            let Some(node) = window.query_all_by(|node| node.is_focused()).next() else { continue };
            let (name, rect) = (node.accesskit_node().label(), node.rect());
            let ring =
                ring_around(&window, rect).unwrap_or_else(|| panic!("{theme:?}: no ring around {name:?} at {rect:?}"));
            for ground in [visuals.panel_fill, visuals.window_fill] {
                assert!(contrast(ring, ground) >= 3.0, "{theme:?}: {ring:?} on {ground:?}");
            }
        }
        let rect = window.query_all_by(|node| node.is_focused()).next().unwrap().rect();
        window.drag_at(eframe::egui::pos2(960.0, 1_076.0));
        window.step();
        assert_eq!(ring_around(&window, rect), None, "whoever points knows where they are");
    }
}

/// What is told without being asked.
fn told(window: &Window) -> String {
    window.query_by_role(Role::Status).and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn a_change_of_the_headline_is_told_once_when_it_has_settled_and_never_while_a_drag_goes_on() {
    let mut window = window(Some(Path::new(JULY)), PROJECTOR);
    wait_until_refined(&mut window);
    assert_eq!(told(&window), "", "what is there from the start is read, not told");
    let rect = window.get_by_role_and_label(Role::Slider, &format!("{BEDS} 2017/18")).rect();
    window.drag_at(rect.center());
    window.step();
    for step in 1_u8..=8 {
        window.hover_at(rect.center() - vec2(f32::from(step) * 4.0, 0.0));
        window.step();
        std::thread::sleep(std::time::Duration::from_millis(20));
        assert_eq!(told(&window), "", "while the hand is on it");
    }
    window.drop_at(rect.center() - vec2(32.0, 0.0));
    window.step();
    let mut tellings = vec![String::new()];
    while !window.state().is_refined() || tellings.len() < 2 {
        window.step();
        std::thread::sleep(std::time::Duration::from_millis(5));
        if tellings.last() != Some(&told(&window)) {
            tellings.push(told(&window));
        }
        assert!(tellings.len() < 3, "one drag is told once: {tellings:?}");
    }
    window.run_ok();
    assert_eq!(*tellings.last().unwrap(), told(&window));
    let left = window.state().headline()[0].in_words();
    assert!(told(&window).contains(&left), "{} does not say {left}", told(&window));
    assert!(!told(&window).contains("£676,000"), "what it was is not told again");

    press(&mut window, NONE, Key::F5);
    wait_until_refined(&mut window);
    press(&mut window, NONE, Key::PageDown);
    wait_until_refined(&mut window);
    let title = window.state_mut().page().unwrap().title;
    assert_eq!(told(&window), title, "a new page tells its finding");
}

#[test]
fn a_pointer_that_rests_on_a_page_reads_nothing_out_after_two_seconds_nor_on_the_next_page() {
    let mut window = window(None, LAPTOP);
    press(&mut window, NONE, Key::F5);
    wait_until_refined(&mut window);
    press(&mut window, NONE, Key::Num3);
    press(&mut window, NONE, Key::Enter);
    let chart = |window: &Window| window.query_all_by_role(Role::Figure).next().unwrap().rect();
    let reads = |window: &Window| window.output().shapes.iter().any(|shape| says(&shape.shape, "Do nothing"));
    let at = chart(&window).center();
    for step in 0_u8..4 {
        window.hover_at(at + vec2(f32::from(step), 0.0));
        window.step();
    }
    window.run_steps(3); // a step is a quarter of a second
    assert!(reads(&window), "it reads while it is wanted");
    window.run_steps(7);
    assert!(!reads(&window), "it rests");
    window.hover_at(at + vec2(12.0, 0.0));
    window.run_steps(3);
    assert!(reads(&window), "it is moved again");
    window.key_press(Key::PageUp);
    window.key_press(Key::PageDown);
    window.run_steps(2);
    assert!(!reads(&window), "another page came");
}

fn says(shape: &Shape, words: &str) -> bool {
    match shape {
        Shape::Text(text) => text.galley.text().contains(words),
        Shape::Vec(shapes) => shapes.iter().any(|shape| says(shape, words)),
        _ => false,
    }
}

#[test]
fn while_presenting_the_table_of_a_chart_is_a_key_away_and_the_finder_stays_out_of_the_way() {
    let mut window = window(None, LAPTOP);
    press(&mut window, NONE, Key::F5);
    wait_until_refined(&mut window);
    press(&mut window, NONE, Key::T);
    let cell = window.state().charts()[0].table.rows[0].last().unwrap().clone();
    assert!(shows(&window, &cell), "{cell}");
    press(&mut window, NONE, Key::Escape);
    press(&mut window, Modifiers::COMMAND, Key::K);
    assert!(!is_finding(&window) && shows(&window, "Esc leaves the presentation"));
}

#[test]
fn what_the_papers_report_is_found_by_the_fields_own_words_for_it() {
    let mut window = window(Some(Path::new(NOVEMBER)), LAPTOP);
    for (words, part) in
        [("high impact changes", Part::Changes), ("pooled budget", Part::Pools), ("risk register", Part::Risks)]
    {
        find(&mut window, words);
        // Beside the word itself, where it is one of the glossary's.
        let best: Vec<String> = listed(&window).into_iter().map(|(label, _)| label).take(2).collect();
        assert!(best.iter().any(|label| label.starts_with(part.in_words())), "{words}: {best:?}");
        press(&mut window, NONE, Key::Escape);
    }
}
