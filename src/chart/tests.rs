//! What the charts and the headline say, on Oxfordshire's July 2017 plan and on plans that differ from it by an edit.

mod outturn;
mod record;
mod waterfall;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Cause, Chart, Layer, Reading, Split, State, Stroke, Tile, Tone, count, headline, round_ticks};
use crate::bundled::JULY_2017;
use crate::calendar::FinancialYear;
use crate::forecast::Forecast;
use crate::forecast::chance::{Chance, KeptNothing, Prepared, replicate};
use crate::ledger::Ledger;
use crate::money::Money;
use crate::scenario::edit::apply;
use crate::scenario::{Edit, Figure, Scenario, Target};

fn july() -> Scenario {
    JULY_2017.open().expect("the bundled plan is sound").scenario
}

fn year(text: &str) -> FinancialYear {
    text.parse().expect("a year")
}

fn money(text: &str) -> Money {
    text.parse().expect("a sum of money")
}

fn edited(edits: Vec<Edit>) -> Scenario {
    apply(&july(), &Edit::Together(edits)).expect("it holds").scenario
}

fn allocate(scheme: &str, in_year: &str, amount: &str) -> Edit {
    Edit::SetAllocation { scheme: scheme.parse().expect("an id"), year: year(in_year), amount: money(amount) }
}

fn free(scheme: &str, in_year: &str) -> Edit {
    Edit::SetCommitted { scheme: scheme.parse().expect("an id"), year: year(in_year), committed: false }
}

/// Every scheme's money in every year taken away.
fn nothing_allocated() -> Scenario {
    let july = july();
    let years = ["2017/18", "2018/19", "2019/20"];
    edited(july.schemes.iter().flat_map(|scheme| years.map(|year| allocate(scheme.id.as_str(), year, "0"))).collect())
}

fn ledger(scenario: &Scenario) -> Ledger {
    Ledger::of(scenario).expect("within the bounds of money")
}

fn balance(scenario: &Scenario) -> Chart {
    super::balance(&ledger(scenario))
}

fn commitments(scenario: &Scenario) -> Chart {
    super::commitments(&ledger(scenario))
}

fn trajectory(scenario: &Scenario, split: Split) -> Chart {
    super::trajectory(scenario, &Forecast::of(scenario), None, split)
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-9
}

fn words(chart: &Chart) -> Vec<(&str, Tone)> {
    let said = |layer| match layer {
        &Layer::Words { ref text, tone, .. } => Some((text.as_str(), tone)),
        _ => None,
    };
    chart.layers.iter().filter_map(said).collect()
}

fn lines<'a>(chart: &'a Chart, named: &str) -> Vec<&'a [[f64; 2]]> {
    let line = |layer: &'a Layer| match layer {
        Layer::Line { label, points, .. } if label.starts_with(named) => Some(points.as_slice()),
        _ => None,
    };
    chart.layers.iter().filter_map(line).collect()
}

fn rules(chart: &Chart) -> Vec<(&str, f64)> {
    let rule = |layer| match layer {
        &Layer::Rule { ref label, x } => Some((label.as_str(), x)),
        _ => None,
    };
    chart.layers.iter().filter_map(rule).collect()
}

