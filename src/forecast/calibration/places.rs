//! What keeps a pathway at a level: so many referrals, so many places.
//!
//! A process holds referrals a day × days (Little), so its referrals follow from the level. A service has two unknowns
//! and one level. The second equation is an assumption: of those ready a fifth leave some other way while the level
//! lasts, λ/5 = W/patience. Places are then solved for by halving: the more places, the fewer wait.
//!
//! The expected run, weekends and all, is stepped to its steady state. Where chance can empty the queue, that state
//! has too few waiting (46 places for 42 people's work never queue there, and truly hold 4.4), so the places get what
//! the queue with chance needs more than the one without: its mean is that of the stationary M/M/c+M queue
//! (Garnett, Mandelbaum and Reiman, “Designing a call center with impatient customers”, Manufacturing & Service
//! Operations Management 4, 2002), a chain of births and deaths.

use super::super::compile::{Opening, Rates, Unchanged};
use super::super::run::People;
use super::{PathwayFit, ServiceFit};
use crate::scenario::{Kind, Pathway, Service};

/// Of those ready, one in so many leaves some other way while the level lasts.
pub(super) const ONE_IN: f64 = 5.0;
/// Weeks after which a queue whose people wait and stay for months has settled.
const WEEKS_TO_SETTLE: usize = 260;
/// Halvings that bring a billion places to a thousandth of one.
const HALVINGS: usize = 50;
/// Standard deviations of the queue above which chance never empties it.
const OUT_OF_REACH: f64 = 4.0;

/// What keeps `pathway` at a level of people delayed, or why nothing can.
pub(super) fn fit(pathway: &Pathway, level: f64) -> Result<PathwayFit, &'static str> {
    let of = |referrals_a_day: f64, service| PathwayFit {
        id: pathway.id.clone(),
        level,
        referrals: referrals_a_day * 7.0,
        service,
    };
    match &pathway.kind {
        Kind::Process { days } => Ok(of(level / days.value.to_f64().max(1.0), None)),
        Kind::Service(_) if level <= 0.0 => Ok(of(0.0, Some(ServiceFit { places: 0.0, occupied: 0.0 }))),
        Kind::Service(service) => {
            let queue = Queue::at(level, service)?;
            Ok(of(queue.arrivals, Some(queue.fit()?)))
        }
    }
}

/// A service at a level.
struct Queue {
    level: f64,
    arrivals: f64,
    stay: f64,
    patience: f64,
    delivery: f64,
    stages: u8,
    weekday: Rates,
    weekend: Rates,
}

impl Queue {
    fn at(level: f64, service: &Service) -> Result<Self, &'static str> {
        let patience = service.patience_days.as_ref().map(|days| days.value.to_f64());
        let patience = patience.ok_or("its people wait for ever, so that no level lasts; give it a patience")?;
        let delivery = service.delivery.value.to_f64();
        if delivery <= 0.0 {
            return Err("none of its places is delivered, so that no number of them would do");
        }
        let arrivals = ONE_IN * level / patience;
        let unchanged = Unchanged::of(service);
        let weekday =
            Rates { arrivals, leaving: unchanged.leaving, passing: unchanged.passing(1.0), capacity: 0.0, open: 1.0 };
        let weekend = Rates { open: unchanged.open_at_weekends(1.0), ..weekday };
        let (stay, stages) = (service.stay_days.value.to_f64(), service.stages());
        Ok(Self { level, arrivals, stay, patience, delivery, stages, weekday, weekend })
    }

    fn fit(&self) -> Result<ServiceFit, &'static str> {
        // Without chance four fifths would do; nobody would wait with places for all.
        let most = self.arrivals * self.stay * 2.0 + 10.0;
        let settled = |capacity: f64| self.settled(capacity).0;
        if settled(most) > self.level {
            return Err("more wait over its weekends than the level has, however many places there are");
        }
        let capacity = where_it_falls_to(self.level, most, settled);
        // While people wait, what chance asks for beyond is filled as well.
        let more = self.more_for_chance(most);
        Ok(ServiceFit { places: (capacity + more) / self.delivery, occupied: self.settled(capacity).1 + more })
    }

    /// People waiting and in the service in the weekly mean of the expected run, once it has settled.
    fn settled(&self, capacity: f64) -> (f64, f64) {
        let opening = Opening { delayed: self.level, occupied: capacity, stages: self.stages };
        let mut people = People::<8>::opening(&opening);
        let (weekday, weekend) = (Rates { capacity, ..self.weekday }, Rates { capacity, ..self.weekend });
        let (mut waiting, mut occupied) = (0.0, 0.0);
        for week in 0..WEEKS_TO_SETTLE {
            for day in 0..7 {
                people.pass_day(if day < 5 { &weekday } else { &weekend });
                if week == WEEKS_TO_SETTLE - 1 {
                    waiting += people.delayed / 7.0;
                    occupied += people.occupied() / 7.0;
                }
            }
        }
        (waiting, occupied)
    }

    /// Places that chance asks for beyond those that would do without it.
    fn more_for_chance(&self, most: f64) -> f64 {
        // Waiting people leave one by one and come one by one: the queue's variance is all who come while one waits.
        let deviation = (self.arrivals * self.patience).sqrt();
        if self.level > OUT_OF_REACH * deviation {
            return 0.0;
        }
        let without = (self.arrivals - self.level / self.patience) * self.stay;
        where_it_falls_to(self.level, most + 4.0 * deviation, |places| self.waiting_with_chance(places)) - without
    }

    /// Mean of those waiting in the stationary M/M/c+M queue; a fraction of a place is there for that share of the time.
    fn waiting_with_chance(&self, places: f64) -> f64 {
        let whole = places.floor();
        let part = places - whole;
        let waiting = |places: f64| waiting_at(places, self.arrivals, self.stay, self.patience);
        waiting(whole) * (1.0 - part) + waiting(whole + 1.0) * part
    }
}

/// Mean of those waiting in the stationary M/M/c+M queue of so many whole places.
pub(super) fn waiting_at(places: f64, arrivals: f64, stay: f64, patience: f64) -> f64 {
    let (mut share, mut all, mut waiting) = (1.0_f64, 1.0, 0.0);
    let mut people = 0.0;
    // Shares rise up to where as many leave as come, then fall for good.
    let served = places / stay;
    let likeliest = if arrivals < served { arrivals * stay } else { places + (arrivals - served) * patience };
    while people < likeliest || share > 1e-12 * all {
        people += 1.0;
        let queue = (people - places).max(0.0);
        share *= arrivals / (people.min(places) / stay + queue / patience);
        all += share;
        waiting += queue * share;
        if all > 1e200 {
            (share, all, waiting) = (share * 1e-200, all * 1e-200, waiting * 1e-200);
        }
    }
    waiting / all
}

/// Where a falling function of the places comes down to `level`, between none of them and `most`.
fn where_it_falls_to(level: f64, most: f64, of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, most);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if of(middle) > level {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
