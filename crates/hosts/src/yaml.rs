//! YAML to nodes.

use std::collections::HashMap;
use std::rc::Rc;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Tag};
use syntax::Span;

use crate::Broken;
use crate::node::{Node, Value};
use crate::scalar::{self, Style};
use crate::text::Text;

/// The documents of a YAML text.
///
/// # Errors
/// A text that is no YAML, with the parser's own words.
pub fn read(yaml: &str) -> Result<Vec<Node>, Broken> {
    let mut documents = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, Rc<Node>> = HashMap::new();
    for event in Parser::new_from_str(yaml) {
        let (event, span) = event.map_err(|it| broken(&it, yaml))?;
        let span = byte_span(&span, yaml);
        let (node, anchor) = match event {
            Event::Scalar(value, style, anchor, tag) => {
                let text = text(yaml, &value, style, span);
                let value = Value::Scalar { text, plain: style == ScalarStyle::Plain };
                (Node { span, tag: local(tag.as_deref()), value }, anchor)
            }
            Event::SequenceStart(_, anchor, tag) => {
                open.push(Open { span, tag: local(tag.as_deref()), anchor, nodes: Vec::new() });
                continue;
            }
            Event::MappingStart(_, anchor, tag) => {
                open.push(Open { span, tag: local(tag.as_deref()), anchor, nodes: Vec::new() });
                continue;
            }
            Event::SequenceEnd => match open.pop() {
                Some(it) => (it.close(span, Value::List), it.anchor),
                None => continue,
            },
            Event::MappingEnd => match open.pop() {
                Some(it) => (it.close(span, pairs), it.anchor),
                None => continue,
            },
            Event::Alias(anchor) => {
                let Some(node) = anchors.get(&anchor) else { continue };
                match open.last_mut() {
                    Some(parent) => parent.nodes.push(node.clone()),
                    None => documents.push((**node).clone()),
                }
                continue;
            }
            _ => continue,
        };
        let node = Rc::new(node);
        if anchor > 0 {
            anchors.insert(anchor, node.clone());
        }
        match open.last_mut() {
            Some(parent) => parent.nodes.push(node),
            None => documents.push(Rc::unwrap_or_clone(node)),
        }
    }
    Ok(documents)
}

/// A list or map that is not at its end.
struct Open {
    span: Span,
    tag: Option<String>,
    anchor: usize,
    nodes: Vec<Rc<Node>>,
}

impl Open {
    fn close(&self, end: Span, value: fn(Vec<Rc<Node>>) -> Value) -> Node {
        Node { span: self.span.to(end), tag: self.tag.clone(), value: value(self.nodes.clone()) }
    }
}

fn pairs(nodes: Vec<Rc<Node>>) -> Value {
    Value::Map(nodes.chunks_exact(2).map(|it| (it[0].clone(), it[1].clone())).collect())
}

/// The name of a tag such as `!Sub`; the tags of YAML itself say nothing here.
fn local(tag: Option<&Tag>) -> Option<String> {
    tag.filter(|it| it.handle() == "!").map(|it| it.suffix().to_owned())
}

fn text(yaml: &str, value: &str, style: ScalarStyle, span: Span) -> Text {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    };
    scalar::decode(yaml, value, style, span)
}

fn byte_span(span: &granit_parser::Span, yaml: &str) -> Span {
    let range = span.byte_range().unwrap_or_default();
    Span { start: range.start.min(yaml.len()) as u32, end: range.end.min(yaml.len()) as u32 }
}

fn broken(error: &ScanError, yaml: &str) -> Broken {
    let at = error.marker().byte_offset().unwrap_or_default().min(yaml.len()) as u32;
    Broken { message: error.info(), span: Span { start: at, end: at } }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Every character of a scalar with the bytes it came from.
    fn places(yaml: &str) -> Vec<(String, &str)> {
        let documents = read(yaml).unwrap();
        let text = documents[0].get("q").unwrap().text().unwrap().clone();
        let place = |(at, it): (usize, char)| {
            let span = Span { start: at as u32, end: (at + it.len_utf8()) as u32 };
            (it.to_string(), text.place(span).text(yaml))
        };
        text.as_str().char_indices().map(place).collect()
    }

    fn spelt(yaml: &str) -> (String, String) {
        let places = places(yaml);
        (places.iter().map(|it| it.0.as_str()).collect(), places.iter().map(|it| it.1).collect::<Vec<_>>().join("·"))
    }

    #[test]
    fn every_style_leads_back_to_its_bytes() {
        for (yaml, text, bytes) in [
            ("q: a b", "a b", "a· ·b"),
            ("q: a\n   b\n\n   c", "a b\nc", "a·\n   ·b·\n\n   ·c"),
            ("q: 'it''s'", "it's", "i·t·''·s"),
            ("q: \"a\\tb\\\n  c\"", "a\tbc", "a·\\t·b·c"),
            ("q: \"\\u00e9\\x41\\U0001F600\"", "éA😀", "\\u00e9·\\x41·\\U0001F600"),
            ("q: |\n  a\n   b\n\n  c\n", "a\n b\n\nc\n", "a·\n· ·b·\n·\n·c·\n"),
            ("q: |-\n\n  a\n", "\na", "·a"),
            ("q: >\n  a\n  b\n\n  c\n   d\n  e\n", "a b\nc\n d\ne\n", "a·\n  ·b·\n\n  ·c·\n· ·d·\n·e·\n"),
            ("q: |2\n    é\n", "  é\n", " · ·é·\n"),
            ("q: |\n  a\r\n  b\r\n", "a\nb\n", "a·\r\n·b·\r\n"),
        ] {
            let (read, places) = spelt(yaml);
            assert_eq!(read, text, "{yaml:?}");
            assert_eq!(places, bytes, "{yaml:?}");
        }
    }

    #[test]
    fn aliases_merges_and_tags() {
        let node = &read("a: &x {k: !Sub v}\nb: *x\nc:\n  <<: *x\n  l: 1").unwrap()[0];
        assert_eq!(node.path(&["b", "k"]).unwrap().tag.as_deref(), Some("Sub"));
        assert_eq!(node.path(&["c", "k"]).unwrap().as_str(), Some("v"));
        assert!(node.path(&["c", "m"]).is_none());
    }

    #[test]
    fn what_is_no_yaml_is_told_at_its_place() {
        let yaml = "a: b\nc: [1, 2\nd: {";
        let fault = read(yaml).unwrap_err();
        assert!(!fault.message.is_empty() && fault.span.start > 5, "{fault:?}");
        for odd in ["\u{0}", "&a *a", "*b", "? ", "- - - -", "!<", "%", "\"\\ud800\"", "|\n\t", "a: >9\n b"] {
            let _ = read(odd);
        }
        assert!(read(&"[".repeat(100_000)).is_err());
    }
}
