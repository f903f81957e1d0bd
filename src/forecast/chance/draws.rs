//! From a uniform number to a count of people: always one number for one count, by the inverse of its distribution.
//!
//! So a draw takes as many numbers whatever the slider does, and grows as what it is drawn from grows: of more people
//! no fewer leave, and no fewer stay. This is what lets two plans share their luck (common random numbers; Glasserman
//! and Yao, “Some guidelines and guarantees for common random numbers”, Management Science 38, 1992).
//!
//! Small counts are found by adding up probabilities from zero until they pass the number, for all lanes at once. Where
//! a mean passes [`FEW`], or a chance passes a half, a lane is drawn alone in double precision; above [`FEW`] by the
//! Cornish–Fisher expansion (Fisher and Cornish, Technometrics 2, 1960) to its second order, narrowed by 1/12 for the
//! rounding to whole people.

#![expect(clippy::cast_possible_truncation, reason = "counts are small")]

use super::streams::{LANES, Lanes, lanes};

/// Up to this mean a count is drawn by adding up probabilities.
const FEW: f32 = 30.0;
/// What is never added up further than: the largest count with a mean up to [`FEW`] has a chance below 10⁻⁹ beyond it.
const STEPS: usize = 80;
/// Steps after which it is asked whether all lanes have arrived: to ask costs more than a step where the answer is hard
/// to foresee.
const BETWEEN_CHECKS: usize = 4;

/// 1/j for each step j from 1.
const ONE_OVER: [f32; STEPS] = {
    let mut one_over = [0.0; STEPS];
    let mut j: u16 = 1;
    while (j as usize) <= STEPS {
        one_over[j as usize - 1] = 1.0 / j as f32;
        j += 1;
    }
    one_over
};

/// How many arrive, when so many do on average.
#[inline(always)]
pub(super) fn poisson(mean: &Lanes, uniform: &Lanes) -> Lanes {
    let none = lanes(|lane| exp(-mean[lane]));
    let most = lanes(|lane| bound(mean[lane]));
    let mut count = add_up(uniform, &none, mean, &[0.0; LANES], &most);
    if any_above(mean, &[FEW; LANES]) {
        for lane in 0..LANES {
            if mean[lane] > FEW {
                count[lane] = many_arrivals(f64::from(mean[lane]), f64::from(uniform[lane])) as f32;
            }
        }
    }
    count
}

/// The chance that each of some people does a thing today, and what drawing their number needs of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trial {
    chance: Lanes,
    /// ln(1 − chance).
    log_not: Lanes,
    /// chance/(1 − chance).
    odds: Lanes,
    /// The most people whose number is added up.
    few: Lanes,
}

impl Trial {
    #[inline(always)]
    pub(super) fn of(chance: &Lanes) -> Self {
        // A lane above a half is drawn alone: here it only has to stay finite.
        let lower: Lanes = lanes(|lane| chance[lane].min(0.5));
        Self {
            chance: *chance,
            log_not: lanes(|lane| ln_not(lower[lane])),
            odds: lanes(|lane| lower[lane] / (1.0 - lower[lane])),
            few: lanes(|lane| if chance[lane] > 0.5 { 0.0 } else { FEW / chance[lane].max(1e-9) }),
        }
    }

    /// How many of `people` do it.
    #[inline(always)]
    pub(super) fn draw(&self, people: &Lanes, uniform: &Lanes) -> Lanes {
        let none: Lanes = lanes(|lane| exp(larger(people[lane] * self.log_not[lane], -80.0)));
        let rise: Lanes = lanes(|lane| (people[lane] + 1.0) * self.odds[lane]);
        let most: Lanes = lanes(|lane| smaller(bound(people[lane] * self.chance[lane]), people[lane]));
        let mut count = add_up(uniform, &none, &rise, &self.odds, &most);
        if any_above(people, &self.few) {
            for lane in 0..LANES {
                if people[lane] > self.few[lane] {
                    count[lane] = many_of(people[lane], self.chance[lane], uniform[lane]);
                }
            }
        }
        count
    }
}

