//! Two scenarios compared and three merged, figure by figure, in words fit for an e-mail and as data.
//!
//! There is one walk over all that a scenario says (`fields`), and it always goes through three versions: a base, mine
//! and theirs. What only they changed is taken; what both changed differently is a conflict, where mine stays until a
//! person chooses. Comparing is the case where mine is the base: whatever is taken is a difference. So no field can be
//! merged and not compared, and a field that is added to a scenario does not compile until the walk goes through it.
//!
//! A figure goes with its source as one; whatever stands in a list is known by its id, its month, or its likeness.

use super::check::{self, Finding, Place, Severity};
use super::{Area, Id, Scenario};
use crate::calendar::FinancialYear;

mod context;
mod fields;
mod lists;
mod said;
mod walk;

#[cfg(test)]
mod tests;

pub use said::Said;
use walk::Walk;

/// What differs between two scenarios.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Each difference, those of one [`About::heading`] together; none where the scenarios are equal.
    pub differences: Vec<Difference>,
}

/// One thing that was added, removed or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where in the scenario, items by their ids: `schemes["care-home-beds"].allocations["2017/18"]`.
    pub place: Place,
    /// What it belongs to.
    pub about: About,
    /// The financial year that it is about, if it is one.
    pub year: Option<FinancialYear>,
    /// What differs: `Care-home beds 2017/18`.
    pub name: String,
    /// What was said before; nothing if it was added.
    pub before: Option<Said>,
    /// What is said after; nothing if it was removed.
    pub after: Option<Said>,
    /// All of it, in words: `Care-home beds 2017/18: £900,000 → £650,000 (−£250,000)`.
    pub words: String,
}

impl Difference {
    /// All that both sides say, where the words leave something out.
    pub fn in_full(&self) -> Option<String> {
        let side = |when: &str, said: &Option<Said>| said.as_ref().map(|said| format!("\n{when}: {said}"));
        let sides = [side("Before", &self.before), side("After", &self.after)].map(Option::unwrap_or_default);
        self.words.contains('…').then(|| format!("{}{}", self.name, sides.concat()))
    }
}

/// What a figure belongs to, in the order in which differences are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The plan as a whole.
    Plan,
    /// The fund and its grant.
    Fund,
    /// A scheme.
    Scheme {
        /// Its id.
        id: Id,
        /// As people call it.
        name: String,
        /// The area it belongs to; where that changed, the one before.
        area: Area,
    },
    /// A list's own order, and nothing in it.
    Schemes,
    /// A pathway.
    Pathway {
        /// Its id.
        id: Id,
        /// As people call it.
        name: String,
    },
    /// The pathways' order.
    Pathways,
    /// The targets.
    Targets,
    /// The published months that the plan knows, and how they are recorded.
    History,
    /// The published months since.
    Outturn,
    /// What the papers report around the plan.
    Context,
    /// What things cost.
    Costs,
    /// What a reader should know.
    Notes,
    /// The papers that figures cite.
    Papers,
}

impl About {
    /// What differences are grouped under: schemes under their area.
    pub fn heading(&self) -> String {
        match self {
            Self::Scheme { area, .. } => area.to_string(),
            _ => self.words().to_owned(),
        }
    }

    fn words(&self) -> &'static str {
        match self {
            Self::Plan => "The plan",
            Self::Fund => "Fund and grant",
            Self::Scheme { .. } | Self::Schemes => "Schemes",
            Self::Pathway { .. } | Self::Pathways => "Pathways",
            Self::Targets => "Targets",
            Self::History => "Published months",
            Self::Outturn => "Outturn",
            Self::Context => "Around the plan",
            Self::Costs => "Costs",
            Self::Notes => "Notes",
            Self::Papers => "Papers",
        }
    }

    /// Where its differences stand among the others.
    fn rank(&self) -> (u8, Option<Area>) {
        match self {
            Self::Plan => (0, None),
            Self::Fund => (1, None),
            Self::Scheme { area, .. } => (2, Some(*area)),
            Self::Schemes => (3, None),
            Self::Pathway { .. } | Self::Pathways => (4, None),
            Self::Targets => (5, None),
            Self::History => (6, None),
            Self::Outturn => (7, None),
            Self::Context => (8, None),
            Self::Costs => (9, None),
            Self::Notes => (10, None),
            Self::Papers => (11, None),
        }
    }
}

/// Whose figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// One's own.
    Mine,
    /// The other's.
    Theirs,
}

/// The same figure, changed differently on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where; see [`Difference::place`]. It names the conflict when a side is chosen.
    pub place: Place,
    /// What it belongs to.
    pub about: About,
    /// The financial year that it is about, if it is one.
    pub year: Option<FinancialYear>,
    /// What is in conflict: `Care-home beds 2017/18`.
    pub name: String,
    /// What both began with; nothing if both added it.
    pub base: Option<Said>,
    /// What it is on one's own side; nothing if it was removed there.
    pub mine: Option<Said>,
    /// What it is on the other side; nothing if it was removed there.
    pub theirs: Option<Said>,
    /// What one's own side did, from the base: `£900,000 → £650,000 (−£250,000)`, or `removed`.
    pub mine_in_words: String,
    /// What the other side did.
    pub theirs_in_words: String,
    /// Which of the two the merged scenario has.
    pub taken: Side,
}

/// Two people's work on the same scenario, together.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The scenario with both sides' changes.
    pub scenario: Scenario,
    /// What was taken over from the other side, chosen conflicts left aside.
    pub taken_from_theirs: Vec<Difference>,
    /// What both changed differently.
    pub conflicts: Vec<Conflict>,
    /// Why the merged scenario can't be used as it is: rules that each side keeps and both together break.
    pub errors: Vec<Finding>,
}

/// What was added, removed and changed from `before` to `after`; nothing if they are equal.
pub fn compare(before: &Scenario, after: &Scenario) -> Comparison {
    let mut walk = Walk::new([before, before, after], &[]);
    fields::scenario(&mut walk);
    Comparison { differences: walk.taken() }
}

/// Brings two people's changes to `base` together. In a conflict, mine stands.
pub fn merge(base: &Scenario, mine: &Scenario, theirs: &Scenario) -> Merged {
    merge_choosing(base, mine, theirs, &[])
}

/// The same, where a person has chosen theirs for the conflicts at some places.
pub fn merge_choosing(base: &Scenario, mine: &Scenario, theirs: &Scenario, choose_theirs: &[Place]) -> Merged {
    let mut walk = Walk::new([base, mine, theirs], choose_theirs);
    let scenario = fields::scenario(&mut walk);
    let findings = check::check(&scenario);
    let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
    let (taken_from_theirs, conflicts) = walk.found();
    Merged { scenario, taken_from_theirs, conflicts, errors }
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// The differences under their headings, in the order told.
    pub fn groups(&self) -> Vec<(String, &[Difference])> {
        grouped(&self.differences)
    }
}

/// Differences under their headings, in the order told.
pub fn grouped(differences: &[Difference]) -> Vec<(String, &[Difference])> {
    let groups = differences.chunk_by(|one, next| one.about.heading() == next.about.heading());
    groups.filter_map(|group| Some((group.first()?.about.heading(), group))).collect()
}
