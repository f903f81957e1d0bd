//! The window, driven through its accessibility tree on the real scenario files, as a person or a screen reader would.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

mod common;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use common::{
    BEDS, BLANK, JULY, LAPTOP, PROJECTOR, beds, click, copy_of_july, menu, press, save, shows, type_into, undo,
    wait_for, wait_until, wait_until_refined, window,
};
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use ibcf_planner::app::Planner;
use ibcf_planner::chart::{Layer, State, Tile};
use ibcf_planner::file;
use ibcf_planner::forecast::chance::{Prepared, replicate};
use ibcf_planner::money::Money;

fn slider_rect(harness: &Harness<'_, Planner>, name: &str) -> eframe::egui::Rect {
    harness.get_by_role_and_label(Role::Slider, name).rect()
}

fn tile<'a>(harness: &'a Harness<'_, Planner>, caption: &str) -> &'a Tile {
    let headline = harness.state().headline();
    headline.iter().find(|tile| tile.caption.contains(caption)).unwrap_or_else(|| panic!("{caption}: {headline:?}"))
}

/// The people delayed on the plan's line, day by day.
fn plan_line(harness: &Harness<'_, Planner>) -> Vec<[f64; 2]> {
    let layers = &harness.state().charts()[2].layers;
    let line = layers.iter().find_map(|layer| match layer {
        Layer::Line { label, points, .. } if label == "This plan" => Some(points.clone()),
        _ => None,
    });
    line.expect("the trajectory has the plan's line")
}

#[test]
fn a_plan_is_opened_dragged_typed_undone_saved_and_reopened_to_the_same_bytes() {
    let (_folder, path) = copy_of_july();
    let original = std::fs::read(&path).unwrap();
    let mut harness = window(Some(&path), PROJECTOR);
    let charts_before = harness.state().charts().clone();
    assert_eq!(tile(&harness, "Left to allocate").figure, "£676,000");

    // While the slider is held, everything has already moved.
    let rect = slider_rect(&harness, &format!("{BEDS} 2017/18"));
    let quarter = Pos2::new(rect.left() + rect.width() * 0.25, rect.center().y);
    harness.drag_at(rect.center());
    harness.step();
    harness.hover_at(quarter);
    harness.step();
    for (before, now) in charts_before.iter().zip(harness.state().charts()) {
        assert_ne!(before.layers, now.layers, "{} follows the slider", now.name);
        assert_ne!(before.table, now.table, "{}'s table follows the slider", now.name);
    }
    let held = beds(harness.state().scenario());
    assert_ne!(held, "£900,000");
    assert_ne!(tile(&harness, "Left to allocate").figure, "£676,000");
    harness.drop_at(quarter);
    harness.run();
    assert_eq!(beds(harness.state().scenario()), held, "letting go keeps what was shown");

    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "£0.65m", Key::Enter);
    assert_eq!(beds(harness.state().scenario()), "£650,000");
    // £250,000 less on beds is £250,000 more left.
    assert_eq!(tile(&harness, "Left to allocate").figure, "£926,000");
    assert!(shows(&harness, "unsaved"));

    // One drag and one typed amount are two steps.
    undo(&mut harness);
    assert_eq!(beds(harness.state().scenario()), held);
    undo(&mut harness);
    assert_eq!(beds(harness.state().scenario()), "£900,000");
    assert!(!shows(&harness, "unsaved"));
    save(&mut harness);
    assert_eq!(std::fs::read(&path).unwrap(), original, "saving an unchanged plan changes no byte");

    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "650k", Key::Enter);
    save(&mut harness);
    let saved = harness.state().scenario().clone();
    drop(harness);
    let reopened = window(Some(&path), PROJECTOR);
    assert_eq!(*reopened.state().scenario(), saved);
    assert_eq!(beds(reopened.state().scenario()), "£650,000");
    let changed = std::fs::read_to_string(&path).unwrap();
    let original = String::from_utf8(original).unwrap();
    let (now, before): (Vec<&str>, Vec<&str>) = (changed.lines().collect(), original.lines().collect());
    let alike = now.iter().zip(&before).take_while(|(now, before)| now == before).count();
    let alike_below = now.iter().rev().zip(before.iter().rev()).take_while(|(now, before)| now == before).count();
    assert_eq!(alike + alike_below, before.len() - 1, "one figure changed, one line of the old file went");
}

#[test]
fn fewer_beds_never_mean_fewer_people_waiting() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    wait_until_refined(&mut harness);
    let with_beds = plan_line(&harness);
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "0", Key::Enter);
    wait_until_refined(&mut harness);
    let without = plan_line(&harness);
    // Both share their luck, but for one person in hundreds of runs: see the biases of `forecast::chance`.
    assert!(with_beds.iter().zip(&without).all(|(with, without)| without[1] >= with[1] - 0.02));
    assert!(
        with_beds.iter().zip(&without).any(|(with, without)| without[1] > with[1] + 5.0),
        "forty beds are worth something"
    );
}

