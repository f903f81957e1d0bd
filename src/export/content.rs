//! What is exported: the charts and tables of one scenario, worked out once for all forms.

use std::sync::atomic::AtomicBool;

use super::{
    Asked, ExportError, Form, Known, Progress, Size, What, around, assumptions, go_on, picture, raster, tables,
};
use crate::chart::context::{self, Figures, Sheet};
use crate::chart::{self, Chart, Over, Split, Table, count};
use crate::forecast::calibration::{self, Backtest};
use crate::forecast::chance::{Chance, DoingNothing, Prepared, Tally, replicate};
use crate::forecast::{Contributions, Forecast};
use crate::ledger::Ledger;
use crate::scenario::Scenario;
use crate::scenario::context::Trigger;
use crate::template;

/// Replications between two words of progress.
const AT_ONCE: u32 = 500;
/// For each forecast inside the history, as in the window.
const RECORD_REPLICATIONS: u32 = 1_000;
/// Months ahead that the record is drawn for.
const RECORD_AHEAD: usize = 3;

/// Everything that forms are made of.
pub(super) struct Content<'a> {
    pub scenario: &'a Scenario,
    pub ledger: Ledger,
    pub forecast: Forecast,
    pub chance: Option<Chance>,
    /// The forecast with its months and targets as the runs have them on average; without runs, the expected run.
    pub averaged: Forecast,
    /// How good such forecasts were, where the history is long enough to tell.
    pub record: Option<Backtest>,
    charts: Vec<(What, Chart)>,
    /// What the papers report around the plan, as the window shows it.
    sheets: Vec<(What, Sheet)>,
}

impl<'a> Content<'a> {
    /// What `wanted` asks for, and no more.
    pub(super) fn of(
        scenario: &'a Scenario,
        known: Known,
        wanted: &[What],
        asked: &Asked,
        progress: Progress<'_>,
    ) -> Result<Self, ExportError> {
        let reported = &scenario.context;
        let is_forecast = |what: &What| match what {
            What::Measures => reported.measures.iter().any(|measure| measure.forecast.is_some()),
            What::Risks => reported.at_risk.iter().any(|at_risk| at_risk.trigger == Trigger::Targets),
            What::Dashboard => reported.dashboard.iter().any(|indicator| indicator.is_delays),
            what => what.is_of_people(),
        };
        let has_chance = !scenario.pathways.is_empty() && wanted.iter().any(is_forecast);
        let is_asked_for = |chance: &Chance| (chance.replications, chance.seed) == (asked.replications, asked.seed);
        let chance = match known.chance.filter(is_asked_for) {
            Some(chance) => Some(chance),
            None if has_chance => chance(scenario, asked, progress)?,
            None => None,
        };
        let record = match known.record {
            Some(record) => Some(record),
            None if wanted.contains(&What::Record) => record(scenario, asked.seed, progress)?,
            None => None,
        };
        let forecast = Forecast::of(scenario);
        let averaged = chance.as_ref().map_or_else(|| forecast.clone(), |chance| forecast.on_average(scenario, chance));
        let ledger = Ledger::of(scenario)?;
        let (charts, sheets) = (Vec::new(), Vec::new());
        let mut content = Self { scenario, ledger, forecast, chance, averaged, record, charts, sheets };
        for what in wanted {
            let chart = content.chart_of(*what);
            content.charts.extend(chart.map(|chart| (*what, chart)));
            let sheet = content.sheet_of(*what)?;
            content.sheets.extend(sheet.map(|sheet| (*what, sheet)));
        }
        Ok(content)
    }

    fn chart_of(&self, what: What) -> Option<Chart> {
        let Self { scenario, ledger, forecast, chance, .. } = self;
        let trajectory = |split| chart::trajectory(scenario, forecast, chance.as_ref(), split);
        if what.is_of_people() && scenario.pathways.is_empty() {
            return None;
        }
        Some(match what {
            What::Balance => chart::balance(ledger),
            What::Commitments => chart::commitments(ledger),
            What::Trajectory => trajectory(Split::Total),
            What::Pathways => trajectory(Split::Pathway),
            What::Responsibility => trajectory(Split::Attribution),
            What::Schemes => {
                let contributions = Contributions::of(scenario, forecast);
                chart::schemes(scenario, &contributions, forecast, chance.as_ref(), Over::Horizon)
            }
            What::Record => chart::record(self.record.as_ref()?, RECORD_AHEAD),
            _ => return None,
        })
    }

    fn sheet_of(&self, what: What) -> Result<Option<Sheet>, ExportError> {
        let Self { scenario, ledger, averaged, chance, .. } = self;
        let figures = Figures { scenario, ledger, forecast: averaged, chance: chance.as_ref() };
        Ok(what.part().map(|part| context::sheet(part, figures)).transpose()?.flatten())
    }

    /// A part of what the papers report that was wanted, if the plan has it.
    pub(super) fn sheet(&self, what: What) -> Option<&Sheet> {
        self.sheets.iter().find(|(of, _)| *of == what).map(|(_, sheet)| sheet)
    }

