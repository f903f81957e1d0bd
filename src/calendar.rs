//! Time as commissioners count it: financial years from April to March, months, and the plan's horizon in real days.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{self, Weekday};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// The years that a scenario may speak of. The Better Care Fund began in 2015; a century is room enough.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// A text that is no date, month or year, with what would have been right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarError(String);

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CalendarError {}

/// Reads and writes a type as the quoted text that `FromStr` and `Display` agree on.
macro_rules! quoted_text {
    ($name:ty) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // Owned, as text with an escape in it can't be borrowed from the file.
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

/// A real day, written `2017-11-01` in files and `1 November 2017` for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// A calendar month, written `2017-11` in files and `November 2017` for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

/// A financial year: `2017/18` is 1 April 2017 to 31 March 2018.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear(i16);

quoted_text!(Date);
quoted_text!(Month);
quoted_text!(FinancialYear);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    /// The day `day` of month `month` (1 to 12) of `year`, if there is one between 2000 and 2100.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, CalendarError> {
        civil::Date::new(year, month, day)
            .ok()
            .filter(|date| YEARS.contains(&date.year()))
            .map(Self)
            .ok_or_else(|| CalendarError(format!("there is no day {year}-{month:02}-{day:02} between 2000 and 2100")))
    }

    /// Days from `earlier` to this; negative if this comes first.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.since((jiff::Unit::Day, earlier.0)).map_or(0, |span| span.get_days())
    }

    /// The day so many days on, if it is one between 2000 and 2100.
    pub fn plus_days(self, days: i32) -> Option<Self> {
        let date = self.0.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        YEARS.contains(&date.year()).then_some(Self(date))
    }

    /// Whether the day is a Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// The month the day lies in.
    pub fn month(self) -> Month {
        Month { year: self.0.year(), month: self.0.month() }
    }

    /// The financial year the day lies in.
    pub fn financial_year(self) -> FinancialYear {
        FinancialYear(if self.0.month() >= 4 { self.0.year() } else { self.0.year() - 1 })
    }

    /// As people write it: `1 November 2017`.
    pub fn in_words(self) -> String {
        format!("{} {}", self.0.day(), self.month().in_words())
    }

    /// `1 Nov 2017`, where room is short.
    pub fn short(self) -> String {
        format!("{} {}", self.0.day(), self.month().short())
    }
}

impl Month {
    /// Month `month` (1 to 12) of `year`.
    pub fn new(year: i16, month: i8) -> Result<Self, CalendarError> {
        Date::new(year, month, 1).map(Date::month)
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        Date(civil::date(self.year, self.month, 1))
    }

    /// How many days it has.
    pub fn days(self) -> u16 {
        self.first_day().0.days_in_month().unsigned_abs().into()
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    /// Months from `earlier` to this; negative if this comes first.
    pub fn months_since(self, earlier: Self) -> i32 {
        (i32::from(self.year) - i32::from(earlier.year)) * 12 + i32::from(self.month) - i32::from(earlier.month)
    }

    /// `November 2017`.
    pub fn in_words(self) -> String {
        format!("{} {}", self.name(), self.year)
    }

    /// `Nov 2017`, where room is short.
    pub fn short(self) -> String {
        format!("{} {}", &self.name()[..3], self.year)
    }

    /// `November`, where the year is plain.
    pub fn name(self) -> &'static str {
        MONTHS[usize::from(self.month.unsigned_abs()) - 1] // a month is 1 to 12 by construction
    }
}

impl FinancialYear {
    /// The financial year that begins on 1 April of `year`.
    pub fn starting(year: i16) -> Result<Self, CalendarError> {
        if YEARS.contains(&year) && YEARS.contains(&(year + 1)) {
            Ok(Self(year))
        } else {
            Err(CalendarError(format!("the financial year from April {year} lies outside 2000 to 2100")))
        }
    }

    /// 1 April.
    pub fn first_day(self) -> Date {
        Date(civil::date(self.0, 4, 1))
    }

    /// 31 March of the next calendar year.
    pub fn last_day(self) -> Date {
        Date(civil::date(self.0 + 1, 3, 31))
    }

    /// 365, or 366 where a 29 February falls in it.
    pub fn days(self) -> i32 {
        self.last_day().days_since(self.first_day()) + 1
    }

    /// The year after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// `17/18`, where room is short.
    pub fn short(self) -> String {
        format!("{}/{:02}", self.chip(), (self.0 + 1) % 100)
    }

    /// The last two digits of its first calendar year: `17` for 2017/18, as on a year chip.
    pub fn chip(self) -> String {
        format!("{:02}", self.0 % 100)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1) % 100)
    }
}