#[test]
fn the_chance_of_a_target_is_that_of_the_replications_and_falls_with_the_beds() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    let refined = |harness: &mut Harness<'_, Planner>| {
        wait_until_refined(harness);
        tile(harness, "November 2017").detail.clone()
    };
    let with_beds = refined(&mut harness);
    let prepared = Prepared::of(harness.state().scenario());
    let tally = replicate(&prepared, 1, 0..10_000, &AtomicBool::new(false)).unwrap();
    let chance = tally.chance(&prepared, 1);
    assert_eq!(with_beds, format!("meets it in {:.0}% of 10,000 runs", chance.targets[0].chance * 100.0));
    let without_schemes = prepared.without_schemes();
    let nothing = replicate(&without_schemes, 1, 0..10_000, &AtomicBool::new(false)).unwrap();
    let nothing: f64 = nothing.chance(&without_schemes, 1).mean_days.iter().sum();
    let avoided = nothing - chance.mean_days.iter().sum::<f64>();
    assert_eq!(tile(&harness, "Delayed days avoided").figure, ibcf_planner::chart::count(avoided));
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "0", Key::Enter);
    assert!(!harness.state().is_refined(), "an edit calls the replications off");
    let without = refined(&mut harness);
    let percent = |detail: &str| detail.split(['%', ' ']).find_map(|word| word.parse::<f64>().ok()).unwrap_or(0.0);
    assert!(percent(&without) < percent(&with_beds), "{with_beds}, without beds {without}");
}

#[test]
fn replications_of_the_plan_before_an_edit_are_never_shown_for_the_plan_after_it() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    wait_until_refined(&mut harness);
    let with_beds = plan_line(&harness);
    let rect = slider_rect(&harness, &format!("{BEDS} 2017/18"));
    harness.drag_at(rect.center());
    harness.step();
    harness.hover_at(rect.right_center());
    harness.step();
    std::thread::sleep(std::time::Duration::from_secs(1)); // with more beds, they come in while nobody looks
    harness.hover_at(rect.left_center());
    harness.step();
    let without = plan_line(&harness);
    let march = |line: &[[f64; 2]]| line.iter().find(|[day, _]| *day > 340.0).expect("a day in March")[1];
    assert!(march(&without) > march(&with_beds), "{} {}", march(&without), march(&with_beds));
    harness.drop_at(rect.left_center());
}

#[test]
fn escape_while_dragging_puts_everything_back_and_leaves_nothing_to_undo() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    let before = harness.state().scenario().clone();
    let rect = slider_rect(&harness, &format!("{BEDS} 2017/18"));
    let far = Pos2::new(rect.right() - 12.0, rect.center().y);
    harness.drag_at(rect.center());
    harness.step();
    harness.hover_at(far);
    harness.step();
    assert_ne!(*harness.state().scenario(), before);
    harness.key_press(Key::Escape);
    harness.step();
    assert_eq!(*harness.state().scenario(), before);
    // The rest of the drag is ignored until the button is let go.
    harness.hover_at(rect.center() + vec2(20.0, 0.0));
    harness.step();
    harness.drop_at(rect.center() + vec2(20.0, 0.0));
    harness.run();
    assert_eq!(*harness.state().scenario(), before);
    assert!(harness.query_by_role_and_label(Role::Button, "Nothing to undo").is_some());
}

#[test]
fn arrows_page_keys_and_screen_readers_move_a_slider_in_single_steps() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    let name = format!("{BEDS} 2017/18");
    harness.get_by_role_and_label(Role::Slider, &name).focus();
    harness.run();
    for (key, expected) in [
        (Key::ArrowLeft, "£890,000"),
        (Key::ArrowRight, "£900,000"),
        (Key::PageDown, "£800,000"),
        (Key::Home, "£0"),
        (Key::PageUp, "£100,000"),
    ] {
        harness.key_press(key);
        harness.run();
        assert_eq!(beds(harness.state().scenario()), expected, "{key:?}");
    }
    harness.get_by_role_and_label(Role::Slider, &name).set_value_accesskit(650_000.0);
    harness.run();
    assert_eq!(beds(harness.state().scenario()), "£650,000");
    for _ in 0..6 {
        undo(&mut harness);
    }
    assert_eq!(beds(harness.state().scenario()), "£900,000", "each key was one step");
}

#[test]
fn nonsense_is_refused_in_words_and_escape_restores_the_box() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    let before = harness.state().scenario().clone();
    let name = format!("{BEDS} 2017/18 in pounds");
    for (typed, said) in [
        ("lots", "“lots” is not an amount of money"),
        ("-5", "write £0 or more"),
        ("99bn", "more than £10,000,000,000 is taken for a slip"),
        ("1.2345", "finer than a penny"),
    ] {
        type_into(&mut harness, &name, typed, Key::Enter);
        assert!(shows(&harness, said), "{typed}: “{said}” is not shown");
        assert_eq!(*harness.state().scenario(), before, "{typed}");
    }
    type_into(&mut harness, &name, "1", Key::Escape);
    assert_eq!(*harness.state().scenario(), before, "Esc takes nothing");
}

