//! Presenting, driven through its accessibility tree as a person with a keyboard or a clicker would.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

mod common;

use std::cell::RefCell;

use common::{BEDS, LAPTOP, wait_until_refined, window};
use eframe::egui::accesskit::Role;
use eframe::egui::epaint::Shape;
use eframe::egui::{
    Context, Event, ImmediateViewport, Key, Modifiers, RawInput, Rect, Vec2, ViewportCommand, ViewportInfo, pos2, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};
use ibcf_planner::app::Planner;
use ibcf_planner::bundled;
use ibcf_planner::chart::Layer;
use ibcf_planner::file;
use ibcf_planner::present::{Page, Picture, Topic};

fn presenting(text: &str, size: Vec2) -> Harness<'static, Planner> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    std::fs::write(&path, text).unwrap();
    let mut harness = window(Some(&path), size);
    drop(folder);
    press(&mut harness, Key::F5);
    harness
}

fn press(harness: &mut Harness<'_, Planner>, key: Key) {
    common::press(harness, Modifiers::NONE, key);
}

fn page(harness: &mut Harness<'_, Planner>) -> Page {
    harness.state_mut().page().expect("it presents")
}

fn money(harness: &Harness<'_, Planner>, scheme: &str) -> String {
    let scheme = harness.state().scenario().scheme(&scheme.parse().unwrap()).expect("a scheme of July").1;
    scheme.allocation("2017/18".parse().unwrap()).exact()
}

/// The lines of the picture that show how it was opened.
fn ghosts(page: &Page) -> usize {
    let Picture::Chart(chart) = &page.picture else { return 0 };
    chart.layers.iter().filter(|layer| matches!(layer, Layer::Line { label, .. } if label == "as opened")).count()
}

#[test]
fn a_whole_presentation_by_keyboard_changes_flips_keeps_leaves_and_undoes() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    let first = page(&mut harness);
    assert_eq!(first.topic, Topic::Balance);
    harness.get_by_role_and_label(Role::Heading, &first.title);

    // Every page, one after the other, and back by Home; none is left out and none comes twice.
    let mut seen = vec![first.topic];
    loop {
        press(&mut harness, Key::ArrowRight);
        let shown = page(&mut harness);
        if seen.last() == Some(&shown.topic) {
            break;
        }
        assert!(!seen.contains(&shown.topic));
        harness.get_by_role_and_label(Role::Heading, &shown.title);
        seen.push(shown.topic);
    }
    let order = [Topic::Balance, Topic::Committed, Topic::Delays, Topic::Schemes, Topic::Assumed, Topic::Record];
    assert_eq!(seen[..6], order);
    assert_eq!(seen.len(), 12, "23 contradictions, four to a page");
    press(&mut harness, Key::Home);
    assert_eq!(page(&mut harness).topic, Topic::Balance);
    press(&mut harness, Key::Num3);
    press(&mut harness, Key::Enter);
    assert_eq!(page(&mut harness).topic, Topic::Delays);

    // The beds' slider is there, as beds' next pounds do most; the room wants fees beside it. Beds are moved: the sentence and the picture follow, the original stays behind.
    let before = page(&mut harness);
    assert_eq!(ghosts(&before), 0);
    press(&mut harness, Key::S);
    harness.get_by_role_and_label(Role::CheckBox, "Slider for Home care fees 2017/18").click();
    harness.run_ok();
    press(&mut harness, Key::Escape);
    harness.get_by_role_and_label(Role::Slider, "Home care fees 2017/18");
    harness.get_by_role_and_label(Role::Slider, &format!("{BEDS} 2017/18")).set_value_accesskit(650_000.0);
    harness.run_ok();
    let after = page(&mut harness);
    assert_eq!(money(&harness, "care-home-beds"), "£650,000");
    assert!(after.title.starts_with("£250,000 less on 40 care-home beds in 2017/18"), "{}", after.title);
    assert!(after.title.contains("more people waiting in"), "less money for beds is more people: {}", after.title);
    assert_eq!(ghosts(&after), 1);
    harness.get_by_role_and_label(Role::Heading, &after.title);
    harness.get_by_label("was £900,000");

    // Flipped, it is as it was opened; flipped again, as changed.
    wait_until_refined(&mut harness);
    let changed = page(&mut harness);
    press(&mut harness, Key::F);
    let flipped = page(&mut harness);
    assert_eq!(ghosts(&flipped), 0);
    assert!(flipped.title.starts_with("Delays fall from 181"), "{}", flipped.title);
    assert_eq!(money(&harness, "care-home-beds"), "£650,000", "to look at it changes nothing");
    press(&mut harness, Key::F);
    assert_eq!(page(&mut harness), changed);

    // Kept under a name, put back in one step, and gone to again.
    keep(&mut harness, "Fewer beds");
    let names: Vec<&str> = harness.state().scenario().bookmarks.iter().map(|kept| kept.name.as_str()).collect();
    assert_eq!(names, ["Fewer beds"]);
    press(&mut harness, Key::R);
    assert_eq!(money(&harness, "care-home-beds"), "£900,000");
    wait_until_refined(&mut harness);
    assert_eq!(page(&mut harness).title, flipped.title, "a kept state is no change to speak of");
    common::press(&mut harness, Modifiers::COMMAND, Key::Num1);
    assert_eq!(money(&harness, "care-home-beds"), "£650,000");

    // Blank and back, then out with everything kept; four steps undo four edits.
    press(&mut harness, Key::B);
    assert!(harness.query_by_role_and_label(Role::Heading, &after.title).is_none());
    press(&mut harness, Key::B);
    press(&mut harness, Key::Escape);
    assert!(harness.state_mut().page().is_none());
    assert_eq!(money(&harness, "care-home-beds"), "£650,000");
    for (undone, kept) in [("£900,000", 1), ("£650,000", 1), ("£650,000", 0), ("£900,000", 0)] {
        common::press(&mut harness, Modifiers::COMMAND, Key::Z);
        assert_eq!(money(&harness, "care-home-beds"), undone);
        assert_eq!(harness.state().scenario().bookmarks.len(), kept);
    }
}

