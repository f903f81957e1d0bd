//! The scenarios that come with the program.

use crate::file::{self, Opened, ReadError};

/// Oxfordshire's July 2017 plan, as the text of its file.
pub const JULY_2017: &str = include_str!("../scenarios/oxfordshire-2017-07.ron");

/// A starting point for any area, as the text of its file.
pub const BLANK: &str = include_str!("../scenarios/blank.ron");

/// Oxfordshire's July 2017 plan.
pub fn july_2017() -> Result<Opened, ReadError> {
    file::parse("oxfordshire-2017-07.ron", JULY_2017)
}

/// A starting point for any area.
pub fn blank() -> Result<Opened, ReadError> {
    file::parse("blank.ron", BLANK)
}
