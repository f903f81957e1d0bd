//! What is measured: target, baseline, readings, where it goes by its figures, and the paper's word beside that.

use super::{Cell, Column, Figures, Part, Row, Sheet, State, column, figures, moved_by_hand, several};
use crate::chart::count;
use crate::context::measures::{Rag, direction, fillers, forecast, is_contradicted, moved, periods, rag};
use crate::scenario::context::{Doing, Key, Measure, Sort, Spot, Trajectory, Wanted};
use crate::scenario::{Figure, Quantity, Scenario};

pub(super) fn sheet(of: Figures) -> Sheet {
    let scenario = of.scenario;
    let periods = periods(&scenario.context.measures);
    let mut columns = vec![column("Measure", 2.6), figures("Target", 1.3), figures("Baseline", 1.4)];
    // Before the periods, however many they are: what a measure comes to is seen without moving the sheet.
    columns.push(column("By its figures, and in the paper", 2.3));
    columns.extend(periods.iter().map(|period| {
        let spot = Some((Spot::Period(period.clone()), format!("Name of the period {period}")));
        Column { spot, ..figures(period, 1.6) }
    }));
    columns.extend([column("Forecast", 1.7), column("Unit", 1.2), column("Remark", 4.0)]);
    let rows = scenario.context.measures.iter().map(|measure| row(of, measure, &periods)).collect();
    Sheet {
        part: Part::Measures,
        name: "Measures",
        title: title(scenario),
        subtitle:
            "Direction from the baseline, or from the reading before it. Green: at its target. Red: going the wrong \
                   way, or still short of it. Amber: short of it and going the right way, or which way is not known."
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
        let (better, worse) = (of(Trajectory::Improving), of(Trajectory::Deteriorating));
        let all = several(measures.len(), "measure", "measures");
        let unknown = match measures.len() - known {
            0 => String::new(),
            unknown => format!(", of {unknown} the way is not known"),
        };
        let [improve, get] = [("improves", "improve", better), ("gets", "get", worse)]
            .map(|(one, many, count)| if count == 1 { one } else { many });
        format!("{better} of {all} {improve}, {worse} {get} worse{unknown}")
    };
    match measures.iter().filter(|it| is_contradicted(it)).count() {
        0 => said,
        contradicted => format!("{said}; of {contradicted} the paper says otherwise"),
    }
}

fn row(of: Figures, measure: &Measure, periods: &[String]) -> Row {
    let scenario = of.scenario;
    let reference = measure.reference.as_ref().map_or_else(String::new, |reference| format!("{reference} "));
    let source = scenario.source_in_words(&measure.source);
    let key = Key::of(Sort::Measure, &measure.id);
    let name = Cell::named(format!("{reference}{}", measure.name), key.clone(), &measure.name);
    let name = Cell { help: Some(source), ..name.offering(offers(scenario, measure)) };
    let figure = |figure: Option<&Figure<Quantity>>, spot: Spot, called: String| {
        let shown = figure.map_or_else(|| "–".to_owned(), |figure| said(measure, figure.value));
        Cell::typed(shown, spot, called).of_any(scenario, figure, |value| said(measure, *value))
    };
    let called = |what: &str| format!("{what}: {}", measure.name);
    let id = || measure.id.clone();
    let mut cells = vec![
        name,
        figure(measure.target.as_ref(), Spot::Target(id()), called("Target")),
        figure(measure.baseline.as_ref(), Spot::Baseline(id()), called("Baseline")),
        by_its_figures(measure),
    ];
    for period in periods {
        let at = measure.readings.iter().position(|reading| reading.period == *period);
        cells.push(at.map_or_else(Cell::default, |at| {
            figure(measure.readings[at].value.as_ref(), Spot::Reading(id(), at), called(period))
        }));
    }
    cells.push(forecast(measure, scenario, of.forecast).map_or_else(Cell::default, |(month, figure)| {
        let text = if figure < 100.0 { format!("{figure:.1}") } else { count(figure) };
        Cell { help: Some(format!("The forecast for {month}")), ..Cell::text(format!("{text} in {month}")) }
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
    // The paper's word was for the paper's figures, whether it agrees with those that stand there now or not.
    let by_hand = Some(moved(measure)).filter(|moved| *moved > 0).map(moved_by_hand);
    let computed = format!("{mark}{}", computed.join(", "));
    let lines = [computed].into_iter().filter(|line| !line.is_empty()).chain(printed).chain(by_hand);
    Cell::stated(lines.collect::<Vec<_>>().join("\n"), state)
}

/// A figure with thousands apart, and with `%` where it is one.
fn said(measure: &Measure, value: Quantity) -> String {
    let text = crate::money::grouped(&value.decimal().abs().to_string());
    let sign = if value < Quantity::ZERO { "−" } else { "" };
    let unit = if measure.unit.as_deref() == Some("%") { "%" } else { "" };
    format!("{sign}{text}{unit}")
}
