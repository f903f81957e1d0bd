//! Which file format a scenario needs. A format's number is a promise: a planner that reads it knows all that may stand in
//! such a file.

use super::Scenario;

/// The newest file format, which this build reads and writes. The second number of the planner's version is the same, so
/// that a refusal can name the version that a newer file needs.
pub const FORMAT: u32 = 2;

/// Something that a format added: the format, what people call it, and whether a scenario has any.
type Added = (u32, &'static str, fn(&Scenario) -> bool);

/// All that was added since format 1. Whatever a scenario gains from here on stands here too.
const ADDED: [Added; 4] = [
    (2, "kept states", |plan| !plan.bookmarks.is_empty()),
    (2, "what the papers report around the plan", |plan| !plan.context.is_empty()),
    (2, "milestones that follow others", |plan| {
        plan.schemes.iter().any(|scheme| {
            scheme.milestones.iter().any(|milestone| milestone.after.is_some())
                || scheme.effects.iter().any(|effect| effect.whole_after.is_some())
        })
    }),
    (2, "contracts that end and are renewed", |plan| {
        plan.schemes.iter().any(|scheme| scheme.effects.iter().any(|effect| effect.renewal.is_some()))
    }),
];

impl Scenario {
    /// The oldest format that has room for all that the scenario says. It is the one that the scenario is written in, so
    /// that colleagues with an older planner can open every plan that uses nothing newer.
    pub fn oldest_format(&self) -> u32 {
        self.added().map(|(format, _)| format).max().unwrap_or(1)
    }

    /// What the scenario has that a format has no room for, as people call it.
    pub fn newer_than(&self, format: u32) -> Vec<&'static str> {
        self.added().filter(|(added, _)| *added > format).map(|(_, words)| words).collect()
    }

    fn added(&self) -> impl Iterator<Item = (u32, &'static str)> {
        ADDED.into_iter().filter(|(_, _, has)| has(self)).map(|(format, words, _)| (format, words))
    }
}
