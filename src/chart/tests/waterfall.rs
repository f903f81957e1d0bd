//! From doing nothing to the plan: every step where it should be, on July and on shares made up for the purpose.

use super::*;
use crate::calendar::Month;
use crate::chart::Over;
use crate::forecast::{Contributions, SchemeContribution};
use crate::scenario::Scheme;

fn november() -> Month {
    "2017-11".parse().expect("a month")
}

fn waterfall(scenario: &Scenario, over: Over) -> Chart {
    let forecast = Forecast::of(scenario);
    super::super::waterfall::waterfall(scenario, &Contributions::of(scenario, &forecast), &forecast, over)
}

/// Bars from the top: label, right and left end.
fn bars(chart: &Chart) -> Vec<(&str, f64, f64)> {
    let bar = |layer| match layer {
        &Layer::Bar { ref label, from, to, .. } => Some((label.as_str(), to[0], from[0])),
        _ => None,
    };
    chart.layers.iter().filter_map(bar).collect()
}

/// July's first scheme so many times, and shares of what July's plan avoids in every month.
fn with_shares(shares: &[f64]) -> (Scenario, Contributions, Forecast) {
    let mut scenario = july();
    let forecast = Forecast::of(&scenario);
    let model = scenario.schemes[0].clone();
    let named =
        |at| Scheme { id: format!("s-{at}").parse().expect("an id"), name: format!("S{at}"), ..(*model).clone() };
    scenario.schemes = (0..shares.len()).map(|at| Arc::new(named(at))).collect();
    let fewer = |share: f64| forecast.months.iter().map(move |month| share * (month.do_nothing - month.expected));
    let schemes = shares.iter().zip(&scenario.schemes).map(|(share, scheme)| SchemeContribution {
        id: scheme.id.clone(),
        delayed_days: share * forecast.delayed_days_avoided(),
        months: fewer(*share).collect(),
        standard_error: 0.0,
    });
    let contributions = Contributions { schemes: schemes.collect(), sampled: false, on_average: false };
    (scenario, contributions, forecast)
}

fn of_shares(shares: &[f64], over: Over) -> Chart {
    let (scenario, contributions, forecast) = with_shares(shares);
    super::super::waterfall::waterfall(&scenario, &contributions, &forecast, over)
}

#[test]
fn steps_lead_from_doing_nothing_to_the_plan_the_longest_first() {
    let forecast = Forecast::of(&july());
    let month = forecast.month(november()).expect("in the plan");
    let days = |of: fn(&crate::forecast::MonthFigures) -> f64| forecast.months.iter().map(of).sum::<f64>();
    let whole = (days(|month| month.delayed_days_do_nothing), days(|month| month.delayed_days));
    for (over, nothing, plan) in
        [(Over::Month(november()), month.do_nothing, month.expected), (Over::Horizon, whole.0, whole.1)]
    {
        let chart = waterfall(&july(), over);
        let bars = bars(&chart);
        let near = |left: f64, right: f64| (left - right).abs() < 1e-6 * nothing;
        let [first, steps @ .., last] = bars.as_slice() else { panic!("{bars:?}") };
        assert!(first.0 == "Do nothing" && near(first.1, nothing) && last.0 == "This plan" && near(last.1, plan));
        assert!(steps.len() > 3);
        let mut at = nothing;
        for (name, from, to) in steps {
            assert!(near(*from, at), "{name}");
            at = *to;
        }
        // What is left between is of schemes whose part would not show: under a twentieth of a person, half a day.
        assert!((at - plan).abs() < 10.0 * if over == Over::Horizon { 0.5 } else { 0.05 });
        assert!(steps.is_sorted_by(|a, b| a.1 - a.2 >= b.1 - b.2));
        assert_eq!(chart.readings.len(), bars.len());
        assert_eq!(chart.read([1.0, -1.0]).map(|reading| reading.title.as_str()), Some(steps[0].0));
    }
}

#[test]
fn the_target_is_a_line_in_its_month_and_nowhere_else() {
    assert_eq!(rules(&waterfall(&july(), Over::Month(november()))), [("Target 99", 99.0)]);
    assert_eq!(rules(&waterfall(&july(), Over::Month(november().next()))), []);
    assert_eq!(rules(&waterfall(&july(), Over::Horizon)), []);
}

#[test]
fn the_title_is_the_finding_whichever_way_it_falls() {
    let forecast = Forecast::of(&july());
    let month = forecast.month(november()).expect("in the plan");
    let fewer = month.do_nothing - month.expected;
    let part = |share: f64| crate::chart::count(share * fewer);
    assert!(0.2 * fewer >= 10.0, "whole people, as the cases below expect");
    let (whole, days) = (part(1.0), crate::chart::count(forecast.delayed_days_avoided()));
    let half_of_days = crate::chart::count(0.5 * forecast.delayed_days_avoided());
    let november = Over::Month(november());
    for (shares, over, title) in [
        (&[][..], november, "No scheme changes delay in November 2017".to_owned()),
        (&[0.0, 0.0], november, "No scheme changes delay in November 2017".to_owned()),
        (&[0.0, 1.0], november, format!("All is taken out by S1: {whole} people fewer in November 2017")),
        (
            &[0.2, 0.5, 0.3],
            november,
            format!("Most is taken out by S1: {} of the {whole} people fewer in November 2017", part(0.5)),
        ),
        (
            &[0.5, 0.3, 0.2],
            Over::Horizon,
            format!("Most is taken out by S0: {half_of_days} of the {days} delayed days avoided over the whole plan"),
        ),
        (
            &[1.2, -0.2],
            november,
            format!("Most is taken out by S0, {}, but others add: {whole} people fewer in November 2017", part(1.2)),
        ),
        (&[1.0], Over::Month("2031-11".parse().expect("a month")), "November 2031 lies outside the plan".to_owned()),
    ] {
        assert_eq!(of_shares(shares, over).title, title);
    }
}

