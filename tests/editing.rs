//! Every change that a plan can undergo, made in the window by mouse or keyboard, told in the history, and taken back.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

mod common;

use std::path::Path;

use common::{
    BEDS, BLANK, JULY, PROJECTOR, click, copy_of_july, press, save, shows, type_into, undo, wait_for, window,
};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use ibcf_planner::app::Planner;
use ibcf_planner::file;
use ibcf_planner::scenario::{Area, Basis, Change, Figure, NoteKind, Reason, Scenario, Scheme, Source, Start};

type Window = Harness<'static, Planner>;

/// High enough for everything in the inspector to be laid out at once.
const TALL: Vec2 = vec2(1920.0, 6_000.0);
/// High enough for the July plan's papers, too.
const TALLER: Vec2 = vec2(1920.0, 12_000.0);

fn july(size: Vec2) -> Window {
    window(Some(Path::new(JULY)), size)
}

/// The July plan with a scheme in the inspector.
fn july_on(scheme: &str) -> Window {
    let mut window = july(TALL);
    click(&mut window, scheme);
    window
}

fn plan(window: &Window) -> &Scenario {
    window.state().scenario()
}

fn scheme<'a>(window: &'a Window, id: &str) -> &'a Scheme {
    plan(window).scheme(&id.parse().unwrap()).unwrap_or_else(|| panic!("{id}")).1
}

fn beds(window: &Window) -> &Scheme {
    scheme(window, "care-home-beds")
}

/// What has one of these roles and this name; says in few words that nothing has.
fn named<'a>(window: &'a Window, roles: &'a [Role], name: &'a str) -> Node<'a> {
    let found =
        window.query_all_by(|node| roles.contains(&node.role()) && node.label().as_deref() == Some(name)).next_back();
    found.unwrap_or_else(|| panic!("there is no {roles:?} “{name}”"))
}

/// Opens a choice and takes one of its options.
fn choose(window: &mut Window, name: &str, option: &str) {
    named(window, &[Role::ComboBox], name).click();
    window.run_ok();
    named(window, &[Role::Button], option).click();
    window.run_ok();
}

/// Opens a menu of the inspector and takes one of its entries.
fn choose_from(window: &mut Window, button: &str, entry: &str) {
    click(window, button);
    named(window, &[Role::Button], entry).click();
    window.run_ok();
}

const TEXTS: [Role; 2] = [Role::TextInput, Role::MultilineTextInput];

/// Writes a text anew, whatever it said.
fn write_anew(window: &mut Window, name: &str, text: &str, end: Key) {
    named(window, &TEXTS, name).focus();
    window.run_ok();
    press(window, Modifiers::COMMAND, Key::A);
    type_on(window, name, text);
    press(window, Modifiers::NONE, end);
}

/// Types where the keyboard is, which is in that box.
fn type_on(window: &mut Window, name: &str, text: &str) {
    let typed = named(window, &TEXTS, name);
    assert!(typed.is_focused(), "{name}");
    typed.type_text(text);
    window.run_ok();
}

/// The steps so far, as the history tells them, newest last.
fn told(window: &mut Window) -> Vec<String> {
    press(window, Modifiers::COMMAND, Key::H);
    let is_step = |node: &AccessKitNode<'_>| node.role() == Role::Button && node.toggled().is_some();
    let rows = window.query_all_by(|node| is_step(node) && node.label().is_some());
    let told = rows.filter_map(|row| row.accesskit_node().label()).collect();
    press(window, Modifiers::COMMAND, Key::H);
    told
}

