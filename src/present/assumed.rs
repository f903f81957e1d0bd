//! What is assumed and how sure it is: where each kind of figure comes from.

use super::{BigFigure, Page, Picture, Told, Topic, source};
use crate::chart::{Anchor, Axis, Chart, Layer, Reading, State, Table, Tick, Tone, count};
use crate::scenario::{Figure, Kind, Pathway, Scenario, Scheme, Source, Start};

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
        figures: figures(&rows, &all),
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
    fn add<T>(&mut self, figure: &Figure<T>) {
        match (&figure.source, &figure.was) {
            (Source::Cited { .. }, None) => self.cited += 1,
            (Source::Assumption(_), None) => self.assumed += 1,
            _ => self.entered += 1,
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

/// Kinds of figure, in the order of the chain from pounds to people; those that the plan has any of.
fn rows(scenario: &Scenario) -> Vec<(&'static str, Origins)> {
    let mut grant = Origins::default();
    scenario.fund.grant.iter().for_each(|(_, figure)| grant.add(figure));
    let (mut money, mut bound, mut sizes, mut timing) =
        (Origins::default(), Origins::default(), Origins::default(), Origins::default());
    for scheme in &scenario.schemes {
        of_scheme(scheme, [&mut money, &mut bound, &mut sizes, &mut timing]);
    }
    let (mut delayed, mut flow) = (Origins::default(), Origins::default());
    for pathway in &scenario.pathways {
        delayed.add(&pathway.waiting);
        of_pathway(pathway, &mut flow);
    }
    let mut targets = Origins::default();
    scenario.targets.iter().for_each(|target| targets.add(&target.at_most));
    let rows = [
        ("Grant", grant),
        ("Allocations", money),
        ("Committed years", bound),
        ("Sizes of effects", sizes),
        ("Timing of effects", timing),
        ("People delayed at the start", delayed),
        ("Referrals, places, stays", flow),
        ("Targets", targets),
    ];
    rows.into_iter().filter(|(_, of)| of.all() > 0).collect()
}

fn of_scheme(scheme: &Scheme, [money, bound, sizes, timing]: [&mut Origins; 4]) {
    scheme.allocations.iter().for_each(|(_, figure)| money.add(figure));
    bound.add(&scheme.commitment.years);
    for effect in &scheme.effects {
        sizes.add(&effect.size);
        sizes.add(&effect.per);
        sizes.add(&effect.most);
        if let Start::On(date) = &effect.start {
            timing.add(date);
        }
        timing.add(&effect.ramp_days);
        timing.add(&effect.fade_days);
        if let Some(renewal) = &effect.renewal {
            timing.add(&renewal.ends);
        }
    }
    scheme.milestones.iter().for_each(|milestone| timing.add(&milestone.due));
}

fn of_pathway(pathway: &Pathway, flow: &mut Origins) {
    flow.add(&pathway.referrals);
    flow.add(&pathway.growth);
    flow.add(&pathway.attribution);
    match &pathway.kind {
        Kind::Process { days } => flow.add(days),
        Kind::Service(service) => {
            for figure in [&service.places, &service.delivery, &service.stay_days, &service.weekend, &service.attrition]
            {
                flow.add(figure);
            }
        }
    }
}

/// `31 of 120 figures come from a paper; of 30 about the sizes of effects, 2 do`.
fn title(rows: &[(&str, Origins)], all: &Origins) -> String {
    let total =
        format!("{} of the plan’s {} figures come from its papers", count(all.cited as f64), count(all.all() as f64));
    match rows.iter().find(|(name, _)| *name == "Sizes of effects") {
        Some((_, sizes)) if sizes.cited == 0 => format!("{total}; how large effects are is all assumed"),
        Some((_, sizes)) => format!("{total}; of {} on how large effects are, {} do", sizes.all(), sizes.cited),
        None => total,
    }
}

fn figures(rows: &[(&str, Origins)], all: &Origins) -> Vec<BigFigure> {
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
    } else if let Some((_, grant)) = rows.iter().find(|(name, grant)| *name == "Grant" && grant.assumed > 0) {
        let words = format!("of {} years’ grants assumed", grant.all());
        figures.push(BigFigure { state: State::Watch, ..plain(grant.assumed, &words) });
    }
    figures
}

fn chart(rows: &[(&'static str, Origins)]) -> Chart {
    let mut layers = Vec::new();
    let most = rows.iter().map(|(_, of)| of.all()).max().unwrap_or(1).max(1) as f64;
    for (at, (name, of)) in rows.iter().enumerate() {
        let row = -(at as f64);
        let mut from = 0.0;
        for (figures, tone, hatched) in
            [(of.cited, Tone::Plan, false), (of.assumed, Tone::Warning, true), (of.entered, Tone::Ink, true)]
        {
            if figures > 0 {
                let to = from + figures as f64;
                layers.push(Layer::Bar {
                    label: (*name).to_owned(),
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
    let ticks = rows.iter().enumerate().map(|(at, (name, _))| Tick { at: -(at as f64), label: (*name).to_owned() });
    Chart {
        name: "Where figures come from",
        title: String::new(),
        subtitle: String::new(),
        x: Axis { from: 0.0, to: most * 1.25, ticks: Vec::new(), grid: false },
        y: Axis { from: 0.5 - rows.len() as f64, to: 0.5, ticks: ticks.collect(), grid: false },
        layers,
        readings: rows.iter().enumerate().map(|(at, (name, of))| reading(-(at as f64), name, of)).collect(),
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

fn table(rows: &[(&str, Origins)]) -> Table {
    let columns = ["Figures", "From a paper", "Assumed", "Entered here"].map(str::to_owned).into();
    let figures = |of: &Origins| [of.cited, of.assumed, of.entered].map(|figures| count(figures as f64));
    let row = |(name, of): &(&str, Origins)| std::iter::once((*name).to_owned()).chain(figures(of)).collect();
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
