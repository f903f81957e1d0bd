//! Rules for what surrounds the plan: targets, history, costs and notes.

use std::collections::HashSet;

use super::{Bounds, Findings, Place, check_amount, check_source};

impl Bounds<'_> {
    pub(super) fn check_targets(&self, root: &Place, findings: &mut Findings) {
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

    pub(super) fn check_history(&self, place: &Place, findings: &mut Findings) {
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
            if month.month.next().first_day() > self.scenario.as_of {
                let words = format!(
                    "{} had not ended before {}, when the plan was written; a plan never sees its own future",
                    month.month.in_words(),
                    self.scenario.as_of.in_words()
                );
                findings.error(&place, words);
            }
        }
    }

    pub(super) fn check_costs_and_notes(&self, root: &Place, findings: &mut Findings) {
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
