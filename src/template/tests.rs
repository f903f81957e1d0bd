use std::collections::BTreeMap;

use super::rows::pounds;
use super::*;
use crate::bundled::{BANES_2017_19, BLANK};
use crate::calendar::FinancialYear;
use crate::money::Money;
use crate::scenario::edit::apply;
use crate::scenario::{Area, Scenario};
use crate::sheets::{Cell, Sheet};

/// The table of Bath and North East Somerset's narrative plan, section 4, some of its rows.
const TABLE: &[&[&str]] = &[
    &["Schemes of the Better Care Fund"],
    &[
        "Scheme ID",
        "Scheme Name",
        "Scheme Type (see table below for descriptions)",
        "Source of Funding",
        "2016/17 Expenditure (£)",
        "2017/18 Expenditure (£)",
        "2018/19 Expenditure (£)",
        "New/ Existing Scheme",
        "Comments",
    ],
    &[
        "2",
        "Discharge Liaison Nurse",
        "9. High Impact Change Model for Managing Transfer of Care",
        "Additional CCG Contribution",
        "",
        "£57,000",
        "£57,000",
        "New",
    ],
    &[
        "17",
        "Fair Price of Care",
        "16. Other",
        "Improved Better Care Fund",
        "£0",
        "£545,000",
        "£200,000",
        "New",
        "Fees",
    ],
    &[
        "23",
        "Home First Transport",
        "9. High Impact Change Model for Managing Transfer of Care",
        "improved better care  fund",
        "",
        "£40,245",
        "£0",
        "New",
    ],
    &[
        "23",
        "Home First Transport",
        "9. High Impact Change Model for Managing Transfer of Care",
        "Improved Better Care Fund",
        "",
        "£1",
        "£0",
        "New",
    ],
    &[
        "23",
        "Home First Pathway Three (Beds)",
        "9. High Impact Change Model for Managing Transfer of Care",
        "Improved Better Care Fund",
        "",
        "£253,500",
        "£338,000",
        "New",
    ],
    &["24", "Nothing decided", "16. Other", "Improved Better Care Fund", "", "tbc", "", "New"],
    &["25", "Clawed back", "16. Other", "Improved Better Care Fund", "", "-£5", "", "New"],
    &["26", "No money at all", "16. Other", "Improved Better Care Fund"],
    &["Total", "", "", "", "", "£838,745", "£538,000"],
    &[],
];

fn sheet(rows: &[&[&str]]) -> Sheet {
    let cells = |row: &&[&str]| -> BTreeMap<u32, Cell> {
        (0..)
            .zip(*row)
            .filter(|(_, text)| !text.is_empty())
            .map(|(at, text)| (at, Cell::Text((*text).to_owned())))
            .collect()
    };
    Sheet { name: "Schemes".to_owned(), rows: (0..).zip(rows.iter().map(cells)).collect() }
}

fn blank() -> Scenario {
    let mut blank = BLANK.open().expect("the blank plan").scenario;
    blank.schemes.clear();
    blank
}

fn year(text: &str) -> FinancialYear {
    text.parse().expect("a year")
}

fn previewed(scenario: &Scenario, sheet: &Sheet, fundings: &[&str]) -> Preview {
    let mapping = &tables("plan.xlsx", std::slice::from_ref(sheet)).expect("a table")[0];
    let fundings: Vec<String> = fundings.iter().map(|funding| (*funding).to_owned()).collect();
    preview(scenario, "plan.xlsx", sheet, mapping, &fundings)
}

#[test]
fn a_table_is_recognised_by_the_words_of_its_headings_wherever_it_stands() {
    let mapping = &tables("plan.xlsx", &[Sheet::default(), sheet(TABLE)]).expect("a table")[0];
    assert_eq!((mapping.sheet, mapping.head), (1, 1));
    assert_eq!(
        mapping.columns.values().copied().collect::<Vec<_>>(),
        [
            Column::Id,
            Column::Name,
            Column::Kind,
            Column::Funding,
            Column::Year(year("2016/17")),
            Column::Year(year("2017/18")),
            Column::Year(year("2018/19")),
            Column::NewOrExisting,
            Column::Comments,
        ]
    );
    let without_a_year = tables("plan.xlsx", &[sheet(&[&["Name", "Total"], &["Beds", "1"]])]).expect("to be mapped");
    assert_eq!(without_a_year[0].lacks(), Some("a year’s money"));
}

