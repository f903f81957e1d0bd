//! Where chance comes from: a stream of numbers for each purpose of each pathway or scheme of each replication.
//!
//! The generator is xoshiro128++ (Blackman and Vigna, “Scrambled linear pseudorandom number generators”, ACM
//! Transactions on Mathematical Software 47, 2021): it adds, shifts and turns 32-bit numbers and nothing else, so that
//! a processor draws for several replications at once, a *lane* each, in plain code. Every stream begins where
//! `SplitMix64` (Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, OOPSLA 2014) puts it from the
//! seed, the replication, the name of what it is for, and the purpose. So no stream knows of another: to add a scheme,
//! to move a slider, or to run the replications elsewhere or in another order leaves every number where it was.

use crate::scenario::Id;

/// Replications that run abreast.
pub(super) const LANES: usize = 32;

/// One number for each replication abreast.
pub(super) type Lanes = [f32; LANES];

/// A number for each lane. A plain loop, which compiles to vector instructions where `array::from_fn` does not.
#[inline(always)]
pub(super) fn lanes<T: Copy + Default>(mut of: impl FnMut(usize) -> T) -> [T; LANES] {
    let mut lanes = [T::default(); LANES];
    for (lane, number) in lanes.iter_mut().enumerate() {
        *number = of(lane);
    }
    lanes
}

/// What a stream's numbers decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// How a fraction of a person on day 0, or of a place, is resolved.
    Fractions = 1,
    /// How many become ready.
    Arrivals = 2,
    /// How many leave without a place.
    Leaving = 3,
    /// How many end a stage of their stay: one stream for each stage, from this number on.
    Stages = 16,
    /// How many of the possible starts happen at weekends.
    Starts = 4,
    /// The drift of referrals.
    Drift = 5,
    /// Noise in published months.
    Recording = 6,
    /// How late a scheme starts, and how much of it comes.
    Delivery = 7,
    /// How large effects are: one stream for each of a scheme's effects, from this number on.
    Sizes = 32,
}

/// A number that stands for a pathway's or a scheme's name (FNV-1a), wherever in the list it stands.
pub(super) fn key(id: &Id) -> u64 {
    id.as_str().bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// The next output of `SplitMix64`.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Where a stream begins: four words that hang on everything that names it.
fn beginning(seed: u64, replication: u32, key: u64, purpose: u64) -> [u32; 4] {
    let mut state = 0;
    for word in [seed, u64::from(replication), key, purpose] {
        state ^= word;
        state = split_mix(&mut state);
    }
    let words = [split_mix(&mut state), split_mix(&mut state)];
    words.map(|word| [high(word), low(word)]).as_flattened().try_into().unwrap_or([1; 4]) // two words are four halves
}

#[expect(clippy::cast_possible_truncation, reason = "each half of the word by itself")]
fn low(word: u64) -> u32 {
    word as u32
}

fn high(word: u64) -> u32 {
    low(word >> 32)
}

/// One purpose's streams of the replications abreast.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    words: [[u32; LANES]; 4],
}

impl Stream {
    /// For the replications from `first` on. `of` is a [`key`]; `part` tells streams of one purpose apart.
    pub(super) fn new(seed: u64, first: u32, of: u64, purpose: Purpose, part: usize) -> Self {
        let mut words = [[0; LANES]; 4];
        for (lane, replication) in (0..LANES).zip(first..) {
            let own = beginning(seed, replication, of, purpose as u64 + part as u64);
            words.iter_mut().zip(own).for_each(|(words, own)| words[lane] = own);
        }
        Self { words }
    }

    /// The next number of every lane.
    #[inline(always)]
    fn next(&mut self) -> [u32; LANES] {
        let [a, b, c, d] = &mut self.words;
        lanes(|lane| {
            let result = a[lane].wrapping_add(d[lane]).rotate_left(7).wrapping_add(a[lane]);
            let shifted = b[lane] << 9;
            c[lane] ^= a[lane];
            d[lane] ^= b[lane];
            b[lane] ^= c[lane];
            a[lane] ^= d[lane];
            c[lane] ^= shifted;
            d[lane] = d[lane].rotate_left(11);
            result
        })
    }

    /// The next number of every lane, evenly between 0 and 1 and never either: the middles of 2²³ equal parts.
    #[inline(always)]
    pub(super) fn uniform(&mut self) -> Lanes {
        /// What lies between 1 and 2 has the same exponent: the number's first 23 bits become its fraction.
        const ONE: u32 = 1.0_f32.to_bits();
        const LESS_HALF_A_PART: f32 = 1.0 - 0.5 / 8_388_608.0;
        let numbers = self.next();
        lanes(|lane| f32::from_bits(numbers[lane] >> 9 | ONE) - LESS_HALF_A_PART)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_mix_gives_its_authors_numbers() {
        let mut state = 1_234_567;
        let drawn: Vec<u64> = (0..3).map(|_| split_mix(&mut state)).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    /// The reference implementation's numbers from the state 1, 2, 3, 4.
    #[test]
    fn every_lane_gives_the_generators_published_numbers() {
        let mut stream = Stream { words: [[1; LANES], [2; LANES], [3; LANES], [4; LANES]] };
        for number in [641, 1_573_767, 3_222_811_527, 3_517_856_514, 836_907_274, 4_247_214_768] {
            assert_eq!(stream.next(), [number; LANES]);
        }
    }

    #[test]
    fn a_stream_hangs_on_seed_replication_name_and_purpose_alone() {
        let names = ["a", "b"].map(|name| key(&name.parse().expect("an id")));
        let base = Stream::new(1, 0, names[0], Purpose::Arrivals, 0).next();
        assert_eq!(Stream::new(1, 3, names[0], Purpose::Arrivals, 0).next()[0], base[3]);
        for other in [
            Stream::new(2, 0, names[0], Purpose::Arrivals, 0),
            Stream::new(1, 100, names[0], Purpose::Arrivals, 0),
            Stream::new(1, 0, names[1], Purpose::Arrivals, 0),
            Stream::new(1, 0, names[0], Purpose::Leaving, 0),
            Stream::new(1, 0, names[0], Purpose::Arrivals, 1),
        ] {
            assert!(other.clone().next().iter().all(|number| !base.contains(number)));
        }
    }

    #[test]
    fn uniform_numbers_are_even_between_0_and_1() {
        let mut stream = Stream::new(7, 0, 0, Purpose::Drift, 0);
        let drawn: Vec<f64> = (0..20_000).flat_map(|_| stream.uniform()).map(f64::from).collect();
        let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
        let square = drawn.iter().map(|u| u * u).sum::<f64>() / drawn.len() as f64;
        // Five standard errors: 5 × 0.2887 / 400 and 5 × 0.298 / 400.
        assert!((mean - 0.5).abs() < 0.0037 && (square - 1.0 / 3.0).abs() < 0.0038, "{mean} {square}");
        assert!(drawn.iter().all(|u| *u > 0.0 && *u < 1.0));
    }
}
