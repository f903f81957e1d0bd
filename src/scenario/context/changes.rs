//! The Eight High Impact Changes as a paper reports them. Which schemes support a change stands with the schemes.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::money::Money;
use crate::scenario::{Figure, HighImpactChange, Id, Source};

/// What a paper says of one of the eight changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeReport {
    /// The name it is known by in the file.
    pub id: Id,
    /// Which of the eight.
    pub change: HighImpactChange,
    /// What is proposed for it, as the paper puts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<String>,
    /// The money that the paper prints beside it. Several changes may print the same money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Figure<Money>>,
    /// How far it has come, where somebody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maturity: Option<Figure<Maturity>>,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// How success will be known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub success: Vec<String>,
    /// Where this is printed.
    pub source: Source,
}

/// Something to be done for a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What.
    pub name: String,
    /// By when, where a date can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// What stands in place of a date, or why it is taken for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// The levels of the High Impact Change Model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Maturity {
    /// Nothing yet.
    NotYetEstablished,
    /// Plans are there.
    PlansInPlace,
    /// It is there.
    Established,
    /// It works as a matter of course.
    Mature,
    /// Others learn from it.
    Exemplary,
}

impl Maturity {
    /// From the lowest to the highest.
    pub const ALL: [Self; 5] =
        [Self::NotYetEstablished, Self::PlansInPlace, Self::Established, Self::Mature, Self::Exemplary];

    /// As the model names it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NotYetEstablished => "not yet established",
            Self::PlansInPlace => "plans in place",
            Self::Established => "established",
            Self::Mature => "mature",
            Self::Exemplary => "exemplary",
        }
    }
}
