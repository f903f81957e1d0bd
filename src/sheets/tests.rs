use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn cell(sheet: &Sheet, row: u32, column: u32) -> Option<&Cell> {
    sheet.rows.get(&row).and_then(|cells| cells.get(&column))
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

/// What is said of a file that gives no sheets.
fn refusal(bytes: &[u8]) -> String {
    parse("book", bytes).expect_err("refused").to_string()
}

/// A package with one part more or other than a workbook's.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(*name, SimpleFileOptions::default()).expect("a part");
        package.write_all(bytes).expect("written");
    }
    package.finish().expect("a package").into_inner()
}

/// The least that is a workbook, its one sheet as given.
fn with_sheet(sheet: &str) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ("xl/workbook.xml", b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn texts_numbers_days_and_truths_are_read_from_where_they_stand() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Days").expect("a name");
    let as_day = Format::new().set_num_format("mmm yyyy");
    sheet.write(0, 0, "Period:").expect("a cell").write(0, 1, 1.5).expect("a cell").write(9, 3, true).expect("a cell");
    let day = ExcelDateTime::from_ymd(2017, 5, 1).expect("a day");
    sheet.write_with_format(1, 1, day, &as_day).expect("a cell");
    sheet.write_formula(2, 2, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).expect("a cell");
    let sheets = parse("book", &workbook.save_to_buffer().expect("a workbook")).expect("sheets");
    assert_eq!(sheets[0].name, "Days");
    assert_eq!(cell(&sheets[0], 0, 0), Some(&text("Period:")));
    assert_eq!(cell(&sheets[0], 0, 1), Some(&Cell::Number(1.5)));
    assert_eq!(cell(&sheets[0], 1, 1), Some(&Cell::Date("2017-05-01".parse().expect("a day"))));
    assert_eq!(cell(&sheets[0], 2, 2), Some(&Cell::Number(2.0)));
    assert_eq!(cell(&sheets[0], 9, 3), Some(&text("TRUE")));
    assert_eq!(sheets[0].rows.values().map(BTreeMap::len).sum::<usize>(), 5);
}

#[test]
fn row_26_a_sheet_that_claims_a_million_rows_and_columns_costs_what_stands_in_it() {
    let sheets = parse("book", &with_sheet(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>",
    ))
    .expect("sheets");
    assert_eq!(cell(&sheets[0], 1_048_575, 16_383), Some(&Cell::Number(2.0)));
    assert_eq!(sheets[0].rows.len(), 2);
}

#[test]
fn row_26_a_package_that_unpacks_without_end_is_refused() {
    let nothing = vec![0; 40 * 1024 * 1024];
    let bomb = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &nothing)]);
    assert!(bomb.len() < 200_000);
    assert_eq!(
        refusal(&bomb),
        "book: error: the workbook holds more than is read (it unpacks to more than 32 MB, or its texts to more than 8 MB); choose the workbook as it was published"
    );
    let texts = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &nothing[..9 * 1024 * 1024])]);
    assert!(refusal(&texts).contains("holds more than is read"));
    let styles = package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/styles.xml", &nothing[..3 * 1024 * 1024])]);
    assert!(refusal(&styles).contains("holds more than is read"));
}

#[test]
fn row_26_more_cells_or_text_than_are_kept_is_refused() {
    let row = |number: u32| format!("<row r=\"{number}\">{}</row>", "<c><v>1</v></c>".repeat(1000));
    let rows: String = (1..=501).map(row).collect();
    let cells = with_sheet(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
    assert!(refusal(&cells).contains("over 500,000 cells"), "{}", refusal(&cells));
    let long = format!("<c t=\"str\"><v>{}</v></c>", "a".repeat(100_000));
    let texts = with_sheet(&format!("<worksheet><sheetData><row>{}</row></sheetData></worksheet>", long.repeat(200)));
    assert!(refusal(&texts).contains("over 16 MB of text"), "{}", refusal(&texts));
}

/// A container as Excel 97 wrote it, around these records.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    let mut stream = container.create_stream("/Workbook").expect("a stream");
    for (kind, data) in records {
        let length = u16::try_from(data.len()).expect("a record");
        stream.write_all(&[kind.to_le_bytes(), length.to_le_bytes()].concat()).expect("written");
        stream.write_all(data).expect("written");
    }
    drop(stream);
    container.flush().expect("written");
    container.into_inner().into_inner()
}

