//! Everything that a scenario cites to a paper, place by place against what the paper says there: figures, days, names and
//! texts. `tables` holds a row for each place: the place, what is said there, the paper, and where in it that can be read.
//!
//! The other modules hold figures to the rules that the papers give; this one holds that none is left out. A row is read
//! in its paper, never copied from the program, so that a figure, a name or a citation that is mistyped has no row.

use std::collections::{BTreeMap, BTreeSet};

use ibcf_planner::scenario::{Scenario, Source};
use serde_json::{Map, Value};

use super::read;

type Fields = Map<String, Value>;

/// A thing in a scenario: what has a source or a name, or is listed. What has neither is part of what holds it.
struct Item<'a> {
    /// The fields and items that lead to it: `schemes/care-home-beds/allocations/2017/18`.
    place: String,
    fields: &'a Fields,
    /// The source of the nearest thing around it that has one.
    around: Option<&'a Value>,
}

/// What an item of a list is known by, best first.
const KEYS: [&str; 4] = ["id", "year", "month", "name"];

/// Known by elsewhere (it stands in the place), and the planner's own switch: neither says anything of a paper.
const UNSAID: [&str; 2] = ["id", "locked"];

/// Everything in a scenario that has a source of its own, and where it stands.
pub(super) fn sources(scenario: &Scenario) -> Vec<(String, Source)> {
    let scenario = serde_json::to_value(scenario).unwrap();
    let with_source = items(&scenario).into_iter().filter_map(|item| Some((item.place, item.fields.get("source")?)));
    with_source.map(|(place, source)| (place, serde_json::from_value(source.clone()).unwrap())).collect()
}

fn items(scenario: &Value) -> Vec<Item<'_>> {
    let mut found = Vec::new();
    collect(scenario.as_object().unwrap(), "", None, &mut found);
    found
}

fn collect<'a>(fields: &'a Fields, place: &str, around: Option<&'a Value>, found: &mut Vec<Item<'a>>) {
    for (name, value) in fields.iter().filter(|(name, _)| *name != "source") {
        let within = if place.is_empty() { name.clone() } else { format!("{place}/{name}") };
        match value {
            Value::Object(part) if is_part(part) => collect(part, &within, around, found),
            Value::Object(thing) => add(thing, within, around, found),
            Value::Array(list) => {
                let mut alike: BTreeMap<String, usize> = BTreeMap::new();
                for (at, thing) in list.iter().enumerate().filter_map(|(at, item)| Some((at, item.as_object()?))) {
                    let key = KEYS.iter().find_map(|key| thing.get(*key)?.as_str());
                    let key = key.map_or_else(|| (at + 1).to_string(), str::to_owned);
                    let before = alike.entry(key.clone()).or_default();
                    *before += 1;
                    let again = if *before > 1 { format!(" {before}") } else { String::new() };
                    add(thing, format!("{within}/{key}{again}"), around, found);
                }
            }
            _ => {}
        }
    }
}

fn add<'a>(thing: &'a Fields, place: String, around: Option<&'a Value>, found: &mut Vec<Item<'a>>) {
    collect(thing, &place, thing.get("source").or(around), found);
    found.push(Item { place, fields: thing, around });
}

fn is_part(fields: &Fields) -> bool {
    !fields.contains_key("source") && !fields.contains_key("name")
}

/// The paper and the place in it, if a source is that.
fn cited(source: &Value) -> Option<(&str, &str)> {
    let cited = source.get("Cited")?;
    Some((cited.get("paper")?.as_str()?, cited.get("at")?.as_str()?))
}

/// The first citation within: what has a name and no source has its name from where its figures are.
fn first_cited(value: &Value) -> Option<(&str, &str)> {
    match value {
        Value::Object(fields) => fields.get("source").and_then(cited).or_else(|| fields.values().find_map(first_cited)),
        Value::Array(list) => list.iter().find_map(first_cited),
        _ => None,
    }
}

