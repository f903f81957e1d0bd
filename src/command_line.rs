//! The same figures without a window: as text for a terminal, as JSON for scripts.

mod compared;
mod context;
mod export;
mod found;
mod json;
mod new;
mod overview;
mod template;

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use clap::{Args, Parser, Subcommand};

use crate::bundled::JULY_2017;
use crate::chart::context::Figures;
use crate::file::{self, Opened, Over, Previous, ReadError, SaveError};
use crate::forecast::Forecast;
use crate::forecast::calibration::{self, Unsolved};
use crate::forecast::chance::{Chance, KeptNothing, Prepared, replicate};
use crate::glossary::{Term, matching};
use crate::ledger::Ledger;
use crate::money::MoneyError;
use crate::scenario::Scenario;
use crate::scenario::edit::apply;
use crate::sheets::NotRead;

pub use export::ExportCall;
pub use new::NewCall;
pub use overview::overview;
pub use template::ImportCall;

/// What the planner was asked to do.
#[derive(Debug, Parser)]
#[command(
    name = "ibcf-planner",
    version,
    about = "Plans the improved Better Care Fund: allocations, balance, committed years and delayed transfers of care",
    after_help = "Exit codes: 0 done, 1 the scenario is refused, 2 the call is wrong, 3 a file can't be read or written.",
    args_conflicts_with_subcommands = true
)]
pub struct Arguments {
    /// What to do instead of opening the window.
    #[command(subcommand)]
    pub call: Option<Call>,
    /// The scenario to open in the window; without one, Oxfordshire's plan of July 2017.
    pub file: Option<PathBuf>,
}

/// What can be asked for without a window.
#[derive(Debug, Subcommand)]
pub enum Call {
    /// Balance, commitments, and the forecast against the targets, as text.
    Overview {
        /// The scenario.
        file: PathBuf,
    },
    /// Says everything that is wrong with scenarios, with file, line and column.
    Check {
        /// The scenarios.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Grant, allocations, commitments and balance by year, area and scheme.
    Balance {
        /// The scenario.
        file: PathBuf,
        /// As JSON for scripts; money is text with two decimals.
        #[arg(long)]
        json: bool,
    },
    /// People delayed by month and pathway, against the targets.
    Forecast(ForecastCall),
    /// What changed from one scenario to another: totals before and after, then each difference in words.
    Compare {
        /// The scenario before.
        before: PathBuf,
        /// The scenario after.
        after: PathBuf,
        /// As JSON for scripts; money is text with two decimals.
        #[arg(long)]
        json: bool,
    },
    /// What the papers report around the plan: delivery, changes, measures, pool, risks, purposes.
    Context {
        /// The scenario.
        file: PathBuf,
        /// As JSON for scripts; money is text with two decimals.
        #[arg(long)]
        json: bool,
    },
    /// Opens the window presenting a scenario, full screen.
    Present {
        /// The scenario; without one, Oxfordshire's plan of July 2017.
        file: Option<PathBuf>,
    },
    /// Makes a plan for any area from NHS England's monthly workbooks of delayed transfers of care.
    New(NewCall),
    /// Takes the schemes of a planning template's expenditure table (.xlsx, .xls, .csv) into a plan, as one step.
    ImportTemplate(ImportCall),
    /// Finds levels, places and volatility in the scenario's history, and how good such forecasts would have been.
    Calibrate(CalibrateCall),
    /// What the field's words mean here, and where that is said.
    Glossary {
        /// Words to look for; without any, all of them.
        words: Vec<String>,
    },
    /// Writes pictures, tables, a workbook or a board paper.
    Export(ExportCall),
}

/// Enough for percentiles to hold still, and for a target's chance to be right to half a percentage point.
const USUAL_REPLICATIONS: u32 = 10_000;
/// More would tell nothing more, and keep a person waiting.
const MOST_REPLICATIONS: u32 = 1_000_000;

/// What a forecast is asked for.
#[derive(Debug, Args)]
pub struct ForecastCall {
    /// The scenario.
    file: PathBuf,
    /// How many times the plan is run with chance in it, at most 1,000,000; 0 gives the expected run, without chance.
    #[arg(long, default_value_t = USUAL_REPLICATIONS, value_name = "N", value_parser = replications)]
    replications: u32,
    /// Where chance starts: the same seed gives the same figures.
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// Every day too, not only months.
    #[arg(long, requires = "json")]
    days: bool,
    /// As JSON for scripts.
    #[arg(long)]
    json: bool,
}

/// What a calibration is asked for.
#[derive(Debug, Args)]
pub struct CalibrateCall {
    /// The scenario.
    file: PathBuf,
    /// Writes what was found into the scenario's file.
    #[arg(long)]
    write: bool,
    /// How many times each forecast inside the history is run, 1 to 100,000.
    #[arg(long, default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: u32,
    /// Where chance starts: the same seed gives the same figures.
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// As JSON for scripts.
    #[arg(long)]
    json: bool,
}

/// Why a call was not carried out: lines for people, the first of which says it all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A scenario is refused: exit code 1.
    Refused(Vec<String>),
    /// What was asked for can't be: exit code 2.
    Usage(String),
    /// A file can't be read or the figures not be written: exit code 3.
    System(Vec<String>),
}

