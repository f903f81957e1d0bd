//! Exact pounds and pence. Every sum of money in the planner is a [`Money`]; nothing here ever passes through a float.

use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// The largest sum, either way, that the planner will hold: a hundred billion pounds, well beyond all
/// that England spends on social care. A larger figure is a slip of the keyboard.
const LARGEST_POUNDS: i64 = 100_000_000_000;

/// A sum of money, exact to the penny, between minus and plus a hundred billion pounds.
///
/// ```
/// use ibcf_planner::money::Money;
/// let beds: Money = "£0.9m".parse().unwrap();
/// assert_eq!(beds.exact(), "£900,000");
/// assert_eq!(beds.short(), "£900k");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

/// Why something is not a sum of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Nothing was written.
    Empty,
    /// The text is no amount; it is quoted (shortened) in the message.
    NotAnAmount(String),
    /// Finer than a penny.
    FinerThanAPenny(String),
    /// Beyond a hundred billion pounds.
    TooLarge,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "no amount is written; write one such as 1.2m, £340k or 900,000"),
            Self::NotAnAmount(text) => {
                write!(f, "“{text}” is not an amount of money; write one such as 1.2m, £340k or 900,000")
            }
            Self::FinerThanAPenny(text) => write!(f, "“{text}” is finer than a penny; round it to pence"),
            Self::TooLarge => write!(f, "the amount is beyond £100,000,000,000, the most that the planner holds"),
        }
    }
}

impl std::error::Error for MoneyError {}

impl Money {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A whole number of pounds.
    pub fn pounds(pounds: i64) -> Result<Self, MoneyError> {
        Self::within_bounds(Decimal::from(pounds))
    }

    /// The nearest penny to `amount` pounds, halves to even.
    pub fn nearest_penny(amount: Decimal) -> Result<Self, MoneyError> {
        Self::within_bounds(amount.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven))
    }

    fn within_bounds(amount: Decimal) -> Result<Self, MoneyError> {
        if amount.abs() > Decimal::from(LARGEST_POUNDS) {
            return Err(MoneyError::TooLarge);
        }
        let amount = amount.normalize();
        Ok(Self(if amount.is_zero() { Decimal::ZERO } else { amount }))
    }

    /// This and `other` together.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_add(other.0).ok_or(MoneyError::TooLarge).and_then(Self::within_bounds)
    }

    /// This less `other`; may be below zero.
    pub fn less(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_sub(other.0).ok_or(MoneyError::TooLarge).and_then(Self::within_bounds)
    }

    /// All of them together.
    pub fn total(amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// The amount in pounds, as an exact decimal: the door to ratios and to the forecast.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Whole pounds, dropping pence: where a slider's handle stands.
    pub fn whole_pounds(self) -> i64 {
        self.0.trunc().to_i64().unwrap_or(0) // within ±100bn by construction, so it always fits
    }

    /// Whether this is below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Whether this is exactly nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// To the penny: `£1,200,000`, `−£36,057.43`. Pence appear only where there are some.
    pub fn exact(self) -> String {
        format!("{}£{}", self.minus_sign(), grouped(&self.unsigned_digits()))
    }

    /// As board papers write it: `£1.2m`, `£6.276m`, `£676k`, `£950`: to the nearest thousand pounds, or to the
    /// nearest pound below £1,000. The one rounding wherever room is short, so that no two places disagree; show
    /// [`Money::exact`] on hover.
    pub fn short(self) -> String {
        let pounds = self.0.abs();
        let (unit, suffix, places) = if pounds >= Decimal::from(999_500) {
            (Decimal::from(1_000_000), "m", 3)
        } else if pounds >= Decimal::from(1_000) {
            (Decimal::from(1_000), "k", 0)
        } else {
            (Decimal::ONE, "", 0)
        };
        let scaled = (pounds / unit).round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        let sign = if scaled.is_zero() { "" } else { self.minus_sign() };
        format!("{sign}£{}{suffix}", grouped(&scaled.normalize().to_string()))
    }

    /// Millions with three decimals, for columns that must line up: `£1.200m`.
    pub fn millions(self) -> String {
        let (sign, scaled) = self.scaled_to_millions();
        format!("{sign}£{scaled:.3}m")
    }

    /// The same where a heading says `£m`: `−1.273`.
    pub fn in_millions(self) -> String {
        let (sign, scaled) = self.scaled_to_millions();
        format!("{sign}{scaled:.3}")
    }

    /// The sign, and the millions without it, to the nearest thousand pounds.
    fn scaled_to_millions(self) -> (&'static str, Decimal) {
        let scaled =
            (self.0.abs() / Decimal::from(1_000_000)).round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero);
        (if scaled.is_zero() { "" } else { self.minus_sign() }, scaled)
    }

    /// For machines: always two decimals, a hyphen for minus, no grouping: `-36057.43`.
    pub fn to_json(self) -> String {
        format!("{:.2}", self.0)
    }

    fn minus_sign(self) -> &'static str {
        if self.is_negative() { "−" } else { "" }
    }

    fn unsigned_digits(self) -> String {
        if self.0.fract().is_zero() { self.0.abs().trunc().to_string() } else { format!("{:.2}", self.0.abs()) }
    }
}