#[test]
fn a_box_that_had_the_keyboard_leaves_no_key_dead_and_hands_over_what_was_typed_before_the_page_turns() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    harness.get_all_by_role(Role::TextInput).next().expect("an amount").focus();
    harness.run_ok();
    common::press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.get_all_by_role(Role::TextInput).next().expect("an amount").type_text("700k");
    harness.run_ok();
    let before = harness.state().scenario().clone();
    press(&mut harness, Key::PageDown);
    harness.run_ok();
    assert_eq!(page(&mut harness).topic, Topic::Committed);
    let typed = &harness.state().scenario().schemes;
    let moved = typed.iter().zip(&before.schemes).filter(|(now, then)| now.allocations != then.allocations);
    let year = "2017/18".parse().unwrap();
    let moved: Vec<_> = moved.map(|(now, _)| now.allocation(year).exact()).collect();
    assert_eq!(moved, ["£700,000"]);
    press(&mut harness, Key::PageUp);
    harness.get_all_by_role(Role::TextInput).next().expect("an amount").focus();
    harness.run_ok();
    press(&mut harness, Key::PageDown);
    harness.run_ok();
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    assert!(harness.state_mut().page().is_none(), "Esc leaves");
}

/// Keeps what the room sees under a name, typed over the one proposed.
fn keep(harness: &mut Harness<'_, Planner>, name: &str) {
    press(harness, Key::K);
    harness.get_by_role_and_label(Role::TextInput, "Name of the kept state").type_text(name);
    harness.run_ok();
    press(harness, Key::Enter);
}

#[test]
fn to_keep_a_state_of_an_untouched_plan_leaves_every_page_as_it_was() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    let titles = |harness: &mut Harness<'_, Planner>| {
        wait_until_refined(harness);
        press(harness, Key::Home);
        let walk = |_| {
            let title = page(harness).title;
            press(harness, Key::ArrowRight);
            title
        };
        (0..4).map(walk).collect::<Vec<_>>()
    };
    let before = titles(&mut harness);
    keep(&mut harness, "As proposed");
    assert_eq!(harness.state().scenario().bookmarks.len(), 1);
    assert_eq!(titles(&mut harness), before);
}

