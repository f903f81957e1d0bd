//! Delayed transfers: what was published, before the plan and since, what is expected, what doing nothing would bring,
//! and the agreed targets.

mod figures;
mod parts;

use std::sync::Arc;

use figures::{Told, readings, table};
use parts::{by_month, parts};

use super::outturn::{legend, marks, months_inside};
use super::words::{count, percent};
use super::{Anchor, Axis, Chart, Layer, Shape, Stroke, Tick, Tone, round_ticks};
use crate::calendar::{FinancialYear, Month};
use crate::forecast::chance::{Chance, Spread};
use crate::forecast::{ECONOMIC_FLOOR_SOURCE, Forecast, OutturnFigures, TargetFigures, economic_floor, outturn};
use crate::scenario::{MonthOfDelays, Scenario, Scheme, Source};

/// Published months drawn before day 0.
const MONTHS_BEFORE: i32 = 15;
/// Days averaged into each point: a week takes out the weekend's saw teeth and nothing else.
const DAYS_AVERAGED: usize = 7;

/// People that the chart reaches at least, so that no two ticks round to the same number.
const FEWEST_UP: f64 = 5.0;

/// A floor of fewer people is told by nobody.
const FEWEST_FLOOR: f64 = 1.0;

/// The share of the chart's width that the floor's words take where the window is smallest.
const FLOOR_WORDS: f64 = 0.28;

/// How the expected line is taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// All people delayed.
    #[default]
    Total,
    /// By pathway.
    Pathway,
    /// By who is responsible.
    Attribution,
}

impl Split {
    /// In the order shown.
    pub const ALL: [Self; 3] = [Self::Total, Self::Pathway, Self::Attribution];

    /// As a choice in the window.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Total => "Total",
            Self::Pathway => "By pathway",
            Self::Attribution => "By responsibility",
        }
    }
}

/// The trajectory chart: people delayed up, days from day 0 along.
pub fn trajectory(scenario: &Scenario, forecast: &Forecast, chance: Option<&Chance>, split: Split) -> Chart {
    // Without pathways nobody is forecast: what noise there would be in published months is no chance of anything.
    let has_pathways = !scenario.pathways.is_empty();
    let chance = chance.filter(|_| has_pathways);
    let averaged = chance.map(|chance| forecast.on_average(scenario, chance));
    let forecast = averaged.as_ref().unwrap_or(forecast);
    let published = published_before(scenario, forecast);
    let outturn = outturn(scenario, chance);
    let drawn = chance.filter(|_| split == Split::Total);
    // Replications are taken apart by month alone, so the lines that their parts add up to are drawn by month.
    let [plan, do_nothing] = if split != Split::Total && chance.is_some() {
        [by_month(forecast, |month| month.expected), by_month(forecast, |month| month.do_nothing)]
    } else {
        let nothing = drawn.and_then(|chance| chance.doing_nothing.as_ref());
        [
            smoothed(&drawn.map_or_else(|| forecast.people(), |chance| chance.mean_days.clone())),
            smoothed(&nothing.map_or_else(|| forecast.people_do_nothing(), |of| of.mean_days.clone())),
        ]
    };
    let bands = drawn.map_or_else(Vec::new, bands);
    let days = forecast.horizon.days() as f64;
    let from = published.first().map_or(0.0, |month| middle(forecast, month.month)).min(0.0);
    let heights = published
        .iter()
        .map(MonthOfDelays::people)
        .chain(outturn.iter().map(|month| month.people))
        .chain(plan.iter().chain(&do_nothing).map(|[_, people]| *people));
    let widest = bands.iter().flat_map(|band| match band {
        Layer::Band { points, .. } => points.as_slice(),
        _ => &[],
    });
    let heights = heights.chain(widest.map(|[_, _, high]| *high));
    let highest = heights.chain(forecast.targets.iter().map(|target| target.at_most)).fold(0.0, f64::max);
    let ticks = round_ticks((highest * 1.04).max(FEWEST_UP));
    let top = ticks.last().copied().unwrap_or(1.0);

    let floor = economic_floor(scenario).filter(|people| *people >= FEWEST_FLOOR);
    let mut layers = bands;
    layers.extend(parts(scenario, forecast, split, chance.is_some()));
    let drawn_floor = floor.filter(|_| split == Split::Total);
    let known: Vec<_> = published.iter().map(|month| [middle(forecast, month.month), month.people()]).collect();
    let words_at = room_below(&known, from, FLOOR_WORDS / 2.0 * (days - from));
    layers.extend(drawn_floor.into_iter().flat_map(|people| floor_line(people, [from, days], words_at)));
    rules(scenario, forecast, &mut layers);
    history(known, &mut layers);
    if has_pathways {
        lines(plan, do_nothing, split, &mut layers);
    }
    layers.extend(marks(&outturn, |month| middle(forecast, month.month)));
    targets(forecast, &mut layers);
    let told = Told { scenario, forecast, chance, published, outturn: &outturn, floor };
    Chart {
        name: "Delayed transfers",
        title: title(scenario, forecast) + &chance.map_or_else(String::new, chance_in_words) + &came(&outturn),
        subtitle: subtitle(scenario, chance, split, legend(&outturn), drawn_floor.is_some()),
        x: Axis { from: from - 12.0, to: days + 4.0, ticks: quarters(forecast, from), grid: false },
        y: Axis {
            from: 0.0,
            to: top,
            ticks: ticks.into_iter().map(|at| Tick { at, label: count(at) }).collect(),
            grid: true,
        },
        layers,
        readings: readings(&told),
        table: table(&told),
    }
}