#[test]
fn spending_more_than_there_is_is_allowed_and_said_in_words() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "2m", Key::Enter);
    assert_eq!(beds(harness.state().scenario()), "£2,000,000", "never clamped");
    // £676,000 left less £1.1m more on beds.
    let over = tile(&harness, "Over-allocated, 2017/18");
    assert_eq!((over.figure.as_str(), over.state), ("£424,000", State::Bad));
    assert!(harness.state().charts()[0].title.starts_with("2017/18 is £424k over"));
    assert!(shows(&harness, "▲ 2017/18: £424k over"));
}

#[test]
fn a_year_chip_frees_and_binds_a_years_money() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    assert_eq!(tile(&harness, "First unfunded year").figure, "2018/19");
    let chip = "Discharge to assess at home committed in 2018/19";
    harness.get_by_role_and_label(Role::CheckBox, chip).click();
    harness.run();
    // £2.0m freed in 2018/19; £4.9m was committed there, £36k too much. 2019/20 stays as it was.
    assert_eq!(tile(&harness, "First unfunded year").figure, "2019/20");
    undo(&mut harness);
    assert_eq!(tile(&harness, "First unfunded year").figure, "2018/19");
}

#[test]
fn a_locked_scheme_can_not_be_moved() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    harness.get_by_role_and_label(Role::CheckBox, &format!("Lock {BEDS}")).click();
    harness.run();
    let rect = slider_rect(&harness, &format!("{BEDS} 2017/18"));
    harness.drag_at(rect.center());
    harness.step();
    harness.drop_at(rect.left_center());
    harness.run();
    assert_eq!(beds(harness.state().scenario()), "£900,000");
}

#[test]
fn every_contradiction_of_the_papers_stands_in_the_window() {
    let mut harness = window(Some(Path::new(JULY)), vec2(1280.0, 12_000.0));
    harness.run();
    let notes = harness.state().scenario().notes.clone();
    assert!(!notes.is_empty());
    for note in notes {
        assert!(shows(&harness, &note.text), "not shown: {}", note.text);
    }
}

#[test]
fn each_chart_is_a_figure_named_by_its_finding_with_a_table_one_click_away() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    wait_until_refined(&mut harness);
    for chart in harness.state().charts().clone() {
        assert!(harness.query_by_role_and_label(Role::Figure, &chart.title).is_some(), "{}", chart.title);
        click(&mut harness, &format!("{} as a table", chart.name));
        let cell = chart.table.rows.last().unwrap().last().unwrap();
        assert!(shows(&harness, cell), "{}: {cell}", chart.name);
        click(&mut harness, "Close");
    }
}

#[test]
fn what_is_still_being_typed_is_saved_with_the_rest() {
    let (_folder, path) = copy_of_july();
    let mut harness = window(Some(&path), PROJECTOR);
    let name = format!("{BEDS} 2017/18 in pounds");
    harness.get_by_role_and_label(Role::TextInput, &name).focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, &name).type_text("650k");
    harness.run();
    save(&mut harness);
    assert_eq!(beds(&file::read(&path).unwrap().scenario), "£650,000");
    // Nonsense is said, and nothing is saved over it.
    harness.get_by_role_and_label(Role::TextInput, &name).focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, &name).type_text("lots");
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::N);
    assert!(shows(&harness, "“lots” is not an amount of money"));
    assert_eq!(beds(harness.state().scenario()), "£650,000", "the plan is still open");
}

#[test]
fn a_save_that_failed_forgets_what_was_to_come_after_it() {
    let (folder, path) = copy_of_july();
    let mut harness = window(Some(&path), PROJECTOR);
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "650k", Key::Enter);
    std::fs::remove_dir_all(folder.path()).unwrap();
    press(&mut harness, Modifiers::COMMAND, Key::N);
    click(&mut harness, "Save");
    wait_for(&mut harness, "The file is not there any more");
    click(&mut harness, "Cancel");
    assert_eq!(beds(harness.state().scenario()), "£650,000", "nothing is lost by a save that failed");
    std::fs::create_dir(folder.path()).unwrap();
    press(&mut harness, Modifiers::COMMAND, Key::S);
    wait_for(&mut harness, "The file is not there any more");
    click(&mut harness, "Write it there again");
    wait_for(&mut harness, "Saved ");
    assert_eq!(beds(harness.state().scenario()), "£650,000", "no new plan came");
    assert_eq!(beds(&file::read(&path).unwrap().scenario), "£650,000");
}

#[test]
fn a_typed_path_never_replaces_another_file_unasked() {
    let (folder, path) = copy_of_july();
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "Dear board").unwrap();
    let mut harness = window(Some(&path), PROJECTOR);
    let save_to_letter = |harness: &mut Harness<'_, Planner>| {
        menu(harness, "File", "Save by typing a path");
        let field = harness.get_by_role_and_label(Role::TextInput, "Path of the file");
        field.focus();
        harness.run();
        press(harness, Modifiers::COMMAND, Key::A);
        harness.get_by_role_and_label(Role::TextInput, "Path of the file").type_text(letter.to_str().unwrap());
        harness.run();
        click(harness, "Save");
        wait_for(harness, "Replace the file that is there?");
    };
    save_to_letter(&mut harness);
    click(&mut harness, "Cancel");
    assert_eq!(std::fs::read_to_string(&letter).unwrap(), "Dear board");
    save_to_letter(&mut harness);
    click(&mut harness, "Replace");
    wait_for(&mut harness, "Saved ");
    assert!(file::read(&letter).is_ok());
}