#[test]
fn what_the_room_sees_is_what_is_kept_though_the_plan_behind_it_was_changed() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    harness.get_all_by_role(Role::Slider).next().expect("a slider").focus();
    harness.run_ok();
    press(&mut harness, Key::ArrowLeft);
    let changed = harness.state().scenario().clone();
    let opened = bundled::JULY_2017.open().expect("sound").scenario;
    assert_ne!(changed.schemes, opened.schemes);
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::F);
    keep(&mut harness, "As opened");
    let kept = &harness.state().scenario().bookmarks[0];
    assert_eq!(*kept, ibcf_planner::scenario::bookmark::Bookmark::of(&opened, "As opened"));
    keep(&mut harness, "Seen");
    press(&mut harness, Key::F);
    keep(&mut harness, "As changed");
    let kept = &harness.state().scenario().bookmarks[2];
    assert_eq!(*kept, ibcf_planner::scenario::bookmark::Bookmark::of(&changed, "As changed"));
}

#[test]
fn a_clicker_moves_pages_and_never_money_even_while_a_slider_has_the_keyboard() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    let before = harness.state().scenario().clone();
    let slider = harness.get_all_by_role(Role::Slider).next().expect("the balance has a slider");
    slider.focus();
    harness.run_ok();
    press(&mut harness, Key::PageDown);
    assert_eq!(page(&mut harness).topic, Topic::Committed);
    assert_eq!(*harness.state().scenario(), before);
}

#[test]
fn one_drag_on_a_page_is_one_undo_and_the_page_follows_the_hand() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    let before = harness.state().scenario().clone();
    let title = page(&mut harness).title;
    let rect = harness.get_all_by_role(Role::Slider).next().expect("a slider").rect();
    harness.drag_at(rect.center());
    harness.step();
    for step in 1..5_u8 {
        harness.hover_at(rect.center() - vec2(20.0 * f32::from(step), 0.0));
        harness.step();
        assert_ne!(page(&mut harness).title, title, "the sentence follows in the same frame");
    }
    harness.drop_at(rect.center() - vec2(80.0, 0.0));
    harness.run_ok();
    assert_ne!(*harness.state().scenario(), before);
    common::press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(*harness.state().scenario(), before);
    assert_eq!(page(&mut harness).title, title);
}