#[test]
fn every_row_comes_in_or_says_why_it_does_not() {
    let preview = previewed(&blank(), &sheet(TABLE), &[]);
    let told: Vec<(u32, Option<&str>)> =
        preview.rows.iter().map(|row| (row.number, row.outcome.as_ref().err().map(String::as_str))).collect();
    assert_eq!(
        told,
        [
            (3, Some("paid from Additional CCG Contribution, not from the plan’s fund (Improved Better Care Fund)")),
            (4, None),
            (5, None),
            (6, Some("the same scheme as in row 5")),
            (7, None),
            (8, Some("2017/18: “tbc” is no amount of money")),
            (9, Some("2017/18: “-£5” is negative")),
            (10, Some("no number in any year")),
            (11, Some("a total, not a scheme")),
        ]
    );
    assert_eq!(preview.remarks, ["2016/17 lies outside the plan’s years; its column is left out."]);
    assert_eq!(previewed(&blank(), &sheet(TABLE), &["additional ccg contribution"]).coming_in(), 4);
}

#[test]
fn an_import_is_one_step_that_takes_itself_back_and_keeps_every_penny() {
    let scenario = blank();
    let preview = previewed(&scenario, &sheet(TABLE), &[]);
    let applied = apply(&scenario, &preview.edit(&scenario).expect("rows")).expect("it holds");
    let fair_price = &applied.scenario.schemes[0];
    assert_eq!((fair_price.id.as_str(), fair_price.name.as_str()), ("17-fair-price-of-care", "Fair Price of Care"));
    assert_eq!(fair_price.allocation(year("2017/18")).exact(), "£545,000");
    // £545,000 + £40,245 + £253,500, and £200,000 + £338,000.
    let money: Vec<String> = preview.money().values().map(|money| money.exact()).collect();
    assert_eq!(money, ["£838,745", "£538,000"]);
    assert_eq!(applied.scenario.schemes[2].area, Area::ImprovingFlow);
    assert_eq!(apply(&applied.scenario, &applied.inverse).expect("taken back").scenario, scenario);
}

#[test]
fn a_table_written_and_read_again_brings_the_same_schemes_and_none_twice() {
    let scenario = blank();
    let edit = previewed(&scenario, &sheet(TABLE), &[]).edit(&scenario).expect("rows");
    let first = apply(&scenario, &edit).expect("it holds").scenario;
    let written = table(&first);
    let rows: Vec<Vec<&str>> = std::iter::once(&written.columns)
        .chain(&written.rows)
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let again = sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let edit = previewed(&scenario, &again, &[]).edit(&scenario).expect("rows");
    let second = apply(&scenario, &edit).expect("it holds").scenario;
    for (one, other) in first.schemes.iter().zip(&second.schemes) {
        assert_eq!((&one.id, &one.name, &one.about, one.area), (&other.id, &other.name, &other.about, other.area));
        for year in ["2017/18", "2018/19"].map(year) {
            assert_eq!(one.allocation(year), other.allocation(year));
        }
    }
    assert_eq!(first.schemes.len(), second.schemes.len());
    let third = previewed(&first, &sheet(TABLE), &[]);
    assert_eq!(third.coming_in(), 0);
    assert_eq!(third.rows[1].outcome, Err("the plan has this scheme already".to_owned()));
}

#[test]
fn money_is_the_shortest_text_of_a_float_and_nothing_finer_than_a_penny() {
    let exact = |cell: Cell| pounds(&cell, 1).map(|money| money.map(Money::exact));
    let of = |number: f64| exact(Cell::Number(number));
    assert_eq!(of(0.1 + 0.2), Ok(Some("£0.30".to_owned())), "the noise of a sum");
    assert_eq!(of(663_530.25), Ok(Some("£663,530.25".to_owned())));
    assert_eq!(of(99_999_999_999.99), Ok(Some("£99,999,999,999.99".to_owned())));
    for wrong in [0.125, 1.004, -1.0, f64::NAN, f64::INFINITY, 1e300] {
        assert!(of(wrong).is_err(), "{wrong}");
    }
    assert_eq!(exact(Cell::Text(" £1,146,715 ".to_owned())), Ok(Some("£1,146,715".to_owned())));
    assert_eq!(exact(Cell::Text("-".to_owned())), Ok(None));
    assert!(exact(Cell::Text("=1+1".to_owned())).is_err());
    let thousands = pounds(&Cell::Number(1.2345), 1_000).map(|money| money.map(Money::exact));
    assert_eq!(thousands, Ok(Some("£1,234.50".to_owned())), "a column in £000");
}

