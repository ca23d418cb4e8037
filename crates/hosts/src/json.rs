//! JSON to nodes.

use std::rc::Rc;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use syntax::Span;

use crate::Broken;
use crate::form::{Escape, Form};
use crate::node::{Node, Value};
use crate::text::{HOLE, Text};

/// The value of a JSON text, in which placeholders may stand.
///
/// # Errors
/// A text that is no JSON.
pub fn read(json: &str) -> Result<Node, Broken> {
    // A placeholder outside of strings is a value; a number has its length.
    let valued = json.contains(HOLE).then(|| holes_as_numbers(json));
    let text = valued.as_deref().unwrap_or(json);
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &options).map_err(|error| Broken {
        message: error.kind().to_string(),
        span: Span { start: error.range().start as u32, end: error.range().end as u32 },
    })?;
    let nothing = Broken { message: String::from("there is no value"), span: Span::default() };
    parsed.value.map(|it| node(&it, text)).ok_or(nothing)
}

fn node(value: &ast::Value, json: &str) -> Node {
    let range = value.range();
    let span = Span { start: range.start as u32, end: range.end as u32 };
    let value = match value {
        ast::Value::StringLit(_) => Value::Scalar { text: string(json, span), plain: false },
        ast::Value::Array(it) => Value::List(it.elements.iter().map(|it| Rc::new(node(it, json))).collect()),
        ast::Value::Object(it) => Value::Map(it.properties.iter().map(|it| property(it, json)).collect()),
        ast::Value::NumberLit(_) | ast::Value::BooleanLit(_) | ast::Value::NullKeyword(_) => {
            let mut text = Text::written(Form::plain());
            text.push(span.text(json), span.start as usize);
            Value::Scalar { text, plain: true }
        }
    };
    Node { span, tag: None, value }
}

fn property(it: &ast::ObjectProp, json: &str) -> (Rc<Node>, Rc<Node>) {
    let range = it.name.range();
    let span = Span { start: range.start as u32, end: range.end as u32 };
    let key = Node { span, tag: None, value: Value::Scalar { text: string(json, span), plain: false } };
    (Rc::new(key), Rc::new(node(&it.value, json)))
}

/// A string that stands here, its quotes included.
fn string(json: &str, span: Span) -> Text {
    let raw = span.text(json);
    let raw = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    let start = span.start as usize + 1;
    let line_break = if raw.contains("\\n") { "\\n" } else { " " };
    let mut text = Text::written(Form::one_line(Escape::DoubleQuoted, line_break)).from_byte(span.start);
    let mut at = 0;
    while let Some(next) = raw[at..].find('\\') {
        text.push(&raw[at..at + next], start + at);
        at += next;
        let (sign, length) = escape(&raw[at..]);
        text.push_coded(&sign, Span { start: (start + at) as u32, end: (start + at + length) as u32 });
        at += length;
    }
    text.push(&raw[at..], start + at);
    text
}

/// An escape, and how many bytes it has. The parser has refused what is none.
fn escape(raw: &str) -> (String, usize) {
    let unit = |at: usize| raw.get(at..at + 4).and_then(|it| u16::from_str_radix(it, 16).ok());
    let sign = match raw[1..].chars().next() {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('u') => {
            let Some(first) = unit(2) else { return (String::new(), raw.len()) };
            let second = (raw.get(6..8) == Some("\\u")).then(|| unit(8)).flatten();
            let pair = [Some(first), second].into_iter().flatten();
            let decoded = char::decode_utf16(pair).next().and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER);
            return (decoded.to_string(), if u32::from(decoded) > 0xffff { 12 } else { 6 });
        }
        Some(other) => return (other.to_string(), 1 + other.len_utf8()),
        None => return (String::new(), 1),
    };
    (sign.to_string(), 2)
}

/// The same text with a number for each placeholder that stands outside of strings.
fn holes_as_numbers(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let (mut quoted, mut escaped) = (false, false);
    for it in json.chars() {
        if HOLE.starts_with(it) && !quoted {
            text.push_str("  0");
            continue;
        }
        if it == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && it == '\\' && !escaped;
        text.push(it);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn escapes_lead_back_to_their_bytes() {
        let json = r#"{"q": "a\n\"\u00e9\ud83d\ude00\/é"}"#;
        let node = read(json).unwrap();
        let text = node.get("q").unwrap().text().unwrap();
        assert_eq!(text.as_str(), "a\n\"é😀/é");
        let places: Vec<&str> = text
            .as_str()
            .char_indices()
            .map(|(at, it)| text.place(Span { start: at as u32, end: (at + it.len_utf8()) as u32 }).text(json))
            .collect();
        assert_eq!(places, ["a", "\\n", "\\\"", "\\u00e9", "\\ud83d\\ude00", "\\/", "é"]);
    }

    #[test]
    fn placeholders_are_values_and_parts_of_strings() {
        let node = read("{\"a\": \u{fffc}, \"b\": \"x\\\"\u{fffc}\"}").unwrap();
        assert_eq!(node.get("a").unwrap().as_str(), Some("0"));
        assert_eq!(node.get("b").unwrap().as_str(), Some("x\"\u{fffc}"));
    }

    #[test]
    fn json_is_read_strictly() {
        for text in [
            "",
            "{",
            "{\"a\": 1,}",
            "{'a': 1}",
            "// x\n{}",
            "{a: 1}",
            "[1 2]",
            "{} {}",
            "\"\\x41\"",
            "\"\\ud8",
            "\"\\ud800\"",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
        assert_eq!(read("{\"a\": 1,\n}").unwrap_err().span.start, 7);
    }
}
