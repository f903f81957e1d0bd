//! Rules for the states that were kept: names that tell them apart, money within bounds.

use std::collections::HashSet;

use super::{ABSURD_POUNDS, Findings, Place};
use crate::money::Money;
use crate::scenario::Scenario;
use crate::scenario::bookmark::MOST_BOOKMARKS;

pub(super) fn check_bookmarks(scenario: &Scenario, place: &Place, findings: &mut Findings) {
    if scenario.bookmarks.len() > MOST_BOOKMARKS {
        let kept = scenario.bookmarks.len();
        findings.error(place, format!("{kept} kept states: a plan keeps at most {MOST_BOOKMARKS}; remove some"));
        return;
    }
    let most = Money::pounds(ABSURD_POUNDS).unwrap_or_default();
    let mut names = HashSet::new();
    for (at, bookmark) in scenario.bookmarks.iter().enumerate() {
        let place = place.item(at);
        if !names.insert(bookmark.name.as_str()) {
            let words = format!("two kept states are called “{}”; rename one", bookmark.name);
            findings.error(&place.field("name"), words);
        }
        let mut schemes = HashSet::new();
        for (at, kept) in bookmark.schemes.iter().enumerate() {
            let place = place.field("schemes").item(at);
            if !schemes.insert(&kept.scheme) {
                findings.error(&place, format!("“{}” has “{}” twice; keep one", bookmark.name, kept.scheme));
            } else if scenario.scheme(&kept.scheme).is_none() {
                // A warning: the state stays worth keeping when a scheme is taken out of the plan.
                let id = &kept.scheme;
                findings.warning(
                    &place.field("scheme"),
                    format!(
                        "the kept state speaks of “{id}”, which is not a scheme of the plan; its money is left out"
                    ),
                );
            }
            for (year, amount) in kept.allocations.iter() {
                if amount.is_negative() || *amount > most {
                    let words = format!("{} is no allocation; write between £0 and {}", amount.exact(), most.exact());
                    findings.error(&place.field("allocations").key(year), words);
                }
            }
        }
    }
}
