//! One day of a pathway, and the expected run: fractions of people moved along day by day.

use super::PathwayDays;
use super::compile::{Compiled, Opening, Rates};

/// People on one pathway at the end of a day, in expectation. `STAGES` is the room for stages, not their number.
#[derive(Clone, Copy, Debug)]
pub(super) struct People<const STAGES: usize> {
    /// In process, or waiting for a place.
    pub(super) delayed: f64,
    /// In the service, by how many stages of the stay are still to come after the present one.
    pub(super) in_service: [f64; STAGES],
    /// The stage at which a stay begins: one less than their number.
    entry: usize,
}

impl<const STAGES: usize> People<STAGES> {
    /// Day 0, before anything happens.
    pub(super) fn opening(opening: &Opening) -> Self {
        let stages = usize::from(opening.stages).clamp(1, STAGES);
        let mut in_service = [0.0; STAGES];
        in_service[..stages].fill(opening.occupied / stages as f64);
        Self { delayed: opening.delayed, in_service, entry: stages - 1 }
    }

    /// People in the service.
    pub(super) fn occupied(&self) -> f64 {
        self.in_service.iter().sum()
    }

    /// What happens in a day, in the order of the module's derivation.
    #[inline]
    pub(super) fn pass_day(&mut self, rates: &Rates) {
        self.end_stays(rates.passing);
        self.delayed *= 1.0 - rates.leaving;
        self.delayed += rates.arrivals;
        let free = larger(rates.capacity - self.occupied(), 0.0); // nobody is thrown out
        let starts = smaller(self.delayed, free) * rates.open;
        self.delayed -= starts;
        self.in_service[self.entry] += starts;
    }

    /// Each stage passes its share on to the next; the last one's leave.
    #[inline]
    fn end_stays(&mut self, passing: f64) {
        let staying = 1.0 - passing;
        for stage in 0..STAGES {
            let from_before = self.in_service.get(stage + 1).map_or(0.0, |before| before * passing);
            self.in_service[stage] = self.in_service[stage] * staying + from_before;
        }
    }
}

/// One instruction, where `f64::min` needs several to see to NaN: none can be among rates that `compile` has bounded.
#[inline]
fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

#[inline]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// A pathway on its way through the days.
pub(super) struct Track<'a> {
    pub(super) opening: Opening,
    pub(super) rates: &'a [Rates],
    /// Where to write the people delayed at the end of each day.
    pub(super) delayed: &'a mut [f64],
}

/// The expected run of everything compiled: the plan and doing nothing, in the scenario's order.
pub fn run(compiled: &Compiled) -> Vec<PathwayDays> {
    let unwritten = || vec![0.0; compiled.days];
    let mut pathways: Vec<PathwayDays> = compiled
        .pathways
        .iter()
        .map(|pathway| PathwayDays { id: pathway.id.clone(), plan: unwritten(), do_nothing: unwritten() })
        .collect();
    let mut tracks = Vec::with_capacity(2 * pathways.len());
    for (pathway, days) in compiled.pathways.iter().zip(&mut pathways) {
        let opening = pathway.opening;
        tracks.push(Track { opening, rates: &pathway.plan, delayed: &mut days.plan });
        if let Some(rates) = &pathway.do_nothing {
            tracks.push(Track { opening, rates, delayed: &mut days.do_nothing });
        }
    }
    run_tracks(tracks);
    for (pathway, days) in compiled.pathways.iter().zip(&mut pathways) {
        if pathway.do_nothing.is_none() {
            days.do_nothing.copy_from_slice(&days.plan);
        }
    }
    pathways
}

/// Runs every track. A day waits for the one before it, so a processor alone with one track is mostly idle: those
/// whose stay is one stage, nearly all, go four abreast.
pub(super) fn run_tracks(tracks: Vec<Track<'_>>) {
    let (mut simple, staged): (Vec<_>, Vec<_>) = tracks.into_iter().partition(|track| track.opening.stages <= 1);
    for abreast in simple.chunks_mut(4) {
        match abreast {
            [a, b, c, d] => run_abreast::<1, 4>([a, b, c, d]),
            [a, b, c] => run_abreast::<1, 3>([a, b, c]),
            [a, b] => run_abreast::<1, 2>([a, b]),
            fewer => fewer.iter_mut().for_each(|track| run_abreast::<1, 1>([track])),
        }
    }
    for mut track in staged {
        run_abreast::<8, 1>([&mut track]);
    }
}

fn run_abreast<const STAGES: usize, const TRACKS: usize>(mut tracks: [&mut Track<'_>; TRACKS]) {
    let mut people = tracks.each_ref().map(|track| People::<STAGES>::opening(&track.opening));
    let days = tracks.iter().map(|track| track.rates.len().min(track.delayed.len())).min().unwrap_or(0);
    for day in 0..days {
        for (people, track) in people.iter_mut().zip(&mut tracks) {
            people.pass_day(&track.rates[day]);
            track.delayed[day] = people.delayed;
        }
    }
}
