//! What can be done with the context beside typing over what stands there: things and their parts begun, and taken out.

use super::begun::{begin_part, home_care, impact_of, new_item, part_begun, workstream_of};
use super::pool::remove_at;
use super::{
    Admissions, ChangeReport, Context, FromForecast, How, ImpactOn, Item, Key, Measure, MoneyAtRisk, Pool, Reading,
    Sort, Trajectory, Trigger, UseLine, Wanted, Workstream,
};
use crate::calendar::{Date, FinancialYear};
use crate::money::Money;
use crate::scenario::{Edit, Figure, Id, Scenario};

/// Something that can be done with the context.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Doing {
    /// Begins a thing of a sort.
    Begin(Sort),
    /// Begins a thing of a sort for a scheme: a line of the project plan with its milestones, or what it acts on.
    BeginFor(Sort, Id),
    /// Takes a thing out.
    Remove(Key),
    /// Begins a part of a thing: an activity, a step of a change, a line of a pool.
    BeginPart(Key),
    /// Says what is proposed for a change.
    Propose(Id),
    /// Says how else a change's success will be known.
    SayHowKnown(Id),
    /// Takes a part of a thing out, counted from 0.
    RemovePart(Key, usize),
    /// Begins a partner of a pool, who pays nothing yet.
    BeginPartner(Id),
    /// Takes a partner out of a pool, counted from 0.
    RemovePartner(Id, usize),
    /// Begins a part of a pool's use.
    BeginUse(Id),
    /// Takes a part of a pool's use out, counted from 0.
    RemoveUse(Id, usize),
    /// Begins a line in a part of a pool's use.
    BeginUseLine(Id, usize),
    /// Takes a line out of a part of a pool's use.
    RemoveUseLine(Id, usize, usize),
    /// Makes room for the totals that the paper prints.
    BeginPrinted(Id),
    /// Forgets the totals that the paper prints.
    ForgetPrinted(Id),
    /// Begins a period for readings of every measure.
    BeginPeriod,
    /// Says which way is better for a measure.
    Want(Id, Wanted),
    /// Says which word the paper has for where a measure goes, if it has one.
    Say(Id, Option<Trajectory>),
    /// Lets a figure of the forecast fill a measure, or none.
    FillFrom(Id, Option<FromForecast>),
    /// Says whether an indicator is the rate of delays, which the forecast's stands beside.
    IsDelays(Id, bool),
    /// Says what money at risk hangs on.
    HangOn(Id, Trigger),
    /// Says that all of a year's grant is at risk, or not.
    GrantAtRisk(Id, FinancialYear),
    /// Begins what home care costs, in the arithmetic of admissions.
    BeginHomeCare,
    /// Takes that out.
    RemoveHomeCare,
    /// Says whether a line of spending is new.
    CallNew(Id, bool),
    /// Says which scheme of the plan a line of spending or of the project plan is, or an impact is of, if any.
    IsScheme(Key, Option<Id>),
    /// Says which milestone of its line's scheme an activity is, counted from 0, if it is one: its day is then the
    /// milestone's, and effects that wait for it move with it.
    IsMilestone(Id, usize, Option<Id>),
    /// Takes a period's readings out of every measure.
    RemovePeriod(String),
    /// Names a scheme for a purpose, or no more.
    Name(Id, Id),
    /// Says that a scheme acts on something, directly.
    ActOn(Id, ImpactOn),
}

