//! The days of one pathway in several replications at once: whole people, moved by draws.

#![expect(clippy::needless_range_loop, reason = "lanes are plain loops, which compile to vector instructions")]

use super::super::compile::{Opening, Survival, completing};
use super::changes::Changes;
use super::draws::{Trial, larger, log_normals, normals, poisson, smaller};
use super::prepared::{PreparedDrift, PreparedKind, PreparedPathway, single};
use super::streams::{LANES, Lanes, Purpose, Stream, lanes};
use crate::scenario::Change;

/// No pathway holds more people, nor has more places: beyond that nobody arrives. Whole people up to four times as many
/// are exact in single precision, and no country ever delayed a thousandth of them.
const MOST_PEOPLE: f32 = 4_194_304.0;

/// People on one pathway, in whole numbers.
#[derive(Clone, Debug)]
pub(super) struct People {
    pub(super) delayed: Lanes,
    /// By how many stages of the stay are still to come after the present one.
    pub(super) in_service: [Lanes; 8],
    stages: usize,
}

impl People {
    /// Day 0: fractions of a person are one or none by `fractions`, right on average; stages as even as whole people
    /// can stand.
    pub(super) fn opening(opening: &Opening, fractions: [&Lanes; 2]) -> Self {
        let stages = usize::from(opening.stages).clamp(1, 8);
        let whole = |people: f64, fractions: &Lanes| -> Lanes {
            fractions.map(|fraction| single((people + f64::from(fraction)).floor()).min(MOST_PEOPLE))
        };
        let occupied = whole(opening.occupied, fractions[1]);
        let up_to = |stage: usize, lane: usize| (occupied[lane] * stage as f32 / stages as f32).floor();
        let in_service = std::array::from_fn(|stage| {
            let in_stage = |lane| if stage < stages { up_to(stage + 1, lane) - up_to(stage, lane) } else { 0.0 };
            std::array::from_fn(in_stage)
        });
        Self { delayed: whole(opening.delayed, fractions[0]), in_service, stages }
    }

    #[inline(always)]
    pub(super) fn occupied(&self) -> Lanes {
        let mut occupied = self.in_service[0];
        for stage in &self.in_service[1..self.stages] {
            add(&mut occupied, stage);
        }
        occupied
    }
}

/// What a day does to a pathway, as in the expected run, in each of the replications abreast.
pub(super) struct Rates {
    /// Mean of those who become ready.
    pub(super) arrivals: Lanes,
    pub(super) leaving: Trial,
    pub(super) passing: Trial,
    /// Whole places really there.
    pub(super) capacity: Lanes,
    /// Who of those who could start does; nothing on a day on which all do.
    pub(super) open: Option<Trial>,
}

/// The streams that a day draws from: each one number a day, or one a weekend day, whatever happens.
pub(super) struct Streams {
    arrivals: Stream,
    leaving: Stream,
    stages: Vec<Stream>,
    starts: Stream,
}

impl Streams {
    pub(super) fn new(seed: u64, first: u32, key: u64, stages: usize) -> Self {
        let of = |purpose, part| Stream::new(seed, first, key, purpose, part);
        Self {
            arrivals: of(Purpose::Arrivals, 0),
            leaving: of(Purpose::Leaving, 0),
            stages: (0..stages).map(|stage| of(Purpose::Stages, stage)).collect(),
            starts: of(Purpose::Starts, 0),
        }
    }
}

/// Who came and went in a day, so that a test can count.
#[cfg_attr(not(test), expect(dead_code, reason = "only tests count whether anyone was lost"))]
#[derive(Clone, Copy, Debug)]
pub(super) struct Passed {
    pub(super) arrived: Lanes,
    pub(super) left: Lanes,
}

