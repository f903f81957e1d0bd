//! What a hostile workbook costs: less than 256 MB, whatever it claims. In a binary of its own: it counts what is allocated.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on should say where")]

use std::io::{Cursor, Write as _};

use ibcf_planner::sheets;
use peak_alloc::PeakAlloc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MOST_BYTES: usize = 256_000_000;
const MEGABYTE: usize = 1024 * 1024;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const TO_BOOK: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const TO_SHEET: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// A workbook with these texts, styles and sheet.
fn workbook(texts: &str, styles: &str, sheet: &str) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", TO_BOOK),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", TO_SHEET),
        ("xl/sharedStrings.xml", texts),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        package.start_file(name, SimpleFileOptions::default()).unwrap();
        package.write_all(part.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}

fn of(sheet_data: &str) -> String {
    format!(r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{sheet_data}</sheetData></worksheet>"#)
}

/// One test, so that nothing else allocates meanwhile.
#[test]
fn no_workbook_however_hostile_takes_more_than_a_quarter_of_a_gigabyte() {
    let small = of("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let no_texts = "<sst/>".to_owned();
    let no_styles = "<styleSheet/>".to_owned();
    let long_text = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(MEGABYTE));
    let hostile = [
        (
            "corners",
            no_texts.clone(),
            no_styles.clone(),
            of("<row><c r=\"A1\"><v>1</v></c></row><row><c r=\"XFD1048576\"><v>1</v></c></row>"),
        ),
        ("texts", format!("<sst>{}</sst>", "<si/>".repeat(8 * MEGABYTE / 5 - 10)), no_styles.clone(), small.clone()),
        (
            "styles",
            no_texts.clone(),
            format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(2 * MEGABYTE / 5 - 20)),
            small.clone(),
        ),
        ("one text in many cells", long_text, no_styles.clone(), of(&"<c t=\"s\"><v>0</v></c>".repeat(2_000_000))),
        ("cells", no_texts.clone(), no_styles.clone(), of(&"<c><v>1</v></c>".repeat(4_000_000))),
        ("zeros", no_texts, no_styles, "\0".repeat(80 * MEGABYTE)),
    ];
    for (what, texts, styles, sheet) in hostile {
        let bytes = workbook(&texts, &styles, &sheet);
        drop((texts, styles, sheet));
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let outcome = sheets::parse(what, &bytes).map(|sheets| sheets.len());
        let taken = MEMORY.peak_usage().saturating_sub(before);
        assert!(taken < MOST_BYTES, "{what}: {taken} bytes, {outcome:?}");
    }
}