#[test]
fn every_scheme_is_reached_by_keyboard_in_a_small_window() {
    let mut harness = window(Some(Path::new(JULY)), LAPTOP);
    let last = "Discharge to assess at home 2017/18";
    assert!(harness.query_by_role_and_label(Role::Slider, last).is_none(), "below the fold at first");
    harness.get_by_role_and_label(Role::Slider, "Intermediate care and ED teams 2017/18").focus();
    harness.run();
    let reached = (0..120).any(|_| {
        harness.key_press(Key::Tab);
        harness.run();
        harness.query_by_role_and_label(Role::Slider, last).is_some_and(|slider| slider.is_focused())
    });
    assert!(reached);
}

#[test]
fn taking_hold_of_a_slider_moves_nothing_until_the_hand_moves() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    let name = format!("{BEDS} 2017/18");
    let rect = slider_rect(&harness, &name);
    // £900,000 of a reach of £1.8m stands in the middle; five points beside it is still on the handle.
    let handle = rect.center() + vec2(5.0, 0.0);
    harness.hover_at(handle);
    harness.run();
    harness.drag_at(handle);
    harness.step();
    harness.drop_at(handle);
    harness.run();
    assert_eq!(beds(harness.state().scenario()), "£900,000");
    assert!(harness.query_by_role_and_label(Role::Button, "Nothing to undo").is_some());
}

#[test]
fn unsaved_changes_are_asked_about_before_they_are_lost() {
    let (_folder, path) = copy_of_july();
    let mut harness = window(Some(&path), PROJECTOR);
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "650k", Key::Enter);
    let new = |harness: &mut Harness<'_, Planner>| {
        press(harness, Modifiers::COMMAND, Key::N);
        assert!(shows(harness, "Save your changes first?"));
    };
    new(&mut harness);
    click(&mut harness, "Cancel");
    assert_eq!(beds(harness.state().scenario()), "£650,000", "cancelling keeps everything");
    new(&mut harness);
    click(&mut harness, "Save");
    wait_until(&mut harness, "the blank plan", |harness| harness.state().scenario().title == "A new plan");
    assert_eq!(beds(&file::read(&path).unwrap().scenario), "£650,000", "saved before the new plan came");
}

#[test]
fn a_file_that_can_not_be_read_leaves_the_open_plan_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.ron");
    std::fs::write(&bad, "(format: 1, titel: \"x\")").unwrap();
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    let before = harness.state().scenario().clone();
    for path in [bad.as_path(), Path::new("/no/such/plan.ron"), folder.path()] {
        menu(&mut harness, "File", "Open by typing a path");
        harness.get_by_role_and_label(Role::TextInput, "Path of the file").type_text(path.to_str().unwrap());
        harness.run();
        click(&mut harness, "Open");
        wait_for(&mut harness, "could not be opened");
        assert!(shows(&harness, path.to_str().unwrap()), "the reason names the file");
        click(&mut harness, "Close");
        assert_eq!(*harness.state().scenario(), before);
    }
}