/// A count that chance passes less than once in ten million draws; what rounding leaves of the last of a distribution
/// must not be taken for its end.
#[inline(always)]
fn bound(mean: f32) -> f32 {
    /// Added to a small number it leaves the nearest whole one.
    const ROUNDING: f32 = 8_388_608.0;
    10.0 + 2.2 * mean + ROUNDING - ROUNDING
}

/// One instruction, where `f32::min` needs several to see to NaN.
#[inline(always)]
pub(super) fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
pub(super) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The least count whose probability, with that of all smaller ones, reaches the uniform number. The probability of 0
/// is `none`; each next one is rise/j − fall times the one before.
#[inline(always)]
fn add_up(uniform: &Lanes, none: &Lanes, rise: &Lanes, fall: &Lanes, most: &Lanes) -> Lanes {
    let mut mass = *none;
    let mut reached = *none;
    let mut count = [0_i32; LANES];
    for steps in ONE_OVER.chunks_exact(BETWEEN_CHECKS) {
        if !any_above(uniform, &reached) {
            break;
        }
        for one_over in steps {
            for lane in 0..LANES {
                count[lane] += i32::from(uniform[lane] > reached[lane]);
                mass[lane] *= rise[lane] * one_over - fall[lane];
                reached[lane] += mass[lane];
            }
        }
    }
    lanes(|lane| smaller(count[lane] as f32, most[lane]))
}

#[inline(always)]
fn any_above(of: &Lanes, bounds: &Lanes) -> bool {
    let mut any = false;
    for lane in 0..LANES {
        any |= of[lane] > bounds[lane];
    }
    any
}

/// e to the power of x, −87 to 87, to seven digits; in operations that all lanes can do at once.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    /// Added to a small number it leaves the nearest whole one in the last bits.
    const ROUNDING: f32 = 12_582_912.0;
    let turns = x * std::f32::consts::LOG2_E + ROUNDING;
    let doublings = turns - ROUNDING;
    let rest = x - doublings * 0.693_359_4 + doublings * 2.121_944_4e-4; // ln 2 in two parts
    let series = 1.0 / 120.0 + rest * (1.0 / 720.0);
    let series = 1.0 / 24.0 + rest * series;
    let series = 1.0 / 6.0 + rest * series;
    let series = 0.5 + rest * series;
    let series = 1.0 + rest * (1.0 + rest * series);
    f32::from_bits(series.to_bits().wrapping_add(turns.to_bits() << 23))
}

/// ln(1 − x) for x up to a half: twice the area tangent's series, whose first term left out is below 10⁻⁸ of it.
#[inline(always)]
fn ln_not(x: f32) -> f32 {
    let ratio = x / (2.0 - x); // at most a third
    let square = ratio * ratio;
    let series = 1.0 / 9.0 + square * (1.0 / 11.0 + square * (1.0 / 13.0 + square * (1.0 / 15.0)));
    let series = 1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square * series));
    -2.0 * (ratio + ratio * square * series)
}

#[cold]
fn many_of(people: f32, chance: f32, uniform: f32) -> f32 {
    let (people, chance, uniform) = (f64::from(people), f64::from(chance), f64::from(uniform));
    let count = if chance <= 0.5 {
        some_of(people, chance, uniform)
    } else {
        people - some_of(people, 1.0 - chance, 1.0 - uniform) // those who do not
    };
    count as f32
}

/// How many of `people`, with a chance up to a half.
fn some_of(people: f64, chance: f64, uniform: f64) -> f64 {
    let mean = people * chance;
    if mean <= f64::from(FEW) {
        let odds = chance / (1.0 - chance);
        let mut mass = (people * (-chance).ln_1p()).exp();
        let (mut reached, mut count) = (mass, 0.0);
        while uniform > reached && count < people && count < f64::from(bound(FEW)) {
            mass *= (people - count) * odds / (count + 1.0);
            count += 1.0;
            reached += mass;
        }
        return count;
    }
    let variance = mean * (1.0 - chance);
    let skewness = (1.0 - 2.0 * chance) / variance.sqrt();
    let excess = (1.0 - 6.0 * chance * (1.0 - chance)) / variance;
    expanded(mean, variance, skewness, excess, uniform).min(people)
}

