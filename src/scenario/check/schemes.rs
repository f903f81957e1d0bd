//! Rules for schemes: their money by year, their commitments, and what their effects may say.

use super::{Bounds, Findings, Place, check_amount, check_between, check_source, quantity};
use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::scenario::{Change, Effect, Figure, Kind, Milestone, Quantity, Range, Renewal, Scheme, Start};

impl Bounds<'_> {
    pub(super) fn check_scheme(&self, scheme: &Scheme, place: &Place, findings: &mut Findings) {
        for (year, amount) in scheme.allocations.iter() {
            let place = place.field("allocations").key(year);
            self.check_year(year, &place, findings);
            check_amount(amount, "the allocation", &place, findings);
            check_source(self.scenario, &amount.source, &place, findings);
        }
        let commitment = place.field("commitment");
        let years = &scheme.commitment.years;
        for &year in &years.value {
            self.check_year(year, &commitment.field("years"), findings);
            if scheme.allocation(year).is_zero() {
                findings
                    .warning(&commitment, format!("{} is committed in {year} but has no money that year", scheme.name));
            }
        }
        check_source(self.scenario, &years.source, &commitment.field("years"), findings);
        for (at, milestone) in scheme.milestones.iter().enumerate() {
            let place = place.field("milestones").item(at);
            check_source(self.scenario, &milestone.due.source, &place.field("due"), findings);
            check_followed(scheme, milestone, &place.field("after"), findings);
        }
        for (at, effect) in scheme.effects.iter().enumerate() {
            self.check_effect(scheme, effect, &place.field("effects").item(at), findings);
        }
        if let Some(risk) = &scheme.delivery_risk {
            let place = place.field("delivery_risk");
            check_bounds(&risk.slip_days, "3660", "days late", &place.field("slip_days"), findings);
            check_source(self.scenario, &risk.slip_days.source, &place.field("slip_days"), findings);
            check_bounds(&risk.delivered, "1", "a share delivered", &place.field("delivered"), findings);
            check_source(self.scenario, &risk.delivered.source, &place.field("delivered"), findings);
        }
        check_paid_before_start(scheme, &place.field("allocations"), findings);
    }

    /// Every sum of the ledger stays within these: what is committed, left or short in a year is no more than that
    /// year's allocations, or than the grants, of which ten of the largest come to the bound of [`Money`].
    pub(super) fn check_sums(&self, place: &Place, findings: &mut Findings) {
        let mut years = Vec::new();
        for (year, _) in self.scenario.fund.grant.iter() {
            match Money::total(self.scenario.schemes.iter().map(|scheme| scheme.allocation(year))) {
                Ok(total) => years.push(total),
                Err(_) => findings.error(place, too_much(&format!("the allocations of {year}"))),
            }
        }
        if Money::total(years).is_err() {
            findings.error(place, too_much("the allocations of all years together"));
        }
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
                if !effect.change.is_in(&pathway.kind) {
                    let process = matches!(pathway.kind, Kind::Process { .. });
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
        if let Some(id) = effect.whole_after.as_ref().filter(|id| scheme.milestone(id).is_none()) {
            let words =
                format!("the effect is whole after “{id}”, which is not among the scheme's milestones; correct the id");
            findings.error(&place.field("whole_after"), words);
        }
        if let Some(renewal) = &effect.renewal {
            let (Renewal { ends, with }, place) = (renewal, place.field("renewal"));
            if scheme.milestone(with).is_none() {
                let words = format!(
                    "the effect is renewed with “{with}”, which is not among the scheme's milestones; correct the id"
                );
                findings.error(&place.field("with"), words);
            }
            check_source(self.scenario, &ends.source, &place.field("ends"), findings);
        }
        match (&effect.start, scheme.start_of(effect)) {
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
}

/// Money given in a year that ends before the first of its effects begins buys nothing.
fn check_paid_before_start(scheme: &Scheme, place: &Place, findings: &mut Findings) {
    let starts = scheme.effects.iter().filter_map(|effect| scheme.start_of(effect));
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

fn too_much(what: &str) -> String {
    format!("{what} come to more than £100,000,000,000, the most that the planner holds; look for a slip")
}

fn check_range(change: Change, size: &Figure<Range>, place: &Place, findings: &mut Findings) {
    let most = if change == Change::Places { "1000000" } else { "0.95" };
    check_bounds(size, most, "an effect", place, findings);
}

/// Low, central and high in that order, none below 0 or above `most`.
fn check_bounds(range: &Figure<Range>, most: &str, what: &str, place: &Place, findings: &mut Findings) {
    let most = quantity(most);
    for Range { low, central, high } in std::iter::once(range.value).chain(range.was) {
        if !(low <= central && central <= high) {
            findings.error(place, format!("low {low}, central {central}, high {high} are out of order; sort them"));
        }
        if low < Quantity::ZERO || high > most {
            findings.error(place, format!("{what} from {low} to {high}; keep it between 0 and {most}"));
        }
    }
}

/// A milestone follows another of the same scheme, and in the end one that follows none.
fn check_followed(scheme: &Scheme, milestone: &Milestone, place: &Place, findings: &mut Findings) {
    let Some(id) = &milestone.after else { return };
    if scheme.milestone(id).is_none() {
        let words = format!("it follows “{id}”, which is not among the scheme's milestones; correct the id");
        findings.error(place, words);
    } else if scheme.hangs_on(id, &milestone.id) {
        findings.error(place, format!("it follows “{id}”, which follows it; let one of them follow none"));
    }
}