#[test]
fn schemes_that_change_nothing_are_counted_in_words_and_not_drawn() {
    let chart = of_shares(&[0.0, 0.6, 0.0, 0.4], Over::Month(november()));
    assert_eq!(bars(&chart).iter().map(|bar| bar.0).collect::<Vec<_>>(), ["Do nothing", "S1", "S3", "This plan"]);
    assert_eq!(
        chart.subtitle,
        "People delayed, mean of November 2017, in the expected run. 2 of 4 schemes change nothing here"
    );
    let nothing = waterfall(&nothing_allocated(), Over::Horizon);
    assert_eq!(bars(&nothing).len(), 2);
    assert_eq!(
        nothing.subtitle,
        "Delayed days over the plan, in the expected run. 10 of 10 schemes change nothing here"
    );
    assert_eq!(
        of_shares(&[], Over::Horizon).subtitle,
        "Delayed days over the plan, in the expected run. There are no schemes"
    );
}

#[test]
fn of_two_thousand_schemes_twelve_are_drawn_and_the_table_has_all() {
    let shares: Vec<f64> = (1..=2_000).map(|rank| f64::from(rank) / 2_001_000.0).collect(); // 1 + … + 2,000 = 2,001,000
    let chart = of_shares(&shares, Over::Horizon);
    let bars = bars(&chart);
    assert_eq!(bars.len(), 1 + 12 + 1 + 1);
    // The smallest of these is less than half a day, if the plan avoids less than a million.
    assert!(bars[1].0 == "S1999" && bars[12].0 == "S1988" && bars[13].0.ends_with(" others"), "{bars:?}");
    assert!((bars[13].2 - bars[14].1).abs() < 1e-6, "the others lead to the plan");
    assert_eq!(chart.table.rows.len(), 2_001);
    assert!(chart.table.rows.iter().all(|row| row.len() == chart.table.columns.len()));
}

#[test]
fn with_chance_the_steps_lead_from_and_to_where_the_trajectory_does_and_come_to_what_the_headline_says() {
    let july = july();
    let (forecast, chance) = (Forecast::of(&july), super::few_runs(&july));
    let averaged = forecast.on_average(&july, &chance);
    let contributions = Contributions::of(&july, &forecast);
    let chart = super::super::schemes(&july, &contributions, &forecast, Some(&chance), Over::Month(november()));
    let month = averaged.month(november()).expect("in the plan");
    let bars = bars(&chart);
    let (first, last) = (bars[0], bars[bars.len() - 1]);
    assert_eq!((first.1, last.1), (month.do_nothing, month.expected));
    let step = bars[1..bars.len() - 1].iter().map(|(_, right, left)| right - left).sum::<f64>();
    assert!((step - (month.do_nothing - month.expected)).abs() < 1e-9, "{step}");
    assert!(chart.subtitle.starts_with("People delayed, mean of November 2017. Shares by the expected run"));
    let headline = headline(&july, &Ledger::of(&july).expect("sums"), &forecast, Some(&chance)).expect("sums");
    let total = &chart.table.rows[chart.table.rows.len() - 1];
    assert_eq!(total[total.len() - 2], headline[headline.len() - 1].figure);
}

#[test]
fn the_table_prices_each_day_and_its_last_row_is_the_plan() {
    let (scenario, mut contributions, forecast) = with_shares(&[0.75, 0.25]);
    contributions.schemes[1].standard_error = 11.2;
    contributions.schemes[1].delayed_days = 3_600.0; // £3.6m over three years: £1,000 a day
    let table = super::super::waterfall::waterfall(&scenario, &contributions, &forecast, Over::Horizon).table;
    assert_eq!(
        table.columns,
        [
            "Scheme",
            "Area",
            "People fewer, November 2017",
            "People fewer, March 2018",
            "Delayed days avoided",
            "Cost per day avoided"
        ]
    );
    let row = table.rows.iter().find(|row| row[0] == "S1").expect("its row");
    assert_eq!(row[1], "Improving flow");
    assert_eq!(row[4..], ["3,600 ± 12", "£1,000"]);
    let month = forecast.month(november()).expect("in the plan");
    let last = table.rows.last().expect("a row");
    assert_eq!(last[0], "All schemes");
    assert_eq!(last[2], format!("{:.1}", month.do_nothing - month.expected));
}
