//! The project plan: workstreams and their activities, as a paper lists them, and what an earlier paper said.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::money::Money;
use crate::scenario::{Area, Figure, Id, Source};

/// A line of the project plan, with its activities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workstream {
    /// The name it is known by in the file.
    pub id: Id,
    /// As the paper calls it.
    pub name: String,
    /// The area under which the paper lists it.
    pub area: Area,
    /// The scheme whose milestones its activities are, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Id>,
    /// Who answers for it, where the paper names somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// What the paper prints beside it as its money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Figure<Money>>,
    /// What the paper calls its status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Its activities, in the order printed.
    pub activities: Vec<Activity>,
    /// Where all of this is printed.
    pub source: Source,
    /// Where what was said earlier is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Source>,
}

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// As the paper calls it.
    pub name: String,
    /// The milestone of the workstream's scheme that it is. The day it is due is then the milestone's, and effects that
    /// wait for it move with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milestone: Option<Id>,
    /// The day it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// The day it is expected to be done, where it is no milestone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// What the paper calls its status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// What an earlier paper said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Earlier>,
}

/// What an earlier paper said of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// The day it was to be done; where only a beginning was printed, that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Its status then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// How a piece of work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It has not begun.
    NotStarted,
    /// It goes as planned.
    OnTrack,
    /// It is late.
    Delayed,
    /// It is done.
    Completed,
}

impl Status {
    /// In the order in which work goes.
    pub const ALL: [Self; 4] = [Self::NotStarted, Self::OnTrack, Self::Delayed, Self::Completed];

    /// As the papers write it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::OnTrack => "on track",
            Self::Delayed => "delayed",
            Self::Completed => "completed",
        }
    }
}
