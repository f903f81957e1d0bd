//! One figure of the context that a person can type over: where it stands, what it says, and the edit that what was
//! typed comes to.

use super::{Activity, Item, Maturity, Status};
use crate::calendar::Date;
use crate::money::Money;
use crate::scenario::{Edit, Figure, Id, Quantity, Scenario};

/// Days by which an activity that is marked delayed is put off, until another day is given.
const PUT_OFF: i32 = 30;

/// Where a figure of the context stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The day that an activity is due: its milestone's, or its own.
    Due(Id, usize),
    /// An activity's status.
    Status(Id, usize),
    /// A change's maturity.
    Maturity(Id),
    /// A measure's target.
    Target(Id),
    /// A measure's baseline.
    Baseline(Id),
    /// A measure's reading.
    Reading(Id, usize),
    /// An indicator.
    Indicator(Id),
    /// How many adults there are.
    Adults,
    /// An amount of a pool: its line, and whose.
    Amount(Id, usize, usize),
    /// What a partner bears.
    RiskShare(Id, usize),
    /// How likely a risk is.
    Likelihood(Id),
    /// How much it would matter.
    Impact(Id),
    /// A purpose's printed share.
    Share(Id),
    /// An input of the arithmetic of admissions.
    Panel(Panel),
}

/// An input of the arithmetic of admissions, and of what home care costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Panel {
    /// How far below last year.
    Target,
    /// How far above last year they stand.
    Rise,
    /// What is paid for an admission beyond the base.
    MarginalRate,
    /// The saving sought.
    SavingSought,
    /// Money for home care.
    Money,
    /// Hours a week that it pays for.
    Hours,
    /// Hours a week before.
    Base,
}

impl Spot {
    /// What may be chosen there, if it is a choice.
    pub fn choices(&self) -> Option<Vec<&'static str>> {
        match self {
            Self::Status(..) => Some(Status::ALL.map(Status::in_words).to_vec()),
            Self::Maturity(_) => Some(Maturity::ALL.map(Maturity::in_words).to_vec()),
            _ => None,
        }
    }

    /// The edit that puts there what was typed.
    pub fn typed(&self, scenario: &Scenario, text: &str) -> Result<Edit, String> {
        match self {
            Self::Due(id, at) => due(scenario, id, *at, date(text)?),
            Self::Status(id, at) => status(scenario, id, *at, chosen(text, &Status::ALL, Status::in_words)?),
            _ => {
                let item = self.item(scenario, text)?;
                Ok(Edit::ReplaceInContext(Box::new(item)))
            }
        }
    }

    /// The item with what was typed in its place.
    fn item(&self, scenario: &Scenario, text: &str) -> Result<Item, String> {
        let context = &*scenario.context;
        Ok(match self {
            Self::Due(..) | Self::Status(..) => return Err(gone()),
            Self::Maturity(id) => {
                let maturity = chosen(text, &Maturity::ALL, Maturity::in_words)?;
                let mut it = found(&context.changes, |it| it.id == *id)?;
                set(&mut it.maturity, maturity);
                Item::Change(it)
            }
            Self::Target(id) | Self::Baseline(id) => {
                let mut it = found(&context.measures, |it| it.id == *id)?;
                let figure = if matches!(self, Self::Target(_)) { &mut it.target } else { &mut it.baseline };
                set(figure, number(text)?);
                Item::Measure(it)
            }
            Self::Reading(id, at) => {
                let mut it = found(&context.measures, |it| it.id == *id)?;
                set(&mut it.readings.get_mut(*at).ok_or_else(gone)?.value, number(text)?);
                Item::Measure(it)
            }
            Self::Indicator(id) => {
                let mut it = found(&context.dashboard, |it| it.id == *id)?;
                it.value.change(number(text)?);
                Item::Indicator(it)
            }
            Self::Adults => {
                let mut adults = context.adults.clone().ok_or_else(gone)?;
                adults.change(number(text)?);
                Item::Adults(adults)
            }
            Self::Amount(id, line, partner) => {
                let mut it = found(&context.pools, |it| it.id == *id)?;
                let line = it.lines.get_mut(*line).ok_or_else(gone)?;
                line.amounts.get_mut(*partner).ok_or_else(gone)?.change(money(text)?);
                Item::Pool(it)
            }
            Self::RiskShare(id, partner) => {
                let mut it = found(&context.pools, |it| it.id == *id)?;
                set(&mut it.partners.get_mut(*partner).ok_or_else(gone)?.risk_share, share(text)?);
                Item::Pool(it)
            }
            Self::Likelihood(id) | Self::Impact(id) => {
                let mut it = found(&context.risks, |it| it.id == *id)?;
                let score = if matches!(self, Self::Likelihood(_)) { &mut it.likelihood } else { &mut it.impact };
                let typed =
                    text.trim().parse().map_err(|_| format!("“{:.24}” is not a score; write 1 to 5", text.trim()))?;
                set(score, typed);
                Item::Risk(it)
            }
            Self::Share(id) => {
                let mut it = found(&context.purposes, |it| it.id == *id)?;
                it.share.change(number(text)?);
                Item::Purpose(it)
            }
            Self::Panel(which) => {
                let mut it = context.admissions.clone().ok_or_else(gone)?;
                match which {
                    Panel::Target => it.target.change(share(text)?),
                    Panel::Rise => it.rise.change(share(text)?),
                    Panel::MarginalRate => it.marginal_rate.change(share(text)?),
                    Panel::SavingSought => it.saving_sought.change(share(text)?),
                    Panel::Money => it.home_care.as_mut().ok_or_else(gone)?.money.change(money(text)?),
                    Panel::Hours => it.home_care.as_mut().ok_or_else(gone)?.hours_a_week.change(number(text)?),
                    Panel::Base => it.home_care.as_mut().ok_or_else(gone)?.base.change(number(text)?),
                }
                Item::Admissions(Box::new(it))
            }
        })
    }
}

