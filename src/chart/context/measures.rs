//! What is measured: target, baseline, readings, where it goes by its figures, and the paper's word beside that.

use super::{Cell, Column, Figures, Part, Row, Sheet, State, column, figures, several};
use crate::chart::count;
use crate::context::measures::{Rag, direction, fillers, forecast, is_contradicted, rag};
use crate::scenario::context::{Doing, Key, Measure, Sort, Spot, Trajectory, Wanted};
use crate::scenario::{Figure, Quantity, Scenario};

pub(super) fn sheet(of: Figures) -> Sheet {
    let scenario = of.scenario;
    let periods = periods(scenario);
    let mut columns = vec![column("Measure", 2.6), figures("Target", 1.3), figures("Baseline", 1.4)];
    columns.extend(periods.iter().map(|period| {
        let spot = Some((Spot::Period(period.clone()), format!("Name of the period {period}")));
        Column { spot, ..figures(period, 1.6) }
    }));
    columns.extend([
        column("By its figures, and in the paper", 2.3),
        figures("Forecast", 1.5),
        column("Unit", 1.2),
        column("Remark", 4.0),
    ]);
    let rows = scenario.context.measures.iter().map(|measure| row(of, measure, &periods)).collect();
    Sheet {
        part: Part::Measures,
        name: "Measures",
        title: title(scenario),
        subtitle:
            "Direction from the baseline, or from the reading before it. Green: at its target. Red: going the wrong \
                   way, or still short of it. Amber: short of it and going the right way, or not yet read."
                .to_owned(),
        columns,
        rows,
        offers: [Doing::Begin(Sort::Measure), Doing::BeginPeriod]
            .into_iter()
            .chain(periods.into_iter().map(Doing::RemovePeriod))
            .collect(),
    }
}

fn title(scenario: &Scenario) -> String {
    let measures = &scenario.context.measures;
    let of = |wanted: Trajectory| measures.iter().filter(|it| direction(it) == Some(wanted)).count();
    let known = measures.iter().filter(|it| direction(it).is_some()).count();
    let said = if known == 0 {
        let met = measures.iter().filter(|it| rag(it) == Some(Rag::Green)).count();
        let with = measures.iter().filter(|it| it.target.is_some()).count();
        format!("{met} of {} with a target begin at it", several(with, "measure", "measures"))
    } else {
        let worse = of(Trajectory::Deteriorating);
        format!("{} of {known} measures improve, {worse} get worse", of(Trajectory::Improving))
    };
    match measures.iter().filter(|it| is_contradicted(it)).count() {
        0 => said,
        contradicted => format!("{said}; of {contradicted} the paper says otherwise"),
    }
}

/// Every period that a measure has a reading of, in the order met.
fn periods(scenario: &Scenario) -> Vec<String> {
    let mut periods: Vec<String> = Vec::new();
    for reading in scenario.context.measures.iter().flat_map(|measure| &measure.readings) {
        if !periods.contains(&reading.period) {
            periods.push(reading.period.clone());
        }
    }
    periods
}

fn row(of: Figures, measure: &Measure, periods: &[String]) -> Row {
    let scenario = of.scenario;
    let reference = measure.reference.as_ref().map_or_else(String::new, |reference| format!("{reference} "));
    let source = scenario.source_in_words(&measure.source);
    let key = Key::of(Sort::Measure, &measure.id);
    let name = Cell::named(format!("{reference}{}", measure.name), key.clone(), &measure.name);
    let name = Cell { help: Some(source), ..name.offering(offers(scenario, measure)) };
    let shown =
        |figure: Option<&Figure<Quantity>>| figure.map_or_else(|| "–".to_owned(), |figure| said(measure, figure.value));
    let called = |what: &str| format!("{what}: {}", measure.name);
    let id = || measure.id.clone();
    let mut cells = vec![
        name,
        Cell::typed(shown(measure.target.as_ref()), Spot::Target(id()), called("Target")),
        Cell::typed(shown(measure.baseline.as_ref()), Spot::Baseline(id()), called("Baseline")),
    ];
    for period in periods {
        let at = measure.readings.iter().position(|reading| reading.period == *period);
        cells.push(at.map_or_else(Cell::default, |at| {
            let value = measure.readings[at].value.as_ref();
            Cell::typed(shown(value), Spot::Reading(id(), at), called(period))
        }));
    }
    cells.push(by_its_figures(measure));
    cells.push(forecast(measure, scenario, of.forecast).map_or_else(Cell::default, |(month, figure)| {
        let text = if figure < 100.0 { format!("{figure:.1}") } else { count(figure) };
        Cell { help: Some(format!("The forecast for {month}")), ..Cell::text(text) }
    }));
    cells.push(Cell::typed(measure.unit.clone().unwrap_or_default(), Spot::Unit(key), called("Unit")));
    cells.push(Cell::typed(measure.remark.clone().unwrap_or_default(), Spot::Remark(id()), called("Remark")));
    Row::Cells(cells)
}

/// Which way is better, what the paper says, and what of the forecast fills it.
fn offers(scenario: &Scenario, measure: &Measure) -> Vec<Doing> {
    let id = || measure.id.clone();
    let other = if measure.wanted == Wanted::More { Wanted::Less } else { Wanted::More };
    let words = [None].into_iter().chain(Trajectory::ALL.map(Some)).filter(|word| *word != measure.said);
    let fillers = [None].into_iter().chain(fillers(scenario).into_iter().map(Some));
    let fillers = fillers.filter(|filler| *filler != measure.forecast);
    [Doing::Want(id(), other)]
        .into_iter()
        .chain(words.map(|word| Doing::Say(id(), word)))
        .chain(fillers.map(|filler| Doing::FillFrom(id(), filler)))
        .chain([Doing::Remove(Key::of(Sort::Measure, &measure.id))])
        .collect()
}

fn by_its_figures(measure: &Measure) -> Cell {
    let direction = direction(measure).map(Trajectory::in_words);
    let (mark, state) = match rag(measure) {
        Some(Rag::Green) => ("● ", State::Good),
        Some(Rag::Amber) => ("▲ ", State::Watch),
        Some(Rag::Red) => ("■ ", State::Bad),
        None => ("", State::Plain),
    };
    let word = rag(measure).map(Rag::in_words);
    let computed: Vec<&str> = word.into_iter().chain(direction).collect();
    let mark_of_paper = if is_contradicted(measure) { "▲ " } else { "" };
    let printed = measure.said.map(|said| format!("{mark_of_paper}the paper: “{}”", said.in_words()));
    let lines = [format!("{mark}{}", computed.join(", "))].into_iter().filter(|line| !line.is_empty()).chain(printed);
    Cell::stated(lines.collect::<Vec<_>>().join("\n"), state)
}

/// A figure with thousands apart, and with `%` where it is one.
fn said(measure: &Measure, value: Quantity) -> String {
    let text = crate::money::grouped(&value.decimal().abs().to_string());
    let sign = if value < Quantity::ZERO { "−" } else { "" };
    let unit = if measure.unit.as_deref() == Some("%") { "%" } else { "" };
    format!("{sign}{text}{unit}")
}