#[test]
fn a_plan_of_two_thousand_schemes_lays_out_only_what_is_seen() {
    let mut scenario = file::read(Path::new(JULY)).unwrap().scenario;
    let model = scenario.schemes[0].clone();
    for at in 0..2_000 {
        let mut scheme = (*model).clone();
        scheme.id = format!("scheme-{at}").parse().unwrap();
        scenario.schemes.push(scheme.into());
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.ron");
    std::fs::write(&path, file::write(&scenario)).unwrap();
    let harness = window(Some(&path), PROJECTOR);
    let sliders = harness.query_all_by_role(Role::Slider).count();
    assert!((5..60).contains(&sliders), "{sliders} sliders for 2,010 schemes");
}

#[test]
fn the_blank_plan_opens_in_light_and_dark_with_every_control_named() {
    let mut harness = window(Some(Path::new(BLANK)), LAPTOP);
    assert_eq!(harness.state().scenario().title, "A new plan");
    press(&mut harness, Modifiers::COMMAND, Key::D); // the harness itself refuses controls without a name
    assert_eq!(harness.unnamed_widgets(), Vec::<String>::new());
}

#[test]
fn a_figure_in_the_inspector_can_be_questioned_and_changed() {
    let mut harness = window(Some(Path::new(JULY)), vec2(1920.0, 3_000.0));
    click(&mut harness, BEDS);
    assert!(shows(&harness, "Health and Wellbeing Board, 13 July 2017, paragraph 46"));
    let before = plan_line(&harness);
    type_into(&mut harness, &format!("{BEDS} effect 1, central"), "10", Key::Enter);
    assert!(shows(&harness, "Moved in the planner from"), "a moved figure says what the paper had");
    assert_ne!(plan_line(&harness), before);
    type_into(&mut harness, &format!("{BEDS} effect 1, central"), "99", Key::Enter);
    assert!(shows(&harness, "out of order"), "central above high is refused");
}

#[test]
fn a_new_grant_moves_the_balance() {
    let mut harness = window(Some(Path::new(JULY)), vec2(1920.0, 12_000.0));
    type_into(&mut harness, "Grant 2018/19", "5m", Key::Enter);
    let grant = harness.state().scenario().fund.grant.get("2018/19".parse().unwrap()).unwrap();
    assert_eq!(grant.value, "5m".parse::<Money>().unwrap());
    // £5m and £676,000 brought forward against £4.9m.
    assert_eq!(tile(&harness, "First unfunded year").figure, "2019/20");
}

#[test]
fn a_scheme_is_added_named_given_money_and_taken_out_again() {
    let mut harness = window(Some(Path::new(BLANK)), PROJECTOR);
    let before = harness.state().scenario().clone();
    click(&mut harness, "Add a scheme to Market capacity");
    type_into(&mut harness, "Name of New scheme", "Trusted assessors", Key::Enter);
    type_into(&mut harness, "Trusted assessors 2017/18 in pounds", "120k", Key::Enter);
    // £120,000 given of no grant at all.
    assert_eq!(tile(&harness, "Over-allocated, 2017/18").figure, "£120,000");
    type_into(&mut harness, "Name of Trusted assessors", " ", Key::Enter);
    assert!(shows(&harness, "the scheme has no name"), "a scheme without a name is refused");
    click(&mut harness, "Remove Trusted assessors");
    assert_eq!(*harness.state().scenario(), before);
    for _ in 0..4 {
        undo(&mut harness);
    }
    assert_eq!(*harness.state().scenario(), before);
    assert!(harness.query_by_role_and_label(Role::Button, "Nothing to undo").is_some());
}

#[test]
fn undo_while_typing_belongs_to_the_box() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    let name = format!("{BEDS} 2017/18 in pounds");
    type_into(&mut harness, &name, "650k", Key::Enter);
    harness.get_by_role_and_label(Role::TextInput, &name).focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, &name).type_text("1");
    harness.run();
    undo(&mut harness);
    assert_eq!(beds(harness.state().scenario()), "£650,000", "the step before is not touched");
}

#[test]
fn a_click_on_the_trajectory_says_what_makes_up_that_day() {
    let mut harness = window(Some(Path::new(JULY)), vec2(1920.0, 3_000.0));
    wait_until_refined(&mut harness); // until then the title moves
    let chart = harness.state().charts()[2].title.clone();
    harness.get_by_role_and_label(Role::Figure, &chart).focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    // Day 0, asked for without a pointer. Schemes that begin on 18 May or later act on nobody yet.
    assert!(shows(&harness, "1 April 2017"));
    assert!(shows(&harness, "A weekend day"));
    assert!(shows(&harness, "Not begun: "));
    harness.get_by_role_and_label(Role::Figure, &chart).click();
    harness.run();
    assert!(!shows(&harness, "1 April 2017"));
    assert!(shows(&harness, "What they wait for") && shows(&harness, "Who is responsible"));
    assert!(shows(&harness, "fewer than if nothing were done"));
}

#[test]
fn the_track_record_says_how_many_months_fell_inside_the_band() {
    let mut harness = window(None, PROJECTOR);
    harness.get_by_label("Track record").click();
    harness.run();
    wait_until(&mut harness, "the record", |harness| harness.state().charts()[2].title.starts_with("1 month ahead, 1"));
    // 26 months are known: forecasts from the 12th on, one month ahead, are of 14.
    let chart = &harness.state().charts()[2];
    assert!(chart.title.contains("of 14 months fell inside the band"), "{}", chart.title);
    assert_eq!(chart.table.rows.len(), 14);
    // Nothing of it hangs on the money: it stands while the beds move.
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "0", Key::Enter);
    assert_eq!(harness.state().charts()[2].table.rows.len(), 14);
}

#[test]
fn calibrating_is_one_step_that_moves_the_level_to_the_last_month_and_can_be_taken_back() {
    let mut harness = window(None, PROJECTOR);
    let before = harness.state().scenario().clone();
    menu(&mut harness, "Edit", "Calibrate to the history");
    wait_until(&mut harness, "the calibration", |harness| *harness.state().scenario() != before);
    // May 2017, 6,131 delayed days over 31: all of the months told the newest best.
    let waiting = harness.state().scenario().pathways.iter().map(|pathway| pathway.waiting.value.to_f64());
    assert!((waiting.sum::<f64>() - 6_131.0 / 31.0).abs() < 0.01);
    undo(&mut harness);
    assert_eq!(*harness.state().scenario(), before);
}

