//! Replications abreast: each pathway run, or taken from what is kept; then all summed up and counted.

use std::ops::Range;

use super::draws::{log_normals, normals};
use super::kept::{Days, Fresh, Kept};
use super::prepared::Prepared;
use super::replication::run_pathway;
use super::streams::{LANES, Lanes, Purpose, Stream, lanes};
use super::tally::Tally;

/// As many replications as run abreast. Blocks always begin at the same replications, whichever are asked for, so that
/// one that is kept fits.
pub(super) struct Block {
    pub(super) number: usize,
    first: u32,
    /// Those of its replications that are asked for.
    counted: Range<usize>,
}

/// The blocks that some replications lie in.
pub(super) struct Blocks {
    replications: Range<u32>,
    numbers: Range<u32>,
}

impl Blocks {
    pub(super) fn of(replications: Range<u32>) -> Self {
        let numbers = replications.start / ABREAST..replications.end.div_ceil(ABREAST);
        Self { replications, numbers }
    }

    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(super) fn nth(&self, at: u32) -> Option<Block> {
        let number = self.numbers.start.checked_add(at).filter(|number| self.numbers.contains(number))?;
        let first = number * ABREAST;
        let Range { start, end } = self.replications;
        let counted = start.saturating_sub(first) as usize..(end - first).min(ABREAST) as usize;
        Some(Block { number: number as usize, first, counted })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a handful")]
const ABREAST: u32 = LANES as u32;

/// One thread's part of a run.
pub(super) struct Run<'a> {
    prepared: &'a Prepared,
    seed: u64,
    kept: &'a Kept,
    /// People delayed at the end of each day, all pathways together; room that every block uses again.
    people: Vec<Lanes>,
    /// The same for one pathway.
    own: Days,
    done: Done,
}

/// What a run came to.
pub(super) struct Done {
    pub(super) tally: Tally,
    pub(super) fresh: Vec<Fresh>,
}

impl Done {
    /// Adds another thread's part.
    pub(super) fn merge(&mut self, other: Self) {
        self.tally.merge(other.tally);
        self.fresh.extend(other.fresh);
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(prepared: &'a Prepared, seed: u64, kept: &'a Kept) -> Self {
        let people = vec![[0.0; LANES]; prepared.weekends.len()];
        let done = Done { tally: Tally::new(prepared), fresh: Vec::new() };
        Self { prepared, seed, kept, people, own: Days::default(), done }
    }

    pub(super) fn done(self) -> Done {
        self.done
    }

    pub(super) fn block(&mut self, block: &Block) {
        self.people.fill([0.0; LANES]);
        for pathway in 0..self.prepared.pathways.len() {
            if let Some(days) = self.kept.days(pathway, block.number) {
                self.add(pathway, days, block);
            } else {
                self.run(pathway, block);
            }
        }
        self.count(block);
    }

    fn run(&mut self, pathway: usize, block: &Block) {
        let Self { prepared, seed, .. } = *self;
        let mut days = std::mem::take(&mut self.own);
        if days.is_empty() {
            days = vec![[0.0; LANES]; prepared.weekends.len()].into();
        }
        run_pathway(&prepared.weekends, &prepared.pathways[pathway], seed, block.first, &mut days);
        self.add(pathway, &days, block);
        if self.kept.has_room(block.number) {
            self.done.fresh.push(Fresh { pathway, block: block.number, days });
        } else {
            self.own = days;
        }
    }

    /// Adds a pathway's people to those of the others, and counts its months.
    fn add(&mut self, pathway: usize, days: &[Lanes], block: &Block) {
        let Self { prepared, people, done, .. } = self;
        let (mut people, mut days) = (people.as_mut_slice(), days);
        for (at, month) in prepared.months.iter().enumerate() {
            let length = usize::from(month.days()).min(days.len());
            let (these, later) = days.split_at(length);
            let (all, all_later) = people.split_at_mut(length);
            let sums = add_month(all, these);
            (people, days) = (all_later, later);
            done.tally.count_pathway_month(pathway, at, sums[block.counted.clone()].iter().sum());
        }
    }

    /// Counts what all pathways come to together.
    #[expect(clippy::cast_possible_truncation, reason = "people are whole, and the cast saturates")]
    fn count(&mut self, block: &Block) {
        let Self { prepared, seed, people, done, .. } = self;
        let mut recording = Stream::new(*seed, block.first, 0, Purpose::Recording, 0);
        let (mut rest, mut day) = (people.as_slice(), 0);
        for (at, month) in prepared.months.iter().enumerate() {
            let (days, later) = rest.split_at(usize::from(month.days()).min(rest.len()));
            rest = later;
            let mut sums = [0.0; LANES];
            for people in days {
                (0..LANES).for_each(|lane| sums[lane] += f64::from(people[lane]));
                let whole = lanes(|lane| (people[lane] as i32).cast_unsigned());
                done.tally.count_day(day, &whole[block.counted.clone()]);
                day += 1;
            }
            let noise = log_normals(prepared.recording, &normals(&recording.uniform()));
            for lane in block.counted.clone() {
                let mean = sums[lane] / f64::from(month.days());
                done.tally.count_month(prepared, at, mean * f64::from(noise[lane]));
            }
        }
        done.tally.count_replications(block.counted.len());
    }
}

/// Adds one pathway's people to those of the others on each day of a month, and gives the sums of its own.
#[multiversion::multiversion(targets("x86_64+avx2"))]
fn add_month(all: &mut [Lanes], own: &[Lanes]) -> [f64; LANES] {
    let mut sums = [0.0; LANES];
    for (all, own) in all.iter_mut().zip(own) {
        for lane in 0..LANES {
            all[lane] += own[lane];
            sums[lane] += f64::from(own[lane]);
        }
    }
    sums
}