/// The last step is told so, and undo takes it back exactly.
fn is_told_and_undone(window: &mut Window, before: &Scenario, words: &str) {
    let after = plan(window).clone();
    assert_ne!(after, *before, "{words}");
    assert!(told(window).iter().any(|told| told == words), "“{words}” is not among {:?}", told(window));
    undo(window);
    assert_eq!(plan(window), before, "{words}");
    press(window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(*plan(window), after, "{words}");
}

#[test]
fn a_whole_plan_is_built_from_nothing_saved_reopened_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.ron");
    std::fs::copy(BLANK, &path).unwrap();
    let blank = std::fs::read(&path).unwrap();
    let mut window = window(Some(&path), TALL);
    let before = plan(&window).clone();

    // The plan: whose it is, its grant, a target.
    write_anew(&mut window, "Title of the plan", "Our plan for winter", Key::Enter);
    write_anew(&mut window, "Name of the area", "Borsetshire", Key::Enter);
    type_into(&mut window, "Grant 2017/18", "3.458m", Key::Enter);
    click(&mut window, "Add a target");
    type_into(&mut window, "Target for March 2018", "30", Key::Enter);
    // A pathway of its own for reason F, which the empty plan has in another.
    choose_from(&mut window, "Add a pathway", "A service with places, for no reason code yet");
    write_anew(&mut window, "Name of New pathway", "Equipment", Key::Enter);
    window.get_by_role_and_label(Role::CheckBox, "Equipment waits for F, community equipment or adaptations").click();
    window.run_ok();
    type_into(&mut window, "Equipment, People delayed on day 0", "8", Key::Enter);
    // A scheme, its money, and what it does there.
    click(&mut window, "Add a scheme to Market capacity");
    write_anew(&mut window, "Name of New scheme", "Equipment store", Key::Enter);
    write_anew(&mut window, "What Equipment store is for", "Beds and hoists on the day", Key::Enter);
    type_into(&mut window, "Equipment store 2017/18 in pounds", "400k", Key::Enter);
    choose(&mut window, "Basis of Equipment store", "recurrent");
    choose_from(&mut window, "Add an effect of Equipment store", "Equipment");
    type_into(&mut window, "Equipment store effect 1, high", "20", Key::Enter);

    let built = plan(&window).clone();
    assert_eq!((built.title.as_str(), built.area.as_str()), ("Our plan for winter", "Borsetshire"));
    assert_eq!(built.targets.len(), 1);
    let store = built.schemes.last().unwrap();
    assert_eq!(
        (store.name.as_str(), store.area, store.commitment.basis),
        ("Equipment store", Area::MarketCapacity, Basis::Recurrent)
    );
    let effect = &store.effects[0];
    let (_, pathway) = built.pathway(&effect.pathway).unwrap();
    assert_eq!((pathway.name.as_str(), pathway.reasons.as_slice()), ("Equipment", [Reason::F].as_slice()));
    assert_eq!(effect.per.value.exact(), "£400,000", "as much as the scheme has");
    assert!(built.pathways[3].reasons.iter().all(|reason| *reason != Reason::F), "a code is in one pathway");
    assert!(shows(&window, "Up to "), "the chain from pounds to people says what it buys");
    // It does something: fewer people wait than would without the money.
    let [.., avoided] = window.state().headline() else { panic!("no headline") };
    assert_ne!(avoided.figure, "0", "{avoided:?}");

    save(&mut window);
    drop(window);
    let mut window = common::window(Some(&path), TALL);
    assert_eq!(*plan(&window), built);
    drop(window);
    // Undone in a window that made it all, step by step to the first.
    std::fs::write(&path, &blank).unwrap();
    window = common::window(Some(&path), TALL);
    assert_eq!(*plan(&window), before);
}

