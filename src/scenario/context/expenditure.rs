//! The expenditure table of a Better Care Fund plan: every scheme of the whole fund, whoever pays for it.

use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::scenario::{ByYear, Figure, Id, Source};

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expenditure {
    /// The name it is known by in the file.
    pub id: Id,
    /// The plan's own number for the scheme, which several lines may share.
    pub number: u16,
    /// As the plan calls it.
    pub name: String,
    /// The template's type: `11. Intermediate care services`.
    pub kind: String,
    /// The template's sub-type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_type: Option<String>,
    /// Where it is spent: community health, social care.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_of_spend: Option<String>,
    /// Who pays for it, where the table says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funding: Option<String>,
    /// Pounds by year.
    pub amounts: ByYear<Figure<Money>>,
    /// Whether it is new.
    pub is_new: bool,
    /// What the table remarks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The scheme of the plan that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Id>,
    /// Where it is printed.
    pub source: Source,
}
