//! Exports reopened by other programs: an XML parser, a rasteriser, a spreadsheet reader; and, where it is installed,
//! LibreOffice, which works the formulas out again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that can't go on should say where")]

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

use calamine::{Data, DataType as _, Range, Reader as _, Xlsx};
use ibcf_planner::bundled::{ALL, BANES_2017_19, BLANK, JULY_2017, NOVEMBER_2017, OXFORDSHIRE_2014};
use ibcf_planner::chart::context::{Figures, Part, Row, sheet as reported};
use ibcf_planner::context::measures;
use ibcf_planner::export::{self, Asked, ExportError, Form, Known, Progress, Size, What};
use ibcf_planner::forecast::Forecast;
use ibcf_planner::forecast::chance::{Prepared, replicate};
use ibcf_planner::ledger::Ledger;
use ibcf_planner::money::Money;
use ibcf_planner::present::{self, Picture, Plan, Told, Topic};
use ibcf_planner::scenario::context::Status;
use ibcf_planner::scenario::edit::apply;
use ibcf_planner::scenario::{Edit, Scenario};
use rust_decimal::prelude::ToPrimitive as _;

const FEW_RUNS: Asked =
    Asked { what: None, size: Size { width: 960, height: 540 }, replications: 200, seed: 1, may_replace: false };

/// What is worked out from the scenario alone.
fn export(scenario: &Scenario, out: &Path, asked: &Asked, progress: Progress<'_>) -> Result<Vec<PathBuf>, ExportError> {
    export::export(scenario, Known::default(), out, asked, progress)
}

fn july() -> Scenario {
    JULY_2017.open().expect("sound").scenario
}

/// One export, as bytes.
fn exported(scenario: &Scenario, name: &str, what: Option<What>) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join(name);
    let written =
        export(scenario, &out, &Asked { what, ..FEW_RUNS }, &mut |_| true).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(written, std::slice::from_ref(&out));
    std::fs::read(out).expect("written")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

/// A part of a zip file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_string(&mut text).expect("UTF-8");
    text
}

#[test]
fn every_picture_is_xml_with_its_finding_as_title_and_every_figure_of_its_table() {
    let scenario = july();
    for what in What::ALL.into_iter().filter(|what| what.is_chart()) {
        let svg = text(exported(&scenario, "a.svg", Some(what)));
        let document = roxmltree::Document::parse(&svg).expect("XML");
        let child = |name: &str| {
            let node = document.root_element().children().find(|node| node.has_tag_name(name));
            node.and_then(|node| node.text()).unwrap_or_default().to_owned()
        };
        let title = child("title");
        assert!(title.split(' ').count() > 4, "{what:?}: {title}");
        let shown: Vec<&str> =
            document.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
        assert!(shown.join(" ").contains(&title), "{what:?}: the finding is drawn as text: {shown:?}");
        let csv = text(exported(&scenario, "a.csv", Some(what)));
        let described: String = child("desc").chars().filter(|c| !matches!(c, ',' | '£')).collect();
        let described = described.replace('−', "-");
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        for cell in reader.records().flat_map(|row| row.expect("CSV").iter().map(str::to_owned).collect::<Vec<_>>()) {
            let cell = cell.replace([',', '£'], "").replace('−', "-");
            assert!(described.contains(&cell), "{what:?}: {cell}");
        }
    }
}

#[test]
fn words_over_lines_have_an_edge_that_any_program_draws_under_them() {
    for what in What::ALL.into_iter().filter(|what| what.is_chart()) {
        let svg = text(exported(&july(), "a.svg", Some(what)));
        assert!(!svg.contains("paint-order"), "{what:?}: not every program knows it");
        let document = roxmltree::Document::parse(&svg).expect("XML");
        let texts: Vec<_> = document.descendants().filter(|node| node.has_tag_name("text")).collect();
        for edge in texts.iter().filter(|node| node.attribute("stroke").is_some()) {
            assert_eq!(edge.attribute("aria-hidden"), Some("true"), "it is not to be read twice");
            let over = edge.next_sibling().expect("the words themselves");
            assert_eq!((over.text(), over.attribute("stroke")), (edge.text(), None));
            assert_eq!(
                ["x", "y", "text-anchor"].map(|name| over.attribute(name)),
                ["x", "y", "text-anchor"].map(|name| edge.attribute(name))
            );
        }
    }
}

