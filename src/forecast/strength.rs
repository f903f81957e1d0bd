//! From pounds to strength: how strongly an effect acts day by day, and what that strength buys.
//!
//! Strength is counted in multiples of [`Effect::per`]: at 1, the full-year money behind the effect is exactly that
//! sum. It follows from money and dates alone, so that one strength serves every size an uncertain effect may take.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::calendar::{Date, FinancialYear, Horizon};
use crate::money::Money;
use crate::scenario::{ByYear, Change, Effect, Scenario, Scheme};

/// How strongly one effect acts day by day: the links of the chain from pounds to people.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectTimeline {
    /// The day on which it begins.
    pub starts: Date,
    /// What each year's money would be if the effect ran all that year; £0 for a year that ends before it begins.
    /// Rounded to the penny, and held at £100bn where a single day's running would pass that.
    pub full_year_money: ByYear<Money>,
    /// Multiples of [`Effect::per`] in force, one for each day of the horizon.
    pub strength: Vec<f64>,
    /// What the strength amounts to at the central size, one for each day: places added, or the share taken away.
    pub amount: Vec<f64>,
}

/// The timeline of one effect of a scheme; nothing if it waits for a milestone that the scheme does not have.
pub fn timeline(scenario: &Scenario, scheme: &Scheme, effect: &Effect) -> Option<EffectTimeline> {
    let horizon = scenario.horizon();
    let starts = scheme.start_of(effect)?;
    let full_year_money = horizon
        .financial_years()
        .map(|year| (year, full_year_equivalent(scheme.allocation(year), year, starts)))
        .map(|(year, pounds)| (year, nearest_money(pounds)))
        .collect();
    let response = Response::central(effect);
    let mut strength = vec![0.0; horizon.days()];
    for piece in pieces(horizon, scheme, effect, |year| scheme.allocation(year)) {
        for day in piece.days.clone() {
            strength[day] = piece.on(day);
        }
    }
    let amount = strength.iter().map(|strength| response.amount(*strength)).collect();
    Some(EffectTimeline { starts, full_year_money, strength, amount })
}

/// What `allocation` would be over a whole year: money given in a year pays for the days of it, from `starts` on, in
/// which the scheme runs. £1m for half a year is £2m a year; money of a year that ends before the start is nothing.
fn full_year_equivalent(allocation: Money, year: FinancialYear, starts: Date) -> Decimal {
    let running = year.last_day().days_since(starts.max(year.first_day())) + 1;
    if running <= 0 || allocation.is_negative() {
        return Decimal::ZERO;
    }
    let whole = allocation.decimal().checked_mul(Decimal::from(year.days())); // £100bn × 366 is far within bounds
    whole.and_then(|whole| whole.checked_div(Decimal::from(running))).unwrap_or_default()
}

/// To the nearest penny; the most that [`Money`] holds where that is less.
fn nearest_money(pounds: Decimal) -> Money {
    let most = || Money::pounds(100_000_000_000).unwrap_or_default();
    Money::nearest_penny(pounds).unwrap_or_else(|_| most())
}

/// A stretch of days over which strength moves in a straight line, or stands still.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Days of the horizon.
    pub(super) days: Range<usize>,
    /// Strength on the first of them.
    from: f64,
    /// Strength that it is on the way to, or has reached.
    to: f64,
    /// Days that the whole way would take; 0: it is there.
    over: usize,
}

impl Piece {
    /// Strength on a day of the piece.
    pub(super) fn on(&self, day: usize) -> f64 {
        if self.is_level() {
            return self.to;
        }
        self.from + (self.to - self.from) * (day - self.days.start) as f64 / self.over as f64
    }

    /// What a day adds to strength.
    pub(super) fn slope(&self) -> f64 {
        if self.is_level() { 0.0 } else { (self.to - self.from) / self.over as f64 }
    }

    /// Whether strength is the same on all its days.
    pub(super) fn is_level(&self) -> bool {
        self.over == 0
    }
}

/// What one year's money aims at: strength for the days of it on which the effect is planned to act.
#[derive(Clone, Debug, PartialEq)]
struct Aim {
    days: Range<usize>,
    strength: f64,
}

/// The aims of all years in which the effect acts, in order, and the days between on which it has nothing to run on: days of
/// the horizon, or before or after it, the last before the first where it is renewed too soon for a gap.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Aims {
    years: Vec<Aim>,
    gap: Option<Range<i32>>,
}

impl Aims {
    /// Whether they are anything at all.
    pub(super) fn are_something(&self) -> bool {
        self.years.iter().any(|aim| aim.strength > 0.0)
    }
}

/// The aims of an effect with those allocations.
pub(super) fn aims(
    horizon: Horizon,
    scheme: &Scheme,
    effect: &Effect,
    allocation: impl Fn(FinancialYear) -> Money,
) -> Aims {
    let gap = scheme.gap_of(effect).map(|gap| horizon.day(gap.start)..horizon.day(gap.end));
    let Some(starts) = scheme.start_of(effect) else { return Aims { years: Vec::new(), gap } };
    let years = horizon.financial_years().filter(|year| year.last_day() >= starts);
    let aim = |year: FinancialYear| Aim {
        days: day(horizon, starts.max(year.first_day()))..day(horizon, year.last_day()) + 1,
        strength: multiples_of(effect.per.value, full_year_equivalent(allocation(year), year, starts)),
    };
    Aims { years: years.map(aim).collect(), gap }
}

