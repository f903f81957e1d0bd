//! The rules that a scenario must meet. Errors refuse it; warnings show beside the figures they are about.

use std::collections::HashSet;
use std::fmt;

use super::{
    Change, Effect, Figure, Id, Kind, Pathway, Quantity, Range, Reason, Scenario, Scheme, Service, Source, Start,
};
use crate::calendar::{Date, FinancialYear, Horizon};
use crate::money::Money;

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
/// The longest text in a scenario, in bytes.
pub const LONGEST_TEXT: usize = 20_000;

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
    fn field(&self, name: &'static str) -> Self {
        self.step(Step::Field(name))
    }
    fn item(&self, index: usize) -> Self {
        self.step(Step::Item(index))
    }
    fn key(&self, key: impl fmt::Display) -> Self {
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
    check_texts(scenario, &root, &mut findings);
    check_fund(scenario, &root.field("fund"), &mut findings);
    if findings.found_error() {
        return findings.sorted(); // without a sound horizon, dates can't be judged
    }
    let bounds = Bounds { scenario, horizon: scenario.horizon() };
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        bounds.check_scheme(scheme, &root.field("schemes").item(at), &mut findings);
    }
    for (at, pathway) in scenario.pathways.iter().enumerate() {
        bounds.check_pathway(pathway, &root.field("pathways").item(at), &mut findings);
    }
    bounds.check_reasons(&root, &mut findings);
    bounds.check_targets(&root, &mut findings);
    bounds.check_history(&root.field("history"), &mut findings);
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

