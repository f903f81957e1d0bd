//! The expenditure table of the whole Better Care Fund, with the columns of the national template.

use super::{Cell, Part, Row, Sheet, column, figures, other_schemes, several};
use crate::calendar::FinancialYear;
use crate::money::{Money, MoneyError};
use crate::scenario::Scenario;
use crate::scenario::context::{Doing, Expenditure, Key, Sort, Spot};

pub(super) fn sheet(scenario: &Scenario) -> Result<Sheet, MoneyError> {
    let lines = &scenario.context.expenditure;
    let mut years: Vec<FinancialYear> =
        lines.iter().flat_map(|line| line.amounts.iter().map(|(year, _)| year)).collect();
    years.sort();
    years.dedup();
    let mut columns = vec![column("Scheme", 2.9), column("Type", 2.3), column("Paid by", 2.1)];
    columns.extend(years.iter().map(|year| figures(&year.to_string(), 2.25)));
    columns.extend([
        column("New?", 0.8),
        column("Sub-type", 2.0),
        column("Area of spend", 1.8),
        column("Comments", 4.0),
    ]);
    let mut rows: Vec<Row> = lines.iter().map(|line| row(scenario, line, &years)).collect();
    let mut total = vec![Cell::text("All lines")];
    total.resize(3, Cell::default());
    for year in &years {
        let of = lines.iter().filter_map(|line| line.amounts.get(*year)).map(|figure| figure.value);
        total.push(Cell::text(Money::total(of)?.exact()));
    }
    total.resize(columns.len(), Cell::default());
    rows.push(Row::Cells(total));
    let new = lines.iter().filter(|line| line.is_new).count();
    Ok(Sheet {
        part: Part::Expenditure,
        name: "Spending of the whole fund",
        title: format!(
            "{} printed, {new} of them new; this plan is the part paid from its own grant",
            several(lines.len(), "line", "lines")
        ),
        subtitle: "As the plan's tables print them; what stands there can be typed over.".to_owned(),
        columns,
        rows,
        offers: vec![Doing::Begin(Sort::Expenditure)],
    })
}

/// Whether it is new, which scheme of the plan it is, and that it be taken out.
fn offers(scenario: &Scenario, line: &Expenditure) -> Vec<Doing> {
    let key = Key::of(Sort::Expenditure, &line.id);
    [Doing::CallNew(line.id.clone(), !line.is_new), Doing::Remove(key.clone())]
        .into_iter()
        .chain(other_schemes(scenario, &key, line.scheme.as_ref()))
        .collect()
}

fn row(scenario: &Scenario, line: &Expenditure, years: &[FinancialYear]) -> Row {
    let key = Key::of(Sort::Expenditure, &line.id);
    let id = || line.id.clone();
    let of_it = |what: &str| format!("{what}: {}", line.name);
    let name = Cell::named(format!("{} {}", line.number, line.name), key, &line.name);
    let text = |text: &Option<String>, spot, what| Cell::typed(text.clone().unwrap_or_default(), spot, of_it(what));
    let mut cells = vec![
        name.sourced(scenario, &line.source).offering(offers(scenario, line)),
        Cell::typed(line.kind.clone(), Spot::Kind(id()), of_it("Type")),
        text(&line.funding, Spot::Funding(id()), "Paid by"),
    ];
    cells.extend(years.iter().map(|year| {
        let amount = line.amounts.get(*year);
        let shown = amount.map_or_else(String::new, |figure| figure.value.exact());
        let cell = Cell::typed(shown, Spot::Spent(id(), *year), format!("{} in {year}", line.name));
        cell.of_any(scenario, amount, |amount| amount.exact())
    }));
    cells.push(Cell::text(if line.is_new { "new" } else { "" }));
    cells.push(text(&line.sub_type, Spot::SubType(id()), "Sub-type"));
    cells.push(text(&line.area_of_spend, Spot::AreaOfSpend(id()), "Area of spend"));
    cells.push(text(&line.comment, Spot::Comment(id()), "Comment"));
    Row::Cells(cells)
}