impl Doing {
    /// As a choice in a menu.
    pub fn in_words(&self, scenario: &Scenario) -> String {
        let context = &*scenario.context;
        match self {
            Self::Begin(sort) => format!("Add {}", with_article(sort.in_words())),
            Self::BeginFor(Sort::Workstream, scheme) => {
                format!("Add the milestones of {}", scheme_name(scenario, scheme))
            }
            Self::BeginFor(_, scheme) => format!("Add {}", scheme_name(scenario, scheme)),
            Self::Remove(key) => {
                let name = key.find(context).map_or_else(String::new, |item| format!(" “{}”", item.name()));
                format!("Remove the {}{name}", key.sort.in_words())
            }
            Self::BeginPart(key) => format!("Add {}", with_article(part_of(key.sort))),
            Self::Propose(_) => "Add a proposal".to_owned(),
            Self::SayHowKnown(_) => "Add a sign of success".to_owned(),
            Self::RemovePart(key, at) => {
                let name = key.find(context).and_then(|item| part_name(&item, *at));
                format!("Remove the {} “{}”", part_of(key.sort), name.unwrap_or_default())
            }
            Self::BeginPartner(_) => "Add a partner".to_owned(),
            Self::RemovePartner(pool, at) => {
                let partner = pool_of(context, pool).and_then(|pool| pool.partners.get(*at));
                let name = partner.map_or("", |partner| partner.name.as_str());
                format!("Remove the partner “{name}”, with what it pays")
            }
            Self::BeginUse(_) => "Add a part of what it is used for".to_owned(),
            Self::RemoveUse(pool, part) => {
                let name = pool_of(context, pool).and_then(|it| it.uses.get(*part)).map_or("", |it| it.name.as_str());
                format!("Remove the use of the pool, “{name}”")
            }
            Self::BeginUseLine(..) => "Add a line of what it is used for".to_owned(),
            Self::RemoveUseLine(pool, part, line) => {
                let line = pool_of(context, pool).and_then(|it| it.uses.get(*part)?.lines.get(*line));
                format!("Remove the line “{}”", line.map_or("", |line| line.name.as_str()))
            }
            Self::BeginPrinted(_) => "Add the totals that are printed".to_owned(),
            Self::ForgetPrinted(_) => "Remove the printed totals".to_owned(),
            Self::Say(_, Some(word)) => format!("The paper says: {}", word.in_words()),
            Self::Say(_, None) => "The paper has no word for it".to_owned(),
            Self::FillFrom(_, Some(figure)) => format!("Forecast: {}", figure.in_words()),
            Self::FillFrom(_, None) => "No forecast".to_owned(),
            Self::IsDelays(_, true) => "It is the rate of delays: set the forecast beside it".to_owned(),
            Self::IsDelays(_, false) => "It is not the rate of delays".to_owned(),
            Self::HangOn(_, Trigger::Targets) => "It hangs on the targets for delays".to_owned(),
            Self::HangOn(_, Trigger::Measure(id)) => {
                let measure = context.measures.iter().find(|it| it.id == *id);
                format!("It hangs on: {}", measure.map_or(id.as_str(), |measure| measure.name.as_str()))
            }
            Self::GrantAtRisk(id, year) => match context.at_risk.iter().find(|it| it.id == *id) {
                Some(it) if it.grant_of.contains(year) => format!("Not all of the grant of {year} is at risk"),
                _ => format!("All of the grant of {year} is at risk"),
            },
            Self::BeginHomeCare => "Add what home care costs".to_owned(),
            Self::RemoveHomeCare => "Remove what home care costs".to_owned(),
            Self::BeginPeriod => "Add a period".to_owned(),
            Self::Want(_, Wanted::More) => "The higher the better".to_owned(),
            Self::Want(_, Wanted::Less) => "The lower the better".to_owned(),
            Self::CallNew(_, true) => "It is new".to_owned(),
            Self::CallNew(_, false) => "It was there before".to_owned(),
            Self::IsScheme(_, Some(scheme)) => format!("It is the plan’s {}", scheme_name(scenario, scheme)),
            Self::IsScheme(_, None) => "It is no scheme of the plan".to_owned(),
            Self::IsMilestone(line, _, Some(milestone)) => {
                let scheme = context.delivery.iter().find(|it| it.id == *line).and_then(|it| it.scheme.as_ref());
                let known = scheme.and_then(|scheme| scenario.scheme(scheme)?.1.milestone(milestone));
                format!("It is the milestone “{}”", known.map_or(milestone.as_str(), |known| known.name.as_str()))
            }
            Self::IsMilestone(_, _, None) => "It is no milestone".to_owned(),
            Self::RemovePeriod(period) => format!("Remove every reading of {period}"),
            Self::Name(purpose, scheme) => {
                let known = context.purposes.iter().find(|it| it.id == *purpose);
                let is_named = known.is_some_and(|it| it.schemes.contains(scheme));
                let name = scheme_name(scenario, scheme);
                if is_named { format!("Leave out {name}") } else { format!("Name {name}") }
            }
            Self::ActOn(_, what) => format!("It acts on: {}", what.in_words()),
        }
    }

