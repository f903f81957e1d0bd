//! Edits of every kind, sound and unsound, for laws that hold whatever a person does.

use proptest::prelude::*;

use super::*;
use crate::scenario::context::Sort;

fn any_money() -> impl Strategy<Value = Money> {
    prop_oneof![
        4 => (0_i64..=5_000_000, 0_u8..100).prop_map(|(pounds, pence)| money(&format!("{pounds}.{pence:02}"))),
        3 => prop::sample::select(vec!["0", "900000", "1000000", "1200000", "2000000"]).prop_map(money),
        1 => prop::sample::select(vec!["-0.01", "-5m", "10000000000.01", "99bn"]).prop_map(money),
    ]
}

fn any_scheme() -> impl Strategy<Value = Id> {
    let known = july().schemes.iter().map(|scheme| scheme.id.clone()).collect::<Vec<_>>();
    prop_oneof![8 => prop::sample::select(known), 2 => prop::sample::select(vec![id("new"), id("newer"), id("none")])]
}

fn any_year() -> impl Strategy<Value = FinancialYear> {
    prop::sample::select(vec!["2016/17", "2017/18", "2017/18", "2018/19", "2018/19", "2019/20", "2020/21"])
        .prop_map(year)
}

fn any_quantity() -> impl Strategy<Value = Quantity> {
    prop::sample::select(vec!["-1", "0", "0.05", "0.5", "0.67", "1", "1.0", "7", "20", "42", "99", "5000000"])
        .prop_map(quantity)
}

fn any_milestone() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["beds-available", "new-service", "signed", "paid-from"])
}

fn any_target() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["2017-11", "2018-03", "2018-11", "2020-04"])
}

fn any_date() -> impl Strategy<Value = Date> {
    (-60_i32..1_200).prop_map(|days| date("2017-04-01").plus_days(days).expect("a day"))
}

fn any_of_context() -> impl Strategy<Value = context::Key> {
    let of = |sort, name: &str| context::Key::of(sort, &id(name));
    prop::sample::select(vec![of(Sort::Measure, "measure-7-2"), of(Sort::Workstream, "care-home-beds")])
}

fn any_kept() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["Beds first", "Fees first", ""])
}

