//! How long a scheme's money is bound, and on what basis.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Figure;
use crate::calendar::FinancialYear;

/// The years in which a scheme's money can't be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// On what basis.
    pub basis: Basis,
    /// Which years, and where that is said.
    pub years: Figure<BTreeSet<FinancialYear>>,
}

/// Why money is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// Spent once.
    OneOff,
    /// A trial, to be decided on when it ends.
    Pilot,
    /// For an agreed term.
    FixedTerm,
    /// For good: permanent staff, fee rises.
    Recurrent,
}

impl Basis {
    /// From the shortest to the longest.
    pub const ALL: [Self; 4] = [Self::OneOff, Self::Pilot, Self::FixedTerm, Self::Recurrent];

    /// As people say it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::OneOff => "one-off",
            Self::Pilot => "pilot",
            Self::FixedTerm => "fixed term",
            Self::Recurrent => "recurrent",
        }
    }
}
