//! Everything that a scenario says, in words for people and as data for scripts.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::calendar::{Date, FinancialYear};
use crate::money::{Money, grouped};
use crate::scenario::{
    Area, Attribution, Basis, Bookmark, Change, DeliveryRisk, Effect, Figure, HighImpactChange, Id, Kind, Milestone,
    MonthOfDelays, MonthOfOutturn, Note, NoteKind, Paper, Pathway, Quantity, Range, Reason, Renewal, Responsible,
    Scenario, Scheme, Source, Start, Target, UnitCost, Volatility,
};

/// Texts up to so many letters are quoted whole; of longer ones, the part that differs.
const WHOLE: usize = 80;
/// Letters quoted before what differs, and from there on.
const BEFORE: usize = 24;
const AFTER: usize = 72;

/// What a figure says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Pounds.
    Money(Money),
    /// People, days, places, shares.
    Number(Decimal),
    /// A date, a choice, several figures together: as people say it.
    Words(String),
    /// What somebody wrote.
    Text(String),
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(amount) => f.write_str(&amount.exact()),
            Self::Number(number) if number.is_sign_negative() && !number.is_zero() => {
                write!(f, "−{}", grouped(&number.abs().to_string()))
            }
            Self::Number(number) => f.write_str(&grouped(&number.abs().to_string())),
            Self::Words(words) => f.write_str(words),
            Self::Text(text) => write!(f, "“{}”", on_one_line(text)),
        }
    }
}

impl Said {
    /// How far it is to another amount or number, with its sign.
    fn step(&self, to: &Self) -> Option<String> {
        let (is_more, distance) = match (self, to) {
            (Self::Money(from), Self::Money(to)) => (to > from, Self::Money(to.less(*from).ok()?)),
            (Self::Number(from), Self::Number(to)) => (to > from, Self::Number(to.checked_sub(*from)?.normalize())),
            _ => return None,
        };
        Some(format!("{}{distance}", if is_more { "+" } else { "" }))
    }

    /// `£900,000 → £650,000 (−£250,000)`.
    pub fn arrow(&self, to: &Self) -> String {
        match (self, to) {
            (Self::Text(from), Self::Text(to)) | (Self::Words(from), Self::Words(to))
                if from.chars().count().max(to.chars().count()) > WHOLE =>
            {
                let [from, to] = around_what_differs(&on_one_line(from), &on_one_line(to));
                format!("“{from}” → “{to}”")
            }
            _ => {
                let step = self.step(to).map_or_else(String::new, |step| format!(" ({step})"));
                format!("{self} → {to}{step}")
            }
        }
    }
}

/// Both texts from a little before where they part.
fn around_what_differs(from: &str, to: &str) -> [String; 2] {
    let same = from.chars().zip(to.chars()).take_while(|(one, other)| one == other).count();
    let start = same.saturating_sub(BEFORE);
    [from, to].map(|text| {
        let (before, rest) = (if start > 0 { "…" } else { "" }, text.chars().count().saturating_sub(start));
        let shown: String = text.chars().skip(start).take(BEFORE + AFTER).collect();
        format!("{before}{shown}{}", if rest > BEFORE + AFTER { "…" } else { "" })
    })
}

/// The beginning of a text.
pub(super) fn beginning(text: &str) -> String {
    let text = on_one_line(text);
    if text.chars().count() > WHOLE { text.chars().take(WHOLE - 1).chain(['…']).collect() } else { text }
}

fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

/// What can be said of something, in the scenario that it stands in.
pub(super) trait Say: Clone + PartialEq {
    /// What it says.
    fn say(&self, scenario: &Scenario) -> Said;
    /// Where it comes from, if it says so.
    fn source(&self, _scenario: &Scenario) -> Option<String> {
        None
    }
    /// What it is called, where that is not part of what it says.
    fn called(&self) -> Option<String> {
        None
    }
    /// Whether it says many things one after the other, of which mostly one differs.
    const IS_LIST: bool = false;
    /// What its source says, where it was moved.
    fn was(&self, _scenario: &Scenario) -> Option<Said> {
        None
    }
}

/// What was done to something.
pub(super) struct Told {
    /// What differs.
    pub(super) name: String,
    /// Before.
    pub(super) before: Option<Said>,
    /// After.
    pub(super) after: Option<Said>,
    /// All of it.
    pub(super) words: String,
}

