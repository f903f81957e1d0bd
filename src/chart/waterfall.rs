//! What each scheme does: from doing nothing down to this plan, a step for each scheme.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::words::{count, people};
use super::{Anchor, Axis, Chart, Layer, Reading, Table, Tick, Tone, round_ticks};
use crate::calendar::Month;
use crate::forecast::chance::Chance;
use crate::forecast::{Contributions, Forecast, SchemeContribution};
use crate::money::Money;
use crate::scenario::{Scenario, Scheme};

/// How much further than the longest bar the picture reaches, for the figure at the bar's end.
const ROOM_FOR_FIGURE: f64 = 1.2;
/// The most schemes drawn; the rest are one step, and the table has them all.
const MOST_DRAWN: usize = 12;
/// Half the height of a bar, in rows.
const HALF_BAR: f64 = 0.34;
/// A bar that begins before this share of the width has no room for words to its left.
const ROOM_FOR_WORDS: f64 = 0.08;
/// Fewer delayed days avoided than this are not worth dividing by.
const FEWEST_DAYS: f64 = 1.0;

/// What the steps are counted over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// People delayed, as the mean of one month.
    Month(Month),
    /// Delayed days of the whole plan.
    Horizon,
}

/// What each scheme does: on average of the runs, where there are any and its share of them can be told; else in the
/// expected run. `contributions` are those of `forecast`.
pub fn schemes(
    scenario: &Scenario,
    contributions: &Contributions,
    forecast: &Forecast,
    chance: Option<&Chance>,
    over: Over,
) -> Chart {
    let averaged = chance.filter(|chance| chance.doing_nothing.is_some());
    let averaged = averaged.map(|chance| forecast.on_average(scenario, chance));
    let shared = averaged.and_then(|averaged| Some((contributions.on_average(forecast, &averaged)?, averaged)));
    match &shared {
        Some((contributions, averaged)) => waterfall(scenario, contributions, averaged, over),
        None => waterfall(scenario, contributions, forecast, over),
    }
}

/// The waterfall: people or delayed days along, from doing nothing at the top through each scheme to this plan.
pub(super) fn waterfall(scenario: &Scenario, contributions: &Contributions, forecast: &Forecast, over: Over) -> Chart {
    let fall = Fall::of(scenario, contributions, forecast, over);
    let rows = fall.rows();
    let ticks = round_ticks(rows.iter().flat_map(|row| [row.from, row.to]).chain(fall.target).fold(0.0, f64::max));
    let widest = ticks.last().copied().unwrap_or(1.0);
    let longest = rows.iter().map(|row| row.from.max(row.to)).fold(0.0, f64::max);
    let lowest = rows.iter().map(|row| row.to).fold(0.0, f64::min);
    let mut layers = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        row.draw(-(at as f64), widest, &mut layers);
    }
    layers.extend(fall.target.map(|at_most| Layer::Rule { label: format!("Target {}", count(at_most)), x: at_most }));
    let names = rows.iter().enumerate().map(|(at, row)| Tick { at: -(at as f64), label: row.name.clone() });
    Chart {
        name: "What each scheme does",
        title: fall.title(),
        subtitle: fall.subtitle(),
        x: Axis {
            from: lowest,
            to: (widest * 1.04).max(longest * ROOM_FOR_FIGURE),
            ticks: ticks.into_iter().map(|at| Tick { at, label: count_of(at) }).collect(),
            grid: true,
        },
        // Room over the first row for the name of the target.
        y: Axis { from: 0.5 - rows.len() as f64, to: 1.2, ticks: names.collect(), grid: false },
        layers,
        readings: rows.iter().enumerate().map(|(at, row)| row.reading(-(at as f64))).collect(),
        table: fall.table(),
    }
}

/// Everything the picture is drawn from.
struct Fall<'a> {
    scenario: &'a Scenario,
    forecast: &'a Forecast,
    over: Over,
    sampled: bool,
    on_average: bool,
    do_nothing: f64,
    plan: f64,
    target: Option<f64>,
    /// Every scheme, the one that takes out most first.
    steps: Vec<Step<'a>>,
}

