//! What may go wrong, and the money that hangs on it.

use serde::{Deserialize, Serialize};

use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::scenario::{ByYear, Figure, Id, Source};

/// Something that may go wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// The name it is known by in the file.
    pub id: Id,
    /// What may happen.
    pub name: String,
    /// How likely it is, 1 to 5, where somebody has scored it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Figure<u16>>,
    /// How much it would matter, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Figure<u16>>,
    /// The paper's word, where it gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What is done against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mitigations: Vec<String>,
    /// Where it is printed.
    pub source: Source,
}

/// A risk in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rating {
    /// It hardly matters.
    Low,
    /// It matters.
    Medium,
    /// It matters most.
    High,
}

impl Rating {
    /// From the least to the gravest.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// As the papers write it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Money that hangs on how things go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoneyAtRisk {
    /// The name it is known by in the file.
    pub id: Id,
    /// As the paper calls it.
    pub name: String,
    /// What becomes of it, and when.
    pub about: String,
    /// How much, by year.
    pub amounts: ByYear<Figure<Money>>,
    /// The years of which all of the grant is at risk, however large it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_of: Vec<FinancialYear>,
    /// What it hangs on.
    pub trigger: Trigger,
    /// Where it is printed.
    pub source: Source,
}

/// What money hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Trigger {
    /// Delays coming down to the agreed targets.
    Targets,
    /// A measure reaching its target.
    Measure(Id),
}