#[test]
fn text_that_looks_like_a_formula_comes_in_as_text() {
    let table: &[&[&str]] = &[&["Scheme Name", "2017/18"], &["=HYPERLINK(\"x\")", "5"]];
    let preview = previewed(&blank(), &sheet(table), &[]);
    assert_eq!(preview.rows[0].outcome.as_ref().map(|scheme| scheme.name.as_str()), Ok("=HYPERLINK(\"x\")"));
}

#[test]
fn the_whole_table_of_a_plan_s_paper_is_written_and_nothing_of_it_comes_in_again() {
    let banes = BANES_2017_19.open().expect("the plan").scenario;
    let written = table(&banes);
    let name = written.columns.iter().position(|column| column == "Scheme Name").expect("a column");
    let row = |wanted: &str| written.rows.iter().find(|row| row[name] == wanted).expect("a line");
    // Section 4 of the narrative plan: £545,000 and £200,000; section 7.3: £224,500 and £228,766.
    let fair_price = row("Fair Price of Care");
    assert!(
        fair_price.contains(&"£545,000".to_owned()) && fair_price.contains(&"£200,000".to_owned()),
        "{fair_price:?}"
    );
    let falls = row("Falls Response Service");
    assert!(falls.contains(&"£224,500".to_owned()) && falls.contains(&"£228,766".to_owned()), "{falls:?}");
    assert!(written.rows.iter().all(|row| row.len() == written.columns.len()));
    let rows: Vec<Vec<&str>> = std::iter::once(&written.columns)
        .chain(&written.rows)
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let again = previewed(&banes, &sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>()), &[]);
    assert_eq!(again.rows.len(), written.rows.len());
    assert_eq!(again.coming_in(), 0);
}

/// A table of these headings, with one scheme under them.
fn with_headings(over: &[&[&str]], headings: &[&str], row: &[&str]) -> Sheet {
    sheet(&over.iter().copied().chain([headings, row]).collect::<Vec<_>>())
}

fn first_year(sheet: &Sheet) -> Option<String> {
    let preview = previewed(&blank(), sheet, &[]);
    preview.money().get(&year("2017/18")).map(|money| money.exact())
}

#[test]
fn amounts_are_counted_in_what_the_heading_or_the_line_over_the_table_says() {
    let none: &[&[&str]] = &[];
    for (over, heading, amount, pounds) in [
        (none, "2017/18 Expenditure (£)", "1200", "£1,200"),
        (none, "2017/18 (£000)", "1200", "£1,200,000"),
        (none, "2017/18 £’000", "1,200.5", "£1,200,500"),
        (none, "2017/18 £k", "1200", "£1,200,000"),
        (none, "2017/18 (thousands)", "1200", "£1,200,000"),
        (none, "2017/18 in thousands of pounds", "1200", "£1,200,000"),
        (none, "2017/18 (£m)", "1.2", "£1,200,000"),
        (none, "2017/18 £ million", "1.2", "£1,200,000"),
        (none, "2017/18 over 1,000 hours", "1200", "£1,200"),
        (none, "2017/18 £ made available", "1200", "£1,200"),
        (none, "2017/18 (£000)", "£340k", "£340,000"),
        (none, "2017/18 (£000)", "1.2345", "£1,234.50"),
        (none, "2017/18 (£m)", "£1,234.567891", "£1,234,567,891"),
        (&[&["All figures in £000"]], "2017/18", "1200", "£1,200,000"),
        (&[&["All figures in £000"]], "2017/18 (£)", "1200", "£1,200"),
        (&[&["How the £6 million of 2017 is spent"]], "2017/18", "1200", "£1,200"),
    ] {
        let table = with_headings(over, &["Scheme Name", heading], &["Beds", amount]);
        assert_eq!(first_year(&table).as_deref(), Some(pounds), "{over:?} {heading}");
    }
}