/// Another day for an activity. Where it is a milestone, the milestone moves, and with it the effects that wait for it.
fn due(scenario: &Scenario, workstream: &Id, at: usize, date: Date) -> Result<Edit, String> {
    let mut it = found(&scenario.context.delivery, |it| it.id == *workstream)?;
    let activity = it.activities.get_mut(at).ok_or_else(gone)?;
    if let Some((scheme, milestone)) = it.scheme.clone().zip(activity.milestone.clone()) {
        return Ok(Edit::SetMilestone { scheme, milestone, date });
    }
    activity.due = Some(date);
    Ok(Edit::ReplaceInContext(Box::new(Item::Workstream(it))))
}

/// Another status. An activity that is marked delayed is put off, if it is a milestone: to a month after its day, or
/// after the plan's, whichever is later.
fn status(scenario: &Scenario, workstream: &Id, at: usize, status: Status) -> Result<Edit, String> {
    let mut it = found(&scenario.context.delivery, |it| it.id == *workstream)?;
    let activity = it.activities.get_mut(at).ok_or_else(gone)?;
    let was = activity.status.replace(status);
    let name = activity.name.clone();
    let put_off = (status == Status::Delayed && was != Some(status))
        .then(|| put_off(scenario, it.scheme.as_ref()?, &it.activities[at]))
        .flatten();
    let marked = Edit::ReplaceInContext(Box::new(Item::Workstream(it)));
    Ok(match put_off {
        Some(moved) => Edit::Called {
            words: format!("Mark “{name}” {} and put it off", status.in_words()),
            edits: vec![marked, moved],
        },
        None => Edit::Called { words: format!("Mark “{name}” {}", status.in_words()), edits: vec![marked] },
    })
}

fn put_off(scenario: &Scenario, scheme: &Id, activity: &Activity) -> Option<Edit> {
    let milestone = activity.milestone.clone()?;
    let due = scenario.scheme(scheme)?.1.milestone(&milestone)?.due.value;
    let date = due.max(scenario.as_of).plus_days(PUT_OFF)?;
    Some(Edit::SetMilestone { scheme: scheme.clone(), milestone, date })
}

fn found<T: Clone>(list: &[T], is: impl Fn(&T) -> bool) -> Result<T, String> {
    list.iter().find(|it| is(it)).cloned().ok_or_else(gone)
}

fn gone() -> String {
    "what was to be changed is not there any more".to_owned()
}

fn set<T: Clone + PartialEq>(figure: &mut Option<Figure<T>>, to: T) {
    match figure {
        Some(figure) => figure.change(to),
        None => *figure = Some(Figure::entered(to)),
    }
}

fn chosen<T: Copy>(text: &str, all: &[T], words: fn(T) -> &'static str) -> Result<T, String> {
    let known = all.iter().copied().find(|it| words(*it) == text.trim().to_lowercase());
    known.ok_or_else(|| {
        let all: Vec<&str> = all.iter().map(|it| words(*it)).collect();
        format!("“{:.24}” is not among the choices; write one of {}", text.trim(), all.join(", "))
    })
}

/// `12,594`, `70%`, `11.25`.
fn number(text: &str) -> Result<Quantity, String> {
    text.trim().trim_end_matches('%').trim_end().replace(',', "").parse()
}

/// `70%` or `0.7`.
fn share(text: &str) -> Result<Quantity, String> {
    let typed = number(text)?;
    if !text.contains('%') {
        return Ok(typed);
    }
    let share = typed.decimal().checked_div(rust_decimal::Decimal::ONE_HUNDRED).map(|share| share.normalize());
    share.map_or_else(|| Err(gone()), |share| share.to_string().parse())
}

fn money(text: &str) -> Result<Money, String> {
    text.parse::<Money>().map_err(|error| error.to_string())
}

/// `2017-11-01`, `1.11.2017`, `1/11/2017` or `1 November 2017`.
fn date(text: &str) -> Result<Date, String> {
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
        assert_eq!(number("12,594").map(|number| number.to_string()), Ok("12594".to_owned()));
    }
}