/// What one scheme takes out.
struct Step<'a> {
    scheme: &'a Scheme,
    contribution: &'a SchemeContribution,
    /// In the unit of the picture; below zero where it adds.
    fewer: f64,
}

impl<'a> Fall<'a> {
    fn of(scenario: &'a Scenario, contributions: &'a Contributions, forecast: &'a Forecast, over: Over) -> Self {
        let (do_nothing, plan, target) = match over {
            Over::Month(month) => {
                let target = forecast.targets.iter().find(|target| target.month == month);
                let figures = forecast.month(month).map_or((0.0, 0.0), |month| (month.do_nothing, month.expected));
                (figures.0, figures.1, target.map(|target| target.at_most))
            }
            Over::Horizon => {
                let plan = forecast.months.iter().map(|month| month.delayed_days).sum();
                (plan + forecast.delayed_days_avoided(), plan, None)
            }
        };
        let schemes = scenario.schemes.iter().zip(&contributions.schemes);
        let mut steps: Vec<Step<'_>> = schemes
            .map(|(scheme, contribution)| Step { scheme, contribution, fewer: fewer(forecast, contribution, over) })
            .collect();
        steps.sort_by(|a, b| b.fewer.total_cmp(&a.fewer)); // stable: equals in the scenario's order
        let Contributions { sampled, on_average, .. } = *contributions;
        Self { scenario, forecast, over, sampled, on_average, do_nothing, plan, target, steps }
    }

    /// What shows: a twentieth of a person, half a day.
    fn least(&self) -> f64 {
        match self.over {
            Over::Month(_) => 0.05,
            Over::Horizon => 0.5,
        }
    }

