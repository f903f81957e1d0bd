//! Changes to a text, each at its place.

use std::ops::Range;

/// What is to stand in the place of some bytes. Line ends in it become the text's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) at: Range<usize>,
    pub(super) with: String,
}

/// The text with the changes made, those at one place in the order given; nothing if two of them contradict.
pub(super) fn patched(text: &str, mut changes: Vec<Change>) -> Option<String> {
    changes.sort_by_key(|change| change.at.start);
    let line_end = line_end(text);
    let mut patched = String::with_capacity(text.len());
    let mut reached = 0;
    for Change { at, with } in &changes {
        if at.start < reached {
            // To take out twice is to take out; but nothing can be put where something else was.
            if !with.is_empty() {
                return None;
            }
        } else {
            patched.push_str(text.get(reached..at.start)?);
        }
        patched.push_str(&with.replace('\n', line_end));
        reached = reached.max(at.end);
    }
    patched.push_str(text.get(reached..)?);
    Some(patched)
}

/// How the text ends its lines: as it ends the first.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The space before the first thing on the line of a byte, if nothing but space stands before the byte.
pub(super) fn own_line(text: &str, at: usize) -> Option<&str> {
    let before = &text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..at];
    before.trim_start_matches([' ', '\t']).is_empty().then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(at: Range<usize>, with: &str) -> Change {
        Change { at, with: with.to_owned() }
    }

    #[test]
    fn changes_are_made_in_the_texts_own_lines() {
        let text = "one\r\ntwo\r\nthree";
        let changes = vec![change(5..8, "2"), change(8..8, "\nmore"), change(10..10, "")];
        let new = patched(text, changes).expect("no contradiction");
        assert_eq!(new, "one\r\n2\r\nmore\r\nthree");
    }

    #[test]
    fn what_is_taken_out_twice_is_taken_out_once_and_nothing_is_put_into_it() {
        assert_eq!(patched("abcdef", vec![change(1..4, ""), change(3..5, "")]).as_deref(), Some("af"));
        assert_eq!(patched("abcdef", vec![change(1..4, ""), change(3..5, "x")]), None);
    }
}