fn lines_read(reading: &Reading) -> Vec<(&str, &str)> {
    reading.lines.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn ticks_are_round_and_reach_the_most() {
    assert_eq!(round_ticks(6.3), [0.0, 2.0, 4.0, 6.0, 8.0]);
    assert_eq!(round_ticks(215.0), [0.0, 50.0, 100.0, 150.0, 200.0, 250.0]);
    for odd in [0.0, -3.0, f64::NAN, f64::INFINITY, 1e-9, 1e12] {
        let ticks = round_ticks(odd);
        assert!((4..=7).contains(&ticks.len()) && ticks.iter().all(|tick| tick.is_finite()), "{odd}: {ticks:?}");
    }
    for most in (1..2_000).map(|tenth| f64::from(tenth) / 10.0) {
        let ticks = round_ticks(most);
        assert!((4..=7).contains(&ticks.len()), "{most}: {ticks:?}");
        assert!(ticks.last().is_some_and(|last| *last >= most), "{most}: {ticks:?}");
        assert!(ticks.iter().all(|tick| format!("{tick}").len() <= 5), "{most}: {ticks:?}");
    }
}

#[test]
fn the_balance_s_title_says_what_is_left_and_which_year_is_over() {
    let cases = [
        (july(), "£676k is left in 2017/18; 2018/19 is £36k over"),
        // 5.6m − 1m: 1,676,000 left; 4,188,142.57 + 1,676,000 − 4.9m = 964,142.57; carried: 158,213.86 left.
        (
            edited(vec![allocate("discharge-to-assess", "2017/18", "0")]),
            "£1.676m is left in 2017/18; no later year is over",
        ),
        (
            edited(vec![allocate("discharge-to-assess", "2017/18", "1676k")]),
            "Nothing is left in 2017/18; 2018/19 is £712k over",
        ),
        (
            edited(vec![allocate("discharge-to-assess", "2017/18", "2m")]),
            "2017/18 is £324k over; 2018/19 is £712k over",
        ),
    ];
    for (scenario, title) in cases {
        assert_eq!(balance(&scenario).title, title);
    }
}

#[test]
fn bars_stack_by_area_to_the_allocations_and_the_line_stands_at_the_money_there_is() {
    let chart = balance(&july());
    let mut tops = Vec::new();
    for at in [0.0, 1.0, 2.0] {
        let mut top = 0.0;
        for layer in &chart.layers {
            if let Layer::Bar { from, to, hatched, tone, label } = layer
                && close(f64::midpoint(from[0], to[0]), at)
            {
                assert!(close(from[1], top) && to[1] > from[1] && !hatched, "{label} stands on the bar below it");
                assert!(matches!(tone, Tone::Area(area) if area.to_string() == *label));
                top = to[1];
            }
        }
        tops.push(top);
    }
    assert!(tops.iter().zip([5.6, 4.9, 2.9]).all(|(top, hand)| close(*top, hand)), "{tops:?}");
    let heights: Vec<f64> = lines(&chart, "Money there is").iter().map(|points| points[0][1]).collect();
    // £m: the grant; 4.18814257 + 0.676 brought forward; the grant, as a deficit is not carried.
    assert!(heights.iter().zip([6.276, 4.864_142_57, 2.094_071_29]).all(|(height, hand)| close(*height, hand)));
    let over = [("£676k left", Tone::Good), ("£36k over", Tone::Bad), ("£806k over", Tone::Bad)];
    assert_eq!(words(&chart), over);
    assert!(chart.y.to > 6.276 && chart.x.ticks.iter().map(|tick| &*tick.label).eq(["2017/18", "2018/19", "2019/20"]));
}

#[test]
fn the_pointer_reads_a_year_s_sums_to_the_penny() {
    let chart = balance(&july());
    let second = chart.read([1.2, 3.0]).expect("a year");
    assert_eq!(second.title, "2018/19");
    let said = [
        ("Grant", "£4,188,142.57"),
        ("Brought forward", "£676,000"),
        ("Improving flow", "£1,200,000"),
        ("Market resilience", "£1,700,000"),
        ("Market capacity", "£0"),
        ("Additional provision", "£2,000,000"),
        ("Balance", "−£35,857.43"),
    ];
    assert_eq!(lines_read(second), said);
    assert_eq!(chart.read([2.6, 3.0]), None);
}

#[test]
fn the_balance_s_table_has_every_sum_of_its_chart() {
    let table = balance(&july()).table;
    assert_eq!(table.columns, ["£", "2017/18", "2018/19", "2019/20"]);
    let names: Vec<_> = table.rows.iter().map(|row| row[0].as_str()).collect();
    let areas = ["Improving flow", "Market resilience", "Market capacity", "Additional provision"];
    assert_eq!(names, [&["Grant", "Brought forward"], &areas[..], &["Allocated", "Balance"]].concat());
    assert_eq!(table.rows[6], ["Allocated", "£5,600,000", "£4,900,000", "£2,900,000"]);
    assert_eq!(table.rows[7], ["Balance", "£676,000", "−£35,857.43", "−£805,928.71"]);
}

#[test]
fn the_commitments_title_says_the_first_year_that_is_not_covered() {
    let all_freed = july()
        .schemes
        .iter()
        .flat_map(|scheme| ["2017/18", "2018/19", "2019/20"].map(|year| free(scheme.id.as_str(), year)))
        .collect();
    let covered = vec![free("home-care-fees", "2019/20"), free("discharge-to-assess", "2018/19")];
    let cases = [
        // 4,900,000 − (4,188,142.57 + 676,000): the paper's grant and what 2017/18 leaves.
        (july(), "£4.9m is bound in 2018/19, £36k beyond the money there is"),
        // 2.9m − 1m = 1.9m of 2,094,071.29.
        (edited(covered), "Every commitment is covered; £1.9m is bound in 2019/20"),
        (edited(all_freed), "No money is committed"),
    ];
    for (scenario, title) in cases {
        assert_eq!(commitments(&scenario).title, title);
    }
}

#[test]
fn committed_years_are_hatched_exactly_where_the_year_is_unfunded() {
    let chart = commitments(&july());
    let mut bars = 0;
    for layer in &chart.layers {
        if let Layer::Bar { from, hatched, label, .. } = layer {
            assert_eq!(*hatched, from[0] >= 1.0, "{label}: 2018/19 and 2019/20 are unfunded");
            bars += 1;
        }
    }
    assert_eq!(bars, 10 + 4 + 3); // schemes with bound money in each year
    assert_eq!(words(&chart), [("0.676", Tone::Ink), ("−0.036", Tone::Bad), ("−0.806", Tone::Bad)]);
    let freed = commitments(&edited(vec![free("discharge-to-assess", "2018/19")]));
    let hatched = |layer: &&Layer| matches!(layer, Layer::Bar { hatched: true, .. });
    assert_eq!(freed.layers.iter().filter(hatched).count(), 3, "only 2019/20 is unfunded now");
}

#[test]
fn the_pointer_reads_a_scheme_s_commitments() {
    let chart = commitments(&july());
    let assess = chart.read([0.5, -9.0]).expect("the tenth row");
    assert_eq!(assess.title, "Discharge to assess at home");
    let said = [
        ("2017/18", "£1,000,000, committed"),
        ("2018/19", "£2,000,000, committed, year not covered"),
        ("2019/20", "£0, not committed"),
    ];
    assert_eq!(lines_read(assess), said);
    assert_eq!(chart.read([0.5, -10.0]), None, "the row of headroom");
}

#[test]
fn the_commitments_table_has_a_row_for_each_bound_scheme_and_the_sums() {
    let table = commitments(&july()).table;
    assert_eq!(table.rows.len(), 10 + 4);
    assert_eq!(table.rows[9], ["Discharge to assess at home", "£1,000,000", "£2,000,000", "–"]);
    assert_eq!(table.rows[11], ["Headroom", "£676,000", "−£35,857.43", "−£805,928.71"]);
    assert_eq!(table.rows[12], ["Unfunded", "£0", "£35,857.43", "£805,928.71"]);
    assert_eq!(table.rows[13], ["In words", "£676k left", "£36k over", "£806k over"]);
}

#[test]
fn a_committed_year_without_money_binds_nothing() {
    let bound =
        Edit::SetCommitted { scheme: "care-home-beds".parse().expect("an id"), year: year("2019/20"), committed: true };
    assert_eq!(commitments(&edited(vec![bound])).layers, commitments(&july()).layers);
}

/// July with 2,000 schemes, each with £1 bound in 2017/18.
fn two_thousand_schemes() -> Scenario {
    let mut scenario = july();
    let model = (*scenario.schemes[6]).clone();
    let scheme = |number: usize| {
        let mut scheme = model.clone();
        scheme.id = format!("scheme-{number}").parse().expect("an id");
        scheme.allocations.insert(year("2017/18"), Figure::entered(money("1")));
        Arc::new(scheme)
    };
    scenario.schemes = (0..2_000).map(scheme).collect();
    scenario
}

#[test]
fn of_many_schemes_the_first_fourteen_are_drawn_and_all_stand_in_the_table() {
    let chart = commitments(&two_thousand_schemes());
    assert_eq!(chart.readings.len(), 14);
    assert_eq!(
        chart.subtitle,
        "Hatched: the year's commitments are not covered. The first 14 of 2000; all in the table"
    );
    assert_eq!(chart.table.rows.len(), 2_000 + 4);
    assert_eq!(chart.table.rows[2_000][1], "£2,000");
}

#[test]
fn dots_stand_at_published_days_over_the_days_of_their_month() {
    let chart = trajectory(&july(), Split::Total);
    let dots = lines(&chart, "Published");
    let [dots] = dots.as_slice() else { panic!("one line of dots") };
    assert_eq!(dots.len(), 12 + 5); // January 2016 to May 2017
    // March 2017: 5,615 days over 31, in the middle of the 31 days that end on day 0.
    assert!(close(dots[14][0], -15.5) && close(dots[14][1], 5_615.0 / 31.0), "{:?}", dots[14]);
    assert_eq!(format!("{:.1}", dots[14][1]), "181.1");
    // April 2017: 2,246 + 501 + 2,306 = 5,053 over 30.
    assert!(close(dots[15][0], 15.0) && close(dots[15][1], 5_053.0 / 30.0), "{:?}", dots[15]);
    // January 2016: 2,631 + 1,193 + 906 = 4,730 over 31.
    assert!(close(dots[0][1], 4_730.0 / 31.0), "{:?}", dots[0]);
    assert!(chart.subtitle.contains("NHS England") && chart.subtitle.contains("Open Government Licence v3.0"));
}

#[test]
fn the_trajectory_marks_when_the_plan_was_written_and_when_money_ends() {
    // 13 July 2017 is day 30 + 31 + 30 + 12. Five schemes with an effect have 2017/18 alone; one has 2018/19 too.
    let marked = [("plan written", 103.0), ("5 schemes’ money ends", 365.0), ("1 scheme’s money ends", 730.0)];
    assert_eq!(rules(&trajectory(&july(), Split::Total)), marked);
    assert_eq!(rules(&trajectory(&nothing_allocated(), Split::Total)), marked[..1]);
}

/// The forecast of July as if it had come to these figures for its two targets, November 2017 and March 2018.
fn coming_to(scenario: &Scenario, november: f64, march: f64) -> Forecast {
    let mut forecast = Forecast::of(scenario);
    forecast.targets[0].expected = november;
    forecast.targets[1].expected = march;
    forecast
}

#[test]
fn a_target_is_good_when_met_and_bad_when_missed_and_the_title_says_the_last() {
    let july = july();
    let mark = |layer: &Layer| match layer {
        &Layer::Mark { ref label, tone, at, .. } => Some((label.clone(), tone, at)),
        _ => None,
    };
    // Day 0 is 1 April 2017: the middle of November is day 214 + 15, of March 2018 day 334 + 15½.
    let marks = |november_tone, march_tone| {
        let november = ("target 99".to_owned(), november_tone, [229.0, 99.0]);
        vec![november, ("target 83".to_owned(), march_tone, [349.5, 83.0])]
    };
    let short = super::trajectory(&july, &coming_to(&july, 99.0, 88.4), None, Split::Total);
    assert_eq!(short.layers.iter().filter_map(mark).collect::<Vec<_>>(), marks(Tone::Good, Tone::Bad));
    // July opens with 84.6774 + 24.5806 + 29.8710 + 20.2903 + 16.9032 + 4.8065 = 181.129 people delayed.
    assert_eq!(short.title, "The plan takes delays from 181 to about 88 by March 2018, above the target of 83");
    let met = super::trajectory(&july, &coming_to(&july, 99.1, 83.0), None, Split::Total);
    assert_eq!(met.layers.iter().filter_map(mark).collect::<Vec<_>>(), marks(Tone::Bad, Tone::Good));
    assert_eq!(met.title, "The plan takes delays from 181 to about 83 by March 2018, within the target of 83");
}

#[test]
fn a_target_missed_by_less_than_a_person_is_told_to_a_tenth() {
    let july = july();
    let title = |march| super::trajectory(&july, &coming_to(&july, 99.0, march), None, Split::Total).title;
    assert!(title(83.3).ends_with("to about 83.3 by March 2018, above the target of 83"), "{}", title(83.3));
    assert!(title(83.6).ends_with("to about 84 by March 2018, above the target of 83"), "{}", title(83.6));
    assert!(title(82.7).ends_with("to about 83 by March 2018, within the target of 83"), "{}", title(82.7));
}

#[test]
fn the_floor_s_words_stand_before_the_plan_where_no_published_month_comes_near_them() {
    let banes = crate::bundled::BANES_2017_19.open().expect("sound").scenario;
    let chart = trajectory(&banes, Split::Total);
    let at = chart.layers.iter().find_map(|layer| match layer {
        Layer::Words { text, at, .. } if text.starts_with("not worth") => Some(*at),
        _ => None,
    });
    let [x, floor] = at.expect("the floor's words");
    let published = lines(&chart, "Published")[0];
    let (first, reach) = (published[0], 60.0);
    assert!(x - reach > first[0] && x + reach < 0.0, "{x} of {}", first[0]);
    let near = published.iter().filter(|[day, _]| (day - x).abs() < reach);
    // In April 2016 4.3 people were delayed, in none of the other months fewer than six.
    assert!(near.map(|[_, people]| *people).all(|people| people > 6.0 && people > first[1]), "{floor}");
}

#[test]
fn the_line_of_doing_nothing_is_the_mean_of_the_same_runs_as_the_plan_s() {
    let july = july();
    let forecast = Forecast::of(&july);
    let mut chance = few_runs(&july);
    let nothing = chance.doing_nothing.as_mut().expect("it was run");
    nothing.mean_days.fill(200.0);
    nothing.mean_months.fill(200.0);
    let line = |split| {
        let chart = super::trajectory(&july, &forecast, Some(&chance), split);
        lines(&chart, "Do nothing")[0].to_vec()
    };
    assert!(line(Split::Total).iter().all(|[_, people]| (people - 200.0).abs() < 1e-9));
    assert!(line(Split::Pathway).iter().all(|[_, people]| (people - 200.0).abs() < 1e-9), "taken apart too");
    let chart = super::trajectory(&july, &forecast, Some(&chance), Split::Total);
    let march = chart.read([340.0, 50.0]).expect("a month");
    assert!(lines_read(march).contains(&("Do nothing", "200 people")), "{march:?}");
}

#[test]
fn taken_apart_the_months_drawn_are_those_of_the_title_and_of_the_table_and_the_parts_add_up_to_them() {
    let july = july();
    let (forecast, chance) = (Forecast::of(&july), few_runs(&july));
    let whole = super::trajectory(&july, &forecast, Some(&chance), Split::Total);
    for split in [Split::Pathway, Split::Attribution] {
        let chart = super::trajectory(&july, &forecast, Some(&chance), split);
        assert_eq!((&chart.title, &chart.table), (&whole.title, &whole.table));
        let plan = lines(&chart, "This plan")[0];
        let highest = chart.layers.iter().rev().find_map(|layer| match layer {
            Layer::Band { points, .. } => Some(points),
            _ => None,
        });
        for ([_, people], [_, _, high]) in plan.iter().zip(highest.expect("parts")) {
            assert!((people - high).abs() < 1e-9, "{people} is not {high}");
        }
        // From day 0 to the last, and between them the middle of each month.
        assert_eq!(plan.len(), 36 + 2);
        for ([_, drawn], mean) in plan[1..].iter().zip(&chance.mean_months) {
            assert!((drawn - mean).abs() < 1e-9, "{drawn} is not {mean}");
        }
    }
}

#[test]
fn the_economic_floor_stands_beside_the_targets_and_says_what_it_is() {
    // 12% of the 181.129 people that July opens with.
    let floor = 0.12 * 181.129;
    let chart = trajectory(&july(), Split::Total);
    let [line] = lines(&chart, "Economic floor")[..] else { panic!("one line") };
    assert!(line.iter().all(|[_, people]| (people - floor).abs() < 1e-3), "{line:?}");
    assert!(words(&chart).contains(&("not worth going below 22", Tone::Quiet)), "{:?}", words(&chart));
    assert!(chart.subtitle.contains("economic floor, 12% of the delays of day 0 (Wood and others, 2023"));
    let march = chart.read([340.0, 50.0]).expect("a month");
    assert!(lines_read(march).contains(&("Economic floor", "22 people")), "{march:?}");
    // Taken apart, the line would lie over the parts and say nothing of them.
    assert!(lines(&trajectory(&july(), Split::Pathway), "Economic floor").is_empty());
    let mut few = july();
    for pathway in &mut few.pathways {
        Arc::make_mut(pathway).waiting = Figure::entered("1".parse().expect("a quantity"));
    }
    let few = trajectory(&few, Split::Total); // 12% of six people
    assert!(lines(&few, "Economic floor").is_empty() && !few.subtitle.contains("floor"));
}

#[test]
fn a_plan_without_money_is_not_said_to_take_delays_anywhere() {
    let mut scenario = nothing_allocated();
    let title = |scenario: &Scenario| {
        let mut forecast = Forecast::of(scenario);
        forecast.targets.iter_mut().for_each(|target| target.expected = 181.2);
        forecast.months.last_mut().expect("a month").expected = 180.9;
        super::trajectory(scenario, &forecast, None, Split::Total).title
    };
    let stands = "Nothing is funded: delays stand at about 181 in";
    assert_eq!(title(&scenario), format!("{stands} March 2018, above the target of 83"));
    scenario.targets.clear();
    scenario.schemes.clear();
    assert_eq!(title(&scenario), format!("{stands} March 2020"));
}

#[test]
fn without_targets_the_title_says_where_the_plan_ends() {
    let mut scenario = july();
    scenario.targets.clear();
    let mut forecast = Forecast::of(&scenario);
    forecast.months.last_mut().expect("a month").expected = 150.2;
    let chart = super::trajectory(&scenario, &forecast, None, Split::Total);
    assert_eq!(chart.title, "The plan takes delays from 181 to about 150 by March 2020");
}

#[test]
fn doing_nothing_and_allocating_nothing_are_the_same_line() {
    let chart = trajectory(&nothing_allocated(), Split::Total);
    assert_eq!(lines(&chart, "This plan"), lines(&chart, "Do nothing"));
    let weeks: Vec<_> = lines(&chart, "This plan")[0].iter().map(|[day, _]| *day).collect();
    assert_eq!(weeks.len(), 1_096); // 365 + 365 + 366
    assert!(close(weeks[0], 1.0) && close(weeks[1_095], 1_096.0));
}

#[test]
fn a_day_s_point_is_the_mean_of_the_week_that_ends_on_it() {
    let scenario = july();
    let mut forecast = Forecast::of(&scenario);
    for pathway in &mut forecast.pathways {
        pathway.plan.fill(0.0);
    }
    forecast.pathways[0].plan[10] = 70.0;
    let chart = super::trajectory(&scenario, &forecast, None, Split::Total);
    let plan = lines(&chart, "This plan")[0];
    for (day, [_, people]) in plan.iter().enumerate() {
        let hand = if (10..17).contains(&day) { 10.0 } else { 0.0 };
        assert!(close(*people, hand), "day {day}: {people}");
    }
}

#[test]
fn the_parts_of_a_split_stack_to_the_whole() {
    for (split, parts) in [(Split::Total, 0), (Split::Pathway, 6), (Split::Attribution, 3)] {
        let chart = trajectory(&july(), split);
        let bands: Vec<_> = chart
            .layers
            .iter()
            .filter_map(|layer| match layer {
                Layer::Band { points, .. } => Some(points),
                _ => None,
            })
            .collect();
        assert_eq!(bands.len(), parts, "{split:?}");
        let (Some(lowest), Some(highest)) = (bands.first(), bands.last()) else { continue };
        assert!(lowest.iter().all(|[_, floor, _]| close(*floor, 0.0)));
        for pair in bands.windows(2) {
            assert!(pair[0].iter().zip(pair[1]).all(|(below, above)| close(below[2], above[1])));
        }
        let plan = lines(&chart, "This plan")[0];
        assert_eq!(plan.len(), highest.len());
        // Within the rounding of the shares, which are written to nine places.
        assert!(
            plan.iter().zip(*highest).all(|(plan, band)| close(plan[0], band[0]) && (plan[1] - band[2]).abs() < 1e-6)
        );
    }
}

#[test]
fn the_pointer_reads_published_months_before_the_plan_and_expected_ones_in_it() {
    let scenario = july();
    let mut forecast = coming_to(&scenario, 100.0, 90.0);
    let november = &mut forecast.months[7];
    (november.expected, november.do_nothing, november.delayed_days) = (100.2, 181.4, 3_006.0);
    november.by_pathway = vec![45.0, 15.0, 20.0, 10.2, 6.0, 4.0];
    let chart = super::trajectory(&scenario, &forecast, None, Split::Total);
    let march = chart.read([-15.5, 3.0]).expect("March 2017");
    assert_eq!(march.title, "March 2017");
    assert_eq!(lines_read(march), [("Published", "181 people"), ("Delayed days", "5,615")]);
    let november = chart.read([229.0, 3.0]).expect("November 2017");
    assert_eq!(november.title, "November 2017");
    let said = [
        ("This plan", "100 people"),
        ("Do nothing", "181 people"),
        ("Delayed days", "3,006"),
        ("Target, at most", "99 people"),
        ("Economic floor", "22 people"),
        ("Reablement and care at home", "45"),
        ("Care home placement", "15"),
        ("Further NHS care", "20"),
        ("Assessment and funding", "10"),
        ("Choice and disputes", "6"),
        ("Equipment, housing and other", "4"),
    ];
    assert_eq!(lines_read(november), said);
    let april = chart.read([15.0, 3.0]).expect("April 2017");
    assert!(lines_read(april).contains(&("Published", "168 people"))); // 5,053 / 30
}

#[test]
fn the_trajectory_s_table_has_a_row_for_each_month() {
    let table = trajectory(&july(), Split::Total).table;
    assert_eq!(table.rows.len(), 15 + 36); // January 2016 to March 2017; three years
    assert_eq!(table.columns.len(), 9 + 6);
    let march = &table.rows[14];
    assert_eq!(march[..6], ["March 2017", "181.1", "–", "–", "–", "5,615"]);
    assert!(march[6..].iter().all(|cell| cell == "–"));
    assert_eq!(table.rows[15][..2], ["April 2017", "168.4"]); // 5,053 / 30
    assert_eq!((&*table.rows[22][0], &*table.rows[22][4]), ("November 2017", "99"));
}

/// Everything that a chart draws, as numbers.
fn numbers(chart: &Chart) -> Vec<f64> {
    let mut numbers = vec![chart.x.from, chart.x.to, chart.y.from, chart.y.to];
    numbers.extend(chart.x.ticks.iter().chain(&chart.y.ticks).map(|tick| tick.at));
    for layer in &chart.layers {
        match layer {
            Layer::Band { points, .. } => numbers.extend(points.iter().flatten()),
            Layer::Line { points, .. } => numbers.extend(points.iter().flatten()),
            Layer::Bar { from, to, .. } => numbers.extend(from.iter().chain(to)),
            Layer::Mark { at, .. } | Layer::Words { at, .. } => numbers.extend(at),
            Layer::Rule { x, .. } => numbers.push(*x),
        }
    }
    numbers
}

fn extremes() -> Vec<(&'static str, Scenario)> {
    let but = |change: fn(&mut Scenario)| {
        let mut scenario = july();
        change(&mut scenario);
        scenario
    };
    vec![
        ("July", july()),
        ("blank", crate::bundled::BLANK.open().expect("sound").scenario),
        ("no schemes", but(|july| july.schemes.clear())),
        ("no pathways", but(|july| july.pathways.clear())),
        ("no history", but(|july| july.history.months.clear())),
        ("no targets", but(|july| july.targets.clear())),
        (
            "nothing at all",
            but(|july| {
                july.schemes.clear();
                july.pathways.clear();
                july.history.months.clear();
                july.targets.clear();
            }),
        ),
        ("nothing allocated", nothing_allocated()),
        (
            "grants of £0",
            edited(
                ["2017/18", "2018/19", "2019/20"]
                    .map(|in_year| Edit::SetGrant { year: year(in_year), amount: Money::ZERO })
                    .to_vec(),
            ),
        ),
        ("no money, no schemes", {
            let mut scenario = july();
            scenario.schemes.clear();
            scenario.fund.grant = std::iter::once((year("2017/18"), Figure::entered(Money::ZERO))).collect();
            scenario
        }),
        ("one year", {
            let mut scenario = july();
            scenario.fund.grant = std::iter::once((year("2017/18"), Figure::entered(money("6.276m")))).collect();
            scenario
        }),
        ("2,000 schemes", two_thousand_schemes()),
        ("ten billion", edited(vec![allocate("care-home-beds", "2019/20", "10bn")])),
    ]
}

#[test]
fn whatever_the_plan_nothing_drawn_is_without_bounds_and_every_row_is_as_long_as_the_headings() {
    for (name, scenario) in extremes() {
        let ledger = ledger(&scenario);
        let forecast = Forecast::of(&scenario);
        let mut charts = vec![super::balance(&ledger), super::commitments(&ledger)];
        charts.extend(Split::ALL.map(|split| super::trajectory(&scenario, &forecast, None, split)));
        for chart in &charts {
            let drawn = numbers(chart);
            assert!(drawn.iter().all(|number| number.is_finite()), "{name}, {}", chart.name);
            assert!(chart.x.from < chart.x.to && chart.y.from < chart.y.to, "{name}, {}", chart.name);
            assert!(
                chart.table.rows.iter().all(|row| row.len() == chart.table.columns.len()),
                "{name}, {}",
                chart.name
            );
            assert!(!chart.title.is_empty() && !chart.title.contains("NaN"), "{name}: {}", chart.title);
            assert!(chart.y.ticks.iter().all(|tick| !tick.label.contains("00000")), "{name}, {}", chart.name);
        }
        let labels: BTreeSet<_> = charts[2].y.ticks.iter().map(|tick| &tick.label).collect();
        assert_eq!(labels.len(), charts[2].y.ticks.len(), "{name}: two ticks say the same");
        let tiles = headline(&scenario, &ledger, &forecast, None).expect("within the bounds of money");
        assert!(tiles.len() >= 3, "{name}");
    }
}

fn tiles(scenario: &Scenario, forecast: &Forecast) -> Vec<Tile> {
    headline(scenario, &ledger(scenario), forecast, None).expect("within the bounds of money")
}

#[test]
fn the_first_tile_says_what_is_left_in_the_year_that_the_plan_was_written_in() {
    let forecast = Forecast::of(&july());
    let left = &tiles(&july(), &forecast)[0];
    assert_eq!(left.caption, "Left to allocate, 2017/18");
    assert_eq!(left.figure, "£676,000");
    assert_eq!(left.detail, "of £6.276m");
    assert_eq!(left.exact, "£6,276,000 available less £5,600,000 allocated");
    assert_eq!((left.state, &left.cause), (State::Good, &Cause::Year(year("2017/18"))));

    let over = &tiles(&edited(vec![allocate("discharge-to-assess", "2017/18", "2m")]), &forecast)[0];
    assert_eq!(over.caption, "Over-allocated, 2017/18");
    assert_eq!(over.figure, "£324,000");
    assert_eq!(over.detail, "more than the £6.276m there is");
    assert_eq!(over.state, State::Bad);

    let mut later = july();
    later.as_of = "2018-07-13".parse().expect("a date");
    assert_eq!(tiles(&later, &forecast)[0].caption, "Over-allocated, 2018/19");
    later.as_of = "2024-07-13".parse().expect("a date");
    assert_eq!(tiles(&later, &forecast)[0].caption, "Over-allocated, 2019/20");
}

#[test]
fn the_second_tile_says_the_first_unfunded_year_and_a_worse_one_after_it() {
    let forecast = Forecast::of(&july());
    let next = &tiles(&july(), &forecast)[1];
    assert_eq!(next.figure, "2018/19");
    assert_eq!(next.detail, "£36k unfunded; 2019/20: £806k");
    assert_eq!(next.exact, "£4,900,000 committed, £35,857.43 unfunded");
    assert_eq!((next.state, &next.cause), (State::Watch, &Cause::Commitments));

    let now = &tiles(&edited(vec![allocate("discharge-to-assess", "2017/18", "2m")]), &forecast)[1];
    assert_eq!((&*now.figure, now.state), ("2017/18", State::Bad));

    let covered = vec![free("home-care-fees", "2019/20"), free("discharge-to-assess", "2018/19")];
    let covered = &tiles(&edited(covered), &forecast)[1];
    assert_eq!((&*covered.figure, &*covered.detail), ("None", "every commitment is covered"));
    assert_eq!(covered.state, State::Good);
}

#[test]
fn target_tiles_say_met_or_missed_by_how_many_and_that_july_did_not_know_them() {
    let july = july();
    let cases = [
        (88.0, "88 delayed", "target met by 11, agreed after the plan", State::Good),
        (99.0, "99 delayed", "target met by less than 1, agreed after the plan", State::Good),
        (99.3, "99 delayed", "misses by less than 1, agreed after the plan", State::Bad),
        (134.4, "134 delayed", "misses by 35, agreed after the plan", State::Bad),
    ];
    for (expected, figure, detail, state) in cases {
        let tile = &tiles(&july, &coming_to(&july, expected, 90.0))[2];
        assert_eq!(tile.caption, "November 2017, target 99");
        assert_eq!((&*tile.figure, &*tile.detail, tile.state), (figure, detail, state));
        assert!(tile.exact.ends_with("target: Health and Wellbeing Board, 9 November 2017, paragraph 8"));
    }
    let mut forecast = coming_to(&july, 99.0, 90.0);
    forecast.months[7].by_pathway = vec![10.0, 20.0, 30.0, 25.0, 1.0, 0.0];
    let longest = Cause::Pathway("further-nhs-care".parse().expect("an id"));
    assert_eq!(tiles(&july, &forecast)[2].cause, longest);
}

#[test]
fn the_next_two_targets_have_tiles_in_order_of_month_whatever_their_order_in_the_file() {
    let mut scenario = july();
    let model = scenario.targets[0].clone();
    let target = |text: &str| Target { month: text.parse().expect("a month"), ..model.clone() };
    scenario.targets = ["2018-03", "2017-06", "2017-11", "2017-07"].map(target).to_vec();
    let months = |scenario: &Scenario| -> Vec<String> {
        let tiles = tiles(scenario, &Forecast::of(scenario));
        let targets = tiles.iter().filter_map(|tile| tile.caption.split_once(", target"));
        targets.map(|(month, _)| month.to_owned()).collect()
    };
    assert_eq!(months(&scenario), ["July 2017", "November 2017"]); // written on 13 July 2017
    for later in ["2017-12-01", "2019-01-01"] {
        scenario.as_of = later.parse().expect("a date");
        assert_eq!(months(&scenario), ["November 2017", "March 2018"]);
    }
}

#[test]
fn a_sum_of_money_is_rounded_alike_wherever_it_is_short() {
    // 4,188,142.57 + 676,000 − 4.9m = −35,857.43; £970,142.57 more is short by £1.006m.
    let over = edited(vec![allocate("discharge-to-assess", "2018/19", "2970142.57")]);
    assert!(words(&balance(&over)).contains(&("£1.006m over", Tone::Bad)));
    assert!(words(&commitments(&over)).contains(&("−1.006", Tone::Bad)));
    assert!(tiles(&over, &Forecast::of(&over))[1].detail.starts_with("£1.006m unfunded"));
}

#[test]
fn the_last_tile_divides_the_money_by_the_delayed_days_avoided() {
    let july = july();
    let avoiding = |days: f64| {
        let mut forecast = Forecast::of(&july);
        for month in &mut forecast.months {
            (month.delayed_days, month.delayed_days_do_nothing) = (5_000.0, 5_000.0);
        }
        forecast.months[3].delayed_days -= days;
        tiles(&july, &forecast).pop().expect("a tile")
    };
    // £13.4m over the three years.
    let some = avoiding(10_000.0);
    assert_eq!(some.caption, "Delayed days avoided, 3 years");
    assert_eq!((&*some.figure, &*some.detail), ("10,000", "£1,340 each; a delayed day costs £346"));
    assert_eq!(some.exact, "10,000 over 3 years against doing nothing, in the expected run, for £13,400,000 allocated");
    assert_eq!(some.state, State::Plain);
    assert_eq!(avoiding(0.0).detail, "a delayed day costs £346");
    assert_eq!((&*avoiding(-0.25).figure, avoiding(-0.25).state), ("0", State::Plain));
    assert_eq!((&*avoiding(-12.0).figure, avoiding(-12.0).state), ("−12", State::Bad));
    assert_eq!(avoiding(-12.0).detail, "a delayed day costs £346");
}

/// 64 runs of a plan, and of doing nothing.
fn few_runs(scenario: &Scenario) -> Chance {
    let (prepared, stop) = (Prepared::of(scenario), AtomicBool::new(false));
    let nothing = KeptNothing::default().after(&prepared, 1, 64, &stop).expect("nobody stops it");
    replicate(&prepared, 1, 0..64, &stop).expect("nobody stops it").chance(&prepared, 1).beside(nothing)
}

#[test]
fn the_last_tile_tells_what_is_avoided_on_average_of_the_runs_where_there_are_any() {
    let july = july();
    let chance = few_runs(&july);
    let nothing = chance.doing_nothing.as_ref().expect("it was run");
    let days: f64 = nothing.mean_days.iter().sum::<f64>() - chance.mean_days.iter().sum::<f64>();
    let ledger = Ledger::of(&july).expect("sums");
    let tile = headline(&july, &ledger, &Forecast::of(&july), Some(&chance)).expect("sums").pop().expect("a tile");
    assert_eq!(tile.figure, count(days));
    assert!(tile.exact.contains(" against doing nothing, on average of 64 runs, for £13,400,000"), "{}", tile.exact);
}

#[test]
fn a_plan_without_pathways_says_that_nothing_is_forecast_and_draws_no_forecast() {
    let mut scenario = july();
    let chance = few_runs(&scenario);
    scenario.pathways.clear();
    let chart = super::trajectory(&scenario, &Forecast::of(&scenario), Some(&chance), Split::Total);
    assert_eq!(chart.title, "The plan has no pathways, so no delays are forecast");
    let is_forecast = |layer: &Layer| match layer {
        Layer::Band { .. } => true,
        Layer::Line { label, .. } => label == "This plan" || label == "Do nothing",
        _ => false,
    };
    assert!(!chart.layers.iter().any(is_forecast));
    assert!(!chart.subtitle.contains("runs"), "{}", chart.subtitle);
}

#[test]
fn lines_that_a_chart_is_about_are_strong_and_what_would_happen_otherwise_is_dashed() {
    let chart = trajectory(&july(), Split::Total);
    let stroke = |named: &str| {
        chart.layers.iter().find_map(|layer| match layer {
            Layer::Line { label, stroke, .. } if label == named => Some(*stroke),
            _ => None,
        })
    };
    assert_eq!(stroke("This plan"), Some(Stroke::Strong));
    assert_eq!(stroke("Do nothing"), Some(Stroke::Dashed));
}
