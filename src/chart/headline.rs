//! The headline: the handful of figures that the room asks for first, each with its state in a word and a shape.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::words::{count, percent};
use crate::calendar::FinancialYear;
use crate::forecast::chance::{Chance, TargetChance};
use crate::forecast::{Forecast, TargetFigures};
use crate::ledger::{Ledger, YearLine};
use crate::money::{Money, MoneyError};
use crate::scenario::{Id, Scenario, Target};

/// The most targets that the strip has room for.
const MOST_TARGETS: usize = 2;
/// Fewer delayed days avoided than this are not worth dividing by.
const FEWEST_DAYS: f64 = 1.0;

/// One figure of the headline.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// What it is: `Left to allocate, 2017/18`.
    pub caption: String,
    /// The figure, large: `£676,000`, `88 delayed`.
    pub figure: String,
    /// What to hold it against: `of £6.276m`.
    pub detail: String,
    /// The figure to the penny, or how it was worked out, for hovering.
    pub exact: String,
    /// Whether it is as it should be.
    pub state: State,
    /// Where its cause lies.
    pub cause: Cause,
}

impl Tile {
    /// In one line: `Left to allocate, 2017/18: £676,000, of £6.276m`.
    pub fn in_words(&self) -> String {
        format!("{}: {}, {}", self.caption, self.figure, self.detail)
    }
}

/// Whether a figure is as it should be. Shown by a shape and a word as well as a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Good,
    /// It will have to be dealt with.
    Watch,
    /// It is not met, or not paid for.
    Bad,
    /// Neither good nor bad in itself.
    Plain,
}

/// What to look at to see why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A year's allocations.
    Year(FinancialYear),
    /// The chart of committed years.
    Commitments,
    /// The pathway that holds most of those who wait.
    Pathway(Id),
    /// The trajectory.
    Trajectory,
}

/// The headline of a scenario: what is left of the year that the plan was written in (or of the nearest that it
/// covers), the first unfunded year, the next targets, and what the money avoids.
pub fn headline(
    scenario: &Scenario,
    ledger: &Ledger,
    forecast: &Forecast,
    chance: Option<&Chance>,
) -> Result<Vec<Tile>, MoneyError> {
    let mut tiles = Vec::new();
    tiles.extend(this_year(scenario, ledger).map(balance_tile).transpose()?);
    tiles.push(first_unfunded_tile(ledger));
    match chance {
        Some(chance) => tiles.extend(target_tiles(scenario, &forecast.on_average(scenario, chance), Some(chance))),
        None => tiles.extend(target_tiles(scenario, forecast, None)),
    }
    tiles.push(avoided_tile(scenario, ledger, forecast, chance)?);
    Ok(tiles)
}

/// The year that the plan was written in, or the nearest that it covers.
pub(crate) fn this_year<'a>(scenario: &Scenario, ledger: &'a Ledger) -> Option<&'a YearLine> {
    let written = scenario.as_of.financial_year();
    ledger.years.iter().find(|year| year.year >= written).or(ledger.years.last())
}

fn balance_tile(year: &YearLine) -> Result<Tile, MoneyError> {
    let over = year.balance.is_negative();
    let available = year.available()?;
    Ok(Tile {
        caption: if over {
            format!("Over-allocated, {}", year.year)
        } else {
            format!("Left to allocate, {}", year.year)
        },
        figure: year.balance.abs().exact(),
        detail: if over {
            format!("more than the {} there is", available.short())
        } else {
            format!("of {}", available.short())
        },
        exact: format!("{} available less {} allocated", available.exact(), year.allocated.exact()),
        state: if over { State::Bad } else { State::Good },
        cause: Cause::Year(year.year),
    })
}

fn first_unfunded_tile(ledger: &Ledger) -> Tile {
    let caption = "First unfunded year".to_owned();
    match ledger.first_unfunded_year() {
        Some(year) => {
            let worst = ledger.years.iter().filter(|later| later.year > year.year).max_by_key(|later| later.unfunded);
            let worst = worst.filter(|worst| worst.unfunded > year.unfunded);
            let later = worst.map_or_else(String::new, |worst| format!("; {}: {}", worst.year, worst.unfunded.short()));
            let first = ledger.years.first().is_some_and(|first| first.year == year.year);
            Tile {
                caption,
                figure: year.year.to_string(),
                detail: format!("{} unfunded{later}", year.unfunded.short()),
                exact: format!("{} committed, {} unfunded", year.committed.exact(), year.unfunded.exact()),
                state: if first { State::Bad } else { State::Watch },
                cause: Cause::Commitments,
            }
        }
        None => Tile {
            caption,
            figure: "None".to_owned(),
            detail: "every commitment is covered".to_owned(),
            exact: "No year's commitments pass its grant and what was brought forward".to_owned(),
            state: State::Good,
            cause: Cause::Commitments,
        },
    }
}

