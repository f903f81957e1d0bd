//! The expenditure table of the whole Better Care Fund, with the columns of the national template.

use super::{Cell, Part, Row, Sheet, column, figures, several};
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
    columns.push(column("New?", 0.8));
    let mut rows: Vec<Row> = lines.iter().map(|line| row(scenario, line, &years)).collect();
    let mut total = vec![Cell::text("All lines"), Cell::default(), Cell::default()];
    for year in &years {
        let of = lines.iter().filter_map(|line| line.amounts.get(*year)).map(|figure| figure.value);
        total.push(Cell::text(Money::total(of)?.exact()));
    }
    total.push(Cell::default());
    rows.push(Row::Cells(total));
    let new = lines.iter().filter(|line| line.is_new).count();
    Ok(Sheet {
        part: Part::Expenditure,
        name: "Spending of the whole fund",
        title: format!(
            "{} printed, {new} of them new; this plan is the part paid from its own grant",
            several(lines.len(), "line", "lines")
        ),
        subtitle: "As the plan's tables print them; hover for sub-type, area of spend and comments.".to_owned(),
        columns,
        rows,
        offers: vec![Doing::Begin(Sort::Expenditure)],
    })
}

fn row(scenario: &Scenario, line: &Expenditure, years: &[FinancialYear]) -> Row {
    let more = [&line.sub_type, &line.area_of_spend, &line.comment].into_iter().flatten().cloned();
    let help = more.chain([scenario.source_in_words(&line.source)]).collect::<Vec<_>>().join(". ");
    let key = Key::of(Sort::Expenditure, &line.id);
    let id = || line.id.clone();
    let of_it = |what: &str| format!("{what}: {}", line.name);
    let name = Cell::named(format!("{} {}", line.number, line.name), key.clone(), &line.name);
    let mut cells = vec![
        Cell { help: Some(help), ..name.offering([Doing::CallNew(id(), !line.is_new), Doing::Remove(key)]) },
        Cell::typed(line.kind.clone(), Spot::Kind(id()), of_it("Type")),
        Cell::typed(line.funding.clone().unwrap_or_default(), Spot::Funding(id()), of_it("Paid by")),
    ];
    cells.extend(years.iter().map(|year| {
        let amount = line.amounts.get(*year).map_or_else(String::new, |figure| figure.value.exact());
        Cell::typed(amount, Spot::Spent(id(), *year), format!("{} in {year}", line.name))
    }));
    cells.push(Cell::text(if line.is_new { "new" } else { "" }));
    Row::Cells(cells)
}
