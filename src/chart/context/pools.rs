//! The pooled budgets added up, the printed totals that differ, the use of the money, and what an overspend of the plan
//! costs each partner.

use super::{Cell, Figures, Part, Row, Sheet, State, column, figures};
use crate::context::pool::{Misprint, borne, misprints, overspend, sums, used};
use crate::money::{Money, MoneyError};
use crate::scenario::Scenario;
use crate::scenario::context::{Pool, PoolLineKind, Spot};

pub(super) fn sheet(of: Figures) -> Result<Sheet, MoneyError> {
    let scenario = of.scenario;
    let partners = scenario.context.pools.iter().map(|pool| pool.partners.len()).max().unwrap_or(0);
    let names = scenario
        .context
        .pools
        .first()
        .map_or_else(Vec::new, |pool| pool.partners.iter().map(|partner| partner.name.clone()).collect::<Vec<_>>());
    let mut columns = vec![column("Line", 3.2)];
    columns.extend((0..partners).map(|at| figures(names.get(at).map_or("", String::as_str), 2.0)));
    columns.push(column("", 2.4));
    let mut rows = Vec::new();
    for pool in &scenario.context.pools {
        rows.extend(of_pool(of, pool, partners)?);
    }
    Ok(Sheet {
        part: Part::Pools,
        name: "Pooled budget",
        title: title(of)?,
        subtitle: "Sums are computed from the lines; a printed total that differs stands beside them.".to_owned(),
        columns,
        rows,
    })
}

fn title(of: Figures) -> Result<String, MoneyError> {
    let mut apart: Vec<Misprint> = Vec::new();
    for pool in &of.scenario.context.pools {
        apart.extend(misprints(pool)?);
        if let Some(words) = borne_in_words(of, pool) {
            return Ok(words);
        }
    }
    Ok(match apart.first() {
        None => "Every printed total is what its lines come to".to_owned(),
        Some(first) => {
            let Misprint { name, printed, computed } = first;
            format!("{name}: {} printed, {} by its lines", printed.exact(), computed.exact())
        }
    })
}

/// What the plan's over- or underspend costs each partner, where shares are agreed.
fn borne_in_words(of: Figures, pool: &Pool) -> Option<String> {
    let over = overspend(pool, of.ledger)?;
    let parts = borne(pool, over)?;
    let said =
        pool.partners.iter().zip(&parts).map(|(partner, part)| format!("{} {}", partner.name, part.abs().exact()));
    let said = said.collect::<Vec<_>>().join(", ");
    let year = pool.year;
    Some(if over.is_zero() {
        format!("The plan spends its grant of {year} and no more: nobody bears anything")
    } else if over.is_negative() {
        format!("{} of {year} is not spent; shared, that is {said}", over.abs().exact())
    } else {
        format!("The plan overspends {year} by {}: {said}", over.exact())
    })
}

fn of_pool(of: Figures, pool: &Pool, partners: usize) -> Result<Vec<Row>, MoneyError> {
    let scenario = of.scenario;
    let apart = misprints(pool)?;
    let mut rows = vec![Row::Heading(format!("{}, {}", pool.name, pool.year))];
    rows.extend(pool.lines.iter().enumerate().map(|(at, _)| line(scenario, pool, at, partners)));
    let sums = sums(pool)?;
    for (name, amounts) in [
        ("Gross contribution", sums.iter().map(|sums| sums.gross).collect::<Vec<_>>()),
        ("Net contribution", sums.iter().map(|sums| sums.net).collect()),
    ] {
        rows.push(total(name, &amounts, partners, &apart));
    }
    if let Some(misprint) = apart.iter().find(|misprint| misprint.name == "All contributions") {
        rows.push(Row::Cells(padded(
            Cell::text("All contributions"),
            vec![Cell::text(misprint.computed.exact())],
            said(misprint),
            partners,
        )));
    }
    rows.extend(shares(of, pool, partners));
    for part in &pool.uses {
        rows.push(Row::Heading(format!("Use of the Better Care Fund, {}", part.name)));
        for line in &part.lines {
            let name = Cell::text(line.name.clone()).sourced(scenario, &line.amount.source);
            rows.push(Row::Cells(padded(name, vec![Cell::text(line.amount.value.exact())], Cell::default(), partners)));
        }
        let note =
            apart.iter().find(|misprint| misprint.name.ends_with(&part.name) && misprint.name.starts_with("Use"));
        let note = note.map_or_else(Cell::default, said);
        rows.push(Row::Cells(padded(Cell::text("Total"), vec![Cell::text(used(part)?.exact())], note, partners)));
    }
    Ok(rows)
}

fn line(scenario: &Scenario, pool: &Pool, at: usize, partners: usize) -> Row {
    let line = &pool.lines[at];
    let less = if line.kind == PoolLineKind::Contribution { "" } else { "Less " };
    let amounts = line.amounts.iter().enumerate().map(|(partner, amount)| {
        let whose = pool.partners.get(partner).map_or("", |partner| partner.name.as_str());
        let spot = Spot::Amount(pool.id.clone(), at, partner);
        Cell::typed(amount.value.exact(), spot, format!("{}, {whose}, {}", line.name, pool.year))
    });
    let source = line.amounts.first().map_or(&pool.source, |amount| &amount.source);
    let name = Cell::text(format!("{less}{}", line.name)).sourced(scenario, source);
    Row::Cells(padded(name, amounts.collect(), Cell::default(), partners))
}

fn total(name: &str, amounts: &[Money], partners: usize, apart: &[Misprint]) -> Row {
    let cells = amounts.iter().map(|amount| Cell::text(amount.exact())).collect();
    let note = apart.iter().find(|misprint| misprint.name.starts_with(name)).map_or_else(Cell::default, said);
    Row::Cells(padded(Cell::text(name), cells, note, partners))
}

fn said(misprint: &Misprint) -> Cell {
    let apart = misprint.printed.less(misprint.computed).map_or(Money::ZERO, Money::abs);
    Cell::stated(format!("▲ printed {}, {} apart", misprint.printed.exact(), apart.exact()), State::Watch)
}

/// What each partner bears, with its share to type over.
fn shares(of: Figures, pool: &Pool, partners: usize) -> Vec<Row> {
    if pool.partners.iter().all(|partner| partner.risk_share.is_none()) {
        return Vec::new();
    }
    let shares = pool.partners.iter().enumerate().map(|(at, partner)| {
        let shown = partner
            .risk_share
            .as_ref()
            .map_or_else(|| "–".to_owned(), |share| format!("{}%", (share.value.to_f64() * 1000.0).round() / 10.0));
        Cell::typed(shown, Spot::RiskShare(pool.id.clone(), at), format!("Share of risk, {}", partner.name))
    });
    let mut rows = vec![Row::Cells(padded(
        Cell::text("Share of an over- or underspend"),
        shares.collect(),
        Cell::default(),
        partners,
    ))];
    if let Some((over, parts)) = overspend(pool, of.ledger).and_then(|over| Some((over, borne(pool, over)?))) {
        let what = if over.is_negative() { "Left over from the plan" } else { "Overspend of the plan" };
        let cells = parts.iter().map(|part| Cell::text(part.abs().exact())).collect();
        let note = Cell::text(format!("{} in all", over.abs().exact()));
        rows.push(Row::Cells(padded(Cell::text(what), cells, note, partners)));
    }
    rows
}

fn padded(name: Cell, mut amounts: Vec<Cell>, note: Cell, partners: usize) -> Vec<Cell> {
    amounts.resize(partners, Cell::default());
    [name].into_iter().chain(amounts).chain([note]).collect()
}
