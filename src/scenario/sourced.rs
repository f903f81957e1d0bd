//! Every figure of a scenario with where it came from: cited, assumed and why, entered by hand, or moved. Whoever counts
//! them counts these, so that the board paper, the workbook and a presentation have one count.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::{Figure, Pathway, PathwayFigure, Quantity, Range, Scenario, Scheme, Source, Start};
use crate::calendar::{Date, FinancialYear};
use crate::money::Money;

/// What a figure is about, in the order of the chain from pounds to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What there is in a year, and what becomes of the rest.
    Grant,
    /// What a scheme gets in a year.
    Allocations,
    /// The years that a scheme is bound for.
    CommittedYears,
    /// How much a scheme does, for how much, and at most.
    EffectSizes,
    /// When that begins, grows and ends.
    EffectTiming,
    /// How far chance may take it from what is expected: late starts, drift of referrals, noise of recording.
    Chance,
    /// Who waits on day 0.
    Delayed,
    /// Who comes, who is there, and for how long.
    Flow,
    /// What is to be reached.
    Targets,
    /// What came of it.
    Outturn,
    /// What a day, or anything else, costs.
    Costs,
}

impl About {
    /// All of them, in order.
    pub const ALL: [Self; 11] = [
        Self::Grant,
        Self::Allocations,
        Self::CommittedYears,
        Self::EffectSizes,
        Self::EffectTiming,
        Self::Chance,
        Self::Delayed,
        Self::Flow,
        Self::Targets,
        Self::Outturn,
        Self::Costs,
    ];

    /// As a table's row.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Grant => "Grant",
            Self::Allocations => "Allocations",
            Self::CommittedYears => "Committed years",
            Self::EffectSizes => "Sizes of effects",
            Self::EffectTiming => "Timing of effects",
            Self::Chance => "Late starts, drift, noise",
            Self::Delayed => "People delayed at the start",
            Self::Flow => "Referrals, places, stays",
            Self::Targets => "Targets",
            Self::Outturn => "Outturn",
            Self::Costs => "Costs",
        }
    }
}

/// How a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A paper gives it.
    Cited,
    /// It is assumed, for a reason.
    Assumed,
    /// Somebody typed it.
    Entered,
    /// Somebody moved it away from what its source says.
    Moved,
}

impl Known {
    /// In a word.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Cited => "cited",
            Self::Assumed => "assumed",
            Self::Entered => "entered",
            Self::Moved => "moved",
        }
    }

    fn of<T>(figure: &Figure<T>) -> Self {
        match (&figure.was, &figure.source) {
            (Some(_), _) => Self::Moved,
            (None, Source::Cited { .. }) => Self::Cited,
            (None, Source::Assumption(_)) => Self::Assumed,
            (None, Source::Entered) => Self::Entered,
        }
    }
}

/// A figure in words, with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced {
    /// What it is about.
    pub about: About,
    /// The scheme, pathway or other thing that it is of.
    pub of: String,
    /// What it is called there.
    pub name: String,
    /// What it is.
    pub value: String,
    /// What it was before somebody moved it.
    pub moved_from: Option<String>,
    /// How it is known.
    pub known: Known,
    /// The paper and place, or the reason of an assumption.
    pub source: String,
}

/// Each figure of a scenario, from the grant to costs.
pub fn figures(scenario: &Scenario) -> Vec<Sourced> {
    let mut figures = Vec::new();
    Listing::of(scenario, &mut |_, _, in_words| figures.push(in_words()));
    figures
}

/// The same figures without their words, for whoever counts them in every frame.
pub fn origins(scenario: &Scenario) -> Vec<(About, Known)> {
    let mut origins = Vec::new();
    Listing::of(scenario, &mut |about, known, _| origins.push((about, known)));
    origins
}

/// Is told each figure: what it is about, how it is known, and how to put it in words.
type Put<'a> = &'a mut dyn FnMut(About, Known, &dyn Fn() -> Sourced);

struct Listing<'a> {
    scenario: &'a Scenario,
    /// What the figures put next are about.
    about: About,
    put: Put<'a>,
}

impl<'a> Listing<'a> {
    fn of(scenario: &'a Scenario, put: Put<'a>) {
        let mut listing = Self { scenario, about: About::Grant, put };
        listing.fund();
        scenario.schemes.iter().for_each(|scheme| listing.scheme(scheme));
        scenario.pathways.iter().for_each(|pathway| listing.pathway(pathway));
        listing.people();
        listing.costs();
    }

    fn add<T>(&mut self, of: &str, name: impl Display, figure: &Figure<T>, say: impl Fn(&T) -> String) {
        let (scenario, about, known) = (self.scenario, self.about, Known::of(figure));
        let source = || match &figure.source {
            Source::Assumption(reason) => reason.clone(),
            source => scenario.source_in_words(source),
        };
        let in_words = || Sourced {
            about,
            of: of.to_owned(),
            name: name.to_string(),
            value: say(&figure.value),
            moved_from: figure.was.as_ref().map(&say),
            known,
            source: source(),
        };
        (self.put)(about, known, &in_words);
    }

    fn fund(&mut self) {
        let fund = &self.scenario.fund;
        for (year, grant) in fund.grant.iter() {
            self.add(&fund.name, format_args!("Grant, {year}"), grant, |amount| amount.exact());
        }
        self.add(&fund.name, "What is left carries forward", &fund.carries_forward, |carries| yes_or_no(*carries));
    }

