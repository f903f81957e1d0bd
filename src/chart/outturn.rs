//! The outturn in words and marks: each published month against the band of the runs, by shape as well as colour.

use super::words::{count, people};
use super::{Anchor, Layer, Shape, Tone};
use crate::forecast::{Judged, OutturnFigures, Verdict};

/// `June 2017: 214 people delayed, above the band of 140 to 199 that held 8 in 10 runs`.
pub fn outturn_in_words(outturn: &OutturnFigures) -> String {
    let (people, verdict) = match outturn.judged {
        None => (count(outturn.people), String::new()),
        Some(judged) => {
            let [people, p10, p90] = told_apart(outturn.people, judged);
            let verdict = judged.verdict.in_words();
            (people, format!(", {verdict} the band of {p10} to {p90} that held 8 in 10 runs"))
        }
    };
    let noun = if people == "1" { "person" } else { "people" };
    format!("{}: {people} {noun} delayed{verdict}", outturn.month.in_words())
}

/// The month and the band's edges in whole people; finer where a month outside would otherwise read like one inside.
fn told_apart(people: f64, judged: Judged) -> [String; 3] {
    let edge = if judged.verdict == Verdict::Below { judged.p10 } else { judged.p90 };
    if judged.verdict == Verdict::Inside || count(people) != count(edge) {
        return [people, judged.p10, judged.p90].map(count);
    }
    let places = (1..6).find(|places| format!("{people:.places$}") != format!("{edge:.places$}")).unwrap_or(6);
    [people, judged.p10, judged.p90].map(|figure| format!("{figure:.places$}"))
}

/// `4 of 5 months inside the band`; nothing where none is judged.
pub fn months_inside(outturn: &[OutturnFigures]) -> Option<String> {
    let judged: Vec<Judged> = outturn.iter().filter_map(|month| month.judged).collect();
    let inside = judged.iter().filter(|judged| judged.verdict == Verdict::Inside).count();
    match judged.len() {
        0 => None,
        1 => Some(format!("{inside} of 1 month inside the band")),
        months => Some(format!("{inside} of {months} months inside the band")),
    }
}

/// What the pointer reads of a month: `214 people, above the band`.
pub(super) fn reading(outturn: &OutturnFigures) -> String {
    let verdict = outturn.judged.map_or_else(String::new, |judged| format!(", {}", verdict_in_words(judged.verdict)));
    people(outturn.people) + &verdict
}

/// `above the band`.
pub(super) fn verdict_in_words(verdict: Verdict) -> String {
    format!("{} the band", verdict.in_words())
}

/// What the marks mean: `. ▲ above, ● inside, ▼ below the band of 8 in 10: outturn`.
pub(super) fn legend(outturn: &[OutturnFigures]) -> &'static str {
    match outturn {
        [] => "",
        [first, ..] if first.judged.is_none() => ". ◆ outturn",
        _ => ". Outturn: ▲ above, ● inside, ▼ below the band of 8 in 10 runs",
    }
}

/// A mark for each month, `along` the axis, and the word `outturn` beside the first.
pub(super) fn marks(outturn: &[OutturnFigures], along: impl Fn(&OutturnFigures) -> f64) -> Vec<Layer> {
    let mark = |month: &OutturnFigures| {
        let (shape, tone) = match month.judged.map(|judged| judged.verdict) {
            Some(Verdict::Above) => (Shape::Up, Tone::Bad),
            Some(Verdict::Below) => (Shape::Down, Tone::Good),
            Some(Verdict::Inside) => (Shape::Disc, Tone::Ink),
            None => (Shape::Diamond, Tone::Ink),
        };
        let label = format!("Outturn {}", month.month.in_words());
        Layer::Mark { label, tone, shape, at: [along(month), month.people] }
    };
    let mut layers: Vec<Layer> = outturn.iter().map(mark).collect();
    if let Some(first) = outturn.first() {
        let below = first.judged.is_some_and(|judged| judged.verdict == Verdict::Below);
        let anchor = if below { Anchor::Below } else { Anchor::Above };
        let at = [along(first), first.people];
        layers.push(Layer::Words { text: "outturn".to_owned(), at, room: None, anchor, tone: Tone::Ink, strong: true });
    }
    layers
}