/// The published months drawn before and into the plan.
fn published_before<'a>(scenario: &'a Scenario, forecast: &Forecast) -> &'a [MonthOfDelays] {
    let months = &scenario.history.months;
    let first = forecast.horizon.first_day().month();
    let start = months.partition_point(|month| month.month.months_since(first) < -MONTHS_BEFORE);
    &months[start..]
}

/// The middle of a month, in days from day 0.
fn middle(forecast: &Forecast, month: Month) -> f64 {
    f64::from(forecast.horizon.day(month.first_day())) + f64::from(month.days()) / 2.0
}

/// Each day with the mean of the week that ends on it; days of the first week with that week's mean.
fn smoothed(people: &[f64]) -> Vec<[f64; 2]> {
    let week = DAYS_AVERAGED.min(people.len());
    let mut sum: f64 = people[..week].iter().sum();
    let mean = |day: usize| {
        if day >= week {
            sum += people[day] - people[day - week];
        }
        [day as f64 + 1.0, sum / week as f64]
    };
    (0..people.len()).map(mean).collect()
}

/// Where the replications lie: 9, 8 and 5 in 10 of them, the widest behind.
fn bands(chance: &Chance) -> Vec<Layer> {
    let band = |depth: usize, label: &str, low: fn(&Spread) -> f32, high: fn(&Spread) -> f32| {
        let edge =
            |of: fn(&Spread) -> f32| smoothed(&chance.days.iter().map(|day| f64::from(of(day))).collect::<Vec<_>>());
        let points = edge(low).into_iter().zip(edge(high)).map(|([day, low], [_, high])| [day, low, high]).collect();
        Layer::Band { label: label.to_owned(), tone: Tone::Band(depth), points }
    };
    vec![
        band(0, "9 in 10 runs", |day| day.p05, |day| day.p95),
        band(1, "8 in 10 runs", |day| day.p10, |day| day.p90),
        band(2, "5 in 10 runs", |day| day.p25, |day| day.p75),
    ]
}

/// `: a 45% chance of meeting it`, for the last target.
fn chance_in_words(chance: &Chance) -> String {
    let last = chance.targets.iter().max_by_key(|target| target.month);
    last.map_or_else(String::new, |target| format!(": a {} chance of meeting it", percent(target.chance)))
}

/// `. Outturn: 4 of 5 months inside the band`.
fn came(outturn: &[OutturnFigures]) -> String {
    months_inside(outturn).map_or_else(String::new, |inside| format!(". Outturn: {inside}"))
}