    fn scheme(&mut self, scheme: &Scheme) {
        let name = &scheme.name;
        self.about = About::Allocations;
        for (year, amount) in scheme.allocations.iter() {
            self.add(name, format_args!("Allocation, {year}"), amount, |amount| amount.exact());
        }
        self.about = About::CommittedYears;
        let basis = scheme.commitment.basis.in_words();
        self.add(name, format_args!("Committed years ({basis})"), &scheme.commitment.years, years);
        self.about = About::EffectTiming;
        for milestone in &scheme.milestones {
            self.add(name, format_args!("Milestone: {}", milestone.name), &milestone.due, |day| day.in_words());
        }
        for effect in &scheme.effects {
            let pathway = self.scenario.pathway(&effect.pathway).map_or("", |(_, pathway)| pathway.name.as_str());
            let what = format!("{pathway}: {}", effect.change.in_words());
            self.about = About::EffectSizes;
            self.add(name, format_args!("{what}, size"), &effect.size, range);
            self.add(name, format_args!("{what}, for so many pounds a year"), &effect.per, |amount| {
                Money::exact(*amount)
            });
            self.about = About::EffectTiming;
            if let Start::On(day) = &effect.start {
                self.add(name, format_args!("{what}, from"), day, |day| Date::in_words(*day));
            }
            let ramp = Figure { value: scheme.ramp_of(effect), ..effect.ramp_days.clone() };
            self.add(name, format_args!("{what}, days to ramp up"), &ramp, u16::to_string);
            if let Some(renewal) = &effect.renewal {
                self.add(name, format_args!("{what}, until, and then renewed"), &renewal.ends, |day| {
                    Date::in_words(*day)
                });
            }
            self.add(name, format_args!("{what}, days to fade"), &effect.fade_days, u16::to_string);
            self.about = About::EffectSizes;
            self.add(name, format_args!("{what}, at most"), &effect.most, ToString::to_string);
        }
        if let Some(risk) = &scheme.delivery_risk {
            self.about = About::Chance;
            self.add(name, "Days by which it may start late", &risk.slip_days, range);
            self.add(name, "Share of it that is delivered", &risk.delivered, range);
        }
    }

    fn pathway(&mut self, pathway: &Pathway) {
        let name = &pathway.name;
        self.about = About::Flow;
        self.add(name, "Who is responsible", &pathway.attribution, |shares| {
            let percent = |share: Quantity| format!("{:.1}%", share.to_f64() * 100.0).replace(".0%", "%");
            format!(
                "NHS {}, social care {}, both {}",
                percent(shares.nhs),
                percent(shares.social_care),
                percent(shares.both)
            )
        });
        for which in PathwayFigure::ALL {
            if let Some(figure) = pathway.figure(which) {
                self.about = if which == PathwayFigure::Waiting { About::Delayed } else { About::Flow };
                self.add(name, which.in_words(), figure, ToString::to_string);
            }
        }
        self.about = About::Flow;
        if let Some(seasons) = &pathway.seasons {
            self.add(name, "Seasons, April to March", seasons, |factors| {
                factors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            });
        }
        self.about = About::Chance;
        if let Some(volatility) = &pathway.volatility {
            self.add(name, "Drift of referrals, spread", &volatility.spread, ToString::to_string);
            self.add(name, "Drift of referrals, days", &volatility.persistence_days, ToString::to_string);
        }
    }

    fn people(&mut self) {
        let scenario = self.scenario;
        self.about = About::Chance;
        if let Some(recording) = &scenario.recording {
            self.add("Published months", "Noise of recording", recording, ToString::to_string);
        }
        self.about = About::Targets;
        for target in &scenario.targets {
            let name = format!("At most, {}", target.month.in_words());
            self.add("Target", name, &target.at_most, ToString::to_string);
        }
        self.about = About::Outturn;
        for month in &scenario.outturn {
            let name = format!("Delayed days, {}", month.month.in_words());
            self.add("Outturn", name, &month.delayed_days, u32::to_string);
        }
    }

    fn costs(&mut self) {
        self.about = About::Costs;
        let costs = &self.scenario.costs;
        self.add("Costs", "A delayed day", &costs.delayed_day, |amount| amount.exact());
        for cost in &costs.others {
            self.add("Costs", &cost.name, &cost.amount, |amount| amount.exact());
        }
    }
}

/// `0.15 (0.05 to 0.25)`.
fn range(range: &Range) -> String {
    format!("{} ({} to {})", range.central, range.low, range.high)
}

fn years(years: &BTreeSet<FinancialYear>) -> String {
    if years.is_empty() {
        return "none".to_owned();
    }
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes".to_owned() } else { "no".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;
    use crate::scenario::Edit;
    use crate::scenario::edit::apply;

    #[test]
    fn figures_are_counted_as_they_are_listed_and_what_is_moved_is_no_papers_any_more() {
        let mut scenario = bundled::JULY_2017.open().expect("it is sound").scenario;
        let scheme = scenario.schemes[0].id.clone();
        let year = scenario.horizon().financial_years().next().expect("a year");
        let before = figures(&scenario);
        let amount = "123456.78".parse().expect("money");
        scenario = apply(&scenario, &Edit::SetAllocation { scheme, year, amount }).expect("allowed").scenario;
        let after = figures(&scenario);
        let listed: Vec<_> = after.iter().map(|figure| (figure.about, figure.known)).collect();
        assert_eq!(listed, origins(&scenario));
        let moved: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
        let [(before, after)] = moved.as_slice() else { panic!("one figure was moved, not {}", moved.len()) };
        assert_eq!((before.about, before.known), (About::Allocations, Known::Cited));
        assert_eq!((after.known, after.moved_from.as_ref()), (Known::Moved, Some(&before.value)));
    }

    #[test]
    fn every_kind_of_figure_stands_under_its_own_words() {
        let mut words = About::ALL.map(About::in_words).to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), About::ALL.len());
    }
}
