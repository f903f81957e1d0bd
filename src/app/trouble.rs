//! What can go wrong before a person's eyes: each in a sentence on what happened and one on what to do. Why, the case
//! itself says between them.

/// A kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A file could not be opened.
    NotOpened,
    /// Two scenarios could not be compared.
    NotCompared,
    /// The history gives no calibration.
    NotCalibrated,
    /// No version before the last save is there.
    NothingKept,
    /// What a crash left behind can't be read.
    NotRecovered,
    /// Published months made no plan.
    NotBegun,
    /// A job of the planner's own broke.
    Broke,
}

impl Trouble {
    /// All of them.
    #[cfg(test)]
    const ALL: [Self; 7] = [
        Self::NotOpened,
        Self::NotCompared,
        Self::NotCalibrated,
        Self::NothingKept,
        Self::NotRecovered,
        Self::NotBegun,
        Self::Broke,
    ];

    /// What happened, and that nothing is lost.
    pub(super) fn what(self) -> &'static str {
        match self {
            Self::NotOpened => "The file could not be opened; the plan is as it was",
            Self::NotCompared => "The scenarios could not be compared; the plan is as it was",
            Self::NotCalibrated => "The plan could not be calibrated; it is as it was",
            Self::NothingKept => "No previous version is kept; the plan is as it was",
            Self::NotRecovered => "Unsaved work of an earlier day can’t be read; the plan is as it was",
            Self::NotBegun => "No plan was made of these months; the plan is as it was",
            Self::Broke => "A fault in the planner; the plan is as it was",
        }
    }

    /// What to do.
    pub(super) fn next(self) -> &'static str {
        match self {
            Self::NotOpened => {
                "Check the name and the folder, or put right in a text editor what is named here, and open it again."
            }
            Self::NotCompared => "Choose another file, or put right what is named here, and compare again.",
            Self::NotCalibrated => {
                "Add the months that are missing to the history in the scenario’s file, and calibrate again."
            }
            Self::NothingKept => {
                "Look for a copy of your own; each save from now on keeps the version that it replaces."
            }
            Self::NotRecovered => {
                "Look at the file with a newer planner or a text editor within thirty days; after that it is removed."
            }
            Self::NotBegun => "Choose another area or other months, and make the plan again.",
            Self::Broke => {
                "Try it again; if it happens once more, save the plan under another name and start the planner anew."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::{ReadError, SaveError};

    /// What stands between what happened and what to do says a thing to do as well, where the case knows a better one.
    #[test]
    fn a_file_that_is_refused_or_not_saved_says_why_and_what_to_do_in_one_line() {
        let (name, what) = ("plan.ron".to_owned(), "a folder");
        let read = [
            ReadError::NotFound { name: name.clone() },
            ReadError::NotAFile { name: name.clone(), what },
            ReadError::TooLarge { name: name.clone() },
        ];
        let save = [
            SaveError::NotAFile { name: name.clone(), what },
            SaveError::TooLarge { name: name.clone() },
            SaveError::Changed { name: name.clone(), found: Vec::new() },
            SaveError::Gone { name: name.clone() },
            SaveError::Unconfirmed { name, why: "the disk is busy".to_owned() },
        ];
        let texts = read.iter().map(ToString::to_string).chain(save.iter().map(ToString::to_string));
        for text in texts {
            let does = |part: &str| {
                ["check ", "choose ", "shorten ", "open it again", "save "].iter().any(|verb| part.starts_with(verb))
            };
            assert!(text.split("; ").any(does), "nothing to do: {text}");
            assert!(text.contains("plan.ron") && !text.contains('\n'), "{text}");
        }
    }

    #[test]
    fn every_trouble_says_what_happened_that_nothing_is_lost_and_one_thing_to_do() {
        for trouble in Trouble::ALL {
            let (what, next) = (trouble.what(), trouble.next());
            assert!(what.contains("as it was") && !what.ends_with('.'), "{what}");
            assert!(next.ends_with('.') && next.matches(". ").count() == 0, "one sentence: {next}");
            let first = next.split([' ', ',']).next().unwrap_or_default();
            assert!(["Check", "Choose", "Add", "Look", "Try"].contains(&first), "something to do: {next}");
        }
    }
}
