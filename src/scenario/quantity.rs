//! Figures that are not money: people, days, places, shares. Kept as the decimal that was written, so that files round-trip.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

/// Largest magnitude, and most decimal places, of any quantity.
const LARGEST: i64 = 1_000_000_000;
const MOST_PLACES: u32 = 9;

/// A decimal within a thousand million either way, with at most nine decimal places, kept exactly as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(Decimal);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// One.
    pub const ONE: Self = Self(Decimal::ONE);

    /// A whole number.
    pub fn whole(number: u16) -> Self {
        Self(Decimal::from(number))
    }

    /// The nearest float: the door to the forecast.
    pub fn to_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(0.0) // every decimal within the bounds has a nearest float
    }

    /// The decimal itself.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Quantity {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let plain = text.len() <= 32 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        let number = if plain { Decimal::from_str(text).ok() } else { None };
        match number {
            None => Err(format!("“{text:.24}” is not a number; write one such as 28 or 0.67")),
            Some(number) if number.abs() > Decimal::from(LARGEST) => {
                Err(format!("{text:.24} is beyond a thousand million, the most that the planner holds"))
            }
            Some(number) if number.scale() > MOST_PLACES => {
                Err(format!("“{text:.24}” has more than {MOST_PLACES} decimal places; round it"))
            }
            Some(number) => Ok(Self(number)),
        }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From quoted text only: a bare number in a file would pass through a float.
impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Quoted;
        impl Visitor<'_> for Quoted {
            type Value = Quantity;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a number in quotes, such as \"0.67\"")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Quantity, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Quoted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_keep_the_digits_that_were_written() {
        for written in ["0.10", "28", "-1.5", "0"] {
            assert_eq!(written.parse::<Quantity>().map(|q| q.to_string()), Ok(written.to_owned()));
        }
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for nonsense in ["", "NaN", "inf", "1e3", "1e999", "1_000", "1,000", "--1", "9999999999", "0.1234567890", "½"]
        {
            assert!(nonsense.parse::<Quantity>().is_err(), "{nonsense}");
        }
    }
}