fn many_arrivals(mean: f64, uniform: f64) -> f64 {
    expanded(mean, mean, 1.0 / mean.sqrt(), 1.0 / mean, uniform)
}

/// A whole count of these moments, by the Cornish–Fisher expansion.
fn expanded(mean: f64, variance: f64, skewness: f64, excess: f64, uniform: f64) -> f64 {
    let z = normal(uniform);
    let deviation = (variance - 1.0 / 12.0).sqrt();
    let third = skewness * (z * z - 1.0) / 6.0;
    let fourth = excess * z * (z * z - 3.0) / 24.0 - skewness * skewness * z * (2.0 * z * z - 5.0) / 36.0;
    (mean + deviation * (z + third + fourth) - 0.5).ceil().max(0.0)
}

/// The standard normal deviate below which a share of all lie, to nine digits (Acklam, “An algorithm for computing the
/// inverse normal cumulative distribution function”, 2003).
pub(super) fn normal(uniform: f64) -> f64 {
    if uniform < TAIL {
        lower_tail(uniform)
    } else if uniform > 1.0 - TAIL {
        -lower_tail(1.0 - uniform)
    } else {
        central(uniform)
    }
}

/// The same for all lanes, of which one in twenty lies in a tail.
#[inline(always)]
pub(super) fn normals(uniform: &Lanes) -> [f64; LANES] {
    let mut deviates = lanes(|lane| central(f64::from(uniform[lane])));
    for lane in 0..LANES {
        let uniform = f64::from(uniform[lane]);
        if (uniform - 0.5).abs() > 0.5 - TAIL {
            deviates[lane] = normal(uniform);
        }
    }
    deviates
}

/// The share of all that lies in either tail, where the approximation is another.
const TAIL: f64 = 0.024_25;

#[inline(always)]
fn central(uniform: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    let q = uniform - 0.5;
    polynomial(&A, q * q) * q / polynomial(&B, q * q)
}

#[cold]
fn lower_tail(uniform: f64) -> f64 {
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] =
        [7.784_695_709_041_462e-3, 3.224_671_290_700_398e-1, 2.445_134_137_142_996, 3.754_408_661_907_416, 1.0];
    let q = (-2.0 * uniform.ln()).sqrt();
    polynomial(&C, q) / polynomial(&D, q)
}

#[inline(always)]
fn polynomial(factors: &[f64], x: f64) -> f64 {
    factors.iter().fold(0.0, |sum, factor| sum * x + factor)
}

