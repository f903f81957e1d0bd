//! Scores of risks, and whether the trigger that money hangs on is met.

use super::measures;
use crate::calendar::FinancialYear;
use crate::forecast::Forecast;
use crate::money::Money;
use crate::scenario::context::{MoneyAtRisk, Rating, Risk, Trigger};
use crate::scenario::{Figure, Scenario};

/// Risks that score so much or more are escalated.
pub const ESCALATED: u16 = 16;

/// Likelihood × impact, where both are scored.
pub fn score(risk: &Risk) -> Option<u16> {
    risk.likelihood.as_ref()?.value.checked_mul(risk.impact.as_ref()?.value)
}

/// Whether it is reported in public: a score of [`ESCALATED`] or more. Nothing where it is not scored.
pub fn is_escalated(risk: &Risk) -> Option<bool> {
    score(risk).map(|score| score >= ESCALATED)
}

/// How grave it is, for an order: by its score, or by its word where it is not scored.
pub fn gravity(risk: &Risk) -> u16 {
    score(risk).unwrap_or(match risk.rating {
        Some(Rating::High) => 15,
        Some(Rating::Medium) => 9,
        Some(Rating::Low) => 3,
        None => 0,
    })
}

/// How much is at risk, year by year, and where that comes from: what is said of it, and all of the grant of the years of
/// which that is at risk, as the grant stands.
pub fn amounts<'a>(at_risk: &'a MoneyAtRisk, scenario: &'a Scenario) -> Vec<(FinancialYear, &'a Figure<Money>)> {
    let said = at_risk.amounts.iter();
    let grant = at_risk.grant_of.iter().filter_map(|year| Some((*year, scenario.fund.grant.get(*year)?)));
    let mut all: Vec<_> = said.chain(grant).collect();
    all.sort_by_key(|(year, _)| *year);
    all
}

/// Whether what the money hangs on is met, as far as the forecast or the measure says; nothing where neither does.
pub fn is_met(at_risk: &MoneyAtRisk, scenario: &Scenario, forecast: &Forecast) -> Option<bool> {
    match &at_risk.trigger {
        Trigger::Targets if forecast.targets.is_empty() => None,
        Trigger::Targets => Some(forecast.targets.iter().all(|target| target.expected <= target.at_most)),
        Trigger::Measure(id) => {
            let measure = scenario.context.measures.iter().find(|measure| measure.id == *id)?;
            measures::meets(measure, measures::latest(measure)?.1)
        }
    }
}

/// Whether that is still to come: a month with a target that is not over when the plan is written.
pub fn is_to_come(at_risk: &MoneyAtRisk, scenario: &Scenario) -> bool {
    at_risk.trigger == Trigger::Targets && scenario.targets.iter().any(|target| target.month >= scenario.as_of.month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled::{BANES_2017_19, BLANK, NOVEMBER_2017};
    use crate::scenario::Source;

    #[test]
    fn the_grant_of_2018_19_is_at_risk_however_large_it_becomes() {
        let mut scenario = NOVEMBER_2017.open().expect("a bundled plan").scenario;
        let of = |scenario: &Scenario| {
            let amounts = amounts(&scenario.context.at_risk[0], scenario);
            amounts.iter().map(|(year, amount)| (year.to_string(), amount.value.exact())).collect::<Vec<_>>()
        };
        assert_eq!(of(&scenario), [("2018/19".to_owned(), "£4,188,142.57".to_owned())]);
        let year = "2018/19".parse().expect("a year");
        scenario.fund.grant.insert(year, Figure::entered(Money::pounds(5_000_000).expect("pounds")));
        assert_eq!(of(&scenario), [("2018/19".to_owned(), "£5,000,000".to_owned())]);
    }

    #[test]
    fn money_that_hangs_on_targets_is_met_when_every_month_is_and_unknown_without_targets() {
        let scenario = NOVEMBER_2017.open().expect("a bundled plan").scenario;
        let at_risk = &scenario.context.at_risk[0];
        let mut forecast = Forecast::of(&scenario);
        assert_eq!(is_met(at_risk, &scenario, &forecast), Some(false), "100 people are expected against 83");
        for target in &mut forecast.targets {
            target.expected = target.at_most;
        }
        assert_eq!(is_met(at_risk, &scenario, &forecast), Some(true), "at most is met at the most");
        forecast.targets[0].expected += 1.0;
        assert_eq!(is_met(at_risk, &scenario, &forecast), Some(false), "one month is enough");
        assert!(is_to_come(at_risk, &scenario), "March 2018 is not over in November 2017");
        let mut later = scenario.clone();
        later.as_of = "2018-04-01".parse().expect("a day");
        assert!(!is_to_come(at_risk, &later), "every month with a target is over");
        let blank = Forecast::of(&BLANK.open().expect("a bundled plan").scenario);
        assert_eq!(is_met(at_risk, &scenario, &blank), None);
    }

    #[test]
    fn the_performance_fund_of_banes_hangs_on_admissions_which_stand_at_15_per_cent_over_plan() {
        let mut scenario = BANES_2017_19.open().expect("a bundled plan").scenario;
        let forecast = Forecast::of(&scenario);
        let at_risk = scenario.context.at_risk[0].clone();
        assert_eq!(is_met(&at_risk, &scenario, &forecast), Some(false));
        std::sync::Arc::make_mut(&mut scenario.context).measures.clear();
        assert_eq!(is_met(&at_risk, &scenario, &forecast), None, "nobody measures it");
    }

    fn risk(likelihood: Option<u16>, impact: Option<u16>, rating: Option<Rating>) -> Risk {
        Risk {
            id: "risk".parse().expect("an id"),
            name: "Risk".to_owned(),
            likelihood: likelihood.map(Figure::entered),
            impact: impact.map(Figure::entered),
            rating,
            owner: None,
            mitigations: Vec::new(),
            source: Source::Entered,
        }
    }

    #[test]
    fn risks_that_score_16_are_escalated_and_those_that_score_15_are_not() {
        assert_eq!(is_escalated(&risk(Some(4), Some(4), None)), Some(true));
        assert_eq!(is_escalated(&risk(Some(5), Some(3), None)), Some(false));
        assert_eq!(is_escalated(&risk(Some(5), None, Some(Rating::High))), None);
    }

    #[test]
    fn a_score_goes_before_a_word_and_high_before_medium() {
        let gravities = [
            risk(Some(4), Some(4), None),
            risk(None, None, Some(Rating::High)),
            risk(None, None, Some(Rating::Medium)),
            risk(None, None, None),
        ];
        assert!(gravities.map(|risk| gravity(&risk)).is_sorted_by(|one, next| one > next));
    }
}