#[expect(clippy::too_many_lines, reason = "one line for each kind of edit")]
fn any_single_edit() -> impl Strategy<Value = Edit> {
    let pathways: Vec<Id> = july().pathways.iter().map(|pathway| pathway.id.clone()).collect();
    let milestones = ["beds-available", "new-service", "go-live", "paid-from"].map(id).to_vec();
    let new = ["new", "newer", "care-home-beds"].map(id).to_vec();
    let size = (any_quantity(), any_quantity(), any_quantity());
    prop_oneof![
        "[ a-z]{0,3}".prop_map(Edit::Retitle),
        "[ a-z]{0,3}".prop_map(Edit::NameArea),
        any_date().prop_map(Edit::SetAsOf),
        (any_year(), any_money()).prop_map(|(year, amount)| Edit::SetGrant { year, amount }),
        any::<bool>().prop_map(Edit::SetCarriesForward),
        (any_scheme(), any_year(), any_money()).prop_map(|(scheme, year, amount)| Edit::SetAllocation {
            scheme,
            year,
            amount
        }),
        (any_scheme(), any_year(), any::<bool>()).prop_map(|(scheme, year, committed)| Edit::SetCommitted {
            scheme,
            year,
            committed
        }),
        (any_scheme(), any::<bool>()).prop_map(|(scheme, locked)| Edit::SetLocked { scheme, locked }),
        (any_scheme(), "[ a-z]{0,3}").prop_map(|(scheme, name)| Edit::RenameScheme { scheme, name }),
        (0_usize..12, prop::sample::select(new), any::<bool>())
            .prop_map(|(at, id, locked)| Edit::AddScheme { at, scheme: new_scheme(id.as_str(), locked) }),
        any_scheme().prop_map(Edit::RemoveScheme),
        (any_scheme(), "[ a-z\n]{0,9}").prop_map(|(scheme, about)| Edit::DescribeScheme { scheme, about }),
        (any_scheme(), prop::sample::select(Area::ALL.to_vec()))
            .prop_map(|(scheme, area)| Edit::SetArea { scheme, area }),
        (any_scheme(), prop::sample::select(vec![Basis::OneOff, Basis::Pilot, Basis::Recurrent]))
            .prop_map(|(scheme, basis)| Edit::SetBasis { scheme, basis }),
        (any_scheme(), 0_usize..12).prop_map(|(scheme, to)| Edit::MoveScheme { scheme, to }),
        any::<bool>().prop_map(|locked| Edit::ReplaceScheme(replaced(locked))),
        (any_scheme(), 0_usize..3).prop_map(|(scheme, at)| Edit::AddEffect {
            scheme,
            at,
            effect: effect("discharge-to-assess")
        }),
        (any_scheme(), 0_usize..3).prop_map(|(scheme, effect)| Edit::RemoveEffect { scheme, effect }),
        (any_scheme(), 0_usize..3).prop_map(|(scheme, at)| Edit::ReplaceEffect {
            scheme,
            effect: at,
            to: effect("discharge-to-assess")
        }),
        (any_scheme(), 0_usize..3, any_milestone()).prop_map(|(scheme, at, named)| Edit::AddMilestone {
            scheme,
            at,
            milestone: milestone(named)
        }),
        (any_scheme(), any_milestone())
            .prop_map(|(scheme, named)| Edit::RemoveMilestone { scheme, milestone: id(named) }),
        (any_scheme(), any_milestone(), "[ a-z]{0,3}").prop_map(|(scheme, named, name)| Edit::RenameMilestone {
            scheme,
            milestone: id(named),
            name
        }),
        (0_usize..9, prop::sample::select(vec!["away", "home-care"]))
            .prop_map(|(at, name)| Edit::AddPathway { at, pathway: new_pathway(name) }),
        prop::sample::select(vec!["away", "home-care"]).prop_map(|name| Edit::RemovePathway(id(name))),
        prop::sample::select(vec!["away", "home-care"]).prop_map(|name| remove_pathway(&july(), &id(name))),
        (0_usize..4, any_target()).prop_map(|(at, month)| Edit::AddTarget { at, target: target(month, "80") }),
        any_target().prop_map(|text| Edit::RemoveTarget(month(text))),
        (0_usize..26).prop_map(|months| Edit::ReplaceHistory(Box::new({
            let mut history = july().history;
            history.months.truncate(months);
            history
        }))),
        any_money().prop_map(|amount| Edit::ReplaceFund(Box::new({
            let mut fund = july().fund;
            fund.grant.insert(year("2020/21"), Figure::entered(amount));
            fund
        }))),
        any_money().prop_map(|amount| Edit::ReplaceCosts(Box::new({
            let mut costs = july().costs;
            costs.delayed_day.change(amount);
            costs
        }))),
        (0_usize..20, "[ a-z]{0,3}").prop_map(|(at, text)| Edit::AddNote { at, note: note(&text) }),
        (0_usize..20).prop_map(Edit::RemoveNote),
        (0_usize..20, "[ a-z]{0,3}").prop_map(|(at, text)| Edit::ReplaceNote { at, to: note(&text) }),
        (0_usize..4, prop::sample::select(vec!["minutes", "hwb-july-2017"]))
            .prop_map(|(at, name)| Edit::AddPaper { at, paper: paper(name) }),
        prop::sample::select(vec!["minutes", "hwb-july-2017"]).prop_map(|name| Edit::RemovePaper(id(name))),
        prop::sample::select(vec!["minutes", "hwb-july-2017"]).prop_map(|name| Edit::ReplacePaper(paper(name))),
        (0_usize..9, any_of_context()).prop_map(|(at, key)| Edit::AddToContext {
            at,
            item: Box::new(key.find(&july().context).expect("it is in July's plan"))
        }),
        any_of_context().prop_map(Edit::RemoveFromContext),
        (0_usize..4, any_kept())
            .prop_map(|(at, name)| Edit::KeepBookmark { at, bookmark: Box::new(Bookmark::of(&july(), name)) }),
        (any_kept(), any_kept()).prop_map(|(name, to)| Edit::RenameBookmark { name: name.into(), to: to.into() }),
        any_kept().prop_map(|name| Edit::RemoveBookmark(name.into())),
        (any_quantity(), prop::sample::select(vec!["away", "home-care"])).prop_map(|(quantity, name)| {
            let mut pathway = (*new_pathway(name)).clone();
            pathway.referrals.change(quantity);
            Edit::ReplacePathway(pathway.into())
        }),
        any_money().prop_map(|amount| Edit::ReplaceScenario(Box::new({
            let mut other = july();
            other.costs.delayed_day.change(amount);
            other
        }))),
        (prop::sample::select(vec!["11", "10.5", "-3"]))
            .prop_map(|text| typed_over(&Spot::Target(id("measure-7-2")), text)),
        (0_usize..3, prop::sample::select(vec!["delayed", "completed"]))
            .prop_map(|(at, text)| typed_over(&Spot::Status(id("care-home-beds"), at), text)),
        (any_scheme(), 0_usize..3, size).prop_map(|(scheme, effect, (low, central, high))| {
            Edit::SetEffectSize { scheme, effect, size: Range { low, central, high } }
        }),
        (any_scheme(), 0_usize..2, any_date()).prop_map(|(scheme, effect, date)| Edit::SetEffectStart {
            scheme,
            effect,
            date
        }),
        (any_scheme(), prop::sample::select(milestones), any_date())
            .prop_map(|(scheme, milestone, date)| Edit::SetMilestone { scheme, milestone, date }),
        (prop::sample::select(pathways), prop::sample::select(PathwayFigure::ALL.to_vec()), any_quantity())
            .prop_map(|(pathway, figure, value)| Edit::SetPathwayFigure { pathway, figure, value }),
        (prop::sample::select(vec!["2017-11", "2018-03", "2018-04"]), any_quantity())
            .prop_map(|(month, at_most)| { Edit::SetTarget { month: month.parse().expect("a month"), at_most } }),
        (prop::sample::select(vec!["2017-05", "2017-06", "2017-07", "2017-09"]), 0_u32..9_000)
            .prop_map(|(month, days)| came(month, days)),
        prop::sample::select(vec!["2017-06", "2017-07", "2017-09"]).prop_map(|text| Edit::RemoveOutturn(month(text))),
        (0_usize..3, any_quantity(), any_quantity()).prop_map(|(which, spread, days)| {
            chances(&spread.to_string(), &days.to_string(), &spread.to_string())[which].clone()
        }),
        (0_usize..3).prop_map(|which| no_chances()[which].clone()),
    ]
}

pub(super) fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => any_single_edit(),
        1 => prop::collection::vec(any_single_edit(), 0..4).prop_map(Edit::Together),
    ]
}
