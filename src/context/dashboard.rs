//! The forecast as the interface dashboard counts it: delayed days per day and 100,000 adults.

use crate::scenario::Scenario;

/// So many people delayed, as a rate per 100,000 adults; nothing if nobody has said how many adults there are.
pub fn rate(scenario: &Scenario, people: f64) -> Option<f64> {
    let adults = scenario.context.adults.as_ref()?.value.to_f64();
    (adults > 0.0).then(|| people / adults * 100_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled::{BLANK, JULY_2017};

    #[test]
    fn of_540_200_adults_180_people_delayed_are_33_3_in_100_000_as_the_dashboard_prints() {
        let july = JULY_2017.open().expect("a bundled plan").scenario;
        assert_eq!(rate(&july, 180.0).map(|rate| format!("{rate:.1}")), Some("33.3".to_owned()));
        let blank = BLANK.open().expect("a bundled plan").scenario;
        assert_eq!(rate(&blank, 180.0), None, "nobody has said how many adults there are");
    }
}
