//! The paper's own sums, and hand arithmetic on plans that differ from it by an edit.

use proptest::prelude::*;

use super::{Ledger, YearLine};
use crate::bundled::JULY_2017;
use crate::calendar::FinancialYear;
use crate::money::{Money, MoneyError};
use crate::scenario::edit::apply;
use crate::scenario::{Area, Edit, Figure, Scenario};

fn july() -> Scenario {
    JULY_2017.open().expect("the bundled plan is sound").scenario
}

fn year(text: &str) -> FinancialYear {
    text.parse().expect("a year")
}

fn money(text: &str) -> Money {
    text.parse().expect("a sum of money")
}

fn with(edits: Vec<Edit>) -> Ledger {
    let edited = apply(&july(), &Edit::Together(edits)).expect("it holds").scenario;
    Ledger::of(&edited).expect("within the bounds of money")
}

fn allocate(scheme: &str, in_year: &str, amount: &str) -> Edit {
    Edit::SetAllocation { scheme: scheme.parse().expect("an id"), year: year(in_year), amount: money(amount) }
}

fn free(scheme: &str, in_year: &str) -> Edit {
    Edit::SetCommitted { scheme: scheme.parse().expect("an id"), year: year(in_year), committed: false }
}

/// One figure of each year, as it reads to the penny.
fn each(ledger: &Ledger, figure: fn(&YearLine) -> Money) -> Vec<String> {
    ledger.years.iter().map(|year| figure(year).exact()).collect()
}

#[test]
fn july_leaves_676_000_pounds_and_is_short_by_35_857_43_and_then_805_928_71() {
    let ledger = with(Vec::new());
    // 1.2 + 1.7 + 0.6 + 2.1; 1.2 + 1.7 + 2.0; 1.2 + 1.7.
    assert_eq!(each(&ledger, |year| year.allocated), ["£5,600,000", "£4,900,000", "£2,900,000"]);
    assert_eq!(each(&ledger, |year| year.committed), ["£5,600,000", "£4,900,000", "£2,900,000"]);
    assert_eq!(each(&ledger, |year| year.brought_forward), ["£0", "£676,000", "£0"]);
    // 6,276,000 − 5,600,000; 4,188,142.57 + 676,000 − 4,900,000; 2,094,071.29 − 2,900,000.
    assert_eq!(each(&ledger, |year| year.balance), ["£676,000", "−£35,857.43", "−£805,928.71"]);
    assert_eq!(each(&ledger, |year| year.headroom), ["£676,000", "−£35,857.43", "−£805,928.71"]);
    assert_eq!(each(&ledger, |year| year.unfunded), ["£0", "£35,857.43", "£805,928.71"]);
    assert_eq!(ledger.first_unfunded_year().map(|line| line.year), Some(year("2018/19")));
    assert_eq!(ledger.total_allocated(), Ok(money("13.4m")));
}

#[test]
fn without_carrying_forward_each_year_stands_on_its_own_grant() {
    let ledger = with(vec![Edit::SetCarriesForward(false)]);
    assert_eq!(each(&ledger, |year| year.brought_forward), ["£0", "£0", "£0"]);
    // 4,188,142.57 − 4,900,000.
    assert_eq!(each(&ledger, |year| year.balance), ["£676,000", "−£711,857.43", "−£805,928.71"]);
}

#[test]
fn a_deficit_is_met_in_its_own_year_and_not_carried() {
    let ledger = with(vec![allocate("discharge-to-assess", "2017/18", "2m")]);
    // £1m more: 676,000 − 1,000,000 in the first year, and the second as if nothing were carried.
    assert_eq!(each(&ledger, |year| year.balance), ["−£324,000", "−£711,857.43", "−£805,928.71"]);
    assert_eq!(each(&ledger, |year| year.brought_forward), ["£0", "£0", "£0"]);
    assert_eq!(ledger.first_unfunded_year().map(|line| line.year), Some(year("2017/18")));
}

#[test]
fn a_surplus_is_carried_through_every_year_that_leaves_one() {
    let ledger = with(vec![
        allocate("discharge-to-assess", "2018/19", "1m"),
        allocate("home-care-fees", "2019/20", "0"),
        free("home-care-fees", "2019/20"),
    ]);
    // 4,864,142.57 − 3,900,000 = 964,142.57; 2,094,071.29 + 964,142.57 − 1,900,000 = 1,158,213.86.
    assert_eq!(each(&ledger, |year| year.balance), ["£676,000", "£964,142.57", "£1,158,213.86"]);
    assert_eq!(ledger.years[2].available(), Ok(money("3058213.86")));
    assert_eq!(ledger.first_unfunded_year(), None);
}