#[test]
fn a_column_mapped_by_hand_is_counted_in_what_its_heading_says_and_says_so() {
    let table = with_headings(&[], &["Scheme Name", "Budget £000", "2018/19"], &["Beds", "900", "5"]);
    let mut mapping = tables("plan.xlsx", std::slice::from_ref(&table)).expect("a table").remove(0);
    mapping.put(1, Some(Column::Year(year("2017/18"))));
    assert_eq!(mapping.in_words(1).as_deref(), Some("2017/18 Expenditure (£), in thousands of pounds"));
    let preview = preview(&blank(), "plan.xlsx", &table, &mapping, &[]);
    assert_eq!(preview.money().get(&year("2017/18")).map(|money| money.exact()).as_deref(), Some("£900,000"));
}

#[test]
fn an_amount_finer_than_a_penny_is_told() {
    let table = with_headings(&[], &["Scheme Name", "2017/18 (£000)"], &["Beds", "1.234567"]);
    let why = previewed(&blank(), &table, &[]).rows[0].outcome.as_ref().map(|_| ()).expect_err("left out").clone();
    assert!(why.contains("finer than a penny"), "{why}");
}

#[test]
fn a_row_that_adds_up_others_is_no_scheme_whatever_it_is_called() {
    for name in ["Total", "Grand Total", "Sub-total", "Subtotal iBCF", "Overall total", "Totals"] {
        let table = with_headings(&[], &["Scheme ID", "Scheme Name", "2017/18"], &["", name, "1200"]);
        let row = previewed(&blank(), &table, &[]).rows.remove(0);
        assert_eq!(row.outcome.map(|_| ()), Err("a total, not a scheme".to_owned()), "{name}");
        let numbered = with_headings(&[], &["Scheme ID", "Scheme Name", "2017/18"], &["7", name, "1200"]);
        assert!(previewed(&blank(), &numbered, &[]).rows[0].outcome.is_ok(), "{name} with a number of its own");
    }
    let totalled =
        with_headings(&[], &["Scheme ID", "Scheme Name", "2017/18"], &["TOTAL", "Total of the fund", "1200"]);
    assert!(previewed(&blank(), &totalled, &[]).rows[0].outcome.is_err());
    let table = with_headings(&[], &["Scheme Name", "2017/18"], &["Totally new beds", "1200"]);
    assert!(previewed(&blank(), &table, &[]).rows[0].outcome.is_ok());
}

#[test]
fn a_row_that_breaks_a_rule_of_plans_is_told_before_anything_is_taken_in() {
    let comment = "x".repeat(21_000);
    for (row, told) in [
        (["Beds", "1200", comment.as_str()], "shorten it to 20000"),
        (["Beds", "10000000001", ""], "is taken for a slip"),
    ] {
        let table = with_headings(&[], &["Scheme Name", "2017/18", "Comments"], &row);
        let preview = previewed(&blank(), &table, &[]);
        let why = preview.rows[0].outcome.as_ref().map(|_| ()).expect_err("left out");
        assert!(why.contains(told), "{why}");
        assert!(preview.edit(&blank()).is_none());
    }
}

#[test]
fn headings_on_two_rows_are_read_as_one() {
    let over: &[&[&str]] = &[&["", "", "2017/18", "2018/19"]];
    let table = with_headings(
        over,
        &["Scheme ID", "Scheme Name", "Expenditure (£000)", "Expenditure (£)"],
        &["1", "Beds", "900", "5"],
    );
    let preview = previewed(&blank(), &table, &[]);
    let money: Vec<String> = preview.money().values().map(|money| money.exact()).collect();
    assert_eq!(money, ["£900,000", "£5"]);
    // A year over two columns: the second is told of, and comments are none of its money.
    let table = with_headings(
        &[&["", "2017/18"]],
        &["Project", "Budget £k", "Outturn £k", "Comments"],
        &["Beds", "900", "1", "x"],
    );
    let preview = previewed(&blank(), &table, &[]);
    assert_eq!(preview.money().values().map(|money| money.exact()).collect::<Vec<_>>(), ["£900,000"]);
    assert_eq!(preview.remarks.len(), 2, "no source of funding, and a column beside: {:?}", preview.remarks);
}

#[test]
fn a_table_without_known_headings_is_there_to_be_mapped() {
    let table = with_headings(&[&["Our schemes"]], &["What we buy", "How much"], &["Beds", "900"]);
    let mut mapping = tables("plan.xlsx", std::slice::from_ref(&table)).expect("something").remove(0);
    assert!(!mapping.is_table());
    assert_eq!(mapping.headings.values().collect::<Vec<_>>(), ["What we buy", "How much"]);
    mapping.put(0, Some(Column::Name));
    mapping.put(1, Some(Column::Year(year("2017/18"))));
    assert!(mapping.is_table());
    assert_eq!(preview(&blank(), "plan.xlsx", &table, &mapping, &[]).coming_in(), 1);
    let words = sheet(&[&["Only", "words"], &["and", "more"]]);
    assert!(tables("plan.xlsx", &[words]).is_err());
}