impl People {
    /// What happens in a day, in the order of the expected run.
    #[inline(always)]
    pub(super) fn pass_day(&mut self, rates: &Rates, is_service: bool, streams: &mut Streams) -> Passed {
        let mut left = [0.0; LANES];
        if is_service {
            for stage in 0..self.stages {
                let passing = rates.passing.draw(&self.in_service[stage], &streams.stages[stage].uniform());
                subtract(&mut self.in_service[stage], &passing);
                let next = if stage == 0 { &mut left } else { &mut self.in_service[stage - 1] };
                add(next, &passing);
            }
        }
        let leaving = rates.leaving.draw(&self.delayed, &streams.leaving.uniform());
        subtract(&mut self.delayed, &leaving);
        add(&mut left, &leaving);
        let mut arrived = poisson(&rates.arrivals, &streams.arrivals.uniform());
        for lane in 0..LANES {
            arrived[lane] = smaller(arrived[lane], MOST_PEOPLE - self.delayed[lane]);
        }
        add(&mut self.delayed, &arrived);
        if is_service {
            self.start(rates, streams);
        }
        Passed { arrived, left }
    }

    #[inline(always)]
    fn start(&mut self, rates: &Rates, streams: &mut Streams) {
        let occupied = self.occupied();
        let mut starts: Lanes = lanes(|lane| {
            let free = larger(rates.capacity[lane] - occupied[lane], 0.0); // nobody is thrown out
            smaller(self.delayed[lane], free)
        });
        if let Some(open) = &rates.open {
            starts = open.draw(&starts, &streams.starts.uniform());
        }
        subtract(&mut self.delayed, &starts);
        add(&mut self.in_service[self.stages - 1], &starts);
    }
}

#[inline(always)]
fn add(to: &mut Lanes, people: &Lanes) {
    for lane in 0..LANES {
        to[lane] += people[lane];
    }
}

#[inline(always)]
fn subtract(from: &mut Lanes, people: &Lanes) {
    for lane in 0..LANES {
        from[lane] -= people[lane];
    }
}

/// A pathway's rates as its effects move them. What did not change since yesterday is not worked out again.
struct Moving<'a> {
    pathway: &'a PreparedPathway,
    changes: Changes<'a>,
    survival: [Survival; LANES],
    /// What resolves fractions of a place: the same all along, so that places come and go one at a time.
    place_fractions: Lanes,
    weekend: Trial,
    rates: Rates,
}

impl<'a> Moving<'a> {
    fn new(pathway: &'a PreparedPathway, changes: Changes<'a>, place_fractions: Lanes) -> Self {
        let never = Trial::of(&[0.0; LANES]);
        let rates =
            Rates { arrivals: [0.0; LANES], leaving: never, passing: never, capacity: [0.0; LANES], open: None };
        let survival = [Survival::default(); LANES];
        Self { pathway, changes, survival, place_fractions, weekend: never, rates }
    }

    #[inline(always)]
    fn move_to(&mut self, day: usize, is_weekend: bool, drift: &Lanes) -> &Rates {
        self.changes.move_to(day);
        let expected = self.pathway.arrivals[day];
        let left = self.changes.left.of(Change::Referrals);
        self.rates.arrivals = lanes(|lane| smaller(expected * left[lane] * drift[lane], MOST_PEOPLE));
        match &self.pathway.kind {
            PreparedKind::Process(days) => self.complete(*days),
            PreparedKind::Service(_) => self.serve(day, is_weekend),
        }
        &self.rates
    }

    #[inline(always)]
    fn complete(&mut self, days: f64) {
        if self.changes.has_changed(Change::Process) {
            let left = self.changes.left.of(Change::Process);
            self.rates.leaving = Trial::of(&lanes(|lane| single(completing(days, f64::from(left[lane])))));
        }
    }