#[test]
fn a_plan_without_pathways_claims_nothing_of_people_on_paper() {
    let mut scenario = OXFORDSHIRE_2014.open().expect("sound").scenario;
    assert!(scenario.pathways.is_empty());
    let paper = words_of(&exported(&scenario, "a.docx", None));
    assert!(paper.contains("The plan has no pathways, so that nothing is forecast"), "{paper}");
    let claims =
        ["people delayed on", "The plan was run", "What each scheme does", "shortfall", "Delayed days avoided"];
    for claim in claims {
        assert!(!paper.contains(claim), "{claim}");
    }
    let error = export(&scenario, Path::new("a.svg"), &FEW_RUNS, &mut |_| true).expect_err("there is no trajectory");
    assert!(error.to_string().contains("no pathways"), "{error}");
    // A plan over its money is asked how each year’s shortfall is to be met; a target keeps its decimals.
    scenario = july();
    let paper = words_of(&exported(&scenario, "a.docx", None));
    let unfunded = Ledger::of(&scenario).expect("sums").years.into_iter().filter(|year| !year.unfunded.is_zero());
    for year in unfunded {
        assert!(
            paper.contains(&format!(
                "agree how the shortfall of {} in {} is to be met",
                year.unfunded.exact(),
                year.year
            )),
            "{paper}"
        );
    }
    let banes = BANES_2017_19.open().expect("sound").scenario;
    assert!(words_of(&exported(&banes, "a.docx", None)).contains("9.23"), "September 2017, section 12");
}

/// All text of a board paper.
fn words_of(docx: &[u8]) -> String {
    let xml = part(docx, "word/document.xml");
    let document = roxmltree::Document::parse(&xml).expect("XML");
    document.descendants().filter(|node| node.tag_name().name() == "t").filter_map(|node| node.text()).collect()
}

#[test]
fn a_picture_has_the_size_asked_for_and_is_drawn_in_the_plans_own_shades() {
    let png = exported(&july(), "a.png", Some(What::Balance));
    let drawn = resvg::tiny_skia::Pixmap::decode_png(&png).expect("a PNG");
    assert_eq!((drawn.width(), drawn.height()), (960, 540));
    let shades: BTreeSet<[u8; 3]> =
        drawn.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    // White, and the four areas.
    for shade in [[255, 255, 255], [0x12, 0x43, 0x6D], [0x28, 0xA1, 0x97], [0x80, 0x16, 0x50], [0xF4, 0x6A, 0x25]] {
        assert!(shades.contains(&shade), "{shade:?}");
    }
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    let scenario = july();
    for form in Form::ALL {
        let name = format!("a.{}", form.ending());
        assert!(exported(&scenario, &name, None) == exported(&scenario, &name, None), "{name}");
    }
}

#[test]
fn a_folder_gets_everything_of_every_bundled_scenario() {
    for bundled in ALL {
        let folder = tempfile::tempdir().expect("a folder");
        let scenario = bundled.open().expect("sound").scenario;
        let written =
            export(&scenario, folder.path(), &FEW_RUNS, &mut |_| true).unwrap_or_else(|error| panic!("{error}"));
        let names: Vec<String> =
            written.iter().map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect();
        for name in [
            "allocations.csv",
            "balance.svg",
            "trajectory.png",
            "schemes.csv",
            "notes.csv",
            "workbook.xlsx",
            "board-paper.docx",
        ] {
            // Without pathways there are no people to be drawn.
            let is_of_people = name.starts_with("trajectory") || name.starts_with("schemes");
            let has = !is_of_people || !scenario.pathways.is_empty();
            assert_eq!(names.iter().any(|written| written == name), has, "{}: {name} of {names:?}", bundled.name);
        }
        let left: Vec<PathBuf> =
            std::fs::read_dir(folder.path()).expect("listed").map(|entry| entry.expect("read").path()).collect();
        assert_eq!(left.len(), written.len(), "nothing else is left there");
    }
}

