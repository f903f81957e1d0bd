//! Rules for what surrounds the plan: targets, history, outturn, costs and notes.

use std::collections::HashSet;

use super::{Bounds, Findings, Place, check_amount, check_source};
use crate::scenario::MonthOfOutturn;

/// The most people delayed on average over a month that are taken for meant: as many as may wait on day 0.
const MOST_DELAYED: u32 = 1_000_000;

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

    /// A month may be missing from an outturn, unlike from history: each is held against the forecast by itself.
    pub(super) fn check_outturn(&self, place: &Place, findings: &mut Findings) {
        let known = self.scenario.history.months.last().map(|month| month.month);
        for (at, outturn) in self.scenario.outturn.iter().enumerate() {
            let place = place.item(at);
            let month = outturn.month;
            let mut error =
                |words: &str| findings.error(&place.field("month"), format!("{} {words}", month.in_words()));
            if known.is_some_and(|known| month <= known) {
                error("is no later than the last month of the history; an outturn came after it, so take it out here");
            } else if at > 0 && month <= self.scenario.outturn[at - 1].month {
                error("does not come after the month before it; keep months in order, each once");
            }
            if !self.horizon.contains(month.first_day()) {
                error("lies outside the plan, where no forecast can be held against it; take it out");
            }
            check_source(self.scenario, &outturn.delayed_days.source, &place.field("delayed_days"), findings);
            check_days(outturn, &place, findings);
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

/// Delayed days within reason, and every split of them whole.
fn check_days(outturn: &MonthOfOutturn, place: &Place, findings: &mut Findings) {
    let days = &outturn.delayed_days;
    for value in std::iter::once(days.value).chain(days.was) {
        if value / u32::from(outturn.month.days()) >= MOST_DELAYED {
            let words = format!("{value} delayed days are over a million people; look for a slip");
            findings.error(&place.field("delayed_days"), words);
        }
    }
    let by_responsible = outturn.responsible.map(|responsible| (responsible.delayed_days(), "responsibility"));
    let by_reason: u64 = outturn.reasons.values().map(|days| u64::from(*days)).sum();
    let by_reason = (!outturn.reasons.is_empty()).then_some((by_reason, "reason"));
    for (sum, split) in by_responsible.into_iter().chain(by_reason) {
        if sum != u64::from(outturn.published()) {
            let words = format!(
                "{}: days by {split} sum to {sum}, where {} are published; one of them is mistyped",
                outturn.month.in_words(),
                outturn.published()
            );
            findings.error(place, words);
        }
    }
}