#[test]
fn every_step_of_a_plan_built_from_nothing_is_taken_back() {
    let mut window = window(Some(Path::new(BLANK)), TALL);
    let before = plan(&window).clone();
    write_anew(&mut window, "Title of the plan", "Ours", Key::Enter);
    click(&mut window, "Add a target");
    choose_from(&mut window, "Add a pathway", "A process without places, for no reason code yet");
    click(&mut window, "Add a scheme to Improving flow");
    choose_from(&mut window, "Add an effect of New scheme", "New pathway");
    click(&mut window, "Add a milestone of New scheme");
    click(&mut window, "Add a note on New scheme");
    press(&mut window, Modifiers::NONE, Key::Escape);
    let after = plan(&window).clone();
    assert_ne!(after, before);
    let mut steps = 0;
    while window.query_by_role_and_label(Role::Button, "Nothing to undo").is_none() {
        undo(&mut window);
        steps += 1;
        assert!(steps < 20);
    }
    assert_eq!((steps, plan(&window)), (7, &before));
    for _ in 0..7 {
        press(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    }
    assert_eq!(*plan(&window), after);
}

#[test]
fn a_scheme_is_moved_by_keys_within_its_area_and_on_into_the_next() {
    let mut window = july_on(BEDS);
    let before = plan(&window).clone();
    let order = |window: &Window, area: Area| -> Vec<String> {
        let schemes = plan(window).schemes.iter().filter(|scheme| scheme.area == area);
        schemes.map(|scheme| scheme.name.clone()).collect()
    };
    let provision = order(&window, Area::AdditionalProvision);
    assert_eq!(provision[1], BEDS);
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(order(&window, Area::AdditionalProvision)[0], BEDS);
    is_told_and_undone(&mut window, &before, &format!("Move {BEDS} up"));
    click(&mut window, BEDS);
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(order(&window, Area::MarketCapacity).last().unwrap(), BEDS);
    assert!(told(&mut window).contains(&format!("Move {BEDS} from Additional provision to Market capacity")));
    click(&mut window, BEDS);
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert_eq!(order(&window, Area::AdditionalProvision)[0], BEDS);
    // By mouse, to the last place of all; there it ends.
    for _ in 0..2 {
        click(&mut window, &format!("Move {BEDS} down"));
    }
    assert_eq!(order(&window, Area::AdditionalProvision)[2], BEDS);
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert!(shows(&window, "It is the last scheme of all already"));
}

#[test]
fn a_schemes_area_basis_and_purpose_are_changed_and_told() {
    let mut window = july_on(BEDS);
    let before = plan(&window).clone();
    choose(&mut window, &format!("Area of {BEDS}"), "Market capacity");
    assert_eq!(beds(&window).area, Area::MarketCapacity);
    is_told_and_undone(&mut window, &before, &format!("Move {BEDS} from Additional provision to Market capacity"));
    click(&mut window, BEDS);
    let before = plan(&window).clone();
    choose(&mut window, &format!("Basis of {BEDS}"), "pilot");
    is_told_and_undone(&mut window, &before, &format!("Commitment of {BEDS}: one-off → pilot"));
    click(&mut window, BEDS);
    let before = plan(&window).clone();
    write_anew(&mut window, &format!("What {BEDS} is for"), "Somewhere to go", Key::Enter);
    is_told_and_undone(&mut window, &before, &format!("What {BEDS} is for: “Somewhere to go”"));
    click(&mut window, BEDS);
    let before = plan(&window).clone();
    choose_from(&mut window, &format!("Add a High Impact Change to {BEDS}"), "Seven-day services");
    let words = "High Impact Changes supported: Home first and discharge to assess → Home first and discharge to assess, Seven-day services";
    is_told_and_undone(&mut window, &before, &format!("{BEDS}, {words}"));
}

#[test]
fn an_effect_is_added_moved_and_taken_out() {
    let mut window = july_on("Table exceeds text");
    let before = plan(&window).clone();
    assert!(shows(&window, "No effect on people waiting is claimed for this money."));
    choose_from(&mut window, "Add an effect of Table exceeds text", "Care home placement");
    let name = "Table exceeds text effect 1";
    let of = |window: &Window| scheme(window, "table-exceeds-text").effects[0].clone();
    assert_eq!(of(&window).change, Change::Places);
    choose(&mut window, &format!("{name}, what changes"), "shorter stay");
    assert_eq!(of(&window).change, Change::Stay);
    type_into(&mut window, &format!("{name}, for how much money"), "250k", Key::Enter);
    type_into(&mut window, &format!("{name}, days until whole"), "90", Key::Enter);
    type_into(&mut window, &format!("{name}, days until gone"), "30", Key::Enter);
    type_into(&mut window, &format!("{name}, at most"), "0.3", Key::Enter);
    let effect = of(&window);
    assert_eq!((effect.per.value.exact(), effect.ramp_days.value, effect.fade_days.value), ("£250,000".into(), 90, 30));
    assert_eq!(effect.most.value.to_string(), "0.3");
    choose(&mut window, &format!("{name}, pathway"), "Assessment and funding");
    assert_eq!(of(&window).change, Change::Process, "a process has no stay");
    // Nonsense is refused in place, and so is what no rule lets stand.
    for (part, typed, why) in [
        ("days until whole", "soon", "“soon” is not a number of whole days"),
        ("for how much money", "0", "the effect is bought for £0"),
        ("start", "2031-04-01", "outside the plan"),
    ] {
        let before = plan(&window).clone();
        type_into(&mut window, &format!("{name}, {part}"), typed, Key::Enter);
        assert!(shows(&window, why), "{why}");
        assert_eq!(*plan(&window), before);
        type_into(&mut window, &format!("{name}, {part}"), "1", Key::Escape);
        assert_eq!(*plan(&window), before, "Esc takes nothing");
    }
    click(&mut window, "Remove effect 1 of Table exceeds text");
    assert_eq!(*plan(&window), before);
}

#[test]
fn an_effect_waits_for_a_milestone_or_for_a_day_of_its_own() {
    let mut window = july_on(BEDS);
    let before = plan(&window).clone();
    choose(&mut window, &format!("{BEDS} effect 1, start with"), "On a day of its own");
    assert!(matches!(beds(&window).effects[0].start, Start::On(_)));
    type_into(&mut window, &format!("{BEDS} effect 1, start"), "2017-09-01", Key::Enter);
    choose(&mut window, &format!("{BEDS} effect 1, start with"), "With “New interim beds available”");
    assert_eq!(*plan(&window), before, "as it was");
    // Taking the milestone out is said to leave its day to both effects.
    click(&mut window, &format!("Remove milestone New interim beds available of {BEDS}"));
    assert!(
        beds(&window)
            .effects
            .iter()
            .all(|effect| matches!(&effect.start, Start::On(day) if day.value.to_string() == "2017-07-28"))
    );
    undo(&mut window);
    assert_eq!(*plan(&window), before);
}

#[test]
fn a_contract_s_end_is_moved_and_told_and_taken_away_with_its_renewal() {
    const HOME: &str = "Discharge to assess at home";
    let mut window = july_on(HOME);
    let before = plan(&window).clone();
    assert!(shows(
        &window,
        "It fades from 1 December 2017, as a contract ends, until 4 December 2017, when it is renewed."
    ));
    type_into(&mut window, &format!("{HOME} effect 1, ends"), "2017-12-03", Key::Enter);
    assert!(!shows(&window, "It fades from"));
    let effect = format!("{HOME}, effect on Reablement and care at home");
    let new = "with “New service goes live”";
    let words = format!("{effect}: renewed {new} after 30 November 2017 → {new} after 3 December 2017");
    is_told_and_undone(&mut window, &before, &words);
    click(&mut window, HOME);
    choose(&mut window, &format!("{HOME} effect 1, renewed with"), "Not needed");
    assert_eq!(scheme(&window, "discharge-to-assess").effects[0].renewal, None);
    // A renewal that is chosen anew loses no day, until its end or its milestone moves.
    choose(&mut window, &format!("{HOME} effect 1, renewed with"), "With “New service goes live”");
    let renewal = scheme(&window, "discharge-to-assess").effects[0].renewal.clone().expect("a renewal");
    assert_eq!(renewal.ends.value.to_string(), "2017-12-03");
    assert!(!shows(&window, "It fades from"));
}

#[test]
fn a_milestone_is_added_named_moved_and_taken_out() {
    let mut window = july_on("Table exceeds text");
    let before = plan(&window).clone();
    click(&mut window, "Add a milestone of Table exceeds text");
    // Its name is typed straight away.
    type_on(&mut window, "Table exceeds text, name of New milestone", "Explained");
    press(&mut window, Modifiers::NONE, Key::Enter);
    type_into(&mut window, "Table exceeds text, Explained", "2017-10-02", Key::Enter);
    let milestone = &scheme(&window, "table-exceeds-text").milestones[0];
    assert_eq!((milestone.name.as_str(), milestone.due.value.to_string().as_str()), ("Explained", "2017-10-02"));
    assert!(told(&mut window).contains(&"Table exceeds text, Explained: 13 July 2017 → 2 October 2017".to_owned()));
    click(&mut window, "Table exceeds text");
    click(&mut window, "Remove milestone Explained of Table exceeds text");
    assert_eq!(*plan(&window), before);
}

#[test]
fn targets_are_added_moved_to_another_month_and_taken_out() {
    let mut window = july(TALLER);
    let before = plan(&window).clone();
    click(&mut window, "Add a target");
    assert_eq!(plan(&window).targets.last().unwrap().month.to_string(), "2018-06", "three months after the last");
    type_into(&mut window, "Target for June 2018", "75", Key::Enter);
    write_anew(&mut window, "Month of the target for June 2018", "September 2018", Key::Enter);
    assert!(told(&mut window).contains(&"Target of 75: June 2018 → September 2018".to_owned()));
    write_anew(&mut window, "Month of the target for September 2018", "2018-03", Key::Enter);
    assert!(shows(&window, "there is a target for March 2018 already"));
    write_anew(&mut window, "Month of the target for September 2018", "soon", Key::Enter);
    assert!(shows(&window, "The target stays in September 2018."));
    click(&mut window, "Remove the target for September 2018");
    assert_eq!(*plan(&window), before);
    click(&mut window, "Remove the target for March 2018");
    is_told_and_undone(&mut window, &before, "Remove the target for March 2018: 83");
}

#[test]
fn a_pathway_says_what_hangs_on_it_before_it_goes_and_undo_brings_all_back() {
    let mut window = july(TALLER);
    window.get_by_role_and_label(Role::Link, "Care home placement").click();
    window.run_ok();
    let before = plan(&window).clone();
    assert!(shows(&window, "effects on it, of ") && shows(&window, "Undo brings all back"));
    click(&mut window, "Remove the pathway Care home placement");
    assert!(plan(&window).pathways.iter().all(|pathway| pathway.name != "Care home placement"));
    assert!(beds(&window).effects.len() < 2, "its effects went with it");
    assert!(shows(&window, "Care home placement was taken out. With it go"));
    undo(&mut window);
    assert_eq!(*plan(&window), before);
}

#[test]
fn a_pathways_name_reasons_shares_seasons_and_kind_are_changed() {
    let mut window = july(TALLER);
    window.get_by_role_and_label(Role::Link, "Care home placement").click();
    window.run_ok();
    let of = |window: &Window| {
        plan(window).pathways.iter().find(|pathway| pathway.reasons.contains(&Reason::DII)).unwrap().clone()
    };
    let before = plan(&window).clone();
    write_anew(&mut window, "Name of Care home placement", "A care home", Key::Enter);
    is_told_and_undone(&mut window, &before, "Care home placement, name: “Care home placement” → “A care home”");
    window.get_by_role_and_label(Role::Link, "A care home").click();
    window.run_ok();
    type_into(&mut window, "A care home, shares of the NHS, social care and both", "0.5, 0.5", Key::Enter);
    assert!(shows(&window, "are not three shares; write three such as 0.5, 0.5, 0"));
    type_into(&mut window, "A care home, shares of the NHS, social care and both", "0.5, 0.6, 0", Key::Enter);
    assert!(shows(&window, "make them sum to 1"));
    type_into(&mut window, "A care home, shares of the NHS, social care and both", "0.4, 0.6, 0", Key::Enter);
    assert_eq!(of(&window).attribution.value.nhs.to_string(), "0.4");
    click(&mut window, "A care home, add seasons");
    let factors = "1.3, 1.1, 1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1, 1.1, 1.1";
    write_anew(&mut window, "A care home, seasons from April to March", factors, Key::Enter);
    assert_eq!(of(&window).seasons.clone().unwrap().value[0].to_string(), "1.3");
    write_anew(&mut window, "A care home, seasons from April to March", "2, 2", Key::Enter);
    assert!(shows(&window, "the seasons must be twelve factors"));
    choose(&mut window, "How people leave A care home", "Process");
    assert!(shows(&window, "is a process without places"), "effects add places to it");
}

#[test]
fn notes_are_added_written_anew_given_another_kind_and_taken_out() {
    let mut window = july_on(BEDS);
    let before = plan(&window).clone();
    let at = before.notes.len();
    let name = format!("Note {}", at + 1);
    click(&mut window, &format!("Add a note on {BEDS}"));
    type_on(&mut window, &name, "Ask about stays");
    press(&mut window, Modifiers::SHIFT, Key::Enter);
    type_on(&mut window, &name, "and about price");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(plan(&window).notes[at].text, "Ask about stays\nand about price");
    assert_eq!(plan(&window).notes[at].scheme.as_ref().unwrap().as_str(), "care-home-beds");
    write_anew(&mut window, &name, "Gone", Key::Escape);
    assert_eq!(plan(&window).notes[at].text, "Ask about stays\nand about price", "Esc takes nothing");
    choose_from(&mut window, &format!("{name}: kind, scheme, or remove"), "It is a contradiction");
    assert_eq!(plan(&window).notes[at].kind, NoteKind::Contradiction);
    assert!(told(&mut window).iter().any(|told| told.contains("kind: remark → contradiction")));
    click(&mut window, BEDS);
    // Emptied, a note goes.
    write_anew(&mut window, &name, " ", Key::Enter);
    assert_eq!(*plan(&window), before);
}

#[test]
fn the_fund_its_years_costs_and_papers_are_changed() {
    let mut window = july(TALLER);
    let before = plan(&window).clone();
    write_anew(&mut window, "Name of the fund", "iBCF", Key::Enter);
    is_told_and_undone(&mut window, &before, "Name of the fund: “Improved Better Care Fund” → “iBCF”");
    undo(&mut window);
    click(&mut window, "Add 2020/21 to the plan");
    type_into(&mut window, "Grant 2020/21", "1m", Key::Enter);
    assert_eq!(plan(&window).fund.grant.len(), 4);
    click(&mut window, "Take 2020/21 out of the plan");
    assert_eq!(*plan(&window), before);
    click(&mut window, "Take 2019/20 out of the plan");
    assert!(shows(&window, "With 2019/20 go its grant, the money of 3 schemes"));
    is_told_and_undone(&mut window, &before, "Take 2019/20 out of the plan");
    undo(&mut window);

    type_into(&mut window, "Cost of a delayed day", "400", Key::Enter);
    is_told_and_undone(&mut window, &before, "Cost of a delayed day: £346 → £400 (+£54)");
    undo(&mut window);
    click(&mut window, "Add a cost");
    write_anew(&mut window, "Name of the cost New cost", "A taxi home", Key::Enter);
    type_into(&mut window, "Cost of A taxi home", "25", Key::Enter);
    assert_eq!(plan(&window).costs.others.last().unwrap().amount.value.exact(), "£25");
    click(&mut window, "Remove the cost A taxi home");
    assert_eq!(*plan(&window), before);

    click(&mut window, "Add a paper");
    write_anew(&mut window, "Title of New paper", "Minutes of the Board", Key::Enter);
    write_anew(&mut window, "Short name of New paper", "Minutes", Key::Enter);
    type_into(&mut window, "Date of Minutes", "2017-07-12", Key::Enter);
    assert_eq!(plan(&window).papers.last().unwrap().date.to_string(), "2017-07-12");
    click(&mut window, "Remove the paper Minutes");
    assert_eq!(*plan(&window), before);
}

#[test]
fn where_a_figure_comes_from_is_said_in_the_line_under_it() {
    let mut window = july(TALLER);
    let (name, year) = ("Source of Grant 2018/19", "2018/19".parse().unwrap());
    let grant = |window: &Window| plan(window).fund.grant.get(year).unwrap().clone();
    write_anew(&mut window, name, "Health and Wellbeing Board, 13 July 2017, paragraph 99", Key::Enter);
    let cited = Source::Cited { paper: "hwb-july-2017".parse().unwrap(), at: "paragraph 99".to_owned() };
    assert_eq!(grant(&window).source, cited);
    write_anew(&mut window, name, "Health and Wellbeing Board, 13 July 2017", Key::Enter);
    assert!(shows(&window, "it cites a paper without saying where in it; give the paragraph or table"));
    write_anew(&mut window, name, "Nobody knows", Key::Escape);
    assert_eq!(grant(&window).source, cited);
    // What is moved and then said to come from elsewhere is what that source says.
    type_into(&mut window, "Grant 2018/19", "4m", Key::Enter);
    assert!(shows(&window, "Moved in the planner from £4,188,142.57"));
    write_anew(&mut window, name, "A guess of the finance lead", Key::Enter);
    let guess = Figure {
        value: "4m".parse().unwrap(),
        was: None,
        source: Source::Assumption("A guess of the finance lead".to_owned()),
    };
    assert_eq!(grant(&window), guess);
}

#[test]
fn every_source_in_sight_can_be_said_anew_and_taken_back() {
    let small = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.ron");
    let mut window = window(Some(Path::new(small)), TALL);
    let before = plan(&window).clone();
    let go_to: [fn(&mut Window); 3] = [
        |window| press(window, Modifiers::COMMAND, Key::I),
        |window| click(window, "Care home beds"),
        |window| {
            press(window, Modifiers::COMMAND, Key::I);
            named(window, &[Role::Link], "Care home").click();
            window.run_ok();
        },
    ];
    let mut said = 0;
    for go_to in go_to {
        go_to(&mut window);
        let boxes = window.query_all_by(|node| node.label().is_some_and(|label| label.starts_with("Source of ")));
        let names: Vec<String> = boxes.filter_map(|source| source.accesskit_node().label()).collect();
        assert!(names.len() > 5, "{names:?}");
        for name in names {
            write_anew(&mut window, &name, "Said anew", Key::Enter);
            assert_ne!(*plan(&window), before, "{name}");
            undo(&mut window);
            assert_eq!(*plan(&window), before, "{name}");
            said += 1;
        }
    }
    assert!(said > 20, "{said} sources");
}

#[test]
fn a_locked_scheme_lets_nothing_be_typed_chosen_or_taken_out() {
    let mut window = july_on(BEDS);
    window.get_by_role_and_label(Role::CheckBox, &format!("Lock {BEDS}")).click();
    window.run_ok();
    let before = plan(&window).clone();
    for button in [
        format!("Remove effect 1 of {BEDS}"),
        format!("Add an effect of {BEDS}"),
        format!("Add a milestone of {BEDS}"),
        format!("Remove milestone New interim beds available of {BEDS}"),
        format!("Remove {BEDS}"),
    ] {
        assert!(window.get_by_role_and_label(Role::Button, &button).accesskit_node().is_disabled(), "{button}");
    }
    for choice in [format!("Area of {BEDS}"), format!("Basis of {BEDS}"), format!("{BEDS} effect 1, pathway")] {
        assert!(window.get_by_role_and_label(Role::ComboBox, &choice).accesskit_node().is_disabled(), "{choice}");
    }
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    press(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert!(shows(&window, "is locked; unlock it first"), "it moves among its own, and not to another area");
    assert_eq!(beds(&window).effects, before.scheme(&"care-home-beds".parse().unwrap()).unwrap().1.effects);
}

#[test]
fn what_is_added_and_saved_changes_only_its_own_lines() {
    let (_folder, path) = copy_of_july();
    let original = std::fs::read_to_string(&path).unwrap();
    let mut window = window(Some(&path), TALLER);
    click(&mut window, "Add a target");
    save(&mut window);
    wait_for(&mut window, "Saved ");
    let saved = std::fs::read_to_string(&path).unwrap();
    let lost = original.lines().filter(|line| !saved.lines().any(|kept| kept == *line)).count();
    assert_eq!(lost, 0, "no line of the file went");
    assert!(saved.lines().count() > original.lines().count());
    assert_eq!(file::read(&path).unwrap().scenario, *plan(&window));
}

#[test]
fn every_control_of_the_inspector_has_a_name_in_light_and_dark() {
    let mut window = july(PROJECTOR);
    for dark in [false, true] {
        if dark {
            press(&mut window, Modifiers::COMMAND, Key::D);
        }
        press(&mut window, Modifiers::COMMAND, Key::I);
        click(&mut window, "Edit"); // the keys beside its entries are in the typeface, or the harness says so
        assert!(shows(&window, "Move the scheme up"));
        press(&mut window, Modifiers::NONE, Key::Escape);
        assert_eq!(window.unnamed_widgets(), Vec::<String>::new());
        click(&mut window, BEDS);
        assert_eq!(window.unnamed_widgets(), Vec::<String>::new());
    }
}
