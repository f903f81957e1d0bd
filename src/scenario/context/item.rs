//! One thing of the context, of whatever sort: what an edit puts in the place of another.

use serde::{Deserialize, Serialize};

use super::{
    Admissions, ChangeReport, Context, Expenditure, Impact, Indicator, Measure, MoneyAtRisk, Pool, Purpose, Risk,
    Workstream,
};
use crate::scenario::{Figure, Id, Quantity};

/// One thing of the context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// A line of the project plan.
    Workstream(Workstream),
    /// A High Impact Change.
    Change(ChangeReport),
    /// A measure.
    Measure(Measure),
    /// An indicator of the dashboard.
    Indicator(Indicator),
    /// How many adults there are.
    Adults(Figure<Quantity>),
    /// A pooled budget.
    Pool(Pool),
    /// A risk.
    Risk(Risk),
    /// Money at risk.
    AtRisk(MoneyAtRisk),
    /// A purpose of the grant.
    Purpose(Purpose),
    /// What a scheme acts on.
    Impact(Impact),
    /// A line of the expenditure table.
    Expenditure(Expenditure),
    /// The arithmetic of admissions.
    Admissions(Box<Admissions>),
}

impl Item {
    /// As people call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Workstream(it) => &it.name,
            Self::Change(it) => it.change.in_words(),
            Self::Measure(it) => &it.name,
            Self::Indicator(it) => &it.name,
            Self::Adults(_) => "People of 18 and over",
            Self::Pool(it) => &it.name,
            Self::Risk(it) => &it.name,
            Self::AtRisk(it) => &it.name,
            Self::Purpose(it) => it.purpose.in_words(),
            Self::Impact(it) => &it.name,
            Self::Expenditure(it) => &it.name,
            Self::Admissions(_) => "Admissions and home care",
        }
    }

    /// Puts it in the place of the one of its sort and id, and gives that one; nothing if there is none.
    pub(in crate::scenario) fn put_into(&self, context: &mut Context) -> Option<Self> {
        match self {
            Self::Workstream(to) => swap(&mut context.delivery, to, |it| &it.id).map(Self::Workstream),
            Self::Change(to) => swap(&mut context.changes, to, |it| &it.id).map(Self::Change),
            Self::Measure(to) => swap(&mut context.measures, to, |it| &it.id).map(Self::Measure),
            Self::Indicator(to) => swap(&mut context.dashboard, to, |it| &it.id).map(Self::Indicator),
            Self::Adults(to) => context.adults.as_mut().map(|it| Self::Adults(std::mem::replace(it, to.clone()))),
            Self::Pool(to) => swap(&mut context.pools, to, |it| &it.id).map(Self::Pool),
            Self::Risk(to) => swap(&mut context.risks, to, |it| &it.id).map(Self::Risk),
            Self::AtRisk(to) => swap(&mut context.at_risk, to, |it| &it.id).map(Self::AtRisk),
            Self::Purpose(to) => swap(&mut context.purposes, to, |it| &it.id).map(Self::Purpose),
            Self::Impact(to) => swap(&mut context.impacts, to, |it| &it.id).map(Self::Impact),
            Self::Expenditure(to) => swap(&mut context.expenditure, to, |it| &it.id).map(Self::Expenditure),
            Self::Admissions(to) => {
                let there = context.admissions.as_mut();
                there.map(|it| Self::Admissions(Box::new(std::mem::replace(it, (**to).clone()))))
            }
        }
    }
}

fn swap<T: Clone>(list: &mut [T], to: &T, id: fn(&T) -> &Id) -> Option<T> {
    list.iter_mut().find(|known| id(known) == id(to)).map(|known| std::mem::replace(known, to.clone()))
}
