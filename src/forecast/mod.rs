//! From pounds to people waiting: allocation → strength → pathway → people delayed, day by day.
//!
//! Each pathway is a time-varying queue with impatience (M(t)/M/c(t)+M, “Erlang-A”), its stays in equal stages, stepped
//! a day at a time. What runs here is its *expected run*: fractions of people moved along by expectation, the limit
//! of such queues as everything in them grows alike (Mandelbaum, Massey and Reiman, “Strong approximations for
//! Markovian service networks”, Queueing Systems 30, 1998; Whitt, “Fluid models for multiserver queues with
//! abandonments”, Operations Research 54, 2006).
//!
//! In reading order: [`strength`] (money over time, and what it buys), [`compile`](mod@compile) (a row of rates for
//! each day), [`run`](mod@run) (one day; all days), [`figures`] (months, targets, days avoided).
//!
//! # Clock
//! Day 0 is 1 April of the fund's first year. Every day of the horizon is there, 29 February 2020 too: 1,096 days for
//! 2017/18 to 2019/20. Figures are of the end of a day. Growth and attrition are told by the year of 365 days.
//!
//! # From money to strength
//! Money of a year pays for the days of it, from the effect's start on, in which the scheme runs. With allocation a in
//! a year of D days of which r run, the full-year equivalent is a·D/r, in exact decimals; its ratio to
//! [`Effect::per`](crate::scenario::Effect::per) is the strength x that the year aims at. So £1m for half of 2017/18
//! and £2m for all of 2018/19 both buy 30 places at £2m a full year for 30. A year that ends before the start buys
//! nothing, and so does unspent balance.
//!
//! Strength is 0 before the start. At the start, and on each 1 April after, it sets out in a straight line from where
//! it is for the year's aim: over `ramp_days` if that is more, over `fade_days` if less (0: at once, on that day). What
//! is unfinished when the next change comes goes on from there. A year without money aims at 0: the **cliff edge**.
//! So do the days between the end of a contract and the milestone that renews it ([`Scheme::gap_of`]).
//!
//! # From strength to rates
//! With size z (here the central one), places added are min(z·x, most). Everything else is a share taken away that
//! compounds: left = max((1 − z)^x, 1 − most), so that each pound takes the same part of what the last one left, and
//! none can take all. Several effects on one thing: places add, shares left multiply. With l the product of them:
//! - referrals a day = referrals/7 · (1 + growth)^(t/365) · the month's seasonal factor · l;
//! - places really there = places · (1 − (1 − delivery)·l) · survival + places added, never below 0, where survival
//!   falls from 1 on day 0 by (1 − attrition·l)^(1/365) a day: what schemes buy, they keep in being;
//! - stay = days · l, at least a day for each stage; process = days · l, at least a day;
//! - weekend share = 1 − (1 − weekend)·l.
//!
//! Doing nothing is the same with every allocation £0, from the same people on day 0.
//!
//! # One day
//! State of a pathway: people delayed D (in process, or waiting), and in service by stage S₁ to Sₖ, where
//! k = round(1/cv²), 1 to 8, from the spread cv of the stay.
//! 1. Stays end: each stage passes on S·k/stay, the last one's leave. Delayed people leave without a place: D/days of
//!    a process complete, D/patience of those waiting leave some other way (no patience given: none).
//! 2. The day's referrals arrive.
//! 3. Free = max(0, places really there − ΣS): if places shrink nobody is thrown out, and no one starts until enough
//!    have left. Starts = min(D, free), on Saturdays and Sundays the weekend share of that.
//! 4. D after the starts is the day's figure. A month's figure is the mean over its days; delayed days are the sum.
//!
//! People at the start + arrived = left + still there, at every step. D can't fall below zero, so nothing that a scheme
//! does can take out more delay than its pathways hold.
//!
//! The chance per day is exactly 1/mean: a stay ended by daily trials of chance q lasts 1/q days on average, so q = 1/mean
//! keeps the mean, where q = 1 − exp(−1/mean) would lengthen every stay by half a day (and turn a mean queue of 2.4 into
//! 6.0 in a busy service). It is why means under one day are refused.
//!
//! On day 0, before its step, D is the pathway's `waiting`; `occupied` people, by default the places really there or
//! referrals × stay if that is less, both before any scheme's effect, stand evenly over the stages.
//!
//! From this follow, and the tests hold it to: a process settles at referrals a day × days (Little, “A proof for the
//! queuing formula L = λW”, Operations Research 9, 1961); a service that can't keep up with λ a day settles at
//! (λ − c/stay)·patience waiting (Whitt, 2006, in overload); with everything in it multiplied by 100 the run is
//! multiplied by 100.
//!
//! # What the expected run leaves out
//! Chance. It knows neither how referrals and stays vary nor how far the assumptions may be out, and so a service with a
//! little more room than work shows no queue at all here, while truly one comes and goes: by Erlang's C formula 5 arrivals
//! a day, stays of 12 days and 67 places hold 2.4 waiting on average; 46 places for 42 people's work hold 4.4. Near
//! balance a queue truly holds more than this run shows; in clear overload, or with room to spare, they agree. The
//! volatility of referrals, the low and high sizes of effects and the noise in published figures have no part in it:
//! [`chance`] runs the same days with them, and says how far off it was measured.
//!
//! It agrees with a published simulation where the queue is in overload: in the `P2_NS` case of “Code and material for
//! IPACS Model – Improving the Flow of Patients between Acute, Community and Social Care” (Harper and others, 2023,
//! doi 10.5281/zenodo.7845908) it gives 304 waiting on day 181 where that has 298 (5% to 95%: 279 to 334), and 159 on
//! average over the days where that has 155: 2% too many, for a stay in two equal stages is not quite a lognormal one.
//!
//! More money for a places effect never means more people delayed on any day, provided that people wait at least as
//! patiently as they stay (`patience_days` ≥ `stay_days`, or no patience given). Where they leave the queue sooner than
//! they would leave a place, a cliff edge can for a while leave more waiting than if the places had never been: those
//! who would have gone another way are still in the places that closed.