    #[inline(always)]
    fn serve(&mut self, day: usize, is_weekend: bool) {
        let PreparedKind::Service(service) = &self.pathway.kind else { return };
        let (changes, left) = (&self.changes, &self.changes.left);
        if day == 0 {
            self.rates.leaving = Trial::of(&[single(service.leaving); LANES]);
        }
        if changes.has_changed(Change::Stay) {
            let left = left.of(Change::Stay);
            self.rates.passing = Trial::of(&lanes(|lane| single(service.passing(f64::from(left[lane])))));
        }
        if changes.has_changed(Change::Weekend) {
            let left = left.of(Change::Weekend);
            self.weekend = Trial::of(&lanes(|lane| single(service.open_at_weekends(f64::from(left[lane])))));
        }
        self.rates.open = is_weekend.then_some(self.weekend);
        if service.attrition > 0.0 && day > 0 {
            for (survival, left) in self.survival.iter_mut().zip(left.of(Change::Attrition)) {
                survival.pass_day(service.attrition * f64::from(*left));
            }
        }
        if service.attrition > 0.0 || changes.has_changed(Change::Places) || changes.has_changed(Change::Delivery) {
            let (added, undelivered) = (left.of(Change::Places), left.of(Change::Delivery));
            self.rates.capacity = lanes(|lane| {
                let (added, undelivered) = (f64::from(added[lane]), f64::from(undelivered[lane]));
                let places = service.capacity(undelivered, self.survival[lane].share, added);
                single((places + f64::from(self.place_fractions[lane])).floor()).min(MOST_PEOPLE)
            });
        }
    }
}

/// Slow drift of referrals: what multiplies them, 1 on average.
struct Drift {
    of: Option<PreparedDrift>,
    stream: Stream,
    /// Standard normal, its covariance over a step being what is left after it.
    deviates: [f64; LANES],
    factors: Lanes,
}

impl Drift {
    fn new(of: Option<PreparedDrift>, mut stream: Stream) -> Self {
        let deviates = normals(&stream.uniform()); // stationary from the first day
        let factors = of.map_or([1.0; LANES], |of| log_normals(of.spread, &deviates));
        Self { of, stream, deviates, factors }
    }

    #[inline(always)]
    fn move_to(&mut self, day: usize) -> &Lanes {
        if let Some(of) = self.of
            && day > 0
            && day.is_multiple_of(of.step)
        {
            let fresh = (1.0 - of.left * of.left).sqrt();
            let drawn = normals(&self.stream.uniform());
            self.deviates = lanes(|lane| of.left * self.deviates[lane] + fresh * drawn[lane]);
            self.factors = log_normals(of.spread, &self.deviates);
        }
        &self.factors
    }
}

/// Runs one pathway through all days, in the replications from `first` on; `delayed` gets its people at the end of each.
///
/// Compiled twice: for any processor, and for those of most laptops since 2013, which do eight numbers at once where
/// others do four. Both do the same sums in the same order, and so give the same numbers.
#[multiversion::multiversion(targets("x86_64+avx2"))]
pub(super) fn run_pathway(weekends: &[bool], pathway: &PreparedPathway, seed: u64, first: u32, delayed: &mut [Lanes]) {
    run_days(weekends, pathway, seed, first, delayed);
}

#[inline(always)]
pub(super) fn run_days(weekends: &[bool], pathway: &PreparedPathway, seed: u64, first: u32, delayed: &mut [Lanes]) {
    let mut fractions = Stream::new(seed, first, pathway.key, Purpose::Fractions, 0);
    let [waiting, occupied, places] = [(); 3].map(|()| fractions.uniform());
    let mut people = People::opening(&pathway.opening, [&waiting, &occupied]);
    let mut streams = Streams::new(seed, first, pathway.key, people.stages);
    let mut drift = Drift::new(pathway.drift, Stream::new(seed, first, pathway.key, Purpose::Drift, 0));
    let changes = Changes::new(pathway, seed, first);
    let mut moving = Moving::new(pathway, changes, places);
    let is_service = matches!(pathway.kind, PreparedKind::Service(_));
    for (day, (&is_weekend, delayed)) in weekends.iter().zip(delayed).enumerate() {
        let rates = moving.move_to(day, is_weekend, drift.move_to(day));
        people.pass_day(rates, is_service, &mut streams);
        *delayed = people.delayed;
    }
}
