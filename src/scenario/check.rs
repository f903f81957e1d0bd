//! The rules that a scenario must meet. Errors refuse it; warnings show beside the figures they are about.

use std::collections::HashSet;
use std::fmt;

use super::{Figure, Id, Quantity, Scenario, Source};
use crate::calendar::{FinancialYear, Horizon};
use crate::money::Money;

pub use texts::{LONGEST_NAME, LONGEST_TEXT};

mod bookmarks;
mod context;
mod pathways;
mod schemes;
mod surroundings;
mod texts;

#[cfg(test)]
mod tests;

/// The most schemes, pathways, effects of one scheme, and years that a scenario may have.
pub const MOST_SCHEMES: usize = 5_000;
/// See [`MOST_SCHEMES`].
pub const MOST_PATHWAYS: usize = 1_000;
/// See [`MOST_SCHEMES`].
pub const MOST_EFFECTS: usize = 100;
/// See [`MOST_SCHEMES`].
pub const MOST_YEARS: usize = 10;

/// The most prices, and the most published months, that a scenario may have.
const MOST_COSTS: usize = 1_000;
/// See [`MOST_COSTS`].
const MOST_MONTHS: usize = 1_200;

/// The largest allocation or grant of one year that is taken for meant: ten billion pounds.
const ABSURD_POUNDS: i64 = 10_000_000_000;
/// Shares that should sum to 1 may miss it by this much, in rounding.
const ROUNDING: &str = "0.0005";

/// Something that a rule has to say about a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether the scenario is refused for it.
    pub severity: Severity,
    /// What it is about.
    pub place: Place,
    /// What is wrong, naming the figure, and what to do.
    pub words: String,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario can't be used.
    Error,
    /// It can, but look at this.
    Warning,
}

/// A way into a scenario, from the whole to one figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(pub Vec<Step>);

/// One step of a [`Place`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A named field.
    Field(&'static str),
    /// The item so far down a list.
    Item(usize),
    /// A key of a map, such as a year.
    Key(String),
}

impl Place {
    pub(super) fn field(&self, name: &'static str) -> Self {
        self.step(Step::Field(name))
    }
    pub(super) fn item(&self, index: usize) -> Self {
        self.step(Step::Item(index))
    }
    pub(super) fn key(&self, key: impl fmt::Display) -> Self {
        self.step(Step::Key(key.to_string()))
    }
    fn step(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// `schemes[3].allocations["2017/18"]`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if at == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
                Step::Key(key) => write!(f, "[\"{key}\"]")?,
            }
        }
        Ok(())
    }
}

/// All findings, errors first, otherwise in the order of the file.
pub fn check(scenario: &Scenario) -> Vec<Finding> {
    let mut findings = Findings::default();
    let root = Place::default();
    check_counts(scenario, &root, &mut findings);
    if findings.found_error() {
        return findings.sorted(); // too large to look further
    }
    check_ids(scenario, &root, &mut findings);
    texts::check_texts(scenario, &root, &mut findings);
    check_fund(scenario, &root.field("fund"), &mut findings);
    if findings.found_error() {
        return findings.sorted(); // without a sound horizon, dates can't be judged
    }
    let bounds = Bounds { scenario, horizon: scenario.horizon() };
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        bounds.check_scheme(scheme, &root.field("schemes").item(at), &mut findings);
    }
    bounds.check_sums(&root.field("schemes"), &mut findings);
    for (at, pathway) in scenario.pathways.iter().enumerate() {
        bounds.check_pathway(pathway, &root.field("pathways").item(at), &mut findings);
    }
    bounds.check_reasons(&root, &mut findings);
    bounds.check_targets(&root, &mut findings);
    if let Some(recording) = &scenario.recording {
        let place = root.field("recording");
        bounds.check_quantity(recording, "0", "2", "the noise in published months", &place, &mut findings);
    }
    bounds.check_history(&root.field("history"), &mut findings);
    bounds.check_outturn(&root.field("outturn"), &mut findings);
    bookmarks::check_bookmarks(scenario, &root.field("bookmarks"), &mut findings);
    context::check_context(scenario, &root.field("context"), &mut findings);
    bounds.check_costs_and_notes(&root, &mut findings);
    findings.sorted()
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn error(&mut self, place: &Place, words: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Error, place: place.clone(), words: words.into() });
    }
    fn warning(&mut self, place: &Place, words: impl Into<String>) {
        self.0.push(Finding { severity: Severity::Warning, place: place.clone(), words: words.into() });
    }
    fn found_error(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Error)
    }
    fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.severity);
        self.0
    }
}