/// The smallest text painted, with what it says.
fn smallest_text(harness: &Harness<'_, Planner>) -> (f32, String) {
    fn of(shape: &Shape, smallest: &mut (f32, String)) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| of(shape, smallest)),
            Shape::Text(text) if !text.galley.text().is_empty() => {
                for section in &text.galley.job.sections {
                    if section.format.font_id.size < smallest.0 {
                        *smallest = (section.format.font_id.size, text.galley.text().to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let mut smallest = (f32::INFINITY, String::new());
    harness.output().shapes.iter().for_each(|clipped| of(&clipped.shape, &mut smallest));
    smallest
}

#[test]
fn nothing_before_the_room_is_under_18_points() {
    for bundled in bundled::ALL {
        let mut harness = presenting(bundled.text, LAPTOP);
        for _ in 0..20 {
            for overlay in [None, Some(Key::S), Some(Key::K), Some(Key::L), Some(Key::H)] {
                if let Some(key) = overlay {
                    press(&mut harness, key);
                }
                let (size, text) = smallest_text(&harness);
                assert!(size >= 17.99, "{size} points: “{text}” on {:?}", page(&mut harness).topic);
                if overlay.is_some() {
                    press(&mut harness, Key::Escape);
                }
            }
            press(&mut harness, Key::PageDown);
        }
    }
}

#[test]
fn with_text_at_twice_its_size_every_part_of_every_page_can_still_be_reached() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    harness.ctx.set_zoom_factor(2.0);
    harness.run_ok();
    for _ in 0..12 {
        let shown = page(&mut harness);
        harness.get_by_role_and_label(Role::Heading, &shown.title);
        for figure in &shown.figures {
            assert!(harness.query_all_by_label_contains(&figure.words).next().is_some(), "{figure:?}");
        }
        assert!(smallest_text(&harness).0 >= 17.99);
        press(&mut harness, Key::ArrowRight);
    }
}

/// Which parts of the page before the room are seen whole: figures, sliders, the chart by its middle.
fn seen_whole(harness: &Harness<'_, Planner>, page: &Page) -> Vec<String> {
    let screen = harness.ctx.content_rect();
    let inside = |rect: Rect| screen.expand(1.0).contains_rect(rect);
    let mut seen = Vec::new();
    for figure in &page.figures {
        let shown = harness.query_all_by_label_contains(&figure.words).map(|node| node.rect());
        seen.extend(shown.filter(|rect| inside(*rect)).map(|_| figure.words.clone()));
    }
    let sliders = harness.query_all_by_role(Role::Slider).filter(|node| inside(node.rect()));
    seen.extend(sliders.map(|_| "a slider".to_owned()));
    let charts = harness.query_all_by_role(Role::Figure).map(|node| node.rect());
    seen.extend(
        charts
            .filter(|rect| inside(Rect::from_center_size(rect.center(), vec2(10.0, 10.0))))
            .map(|_| "the chart".to_owned()),
    );
    seen
}

/// What of a page a room must see.
fn parts(page: &Page, has_slider: bool) -> Vec<String> {
    let chart = matches!(page.picture, Picture::Chart(_)).then(|| "the chart".to_owned());
    let slider = has_slider.then(|| "a slider".to_owned());
    page.figures.iter().map(|figure| figure.words.clone()).chain(chart).chain(slider).collect()
}

#[test]
fn a_clicker_alone_shows_every_part_of_every_page_whatever_the_size_of_text() {
    for (size, zoom) in [(LAPTOP, 1.3), (LAPTOP, 2.0), (vec2(1024.0, 768.0), 1.0)] {
        let mut harness = presenting(bundled::JULY_2017.text, size);
        harness.ctx.set_zoom_factor(zoom);
        harness.run_ok();
        wait_until_refined(&mut harness);
        let mut pages = Vec::new();
        let mut presses = 0;
        for nth in 0..12 {
            let shown = page(&mut harness);
            let wanted = parts(&shown, harness.query_all_by_role(Role::Slider).next().is_some());
            let mut seen = seen_whole(&harness, &shown);
            while page(&mut harness).topic == shown.topic && presses < 90 && nth < 11 {
                seen.extend(seen_whole(&harness, &shown));
                press(&mut harness, Key::PageDown);
                presses += 1;
            }
            pages.push(shown.topic);
            let missed: Vec<&String> = wanted.iter().filter(|part| !seen.contains(part)).collect();
            assert!(missed.is_empty(), "{size:?} at {zoom}, {:?}: never seen whole: {missed:?}", shown.topic);
        }
        assert_eq!(pages.len(), 12);
        assert!(zoom < 2.0 || presses > 11, "at twice the size some page is longer than the window");
        // And back, to the head of the page before.
        press(&mut harness, Key::ArrowLeft);
        assert_eq!(page(&mut harness).topic, pages[10]);
    }
}

#[test]
fn what_scrolls_a_page_turns_it_at_its_end_and_goes_back_up_first() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    harness.ctx.set_zoom_factor(2.0);
    harness.run_ok();
    let top = |harness: &Harness<'_, Planner>| harness.get_by_role(Role::Heading).rect().top();
    let first = page(&mut harness).topic;
    let at_first = top(&harness);
    press(&mut harness, Key::ArrowDown);
    assert_eq!(page(&mut harness).topic, first);
    assert!(top(&harness) < at_first, "it went down");
    press(&mut harness, Key::ArrowUp);
    assert!((top(&harness) - at_first).abs() < 1.0, "and up again");
    press(&mut harness, Key::Space);
    press(&mut harness, Key::ArrowRight);
    assert_ne!(page(&mut harness).topic, first);
    assert!((top(&harness) - at_first).abs() < 30.0, "a page begins at its head");
}

#[test]
fn to_take_the_last_pound_takes_no_page_from_under_the_hand() {
    let mut harness = presenting(bundled::OXFORDSHIRE_2014.text, LAPTOP);
    let topics = ibcf_planner::present::topics(harness.state().scenario()).len();
    press(&mut harness, Key::ArrowRight);
    let shown = page(&mut harness).topic;
    harness.get_all_by_role(Role::Slider).next().expect("committed money has a slider").set_value_accesskit(0.0);
    harness.run_ok();
    let schemes = &harness.state().scenario().schemes;
    assert!(schemes.iter().all(|scheme| scheme.allocations.iter().all(|(_, of)| of.value.is_zero())));
    assert_eq!(page(&mut harness).topic, shown);
    press(&mut harness, Key::End);
    assert!(common::shows(&harness, &format!("{topics} / {topics}")));
}

#[test]
fn to_keep_a_state_lets_what_was_run_stand() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    wait_until_refined(&mut harness);
    press(&mut harness, Key::Num3);
    press(&mut harness, Key::Enter);
    let said = |page: Page| (page.title, page.figures, page.notes);
    let before = said(page(&mut harness));
    press(&mut harness, Key::K);
    harness.key_press(Key::Enter);
    for _ in 0..4 {
        harness.step();
        assert!(harness.state().is_refined());
        assert_eq!(said(page(&mut harness)), before);
    }
    assert_eq!(harness.state().scenario().bookmarks.len(), 1);
}

