//! What the trajectory tells beside its picture: what the pointer reads over each month, and the table.

use super::ending;
use crate::calendar::Month;
use crate::chart::outturn::{reading, verdict_in_words};
use crate::chart::words::{count, people};
use crate::chart::{Reading, Table};
use crate::forecast::chance::{Chance, Spread};
use crate::forecast::{Forecast, MonthFigures, OutturnFigures};
use crate::scenario::{MonthOfDelays, Scenario};

/// What there is to tell.
pub(super) struct Told<'a> {
    pub scenario: &'a Scenario,
    /// With chance, what replications come to on average.
    pub forecast: &'a Forecast,
    pub chance: Option<&'a Chance>,
    /// Known when the plan was written, as far back as is drawn.
    pub published: &'a [MonthOfDelays],
    /// Published since.
    pub outturn: &'a [OutturnFigures],
    /// The economic floor, where it is drawn.
    pub floor: Option<f64>,
}

/// What the pointer reads, month by month.
pub(super) fn readings(told: &Told) -> Vec<Reading> {
    let Told { forecast, published, .. } = *told;
    let first = forecast.horizon.first_day().month();
    let span = |month: Month| {
        let day = f64::from(forecast.horizon.day(month.first_day()));
        [day, day + f64::from(month.days())]
    };
    let before = published.iter().filter(|month| month.month < first).map(|month| Reading {
        x: span(month.month),
        y: None,
        title: month.month.in_words(),
        lines: vec![
            ("Published".to_owned(), people(month.people())),
            ("Delayed days".to_owned(), count(month.delayed_days() as f64)),
        ],
    });
    let planned = forecast.months.iter().map(|month| Reading {
        x: span(month.month),
        y: None,
        title: month.month.in_words(),
        lines: reading_lines(told, month),
    });
    before.chain(planned).collect()
}

fn reading_lines(told: &Told, month: &MonthFigures) -> Vec<(String, String)> {
    let Told { scenario, forecast, chance, published, outturn, floor } = *told;
    let mut lines = vec![
        ("This plan".to_owned(), people(month.expected)),
        ("Do nothing".to_owned(), people(month.do_nothing)),
        ("Delayed days".to_owned(), count(month.delayed_days)),
    ];
    if let Some(spread) = chance.and_then(|chance| month_spread(forecast, chance, month)) {
        lines.insert(1, ("8 in 10 runs".to_owned(), range_in_words(spread)));
    }
    if let Some(known) = published.iter().find(|known| known.month == month.month) {
        lines.push(("Published".to_owned(), people(known.people())));
    }
    if let Some(came) = outturn.iter().find(|came| came.month == month.month) {
        lines.push(("Outturn".to_owned(), reading(came)));
    }
    if let Some(target) = forecast.targets.iter().find(|target| target.month == month.month) {
        lines.push(("Target, at most".to_owned(), people(target.at_most)));
    }
    lines.extend(floor.map(|floor| ("Economic floor".to_owned(), people(floor))));
    let first_day = month.month.first_day();
    let year = first_day.financial_year();
    if let Some(before) =
        forecast.horizon.financial_years().find(|before| before.next() == year && year.first_day() == first_day)
    {
        lines.extend(ending(scenario, before, year).map(|name| ("Money ended".to_owned(), name.to_owned())));
    }
    let by_pathway = scenario.pathways.iter().zip(&month.by_pathway);
    lines.extend(by_pathway.take(12).map(|(pathway, people)| (pathway.name.clone(), count(*people))));
    lines
}

/// Where a month's figure would lie, as published.
fn month_spread<'a>(forecast: &Forecast, chance: &'a Chance, month: &MonthFigures) -> Option<&'a Spread> {
    let at = forecast.months.iter().position(|other| other.month == month.month)?;
    chance.months.get(at)
}

/// `78 to 121`, from the 10th to the 90th percentile.
fn range_in_words(spread: &Spread) -> String {
    format!("{} to {}", count(spread.p10.into()), count(spread.p90.into()))
}

/// The same figures, a row for each month.
pub(super) fn table(told: &Told) -> Table {
    let Told { scenario, forecast, chance, published, outturn, .. } = *told;
    let fixed =
        ["Month", "Published", "This plan", "Do nothing", "Target", "Delayed days", "NHS", "Social care", "Both"];
    let pathways = scenario.pathways.iter().map(|pathway| pathway.name.clone());
    let spread = chance.map(|_| "8 in 10 runs".to_owned());
    let came = if outturn.is_empty() { &[][..] } else { &["Outturn", "Against the band"] };
    let came_columns = came.iter().map(|name| (*name).to_owned());
    let columns: Vec<String> =
        fixed.into_iter().map(str::to_owned).chain(pathways).chain(spread).chain(came_columns).collect();
    let first = forecast.horizon.first_day().month();
    let one = |people: f64| format!("{people:.1}");
    let mut rows: Vec<Vec<String>> = published
        .iter()
        .filter(|month| month.month < first)
        .map(|month| {
            let mut row = vec![month.month.in_words(), one(month.people())];
            row.resize(columns.len(), "–".to_owned());
            row[5] = count(month.delayed_days() as f64);
            row
        })
        .collect();
    rows.extend(forecast.months.iter().map(|month| {
        let known = published.iter().find(|known| known.month == month.month);
        let target = forecast.targets.iter().find(|target| target.month == month.month);
        let dash = || "–".to_owned();
        let mut row = vec![
            month.month.in_words(),
            known.map_or_else(dash, |known| one(known.people())),
            one(month.expected),
            one(month.do_nothing),
            target.map_or_else(dash, |target| count(target.at_most)),
            count(month.delayed_days),
            one(month.nhs),
            one(month.social_care),
            one(month.both),
        ];
        row.extend(month.by_pathway.iter().map(|people| one(*people)));
        row.extend(chance.map(|chance| month_spread(forecast, chance, month).map_or_else(dash, range_in_words)));
        if !outturn.is_empty() {
            let came = outturn.iter().find(|came| came.month == month.month);
            let judged = came.and_then(|came| came.judged);
            row.push(came.map_or_else(dash, |came| one(came.people)));
            row.push(judged.map_or_else(dash, |judged| verdict_in_words(judged.verdict)));
        }
        row
    }));
    Table { columns, rows }
}
