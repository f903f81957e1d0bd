//! The walk over everything that a scenario says. Each structure is put together again field by field, so that one
//! that gains a field does not compile until the field is walked.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::lists::Known;
use super::said::{Say, beginning};
use super::walk::{Spot, Walk};
use super::{About, context};
use crate::calendar::{FinancialYear, Month};
use crate::scenario::{
    Bookmark, ByYear, Commitment, Costs, DeliveryRisk, Effect, Figure, Fund, History, Kind, Milestone, MonthOfDelays,
    MonthOfOutturn, Note, Paper, Pathway, PathwayFigure, Reason, Scenario, Scheme, Service, Target, UnitCost,
    Volatility,
};

/// The scenario that three versions come to.
pub(super) fn scenario(walk: &mut Walk) -> Scenario {
    let it = walk.scenarios;
    let plan = |field, name| Spot::new(About::Plan, field, name);
    let mut scenario = Scenario {
        format: it[1].format,
        title: walk.leaf(&plan("title", "Title"), it.map(|of| &of.title)),
        area: walk.leaf(&plan("area", "Council or area"), it.map(|of| &of.area)),
        as_of: walk.leaf(&plan("as_of", "Written on"), it.map(|of| &of.as_of)),
        papers: papers(walk, it.map(|of| &of.papers)),
        fund: fund(walk, it.map(|of| &of.fund)),
        schemes: schemes(walk, it.map(|of| &of.schemes)),
        pathways: pathways(walk, it.map(|of| &of.pathways)),
        targets: targets(walk, it.map(|of| &of.targets)),
        recording: walk.maybe(
            &Spot::new(About::History, "recording", "Noise in published months"),
            it.map(|of| of.recording.as_ref()),
        ),
        history: history(walk, it.map(|of| &of.history)),
        outturn: outturn(walk, it.map(|of| &of.outturn)),
        bookmarks: bookmarks(walk, it.map(|of| &of.bookmarks)),
        context: Arc::new(context::context(walk, it.map(|of| &*of.context))),
        costs: costs(walk, it.map(|of| &of.costs)),
        notes: notes(walk, it.map(|of| &of.notes)),
    };
    // No figure of the plan: it follows from the others.
    scenario.format = scenario.oldest_format();
    scenario
}

fn papers(walk: &mut Walk, it: [&Vec<Paper>; 3]) -> Vec<Paper> {
    let known =
        Known { by: &[|paper: &Paper| paper.id.to_string()], spot: |spot, paper| spot.named(paper.short.clone()) };
    let spot = Spot::new(About::Papers, "papers", "");
    walk.list(&spot, &spot.same("order").named("Order of the papers".to_owned()), it, &known, |walk, spot, it| Paper {
        id: it[1].id.clone(),
        title: walk.leaf(&spot.field("title", "title"), it.map(|of| &of.title)),
        short: walk.leaf(&spot.field("short", "short name"), it.map(|of| &of.short)),
        date: walk.leaf(&spot.field("date", "date"), it.map(|of| &of.date)),
        licence: walk.maybe(&spot.field("licence", "licence"), it.map(|of| of.licence.as_ref())),
    })
}

fn fund(walk: &mut Walk, it: [&Fund; 3]) -> Fund {
    let fund = Spot::new(About::Fund, "fund", "");
    let spot = |field, name: &str| fund.same(field).named(name.to_owned());
    Fund {
        name: walk.leaf(&spot("name", "Name of the fund"), it.map(|of| &of.name)),
        grant: by_year(walk, &spot("grant", "Grant"), it.map(|of| &of.grant)),
        carries_forward: walk
            .leaf(&spot("carries_forward", "Balance carried forward"), it.map(|of| &of.carries_forward)),
    }
}

fn by_year<T: Say>(walk: &mut Walk, spot: &Spot, it: [&ByYear<Figure<T>>; 3]) -> ByYear<Figure<T>> {
    walk.map(&it.map(|of| of.iter().collect::<BTreeMap<FinancialYear, _>>()), |year| spot.year(year))
}

