//! Where figures come from. Every figure in a scenario cites a paper or says that it is an assumption, and why.

use serde::{Deserialize, Serialize};

use super::Id;
use crate::calendar::Date;

/// A value, where it came from, and what it was before someone moved it in the planner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure<T> {
    /// What holds now.
    pub value: T,
    /// What the source says, if the value has been moved since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<T>,
    /// Where the value (or what it was) comes from.
    pub source: Source,
}

impl<T: Clone + PartialEq> Figure<T> {
    /// A figure that a person put in.
    pub fn entered(value: T) -> Self {
        Self { value, was: None, source: Source::Entered }
    }

    /// Moves the value, remembering what the source says; moving it back forgets that it ever moved.
    pub fn change(&mut self, to: T) {
        if self.value == to {
            return;
        }
        match self.was.take() {
            Some(original) if original == to => self.value = original,
            Some(original) => {
                self.was = Some(original);
                self.value = to;
            }
            None => self.was = Some(std::mem::replace(&mut self.value, to)),
        }
    }
}

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Source {
    /// A paper and the place in it.
    Cited {
        /// The id of one of the scenario's papers.
        paper: Id,
        /// The paragraph, appendix or table.
        at: String,
    },
    /// Nobody published it: why this value was taken.
    Assumption(String),
    /// Put in by hand in the planner; nobody has said why yet.
    Entered,
}

/// A paper or publication that figures cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The name that figures cite it by.
    pub id: Id,
    /// Its full public title, and who published it.
    pub title: String,
    /// How a figure names it: `Health and Wellbeing Board, 13 July 2017`.
    pub short: String,
    /// When it was published.
    pub date: Date,
    /// The licence to be named wherever its figures are shown, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

/// Something that a reader of the scenario should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// What sort of note it is.
    pub kind: NoteKind,
    /// The note itself, in full sentences.
    pub text: String,
    /// Where it can be read.
    pub source: Source,
    /// The scheme it speaks of, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<Id>,
}

/// Sorts of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteKind {
    /// The papers say two different things.
    Contradiction,
    /// Something learnt after the plan was written.
    Hindsight,
    /// Anything else worth knowing.
    Remark,
}

impl NoteKind {
    /// In the order shown.
    pub const ALL: [Self; 3] = [Self::Contradiction, Self::Hindsight, Self::Remark];

    /// As people call it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Hindsight => "hindsight",
            Self::Remark => "remark",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_figure_remembers_its_source_and_forgets_when_moved_back() {
        let original = Figure { value: 900, was: None, source: Source::Assumption("a paper".into()) };
        let mut figure = original.clone();
        figure.change(650);
        figure.change(700);
        assert_eq!((figure.value, figure.was), (700, Some(900)));
        figure.change(900);
        assert_eq!(figure, original);
    }

    #[test]
    fn a_source_reads_as_it_is_written_and_a_paper_without_a_place_is_refused() {
        let mut scenario = crate::bundled::JULY_2017.open().expect("sound").scenario;
        // A paper whose short name begins as another's: the longer one is meant.
        let mut minutes = scenario.papers[0].clone();
        (minutes.id, minutes.short) = ("minutes".parse().expect("an id"), format!("{}, minutes", minutes.short));
        scenario.papers.push(minutes);
        let cited = |paper: &str, at: &str| Source::Cited { paper: paper.parse().expect("an id"), at: at.to_owned() };
        let notes = scenario.notes.iter().map(|note| note.source.clone());
        let grants = scenario.fund.grant.iter().map(|(_, grant)| grant.source.clone());
        let own = [cited("minutes", "item 4"), Source::Entered, Source::Assumption("A guess, for now.".to_owned())];
        for source in notes.chain(grants).chain(own) {
            assert_eq!(scenario.source_from_words(&scenario.source_in_words(&source)), source);
        }
        assert_eq!(scenario.source_from_words(" A guess. "), Source::Assumption("A guess.".to_owned()));
        assert_eq!(scenario.source_from_words(" "), Source::Entered);
        assert_eq!(scenario.source_from_words(&scenario.papers[0].short), cited("hwb-july-2017", ""));
    }
}
