//! A scenario on one screen of a terminal: the money, the people waiting, and how far both are from what was agreed.

use std::collections::BTreeSet;

use crate::calendar::FinancialYear;
use crate::chart::{self, count, months_inside, outturn_in_words};
use crate::forecast::chance::Chance;
use crate::forecast::{ECONOMIC_FLOOR_SOURCE, Forecast, economic_floor, outturn};
use crate::ledger::{Ledger, YearLine};
use crate::money::{Money, MoneyError};
use crate::scenario::{NoteKind, Scenario};

/// Balance, commitments, and the forecast against the targets. Fails only where a sum passes the bounds of [`Money`].
pub fn overview(scenario: &Scenario) -> Result<String, MoneyError> {
    let ledger = Ledger::of(scenario)?;
    let forecast = Forecast::of(scenario);
    let chance = super::with_chance_at_once(scenario);
    let (days, told) = chart::days_avoided(&forecast, chance.as_ref());
    let parts = [
        format!("{}\n{}, as of {}\n", scenario.title, scenario.area, scenario.as_of.in_words()),
        titled(&scenario.fund.name, &by_year(&ledger)),
        unfunded_sentence(&ledger),
        titled("Allocations by area", &by_area(&ledger)),
        titled("Allocations by scheme", &by_scheme(&ledger)),
        titled("People delayed, average of the month", &by_target(scenario, &forecast, chance.as_ref())),
        floor_sentence(scenario),
        by_outturn(scenario, chance.as_ref()),
        format!("Delayed days avoided over the plan, {told}: {}\n", count(days)),
        notes_sentence(scenario),
        licences(scenario),
    ];
    let shown: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    Ok(shown.join("\n"))
}