fn schemes(walk: &mut Walk, it: [&Vec<Arc<Scheme>>; 3]) -> Vec<Arc<Scheme>> {
    let known = Known {
        by: &[|scheme: &Arc<Scheme>| scheme.id.to_string()],
        spot: |spot, of| {
            let about = About::Scheme { id: of.id.clone(), name: of.name.clone(), area: of.area };
            spot.about(about).named(of.name.clone())
        },
    };
    let spot = Spot::new(About::Schemes, "schemes", "Order of the schemes");
    walk.list(&spot, &spot.same("order"), it, &known, |walk, spot, it| Arc::new(scheme(walk, spot, it.map(|of| &**of))))
}

fn scheme(walk: &mut Walk, spot: &Spot, it: [&Scheme; 3]) -> Scheme {
    Scheme {
        id: it[1].id.clone(),
        name: walk.leaf(&spot.field("name", "name"), it.map(|of| &of.name)),
        area: walk.leaf(&spot.field("area", "area"), it.map(|of| &of.area)),
        about: walk.leaf(&spot.field("about", "what the money is for"), it.map(|of| &of.about)),
        allocations: by_year(walk, &spot.same("allocations"), it.map(|of| &of.allocations)),
        commitment: commitment(walk, &spot.same("commitment"), it.map(|of| &of.commitment)),
        milestones: milestones(walk, spot, it.map(|of| &of.milestones)),
        effects: effects(walk, spot, it.map(|of| &of.effects)),
        delivery_risk: walk.within(
            &spot.field("delivery_risk", "delivery"),
            it.map(|of| of.delivery_risk.as_ref()),
            |walk, spot, it| DeliveryRisk {
                slip_days: walk.leaf(&spot.field("slip_days", "days late"), it.map(|of| &of.slip_days)),
                delivered: walk.leaf(&spot.field("delivered", "share delivered"), it.map(|of| &of.delivered)),
            },
        ),
        supports: walk.leaf(&spot.field("supports", "High Impact Changes supported"), it.map(|of| &of.supports)),
        locked: walk.leaf(&spot.field("locked", "locked"), it.map(|of| &of.locked)),
    }
}

fn commitment(walk: &mut Walk, spot: &Spot, it: [&Commitment; 3]) -> Commitment {
    Commitment {
        basis: walk.leaf(&spot.field("basis", "basis of the commitment"), it.map(|of| &of.basis)),
        years: walk.leaf(&spot.field("years", "committed in"), it.map(|of| &of.years)),
    }
}

fn milestones(walk: &mut Walk, spot: &Spot, it: [&Vec<Milestone>; 3]) -> Vec<Milestone> {
    let known = Known {
        by: &[|milestone: &Milestone| milestone.id.to_string()],
        spot: |spot, milestone| {
            let name = format!("{}, milestone “{}”", spot.name(), milestone.name);
            spot.named(name)
        },
    };
    let order = spot.same("milestones").field("order", "order of the milestones");
    walk.list(&spot.same("milestones"), &order, it, &known, |walk, spot, it| Milestone {
        id: it[1].id.clone(),
        name: walk.leaf(&spot.field("name", "name"), it.map(|of| &of.name)),
        due: walk.leaf(&spot.same("due"), it.map(|of| &of.due)),
        after: walk.maybe(&spot.field("after", "follows"), it.map(|of| of.after.as_ref())),
    })
}