fn check_texts(scenario: &Scenario, root: &Place, findings: &mut Findings) {
    let mut text = |place: Place, text: &str| {
        if text.len() > LONGEST_TEXT {
            findings.error(&place, format!("a text of {} bytes; shorten it to {LONGEST_TEXT}", text.len()));
        }
    };
    text(root.field("title"), &scenario.title);
    text(root.field("area"), &scenario.area);
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        text(root.field("schemes").item(at).field("name"), &scheme.name);
        text(root.field("schemes").item(at).field("about"), &scheme.about);
    }
    for (at, note) in scenario.notes.iter().enumerate() {
        text(root.field("notes").item(at).field("text"), &note.text);
    }
    if scenario.title.trim().is_empty() {
        findings.error(&root.field("title"), "the scenario has no title; give it one");
    }
    if scenario.area.trim().is_empty() {
        findings.error(&root.field("area"), "the scenario names no area; name the council or area");
    }
    for (at, scheme) in scenario.schemes.iter().enumerate() {
        if scheme.name.trim().is_empty() {
            findings.error(&root.field("schemes").item(at).field("name"), "the scheme has no name; give it one");
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
            if at.trim().is_empty() || at.len() > LONGEST_TEXT {
                findings.error(place, "it cites a paper without saying where in it; give the paragraph or table");
            }
        }
        Source::Assumption(reason) => {
            if reason.trim().is_empty() || reason.len() > LONGEST_TEXT {
                findings.error(place, "an assumption without its reason; say why this value was taken");
            }
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
    fn check_scheme(&self, scheme: &Scheme, place: &Place, findings: &mut Findings) {
        for (year, amount) in scheme.allocations.iter() {
            let place = place.field("allocations").key(year);
            self.check_year(year, &place, findings);
            check_amount(amount, "the allocation", &place, findings);
            check_source(self.scenario, &amount.source, &place, findings);
        }
        let commitment = place.field("commitment");
        for &year in &scheme.commitment.years {
            self.check_year(year, &commitment.field("years"), findings);
            if scheme.allocation(year).is_zero() {
                findings
                    .warning(&commitment, format!("{} is committed in {year} but has no money that year", scheme.name));
            }
        }
        check_source(self.scenario, &scheme.commitment.source, &commitment, findings);
        for (at, milestone) in scheme.milestones.iter().enumerate() {
            let place = place.field("milestones").item(at).field("due");
            check_source(self.scenario, &milestone.due.source, &place, findings);
        }
        for (at, effect) in scheme.effects.iter().enumerate() {
            self.check_effect(scheme, effect, &place.field("effects").item(at), findings);
        }
        check_paid_before_start(scheme, &place.field("allocations"), findings);
    }

    fn check_year(&self, year: FinancialYear, place: &Place, findings: &mut Findings) {
        if self.scenario.fund.grant.get(year).is_none() {
            findings.error(place, format!("{year} lies outside the fund's years; add its grant or remove it"));
        }
    }

    fn check_effect(&self, scheme: &Scheme, effect: &Effect, place: &Place, findings: &mut Findings) {
        match self.scenario.pathway(&effect.pathway) {
            None => {
                let words =
                    format!("the effect is on the pathway “{}”, which does not exist; correct the id", effect.pathway);
                findings.error(&place.field("pathway"), words);
            }
            Some((_, pathway)) => {
                let process = matches!(pathway.kind, Kind::Process { .. });
                let fits = match effect.change {
                    Change::Referrals => true,
                    Change::Process => process,
                    _ => !process,
                };
                if !fits {
                    let kind = if process { "process without places" } else { "service with places" };
                    let words = format!(
                        "{} is a {kind}: “{:?}” can't change in it; choose another",
                        pathway.name, effect.change
                    );
                    findings.error(&place.field("change"), words);
                }
            }
        }
        check_range(effect.change, &effect.size, &place.field("size"), findings);
        check_source(self.scenario, &effect.size.source, &place.field("size"), findings);
        check_amount(&effect.per, "the money behind the effect", &place.field("per"), findings);
        if effect.per.value.is_zero() {
            findings.error(&place.field("per"), "the effect is bought for £0; say for how much money it comes");
        }
        check_source(self.scenario, &effect.per.source, &place.field("per"), findings);
        let most = if effect.change == Change::Places { "1000000" } else { "1" };
        check_between(&effect.most, "0", most, "the most it can reach", &place.field("most"), findings);
        check_source(self.scenario, &effect.most.source, &place.field("most"), findings);
        for (name, days) in [("ramp_days", &effect.ramp_days), ("fade_days", &effect.fade_days)] {
            if days.value > 3_660 {
                findings.error(&place.field(name), format!("{} days is over ten years; shorten it", days.value));
            }
            check_source(self.scenario, &days.source, &place.field(name), findings);
        }
        match (&effect.start, start_of(scheme, effect)) {
            (Start::Milestone(id), None) => findings.error(
                &place.field("start"),
                format!("the effect waits for “{id}”, which is not among the scheme's milestones; correct the id"),
            ),
            (_, Some(start)) if !self.horizon.contains(start) => findings.error(
                &place.field("start"),
                format!(
                    "the effect starts on {start}, outside the plan ({} to {}); move it inside",
                    self.horizon.first_day(),
                    self.horizon.last_day()
                ),
            ),
            _ => {}
        }
        if let Start::On(start) = &effect.start {
            check_source(self.scenario, &start.source, &place.field("start"), findings);
        }
    }

    fn check_pathway(&self, pathway: &Pathway, place: &Place, findings: &mut Findings) {
        let shares = &pathway.attribution.value;
        let total = shares.nhs.decimal() + shares.social_care.decimal() + shares.both.decimal();
        let shares_place = place.field("attribution");
        if (total - Quantity::ONE.decimal()).abs() > quantity(ROUNDING).decimal() {
            let words =
                format!("the shares of NHS, social care and both sum to {}; make them sum to 1", total.normalize());
            findings.error(&shares_place, words);
        }
        if [shares.nhs, shares.social_care, shares.both].iter().any(|share| *share < Quantity::ZERO) {
            findings.error(&shares_place, "a share is below zero; write 0 or more");
        }
        check_source(self.scenario, &pathway.attribution.source, &shares_place, findings);
        self.check_quantity(&pathway.referrals, "0", "100000", "referrals a week", &place.field("referrals"), findings);
        self.check_quantity(&pathway.growth, "-0.9", "5", "growth a year", &place.field("growth"), findings);
        self.check_quantity(
            &pathway.waiting,
            "0",
            "1000000",
            "people delayed on day 0",
            &place.field("waiting"),
            findings,
        );
        if let Some(seasons) = &pathway.seasons {
            self.check_seasons(seasons, &place.field("seasons"), findings);
        }
        let kind = place.field("kind");
        match &pathway.kind {
            Kind::Process { days } => {
                self.check_quantity(days, "1", "3660", "mean days until done", &kind.field("days"), findings);
            }
            Kind::Service(service) => self.check_service(service, &kind, findings),
        }
    }

    fn check_service(&self, service: &Service, place: &Place, findings: &mut Findings) {
        let mut figure = |name: &'static str, figure: &Figure<Quantity>, low: &str, high: &str, what: &str| {
            self.check_quantity(figure, low, high, what, &place.field(name), findings);
        };
        figure("places", &service.places, "0", "1000000", "places");
        figure("delivery", &service.delivery, "0", "1", "the share of places delivered");
        figure("stay_days", &service.stay_days, "1", "3660", "mean stay in days");
        figure("stay_spread", &service.stay_spread, "0.36", "1", "spread of the stay");
        figure("weekend", &service.weekend, "0", "1", "weekend starts as a share of a weekday's");
        figure("attrition", &service.attrition, "0", "0.9", "share of places lost a year");
        if let Some(patience) = &service.patience_days {
            figure("patience_days", patience, "1", "36600", "mean days before leaving another way");
        }
        if let Some(occupied) = &service.occupied {
            figure("occupied", occupied, "0", "1000000", "people in the service on day 0");
        }
        let stages = stages_for_spread(service.stay_spread.value.to_f64());
        if service.stay_days.value.to_f64() < f64::from(stages) {
            let words = format!(
                "a stay of {} days in {stages} equal stages leaves less than a day for each; lengthen it or widen its spread",
                service.stay_days.value
            );
            findings.error(&place.field("stay_days"), words);
        }
    }

    fn check_seasons(&self, seasons: &Figure<Vec<Quantity>>, place: &Place, findings: &mut Findings) {
        let total: f64 = seasons.value.iter().map(|factor| factor.to_f64()).sum();
        let sound = seasons.value.len() == 12 && seasons.value.iter().all(|factor| *factor >= Quantity::ZERO);
        if !sound || (total - 12.0).abs() > 0.006 {
            findings.error(place, "the seasons must be twelve factors, April to March, of 0 or more, averaging 1");
        }
        check_source(self.scenario, &seasons.source, place, findings);
    }

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

    fn check_reasons(&self, root: &Place, findings: &mut Findings) {
        let mut claimed: HashSet<Reason> = HashSet::new();
        for (at, pathway) in self.scenario.pathways.iter().enumerate() {
            for &reason in &pathway.reasons {
                if !claimed.insert(reason) {
                    let place = root.field("pathways").item(at).field("reasons");
                    findings.error(
                        &place,
                        format!("reason {reason:?} is in two pathways; keep it in one, or it counts twice"),
                    );
                }
            }
        }
    }

    fn check_targets(&self, root: &Place, findings: &mut Findings) {
        let mut seen = HashSet::new();
        for (at, target) in self.scenario.targets.iter().enumerate() {
            let place = root.field("targets").item(at);
            if !self.horizon.contains(target.month.first_day()) {
                let words = format!("the target for {} lies outside the plan; move it inside", target.month.in_words());
                findings.error(&place.field("month"), words);
            }
            if !seen.insert(target.month) {
                findings.error(&place.field("month"), format!("{} has two targets; keep one", target.month.in_words()));
            }
            self.check_quantity(&target.at_most, "0", "1000000", "the target", &place.field("at_most"), findings);
        }
    }

    fn check_history(&self, place: &Place, findings: &mut Findings) {
        let history = &self.scenario.history;
        check_source(self.scenario, &history.source, &place.field("source"), findings);
        for (at, month) in history.months.iter().enumerate() {
            let place = place.field("months").item(at);
            let by_reason: u64 = month.reasons.values().map(|days| u64::from(*days)).sum();
            if by_reason != month.delayed_days() {
                let words = format!(
                    "{}: days by reason sum to {by_reason}, by responsibility to {}; one of them is mistyped",
                    month.month.in_words(),
                    month.delayed_days()
                );
                findings.error(&place, words);
            }
            if at > 0 && history.months[at - 1].month.next() != month.month {
                let words = format!(
                    "{} does not follow the month before it; keep months in order without gaps",
                    month.month.in_words()
                );
                findings.error(&place, words);
            }
            if month.month.first_day() > self.scenario.as_of {
                let words = format!(
                    "{} lies after {}, when the plan was written; a plan never sees its own future",
                    month.month.in_words(),
                    self.scenario.as_of.in_words()
                );
                findings.error(&place, words);
            }
        }
    }

    fn check_costs_and_notes(&self, root: &Place, findings: &mut Findings) {
        let costs = root.field("costs");
        let delayed_day = &self.scenario.costs.delayed_day;
        check_amount(delayed_day, "the cost", &costs.field("delayed_day"), findings);
        check_source(self.scenario, &delayed_day.source, &costs.field("delayed_day"), findings);
        for (at, cost) in self.scenario.costs.others.iter().enumerate() {
            let place = costs.field("others").item(at);
            check_amount(&cost.amount, "the cost", &place, findings);
            check_source(self.scenario, &cost.amount.source, &place, findings);
        }
        for (at, note) in self.scenario.notes.iter().enumerate() {
            let place = root.field("notes").item(at);
            check_source(self.scenario, &note.source, &place, findings);
            if let Some(id) = &note.scheme
                && self.scenario.scheme(id).is_none()
            {
                // A warning: what a paper says stays true when the scheme it speaks of is taken out of the plan.
                findings.warning(
                    &place.field("scheme"),
                    format!(
                        "the note speaks of “{id}”, which is not a scheme of the plan; correct the id or leave it out"
                    ),
                );
            }
        }
    }
}

