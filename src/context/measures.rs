//! Where a measure goes and whether it is where it should be, from its figures and the direction that is wanted; never
//! from the adjective that a paper has for it.

use std::cmp::Ordering;

use crate::calendar::Month;
use crate::forecast::Forecast;
use crate::scenario::context::{FromForecast, Measure, Organisation, Trajectory, Wanted};
use crate::scenario::{Quantity, Scenario};

/// Red, amber or green.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rag {
    /// It is where it was to be.
    Green,
    /// It is not, and does not move the wrong way.
    Amber,
    /// It moves the wrong way, or nowhere short of its target.
    Red,
}

impl Rag {
    /// As people say it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// The last figure that was read, with its period.
pub fn latest(measure: &Measure) -> Option<(&str, Quantity)> {
    let mut newest_first = measure.readings.iter().rev();
    newest_first.find_map(|reading| Some((reading.period.as_str(), reading.value.as_ref()?.value)))
}

/// Where it goes: from the baseline to the last reading; without a baseline, from the reading before. Nothing without
/// two figures.
pub fn direction(measure: &Measure) -> Option<Trajectory> {
    let mut values = measure.readings.iter().rev().filter_map(|reading| Some(reading.value.as_ref()?.value));
    let last = values.next()?;
    let from = measure.baseline.as_ref().map(|baseline| baseline.value).or_else(|| values.next())?;
    Some(match (last.cmp(&from), measure.wanted) {
        (Ordering::Equal, _) => Trajectory::Unchanged,
        (Ordering::Greater, Wanted::More) | (Ordering::Less, Wanted::Less) => Trajectory::Improving,
        _ => Trajectory::Deteriorating,
    })
}

/// Whether the paper's word for its direction is not what its figures say.
pub fn is_contradicted(measure: &Measure) -> bool {
    direction(measure).zip(measure.said).is_some_and(|(computed, said)| computed != said)
}

/// Whether a figure meets the target, if there is one.
pub fn meets(measure: &Measure, figure: Quantity) -> Option<bool> {
    let target = measure.target.as_ref()?.value;
    Some(match measure.wanted {
        Wanted::More => figure >= target,
        Wanted::Less => figure <= target,
    })
}

/// Green: the last figure (or the baseline, before anything was read) meets the target. Red: it moves the wrong way, or
/// stands still short of its target. Amber: it is short of its target and does neither. Nothing where no target and no
/// movement say anything.
pub fn rag(measure: &Measure) -> Option<Rag> {
    let stands = latest(measure).map(|(_, value)| value).or_else(|| Some(measure.baseline.as_ref()?.value));
    let met = stands.and_then(|figure| meets(measure, figure));
    match (met, direction(measure)) {
        (Some(true), _) => Some(Rag::Green),
        (Some(false), Some(Trajectory::Unchanged)) | (_, Some(Trajectory::Deteriorating)) => Some(Rag::Red),
        (Some(false), _) => Some(Rag::Amber),
        (None, _) => None,
    }
}

/// What the forecast has for it, and of which month.
pub fn forecast(measure: &Measure, scenario: &Scenario, forecast: &Forecast) -> Option<(String, f64)> {
    let month = |month| forecast.month(month);
    match measure.forecast.as_ref()? {
        FromForecast::DelayedDays { month: which, pathway: None } => {
            Some((which.in_words(), month(*which)?.expected * f64::from(which.days())))
        }
        FromForecast::DelayedDays { month: which, pathway: Some(id) } => {
            let (at, _) = scenario.pathway(id)?;
            let of = month(*which)?.by_pathway.get(at)?;
            Some((which.in_words(), of * f64::from(which.days())))
        }
        FromForecast::PeopleDelayed { month: which, responsible } => {
            let of = month(*which)?;
            let people = match responsible {
                None => of.expected,
                Some(Organisation::Nhs) => of.nhs,
                Some(Organisation::SocialCare) => of.social_care,
                Some(Organisation::Both) => of.both,
            };
            Some((which.in_words(), people))
        }
    }
}

/// The figures of the forecast that may fill a measure: those of the months that have targets, or of the last month of the
/// plan's horizon where none has.
pub fn fillers(scenario: &Scenario) -> Vec<FromForecast> {
    let mut months: Vec<Month> = scenario.targets.iter().map(|target| target.month).collect();
    if months.is_empty() {
        months.extend(scenario.horizon().months().last());
    }
    let people = |month, responsible| FromForecast::PeopleDelayed { month, responsible };
    let of_all = months
        .iter()
        .flat_map(|month| [people(*month, None), FromForecast::DelayedDays { month: *month, pathway: None }]);
    let of_one = months.last().into_iter().flat_map(|month| {
        [Organisation::Nhs, Organisation::SocialCare].map(|responsible| people(*month, Some(responsible)))
    });
    of_all.chain(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled::JULY_2017;
    use crate::scenario::context::Reading;
    use crate::scenario::{Figure, Source};

    #[test]
    fn whatever_may_fill_a_measure_is_in_the_forecast_and_the_parts_of_people_delayed_make_the_whole() {
        let scenario = JULY_2017.open().expect("a bundled plan").scenario;
        let of = Forecast::of(&scenario);
        for filler in fillers(&scenario) {
            let filled = Measure { forecast: Some(filler.clone()), ..measure(Wanted::Less, None, None, &[]) };
            assert!(forecast(&filled, &scenario, &of).is_some_and(|(_, figure)| figure > 0.0), "{filler:?}");
        }
        let month = scenario.targets[0].month;
        let people = |responsible| {
            let by = FromForecast::PeopleDelayed { month, responsible };
            let filled = Measure { forecast: Some(by), ..measure(Wanted::Less, None, None, &[]) };
            forecast(&filled, &scenario, &of).expect("it is in the forecast").1
        };
        let parts = [Organisation::Nhs, Organisation::SocialCare, Organisation::Both].map(|of| people(Some(of)));
        assert!((parts.iter().sum::<f64>() - people(None)).abs() < 1e-9);
    }

    fn measure(wanted: Wanted, target: Option<&str>, baseline: Option<&str>, readings: &[&str]) -> Measure {
        let figure = |text: &str| Figure::entered(text.parse::<Quantity>().expect("a number"));
        let reading = |text: &&str| Reading { period: (*text).to_owned(), value: Some(figure(text)) };
        Measure {
            id: "measure".parse().expect("an id"),
            reference: None,
            name: "Measure".to_owned(),
            unit: None,
            wanted,
            target: target.map(figure),
            baseline: baseline.map(figure),
            readings: readings.iter().map(reading).collect(),
            said: None,
            forecast: None,
            remark: None,
            source: Source::Entered,
        }
    }

    #[test]
    fn a_measure_goes_from_its_baseline_and_without_one_from_the_reading_before() {
        use Trajectory::{Deteriorating, Improving, Unchanged};
        // Placements fell from quarter to quarter, and are above the baseline all the same.
        assert_eq!(direction(&measure(Wanted::Less, None, Some("11.25"), &["13", "12.8"])), Some(Deteriorating));
        assert_eq!(direction(&measure(Wanted::Less, None, None, &["13", "12.8"])), Some(Improving));
        assert_eq!(direction(&measure(Wanted::More, None, None, &["12609", "12594"])), Some(Deteriorating));
        assert_eq!(direction(&measure(Wanted::More, None, Some("65.8"), &["65.8"])), Some(Unchanged));
        assert_eq!(direction(&measure(Wanted::More, None, None, &["56"])), None);
    }

    #[test]
    fn green_is_the_target_met_red_the_wrong_way_and_amber_short_of_it_the_right_way() {
        let of = |target, baseline, readings: &[&str]| rag(&measure(Wanted::Less, target, baseline, readings));
        assert_eq!(of(Some("11"), Some("12"), &["11"]), Some(Rag::Green));
        assert_eq!(of(Some("11"), Some("12"), &["11.5"]), Some(Rag::Amber));
        assert_eq!(of(Some("11"), Some("11.25"), &["12.8"]), Some(Rag::Red));
        assert_eq!(of(Some("11"), Some("12"), &["12"]), Some(Rag::Red));
        assert_eq!(of(Some("11"), Some("11.25"), &[]), Some(Rag::Amber));
        assert_eq!(of(None, Some("762"), &["529"]), None);
        assert_eq!(of(None, None, &[]), None);
    }
}