#[test]
fn an_export_that_is_called_off_or_refused_leaves_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("a.png");
    std::fs::write(&out, "mine").expect("written");
    let taken = export(&july(), &out, &FEW_RUNS, &mut |_| panic!("nothing is done that nobody may keep"));
    assert_eq!(taken, Err(ExportError::Taken(vec![out.clone()])));
    // Called off before each word of progress in turn, the last being that the file is written.
    let may_replace = Asked { what: Some(What::Balance), may_replace: true, ..FEW_RUNS };
    for goes_on in 0..2 {
        let mut said = 0;
        let called_off = export(&july(), &out, &may_replace, &mut |_| {
            said += 1;
            said <= goes_on
        });
        assert_eq!(called_off, Err(ExportError::CalledOff));
    }
    let table_as_picture =
        export(&july(), &out, &Asked { what: Some(What::Notes), may_replace: true, ..FEW_RUNS }, &mut |_| true);
    assert!(matches!(table_as_picture, Err(ExportError::Usage(_))), "{table_as_picture:?}");
    assert_eq!(std::fs::read_to_string(&out).expect("read"), "mine");
    assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
    for name in ["a.pdf", "a", "a.ron"] {
        let refused = export(&july(), &folder.path().join(name), &FEW_RUNS, &mut |_| true);
        assert!(matches!(refused, Err(ExportError::Usage(_))), "{name}: {refused:?}");
    }
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    workbook.worksheet_range(name).expect("the sheet")
}

/// The figures beside a name.
fn line(sheet: &Range<Data>, name: &str) -> Vec<f64> {
    let row =
        sheet.rows().find(|row| row[0].as_string().as_deref() == Some(name)).unwrap_or_else(|| panic!("no {name}"));
    row[1..].iter().filter_map(calamine::DataType::get_float).collect()
}

fn pounds(amounts: impl Iterator<Item = Money>) -> Vec<f64> {
    amounts.map(|amount| amount.decimal().to_f64().expect("a figure")).collect()
}

#[test]
fn the_workbook_says_what_the_ledger_says_to_the_penny() {
    let scenario = july();
    let ledger = Ledger::of(&scenario).expect("sums");
    let bytes = exported(&scenario, "a.xlsx", None);
    let balance = sheet(&bytes, "Balance");
    let years = || ledger.years.iter();
    assert_eq!(line(&balance, "Grant"), pounds(years().map(|year| year.grant)));
    assert_eq!(line(&balance, "Brought forward"), pounds(years().map(|year| year.brought_forward)));
    assert_eq!(line(&balance, "Allocated"), pounds(years().map(|year| year.allocated)));
    assert_eq!(line(&balance, "Balance"), pounds(years().map(|year| year.balance)));
    assert_eq!(line(&balance, "Committed"), pounds(years().map(|year| year.committed)));
    assert_eq!(line(&balance, "Headroom"), pounds(years().map(|year| year.headroom)));
    assert_eq!(line(&balance, "Unfunded"), pounds(years().map(|year| year.unfunded)));
    for area in &ledger.areas {
        assert_eq!(line(&balance, &area.area.to_string()), pounds(area.allocated.iter().copied()));
    }
    let commitments = sheet(&bytes, "Commitments");
    assert_eq!(line(&commitments, "Home care fees"), [1_000_000.0; 3]);
    assert!(
        part(&bytes, "xl/drawings/drawing1.xml").contains("descr=\"As exported: £676k is left in 2017/18"),
        "charts have alternative text"
    );
    let first = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(first.contains("<pane ") && part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
}

#[test]
fn text_in_a_workbook_that_looks_like_a_formula_stays_text() {
    let mut scenario = july();
    let mut scheme = (*scenario.schemes[0]).clone();
    scheme.name = "=1+1".to_owned();
    scenario.schemes[0] = scheme.into();
    let bytes = exported(&scenario, "a.xlsx", None);
    assert_eq!(sheet(&bytes, "Allocations").get((4, 0)), Some(&Data::String("=1+1".to_owned())));
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>1+1</f>"));
}

#[test]
fn the_board_paper_has_headings_repeated_table_headings_and_a_finding_for_every_picture() {
    let scenario = july();
    let bytes = exported(&scenario, "a.docx", None);
    let xml = part(&bytes, "word/document.xml");
    let document = roxmltree::Document::parse(&xml).expect("XML");
    let named = |name: &'static str| document.descendants().filter(move |node| node.tag_name().name() == name);
    let attribute = |node: roxmltree::Node, name: &str| {
        node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value().to_owned())
    };
    let words = |node: roxmltree::Node| -> String {
        node.descendants().filter(|node| node.tag_name().name() == "t").filter_map(|node| node.text()).collect()
    };
    let headings: Vec<String> = named("p")
        .filter(|paragraph| {
            let styles = paragraph.descendants().filter(|node| node.tag_name().name() == "pStyle");
            styles.filter_map(|style| attribute(style, "val")).any(|style| style == "Heading1")
        })
        .map(words)
        .collect();
    for heading in [
        "Summary",
        "Recommendations",
        "Background",
        "Proposals",
        "Finance",
        "Committed years",
        "Trajectory and confidence",
        "What each scheme does",
        "Risks",
        "Assumptions and sources",
        "Contradictions in the papers",
    ] {
        assert!(headings.iter().any(|written| written == heading), "{heading} in {headings:?}");
    }
    let tables = named("tbl").count();
    assert!(tables >= 5);
    assert_eq!(named("tblHeader").count(), tables, "each table's first row is a heading on every page");
    let findings: Vec<Option<String>> = named("docPr").map(|node| attribute(node, "descr")).collect();
    assert_eq!(findings.len(), 5);
    assert!(findings.iter().flatten().any(|finding| finding == "£676k is left in 2017/18; 2018/19 is £36k over"));
    assert!(part(&bytes, "word/footer1.xml").contains("NUMPAGES"));
    let all = words(document.root_element());
    for said in ["£5.600m", "£0.676m", "£6.276m", "200 times", "Standard error", "Table exceeds text"] {
        assert!(all.contains(said), "{said}");
    }
}

