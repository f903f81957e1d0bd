//! The scenarios that come with the planner, to open without a file.

use crate::file::{self, Opened, ReadError};

/// A scenario that comes with the planner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// Its file's name, for messages and as the first proposal when it is saved.
    pub name: &'static str,
    /// As the menu offers it.
    pub label: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Bundled {
    /// Reads it as if from a file. It always can be: a test holds every one to it.
    pub fn open(self) -> Result<Opened, ReadError> {
        file::parse(self.name, self.text)
    }
}

/// Oxfordshire's proposals of 13 July 2017: what the planner opens when it is given no file.
pub const JULY_2017: Bundled = Bundled {
    name: "oxfordshire-2017-07.ron",
    label: "Open Oxfordshire, July 2017",
    text: include_str!("../scenarios/oxfordshire-2017-07.ron"),
};

/// What had become of them by 9 November 2017.
pub const NOVEMBER_2017: Bundled = Bundled {
    name: "oxfordshire-2017-11.ron",
    label: "Open Oxfordshire, November 2017",
    text: include_str!("../scenarios/oxfordshire-2017-11.ron"),
};

/// Bath and North East Somerset's plan for 2017 to 2019.
pub const BANES_2017_19: Bundled = Bundled {
    name: "banes-2017-19.ron",
    label: "Open Bath and North East Somerset, 2017–19",
    text: include_str!("../scenarios/banes-2017-19.ron"),
};

/// Oxfordshire's Better Care Fund of 2014, as far as it makes a scenario: money, risks and the arithmetic of a target.
pub const OXFORDSHIRE_2014: Bundled = Bundled {
    name: "oxfordshire-bcf-2014.ron",
    label: "Open Oxfordshire, Better Care Fund 2014",
    text: include_str!("../scenarios/oxfordshire-bcf-2014.ron"),
};

/// A plan with nothing in it yet.
pub const BLANK: Bundled =
    Bundled { name: "blank.ron", label: "New plan", text: include_str!("../scenarios/blank.ron") };

/// Those that the papers tell of, in the order offered.
pub const PAPERS: [Bundled; 4] = [JULY_2017, NOVEMBER_2017, BANES_2017_19, OXFORDSHIRE_2014];

/// All of them.
pub const ALL: [Bundled; 5] = [JULY_2017, NOVEMBER_2017, BANES_2017_19, OXFORDSHIRE_2014, BLANK];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_scenario_is_sound_without_a_warning_and_is_saved_as_it_was_read() {
        for bundled in ALL {
            let opened = bundled.open().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(opened.warnings, [], "{}", bundled.name);
            assert!(file::write(&opened.scenario) == bundled.text, "{} is not as the planner writes it", bundled.name);
        }
    }
}
