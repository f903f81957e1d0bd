//! The words, texts and brackets of a scenario file, each with its place: one pass, no memory, nothing refused.
//!
//! The reader measures nesting and finds places with it, the writer lays lines out with it. Text that is not RON
//! yields tokens too, so that an error in it can be placed.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// Between items.
    Comma,
    /// Between a name and its value.
    Colon,
    /// A name or a number.
    Word,
    /// Text in quotes, of any kind; one that is never closed runs to the end of the file.
    Text,
    /// A comment that is never closed.
    UnclosedComment,
    /// Anything else.
    Other,
}

/// A token and the byte at which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) text: &'a str,
}

/// The tokens of a text, in order, without spaces and closed comments.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// See [`tokens`].
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            let kind = match first {
                '(' | '[' | '{' => Kind::Open,
                ')' | ']' | '}' => Kind::Close,
                ',' => Kind::Comma,
                ':' => Kind::Colon,
                _ => Kind::Other,
            };
            if kind != Kind::Other {
                return Some(self.take(kind, 1));
            }
            if is_space(first) {
                self.at += rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            } else if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                match block_comment(rest) {
                    Some(length) => self.at += length,
                    None => return Some(self.take(Kind::UnclosedComment, rest.len())),
                }
            } else if let Some(length) = quoted(rest) {
                return Some(self.take(Kind::Text, length));
            } else if is_word(first) {
                return Some(self.take(Kind::Word, rest.find(|c| !is_word(c)).unwrap_or(rest.len())));
            } else {
                return Some(self.take(Kind::Other, first.len_utf8()));
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn take(&mut self, kind: Kind, length: usize) -> Token<'a> {
        let start = self.at;
        self.at += length;
        Token { kind, start, text: &self.text[start..self.at] }
    }
}

/// RON counts the marks of writing direction as space.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-')
}

/// The length of the block comment that begins here, counting those nested in it, or nothing if it never ends.
fn block_comment(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let (mut at, mut depth) = (2, 1_usize);
    while depth > 0 {
        match bytes.get(at..at + 2)? {
            b"/*" => (at, depth) = (at + 2, depth + 1),
            b"*/" => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    Some(at)
}

/// The length of the quoted text that begins here: `"…"`, `r"…"`, `r#"…"#`, `b"…"`, `'c'`.
fn quoted(rest: &str) -> Option<usize> {
    let unprefixed = rest.strip_prefix('b').unwrap_or(rest);
    let prefix = rest.len() - unprefixed.len();
    if let Some(inside) = unprefixed.strip_prefix('"') {
        Some(prefix + 1 + closing_quote(inside, b'"').unwrap_or(inside.len()))
    } else if let Some(raw) = unprefixed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", &raw[..hashes]);
        let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
        Some(prefix + 1 + hashes + 1 + length)
    } else if let Some(inside) = unprefixed.strip_prefix('\'') {
        // Only one character or escape, so that a stray apostrophe does not swallow the file.
        let length = closing_quote(inside, b'\'')?;
        let one = inside.starts_with('\\') && length <= 12 || inside[..length - 1].chars().count() == 1;
        one.then_some(prefix + 1 + length)
    } else {
        None
    }
}

/// Bytes up to and with the closing quote, stepping over escapes.
fn closing_quote(inside: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == quote => return Some(at + 1),
            _ if quote == b'\'' && at > 12 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).map(|token| token.text).collect()
    }

    #[test]
    fn brackets_in_texts_and_comments_are_not_brackets() {
        for (text, expected) in [
            (r#"(a: "(\"[")"#, vec!["(", "a", ":", r#""(\"[""#, ")"]),
            (r##"r#"("{"# ]"##, vec![r##"r#"("{"#"##, "]"]),
            ("/* ( /* [ */ { */ )", vec![")"]),
            ("// (\n)", vec![")"]),
            (r"'(' '\'' )", vec!["'('", r"'\''", ")"]),
            ("Cited(at: -1.5)", vec!["Cited", "(", "at", ":", "-1.5", ")"]),
            ("r#type", vec!["r", "#", "type"]),
            ("it's (", vec!["it", "'", "s", "("]),
        ] {
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_never_closed_runs_to_the_end() {
        for (text, kind) in [("\"(a", Kind::Text), ("r#\"(a\"", Kind::Text), ("/* ( /* */", Kind::UnclosedComment)] {
            let all: Vec<Token> = tokens(text).collect();
            assert_eq!((all.len(), all[0].kind, all[0].text), (1, kind, text));
        }
    }

    proptest! {
        #[test]
        fn tokens_stand_in_order_and_never_overlap(text in r#"[ -~\n\\"'#£é/*()\[\]{}]{0,60}"#) {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(token.start >= at && !token.text.is_empty());
                prop_assert_eq!(&text[token.start..token.start + token.text.len()], token.text);
                at = token.start + token.text.len();
            }
        }
    }
}