/// Money given in a year that ends before the first of its effects begins buys nothing.
fn check_paid_before_start(scheme: &Scheme, place: &Place, findings: &mut Findings) {
    let starts = scheme.effects.iter().filter_map(|effect| start_of(scheme, effect));
    let Some(start) = starts.min() else { return };
    for (year, amount) in scheme.allocations.iter() {
        if !amount.value.is_zero() && year.last_day() < start {
            let words = format!(
                "{} of {} in {year} buys no effect: the first begins on {}",
                amount.value.exact(),
                scheme.name,
                start.in_words()
            );
            findings.warning(&place.key(year), words);
        }
    }
}

/// The day an effect begins, or nothing if it waits for a milestone that its scheme does not have.
pub fn start_of(scheme: &Scheme, effect: &Effect) -> Option<Date> {
    match &effect.start {
        Start::On(date) => Some(date.value),
        Start::Milestone(id) => scheme.milestone(id).map(|milestone| milestone.due.value),
    }
}

/// How many equal stages give a stay of this coefficient of variation: round(1/cv²), 1 to 8 (MODEL: a gamma
/// distribution of whole shape).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=8 before the cast")]
pub fn stages_for_spread(spread: f64) -> u8 {
    if spread > 0.0 { (1.0 / (spread * spread)).round().clamp(1.0, 8.0) as u8 } else { 8 }
}

fn check_range(change: Change, size: &Figure<Range>, place: &Place, findings: &mut Findings) {
    let most = quantity(if change == Change::Places { "1000000" } else { "0.95" });
    for Range { low, central, high } in std::iter::once(size.value).chain(size.was) {
        if !(low <= central && central <= high) {
            findings.error(place, format!("low {low}, central {central}, high {high} are out of order; sort them"));
        }
        if low < Quantity::ZERO || high > most {
            findings.error(place, format!("an effect from {low} to {high}; keep it between 0 and {most}"));
        }
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
