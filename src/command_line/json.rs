//! Figures for scripts. Money is text with two decimals, people and days have three; what only chance can tell is null.

use serde_json::{Map, Value, json};

use crate::calendar::FinancialYear;
use crate::forecast::chance::{Chance, Spread};
use crate::forecast::{Contributions, Forecast, NEXT_POUNDS, avoided_by_moving, economic_floor, outturn};
use crate::ledger::Ledger;
use crate::money::Money;
use crate::scenario::{Scenario, Scheme};

/// Indented, with a line's end.
pub(super) fn text(figures: &Value) -> String {
    format!("{figures:#}\n")
}

/// Grant, allocations, commitments and balance by year; allocations by area and scheme.
pub(super) fn balance(ledger: &Ledger) -> Value {
    let years: Vec<FinancialYear> = ledger.years.iter().map(|line| line.year).collect();
    let by_year = |amounts: &[Money]| -> Map<String, Value> {
        years.iter().zip(amounts).map(|(year, amount)| (year.to_string(), amount.to_json().into())).collect()
    };
    let year_lines = ledger.years.iter().map(|line| {
        json!({
            "year": line.year.to_string(),
            "grant": line.grant.to_json(),
            "brought_forward": line.brought_forward.to_json(),
            "allocated": line.allocated.to_json(),
            "committed": line.committed.to_json(),
            "balance": line.balance.to_json(),
            "headroom": line.headroom.to_json(),
            "unfunded": line.unfunded.to_json(),
        })
    });
    let areas = ledger.areas.iter().map(|line| json!({"area": line.area.key(), "years": by_year(&line.allocated)}));
    let schemes = ledger.schemes.iter().map(|line| {
        let committed_years: Vec<String> = line.committed_years.iter().map(FinancialYear::to_string).collect();
        json!({
            "id": line.id.as_str(),
            "name": line.name,
            "area": line.area.key(),
            "years": by_year(&line.allocated),
            "committed_years": committed_years,
        })
    });
    json!({
        "years": year_lines.collect::<Value>(),
        "areas": areas.collect::<Value>(),
        "schemes": schemes.collect::<Value>(),
        "first_unfunded_year": ledger.first_unfunded_year().map(|line| line.year.to_string()),
    })
}

/// People delayed by month, pathway and responsibility; the targets; what came since; what each scheme avoids, and what its next pounds
/// would. With chance, what is expected is the mean of its replications.
pub(super) fn forecast(scenario: &Scenario, forecast: &Forecast, chance: Option<&Chance>, seed: u64) -> Value {
    let averaged = chance.map(|chance| forecast.on_average(scenario, chance));
    let shown = averaged.as_ref().unwrap_or(forecast);
    let months = shown.months.iter().enumerate().map(|(at, month)| {
        let spread = chance.and_then(|chance| chance.months.get(at));
        let mut figures = Map::new();
        figures.insert("month".to_owned(), month.month.to_string().into());
        figures.insert("expected".to_owned(), rounded(month.expected).into());
        figures.extend(percentiles(|of| spread.map(|spread| rounded(f64::from(of(spread)))).into()));
        figures.insert("delayed_days".to_owned(), rounded(month.delayed_days).into());
        figures.insert("do_nothing".to_owned(), rounded(month.do_nothing).into());
        Value::Object(figures)
    });
    let pathways = forecast.pathways.iter().enumerate().map(|(at, pathway)| {
        let months = shown.months.iter().map(|month| {
            json!({"month": month.month.to_string(), "expected": month.by_pathway.get(at).map(|people| rounded(*people))})
        });
        json!({"id": pathway.id.as_str(), "months": months.collect::<Value>()})
    });
    let attribution = shown.months.iter().map(|month| {
        json!({
            "month": month.month.to_string(),
            "nhs": rounded(month.nhs),
            "social_care": rounded(month.social_care),
            "both": rounded(month.both),
        })
    });
    let targets = shown.targets.iter().enumerate().map(|(at, target)| {
        let of_target = chance.and_then(|chance| chance.targets.get(at));
        json!({
            "month": target.month.to_string(),
            "at_most": rounded(target.at_most),
            "expected": rounded(target.expected),
            "chance": of_target.map(|target| finely(target.chance)),
            "standard_error": of_target.map(|target| finely(target.standard_error)),
        })
    });
    let outturn = outturn(scenario, chance).into_iter().map(|month| {
        json!({
            "month": month.month.to_string(),
            "delayed_days": month.delayed_days,
            "people": rounded(month.people),
            "verdict": month.judged.map(|judged| judged.verdict.in_words()),
            "p10": month.judged.map(|judged| rounded(judged.p10)),
            "p90": month.judged.map(|judged| rounded(judged.p90)),
        })
    });
    let contributions = Contributions::of(scenario, forecast);
    let contributions = contributions.on_average(forecast, shown).unwrap_or(contributions);
    let schemes =
        scenario.schemes.iter().zip(&contributions.schemes).enumerate().map(|(at, (scheme, contribution))| {
            json!({
                "id": scheme.id.as_str(),
                "delayed_days_avoided": rounded(contribution.delayed_days),
                "next_50k": next_pounds(scenario, forecast, at, scheme).map(rounded),
            })
        });
    json!({
        "seed": seed,
        "replications": chance.map_or(0, |chance| chance.replications),
        "months": months.collect::<Value>(),
        "pathways": pathways.collect::<Value>(),
        "attribution": attribution.collect::<Value>(),
        "targets": targets.collect::<Value>(),
        "economic_floor": economic_floor(scenario).map(rounded),
        "outturn": outturn.collect::<Value>(),
        "schemes": schemes.collect::<Value>(),
    })
}

