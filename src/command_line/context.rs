//! What the papers report around a plan, and what follows from it: as text for a terminal, and as data for scripts.

use serde_json::{Value, json};

use super::json::rounded;
use crate::chart::context::{Cell, Column, Figures, Part, Row, Sheet, sheet};
use crate::context::measures::Rag;
use crate::context::{admissions, changes, dashboard, delivery, measures, pool, purposes, risks};
use crate::forecast::Forecast;
use crate::ledger::Ledger;
use crate::money::{Money, MoneyError};
use crate::scenario::Scenario;
use crate::scenario::context::{ChangeReport, Measure, Pool, Status, Trajectory, Workstream};

/// Every part that the scenario has, as lines of text.
pub(super) fn in_words(of: Figures) -> Result<String, MoneyError> {
    let mut parts = vec![format!("{}\n", of.scenario.title)];
    for part in Part::ALL {
        parts.extend(sheet(part, of)?.map(|sheet| lines(&sheet)));
    }
    if parts.len() == 1 {
        parts.push("The scenario reports nothing around the plan.\n".to_owned());
    }
    Ok(parts.join("\n"))
}

/// The sheet's name and finding; then a line for each row, its cells under the names of their columns.
fn lines(sheet: &Sheet) -> String {
    let mut text = format!("{}: {}\n", sheet.name, sheet.title);
    for row in &sheet.rows {
        match row {
            Row::Heading(heading) => text.extend(["  ", heading.as_str(), "\n"]),
            Row::Group(cells) | Row::Cells(cells) => {
                let said = sheet.columns.iter().zip(cells).enumerate().filter(|(_, (_, cell))| !cell.text.is_empty());
                let is_group = matches!(row, Row::Group(_));
                let said: Vec<String> = said.map(|(at, (column, cell))| labelled(at, column, cell, is_group)).collect();
                text.extend(["    ", said.join(" · ").as_str(), "\n"]);
            }
        }
    }
    text
}

/// A cell under its column's name; in the line that names others, where columns mean something else, under its own.
fn labelled(at: usize, column: &Column, cell: &Cell, is_group: bool) -> String {
    let own = cell.called.split_once(": ").map(|(own, _)| own);
    let moved = cell.moved.as_ref().map_or_else(String::new, |was| format!(" (moved by hand from {was})"));
    let text = format!("{}{moved}", cell.text);
    match if is_group { own } else { Some(column.name.as_str()) } {
        Some(label) if at > 0 && !label.is_empty() => format!("{label}: {text}"),
        _ => text,
    }
}

/// Every part as data. What the papers say stands under `reported`, as the scenario's file has it, with where each figure
/// comes from; what follows from it stands under each part's name, by the same ids. A part that the scenario has not is
/// empty or null. Figures that a person moved stand under `moved` too.
pub(super) fn as_json(of: Figures) -> Result<Value, MoneyError> {
    let Figures { scenario, ledger, forecast, .. } = of;
    let context = &*scenario.context;
    let pools = context.pools.iter().map(|it| pool_json(it, ledger)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({
        "delivery": context.delivery.iter().map(|it| workstream_json(scenario, it)).collect::<Vec<_>>(),
        "slips": slips_json(scenario),
        "changes": changes_json(scenario)?,
        "measures": context.measures.iter().map(|it| measure_json(scenario, forecast, it)).collect::<Vec<_>>(),
        "dashboard": dashboard_json(scenario, forecast),
        "pools": pools,
        "risks": risks_json(scenario),
        "at_risk": at_risk_json(scenario, forecast),
        "purposes": purposes_json(scenario)?,
        "admissions": admissions_json(scenario),
        "moved": moved_json(of)?,
        "reported": context,
        "papers": scenario.papers,
    }))
}

/// Every figure that a person moved from what its source says.
fn moved_json(of: Figures) -> Result<Value, MoneyError> {
    let mut all = Vec::new();
    for part in Part::ALL {
        let Some(sheet) = sheet(part, of)? else { continue };
        all.extend(sheet.cells().filter(|cell| cell.moved.is_some()).map(|cell| {
            json!({
                "part": part.in_words(),
                "figure": cell.called,
                "value": cell.text,
                "was": cell.moved,
                "source": cell.help,
            })
        }));
    }
    Ok(all.into())
}

fn workstream_json(scenario: &Scenario, workstream: &Workstream) -> Value {
    let activities = delivery::progress(scenario, workstream).into_iter().map(|line| {
        json!({
            "name": line.activity.name,
            "milestone": line.activity.milestone,
            "start": line.activity.start,
            "due": line.due,
            "due_moved_from": line.moved_from,
            "status": line.activity.status.map(Status::in_words),
            "earlier_due": line.activity.earlier.as_ref().and_then(|earlier| earlier.due),
            "earlier_status": line.activity.earlier.as_ref().and_then(|earlier| earlier.status).map(Status::in_words),
            "slip_days": line.slip_days,
            "overdue": line.is_overdue,
            "held_to": line.held_to,
            "listed_no_more": line.is_dropped,
            "effects": line.effects,
        })
    });
    json!({
        "id": workstream.id,
        "name": workstream.name,
        "area": workstream.area.key(),
        "scheme": workstream.scheme,
        "owner": workstream.owner,
        "allocation": workstream.allocation.as_ref().map(|allocation| allocation.value.to_json()),
        "status": workstream.status.map(Status::in_words),
        "computed_status": delivery::status(workstream).map(Status::in_words),
        "activities": activities.collect::<Value>(),
    })
}