/// Oxfordshire, June and July 2017, as NHS England published them after the plan was written.
#[test]
fn months_that_came_after_the_plan_are_entered_judged_put_right_and_taken_out() {
    let mut harness = window(Some(Path::new(JULY)), vec2(1920.0, 12_000.0));
    wait_until(&mut harness, "bands", |harness| tile(harness, "March 2018").detail.contains(" runs"));
    let before = harness.state().scenario().clone();
    type_into(&mut harness, "Delayed days to add in June 2017", "6,414", Key::Enter);
    assert_eq!(harness.state().scenario().outturn[0].delayed_days.value, 6_414);
    assert!(shows(&harness, "June 2017: 214 people delayed, inside the band of "));
    assert!(shows(&harness, "Outturn: 1 of 1 month inside the band"), "the chart's title says it too");
    type_into(&mut harness, "Delayed days to add in July 2017", "58100", Key::Enter);
    assert!(shows(&harness, "▲ July 2017: 1,874 people delayed, above the band of "));
    type_into(&mut harness, "Delayed days in July 2017", "5810", Key::Enter);
    assert!(shows(&harness, "Outturn: 2 of 2 months inside the band"));
    assert!(shows(&harness, "Entered in the planner; no source given"));

    // A month that is not published yet is passed over.
    type_into(&mut harness, "Month of the next outturn", "2017-09", Key::Enter);
    type_into(&mut harness, "Delayed days to add in September 2017", "3970", Key::Enter);
    assert!(harness.query_by_role_and_label(Role::TextInput, "Delayed days to add in August 2017").is_some());
    type_into(&mut harness, "Delayed days to add in August 2017", "many", Key::Enter);
    assert!(shows(&harness, "“many” is not a number of delayed days; write one such as 6,414"));
    type_into(&mut harness, "Month of the next outturn", "2017-05", Key::Enter);
    type_into(&mut harness, "Delayed days to add in May 2017", "1", Key::Enter);
    assert!(shows(&harness, "May 2017 is no later than the last month of the history"), "history is not outturn");
    assert_eq!(harness.state().scenario().outturn.len(), 3);

    click(&mut harness, "Remove the outturn for July 2017");
    assert_eq!(harness.state().scenario().outturn.len(), 2);
    assert!(harness.query_by_role_and_label(Role::TextInput, "Delayed days to add in July 2017").is_some());
    for _ in 0..5 {
        undo(&mut harness);
    }
    assert_eq!(*harness.state().scenario(), before);
}

/// A row wider than the inspector would push its panel a little further over the charts in every frame.
#[test]
fn months_that_came_leave_the_charts_their_room_on_a_laptop() {
    let mut harness = window(Some(Path::new(JULY)), LAPTOP);
    let room = |harness: &Harness<'_, Planner>| {
        let title = harness.state().charts()[1].title.clone();
        harness.get_by_role_and_label(Role::Figure, &title).rect()
    };
    let before = room(&harness);
    type_into(&mut harness, "Delayed days to add in June 2017", "6,414", Key::Enter);
    harness.run_steps(8);
    assert_eq!(room(&harness), before);
}

#[test]
fn chance_is_said_where_the_file_says_nothing_of_it() {
    let small = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.ron");
    let mut harness = window(Some(Path::new(small)), vec2(1920.0, 4_000.0));
    let before = harness.state().scenario().clone();
    type_into(&mut harness, "Noise in published months", "0.14", Key::Enter);
    harness.get_by_role_and_label(Role::Link, "Care home").click();
    harness.run();
    type_into(&mut harness, "Care home, spread of the drift", "0.05", Key::Enter);
    assert!(shows(&harness, "Assumption: The planner's usual 90 days"), "what nobody entered says so");
    type_into(&mut harness, "Care home, days that a drift lasts", "45", Key::Enter);
    click(&mut harness, "Care home beds");
    assert!(shows(&harness, "Nothing is said: on time and whole."));
    type_into(&mut harness, "Care home beds days late, high", "60", Key::Enter);
    type_into(&mut harness, "Care home beds share delivered, low", "0.5", Key::Enter);
    type_into(&mut harness, "Care home beds share delivered, low", "1.5", Key::Enter);
    assert!(shows(&harness, "out of order"), "more than all is refused");
    let scenario = harness.state().scenario();
    assert_eq!(scenario.recording.as_ref().map(|noise| noise.value.to_string()).as_deref(), Some("0.14"));
    let drift = scenario.pathways[0].volatility.as_ref().expect("a drift");
    assert_eq!(
        (drift.spread.value.to_string(), drift.persistence_days.value.to_string()),
        ("0.05".into(), "45".into())
    );
    let risk = scenario.schemes[0].delivery_risk.as_ref().expect("a risk");
    assert_eq!(
        (risk.slip_days.value.high.to_string(), risk.delivered.value.low.to_string()),
        ("60".into(), "0.5".into())
    );
    // The second scheme is locked.
    click(&mut harness, "Brokerage at weekends");
    type_into(&mut harness, "Brokerage at weekends days late, high", "60", Key::Enter);
    assert!(harness.state().scenario().schemes[1].delivery_risk.is_none());
    for _ in 0..5 {
        undo(&mut harness);
    }
    assert_eq!(*harness.state().scenario(), before);
}

