//! Every figure of a scenario with where it came from: cited, assumed and why, or entered by hand.

use std::collections::BTreeSet;

use crate::calendar::{Date, FinancialYear};
use crate::chart::Table;
use crate::money::Money;
use crate::scenario::{Figure, Pathway, PathwayFigure, Quantity, Range, Scenario, Scheme, Source, Start};

/// A row for each figure: what it is of, its value, what it was moved from, and its source.
pub(super) fn table(scenario: &Scenario) -> Table {
    let mut figures = Figures { scenario, rows: Vec::new() };
    figures.fund();
    scenario.schemes.iter().for_each(|scheme| figures.scheme(scheme));
    scenario.pathways.iter().for_each(|pathway| figures.pathway(pathway));
    figures.people();
    figures.costs();
    let columns = ["Of", "Figure", "Value", "Moved from", "Known", "Source"].map(str::to_owned);
    Table { columns: columns.into(), rows: figures.rows }
}

struct Figures<'a> {
    scenario: &'a Scenario,
    rows: Vec<Vec<String>>,
}

impl Figures<'_> {
    fn add<T>(&mut self, of: &str, name: impl Into<String>, figure: &Figure<T>, say: impl Fn(&T) -> String) {
        let known = match &figure.source {
            Source::Cited { .. } => "cited",
            Source::Assumption(_) => "assumed",
            Source::Entered => "entered",
        };
        let source = match &figure.source {
            Source::Assumption(reason) => reason.clone(),
            source => self.scenario.source_in_words(source),
        };
        let was = figure.was.as_ref().map(&say).unwrap_or_default();
        self.rows.push(vec![of.to_owned(), name.into(), say(&figure.value), was, known.to_owned(), source]);
    }

    fn fund(&mut self) {
        let fund = &self.scenario.fund;
        for (year, grant) in fund.grant.iter() {
            self.add(&fund.name, format!("Grant, {year}"), grant, |amount| amount.exact());
        }
        self.add(&fund.name, "What is left carries forward", &fund.carries_forward, |carries| yes_or_no(*carries));
    }

    fn scheme(&mut self, scheme: &Scheme) {
        let name = &scheme.name;
        for (year, amount) in scheme.allocations.iter() {
            self.add(name, format!("Allocation, {year}"), amount, |amount| amount.exact());
        }
        let basis = scheme.commitment.basis.in_words();
        self.add(name, format!("Committed years ({basis})"), &scheme.commitment.years, years);
        for milestone in &scheme.milestones {
            self.add(name, format!("Milestone: {}", milestone.name), &milestone.due, |day| day.in_words());
        }
        for effect in &scheme.effects {
            let pathway = self.scenario.pathway(&effect.pathway).map_or("", |(_, pathway)| pathway.name.as_str());
            let what = format!("{pathway}: {}", effect.change.in_words());
            self.add(name, format!("{what}, size"), &effect.size, range);
            self.add(name, format!("{what}, for so many pounds a year"), &effect.per, |amount| Money::exact(*amount));
            if let Start::On(day) = &effect.start {
                self.add(name, format!("{what}, from"), day, |day| Date::in_words(*day));
            }
            let ramp = Figure { value: scheme.ramp_of(effect), ..effect.ramp_days.clone() };
            self.add(name, format!("{what}, days to ramp up"), &ramp, u16::to_string);
            if let Some(renewal) = &effect.renewal {
                self.add(name, format!("{what}, until, and then renewed"), &renewal.ends, |day| Date::in_words(*day));
            }
            self.add(name, format!("{what}, days to fade"), &effect.fade_days, u16::to_string);
            self.add(name, format!("{what}, at most"), &effect.most, ToString::to_string);
        }
        if let Some(risk) = &scheme.delivery_risk {
            self.add(name, "Days by which it may start late", &risk.slip_days, range);
            self.add(name, "Share of it that is delivered", &risk.delivered, range);
        }
    }

    fn pathway(&mut self, pathway: &Pathway) {
        let name = &pathway.name;
        self.add(name, "Who is responsible", &pathway.attribution, |shares| {
            let percent = |share: Quantity| format!("{:.1}%", share.to_f64() * 100.0).replace(".0%", "%");
            format!(
                "NHS {}, social care {}, both {}",
                percent(shares.nhs),
                percent(shares.social_care),
                percent(shares.both)
            )
        });
        for which in PathwayFigure::ALL {
            if let Some(figure) = pathway.figure(which) {
                self.add(name, which.in_words(), figure, ToString::to_string);
            }
        }
        if let Some(seasons) = &pathway.seasons {
            self.add(name, "Seasons, April to March", seasons, |factors| {
                factors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            });
        }
        if let Some(volatility) = &pathway.volatility {
            self.add(name, "Drift of referrals, spread", &volatility.spread, ToString::to_string);
            self.add(name, "Drift of referrals, days", &volatility.persistence_days, ToString::to_string);
        }
    }

    fn people(&mut self) {
        let scenario = self.scenario;
        if let Some(recording) = &scenario.recording {
            self.add("Published months", "Noise of recording", recording, ToString::to_string);
        }
        for target in &scenario.targets {
            let name = format!("At most, {}", target.month.in_words());
            self.add("Target", name, &target.at_most, ToString::to_string);
        }
        for month in &scenario.outturn {
            let name = format!("Delayed days, {}", month.month.in_words());
            self.add("Outturn", name, &month.delayed_days, u32::to_string);
        }
    }

    fn costs(&mut self) {
        let costs = &self.scenario.costs;
        self.add("Costs", "A delayed day", &costs.delayed_day, |amount| amount.exact());
        for cost in &costs.others {
            self.add("Costs", cost.name.clone(), &cost.amount, |amount| amount.exact());
        }
    }
}

/// `0.15 (0.05 to 0.25)`.
fn range(range: &Range) -> String {
    format!("{} ({} to {})", range.central, range.low, range.high)
}

fn years(years: &BTreeSet<FinancialYear>) -> String {
    if years.is_empty() {
        return "none".to_owned();
    }
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes".to_owned() } else { "no".to_owned() }
}
