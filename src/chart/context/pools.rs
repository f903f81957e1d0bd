//! The pooled budgets added up, the printed totals that differ, the use of the money, and what an overspend of the plan
//! costs each partner.

use super::{Cell, Column, Figures, Part, Row, Sheet, State, called, column, figures};
use crate::context::pool::{Misprint, Total, borne, misprints, overspend, sums, used};
use crate::money::{Money, MoneyError};
use crate::scenario::Scenario;
use crate::scenario::context::spot::LESS;
use crate::scenario::context::{Doing, Key, Pool, PoolLineKind, Sort, Spot};

pub(super) fn sheet(of: Figures) -> Result<Sheet, MoneyError> {
    let scenario = of.scenario;
    let partners = scenario.context.pools.iter().map(|pool| pool.partners.len()).max().unwrap_or(0);
    let mut columns = vec![column("Line", 3.2)];
    columns.extend((0..partners).map(|at| {
        let partner = scenario.context.pools.first().and_then(|pool| Some((pool, pool.partners.get(at)?)));
        partner.map_or_else(
            || figures("", 2.0),
            |(pool, partner)| {
                let spot = (Spot::Partner(pool.id.clone(), at), format!("Partner {}", at + 1));
                Column { spot: Some(spot), ..figures(&partner.name, 2.0) }
            },
        )
    }));
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
        offers: vec![Doing::Begin(Sort::Pool)],
    })
}