    fn acting(&self) -> impl Iterator<Item = &Step<'a>> {
        self.steps.iter().filter(|step| step.fewer.abs() >= self.least())
    }

    /// The rows from top to bottom: doing nothing, the steps, the plan.
    fn rows(&self) -> Vec<Row> {
        let mut sizes: Vec<f64> = self.acting().map(|step| step.fewer.abs()).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let smallest_drawn = sizes.get(MOST_DRAWN - 1).copied().unwrap_or(0.0);
        let drawn: Vec<&Step<'_>> =
            self.acting().filter(|step| step.fewer.abs() >= smallest_drawn).take(MOST_DRAWN).collect();
        let mut rows = vec![self.whole("Do nothing", Tone::Quiet, self.do_nothing)];
        let mut at = self.do_nothing;
        for step in &drawn {
            rows.push(self.step(step, at));
            at -= step.fewer;
        }
        let others = sizes.len() - drawn.len();
        if others > 0 {
            rows.push(self.others(others, at));
        }
        rows.push(self.whole("This plan", Tone::Plan, self.plan));
        rows
    }

    fn whole(&self, name: &str, tone: Tone, to: f64) -> Row {
        let lines = vec![(self.what().to_owned(), self.figure(to))];
        Row { name: name.to_owned(), tone, from: 0.0, to, hatched: false, words: self.figure(to), lines }
    }

    fn step(&self, step: &Step<'_>, from: f64) -> Row {
        let mut lines = Vec::new();
        if let Over::Month(_) = self.over {
            lines.push((format!("People fewer, {}", self.when()), one(step.fewer)));
        }
        lines.push(("Delayed days avoided".to_owned(), days(step.contribution)));
        lines.push(("Allocated".to_owned(), allocated(self.forecast, step.scheme).map_or_else(dash, Money::exact)));
        lines.push(("Cost per day avoided".to_owned(), self.cost(step)));
        Row {
            name: step.scheme.name.clone(),
            tone: Tone::Area(step.scheme.area),
            from,
            to: from - step.fewer,
            hatched: step.fewer < 0.0,
            words: self.change(step.fewer),
            lines,
        }
    }

    /// Everything between the last step drawn and the plan.
    fn others(&self, others: usize, from: f64) -> Row {
        let fewer = from - self.plan;
        let name = if others == 1 { "1 other".to_owned() } else { format!("{others} others") };
        let lines = vec![(self.what().to_owned(), self.change(fewer))];
        Row { name, tone: Tone::Quiet, from, to: self.plan, hatched: fewer < 0.0, words: self.change(fewer), lines }
    }

    fn what(&self) -> &'static str {
        match self.over {
            Over::Month(_) => "People delayed",
            Over::Horizon => "Delayed days",
        }
    }

    fn when(&self) -> String {
        match self.over {
            Over::Month(month) => month.in_words(),
            Over::Horizon => "the whole plan".to_owned(),
        }
    }

    fn figure(&self, number: f64) -> String {
        match self.over {
            Over::Month(_) if number.abs() < 10.0 => one(number),
            _ => count(number),
        }
    }

    /// `−21`, `+3`.
    fn change(&self, fewer: f64) -> String {
        if fewer < 0.0 { format!("+{}", self.figure(-fewer)) } else { self.figure(-fewer) }
    }

    /// `Most is taken out by Discharge to assess: 21 of the 88 people fewer in November 2017`, so put that a name may be
    /// of one thing or of many.
    fn title(&self) -> String {
        let when = self.when();
        if let Over::Month(month) = self.over
            && self.forecast.month(month).is_none()
        {
            return format!("{when} lies outside the plan");
        }
        let total = self.do_nothing - self.plan;
        let Some(most) = self.acting().next() else { return format!("No scheme changes delay in {when}") };
        let name = &most.scheme.name;
        if most.fewer < 0.0 {
            return format!("No scheme takes out delay in {when}; together they add {}", self.counted(-total));
        }
        let (part, whole) = (self.figure(most.fewer), self.counted(total));
        let fewer = match self.over {
            Over::Month(_) => format!("{whole} fewer in {when}"),
            Over::Horizon => format!("{whole} avoided over {when}"),
        };
        if self.acting().nth(1).is_none() {
            format!("All is taken out by {name}: {fewer}")
        } else if most.fewer <= total {
            format!("Most is taken out by {name}: {part} of the {fewer}")
        } else if total >= self.least() {
            format!("Most is taken out by {name}, {part}, but others add: {fewer}")
        } else {
            format!("Most is taken out by {name}, {part}, but others add as much or more in {when}")
        }
    }

    fn counted(&self, number: f64) -> String {
        match (self.over, self.figure(number)) {
            (Over::Month(_), _) if number.abs() >= 10.0 => people(number),
            (Over::Month(_), figure) => format!("{figure} people"),
            (Over::Horizon, figure) => format!("{figure} delayed days"),
        }
    }

    fn subtitle(&self) -> String {
        let what = match self.over {
            Over::Month(month) => format!("People delayed, mean of {}", month.in_words()),
            Over::Horizon => "Delayed days over the plan".to_owned(),
        };
        let run = if self.on_average { ". Shares by the expected run" } else { ", in the expected run" };
        let still = self.steps.len() - self.acting().count();
        let still = match (still, self.steps.len()) {
            (_, 0) => ". There are no schemes".to_owned(),
            (0, _) => String::new(),
            (1, all) => format!(". 1 of {all} schemes changes nothing here"),
            (still, all) => format!(". {still} of {all} schemes change nothing here"),
        };
        let sampled = if self.sampled { ". Shares are estimated; the table says how closely" } else { "" };
        format!("{what}{run}{still}{sampled}")
    }

    fn cost(&self, step: &Step<'_>) -> String {
        let days = step.contribution.delayed_days;
        let each = |money: Money| {
            let each = money.decimal().checked_div(Decimal::from_f64(days)?)?;
            Money::nearest_penny(each.round()).ok()
        };
        let each = (days >= FEWEST_DAYS).then(|| allocated(self.forecast, step.scheme)).flatten().and_then(each);
        each.map_or_else(dash, Money::exact)
    }

    fn table(&self) -> Table {
        let months = self.scenario.targets.iter().map(|target| target.month);
        let months: Vec<Month> = months.filter(|month| self.forecast.month(*month).is_some()).collect();
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let fewer_in = months.iter().map(|month| format!("People fewer, {}", month.in_words()));
        let mut columns = texts(&["Scheme", "Area"]);
        columns.extend(fewer_in);
        columns.extend(texts(&["Delayed days avoided", "Cost per day avoided"]));
        let row = |step: &Step<'_>| {
            let mut row = vec![step.scheme.name.clone(), step.scheme.area.to_string()];
            row.extend(months.iter().map(|month| one(fewer(self.forecast, step.contribution, Over::Month(*month)))));
            row.extend([days(step.contribution), self.cost(step)]);
            row
        };
        let mut rows: Vec<Vec<String>> = self.steps.iter().map(row).collect();
        let mut all = vec!["All schemes".to_owned(), dash()];
        let figures = months.iter().filter_map(|month| self.forecast.month(*month));
        all.extend(figures.map(|month| one(month.do_nothing - month.expected)));
        all.extend([count(self.forecast.delayed_days_avoided()), dash()]);
        rows.push(all);
        Table { columns, rows }
    }
}

