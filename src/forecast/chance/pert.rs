//! An uncertain figure: between low and high, most often near the central value, by the PERT distribution.
//!
//! A beta distribution stretched from low to high, of shapes 1 + 4·(central − low)/(high − low) and
//! 1 + 4·(high − central)/(high − low), so that its mean is (low + 4·central + high)/6 (Malcolm, Roseboom, Clark and
//! Fazar, “Application of a technique for research and development program evaluation”, Operations Research 7, 1959).

use crate::scenario::Range;

/// Equal parts in which its inverse is tabulated.
const PARTS: usize = 200;

/// One uncertain figure, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pert {
    low: f64,
    width: f64,
    /// The share of all values below each of the equal parts' ends; empty where there is nothing to choose.
    below: Vec<f64>,
}

impl Pert {
    /// A range out of order, which the rules refuse, counts as its central value.
    pub(super) fn of(range: Range) -> Self {
        let [low, central, high] = [range.low, range.central, range.high].map(crate::scenario::Quantity::to_f64);
        if !(low <= central && central <= high && low < high) {
            return Self { low: central, width: 0.0, below: Vec::new() };
        }
        let rise = 4.0 * (central - low) / (high - low);
        let fall = 4.0 - rise;
        let density = |at: usize| {
            let x = (at as f64 + 0.5) / PARTS as f64;
            x.powf(rise) * (1.0 - x).powf(fall)
        };
        let mut sum = 0.0;
        let mut below = Vec::with_capacity(PARTS + 1);
        below.push(0.0);
        below.extend((0..PARTS).map(|at| {
            sum += density(at);
            sum
        }));
        for share in &mut below {
            *share /= sum;
        }
        Self { low, width: high - low, below }
    }

    /// The value below which that share of all lies.
    pub(super) fn at(&self, uniform: f64) -> f64 {
        if self.below.is_empty() {
            return self.low;
        }
        let part = self.below.partition_point(|share| *share < uniform).clamp(1, PARTS);
        let (from, to) = (self.below[part - 1], self.below[part]);
        let within = if to > from { (uniform - from) / (to - from) } else { 0.0 };
        self.low + self.width * ((part - 1) as f64 + within) / PARTS as f64
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers, or the same computation twice")]
mod tests {
    use super::*;

    fn range(low: &str, central: &str, high: &str) -> Range {
        let quantity = |text: &str| text.parse().expect("a quantity");
        Range { low: quantity(low), central: quantity(central), high: quantity(high) }
    }

    fn mean(range: Range) -> f64 {
        let pert = Pert::of(range);
        (0..10_000).map(|at| pert.at((f64::from(at) + 0.5) / 10_000.0)).sum::<f64>() / 10_000.0
    }

    #[test]
    fn its_mean_is_a_sixth_of_low_and_high_and_four_times_the_central_value() {
        assert!((mean(range("20", "30", "40")) - 30.0).abs() < 0.001);
        assert!((mean(range("0", "4", "10")) - 26.0 / 6.0).abs() < 0.001);
        assert!((mean(range("0", "0", "60")) - 10.0).abs() < 0.003);
        assert!((mean(range("0.8", "1", "1")) - 5.8 / 6.0).abs() < 0.000_01);
    }

    /// Of (0, 0, 60) a share of 1 − (1 − x/60)⁵ lies below x: half below 60·(1 − 0.5^0.2) = 7.767.
    #[test]
    fn its_values_lie_where_the_beta_distribution_has_them() {
        let slips = Pert::of(range("0", "0", "60"));
        assert!((slips.at(0.5) - 7.767).abs() < 0.01 && (slips.at(0.9) - 22.143).abs() < 0.01);
        assert!(slips.at(1e-7) >= 0.0 && slips.at(1.0 - 1e-7) <= 60.0);
    }

    #[test]
    fn what_is_certain_or_out_of_order_is_its_central_value() {
        assert_eq!(Pert::of(range("5", "5", "5")).at(0.3), 5.0);
        assert_eq!(Pert::of(range("9", "5", "1")).at(0.3), 5.0);
    }
}