#[test]
fn a_name_that_is_taken_is_refused_where_it_is_typed_and_the_most_states_are_said() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    keep(&mut harness, "Beds first");
    keep(&mut harness, "Fees first");
    press(&mut harness, Key::L);
    common::click(&mut harness, "Rename Fees first");
    harness.get_by_role_and_label(Role::TextInput, "Name of the kept state").type_text("Beds first");
    harness.run_ok();
    press(&mut harness, Key::Enter);
    assert!(common::shows(&harness, "“Beds first” is kept already: write another name"));
    harness.get_by_role_and_label(Role::TextInput, "Name of the kept state").type_text("Fees last");
    harness.run_ok();
    press(&mut harness, Key::Enter);
    let names = |harness: &Harness<'_, Planner>| {
        harness.state().scenario().bookmarks.iter().map(|kept| kept.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&harness), ["Beds first", "Fees last"]);
    press(&mut harness, Key::Escape);
    for _ in 2..50 {
        press(&mut harness, Key::K);
        press(&mut harness, Key::Enter);
    }
    assert_eq!(names(&harness).len(), 50);
    keep(&mut harness, "One too many");
    assert!(common::shows(&harness, "50 states are kept, which is the most"));
    assert_eq!(names(&harness).len(), 50);
}

#[test]
fn two_kept_states_side_by_side_are_of_the_runs_that_their_pages_are_of() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    keep(&mut harness, "As proposed");
    press(&mut harness, Key::Num3);
    press(&mut harness, Key::Enter);
    harness.get_by_role_and_label(Role::Slider, &format!("{BEDS} 2017/18")).set_value_accesskit(650_000.0);
    harness.run_ok();
    wait_until_refined(&mut harness);
    let people = page(&mut harness).figures[0].value.clone();
    press(&mut harness, Key::L);
    harness.get_by_role_and_label(Role::CheckBox, "Compare As proposed").click();
    harness.run_ok();
    common::click(&mut harness, "Side by side");
    wait_until_refined(&mut harness);
    common::wait_for(&mut harness, "means of 10,000 runs of each");
    assert!(common::shows(
        &harness,
        "“The plan as it stands” against “As proposed”: £250,000 less on 40 care-home beds"
    ));
    assert!(harness.query_all_by_label_contains(&format!("{people} (")).next().is_some(), "{people}");
}

#[test]
fn kept_states_are_written_to_the_file_and_read_back() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    press(&mut harness, Key::K);
    press(&mut harness, Key::Enter);
    let kept = harness.state().scenario().clone();
    assert_eq!(kept.bookmarks.len(), 1);
    let read = file::parse("kept.ron", &file::write(&kept)).expect("it holds").scenario;
    assert_eq!(read, kept);
}

#[test]
fn the_presenter_has_notes_and_the_next_page_in_a_view_of_their_own_that_closes_without_loss() {
    let mut harness = presenting(bundled::JULY_2017.text, vec2(1920.0, 1080.0));
    press(&mut harness, Key::PageDown);
    let shown = page(&mut harness);
    harness.key_press(Key::P);
    harness.run_steps(4);
    assert!(harness.query_all_by_label_contains("page 2 of 12").next().is_some());
    assert!(harness.query_all_by_label_contains("Next: Delays fall from 181").next().is_some());
    let note = shown.notes.first().expect("a page rests on something");
    assert!(harness.query_all_by_label_contains(note).next().is_some());
    harness.key_press(Key::P);
    harness.run_steps(4);
    assert!(harness.query_all_by_label_contains("page 2 of 12").next().is_none());
    assert_eq!(page(&mut harness), shown);
}