/// Digits with commas between thousands: `1234567.50` becomes `1,234,567.50`.
pub(crate) fn grouped(digits: &str) -> String {
    let (whole, pence) = digits.split_once('.').map_or((digits, None), |(whole, pence)| (whole, Some(pence)));
    let mut text = String::with_capacity(digits.len() + 4);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(pence) = pence {
        text.push('.');
        text.push_str(pence);
    }
    text
}

/// As a scenario file has it: plain digits, pence only where there are some (`900000`, `4188142.57`).
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minus = if self.is_negative() { "-" } else { "" };
        write!(f, "{minus}{}", self.unsigned_digits())
    }
}

/// Reads what people type: `1.2m`, `£1,200,000`, `340k`, `-5`, `−£5`, `£0.5 million`, `1.2bn`.
/// Commas must stand between thousands, so that `1,2m` (a decimal comma) is refused, not read as twelve million.
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let written = text.trim();
        if written.is_empty() {
            return Err(MoneyError::Empty);
        }
        let nonsense = || MoneyError::NotAnAmount(shortened(written));
        if written.len() > 64 {
            return Err(nonsense());
        }
        let (negative, rest) = strip_sign(written);
        let (digits, zeros) = strip_unit(rest);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let whole = without_thousands_commas(whole).ok_or_else(nonsense)?;
        if whole.is_empty() && fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return Err(nonsense());
        }
        let magnitude: Decimal = format!("{}.{}", if whole.is_empty() { "0" } else { &whole }, with_zero(fraction))
            .parse()
            .map_err(|_| MoneyError::TooLarge)?;
        let unit = 10_i64.pow(zeros);
        let amount = magnitude.checked_mul(Decimal::from(unit)).ok_or(MoneyError::TooLarge)?;
        if amount.normalize().scale() > 2 {
            return Err(MoneyError::FinerThanAPenny(shortened(written)));
        }
        Self::within_bounds(if negative { -amount } else { amount })
    }
}

/// A minus (hyphen or true minus) and a pound sign, in either order.
fn strip_sign(text: &str) -> (bool, &str) {
    let strip = |text: &'_ str, sign: &[char]| text.strip_prefix(sign).map(|rest| text.len() - rest.trim_start().len());
    let (mut start, mut negative, mut pound) = (0, false, false);
    loop {
        if let (false, Some(length)) = (negative, strip(&text[start..], &['-', '−'])) {
            negative = true;
            start += length;
        } else if let (false, Some(length)) = (pound, strip(&text[start..], &['£'])) {
            pound = true;
            start += length;
        } else {
            return (negative, &text[start..]);
        }
    }
}

/// The word or letter for thousands, millions or billions at the end, as its number of zeros.
fn strip_unit(text: &str) -> (&str, u32) {
    const UNITS: [(&str, u32); 8] =
        [("billion", 9), ("million", 6), ("thousand", 3), ("bn", 9), ("mn", 6), ("m", 6), ("k", 3), ("b", 9)];
    let text = text.trim_end();
    for (unit, zeros) in UNITS {
        let split = text.len().saturating_sub(unit.len());
        if text.is_char_boundary(split) && text[split..].eq_ignore_ascii_case(unit) {
            return (text[..split].trim_end(), zeros);
        }
    }
    (text, 0)
}

/// Digits freed of their commas, or nothing if a comma stands where no thousand ends.
fn without_thousands_commas(whole: &str) -> Option<String> {
    if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next()?;
        let led_well = (1..=3).contains(&first.len());
        if !led_well || !groups.all(|group| group.len() == 3) {
            return None;
        }
    }
    let digits: String = whole.chars().filter(|c| *c != ',').collect();
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(digits)
}

fn with_zero(fraction: &str) -> &str {
    if fraction.is_empty() { "0" } else { fraction }
}

