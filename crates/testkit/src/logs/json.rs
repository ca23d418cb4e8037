//! JSON as all sorts of programs write it: blanks here and there, escapes nobody needed, odd keys, odd numbers.

use crate::random::Random;
use crate::vocabulary::{ADDRESSES, LEVELS, OPERATIONS, REQUESTS};

/// How a writer lays its JSON out; it stays the same through one text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// `{"a":1,"b":[2]}`
    Compact,
    /// `{"a": 1, "b": [2]}`
    Spaced,
    /// `{ "a" : 1 , "b" : [ 2 ] }`
    Loose,
    /// Over several lines, indented.
    Pretty,
}

impl Style {
    /// The styles of one line.
    pub const ONE_LINE: &[Style] = &[Style::Compact, Style::Compact, Style::Spaced, Style::Loose];

    /// Puts the parts of an object or an array between its brackets.
    pub(crate) fn join(self, open: char, parts: &[String], close: char) -> String {
        match self {
            _ if parts.is_empty() => format!("{open}{close}"),
            Style::Compact => format!("{open}{}{close}", parts.join(",")),
            Style::Spaced => format!("{open}{}{close}", parts.join(", ")),
            Style::Loose => format!("{open} {} {close}", parts.join(" , ")),
            Style::Pretty => format!("{open}\n  {}\n{close}", parts.join(",\n").replace('\n', "\n  ")),
        }
    }

    /// A key with its value.
    pub(crate) fn pair(self, key: &str, value: &str) -> String {
        match self {
            Style::Compact => format!("{key}:{value}"),
            Style::Spaced | Style::Pretty => format!("{key}: {value}"),
            Style::Loose => format!("{key} : {value}"),
        }
    }
}

/// Keys that are no plain names.
const ODD_KEYS: &[&str] =
    &["found-at", "a.b", "1st", "42", "@entity", "@message", "", "with blank", "ключ", "back`tick", "quo\"te"];

/// An object of the vocabulary whose values are no objects or arrays.
pub(super) fn flat(random: &mut Random, style: Style) -> String {
    let mut pairs = plain_pairs(random, style);
    random.shuffle(&mut pairs);
    style.join('{', &pairs, '}')
}

/// An object of the vocabulary with objects and arrays in it.
pub(super) fn nested(random: &mut Random, style: Style) -> String {
    let mut pairs = plain_pairs(random, style);
    if !random.one_in(4) {
        let value = code(random, style, 2);
        pairs.push(style.pair("\"nested\"", &value));
    }
    if !random.one_in(3) {
        let items: Vec<String> = (0..random.below(4)).map(|_| item(random, style)).collect();
        pairs.push(style.pair("\"items\"", &style.join('[', &items, ']')));
    }
    if random.one_in(2) {
        let tags: Vec<String> = (0..random.below(4)).map(|_| scalar(random)).collect();
        pairs.push(style.pair("\"tags\"", &style.join('[', &tags, ']')));
    }
    if random.one_in(3) {
        let inner = flat(random, Style::Compact);
        pairs.push(style.pair("\"payload\"", &string(random, &inner)));
    }
    if random.one_in(5) {
        pairs.push(style.pair("\"empty\"", random.word(&["{}", "[]", "[[]]", "{\"x\":{}}", "[{}, []]"])));
    }
    if random.one_in(20) {
        let deep = (0..40).fold("1".to_string(), |inner, level| {
            if level % 2 == 0 { format!("[{inner}]") } else { format!("{{\"d\":{inner}}}") }
        });
        pairs.push(style.pair("\"deep\"", &deep));
    }
    random.shuffle(&mut pairs);
    style.join('{', &pairs, '}')
}

/// An array of objects: a message may be one.
pub(super) fn array(random: &mut Random, style: Style) -> String {
    let items: Vec<String> = (0..random.below(4)).map(|_| item(random, style)).collect();
    style.join('[', &items, ']')
}

/// An object in which a plain key stands twice.
pub(super) fn twice(random: &mut Random, style: Style) -> String {
    let mut pairs = plain_pairs(random, style);
    for _ in 0..random.between(1, 3) {
        let again = pair(random, style, random_key);
        pairs.push(again);
        let level = pair(random, style, |random| random.word(&["level", "latency", "status"]).to_string());
        pairs.push(level);
    }
    style.join('{', &pairs, '}')
}

