//! A pooled budget added up: what each partner pays gross and net, where the printed totals differ, and what an over- or
//! underspend costs each of them.

use crate::ledger::Ledger;
use crate::money::{Money, MoneyError};
use crate::scenario::context::{Pool, PoolLine, PoolLineKind, PoolUse, Total};
use crate::scenario::{Figure, Source};

/// A partner's sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// All that it pays in.
    pub gross: Money,
    /// The same less grants and income.
    pub net: Money,
}

/// What every partner pays, in their order.
pub fn sums(pool: &Pool) -> Result<Vec<Sums>, MoneyError> {
    (0..pool.partners.len()).map(|partner| sums_of(pool, partner)).collect()
}

fn sums_of(pool: &Pool, partner: usize) -> Result<Sums, MoneyError> {
    let (mut gross, mut net) = (Money::ZERO, Money::ZERO);
    for line in &pool.lines {
        let amount = line.amounts.get(partner).map_or(Money::ZERO, |figure| figure.value);
        match line.kind {
            PoolLineKind::Contribution => {
                gross = gross.plus(amount)?;
                net = net.plus(amount)?;
            }
            PoolLineKind::LessGrant | PoolLineKind::LessIncome => net = net.less(amount)?,
        }
    }
    Ok(Sums { gross, net })
}

/// A printed total that is not what the lines come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misprint {
    /// Of what.
    pub of: Total,
    /// What is printed.
    pub printed: Money,
    /// What the lines come to.
    pub computed: Money,
}

/// Every printed total that is not what its lines come to.
pub fn misprints(pool: &Pool) -> Result<Vec<Misprint>, MoneyError> {
    let sums = sums(pool)?;
    let mut computed: Vec<(Total, Money)> = Vec::new();
    computed.extend(sums.iter().enumerate().map(|(at, sums)| (Total::Gross(at), sums.gross)));
    computed.extend(sums.iter().enumerate().map(|(at, sums)| (Total::Net(at), sums.net)));
    computed.push((Total::All, all(&sums)?));
    for (at, part) in pool.uses.iter().enumerate() {
        computed.push((Total::Use(at), used(part)?));
    }
    let apart = computed.into_iter().filter_map(|(of, computed)| {
        let printed = pool.printed(of).filter(|printed| *printed != computed)?;
        Some(Misprint { of, printed, computed })
    });
    Ok(apart.collect())
}

/// How many of the figures that a total adds up were moved by hand: then the paper's total is held against lines that are
/// not all the paper's.
pub fn moved(pool: &Pool, of: Total) -> usize {
    let is_moved = |amount: &&Figure<Money>| amount.was.is_some() && amount.source != Source::Entered;
    let counted = |line: &&PoolLine| matches!(of, Total::Net(_)) || line.kind == PoolLineKind::Contribution;
    let lines = pool.lines.iter().filter(counted);
    match of {
        Total::Gross(at) | Total::Net(at) => lines.filter_map(|line| line.amounts.get(at)).filter(is_moved).count(),
        Total::All => lines.flat_map(|line| &line.amounts).filter(is_moved).count(),
        Total::Use(at) => {
            let lines = pool.uses.get(at).into_iter().flat_map(|part| &part.lines);
            lines.map(|line| &line.amount).filter(is_moved).count()
        }
    }
}

/// What all partners pay in.
pub fn all(sums: &[Sums]) -> Result<Money, MoneyError> {
    Money::total(sums.iter().map(|sums| sums.gross))
}

/// All that a part of a pool is used for.
pub fn used(part: &PoolUse) -> Result<Money, MoneyError> {
    Money::total(part.lines.iter().map(|line| line.amount.value))
}

/// What each partner bears of so much spent beyond the pool (below zero: of so much not spent), where all have a share.
pub fn borne(pool: &Pool, overspend: Money) -> Option<Vec<Money>> {
    let shares = pool.partners.iter().map(|partner| Some(partner.risk_share.as_ref()?.value.decimal()));
    let shares = shares.collect::<Option<Vec<_>>>().filter(|shares| !shares.is_empty())?;
    shares.into_iter().map(|share| Money::nearest_penny(overspend.decimal().checked_mul(share)?).ok()).collect()
}

/// What the plan spends beyond its grant in the pool's year; below zero where some is left. Nothing if the plan has no
/// such year.
pub fn overspend(pool: &Pool, ledger: &Ledger) -> Option<Money> {
    let line = ledger.years.iter().find(|line| line.year == pool.year)?;
    Money::ZERO.less(line.balance).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled::NOVEMBER_2017;

    #[test]
    fn an_overspend_of_a_million_costs_the_council_700_000_and_the_group_300_000() {
        let scenario = NOVEMBER_2017.open().expect("a bundled plan").scenario;
        let pool = &scenario.context.pools[0];
        let million = Money::pounds(1_000_000).expect("pounds");
        let parts = |over: Money| borne(pool, over).map(|parts| parts.iter().map(|part| part.whole_pounds()).collect());
        assert_eq!(parts(million), Some(vec![700_000, 300_000]));
        assert_eq!(parts(Money::ZERO.less(million).expect("pounds")), Some(vec![-700_000, -300_000]));
    }

    #[test]
    fn a_line_moved_by_hand_is_counted_in_every_total_that_adds_it_up_and_in_no_other() {
        let mut pool = NOVEMBER_2017.open().expect("a bundled plan").scenario.context.pools[0].clone();
        let paid = pool.lines.iter().position(|line| line.kind == PoolLineKind::Contribution).expect("a contribution");
        let less = pool.lines.iter().position(|line| line.kind != PoolLineKind::Contribution).expect("taken off");
        let million = Money::pounds(1_000_000).expect("pounds");
        pool.lines[paid].amounts[0].change(million);
        let of = |pool: &Pool| {
            [Total::Gross(0), Total::Net(0), Total::All, Total::Gross(1), Total::Use(0)].map(|it| moved(pool, it))
        };
        assert_eq!(of(&pool), [1, 1, 1, 0, 0]);
        pool.lines[less].amounts[0].change(million);
        assert_eq!(of(&pool), [1, 2, 1, 0, 0], "what is taken off is in the net total alone");
    }
}
