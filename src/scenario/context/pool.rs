//! A pooled budget: who pays what into it, what is taken off, what totals are printed, what it is used for, and who bears
//! what when more or less is spent.

use serde::{Deserialize, Serialize};

use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::scenario::{Figure, Id, Quantity, Source};

/// A pooled budget in one financial year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// The name it is known by in the file.
    pub id: Id,
    /// As the paper calls it.
    pub name: String,
    /// Its year.
    pub year: FinancialYear,
    /// Who pays into it.
    pub partners: Vec<Partner>,
    /// Its lines, each with an amount for every partner in their order.
    pub lines: Vec<PoolLine>,
    /// The totals that the paper prints, which need not be what the lines come to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub printed: Vec<PrintedTotal>,
    /// What the money is used for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<PoolUse>,
    /// Where it is printed.
    pub source: Source,
}

/// One who pays into a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// As people call it.
    pub name: String,
    /// Its share of whatever is spent beyond or below the pool, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_share: Option<Figure<Quantity>>,
}

/// A line of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolLine {
    /// As the paper calls it.
    pub name: String,
    /// Whether it is paid in or taken off.
    pub kind: PoolLineKind,
    /// What it is for every partner, in their order, none below zero.
    pub amounts: Vec<Figure<Money>>,
}

/// What a line of a pool does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PoolLineKind {
    /// It is paid in.
    Contribution,
    /// A grant that pays for part of it: taken off.
    LessGrant,
    /// Income from people who use the services: taken off.
    LessIncome,
}

/// A total that the paper prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum PrintedTotal {
    /// Of what is paid in, for every partner.
    Gross(Vec<Money>),
    /// Of what is left after what is taken off.
    Net(Vec<Money>),
    /// Of all partners together, gross.
    All(Money),
}

/// What a total adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Total {
    /// All that a partner pays in, by the partner's place.
    Gross(usize),
    /// The same less grants and income.
    Net(usize),
    /// All that all partners pay in.
    All,
    /// A part of the pool's use, by its place.
    Use(usize),
}

impl Total {
    /// `Net contribution, Oxfordshire County Council`.
    pub fn in_words(self, pool: &Pool) -> String {
        let partner = |at: usize| pool.partners.get(at).map_or("", |partner| partner.name.as_str());
        match self {
            Self::Gross(at) => format!("Gross contribution, {}", partner(at)),
            Self::Net(at) => format!("Net contribution, {}", partner(at)),
            Self::All => "All contributions".to_owned(),
            Self::Use(at) => {
                format!("Use of the pool, {}", pool.uses.get(at).map_or("", |part| part.name.as_str()))
            }
        }
    }
}

impl Pool {
    /// The total that the paper prints, if it does.
    pub fn printed(&self, total: Total) -> Option<Money> {
        match total {
            Total::Use(at) => self.uses.get(at)?.printed,
            _ => self.printed.iter().find_map(|printed| match (printed, total) {
                (PrintedTotal::Gross(amounts), Total::Gross(at)) | (PrintedTotal::Net(amounts), Total::Net(at)) => {
                    amounts.get(at).copied()
                }
                (PrintedTotal::All(amount), Total::All) => Some(*amount),
                _ => None,
            }),
        }
    }

    /// Where that total stands.
    pub(super) fn printed_mut(&mut self, total: Total) -> Option<&mut Money> {
        match total {
            Total::Use(at) => self.uses.get_mut(at)?.printed.as_mut(),
            _ => self.printed.iter_mut().find_map(|printed| match (printed, total) {
                (PrintedTotal::Gross(amounts), Total::Gross(at)) | (PrintedTotal::Net(amounts), Total::Net(at)) => {
                    amounts.get_mut(at)
                }
                (PrintedTotal::All(amount), Total::All) => Some(amount),
                _ => None,
            }),
        }
    }

    /// Begins a partner, who pays nothing yet.
    pub(super) fn begin_partner(&mut self) {
        self.partners.push(Partner { name: "New partner".to_owned(), risk_share: None });
        self.lines.iter_mut().for_each(|line| line.amounts.push(Figure::entered(Money::ZERO)));
        self.each_printed(|amounts| amounts.push(Money::ZERO));
    }

    /// Takes a partner out with all that it pays, counted from 0.
    pub(super) fn remove_partner(&mut self, at: usize) {
        remove_at(&mut self.partners, at);
        self.lines.iter_mut().for_each(|line| remove_at(&mut line.amounts, at));
        self.each_printed(|amounts| remove_at(amounts, at));
    }

    fn each_printed(&mut self, to: impl Fn(&mut Vec<Money>)) {
        for printed in &mut self.printed {
            match printed {
                PrintedTotal::Gross(amounts) | PrintedTotal::Net(amounts) => to(amounts),
                PrintedTotal::All(_) => {}
            }
        }
    }

    /// Begins a part of its use, for the first partner that has none.
    pub(super) fn begin_use(&mut self) {
        let has_none = |partner: &&Partner| self.uses.iter().all(|part| part.name != partner.name);
        let name = self.partners.iter().find(has_none).map_or("New part", |partner| partner.name.as_str()).to_owned();
        self.uses.push(PoolUse { name, lines: Vec::new(), printed: None });
    }

    /// Puts printed totals of £0 beside those that it has none for; they are to be typed over.
    pub(super) fn begin_printed(&mut self) {
        let nothing = vec![Money::ZERO; self.partners.len()];
        let all = [PrintedTotal::Gross(nothing.clone()), PrintedTotal::Net(nothing), PrintedTotal::All(Money::ZERO)];
        for total in all {
            let is_same = |known: &PrintedTotal| std::mem::discriminant(known) == std::mem::discriminant(&total);
            if !self.printed.iter().any(is_same) {
                self.printed.push(total);
            }
        }
        self.uses.iter_mut().for_each(|part| _ = part.printed.get_or_insert(Money::ZERO));
    }

    /// Forgets every printed total.
    pub(super) fn forget_printed(&mut self) {
        self.printed.clear();
        self.uses.iter_mut().for_each(|part| part.printed = None);
    }
}

/// Takes an item out of a list, if it is there.
pub(super) fn remove_at<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}

/// What one partner's part of a pool is used for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolUse {
    /// Whose part.
    pub name: String,
    /// Line by line.
    pub lines: Vec<UseLine>,
    /// The total that the paper prints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<Money>,
}

/// What some of a pool is used for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseLine {
    /// What for.
    pub name: String,
    /// How much.
    pub amount: Figure<Money>,
}