    /// The edit that does it; nothing where it can't be done any more.
    #[expect(clippy::too_many_lines, reason = "one arm for each thing that can be done")]
    pub fn edit(&self, scenario: &Scenario) -> Option<Edit> {
        let context = &*scenario.context;
        let called = |edits| Edit::Called { words: self.in_words(scenario), edits };
        Some(match self {
            Self::Begin(sort) => added(context, new_item(scenario, *sort)?),
            Self::BeginFor(sort, scheme) => {
                let (_, scheme) = scenario.scheme(scheme)?;
                added(
                    context,
                    match sort {
                        Sort::Workstream => Item::Workstream(workstream_of(context, scheme)?),
                        _ => Item::Impact(impact_of(context, scheme)?),
                    },
                )
            }
            Self::Remove(key) => Edit::RemoveFromContext(key.clone()),
            Self::BeginPart(key) => {
                let mut item = key.find(context)?;
                begin_part(&mut item);
                called(vec![Edit::ReplaceInContext(Box::new(item))])
            }
            Self::Propose(change) => called(vec![in_change(context, change, |it| {
                it.proposal.get_or_insert_with(|| "New proposal".to_owned());
            })?]),
            Self::SayHowKnown(change) => {
                called(vec![in_change(context, change, |it| it.success.push("New sign of success".to_owned()))?])
            }
            Self::RemovePart(key, at) => {
                let mut item = key.find(context)?;
                remove_part(&mut item, *at)?;
                called(vec![Edit::ReplaceInContext(Box::new(item))])
            }
            Self::BeginPartner(pool) => called(vec![in_pool(context, pool, Pool::begin_partner)?]),
            Self::RemovePartner(pool, at) => called(vec![in_pool(context, pool, |pool| pool.remove_partner(*at))?]),
            Self::BeginUse(pool) => called(vec![in_pool(context, pool, Pool::begin_use)?]),
            Self::RemoveUse(pool, part) => {
                called(vec![in_pool(context, pool, |pool| remove_at(&mut pool.uses, *part))?])
            }
            Self::BeginUseLine(pool, part) => called(vec![in_use(context, pool, *part, |lines| {
                lines.push(UseLine { name: part_begun(Sort::Pool).to_owned(), amount: Figure::entered(Money::ZERO) });
            })?]),
            Self::RemoveUseLine(pool, part, line) => {
                called(vec![in_use(context, pool, *part, |lines| remove_at(lines, *line))?])
            }
            Self::BeginPrinted(pool) => called(vec![in_pool(context, pool, Pool::begin_printed)?]),
            Self::ForgetPrinted(pool) => called(vec![in_pool(context, pool, Pool::forget_printed)?]),
            Self::Say(id, word) => told_of(context, id, |measure| measure.said = *word, &self.in_words(scenario))?,
            Self::FillFrom(id, figure) => {
                told_of(context, id, |measure| measure.forecast.clone_from(figure), &self.in_words(scenario))?
            }
            Self::IsDelays(id, is_delays) => {
                let mut indicator = context.dashboard.iter().find(|it| it.id == *id)?.clone();
                indicator.is_delays = *is_delays;
                called(vec![Edit::ReplaceInContext(Box::new(Item::Indicator(indicator)))])
            }
            Self::HangOn(id, trigger) => called(vec![in_at_risk(context, id, |it| it.trigger.clone_from(trigger))?]),
            Self::GrantAtRisk(id, year) => called(vec![in_at_risk(context, id, |it| {
                match it.grant_of.iter().position(|known| known == year) {
                    Some(at) => drop(it.grant_of.remove(at)),
                    None => it.grant_of.push(*year),
                }
                it.grant_of.sort();
            })?]),
            Self::BeginHomeCare => called(vec![in_admissions(context, |it| it.home_care = Some(home_care()))?]),
            Self::RemoveHomeCare => called(vec![in_admissions(context, |it| it.home_care = None)?]),
            Self::BeginPeriod => {
                let period = next_period(scenario);
                let read =
                    |measure: &mut Measure| measure.readings.push(Reading { period: period.clone(), value: None });
                called(in_measures(context, |_| true, read))
            }
            Self::Want(id, wanted) => {
                told_of(context, id, |measure| measure.wanted = *wanted, &self.in_words(scenario).to_lowercase())?
            }
            Self::CallNew(id, is_new) => {
                let mut line = context.expenditure.iter().find(|it| it.id == *id)?.clone();
                line.is_new = *is_new;
                Edit::ReplaceInContext(Box::new(Item::Expenditure(line)))
            }
            Self::IsScheme(key, scheme) => {
                let mut item = key.find(context)?;
                is_scheme(scenario, &mut item, scheme.as_ref())?;
                called(vec![Edit::ReplaceInContext(Box::new(item))])
            }
            Self::IsMilestone(line, at, milestone) => {
                let mut line = context.delivery.iter().find(|it| it.id == *line)?.clone();
                is_milestone(scenario, &mut line, *at, milestone.as_ref())?;
                called(vec![Edit::ReplaceInContext(Box::new(Item::Workstream(line)))])
            }
            Self::RemovePeriod(period) => {
                let is_read = |measure: &Measure| measure.readings.iter().any(|reading| reading.period == *period);
                called(in_measures(context, is_read, |measure| measure.readings.retain(|it| it.period != *period)))
            }
            Self::Name(purpose, scheme) => {
                let mut purpose = context.purposes.iter().find(|it| it.id == *purpose)?.clone();
                match purpose.schemes.iter().position(|known| known == scheme) {
                    Some(at) => drop(purpose.schemes.remove(at)),
                    None => purpose.schemes.push(scheme.clone()),
                }
                called(vec![Edit::ReplaceInContext(Box::new(Item::Purpose(purpose)))])
            }
            Self::ActOn(impact, what) => {
                let mut impact = context.impacts.iter().find(|it| it.id == *impact)?.clone();
                impact.act_on(what, Some(How::Direct));
                called(vec![Edit::ReplaceInContext(Box::new(Item::Impact(impact)))])
            }
        })
    }
}

