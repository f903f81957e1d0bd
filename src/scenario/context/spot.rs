//! What of the context a person can type over: where it stands, and the edit that what was typed comes to.

use super::put::{gone, put};
use super::typed::{NOT, chosen, date, words};
use super::{Activity, How, ImpactOn, Item, Key, Maturity, Rating, Sort, Status, Total};
use crate::calendar::{Date, FinancialYear};
use crate::scenario::{Edit, Id, Scenario};

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
    /// The day that an activity begins.
    Begins(Id, usize),
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
    /// What a measure's or an indicator's figures count.
    Unit(Key),
    /// A measure's target.
    Target(Id),
    /// A measure's baseline.
    Baseline(Id),
    /// A measure's reading.
    Reading(Id, usize),
    /// What is said of a measure.
    Remark(Id),
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
    /// A total that the paper prints.
    PrintedTotal(Id, Total),
    /// Whose part of a pool's use it is.
    UsePart(Id, usize),
    /// What a pool is used for: its part, and the line in it.
    UseLine(Id, usize, usize),
    /// How much of it is used for that.
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
    /// The type within the type.
    SubType(Id),
    /// The area of spend of a line of spending.
    AreaOfSpend(Id),
    /// Who pays for a line of spending.
    Funding(Id),
    /// What is said of a line of spending.
    Comment(Id),
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
                | Self::SubType(_)
                | Self::AreaOfSpend(_)
                | Self::Funding(_)
                | Self::Comment(_)
                | Self::Unit(_)
                | Self::Remark(_)
                | Self::UsePart(..)
                | Self::UseLine(..)
        )
    }

    /// Whether that text may be a long one.
    pub fn is_long(&self) -> bool {
        matches!(
            self,
            Self::Proposal(_)
                | Self::Step(..)
                | Self::Success(..)
                | Self::Mitigations(_)
                | Self::About(_)
                | Self::Comment(_)
                | Self::Remark(_)
        )
    }

    /// What stands there while nothing is written.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Owner(_) => "owner",
            Self::Mitigations(_) => "what is done",
            Self::About(_) | Self::Remark(_) => "what is said of it",
            Self::Kind(_) => "type",
            Self::SubType(_) => "sub-type",
            Self::AreaOfSpend(_) => "area of spend",
            Self::Funding(_) => "who pays",
            Self::Comment(_) => "comment",
            Self::Unit(_) => "unit",
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
                put(self, &mut item, text)?;
                Ok(Edit::ReplaceInContext(Box::new(item)))
            }
        }
    }

    /// The thing that it is a part of, if it is a part of one.
    fn key(&self) -> Option<Key> {
        let (sort, id) = match self {
            Self::Name(key) | Self::Owner(key) | Self::Printed(key) | Self::Unit(key) => return Some(key.clone()),
            Self::Period(_) => return None,
            Self::Adults => return Some(Key { sort: Sort::Adults, id: None }),
            Self::Panel(_) => return Some(Key { sort: Sort::Admissions, id: None }),
            Self::Activity(id, _)
            | Self::Begins(id, _)
            | Self::Due(id, _)
            | Self::Status(id, _)
            | Self::Standing(id) => (Sort::Workstream, id),
            Self::Proposal(id)
            | Self::Step(id, _)
            | Self::StepBy(id, _)
            | Self::Success(id, _)
            | Self::Maturity(id) => (Sort::Change, id),
            Self::Target(id) | Self::Baseline(id) | Self::Reading(id, _) | Self::Remark(id) => (Sort::Measure, id),
            Self::Indicator(id) | Self::National(id) | Self::AmongNeighbours(id) | Self::AmongAll(id) => {
                (Sort::Indicator, id)
            }
            Self::Line(id, _)
            | Self::Amount(id, ..)
            | Self::Partner(id, _)
            | Self::RiskShare(id, _)
            | Self::PrintedTotal(id, _)
            | Self::UsePart(id, _)
            | Self::UseLine(id, ..)
            | Self::Use(id, ..) => (Sort::Pool, id),
            Self::Likelihood(id) | Self::Impact(id) | Self::Rating(id) | Self::Mitigations(id) => (Sort::Risk, id),
            Self::About(id) | Self::AtRisk(id, _) => (Sort::AtRisk, id),
            Self::Share(id) => (Sort::Purpose, id),
            Self::On(id, _) => (Sort::Impact, id),
            Self::Kind(id)
            | Self::SubType(id)
            | Self::AreaOfSpend(id)
            | Self::Funding(id)
            | Self::Comment(id)
            | Self::Spent(id, _) => (Sort::Expenditure, id),
        };
        Some(Key::of(sort, id))
    }
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
        Some((day, moved)) => Edit::Called {
            words: format!("Mark “{name}” {} and put it off to {}", status.in_words(), day.in_words()),
            edits: vec![marked, moved],
        },
        None => Edit::Called { words: format!("Mark “{name}” {}", status.in_words()), edits: vec![marked] },
    })
}

fn put_off(scenario: &Scenario, scheme: &Id, activity: &Activity) -> Option<(Date, Edit)> {
    let milestone = activity.milestone.clone()?;
    let due = scenario.scheme(scheme)?.1.milestone(&milestone)?.due.value;
    let date = due.max(scenario.as_of).plus_days(PUT_OFF)?;
    Some((date, Edit::SetMilestone { scheme: scheme.clone(), milestone, date }))
}

fn found<T: Clone>(list: &[T], is: impl Fn(&T) -> bool) -> Result<T, String> {
    list.iter().find(|it| is(it)).cloned().ok_or_else(gone)
}
