//! The pooled budgets added up, the printed totals that differ, the use of the money, and what an overspend of the plan
//! costs each partner.

use super::{Cell, Column, Figures, Part, Row, Sheet, State, called, column, figures, with_moved};
use crate::context::pool::{Misprint, all, borne, misprints, moved, overspend, sums, used};
use crate::money::{Money, MoneyError};
use crate::scenario::context::spot::LESS;
use crate::scenario::context::{Doing, Key, Pool, PoolLineKind, Sort, Spot, Total};
use crate::scenario::{Quantity, Scenario};

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
    let printed = |of: fn(usize) -> Total| -> Vec<Total> { (0..pool.partners.len()).map(of).collect() };
    rows.extend(total("Gross contribution", &gross, pool, &printed(Total::Gross), partners, &apart));
    rows.extend(total("Net contribution", &net, pool, &printed(Total::Net), partners, &apart));
    if pool.printed(Total::All).is_some() {
        rows.extend(in_all("All contributions", all(&sums)?, pool, Total::All, partners, &apart));
    }
    rows.extend(shares(of, pool, partners));
    for (at, part) in pool.uses.iter().enumerate() {
        rows.push(Row::Heading(format!("Use of the Better Care Fund, {}", part.name)));
        rows.extend(use_of(scenario, pool, at, partners, &apart)?);
    }
    Ok(rows)
}

/// What a part of the pool is used for, under its partner, with its total.
fn use_of(
    scenario: &Scenario,
    pool: &Pool,
    at: usize,
    partners: usize,
    apart: &[Misprint],
) -> Result<Vec<Row>, MoneyError> {
    let (id, part) = (|| pool.id.clone(), &pool.uses[at]);
    let whose = pool.partners.iter().position(|partner| partner.name == part.name);
    let name =
        Cell::typed(part.name.clone(), Spot::UsePart(id(), at), format!("Whose use: {}, {}", part.name, pool.name))
            .offering([Doing::BeginUseLine(id(), at), Doing::RemoveUse(id(), at)]);
    let mut rows = vec![Row::Group(padded(name, Vec::new(), Cell::default(), partners))];
    for (line_at, line) in part.lines.iter().enumerate() {
        let called = called(&format!("{}, {}", line.name, part.name));
        let name = Cell::typed(line.name.clone(), Spot::UseLine(id(), at, line_at), called)
            .sourced(scenario, &line.amount.source)
            .offering([Doing::RemoveUseLine(id(), at, line_at)]);
        let spot = Spot::Use(id(), at, line_at);
        let amount = Cell::typed(line.amount.value.exact(), spot, format!("{}, {}", line.name, part.name));
        let amount = amount.of(scenario, &line.amount, |amount| amount.exact());
        rows.push(Row::Cells(under(whose, name, amount, partners)));
    }
    let (sum, of) = (used(part)?, Total::Use(at));
    if whose.is_none() {
        rows.extend(in_all("Total", sum, pool, of, partners, apart));
        return Ok(rows);
    }
    rows.push(Row::Cells(under(whose, Cell::text("Total"), Cell::text(sum.exact()), partners)));
    if let Some(printed) = printed_cell(pool, of) {
        let mut cells = under(whose, Cell::text("Total, printed"), printed, partners);
        if let Some(note) = cells.last_mut() {
            *note = held_against(pool, &[of], apart);
        }
        rows.push(Row::Cells(cells));
    }
    Ok(rows)
}