/// Grant, allocations, commitments and balance, a line for each year.
pub(super) fn by_year(ledger: &Ledger) -> String {
    type Column = (&'static str, fn(&YearLine) -> Money);
    let columns: [Column; 7] = [
        ("Grant", |line| line.grant),
        ("Brought forward", |line| line.brought_forward),
        ("Allocated", |line| line.allocated),
        ("Committed", |line| line.committed),
        ("Balance", |line| line.balance),
        ("Headroom", |line| line.headroom),
        ("Unfunded", |line| line.unfunded),
    ];
    let header = ["Year"].into_iter().chain(columns.iter().map(|(name, _)| *name)).map(str::to_owned).collect();
    let line = |line: &YearLine| {
        let figures = columns.iter().map(|(_, figure)| figure(line).exact());
        [line.year.to_string()].into_iter().chain(figures).collect()
    };
    table(std::iter::once(header).chain(ledger.years.iter().map(line)))
}

/// People delayed, delayed days and what doing nothing comes to, a line for each month; with chance, means of the
/// replications and their band.
/// Then what came since the plan was written.
pub(super) fn by_month(scenario: &Scenario, forecast: &Forecast, chance: Option<&Chance>) -> String {
    let mut header: Vec<String> =
        ["Month", "People delayed", "Delayed days", "Doing nothing"].map(str::to_owned).into();
    header.extend(chance.map(|_| "8 in 10 between".to_owned()));
    let averaged = chance.map(|chance| forecast.on_average(scenario, chance));
    let months = averaged.as_ref().unwrap_or(forecast).months.iter().enumerate().map(|(at, month)| {
        let mut row = vec![
            month.month.in_words(),
            format!("{:.1}", month.expected),
            count(month.delayed_days),
            format!("{:.1}", month.do_nothing),
        ];
        let spread = chance.and_then(|chance| chance.months.get(at));
        row.extend(spread.map(|spread| format!("{:.1} and {:.1}", spread.p10, spread.p90)));
        row
    });
    let table = table(std::iter::once(header).chain(months));
    let replications = chance.map_or_else(String::new, replications_sentence);
    table + &replications + &by_outturn(scenario, chance)
}

fn replications_sentence(chance: &Chance) -> String {
    let replications = count(f64::from(chance.replications));
    format!("{replications} replications from seed {}, the plan and doing nothing by the same luck.\n", chance.seed)
}

fn floor_sentence(scenario: &Scenario) -> String {
    economic_floor(scenario).map_or_else(String::new, |floor| {
        format!(
            "Below about {floor:.0} people delayed, less delay costs more than it saves ({ECONOMIC_FLOOR_SOURCE}).\n"
        )
    })
}

/// Each month published since the plan was written, held against the band, a line each; nothing where there is none.
fn by_outturn(scenario: &Scenario, chance: Option<&Chance>) -> String {
    let months = outturn(scenario, chance);
    let lines = months.iter().map(outturn_in_words).chain(months_inside(&months));
    lines.flat_map(|line| ["Outturn, ".to_owned(), line, "\n".to_owned()]).collect()
}

fn by_area(ledger: &Ledger) -> String {
    let areas = ledger.areas.iter().map(|line| row(line.area.to_string(), &line.allocated));
    table(std::iter::once(year_header("Area", ledger)).chain(areas))
}

fn by_scheme(ledger: &Ledger) -> String {
    let mut header = year_header("Scheme", ledger);
    header.push("Committed in".to_owned());
    let schemes = ledger.schemes.iter().map(|line| {
        let committed: Vec<String> = line.committed_years.iter().map(FinancialYear::to_string).collect();
        let mut row = row(line.name.clone(), &line.allocated);
        row.push(if committed.is_empty() { "no year".to_owned() } else { committed.join(", ") });
        row
    });
    table(std::iter::once(header).chain(schemes))
}

/// Each target beside what is expected and the chance of meeting it, both of the same replications.
fn by_target(scenario: &Scenario, forecast: &Forecast, chance: Option<&Chance>) -> String {
    if scenario.targets.is_empty() {
        return "No target is agreed.\n".to_owned();
    }
    let averaged = chance.map(|chance| forecast.on_average(scenario, chance));
    let forecast = averaged.as_ref().unwrap_or(forecast);
    let header = ["Target month", "At most", "Expected", "Doing nothing", "Chance of meeting it"].map(str::to_owned);
    let targets = forecast.targets.iter().map(|target| {
        let do_nothing = forecast.month(target.month).map(|month| format!("{:.1}", month.do_nothing));
        let odds = chance.and_then(|chance| chance.targets.iter().find(|odds| odds.month == target.month));
        vec![
            target.month.in_words(),
            format!("{:.1}", target.at_most),
            format!("{:.1}", target.expected),
            do_nothing.unwrap_or_default(),
            odds.map_or_else(String::new, |odds| {
                format!("{:.1}%, give or take {:.1}", odds.chance * 100.0, odds.standard_error * 100.0)
            }),
        ]
    });
    let table = table(std::iter::once(header.to_vec()).chain(targets));
    let told = "Expected: the mean of the replications. Give or take: the chance's standard error.\n";
    table + &chance.map_or_else(String::new, |chance| told.to_owned() + &replications_sentence(chance))
}

fn unfunded_sentence(ledger: &Ledger) -> String {
    match ledger.first_unfunded_year() {
        Some(line) => format!(
            "{} is the first unfunded year: commitments outrun what is available by {}.\n",
            line.year,
            line.unfunded.exact()
        ),
        None => "No year is unfunded: commitments stay within what is available.\n".to_owned(),
    }
}

fn notes_sentence(scenario: &Scenario) -> String {
    match scenario.notes.iter().filter(|note| note.kind == NoteKind::Contradiction).count() {
        0 => String::new(),
        1 => "1 contradiction in the papers is noted in the scenario.\n".to_owned(),
        many => format!("{many} contradictions in the papers are noted in the scenario.\n"),
    }
}

/// Published statistics name their licence wherever their figures are shown.
fn licences(scenario: &Scenario) -> String {
    let named =
        |paper: &crate::scenario::Paper| paper.licence.as_ref().map(|licence| format!("{}: {licence}\n", paper.short));
    scenario.papers.iter().filter_map(named).collect::<BTreeSet<String>>().into_iter().collect()
}

fn titled(title: &str, body: &str) -> String {
    format!("{title}\n{body}")
}

fn year_header(first: &str, ledger: &Ledger) -> Vec<String> {
    [first.to_owned()].into_iter().chain(ledger.years.iter().map(|line| line.year.to_string())).collect()
}

fn row(first: String, amounts: &[Money]) -> Vec<String> {
    [first].into_iter().chain(amounts.iter().map(|amount| amount.exact())).collect()
}

/// Columns that line up, two spaces apart: the first on its left, as it names the line, the rest on their right.
pub(super) fn table(rows: impl Iterator<Item = Vec<String>>) -> String {
    let rows: Vec<Vec<String>> = rows.collect();
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let padding = " ".repeat(width - cell.chars().count());
            let (before, after) = if at == 0 { ("", padding.as_str()) } else { (padding.as_str(), "") };
            text.extend(["  ", before, cell.as_str(), after]);
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_letters_stand_in_them() {
        let rows = [["Area", "2017/18"], ["Café – beds", "−£5"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(rows.into_iter()), "  Area         2017/18\n  Café – beds      −£5\n");
    }
}
