//! What is assumed and how sure it is: where each kind of figure comes from.

use super::{BigFigure, Page, Picture, Told, Topic, source};
use crate::chart::{Anchor, Axis, Chart, Layer, Reading, State, Table, Tick, Tone, count};
use crate::scenario::sourced::{self, About, Known};
use crate::scenario::{Scenario, Source};

/// Half the height of a bar, in rows.
const HALF_BAR: f64 = 0.34;

pub(super) fn page(told: &Told<'_>) -> Page {
    let scenario = told.now.scenario;
    let rows = rows(scenario);
    let all = rows.iter().fold(Origins::default(), |sum, (_, of)| sum.and(of));
    Page {
        topic: Topic::Assumed,
        title: title(&rows, &all),
        subtitle:
            "How many of the plan’s figures a paper gives (solid), and how many are assumed or entered here (hatched)"
                .to_owned(),
        figures: figures(scenario, &all),
        notes: notes(scenario),
        picture: Picture::Chart(Box::new(chart(&rows))),
    }
}

/// How many figures come from where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Origins {
    cited: usize,
    assumed: usize,
    entered: usize,
}

impl Origins {
    /// A figure that was moved in the planner is no paper's any more.
    fn add(&mut self, known: Known) {
        match known {
            Known::Cited => self.cited += 1,
            Known::Assumed => self.assumed += 1,
            Known::Entered | Known::Moved => self.entered += 1,
        }
    }

    fn and(self, other: &Self) -> Self {
        Self {
            cited: self.cited + other.cited,
            assumed: self.assumed + other.assumed,
            entered: self.entered + other.entered,
        }
    }

    fn all(&self) -> usize {
        self.cited + self.assumed + self.entered
    }
}

/// What figures are about, in the order of the chain from pounds to people, with every figure counted once; what the plan
/// has no figure of is left out.
fn rows(scenario: &Scenario) -> Vec<(About, Origins)> {
    let mut rows = About::ALL.map(|about| (about, Origins::default()));
    for (about, known) in sourced::origins(scenario) {
        rows.iter_mut().filter(|(row, _)| *row == about).for_each(|(_, of)| of.add(known));
    }
    rows.into_iter().filter(|(_, of)| of.all() > 0).collect()
}

/// `31 of 120 figures come from a paper; of 30 about the sizes of effects, 2 do`.
fn title(rows: &[(About, Origins)], all: &Origins) -> String {
    let total =
        format!("{} of the plan’s {} figures come from its papers", count(all.cited as f64), count(all.all() as f64));
    match rows.iter().find(|(about, _)| *about == About::EffectSizes) {
        Some((_, sizes)) if sizes.cited == 0 => format!("{total}; how large effects are is all assumed"),
        Some((_, sizes)) => format!("{total}; of {} on how large effects are, {} do", sizes.all(), sizes.cited),
        None => total,
    }
}

fn figures(scenario: &Scenario, all: &Origins) -> Vec<BigFigure> {
    let plain = |value: usize, words: &str| BigFigure {
        value: count(value as f64),
        words: words.to_owned(),
        was: None,
        state: State::Plain,
    };
    let mut figures =
        vec![plain(all.cited, "figures from the papers"), plain(all.assumed, "assumed, each with its reason")];
    if all.entered > 0 {
        figures.push(plain(all.entered, "entered or moved in the planner"));
        return figures;
    }
    let grants = || scenario.fund.grant.iter().map(|(_, grant)| &grant.source);
    let assumed = grants().filter(|source| matches!(source, Source::Assumption(_))).count();
    if assumed > 0 {
        let words = format!("of {} years’ grants assumed", grants().count());
        figures.push(BigFigure { state: State::Watch, ..plain(assumed, &words) });
    }
    figures
}

fn chart(rows: &[(About, Origins)]) -> Chart {
    let mut layers = Vec::new();
    let most = rows.iter().map(|(_, of)| of.all()).max().unwrap_or(1).max(1) as f64;
    for (at, (about, of)) in rows.iter().enumerate() {
        let row = -(at as f64);
        let mut from = 0.0;
        for (figures, tone, hatched) in
            [(of.cited, Tone::Plan, false), (of.assumed, Tone::Warning, true), (of.entered, Tone::Ink, true)]
        {
            if figures > 0 {
                let to = from + figures as f64;
                layers.push(Layer::Bar {
                    label: about.in_words().to_owned(),
                    tone,
                    from: [from, row - HALF_BAR],
                    to: [to, row + HALF_BAR],
                    hatched,
                });
                from = to;
            }
        }
        let text = format!("{} of {}", of.cited, of.all());
        layers.push(Layer::Words {
            text,
            at: [from, row],
            room: None,
            anchor: Anchor::Right,
            tone: Tone::Ink,
            strong: true,
        });
    }
    let ticks =
        rows.iter().enumerate().map(|(at, (about, _))| Tick { at: -(at as f64), label: about.in_words().to_owned() });
    Chart {
        name: "Where figures come from",
        title: String::new(),
        subtitle: String::new(),
        x: Axis { from: 0.0, to: most * 1.25, ticks: Vec::new(), grid: false },
        y: Axis { from: 0.5 - rows.len() as f64, to: 0.5, ticks: ticks.collect(), grid: false },
        layers,
        readings: rows
            .iter()
            .enumerate()
            .map(|(at, (about, of))| reading(-(at as f64), about.in_words(), of))
            .collect(),
        table: table(rows),
    }
}

fn reading(row: f64, name: &str, of: &Origins) -> Reading {
    let line = |name: &str, figures: usize| (name.to_owned(), count(figures as f64));
    Reading {
        x: [f64::NEG_INFINITY, f64::INFINITY],
        y: Some([row - 0.5, row + 0.5]),
        title: name.to_owned(),
        lines: vec![line("From a paper", of.cited), line("Assumed", of.assumed), line("Entered here", of.entered)],
    }
}

fn table(rows: &[(About, Origins)]) -> Table {
    let columns = ["Figures", "From a paper", "Assumed", "Entered here"].map(str::to_owned).into();
    let figures = |of: &Origins| [of.cited, of.assumed, of.entered].map(|figures| count(figures as f64));
    let row =
        |(about, of): &(About, Origins)| std::iter::once(about.in_words().to_owned()).chain(figures(of)).collect();
    Table { columns, rows: rows.iter().map(row).collect() }
}

/// What is assumed, in full: the grants first, then effects.
fn notes(scenario: &Scenario) -> Vec<String> {
    let assumed = |of: &Source| matches!(of, Source::Assumption(_));
    let grants = scenario.fund.grant.iter().filter(|(_, grant)| assumed(&grant.source));
    let mut notes: Vec<String> =
        grants.map(|(year, grant)| format!("Grant of {year}: {}", source(scenario, &grant.source))).collect();
    for scheme in &scenario.schemes {
        let effects = scheme.effects.iter().filter(|effect| assumed(&effect.size.source));
        notes.extend(effects.map(|effect| format!("{}: {}", scheme.name, source(scenario, &effect.size.source))));
    }
    notes
}
