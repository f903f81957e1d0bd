//! What of the context a person can type over: where it stands, and the edit that what was typed comes to.

use super::typed::{NOT, chosen, date, money, number, rank, score, share, words};
use super::{Activity, How, ImpactOn, Item, Key, Maturity, PoolLineKind, Rating, Sort, Status};
use crate::calendar::{Date, FinancialYear};
use crate::money::Money;
use crate::scenario::{Edit, Figure, Id, Scenario};

/// Days by which an activity that is marked delayed is put off, until another day is given.
const PUT_OFF: i32 = 30;
/// What stands between the texts of a list that is typed as one.
pub const BETWEEN: &str = " · ";
/// What stands before a line that is taken off.
pub const LESS: &str = "Less ";

/// Where something of the context stands that can be typed over. Lists are counted from 0; a text of a list that is
/// emptied is taken out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// What a thing is called.
    Name(Key),
    /// Who answers for a line of the project plan, or for a risk.
    Owner(Key),
    /// The money printed beside a line of the project plan, or beside a change.
    Printed(Key),
    /// What an activity is called.
    Activity(Id, usize),
    /// The day that an activity is due: its milestone's, or its own.
    Due(Id, usize),
    /// An activity's status.
    Status(Id, usize),
    /// The status of a line of the project plan, in the paper's word.
    Standing(Id),
    /// What is proposed for a change.
    Proposal(Id),
    /// What is to be done for a change.
    Step(Id, usize),
    /// By when it is to be done.
    StepBy(Id, usize),
    /// How a change's success will be known.
    Success(Id, usize),
    /// A change's maturity.
    Maturity(Id),
    /// A measure's target.
    Target(Id),
    /// A measure's baseline.
    Baseline(Id),
    /// A measure's reading.
    Reading(Id, usize),
    /// A period that measures have readings of, by its name.
    Period(String),
    /// An indicator.
    Indicator(Id),
    /// What an indicator is for England.
    National(Id),
    /// An indicator's place among neighbours.
    AmongNeighbours(Id),
    /// An indicator's place among all authorities.
    AmongAll(Id),
    /// How many adults there are.
    Adults,
    /// What a line of a pool is called.
    Line(Id, usize),
    /// An amount of a pool: its line, and whose.
    Amount(Id, usize, usize),
    /// What a partner is called.
    Partner(Id, usize),
    /// What a partner bears.
    RiskShare(Id, usize),
    /// What a pool is used for: its part, and the line in it.
    Use(Id, usize, usize),
    /// How likely a risk is.
    Likelihood(Id),
    /// How much it would matter.
    Impact(Id),
    /// A risk's rating.
    Rating(Id),
    /// What is done against a risk, in one text.
    Mitigations(Id),
    /// What is said of money at risk.
    About(Id),
    /// How much money is at risk in a year.
    AtRisk(Id, FinancialYear),
    /// A purpose's printed share.
    Share(Id),
    /// Whether and how a scheme acts on something.
    On(Id, ImpactOn),
    /// The type of a line of spending.
    Kind(Id),
    /// Who pays for a line of spending.
    Funding(Id),
    /// A line's money in a year.
    Spent(Id, FinancialYear),
    /// An input of the arithmetic of admissions.
    Panel(Panel),
}

/// An input of the arithmetic of admissions, and of what home care costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Panel {
    /// How far below last year.
    Target,
    /// How far above last year they stand.
    Rise,
    /// What is paid for an admission beyond the base.
    MarginalRate,
    /// The saving sought.
    SavingSought,
    /// Money for home care.
    Money,
    /// Hours a week that it pays for.
    Hours,
    /// Hours a week before.
    Base,
}

