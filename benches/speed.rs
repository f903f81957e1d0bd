//! How long the planner's work takes, on Oxfordshire's July 2017 plan and on one of 2,000 schemes: `cargo bench`.
//!
//! The aims stand beside each figure. They are reported, never asserted: a busy machine is no fault of the code.

#![expect(clippy::expect_used, reason = "a benchmark that can't start has nothing to say")]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use divan::{Bencher, black_box};
use ibcf_planner::bundled::JULY_2017;
use ibcf_planner::calendar::{FinancialYear, Month};
use ibcf_planner::chart::{self, Split};
use ibcf_planner::export::{Asked, Known, Size, export};
use ibcf_planner::file;
use ibcf_planner::forecast::chance::{Chance, Kept, Prepared, replicate, replicate_from};
use ibcf_planner::forecast::{self, Contributions, Forecast};
use ibcf_planner::ledger::Ledger;
use ibcf_planner::money::Money;
use ibcf_planner::published::{Months, Workbook};
use ibcf_planner::scenario::edit::{Edit, apply};
use ibcf_planner::scenario::{Id, Scenario, Scheme};
use ibcf_planner::sheets;
use workbooks::{Area, Layout, Made};

#[path = "../tests/published/workbooks.rs"]
mod workbooks;

fn main() {
    divan::main();
}

fn july() -> Scenario {
    JULY_2017.open().expect("the July plan is sound").scenario
}

/// The July plan with 1,990 schemes more, each a copy of one of its own.
fn of_two_thousand_schemes() -> Scenario {
    let mut scenario = july();
    let own = scenario.schemes.clone();
    for (at, model) in own.iter().cycle().take(2_000 - own.len()).enumerate() {
        let mut scheme = (**model).clone();
        scheme.id = format!("scheme-{at}").parse().expect("an id");
        scenario.schemes.push(Arc::new(scheme));
    }
    scenario
}

fn year() -> FinancialYear {
    "2017/18".parse().expect("a year")
}

fn fewer_beds() -> Edit {
    let scheme: Id = "care-home-beds".parse().expect("an id");
    Edit::SetAllocation { scheme, year: year(), amount: Money::pounds(650_000).expect("money") }
}

/// What a drag does between two frames: the edit, its check, every figure, every chart.
fn follow(scenario: &Scenario, edit: &Edit) -> [chart::Chart; 3] {
    let scenario = apply(scenario, edit).expect("it holds").scenario;
    let ledger = Ledger::of(&scenario).expect("sums within bounds");
    let forecast = Forecast::of(&scenario);
    black_box(chart::headline(&scenario, &ledger, &forecast, None).expect("sums within bounds"));
    let trajectory = chart::trajectory(&scenario, &forecast, None, Split::Total);
    [chart::balance(&ledger), chart::commitments(&ledger), trajectory]
}

/// Aim: 50 µs, for plan and doing nothing together.
#[divan::bench]
fn expected_run(bencher: Bencher) {
    let compiled = forecast::compile(&july());
    bencher.bench_local(|| forecast::run(black_box(&compiled)));
}

#[divan::bench]
fn compiling_the_forecast(bencher: Bencher) {
    let scenario = july();
    bencher.bench_local(|| forecast::compile(black_box(&scenario)));
}

/// Aim: 4 ms.
#[divan::bench]
fn edit_to_all_figures_and_charts(bencher: Bencher) {
    let (scenario, edit) = (july(), fewer_beds());
    bencher.bench_local(|| follow(black_box(&scenario), &edit));
}

#[divan::bench]
fn edit_to_all_figures_and_charts_of_2000_schemes(bencher: Bencher) {
    let (scenario, edit) = (of_two_thousand_schemes(), fewer_beds());
    bencher.bench_local(|| follow(black_box(&scenario), &edit));
}

/// From the scenario to the bands, on all processors.
fn chance(scenario: &Scenario, replications: u32) -> Chance {
    let prepared = Prepared::of(scenario);
    let tally = replicate(&prepared, 1, 0..replications, &AtomicBool::new(false)).expect("nobody stops it");
    tally.chance(&prepared, 1)
}

/// Aim: 12 ms.
#[divan::bench]
fn chance_of_250_replications(bencher: Bencher) {
    let scenario = july();
    bencher.bench_local(|| chance(black_box(&scenario), 250));
}

/// Aim: 250 ms on two processors.
#[divan::bench(sample_count = 10)]
fn chance_of_10000_replications(bencher: Bencher) {
    let scenario = july();
    bencher.bench_local(|| chance(black_box(&scenario), 10_000));
}