    /// A chart that was wanted.
    pub(super) fn chart(&self, what: What) -> Option<&Chart> {
        self.charts.iter().find(|(of, _)| *of == what).map(|(_, chart)| chart)
    }

    /// Whether there is anything to show of it.
    pub(super) fn has(&self, what: What) -> bool {
        match what.part() {
            Some(part) => part.is_in(self.scenario),
            None => !what.is_chart() || self.chart(what).is_some(),
        }
    }

    /// Its figures.
    pub(super) fn table(&self, what: What) -> Option<Table> {
        match what {
            What::Allocations => Some(tables::allocations(self.scenario, &self.ledger)),
            What::Assumptions => Some(assumptions::table(self.scenario)),
            What::Sources => Some(tables::sources(self.scenario)),
            What::Notes => Some(tables::notes(self.scenario)),
            What::Template => Some(template::table(self.scenario)),
            What::Measures if self.has(what) => Some(around::measures(self.scenario, &self.averaged)),
            What::Delivery if self.has(what) => Some(around::project_plan_table(self.scenario)),
            What::Risks => self.sheet(what).map(|sheet| around::risks(self.scenario, sheet)),
            _ => self.sheet(what).map(around::reported).or_else(|| Some(self.chart(what)?.table.clone())),
        }
    }

    /// Its figures, or why there are none.
    pub(super) fn table_or_why(&self, what: What) -> Result<Table, ExportError> {
        self.table(what).ok_or_else(|| {
            ExportError::Usage(match what {
                _ if what.part().is_some() => {
                    format!("the plan reports nothing for {}: export another part of it", what.key())
                }
                What::Record => {
                    "the history has no month with twelve before it, so no forecast can be tried inside it: \
                                 leave the record out, or add months"
                        .to_owned()
                }
                _ => "the plan has no pathways, so nobody’s delay is forecast: export another part of it".to_owned(),
            })
        })
    }

    /// It as a file's bytes.
    pub(super) fn file(&self, what: What, form: Form, size: Size) -> Result<Vec<u8>, ExportError> {
        match self.chart(what) {
            Some(chart) => file(self.scenario, chart, form, size),
            None => tables::csv(&self.table_or_why(what)?),
        }
    }
}

/// A chart as a file's bytes: a picture, or its table.
pub(super) fn file(scenario: &Scenario, chart: &Chart, form: Form, size: Size) -> Result<Vec<u8>, ExportError> {
    if form == Form::Csv {
        return tables::csv(&chart.table);
    }
    let svg = picture::svg(chart, &source(scenario, chart), size, picture::SCREEN);
    if form == Form::Png { raster::png(&svg, size) } else { Ok(svg.into_bytes()) }
}

/// Whose figures a chart shows: the plan's, and where people are counted those who published them.
pub(super) fn source(scenario: &Scenario, chart: &Chart) -> String {
    let plan = format!("Source: {}, as of {}", scenario.title, scenario.as_of.in_words());
    let is_money = ["Balance", "Committed years"].contains(&chart.name);
    let licensed = scenario.papers.iter().filter_map(|paper| Some((&paper.short, paper.licence.as_ref()?)));
    let licensed = licensed.filter(|_| !is_money).map(|(paper, licence)| format!("{paper} ({licence})"));
    [plan].into_iter().chain(licensed).collect::<Vec<_>>().join("; ")
}

fn chance(scenario: &Scenario, asked: &Asked, progress: Progress<'_>) -> Result<Option<Chance>, ExportError> {
    let prepared = Prepared::of(scenario);
    let without = prepared.without_schemes();
    let tally = runs(&prepared, "running the plan", asked, progress)?;
    let nothing = runs(&without, "running it without its schemes", asked, progress)?;
    let both = tally.zip(nothing);
    Ok(both.map(|(tally, nothing)| tally.chance(&prepared, asked.seed).beside(DoingNothing::of(&nothing, &without))))
}

fn runs(prepared: &Prepared, doing: &str, asked: &Asked, progress: Progress<'_>) -> Result<Option<Tally>, ExportError> {
    let mut so_far = None;
    for done in (0..asked.replications).step_by(AT_ONCE as usize) {
        let all = f64::from(asked.replications);
        go_on(progress, &format!("{doing}: {} of {} runs", count(done.into()), count(all)))?;
        let until = done.saturating_add(AT_ONCE).min(asked.replications);
        let more = replicate(prepared, asked.seed, done..until, &AtomicBool::new(false));
        match (&mut so_far, more) {
            (Some(tally), Some(more)) => Tally::merge(tally, more),
            (none, more) => *none = more,
        }
    }
    Ok(so_far)
}

fn record(scenario: &Scenario, seed: u64, progress: Progress<'_>) -> Result<Option<Backtest>, ExportError> {
    if scenario.history.months.len() <= calibration::FEWEST_MONTHS {
        return Ok(None);
    }
    go_on(progress, "going through the history")?;
    // A history that can't be calibrated on has no record; the plan's own forecast does not hang on it.
    let found = calibration::backtest(scenario, RECORD_REPLICATIONS, seed, &AtomicBool::new(false));
    Ok(found.ok().flatten().filter(|found| found.ahead.iter().any(|ahead| !ahead.trials.is_empty())))
}
