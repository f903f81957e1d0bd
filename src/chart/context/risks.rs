//! Risks in the order of their gravity, and the money that hangs on how things go, with what is known of its trigger.

use super::{Cell, Figures, Part, Row, Sheet, State, column, figures, several};
use crate::chart::{count, percent};
use crate::context::measures::latest;
use crate::context::risks::{amounts, gravity, is_escalated, is_met, is_to_come, score};
use crate::scenario::context::spot::BETWEEN;
use crate::scenario::context::{Doing, Key, MoneyAtRisk, Rating, Risk, Sort, Spot, Trigger};
use crate::scenario::{Figure, Scenario};

pub(super) fn sheet(of: Figures) -> Sheet {
    let scenario = of.scenario;
    let mut rows = Vec::new();
    if !scenario.context.at_risk.is_empty() {
        rows.push(Row::Heading("Money that hangs on performance".to_owned()));
        rows.extend(scenario.context.at_risk.iter().flat_map(|at_risk| money(of, at_risk)));
    }
    let mut risks: Vec<&Risk> = scenario.context.risks.iter().collect();
    risks.sort_by_key(|risk| std::cmp::Reverse(gravity(risk)));
    if !risks.is_empty() {
        rows.push(Row::Heading("Risks, the gravest first".to_owned()));
        rows.extend(risks.into_iter().map(|risk| row(of, risk)));
    }
    Sheet {
        part: Part::Risks,
        name: "Risks",
        title: title(of),
        subtitle: "Score = likelihood × impact, 1 to 5 each; 16 and above is escalated. Where the paper gives a word, the word."
            .to_owned(),
        columns: vec![
            column("What may happen", 3.0),
            figures("Likelihood", 1.45),
            figures("Impact", 1.1),
            column("Score, or the paper’s word", 2.5),
            column("Against it", 3.0),
            column("Owner", 1.2),
        ],
        rows,
        offers: vec![Doing::Begin(Sort::Risk), Doing::Begin(Sort::AtRisk)],
    }
}

fn title(of: Figures) -> String {
    let context = &of.scenario.context;
    if let Some(at_risk) = context.at_risk.first() {
        return format!("{}: what it hangs on is {}", at_risk.name, standing(of, at_risk).0);
    }
    let escalated = context.risks.iter().filter(|risk| is_escalated(risk) == Some(true)).count();
    let high = context.risks.iter().filter(|risk| risk.rating == Some(Rating::High)).count();
    match (escalated, high) {
        (0, 0) => format!("{}, none scored", several(context.risks.len(), "risk", "risks")),
        (0, high) => format!("{high} of {} rated high", several(context.risks.len(), "risk", "risks")),
        (escalated, _) => format!("{} to be escalated", several(escalated, "risk", "risks")),
    }
}

/// Whether what money hangs on is met: of months to come, whether it is expected.
fn standing(of: Figures, at_risk: &MoneyAtRisk) -> (&'static str, State) {
    match (is_met(at_risk, of.scenario, of.forecast), is_to_come(at_risk, of.scenario)) {
        (Some(true), true) => ("expected", State::Good),
        (Some(true), false) => ("met", State::Good),
        (Some(false), true) => ("not expected", State::Bad),
        (Some(false), false) => ("not met", State::Bad),
        (None, _) => ("not known", State::Plain),
    }
}

/// What the money is, what it hangs on and whether that is met; then its amounts, year by year.
fn money(of: Figures, at_risk: &MoneyAtRisk) -> Vec<Row> {
    let key = Key::of(Sort::AtRisk, &at_risk.id);
    let (word, state) = standing(of, at_risk);
    let mark = match state {
        State::Good => "● ",
        State::Bad => "■ ",
        _ => "",
    };
    let row = |name: Cell, score: Cell, against: Cell| {
        Row::Cells(vec![name, Cell::default(), Cell::default(), score, against, Cell::default()])
    };
    let about = Spot::About(at_risk.id.clone());
    let mut rows = vec![
        row(
            Cell::named(at_risk.name.clone(), key.clone(), &at_risk.name)
                .sourced(of.scenario, &at_risk.source)
                .offering(offers(of.scenario, at_risk).into_iter().chain([Doing::Remove(key)])),
            Cell::stated(format!("{mark}{word}"), state),
            Cell::text(trigger(of, at_risk)),
        ),
        row(
            Cell::default(),
            Cell::default(),
            Cell::typed(at_risk.about.clone(), about, format!("What is said of it: {}", at_risk.name)),
        ),
    ];
    rows.extend(amounts(at_risk, of.scenario).into_iter().map(|(year, amount)| {
        let (shown, source) = (amount.value.exact(), &amount.source);
        if at_risk.grant_of.contains(&year) {
            let name = Cell::text(format!("in {year}, all of the grant")).sourced(of.scenario, source);
            return row(name, Cell::text(shown).of(of.scenario, amount, |amount| amount.exact()), Cell::default());
        }
        let name = Cell::text(format!("in {year}")).sourced(of.scenario, source);
        let spot = Spot::AtRisk(at_risk.id.clone(), year);
        let cell = Cell::typed(shown, spot, format!("{} in {year}", at_risk.name));
        row(name, cell.of(of.scenario, amount, |amount| amount.exact()), Cell::default())
    }));
    rows
}

