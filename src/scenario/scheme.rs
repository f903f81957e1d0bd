//! A line of the plan: what it is, which area it belongs to, its money by year, and what that money does.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ByYear, Commitment, Effect, Figure, Id, Range, Start};
use crate::calendar::{Date, FinancialYear};
use crate::money::Money;

/// A line of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// The name it is known by in the file.
    pub id: Id,
    /// As people call it.
    pub name: String,
    /// Which of the four areas it belongs to.
    pub area: Area,
    /// What the money is for, in a sentence or two.
    pub about: String,
    /// Pounds given to it in each year; a year left out has none.
    pub allocations: ByYear<Figure<Money>>,
    /// How long the money is bound.
    pub commitment: Commitment,
    /// Dates that matter to it.
    pub milestones: Vec<Milestone>,
    /// What its money changes.
    pub effects: Vec<Effect>,
    /// How late it may start and how much of it may come; none: on time and whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_risk: Option<DeliveryRisk>,
    /// The High Impact Changes it supports.
    pub supports: Vec<HighImpactChange>,
    /// Whether its figures are guarded against a slip of the hand.
    pub locked: bool,
}

/// The most days that an effect may take to become whole.
const MOST_RAMP: i32 = 3_660;

impl Scheme {
    /// Its allocation in that year; nothing if there is none.
    pub fn allocation(&self, year: FinancialYear) -> Money {
        self.allocations.get(year).map_or(Money::ZERO, |figure| figure.value)
    }

    /// Whether its money is bound in that year.
    pub fn is_committed(&self, year: FinancialYear) -> bool {
        self.commitment.years.value.contains(&year)
    }

    /// The day one of its effects begins, or nothing if that waits for a milestone that it does not have.
    pub fn start_of(&self, effect: &Effect) -> Option<Date> {
        match &effect.start {
            Start::On(date) => Some(date.value),
            Start::Milestone(id) => self.reached(id),
        }
    }

    /// Days from the start of one of its effects until it is whole: those it is said to take, and before them those until
    /// the milestone that it is whole after.
    pub fn ramp_of(&self, effect: &Effect) -> u16 {
        let counted_from = effect.whole_after.as_ref().and_then(|id| self.reached(id));
        let before = counted_from.zip(self.start_of(effect)).map_or(0, |(from, start)| from.days_since(start).max(0));
        let days = before.saturating_add(effect.ramp_days.value.into());
        u16::try_from(days.min(MOST_RAMP)).unwrap_or_default()
    }

    /// The days on which one of its effects has nothing to run on: from the day after what it ran on ended to the day
    /// before it is renewed. No day where it is renewed by then; nothing where it runs for as long as there is money.
    pub fn gap_of(&self, effect: &Effect) -> Option<std::ops::Range<Date>> {
        let renewal = effect.renewal.as_ref()?;
        Some(renewal.ends.value.plus_days(1)?..self.reached(&renewal.with)?)
    }

    /// The day a milestone is reached: the day it is due, or that of a milestone that it follows if that is later.
    pub fn reached(&self, id: &Id) -> Option<Date> {
        self.milestone(id)?;
        self.followed(id).map(|milestone| milestone.due.value).max()
    }

    /// Whether reaching one milestone hangs on reaching another: it is that one, or follows it.
    pub fn hangs_on(&self, id: &Id, on: &Id) -> bool {
        self.followed(id).any(|milestone| milestone.id == *on)
    }

    /// How many of its effects begin, become whole or are renewed no sooner than a milestone is reached.
    pub fn waiting_for(&self, milestone: &Id) -> usize {
        let waits = |effect: &&Effect| {
            let start = match &effect.start {
                Start::Milestone(id) => Some(id),
                Start::On(_) => None,
            };
            let renewed = effect.renewal.as_ref().map(|renewal| &renewal.with);
            start.into_iter().chain(&effect.whole_after).chain(renewed).any(|id| self.hangs_on(id, milestone))
        };
        self.effects.iter().filter(waits).count()
    }

    /// A milestone and those that it follows, one after the other; each once, should they go round in a circle.
    fn followed(&self, id: &Id) -> impl Iterator<Item = &Milestone> {
        let before = |milestone: &&Milestone| milestone.after.as_ref().and_then(|id| self.milestone(id));
        std::iter::successors(self.milestone(id), before).take(self.milestones.len())
    }

    /// Its milestone of that id.
    pub fn milestone(&self, id: &Id) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.id == *id)
    }
}

/// What may go wrong between a plan on paper and what comes of it, the same for all effects of a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryRisk {
    /// Days by which its effects begin late.
    pub slip_days: Figure<Range>,
    /// The share of what its money buys that is really delivered, 0 to 1.
    pub delivered: Figure<Range>,
}

/// A date that matters to a scheme; effects may wait for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// The name that effects refer to it by.
    pub id: Id,
    /// What will have happened.
    pub name: String,
    /// The day it is expected.
    pub due: Figure<Date>,
    /// The milestone of the same scheme that it follows: it is reached no sooner than that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
}

/// The four areas of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Area {
    /// Moving people through hospital and intermediate care.
    ImprovingFlow,
    /// Keeping providers in business.
    MarketResilience,
    /// Growing what the market can do.
    MarketCapacity,
    /// Buying more places and hours.
    AdditionalProvision,
}

impl Area {
    /// In the order of the papers.
    pub const ALL: [Self; 4] =
        [Self::ImprovingFlow, Self::MarketResilience, Self::MarketCapacity, Self::AdditionalProvision];

    /// The name that scripts use.
    pub fn key(self) -> &'static str {
        match self {
            Self::ImprovingFlow => "flow",
            Self::MarketResilience => "market_resilience",
            Self::MarketCapacity => "market_capacity",
            Self::AdditionalProvision => "additional_provision",
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ImprovingFlow => "Improving flow",
            Self::MarketResilience => "Market resilience",
            Self::MarketCapacity => "Market capacity",
            Self::AdditionalProvision => "Additional provision",
        })
    }
}

/// The Eight High Impact Changes (NHS England and the Local Government Association).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HighImpactChange {
    /// Early discharge planning.
    EarlyDischargePlanning,
    /// Systems to monitor patient flow.
    PatientFlowSystems,
    /// Multi-disciplinary and multi-agency discharge teams.
    DischargeTeams,
    /// Home first, discharge to assess.
    HomeFirst,
    /// Seven-day services.
    SevenDayServices,
    /// Trusted assessors.
    TrustedAssessors,
    /// Focus on choice.
    FocusOnChoice,
    /// Enhancing health in care homes.
    CareHomeHealth,
}

impl HighImpactChange {
    /// In the order of the model.
    pub const ALL: [Self; 8] = [
        Self::EarlyDischargePlanning,
        Self::PatientFlowSystems,
        Self::DischargeTeams,
        Self::HomeFirst,
        Self::SevenDayServices,
        Self::TrustedAssessors,
        Self::FocusOnChoice,
        Self::CareHomeHealth,
    ];

    /// As the model names it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::EarlyDischargePlanning => "Early discharge planning",
            Self::PatientFlowSystems => "Systems to monitor patient flow",
            Self::DischargeTeams => "Multi-disciplinary and multi-agency discharge teams",
            Self::HomeFirst => "Home first and discharge to assess",
            Self::SevenDayServices => "Seven-day services",
            Self::TrustedAssessors => "Trusted assessors",
            Self::FocusOnChoice => "Focus on choice",
            Self::CareHomeHealth => "Enhancing health in care homes",
        }
    }
}
