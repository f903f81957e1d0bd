//! Rules for what the papers report around the plan: names, sources and sizes; that partners and amounts go together.
//! What an item says of a scheme or a pathway is a warning where there is none: the paper stays true when the plan changes.

use super::texts::{check_name, check_text};
use super::{Findings, Place, check_amount, check_between, check_source, check_unique};
use crate::money::Money;
use crate::scenario::context::{
    Admissions, ChangeReport, Expenditure, FromForecast, Impact, Indicator, Measure, MoneyAtRisk, Pool, PrintedTotal,
    Purpose, Risk, Trigger, Workstream,
};
use crate::scenario::{ByYear, Figure, Id, Quantity, Scenario};

/// The most items in one list of the context, and in one list of an item.
const MOST_ITEMS: usize = 200;
/// See [`MOST_ITEMS`].
const MOST_PARTS: usize = 60;

pub(super) fn check_context(scenario: &Scenario, place: &Place, findings: &mut Findings) {
    let context = &*scenario.context;
    let mut look = Look { scenario, findings };
    look.list(place, "delivery", &context.delivery, |it| &it.id, Look::workstream);
    look.list(place, "changes", &context.changes, |it| &it.id, Look::change);
    look.list(place, "measures", &context.measures, |it| &it.id, Look::measure);
    look.list(place, "dashboard", &context.dashboard, |it| &it.id, Look::indicator);
    if let Some(adults) = &context.adults {
        look.figure(adults, "1", "100000000", "people of 18 and over", &place.field("adults"));
    }
    look.list(place, "pools", &context.pools, |it| &it.id, Look::pool);
    look.list(place, "risks", &context.risks, |it| &it.id, Look::risk);
    look.list(place, "at_risk", &context.at_risk, |it| &it.id, Look::at_risk);
    look.list(place, "purposes", &context.purposes, |it| &it.id, Look::purpose);
    look.list(place, "impacts", &context.impacts, |it| &it.id, Look::impact);
    look.list(place, "expenditure", &context.expenditure, |it| &it.id, Look::expenditure);
    if let Some(admissions) = &context.admissions {
        look.admissions(admissions, &place.field("admissions"));
    }
}

/// The scenario that is looked at, and what was found.
struct Look<'a> {
    scenario: &'a Scenario,
    findings: &'a mut Findings,
}

