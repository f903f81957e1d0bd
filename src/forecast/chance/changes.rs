//! What the effects on one pathway come to, day by day, when their size, their start and their delivery are chance.

use super::super::strength::{Piece, Response, pieces_towards};
use super::draws::{exp, larger, smaller};
use super::prepared::{PreparedEffect, PreparedPathway, PreparedScheme, single};
use super::streams::{LANES, Lanes, Purpose, Stream, lanes};
use crate::scenario::Change;

/// How late a scheme starts and how much of it comes, in each of the replications abreast.
struct Delivery {
    late: [usize; LANES],
    delivered: [f64; LANES],
}

impl Delivery {
    /// The same for all effects of a scheme, on whichever pathway.
    fn of(scheme: &PreparedScheme, seed: u64, first: u32) -> Self {
        let Some((late, delivered)) = &scheme.risk else { return Self { late: [0; LANES], delivered: [1.0; LANES] } };
        let mut stream = Stream::new(seed, first, scheme.key, Purpose::Delivery, 0);
        Self {
            late: stream.uniform().map(|uniform| whole_days(late.at(f64::from(uniform)))),
            delivered: stream.uniform().map(|uniform| delivered.at(f64::from(uniform)).clamp(0.0, 1.0)),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between nothing and a century")]
fn whole_days(days: f64) -> usize {
    days.round().clamp(0.0, 36_600.0) as usize
}

/// The shares left of what effects take from, and the places they add.
#[derive(Clone, Debug)]
pub(super) struct Left([Lanes; 7]);

impl Left {
    /// Before any effect.
    fn all() -> Self {
        let mut left = [[1.0; LANES]; 7];
        left[Change::Places as usize] = [0.0; LANES];
        Self(left)
    }

    /// The share left of a thing, or places added.
    #[inline(always)]
    pub(super) fn of(&self, change: Change) -> &Lanes {
        &self.0[change as usize]
    }
}

/// All effects on one pathway, on their way through the days.
pub(super) struct Changes<'a> {
    acting: Vec<Acting<'a>>,
    pub(super) left: Left,
    /// Which things changed today.
    changed: [bool; 7],
    /// Whether anything changes tomorrow too, and else the next day on which anything does.
    is_moving: bool,
    next: usize,
}

impl<'a> Changes<'a> {
    pub(super) fn new(pathway: &'a PreparedPathway, seed: u64, first: u32) -> Self {
        let acting = pathway.effects.iter().map(|effect| {
            let sizes = Stream::new(seed, first, effect.scheme.key, Purpose::Sizes, effect.number).uniform();
            Acting::new(effect, &sizes, &Delivery::of(&effect.scheme, seed, first))
        });
        Self { acting: acting.collect(), left: Left::all(), changed: [true; 7], is_moving: false, next: 0 }
    }

    /// Moves on to a day; the days must come in order from 0.
    #[inline(always)]
    pub(super) fn move_to(&mut self, day: usize) {
        if day > 0 && day < self.next && !self.is_moving {
            self.changed = [false; 7];
            return;
        }
        self.changed = [day == 0; 7];
        for acting in &mut self.acting {
            if acting.move_to(day) {
                self.changed[acting.effect.change as usize] = true;
            }
        }
        self.next = self.acting.iter().map(|acting| acting.next).min().unwrap_or(usize::MAX);
        self.is_moving = self.acting.iter().any(|acting| acting.is_moving);
        self.combine();
    }

    #[inline(always)]
    pub(super) fn has_changed(&self, change: Change) -> bool {
        self.changed[change as usize]
    }

    /// Places add, shares left multiply.
    #[inline(always)]
    fn combine(&mut self) {
        let mut left = Left::all();
        for acting in &self.acting {
            let change = acting.effect.change;
            let (left, amount) = (&mut left.0[change as usize], &acting.amount);
            if change == Change::Places {
                (0..LANES).for_each(|lane| left[lane] += amount[lane]);
            } else {
                (0..LANES).for_each(|lane| left[lane] *= amount[lane]);
            }
        }
        self.left = left;
    }
}

/// One effect: a straight line of strength in every lane, until the next piece begins.
struct Acting<'a> {
    effect: &'a PreparedEffect,
    pieces: [Vec<Piece>; LANES],
    /// Places for full strength, or the logarithm of the share that it leaves.
    scale: Lanes,
    /// The most places it can add, or the least share it can leave.
    bound: f32,
    from: Lanes,
    slope: Lanes,
    since: Lanes,
    is_moving: bool,
    /// The next day on which a piece begins or ends.
    next: usize,
    /// Places added, or the share left.
    amount: Lanes,
}

impl<'a> Acting<'a> {
    fn new(effect: &'a PreparedEffect, sizes: &Lanes, delivery: &Delivery) -> Self {
        let bounds = |lane: usize| {
            let size = effect.size.at(f64::from(sizes[lane]));
            match Response::of(effect.change, effect.most, size) {
                Response::Adds { size, most } => (size * delivery.delivered[lane], most),
                Response::Takes { log_left, most } => (log_left * delivery.delivered[lane], 1.0 - most),
            }
        };
        Self {
            effect,
            pieces: delivery.late.map(|late| pieces_towards(&effect.aims, effect.pace, late)),
            scale: std::array::from_fn(|lane| single(bounds(lane).0)),
            bound: single(bounds(0).1),
            from: [0.0; LANES],
            slope: [0.0; LANES],
            since: [0.0; LANES],
            is_moving: false,
            next: 0,
            amount: [0.0; LANES],
        }
    }

    /// Moves on to a day, and says whether the amount is another.
    #[inline(always)]
    fn move_to(&mut self, day: usize) -> bool {
        let turns = day >= self.next;
        if turns {
            self.turn(day);
        }
        if turns || self.is_moving {
            self.act(day);
            return true;
        }
        false
    }

    /// Finds every lane's piece of the day.
    #[cold]
    fn turn(&mut self, day: usize) {
        self.next = usize::MAX;
        for (lane, pieces) in self.pieces.iter().enumerate() {
            let piece = pieces.iter().find(|piece| piece.days.end > day);
            let acting = piece.filter(|piece| piece.days.start <= day);
            self.from[lane] = acting.map_or(0.0, |piece| single(piece.on(piece.days.start)));
            self.slope[lane] = acting.map_or(0.0, |piece| single(piece.slope()));
            self.since[lane] = acting.map_or(0.0, |piece| piece.days.start as f32);
            let next = piece.map(|piece| if acting.is_some() { piece.days.end } else { piece.days.start });
            self.next = self.next.min(next.unwrap_or(usize::MAX));
        }
        self.is_moving = self.slope.iter().any(|slope| *slope != 0.0);
    }

    #[inline(always)]
    fn act(&mut self, day: usize) {
        let strength: Lanes = lanes(|lane| self.from[lane] + self.slope[lane] * (day as f32 - self.since[lane]));
        self.amount = if self.effect.change == Change::Places {
            lanes(|lane| smaller(self.scale[lane] * strength[lane], self.bound))
        } else {
            lanes(|lane| larger(exp(larger(self.scale[lane] * strength[lane], -80.0)), self.bound))
        };
    }
}