/// One bar with its name and words.
struct Row {
    name: String,
    tone: Tone,
    from: f64,
    to: f64,
    hatched: bool,
    words: String,
    lines: Vec<(String, String)>,
}

impl Row {
    fn draw(&self, y: f64, widest: f64, layers: &mut Vec<Layer>) {
        let (left, right) = (self.from.min(self.to), self.from.max(self.to));
        layers.push(Layer::Bar {
            label: self.name.clone(),
            tone: self.tone,
            from: [left, y - HALF_BAR],
            to: [right, y + HALF_BAR],
            hatched: self.hatched,
        });
        // Steps have their words on the left, where the next step goes; bars that begin at nothing on the right.
        let beside = left >= ROOM_FOR_WORDS * widest;
        let (x, anchor) = if beside { (left, Anchor::Left) } else { (right, Anchor::Right) };
        layers.push(Layer::Words {
            text: self.words.clone(),
            at: [x, y],
            room: None,
            anchor,
            tone: Tone::Ink,
            strong: true,
        });
    }

    fn reading(&self, y: f64) -> Reading {
        Reading {
            x: [f64::NEG_INFINITY, f64::INFINITY],
            y: Some([y - 0.5, y + 0.5]),
            title: self.name.clone(),
            lines: self.lines.clone(),
        }
    }
}

/// People fewer in the month, or delayed days avoided over the plan; none for a month outside it.
fn fewer(forecast: &Forecast, contribution: &SchemeContribution, over: Over) -> f64 {
    match over {
        Over::Horizon => contribution.delayed_days,
        Over::Month(month) => {
            let at = forecast.months.iter().position(|figures| figures.month == month);
            at.and_then(|at| contribution.months.get(at)).copied().unwrap_or(0.0)
        }
    }
}

/// All its money over the plan; nothing where the sum can't be formed.
fn allocated(forecast: &Forecast, scheme: &Scheme) -> Option<Money> {
    Money::total(forecast.horizon.financial_years().map(|year| scheme.allocation(year))).ok()
}

/// With its standard error, where it is estimated: `1,204 ± 12`.
fn days(contribution: &SchemeContribution) -> String {
    let days = count(contribution.delayed_days);
    if contribution.standard_error > 0.0 {
        format!("{days} ± {}", count(contribution.standard_error.ceil()))
    } else {
        days
    }
}

/// One decimal, and never a minus before nothing.
fn one(number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0 + 0.0;
    format!("{tenths:.1}").replace('-', "−")
}

/// An axis label: whole where it is.
fn count_of(at: f64) -> String {
    if at.fract().abs() < 1e-9 { count(at) } else { format!("{at}") }
}

fn dash() -> String {
    "–".to_owned()
}