/// Something in the scenario that it stands in, if it is there.
type Item<'a, T> = Option<(&'a T, &'a Scenario)>;

/// What was done to something that people call `name`.
pub(super) fn told<T: Say>(name: &str, before: Item<T>, after: Item<T>) -> Told {
    let part = match (before, after) {
        (Some((from, from_in)), Some((to, to_in))) => part_that_differs((from, from_in), (to, to_in)),
        _ => Part { of: String::new(), before: said(before), after: said(after), more: String::new() },
    };
    let named = format!("{name}{}", part.of);
    let words = match (&part.before, &part.after) {
        (None, Some(amount @ (Said::Money(_) | Said::Number(_)))) => format!("{named}: none → {amount}"),
        (Some(amount @ (Said::Money(_) | Said::Number(_))), None) => format!("{named}: {amount} → none"),
        (None, Some(after)) => format!("Added: {named} ({})", beginning(&after.to_string())),
        (Some(before), None) => format!("Removed: {named} ({})", beginning(&before.to_string())),
        (Some(before), Some(after)) => format!("{named}: {}", before.arrow(after)),
        (None, None) => named.clone(),
    };
    Told { name: named, before: part.before, after: part.after, words: words + &part.more }
}

/// The same without its name, as what one side did in a conflict.
pub(super) fn done<T: Say>(before: Item<T>, after: Item<T>) -> String {
    match (before, after) {
        (_, None) => "removed".to_owned(),
        (None, Some((item, scenario))) => format!("added: {}", item.say(scenario)),
        (Some(before), Some(after)) => {
            let part = part_that_differs(before, after);
            let arrow = match (&part.before, &part.after) {
                (Some(before), Some(after)) => before.arrow(after),
                (before, after) => {
                    let or_none = |said: &Option<Said>| said.as_ref().map_or("none".to_owned(), Said::to_string);
                    format!("{} → {}", or_none(before), or_none(after))
                }
            };
            let of = part.of.trim_start_matches(", ");
            format!("{of}{}{arrow}{}", if of.is_empty() { "" } else { ": " }, part.more)
        }
    }
}

fn said<T: Say>(item: Item<T>) -> Option<Said> {
    item.map(|(item, scenario)| item.say(scenario))
}

/// The part of something that differs: what it says, or where that comes from, or what it was moved from.
struct Part {
    of: String,
    before: Option<Said>,
    after: Option<Said>,
    more: String,
}

fn part_that_differs<T: Say>((from, from_in): (&T, &Scenario), (to, to_in): (&T, &Scenario)) -> Part {
    let values = [from.say(from_in), to.say(to_in)];
    let sources = [from.source(from_in), to.source(to_in)].map(|source| source.map(Said::Words));
    let moved = [from.was(from_in), to.was(to_in)];
    let called = [from.called(), to.called()].map(|name| name.map(Said::Text));
    let is_same = from == to;
    let ([from, to], [from_source, to_source]) = (values, sources);
    if from != to {
        let more = match (from_source, to_source) {
            (Some(from), Some(to)) if from != to => format!("; source: {}", from.arrow(&to)),
            _ => String::new(),
        };
        let (of, [from, to]) = if T::IS_LIST { unlike(from, to) } else { (String::new(), [from, to]) };
        return Part { of, before: Some(from), after: Some(to), more };
    }
    if from_source != to_source {
        return Part { of: ", source".to_owned(), before: from_source, after: to_source, more: String::new() };
    }
    let [from_moved, to_moved] = moved;
    if from_moved != to_moved {
        return Part { of: ", moved from".to_owned(), before: from_moved, after: to_moved, more: String::new() };
    }
    let [from_called, to_called] = called;
    if from_called != to_called {
        return Part { of: ", name".to_owned(), before: from_called, after: to_called, more: String::new() };
    }
    if is_same {
        return Part { of: String::new(), before: Some(from), after: Some(to), more: String::new() };
    }
    // Two that differ are never told in the same words.
    let [before, after] = ["as before", "changed"].map(|word| Some(Said::Words(word.to_owned())));
    Part { of: ", other details".to_owned(), before, after, more: String::new() }
}

