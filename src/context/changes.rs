//! Schemes and their money under the Eight High Impact Changes. A scheme that supports several is counted once in all.

use crate::calendar::FinancialYear;
use crate::money::{Money, MoneyError};
use crate::scenario::{HighImpactChange, Scenario, Scheme};

/// What supports one of the changes in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support<'a> {
    /// Which change.
    pub change: HighImpactChange,
    /// The schemes that support it.
    pub schemes: Vec<&'a Scheme>,
    /// Their money.
    pub money: Money,
    /// The part of that money whose schemes support other changes too.
    pub shared: Money,
}

/// What supports each of the eight in a year.
pub fn support(scenario: &Scenario, year: FinancialYear) -> Result<Vec<Support<'_>>, MoneyError> {
    HighImpactChange::ALL.into_iter().map(|change| support_of(scenario, year, change)).collect()
}

fn support_of(scenario: &Scenario, year: FinancialYear, change: HighImpactChange) -> Result<Support<'_>, MoneyError> {
    let schemes: Vec<&Scheme> =
        scenario.schemes.iter().map(AsRef::as_ref).filter(|scheme| scheme.supports.contains(&change)).collect();
    let money = Money::total(schemes.iter().map(|scheme| scheme.allocation(year)))?;
    let several = schemes.iter().filter(|scheme| scheme.supports.len() > 1);
    let shared = Money::total(several.map(|scheme| scheme.allocation(year)))?;
    Ok(Support { change, schemes, money, shared })
}

/// The money of a year that supports any change, each pound once.
pub fn mapped_once(scenario: &Scenario, year: FinancialYear) -> Result<Money, MoneyError> {
    let supporting = scenario.schemes.iter().filter(|scheme| !scheme.supports.is_empty());
    Money::total(supporting.map(|scheme| scheme.allocation(year)))
}
