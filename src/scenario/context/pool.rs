//! A pooled budget: who pays what into it, what is taken off, what totals are printed, what it is used for, and who bears
//! what when more or less is spent.

use serde::{Deserialize, Serialize};

use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::scenario::{Figure, Id, Quantity, Source};

/// A pooled budget in one financial year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// The name it is known by in the file.
    pub id: Id,
    /// As the paper calls it.
    pub name: String,
    /// Its year.
    pub year: FinancialYear,
    /// Who pays into it.
    pub partners: Vec<Partner>,
    /// Its lines, each with an amount for every partner in their order.
    pub lines: Vec<PoolLine>,
    /// The totals that the paper prints, which need not be what the lines come to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub printed: Vec<PrintedTotal>,
    /// What the money is used for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<PoolUse>,
    /// Where it is printed.
    pub source: Source,
}

/// One who pays into a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// As people call it.
    pub name: String,
    /// Its share of whatever is spent beyond or below the pool, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_share: Option<Figure<Quantity>>,
}

/// A line of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolLine {
    /// As the paper calls it.
    pub name: String,
    /// Whether it is paid in or taken off.
    pub kind: PoolLineKind,
    /// What it is for every partner, in their order, none below zero.
    pub amounts: Vec<Figure<Money>>,
}

/// What a line of a pool does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PoolLineKind {
    /// It is paid in.
    Contribution,
    /// A grant that pays for part of it: taken off.
    LessGrant,
    /// Income from people who use the services: taken off.
    LessIncome,
}

/// A total that the paper prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum PrintedTotal {
    /// Of what is paid in, for every partner.
    Gross(Vec<Money>),
    /// Of what is left after what is taken off.
    Net(Vec<Money>),
    /// Of all partners together, gross.
    All(Money),
}

/// What one partner's part of a pool is used for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolUse {
    /// Whose part.
    pub name: String,
    /// Line by line.
    pub lines: Vec<UseLine>,
    /// The total that the paper prints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Money>,
}

/// What some of a pool is used for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseLine {
    /// What for.
    pub name: String,
    /// How much.
    pub amount: Figure<Money>,
}
