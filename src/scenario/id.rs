//! Names by which figures refer to one another in a file: kebab-case, so that they read well and never need escaping.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::{Serialize, Serializer};

/// The longest id.
const LONGEST: usize = 64;
/// What a new name ends in: digits and letters, without those that read alike.
const ENDINGS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// A kebab-case name of up to 64 letters and digits, such as `care-home-beds`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

impl Id {
    /// A name for something new, such as `cost-4tk2w7`. It ends by chance and not in the next number, so that what two
    /// people begin in two copies of a file stays two things when the copies are merged.
    pub fn fresh(what: &str, is_taken: impl Fn(&Self) -> bool) -> Option<Self> {
        let ending = || (0..6).filter_map(|_| fastrand::choice(ENDINGS)).copied().map(char::from).collect::<String>();
        let mut ids = std::iter::repeat_with(|| format!("{what}-{}", ending()).parse().ok()).map_while(|id| id);
        ids.find(|id| !is_taken(id))
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Id {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let kebab = !text.is_empty()
            && text
                .split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        if kebab && text.len() <= LONGEST {
            Ok(Self(text.into()))
        } else {
            Err(format!(
                "“{text:.24}” is not an id; use up to {LONGEST} small letters, digits and single hyphens, such as care-home-beds"
            ))
        }
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case() {
        for good in ["beds", "care-home-beds", "3-beds", "a"] {
            assert!(good.parse::<Id>().is_ok(), "{good}");
        }
        for bad in ["", "-beds", "beds-", "care--home", "Beds", "bed s", "bêd", &"a".repeat(65)] {
            assert!(bad.parse::<Id>().is_err(), "{bad}");
        }
    }
}
