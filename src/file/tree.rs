//! The shape of a scenario's text: which value stands inside which. Finds the line of a finding, and lets the writer
//! break lines where values end.

use std::borrow::Cow;

use super::tokens::{Kind, Token, tokens};
use crate::scenario::{Place, Step};

/// A value in the text, and those inside it.
#[derive(Debug, Default)]
pub(super) struct Node<'a> {
    /// The field's name or the map's key, where it has one.
    pub(super) label: Option<Token<'a>>,
    /// The value itself, or the name before its bracket: `Cited` of `Cited(…)`.
    pub(super) name: Option<Token<'a>>,
    /// The opening bracket, where the value has one.
    pub(super) open: Option<Token<'a>>,
    /// What stands between the brackets.
    pub(super) items: Vec<Node<'a>>,
    /// The byte after the value, its closing bracket included.
    pub(super) end: usize,
}

impl<'a> Node<'a> {
    /// The byte at which the value begins, its label first.
    pub(super) fn start(&self) -> usize {
        self.label.or(self.name).or(self.open).map_or(0, |token| token.start)
    }

    /// Whether this only wraps another bracket: `Some((…))`, `Service((…))`.
    pub(super) fn wrapped(&self) -> Option<&Node<'a>> {
        match &self.items[..] {
            [only] if self.opens_with("(") && only.label.is_none() && only.open.is_some() => Some(only),
            _ => None,
        }
    }

    /// The same value among `self`'s that `of` is among its own: by its name where it has one.
    pub(super) fn named_like(&self, of: &Node) -> Option<&Node<'a>> {
        self.labelled(&of.label.map(decoded)?)
    }

    fn opens_with(&self, bracket: &str) -> bool {
        self.open.is_some_and(|open| open.text == bracket)
    }

    fn child(&self, step: &Step) -> Option<&Node<'a>> {
        match step {
            Step::Item(index) if self.opens_with("[") => self.items.get(*index),
            Step::Item(_) => None,
            Step::Field(name) => self.labelled(name),
            Step::Key(key) => self.labelled(key),
        }
    }

    fn labelled(&self, wanted: &str) -> Option<&Node<'a>> {
        self.items.iter().find(|item| item.label.is_some_and(|label| decoded(label) == wanted))
    }
}

/// A name as it is meant: what stands between the quotes, if it has any.
fn decoded(label: Token<'_>) -> Cow<'_, str> {
    match label.kind {
        Kind::Text => ron::from_str(label.text).map_or(Cow::Borrowed(label.text), Cow::Owned),
        _ => Cow::Borrowed(label.text),
    }
}

/// The tree of a text that RON has accepted. Of any other text, as much as can be made out.
///
/// Built without recursion; the caller sees to it that brackets are not nested so deep that dropping it recurses far.
pub(super) fn tree(text: &str) -> Node<'_> {
    let mut above: Vec<Node> = Vec::new();
    let mut inside = Node::default();
    let mut pending = Node::default();
    for token in tokens(text) {
        let end = token.start + token.text.len();
        match token.kind {
            Kind::Open => {
                pending.open = Some(token);
                above.push(std::mem::replace(&mut inside, std::mem::take(&mut pending)));
            }
            Kind::Close => {
                settle(&mut pending, &mut inside);
                if let Some(outer) = above.pop() {
                    let closed = Node { end, ..std::mem::replace(&mut inside, outer) };
                    inside.items.push(closed);
                }
            }
            Kind::Comma => settle(&mut pending, &mut inside),
            Kind::Colon => pending.label = pending.name.take(),
            Kind::Word | Kind::Text | Kind::UnclosedComment | Kind::Other => {
                pending.name.get_or_insert(token);
                pending.end = end;
            }
        }
    }
    settle(&mut pending, &mut inside);
    while let Some(outer) = above.pop() {
        let unclosed = Node { end: text.len(), ..std::mem::replace(&mut inside, outer) };
        inside.items.push(unclosed);
    }
    inside.items.into_iter().find(|item| item.open.is_some()).unwrap_or_default()
}

/// A value without brackets ends where the next comma or bracket stands.
fn settle<'a>(pending: &mut Node<'a>, inside: &mut Node<'a>) {
    if pending.label.is_some() || pending.name.is_some() {
        inside.items.push(std::mem::take(pending));
    }
}

/// The byte at which the place begins, or the deepest part of it that stands in the text.
pub(super) fn locate(scenario: &Node, place: &Place) -> usize {
    let mut node = scenario;
    let mut found = scenario.start();
    for step in &place.0 {
        let next = loop {
            match (node.child(step), node.wrapped()) {
                (Some(child), _) => break Some(child),
                (None, Some(inner)) => node = inner,
                (None, None) => break None,
            }
        };
        let Some(next) = next else { break };
        node = next;
        found = next.start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r##"// A comment with ( in it
(
    title: "brackets ( [ { and \" in a text",
    fund: Fund(grant: {"2017/18": (value: "1"), r#"2018/19"#: Some((value: "2")),}),
    schemes: [
        (id: "a", effects: []), /* between [ */
        (id: "b", effects: [(size: 1), (size: Some((low: 2, high: 3)))],),
    ],
    kind: Service((places: (value: "3"))),
)"##;

    fn found(steps: &[Step]) -> &'static str {
        &TEXT[locate(&tree(TEXT), &Place(steps.to_vec()))..]
    }

    #[test]
    fn a_place_is_found_through_names_wrappings_comments_and_trailing_commas() {
        use Step::{Field, Item, Key};
        for (steps, begins) in [
            (vec![], "(\n    title"),
            (vec![Field("title")], "title: \"brackets"),
            (vec![Field("fund"), Field("grant"), Key("2017/18".into())], "\"2017/18\": (value: \"1\")"),
            (vec![Field("fund"), Field("grant"), Key("2018/19".into()), Field("value")], "value: \"2\""),
            (vec![Field("schemes"), Item(1)], "(id: \"b\""),
            (vec![Field("schemes"), Item(1), Field("effects"), Item(1), Field("size"), Field("high")], "high: 3"),
            (vec![Field("kind"), Field("places"), Field("value")], "value: \"3\""),
        ] {
            assert!(found(&steps).starts_with(begins), "{steps:?} gave {:.40}", found(&steps));
        }
    }

    #[test]
    fn of_a_place_that_is_not_there_the_deepest_part_is_found() {
        use Step::{Field, Item, Key};
        assert!(found(&[Field("fund"), Field("name")]).starts_with("fund: Fund("));
        assert!(found(&[Field("fund"), Field("grant"), Key("2030/31".into())]).starts_with("grant: {"));
        assert!(found(&[Field("schemes"), Item(7), Field("id")]).starts_with("schemes: ["));
    }
}