#[test]
fn the_menu_keeps_a_state_and_goes_back_to_it_without_presenting() {
    let mut harness = presenting(bundled::JULY_2017.text, vec2(1920.0, 1080.0));
    press(&mut harness, Key::Escape);
    let click = |harness: &mut Harness<'_, Planner>, name: &str| {
        harness.get_by_label(name).click();
        harness.run_ok();
    };
    click(&mut harness, "View");
    click(&mut harness, "Keep the money as “State 1”");
    harness.get_by_role_and_label(Role::Slider, &format!("{BEDS} 2017/18")).set_value_accesskit(650_000.0);
    harness.run_ok();
    assert_eq!(money(&harness, "care-home-beds"), "£650,000");
    click(&mut harness, "View");
    click(&mut harness, "Go to “State 1”");
    assert_eq!(money(&harness, "care-home-beds"), "£900,000");
}

#[test]
fn m_puts_the_page_on_the_next_screen_and_leaving_gives_the_screen_back() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    let asked = |harness: &Harness<'_, Planner>| {
        let commands = harness.output().viewport_output.values().flat_map(|output| output.commands.clone());
        let is_of_screens = |command: &ViewportCommand| {
            matches!(command, ViewportCommand::SetMonitor(_) | ViewportCommand::Fullscreen(_))
        };
        commands.filter(is_of_screens).collect::<Vec<_>>()
    };
    // Frame by frame, as what is asked of the system is asked once.
    let mut pressed = |key| {
        harness.key_down(key);
        let frames = (0..4).flat_map(|_| {
            harness.step();
            asked(&harness)
        });
        let frames = frames.collect::<Vec<_>>();
        harness.key_up(key);
        harness.run_ok();
        frames
    };
    for screen in [1, 2, 3, 0, 1] {
        assert_eq!(pressed(Key::M), [ViewportCommand::SetMonitor(screen)]);
    }
    assert_eq!(pressed(Key::PageDown), []);
    assert_eq!(pressed(Key::Escape), [ViewportCommand::Fullscreen(false)]);
}

thread_local! {
    /// What is pressed in the presenter's own window next, and what it showed last.
    static PRESENTER: RefCell<(Vec<Event>, String)> = const { RefCell::new((Vec::new(), String::new())) };
}

/// Shows a window of its own as a system with two screens does, with the keys that were pressed in it.
fn in_a_window_of_its_own(ctx: &Context, viewport: ImmediateViewport<'_>) {
    let ImmediateViewport { ids, mut viewport_ui_cb, .. } = viewport;
    let events = PRESENTER.with_borrow_mut(|(pressed, _)| std::mem::take(pressed));
    let info = ViewportInfo { parent: Some(ids.parent), native_pixels_per_point: Some(1.0), ..Default::default() };
    let input = RawInput {
        viewport_id: ids.this,
        viewports: std::iter::once((ids.this, info)).collect(),
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1000.0, 680.0))),
        time: Some(ctx.time()),
        events,
        ..Default::default()
    };
    let mut output = ctx.run_ui(input, |ui| viewport_ui_cb(ui));
    output.textures_delta.clear(); // nothing is painted
    let mut shown = String::new();
    for clipped in &output.shapes {
        words(&clipped.shape, &mut shown);
    }
    PRESENTER.with_borrow_mut(|(_, last)| *last = shown);
}

fn words(shape: &Shape, all: &mut String) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| words(shape, all)),
        Shape::Text(text) => {
            all.push_str(text.galley.text());
            all.push('\n');
        }
        _ => {}
    }
}

/// Presses a key in the presenter's own window, and lets both windows draw.
fn press_there(harness: &mut Harness<'_, Planner>, modifiers: Modifiers, key: Key, text: &str) -> String {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    let mut events = vec![event(true), event(false)];
    if !text.is_empty() {
        events.push(Event::Text(text.to_owned()));
    }
    PRESENTER.with_borrow_mut(|(pressed, _)| pressed.extend(events));
    harness.run_steps(3);
    PRESENTER.with_borrow(|(_, shown)| shown.clone())
}