fn effects(walk: &mut Walk, spot: &Spot, it: [&Vec<Effect>; 3]) -> Vec<Effect> {
    let known = Known {
        by: &[
            |effect: &Effect| format!("{effect:?}"),
            |effect: &Effect| format!("{} {:?}", effect.pathway, effect.change),
            |effect: &Effect| effect.pathway.to_string(),
        ],
        spot: |spot, effect| {
            let name = format!("{}, effect on {} ({})", spot.name(), effect.pathway, effect.change.in_words());
            spot.named(name)
        },
    };
    let order = spot.same("effects").field("order", "order of the effects");
    walk.list(&spot.same("effects"), &order, it, &known, |walk, spot, it| Effect {
        pathway: walk.leaf(&spot.field("pathway", "pathway"), it.map(|of| &of.pathway)),
        change: walk.leaf(&spot.field("change", "what changes"), it.map(|of| &of.change)),
        size: walk.leaf(&spot.field("size", "size"), it.map(|of| &of.size)),
        per: walk.leaf(&spot.field("per", "for each"), it.map(|of| &of.per)),
        start: walk.leaf(&spot.field("start", "start"), it.map(|of| &of.start)),
        ramp_days: walk.leaf(&spot.field("ramp_days", "days until whole"), it.map(|of| &of.ramp_days)),
        whole_after: walk
            .maybe(&spot.field("whole_after", "whole after milestone"), it.map(|of| of.whole_after.as_ref())),
        renewal: walk.maybe(&spot.field("renewal", "renewed with"), it.map(|of| of.renewal.as_ref())),
        fade_days: walk.leaf(&spot.field("fade_days", "days until gone"), it.map(|of| &of.fade_days)),
        most: walk.leaf(&spot.field("most", "at most"), it.map(|of| &of.most)),
    })
}

fn pathways(walk: &mut Walk, it: [&Vec<Arc<Pathway>>; 3]) -> Vec<Arc<Pathway>> {
    let known = Known {
        by: &[|pathway: &Arc<Pathway>| pathway.id.to_string()],
        spot: |spot, of| spot.about(About::Pathway { id: of.id.clone(), name: of.name.clone() }).named(of.name.clone()),
    };
    let spot = Spot::new(About::Pathways, "pathways", "Order of the pathways");
    walk.list(&spot, &spot.same("order"), it, &known, |walk, spot, it| {
        Arc::new(pathway(walk, spot, it.map(|of| &**of)))
    })
}

fn pathway(walk: &mut Walk, spot: &Spot, it: [&Pathway; 3]) -> Pathway {
    let figure = |field, which: PathwayFigure| spot.field(field, &lower(which.in_words()));
    Pathway {
        id: it[1].id.clone(),
        name: walk.leaf(&spot.field("name", "name"), it.map(|of| &of.name)),
        reasons: walk.leaf(&spot.field("reasons", "reasons"), it.map(|of| &of.reasons)),
        attribution: walk.leaf(&spot.field("attribution", "responsibility"), it.map(|of| &of.attribution)),
        referrals: walk.leaf(&figure("referrals", PathwayFigure::Referrals), it.map(|of| &of.referrals)),
        growth: walk.leaf(&figure("growth", PathwayFigure::Growth), it.map(|of| &of.growth)),
        seasons: walk.maybe(&spot.field("seasons", "seasons from April to March"), it.map(|of| of.seasons.as_ref())),
        volatility: walk.within(
            &spot.field("volatility", "drift of referrals"),
            it.map(|of| of.volatility.as_ref()),
            |walk, spot, it| Volatility {
                spread: walk.leaf(&spot.field("spread", "spread"), it.map(|of| &of.spread)),
                persistence_days: walk
                    .leaf(&spot.field("persistence_days", "days it persists"), it.map(|of| &of.persistence_days)),
            },
        ),
        waiting: walk.leaf(&figure("waiting", PathwayFigure::Waiting), it.map(|of| &of.waiting)),
        kind: match it.map(|of| &of.kind) {
            [Kind::Process { days: base }, Kind::Process { days: mine }, Kind::Process { days: theirs }] => {
                Kind::Process { days: walk.leaf(&figure("days", PathwayFigure::ProcessDays), [base, mine, theirs]) }
            }
            [Kind::Service(base), Kind::Service(mine), Kind::Service(theirs)] => {
                Kind::Service(Box::new(service(walk, &figure, [base, mine, theirs])))
            }
            it => walk.leaf(&spot.field("kind", "how people leave"), it),
        },
    }
}

