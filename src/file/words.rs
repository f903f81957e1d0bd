//! What the notation's parser has to say, in words for those who edit scenarios by hand, at the token it is about.

use ron::error::{Error, Position, SpannedError};

use super::tokens::{Kind, Token, tokens};

/// The byte at which the fault stands, what is wrong, and what to do.
pub(super) fn explain(text: &str, error: &SpannedError) -> (usize, String) {
    let reached = byte_at(text, error.span.end);
    let at = match &error.code {
        // Found on reading on from it.
        Error::Message(_)
        | Error::InvalidValueForType { .. }
        | Error::ExpectedDifferentLength { .. }
        | Error::NoSuchEnumVariant { .. }
        | Error::NoSuchStructField { .. }
        | Error::DuplicateStructField { .. }
        | Error::ExpectedStringEnd
        | Error::IntegerOutOfBounds
        | Error::UnclosedBlockComment => last_before(text, reached),
        Error::MissingStructField { .. } => opening_before(text, reached),
        Error::InvalidEscape(_) => reached,
        // The parser stands before what it can't use.
        _ => first_from(text, reached),
    };
    (at, in_words(&error.code, text, at))
}

fn in_words(error: &Error, text: &str, at: usize) -> String {
    let found = tokens(&text[at..]).next();
    match error {
        Error::NoSuchStructField { expected, found, .. } => {
            format!("unknown field `{found:.64}`; {}", instead(found, expected, "fields"))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("`{found:.64}` is not among the choices; {}", instead(found, expected, "choices"))
        }
        Error::MissingStructField { field, .. } => {
            format!("the field `{field}` is missing between these brackets; add it")
        }
        Error::DuplicateStructField { field, .. } => format!("the field `{field}` is given twice; keep one"),
        // Words of our own types: dates, ids, money.
        Error::Message(words) => words.clone(),
        Error::InvalidValueForType { expected, .. } if expected.contains("quotes") => {
            format!("{expected}, should stand here")
        }
        Error::InvalidEscape(_) => {
            "a backslash is not followed by a letter that it goes with; write two, \\\\, for one in the text".to_owned()
        }
        Error::ExpectedStringEnd => "the text that begins here has no closing quote; close it".to_owned(),
        Error::UnclosedBlockComment => "the comment that begins here is never closed; end it with */".to_owned(),
        Error::TrailingCharacters => {
            "the scenario has ended before this; remove it, or the bracket before it that is too many".to_owned()
        }
        Error::ExpectedAttribute | Error::ExpectedAttributeEnd | Error::NoSuchExtension(_) => {
            "a scenario has no lines that begin with #; remove it".to_owned()
        }
        Error::IntegerOutOfBounds => "the number is too large or below zero; write a smaller whole number".to_owned(),
        _ => match found {
            None => "the file ends before the scenario does; it was cut off, so open a copy of it".to_owned(),
            Some(found) => format!("{}, not {}", expectation(error), shown(found)),
        },
    }
}

/// What should have stood in a place, to be followed by what stands there.
fn expectation(error: &Error) -> &'static str {
    match error {
        Error::ExpectedArray => "a list should begin here with [",
        Error::ExpectedArrayEnd => "a comma or the closing ] of the list should stand here",
        Error::ExpectedBoolean => "true or false should stand here",
        Error::ExpectedComma => "a comma should stand here",
        Error::ExpectedMap => "a list by year or by reason should begin here with {",
        Error::ExpectedMapColon => "a colon should stand here, between a name and its value",
        Error::ExpectedMapEnd => "a comma or the closing } should stand here",
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedDifferentStructName { .. } => {
            "a bracket ( should open here, with names and values in it"
        }
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => "a comma or the closing ) should stand here",
        Error::ExpectedString => "text in quotes should stand here (money, numbers and dates are in quotes too)",
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            "a name, such as that of a field, should stand here"
        }
        Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } | Error::UnderscoreAtBeginning => {
            "a whole number should stand here"
        }
        _ => "something else should stand here; compare a bundled scenario",
    }
}

/// The nearest name that is known there, or all of them.
fn instead(found: &str, known: &[&str], what: &str) -> String {
    let nearest = known.iter().min_by_key(|name| strsim::damerau_levenshtein(name, found));
    match nearest {
        Some(name) if strsim::normalized_damerau_levenshtein(name, found) >= 0.5 => format!("did you mean `{name}`?"),
        _ => format!("the {what} here are {}", known.join(", ")),
    }
}

/// What stands in a place, shortened.
fn shown(token: Token) -> String {
    match token.kind {
        Kind::Text if token.text.chars().count() > 24 => "a text".to_owned(),
        _ => format!("`{:.24}`", token.text),
    }
}

/// Where the last token before the byte begins.
fn last_before(text: &str, reached: usize) -> usize {
    tokens(text).take_while(|token| token.start < reached).last().map_or(0, |token| token.start)
}

/// Where the first token at or after the byte begins, or the end of the text.
fn first_from(text: &str, reached: usize) -> usize {
    tokens(text).map(|token| token.start).find(|start| *start >= reached).unwrap_or(text.trim_end().len())
}

/// Where the value begins whose closing bracket is the last before, or the first at, the byte: its name if it has one.
fn opening_before(text: &str, reached: usize) -> usize {
    let mut open = Vec::new();
    let mut closed = 0;
    let mut name = None;
    for token in tokens(text) {
        match token.kind {
            Kind::Open => open.push(name.unwrap_or(token.start)),
            Kind::Close => closed = open.pop().unwrap_or(0),
            _ => {}
        }
        name = (token.kind == Kind::Word).then_some(token.start);
        if token.kind == Kind::Close && token.start + token.text.len() >= reached {
            return closed;
        }
    }
    closed
}

/// The byte at a position that the parser names by line and column.
fn byte_at(text: &str, position: Position) -> usize {
    let line_start = match position.line {
        0 | 1 => 0,
        line => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1),
    };
    let line = &text[line_start..];
    line_start + line.char_indices().nth(position.col.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}
