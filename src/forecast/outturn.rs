//! The forecast held against what came: each month published since the plan was written, beside where the runs put it.

use super::chance::Chance;
use crate::calendar::Month;
use crate::scenario::Scenario;

/// One month of the outturn and what the forecast said of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutturnFigures {
    /// Which month.
    pub month: Month,
    /// Delayed days, as published.
    pub delayed_days: u32,
    /// People delayed on average over the month, as published.
    pub people: f64,
    /// How it stands to the runs; nothing without chance.
    pub judged: Option<Judged>,
}

/// A published month beside the band that held 8 in 10 runs of it, the noise of recording among them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Where the month lies.
    pub verdict: Verdict,
    /// The band's lower edge: the 10th percentile of people delayed.
    pub p10: f64,
    /// Its upper edge: the 90th.
    pub p90: f64,
}

/// Where a published month lies. One month outside says little: of ten honest ones, two do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Fewer people than the band.
    Below,
    /// In the band, its edges among it.
    Inside,
    /// More people than the band.
    Above,
}

impl Verdict {
    /// Where so many people lie about a band.
    pub fn of(people: f64, p10: f64, p90: f64) -> Self {
        if people < p10 {
            Self::Below
        } else if people > p90 {
            Self::Above
        } else {
            Self::Inside
        }
    }

    /// In a word: `above`. Scripts use it too.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Inside => "inside",
            Self::Above => "above",
        }
    }
}

/// Every month of the scenario's outturn, in order.
pub fn outturn(scenario: &Scenario, chance: Option<&Chance>) -> Vec<OutturnFigures> {
    let first = scenario.horizon().first_day().month();
    let months = scenario.outturn.iter().map(|outturn| {
        let people = outturn.people();
        let at = usize::try_from(outturn.month.months_since(first)).ok();
        let spread = chance.zip(at).and_then(|(chance, at)| chance.months.get(at));
        let judged = spread.map(|spread| {
            let (p10, p90) = (spread.p10.into(), spread.p90.into());
            Judged { verdict: Verdict::of(people, p10, p90), p10, p90 }
        });
        OutturnFigures { month: outturn.month, delayed_days: outturn.delayed_days.value, people, judged }
    });
    months.collect()
}