/// The first bands after each step of a drag: the pathways that the scheme acts on are run again, of six. No two steps
/// are alike, or the last one's would be found.
#[divan::bench(args = [("care-home-fees", 1), ("care-home-beds", 2), ("intermediate-care-and-ed-teams", 3)])]
fn chance_of_250_replications_after_an_edit(bencher: Bencher, (scheme, _pathways): (&str, usize)) {
    let (july, mut kept, mut pounds) = (july(), Kept::default(), 0);
    let mut follow = || {
        pounds += 1_000;
        let amount = Money::pounds(pounds).expect("money");
        let edit = Edit::SetAllocation { scheme: scheme.parse().expect("an id"), year: year(), amount };
        let prepared = Prepared::of(&apply(&july, &edit).expect("it holds").scenario);
        let tally = replicate_from(&mut kept, &prepared, 1, 0..250, &AtomicBool::new(false));
        tally.expect("nobody stops it").chance(&prepared, 1)
    };
    follow();
    bencher.bench_local(follow);
}

/// Pictures, tables, workbook and board paper into a folder, chance and track record worked out anew. Aim: 2 s.
#[divan::bench(sample_count = 5)]
fn all_exports_of_july(bencher: Bencher) {
    let scenario = july();
    let asked = Asked { what: None, size: Size::USUAL, replications: 10_000, seed: 1, may_replace: true };
    let folder = tempfile::tempdir().expect("a folder");
    bencher.bench_local(|| {
        export(black_box(&scenario), Known::default(), folder.path(), &asked, &mut |_| true).expect("exported")
    });
}

/// From the published months of July's history to levels, places and volatility. Aim: 1 s.
#[divan::bench]
fn calibrating_july(bencher: Bencher) {
    let scenario = july();
    bencher.bench_local(|| forecast::calibration::calibrate(black_box(&scenario)));
}

#[divan::bench]
fn next_fifty_thousand_pounds_for_one_scheme(bencher: Bencher) {
    let scenario = july();
    let forecast = Forecast::of(&scenario);
    let (at, scheme) = scenario.scheme(&"care-home-beds".parse().expect("an id")).expect("beds");
    let to = scheme.allocation(year()).plus(Money::pounds(50_000).expect("money")).expect("money");
    bencher.bench_local(|| forecast::avoided_by_moving(black_box(&scenario), &forecast, at, year(), to));
}

/// Aim: 5 ms.
#[divan::bench]
fn what_each_scheme_of_july_does(bencher: Bencher) {
    contributions(bencher, &july());
}

/// Aim: 50 ms. Twelve schemes on one pathway, each with money in every year: 4,096 coalitions.
#[divan::bench]
fn what_each_of_twelve_schemes_on_one_pathway_does(bencher: Bencher) {
    let mut scenario = july();
    let (_, model) = scenario.scheme(&"care-home-beds".parse().expect("an id")).expect("beds");
    let mut model = model.clone();
    model.effects.truncate(1);
    let named = |at| Arc::new(Scheme { id: format!("scheme-{at}").parse().expect("an id"), ..model.clone() });
    scenario.schemes = (0..12).map(named).collect();
    contributions(bencher, &scenario);
}

/// No aim: orders drawn by chance, their error stated.
#[divan::bench(sample_count = 5)]
fn what_each_of_2000_schemes_does(bencher: Bencher) {
    contributions(bencher, &of_two_thousand_schemes());
}

fn contributions(bencher: Bencher, scenario: &Scenario) {
    let forecast = Forecast::of(scenario);
    bencher.bench_local(|| Contributions::of(black_box(scenario), &forecast));
}

/// Aim: 5 ms.
#[divan::bench]
fn next_pound_of_every_scheme_and_year_of_july(bencher: Bencher) {
    let scenario = july();
    let forecast = Forecast::of(&scenario);
    let all = || {
        let years = || scenario.horizon().financial_years();
        let each = |at| years().map(move |year| (at, year));
        let asked = (0..scenario.schemes.len()).flat_map(each);
        asked.map(|(at, year)| forecast::next_pound(&scenario, &forecast, at, year)).collect::<Vec<_>>()
    };
    bencher.bench_local(all);
}

/// Aim: within a second, with all its figures and charts.
#[divan::bench]
fn reading_2000_schemes(bencher: Bencher) {
    let text = file::write(&of_two_thousand_schemes());
    bencher.bench_local(|| file::parse("large.ron", black_box(&text)).expect("it holds"));
}

#[divan::bench]
fn writing_july(bencher: Bencher) {
    let scenario = july();
    bencher.bench_local(|| file::write(black_box(&scenario)));
}

#[cfg(feature = "window")]
mod window {
    use eframe::egui::{self, Rect};
    use ibcf_planner::app::{Planner, Settings};

    use super::{Bencher, black_box, file, of_two_thousand_schemes};