pub mod calibration;
pub mod chance;
pub mod compile;
pub mod contributions;
pub mod figures;
pub mod next_pound;
pub mod outturn;
pub mod run;
pub mod strength;

#[cfg(test)]
mod tests;

pub use compile::{Compiled, compile};
pub use contributions::{Contributions, SchemeContribution};
pub use figures::{ECONOMIC_FLOOR_SOURCE, avoided_by_moving, economic_floor};
pub use next_pound::{NextPound, next_pound};
pub use outturn::{Judged, OutturnFigures, Verdict, outturn};
pub use run::run;
pub use strength::{EffectTimeline, timeline};

use crate::calendar::{Horizon, Month};
use crate::scenario::Id;

/// The next pounds for a scheme whose worth is told in delayed days.
pub const NEXT_POUNDS: i64 = 50_000;

/// Everything the forecast says about a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The days it covers.
    pub horizon: Horizon,
    /// Each pathway day by day, in the scenario's order.
    pub pathways: Vec<PathwayDays>,
    /// Every month of the horizon, in order.
    pub months: Vec<MonthFigures>,
    /// Each target beside what is expected, in the scenario's order.
    pub targets: Vec<TargetFigures>,
}

/// People delayed on one pathway at the end of each day, day 0 first; [`Horizon::days`] long.
#[derive(Clone, Debug, PartialEq)]
pub struct PathwayDays {
    /// Which pathway.
    pub id: Id,
    /// Under the plan.
    pub plan: Vec<f64>,
    /// Had every allocation been £0.
    pub do_nothing: Vec<f64>,
}

/// One month. People are means over its days; delayed days are sums over them.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthFigures {
    /// Which month.
    pub month: Month,
    /// People delayed under the plan.
    pub expected: f64,
    /// People delayed had every allocation been £0.
    pub do_nothing: f64,
    /// Delayed days under the plan.
    pub delayed_days: f64,
    /// Delayed days had every allocation been £0.
    pub delayed_days_do_nothing: f64,
    /// People delayed on each pathway under the plan, in the scenario's order.
    pub by_pathway: Vec<f64>,
    /// People delayed under the plan for whom the NHS is responsible, by each pathway's shares.
    pub nhs: f64,
    /// Those for whom social care is responsible.
    pub social_care: f64,
    /// Those for whom both are.
    pub both: f64,
}

/// A target and what is expected of its month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetFigures {
    /// Which month.
    pub month: Month,
    /// The most people delayed on average.
    pub at_most: f64,
    /// People delayed on average under the plan; 0 for a month outside the plan, which the rules refuse.
    pub expected: f64,
}
