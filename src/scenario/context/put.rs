//! What was typed, put into the thing of the context that it stands in.

use super::spot::{BETWEEN, LESS, Panel, Spot};
use super::typed::{NOT, chosen, date, money, number, rank, score, share, words};
use super::{How, Item, Maturity, PoolLineKind, Rating, Status};
use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::scenario::{ByYear, Figure};

/// Puts what was typed into the thing.
#[expect(clippy::too_many_lines, reason = "one arm for each spot")]
pub(super) fn put(spot: &Spot, item: &mut Item, text: &str) -> Result<(), String> {
    match (spot, item) {
        (Spot::Name(_), item) => rename(item, text.trim())?,
        (Spot::Owner(_), Item::Workstream(it)) => it.owner = words(text),
        (Spot::Owner(_), Item::Risk(it)) => it.owner = words(text),
        (Spot::Printed(_), Item::Workstream(it)) => set(&mut it.allocation, money(text)?),
        (Spot::Printed(_), Item::Change(it)) => set(&mut it.printed, money(text)?),
        (Spot::Activity(_, at), Item::Workstream(it)) => {
            text.trim().clone_into(&mut it.activities.get_mut(*at).ok_or_else(gone)?.name);
        }
        (Spot::Begins(_, at), Item::Workstream(it)) => {
            let start = words(text).map(|text| date(&text)).transpose()?;
            it.activities.get_mut(*at).ok_or_else(gone)?.start = start;
        }
        (Spot::Standing(_), Item::Workstream(it)) => {
            it.status = Some(chosen(text, &Status::ALL, Status::in_words)?);
        }
        (Spot::Proposal(_), Item::Change(it)) => it.proposal = words(text),
        (Spot::Step(_, at), Item::Change(it)) => {
            let step = it.steps.get_mut(*at).ok_or_else(gone)?;
            match words(text) {
                Some(name) => step.name = name,
                None => _ = it.steps.remove(*at),
            }
        }
        (Spot::StepBy(_, at), Item::Change(it)) => {
            it.steps.get_mut(*at).ok_or_else(gone)?.by = words(text).map(|text| date(&text)).transpose()?;
        }
        (Spot::Success(_, at), Item::Change(it)) => {
            let success = it.success.get_mut(*at).ok_or_else(gone)?;
            match words(text) {
                Some(text) => *success = text,
                None => _ = it.success.remove(*at),
            }
        }
        (Spot::Maturity(_), Item::Change(it)) => {
            set(&mut it.maturity, chosen(text, &Maturity::ALL, Maturity::in_words)?);
        }
        (Spot::Unit(_), Item::Measure(it)) => it.unit = words(text),
        (Spot::Unit(_), Item::Indicator(it)) => it.unit = words(text),
        (Spot::Target(_) | Spot::Baseline(_) | Spot::Reading(..), Item::Measure(it)) => {
            let figure = match spot {
                Spot::Target(_) => &mut it.target,
                Spot::Baseline(_) => &mut it.baseline,
                Spot::Reading(_, at) => &mut it.readings.get_mut(*at).ok_or_else(gone)?.value,
                _ => return Err(gone()),
            };
            set(figure, number(text)?);
            if it.unit.is_none() && text.trim().ends_with('%') {
                it.unit = Some("%".to_owned());
            }
        }
        (Spot::Remark(_), Item::Measure(it)) => it.remark = words(text),
        (Spot::Indicator(_), Item::Indicator(it)) => it.value.change(number(text)?),
        (Spot::National(_), Item::Indicator(it)) => set(&mut it.national, number(text)?),
        (Spot::AmongNeighbours(_), Item::Indicator(it)) => it.neighbours = rank(text)?,
        (Spot::AmongAll(_), Item::Indicator(it)) => it.authorities = rank(text)?,
        (Spot::Adults, Item::Adults(it)) => it.change(number(text)?),
        (Spot::Line(_, at), Item::Pool(it)) => {
            let line = it.lines.get_mut(*at).ok_or_else(gone)?;
            let less = text.trim().strip_prefix(LESS);
            line.kind = match (less, line.kind) {
                (None, _) => PoolLineKind::Contribution,
                (Some(_), PoolLineKind::Contribution) => PoolLineKind::LessIncome,
                (Some(_), less) => less,
            };
            less.unwrap_or(text).trim().clone_into(&mut line.name);
        }
        (Spot::Amount(_, line, partner), Item::Pool(it)) => {
            let line = it.lines.get_mut(*line).ok_or_else(gone)?;
            line.amounts.get_mut(*partner).ok_or_else(gone)?.change(money(text)?);
        }
        (Spot::Partner(_, at), Item::Pool(it)) => {
            text.trim().clone_into(&mut it.partners.get_mut(*at).ok_or_else(gone)?.name);
        }
        (Spot::RiskShare(_, at), Item::Pool(it)) => {
            set(&mut it.partners.get_mut(*at).ok_or_else(gone)?.risk_share, share(text)?);
        }
        (Spot::PrintedTotal(_, total), Item::Pool(it)) => {
            *it.printed_mut(*total).ok_or_else(gone)? = money(text)?;
        }
        (Spot::UsePart(_, part), Item::Pool(it)) => {
            text.trim().clone_into(&mut it.uses.get_mut(*part).ok_or_else(gone)?.name);
        }
        (Spot::UseLine(_, part, line) | Spot::Use(_, part, line), Item::Pool(it)) => {
            let line = it.uses.get_mut(*part).and_then(|part| part.lines.get_mut(*line)).ok_or_else(gone)?;
            match spot {
                Spot::UseLine(..) => text.trim().clone_into(&mut line.name),
                _ => line.amount.change(money(text)?),
            }
        }
        (Spot::Likelihood(_), Item::Risk(it)) => set(&mut it.likelihood, score(text)?),
        (Spot::Impact(_), Item::Risk(it)) => set(&mut it.impact, score(text)?),
        (Spot::Rating(_), Item::Risk(it)) => it.rating = Some(chosen(text, &Rating::ALL, Rating::in_words)?),
        (Spot::Mitigations(_), Item::Risk(it)) => {
            it.mitigations = text.split(BETWEEN.trim()).filter_map(words).collect();
        }
        (Spot::About(_), Item::AtRisk(it)) => text.trim().clone_into(&mut it.about),
        (Spot::AtRisk(_, year), Item::AtRisk(it)) => set_in(&mut it.amounts, *year, money(text)?),
        (Spot::Share(_), Item::Purpose(it)) => it.share.change(number(text)?),
        (Spot::On(_, what), Item::Impact(it)) => {
            let how = if text == NOT { None } else { Some(chosen(text, &How::ALL, How::in_words)?) };
            it.act_on(what, how);
        }
        (Spot::Kind(_), Item::Expenditure(it)) => text.trim().clone_into(&mut it.kind),
        (Spot::SubType(_), Item::Expenditure(it)) => it.sub_type = words(text),
        (Spot::AreaOfSpend(_), Item::Expenditure(it)) => it.area_of_spend = words(text),
        (Spot::Comment(_), Item::Expenditure(it)) => it.comment = words(text),
        (Spot::Funding(_), Item::Expenditure(it)) => it.funding = words(text),
        (Spot::Spent(_, year), Item::Expenditure(it)) => set_in(&mut it.amounts, *year, money(text)?),
        (Spot::Panel(which), Item::Admissions(it)) => match which {
            Panel::Target => it.target.change(share(text)?),
            Panel::Rise => it.rise.change(share(text)?),
            Panel::MarginalRate => it.marginal_rate.change(share(text)?),
            Panel::SavingSought => it.saving_sought.change(share(text)?),
            Panel::Money => it.home_care.as_mut().ok_or_else(gone)?.money.change(money(text)?),
            Panel::Hours => it.home_care.as_mut().ok_or_else(gone)?.hours_a_week.change(number(text)?),
            Panel::Base => it.home_care.as_mut().ok_or_else(gone)?.base.change(number(text)?),
        },
        _ => return Err(gone()),
    }
    Ok(())
}

