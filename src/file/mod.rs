//! A scenario on disk: read with every fault named and placed, written to be read by people, saved whole or not at all.

mod previous;
mod read;
mod save;
mod temporary;
mod tokens;
mod tree;
mod watch;
mod words;
mod write;

pub(crate) use previous::places;
pub use previous::{local_folder, previous_of, shelf};
pub use read::{Located, Opened, ReadError, parse, read};
pub use save::{Over, Previous, SaveError, save, save_bytes, save_plan};
pub use watch::{OnDisk, Sighting, Watch};
pub use write::write;

/// The largest scenario file: 16 MB, hundreds of times what a plan needs.
const LARGEST: u64 = 16 * 1024 * 1024;

/// RON as scenarios use it: a figure that may be left out is written without `Some(…)`.
fn notation() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// A message on one line, whatever stands in the text or file name that it quotes.
fn on_one_line(message: &str) -> String {
    message.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

/// The system's own words for a failure, without its number.
pub(crate) fn plainly(error: &std::io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}
