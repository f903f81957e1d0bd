//! Pounds by the grant's three purposes, beside the shares that a paper prints.

use crate::money::{Money, MoneyError};
use crate::scenario::context::Purpose;
use crate::scenario::{Figure, Scenario, Source};

/// A purpose's money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pounds {
    /// What its schemes get.
    pub money: Money,
    /// What the papers print for them, whatever was moved since; the rest is assumed.
    pub cited: Money,
    /// The share of the grant that its schemes get, in per cent.
    pub share: f64,
    /// The share of the grant that is printed scheme by scheme, in per cent.
    pub cited_share: f64,
}

/// What a purpose's schemes get in its year. Nothing if the plan has no such year.
pub fn pounds(scenario: &Scenario, purpose: &Purpose) -> Result<Option<Pounds>, MoneyError> {
    let Some(grant) = scenario.fund.grant.get(purpose.year) else { return Ok(None) };
    let schemes = purpose.schemes.iter().filter_map(|id| scenario.scheme(id)).map(|(_, scheme)| scheme);
    let figures = || schemes.clone().filter_map(|scheme| scheme.allocations.get(purpose.year));
    let money = Money::total(figures().map(|figure| figure.value))?;
    let is_cited = |source: &Source| matches!(source, Source::Cited { .. });
    let printed = |figure: &Figure<Money>| figure.was.unwrap_or(figure.value);
    let cited = Money::total(figures().filter(|figure| is_cited(&figure.source)).map(printed))?;
    let of_grant = |part: Money| part.decimal().checked_div(grant.value.decimal()).map_or(0.0, percent);
    Ok(Some(Pounds { money, cited, share: of_grant(money), cited_share: of_grant(cited) }))
}

fn percent(share: rust_decimal::Decimal) -> f64 {
    use rust_decimal::prelude::ToPrimitive;
    share.to_f64().unwrap_or(0.0) * 100.0
}