/// The days on which the effect acts, in order; nothing for days on which it does not.
///
/// On its first day and on each 1 April after, strength sets out in a straight line from where it is for the new
/// year's full-year equivalent over `per`: over [`Scheme::ramp_of`] upwards, over `fade_days` downwards. What is unfinished
/// when the next change comes goes on from there. In a gap between what it runs on and what renews that, it sets out for
/// nothing.
pub(super) fn pieces(
    horizon: Horizon,
    scheme: &Scheme,
    effect: &Effect,
    allocation: impl Fn(FinancialYear) -> Money,
) -> Vec<Piece> {
    pieces_towards(&aims(horizon, scheme, effect, allocation), Pace::of(scheme, effect), 0)
}

/// Days that strength takes to its aim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pace {
    up: usize,
    down: usize,
}

impl Pace {
    pub(super) fn of(scheme: &Scheme, effect: &Effect) -> Self {
        Self { up: usize::from(scheme.ramp_of(effect)), down: usize::from(effect.fade_days.value) }
    }
}

/// The same for an effect that begins so many days late. What it aims at is as planned: money for days that it missed
/// is not spent on the others. What renews it comes as late.
pub(super) fn pieces_towards(Aims { years, gap }: &Aims, pace: Pace, days_late: usize) -> Vec<Piece> {
    let begins = years.first().map_or(0, |aim| aim.days.start.saturating_add(days_late));
    let late = i32::try_from(days_late).unwrap_or(i32::MAX);
    let gap = gap.as_ref().map_or(0..0, |gap| from_first(gap.start)..from_first(gap.end.saturating_add(late)));
    let mut pieces = Vec::new();
    let mut now = 0.0;
    for Aim { days, strength } in years {
        let cut = |day: usize| day.clamp(days.start.max(begins), days.end.max(begins));
        let [first, ends, renewed, last] = [days.start, gap.start, gap.end.max(gap.start), days.end].map(cut);
        for (days, strength) in [(first..ends, *strength), (ends..renewed, 0.0), (renewed..last, *strength)] {
            if !days.is_empty() {
                now = move_on(&mut pieces, days, now, strength, pace);
            }
        }
    }
    pieces
}

/// Adds the pieces of one year, in which strength makes for `target`; gives the strength the next one starts from.
fn move_on(pieces: &mut Vec<Piece>, days: Range<usize>, now: f64, target: f64, pace: Pace) -> f64 {
    let over = if target > now {
        pace.up
    } else if target < now {
        pace.down
    } else {
        0
    };
    let settled = days.end.min(days.start + over);
    let moving = Piece { days: days.start..settled, from: now, to: target, over };
    let level = Piece { days: settled..days.end, from: target, to: target, over: 0 };
    let reached = if days.start + over <= days.end { target } else { moving.on(days.end) };
    if !moving.days.is_empty() {
        pieces.push(moving);
    }
    if !level.days.is_empty() && target > 0.0 {
        pieces.push(level);
    }
    reached
}

/// A ratio leaves money behind: from here on the forecast counts in floats.
fn multiples_of(per: Money, pounds: Decimal) -> f64 {
    let ratio = pounds.checked_div(per.decimal()).and_then(|ratio| ratio.to_f64()); // nothing for £0
    ratio.filter(|ratio| ratio.is_finite()).unwrap_or(0.0).max(0.0)
}

fn day(horizon: Horizon, date: Date) -> usize {
    from_first(horizon.day(date))
}

/// Days before the first count as the first.
fn from_first(day: i32) -> usize {
    usize::try_from(day).unwrap_or(0)
}

/// What strength buys, for one size of the effect.
#[derive(Clone, Copy, Debug)]
pub(super) enum Response {
    /// Places: in proportion, up to the most it can reach.
    Adds { size: f64, most: f64 },
    /// Anything else: each multiple takes the same share of what the last one left, so that no sum of money can take
    /// all. Holds ln(1 − size).
    Takes { log_left: f64, most: f64 },
}

impl Response {
    /// At the effect's central size.
    pub(super) fn central(effect: &Effect) -> Self {
        Self::of(effect.change, effect.most.value.to_f64(), effect.size.value.central.to_f64())
    }

    /// At any size, such as one between its low and high values.
    pub(super) fn of(change: Change, most: f64, size: f64) -> Self {
        let most = most.max(0.0);
        if change == Change::Places {
            Self::Adds { size: size.max(0.0), most }
        } else {
            Self::Takes { log_left: (-size.clamp(0.0, 1.0)).ln_1p(), most: most.min(1.0) }
        }
    }

    /// Places added, or the share taken away: 1 − (1 − size)^strength, never more than the most.
    pub(super) fn amount(self, strength: f64) -> f64 {
        match self {
            _ if strength <= 0.0 => 0.0,
            Self::Adds { size, most } => (size * strength).min(most),
            Self::Takes { log_left, most } => (-(log_left * strength).exp_m1()).min(most),
        }
    }
}