fn numbers(fields: &[u16]) -> Vec<u8> {
    fields.iter().flat_map(|field| field.to_le_bytes()).collect()
}

/// One sheet of these records, its texts, in an .xls.
fn xls_with(texts: &[(u16, Vec<u8>)], cells: Vec<(u16, Vec<u8>)>) -> Vec<u8> {
    let beginning = || (0x0809, numbers(&[0x0600, 0x0010, 0, 0]));
    let end = || (0x000a, Vec::new());
    let before: usize = [beginning(), end()].iter().chain(texts).map(|(_, data)| data.len() + 4).sum();
    let name = b"One";
    let at = u32::try_from(before + 4 + 8 + name.len()).expect("a place");
    let sheet = [&at.to_le_bytes()[..], &[0, 0, 3, 0], name].concat();
    let globals = [beginning(), (0x0085, sheet)].into_iter().chain(texts.iter().cloned()).chain([end()]);
    xls(&globals.chain([beginning()]).chain(cells).chain([end()]).collect::<Vec<_>>())
}

#[test]
fn an_xls_text_that_goes_on_in_the_next_record_is_one_text() {
    // “délay” in one byte a letter, cut after “dé” and going on in two.
    let first = [numbers(&[1, 0, 1, 0, 5]), vec![0], b"d\xe9".to_vec()].concat();
    let rest = [vec![1], numbers(&["l", "a", "y"].map(|c| u16::from(c.as_bytes()[0])))].concat();
    let cells = vec![(0x00fd, numbers(&[2, 3, 0, 0, 0])), (0x00fd, numbers(&[2, 4, 0, 9, 0]))];
    let sheets = parse("book", &xls_with(&[(0x00fc, first), (0x003c, rest)], cells)).expect("sheets");
    assert_eq!(cell(&sheets[0], 2, 3), Some(&text("délay")));
    assert_eq!(cell(&sheets[0], 2, 4), None, "a text that there is not");
}

#[test]
fn xls_numbers_are_read_however_they_were_packed() {
    let packed = |number: u32| [numbers(&[0]), number.to_le_bytes().to_vec()].concat();
    let many =
        [numbers(&[7, 1]), packed((42 << 2) | 2), packed((1999 << 2) | 3), packed(0x3ff8_0000), numbers(&[3])].concat();
    let number = [numbers(&[8, 0, 0]), 0.1_f64.to_le_bytes().to_vec()].concat();
    let sheets = parse("book", &xls_with(&[], vec![(0x00bd, many), (0x0203, number)])).expect("sheets");
    let row: Vec<_> = (1..4).map(|column| cell(&sheets[0], 7, column)).collect();
    assert_eq!(row, [Some(&Cell::Number(42.0)), Some(&Cell::Number(19.99)), Some(&Cell::Number(1.5))]);
    assert_eq!(cell(&sheets[0], 8, 0), Some(&Cell::Number(0.1)));
}

#[test]
fn row_26_an_xls_that_claims_four_thousand_million_texts_or_cells_is_read_for_what_it_holds() {
    let texts = [vec![0xff; 8], numbers(&[1]), vec![0, b'x']].concat();
    let claimed = (0x0200, vec![0xff; 14]);
    let corner = (0x00fd, numbers(&[0xffff, 0xff, 0, 0, 0]));
    let sheets = parse("book", &xls_with(&[(0x00fc, texts)], vec![claimed, corner])).expect("sheets");
    assert_eq!(cell(&sheets[0], 0xffff, 0xff), Some(&text("x")));
}