#[test]
fn libreoffice_makes_a_pdf_of_the_board_paper_without_complaint() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("paper.docx");
    std::fs::write(&file, exported(&july(), "a.docx", None)).expect("written");
    if converted(&file, "pdf") {
        let pdf = std::fs::read(folder.path().join("paper.pdf")).expect("a PDF");
        assert!(pdf.starts_with(b"%PDF") && pdf.len() > 50_000);
    }
}

/// The July plan after £123,456.78 in 2017/18 for its first scheme, which had £1.2m.
fn changed() -> Scenario {
    let scenario = july();
    let year = scenario.horizon().financial_years().next().expect("a year");
    let scheme = scenario.schemes[0].id.clone();
    let edit = Edit::SetAllocation { scheme, year, amount: "123456.78".parse().expect("money") };
    apply(&scenario, &edit).expect("allowed").scenario
}

/// A workbook whose cell C5 was changed by hand, and whose formulas have no results: whoever opens it works them out.
fn changed_by_hand(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut changed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("read");
        if name.starts_with("xl/worksheets/sheet") {
            let sheet = text(bytes);
            let sheet = if name.ends_with("sheet1.xml") {
                let cell = sheet.find("<c r=\"C5\"").expect("the cell");
                let value = cell + sheet[cell..].find("<v>1200000</v>").expect("its value");
                format!("{}<v>123456.78</v>{}", &sheet[..value], &sheet[value + "<v>1200000</v>".len()..])
            } else {
                sheet
            };
            bytes = without_results(&sheet).into_bytes();
        }
        changed.start_file(name, zip::write::SimpleFileOptions::default()).expect("started");
        changed.write_all(&bytes).expect("written");
    }
    changed.finish().expect("finished").into_inner()
}

fn without_results(sheet: &str) -> String {
    let mut parts = sheet.split("</f><v>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let after = part.find("</v>").map_or("", |end| &part[end + "</v>".len()..]);
        text + "</f>" + after
    })
}

/// LibreOffice's work on a file: what came out, or nothing where it is not installed.
fn converted(file: &Path, to: &str) -> bool {
    let folder = file.parent().expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut soffice = Command::new("soffice");
    soffice.args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(folder).arg(file);
    let Ok(output) = soffice.output() else {
        println!("NOT RUN: LibreOffice is not installed");
        return false;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !said.contains("Error"), "{said}");
    true
}

#[test]
fn libreoffice_works_a_changed_workbook_out_to_the_planners_own_figures() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("changed.xlsx");
    std::fs::write(&file, changed_by_hand(&exported(&july(), "a.xlsx", None))).expect("written");
    // Every sheet as CSV, figures as they are and not as they are shown.
    if !converted(&file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1") {
        return;
    }
    let ledger = Ledger::of(&changed()).expect("sums");
    let balance = std::fs::read_to_string(folder.path().join("changed-Balance.csv")).expect("the sheet");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(balance.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("CSV")).collect();
    let line = |name: &str| -> Vec<Money> {
        let row = rows.iter().find(|row| row.get(0) == Some(name)).unwrap_or_else(|| panic!("no {name}: {balance}"));
        row.iter().skip(1).take(3).map(|cell| cell.parse().unwrap_or_else(|_| panic!("{name}: {cell}"))).collect()
    };
    let years = || ledger.years.iter();
    assert_eq!(line("Improving flow"), ledger.areas[0].allocated);
    assert_eq!(line("Brought forward"), years().map(|year| year.brought_forward).collect::<Vec<_>>());
    assert_eq!(line("Allocated"), years().map(|year| year.allocated).collect::<Vec<_>>());
    assert_eq!(line("Balance"), years().map(|year| year.balance).collect::<Vec<_>>());
    assert_eq!(line("Headroom"), years().map(|year| year.headroom).collect::<Vec<_>>());
    assert_eq!(line("Unfunded"), years().map(|year| year.unfunded).collect::<Vec<_>>());
}

