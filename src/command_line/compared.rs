//! Two scenarios compared, as text to be pasted and as JSON for scripts.

use serde_json::{Value, json};

use super::json;
use crate::chart::Compared;
use crate::ledger::Ledger;
use crate::money::MoneyError;
use crate::scenario::Scenario;
use crate::scenario::compare::{About, Difference, Said, compare};

/// Each scenario by its title and its file.
pub(super) fn in_words(names: [String; 2], [before, after]: [&Scenario; 2]) -> Result<String, MoneyError> {
    let [from, to] = names;
    let names = [(&before.title, from), (&after.title, to)].map(|(title, file)| format!("“{title}” ({file})"));
    Ok(Compared::of(names, before, after)?.text())
}

/// The same figures as `balance` gives, before and after, and every difference.
pub(super) fn as_json(names: [String; 2], [before, after]: [&Scenario; 2]) -> Result<String, MoneyError> {
    let [from, to] = names;
    let side = |file: String, scenario: &Scenario| -> Result<Value, MoneyError> {
        Ok(json!({"file": file, "title": scenario.title, "balance": json::balance(&Ledger::of(scenario)?)}))
    };
    let differences: Vec<Value> = compare(before, after).differences.iter().map(difference).collect();
    Ok(json::text(&json!({"before": side(from, before)?, "after": side(to, after)?, "differences": differences})))
}

fn difference(of: &Difference) -> Value {
    let (area, scheme, pathway) = match &of.about {
        About::Scheme { id, area, .. } => (Some(area.key()), Some(id.as_str()), None),
        About::Pathway { id, .. } => (None, None, Some(id.as_str())),
        _ => (None::<&str>, None, None),
    };
    let change = match (&of.before, &of.after) {
        (None, Some(_)) => "added",
        (Some(_), None) => "removed",
        _ => "changed",
    };
    json!({
        "change": change,
        "place": of.place.to_string(),
        "area": area,
        "scheme": scheme,
        "pathway": pathway,
        "year": of.year.map(|year| year.to_string()),
        "name": of.name,
        "before": of.before.as_ref().map(said),
        "after": of.after.as_ref().map(said),
        "words": of.words,
    })
}

/// Money as everywhere: text with two decimals.
fn said(said: &Said) -> Value {
    match said {
        Said::Money(amount) => amount.to_json().into(),
        Said::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or(Value::Null),
        Said::Words(text) | Said::Text(text) => text.as_str().into(),
    }
}
