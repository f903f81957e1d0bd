//! Where a measure goes and whether it is where it should be, from its figures and the direction that is wanted; never
//! from the adjective that a paper has for it.

use std::cmp::{Ordering, Reverse};

use crate::calendar::Month;
use crate::forecast::Forecast;
use crate::scenario::context::{FromForecast, Measure, Organisation, Trajectory, Wanted};
use crate::scenario::{Quantity, Scenario, Source};

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

/// How many of its figures were moved by hand: then the paper's word is held against figures that are not all the paper's.
pub fn moved(measure: &Measure) -> usize {
    let readings = measure.readings.iter().filter_map(|reading| reading.value.as_ref());
    let figures = measure.target.iter().chain(&measure.baseline).chain(readings);
    figures.filter(|figure| figure.was.is_some() && figure.source != Source::Entered).count()
}

/// Every period that a measure has a reading of, in the order of time: by the day it ends, a quarter before the year that
/// ends with it. What is no time that is known comes last, in the order met.
pub fn periods(measures: &[Measure]) -> Vec<String> {
    let mut periods: Vec<&str> = Vec::new();
    for reading in measures.iter().flat_map(|measure| &measure.readings) {
        if !periods.contains(&reading.period.as_str()) {
            periods.push(&reading.period);
        }
    }
    periods.sort_by_key(|period| {
        let span = span(period);
        (span.is_none(), span.map(|(first, last)| (last, Reverse(first))))
    });
    periods.into_iter().map(str::to_owned).collect()
}

/// The first and the last month of a period as papers write it, counted from the year 0: `2016/17`, `Quarter 1 2017/18`,
/// `Q1 2017/18`, `March 2018`, `2018-03`, `2014`.
fn span(period: &str) -> Option<(i32, i32)> {
    let text = period.to_lowercase();
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (year, before) = words.split_last()?;
    let financial = financial_year(year);
    let calendar = || year.parse::<i32>().ok().filter(|year| (1900..2200).contains(year));
    match before {
        [] => match (financial, calendar()) {
            (Some(april), _) => Some((april, april + 11)),
            (None, Some(year)) => Some((year * 12, year * 12 + 11)),
            (None, None) => month_of(year).map(|month| (month, month)),
        },
        ["quarter", quarter] | [quarter] if financial.is_some() => {
            let quarter: i32 = quarter.trim_start_matches('q').parse().ok()?;
            let first = financial? + 3 * (quarter - 1);
            (1..=4).contains(&quarter).then_some((first, first + 2))
        }
        [name] => {
            let at = MONTHS.iter().position(|month| name.starts_with(month))?;
            let month = calendar()? * 12 + i32::try_from(at).ok()?;
            Some((month, month))
        }
        _ => None,
    }
}

/// How the names of months begin.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The April that `2016/17` or `2016-17` begins with.
fn financial_year(text: &str) -> Option<i32> {
    let (first, second) = text.split_once(['/', '-'])?;
    let (first, second) = (first.parse::<i32>().ok()?, second.parse::<i32>().ok()?);
    ((1900..2200).contains(&first) && (first + 1) % 100 == second % 100).then_some(first * 12 + 3)
}

/// `2018-03`.
fn month_of(text: &str) -> Option<i32> {
    let (year, month) = text.split_once('-')?;
    let (year, month) = (year.parse::<i32>().ok()?, month.parse::<i32>().ok()?);
    ((1900..2200).contains(&year) && (1..=12).contains(&month)).then_some(year * 12 + month - 1)
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
    use crate::scenario::Figure;
    use crate::scenario::context::Reading;

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
    fn periods_stand_in_the_order_of_time_and_those_that_are_no_time_last_as_they_were_met() {
        let met = [
            "At the start",
            "2016/17",
            "Quarter 1 2017/18",
            "Quarter 3 2016/17",
            "Q4 2016/17",
            "March 2018",
            "2018-02",
            "2014",
            "Later",
            "Quarter 1 2017/18",
        ];
        let of = measure(Wanted::More, None, None, &[]);
        let reading = |period: &str| Reading { period: period.to_owned(), value: None };
        let measures = met.map(|period| Measure { readings: vec![reading(period)], ..of.clone() });
        let in_time = [
            "2014",
            "Quarter 3 2016/17",
            "Q4 2016/17",
            "2016/17",
            "Quarter 1 2017/18",
            "2018-02",
            "March 2018",
            "At the start",
            "Later",
        ];
        assert_eq!(periods(&measures), in_time);
    }

    #[test]
    fn only_figures_that_somebody_published_are_counted_as_moved() {
        let mut it = measure(Wanted::More, None, Some("12"), &["13", "14"]);
        let value = it.readings[1].value.as_mut().expect("a figure");
        value.change("15".parse().expect("a number"));
        assert_eq!(moved(&it), 0, "whoever moves a figure of their own moves nobody else’s");
        it.readings[1].value.as_mut().expect("a figure").source = Source::Assumption("The paper.".to_owned());
        assert_eq!(moved(&it), 1);
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