#[test]
fn measures_on_paper_are_filled_from_the_average_of_the_runs_as_in_the_window() {
    let scenario = NOVEMBER_2017.open().expect("sound").scenario;
    let prepared = Prepared::of(&scenario);
    let tally = replicate(&prepared, FEW_RUNS.seed, 0..FEW_RUNS.replications, &AtomicBool::new(false)).expect("runs");
    let chance = tally.chance(&prepared, FEW_RUNS.seed);
    let expected = Forecast::of(&scenario);
    let averaged = expected.on_average(&scenario, &chance);
    let csv = text(exported(&scenario, "measures.csv", Some(What::Measures)));
    let mut filled = 0;
    for measure in &scenario.context.measures {
        let of = |forecast| measures::forecast(measure, &scenario, forecast).map(|(_, figure)| format!("{figure:.1}"));
        let Some(figure) = of(&averaged) else { continue };
        let line = csv.lines().find(|line| line.contains(&measure.name)).expect("the measure's line");
        assert!(line.contains(&figure), "{figure}: {line}");
        assert_ne!(Some(figure), of(&expected), "the expected run says something else, or this shows nothing");
        filled += 1;
    }
    assert!(filled > 0);
}

#[test]
fn doing_nothing_on_paper_is_the_average_of_the_runs_without_the_schemes() {
    let scenario = NOVEMBER_2017.open().expect("sound").scenario;
    let prepared = Prepared::of(&scenario).without_schemes();
    let tally = replicate(&prepared, FEW_RUNS.seed, 0..FEW_RUNS.replications, &AtomicBool::new(false)).expect("runs");
    let nothing = tally.chance(&prepared, FEW_RUNS.seed).mean_months;
    let csv = text(exported(&scenario, "delays.csv", Some(What::Trajectory)));
    let expected = Forecast::of(&scenario);
    assert!(expected.months.iter().zip(&nothing).any(|(month, mean)| (month.do_nothing - mean).abs() > 0.5));
    for (month, mean) in expected.months.iter().zip(nothing) {
        let line = csv.lines().find(|line| line.starts_with(&month.month.in_words())).expect("the month's line");
        assert_eq!(line.split(',').nth(3), Some(&*format!("{mean:.1}")), "{line}");
    }
}

/// One export of the expected run alone, as bytes.
fn expected(scenario: &Scenario, name: &str, what: Option<What>) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join(name);
    let asked = Asked { what, replications: 0, ..FEW_RUNS };
    export(scenario, &out, &asked, &mut |_| true).unwrap_or_else(|error| panic!("{error}"));
    std::fs::read(out).expect("written")
}

/// A table's rows under its headings, from CSV.
fn rows_of(csv: Vec<u8>) -> (Vec<String>, Vec<Vec<String>>) {
    let csv = text(csv);
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let row = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let columns = row(reader.headers().expect("headings"));
    (columns, reader.records().map(|record| row(&record.expect("CSV"))).collect())
}

#[test]
fn the_room_the_board_paper_the_table_and_the_workbook_have_one_count_of_a_plans_figures() {
    let bundled = ALL.into_iter().map(|bundled| bundled.open().expect("sound").scenario);
    for scenario in bundled.chain([changed()]) {
        let (_, rows) = rows_of(expected(&scenario, "a.csv", Some(What::Assumptions)));
        let known = |words: &[&str]| rows.iter().filter(|row| words.contains(&row[4].as_str())).count();
        let (cited, assumed, entered) = (known(&["cited"]), known(&["assumed"]), known(&["entered", "moved"]));
        let all = rows.len();
        assert_eq!(cited + assumed + entered, all);

        let (ledger, forecast) = (Ledger::of(&scenario).expect("sums"), Forecast::of(&scenario));
        let now = Plan { scenario: &scenario, ledger: &ledger, forecast: &forecast, chance: None };
        let page = present::page(Topic::Assumed, &Told { now, opened: None, record: None });
        let said = format!("{cited} of the plan’s {all} figures come from its papers");
        assert!(page.title.starts_with(&said), "{said}: {}", page.title);
        assert_eq!([&page.figures[0].value, &page.figures[1].value], [&cited.to_string(), &assumed.to_string()]);
        let Picture::Chart(chart) = &page.picture else { panic!("a chart") };
        let sum = |at: usize| -> usize {
            chart.table.rows.iter().map(|row| row[at].replace(',', "").parse::<usize>().expect("a number")).sum()
        };
        assert_eq!([sum(1), sum(2), sum(3)], [cited, assumed, entered], "{}", scenario.title);

        let paper = words_of(&expected(&scenario, "a.docx", None));
        let said = format!("{} of the plan’s {all} figures are assumed, entered by hand or moved", assumed + entered);
        assert!(paper.contains(&said), "{said}");
        let workbook = sheet(&expected(&scenario, "a.xlsx", None), "Assumptions");
        let is_figure = |row: &&[Data]| {
            let known = row.get(4).and_then(calamine::DataType::as_string).unwrap_or_default();
            ["cited", "assumed", "entered", "moved"].contains(&known.as_str())
        };
        assert_eq!(workbook.rows().filter(is_figure).count(), all);
    }
}

