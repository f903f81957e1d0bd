//! Something for each of several financial years, in order, written as `{"2017/18": …}`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::once::each_once;
use crate::calendar::FinancialYear;

/// A value for each year that has one. A year named twice in a file is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByYear<T>(BTreeMap<FinancialYear, T>);

impl<T> Default for ByYear<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> ByYear<T> {
    /// The value of that year.
    pub fn get(&self, year: FinancialYear) -> Option<&T> {
        self.0.get(&year)
    }

    /// The value of that year, to change.
    pub fn get_mut(&mut self, year: FinancialYear) -> Option<&mut T> {
        self.0.get_mut(&year)
    }

    /// Sets the value of that year.
    pub fn insert(&mut self, year: FinancialYear, value: T) {
        self.0.insert(year, value);
    }

    /// Forgets that year.
    pub fn remove(&mut self, year: FinancialYear) {
        self.0.remove(&year);
    }

    /// Years and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FinancialYear, &T)> {
        self.0.iter().map(|(year, value)| (*year, value))
    }

    /// How many years have a value.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no year has one.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The earliest year with a value.
    pub fn first_year(&self) -> Option<FinancialYear> {
        self.0.keys().next().copied()
    }
}

impl<T> FromIterator<(FinancialYear, T)> for ByYear<T> {
    fn from_iter<I: IntoIterator<Item = (FinancialYear, T)>>(years: I) -> Self {
        Self(years.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for ByYear<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ByYear<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        each_once(deserializer, |year: &FinancialYear| format!("the year {year}")).map(Self)
    }
}
