//! The edits that typing a figure makes where the file may not have it yet, and where it goes without trace when it is
//! typed back to nothing. Each carries the whole of what then stands there, so that undo is exact.

use super::Edit;
use crate::calendar::Month;
use crate::scenario::{
    DeliveryRisk, Figure, MonthOfOutturn, Pathway, Quantity, Range, Scenario, Scheme, Source, Volatility,
};

/// Days for which a drift persists until somebody says otherwise.
const USUAL_PERSISTENCE: u16 = 90;
const USUAL_PERSISTENCE_REASON: &str = "The planner's usual 90 days: nobody has said otherwise here.";
const ON_TIME_REASON: &str = "On time: nobody has said otherwise here.";
const WHOLE_REASON: &str = "All of it: nobody has said otherwise here.";

/// Sets a month's delayed days. A month of a paper remembers what that says; one entered by hand is put right.
pub fn outturn_days(scenario: &Scenario, month: Month, delayed_days: u32) -> Edit {
    let mut outturn =
        scenario.outturn_of(month).cloned().unwrap_or_else(|| MonthOfOutturn::entered(month, delayed_days));
    if outturn.is_split() {
        outturn.delayed_days.change(delayed_days); // the split is that of its source
    } else {
        put(&mut outturn.delayed_days, delayed_days);
    }
    Edit::SetOutturn(outturn)
}

/// Sets how far a pathway's referrals drift. The first such figure comes with a persistence; 0 takes both away again,
/// unless a paper or the file says what they were.
pub fn drift_spread(pathway: &Pathway, spread: Quantity) -> Edit {
    let mut volatility = pathway.volatility.clone().unwrap_or_else(|| Volatility {
        spread: Figure::entered(Quantity::ZERO),
        persistence_days: assumed(Quantity::whole(USUAL_PERSISTENCE), USUAL_PERSISTENCE_REASON),
    });
    put(&mut volatility.spread, spread);
    let none = is_entered(&volatility.spread) && spread == Quantity::ZERO && !is_said(&volatility.persistence_days);
    Edit::SetVolatility { pathway: pathway.id.clone(), to: (!none).then(|| Box::new(volatility)) }
}

/// Sets how long a pathway's drift persists; nothing where it has none.
pub fn drift_persistence(pathway: &Pathway, days: Quantity) -> Option<Edit> {
    let mut volatility = pathway.volatility.clone()?;
    put(&mut volatility.persistence_days, days);
    Some(Edit::SetVolatility { pathway: pathway.id.clone(), to: Some(Box::new(volatility)) })
}

/// Sets the noise in published months; 0 takes an entered one away again.
pub fn recording(scenario: &Scenario, spread: Quantity) -> Edit {
    let mut recording = scenario.recording.clone().unwrap_or_else(|| Figure::entered(Quantity::ZERO));
    put(&mut recording, spread);
    let none = is_entered(&recording) && spread == Quantity::ZERO;
    Edit::SetRecording((!none).then_some(recording))
}

/// Sets by how many days a scheme's effects may begin late.
pub fn slip_days(scheme: &Scheme, days: Range) -> Edit {
    with_risk(scheme, |risk| put(&mut risk.slip_days, days))
}

/// Sets the share that may be delivered of what a scheme's money buys.
pub fn delivered(scheme: &Scheme, share: Range) -> Edit {
    with_risk(scheme, |risk| put(&mut risk.delivered, share))
}

/// On time and whole says no more than no risk at all, which takes its place unless a paper or the file says it.
fn with_risk(scheme: &Scheme, change: impl FnOnce(&mut DeliveryRisk)) -> Edit {
    let always = |share| Range { low: share, central: share, high: share };
    let (on_time, whole) = (always(Quantity::ZERO), always(Quantity::ONE));
    let mut risk = scheme.delivery_risk.clone().unwrap_or_else(|| DeliveryRisk {
        slip_days: assumed(on_time, ON_TIME_REASON),
        delivered: assumed(whole, WHOLE_REASON),
    });
    change(&mut risk);
    let none = risk.slip_days.value == on_time
        && risk.delivered.value == whole
        && !is_said(&risk.slip_days)
        && !is_said(&risk.delivered);
    Edit::SetDeliveryRisk { scheme: scheme.id.clone(), to: (!none).then(|| Box::new(risk)) }
}

/// Moves a figure that a paper or the file says; puts any other right as if it had been entered so from the first.
fn put<T: Clone + PartialEq>(figure: &mut Figure<T>, to: T) {
    if is_said(figure) {
        figure.change(to);
    } else if figure.value != to {
        *figure = Figure::entered(to);
    }
}

/// Whether a figure says more than what the planner or a hand in it put there.
fn is_said<T>(figure: &Figure<T>) -> bool {
    let own = match &figure.source {
        Source::Entered => true,
        Source::Assumption(reason) => {
            [USUAL_PERSISTENCE_REASON, ON_TIME_REASON, WHOLE_REASON].contains(&reason.as_str())
        }
        Source::Cited { .. } => false,
    };
    !own || figure.was.is_some()
}

fn is_entered<T>(figure: &Figure<T>) -> bool {
    figure.source == Source::Entered && figure.was.is_none()
}

fn assumed<T>(value: T, reason: &str) -> Figure<T> {
    Figure { value, was: None, source: Source::Assumption(reason.to_owned()) }
}