#[test]
fn a_second_column_of_a_year_is_left_out_and_said_to_be() {
    let headings = ["Scheme Name", "2017/18 Plan", "2017/18 Outturn"];
    let table = with_headings(&[], &headings, &["Beds", "900", "1"]);
    let preview = previewed(&blank(), &table, &[]);
    let said = "Column C has “2017/18 Expenditure (£)” too, and is left out beside column B.";
    let unsaid = "No column says who pays; every row is taken to be paid from Improved Better Care Fund.";
    assert_eq!(preview.remarks, [unsaid, said]);
    assert_eq!(preview.money().get(&year("2017/18")).map(|money| money.exact()).as_deref(), Some("£900"));
}

const OWN: &str = "Improved Better Care Fund";

#[test]
fn a_row_that_does_not_say_who_pays_stays_out_where_others_say_it() {
    let headings: &[&str] = &["Scheme Name", "Source of Funding", "2017/18"];
    let rows: &[&[&str]] = &[headings, &["Beds", OWN, "5"], &["Nurses", "", "7"], &["Total", "", "12"]];
    let sheet = sheet(rows);
    let nurses = |fundings: &[&str]| previewed(&blank(), &sheet, fundings).rows.remove(1).outcome.map(|_| ());
    let why = "it does not say who pays, which may not be the plan’s fund (Improved Better Care Fund)";
    assert_eq!(nurses(&[]), Err(why.to_owned()));
    assert_eq!(nurses(&[""]), Ok(()), "asked for");
    let mapping = &tables("plan.xlsx", std::slice::from_ref(&sheet)).expect("a table")[0];
    assert_eq!(fundings(&sheet, mapping), [OWN, ""]);
}

#[test]
fn a_line_of_the_expenditure_table_that_is_no_scheme_is_not_called_one() {
    let banes = BANES_2017_19.open().expect("the plan").scenario;
    let lines = &banes.context.expenditure;
    let unpaid = lines.iter().find(|line| line.scheme.is_none() && line.funding.is_none()).expect("such a line");
    let written = table(&banes);
    let rows: Vec<Vec<&str>> = std::iter::once(&written.columns)
        .chain(&written.rows)
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let again = previewed(&banes, &sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>()), &[]);
    let of = |name: &str| again.rows.iter().find(|row| row.name == name).expect("a row").outcome.clone().map(|_| ());
    let line = "the expenditure table around the plan has this line already, though no scheme of the plan is it";
    assert_eq!(of(&unpaid.name), Err(line.to_owned()));
    assert_eq!(of("Fair Price of Care"), Err("the plan has this scheme already".to_owned()));
}

#[test]
fn a_row_without_a_name_says_that_and_one_with_too_long_a_name_how_long_it_may_be() {
    let long = "x".repeat(10_000);
    let headings: &[&str] = &["Scheme ID", "Scheme Name", "2017/18"];
    let preview = previewed(&blank(), &sheet(&[headings, &["", "", "5"], &["7", "", "5"], &["8", &long, "5"]]), &[]);
    let words: Vec<String> = preview.rows.iter().map(Row::in_words).collect();
    assert_eq!(words[..2], ["it has no scheme name", "7: it has no scheme name"]);
    assert!(words[2].contains(": its name is too long; shorten it to "), "{}", words[2].len());
}

#[test]
fn a_row_shows_its_first_year_s_money_who_pays_and_whether_its_area_is_a_guess() {
    let preview = previewed(&blank(), &sheet(TABLE), &[]);
    let words: Vec<String> = preview.rows.iter().map(Row::in_words).collect();
    // “16. Other” is no area of the planner's; the High Impact Change Model is.
    assert_eq!(
        words[1],
        "Fair Price of Care, £545,000 in 2017/18, paid from Improved Better Care Fund, Market resilience (assumed)"
    );
    assert_eq!(
        words[4],
        "Home First Pathway Three (Beds), £253,500 in 2017/18, paid from Improved Better Care Fund, Improving flow"
    );
}