fn check_counts(scenario: &Scenario, root: &Place, findings: &mut Findings) {
    let mut most = |name: &'static str, count: usize, most: usize| {
        if count > most {
            findings
                .error(&root.field(name), format!("{count} {name}: the planner holds at most {most}; split the file"));
        }
    };
    most("schemes", scenario.schemes.len(), MOST_SCHEMES);
    most("pathways", scenario.pathways.len(), MOST_PATHWAYS);
    most("papers", scenario.papers.len(), 1_000);
    most("targets", scenario.targets.len(), 120);
    most("notes", scenario.notes.len(), 10_000);
    for (list, name, count, most) in [
        ("costs", "others", scenario.costs.others.len(), MOST_COSTS),
        ("history", "months", scenario.history.months.len(), MOST_MONTHS),
    ] {
        if count > most {
            let place = root.field(list).field(name);
            findings.error(&place, format!("{count} {name}: the planner holds at most {most}; split the file"));
        }
    }
    let years = scenario.fund.grant.len();
    if years == 0 || years > MOST_YEARS {
        let place = root.field("fund").field("grant");
        findings
            .error(&place, format!("the fund has {years} years; give the grant of 1 to {MOST_YEARS} financial years"));
    }
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        if scheme.effects.len() > MOST_EFFECTS || scheme.milestones.len() > MOST_EFFECTS {
            let place = root.field("schemes").item(at);
            findings.error(&place, format!("more than {MOST_EFFECTS} effects or milestones in one scheme; split it"));
        }
    }
}

fn check_ids(scenario: &Scenario, root: &Place, findings: &mut Findings) {
    check_unique(scenario.papers.iter().map(|paper| &paper.id), &root.field("papers"), "paper", findings);
    check_unique(scenario.schemes.iter().map(|scheme| &scheme.id), &root.field("schemes"), "scheme", findings);
    check_unique(scenario.pathways.iter().map(|pathway| &pathway.id), &root.field("pathways"), "pathway", findings);
    let costs = root.field("costs").field("others");
    check_unique(scenario.costs.others.iter().map(|cost| &cost.id), &costs, "cost", findings);
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        let milestones = root.field("schemes").item(at).field("milestones");
        check_unique(scheme.milestones.iter().map(|milestone| &milestone.id), &milestones, "milestone", findings);
    }
}

fn check_unique<'a>(ids: impl Iterator<Item = &'a Id>, list: &Place, what: &str, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for (at, id) in ids.enumerate() {
        if !seen.insert(id) {
            let place = list.item(at).field("id");
            findings.error(&place, format!("the {what} id “{id}” is used twice; give each {what} its own"));
        }
    }
}

fn check_fund(scenario: &Scenario, place: &Place, findings: &mut Findings) {
    let mut expected: Option<FinancialYear> = None;
    for (year, grant) in scenario.fund.grant.iter() {
        let grant_place = place.field("grant").key(year);
        if expected.is_some_and(|expected| expected != year) {
            findings.error(
                &grant_place,
                format!("the grant skips a year before {year}; give every year, £0 where there is none"),
            );
        }
        expected = Some(year.next());
        check_amount(grant, "the grant", &grant_place, findings);
        check_source(scenario, &grant.source, &grant_place, findings);
    }
    check_source(scenario, &scenario.fund.carries_forward.source, &place.field("carries_forward"), findings);
}

fn check_amount(amount: &Figure<Money>, what: &str, place: &Place, findings: &mut Findings) {
    let most = Money::pounds(ABSURD_POUNDS).unwrap_or_default(); // within the bounds of Money
    for value in std::iter::once(amount.value).chain(amount.was) {
        if value.is_negative() {
            findings.error(place, format!("{what} is {}; write £0 or more", value.exact()));
        } else if value > most {
            findings
                .error(place, format!("{what} is {}; more than {} is taken for a slip", value.exact(), most.exact()));
        }
    }
}

fn check_source(scenario: &Scenario, source: &Source, place: &Place, findings: &mut Findings) {
    match source {
        Source::Cited { paper, at } => {
            if scenario.paper(paper).is_none() {
                findings.error(
                    place,
                    format!("it cites “{paper}”, which is not among the papers; add it there or correct the id"),
                );
            }
            if at.trim().is_empty() {
                findings.error(place, "it cites a paper without saying where in it; give the paragraph or table");
            }
            texts::check_text(at, place, findings);
        }
        Source::Assumption(reason) => {
            if reason.trim().is_empty() {
                findings.error(place, "an assumption without its reason; say why this value was taken");
            }
            texts::check_text(reason, place, findings);
        }
        Source::Entered => {}
    }
}

/// A scenario whose counts and years are sound, while its figures are judged.
struct Bounds<'a> {
    scenario: &'a Scenario,
    horizon: Horizon,
}

impl Bounds<'_> {
    fn check_quantity(
        &self,
        figure: &Figure<Quantity>,
        low: &str,
        high: &str,
        what: &str,
        place: &Place,
        findings: &mut Findings,
    ) {
        check_between(figure, low, high, what, place, findings);
        check_source(self.scenario, &figure.source, place, findings);
    }
}

fn check_between(figure: &Figure<Quantity>, low: &str, high: &str, what: &str, place: &Place, findings: &mut Findings) {
    let (least, most) = (quantity(low), quantity(high));
    for value in std::iter::once(figure.value).chain(figure.was) {
        if value < least || value > most {
            findings.error(place, format!("{what} is {value}; keep it between {low} and {high}"));
        }
    }
}

/// A bound written in this file.
fn quantity(text: &str) -> Quantity {
    text.parse().unwrap_or(Quantity::ZERO) // every bound above is a plain decimal; the tests walk them all
}