#[test]
fn a_plan_is_compared_with_another_file_and_with_what_was_saved() {
    let (_folder, path) = copy_of_july();
    let mut harness = window(Some(&path), PROJECTOR);
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "650k", Key::Enter);
    let told = format!("{BEDS} 2017/18: £900,000 → £650,000 (−£250,000)");
    menu(&mut harness, "File", "What changed since it was saved");
    wait_for(&mut harness, &told);
    assert!(shows(&harness, "Totals") && shows(&harness, "1 difference"));
    harness.get_by_role_and_label(Role::Button, "Copy");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!shows(&harness, "1 difference"), "Esc puts it away");

    menu(&mut harness, "File", "Compare by typing a path");
    harness.run();
    type_into(&mut harness, "Path of the file", path.to_str().expect("UTF-8"), Key::Enter);
    wait_for(&mut harness, "1 difference");
    assert!(shows(&harness, &told));
}

#[test]
fn the_history_lists_steps_in_words_and_goes_back_and_forward_to_any_of_them() {
    let mut harness = window(Some(Path::new(JULY)), PROJECTOR);
    let name = format!("{BEDS} 2017/18 in pounds");
    for amount in ["800k", "650k", "100k"] {
        type_into(&mut harness, &name, amount, Key::Enter);
    }
    let step = |from: &str, to: &str| format!("{BEDS} 2017/18: {from} → {to}");
    press(&mut harness, Modifiers::COMMAND, Key::H);
    click(&mut harness, &step("£900,000", "£800,000"));
    assert_eq!(beds(harness.state().scenario()), "£800,000");
    assert!(shows(&harness, "3 steps, 2 undone"));
    // What was undone stays in sight, and can be gone forward to.
    click(&mut harness, &format!("{}, undone", step("£650,000", "£100,000")));
    assert_eq!(beds(harness.state().scenario()), "£100,000");
    // While the history is open, working elsewhere leaves it open.
    type_into(&mut harness, &name, "5", Key::Enter);
    assert!(shows(&harness, "4 steps"));
    click(&mut harness, "As it was opened, saved");
    assert_eq!(*harness.state().scenario(), file::read(Path::new(JULY)).unwrap().scenario);
    assert!(!shows(&harness, "unsaved"));
    press(&mut harness, Modifiers::COMMAND, Key::H);
    assert!(!shows(&harness, "4 steps"), "the same keys put it away");
}

/// By keyboard alone, as the box has the keyboard when the question comes.
#[test]
fn a_comparison_that_failed_leaves_the_next_one_to_be_typed_and_swapped() {
    let (folder, path) = copy_of_july();
    let mut harness = window(Some(&path), PROJECTOR);
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "650k", Key::Enter);
    let compare_with = |harness: &mut Harness<'_, Planner>, path: &Path| {
        menu(harness, "File", "Compare by typing a path");
        let typed = harness.get_by_role_and_label(Role::TextInput, "Path of the file");
        assert!(typed.is_focused());
        typed.type_text(path.to_str().unwrap());
        harness.run_ok();
        press(harness, Modifiers::NONE, Key::Enter);
    };
    let nowhere = folder.path().join("nowhere.ron");
    for end in [Key::Enter, Key::Escape] {
        compare_with(&mut harness, &nowhere);
        wait_for(&mut harness, "could not be compared");
        press(&mut harness, Modifiers::NONE, end);
        assert!(!shows(&harness, "could not be compared"), "{end:?} puts it away");
    }
    compare_with(&mut harness, &path);
    wait_for(&mut harness, &format!("{BEDS} 2017/18: £900,000 → £650,000 (−£250,000)"));
    click(&mut harness, "Swap before and after");
    wait_for(&mut harness, &format!("{BEDS} 2017/18: £650,000 → £900,000 (+£250,000)"));
    assert!(shows(&harness, "from the plan in the window to"));
}

#[test]
fn what_the_papers_report_stands_in_the_place_of_the_charts_and_a_day_typed_there_moves_the_forecast() {
    let (_folder, path) = copy_of_july();
    let mut harness = window(Some(&path), PROJECTOR);
    let before = plan_line(&harness);
    click(&mut harness, "Delivery");
    assert!(shows(&harness, "activities planned") || shows(&harness, "overdue"));
    // The beds of Additional Capacity, two effects of which wait for the day they are available.
    let due = "Due: New interim beds available, Care Home";
    type_into(&mut harness, due, "1 December 2017", Key::Enter);
    // On 27 November 2017 more wait than with beds since July: chance alone does not move the line by ten people.
    let [then, now] = [before[240][1], plan_line(&harness)[240][1]];
    assert!(now > then + 10.0, "the forecast waits for the beds: {then} people, then {now}");
    type_into(&mut harness, due, "some day", Key::Enter);
    assert!(shows(&harness, "is not a day"));
    undo(&mut harness);
    let (_, beds) = harness.state().scenario().scheme(&"care-home-beds".parse().unwrap()).unwrap();
    assert_eq!(beds.milestone(&"beds-available".parse().unwrap()).unwrap().due.value.to_string(), "2017-07-28");
    click(&mut harness, "Pool");
    assert!(shows(&harness, "£94,292,000 printed, £94,123,000 by its lines"));
    click(&mut harness, "Charts");
    assert!(shows(&harness, "Delayed transfers as a table"));
}