impl Item<'_> {
    fn cited(&self) -> Option<(&str, &str)> {
        if let Some(own) = self.fields.get("source") {
            return cited(own);
        }
        let named = self.fields.contains_key("name");
        let by_figure = named.then(|| self.fields.values().find_map(first_cited)).flatten();
        by_figure.or_else(|| self.around.and_then(cited))
    }

    /// Its own fields: `value=900000`, or `low=1 | central=2 | high=3`.
    fn said(&self) -> String {
        let mut said = Vec::new();
        say(self.fields, "", &mut said);
        said.join(" | ")
    }
}

fn say(fields: &Fields, of: &str, said: &mut Vec<String>) {
    for (name, value) in fields.iter().filter(|(name, _)| *name != "source" && !UNSAID.contains(&name.as_str())) {
        match value {
            Value::Object(part) if is_part(part) => say(part, &format!("{of}{name}."), said),
            Value::Array(list) => {
                let plain: Vec<String> = list.iter().filter_map(in_words).collect();
                if !plain.is_empty() {
                    said.push(format!("{of}{name}={}", plain.join("; ")));
                }
            }
            value => said.extend(in_words(value).map(|value| format!("{of}{name}={value}"))),
        }
    }
}

fn in_words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// By place, the rest of its row: what is said, the paper and the place in it.
fn carried(scenario: &Scenario) -> BTreeMap<String, String> {
    let scenario = serde_json::to_value(scenario).unwrap();
    let mut rows = BTreeMap::new();
    for item in items(&scenario) {
        let (Some((paper, at)), said) = (item.cited(), item.said()) else { continue };
        if !said.is_empty() {
            let twice = rows.insert(item.place.clone(), format!("{said}\t{paper}\t{at}"));
            assert!(twice.is_none(), "two things at {}", item.place);
        }
    }
    rows
}

/// The same as typed from the papers.
fn printed(table: &str) -> BTreeMap<String, String> {
    let mut rows = BTreeMap::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (place, rest) = line.split_once('\t').unwrap_or_else(|| panic!("no place: {line}"));
        assert!(rows.insert(place.to_owned(), rest.to_owned()).is_none(), "two rows for {place}");
    }
    rows
}

/// That each place of a scenario that cites a paper says what its row in the table says, and that each has its row.
fn assert_as_printed(name: &str, table: &str) {
    let (carried, printed) = (carried(&read(name)), printed(table));
    let places: BTreeSet<&String> = carried.keys().chain(printed.keys()).collect();
    let apart = places.into_iter().filter_map(|place| match (carried.get(place), printed.get(place)) {
        (Some(said), None) => Some(format!("no row: {place}\t{said}")),
        (None, Some(row)) => Some(format!("nothing there: {place}\t{row}")),
        (Some(said), Some(row)) if said != row => Some(format!("{place}\n    says  {said}\n    paper {row}")),
        _ => None,
    });
    let apart: Vec<String> = apart.collect();
    assert!(apart.is_empty(), "{} of {} places of {name}:\n{}", apart.len(), carried.len(), apart.join("\n"));
}

#[test]
fn everything_that_july_2017_cites_is_as_its_paper_has_it_and_none_is_left_out() {
    assert_as_printed("oxfordshire-2017-07", include_str!("tables/oxfordshire-2017-07-cited.tsv"));
}

#[test]
fn everything_that_november_2017_cites_is_as_its_paper_has_it_and_none_is_left_out() {
    assert_as_printed("oxfordshire-2017-11", include_str!("tables/oxfordshire-2017-11-cited.tsv"));
}

#[test]
fn everything_that_bath_and_north_east_somerset_cites_is_as_its_plan_has_it_and_none_is_left_out() {
    assert_as_printed("banes-2017-19", include_str!("tables/banes-2017-19-cited.tsv"));
}

#[test]
fn everything_that_2014_cites_is_as_its_papers_have_it_and_none_is_left_out() {
    assert_as_printed("oxfordshire-bcf-2014", include_str!("tables/oxfordshire-bcf-2014-cited.tsv"));
}
