//! What the sheets find in the papers, by hand arithmetic from them.

use super::{Cell, Figures, Part, Row, Sheet, sheet};
use crate::bundled::{BANES_2017_19, BLANK, Bundled, JULY_2017, NOVEMBER_2017, OXFORDSHIRE_2014, PAPERS};
use crate::forecast::Forecast;
use crate::ledger::Ledger;
use crate::scenario::Scenario;

fn open(bundled: Bundled) -> Scenario {
    bundled.open().expect("a bundled plan").scenario
}

fn shown(scenario: &Scenario, part: Part) -> Option<Sheet> {
    let (ledger, forecast) = (Ledger::of(scenario).expect("sums"), Forecast::of(scenario));
    sheet(part, Figures { scenario, ledger: &ledger, forecast: &forecast, chance: None }).expect("sums")
}

fn row<'a>(sheet: &'a Sheet, name: &str) -> &'a [Cell] {
    let cells = |row: &'a Row| match row {
        Row::Cells(cells) => Some(cells.as_slice()),
        Row::Heading(_) => None,
    };
    let mut rows = sheet.rows.iter().filter_map(cells);
    rows.find(|cells| cells[0].text.contains(name)).unwrap_or_else(|| panic!("no row of {name}"))
}

#[test]
fn every_row_of_every_sheet_has_a_cell_for_every_column_and_a_finding_over_it() {
    for bundled in PAPERS {
        let scenario = open(bundled);
        let mut shown_parts = 0;
        for part in Part::ALL {
            let Some(sheet) = shown(&scenario, part) else { continue };
            shown_parts += 1;
            assert!(!sheet.title.is_empty() && !sheet.rows.is_empty(), "{}, {part:?}", bundled.name);
            for row in &sheet.rows {
                if let Row::Cells(cells) = row {
                    assert_eq!(cells.len(), sheet.columns.len(), "{}, {part:?}: {:?}", bundled.name, cells[0].text);
                }
            }
        }
        assert!(shown_parts >= 2, "{}", bundled.name);
    }
    assert!(Part::ALL.into_iter().all(|part| shown(&open(BLANK), part).is_none()));
}

#[test]
fn november_finds_the_slips_since_july_in_its_title() {
    let sheet = shown(&open(NOVEMBER_2017), Part::Delivery).expect("a plan");
    // Put off: the tasks' implementation (1 August to 1 January, 153 days), the nurses' process, recruitment and go-live.
    // Delayed without a day: HART's plan, the decision, the wording. Dropped: the outcomes approach, the specification.
    let said = "4 activities were put off since the earlier plan, by up to 153 days; 3 delayed with no new day; 2 listed no more";
    assert_eq!(sheet.title, said);
    assert_eq!(row(&sheet, "Go-live")[4].text, "58 days later, overdue, 1 effect waits"); // 4 September to 1 November
}

#[test]
fn november_s_words_for_hart_s_hours_and_for_care_home_placements_are_contradicted_by_their_figures() {
    let sheet = shown(&open(NOVEMBER_2017), Part::Measures).expect("measures");
    assert_eq!(sheet.title, "4 of 8 measures improve, 4 get worse; of 2 the paper says otherwise");
    let word = |name: &str| row(&sheet, name).last().map(|cell| cell.text.clone());
    let contradicted = Some("■ red, deteriorating\n▲ the paper: “improving”".to_owned());
    assert_eq!(word("Hours of reablement"), contradicted);
    assert_eq!(word("placed into a care home"), contradicted);
    assert_eq!(word("discharged from hospital to HART"), Some("improving\nthe paper: “improving”".to_owned()));
}

#[test]
fn july_s_pool_shows_94_292_printed_against_94_123() {
    let sheet = shown(&open(JULY_2017), Part::Pools).expect("pools");
    let net = row(&sheet, "Net contribution");
    assert_eq!(net[1].text, "£94,123,000");
    assert_eq!(net[3].text, "▲ printed £94,292,000, £169,000 apart");
    assert!(sheet.title.contains("£94,292,000 printed"), "{}", sheet.title);
}

#[test]
fn november_s_unspent_30_000_is_shared_70_to_30() {
    let sheet = shown(&open(NOVEMBER_2017), Part::Pools).expect("pools");
    assert!(sheet.title.contains("£21,000") && sheet.title.contains("£9,000"), "{}", sheet.title);
}

#[test]
fn july_s_1_2_million_serves_three_changes_and_is_counted_once() {
    let sheet = shown(&open(JULY_2017), Part::Changes).expect("changes");
    // 1.2 + 1.2 + 1.2 + 2.1 + 0.1 + 0.28 + 0.12 = 6.2; without the repeats 3.8.
    assert!(
        sheet.title.starts_with("£3.8m supports the changes, counted once; change by change it adds up to £6.2m"),
        "{}",
        sheet.title
    );
    assert_eq!(row(&sheet, "Seven-day")[4].text, "£1.2m serves others too");
}

#[test]
fn banes_names_1_558_391_of_its_grant_and_the_market_s_schemes_come_to_31_84_per_cent() {
    let sheet = shown(&open(BANES_2017_19), Part::Purposes).expect("purposes");
    assert!(sheet.title.starts_with("£1,558,391 of £3,457,987"), "{}", sheet.title);
    assert_eq!(row(&sheet, "care market")[4].text, "£1,101,000 (31.84%)");
}

#[test]
fn in_2014_three_and_a_half_per_cent_below_last_year_was_ten_below_and_saving_took_a_quarter() {
    let sheet = shown(&open(OXFORDSHIRE_2014), Part::Admissions).expect("the panel");
    assert_eq!(row(&sheet, "they would have to fall")[1].text, "10%"); // 1 − 0.965 / 1.072
    assert_eq!(row(&sheet, "at the margin")[1].text, "25%"); // 7.5% / 30%
    assert_eq!(row(&sheet, "an hour costs")[1].text, "£16.32"); // 8,000,000 / 9,400 / 52.14
    assert_eq!(row(&sheet, "More home care")[1].text, "34.8%"); // printed 35%
}
