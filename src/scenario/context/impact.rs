//! What each scheme is to act on: the four national metrics, and whose delays and where.

use serde::{Deserialize, Serialize};

use crate::scenario::{Id, Source};

/// What one scheme is to act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Impact {
    /// The name it is known by in the file.
    pub id: Id,
    /// As the paper calls it.
    pub name: String,
    /// The scheme of the plan that it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Id>,
    /// What it acts on.
    pub on: Vec<Impacted>,
    /// Where it is printed.
    pub source: Source,
}

/// Something that a scheme acts on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Impacted {
    /// What.
    pub what: ImpactOn,
    /// In what way.
    pub how: How,
}

/// What can be acted on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ImpactOn {
    /// Non-elective admissions.
    Admissions,
    /// Permanent admissions to care homes.
    CareHomes,
    /// Older people still at home 91 days after discharge into reablement.
    StillAtHome,
    /// Delayed transfers of care.
    Delays,
    /// Delays for which the NHS is responsible.
    NhsDelays,
    /// Delays for which social care is responsible.
    SocialCareDelays,
    /// Delays in a hospital, by its name.
    DelaysAt(String),
}

impl Impact {
    /// Lets it act on something in this way, or not at all.
    pub(super) fn act_on(&mut self, what: &ImpactOn, how: Option<How>) {
        let known = self.on.iter().position(|it| it.what == *what);
        match (known, how) {
            (Some(at), Some(how)) => self.on[at].how = how,
            (Some(at), None) => _ = self.on.remove(at),
            (None, Some(how)) => self.on.push(Impacted { what: what.clone(), how }),
            (None, None) => {}
        }
    }
}

impl ImpactOn {
    /// The four national metrics, and whose delays.
    pub const USUAL: [Self; 6] =
        [Self::Admissions, Self::CareHomes, Self::StillAtHome, Self::Delays, Self::NhsDelays, Self::SocialCareDelays];

    /// As a column's head.
    pub fn in_words(&self) -> &str {
        match self {
            Self::Admissions => "Emergency admissions",
            Self::CareHomes => "Care home admissions",
            Self::StillAtHome => "Still at home",
            Self::Delays => "Delayed transfers",
            Self::NhsDelays => "NHS delays",
            Self::SocialCareDelays => "Social care delays",
            Self::DelaysAt(hospital) => hospital,
        }
    }
}

/// In what way a scheme acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// By itself.
    Direct,
    /// By letting something else act.
    Enabling,
    /// The paper says that it acts and not how, or its mark can't be read.
    Unsaid,
}

impl How {
    /// The plainest first.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Enabling, Self::Unsaid];

    /// As a table has it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Enabling => "enabling",
            Self::Unsaid => "named",
        }
    }
}