/// Makes a thing a scheme's. The activities of a line of the project plan are milestones of its own scheme alone.
fn is_scheme(scenario: &Scenario, item: &mut Item, scheme: Option<&Id>) -> Option<()> {
    match item {
        Item::Expenditure(it) => it.scheme = scheme.cloned(),
        Item::Impact(it) => it.scheme = scheme.cloned(),
        Item::Workstream(it) => {
            for at in 0..it.activities.len() {
                is_milestone(scenario, it, at, None)?;
            }
            it.scheme = scheme.cloned();
        }
        _ => return None,
    }
    Some(())
}

/// Makes an activity a milestone of its line's scheme, which then has its day; one that is none any more keeps the day
/// that it had as one.
fn is_milestone(scenario: &Scenario, line: &mut Workstream, at: usize, milestone: Option<&Id>) -> Option<()> {
    let scheme = line.scheme.as_ref().and_then(|scheme| scenario.scheme(scheme)).map(|(_, scheme)| scheme);
    let activity = line.activities.get_mut(at)?;
    let was = activity.milestone.as_ref().and_then(|was| scheme?.milestone(was)).map(|was| was.due.value);
    activity.due = if milestone.is_some() { None } else { was.or(activity.due) };
    activity.milestone = milestone.cloned();
    Some(())
}

fn scheme_name(scenario: &Scenario, id: &Id) -> String {
    scenario.scheme(id).map_or_else(|| id.to_string(), |(_, scheme)| scheme.name.clone())
}

fn with_article(what: &str) -> String {
    match what {
        "money at risk" => what.to_owned(),
        "number of adults" | "arithmetic of admissions" => format!("the {what}"),
        _ if what.starts_with(['a', 'e', 'i', 'o']) => format!("an {what}"),
        _ => format!("a {what}"),
    }
}

/// What a thing of a sort is made of.
fn part_of(sort: Sort) -> &'static str {
    match sort {
        Sort::Workstream => "activity",
        Sort::Change => "step",
        _ => "line",
    }
}

fn part_name(item: &Item, at: usize) -> Option<String> {
    Some(match item {
        Item::Workstream(it) => it.activities.get(at)?.name.clone(),
        Item::Change(it) => it.steps.get(at)?.name.clone(),
        Item::Pool(it) => it.lines.get(at)?.name.clone(),
        _ => return None,
    })
}

fn remove_part(item: &mut Item, at: usize) -> Option<()> {
    part_name(item, at)?;
    match item {
        Item::Workstream(it) => drop(it.activities.remove(at)),
        Item::Change(it) => drop(it.steps.remove(at)),
        Item::Pool(it) => drop(it.lines.remove(at)),
        _ => {}
    }
    Some(())
}