/// Where the paper's knowledge ends, and where each year's money that is not renewed stops.
fn rules(scenario: &Scenario, forecast: &Forecast, layers: &mut Vec<Layer>) {
    let known = forecast.horizon.day(scenario.as_of);
    if (0..i32::try_from(forecast.horizon.days()).unwrap_or(i32::MAX)).contains(&known) {
        layers.push(Layer::Rule { label: "plan written".to_owned(), x: f64::from(known) });
    }
    let years: Vec<_> = forecast.horizon.financial_years().collect();
    for pair in years.windows(2) {
        let label = match ending(scenario, pair[0], pair[1]).count() {
            0 => continue,
            1 => "1 scheme’s money ends".to_owned(),
            several => format!("{several} schemes’ money ends"),
        };
        layers.push(Layer::Rule { label, x: f64::from(forecast.horizon.day(pair[1].first_day())) });
    }
}

/// Schemes with an effect whose money is not renewed in the year after.
fn ending(scenario: &Scenario, year: FinancialYear, after: FinancialYear) -> impl Iterator<Item = &str> {
    let ends = move |scheme: &&Arc<Scheme>| {
        !scheme.effects.is_empty() && !scheme.allocation(year).is_zero() && scheme.allocation(after).is_zero()
    };
    scenario.schemes.iter().filter(ends).map(|scheme| scheme.name.as_str())
}

fn history(points: Vec<[f64; 2]>, layers: &mut Vec<Layer>) {
    // Over the highest of the older half: no line crosses the words there, and nothing else is named so early.
    let older = &points[..points.len().div_ceil(2)];
    if let Some(highest) = older.iter().max_by(|a, b| a[1].total_cmp(&b[1])) {
        let text = "published".to_owned();
        layers.push(Layer::Words {
            text,
            at: *highest,
            room: None,
            anchor: Anchor::Above,
            tone: Tone::Ink,
            strong: false,
        });
    }
    layers.push(Layer::Line { label: "Published".to_owned(), tone: Tone::Ink, stroke: Stroke::Dotted, points });
}

fn lines(plan: Vec<[f64; 2]>, do_nothing: Vec<[f64; 2]>, split: Split, layers: &mut Vec<Layer>) {
    let name = |text: &str, at: Option<&[f64; 2]>, anchor, tone| {
        at.map(|at| Layer::Words { text: text.to_owned(), at: *at, room: None, anchor, tone, strong: true })
    };
    let gap =
        |day: usize| plan.get(day).zip(do_nothing.get(day)).map_or(0.0, |(plan, nothing)| (nothing[1] - plan[1]).abs());
    // Name the lines where they stand furthest apart, so that the words don't touch.
    let widest = (0..plan.len()).max_by(|a, b| gap(*a).total_cmp(&gap(*b))).unwrap_or(0);
    let words = [
        name("do nothing", do_nothing.get(widest), Anchor::Above, Tone::Quiet),
        (split == Split::Total).then(|| name("this plan", plan.get(widest), Anchor::Below, Tone::Plan)).flatten(),
    ];
    layers.push(Layer::Line {
        label: "Do nothing".to_owned(),
        tone: Tone::Quiet,
        stroke: Stroke::Dashed,
        points: do_nothing,
    });
    layers.push(Layer::Line { label: "This plan".to_owned(), tone: Tone::Plan, stroke: Stroke::Strong, points: plan });
    layers.extend(words.into_iter().flatten());
}

fn targets(forecast: &Forecast, layers: &mut Vec<Layer>) {
    for target in &forecast.targets {
        let at = [middle(forecast, target.month), target.at_most];
        let tone = if target.expected <= target.at_most { Tone::Good } else { Tone::Bad };
        let label = format!("target {}", count(target.at_most));
        layers.push(Layer::Mark { label: label.clone(), tone, shape: Shape::Cross, at });
        // On the side away from the plan's line.
        let anchor = if target.expected <= target.at_most { Anchor::Above } else { Anchor::Below };
        layers.push(Layer::Words { text: label, at, room: None, anchor, tone, strong: true });
    }
}

/// The economic floor, faint, its words where there is room for them.
fn floor_line(people: f64, along: [f64; 2], words_at: f64) -> [Layer; 2] {
    let points = along.map(|x| [x, people]).into();
    let text = format!("not worth going below {}", count(people));
    let words = Layer::Words {
        text,
        at: [words_at, people],
        room: None,
        anchor: Anchor::Above,
        tone: Tone::Quiet,
        strong: false,
    };
    [Layer::Line { label: "Economic floor".to_owned(), tone: Tone::Quiet, stroke: Stroke::Faint, points }, words]
}