/// Opens the menu of this name and chooses this.
fn choose(harness: &mut Harness<'_, Planner>, menu: &str, what: &str) {
    harness.get_by_role_and_label(Role::Button, menu).click_accesskit();
    harness.run_ok();
    click(harness, what);
}

#[test]
fn what_the_papers_report_is_begun_named_and_taken_out_in_the_window_and_undone() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/banes-2017-19.ron");
    let mut harness = window(Some(Path::new(path)), PROJECTOR);
    let before = harness.state().scenario().clone();
    click(&mut harness, "Risks");
    choose(&mut harness, "Add to Risks", "Add a risk");
    // Its name is typed at once; its scores are told.
    harness.get_by_role_and_label(Role::TextInput, "Name: New risk").type_text("Beds come late");
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    type_into(&mut harness, "Likelihood: Beds come late", "4", Key::Enter);
    type_into(&mut harness, "Impact: Beds come late", "5", Key::Enter);
    assert!(shows(&harness, "■ 20, escalated"), "4 × 5 is 16 and above");
    type_into(&mut harness, "Impact: Beds come late", "6", Key::Enter);
    assert!(shows(&harness, "score it from 1 to 5"));
    let risks = |harness: &Harness<'_, Planner>| harness.state().scenario().context.risks.len();
    assert_eq!(risks(&harness), before.context.risks.len() + 1);
    choose(&mut harness, "Add or remove: Beds come late", "Remove the risk “Beds come late”");
    assert_eq!(*harness.state().scenario(), before);
    undo(&mut harness);
    assert!(shows(&harness, "Name: Beds come late"));
    for _ in 0..4 {
        undo(&mut harness);
    }
    assert_eq!(*harness.state().scenario(), before);
}

#[test]
fn a_blank_plan_s_context_is_begun_from_the_inspector_and_gone_when_its_last_thing_is() {
    let mut harness = window(Some(Path::new(BLANK)), PROJECTOR);
    let add = "Add a part of what the papers report";
    choose(&mut harness, add, "Measures");
    harness.get_by_role_and_label(Role::TextInput, "Name: New measure");
    choose(&mut harness, "Add to Measures", "Add a period");
    choose(&mut harness, "Add or remove: New measure", "Remove the measure “New measure”");
    assert!(harness.query_by_role_and_label(Role::Button, "Charts").is_none(), "the charts are alone again");
    assert!(shows(&harness, "Delayed transfers as a table"));
}

#[test]
fn a_figure_of_a_sheet_that_is_typed_over_bears_what_it_was_and_tells_its_source_to_who_comes_to_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/oxfordshire-2017-11.ron");
    let mut harness = window(Some(Path::new(path)), PROJECTOR);
    click(&mut harness, "Measures");
    let hours = "Quarter 2 2017/18: Hours of reablement delivered by the Home Assessment & Reablement Team (HART)";
    assert!(!shows(&harness, "▲ was 12,594"));
    type_into(&mut harness, hours, "13000", Key::Enter);
    assert!(shows(&harness, "▲ was 12,594"));
    let told = "Moved by hand from 12,594; ";
    assert!(!shows(&harness, told));
    harness.get_by_role_and_label(Role::TextInput, hours).focus();
    harness.run_ok();
    assert!(shows(&harness, told), "no pointer is needed for it");
    let text_box = harness.get_by_role_and_label(Role::TextInput, hours);
    let description = text_box.accesskit_node().description().expect("a screen reader is told it");
    assert!(description.starts_with(told), "{description}");
}

#[test]
fn a_plan_whose_papers_report_nothing_else_has_its_charts_alone() {
    let harness = window(Some(Path::new(BLANK)), LAPTOP);
    assert!(harness.query_by_role_and_label(Role::Button, "Charts").is_none());
}

#[test]
fn changes_given_up_for_another_plan_that_never_came_are_asked_about_again_when_the_window_closes() {
    let (_folder, path) = copy_of_july();
    let mut harness = window(Some(&path), LAPTOP);
    type_into(&mut harness, &format!("{BEDS} 2017/18 in pounds"), "650k", Key::Enter);
    for end in [Key::Escape, Key::Enter] {
        menu(&mut harness, "File", "Open by typing a path");
        click(&mut harness, "Don’t save");
        type_into(&mut harness, "Path of the file", "/no/such/plan.ron", end);
        if end == Key::Enter {
            wait_for(&mut harness, "could not be opened");
            press(&mut harness, Modifiers::NONE, Key::Escape);
        }
        let close = |info: &mut egui::ViewportInfo| info.events.push(egui::ViewportEvent::Close);
        harness.input_mut().viewports.entry(egui::ViewportId::ROOT).and_modify(close);
        harness.step();
        let root = &harness.output().viewport_output[&egui::ViewportId::ROOT];
        assert!(root.commands.contains(&egui::ViewportCommand::CancelClose), "after {end:?}");
        assert!(shows(&harness, "Don’t save"), "the changes are asked about");
        harness.input_mut().viewports.entry(egui::ViewportId::ROOT).and_modify(|info| info.events.clear());
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
}
