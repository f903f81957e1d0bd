//! The grant's three purposes, and how a paper shares the money over them.

use serde::{Deserialize, Serialize};

use crate::calendar::FinancialYear;
use crate::scenario::{Figure, Id, Quantity};

/// One purpose's part of the grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// The name it is known by in the file.
    pub id: Id,
    /// Which purpose.
    pub purpose: GrantPurpose,
    /// The year that the share is of.
    pub year: FinancialYear,
    /// The share that the paper prints, in per cent.
    pub share: Figure<Quantity>,
    /// The schemes that serve it.
    pub schemes: Vec<Id>,
}

/// The purposes that the grant may be spent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GrantPurpose {
    /// Meeting adult social care needs.
    SocialCare,
    /// Reducing pressures on the NHS.
    Nhs,
    /// Stabilising the local care market.
    Market,
}

impl GrantPurpose {
    /// In the order of the grant's conditions.
    pub const ALL: [Self; 3] = [Self::SocialCare, Self::Nhs, Self::Market];

    /// As the grant's conditions put it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::SocialCare => "Meeting adult social care needs",
            Self::Nhs => "Reducing pressures on the NHS",
            Self::Market => "Stabilising the local care market",
        }
    }
}
