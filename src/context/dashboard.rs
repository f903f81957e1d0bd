//! The forecast as the interface dashboard counts it: delayed days per day and 100,000 adults.

use crate::scenario::Scenario;

/// So many people delayed, as a rate per 100,000 adults; nothing if nobody has said how many adults there are.
pub fn rate(scenario: &Scenario, people: f64) -> Option<f64> {
    let adults = scenario.context.adults.as_ref()?.value.to_f64();
    (adults > 0.0).then(|| people / adults * 100_000.0)
}