/// A text in quotes, escaped as JSON wants it, and now and then where it need not be.
pub(crate) fn string(random: &mut Random, text: &str) -> String {
    let eager = random.one_in(6);
    let mut quoted = String::from('"');
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            '/' if eager && random.one_in(2) => quoted.push_str("\\/"),
            _ if char < ' ' || (eager && random.one_in(8)) => {
                let mut units = [0; 2];
                for unit in char.encode_utf16(&mut units) {
                    quoted.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

fn plain_pairs(random: &mut Random, style: Style) -> Vec<String> {
    let mut pairs = Vec::new();
    for key in
        ["level", "message", "requestId", "operation", "latency", "status", "accountId", "found", "found-at", "client"]
    {
        if !random.one_in(4) {
            let value = value(random, key);
            let key = string(random, key);
            pairs.push(style.pair(&key, &value));
        }
    }
    if random.one_in(8) {
        pairs.push(pair(random, style, |random| random.word(ODD_KEYS).to_string()));
    }
    pairs
}

fn pair(random: &mut Random, style: Style, key: fn(&mut Random) -> String) -> String {
    let key = key(random);
    let value = value(random, &key);
    style.pair(&string(random, &key), &value)
}

fn random_key(random: &mut Random) -> String {
    random.word(&["message", "requestId", "operation", "found"]).to_string()
}

/// What a key of the vocabulary mostly holds, and now and then anything.
fn value(random: &mut Random, key: &str) -> String {
    if random.one_in(6) {
        return scalar(random);
    }
    match key {
        "level" => quoted_pick(random, LEVELS),
        "operation" => quoted_pick(random, OPERATIONS),
        "requestId" => quoted_pick(random, REQUESTS),
        "client" => quoted_pick(random, ADDRESSES),
        "latency" | "id" | "code" => random.json_number(),
        "status" => random.word(&["200", "200", "\"200\"", "404", "500", "\"ok\"", "204.0", "2e2"]).to_string(),
        "accountId" => match random.below(3) {
            0 => format!("\"{}\"", random.digits(12, 40)),
            _ => format!("1{}", random.digits(11, 39)),
        },
        "found" | "flag" => {
            random.word(&["true", "false", "true", "false", "1", "0", "\"true\"", "\"false\""]).to_string()
        }
        "found-at" => format!("\"2026-01-0{}T0{}:00:00Z\"", random.between(1, 9), random.between(0, 9)),
        _ => {
            let text = random.text();
            string(random, &text)
        }
    }
}

fn scalar(random: &mut Random) -> String {
    match random.below(6) {
        0 => "null".to_string(),
        1 => random.word(&["true", "false"]).to_string(),
        2 => random.json_number(),
        3 => "\"\"".to_string(),
        _ => {
            let text = random.text();
            string(random, &text)
        }
    }
}

fn quoted_pick(random: &mut Random, choices: &[&str]) -> String {
    let text = random.word(choices);
    string(random, text)
}

/// `{"code": 3, "reason": "…", "deep": {"flag": true}}`
fn code(random: &mut Random, style: Style, depth: usize) -> String {
    let mut pairs = Vec::new();
    for key in ["code", "reason"] {
        if !random.one_in(4) {
            pairs.push(style.pair(&format!("\"{key}\""), &value(random, key)));
        }
    }
    if depth > 0 && random.one_in(2) {
        let flag = style.pair("\"flag\"", &value(random, "flag"));
        let inner = if random.one_in(4) { code(random, style, depth - 1) } else { style.join('{', &[flag], '}') };
        pairs.push(style.pair("\"deep\"", &inner));
    }
    style.join('{', &pairs, '}')
}

fn item(random: &mut Random, style: Style) -> String {
    match random.below(6) {
        0 => scalar(random),
        1 => "{}".to_string(),
        2 => style.join('[', &[scalar(random), scalar(random)], ']'),
        _ => {
            let id = style.pair("\"id\"", &value(random, "id"));
            let name = style.pair("\"name\"", &scalar(random));
            style.join('{', &[id, name], '}')
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::Value;

    #[test]
    fn whatever_the_style_it_is_json() {
        let mut random = Random::new(2);
        for style in [Style::Compact, Style::Spaced, Style::Loose, Style::Pretty] {
            for _ in 0..200 {
                for text in [
                    flat(&mut random, style),
                    nested(&mut random, style),
                    array(&mut random, style),
                    twice(&mut random, style),
                ] {
                    assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
                    assert!(style == Style::Pretty || !text.contains('\n'));
                }
            }
        }
    }

    #[test]
    fn escapes_come_back() {
        let mut random = Random::new(3);
        for _ in 0..500 {
            let text = format!("{}\n\t\"\\/\u{1}👩", random.text());
            let quoted = string(&mut random, &text);
            assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text, "{quoted}");
        }
    }
}