/// Where, before the plan, what was published leaves most room below it for words that reach `half` to either side; at the
/// left, where no history is long enough for them.
fn room_below(published: &[[f64; 2]], left: f64, half: f64) -> f64 {
    let centres = published.iter().map(|[x, _]| *x).filter(|x| x - half >= left && x + half <= 0.0);
    let lowest = |centre: f64| {
        let beside = published.iter().filter(|[x, _]| (x - centre).abs() <= half);
        beside.map(|[_, people]| *people).fold(f64::INFINITY, f64::min)
    };
    let roomiest = centres.map(|x| (x, lowest(x))).reduce(|best, next| if next.1 > best.1 { next } else { best });
    roomiest.map_or(left, |(x, _)| x)
}

/// `The plan takes delays from 181 to about 88 by March 2018, above the target of 83`: the last target's month, or
/// the last month where there is no target.
fn title(scenario: &Scenario, forecast: &Forecast) -> String {
    if scenario.pathways.is_empty() {
        return "The plan has no pathways, so no delays are forecast".to_owned();
    }
    let target = forecast.targets.iter().max_by_key(|target| target.month);
    let last = forecast.months.last().map(|month| (month.month, month.expected));
    let end = target.map(|target| (target.month, target.expected)).or(last);
    let Some((month, expected)) = end else { return "No month is forecast".to_owned() };
    let (about, against) = target.map_or_else(|| (count(expected), String::new()), against);
    let month = month.in_words();
    if scenario.schemes.iter().all(|scheme| scheme.allocations.iter().all(|(_, amount)| amount.value.is_zero())) {
        return format!("Nothing is funded: delays stand at about {about} in {month}{against}");
    }
    let start: f64 = scenario.pathways.iter().map(|pathway| pathway.waiting.value.to_f64()).sum();
    format!("The plan takes delays from {} to about {about} by {month}{against}", count(start))
}

/// What is expected of a target's month, and how the target compares: with a decimal where a missed target would
/// otherwise read like one that is met.
fn against(target: &TargetFigures) -> (String, String) {
    let (expected, at_most) = (count(target.expected), count(target.at_most));
    if target.expected <= target.at_most {
        (expected, format!(", within the target of {at_most}"))
    } else if expected == at_most {
        (format!("{:.1}", target.expected), format!(", above the target of {}", target.at_most))
    } else {
        (expected, format!(", above the target of {at_most}"))
    }
}

fn subtitle(scenario: &Scenario, chance: Option<&Chance>, split: Split, outturn: &str, floor: bool) -> String {
    let published = if scenario.history.months.is_empty() {
        String::new()
    } else {
        let paper = match &scenario.history.source {
            Source::Cited { paper, .. } => scenario.paper(paper),
            Source::Assumption(_) | Source::Entered => None,
        };
        let licence = paper.and_then(|paper| paper.licence.as_ref()).map(|licence| format!(" ({licence})"));
        let name = paper.map_or("published months", |paper| &paper.short);
        format!(". Dots: {name}{}", licence.unwrap_or_default())
    };
    let floor = if floor {
        format!(". Faint: the economic floor, 12% of the delays of day 0 ({ECONOMIC_FLOOR_SOURCE})")
    } else {
        String::new()
    };
    let runs = chance.map(|chance| count(f64::from(chance.replications)));
    let drawn = match (runs, split) {
        (Some(runs), Split::Total) => format!("weekly mean. Bands hold 5, 8 and 9 in 10 of {runs} runs"),
        (Some(runs), _) => format!("the mean of each month over {runs} runs"),
        (None, _) => "weekly mean".to_owned(),
    };
    format!("People delayed, {drawn}{outturn}{published}{floor}")
}

/// The first day of April and October, from the first published month on.
fn quarters(forecast: &Forecast, from: f64) -> Vec<Tick> {
    let first = forecast.horizon.first_day().month();
    let months = std::iter::successors(Month::new(2000, 4).ok(), |month| Some(month.next()));
    let last = forecast.horizon.last_day().month().next();
    let half_years = months.take_while(|month| *month <= last).step_by(6);
    half_years
        .filter(|month| month.months_since(first) >= -60)
        .map(|month| Tick { at: f64::from(forecast.horizon.day(month.first_day())), label: month.short() })
        .filter(|tick| tick.at >= from - 12.0)
        .collect()
}
