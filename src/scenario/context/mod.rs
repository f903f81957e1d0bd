//! What the papers report around the plan: how delivery goes, what is measured, who pays into the pool, what may go
//! wrong. Plain data; what follows from it is computed in [`crate::context`].
//!
//! Every part may be missing. A part that the plan itself holds is not said again here: an activity names the milestone
//! of its scheme, and the money of a scheme stays with the scheme.

pub mod admissions;
pub mod begun;
pub mod changes;
pub mod dashboard;
pub mod delivery;
pub mod doing;
pub mod expenditure;
pub mod impact;
pub mod item;
pub mod measures;
pub mod pool;
pub mod purposes;
mod put;
pub mod risks;
pub mod spot;
mod typed;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use admissions::{Admissions, HomeCareHours};
pub use begun::{schemes_without, unreported};
pub use changes::{ChangeReport, Maturity, Step};
pub use dashboard::{Indicator, Rank};
pub use delivery::{Activity, Earlier, Status, Workstream};
pub use doing::Doing;
pub use expenditure::Expenditure;
pub use impact::{How, Impact, ImpactOn, Impacted};
pub use item::{Item, Key, Sort};
pub use measures::{FromForecast, Measure, Organisation, Reading, Trajectory, Wanted};
pub use pool::{Partner, Pool, PoolLine, PoolLineKind, PoolUse, PrintedTotal, Total, UseLine};
pub use purposes::{GrantPurpose, Purpose};
pub use risks::{MoneyAtRisk, Rating, Risk, Trigger};
pub use spot::{Panel, Spot};

use super::{Figure, Quantity};

/// What the papers report around the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Context {
    /// The project plan, line by line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delivery: Vec<Workstream>,
    /// The Eight High Impact Changes: what is proposed for each, and how far it has come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeReport>,
    /// What is measured.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// The NHS–social care interface dashboard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dashboard: Vec<Indicator>,
    /// People of 18 and over in the area, for rates of delayed days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adults: Option<Figure<Quantity>>,
    /// The pooled budgets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<Pool>,
    /// What may go wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<Risk>,
    /// Money that hangs on performance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at_risk: Vec<MoneyAtRisk>,
    /// How the grant is shared over its three purposes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Purpose>,
    /// What each scheme is to act on: national metrics, and whose delays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub impacts: Vec<Impact>,
    /// The expenditure table of the whole Better Care Fund, as far as it is printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expenditure: Vec<Expenditure>,
    /// The arithmetic of a target for emergency admissions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admissions: Option<Admissions>,
}

impl Context {
    /// Whether there is nothing in it, so that a file says nothing of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn is_nothing(context: &Arc<Self>) -> bool {
        context.is_empty()
    }
}
