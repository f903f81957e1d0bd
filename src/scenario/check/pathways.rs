//! Rules for pathways: shares, referrals, and what a service or a process may be.

use std::collections::HashSet;

use super::{Bounds, Findings, Place, ROUNDING, check_source, quantity};
use crate::scenario::{Figure, Kind, Pathway, Quantity, Reason, Service};

impl Bounds<'_> {
    pub(super) fn check_pathway(&self, pathway: &Pathway, place: &Place, findings: &mut Findings) {
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
        if let Some(volatility) = &pathway.volatility {
            let place = place.field("volatility");
            let spread = place.field("spread");
            self.check_quantity(&volatility.spread, "0", "2", "the spread of referrals' drift", &spread, findings);
            let days = place.field("persistence_days");
            self.check_quantity(
                &volatility.persistence_days,
                "1",
                "3660",
                "days for which drift persists",
                &days,
                findings,
            );
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
        let stages = service.stages();
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

    pub(super) fn check_reasons(&self, root: &Place, findings: &mut Findings) {
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
}
