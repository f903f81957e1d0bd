//! Who is responsible for each reason's days in one area. NHS England publishes that for England alone; of an area it
//! publishes the days by reason and the days by organisation, apart.
//!
//! England's table is fitted to the area's two sets of sums by raking (iterative proportional fitting; Deming and Stephan,
//! “On a least squares adjustment of a sampled frequency table when the expected marginal totals are known”, Annals of
//! Mathematical Statistics 11, 1940): rows are scaled to the days by reason, columns to the days by organisation, in
//! turn, until both hold. What may not be attributed to someone stays at nothing.

use std::collections::BTreeMap;

use crate::scenario::Reason;

/// Turns after which the fit has long settled, or never will because the sums contradict the rules.
const TURNS: usize = 500;
/// Days that a cell of England's table without any is taken for, where somebody may be responsible: an area may have
/// what the country as a whole happened not to.
const LEAST: f64 = 0.5;

/// Days of each reason for which NHS, social care and both are responsible.
pub(super) type Split = BTreeMap<Reason, [f64; 3]>;

/// Whether the NHS, social care, and both may be responsible for a reason (NHS England's guidance on the return).
fn may_be(reason: Reason) -> [bool; 3] {
    match reason {
        Reason::C | Reason::I => [true, false, false],
        Reason::DI | Reason::G => [true, true, false],
        _ => [true, true, true],
    }
}

/// An area's split, as like England's as its own sums allow.
pub(super) fn fitted(england: &Split, by_reason: &BTreeMap<Reason, f64>, by_organisation: [f64; 3]) -> Split {
    let seed = |reason: Reason| {
        let country = england.get(&reason).copied().unwrap_or_default();
        let may_be = may_be(reason);
        std::array::from_fn(|who| if may_be[who] { country[who].max(LEAST) } else { 0.0 })
    };
    let mut split: Split = by_reason.keys().map(|reason| (*reason, seed(*reason))).collect();
    for _ in 0..TURNS {
        for who in 0..3 {
            let days: f64 = split.values().map(|days| days[who]).sum();
            scale(split.values_mut().map(|days| &mut days[who]), by_organisation[who], days);
        }
        for (reason, days) in &mut split {
            let (wanted, now) = (by_reason.get(reason).copied().unwrap_or_default(), days.iter().sum());
            scale(days.iter_mut(), wanted, now);
        }
    }
    split
}

fn scale<'a>(days: impl Iterator<Item = &'a mut f64>, wanted: f64, now: f64) {
    if now > 0.0 {
        for days in days {
            *days *= wanted / now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(of: &[(Reason, f64)]) -> BTreeMap<Reason, f64> {
        of.iter().copied().collect()
    }

    #[test]
    fn a_split_keeps_an_areas_days_by_reason_and_by_organisation() {
        let england = Split::from([
            (Reason::A, [60.0, 30.0, 10.0]),
            (Reason::C, [80.0, 0.0, 0.0]),
            (Reason::E, [20.0, 60.0, 20.0]),
        ]);
        let by_reason = days(&[(Reason::A, 50.0), (Reason::C, 100.0), (Reason::E, 150.0)]);
        let by_organisation = [130.0, 70.0, 100.0];
        let split = fitted(&england, &by_reason, by_organisation);
        for (who, wanted) in by_organisation.into_iter().enumerate() {
            let fitted: f64 = split.values().map(|days| days[who]).sum();
            assert!((fitted - wanted).abs() < 1e-6, "{who}: {fitted}");
        }
        for (reason, wanted) in by_reason {
            assert!((split[&reason].iter().sum::<f64>() - wanted).abs() < 1e-6, "{reason:?}");
        }
        // Raking keeps the odds between cells as England has them: (E social care × A NHS) / (E NHS × A social care) = 6.
        let odds = split[&Reason::E][1] * split[&Reason::A][0] / (split[&Reason::E][0] * split[&Reason::A][1]);
        assert!((odds - 6.0).abs() < 1e-6, "{odds}");
    }

    #[test]
    fn what_only_the_nhs_may_be_responsible_for_stays_the_nhs_s_whatever_the_sums_say() {
        let by_reason = days(&[(Reason::C, 40.0), (Reason::I, 10.0), (Reason::DI, 10.0)]);
        let split = fitted(&Split::new(), &by_reason, [0.0, 30.0, 30.0]);
        assert_eq!(split[&Reason::C][1..], [0.0, 0.0]);
        assert_eq!(split[&Reason::I][1..], [0.0, 0.0]);
        assert!(split[&Reason::DI][2].abs() < 1e-12, "both may not be responsible for care homes");
    }
}
