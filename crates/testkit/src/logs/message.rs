//! What an event says: one kind of message at a time.

use super::json::{self, Style};
use super::service;
use crate::random::Random;
use crate::time;
use crate::vocabulary::{LEVELS, OPERATIONS, REQUESTS};

/// The kinds of message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageKind {
    /// A JSON object without objects or arrays in it.
    FlatJson,
    /// A JSON object with both, or an array.
    NestedJson,
    /// JSON with text in front of it or behind.
    JsonInText,
    /// Torn, unbalanced, with a key twice or without a comma.
    BrokenJson,
    /// What Lambda itself writes, and what functions write through it.
    Lambda,
    /// What Lambda itself writes in its JSON log format.
    LambdaJson,
    /// Records of VPC flow logs and queries to Route 53.
    Network,
    /// One line of text.
    Plain,
    /// Several lines; one of them may look like the head of another event.
    Lines,
}

impl MessageKind {
    /// All kinds.
    pub const ALL: &[MessageKind] = &[
        MessageKind::FlatJson,
        MessageKind::NestedJson,
        MessageKind::JsonInText,
        MessageKind::BrokenJson,
        MessageKind::Lambda,
        MessageKind::LambdaJson,
        MessageKind::Network,
        MessageKind::Plain,
        MessageKind::Lines,
    ];

    /// The kinds whose every message is a JSON object on one line.
    pub const OBJECTS: &[MessageKind] = &[MessageKind::FlatJson];
}

/// A message of this kind, written at this time.
pub(super) fn message(random: &mut Random, kind: MessageKind, time: i64) -> String {
    let style = *random.pick(Style::ONE_LINE);
    match kind {
        MessageKind::FlatJson => json::flat(random, style),
        MessageKind::NestedJson if random.one_in(10) => json::array(random, style),
        MessageKind::NestedJson => json::nested(random, style),
        MessageKind::JsonInText => json_in_text(random, style, time),
        MessageKind::BrokenJson => broken(random, style),
        MessageKind::Lambda => service::lambda(random, style, time),
        MessageKind::LambdaJson => service::lambda_json(random, style, time),
        MessageKind::Network => service::network(random, time),
        MessageKind::Plain => plain(random, time),
        MessageKind::Lines => lines(random, time),
    }
}

fn json_in_text(random: &mut Random, style: Style, time: i64) -> String {
    let object = if random.one_in(3) { json::flat(random, style) } else { json::nested(random, style) };
    let (level, request) = (random.word(LEVELS), random.word(REQUESTS));
    let front = match random.below(8) {
        0 => format!("[{level}]\t{}\t{request}\t", time::iso(time)),
        1 => format!("{level}: "),
        2 => "set {a, b} of [1] = ".to_string(),
        3 => "{} then ".to_string(),
        4 => "{x: 1} ".to_string(),
        5 => String::new(),
        _ => format!("{}\t{request}\t{level}\t", time::iso(time)),
    };
    let behind = match random.below(6) {
        0 => " done".to_string(),
        1 => "\n".to_string(),
        2 => format!(" {}", json::flat(random, Style::Compact)),
        3 => "}".to_string(),
        _ => String::new(),
    };
    format!("{front}{object}{behind}")
}

fn broken(random: &mut Random, style: Style) -> String {
    let whole = if random.one_in(2) { json::flat(random, style) } else { json::nested(random, style) };
    let chars: Vec<char> = whole.chars().collect();
    match random.below(6) {
        0 => chars.iter().take(random.below(chars.len())).collect(),
        1 => without(random, &chars, &['{', '}', '[', ']']),
        2 => without(random, &chars, &[',', ':']),
        3 => format!("{whole}{}", random.word(&["}", "]", ",", "{", "\"", ",\"a\":1}"])),
        _ => json::twice(random, style),
    }
}

/// The text without one of its characters that is one of these.
fn without(random: &mut Random, chars: &[char], these: &[char]) -> String {
    let places: Vec<usize> = (0..chars.len()).filter(|it| these.contains(&chars[*it])).collect();
    let hole = if places.is_empty() { chars.len() } else { *random.pick(&places) };
    chars.iter().enumerate().filter(|(place, _)| *place != hole).map(|(_, it)| it).collect()
}

fn plain(random: &mut Random, time: i64) -> String {
    let (level, operation) = (random.word(LEVELS), random.word(OPERATIONS));
    match random.below(8) {
        0 => random.text(),
        1 => format!("{} {} Task timed out after 3.00 seconds", time::iso(time), random.word(REQUESTS)),
        2 => format!("[{level}] user={} operation={operation} took {} ms", random.words(1, 1), random.json_number()),
        3 => format!(
            "10.0.{}.{} - - \"GET /{operation}?q={} HTTP/1.1\" 200 {}",
            random.below(9),
            random.below(256),
            random.hex(2),
            random.below(9000)
        ),
        4 => format!("level={level} latency={} operation={operation}", random.json_number()),
        5 => format!("{level}: {}", random.text()),
        _ => format!("[{level}] {operation} {}", random.words(1, 8)),
    }
}

fn lines(random: &mut Random, time: i64) -> String {
    let mut text = match random.below(3) {
        0 => json::nested(random, Style::Pretty),
        1 => format!("[{}] {}: {}", random.word(LEVELS), random.words(1, 1), random.words(1, 5)),
        _ => plain(random, time),
    };
    for _ in 0..random.below(5) {
        text.push('\n');
        match random.below(6) {
            0 => {}
            1 if random.one_in(3) => text.push_str(&format!("{} {}", time::iso(time + 1), random.words(1, 3))),
            2 => text.push_str(&json::flat(random, Style::Compact)),
            _ => text.push_str(&format!("    at {} (line {})", random.words(1, 1), random.below(500))),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_what_they_say() {
        let mut random = Random::new(4);
        for _ in 0..300 {
            for kind in MessageKind::OBJECTS {
                let text = message(&mut random, *kind, 0);
                assert!(serde_json::from_str::<serde_json::Map<_, _>>(&text).is_ok(), "{text}");
            }
            assert!(!message(&mut random, MessageKind::Plain, 0).contains('\n'));
        }
    }

    #[test]
    fn broken_is_mostly_broken() {
        let mut random = Random::new(4);
        let broken = (0..300).filter(|_| {
            let text = message(&mut random, MessageKind::BrokenJson, 0);
            serde_json::from_str::<serde_json::Value>(&text).is_err()
        });
        assert!((100..290).contains(&broken.count()));
    }
}
