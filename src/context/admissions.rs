//! The arithmetic of 2014: what a target below last year asks of a year above it, and what it takes to save money at a
//! marginal tariff.

use crate::scenario::context::{Admissions, HomeCareHours};

/// Weeks in a year.
const WEEKS: f64 = 365.0 / 7.0;

/// What follows from the inputs, as shares: 0.10 is 10%.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How far this year's admissions would have to fall from where they stand: 1 − (1 − target) / (1 + rise).
    pub reduction: f64,
    /// How far they would have to fall to save what is sought, at the marginal rate: saving / rate.
    pub to_save_at_the_margin: f64,
    /// The same if each admission avoided saved its whole cost.
    pub to_save_at_the_whole: f64,
}

/// What a target asks.
pub fn asked(of: &Admissions) -> Asked {
    let [target, rise, rate, saving] =
        [&of.target, &of.rise, &of.marginal_rate, &of.saving_sought].map(|figure| figure.value.to_f64());
    Asked {
        reduction: 1.0 - (1.0 - target) / (1.0 + rise),
        to_save_at_the_margin: saving / rate,
        to_save_at_the_whole: saving,
    }
}

/// Pounds for an hour of home care.
pub fn pounds_an_hour(of: &HomeCareHours) -> f64 {
    of.money.value.to_json().parse::<f64>().unwrap_or(0.0) / (of.hours_a_week.value.to_f64() * WEEKS)
}

/// How much more home care that is: 0.35 is 35%.
pub fn growth(of: &HomeCareHours) -> f64 {
    of.hours_a_week.value.to_f64() / of.base.value.to_f64()
}
