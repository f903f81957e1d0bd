//! A route out of hospital that people wait for: how many come, what they wait for, and how long it takes.

use serde::{Deserialize, Serialize};

use super::{Figure, Id, Quantity, Reason};

/// What people wait for, grouping reason codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pathway {
    /// The name that effects refer to it by.
    pub id: Id,
    /// As people call it.
    pub name: String,
    /// The reason codes it groups.
    pub reasons: Vec<Reason>,
    /// Who is responsible for the waits, as shares that sum to 1.
    pub attribution: Figure<Attribution>,
    /// People a week who become ready to leave and need it.
    pub referrals: Figure<Quantity>,
    /// Growth of referrals a year: 0.02 = 2%.
    pub growth: Figure<Quantity>,
    /// Twelve factors from April to March that average 1, if the pathway has seasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seasons: Option<Figure<Vec<Quantity>>>,
    /// How referrals drift from what is expected of them; none: they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volatility: Option<Volatility>,
    /// People delayed on day 0.
    pub waiting: Figure<Quantity>,
    /// Done by a process without a queue, or by a service with places.
    pub kind: Kind,
}

/// Slow random drift of referrals: for weeks on end more come than expected, or fewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volatility {
    /// Standard deviation of the logarithm of referrals: 0.05 is about 5% either way.
    pub spread: Figure<Quantity>,
    /// Days after which a drift is down to 1/e, about a third, of what it was.
    pub persistence_days: Figure<Quantity>,
}

/// How people on a pathway come to leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Kind {
    /// Everyone is worked on at once: assessment, choice, disputes.
    Process {
        /// Mean days until it is done.
        days: Figure<Quantity>,
    },
    /// There are so many places; the rest wait.
    Service(Box<Service>),
}

/// A service with places that people fill for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Places contracted.
    pub places: Figure<Quantity>,
    /// The share of them that are really there, 0 to 1 (HART: 0.67).
    pub delivery: Figure<Quantity>,
    /// Mean days that a person fills a place; at least one.
    pub stay_days: Figure<Quantity>,
    /// Coefficient of variation of the stay: 1 is exponential, less is more regular, down to 0.36 (eight stages).
    pub stay_spread: Figure<Quantity>,
    /// Mean days until a waiting person leaves some other way; none: they wait for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patience_days: Option<Figure<Quantity>>,
    /// Starts on a Saturday or Sunday as a share of a weekday's; 1: no difference.
    pub weekend: Figure<Quantity>,
    /// The share of places lost in a year to providers that fail.
    pub attrition: Figure<Quantity>,
    /// People in the service on day 0; none: full, or referrals × stay if that is less.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupied: Option<Figure<Quantity>>,
}

impl Service {
    /// How many equal stages give a stay of its spread: round(1/cv²), 1 to 8 (a gamma distribution of whole shape).
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=8 before the cast")]
    pub fn stages(&self) -> u8 {
        let spread = self.stay_spread.value.to_f64();
        if spread > 0.0 { (1.0 / (spread * spread)).round().clamp(1.0, 8.0) as u8 } else { 8 }
    }
}

/// Shares of the waits by who is responsible; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// The NHS.
    pub nhs: Quantity,
    /// Social care.
    pub social_care: Quantity,
    /// Both together.
    pub both: Quantity,
}

/// The single figures of a pathway that a person can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PathwayFigure {
    /// [`Pathway::referrals`].
    Referrals,
    /// [`Pathway::growth`].
    Growth,
    /// [`Pathway::waiting`].
    Waiting,
    /// The days of [`Kind::Process`].
    ProcessDays,
    /// [`Service::places`].
    Places,
    /// [`Service::delivery`].
    Delivery,
    /// [`Service::stay_days`].
    StayDays,
    /// [`Service::stay_spread`].
    StaySpread,
    /// [`Service::patience_days`].
    PatienceDays,
    /// [`Service::weekend`].
    Weekend,
    /// [`Service::attrition`].
    Attrition,
    /// [`Service::occupied`].
    Occupied,
}

impl PathwayFigure {
    /// All of them, in the order shown.
    pub const ALL: [Self; 12] = [
        Self::Referrals,
        Self::Growth,
        Self::Waiting,
        Self::ProcessDays,
        Self::Places,
        Self::Delivery,
        Self::StayDays,
        Self::StaySpread,
        Self::PatienceDays,
        Self::Weekend,
        Self::Attrition,
        Self::Occupied,
    ];