fn service(walk: &mut Walk, spot: &impl Fn(&'static str, PathwayFigure) -> Spot, it: [&Service; 3]) -> Service {
    Service {
        places: walk.leaf(&spot("places", PathwayFigure::Places), it.map(|of| &of.places)),
        delivery: walk.leaf(&spot("delivery", PathwayFigure::Delivery), it.map(|of| &of.delivery)),
        stay_days: walk.leaf(&spot("stay_days", PathwayFigure::StayDays), it.map(|of| &of.stay_days)),
        stay_spread: walk.leaf(&spot("stay_spread", PathwayFigure::StaySpread), it.map(|of| &of.stay_spread)),
        patience_days: walk
            .maybe(&spot("patience_days", PathwayFigure::PatienceDays), it.map(|of| of.patience_days.as_ref())),
        weekend: walk.leaf(&spot("weekend", PathwayFigure::Weekend), it.map(|of| &of.weekend)),
        attrition: walk.leaf(&spot("attrition", PathwayFigure::Attrition), it.map(|of| &of.attrition)),
        occupied: walk.maybe(&spot("occupied", PathwayFigure::Occupied), it.map(|of| of.occupied.as_ref())),
    }
}

/// `Referrals a week` within a sentence.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A list with an item for each month. Where all three are in order, so is what they come to.
fn months<T: Say>(
    walk: &mut Walk,
    spot: &Spot,
    it: [&Vec<T>; 3],
    known: &Known<T>,
    month: fn(&T) -> Month,
    deeper: impl FnMut(&mut Walk, &Spot, [&T; 3]) -> T,
) -> Vec<T> {
    let order = spot.same("order").named(format!("{}, order of the months", spot.name()));
    let mut merged = walk.list(spot, &order, it, known, deeper);
    if it.iter().all(|list| list.is_sorted_by_key(month)) {
        merged.sort_by_key(month);
    }
    merged
}

fn targets(walk: &mut Walk, it: [&Vec<Target>; 3]) -> Vec<Target> {
    let known = Known {
        by: &[|target: &Target| target.month.to_string()],
        spot: |spot, target| spot.named(format!("Target for {}", target.month.in_words())),
    };
    let spot = Spot::new(About::Targets, "targets", "Targets");
    months(
        walk,
        &spot,
        it,
        &known,
        |target| target.month,
        |walk, spot, it| Target {
            month: it[1].month,
            at_most: walk.leaf(&spot.same("at_most"), it.map(|of| &of.at_most)),
        },
    )
}

fn history(walk: &mut Walk, it: [&History; 3]) -> History {
    let spot = Spot::new(About::History, "history", "Published months");
    let known = Known {
        by: &[|month: &MonthOfDelays| month.month.to_string()],
        spot: |spot, month| spot.named(format!("Delayed days in {}", month.month.in_words())),
    };
    History {
        source: walk.leaf(&spot.field("source", "source"), it.map(|of| &of.source)),
        months: months(
            walk,
            &spot.same("months"),
            it.map(|of| &of.months),
            &known,
            |month| month.month,
            |walk, spot, it| MonthOfDelays {
                month: it[1].month,
                nhs: walk.leaf(&spot.field("nhs", "NHS"), it.map(|of| &of.nhs)),
                social_care: walk.leaf(&spot.field("social_care", "social care"), it.map(|of| &of.social_care)),
                both: walk.leaf(&spot.field("both", "both"), it.map(|of| &of.both)),
                reasons: by_reason(walk, &spot.same("reasons"), it.map(|of| &of.reasons)),
            },
        ),
    }
}

fn by_reason(walk: &mut Walk, spot: &Spot, it: [&BTreeMap<Reason, u32>; 3]) -> BTreeMap<Reason, u32> {
    let maps = it.map(|of| of.iter().map(|(reason, days)| (*reason, days)).collect());
    walk.map(&maps, |reason| spot.key(format!("{reason:?}")).named(format!("{}, {}", spot.name(), reason.in_words())))
}

fn outturn(walk: &mut Walk, it: [&Vec<MonthOfOutturn>; 3]) -> Vec<MonthOfOutturn> {
    let known = Known {
        by: &[|month: &MonthOfOutturn| month.month.to_string()],
        spot: |spot, month| spot.named(format!("Outturn for {}", month.month.in_words())),
    };
    let spot = Spot::new(About::Outturn, "outturn", "Outturn");
    months(
        walk,
        &spot,
        it,
        &known,
        |month| month.month,
        |walk, spot, it| MonthOfOutturn {
            month: it[1].month,
            delayed_days: walk.leaf(&spot.field("delayed_days", "delayed days"), it.map(|of| &of.delayed_days)),
            responsible: walk
                .maybe(&spot.field("responsible", "by who is responsible"), it.map(|of| of.responsible.as_ref())),
            reasons: by_reason(walk, &spot.same("reasons"), it.map(|of| &of.reasons)),
        },
    )
}

fn costs(walk: &mut Walk, it: [&Costs; 3]) -> Costs {
    let spot = Spot::new(About::Costs, "costs", "Cost");
    let known =
        Known { by: &[|cost: &UnitCost| cost.id.to_string()], spot: |spot, cost| spot.named(cost.name.clone()) };
    let order = spot.same("others").same("order").named("Order of the costs".to_owned());
    Costs {
        delayed_day: walk
            .leaf(&spot.same("delayed_day").named("Cost of a delayed day".to_owned()), it.map(|of| &of.delayed_day)),
        others: walk.list(&spot.same("others"), &order, it.map(|of| &of.others), &known, |walk, spot, it| UnitCost {
            id: it[1].id.clone(),
            name: walk.leaf(&spot.field("name", "name"), it.map(|of| &of.name)),
            amount: walk.leaf(&spot.same("amount"), it.map(|of| &of.amount)),
        }),
    }
}

/// Each goes as one: half of one state and half of another would be a third that nobody kept.
fn bookmarks(walk: &mut Walk, it: [&Vec<Bookmark>; 3]) -> Vec<Bookmark> {
    let known = Known {
        by: &[|kept: &Bookmark| kept.name.clone()],
        spot: |spot, kept| spot.named(format!("Kept state “{}”", kept.name)),
    };
    let spot = Spot::new(About::Plan, "bookmarks", "");
    let order = spot.same("order").named("Order of the kept states".to_owned());
    walk.list(&spot, &order, it, &known, Walk::leaf)
}

fn notes(walk: &mut Walk, it: [&Vec<Note>; 3]) -> Vec<Note> {
    let known = Known {
        by: &[
            |note: &Note| format!("{note:?}"),
            |note: &Note| note.text.clone(),
            |note: &Note| format!("{:?} {:?} {:?}", note.kind, note.scheme, note.source),
        ],
        spot: |spot, note| spot.named(format!("Note “{}”", beginning(&note.text))),
    };
    let spot = Spot::new(About::Notes, "notes", "");
    let order = spot.same("order").named("Order of the notes".to_owned());
    walk.list(&spot, &order, it, &known, |walk, spot, it| Note {
        kind: walk.leaf(&spot.field("kind", "kind"), it.map(|of| &of.kind)),
        text: walk.leaf(&spot.same("text"), it.map(|of| &of.text)),
        source: walk.leaf(&spot.field("source", "source"), it.map(|of| &of.source)),
        scheme: walk.maybe(&spot.field("scheme", "scheme"), it.map(|of| of.scheme.as_ref())),
    })
}
