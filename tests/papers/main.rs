//! Every figure that the bundled scenarios take from the papers, against the papers, paragraph by paragraph.
//!
//! The expected values are typed from the papers and from NHS England's published months, never copied from the program.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what the tests share fails as loudly as they do; the lints exempt the tests alone"
)]

mod banes;
mod cited;
mod context;
mod july;
mod measures;
mod november;
mod pools;
mod project_plans;
mod spending;

use std::fmt::Debug;

use cited::sources;
use ibcf_planner::calendar::{Date, FinancialYear, Month};
use ibcf_planner::scenario::check::check;
use ibcf_planner::scenario::{
    Change, Effect, Figure, Kind, MonthOfDelays, Pathway, Scenario, Scheme, Service, Severity, Source,
};

fn read(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(&text)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A value as a file writes it.
fn typed<T: std::str::FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn scheme<'a>(scenario: &'a Scenario, id: &str) -> &'a Scheme {
    scenario.scheme(&typed(id)).unwrap().1
}

fn pathway<'a>(scenario: &'a Scenario, id: &str) -> &'a Pathway {
    scenario.pathway(&typed(id)).unwrap().1
}

fn service<'a>(scenario: &'a Scenario, id: &str) -> &'a Service {
    let Kind::Service(service) = &pathway(scenario, id).kind else { panic!("{id} has no places") };
    service
}

/// The effect of a scheme on one part of one pathway.
fn effect<'a>(scheme: &'a Scheme, pathway: &str, change: Change) -> &'a Effect {
    scheme.effects.iter().find(|effect| effect.pathway == typed(pathway) && effect.change == change).unwrap()
}

/// What a scheme gets in 2017/18, 2018/19 and 2019/20.
fn pounds(scenario: &Scenario, id: &str) -> [i64; 3] {
    ["2017/18", "2018/19", "2019/20"].map(|year| scheme(scenario, id).allocation(typed(year)).whole_pounds())
}

fn committed(scenario: &Scenario, id: &str) -> Vec<String> {
    scheme(scenario, id).commitment.years.value.iter().map(FinancialYear::to_string).collect()
}

/// That a figure says which paper prints it.
fn assert_cited_in<T>(figure: &Figure<T>, paper: &str) {
    assert!(
        matches!(&figure.source, Source::Cited { paper: cited, .. } if *cited == typed(paper)),
        "{:?}",
        figure.source
    );
}

/// That a figure holds this value and cites this place of this paper.
fn assert_cited<T: std::str::FromStr<Err: Debug> + PartialEq + Debug>(
    figure: &Figure<T>,
    value: &str,
    paper: &str,
    at: &str,
) {
    assert_eq!(figure.value, typed(value));
    assert_eq!(figure.source, Source::Cited { paper: typed(paper), at: at.into() });
}

/// That a scheme has money in these years alone, each with its amount and its place in the paper.
fn assert_money(scenario: &Scenario, id: &str, paper: &str, cited: &[(&str, &str, &str)]) {
    let allocations = &scheme(scenario, id).allocations;
    assert_eq!(allocations.len(), cited.len(), "{id}");
    for (year, value, at) in cited {
        assert_cited(allocations.get(typed(year)).unwrap(), value, paper, at);
    }
}

fn assert_milestones(scenario: &Scenario, id: &str, dated: &[(&str, &str)]) {
    for (milestone, due) in dated {
        let due: Date = typed(due);
        assert_eq!(scheme(scenario, id).milestone(&typed(milestone)).unwrap().due.value, due, "{id}, {milestone}");
    }
}

fn month<'a>(scenario: &'a Scenario, which: &str) -> &'a MonthOfDelays {
    let which: Month = typed(which);
    scenario.history.months.iter().find(|month| month.month == which).unwrap()
}
#[test]
fn every_bundled_scenario_meets_every_rule_without_a_finding() {
    for name in ["oxfordshire-2017-07", "oxfordshire-2017-11", "banes-2017-19", "oxfordshire-bcf-2014", "blank"] {
        let findings = check(&read(name));
        let said: Vec<String> =
            findings.iter().map(|f| format!("{name}, {:?}, {}: {}", f.severity, f.place, f.words)).collect();
        assert!(findings.iter().all(|finding| finding.severity == Severity::Warning), "{said:#?}");
        assert!(findings.is_empty(), "{said:#?}");
    }
}

/// The numbers before any words in `3, 12 and 51c`.
fn numbers(list: &str) -> Vec<u32> {
    let items = list.split([',', ' ']).filter(|item| !item.is_empty() && *item != "and");
    items.map_while(|item| item.trim_end_matches(char::is_alphabetic).parse().ok()).collect()
}

/// That every place of this paper that a scenario cites is one of its paragraphs or appendices; how many there are.
fn citations(scenario: &Scenario, paper: &str, paragraphs: u32, appendices: u32) -> usize {
    let mut cited = 0;
    for (path, source) in sources(scenario) {
        let Source::Cited { paper: of, at } = source else { continue };
        if of != typed(paper) {
            continue;
        }
        cited += 1;
        let without_remarks = at.split('(').next().unwrap();
        for place in without_remarks.split(';') {
            let (word, which) = place.trim().split_once(' ').unwrap_or_else(|| panic!("{path}: {at}"));
            let numbers = numbers(which);
            let (plural, last) = match word {
                "paragraph" => (false, paragraphs),
                "paragraphs" => (true, paragraphs),
                "Appendix" => (false, appendices),
                "Appendices" => (true, appendices),
                _ => panic!("{path}: {at}"),
            };
            assert_eq!(numbers.len() > 1, plural, "{path}: {at}");
            assert!(!numbers.is_empty() && numbers.iter().all(|number| (1..=last).contains(number)), "{path}: {at}");
        }
    }
    cited
}