#[test]
fn in_a_window_of_their_own_the_presenter_turns_pages_answers_boxes_and_takes_back() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    wait_until_refined(&mut harness);
    harness.ctx.set_embed_viewports(false);
    Context::set_immediate_viewport_renderer(in_a_window_of_its_own);
    harness.key_press(Key::P);
    harness.run_steps(3);
    let none = Modifiers::NONE;
    let shown = press_there(&mut harness, none, Key::ArrowRight, "");
    assert!(shown.contains("page 2 of 12"), "{shown}");
    assert_eq!(page(&mut harness).topic, Topic::Committed, "the room's page has turned");

    // A name for a state is asked of the presenter, and the room sees nothing of it.
    let shown = press_there(&mut harness, none, Key::K, "");
    assert!(shown.contains("Keep this state of the money as"), "{shown}");
    assert!(!common::shows(&harness, "Keep this state of the money as"));
    let shown = press_there(&mut harness, none, Key::Enter, "");
    assert!(!shown.contains("Keep this state of the money as"), "{shown}");
    assert_eq!(harness.state().scenario().bookmarks.len(), 1);
    press_there(&mut harness, Modifiers::COMMAND, Key::Z, "");
    assert_eq!(harness.state().scenario().bookmarks.len(), 0, "Ctrl+Z is heard there too");

    // A table is for the room; Esc at the presenter's closes it, and leaves the page.
    let shown = press_there(&mut harness, none, Key::T, "");
    assert!(shown.contains("a box is on the screen"), "{shown}");
    assert!(harness.query_by_role_and_label(Role::Button, "Close").is_some(), "the room sees the table");
    press_there(&mut harness, none, Key::Escape, "");
    assert!(harness.query_by_role_and_label(Role::Button, "Close").is_none());
    assert_eq!(page(&mut harness).topic, Topic::Committed);
    press_there(&mut harness, none, Key::Escape, "");
    assert!(harness.state_mut().page().is_none(), "Esc leaves");
}

#[test]
fn what_lies_over_a_page_is_scrolled_by_keys_and_leaves_none_of_them_dead() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    press(&mut harness, Key::H);
    let esc = |harness: &Harness<'_, Planner>| harness.get_by_label("leave; every change stays").rect().bottom();
    let close = |harness: &Harness<'_, Planner>| harness.get_by_role_and_label(Role::Button, "Close").rect().top();
    assert!(esc(&harness) > close(&harness), "there are more keys than there is room for");
    press(&mut harness, Key::End);
    assert!(esc(&harness) < close(&harness), "the last one is in sight");
    harness.get_by_role_and_label(Role::Button, "Close").focus();
    harness.run_ok();
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::ArrowRight);
    assert_eq!(page(&mut harness).topic, Topic::Committed, "the first key after it is the page’s");

    // The table is that of the chart as it stands, whatever has been run since it was opened.
    press(&mut harness, Key::ArrowRight);
    press(&mut harness, Key::T);
    wait_until_refined(&mut harness);
    let Picture::Chart(chart) = page(&mut harness).picture else { panic!("a chart") };
    let last = chart.table.rows.last().and_then(|row| row.last()).expect("figures").clone();
    press(&mut harness, Key::End);
    assert!(common::shows(&harness, &last), "{last}");
}

#[test]
fn the_keyboard_comes_from_the_page_to_its_sliders_and_then_to_its_foot() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    let mut stops = Vec::new();
    for _ in 0..10 {
        press(&mut harness, Key::Tab);
        let node = harness.get_by(|node| node.is_focused() && node.role() != Role::Window);
        stops.push((node.accesskit_node().role(), node.accesskit_node().label().unwrap_or_default()));
    }
    let place = |name: &str| stops.iter().position(|(_, label)| label.starts_with(name));
    let slider = stops.iter().position(|(role, _)| *role == Role::Slider);
    let order =
        [slider, place("Choose sliders"), place("Leave the presentation"), place("Page before"), place("Next page")];
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{stops:?}");
}

#[test]
fn as_opened_is_told_with_the_runs_that_the_window_had_from_the_first_moment() {
    let mut harness = presenting(bundled::JULY_2017.text, LAPTOP);
    press(&mut harness, Key::Escape);
    wait_until_refined(&mut harness);
    press(&mut harness, Key::F5);
    press(&mut harness, Key::Num3);
    press(&mut harness, Key::Enter);
    let before = page(&mut harness).figures;
    harness.get_by_role_and_label(Role::Slider, &format!("{BEDS} 2017/18")).set_value_accesskit(650_000.0);
    harness.run_ok();
    harness.key_press(Key::F);
    harness.run_ok();
    assert_eq!(page(&mut harness).figures, before);
    wait_until_refined(&mut harness);
    assert_eq!(page(&mut harness).figures, before);
}