#[test]
fn a_figure_that_was_moved_is_no_papers_any_more_in_the_table_either() {
    let (_, rows) = rows_of(expected(&changed(), "a.csv", Some(What::Assumptions)));
    let moved: Vec<_> = rows.iter().filter(|row| row[4] == "moved").collect();
    let [row] = moved.as_slice() else { panic!("one was moved: {moved:?}") };
    assert_eq!((row[2].as_str(), row[3].as_str()), ("123456.78", "1200000"));
}

#[test]
fn money_at_risk_is_on_paper_with_its_years_what_it_hangs_on_and_how_that_stands() {
    for (plan, name, amounts, hangs_on) in [
        (
            NOVEMBER_2017,
            "Grant of 2018/19",
            vec![("At risk in 2018/19", "4188142.57", "£4,188,142.57 in 2018/19, all of that year’s grant")],
            "delays coming down to the agreed targets",
        ),
        (
            BANES_2017_19,
            "Performance-linked risk-share fund",
            vec![
                ("At risk in 2017/18", "549660", "£549,660 in 2017/18"),
                ("At risk in 2018/19", "560103", "£560,103 in 2018/19"),
            ],
            "reaching its target",
        ),
    ] {
        let scenario = plan.open().expect("sound").scenario;
        let (columns, rows) = rows_of(expected(&scenario, "a.csv", Some(What::Risks)));
        let row = rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name} in {rows:?}"));
        let cell = |column: &str| {
            let at = columns.iter().position(|it| it == column).unwrap_or_else(|| panic!("{column} in {columns:?}"));
            row[at].as_str()
        };
        let paper = words_of(&expected(&scenario, "a.docx", None));
        assert!(paper.contains(&format!("Money at risk, {name}: ")));
        for (column, amount, said) in amounts {
            assert_eq!(cell(column), amount);
            assert!(paper.contains(said), "{said}");
        }
        assert!(cell("It hangs on").contains(hangs_on) && paper.contains(hangs_on), "{}", cell("It hangs on"));
        for known in ["Which is", "What is known of that", "What becomes of it", "Source"] {
            assert!(!cell(known).is_empty(), "{known}");
        }
        assert!(paper.contains(cell("What is known of that").trim_end_matches('.')));
    }
}

#[test]
fn the_project_plan_on_paper_has_every_workstream_and_says_what_is_listed_no_more_or_has_no_new_day() {
    let scenario = NOVEMBER_2017.open().expect("sound").scenario;
    let paper = words_of(&expected(&scenario, "a.docx", None));
    let (columns, rows) = rows_of(expected(&scenario, "a.csv", Some(What::Delivery)));
    let at = |column: &str| columns.iter().position(|it| it == column).unwrap_or_else(|| panic!("no {column}"));
    assert!(paper.contains("Flu vaccinations: £45,000; not started"), "it has no activities");
    for workstream in &scenario.context.delivery {
        assert!(paper.contains(&workstream.name), "{}", workstream.name);
        let own = rows.iter().find(|row| row[0] == workstream.name && row[at("Activity")].is_empty());
        let own = own.unwrap_or_else(|| panic!("a row for {}", workstream.name));
        assert_eq!(own[at("Status")], workstream.status.map_or("", Status::in_words), "{}", workstream.name);
        assert_eq!(own[at("Money")].is_empty(), workstream.allocation.is_none(), "{}", workstream.name);
    }
    let (status, later) = (at("Status"), at("Days later than the paper before"));
    assert!(!rows.iter().any(|row| row[status] == "delayed" && row[later] == "0"), "no days later is no delay");
    for said in ["no new day", "listed no more"] {
        assert!(paper.contains(said) && rows.iter().flatten().any(|cell| cell == said), "{said}");
    }
}