/// People delayed on each day, day 0 first.
pub(super) fn days(forecast: &Forecast, chance: Option<&Chance>) -> Value {
    let expected = chance.map_or_else(|| forecast.people(), |chance| chance.mean_days.clone());
    let expected: Vec<f64> = expected.into_iter().map(rounded).collect();
    let mut days = Map::new();
    days.insert("expected".to_owned(), expected.into());
    days.extend(percentiles(|of| {
        let by_day =
            |chance: &Chance| chance.days.iter().map(|spread| rounded(f64::from(of(spread)))).collect::<Vec<_>>();
        chance.map(by_day).into()
    }));
    Value::Object(days)
}

/// Reads one percentile.
type Percentile = fn(&Spread) -> f32;

/// The figure of each percentile under its name, the lowest first.
fn percentiles(figure: impl Fn(Percentile) -> Value) -> impl Iterator<Item = (String, Value)> {
    let named: [(&str, Percentile); 7] = [
        ("p05", |spread| spread.p05),
        ("p10", |spread| spread.p10),
        ("p25", |spread| spread.p25),
        ("p50", |spread| spread.p50),
        ("p75", |spread| spread.p75),
        ("p90", |spread| spread.p90),
        ("p95", |spread| spread.p95),
    ];
    named.into_iter().map(move |(name, of)| (name.to_owned(), figure(of)))
}

/// Delayed days avoided over the plan by £50,000 more in the first financial year that the scheme has money in, or in
/// the plan's first where it has none.
fn next_pounds(scenario: &Scenario, forecast: &Forecast, at: usize, scheme: &Scheme) -> Option<f64> {
    let mut years = scenario.horizon().financial_years();
    let funded = scenario.horizon().financial_years().find(|year| !scheme.allocation(*year).is_zero());
    let year = funded.or_else(|| years.next())?;
    let to = Money::pounds(NEXT_POUNDS).and_then(|more| scheme.allocation(year).plus(more)).ok()?;
    avoided_by_moving(scenario, forecast, at, year, to)
}

/// Three decimals: a thousandth of a person is finer than any reader needs. Never a minus before nothing.
pub(super) fn rounded(figure: f64) -> f64 {
    (figure * 1000.0).round() / 1000.0 + 0.0
}

/// Five decimals, for chances and their errors.
pub(super) fn finely(figure: f64) -> f64 {
    (figure * 100_000.0).round() / 100_000.0
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn figures_have_three_decimals_and_no_minus_before_nothing() {
        for (figure, text) in [(2.345_678, "2.346"), (-0.000_01, "0.0"), (-1.5, "-1.5"), (1e6 / 3.0, "333333.333")] {
            assert_eq!(serde_json::Value::from(rounded(figure)).to_string(), text);
        }
    }
}
