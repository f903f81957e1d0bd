//! The interface dashboard: each indicator, its places among others, and the forecast's own rate of delays beside the
//! published one.

use super::{Cell, Figures, Part, Row, Sheet, State, column, figures};
use crate::context::dashboard::rate;
use crate::money::grouped;
use crate::scenario::Quantity;
use crate::scenario::context::{Doing, Indicator, Key, Rank, Sort, Spot};

pub(super) fn sheet(of: Figures) -> Sheet {
    let scenario = of.scenario;
    let mut rows: Vec<Row> = scenario.context.dashboard.iter().map(|indicator| row(of, indicator)).collect();
    if let Some(adults) = &scenario.context.adults {
        let mut cells = vec![
            Cell::text("People of 18 and over")
                .sourced(scenario, &adults.source)
                .offering([Doing::Remove(Key { sort: Sort::Adults, id: None })]),
            Cell::typed(grouped(&adults.value.to_string()), Spot::Adults, "People of 18 and over").of(
                scenario,
                adults,
                |adults| grouped(&adults.to_string()),
            ),
        ];
        cells.resize(7, Cell::default());
        rows.push(Row::Cells(cells));
    }
    Sheet {
        part: Part::Dashboard,
        name: "NHS–social care interface dashboard",
        title: title(of),
        subtitle: "1 is the best place. The forecast's rate is its people delayed over the number of adults."
            .to_owned(),
        columns: vec![
            column("Indicator", 2.6),
            figures("Here", 1.5),
            figures("England", 1.3),
            figures("Among neighbours", 1.9),
            figures("Among all", 1.9),
            column("Forecast", 2.0),
            column("Unit", 1.0),
        ],
        rows,
        offers: [Sort::Indicator]
            .into_iter()
            .chain(scenario.context.adults.is_none().then_some(Sort::Adults))
            .map(Doing::Begin)
            .collect(),
    }
}

fn title(of: Figures) -> String {
    let ranked = of.scenario.context.dashboard.iter();
    let worst = ranked.filter_map(|it| Some((it, it.authorities?))).max_by_key(|(_, rank)| rank.place);
    let place = worst.map_or_else(
        || "No indicator has a place".to_owned(),
        |(it, rank)| format!("Furthest down: {}, {} of {}", lower(&it.name), rank.place, rank.of),
    );
    let published = of.scenario.context.dashboard.iter().find(|it| it.is_delays);
    let last = of.forecast.targets.last().and_then(|target| Some((target, rate(of.scenario, target.expected)?)));
    match (published, last) {
        (Some(published), Some((target, rate))) => {
            let month = target.month.in_words();
            format!("{place}. The plan takes it from {} to about {rate:.1} by {month}", published.value.value)
        }
        _ => place,
    }
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn row(of: Figures, indicator: &Indicator) -> Row {
    let unit = if indicator.unit.as_deref() == Some("%") { "%" } else { "" };
    let value = |value: &Quantity| format!("{}{unit}", grouped(&value.to_string()));
    let for_all = |value: &Quantity| format!("{value}{unit}");
    let (here, national) = (&indicator.value, indicator.national.as_ref());
    let shown = national.map_or_else(String::new, |national| for_all(&national.value));
    let key = Key::of(Sort::Indicator, &indicator.id);
    let id = || indicator.id.clone();
    let of_it = |what: &str| format!("{what}: {}", indicator.name);
    let ranked = |rank: Option<Rank>, cell: Cell| {
        rank.map_or(Cell { text: "–".to_owned(), ..cell.clone() }, |rank| {
            let [place, of] = [rank.place, rank.of].map(u32::from);
            let state = match place * 4 {
                low if low <= of => State::Good,
                high if high > of * 3 => State::Bad,
                _ => State::Plain,
            };
            Cell { text: format!("{place} of {of}"), state: Some(state), ..cell }
        })
    };
    let forecast = if indicator.is_delays { rates(of) } else { String::new() };
    Row::Cells(vec![
        Cell::named(indicator.name.clone(), key.clone(), &indicator.name)
            .sourced(of.scenario, &indicator.value.source)
            .offering([Doing::IsDelays(id(), !indicator.is_delays), Doing::Remove(key.clone())]),
        Cell::typed(value(&here.value), Spot::Indicator(id()), indicator.name.clone()).of(of.scenario, here, value),
        Cell::typed(shown, Spot::National(id()), of_it("England")).of_any(of.scenario, national, for_all),
        ranked(indicator.neighbours, Cell::typed("", Spot::AmongNeighbours(id()), of_it("Place among neighbours"))),
        ranked(indicator.authorities, Cell::typed("", Spot::AmongAll(id()), of_it("Place among all"))),
        Cell::text(forecast),
        Cell::typed(indicator.unit.clone().unwrap_or_default(), Spot::Unit(key), of_it("Unit")),
    ])
}

/// `18.3 in November 2017, 15.4 in March 2018`.
fn rates(of: Figures) -> String {
    let rates =
        of.forecast.targets.iter().filter_map(|target| {
            Some(format!("{:.1} in {}", rate(of.scenario, target.expected)?, target.month.short()))
        });
    rates.collect::<Vec<_>>().join(", ")
}