#[test]
fn what_is_no_readable_workbook_is_refused_by_what_it_is() {
    let mut locked = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    locked.create_stream("/EncryptedPackage").expect("a stream");
    locked.flush().expect("written");
    let locked = locked.into_inner().into_inner();
    let locked_xls = xls(&[(0x0809, numbers(&[0x0600, 5])), (0x002f, vec![1; 6])]);
    let old = xls(&[(0x0809, numbers(&[0x0500, 5]))]);
    let mut letter = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    letter.create_stream("/WordDocument").expect("a stream");
    letter.flush().expect("written");
    let letter = letter.into_inner().into_inner();
    for (bytes, why) in [
        (&locked[..], "the workbook is locked with a password; save a copy without a password"),
        (&locked_xls, "the workbook is locked with a password; save a copy without a password"),
        (&old, "the file is older than Excel 97; choose a workbook (.xls or .xlsx), or save it as one"),
        (&letter, "the file is a document of another kind; choose a workbook (.xls or .xlsx), or save it as one"),
        (b"", "the file is empty; choose a workbook (.xls or .xlsx), or save it as one"),
        (
            b"\n <!DOCTYPE HTML>",
            "the file is a web page, not a workbook; choose a workbook (.xls or .xlsx), or save it as one",
        ),
        (
            b"Region,Name",
            "the file is no workbook (.xls or .xlsx); choose a workbook (.xls or .xlsx), or save it as one",
        ),
        (
            &package(&[("xl/workbook.bin", b"")]),
            "the file is a binary workbook (.xlsb); choose a workbook (.xls or .xlsx), or save it as one",
        ),
        (
            &package(&[("word/document.xml", b"")]),
            "the file is a package of another kind than .xlsx; choose a workbook (.xls or .xlsx), or save it as one",
        ),
    ] {
        assert_eq!(refusal(bytes), format!("book: error: {why}"));
    }
}

#[test]
fn a_workbook_cut_off_or_with_bits_flipped_is_read_or_refused_and_never_worse() {
    let xls = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/delayed-days-may-2017.xls"))
        .expect("the fixture");
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "Name").expect("a cell").write(3, 3, 12).expect("a cell");
    let xlsx = workbook.save_to_buffer().expect("a workbook");
    for whole in [&xls, &xlsx] {
        for at in (0..whole.len()).step_by(whole.len() / 150) {
            let _ = parse("book", &whole[..at]);
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            let _ = parse("book", &flipped);
        }
    }
    assert!(refusal(&xls[..xls.len() / 2]).starts_with("book: error: the workbook is damaged ("));
    assert!(refusal(&xlsx[..xlsx.len() / 2]).starts_with("book: error: the workbook is damaged ("));
}

fn text_of(bytes: &[u8]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.csv");
    std::fs::write(&path, bytes).expect("written");
    let sheets = read_table(&path).expect("a table");
    sheets[0].rows.values().map(|cells| cells.values().map(ToString::to_string).collect()).collect()
}

#[test]
fn a_text_is_read_in_the_letters_that_spreadsheets_save() {
    let told = "Scheme;2017/18\nCafé £;5\n";
    let windows: Vec<u8> =
        told.chars().map(|c| u8::try_from(u32::from(c)).expect("a letter of western Europe")).collect();
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(told.encode_utf16().flat_map(bytes)).collect()
    };
    let marked: Vec<u8> = "\u{feff}".bytes().chain(told.bytes()).collect();
    for bytes in [
        told.as_bytes().to_vec(),
        marked,
        windows,
        utf16([0xff, 0xfe], u16::to_le_bytes),
        utf16([0xfe, 0xff], u16::to_be_bytes),
    ] {
        assert_eq!(text_of(&bytes), [["Scheme", "2017/18"], ["Café £", "5"]]);
    }
}

#[test]
fn a_table_is_told_by_all_its_lines_not_by_what_stands_over_it() {
    let text =
        "Better Care Fund, draft, 6 September, for comment\nScheme;2017/18;Comment\nBeds;\"1,200\";so, so\nFees;5;\n";
    let rows = text_of(text.as_bytes());
    assert_eq!(rows[1], ["Scheme", "2017/18", "Comment"]);
    assert_eq!(rows[2], ["Beds", "1,200", "so, so"]);
}