impl Failure {
    /// What the process tells its caller.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::Usage(_) => 2,
            Self::System(_) => 3,
        }
    }

    /// For people, on standard error.
    pub fn lines(&self) -> &[String] {
        match self {
            Self::Refused(lines) | Self::System(lines) => lines,
            Self::Usage(line) => std::slice::from_ref(line),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        if error.is_refusal() { Self::Refused(error.lines()) } else { Self::System(error.lines()) }
    }
}

impl From<NotRead> for Failure {
    fn from(error: NotRead) -> Self {
        let line = vec![error.to_string()];
        if error.by_system { Self::System(line) } else { Self::Refused(line) }
    }
}

/// A sum beyond what money may be: only a scenario with absurd amounts comes to that.
impl From<MoneyError> for Failure {
    fn from(error: MoneyError) -> Self {
        Self::Refused(vec![format!("error: the scenario's sums can't be formed: {error}")])
    }
}

/// Carries out a call, writing its figures to `out`.
pub fn run(call: &Call, out: &mut impl Write) -> Result<(), Failure> {
    match call {
        Call::Overview { file } => print(out, &overview(&opened(file)?.scenario)?),
        Call::Check { files } => check(files, out),
        Call::Balance { file, json } => {
            let ledger = Ledger::of(&opened(file)?.scenario)?;
            print(out, &if *json { json::text(&json::balance(&ledger)) } else { overview::by_year(&ledger) })
        }
        Call::Forecast(call) => forecast(call, out),
        Call::Compare { before, after, json } => {
            let scenarios = [&opened(before)?.scenario, &opened(after)?.scenario];
            let names = [before, after].map(|path| path.display().to_string());
            let text = if *json { compared::as_json(names, scenarios)? } else { compared::in_words(names, scenarios)? };
            print(out, &text)
        }
        Call::Context { file, json } => around(&opened(file)?.scenario, *json, out),
        Call::Calibrate(call) => calibrate(call, out),
        Call::New(call) => new::new(call, out),
        Call::ImportTemplate(call) => template::import(call, out),
        Call::Present { file } => without_window("Presenting needs a window", file.as_deref(), out),
        Call::Glossary { words } => print(out, &glossary(&words.join(" "))),
        Call::Export(call) => export::carry_out(call, out),
    }
}

/// Words that match, each with its other names, its meaning and where that is said.
fn glossary(wanted: &str) -> String {
    let found = matching(wanted);
    let in_words = |term: &&Term| {
        let also = if term.also.is_empty() { String::new() } else { format!(" ({})", term.also.join(", ")) };
        let source = term.source.map_or_else(String::new, |source| format!("    {source}\n"));
        format!("{}{also}\n    {}\n{source}", term.word, term.means)
    };
    match found.as_slice() {
        [] => format!("No word has “{wanted}” in its name or meaning; without words, glossary lists them all.\n"),
        found => found.iter().map(in_words).collect::<Vec<_>>().join("\n"),
    }
}

/// What the window's call does where no window can open: says why in a line, then prints the overview of the file, or
/// of the plan that comes with the planner.
pub fn without_window(why: &str, file: Option<&Path>, out: &mut impl Write) -> Result<(), Failure> {
    let opened = match file {
        Some(path) => opened(path)?,
        None => JULY_2017.open()?,
    };
    print(out, &format!("{why}; here is the overview instead.\n\n{}", overview(&opened.scenario)?))
}

fn opened(path: &Path) -> Result<Opened, Failure> {
    Ok(file::read(path)?)
}

/// Writes a text. Whoever reads it may stop when they have seen enough: that is no failure.
fn print(out: &mut impl Write, text: &str) -> Result<(), Failure> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let why = file::plainly(&error);
            Err(Failure::System(vec![format!("error: the figures can't be written ({why}); write them elsewhere")]))
        }
        _ => Ok(()),
    }
}

/// Errors are the failure's lines; warnings, which refuse nothing, go to `out`.
fn check(files: &[PathBuf], out: &mut impl Write) -> Result<(), Failure> {
    let (mut lines, mut any_unread) = (Vec::new(), false);
    for path in files {
        match file::read(path) {
            Ok(opened) => {
                let name = path.display().to_string();
                let warnings: String = opened.warnings.iter().map(|warning| warning.in_words(&name) + "\n").collect();
                print(out, &warnings)?;
            }
            Err(error) => {
                any_unread |= !error.is_refusal();
                lines.extend(error.lines());
            }
        }
    }
    match (lines.is_empty(), any_unread) {
        (true, _) => Ok(()),
        (false, true) => Err(Failure::System(lines)),
        (false, false) => Err(Failure::Refused(lines)),
    }
}