fn title(of: Figures) -> Result<String, MoneyError> {
    let mut apart: Vec<(&Pool, Misprint)> = Vec::new();
    for pool in &of.scenario.context.pools {
        apart.extend(misprints(pool)?.into_iter().map(|misprint| (pool, misprint)));
        if let Some(words) = borne_in_words(of, pool) {
            return Ok(words);
        }
    }
    Ok(match apart.first() {
        None => "Every printed total is what its lines come to".to_owned(),
        Some((pool, Misprint { of, printed, computed })) => {
            format!("{}: {} printed, {} by its lines", of.in_words(pool), printed.exact(), computed.exact())
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
    let mut rows = vec![Row::Group(group(scenario, pool, partners))];
    rows.extend(pool.lines.iter().enumerate().map(|(at, _)| line(scenario, pool, at, partners)));
    let sums = sums(pool)?;
    let (gross, net): (Vec<Money>, Vec<Money>) = sums.iter().map(|sums| (sums.gross, sums.net)).unzip();
    let found = |is: fn(Total) -> bool| apart.iter().find(|misprint| is(misprint.of));
    let is_gross = found(|of| matches!(of, Total::Gross(_)));
    rows.push(total("Gross contribution", &gross, partners, is_gross));
    rows.push(total("Net contribution", &net, partners, found(|of| matches!(of, Total::Net(_)))));
    if let Some(misprint) = found(|of| of == Total::All) {
        rows.push(in_all("All contributions", misprint.computed, Some(misprint), partners));
    }
    rows.extend(shares(of, pool, partners));
    for (at, part) in pool.uses.iter().enumerate() {
        rows.push(Row::Heading(format!("Use of the Better Care Fund, {}", part.name)));
        let whose = pool.partners.iter().position(|partner| partner.name == part.name);
        for (line_at, line) in part.lines.iter().enumerate() {
            let name = Cell::text(line.name.clone()).sourced(scenario, &line.amount.source);
            let spot = Spot::Use(pool.id.clone(), at, line_at);
            let amount = Cell::typed(line.amount.value.exact(), spot, format!("{}, {}", line.name, part.name));
            rows.push(Row::Cells(under(whose, name, amount, partners)));
        }
        let misprint = apart.iter().find(|misprint| misprint.of == Total::Use(at));
        let Some(_) = whose else {
            rows.push(in_all("Total", used(part)?, misprint, partners));
            continue;
        };
        let mut cells = under(whose, Cell::text("Total"), Cell::text(used(part)?.exact()), partners);
        if let (Some(misprint), Some(note)) = (misprint, cells.last_mut()) {
            *note = said(misprint);
        }
        rows.push(Row::Cells(cells));
    }
    Ok(rows)
}

/// What the pool is called, its partners where they are not those of the columns' heads, and its year.
fn group(scenario: &Scenario, pool: &Pool, partners: usize) -> Vec<Cell> {
    let key = Key::of(Sort::Pool, &pool.id);
    let removed = (0..pool.partners.len()).map(|at| Doing::RemovePartner(pool.id.clone(), at));
    let offers = [Doing::BeginPart(key.clone()), Doing::BeginPartner(pool.id.clone())].into_iter().chain(removed);
    let name = Cell::named(pool.name.clone(), key.clone(), &pool.name)
        .sourced(scenario, &pool.source)
        .offering(offers.chain([Doing::Remove(key)]));
    let is_first = scenario.context.pools.first().is_some_and(|first| first.id == pool.id);
    let names = pool.partners.iter().enumerate().filter(|_| !is_first).map(|(at, partner)| {
        let spot = Spot::Partner(pool.id.clone(), at);
        Cell::typed(partner.name.clone(), spot, format!("Partner {}, {}", at + 1, pool.name))
    });
    padded(name, names.collect(), Cell::text(pool.year.to_string()), partners)
}

fn line(scenario: &Scenario, pool: &Pool, at: usize, partners: usize) -> Row {
    let line = &pool.lines[at];
    let less = if line.kind == PoolLineKind::Contribution { "" } else { LESS };
    let amounts = line.amounts.iter().enumerate().map(|(partner, amount)| {
        let whose = pool.partners.get(partner).map_or("", |partner| partner.name.as_str());
        let spot = Spot::Amount(pool.id.clone(), at, partner);
        Cell::typed(amount.value.exact(), spot, format!("{}, {whose}, {}", line.name, pool.year))
    });
    let source = line.amounts.first().map_or(&pool.source, |amount| &amount.source);
    let name = Cell::typed(format!("{less}{}", line.name), Spot::Line(pool.id.clone(), at), called(&line.name))
        .sourced(scenario, source)
        .offering([Doing::RemovePart(Key::of(Sort::Pool, &pool.id), at)]);
    Row::Cells(padded(name, amounts.collect(), Cell::default(), partners))
}

fn total(name: &str, amounts: &[Money], partners: usize, misprint: Option<&Misprint>) -> Row {
    let cells = amounts.iter().map(|amount| Cell::text(amount.exact())).collect();
    Row::Cells(padded(Cell::text(name), cells, misprint.map_or_else(Cell::default, said), partners))
}

/// A sum that is no one partner's: beside the partners' columns, with the printed one where that differs.
fn in_all(name: &str, sum: Money, misprint: Option<&Misprint>, partners: usize) -> Row {
    let mut note = misprint.map_or_else(Cell::default, said);
    note.text = if misprint.is_some() { format!("{}\n{}", sum.exact(), note.text) } else { sum.exact() };
    Row::Cells(padded(Cell::text(name), Vec::new(), note, partners))
}

fn said(misprint: &Misprint) -> Cell {
    let apart = misprint.printed.less(misprint.computed).map_or(Money::ZERO, Money::abs);
    Cell::stated(format!("▲ printed {}, {} apart", misprint.printed.exact(), apart.exact()), State::Watch)
}

/// What each partner bears, with its share to type over.
fn shares(of: Figures, pool: &Pool, partners: usize) -> Vec<Row> {
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

/// An amount in its partner's column; beside them all where it is not known whose it is.
fn under(whose: Option<usize>, name: Cell, amount: Cell, partners: usize) -> Vec<Cell> {
    let mut cells = padded(name, Vec::new(), Cell::default(), partners);
    if let Some(place) = cells.get_mut(1 + whose.unwrap_or(partners)) {
        *place = amount;
    }
    cells
}

fn padded(name: Cell, mut amounts: Vec<Cell>, note: Cell, partners: usize) -> Vec<Cell> {
    amounts.resize(partners, Cell::default());
    [name].into_iter().chain(amounts).chain([note]).collect()
}
