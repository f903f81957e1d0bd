//! The walk over what the papers report around the plan. Each thing goes as one: half of one report and half of another
//! would be a third that nobody wrote.

use super::About;
use super::lists::Known;
use super::said::{Said, Say};
use super::walk::{Spot, Walk};
use crate::scenario::context::{
    Admissions, ChangeReport, Context, Expenditure, Impact, Indicator, Measure, MoneyAtRisk, Pool, Purpose, Rank,
    Rating, Risk, Status, Total, Trigger, Wanted, Workstream,
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
            const IS_LIST: bool = true;
            fn say(&self, _: &Scenario) -> Said {
                let $it = self;
                Said::Words($said)
            }
            fn called(&self) -> Option<String> {
                Some(self.title())
            }
        })*
    };
}

named! {
    Workstream: it => it.name.clone(), {
        let status = it.status.map_or("no status", Status::in_words);
        let activities = it.activities.iter().map(|activity| {
            let status = activity.status.map_or_else(String::new, |status| format!(", {}", status.in_words()));
            let begins = activity.start.map_or_else(String::new, |start| format!(", from {}", start.in_words()));
            let due = activity.due.map_or_else(String::new, |due| format!(", {}", due.in_words()));
            format!("{}{begins}{due}{status}", activity.name)
        });
        let owner = it.owner.as_ref().map(|owner| format!("owner {owner}"));
        let money = it.allocation.as_ref().map(|allocation| allocation.value.exact());
        let before = std::iter::once(status.to_owned()).chain(money).chain(owner);
        before.chain(activities).collect::<Vec<_>>().join("; ")
    };
    ChangeReport: it => it.change.in_words().to_owned(), {
        let maturity = it.maturity.as_ref().map_or("no maturity said", |maturity| maturity.value.in_words());
        let money = it.printed.as_ref().map_or_else(String::new, |printed| format!(", {}", printed.value.exact()));
        let steps = it.steps.iter().map(|step| {
            let by = step.by.map_or_else(String::new, |by| format!(" by {}", by.in_words()));
            format!("{}{by}", step.name)
        });
        let proposal = it.proposal.iter().map(|proposal| format!("“{proposal}”"));
        let success = it.success.iter().map(|success| format!("success: {success}"));
        let after = proposal.chain(steps).chain(success);
        std::iter::once(format!("{maturity}{money}")).chain(after).collect::<Vec<_>>().join("; ")
    };
    Measure: it => it.name.clone(), {
        let or_none = |figure: Option<String>| figure.unwrap_or_else(|| "–".to_owned());
        let readings = it.readings.iter().map(|reading| {
            format!("{} {}", reading.period, or_none(reading.value.as_ref().map(|value| value.value.to_string())))
        });
        let target = or_none(it.target.as_ref().map(|figure| figure.value.to_string()));
        let baseline = or_none(it.baseline.as_ref().map(|figure| figure.value.to_string()));
        let better = (it.wanted == Wanted::More).then(|| "the higher the better".to_owned());
        let unit = it.unit.as_ref().map(|unit| format!("in {unit}"));
        let reference = it.reference.as_ref().map(|reference| format!("number {reference}"));
        let word = it.said.map(|word| format!("the paper: {}", word.in_words()));
        let filled = it.forecast.as_ref().map(|figure| format!("forecast: {}", figure.in_words()));
        let more = [better, unit, reference, word, filled, it.remark.clone()].into_iter().flatten();
        [format!("target {target}"), format!("baseline {baseline}")].into_iter().chain(readings).chain(more).collect::<Vec<_>>().join(", ")
    };
    Indicator: it => it.name.clone(), {
        let rank = |what: &str, rank: Option<Rank>| rank.map(|rank| format!("{} of {} among {what}", rank.place, rank.of));
        let england = it.national.as_ref().map(|national| format!("England {}", national.value));
        let unit = it.unit.as_ref().map(|unit| format!("in {unit}"));
        let delays = it.is_delays.then(|| "the rate of delays".to_owned());
        let ranks = [rank("neighbours", it.neighbours), rank("all", it.authorities)];
        let after = [england].into_iter().chain(ranks).chain([unit, delays]).flatten();
        std::iter::once(it.value.value.to_string()).chain(after).collect::<Vec<_>>().join(", ")
    };
    Pool: it => it.name.clone(), {
        let lines = it.lines.iter().map(|line| {
            let amounts: Vec<String> = line.amounts.iter().map(|amount| amount.value.exact()).collect();
            format!("{} {}", line.name, amounts.join(" and "))
        });
        let shares = it.partners.iter().filter_map(|partner| {
            Some(format!("{} bears {}", partner.name, partner.risk_share.as_ref()?.value))
        });
        let partners = it.partners.iter().map(|partner| partner.name.as_str()).collect::<Vec<_>>().join(" and ");
        let uses = it.uses.iter().flat_map(|part| {
            let lines = part.lines.iter().map(|line| format!("{} {}", line.name, line.amount.value.exact()));
            std::iter::once(format!("use of {}", part.name)).chain(lines)
        });
        let gross = (0..it.partners.len()).flat_map(|at| [Total::Gross(at), Total::Net(at)]);
        let totals = gross.chain([Total::All]).chain((0..it.uses.len()).map(Total::Use));
        let printed = totals.filter_map(|of| Some(format!("{}, printed {}", of.in_words(it), it.printed(of)?.exact())));
        let after = lines.chain(shares).chain(uses).chain(printed);
        std::iter::once(partners).chain(after).collect::<Vec<_>>().join("; ")
    };
    Risk: it => it.name.clone(), {
        let score = |score: Option<u16>| score.map_or_else(|| "–".to_owned(), |score| score.to_string());
        let [likelihood, impact] = [&it.likelihood, &it.impact].map(|figure| figure.as_ref().map(|figure| figure.value));
        let rating = it.rating.map_or("unrated", Rating::in_words);
        let owner = it.owner.as_ref().map_or_else(String::new, |owner| format!(", owner {owner}"));
        let scored = format!("{rating}, likelihood {}, impact {}{owner}", score(likelihood), score(impact));
        std::iter::once(scored).chain(it.mitigations.iter().cloned()).collect::<Vec<_>>().join("; ")
    };
    MoneyAtRisk: it => it.name.clone(), {
        let amounts = it.amounts.iter().map(|(year, amount)| format!("{} in {year}", amount.value.exact()));
        let grant = it.grant_of.iter().map(|year| format!("all of the grant of {year}"));
        let trigger = match &it.trigger {
            Trigger::Targets => "hangs on the targets".to_owned(),
            Trigger::Measure(id) => format!("hangs on {id}"),
        };
        amounts.chain(grant).chain([it.about.clone(), trigger]).collect::<Vec<_>>().join(", ")
    };
    Purpose: it => it.purpose.in_words().to_owned(), {
        let schemes = it.schemes.iter().map(ToString::to_string);
        std::iter::once(format!("{}% in {}", it.share.value, it.year)).chain(schemes).collect::<Vec<_>>().join(", ")
    };
    Impact: it => it.name.clone(), {
        let on = it.on.iter().map(|impacted| format!("{} ({})", impacted.what.in_words(), impacted.how.in_words()));
        on.collect::<Vec<_>>().join(", ")
    };
    Expenditure: it => format!("{} {}", it.number, it.name), {
        let amounts = it.amounts.iter().map(|(year, amount)| format!("{} in {year}", amount.value.exact()));
        let kind = Some(it.kind.clone()).filter(|kind| !kind.is_empty());
        let funding = it.funding.as_ref().map(|funding| format!("paid by {funding}"));
        let new = Some(if it.is_new { "new" } else { "existing" }.to_owned());
        let texts = [&it.sub_type, &it.area_of_spend, &it.comment].into_iter().flatten().cloned();
        amounts.chain(kind).chain(texts).chain(funding).chain(new).collect::<Vec<_>>().join(", ")
    };
}

impl Say for Admissions {
    const IS_LIST: bool = true;
    fn say(&self, _: &Scenario) -> Said {
        let Self { target, rise, marginal_rate, saving_sought, home_care } = self;
        let hours = home_care.as_ref().map_or_else(String::new, |it| {
            let [money, hours, base] =
                [it.money.value.exact(), it.hours_a_week.value.to_string(), it.base.value.to_string()];
            format!(", {money} for {hours} hours of home care a week, {base} before")
        });
        Said::Words(format!(
            "target {}, rise {}, marginal rate {}, saving sought {}{hours}",
            target.value, rise.value, marginal_rate.value, saving_sought.value
        ))
    }
}