/// The targets nearest ahead of the day that the plan was written; the last ones where fewer lie ahead.
pub(crate) fn next_targets<'a>(scenario: &'a Scenario, forecast: &'a Forecast) -> Vec<(&'a TargetFigures, &'a Target)> {
    let mut targets: Vec<_> = forecast.targets.iter().zip(&scenario.targets).collect();
    targets.sort_by_key(|(target, _)| target.month);
    let ahead = targets.partition_point(|(target, _)| target.month < scenario.as_of.month());
    let first = ahead.min(targets.len().saturating_sub(MOST_TARGETS));
    targets.into_iter().skip(first).take(MOST_TARGETS).collect()
}

fn target_tiles(scenario: &Scenario, forecast: &Forecast, chance: Option<&Chance>) -> Vec<Tile> {
    let tile = |(target, stated): (&TargetFigures, &Target)| {
        let odds = chance.and_then(|chance| chance.targets.iter().find(|odds| odds.month == target.month));
        let met = target.expected <= target.at_most;
        let later = if scenario.is_later_than_plan(&stated.at_most.source) { ", agreed after the plan" } else { "" };
        let gap = (target.expected - target.at_most).abs();
        let gap = if gap < 0.5 { "less than 1".to_owned() } else { count(gap) };
        Tile {
            caption: format!("{}, target {}", target.month.in_words(), count(target.at_most)),
            figure: format!("{} delayed", count(target.expected)),
            detail: match odds.zip(chance) {
                Some((odds, chance)) => {
                    format!("meets it in {} of {} runs", percent(odds.chance), count(chance.replications.into()))
                }
                None if met => format!("target met by {gap}{later}"),
                None => format!("misses by {gap}{later}"),
            },
            exact: format!(
                "Expected {:.1} people a day{}; target: {}{}",
                target.expected,
                odds.map_or_else(String::new, |odds| {
                    format!("; chance {:.1}%, give or take {:.1}%", odds.chance * 100.0, odds.standard_error * 100.0)
                }),
                scenario.source_in_words(&stated.at_most.source),
                if odds.is_some() { later } else { "" } // otherwise the detail says so
            ),
            state: met_state(odds, met),
            cause: longest_queue(scenario, forecast, target.month).map_or(Cause::Trajectory, Cause::Pathway),
        }
    };
    next_targets(scenario, forecast).into_iter().map(tile).collect()
}

/// With chance: met in three runs of four is good, in fewer than one of four bad; without, whether the expected run
/// meets it.
pub(crate) fn met_state(odds: Option<&TargetChance>, met: bool) -> State {
    match odds.map(|odds| odds.chance) {
        Some(chance) if chance >= 0.75 => State::Good,
        Some(chance) if chance >= 0.25 => State::Watch,
        None if met => State::Good,
        Some(_) | None => State::Bad,
    }
}

/// The pathway that holds most of a month's people.
fn longest_queue(scenario: &Scenario, forecast: &Forecast, month: crate::calendar::Month) -> Option<Id> {
    let people = &forecast.month(month)?.by_pathway;
    let longest = (0..people.len()).max_by(|a, b| people[*a].total_cmp(&people[*b]))?;
    scenario.pathways.get(longest).map(|pathway| pathway.id.clone())
}

/// Delayed days avoided over the plan, and which: on average of the runs where there are any.
pub(crate) fn days_avoided(forecast: &Forecast, chance: Option<&Chance>) -> (f64, String) {
    let on_average = chance.and_then(|chance| Some((chance.delayed_days_avoided()?, chance.replications)));
    on_average.map_or_else(
        || (forecast.delayed_days_avoided(), "in the expected run".to_owned()),
        |(days, runs)| (days, format!("on average of {} runs", count(runs.into()))),
    )
}

fn avoided_tile(
    scenario: &Scenario,
    ledger: &Ledger,
    forecast: &Forecast,
    chance: Option<&Chance>,
) -> Result<Tile, MoneyError> {
    let (days, told) = days_avoided(forecast, chance);
    let spent = ledger.total_allocated()?;
    let delayed_day = scenario.costs.delayed_day.value;
    let years = match ledger.years.len() {
        1 => "one year".to_owned(),
        years => format!("{years} years"),
    };
    let each = if days >= FEWEST_DAYS {
        Decimal::from_f64(days)
            .and_then(|days| spent.decimal().checked_div(days))
            .map(|each| Money::nearest_penny(each.round()))
            .transpose()?
    } else {
        None
    };
    let detail = each.map_or_else(
        || format!("a delayed day costs {}", delayed_day.exact()),
        |each| format!("{} each; a delayed day costs {}", each.exact(), delayed_day.exact()),
    );
    Ok(Tile {
        caption: format!("Delayed days avoided, {years}"),
        figure: count(days),
        detail,
        exact: format!("{} over {years} against doing nothing, {told}, for {} allocated", count(days), spent.exact()),
        state: if days.round() < 0.0 { State::Bad } else { State::Plain },
        cause: Cause::Trajectory,
    })
}