    /// As people call it, with its unit.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Referrals => "Referrals a week",
            Self::Growth => "Growth of referrals a year",
            Self::Waiting => "People delayed on day 0",
            Self::ProcessDays => "Mean days until done",
            Self::Places => "Places contracted",
            Self::Delivery => "Share of places delivered",
            Self::StayDays => "Mean stay, days",
            Self::StaySpread => "Spread of the stay",
            Self::PatienceDays => "Mean days before leaving another way",
            Self::Weekend => "Weekend starts, share of a weekday's",
            Self::Attrition => "Share of places lost a year",
            Self::Occupied => "People in the service on day 0",
        }
    }
}

impl Pathway {
    /// One of its figures, where this kind of pathway has it.
    pub fn figure(&self, which: PathwayFigure) -> Option<&Figure<Quantity>> {
        match (which, &self.kind) {
            (PathwayFigure::Referrals, _) => Some(&self.referrals),
            (PathwayFigure::Growth, _) => Some(&self.growth),
            (PathwayFigure::Waiting, _) => Some(&self.waiting),
            (PathwayFigure::ProcessDays, Kind::Process { days }) => Some(days),
            (PathwayFigure::Places, Kind::Service(service)) => Some(&service.places),
            (PathwayFigure::Delivery, Kind::Service(service)) => Some(&service.delivery),
            (PathwayFigure::StayDays, Kind::Service(service)) => Some(&service.stay_days),
            (PathwayFigure::StaySpread, Kind::Service(service)) => Some(&service.stay_spread),
            (PathwayFigure::PatienceDays, Kind::Service(service)) => service.patience_days.as_ref(),
            (PathwayFigure::Weekend, Kind::Service(service)) => Some(&service.weekend),
            (PathwayFigure::Attrition, Kind::Service(service)) => Some(&service.attrition),
            (PathwayFigure::Occupied, Kind::Service(service)) => service.occupied.as_ref(),
            _ => None,
        }
    }

    /// The same figure, to change.
    pub fn figure_mut(&mut self, which: PathwayFigure) -> Option<&mut Figure<Quantity>> {
        match (which, &mut self.kind) {
            (PathwayFigure::Referrals, _) => Some(&mut self.referrals),
            (PathwayFigure::Growth, _) => Some(&mut self.growth),
            (PathwayFigure::Waiting, _) => Some(&mut self.waiting),
            (PathwayFigure::ProcessDays, Kind::Process { days }) => Some(days),
            (PathwayFigure::Places, Kind::Service(service)) => Some(&mut service.places),
            (PathwayFigure::Delivery, Kind::Service(service)) => Some(&mut service.delivery),
            (PathwayFigure::StayDays, Kind::Service(service)) => Some(&mut service.stay_days),
            (PathwayFigure::StaySpread, Kind::Service(service)) => Some(&mut service.stay_spread),
            (PathwayFigure::PatienceDays, Kind::Service(service)) => service.patience_days.as_mut(),
            (PathwayFigure::Weekend, Kind::Service(service)) => Some(&mut service.weekend),
            (PathwayFigure::Attrition, Kind::Service(service)) => Some(&mut service.attrition),
            (PathwayFigure::Occupied, Kind::Service(service)) => service.occupied.as_mut(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_one_over_the_square_of_the_spread_from_one_to_eight() {
        let figure = |text: &str| Figure::entered(text.parse::<Quantity>().expect("a number"));
        // 1/0.36² = 7.7, 1/0.5² = 4, 1/0.7² = 2.04, 1/0.9² = 1.2.
        for (spread, stages) in
            [("0.36", 8), ("0.5", 4), ("0.7", 2), ("0.9", 1), ("1", 1), ("5", 1), ("0", 8), ("0.1", 8)]
        {
            let service = Service {
                places: figure("1"),
                delivery: figure("1"),
                stay_days: figure("28"),
                stay_spread: figure(spread),
                patience_days: None,
                weekend: figure("1"),
                attrition: figure("0"),
                occupied: None,
            };
            assert_eq!(service.stages(), stages, "{spread}");
        }
    }
}
