//! A Word document from blocks: real headings, tables whose first row is a heading on every page, pictures with
//! alternative text, page numbers.
//!
//! Written over `zip` rather than with a crate for Word files. Looked at in 2026: `docx-rs` 0.4 gives a picture no
//! alternative text and a table no repeated heading row; `docx-rust` 0.1 and `ooxmlsdk` 0.14 mirror the format's own
//! elements, so that this file would be as long with them and the build longer; `rdocx` 0.16 brings 199 crates.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::Element;
use super::{ExportError, Size};

/// The width of the text on an A4 page with margins of two centimetres: in twentieths of a point, and in the unit of
/// pictures.
const TEXT_WIDTH: usize = 9_638;
const PICTURE_WIDTH: u64 = 6_120_000;
const MARGIN: u32 = 1_134;
/// A table of no more rows stands on one page.
const MOST_ON_ONE_PAGE: usize = 24;

/// What a document is made of.
pub(super) enum Block {
    /// The document's own title.
    Title(String),
    /// A heading of the first or second order.
    Heading(u8, String),
    /// A numbered paragraph, as committee papers have them.
    Paragraph(String),
    /// A paragraph without a number: a note under a table, a line under a title.
    Plain(String),
    /// An item of a list; the words before the colon, if there are some, are bold.
    Item(String, String),
    /// A table.
    Table(Grid),
    /// A picture and the finding that it shows.
    Picture { png: Vec<u8>, size: Size, finding: String },
}

/// A table's headings and rows; the first column names the row.
pub(super) struct Grid {
    /// What it shows.
    pub caption: String,
    /// Each column's heading, its share of the width, and whether it holds figures.
    pub columns: Vec<(String, usize, bool)>,
    /// What stands under the headings.
    pub rows: Vec<Row>,
}

/// A row of a table.
pub(super) enum Row {
    /// As many cells as there are headings.
    Cells(Vec<String>),
    /// The same, bold: a sum, or what has others under it.
    Sum(Vec<String>),
    /// Words over the whole width: what the rows under it are about.
    About(String),
}

/// The document as a file's bytes; the same blocks give the same bytes.
pub(super) fn document(title: &str, blocks: &[Block]) -> Result<Vec<u8>, ExportError> {
    packed(title, blocks).map_err(|error| ExportError::Fault(format!("the board paper could not be made: {error}")))
}