/// What else the money may hang on, and the years of which all of the grant may be at risk.
fn offers(scenario: &Scenario, at_risk: &MoneyAtRisk) -> Vec<Doing> {
    let with_target = scenario.context.measures.iter().filter(|measure| measure.target.is_some());
    let triggers = [Trigger::Targets].into_iter().chain(with_target.map(|it| Trigger::Measure(it.id.clone())));
    let others = triggers.filter(|trigger| *trigger != at_risk.trigger);
    let years = scenario.fund.grant.iter().filter(|(year, _)| at_risk.amounts.get(*year).is_none());
    let hangs = others.map(|trigger| Doing::HangOn(at_risk.id.clone(), trigger));
    hangs.chain(years.map(|(year, _)| Doing::GrantAtRisk(at_risk.id.clone(), year))).collect()
}

/// What is known of the trigger, in a sentence.
fn trigger(of: Figures, at_risk: &MoneyAtRisk) -> String {
    match &at_risk.trigger {
        Trigger::Targets => {
            let chances = of.chance.map_or(&[][..], |chance| &chance.targets);
            let said = of.forecast.targets.iter().enumerate().map(|(at, target)| {
                let chance =
                    chances.get(at).map_or_else(String::new, |it| format!(", met in {} of runs", percent(it.chance)));
                let [expected, at_most] = [target.expected, target.at_most].map(count);
                format!("{expected} people expected in {} against {at_most}{chance}", target.month.in_words())
            });
            let said = said.collect::<Vec<_>>().join("; ");
            if said.is_empty() { "No target has been agreed.".to_owned() } else { format!("The forecast: {said}.") }
        }
        Trigger::Measure(id) => {
            let Some(measure) = of.scenario.context.measures.iter().find(|measure| measure.id == *id) else {
                return "The measure that it hangs on is not given.".to_owned();
            };
            let unit = measure.unit.as_deref().unwrap_or_default();
            let stands = latest(measure)
                .zip(measure.target.as_ref())
                .map(|((period, value), target)| format!("{value}{unit} in {period} against {}{unit}", target.value));
            let stands = stands.unwrap_or_else(|| "nothing to hold against a target".to_owned());
            format!("{}: {stands}. The forecast counts delays and can't tell.", measure.name)
        }
    }
}

fn row(of: Figures, risk: &Risk) -> Row {
    let figure = |figure: Option<&Figure<u16>>, spot: Spot, called: String| {
        let shown = figure.map_or_else(|| "–".to_owned(), |score| score.value.to_string());
        Cell::typed(shown, spot, called).of_any(of.scenario, figure, u16::to_string)
    };
    let scored = match (score(risk), is_escalated(risk), risk.rating) {
        (Some(score), Some(true), _) => Cell::stated(format!("■ {score}, escalated"), State::Bad),
        (Some(score), ..) => Cell::text(score.to_string()),
        (None, _, rating) => {
            let word = rating.map_or("not scored", Rating::in_words);
            Cell::typed(word, Spot::Rating(risk.id.clone()), format!("Rating: {}", risk.name))
        }
    };
    let key = Key::of(Sort::Risk, &risk.id);
    let id = || risk.id.clone();
    let of_it = |what: &str| format!("{what}: {}", risk.name);
    let owner = risk.owner.clone().unwrap_or_default();
    Row::Cells(vec![
        Cell::named(risk.name.clone(), key.clone(), &risk.name)
            .sourced(of.scenario, &risk.source)
            .offering([Doing::Remove(key.clone())]),
        figure(risk.likelihood.as_ref(), Spot::Likelihood(id()), of_it("Likelihood")),
        figure(risk.impact.as_ref(), Spot::Impact(id()), of_it("Impact")),
        scored,
        Cell::typed(risk.mitigations.join(BETWEEN), Spot::Mitigations(id()), of_it("Against it")),
        Cell::typed(owner, Spot::Owner(key), of_it("Owner")),
    ])
}
