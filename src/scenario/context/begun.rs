//! Things of the context as they begin: with names to write over, no money, and no score; nothing in them looks like a
//! finding.

use std::sync::Arc;

use super::{
    Activity, Admissions, ChangeReport, Context, Expenditure, GrantPurpose, HomeCareHours, Impact, Indicator, Item,
    Measure, MoneyAtRisk, Partner, Pool, PoolLine, PoolLineKind, Purpose, Reading, Risk, Sort, Step, Trigger, Wanted,
    Workstream,
};
use crate::money::Money;
use crate::scenario::{Area, ByYear, Figure, HighImpactChange, Id, Quantity, Scenario, Scheme, Source};

/// What a new part of a thing is called.
pub fn part_begun(sort: Sort) -> &'static str {
    match sort {
        Sort::Workstream => "New activity",
        Sort::Change => "New step",
        _ => "New line",
    }
}

pub(super) fn begin_part(item: &mut Item) {
    let name = part_begun(item.key().sort);
    match item {
        Item::Workstream(it) => it.activities.push(activity(name, None)),
        Item::Change(it) => it.steps.push(Step { name: name.to_owned(), by: None, remark: None }),
        Item::Pool(it) => it.lines.push(line(name, it.partners.len())),
        _ => {}
    }
}

/// What home care costs, as it begins: £1 for an hour a week, beside an hour a week before.
pub(super) fn home_care() -> HomeCareHours {
    let one = || Figure::entered(Quantity::whole(1));
    HomeCareHours { money: Figure::entered(Money::pounds(1).unwrap_or_default()), hours_a_week: one(), base: one() }
}

/// Changes of which nothing is reported yet.
pub fn unreported(context: &Context) -> impl Iterator<Item = HighImpactChange> + '_ {
    let is_reported = |change: &HighImpactChange| context.changes.iter().any(|it| it.change == *change);
    HighImpactChange::ALL.into_iter().filter(move |change| !is_reported(change))
}

/// A thing of a sort, not there yet; nothing where all that there can be are there.
#[expect(clippy::too_many_lines, reason = "one arm for each sort")]
pub(super) fn new_item(scenario: &Scenario, sort: Sort) -> Option<Item> {
    let context = &*scenario.context;
    let first_year = scenario.fund.grant.first_year()?;
    let nothing_yet = || -> ByYear<Figure<Money>> {
        scenario.fund.grant.iter().map(|(year, _)| (year, Figure::entered(Money::ZERO))).collect()
    };
    let source = Source::Entered;
    Some(match sort {
        Sort::Workstream => Item::Workstream(Workstream {
            id: fresh("workstream", &context.delivery, |it| &it.id)?,
            name: "New line".to_owned(),
            area: Area::ImprovingFlow,
            scheme: None,
            owner: None,
            allocation: None,
            status: None,
            activities: vec![activity(part_begun(sort), None)],
            source,
            earlier: None,
        }),
        Sort::Change => Item::Change(ChangeReport {
            id: fresh("change", &context.changes, |it| &it.id)?,
            change: unreported(context).next()?,
            proposal: None,
            printed: None,
            maturity: None,
            steps: Vec::new(),
            success: Vec::new(),
            source,
        }),
        Sort::Measure => Item::Measure(Measure {
            id: fresh("measure", &context.measures, |it| &it.id)?,
            reference: None,
            name: "New measure".to_owned(),
            unit: None,
            wanted: Wanted::Less,
            target: None,
            baseline: None,
            readings: readings_of(context),
            said: None,
            forecast: None,
            remark: None,
            source,
        }),
        Sort::Indicator => Item::Indicator(Indicator {
            id: fresh("indicator", &context.dashboard, |it| &it.id)?,
            name: "New indicator".to_owned(),
            unit: None,
            wanted: Wanted::Less,
            value: Figure::entered(Quantity::ZERO),
            national: None,
            neighbours: None,
            authorities: None,
            is_delays: false,
        }),
        Sort::Pool => Item::Pool(Pool {
            id: fresh("pool", &context.pools, |it| &it.id)?,
            name: "New pool".to_owned(),
            year: first_year,
            partners: ["Council", "NHS"].map(|name| Partner { name: name.to_owned(), risk_share: None }).into(),
            lines: vec![line(part_begun(sort), 2)],
            printed: Vec::new(),
            uses: Vec::new(),
            source,
        }),
        Sort::Risk => Item::Risk(Risk {
            id: fresh("risk", &context.risks, |it| &it.id)?,
            name: "New risk".to_owned(),
            likelihood: None,
            impact: None,
            rating: None,
            owner: None,
            mitigations: Vec::new(),
            source,
        }),
        Sort::AtRisk => Item::AtRisk(MoneyAtRisk {
            id: fresh("at-risk", &context.at_risk, |it| &it.id)?,
            name: "New money at risk".to_owned(),
            about: String::new(),
            amounts: nothing_yet(),
            grant_of: Vec::new(),
            trigger: Trigger::Targets,
            source,
        }),
        Sort::Purpose => {
            let is_there = |purpose| context.purposes.iter().any(|it| it.purpose == purpose && it.year == first_year);
            Item::Purpose(Purpose {
                id: fresh("purpose", &context.purposes, |it| &it.id)?,
                purpose: GrantPurpose::ALL.into_iter().find(|purpose| !is_there(*purpose))?,
                year: first_year,
                share: Figure::entered(Quantity::ZERO),
                schemes: Vec::new(),
            })
        }
        Sort::Impact => {
            let has_none =
                |scheme: &&Arc<Scheme>| context.impacts.iter().all(|it| it.scheme.as_ref() != Some(&scheme.id));
            Item::Impact(impact_of(context, scenario.schemes.iter().find(has_none)?)?)
        }
        Sort::Expenditure => Item::Expenditure(Expenditure {
            id: fresh("spending", &context.expenditure, |it| &it.id)?,
            number: context.expenditure.iter().map(|it| it.number).max().unwrap_or(0).checked_add(1)?,
            name: "New line".to_owned(),
            kind: String::new(),
            sub_type: None,
            area_of_spend: None,
            funding: None,
            amounts: nothing_yet(),
            is_new: true,
            comment: None,
            scheme: None,
            source,
        }),
        Sort::Adults => Item::Adults(Figure {
            value: "100000".parse().ok()?,
            was: None,
            source: Source::Assumption("A default to start from: put in how many adults the area has.".to_owned()),
        }),
        Sort::Admissions => {
            let entered = |share: u16| Figure::entered(Quantity::whole(share));
            // At the whole cost, with nothing asked: the sheet shows what moves once a figure is typed.
            let (target, rise, marginal_rate, saving_sought) = (entered(0), entered(0), entered(1), entered(0));
            Item::Admissions(Box::new(Admissions { target, rise, marginal_rate, saving_sought, home_care: None }))
        }
    })
}