/// Factors whose logarithm has that spread, and whose mean is 1.
#[inline(always)]
pub(super) fn log_normals(spread: f64, deviates: &[f64; LANES]) -> Lanes {
    lanes(|lane| {
        let logarithm = (spread * deviates[lane] - 0.5 * spread * spread) as f32;
        exp(smaller(larger(logarithm, -80.0), 80.0))
    })
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers, or the same computation twice")]
mod tests {
    use super::*;

    /// The least count whose cumulative probability reaches `uniform`, from logarithms of factorials.
    fn exactly(log_mass: impl Fn(f64) -> f64, uniform: f64) -> f64 {
        let (mut reached, mut count) = (0.0, -1.0);
        while reached < uniform {
            count += 1.0;
            reached += log_mass(count).exp();
        }
        count
    }

    fn log_factorial(n: f64) -> f64 {
        let mut sum = 0.0;
        let mut factor = 2.0_f64;
        while factor <= n {
            sum += factor.ln();
            factor += 1.0;
        }
        sum
    }

    const UNIFORMS: [f32; 10] = [1e-6, 0.001, 0.02, 0.1, 0.37, 0.5, 0.76, 0.9, 0.99, 0.9999];

    #[test]
    fn arrivals_are_poissons_own_quantiles() {
        for mean in [0.05_f32, 0.34, 2.9, 7.06, 20.0, 29.9] {
            for uniform in UNIFORMS {
                let log_mass = |n: f64| n * f64::from(mean).ln() - f64::from(mean) - log_factorial(n);
                let drawn = poisson(&[mean; LANES], &[uniform; LANES]);
                let exact = exactly(log_mass, f64::from(uniform));
                assert!((f64::from(drawn[0]) - exact).abs() < 0.5, "{mean} {uniform}: {} {exact}", drawn[0]);
            }
        }
    }

    #[test]
    fn trials_are_the_binomials_own_quantiles_on_either_side_of_a_half() {
        for (people, chance) in
            [(0.0_f32, 0.3_f32), (1.0, 0.14), (17.0, 0.1), (237.0, 1.0 / 42.0), (60.0, 0.4), (40.0, 0.9), (5.0, 1.0)]
        {
            for uniform in UNIFORMS {
                let (n, p) = (f64::from(people), f64::from(chance));
                let log_mass = |k: f64| {
                    let ways = log_factorial(n) - log_factorial(k) - log_factorial(n - k);
                    ways + if k > 0.0 { k * p.ln() } else { 0.0 } + if k < n { (n - k) * (1.0 - p).ln() } else { 0.0 }
                };
                let drawn = Trial::of(&[chance; LANES]).draw(&[people; LANES], &[uniform; LANES]);
                let exact = exactly(log_mass, f64::from(uniform) - 1e-9);
                assert!((f64::from(drawn[0]) - exact).abs() < 0.5, "{people} {chance} {uniform}: {} {exact}", drawn[0]);
            }
        }
    }

    #[test]
    fn of_nobody_and_with_no_chance_nobody_does_it_and_with_certainty_all() {
        for uniform in UNIFORMS {
            let draw = |people, chance| Trial::of(&[chance; LANES]).draw(&[people; LANES], &[uniform; LANES])[0];
            assert_eq!((draw(0.0, 0.3), draw(500.0, 0.0), draw(500.0, 1.0)), (0.0, 0.0, 500.0));
            assert_eq!(poisson(&[0.0; LANES], &[uniform; LANES])[0], 0.0);
        }
    }

    /// Mean and variance over a thousand evenly spread numbers.
    fn moments(draw: impl Fn(f64) -> f64) -> (f64, f64) {
        let drawn: Vec<f64> = (0..4_000).map(|at| draw((f64::from(at) + 0.5) / 4_000.0)).collect();
        let mean = drawn.iter().sum::<f64>() / 4_000.0;
        (mean, drawn.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / 4_000.0)
    }

    #[test]
    fn large_counts_keep_mean_and_variance_within_two_in_a_thousand() {
        for mean in [31.0, 100.0, 2_000.0, 1e6] {
            let (found, variance) = moments(|uniform| many_arrivals(mean, uniform));
            assert!((found / mean - 1.0).abs() < 2e-3 && (variance / mean - 1.0).abs() < 4e-3, "{found} {variance}");
        }
        for (people, chance) in [(1_000.0, 0.05), (80.0, 0.5), (100_000.0, 1.0 / 60.0)] {
            let (found, variance) = moments(|uniform| some_of(people, chance, uniform));
            let (mean, spread) = (people * chance, people * chance * (1.0 - chance));
            assert!((found / mean - 1.0).abs() < 2e-3 && (variance / spread - 1.0).abs() < 4e-3, "{found} {variance}");
        }
    }

    #[test]
    fn powers_and_logarithms_are_right_to_six_digits() {
        for at in -80..=80 {
            let x = at as f32 * 1.0625;
            assert!((f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs() < 1e-6, "{x}");
        }
        for at in 1..=100_u8 {
            let x = f32::from(at) / 200.0;
            assert!((f64::from(ln_not(x)) / (-f64::from(x)).ln_1p() - 1.0).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn normal_deviates_are_the_tables() {
        for (share, deviate) in
            [(0.5, 0.0), (0.9, 1.281_551_566), (0.975, 1.959_963_985), (0.999, 3.090_232_306), (1e-6, -4.753_424_309)]
        {
            assert!((normal(share) - deviate).abs() < 1e-7, "{share}");
        }
    }
}