impl Look<'_> {
    fn list<T>(
        &mut self,
        place: &Place,
        name: &'static str,
        items: &[T],
        id: fn(&T) -> &Id,
        each: fn(&mut Self, &T, &Place),
    ) {
        let place = place.field(name);
        if self.are_too_many(items.len(), MOST_ITEMS, &place) {
            return;
        }
        check_unique(items.iter().map(id), &place, "item", self.findings);
        for (at, item) in items.iter().enumerate() {
            each(self, item, &place.item(at));
        }
    }

    fn are_too_many(&mut self, count: usize, most: usize, place: &Place) -> bool {
        if count > most {
            self.findings.error(place, format!("{count} items: the planner holds at most {most} here"));
        }
        count > most
    }

    fn name(&mut self, name: &str, place: &Place) {
        check_name(name, "it has no name; give it one", &place.field("name"), self.findings);
    }

    fn words(&mut self, text: Option<&String>, place: &Place) {
        if let Some(text) = text {
            check_text(text, place, self.findings);
        }
    }

    fn source(&mut self, source: &crate::scenario::Source, place: &Place) {
        check_source(self.scenario, source, place, self.findings);
    }

    fn figure(&mut self, figure: &Figure<Quantity>, low: &str, high: &str, what: &str, place: &Place) {
        check_between(figure, low, high, what, place, self.findings);
        self.source(&figure.source, place);
    }

    fn amount(&mut self, amount: &Figure<Money>, place: &Place) {
        check_amount(amount, "the amount", place, self.findings);
        self.source(&amount.source, place);
    }

    fn amounts(&mut self, amounts: &ByYear<Figure<Money>>, place: &Place) {
        for (year, amount) in amounts.iter() {
            self.amount(amount, &place.key(year));
        }
    }

    fn scheme(&mut self, id: Option<&Id>, place: &Place) {
        if let Some(id) = id.filter(|id| self.scenario.scheme(id).is_none()) {
            self.findings.warning(place, format!("“{id}” is not a scheme of the plan; correct the id or leave it out"));
        }
    }

    fn workstream(&mut self, it: &Workstream, place: &Place) {
        self.name(&it.name, place);
        self.words(it.owner.as_ref(), &place.field("owner"));
        self.scheme(it.scheme.as_ref(), &place.field("scheme"));
        if let Some(allocation) = &it.allocation {
            self.amount(allocation, &place.field("allocation"));
        }
        self.source(&it.source, &place.field("source"));
        if let Some(earlier) = &it.earlier {
            self.source(earlier, &place.field("earlier"));
        }
        let activities = place.field("activities");
        if self.are_too_many(it.activities.len(), MOST_PARTS, &activities) {
            return;
        }
        let scheme = it.scheme.as_ref().and_then(|id| self.scenario.scheme(id)).map(|(_, scheme)| scheme);
        for (at, activity) in it.activities.iter().enumerate() {
            let place = activities.item(at);
            self.name(&activity.name, &place);
            if let Some(id) = &activity.milestone
                && scheme.is_none_or(|scheme| scheme.milestone(id).is_none())
            {
                let words =
                    format!("“{id}” is not a milestone of the workstream's scheme, so the activity has no date");
                self.findings.warning(&place.field("milestone"), words);
            }
        }
    }

    fn change(&mut self, it: &ChangeReport, place: &Place) {
        self.words(it.proposal.as_ref(), &place.field("proposal"));
        if let Some(printed) = &it.printed {
            self.amount(printed, &place.field("printed"));
        }
        if let Some(maturity) = &it.maturity {
            self.source(&maturity.source, &place.field("maturity"));
        }
        let steps = place.field("steps");
        if !self.are_too_many(it.steps.len(), MOST_PARTS, &steps) {
            for (at, step) in it.steps.iter().enumerate() {
                self.words(Some(&step.name), &steps.item(at).field("name"));
                self.words(step.remark.as_ref(), &steps.item(at).field("remark"));
            }
        }
        let success = place.field("success");
        if !self.are_too_many(it.success.len(), MOST_PARTS, &success) {
            for (at, words) in it.success.iter().enumerate() {
                self.words(Some(words), &success.item(at));
            }
        }
        self.source(&it.source, &place.field("source"));
    }

    fn measure(&mut self, it: &Measure, place: &Place) {
        self.name(&it.name, place);
        for (words, field) in [(&it.reference, "reference"), (&it.unit, "unit"), (&it.remark, "remark")] {
            self.words(words.as_ref(), &place.field(field));
        }
        for (figure, field) in [(&it.target, "target"), (&it.baseline, "baseline")] {
            if let Some(figure) = figure {
                self.figure(figure, "-1000000000", "1000000000", "the figure", &place.field(field));
            }
        }
        let readings = place.field("readings");
        if !self.are_too_many(it.readings.len(), MOST_PARTS, &readings) {
            for (at, reading) in it.readings.iter().enumerate() {
                let place = readings.item(at);
                self.words(Some(&reading.period), &place.field("period"));
                if let Some(value) = &reading.value {
                    self.figure(value, "-1000000000", "1000000000", "the reading", &place.field("value"));
                }
            }
        }
        if let Some(FromForecast::DelayedDays { pathway: Some(id), .. }) = &it.forecast
            && self.scenario.pathway(id).is_none()
        {
            let words = format!("“{id}” is not a pathway of the plan, so no forecast fills the measure");
            self.findings.warning(&place.field("forecast"), words);
        }
        self.source(&it.source, &place.field("source"));
    }

    fn indicator(&mut self, it: &Indicator, place: &Place) {
        self.name(&it.name, place);
        self.words(it.unit.as_ref(), &place.field("unit"));
        self.figure(&it.value, "-1000000000", "1000000000", "the figure", &place.field("value"));
        if let Some(national) = &it.national {
            self.figure(national, "-1000000000", "1000000000", "the figure", &place.field("national"));
        }
    }

    fn pool(&mut self, it: &Pool, place: &Place) {
        self.name(&it.name, place);
        self.source(&it.source, &place.field("source"));
        let [partners, lines, uses] = ["partners", "lines", "uses"].map(|field| place.field(field));
        let counts = [(it.partners.len(), &partners), (it.lines.len(), &lines), (it.uses.len(), &uses)];
        if counts.into_iter().any(|(count, place)| self.are_too_many(count, MOST_PARTS, place)) {
            return;
        }
        for (at, partner) in it.partners.iter().enumerate() {
            self.name(&partner.name, &partners.item(at));
            if let Some(share) = &partner.risk_share {
                self.figure(share, "0", "1", "the share", &partners.item(at).field("risk_share"));
            }
        }
        for (at, line) in it.lines.iter().enumerate() {
            self.name(&line.name, &lines.item(at));
            self.is_for_each(line.amounts.len(), it, &lines.item(at));
            for amount in &line.amounts {
                self.amount(amount, &lines.item(at).field("amounts"));
            }
        }
        for (at, printed) in it.printed.iter().enumerate() {
            let amounts = match printed {
                PrintedTotal::Gross(amounts) | PrintedTotal::Net(amounts) => amounts.len(),
                PrintedTotal::All(_) => it.partners.len(),
            };
            self.is_for_each(amounts, it, &place.field("printed").item(at));
        }
        for (at, part) in it.uses.iter().enumerate() {
            self.name(&part.name, &uses.item(at));
            let lines = uses.item(at).field("lines");
            if !self.are_too_many(part.lines.len(), MOST_PARTS, &lines) {
                for (at, line) in part.lines.iter().enumerate() {
                    self.name(&line.name, &lines.item(at));
                    self.amount(&line.amount, &lines.item(at).field("amount"));
                }
            }
        }
    }

    fn is_for_each(&mut self, amounts: usize, pool: &Pool, place: &Place) {
        let partners = pool.partners.len();
        if amounts != partners {
            let words = format!("{amounts} amounts for {partners} partners; give one for each, £0 where there is none");
            self.findings.error(place, words);
        }
    }

    fn risk(&mut self, it: &Risk, place: &Place) {
        self.name(&it.name, place);
        self.words(it.owner.as_ref(), &place.field("owner"));
        for (score, field) in [(&it.likelihood, "likelihood"), (&it.impact, "impact")] {
            if let Some(score) = score {
                if !(1..=5).contains(&score.value) {
                    let words = format!("the {field} is {}; score it from 1 to 5", score.value);
                    self.findings.error(&place.field(field), words);
                }
                self.source(&score.source, &place.field(field));
            }
        }
        let mitigations = place.field("mitigations");
        if !self.are_too_many(it.mitigations.len(), MOST_PARTS, &mitigations) {
            for (at, words) in it.mitigations.iter().enumerate() {
                self.words(Some(words), &mitigations.item(at));
            }
        }
        self.source(&it.source, &place.field("source"));
    }

    fn at_risk(&mut self, it: &MoneyAtRisk, place: &Place) {
        self.name(&it.name, place);
        self.words(Some(&it.about), &place.field("about"));
        self.amounts(&it.amounts, &place.field("amounts"));
        for (at, year) in it.grant_of.iter().enumerate() {
            if it.grant_of[..at].contains(year) || it.amounts.get(*year).is_some() {
                let words = format!("{year} is given twice; give an amount, or say that all of the grant is at risk");
                self.findings.error(&place.field("grant_of"), words);
            }
        }
        if let Trigger::Measure(id) = &it.trigger
            && !self.scenario.context.measures.iter().any(|measure| measure.id == *id)
        {
            let words = format!("“{id}” is not among the measures; add it there or correct the id");
            self.findings.warning(&place.field("trigger"), words);
        }
        self.source(&it.source, &place.field("source"));
    }

    fn purpose(&mut self, it: &Purpose, place: &Place) {
        self.figure(&it.share, "0", "100", "the share in per cent", &place.field("share"));
        let schemes = place.field("schemes");
        if !self.are_too_many(it.schemes.len(), MOST_PARTS, &schemes) {
            for (at, id) in it.schemes.iter().enumerate() {
                self.scheme(Some(id), &schemes.item(at));
            }
        }
    }

    fn impact(&mut self, it: &Impact, place: &Place) {
        self.name(&it.name, place);
        self.scheme(it.scheme.as_ref(), &place.field("scheme"));
        self.are_too_many(it.on.len(), MOST_PARTS, &place.field("on"));
        for impacted in it.on.iter().take(MOST_PARTS) {
            self.words(Some(&impacted.what.in_words().to_owned()), &place.field("on"));
        }
        self.source(&it.source, &place.field("source"));
    }

    fn expenditure(&mut self, it: &Expenditure, place: &Place) {
        self.name(&it.name, place);
        let texts = [
            (Some(&it.kind), "kind"),
            (it.sub_type.as_ref(), "sub_type"),
            (it.area_of_spend.as_ref(), "area_of_spend"),
            (it.funding.as_ref(), "funding"),
            (it.comment.as_ref(), "comment"),
        ];
        for (text, field) in texts {
            self.words(text, &place.field(field));
        }
        self.amounts(&it.amounts, &place.field("amounts"));
        self.scheme(it.scheme.as_ref(), &place.field("scheme"));
        self.source(&it.source, &place.field("source"));
    }

    fn admissions(&mut self, it: &Admissions, place: &Place) {
        self.figure(&it.target, "0", "0.9", "the reduction", &place.field("target"));
        self.figure(&it.rise, "-0.9", "5", "the rise", &place.field("rise"));
        self.figure(&it.marginal_rate, "0.01", "1", "the marginal rate", &place.field("marginal_rate"));
        self.figure(&it.saving_sought, "0", "1", "the saving sought", &place.field("saving_sought"));
        if let Some(hours) = &it.home_care {
            let place = place.field("home_care");
            self.amount(&hours.money, &place.field("money"));
            self.figure(&hours.hours_a_week, "1", "10000000", "hours a week", &place.field("hours_a_week"));
            self.figure(&hours.base, "1", "10000000", "hours a week before", &place.field("base"));
        }
    }
}