    fn at_1080p() -> egui::RawInput {
        let screen_rect = Some(Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1920.0, 1080.0)));
        egui::RawInput { screen_rect, ..Default::default() }
    }

    /// One pass over the window without drawing it, as on every repaint.
    fn frames(bencher: Bencher, path: Option<&std::path::Path>) {
        let ctx = egui::Context::default();
        let mut planner = Planner::new(&ctx, path, Settings::default()).expect("the plan is sound");
        for _ in 0..3 {
            ctx.run_ui(at_1080p(), |ui| planner.draw(ui)).drop_without_applying_deltas();
        }
        bencher.bench_local(|| black_box(ctx.run_ui(at_1080p(), |ui| planner.draw(ui))).drop_without_applying_deltas());
    }

    /// Aim: 5 ms.
    #[divan::bench]
    fn frame_of_july_at_1080p(bencher: Bencher) {
        frames(bencher, None);
    }

    /// Aim: 16 ms. A page key on a slider: the edit, all figures and charts, and the bands of the
    /// first replications, laid out.
    #[divan::bench]
    fn frame_in_which_a_slider_moves_at_1080p(bencher: Bencher) {
        let ctx = egui::Context::default();
        let mut planner = Planner::new(&ctx, None, Settings::default()).expect("the plan is sound");
        let frame = |planner: &mut Planner, event: egui::Event| {
            let input = egui::RawInput { events: vec![event], ..at_1080p() };
            ctx.run_ui(input, |ui| planner.draw(ui)).drop_without_applying_deltas();
        };
        let press = |key| egui::Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: egui::Modifiers::NONE,
        };
        // The first slider that Tab reaches is as good as any.
        let opened = planner.scenario().clone();
        for _ in 0..40 {
            frame(&mut planner, press(egui::Key::Tab));
            frame(&mut planner, press(egui::Key::PageUp));
            if *planner.scenario() != opened {
                break;
            }
        }
        assert!(*planner.scenario() != opened, "no slider was reached");
        let mut rises = false;
        bencher.bench_local(|| {
            rises = !rises;
            frame(&mut planner, press(if rises { egui::Key::PageUp } else { egui::Key::PageDown }));
        });
    }

    /// Aim: 16 ms. Each frame goes to the next page, or from the last to the first.
    #[divan::bench]
    fn page_change_of_july_at_1080p(bencher: Bencher) {
        let ctx = egui::Context::default();
        let mut planner = Planner::new(&ctx, None, Settings::default()).expect("the plan is sound");
        planner.present(&ctx);
        let key = |key| egui::Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: egui::Modifiers::NONE,
        };
        let mut page = 0;
        let mut turn = || {
            page = (page + 1) % 12;
            let events = vec![key(if page == 0 { egui::Key::Home } else { egui::Key::PageDown })];
            ctx.run_ui(egui::RawInput { events, ..at_1080p() }, |ui| planner.draw(ui)).drop_without_applying_deltas();
        };
        turn();
        bencher.bench_local(turn);
    }

    /// Aim: 16 ms, for 60 frames a second. Each frame moves on by about a scheme, whose next £50,000 is new.
    #[divan::bench]
    fn scrolling_through_2000_schemes_at_1080p(bencher: Bencher) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("large.ron");
        file::save(&path, &file::write(&of_two_thousand_schemes())).expect("saved");
        let ctx = egui::Context::default();
        let mut planner = Planner::new(&ctx, Some(&path), Settings::default()).expect("the plan is sound");
        let over_the_list = egui::Event::PointerMoved(egui::pos2(200.0, 500.0));
        let wheel = egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -60.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        };
        let mut frame = || {
            let events = vec![over_the_list.clone(), wheel.clone()];
            ctx.run_ui(egui::RawInput { events, ..at_1080p() }, |ui| planner.draw(ui)).drop_without_applying_deltas();
        };
        frame();
        bencher.bench_local(frame);
    }
}

/// A hundred and five months of a hundred and fifty areas, as their files hold them.
fn hundred_and_five_workbooks() -> Vec<Vec<u8>> {
    let areas: Vec<Area> = (0..150).map(|at| area(&format!("Council {at}"))).collect();
    let months = std::iter::successors("2011-01".parse::<Month>().ok(), |month| Some(month.next())).take(105);
    months.map(|month| Made::new(Layout::From2017, &month.in_words(), areas.clone()).bytes()).collect()
}

fn area(name: &str) -> Area {
    let by_reason = [40, 10, 60, 20, 30, 50, 5, 25, 2, 8, 0];
    Area { name: name.to_owned(), code: "-", by_type_of_care: [150, 100], by_organisation: [130, 80, 40], by_reason }
}

/// Aim: 10 s. From bytes to all months brought together.
#[divan::bench(sample_count = 3)]
fn importing_105_workbooks(bencher: Bencher) {
    let workbooks = hundred_and_five_workbooks();
    bencher.bench_local(|| {
        let read = workbooks.iter().map(|bytes| Workbook::of("month.xlsx", &sheets::parse("month.xlsx", bytes)?));
        assert_eq!(Months::of(read).workbooks.len(), 105);
    });
}