#[test]
fn every_part_that_the_papers_report_is_a_table_in_a_folder_and_a_sheet_of_the_workbook() {
    let parts = [
        (What::Changes, Part::Changes, "High Impact Changes"),
        (What::Dashboard, Part::Dashboard, "Dashboard"),
        (What::Pools, Part::Pools, "Pooled budget"),
        (What::Purposes, Part::Purposes, "Purposes"),
        (What::Impacts, Part::Impacts, "Impacts"),
        (What::Spending, Part::Expenditure, "Spending"),
        (What::Admissions, Part::Admissions, "Admissions"),
        (What::Measures, Part::Measures, "Measures"),
        (What::Delivery, Part::Delivery, "Project plan"),
        (What::Risks, Part::Risks, "Risks"),
    ];
    let mut seen = BTreeSet::new();
    for bundled in ALL {
        let scenario = bundled.open().expect("sound").scenario;
        let folder = tempfile::tempdir().expect("a folder");
        let asked = Asked { replications: 0, ..FEW_RUNS };
        export(&scenario, folder.path(), &asked, &mut |_| true).unwrap_or_else(|error| panic!("{error}"));
        let bytes = std::fs::read(folder.path().join("workbook.xlsx")).expect("written");
        let workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        let sheets = workbook.sheet_names();
        let (ledger, forecast) = (Ledger::of(&scenario).expect("sums"), Forecast::of(&scenario));
        let figures = Figures { scenario: &scenario, ledger: &ledger, forecast: &forecast, chance: None };
        for (what, part, name) in parts {
            let file = folder.path().join(format!("{}.csv", what.key()));
            let is_there = part.is_in(&scenario);
            assert_eq!((file.exists(), sheets.iter().any(|sheet| sheet == name)), (is_there, is_there), "{what:?}");
            if !is_there {
                let asked = Asked { what: Some(what), ..asked };
                let refused = export(&scenario, &folder.path().join("one.csv"), &asked, &mut |_| true);
                assert!(
                    matches!(&refused, Err(ExportError::Usage(words)) if words.contains(what.key())),
                    "{refused:?}"
                );
                continue;
            }
            seen.insert(what.key());
            let (columns, rows) = rows_of(std::fs::read(file).expect("written"));
            assert!(!columns.iter().any(String::is_empty), "{what:?}: {columns:?}");
            if matches!(what, What::Measures | What::Delivery | What::Risks) {
                continue; // They have columns of their own.
            }
            let sheet = reported(part, figures).expect("sums").expect("it is in the plan");
            let first: Vec<String> = sheet
                .rows
                .iter()
                .map(|row| match row {
                    Row::Heading(heading) => heading.clone(),
                    Row::Group(cells) | Row::Cells(cells) => cells[0].text.replace('\n', "; "),
                })
                .collect();
            let written: Vec<&str> = rows.iter().map(|row| row[0].trim_start_matches('\'')).collect();
            assert_eq!(written, first, "{what:?}");
        }
    }
    assert_eq!(seen.len(), parts.len(), "each is in some bundled plan: {seen:?}");
}

#[test]
fn the_workbook_has_the_bands_that_its_chart_speaks_of() {
    let trajectory = sheet(&exported(&july(), "a.xlsx", None), "Trajectory");
    let mut rows = trajectory.rows();
    let headings: Vec<String> = rows
        .find(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 5)
        .expect("headings")
        .iter()
        .map(|cell| cell.as_string().unwrap_or_default())
        .collect();
    let percentiles = [5, 10, 25, 50, 75, 90, 95].map(|percentile| {
        let name = format!("{percentile}th percentile");
        headings.iter().position(|heading| *heading == name).unwrap_or_else(|| panic!("{name} in {headings:?}"))
    });
    let in_order = |row: &&[Data]| {
        let figures: Vec<f64> = percentiles.iter().filter_map(|at| row[*at].get_float()).collect();
        assert!(figures.is_sorted(), "{figures:?}");
        figures.len() == percentiles.len()
    };
    assert!(rows.filter(in_order).count() > 12);
}