fn packed(title: &str, blocks: &[Block]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut put = |name: &str, bytes: &[u8]| -> zip::result::ZipResult<()> {
        archive.start_file(name, options)?;
        Ok(archive.write_all(bytes)?)
    };
    let pictures: Vec<&Vec<u8>> = blocks
        .iter()
        .filter_map(|block| if let Block::Picture { png, .. } = block { Some(png) } else { None })
        .collect();
    put("[Content_Types].xml", content_types().document().as_bytes())?;
    put("_rels/.rels", package_relations().document().as_bytes())?;
    put("docProps/core.xml", properties(title).document().as_bytes())?;
    put("word/document.xml", body(blocks).document().as_bytes())?;
    put("word/_rels/document.xml.rels", relations(pictures.len()).document().as_bytes())?;
    put("word/styles.xml", STYLES.as_bytes())?;
    put("word/numbering.xml", NUMBERING.as_bytes())?;
    put("word/settings.xml", SETTINGS.as_bytes())?;
    put("word/footer1.xml", footer(title).document().as_bytes())?;
    for (at, png) in pictures.into_iter().enumerate() {
        put(&format!("word/media/picture{}.png", at + 1), png)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn body(blocks: &[Block]) -> Element {
    let mut body = Element::new("w:body");
    let mut pictures = 0;
    for block in blocks {
        match block {
            Block::Title(text) => body.push(paragraph("Title", vec![run(text, false)])),
            Block::Heading(1, text) => body.push(paragraph("Heading1", vec![run(text, false)])),
            Block::Heading(_, text) => body.push(paragraph("Heading2", vec![run(text, false)])),
            Block::Paragraph(text) => body.push(paragraph("Numbered", vec![run(text, false)])),
            Block::Plain(text) => body.push(paragraph("Normal", vec![run(text, false)])),
            Block::Item(lead, text) => body.push(paragraph("Item", vec![run(lead, true), run(text, false)])),
            Block::Table(grid) => {
                body.push(paragraph("Caption", vec![run(&grid.caption, false)]));
                body.push(table(grid));
                body.push(paragraph("Normal", Vec::new()));
            }
            Block::Picture { size, finding, .. } => {
                pictures += 1;
                body.push(paragraph("Picture", vec![picture(pictures, *size, finding)]));
            }
        }
    }
    body.push(section());
    Element::new("w:document")
        .with("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        .with("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        .with("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing")
        .with("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .with("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture")
        .holding(body)
}

fn paragraph(style: &str, inside: Vec<Element>) -> Element {
    let properties = Element::new("w:pPr").holding(value("w:pStyle", style));
    Element::new("w:p").holding(properties).holding_all(inside)
}

fn run(text: &str, strong: bool) -> Element {
    let mut run = Element::new("w:r");
    if strong {
        run.push(Element::new("w:rPr").holding(Element::new("w:b")));
    }
    run.holding(Element::new("w:t").with("xml:space", "preserve").saying(text))
}

/// An element whose whole content is one value.
fn value(name: &'static str, value: &str) -> Element {
    Element::new(name).with("w:val", value)
}

fn table(grid: &Grid) -> Element {
    let shares: usize = grid.columns.iter().map(|(_, share, _)| share).sum::<usize>().max(1);
    let widths: Vec<usize> = grid.columns.iter().map(|(_, share, _)| TEXT_WIDTH * share / shares).collect();
    let properties = Element::new("w:tblPr")
        .holding(value("w:tblStyle", "Figures"))
        .holding(Element::new("w:tblW").with("w:w", TEXT_WIDTH).with("w:type", "dxa"))
        .holding(Element::new("w:tblLayout").with("w:type", "fixed"))
        .holding(Element::new("w:tblLook").with("w:val", "04A0").with("w:firstRow", 1).with("w:firstColumn", 1))
        .holding(value("w:tblCaption", &grid.caption));
    let columns = widths.iter().map(|width| Element::new("w:gridCol").with("w:w", width));
    let headings: Vec<String> = grid.columns.iter().map(|(heading, _, _)| heading.clone()).collect();
    let heading_row = row(grid, &widths, &headings, Look { strong: true, leads: true }, true);
    let last = grid.rows.len().saturating_sub(1);
    let stays_whole = grid.rows.len() <= MOST_ON_ONE_PAGE;
    let rows = grid.rows.iter().enumerate().map(|(at, of)| match of {
        Row::Cells(cells) => row(grid, &widths, cells, Look { strong: false, leads: stays_whole && at < last }, false),
        Row::Sum(cells) => row(grid, &widths, cells, Look { strong: true, leads: stays_whole && at < last }, false),
        Row::About(words) => about(grid, words),
    });
    Element::new("w:tbl")
        .holding(properties)
        .holding(Element::new("w:tblGrid").holding_all(columns))
        .holding(heading_row)
        .holding_all(rows)
}

/// How a row looks: bold or not, and whether the next one must stand on the same page.
#[derive(Clone, Copy)]
struct Look {
    strong: bool,
    leads: bool,
}

fn row(grid: &Grid, widths: &[usize], cells: &[String], look: Look, is_heading: bool) -> Element {
    let mut properties = Element::new("w:trPr").holding(Element::new("w:cantSplit"));
    if is_heading {
        properties.push(Element::new("w:tblHeader"));
    }
    let cell = |(text, (width, (_, _, is_figure))): (&String, (&usize, &(String, usize, bool)))| {
        let width = Element::new("w:tcW").with("w:w", width).with("w:type", "dxa");
        Element::new("w:tc").holding(Element::new("w:tcPr").holding(width)).holding(in_cell(text, look, *is_figure))
    };
    let columns = widths.iter().zip(&grid.columns);
    Element::new("w:tr").holding(properties).holding_all(cells.iter().zip(columns).map(cell))
}

/// A row of one cell, over all columns.
fn about(grid: &Grid, words: &str) -> Element {
    let width = Element::new("w:tcW").with("w:w", TEXT_WIDTH).with("w:type", "dxa");
    let shade = value("w:shd", "clear").with("w:color", "auto").with("w:fill", "F4F6F8");
    let properties = Element::new("w:tcPr")
        .holding(width)
        .holding(Element::new("w:gridSpan").with("w:val", grid.columns.len()))
        .holding(shade);
    let cell = Element::new("w:tc").holding(properties);
    Element::new("w:tr")
        .holding(Element::new("w:trPr").holding(Element::new("w:cantSplit")))
        .holding(cell.holding(in_cell(words, Look { strong: true, leads: true }, false)))
}

fn in_cell(text: &str, look: Look, is_figure: bool) -> Element {
    let mut style = Element::new("w:pPr").holding(value("w:pStyle", "Cell"));
    if look.leads {
        style.push(Element::new("w:keepNext"));
    }
    if is_figure {
        style.push(value("w:jc", "right"));
    }
    Element::new("w:p").holding(style).holding(run(text, look.strong))
}

fn picture(number: usize, size: Size, finding: &str) -> Element {
    let height = PICTURE_WIDTH * u64::from(size.height) / u64::from(size.width);
    let extent = |name| Element::new(name).with("cx", PICTURE_WIDTH).with("cy", height);
    let name = format!("Chart {number}");
    let outline = Element::new("pic:nvPicPr")
        .holding(Element::new("pic:cNvPr").with("id", number).with("name", &name).with("descr", finding))
        .holding(Element::new("pic:cNvPicPr"));
    let filling = Element::new("pic:blipFill")
        .holding(Element::new("a:blip").with("r:embed", format!("picture{number}")))
        .holding(Element::new("a:stretch").holding(Element::new("a:fillRect")));
    let shape = Element::new("pic:spPr")
        .holding(
            Element::new("a:xfrm").holding(Element::new("a:off").with("x", 0).with("y", 0)).holding(extent("a:ext")),
        )
        .holding(Element::new("a:prstGeom").with("prst", "rect").holding(Element::new("a:avLst")));
    let data = Element::new("a:graphicData")
        .with("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")
        .holding(Element::new("pic:pic").holding(outline).holding(filling).holding(shape));
    let inline = Element::new("wp:inline")
        .with("distT", 0)
        .with("distB", 0)
        .with("distL", 0)
        .with("distR", 0)
        .holding(extent("wp:extent"))
        .holding(Element::new("wp:docPr").with("id", number).with("name", &name).with("descr", finding))
        .holding(Element::new("wp:cNvGraphicFramePr"))
        .holding(Element::new("a:graphic").holding(data));
    Element::new("w:r").holding(Element::new("w:drawing").holding(inline))
}

/// A4, upright, with the footer.
fn section() -> Element {
    let margins = ["w:top", "w:right", "w:bottom", "w:left"];
    let margins = margins.into_iter().fold(Element::new("w:pgMar"), |element, side| element.with(side, MARGIN));
    Element::new("w:sectPr")
        .holding(Element::new("w:footerReference").with("w:type", "default").with("r:id", "footer"))
        .holding(Element::new("w:pgSz").with("w:w", 11_906).with("w:h", 16_838))
        .holding(margins.with("w:header", 567).with("w:footer", 567).with("w:gutter", 0))
}

/// The title, and which page of how many.
fn footer(title: &str) -> Element {
    let field = |code: &str| Element::new("w:fldSimple").with("w:instr", code).holding(run("1", false));
    let tab = Element::new("w:r").holding(Element::new("w:tab"));
    let title: String = title.chars().take(80).collect();
    let inside =
        vec![run(&title, false), tab, run("Page ", false), field("PAGE"), run(" of ", false), field("NUMPAGES")];
    Element::new("w:ftr")
        .with("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        .holding(paragraph("Footer", inside))
}

fn content_types() -> Element {
    let default =
        |ending: &str, kind: &str| Element::new("Default").with("Extension", ending).with("ContentType", kind);
    let part = |name: &str, kind: &str| {
        let kind = format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
        Element::new("Override").with("PartName", format!("/word/{name}.xml")).with("ContentType", kind)
    };
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    Element::new("Types")
        .with("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
        .holding(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .holding(default("xml", "application/xml"))
        .holding(default("png", "image/png"))
        .holding(part("document", "document.main"))
        .holding(part("styles", "styles"))
        .holding(part("numbering", "numbering"))
        .holding(part("settings", "settings"))
        .holding(part("footer1", "footer"))
        .holding(Element::new("Override").with("PartName", "/docProps/core.xml").with("ContentType", core))
}

fn package_relations() -> Element {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relationships().holding(relation("document", &office("officeDocument"), "word/document.xml")).holding(relation(
        "core",
        core,
        "docProps/core.xml",
    ))
}

fn relations(pictures: usize) -> Element {
    let parts = [("styles", "styles"), ("numbering", "numbering"), ("settings", "settings"), ("footer", "footer1")];
    let parts = parts.map(|(kind, name)| relation(kind, &office(kind), &format!("{name}.xml")));
    let picture = |at: usize| relation(&format!("picture{at}"), &office("image"), &format!("media/picture{at}.png"));
    relationships().holding_all(parts).holding_all((1..=pictures).map(picture))
}

fn office(kind: &str) -> String {
    format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
}

fn relationships() -> Element {
    Element::new("Relationships").with("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
}

fn relation(id: &str, kind: &str, target: &str) -> Element {
    Element::new("Relationship").with("Id", id).with("Type", kind).with("Target", target)
}

fn properties(title: &str) -> Element {
    Element::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .holding(Element::new("dc:title").saying(title))
        .holding(Element::new("dc:creator").saying("iBCF Planner"))
        .holding(Element::new("dc:language").saying("en-GB"))
}

const STYLES: &str = include_str!("docx/styles.xml");
const NUMBERING: &str = include_str!("docx/numbering.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");