fn fresh<T>(what: &str, list: &[T], id: fn(&T) -> &Id) -> Option<Id> {
    Id::fresh(what, |fresh| list.iter().any(|it| id(it) == fresh))
}

/// A reading still to come for each period that other measures have.
fn readings_of(context: &Context) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for Reading { period, .. } in context.measures.iter().flat_map(|measure| &measure.readings) {
        if readings.iter().all(|known| known.period != *period) {
            readings.push(Reading { period: period.clone(), value: None });
        }
    }
    readings
}

fn activity(name: &str, milestone: Option<Id>) -> Activity {
    Activity { name: name.to_owned(), milestone, start: None, due: None, status: None, earlier: None }
}

fn line(name: &str, partners: usize) -> PoolLine {
    let amounts = vec![Figure::entered(Money::ZERO); partners];
    PoolLine { name: name.to_owned(), kind: PoolLineKind::Contribution, amounts }
}

/// A line of the project plan whose activities are a scheme's milestones, so that effects that wait for them follow.
pub(super) fn workstream_of(context: &Context, scheme: &Scheme) -> Option<Workstream> {
    let milestones = scheme.milestones.iter().map(|it| activity(&it.name, Some(it.id.clone())));
    Some(Workstream {
        id: fresh("workstream", &context.delivery, |it| &it.id)?,
        name: scheme.name.clone(),
        area: scheme.area,
        scheme: Some(scheme.id.clone()),
        owner: None,
        allocation: None,
        status: None,
        activities: milestones.collect(),
        source: Source::Entered,
        earlier: None,
    })
}

/// A scheme of which nobody has yet said what it acts on.
pub(super) fn impact_of(context: &Context, scheme: &Scheme) -> Option<Impact> {
    Some(Impact {
        id: fresh("impact", &context.impacts, |it| &it.id)?,
        name: scheme.name.clone(),
        scheme: Some(scheme.id.clone()),
        on: Vec::new(),
        source: Source::Entered,
    })
}

/// Schemes that no thing of a sort is about yet.
pub fn schemes_without(scenario: &Scenario, sort: Sort) -> Vec<&Scheme> {
    let context = &*scenario.context;
    let has = |scheme: &Scheme| match sort {
        Sort::Workstream => context.delivery.iter().any(|it| it.scheme.as_ref() == Some(&scheme.id)),
        _ => context.impacts.iter().any(|it| it.scheme.as_ref() == Some(&scheme.id)),
    };
    scenario.schemes.iter().map(AsRef::as_ref).filter(|scheme| !has(scheme)).collect()
}