fn in_change(context: &Context, change: &Id, to: impl FnOnce(&mut ChangeReport)) -> Option<Edit> {
    let mut change = context.changes.iter().find(|it| it.id == *change)?.clone();
    to(&mut change);
    Some(Edit::ReplaceInContext(Box::new(Item::Change(change))))
}

/// Changes one pool, all of whose lines have an amount for each partner.
fn in_pool(context: &Context, pool: &Id, to: impl FnOnce(&mut Pool)) -> Option<Edit> {
    let mut pool = pool_of(context, pool)?.clone();
    to(&mut pool);
    Some(Edit::ReplaceInContext(Box::new(Item::Pool(pool))))
}

/// Changes the lines of a part of a pool's use.
fn in_use(context: &Context, pool: &Id, part: usize, to: impl FnOnce(&mut Vec<UseLine>)) -> Option<Edit> {
    pool_of(context, pool)?.uses.get(part)?;
    in_pool(context, pool, |pool| {
        if let Some(part) = pool.uses.get_mut(part) {
            to(&mut part.lines);
        }
    })
}

fn pool_of<'a>(context: &'a Context, id: &Id) -> Option<&'a Pool> {
    context.pools.iter().find(|it| it.id == *id)
}

fn in_at_risk(context: &Context, id: &Id, to: impl FnOnce(&mut MoneyAtRisk)) -> Option<Edit> {
    let mut at_risk = context.at_risk.iter().find(|it| it.id == *id)?.clone();
    to(&mut at_risk);
    Some(Edit::ReplaceInContext(Box::new(Item::AtRisk(at_risk))))
}

fn in_admissions(context: &Context, to: impl FnOnce(&mut Admissions)) -> Option<Edit> {
    let mut admissions = context.admissions.clone()?;
    to(&mut admissions);
    Some(Edit::ReplaceInContext(Box::new(Item::Admissions(Box::new(admissions)))))
}

/// Says something of one measure, told with its name.
fn told_of(context: &Context, id: &Id, to: impl Fn(&mut Measure), words: &str) -> Option<Edit> {
    let name = &context.measures.iter().find(|it| it.id == *id)?.name;
    let words = format!("{name}: {words}");
    Some(Edit::Called { words, edits: in_measures(context, |measure| measure.id == *id, to) })
}

fn in_measures(context: &Context, which: impl Fn(&Measure) -> bool, to: impl Fn(&mut Measure)) -> Vec<Edit> {
    let changed = context.measures.iter().filter(|measure| which(measure)).map(|measure| {
        let mut measure = measure.clone();
        to(&mut measure);
        Edit::ReplaceInContext(Box::new(Item::Measure(measure)))
    });
    changed.collect()
}

/// The quarter in which the plan was written, or the first after it that has no readings.
fn next_period(scenario: &Scenario) -> String {
    let quarters = std::iter::successors(Some(scenario.as_of), |day| day.plus_days(91)).map(quarter);
    let is_read = |period: &String| {
        scenario.context.measures.iter().flat_map(|measure| &measure.readings).any(|reading| reading.period == *period)
    };
    quarters.take(100).find(|period| !is_read(period)).unwrap_or_else(|| "New period".to_owned())
}

/// `Quarter 1 2017/18`.
fn quarter(day: Date) -> String {
    let year = day.financial_year();
    let months = day.month().months_since(year.first_day().month());
    format!("Quarter {} {year}", months / 3 + 1)
}

/// Adds a thing after the others of its sort.
fn added(context: &Context, item: Item) -> Edit {
    let at = match item.key().sort {
        Sort::Workstream => context.delivery.len(),
        Sort::Change => context.changes.len(),
        Sort::Measure => context.measures.len(),
        Sort::Indicator => context.dashboard.len(),
        Sort::Pool => context.pools.len(),
        Sort::Risk => context.risks.len(),
        Sort::AtRisk => context.at_risk.len(),
        Sort::Purpose => context.purposes.len(),
        Sort::Impact => context.impacts.len(),
        Sort::Expenditure => context.expenditure.len(),
        Sort::Adults | Sort::Admissions => 0,
    };
    Edit::AddToContext { at, item: Box::new(item) }
}
