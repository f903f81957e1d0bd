//! What a person typed over the context, read as what it is to be: a day, a share, a score, a place, a choice.

use super::Rank;
use crate::calendar::Date;
use crate::money::Money;
use crate::scenario::Quantity;

/// Where there is nothing, and where a scheme does not act on something.
pub(super) const NOT: &str = "–";

/// What was written, if anything was.
pub(super) fn words(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text != NOT)
}

pub(super) fn chosen<T: Copy>(text: &str, all: &[T], words: fn(T) -> &'static str) -> Result<T, String> {
    let known = all.iter().copied().find(|it| words(*it) == text.trim().to_lowercase());
    known.ok_or_else(|| {
        let all: Vec<&str> = all.iter().map(|it| words(*it)).collect();
        format!("“{:.24}” is not among the choices; write one of {}", text.trim(), all.join(", "))
    })
}

/// `12,594`, `70%`, `11.25`.
pub(super) fn number(text: &str) -> Result<Quantity, String> {
    text.trim().trim_end_matches('%').trim_end().replace(',', "").replace('−', "-").parse()
}

/// `70%` or `0.7`.
pub(super) fn share(text: &str) -> Result<Quantity, String> {
    let typed = number(text)?;
    if !text.contains('%') {
        return Ok(typed);
    }
    let share = typed.decimal().checked_div(rust_decimal::Decimal::ONE_HUNDRED).map(|share| share.normalize());
    share.map_or_else(
        || Err(format!("“{:.24}” is not a share; write one such as 70%", text.trim())),
        |share| share.to_string().parse(),
    )
}

pub(super) fn score(text: &str) -> Result<u16, String> {
    text.trim().parse().map_err(|_| format!("“{:.24}” is not a score; write 1 to 5", text.trim()))
}

/// `3 of 15`; nothing where nothing is written. A paper may print a place beyond the last: one prints 16 of 15.
pub(super) fn rank(text: &str) -> Result<Option<Rank>, String> {
    let Some(text) = words(text) else { return Ok(None) };
    let parts =
        text.split_once("of").and_then(|(place, of)| Some((place.trim().parse().ok()?, of.trim().parse().ok()?)));
    let rank = parts.map(|(place, of)| Rank { place, of }).filter(|rank| rank.place > 0 && rank.of > 0);
    rank.map(Some).ok_or_else(|| format!("“{text:.24}” is not a place; write one such as 3 of 15"))
}

pub(super) fn money(text: &str) -> Result<Money, String> {
    text.parse::<Money>().map_err(|error| error.to_string())
}

/// `2017-11-01`, `1.11.2017`, `1/11/2017` or `1 November 2017`.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let refused = || format!("“{text:.24}” is not a day; write one such as 1 November 2017 or 2017-11-01");
    if let Ok(date) = text.parse() {
        return Ok(date);
    }
    let parts: Vec<&str> = text.split(['.', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return Err(refused()) };
    let named = |name: &str| {
        let name = name.to_lowercase();
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        months.iter().zip(1_i8..).find(|(month, _)| name.starts_with(**month)).map(|(_, number)| number)
    };
    let month = month.parse().ok().or_else(|| named(month)).ok_or_else(refused)?;
    let (day, year) = day.parse().ok().zip(year.parse().ok()).ok_or_else(refused)?;
    Date::new(year, month, day).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_the_papers_write_it() {
        let november: Date = "2017-11-01".parse().expect("a day");
        for text in ["2017-11-01", "01.11.2017", "1/11/2017", "1 November 2017", " 1 nov 2017 "] {
            assert_eq!(date(text), Ok(november), "{text}");
        }
        for text in ["", "tbc", "31.02.2017", "November 2017", "1 Smarch 2017"] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_is_read_as_per_cent_or_as_a_fraction() {
        for text in ["70%", "0.7", "70 %"] {
            assert_eq!(share(text).map(|share| share.to_string()), Ok("0.7".to_owned()), "{text}");
        }
        for (text, figure) in [("12,594", "12594"), ("−4.5", "-4.5")] {
            assert_eq!(number(text).map(|number| number.to_string()), Ok(figure.to_owned()), "{text}");
        }
    }
}
