//! What changed from one scenario to another, as an e-mail says it: totals before and after, then each difference.

use super::count;
use crate::calendar::FinancialYear;
use crate::ledger::{Ledger, YearLine};
use crate::money::{Money, MoneyError};
use crate::scenario::compare::{Comparison, Said, compare};
use crate::scenario::{Area, Scenario};

/// Two scenarios, compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What the two are called.
    pub names: [String; 2],
    /// What the changes come to, a sentence each; none where no sum changed.
    pub totals: Vec<String>,
    /// What differs.
    pub comparison: Comparison,
}

impl Compared {
    /// What changed from `before` to `after`. Fails only where a sum passes the bounds of [`Money`].
    pub fn of(names: [String; 2], before: &Scenario, after: &Scenario) -> Result<Self, MoneyError> {
        let totals = totals(&Ledger::of(before)?, &Ledger::of(after)?);
        Ok(Self { names, totals, comparison: compare(before, after) })
    }

    /// The finding, in a line.
    pub fn title(&self) -> String {
        let [before, after] = &self.names;
        match self.comparison.differences.len() {
            0 => format!("Nothing differs between {before} and {after}"),
            1 => format!("1 difference from {before} to {after}"),
            many => format!("{} differences from {before} to {after}", count(many as f64)),
        }
    }

    /// Sentences under their headings: totals first.
    pub fn sections(&self) -> Vec<(String, Vec<&str>)> {
        let totals = (!self.totals.is_empty())
            .then(|| ("Totals".to_owned(), self.totals.iter().map(String::as_str).collect::<Vec<_>>()));
        let groups = self.comparison.groups().into_iter().map(|(heading, differences)| {
            (heading, differences.iter().map(|difference| difference.words.as_str()).collect())
        });
        totals.into_iter().chain(groups).collect()
    }

    /// All of it as plain text, to be pasted.
    pub fn text(&self) -> String {
        let mut text = format!("{}.\n", self.title());
        for (heading, sentences) in self.sections() {
            text.extend(["\n", &heading, "\n"]);
            for sentence in sentences {
                text.extend(["- ", sentence, "\n"]);
            }
        }
        text
    }
}

fn totals(before: &Ledger, after: &Ledger) -> Vec<String> {
    let mut years: Vec<FinancialYear> = before.years.iter().chain(&after.years).map(|line| line.year).collect();
    years.sort();
    years.dedup();
    let mut sentences: Vec<String> = years.iter().filter_map(|year| year_in_words(*year, before, after)).collect();
    let first =
        |ledger: &Ledger| ledger.first_unfunded_year().map_or_else(|| "none".to_owned(), |line| line.year.to_string());
    if first(before) != first(after) {
        sentences.push(format!("First unfunded year: {} → {}", first(before), first(after)));
    }
    for area in Area::ALL {
        for year in &years {
            let [from, to] = [before, after].map(|ledger| area_in(ledger, area, *year));
            sentences.extend((from != to).then(|| format!("{area} {year}: {}", arrow(from, to))));
        }
    }
    sentences
}

/// What changed in a year's sums, if anything did.
fn year_in_words(year: FinancialYear, before: &Ledger, after: &Ledger) -> Option<String> {
    type Sum = (&'static str, fn(&YearLine) -> Money);
    let sums: [Sum; 5] = [
        ("grant", |line| line.grant),
        ("allocated", |line| line.allocated),
        ("committed", |line| line.committed),
        ("balance", |line| line.balance),
        ("unfunded", |line| line.unfunded),
    ];
    let line = |ledger: &Ledger| ledger.years.iter().find(|line| line.year == year).copied();
    match (line(before), line(after)) {
        (Some(from), Some(to)) => {
            let changed = sums.iter().filter(|(_, sum)| sum(&from) != sum(&to));
            let changed: Vec<String> =
                changed.map(|(name, sum)| format!("{name} {}", arrow(sum(&from), sum(&to)))).collect();
            (!changed.is_empty()).then(|| format!("{year}: {}", changed.join("; ")))
        }
        (Some(_), None) => Some(format!("{year}: no longer in the plan")),
        (None, Some(to)) => Some(format!("{year}: new in the plan; balance {}", to.balance.exact())),
        (None, None) => None,
    }
}

fn area_in(ledger: &Ledger, area: Area, year: FinancialYear) -> Money {
    let at = ledger.years.iter().position(|line| line.year == year);
    let line = ledger.areas.iter().find(|line| line.area == area);
    at.and_then(|at| line?.allocated.get(at).copied()).unwrap_or_default()
}

fn arrow(from: Money, to: Money) -> String {
    Said::Money(from).arrow(&Said::Money(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled::JULY_2017;
    use crate::scenario::Edit;
    use crate::scenario::edit::apply;

    #[test]
    fn totals_say_what_the_changes_come_to_by_year_and_area() {
        let before = JULY_2017.open().expect("sound").scenario;
        let edit = Edit::SetAllocation {
            scheme: "care-home-beds".parse().expect("an id"),
            year: "2017/18".parse().expect("a year"),
            amount: "650000".parse().expect("money"),
        };
        let after = apply(&before, &edit).expect("holds").scenario;
        let compared = Compared::of(["A", "B"].map(str::to_owned), &before, &after).expect("sums");
        assert_eq!(compared.title(), "1 difference from A to B");
        // £676,000 was left; £250,000 less is given.
        assert!(compared.totals[0].contains("balance £676,000 → £926,000 (+£250,000)"), "{:?}", compared.totals);
        let area = compared.totals.last().expect("areas");
        assert!(area.starts_with("Additional provision 2017/18: ") && area.ends_with("(−£250,000)"), "{area}");
        assert!(compared.text().ends_with("2017/18: £900,000 → £650,000 (−£250,000)\n"), "{}", compared.text());

        let same = Compared::of(["A", "B"].map(str::to_owned), &before, &before).expect("sums");
        assert_eq!(same.text(), "Nothing differs between A and B.\n");
    }
}