/// Calls a thing otherwise. A measure's reference and a line's number stand before its name: they are read with it.
fn rename(item: &mut Item, text: &str) -> Result<(), String> {
    let name = match item {
        Item::Workstream(it) => &mut it.name,
        Item::Measure(it) => {
            let known = it.reference.as_deref().filter(|reference| text.starts_with(*reference)).map(str::len);
            let (reference, name) = text.split_at(known.unwrap_or_else(|| length_of_reference(text)));
            it.reference = words(reference);
            name.trim().clone_into(&mut it.name);
            return Ok(());
        }
        Item::Indicator(it) => &mut it.name,
        Item::Pool(it) => &mut it.name,
        Item::Risk(it) => &mut it.name,
        Item::AtRisk(it) => &mut it.name,
        Item::Impact(it) => &mut it.name,
        Item::Expenditure(it) => {
            if let Some((number, name)) =
                text.split_once(' ').and_then(|(number, name)| Some((number.parse().ok()?, name)))
            {
                it.number = number;
                name.trim().clone_into(&mut it.name);
                return Ok(());
            }
            &mut it.name
        }
        Item::Change(_) | Item::Purpose(_) | Item::Adults(_) | Item::Admissions(_) => return Err(gone()),
    };
    text.clone_into(name);
    Ok(())
}

/// How much of a text is a number such as 7.2, by which a paper knows a measure.
fn length_of_reference(text: &str) -> usize {
    let first = text.split(' ').next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if first.contains('.') && first.split('.').all(is_number) { first.len() } else { 0 }
}

fn set_in(amounts: &mut ByYear<Figure<Money>>, year: FinancialYear, amount: Money) {
    match amounts.get_mut(year) {
        Some(figure) => figure.change(amount),
        None => amounts.insert(year, Figure::entered(amount)),
    }
}

pub(super) fn gone() -> String {
    "what was to be changed is not there any more".to_owned()
}

fn set<T: Clone + PartialEq>(figure: &mut Option<Figure<T>>, to: T) {
    match figure {
        Some(figure) => figure.change(to),
        None => *figure = Some(Figure::entered(to)),
    }
}