/// What the pool is called, its partners where they are not those of the columns' heads, and its year.
fn group(scenario: &Scenario, pool: &Pool, partners: usize) -> Vec<Cell> {
    let key = Key::of(Sort::Pool, &pool.id);
    let removed = (0..pool.partners.len()).map(|at| Doing::RemovePartner(pool.id.clone(), at));
    let id = || pool.id.clone();
    let has_printed = !pool.printed.is_empty() || pool.uses.iter().any(|part| part.printed.is_some());
    let printed = if has_printed { Doing::ForgetPrinted(id()) } else { Doing::BeginPrinted(id()) };
    let offers = [Doing::BeginPart(key.clone()), Doing::BeginPartner(id()), Doing::BeginUse(id()), printed];
    let offers = offers.into_iter().chain(removed);
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
        let cell = Cell::typed(amount.value.exact(), spot, format!("{}, {whose}, {}", line.name, pool.year));
        cell.of(scenario, amount, |amount| amount.exact())
    });
    let source = line.amounts.first().map_or(&pool.source, |amount| &amount.source);
    let name = Cell::typed(format!("{less}{}", line.name), Spot::Line(pool.id.clone(), at), called(&line.name))
        .sourced(scenario, source)
        .offering([Doing::RemovePart(Key::of(Sort::Pool, &pool.id), at)]);
    Row::Cells(padded(name, amounts.collect(), Cell::default(), partners))
}

/// A sum of each partner's, and under it what is printed where that is said.
fn total(name: &str, sums: &[Money], pool: &Pool, printed: &[Total], partners: usize, apart: &[Misprint]) -> Vec<Row> {
    let cells = sums.iter().map(|sum| Cell::text(sum.exact())).collect();
    let mut rows = vec![Row::Cells(padded(Cell::text(name), cells, Cell::default(), partners))];
    let shown: Vec<Cell> = printed.iter().filter_map(|of| printed_cell(pool, *of)).collect();
    if !shown.is_empty() {
        let note = held_against(pool, printed, apart);
        rows.push(Row::Cells(padded(Cell::text(format!("{name}, printed")), shown, note, partners)));
    }
    rows
}

/// A sum that is no one partner's: beside the partners' columns, with the printed one under it.
fn in_all(name: &str, sum: Money, pool: &Pool, of: Total, partners: usize, apart: &[Misprint]) -> Vec<Row> {
    let row = |name: String, note: Cell| Row::Cells(padded(Cell::text(name), Vec::new(), note, partners));
    let mut rows = vec![row(name.to_owned(), Cell::text(sum.exact()))];
    if let Some(printed) = printed_cell(pool, of) {
        rows.extend([row(format!("{name}, printed"), printed), row(String::new(), held_against(pool, &[of], apart))]);
    }
    rows
}

fn printed_cell(pool: &Pool, of: Total) -> Option<Cell> {
    let called = format!("Printed: {}, {}", of.in_words(pool), pool.year);
    Some(Cell::typed(pool.printed(of)?.exact(), Spot::PrintedTotal(pool.id.clone(), of), called))
}

/// How printed totals stand to the lines.
fn held_against(pool: &Pool, printed: &[Total], apart: &[Misprint]) -> Cell {
    let Some(misprint) = apart.iter().find(|misprint| printed.contains(&misprint.of)) else {
        let moved = printed.iter().map(|of| moved(pool, *of)).sum();
        return Cell::text(with_moved("as the lines come to".to_owned(), moved));
    };
    let apart = misprint.printed.less(misprint.computed).map_or(Money::ZERO, Money::abs);
    let said = with_moved(format!("▲ {} apart from the lines", apart.exact()), moved(pool, misprint.of));
    Cell::stated(said, State::Watch)
}

/// What each partner bears, with its share to type over.
fn shares(of: Figures, pool: &Pool, partners: usize) -> Vec<Row> {
    let shares = pool.partners.iter().enumerate().map(|(at, partner)| {
        let in_words = |share: &Quantity| format!("{}%", (share.to_f64() * 1000.0).round() / 10.0);
        let share = partner.risk_share.as_ref();
        let shown = share.map_or_else(|| "–".to_owned(), |share| in_words(&share.value));
        let cell = Cell::typed(shown, Spot::RiskShare(pool.id.clone(), at), format!("Share of risk, {}", partner.name));
        cell.of_any(of.scenario, share, in_words)
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