impl Spot {
    /// What may be chosen there, if it is a choice.
    pub fn choices(&self) -> Option<Vec<&'static str>> {
        Some(match self {
            Self::Status(..) | Self::Standing(_) => Status::ALL.map(Status::in_words).to_vec(),
            Self::Maturity(_) => Maturity::ALL.map(Maturity::in_words).to_vec(),
            Self::Rating(_) => Rating::ALL.map(Rating::in_words).to_vec(),
            Self::On(..) => [NOT].into_iter().chain(How::ALL.map(How::in_words)).collect(),
            _ => return None,
        })
    }

    /// Whether what stands there is a text, which may take several lines.
    pub fn is_text(&self) -> bool {
        matches!(
            self,
            Self::Name(_)
                | Self::Owner(_)
                | Self::Activity(..)
                | Self::Proposal(_)
                | Self::Step(..)
                | Self::Success(..)
                | Self::Period(_)
                | Self::Line(..)
                | Self::Partner(..)
                | Self::Mitigations(_)
                | Self::About(_)
                | Self::Kind(_)
                | Self::Funding(_)
        )
    }

    /// Whether that text may be a long one.
    pub fn is_long(&self) -> bool {
        matches!(self, Self::Proposal(_) | Self::Step(..) | Self::Success(..) | Self::Mitigations(_) | Self::About(_))
    }

    /// What stands there while nothing is written.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Owner(_) => "owner",
            Self::Mitigations(_) => "what is done",
            Self::About(_) => "what is said of it",
            Self::Kind(_) => "type",
            Self::Funding(_) => "who pays",
            _ => "",
        }
    }

    /// The edit that puts there what was typed.
    pub fn typed(&self, scenario: &Scenario, text: &str) -> Result<Edit, String> {
        match self {
            Self::Due(id, at) => due(scenario, id, *at, date(text)?),
            Self::Status(id, at) => status(scenario, id, *at, chosen(text, &Status::ALL, Status::in_words)?),
            Self::Period(period) => rename_period(scenario, period, text),
            _ => {
                let mut item = self.key().ok_or_else(gone)?.find(&scenario.context).ok_or_else(gone)?;
                self.put(&mut item, text)?;
                Ok(Edit::ReplaceInContext(Box::new(item)))
            }
        }
    }

    /// The thing that it is a part of, if it is a part of one.
    fn key(&self) -> Option<Key> {
        let (sort, id) = match self {
            Self::Name(key) | Self::Owner(key) | Self::Printed(key) => return Some(key.clone()),
            Self::Period(_) => return None,
            Self::Adults => return Some(Key { sort: Sort::Adults, id: None }),
            Self::Panel(_) => return Some(Key { sort: Sort::Admissions, id: None }),
            Self::Activity(id, _) | Self::Due(id, _) | Self::Status(id, _) | Self::Standing(id) => {
                (Sort::Workstream, id)
            }
            Self::Proposal(id)
            | Self::Step(id, _)
            | Self::StepBy(id, _)
            | Self::Success(id, _)
            | Self::Maturity(id) => (Sort::Change, id),
            Self::Target(id) | Self::Baseline(id) | Self::Reading(id, _) => (Sort::Measure, id),
            Self::Indicator(id) | Self::National(id) | Self::AmongNeighbours(id) | Self::AmongAll(id) => {
                (Sort::Indicator, id)
            }
            Self::Line(id, _)
            | Self::Amount(id, ..)
            | Self::Partner(id, _)
            | Self::RiskShare(id, _)
            | Self::Use(id, ..) => (Sort::Pool, id),
            Self::Likelihood(id) | Self::Impact(id) | Self::Rating(id) | Self::Mitigations(id) => (Sort::Risk, id),
            Self::About(id) | Self::AtRisk(id, _) => (Sort::AtRisk, id),
            Self::Share(id) => (Sort::Purpose, id),
            Self::On(id, _) => (Sort::Impact, id),
            Self::Kind(id) | Self::Funding(id) | Self::Spent(id, _) => (Sort::Expenditure, id),
        };
        Some(Key::of(sort, id))
    }

    /// Puts what was typed into the thing.
    #[expect(clippy::too_many_lines, reason = "one arm for each spot")]
    fn put(&self, item: &mut Item, text: &str) -> Result<(), String> {
        match (self, item) {
            (Self::Name(_), item) => rename(item, text.trim())?,
            (Self::Owner(_), Item::Workstream(it)) => it.owner = words(text),
            (Self::Owner(_), Item::Risk(it)) => it.owner = words(text),
            (Self::Printed(_), Item::Workstream(it)) => set(&mut it.allocation, money(text)?),
            (Self::Printed(_), Item::Change(it)) => set(&mut it.printed, money(text)?),
            (Self::Activity(_, at), Item::Workstream(it)) => {
                text.trim().clone_into(&mut it.activities.get_mut(*at).ok_or_else(gone)?.name);
            }
            (Self::Standing(_), Item::Workstream(it)) => {
                it.status = Some(chosen(text, &Status::ALL, Status::in_words)?);
            }
            (Self::Proposal(_), Item::Change(it)) => it.proposal = words(text),
            (Self::Step(_, at), Item::Change(it)) => {
                let step = it.steps.get_mut(*at).ok_or_else(gone)?;
                match words(text) {
                    Some(name) => step.name = name,
                    None => _ = it.steps.remove(*at),
                }
            }
            (Self::StepBy(_, at), Item::Change(it)) => {
                it.steps.get_mut(*at).ok_or_else(gone)?.by = words(text).map(|text| date(&text)).transpose()?;
            }
            (Self::Success(_, at), Item::Change(it)) => {
                let success = it.success.get_mut(*at).ok_or_else(gone)?;
                match words(text) {
                    Some(text) => *success = text,
                    None => _ = it.success.remove(*at),
                }
            }
            (Self::Maturity(_), Item::Change(it)) => {
                set(&mut it.maturity, chosen(text, &Maturity::ALL, Maturity::in_words)?);
            }
            (Self::Target(_) | Self::Baseline(_) | Self::Reading(..), Item::Measure(it)) => {
                let figure = match self {
                    Self::Target(_) => &mut it.target,
                    Self::Baseline(_) => &mut it.baseline,
                    Self::Reading(_, at) => &mut it.readings.get_mut(*at).ok_or_else(gone)?.value,
                    _ => return Err(gone()),
                };
                set(figure, number(text)?);
                if it.unit.is_none() && text.trim().ends_with('%') {
                    it.unit = Some("%".to_owned());
                }
            }
            (Self::Indicator(_), Item::Indicator(it)) => it.value.change(number(text)?),
            (Self::National(_), Item::Indicator(it)) => set(&mut it.national, number(text)?),
            (Self::AmongNeighbours(_), Item::Indicator(it)) => it.neighbours = rank(text)?,
            (Self::AmongAll(_), Item::Indicator(it)) => it.authorities = rank(text)?,
            (Self::Adults, Item::Adults(it)) => it.change(number(text)?),
            (Self::Line(_, at), Item::Pool(it)) => {
                let line = it.lines.get_mut(*at).ok_or_else(gone)?;
                let less = text.trim().strip_prefix(LESS);
                line.kind = match (less, line.kind) {
                    (None, _) => PoolLineKind::Contribution,
                    (Some(_), PoolLineKind::Contribution) => PoolLineKind::LessIncome,
                    (Some(_), less) => less,
                };
                less.unwrap_or(text).trim().clone_into(&mut line.name);
            }
            (Self::Amount(_, line, partner), Item::Pool(it)) => {
                let line = it.lines.get_mut(*line).ok_or_else(gone)?;
                line.amounts.get_mut(*partner).ok_or_else(gone)?.change(money(text)?);
            }
            (Self::Partner(_, at), Item::Pool(it)) => {
                text.trim().clone_into(&mut it.partners.get_mut(*at).ok_or_else(gone)?.name);
            }
            (Self::RiskShare(_, at), Item::Pool(it)) => {
                set(&mut it.partners.get_mut(*at).ok_or_else(gone)?.risk_share, share(text)?);
            }
            (Self::Use(_, part, line), Item::Pool(it)) => {
                let line = it.uses.get_mut(*part).and_then(|part| part.lines.get_mut(*line)).ok_or_else(gone)?;
                line.amount.change(money(text)?);
            }
            (Self::Likelihood(_), Item::Risk(it)) => set(&mut it.likelihood, score(text)?),
            (Self::Impact(_), Item::Risk(it)) => set(&mut it.impact, score(text)?),
            (Self::Rating(_), Item::Risk(it)) => it.rating = Some(chosen(text, &Rating::ALL, Rating::in_words)?),
            (Self::Mitigations(_), Item::Risk(it)) => {
                it.mitigations = text.split(BETWEEN.trim()).filter_map(words).collect();
            }
            (Self::About(_), Item::AtRisk(it)) => text.trim().clone_into(&mut it.about),
            (Self::AtRisk(_, year), Item::AtRisk(it)) => set_in(&mut it.amounts, *year, money(text)?),
            (Self::Share(_), Item::Purpose(it)) => it.share.change(number(text)?),
            (Self::On(_, what), Item::Impact(it)) => {
                let how = if text == NOT { None } else { Some(chosen(text, &How::ALL, How::in_words)?) };
                it.act_on(what, how);
            }
            (Self::Kind(_), Item::Expenditure(it)) => text.trim().clone_into(&mut it.kind),
            (Self::Funding(_), Item::Expenditure(it)) => it.funding = words(text),
            (Self::Spent(_, year), Item::Expenditure(it)) => set_in(&mut it.amounts, *year, money(text)?),
            (Self::Panel(which), Item::Admissions(it)) => match which {
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
}

/// Calls a thing otherwise. A measure's reference and a line's number stand before its name: they are read with it.
fn rename(item: &mut Item, text: &str) -> Result<(), String> {
    let name = match item {
        Item::Workstream(it) => &mut it.name,
        Item::Measure(it) => {
            let reference = it.reference.as_ref().and_then(|reference| text.strip_prefix(reference.as_str()));
            if let Some(name) = reference {
                name.trim().clone_into(&mut it.name);
                return Ok(());
            }
            it.reference = None;
            &mut it.name
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

/// Calls a period otherwise, in every measure that has a reading of it.
fn rename_period(scenario: &Scenario, period: &str, text: &str) -> Result<Edit, String> {
    let name = words(text).ok_or("a period needs a name, such as Quarter 2 2017/18; to be rid of it, take it out")?;
    let measures = &scenario.context.measures;
    if name != period && measures.iter().flat_map(|it| &it.readings).any(|reading| reading.period == name) {
        return Err(format!("there are readings of {name} already"));
    }
    let renamed = measures.iter().filter(|it| it.readings.iter().any(|reading| reading.period == period)).map(|it| {
        let mut it = it.clone();
        for reading in it.readings.iter_mut().filter(|reading| reading.period == period) {
            reading.period.clone_from(&name);
        }
        Edit::ReplaceInContext(Box::new(Item::Measure(it)))
    });
    Ok(Edit::Called { words: format!("{period} becomes {name}"), edits: renamed.collect() })
}

fn set_in(amounts: &mut crate::scenario::ByYear<Figure<Money>>, year: FinancialYear, amount: Money) {
    match amounts.get_mut(year) {
        Some(figure) => figure.change(amount),
        None => amounts.insert(year, Figure::entered(amount)),
    }
}

/// Another day for an activity. Where it is a milestone, the milestone moves, and with it the effects that wait for it.
fn due(scenario: &Scenario, workstream: &Id, at: usize, date: Date) -> Result<Edit, String> {
    let mut it = found(&scenario.context.delivery, |it| it.id == *workstream)?;
    let activity = it.activities.get_mut(at).ok_or_else(gone)?;
    if let Some((scheme, milestone)) = it.scheme.clone().zip(activity.milestone.clone()) {
        return Ok(Edit::SetMilestone { scheme, milestone, date });
    }
    activity.due = Some(date);
    Ok(Edit::ReplaceInContext(Box::new(Item::Workstream(it))))
}

/// Another status. An activity that is marked delayed is put off, if it is a milestone: to a month after its day, or
/// after the plan's, whichever is later.
fn status(scenario: &Scenario, workstream: &Id, at: usize, status: Status) -> Result<Edit, String> {
    let mut it = found(&scenario.context.delivery, |it| it.id == *workstream)?;
    let activity = it.activities.get_mut(at).ok_or_else(gone)?;
    let was = activity.status.replace(status);
    let name = activity.name.clone();
    let put_off = (status == Status::Delayed && was != Some(status))
        .then(|| put_off(scenario, it.scheme.as_ref()?, &it.activities[at]))
        .flatten();
    let marked = Edit::ReplaceInContext(Box::new(Item::Workstream(it)));
    Ok(match put_off {
        Some(moved) => Edit::Called {
            words: format!("Mark “{name}” {} and put it off", status.in_words()),
            edits: vec![marked, moved],
        },
        None => Edit::Called { words: format!("Mark “{name}” {}", status.in_words()), edits: vec![marked] },
    })
}

fn put_off(scenario: &Scenario, scheme: &Id, activity: &Activity) -> Option<Edit> {
    let milestone = activity.milestone.clone()?;
    let due = scenario.scheme(scheme)?.1.milestone(&milestone)?.due.value;
    let date = due.max(scenario.as_of).plus_days(PUT_OFF)?;
    Some(Edit::SetMilestone { scheme: scheme.clone(), milestone, date })
}

fn found<T: Clone>(list: &[T], is: impl Fn(&T) -> bool) -> Result<T, String> {
    list.iter().find(|it| is(it)).cloned().ok_or_else(gone)
}

fn gone() -> String {
    "what was to be changed is not there any more".to_owned()
}

fn set<T: Clone + PartialEq>(figure: &mut Option<Figure<T>>, to: T) {
    match figure {
        Some(figure) => figure.change(to),
        None => *figure = Some(Figure::entered(to)),
    }
}
