//! As much of a newer planner's file as this one knows: to look at, never to be saved over it.

use std::ops::Range;
use std::path::Path;

use ron::error::Error;

use super::format::upgraded;
use super::read::{Opened, ReadError, located, malformed, read_text, sound_body};
use super::tokens::{Kind, tokens};
use super::tree::{Node, tree};
use super::{notation, words, write};
use crate::scenario::{FORMAT, Scenario, Severity, check};

/// The most bytes that are gone through, all rounds together: a field that is not known costs a round, wherever else it
/// stands.
const MOST_READ: usize = 128 * 1024 * 1024;
/// The most fields that are left out; a file with more is another thing altogether.
const MOST_FIELDS: usize = 64;

/// A newer file, as far as it is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newer {
    /// What is known of it, as this planner would write it.
    pub opened: Opened,
    /// The format that the file says it is in.
    pub format: u32,
    /// What is not known of it and left out, in the file's order.
    pub left_out: Vec<LeftOut>,
}

/// A field that is not known here, wherever the same one stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub field: String,
    /// The fields that lead to it: `schemes › effects`; nothing at the top of the file.
    pub inside: String,
    /// How often it stands there.
    pub count: usize,
}

impl Newer {
    /// How many things are left out.
    pub fn count(&self) -> usize {
        self.left_out.iter().map(|left_out| left_out.count).sum()
    }

    /// What is left out: `“review” in schemes (10 times), “panel”`.
    pub fn in_words(&self) -> String {
        let said = self.left_out.iter().map(|LeftOut { field, inside, count }| {
            let inside = if inside.is_empty() { String::new() } else { format!(" in {inside}") };
            let count = if *count == 1 { String::new() } else { format!(" ({count} times)") };
            format!("“{field:.64}”{inside}{count}")
        });
        said.collect::<Vec<_>>().join(", ")
    }
}

/// Reads what is known of a file that [`super::read`] refuses as newer. Errs where that is not sound by itself.
pub fn read_newer(path: &Path) -> Result<Newer, ReadError> {
    let (name, text) = read_text(path)?;
    parse_newer(&name, &text)
}

/// The same of a text.
pub fn parse_newer(name: &str, text: &str) -> Result<Newer, ReadError> {
    let mut body = sound_body(name, text)?.to_owned();
    let mut left_out: Vec<(usize, LeftOut)> = Vec::new();
    let mut unread = MOST_READ;
    let mut scenario: Scenario = loop {
        let error = match notation().from_str(&body) {
            Ok(scenario) => break scenario,
            Err(error) => error,
        };
        let (at, words) = words::explain(&body, &error);
        unread = unread.saturating_sub(body.len());
        if !matches!(error.code, Error::NoSuchStructField { .. }) || unread == 0 || left_out.len() == MOST_FIELDS {
            return Err(malformed(name, &body, at, words));
        }
        let Some((like, taken)) = alike(&body, at) else { return Err(malformed(name, &body, at, words)) };
        body = without(&body, &taken);
        left_out.push((at, LeftOut { count: taken.len(), ..like }));
    };
    let format = scenario.format;
    scenario = upgraded(scenario, FORMAT);
    let findings = located(&body, check::check(&scenario));
    if findings.iter().any(|located| located.finding.severity == Severity::Error) {
        return Err(ReadError::Refused { name: name.to_owned(), findings });
    }
    left_out.sort_by_key(|(at, _)| *at);
    let text = write(&scenario);
    let opened = Opened { scenario, text, warnings: findings };
    Ok(Newer { opened, format, left_out: left_out.into_iter().map(|(_, left_out)| left_out).collect() })
}

/// The field whose name stands at a byte, and where in the text the same field of the same kind of thing stands.
fn alike(text: &str, at: usize) -> Option<(LeftOut, Vec<Range<usize>>)> {
    let tree = tree(text);
    let mut way = Vec::new();
    let field = found(&tree, at, &mut way)?.label?.text.to_owned();
    let mut taken = Vec::new();
    collect(&tree, &way, &field, &mut taken);
    let names = way.iter().filter_map(|step| step.label).collect::<Vec<_>>();
    Some((LeftOut { field, inside: names.join(" › "), count: 0 }, taken))
}

/// A step towards a field: the name or place of what holds it, and which kind of thing it is, where it says so.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Step<'a> {
    label: Option<&'a str>,
    kind: Option<&'a str>,
}

/// A key in quotes, such as a year, is one among its like; so is the item of a list.
fn step<'a>(node: &Node<'a>) -> Step<'a> {
    let label = node.label.filter(|label| label.kind == Kind::Word).map(|label| label.text);
    Step { label, kind: node.open.and(node.name).map(|name| name.text) }
}

/// The value whose label begins at a byte, and the steps to what holds it.
fn found<'a, 'b>(node: &'b Node<'a>, at: usize, way: &mut Vec<Step<'a>>) -> Option<&'b Node<'a>> {
    way.push(step(node));
    for item in node.items.iter().filter(|item| (item.start()..item.end).contains(&at)) {
        if item.label.is_some_and(|label| label.start == at) {
            return Some(item);
        }
        if let Some(deeper) = found(item, at, way) {
            return Some(deeper);
        }
    }
    way.pop();
    None
}

/// Where the same steps lead to a field of that name.
fn collect(node: &Node, way: &[Step], field: &str, taken: &mut Vec<Range<usize>>) {
    let Some((first, rest)) = way.split_first() else { return };
    if step(node) != *first {
        return;
    }
    for item in &node.items {
        if !rest.is_empty() {
            collect(item, rest, field, taken);
        } else if item.label.is_some_and(|label| label.text == field) {
            taken.push(item.start()..item.end);
        }
    }
}

/// The text with blanks in the place of some of it and of the comma that follows each, so that all else stays where it is.
fn without(text: &str, taken: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in taken {
        let comma = tokens(&text[range.end..]).next().filter(|token| token.kind == Kind::Comma);
        let comma = comma.map(|comma| range.end + comma.start);
        for at in range.clone().chain(comma) {
            if bytes[at] != b'\n' {
                bytes[at] = b' ';
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default() // whole values were blanked, so what is left is text
}