#[test]
fn wide_sheets_print_over_pages_across_with_their_names_on_each_and_no_title_is_cut_off() {
    let bytes = exported(&july(), "a.xlsx", None);
    let book = part(&bytes, "xl/workbook.xml");
    let document = roxmltree::Document::parse(&book).expect("XML");
    let sheets: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "sheet")))
        .filter_map(|node| node.attribute("name"))
        .collect();
    for (at, name) in (1..).zip(&sheets) {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{at}.xml"));
        assert!(xml.contains("<mergeCell ref=\"A1:"), "{name}: the title has the room of all columns");
        let columns = sheet(&bytes, name).width();
        assert_eq!(xml.contains("<colBreaks"), columns > 12, "{name} has {columns} columns");
    }
    assert!(sheets.contains(&"Track record") && sheets.contains(&"Trajectory"), "{sheets:?}");
    assert!(book.contains("Trajectory!$A:$A,Trajectory!$4:$4"), "the first column stands on every page across");
}

#[test]
fn measures_on_paper_read_as_in_the_window_and_no_column_of_what_is_reported_is_empty() {
    let paper = words_of(&expected(&july(), "a.docx", None));
    let scenario = july();
    for measure in &scenario.context.measures {
        let reference = measure.reference.as_ref().expect("July numbers its measures");
        assert!(paper.contains(&format!("{reference} {}", measure.name)), "{reference}");
    }
    assert!(paper.contains("5,615"), "thousands stand apart");
    for bundled in ALL {
        let xml = part(&expected(&bundled.open().expect("sound").scenario, "a.docx", None), "word/document.xml");
        let document = roxmltree::Document::parse(&xml).expect("XML");
        let is = |node: &roxmltree::Node, name: &str| node.tag_name().name() == name;
        for table in document.descendants().filter(|node| is(node, "tbl")) {
            let cells = |row: roxmltree::Node| -> Vec<String> {
                row.children()
                    .filter(|node| is(node, "tc"))
                    .map(|cell| {
                        cell.descendants().filter(|node| is(node, "t")).filter_map(|node| node.text()).collect()
                    })
                    .collect()
            };
            let mut rows = table.children().filter(|node| is(node, "tr")).map(cells);
            let headings = rows.next().expect("headings");
            if !["Measure", "Activity", "Risk"].contains(&headings[0].as_str()) {
                continue;
            }
            let rows: Vec<Vec<String>> = rows.filter(|row| row.len() == headings.len()).collect();
            for (at, heading) in headings.iter().enumerate().skip(1) {
                assert!(rows.iter().any(|row| !["", "–"].contains(&row[at].as_str())), "{}: {heading}", bundled.name);
            }
        }
    }
}

#[test]
fn nothing_committed_and_no_money_are_said_as_sentences() {
    let paper = words_of(&expected(&OXFORDSHIRE_2014.open().expect("sound").scenario, "a.docx", None));
    assert!(paper.contains("Nothing is committed in 2014/15.") && !paper.contains("£0 is committed"));
    let paper = words_of(&expected(&BLANK.open().expect("sound").scenario, "a.docx", None));
    assert!(paper.contains(". No money; not committed"), "{paper}");
}

#[test]
fn an_export_into_a_folder_that_never_was_says_so_before_any_work_and_makes_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("never").join("a.png");
    let refused = export(&july(), &out, &FEW_RUNS, &mut |_| panic!("nothing is done for nothing"));
    let Err(ExportError::NoFolder(words)) = refused else { panic!("{refused:?}") };
    let place = folder.path().join("never").display().to_string();
    assert_eq!(words, format!("the folder {place} is not there: make it, or choose another"));
    assert!(!folder.path().join("never").exists());
}

#[test]
fn a_target_is_seen_on_a_dark_band() {
    let svg = text(expected(&july(), "a.svg", Some(What::Responsibility)));
    let document = roxmltree::Document::parse(&svg).expect("XML");
    let crosses = document.descendants().filter(|node| node.attribute("stroke-width") == Some("3"));
    let edges: Vec<_> = crosses
        .filter(|node| node.attribute("d").is_some_and(|lines| lines.matches('H').count() == 1 && lines.contains('V')))
        .map(|cross| (cross, cross.prev_sibling_element().expect("what lies under it")))
        .collect();
    assert!(edges.len() >= july().targets.len() && !edges.is_empty(), "a cross for each target");
    for (cross, edge) in edges {
        assert_eq!(edge.attribute("stroke"), Some("#FFFFFF"), "it is as light as what the picture is drawn on");
        let width = |node: roxmltree::Node| node.attribute("stroke-width").and_then(|width| width.parse::<f32>().ok());
        assert!(width(edge) > width(cross));
    }
}
