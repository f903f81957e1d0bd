//! XML as pictures and board papers are written in: elements, attributes and text, with everything escaped.

use std::fmt::Display;

/// An element with what it holds.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    inside: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), inside: Vec::new() }
    }

    /// The same with an attribute more.
    pub(super) fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// The same with another element at its end.
    pub(super) fn holding(mut self, element: Self) -> Self {
        self.push(element);
        self
    }

    /// The same with other elements at its end.
    pub(super) fn holding_all(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.inside.extend(elements.into_iter().map(Node::Element));
        self
    }

    /// The same with text at its end.
    pub(super) fn saying(mut self, text: impl Into<String>) -> Self {
        self.inside.push(Node::Text(text.into()));
        self
    }

    /// Puts another element at its end.
    pub(super) fn push(&mut self, element: Self) {
        self.inside.push(Node::Element(element));
    }

    /// As a document of its own.
    pub(super) fn document(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        self.write(&mut text);
        text.push('\n');
        text
    }

    fn write(&self, text: &mut String) {
        text.extend(["<", self.name]);
        for (name, value) in &self.attributes {
            text.extend([" ", name, "=\""]);
            escape(value, text);
            text.push('"');
        }
        if self.inside.is_empty() {
            text.push_str("/>");
            return;
        }
        text.push('>');
        for node in &self.inside {
            match node {
                Node::Element(element) => element.write(text),
                Node::Text(words) => escape(words, text),
            }
        }
        text.extend(["</", self.name, ">"]);
    }
}

/// What has a meaning in XML is written so that it has none; what XML can't hold at all is replaced.
fn escape(words: &str, text: &mut String) {
    for c in words.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\t' | '\n' | '\r' => text.push_str(match c {
                '\t' => "&#9;",
                '\n' => "&#10;",
                _ => "&#13;",
            }),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
            _ => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back_from_an_xml_parser_but_for_what_xml_cannot_hold() {
        let hostile = "a < b & \"c\" > ]]> \u{2028} é\t\r\n'";
        let written = Element::new("a").with("b", hostile).saying(hostile).saying("\u{0}\u{1b}\u{ffff}").document();
        let read = roxmltree::Document::parse(&written).expect("XML");
        assert_eq!(read.root_element().attribute("b"), Some(hostile));
        assert_eq!(read.root_element().text(), Some(format!("{hostile}\u{fffd}\u{fffd}\u{fffd}").as_str()));
    }
}
