//! One thing of the context, of whatever sort: what an edit adds, takes out, or puts in the place of another.

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

/// Sorts of things in the context. Of the last two there is one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sort {
    /// Lines of the project plan.
    Workstream,
    /// High Impact Changes.
    Change,
    /// Measures.
    Measure,
    /// Indicators of the dashboard.
    Indicator,
    /// Pooled budgets.
    Pool,
    /// Risks.
    Risk,
    /// Money at risk.
    AtRisk,
    /// Purposes of the grant.
    Purpose,
    /// What schemes act on.
    Impact,
    /// Lines of the expenditure table.
    Expenditure,
    /// How many adults there are.
    Adults,
    /// The arithmetic of admissions.
    Admissions,
}

impl Sort {
    /// One of them, as people call it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Workstream => "line of the project plan",
            Self::Change => "high impact change",
            Self::Measure => "measure",
            Self::Indicator => "indicator",
            Self::Pool => "pool",
            Self::Risk => "risk",
            Self::AtRisk => "money at risk",
            Self::Purpose => "purpose of the grant",
            Self::Impact => "scheme’s impact",
            Self::Expenditure => "line of spending",
            Self::Adults => "number of adults",
            Self::Admissions => "arithmetic of admissions",
        }
    }
}

/// Which thing of the context.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Its sort.
    pub sort: Sort,
    /// The name it is known by in the file, where there may be several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
}

impl Key {
    /// A thing known by its id.
    pub fn of(sort: Sort, id: &Id) -> Self {
        Self { sort, id: Some(id.clone()) }
    }

    /// The thing itself, if it is there.
    pub fn find(&self, context: &Context) -> Option<Item> {
        // Taken out of a copy: one way for all sorts to be found.
        self.take_from(&mut context.clone()).map(|(_, item)| item)
    }

    /// Takes the thing out; gives how many of its sort came before it, and itself.
    pub(in crate::scenario) fn take_from(&self, context: &mut Context) -> Option<(usize, Item)> {
        let id = self.id.as_ref();
        match self.sort {
            Sort::Workstream => taken(&mut context.delivery, id, |it| &it.id, Item::Workstream),
            Sort::Change => taken(&mut context.changes, id, |it| &it.id, Item::Change),
            Sort::Measure => taken(&mut context.measures, id, |it| &it.id, Item::Measure),
            Sort::Indicator => taken(&mut context.dashboard, id, |it| &it.id, Item::Indicator),
            Sort::Pool => taken(&mut context.pools, id, |it| &it.id, Item::Pool),
            Sort::Risk => taken(&mut context.risks, id, |it| &it.id, Item::Risk),
            Sort::AtRisk => taken(&mut context.at_risk, id, |it| &it.id, Item::AtRisk),
            Sort::Purpose => taken(&mut context.purposes, id, |it| &it.id, Item::Purpose),
            Sort::Impact => taken(&mut context.impacts, id, |it| &it.id, Item::Impact),
            Sort::Expenditure => taken(&mut context.expenditure, id, |it| &it.id, Item::Expenditure),
            Sort::Adults => context.adults.take().map(|it| (0, Item::Adults(it))),
            Sort::Admissions => context.admissions.take().map(|it| (0, Item::Admissions(Box::new(it)))),
        }
    }
}

fn taken<T>(list: &mut Vec<T>, id: Option<&Id>, of: fn(&T) -> &Id, item: fn(T) -> Item) -> Option<(usize, Item)> {
    let at = list.iter().position(|it| Some(of(it)) == id)?;
    Some((at, item(list.remove(at))))
}

impl Item {
    /// Which it is.
    pub fn key(&self) -> Key {
        let (sort, id) = match self {
            Self::Workstream(it) => (Sort::Workstream, &it.id),
            Self::Change(it) => (Sort::Change, &it.id),
            Self::Measure(it) => (Sort::Measure, &it.id),
            Self::Indicator(it) => (Sort::Indicator, &it.id),
            Self::Pool(it) => (Sort::Pool, &it.id),
            Self::Risk(it) => (Sort::Risk, &it.id),
            Self::AtRisk(it) => (Sort::AtRisk, &it.id),
            Self::Purpose(it) => (Sort::Purpose, &it.id),
            Self::Impact(it) => (Sort::Impact, &it.id),
            Self::Expenditure(it) => (Sort::Expenditure, &it.id),
            Self::Adults(_) => return Key { sort: Sort::Adults, id: None },
            Self::Admissions(_) => return Key { sort: Sort::Admissions, id: None },
        };
        Key::of(sort, id)
    }

    /// Adds it after so many others of its sort; tells whether there was none of its id, so that it could be.
    pub(in crate::scenario) fn add_to(&self, context: &mut Context, at: usize) -> bool {
        match self {
            Self::Workstream(it) => added(&mut context.delivery, at, it, |it| &it.id),
            Self::Change(it) => added(&mut context.changes, at, it, |it| &it.id),
            Self::Measure(it) => added(&mut context.measures, at, it, |it| &it.id),
            Self::Indicator(it) => added(&mut context.dashboard, at, it, |it| &it.id),
            Self::Pool(it) => added(&mut context.pools, at, it, |it| &it.id),
            Self::Risk(it) => added(&mut context.risks, at, it, |it| &it.id),
            Self::AtRisk(it) => added(&mut context.at_risk, at, it, |it| &it.id),
            Self::Purpose(it) => added(&mut context.purposes, at, it, |it| &it.id),
            Self::Impact(it) => added(&mut context.impacts, at, it, |it| &it.id),
            Self::Expenditure(it) => added(&mut context.expenditure, at, it, |it| &it.id),
            Self::Adults(it) => context.adults.is_none() && context.adults.replace(it.clone()).is_none(),
            Self::Admissions(it) => {
                context.admissions.is_none() && context.admissions.replace((**it).clone()).is_none()
            }
        }
    }

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

fn added<T: Clone>(list: &mut Vec<T>, at: usize, it: &T, id: fn(&T) -> &Id) -> bool {
    let is_free = list.iter().all(|known| id(known) != id(it));
    if is_free {
        list.insert(at.min(list.len()), it.clone());
    }
    is_free
}
