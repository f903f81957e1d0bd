//! A scenario for an area from its published months: the blank plan's pathways, calibrated; every figure with its source,
//! or the assumption that it is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::attribution::{Split, fitted};
use super::months::{Known, in_runs};
use super::workbook::Workbook;
use crate::bundled::{BLANK, JULY_2017};
use crate::calendar::{Date, FinancialYear, Month};
use crate::file::ReadError;
use crate::forecast::calibration::{self, FEWEST_MONTHS, Unsolved};
use crate::scenario::edit::apply;
use crate::scenario::{
    Attribution, Figure, History, Id, Note, NoteKind, Paper, Quantity, Refusal, Scenario, Source, Start, Volatility,
};

/// Months from which it is taken who is responsible: a year, so that no season counts twice.
const MONTHS_OF_ATTRIBUTION: usize = 12;
const LICENCE: &str = "Open Government Licence v3.0";

/// Why an area gets no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPlan {
    /// None of its months can be used.
    NoMonths {
        /// Whose.
        area: String,
        /// Why the newest can't.
        why: Option<String>,
    },
    /// Nothing keeps its level.
    Unsolved(Vec<Unsolved>),
    /// A rule of scenarios stands against it.
    Refused(Refusal),
    /// A plan that comes with the planner can't be read.
    Bundled(ReadError),
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMonths { area, why: Some(why) } => write!(f, "{area} has no month that can be used: {why}"),
            Self::NoMonths { area, why: None } => write!(f, "{area} has no month that can be used"),
            Self::Unsolved(unsolved) => {
                let words: Vec<String> = unsolved.iter().map(ToString::to_string).collect();
                f.write_str(&words.join("; "))
            }
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Bundled(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoPlan {}

/// A plan for an area: its history, pathways calibrated on it, and a grant to fill in.
pub fn plan(known: &Known<'_>) -> Result<Scenario, NoPlan> {
    let no_months = || NoPlan::NoMonths { area: known.area.name.clone(), why: known.newest_left_out.clone() };
    let (newest, newest_workbook) = known.months.last().ok_or_else(no_months)?;
    let mut scenario = BLANK.open().map_err(NoPlan::Bundled)?.scenario;
    let july = JULY_2017.open().map_err(NoPlan::Bundled)?.scenario;
    let name = spoken(&known.area.name);
    scenario.title = format!("{name}: a plan from published delays");
    scenario.area = name;
    scenario.as_of = published(newest.month, newest_workbook);
    start(&mut scenario);
    // July cites the same statistics, licence and all.
    let cited = july.papers.iter().find(|paper| paper.licence.is_some()).ok_or_else(no_months)?;
    scenario.papers.push(Paper { title: title(known), date: scenario.as_of, ..cited.clone() });
    scenario.history = history(known, &cited.id);
    attribute(&mut scenario, known);
    scenario.notes = notes(known, &cited.id);
    calibrated(scenario, &july)
}

/// Without what marks a unitary authority in the workbooks.
fn spoken(name: &str) -> String {
    name.strip_suffix(" UA").unwrap_or(name).to_owned()
}

/// The day a month became known: as its workbook says, or the second Thursday of the second month after, as the months of
/// 2017 did.
fn published(month: Month, workbook: &Workbook) -> Date {
    let printed = workbook.published.filter(|date| *date >= month.next().first_day());
    printed.unwrap_or_else(|| {
        let first = month.next().next().first_day();
        let is_thursday = |day: &Date| Date::new(2017, 11, 9).is_ok_and(|thursday| day.days_since(thursday) % 7 == 0);
        let thursday = (0..7).filter_map(|days| first.plus_days(days)).find(is_thursday);
        thursday.and_then(|thursday| thursday.plus_days(7)).unwrap_or(first)
    })
}

/// The fund's years, and all that the blank schemes date from its first.
fn start(scenario: &mut Scenario) {
    let grant = &scenario.fund.grant;
    let (Some(blank), Some(to_fill_in)) = (grant.first_year(), grant.iter().next().map(|(_, figure)| figure.clone()))
    else {
        return;
    };
    // A plan made before there was a fund begins with it.
    let first = scenario.as_of.financial_year().max(blank);
    let years = std::iter::successors(Some(first), |year| Some(year.next())).take(grant.len());
    scenario.fund.grant = years.map(|year| (year, to_fill_in.clone())).collect();
    for scheme in &mut scenario.schemes {
        let scheme = Arc::make_mut(scheme);
        let allocations = scheme.allocations.iter();
        scheme.allocations =
            allocations.map(|(year, figure)| (if year == blank { first } else { year }, figure.clone())).collect();
        for effect in &mut scheme.effects {
            if let Start::On(day) = &mut effect.start {
                day.value = first.first_day();
            }
        }
    }
}

fn title(known: &Known<'_>) -> String {
    let revised = known.months.iter().filter_map(|(_, workbook)| workbook.revised).max();
    let revised = revised.map(|date| format!(", as revised by {}", date.in_words())).unwrap_or_default();
    format!(
        "NHS England, Delayed Transfers of Care: monthly delayed days by local authority, by reason and by responsible organisation, {}{revised}",
        known.months_in_words()
    )
}

fn history(known: &Known<'_>, paper: &Id) -> History {
    let code = known.area.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    let newest = known.months.last().map(|(_, workbook)| workbook.in_words()).unwrap_or_default();
    let at = format!("{}{code}, {}, the newest from {newest}", known.area.name, known.months_in_words());
    History {
        source: Source::Cited { paper: paper.clone(), at },
        months: known.months.iter().map(|(delays, _)| delays.clone()).collect(),
    }
}

/// Who is responsible on each pathway, from the newest year of months.
fn attribute(scenario: &mut Scenario, known: &Known<'_>) {
    let newest = &known.months[known.months.len().saturating_sub(MONTHS_OF_ATTRIBUTION)..];
    let (mut england, mut by_reason, mut by_organisation) = (Split::new(), BTreeMap::new(), [0.0; 3]);
    for (delays, workbook) in newest {
        for (reason, days) in &workbook.england {
            let sums = england.entry(*reason).or_default();
            sums.iter_mut().zip(days).for_each(|(sum, days)| *sum += f64::from(*days));
        }
        for (reason, days) in &delays.reasons {
            *by_reason.entry(*reason).or_default() += f64::from(*days);
        }
        let days = [delays.nhs, delays.social_care, delays.both];
        by_organisation.iter_mut().zip(days).for_each(|(sum, days)| *sum += f64::from(days));
    }
    let fitted = fitted(&england, &by_reason, by_organisation);
    let months: Vec<Month> = newest.iter().map(|(delays, _)| delays.month).collect();
    let own = format!(
        "England’s days for each reason by who was responsible, fitted to {}’s own sums by reason and by organisation, {}: of an area NHS England publishes these two only apart.",
        known.area.name,
        in_runs(&months)
    );
    for pathway in &mut scenario.pathways {
        let pathway = Arc::make_mut(pathway);
        let on_pathway = |split: &Split| {
            let mut days = [0.0; 3];
            for reason in pathway.reasons.iter().filter_map(|reason| split.get(reason)) {
                days.iter_mut().zip(reason).for_each(|(sum, days)| *sum += days);
            }
            days
        };
        let found = [
            (on_pathway(&fitted), own.clone()),
            (on_pathway(&england), "As in England: nobody waited for these reasons here.".to_owned()),
        ];
        // A pathway that nobody waited on, in a workbook without England's table, keeps the blank plan's shares.
        if let Some((shares, source)) = found.into_iter().find_map(|(days, source)| Some((shares(days)?, source))) {
            pathway.attribution = Figure { value: shares, was: None, source: Source::Assumption(source) };
        }
    }
}

/// Shares of days to a tenth of a per cent that sum to 1 exactly; none of no days.
fn shares(days: [f64; 3]) -> Option<Attribution> {
    let all: f64 = days.iter().sum();
    if all <= 0.0 {
        return None;
    }
    let mut shares = [Decimal::ZERO; 3];
    for (share, days) in shares.iter_mut().zip(days) {
        *share = format!("{:.3}", days / all).parse().ok()?;
    }
    let missing = Decimal::ONE - shares.iter().sum::<Decimal>();
    if let Some(largest) = shares.iter_mut().max() {
        *largest += missing;
    }
    let quantity = |share: Decimal| share.normalize().to_string().parse::<Quantity>().ok();
    Some(Attribution { nhs: quantity(shares[0])?, social_care: quantity(shares[1])?, both: quantity(shares[2])? })
}

/// The levels that its history gives a scenario, and how its months move.
fn calibrated(mut scenario: Scenario, july: &Scenario) -> Result<Scenario, NoPlan> {
    let found = match calibration::calibrate(&scenario) {
        Ok(calibration) => Ok(calibration.edit(&scenario)),
        Err(unsolved) => match unsolved.as_slice() {
            [Unsolved::TooFewMonths(_) | Unsolved::Nobody] => {
                move_like(&mut scenario, july);
                calibration::carry_forward(&scenario)
            }
            _ => Err(unsolved),
        },
    };
    let edit = found.map_err(NoPlan::Unsolved)?;
    apply(&scenario, &edit).map(|applied| applied.scenario).map_err(NoPlan::Refused)
}

/// How months move, taken from July's plan: without any, bands would promise far too much.
fn move_like(scenario: &mut Scenario, july: &Scenario) {
    let source = Source::Assumption(format!(
        "As {}’s {} months to its plan of July 2017 gave; fewer than {FEWEST_MONTHS} months say too little of their own movement. Calibrate again once so many are known.",
        july.area,
        july.history.months.len()
    ));
    let like = |figure: &Figure<Quantity>| Figure { value: figure.value, was: None, source: source.clone() };
    scenario.recording = july.recording.as_ref().map(like);
    let volatility = july.pathways.iter().find_map(|pathway| pathway.volatility.as_ref());
    let volatility = volatility
        .map(|moves| Volatility { spread: like(&moves.spread), persistence_days: like(&moves.persistence_days) });
    for pathway in &mut scenario.pathways {
        Arc::make_mut(pathway).volatility.clone_from(&volatility);
    }
}

/// What a reader should know: where the months come from, what was left out, what is to be filled in.
fn notes(known: &Known<'_>, paper: &Id) -> Vec<Note> {
    let cited = || Source::Cited { paper: paper.clone(), at: known.area.name.clone() };
    let made = || Source::Assumption("How this plan was made.".to_owned());
    let note = |kind, text, source| Note { kind, text, source, scheme: None };
    let mut notes = vec![note(
        NoteKind::Remark,
        format!(
            "Delayed days of {} by reason and by responsible organisation: NHS England, Delayed Transfers of Care, {LICENCE}.",
            known.area.name
        ),
        cited(),
    )];
    for (year, workbooks) in by_year(known) {
        let workbooks: Vec<String> = workbooks.iter().map(|workbook| workbook.in_words()).collect();
        notes.push(note(NoteKind::Remark, format!("{year}, from {}.", workbooks.join("; ")), cited()));
    }
    for words in &known.mismatches {
        notes.push(note(NoteKind::Contradiction, format!("{words}."), cited()));
    }
    for words in &known.remarks {
        notes.push(note(NoteKind::Remark, format!("{words}."), cited()));
    }
    let to_do = [
        "Fill in the grant of each year, with the paper that prints it, and give the schemes their names and money. The schemes here are examples without any.",
        "Levels, referrals and places follow from the published months. How long people stay, how long they wait before they leave some other way, and how weekends go, no statistics tell: put in what is known of the area’s own services, then calibrate again.",
        "Add the ceilings that were agreed for the average number of people delayed in a month.",
    ];
    notes.extend(to_do.map(|text| note(NoteKind::Remark, text.to_owned(), made())));
    notes
}

/// The workbooks that the history comes from, by financial year.
fn by_year<'a>(known: &Known<'a>) -> BTreeMap<FinancialYear, Vec<&'a Workbook>> {
    let mut years: BTreeMap<FinancialYear, Vec<&Workbook>> = BTreeMap::new();
    for (delays, workbook) in &known.months {
        years.entry(delays.month.first_day().financial_year()).or_default().push(workbook);
    }
    years
}
