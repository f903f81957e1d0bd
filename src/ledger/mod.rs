//! Money only: balance, commitments, headroom, unfunded. Exact to the penny, straight from the scenario.

use crate::calendar::FinancialYear;
use crate::money::{Money, MoneyError};
use crate::scenario::{Area, Id, Scenario};

#[cfg(test)]
mod tests;

/// What the fund's money does, year by year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// Each financial year of the fund, in order.
    pub years: Vec<YearLine>,
    /// Each area's allocations, in the order of [`Area::ALL`].
    pub areas: Vec<AreaLine>,
    /// Each scheme's allocations, in the order of the scenario.
    pub schemes: Vec<SchemeLine>,
}

/// One financial year of the fund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearLine {
    /// Which year.
    pub year: FinancialYear,
    /// Income in the year.
    pub grant: Money,
    /// The year before's balance, where the fund carries it forward. A deficit is not carried: it has to be met in
    /// its own year, and counting it again would show the same gap twice.
    pub brought_forward: Money,
    /// Given to schemes.
    pub allocated: Money,
    /// The part of the allocations that is bound.
    pub committed: Money,
    /// Available less allocated; below zero when more is given than there is.
    pub balance: Money,
    /// Available less committed: what can still be decided; below zero when more is bound than there is.
    pub headroom: Money,
    /// Committed beyond what is available; never below zero.
    pub unfunded: Money,
}

impl YearLine {
    /// Grant and what was brought forward.
    pub fn available(&self) -> Result<Money, MoneyError> {
        self.grant.plus(self.brought_forward)
    }
}

/// One area's allocations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaLine {
    /// Which area.
    pub area: Area,
    /// Pounds in each year of the ledger.
    pub allocated: Vec<Money>,
}

/// One scheme's allocations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeLine {
    /// Which scheme.
    pub id: Id,
    /// As people call it.
    pub name: String,
    /// Which area.
    pub area: Area,
    /// Pounds in each year of the ledger.
    pub allocated: Vec<Money>,
    /// The years in which it is bound, in order.
    pub committed_years: Vec<FinancialYear>,
}

impl Ledger {
    /// The ledger of a scenario. Fails only where a sum passes the bounds of [`Money`].
    pub fn of(scenario: &Scenario) -> Result<Self, MoneyError> {
        let years: Vec<FinancialYear> = scenario.fund.grant.iter().map(|(year, _)| year).collect();
        let schemes = scheme_lines(scenario, &years);
        Ok(Self { years: year_lines(scenario)?, areas: area_lines(&schemes, years.len())?, schemes })
    }

    /// The first year in which commitments outrun what is available.
    pub fn first_unfunded_year(&self) -> Option<&YearLine> {
        self.years.iter().find(|year| !year.unfunded.is_zero())
    }

    /// All money allocated over the plan.
    pub fn total_allocated(&self) -> Result<Money, MoneyError> {
        Money::total(self.years.iter().map(|year| year.allocated))
    }
}

fn year_lines(scenario: &Scenario) -> Result<Vec<YearLine>, MoneyError> {
    let mut lines = Vec::with_capacity(scenario.fund.grant.len());
    let mut brought_forward = Money::ZERO;
    for (year, grant) in scenario.fund.grant.iter() {
        let allocated = Money::total(scenario.schemes.iter().map(|scheme| scheme.allocation(year)))?;
        let bound = scenario.schemes.iter().filter(|scheme| scheme.is_committed(year));
        let committed = Money::total(bound.map(|scheme| scheme.allocation(year)))?;
        let available = grant.value.plus(brought_forward)?;
        let balance = available.less(allocated)?;
        let headroom = available.less(committed)?;
        let unfunded = if headroom.is_negative() { headroom.abs() } else { Money::ZERO };
        lines.push(YearLine {
            year,
            grant: grant.value,
            brought_forward,
            allocated,
            committed,
            balance,
            headroom,
            unfunded,
        });
        brought_forward = if scenario.fund.carries_forward.value { balance.max(Money::ZERO) } else { Money::ZERO };
    }
    Ok(lines)
}

fn scheme_lines(scenario: &Scenario, years: &[FinancialYear]) -> Vec<SchemeLine> {
    let line = |scheme: &crate::scenario::Scheme| SchemeLine {
        id: scheme.id.clone(),
        name: scheme.name.clone(),
        area: scheme.area,
        allocated: years.iter().map(|year| scheme.allocation(*year)).collect(),
        committed_years: scheme.commitment.years.value.iter().copied().collect(),
    };
    scenario.schemes.iter().map(|scheme| line(scheme)).collect()
}

fn area_lines(schemes: &[SchemeLine], years: usize) -> Result<Vec<AreaLine>, MoneyError> {
    let line = |area: Area| {
        let allocated = (0..years)
            .map(|year| {
                Money::total(schemes.iter().filter(|scheme| scheme.area == area).map(|scheme| scheme.allocated[year]))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(AreaLine { area, allocated })
    };
    Area::ALL.into_iter().map(line).collect()
}