/// Plain digits of a known number of places; signs and spaces, which integer parsing would let through, are refused.
fn digits(text: &str, places: usize) -> Option<i16> {
    (text.len() == places && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn small(text: &str) -> Option<i8> {
    digits(text, 2).and_then(|number| i8::try_from(number).ok())
}

impl FromStr for Date {
    type Err = CalendarError;
    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().unwrap_or_default();
        match (digits(part(), 4), small(part()), small(part())) {
            (Some(year), Some(month), Some(day)) => Self::new(year, month, day),
            _ => Err(CalendarError(format!("“{text:.24}” is not a date; write one such as 2017-11-01"))),
        }
    }
}

impl FromStr for Month {
    type Err = CalendarError;
    fn from_str(text: &str) -> Result<Self, CalendarError> {
        match text.split_once('-').map(|(year, month)| (digits(year, 4), small(month))) {
            Some((Some(year), Some(month))) => Self::new(year, month),
            _ => Err(CalendarError(format!("“{text:.24}” is not a month; write one such as 2017-11"))),
        }
    }
}

impl FromStr for FinancialYear {
    type Err = CalendarError;
    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let year = text.split_once('/').and_then(|(first, second)| {
            let (first, second) = (digits(first, 4)?, digits(second, 2)?);
            ((first + 1) % 100 == second).then_some(first)
        });
        match year {
            Some(year) => Self::starting(year),
            None => Err(CalendarError(format!("“{text:.24}” is not a financial year; write one such as 2017/18"))),
        }
    }
}

/// The days a plan covers: from 1 April of its first financial year to 31 March of its last. Day 0 is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    first: FinancialYear,
    years: u16,
}

impl Horizon {
    /// `years` financial years from `first` on.
    pub fn new(first: FinancialYear, years: u16) -> Self {
        Self { first, years }
    }

    /// Day 0.
    pub fn first_day(self) -> Date {
        self.first.first_day()
    }

    /// The last day of the last financial year.
    pub fn last_day(self) -> Date {
        self.financial_years().last().unwrap_or(self.first).last_day()
    }

    /// How many days there are; 1,095 for 2017/18 to 2019/20 is one short of the 1,096 that hold 29 February 2020.
    pub fn days(self) -> usize {
        usize::try_from(self.last_day().days_since(self.first_day()) + 1).unwrap_or(0)
    }

    /// The financial years, in order.
    pub fn financial_years(self) -> impl Iterator<Item = FinancialYear> {
        std::iter::successors(Some(self.first), |year| Some(year.next())).take(self.years.into())
    }

    /// The months, in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        std::iter::successors(Some(self.first_day().month()), |month| Some(month.next()))
            .take(12 * usize::from(self.years))
    }

    /// The number of `date` counted from day 0, negative before it.
    pub fn day(self, date: Date) -> i32 {
        date.days_since(self.first_day())
    }

    /// Whether the day is inside.
    pub fn contains(self, date: Date) -> bool {
        self.first_day() <= date && date <= self.last_day()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_financial_year_runs_from_april_to_march() {
        let year: FinancialYear = "2017/18".parse().expect("a year");
        assert_eq!(year.first_day(), date("2017-04-01"));
        assert_eq!(year.last_day(), date("2018-03-31"));
        assert_eq!(date("2018-03-31").financial_year(), year);
        assert_eq!(date("2018-04-01").financial_year(), year.next());
        assert_eq!((year.days(), year.next().next().days()), (365, 366));
        assert_eq!(year.chip(), "17");
    }

    #[test]
    fn day_zero_of_2017_18_is_a_saturday() {
        assert!(date("2017-04-01").is_weekend() && date("2017-04-02").is_weekend());
        assert!(!date("2017-04-03").is_weekend() && !date("2017-03-31").is_weekend());
    }

    #[test]
    fn three_years_from_2017_18_hold_1096_days_and_36_months() {
        let horizon = Horizon::new("2017/18".parse().expect("a year"), 3);
        assert_eq!(horizon.days(), 1096);
        assert_eq!(horizon.last_day(), date("2020-03-31"));
        assert_eq!(horizon.months().map(|month| usize::from(month.days())).sum::<usize>(), 1096);
        assert_eq!(horizon.months().last().map(Month::in_words).as_deref(), Some("March 2020"));
        assert!(horizon.contains(date("2020-03-31")) && !horizon.contains(date("2020-04-01")));
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        for text in ["2017-02-29", "2017-13-01", "1917-01-01", "17-01-01", "2017-1-1", "2017-01-01x", "", "+017-01-01"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        for text in ["2017/19", "2017-18", "2017/2018", "2100/01", "/18", "2017/"] {
            assert!(text.parse::<FinancialYear>().is_err(), "{text}");
        }
        assert!("1999/00".parse::<FinancialYear>().is_err());
        assert_eq!("2099/00".parse::<FinancialYear>().map(|year| year.to_string()), Ok("2099/00".to_owned()));
        assert!("2017-00".parse::<Month>().is_err());
    }

    #[test]
    fn months_count_on_over_the_new_year() {
        let december = Month::new(2017, 12).expect("a month");
        assert_eq!(december.next().to_string(), "2018-01");
        assert_eq!(december.next().months_since(Month::new(2017, 4).expect("a month")), 9);
        assert_eq!(Month::new(2020, 2).expect("a month").days(), 29);
    }
}