fn slips_json(scenario: &Scenario) -> Value {
    let slips = delivery::slips(scenario);
    json!({
        "compared": slips.compared,
        "later": slips.later,
        "longest_days": slips.longest,
        "moved_by_hand": slips.moved,
        "delayed_without_a_new_day": slips.delayed,
        "listed_no_more": slips.dropped,
        "completed_since": slips.completed,
    })
}

fn changes_json(scenario: &Scenario) -> Result<Value, MoneyError> {
    let year = scenario.horizon().first_day().financial_year();
    let supports = changes::support(scenario, year)?;
    let one = |report: &ChangeReport| {
        let support = supports.iter().find(|support| support.change == report.change);
        let schemes: Vec<&str> =
            support.map_or_else(Vec::new, |it| it.schemes.iter().map(|scheme| scheme.id.as_str()).collect());
        json!({
            "id": report.id,
            "change": report.change.in_words(),
            "schemes": schemes,
            "money": support.map(|support| support.money.to_json()),
            "shared": support.map(|support| support.shared.to_json()),
            "printed": report.printed.as_ref().map(|printed| printed.value.to_json()),
            "maturity": report.maturity.as_ref().map(|maturity| maturity.value.in_words()),
            "steps": report.steps,
            "success": report.success,
        })
    };
    let all: Vec<Value> = scenario.context.changes.iter().map(one).collect();
    Ok(json!({"year": year, "counted_once": changes::mapped_once(scenario, year)?.to_json(), "changes": all}))
}

fn measure_json(scenario: &Scenario, forecast: &Forecast, measure: &Measure) -> Value {
    let number = |figure: &Option<crate::scenario::Figure<crate::scenario::Quantity>>| {
        figure.as_ref().map(|figure| figure.value.to_f64())
    };
    let readings = measure.readings.iter();
    let readings = readings.map(|reading| json!({"period": reading.period, "value": number(&reading.value)}));
    let filled = measures::forecast(measure, scenario, forecast);
    json!({
        "id": measure.id,
        "reference": measure.reference,
        "name": measure.name,
        "unit": measure.unit,
        "wanted": format!("{:?}", measure.wanted).to_lowercase(),
        "target": number(&measure.target),
        "baseline": number(&measure.baseline),
        "readings": readings.collect::<Value>(),
        "direction": measures::direction(measure).map(Trajectory::in_words),
        "rag": measures::rag(measure).map(Rag::in_words),
        "paper_says": measure.said.map(Trajectory::in_words),
        "contradicted": measures::is_contradicted(measure),
        "moved_by_hand": measures::moved(measure),
        "forecast": filled.map(|(period, value)| json!({"period": period, "value": rounded(value)})),
    })
}

fn dashboard_json(scenario: &Scenario, forecast: &Forecast) -> Value {
    let rates = forecast
        .targets
        .iter()
        .map(|target| json!({"month": target.month, "rate": dashboard::rate(scenario, target.expected).map(rounded)}));
    let rates: Value = rates.collect();
    let indicators = scenario.context.dashboard.iter().map(|it| {
        json!({
            "id": it.id,
            "name": it.name,
            "value": it.value.value.to_f64(),
            "national": it.national.as_ref().map(|national| national.value.to_f64()),
            "neighbours": it.neighbours,
            "authorities": it.authorities,
            "forecast": it.is_delays.then(|| rates.clone()),
        })
    });
    indicators.collect()
}

fn pool_json(pool: &Pool, ledger: &Ledger) -> Result<Value, MoneyError> {
    let sums = pool::sums(pool)?;
    let over = pool::overspend(pool, ledger);
    let borne = over.and_then(|over| pool::borne(pool, over));
    let partners = pool.partners.iter().zip(&sums).enumerate().map(|(at, (partner, sums))| {
        json!({
            "name": partner.name,
            "gross": sums.gross.to_json(),
            "net": sums.net.to_json(),
            "risk_share": partner.risk_share.as_ref().map(|share| share.value.to_f64()),
            "bears": borne.as_ref().and_then(|borne| borne.get(at)).copied().map(Money::to_json),
        })
    });
    let partners: Value = partners.collect();
    let apart = pool::misprints(pool)?.into_iter().map(|misprint| {
        json!({
            "of": misprint.of.in_words(pool),
            "printed": misprint.printed.to_json(),
            "computed": misprint.computed.to_json(),
            "moved_by_hand": pool::moved(pool, misprint.of),
        })
    });
    let uses = pool.uses.iter().map(|part| {
        let lines = part.lines.iter();
        let lines = lines.map(|line| json!({"name": line.name, "amount": line.amount.value.to_json()}));
        json!({"name": part.name, "lines": lines.collect::<Value>()})
    });
    Ok(json!({
        "id": pool.id,
        "name": pool.name,
        "year": pool.year,
        "partners": partners,
        "overspend": over.map(Money::to_json),
        "printed_apart": apart.collect::<Value>(),
        "uses": uses.collect::<Value>(),
    }))
}