/// What the papers report around the plan, with the forecast as replications have it on average.
fn around(scenario: &Scenario, as_json: bool, out: &mut impl Write) -> Result<(), Failure> {
    let (ledger, forecast) = (Ledger::of(scenario)?, Forecast::of(scenario));
    let chance = if scenario.pathways.is_empty() { None } else { with_chance_at_once(scenario) };
    let averaged = chance.as_ref().map(|chance| forecast.on_average(scenario, chance));
    let forecast = averaged.as_ref().unwrap_or(&forecast);
    let figures = Figures { scenario, ledger: &ledger, forecast, chance: chance.as_ref() };
    print(out, &if as_json { json::text(&context::as_json(figures)?) } else { context::in_words(figures)? })
}

fn forecast(call: &ForecastCall, out: &mut impl Write) -> Result<(), Failure> {
    let scenario = opened(&call.file)?.scenario;
    let forecast = Forecast::of(&scenario);
    let chance = with_chance(&scenario, call.seed, call.replications);
    if !call.json {
        return print(out, &overview::by_month(&scenario, &forecast, chance.as_ref()));
    }
    let mut figures = json::forecast(&scenario, &forecast, chance.as_ref(), call.seed);
    if call.days
        && let Some(figures) = figures.as_object_mut()
    {
        figures.insert("days".to_owned(), json::days(&forecast, chance.as_ref()));
    }
    print(out, &json::text(&figures))
}

fn calibrate(call: &CalibrateCall, out: &mut impl Write) -> Result<(), Failure> {
    let Opened { scenario, text: known, .. } = opened(&call.file)?;
    let refused = |unsolved: Vec<Unsolved>| {
        let lines = unsolved.into_iter().map(|unsolved| format!("{}: error: {unsolved}", call.file.display()));
        Failure::Refused(lines.collect())
    };
    let calibration = calibration::calibrate(&scenario).map_err(refused)?;
    let has_record = scenario.history.months.len() > calibration::FEWEST_MONTHS;
    let backtest = if has_record {
        let stop = AtomicBool::new(false);
        calibration::backtest(&scenario, call.replications, call.seed, &stop).map_err(refused)?
    } else {
        None
    };
    if call.write {
        let applied = apply(&scenario, &calibration.edit(&scenario));
        let refusal = |refusal| Failure::Refused(vec![format!("{}: error: {refusal}", call.file.display())]);
        let calibrated = applied.map_err(refusal)?.scenario;
        let text = file::revise(&known, &scenario, &calibrated);
        save(&call.file, &text, Over::Known(known.as_bytes()), None)?;
    }
    let text = if call.json {
        json::text(&found::as_json(&calibration, backtest.as_ref()))
    } else {
        found::in_words(&scenario, &calibration, backtest.as_ref())
    };
    print(out, &text)
}

/// Saves a plan; what lay there is kept on the shelf. `otherwise`: what to do where a new file finds its name taken.
fn save(path: &Path, text: &str, over: Over<'_>, otherwise: Option<&str>) -> Result<(), Failure> {
    match (file::save_plan(path, text, over, file::shelf().as_deref()), otherwise) {
        (Ok(Previous::NotKept(why)), _) => {
            // Figures go to standard output; whoever reads only those has lost nothing but a convenience.
            let _ = writeln!(std::io::stderr(), "warning: saved, but the previous version was not kept: {why}");
            Ok(())
        }
        (Ok(_), _) => Ok(()),
        (Err(SaveError::Changed { name, .. }), Some(otherwise)) => {
            let line = format!("{name}: error: a file of this name is there already; {otherwise}");
            Err(Failure::System(vec![file::on_one_line(&line)]))
        }
        (Err(error), _) => Err(Failure::System(vec![error.to_string()])),
    }
}

/// Enough to tell a target's chance to a percentage point or two at once.
const REPLICATIONS_AT_ONCE: usize = 1_000;
/// Of a plan with more pathways than people keep in mind fewer are run, so that the answer still comes at once.
const PATHWAYS_RUN: usize = 20_000;
/// And never fewer than this.
const FEWEST_REPLICATIONS: usize = 64;

/// How many replications are asked for, if as many may be.
fn replications(text: &str) -> Result<u32, String> {
    let asked = text.parse().ok().filter(|replications| *replications <= MOST_REPLICATIONS);
    asked.ok_or_else(|| "ask for a whole number, at most 1,000,000".to_owned())
}

/// As many replications as come at once.
fn with_chance_at_once(scenario: &Scenario) -> Option<Chance> {
    let replications = (PATHWAYS_RUN / scenario.pathways.len().max(1)).clamp(FEWEST_REPLICATIONS, REPLICATIONS_AT_ONCE);
    with_chance(scenario, 1, u32::try_from(replications).unwrap_or(0))
}

/// So many replications of the plan; nothing for none.
fn with_chance(scenario: &Scenario, seed: u64, replications: u32) -> Option<Chance> {
    let prepared = (replications > 0).then(|| Prepared::of(scenario))?;
    let stop = AtomicBool::new(false);
    let tally = replicate(&prepared, seed, 0..replications, &stop)?;
    let nothing = KeptNothing::default().after(&prepared, seed, replications, &stop)?;
    Some(tally.chance(&prepared, seed).beside(nothing))
}