fn shortened(text: &str) -> String {
    if text.chars().count() > 24 { text.chars().take(23).chain(['…']).collect() } else { text.to_owned() }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From quoted text only: a bare number in a file would pass through a float and lose pence.
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Quoted;
        impl Visitor<'_> for Quoted {
            type Value = Money;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "money in quotes, such as \"900000\"")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Money, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Quoted)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn money_reads_what_commissioners_type() {
        for (typed, exact) in [
            ("1.2m", "£1,200,000"),
            ("£1,200,000", "£1,200,000"),
            ("340k", "£340,000"),
            ("£340K", "£340,000"),
            ("-5", "−£5"),
            ("−£5", "−£5"),
            ("£-5", "−£5"),
            ("0.5", "£0.50"),
            (".5m", "£500,000"),
            ("£0.5 million", "£500,000"),
            ("  6.276 m ", "£6,276,000"),
            ("1bn", "£1,000,000,000"),
            ("4188142.57", "£4,188,142.57"),
            ("1.", "£1"),
            ("-0", "£0"),
        ] {
            assert_eq!(money(typed).exact(), exact, "{typed}");
        }
    }

    #[test]
    fn nonsense_is_refused_with_its_reason() {
        for nonsense in
            ["beds", "1,2m", "12,00", "1.2.3", "--5", "- -5", "1e9", "NaN", "inf", "£", "m", "5p", "1m2", "£5£", "٣"]
        {
            assert!(matches!(nonsense.parse::<Money>(), Err(MoneyError::NotAnAmount(_))), "{nonsense}");
        }
        assert_eq!(" ".parse::<Money>(), Err(MoneyError::Empty));
        assert!(matches!("0.001".parse::<Money>(), Err(MoneyError::FinerThanAPenny(_))));
        assert!(matches!("1.2345678k".parse::<Money>(), Err(MoneyError::FinerThanAPenny(_))));
        assert_eq!("100000000001".parse::<Money>(), Err(MoneyError::TooLarge));
        assert_eq!("99999999999999999999999999999999999999".parse::<Money>(), Err(MoneyError::TooLarge));
        assert!("9".repeat(500).parse::<Money>().is_err());
    }

    #[test]
    fn money_is_written_as_board_papers_write_it() {
        for (amount, short) in [
            ("1200000", "£1.2m"),
            ("6276000", "£6.276m"),
            ("676000", "£676k"),
            ("-35857.43", "−£36k"),
            ("950", "£950"),
            ("999499", "£999k"),
            ("999500", "£1m"),
            ("0", "£0"),
            ("-0.4", "£0"),
        ] {
            assert_eq!(money(amount).short(), short, "{amount}");
        }
        assert_eq!(money("1850000").millions(), "£1.850m");
        assert_eq!(money("-35857.43").millions(), "−£0.036m");
        assert_eq!(money("-1272857.43").in_millions(), "−1.273");
        assert_eq!(money("-499.99").in_millions(), "0.000");
        assert_eq!(money("-35857.43").to_json(), "-35857.43");
        assert_eq!(money("5").to_json(), "5.00");
    }

    #[test]
    fn sums_beyond_the_bound_are_refused_not_wrapped() {
        let most = money("100bn");
        assert_eq!(most.plus(money("0.01")), Err(MoneyError::TooLarge));
        assert_eq!(money("-100bn").less(money("0.01")), Err(MoneyError::TooLarge));
        assert_eq!(Money::total([most, most]), Err(MoneyError::TooLarge));
        assert_eq!(Money::pounds(i64::MAX), Err(MoneyError::TooLarge));
    }

    fn any_money() -> impl Strategy<Value = Money> {
        (-10_000_000_000_000_i64..=10_000_000_000_000)
            .prop_map(|pence| Money::nearest_penny(Decimal::new(pence, 2)).expect("within bounds"))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_to_the_penny(amount in any_money()) {
            prop_assert_eq!(amount.to_string().parse::<Money>(), Ok(amount));
            prop_assert_eq!(amount.exact().parse::<Money>(), Ok(amount));
            prop_assert_eq!(amount.to_json().parse::<Money>(), Ok(amount));
        }

        #[test]
        fn taking_away_what_was_added_changes_nothing(a in any_money(), b in any_money()) {
            if let Ok(sum) = a.plus(b) {
                prop_assert_eq!(sum.less(b), Ok(a));
                prop_assert_eq!(b.plus(a), Ok(sum));
            }
        }

        #[test]
        fn no_text_makes_money_panic(text in ".{0,40}") {
            let _ = text.parse::<Money>();
        }

        #[test]
        fn pence_add_as_whole_numbers_do(a in -1_000_000_000_i64..1_000_000_000, b in -1_000_000_000_i64..1_000_000_000) {
            let of = |pence| Money::nearest_penny(Decimal::new(pence, 2)).expect("within bounds");
            prop_assert_eq!(of(a).plus(of(b)), Ok(of(a + b)));
        }
    }
}
