//! The walk over what the papers report around the plan. Each thing goes as one: half of one report and half of another
//! would be a third that nobody wrote.

use super::About;
use super::lists::Known;
use super::said::{Said, Say};
use super::walk::{Spot, Walk};
use crate::scenario::context::{
    Admissions, ChangeReport, Context, Expenditure, Impact, Indicator, Measure, MoneyAtRisk, Pool, Purpose, Rating,
    Risk, Status, Workstream,
};
use crate::scenario::{Id, Scenario};

pub(super) fn context(walk: &mut Walk, it: [&Context; 3]) -> Context {
    Context {
        delivery: items(walk, "delivery", it.map(|of| &of.delivery)),
        changes: items(walk, "changes", it.map(|of| &of.changes)),
        measures: items(walk, "measures", it.map(|of| &of.measures)),
        dashboard: items(walk, "dashboard", it.map(|of| &of.dashboard)),
        adults: walk
            .maybe(&Spot::new(About::Context, "adults", "People of 18 and over"), it.map(|of| of.adults.as_ref())),
        pools: items(walk, "pools", it.map(|of| &of.pools)),
        risks: items(walk, "risks", it.map(|of| &of.risks)),
        at_risk: items(walk, "at_risk", it.map(|of| &of.at_risk)),
        purposes: items(walk, "purposes", it.map(|of| &of.purposes)),
        impacts: items(walk, "impacts", it.map(|of| &of.impacts)),
        expenditure: items(walk, "expenditure", it.map(|of| &of.expenditure)),
        admissions: walk.maybe(
            &Spot::new(About::Context, "admissions", "Admissions and home care"),
            it.map(|of| of.admissions.as_ref()),
        ),
    }
}

fn items<T: Say + Named>(walk: &mut Walk, field: &'static str, it: [&Vec<T>; 3]) -> Vec<T> {
    let known = Known { by: &[|item: &T| item.id().to_string()], spot: |spot, item| spot.named(item.title()) };
    let spot = Spot::new(About::Context, "context", "").same(field);
    let order = spot.same("order").named(format!("Order of {}", field.replace('_', " ")));
    walk.list(&spot, &order, it, &known, Walk::leaf)
}

/// What is known by an id and a name.
trait Named {
    fn id(&self) -> &Id;
    fn title(&self) -> String;
}

macro_rules! named {
    ($($of:ty: $it:ident => $title:expr, $said:expr;)*) => {
        $(impl Named for $of {
            fn id(&self) -> &Id {
                &self.id
            }
            fn title(&self) -> String {
                let $it = self;
                $title
            }
        }
        impl Say for $of {
            fn say(&self, _: &Scenario) -> Said {
                let $it = self;
                Said::Words($said)
            }
        })*
    };
}

named! {
    Workstream: it => it.name.clone(), {
        let status = it.status.map_or("no status", Status::in_words);
        let activities = it.activities.iter().map(|activity| {
            let status = activity.status.map_or_else(String::new, |status| format!(", {}", status.in_words()));
            let due = activity.due.map_or_else(String::new, |due| format!(", {}", due.in_words()));
            format!("{}{due}{status}", activity.name)
        });
        std::iter::once(status.to_owned()).chain(activities).collect::<Vec<_>>().join("; ")
    };
    ChangeReport: it => it.change.in_words().to_owned(), {
        let maturity = it.maturity.as_ref().map_or("no maturity said", |maturity| maturity.value.in_words());
        let money = it.printed.as_ref().map_or_else(String::new, |printed| format!(", {}", printed.value.exact()));
        format!("{maturity}{money}, {} steps", it.steps.len())
    };
    Measure: it => it.name.clone(), {
        let or_none = |figure: Option<String>| figure.unwrap_or_else(|| "–".to_owned());
        let readings = it.readings.iter().map(|reading| {
            format!("{} {}", reading.period, or_none(reading.value.as_ref().map(|value| value.value.to_string())))
        });
        let target = or_none(it.target.as_ref().map(|figure| figure.value.to_string()));
        let baseline = or_none(it.baseline.as_ref().map(|figure| figure.value.to_string()));
        [format!("target {target}"), format!("baseline {baseline}")].into_iter().chain(readings).collect::<Vec<_>>().join(", ")
    };
    Indicator: it => it.name.clone(), it.value.value.to_string();
    Pool: it => it.name.clone(), {
        let lines = it.lines.iter().map(|line| {
            let amounts: Vec<String> = line.amounts.iter().map(|amount| amount.value.exact()).collect();
            format!("{} {}", line.name, amounts.join(" and "))
        });
        let shares = it.partners.iter().filter_map(|partner| {
            Some(format!("{} bears {}", partner.name, partner.risk_share.as_ref()?.value))
        });
        lines.chain(shares).collect::<Vec<_>>().join("; ")
    };
    Risk: it => it.name.clone(), {
        let score = |score: Option<u16>| score.map_or_else(|| "–".to_owned(), |score| score.to_string());
        let [likelihood, impact] = [&it.likelihood, &it.impact].map(|figure| figure.as_ref().map(|figure| figure.value));
        let rating = it.rating.map_or("unrated", Rating::in_words);
        format!("{rating}, likelihood {}, impact {}", score(likelihood), score(impact))
    };
    MoneyAtRisk: it => it.name.clone(), {
        let amounts = it.amounts.iter().map(|(year, amount)| format!("{} in {year}", amount.value.exact()));
        amounts.collect::<Vec<_>>().join(", ")
    };
    Purpose: it => it.purpose.in_words().to_owned(), format!("{}% in {}", it.share.value, it.year);
    Impact: it => it.name.clone(), {
        let on = it.on.iter().map(|impacted| format!("{} ({})", impacted.what.in_words(), impacted.how.in_words()));
        on.collect::<Vec<_>>().join(", ")
    };
    Expenditure: it => format!("{} {}", it.number, it.name), {
        let amounts = it.amounts.iter().map(|(year, amount)| format!("{} in {year}", amount.value.exact()));
        amounts.collect::<Vec<_>>().join(", ")
    };
}

impl Say for Admissions {
    fn say(&self, _: &Scenario) -> Said {
        let Self { target, rise, marginal_rate, saving_sought, .. } = self;
        Said::Words(format!(
            "target {}, rise {}, marginal rate {}, saving sought {}",
            target.value, rise.value, marginal_rate.value, saving_sought.value
        ))
    }
}