#[test]
fn money_that_is_not_bound_is_headroom_though_it_is_allocated() {
    let ledger = with(vec![free("discharge-to-assess", "2018/19")]);
    // 4,864,142.57 − (4,900,000 − 2,000,000).
    assert_eq!(each(&ledger, |year| year.headroom), ["£676,000", "£1,964,142.57", "−£805,928.71"]);
    assert_eq!(each(&ledger, |year| year.balance), ["£676,000", "−£35,857.43", "−£805,928.71"]);
    assert_eq!(each(&ledger, |year| year.unfunded), ["£0", "£0", "£805,928.71"]);
    assert_eq!(ledger.first_unfunded_year().map(|line| line.year), Some(year("2019/20")));
}

#[test]
fn commitments_of_exactly_the_grant_are_funded() {
    let exactly = with(vec![allocate("discharge-to-assess", "2018/19", "1964142.57")]);
    assert_eq!(exactly.years[1].unfunded, Money::ZERO);
    let a_penny_more = with(vec![allocate("discharge-to-assess", "2018/19", "1964142.58")]);
    assert_eq!(a_penny_more.years[1].unfunded, money("0.01"));
}

#[test]
fn areas_and_schemes_stand_in_the_order_of_the_papers_and_of_the_scenario() {
    let ledger = with(Vec::new());
    let first_year: Vec<_> = ledger.areas.iter().map(|area| (area.area, area.allocated[0].short())).collect();
    let printed = ["£1.2m", "£1.7m", "£600k", "£2.1m"].map(str::to_owned);
    assert_eq!(first_year, Area::ALL.into_iter().zip(printed).collect::<Vec<_>>());
    let assess = ledger.schemes.last().expect("a scheme");
    assert_eq!(assess.id.as_str(), "discharge-to-assess");
    assert_eq!(assess.allocated, [money("1m"), money("2m"), Money::ZERO]);
    assert_eq!(assess.committed_years, [year("2017/18"), year("2018/19")]);
}

#[test]
fn a_sum_beyond_the_bounds_of_money_is_said_not_shown() {
    // Eleven schemes of £10bn, which the rules refuse together though each is within them.
    let mut scenario = july();
    let mut line = (*scenario.schemes[0]).clone();
    line.allocations.insert(year("2017/18"), Figure::entered(money("10bn")));
    scenario.schemes = vec![line.into(); 11];
    assert_eq!(Ledger::of(&scenario), Err(MoneyError::TooLarge));
}

fn any_plan() -> impl Strategy<Value = Scenario> {
    let schemes = july().schemes.len();
    let pennies = prop_oneof![Just(0_i64), 0_i64..300_000_000];
    let each = (pennies, any::<bool>());
    (prop::collection::vec(each, schemes * 3), any::<bool>()).prop_map(|(given, carries)| {
        let july = july();
        let mut edits = vec![Edit::SetCarriesForward(carries)];
        let places = july
            .schemes
            .iter()
            .flat_map(|scheme| ["2017/18", "2018/19", "2019/20"].map(|in_year| (scheme.id.clone(), year(in_year))));
        for ((scheme, year), (pennies, committed)) in places.zip(given) {
            let amount = money(&format!("{}.{:02}", pennies / 100, pennies % 100));
            edits.push(Edit::SetAllocation { scheme: scheme.clone(), year, amount });
            edits.push(Edit::SetCommitted { scheme, year, committed });
        }
        apply(&july, &Edit::Together(edits)).expect("it holds").scenario
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_sum_agrees_with_every_other(plan in any_plan()) {
        let ledger = Ledger::of(&plan).expect("within the bounds of money");
        let mut left = Money::ZERO;
        for (at, line) in ledger.years.iter().enumerate() {
            let areas = Money::total(ledger.areas.iter().map(|area| area.allocated[at])).expect("in bounds");
            let schemes = Money::total(ledger.schemes.iter().map(|scheme| scheme.allocated[at])).expect("in bounds");
            prop_assert_eq!(areas, line.allocated);
            prop_assert_eq!(schemes, line.allocated);
            let carried = if plan.fund.carries_forward.value && !left.is_negative() { left } else { Money::ZERO };
            prop_assert_eq!(line.brought_forward, carried);
            let available = line.available().expect("in bounds");
            prop_assert_eq!(line.balance.plus(line.allocated), Ok(available));
            prop_assert_eq!(line.headroom.plus(line.committed), Ok(available));
            prop_assert!(line.committed <= line.allocated && line.headroom >= line.balance);
            prop_assert_eq!(line.unfunded, Money::ZERO.less(line.headroom).expect("in bounds").max(Money::ZERO));
            left = line.balance;
        }
        let first = ledger.years.iter().position(|line| line.headroom.is_negative());
        prop_assert_eq!(ledger.first_unfunded_year(), first.map(|at| &ledger.years[at]));
    }
}
