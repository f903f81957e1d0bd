//! A scenario as text, laid out to be read and compared line by line: what fits on a line stays on it, the rest has
//! one item a line. The same scenario always gives the same text.

use super::tokens::{Kind, Token};
use super::tree::{Node, tree};
use crate::scenario::Scenario;

/// The longest line, where values allow: what a reviewer sees without scrolling.
const WIDTH: usize = 110;
/// Spaces by which each level stands further in.
pub(super) const INDENT: usize = 4;

/// The scenario as text, in the one layout that the planner writes. [`super::parse`] gives the same scenario back.
///
/// # Panics
/// Never: plain data always has a text.
pub fn write(scenario: &Scenario) -> String {
    let plain = plain(scenario);
    let mut text = String::with_capacity(plain.len() * 2);
    lay_out(&tree(&plain), 0, &mut text);
    text.push('\n');
    text
}

/// The scenario as text, not laid out at all.
pub(super) fn plain(scenario: &Scenario) -> String {
    let plain = super::notation().to_string(scenario);
    #[expect(
        clippy::expect_used,
        reason = "plain data into memory; and to go on with no text would be to lose the plan"
    )]
    plain.expect("a scenario has a text")
}

/// Writes a value, after its indentation, with a line for each item where it does not fit on this one.
pub(super) fn lay_out(node: &Node, indent: usize, text: &mut String) {
    // One column is left for the comma that follows.
    if node.items.is_empty() || (indent > 0 && indent + on_one_line(node).chars().count() < WIDTH) {
        text.push_str(&on_one_line(node));
        return;
    }
    text.push_str(&opening(node));
    let mut wrappings = vec![closing(node)];
    let mut inner = node;
    while let Some(wrapped) = inner.wrapped() {
        text.push_str(&opening(wrapped));
        wrappings.push(closing(wrapped));
        inner = wrapped;
    }
    for item in &inner.items {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', indent + INDENT));
        lay_out(item, indent + INDENT, text);
        text.push(',');
    }
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', indent));
    text.extend(wrappings.into_iter().rev());
}

fn on_one_line(node: &Node) -> String {
    let mut line = opening(node);
    for (at, item) in node.items.iter().enumerate() {
        if at > 0 {
            line.push_str(", ");
        }
        line.push_str(&on_one_line(item));
    }
    line.push_str(closing(node));
    line
}

/// Everything before the first item: `name: `, `Cited(`, or the whole of a value without brackets.
fn opening(node: &Node) -> String {
    let label = node.label.map(|label| written(label) + ": ").unwrap_or_default();
    let name = node.name.map(written).unwrap_or_default();
    label + &name + node.open.map_or("", |open| open.text)
}

fn closing(node: &Node) -> &'static str {
    match node.open.map(|open| open.text) {
        Some("(") => ")",
        Some("[") => "]",
        Some(_) => "}",
        None => "",
    }
}

fn written(token: Token) -> String {
    if token.kind == Kind::Text { readable(token.text) } else { token.text.to_owned() }
}

/// The notation escapes apostrophes, accents that join a letter, and the joints of emoji; people should see them.
/// Only what would break the text or can't be seen stays escaped.
fn readable(quoted: &str) -> String {
    let mut readable = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some(at) = rest.find('\\') {
        readable.push_str(&rest[..at]);
        let escape = &rest[at..];
        let (length, shown) = match escape.strip_prefix("\\u{").and_then(|code| code.split_once('}')) {
            Some((code, _)) => {
                (code.len() + 4, u32::from_str_radix(code, 16).ok().and_then(char::from_u32).filter(|c| is_visible(*c)))
            }
            None => (2, escape[1..].chars().next().filter(|c| *c == '\'')),
        };
        match shown {
            Some(shown) => readable.push(shown),
            None => readable.push_str(&escape[..length]),
        }
        rest = &escape[length..];
    }
    readable + rest
}

/// Neither a control character, nor a line break of its own kind, nor one that turns the direction of writing.
fn is_visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::file::parse;
    use crate::scenario::{Note, NoteKind, Source};

    const SMALL: &str = include_str!("../../tests/fixtures/small.ron");

    fn small() -> Scenario {
        parse("small.ron", SMALL).expect("the fixture is sound").scenario
    }

    #[test]
    fn the_fixture_stands_in_the_layout_that_the_planner_writes() {
        assert_eq!(write(&small()), SMALL);
    }

    #[test]
    fn people_see_their_own_letters() {
        let mut scenario = small();
        scenario.title =
            "£5 – ‘é’ it's e\u{301} 👩\u{200d}⚕\u{fe0f} \"quoted\" back\\slash\nnext\u{1b}\u{202e}".to_owned();
        let written = "title: \"£5 – ‘é’ it's e\u{301} 👩\u{200d}⚕\u{fe0f} \\\"quoted\\\" back\\\\slash\\nnext\\u{1b}\\u{202e}\",";
        assert!(write(&scenario).contains(written), "{}", write(&scenario));
        // The rules would refuse such a title; the text still says what it was.
        assert_eq!(crate::file::notation().from_str(&write(&scenario)), Ok(scenario));
    }

    #[test]
    fn no_line_that_could_be_broken_is_longer_than_the_width() {
        for line in write(&small()).lines().filter(|line| line.chars().count() > WIDTH) {
            let texts = line.matches('"').count() / 2;
            assert!(texts <= 1, "{line}");
        }
    }

    /// What the rules let a text be: anything but control characters other than line breaks and tabs.
    fn any_text() -> impl Strategy<Value = String> {
        let any = prop_oneof![
            any::<String>(),
            r#"[ -~\n\r\t\\"'(){}\[\],:/*#£–é\u{0}-\u{1f}\u{301}\u{200d}👩\u{fe0f}\u{2028}]{0,40}"#,
        ];
        any.prop_map(|text| text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_written_reads_back_as_it_was_and_is_written_alike(
            (title, about, reason, note) in (any_text(), any_text(), any_text(), any_text()),
            pounds in 0_i64..1_000_000_000,
        ) {
            let mut scenario = small();
            scenario.title = format!("T{}", title.replace(['\n', '\t'], " ").chars().take(90).collect::<String>());
            let year = "2017/18".parse().expect("a year");
            let scheme = Arc::make_mut(&mut scenario.schemes[0]);
            scheme.about = about;
            let allocation = scheme.allocations.get_mut(year).expect("money in 2017/18");
            allocation.change(crate::money::Money::pounds(pounds).expect("within bounds"));
            allocation.source = Source::Assumption(format!("R{reason}"));
            let kind = NoteKind::Remark;
            scenario.notes.push(Note { kind, text: format!("N{note}"), source: Source::Entered, scheme: None });
            let text = write(&scenario);
            let read = parse("written", &text).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(&read.scenario, &scenario);
            prop_assert_eq!(write(&read.scenario), text);
        }
    }
}