/// What differs of two long lists: where it is one thing, that thing's name and what is said of it.
fn unlike(from: Said, to: Said) -> (String, [Said; 2]) {
    let (Said::Words(one), Said::Words(other)) = (&from, &to) else { return (String::new(), [from, to]) };
    if one.chars().count().max(other.chars().count()) <= WHOLE {
        return (String::new(), [from, to]);
    }
    let by = if one.contains(LINES) || other.contains(LINES) { LINES } else { ITEMS };
    let (of, [one, other]) = match differing(one, other, by) {
        [one, other] if one.len() == 1 && other.len() == 1 => after_the_name(one[0], other[0]),
        lists => (String::new(), lists.map(|list| list.join(by))),
    };
    let said = |text: String| Said::Words(if text.is_empty() { "none".to_owned() } else { text });
    (of, [said(one), said(other)])
}

/// What stands between the lines of a long list, and between its items where it has no lines.
const LINES: &str = "; ";
const ITEMS: &str = ", ";
/// Letters of a name that two lines have in common.
const LONGEST_NAME: usize = 60;

/// The items of two lists that are not the same in both: in lists as long as each other, those that became others;
/// otherwise what stands between the items that they begin and end with.
fn differing<'a>(one: &'a str, other: &'a str, by: &str) -> [Vec<&'a str>; 2] {
    let [one, other]: [Vec<&str>; 2] = [one, other].map(|list| list.split(by).collect());
    if one.len() == other.len() {
        let (one, other) = one.into_iter().zip(other).filter(|(one, other)| one != other).unzip();
        return [one, other];
    }
    let begin = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let shorter = one.len().min(other.len()) - begin;
    let end = one.iter().rev().zip(other.iter().rev()).take(shorter).take_while(|(one, other)| one == other).count();
    [&one, &other].map(|list| list[begin..list.len() - end].to_vec())
}

/// `, Care Homes` and `£84,167,000` of `Care Homes £84,167,000 and £27,413,000`, where only that amount became another.
fn after_the_name(one: &str, other: &str) -> (String, [String; 2]) {
    let [ones, others]: [Vec<&str>; 2] = [one, other].map(|item| item.split(' ').collect());
    let alike = ones.iter().zip(&others).take_while(|(one, other)| one == other).count();
    let name = ones[..alike].join(" ");
    let is_quoted = [one, other].iter().any(|item| item.contains(['“', '”']));
    if name.is_empty() || is_quoted || name.chars().count() > LONGEST_NAME {
        return (String::new(), [one, other].map(str::to_owned));
    }
    let rest = [ones[alike..].join(" "), others[alike..].join(" ")];
    let parts = differing(&rest[0], &rest[1], " and ");
    (format!(", {}", name.trim_end_matches([',', ':'])), parts.map(|part| part.join(" and ")))
}

/// The order of a list's items: their names, and which they are.
#[derive(Clone, PartialEq)]
pub(super) struct Order(pub(super) Vec<String>, pub(super) Vec<usize>);

impl Say for Order {
    fn say(&self, _: &Scenario) -> Said {
        Said::Words(self.0.join(", "))
    }
}

impl<T: Say> Say for Figure<T> {
    fn say(&self, scenario: &Scenario) -> Said {
        self.value.say(scenario)
    }
    fn source(&self, scenario: &Scenario) -> Option<String> {
        Some(scenario.source_in_words(&self.source))
    }
    fn was(&self, scenario: &Scenario) -> Option<Said> {
        self.was.as_ref().map(|was| was.say(scenario))
    }
}

impl<T: Say> Say for Arc<T> {
    fn say(&self, scenario: &Scenario) -> Said {
        T::say(self, scenario)
    }
}

/// Says what a pattern gives, in words that need no scenario.
macro_rules! say {
    ($($type:ty: $this:ident => $said:expr;)*) => {
        $(impl Say for $type {
            fn say(&self, _: &Scenario) -> Said {
                let $this = self;
                $said
            }
        })*
    };
}

fn words(words: impl Into<String>) -> Said {
    Said::Words(words.into())
}

fn listed(items: impl Iterator<Item = String>) -> Said {
    let items: Vec<String> = items.collect();
    words(if items.is_empty() { "none".to_owned() } else { items.join(", ") })
}