fn risks_json(scenario: &Scenario) -> Value {
    let risks = scenario.context.risks.iter().map(|risk| {
        json!({
            "id": risk.id,
            "name": risk.name,
            "likelihood": risk.likelihood.as_ref().map(|it| it.value),
            "impact": risk.impact.as_ref().map(|it| it.value),
            "score": risks::score(risk),
            "rating": risk.rating.map(crate::scenario::context::Rating::in_words),
            "escalated": risks::is_escalated(risk),
            "mitigations": risk.mitigations,
        })
    });
    risks.collect()
}

fn at_risk_json(scenario: &Scenario, forecast: &Forecast) -> Value {
    let all = scenario.context.at_risk.iter().map(|it| {
        let amounts = risks::amounts(it, scenario).into_iter();
        let amounts = amounts.map(|(year, amount)| (year.to_string(), amount.value.to_json().into()));
        json!({
            "id": it.id,
            "name": it.name,
            "amounts": amounts.collect::<serde_json::Map<String, Value>>(),
            "trigger": it.trigger,
            "to_come": risks::is_to_come(it, scenario),
            "met": risks::is_met(it, scenario, forecast),
        })
    });
    all.collect()
}

fn purposes_json(scenario: &Scenario) -> Result<Value, MoneyError> {
    let one = |purpose| -> Result<Value, MoneyError> {
        let purpose: &crate::scenario::context::Purpose = purpose;
        let pounds = purposes::pounds(scenario, purpose)?;
        Ok(json!({
            "id": purpose.id,
            "purpose": purpose.purpose.in_words(),
            "year": purpose.year,
            "printed_share": purpose.share.value.to_f64(),
            "money": pounds.map(|pounds| pounds.money.to_json()),
            "share": pounds.map(|pounds| rounded(pounds.share)),
            "named": pounds.map(|pounds| pounds.cited.to_json()),
            "named_share": pounds.map(|pounds| rounded(pounds.cited_share)),
        }))
    };
    scenario.context.purposes.iter().map(one).collect()
}

fn admissions_json(scenario: &Scenario) -> Value {
    let Some(of) = &scenario.context.admissions else { return Value::Null };
    let follows = admissions::asked(of);
    json!({
        "target": of.target.value.to_f64(),
        "rise": of.rise.value.to_f64(),
        "marginal_rate": of.marginal_rate.value.to_f64(),
        "saving_sought": of.saving_sought.value.to_f64(),
        "reduction": rounded(follows.reduction),
        "to_save_at_the_margin": rounded(follows.to_save_at_the_margin),
        "to_save_at_the_whole": rounded(follows.to_save_at_the_whole),
        "pounds_an_hour": of.home_care.as_ref().map(|hours| rounded(admissions::pounds_an_hour(hours))),
        "home_care_growth": of.home_care.as_ref().map(|hours| rounded(admissions::growth(hours))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled::NOVEMBER_2017;
    use crate::scenario::context::Spot;
    use crate::scenario::edit::apply;

    #[test]
    fn a_figure_that_was_moved_is_told_with_what_it_was_in_words_and_as_data() {
        let scenario = NOVEMBER_2017.open().unwrap().scenario;
        let hours = scenario.context.measures.iter().find(|it| it.name.starts_with("Hours of reablement")).unwrap();
        let at = hours.readings.iter().position(|reading| reading.period == "Quarter 2 2017/18").unwrap();
        let edit = Spot::Reading(hours.id.clone(), at).typed(&scenario, "13,000").unwrap();
        let scenario = apply(&scenario, &edit).unwrap().scenario;
        let (ledger, forecast) = (Ledger::of(&scenario).unwrap(), Forecast::of(&scenario));
        let of = Figures { scenario: &scenario, ledger: &ledger, forecast: &forecast, chance: None };
        let text = in_words(of).unwrap();
        assert!(text.contains("Quarter 2 2017/18: 13,000 (moved by hand from 12,594)"), "{text}");
        let data = as_json(of).unwrap();
        let moved = data["moved"].as_array().unwrap();
        assert_eq!(moved.len(), 1);
        assert_eq!((&moved[0]["value"], &moved[0]["was"]), (&"13,000".into(), &"12,594".into()));
        let counts: Vec<_> =
            data["measures"].as_array().unwrap().iter().map(|it| it["moved_by_hand"].clone()).collect();
        assert_eq!(counts.iter().filter_map(Value::as_u64).sum::<u64>(), 1);
    }
}
