//! Pictures as pixels, drawn without a window or a graphics card.

use std::fmt::Display;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Tree, fontdb};

use super::typeface::FACES;
use super::{ExportError, Size};

/// The planner's own typeface and no other, so that every machine draws the same.
static TYPEFACES: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut faces = fontdb::Database::new();
    for face in FACES {
        faces.load_font_data(face.to_vec());
    }
    Arc::new(faces)
});

/// A picture's pixels, row by row from the top: red, green, blue and how opaque, a byte each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// How many along and down.
    pub size: Size,
    /// Four bytes for each.
    pub rgba: Vec<u8>,
}

/// An SVG picture as a PNG file of that size.
pub(super) fn png(svg: &str, size: Size) -> Result<Vec<u8>, ExportError> {
    drawn(svg, size)?.encode_png().map_err(fault)
}

/// An SVG picture as pixels.
pub(super) fn pixels(svg: &str, size: Size) -> Result<Pixels, ExportError> {
    Ok(Pixels { size, rgba: drawn(svg, size)?.take() }) // on an opaque ground nothing is premultiplied
}

fn drawn(svg: &str, size: Size) -> Result<Pixmap, ExportError> {
    let options = usvg::Options { fontdb: Arc::clone(&TYPEFACES), ..usvg::Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(fault)?;
    let mut pixmap = Pixmap::new(size.width, size.height).ok_or_else(|| fault("there is no room for it"))?;
    let scale =
        Transform::from_scale(size.width as f32 / tree.size().width(), size.height as f32 / tree.size().height());
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(pixmap)
}

fn fault(why: impl Display) -> ExportError {
    ExportError::Fault(format!("the picture could not be drawn: {why}"))
}