say! {
    String: it => Said::Text(it.clone());
    Money: it => Said::Money(*it);
    Quantity: it => Said::Number(it.decimal());
    u16: it => Said::Number(Decimal::from(*it));
    u32: it => Said::Number(Decimal::from(*it));
    bool: it => words(if *it { "yes" } else { "no" });
    Id: it => words(it.as_str());
    Date: it => words(it.in_words());
    Area: it => words(it.to_string());
    Basis: it => words(it.in_words());
    Change: it => words(it.in_words());
    NoteKind: it => words(it.in_words());
    Range: it => words(format!("{} – {} – {}", it.low, it.central, it.high));
    BTreeSet<FinancialYear>: it => {
        if it.is_empty() { words("no year") } else { listed(it.iter().map(FinancialYear::to_string)) }
    };
    Vec<Quantity>: it => listed(it.iter().map(Quantity::to_string));
    Vec<Reason>: it => listed(it.iter().map(|reason| reason.in_words().to_owned()));
    Vec<HighImpactChange>: it => listed(it.iter().map(|change| change.in_words().to_owned()));
    Attribution: it => words(format!("NHS {}, social care {}, both {}", it.nhs, it.social_care, it.both));
    Responsible: it => words(format!("NHS {}, social care {}, both {}", it.nhs, it.social_care, it.both));
    Kind: it => match it {
        Kind::Process { days } => words(format!("a process of {} days", days.value)),
        Kind::Service(service) => words(format!("a service with {} places", service.places.value)),
    };
    Scheme: it => {
        let money = it.allocations.iter().filter(|(_, figure)| !figure.value.is_zero());
        let money: Vec<String> = money.map(|(year, figure)| format!("{} in {year}", figure.value.exact())).collect();
        let money = if money.is_empty() { "no money".to_owned() } else { money.join(", ") };
        words(format!("{}, {money}", it.area))
    };
    DeliveryRisk: it => {
        let (late, share) = (it.slip_days.value, it.delivered.value);
        words(format!(
            "{} – {} – {} days late, {} – {} – {} delivered",
            late.low, late.central, late.high, share.low, share.central, share.high
        ))
    };
    Volatility: it => words(format!("{} over {} days", it.spread.value, it.persistence_days.value));
    Pathway: it => {
        words(format!("{} referrals a week, {} people waiting", it.referrals.value, it.waiting.value))
    };
    Milestone: it => words(it.due.value.in_words());
    Target: it => words(format!("at most {}", it.at_most.value));
    MonthOfDelays: it => words(format!("{} delayed days", grouped(&it.delayed_days().to_string())));
    MonthOfOutturn: it => words(format!("{} delayed days", grouped(&it.delayed_days.value.to_string())));
    UnitCost: it => words(it.amount.value.exact());
    Paper: it => words(it.title.clone());
}

impl Say for Source {
    fn say(&self, scenario: &Scenario) -> Said {
        words(scenario.source_in_words(self))
    }
}

impl Say for Start {
    fn say(&self, _: &Scenario) -> Said {
        match self {
            Self::On(date) => words(date.value.in_words()),
            Self::Milestone(id) => words(format!("when “{id}” is reached")),
        }
    }
    fn source(&self, scenario: &Scenario) -> Option<String> {
        match self {
            Self::On(date) => date.source(scenario),
            Self::Milestone(_) => None,
        }
    }
    fn was(&self, scenario: &Scenario) -> Option<Said> {
        match self {
            Self::On(date) => date.was(scenario),
            Self::Milestone(_) => None,
        }
    }
}

impl Say for Renewal {
    fn say(&self, _: &Scenario) -> Said {
        words(format!("“{}”, after {}", self.with, self.ends.value.in_words()))
    }
    fn source(&self, scenario: &Scenario) -> Option<String> {
        self.ends.source(scenario)
    }
    fn was(&self, scenario: &Scenario) -> Option<Said> {
        self.ends.was(scenario)
    }
}

impl Say for Effect {
    fn say(&self, _: &Scenario) -> Said {
        let Range { low, central, high } = self.size.value;
        words(format!("{low} – {central} – {high} {} for {}", self.change.in_words(), self.per.value.exact()))
    }
}

impl Say for Bookmark {
    fn say(&self, _: &Scenario) -> Said {
        let amounts = self.schemes.iter().flat_map(|kept| kept.allocations.iter().map(|(_, amount)| *amount));
        words(Money::total(amounts).map_or_else(|_| "money".to_owned(), |total| format!("{} in all", total.exact())))
    }
}

impl Say for Note {
    fn say(&self, scenario: &Scenario) -> Said {
        words(format!("{}, {}", self.kind.in_words(), scenario.source_in_words(&self.source)))
    }
}
