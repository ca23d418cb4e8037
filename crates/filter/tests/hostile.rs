//! Patterns and messages made to do harm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::{Duration, Instant};

use filter::{LONGEST, Pattern};
use testkit::random::Random;

/// What patterns are made of, and what might upset a parser.
const PIECES: &[&str] = &[
    "{", "}", "[", "]", "(", ")", "$", ".", "$.a", "[0]", "[*]", ".*", "['a.b']", "['", "[\"", "a", "ERROR", "\"",
    "\\", "\"x\"", "%", "%a+%", "\\x", "\\d", "\\W", "\t", "*", "4*", "=", "!=", "<", ">=", "==", "&&", "||", "&", "|",
    "IS", "NULL", "NOT", "EXISTS", "TRUE", "...", "…", ",", "-", "?", "+", "1", "10e-3", " ", "\n", "\u{a0}", "ä",
    "日本", "🦀", "'", "\0", ":", "and",
];

#[test]
fn no_text_upsets_the_parser_and_no_pattern_the_matcher() {
    let mut random = Random::new(20_260);
    let mut pick = |most: usize| -> String {
        let count = random.below(most) + 1;
        (0..count).map(|_| PIECES[random.below(PIECES.len())]).collect()
    };
    let mut read = 0;
    for _ in 0..30_000 {
        let (text, message) = (pick(12), pick(20));
        let around = [
            text.clone(),
            format!("{{ $.a {text} }}"),
            format!("{{ $.{text} = 1 }}"),
            format!("[a {text}]"),
            format!("%{text}%"),
        ];
        for text in around {
            match Pattern::parse(&text) {
                Ok(pattern) => {
                    read += 1;
                    pattern.matches(&message);
                    pattern.matches(&format!("{{\"a\": [{message}]}}"));
                }
                Err(error) => assert!(text.get(error.place.clone()).is_some(), "{text:?}: {error:?}"),
            }
        }
    }
    assert!(read > 1_000, "{read} patterns could be read");
}

#[test]
fn long_patterns_are_refused() {
    let error = Pattern::parse(&"a".repeat(LONGEST + 1)).unwrap_err();
    assert_eq!(error.message, "a filter pattern has at most 1024 characters");
    assert!(Pattern::parse(&"ä".repeat(LONGEST)).unwrap_err().message.starts_with("invalid character"));
    assert!(Pattern::parse(&"a".repeat(LONGEST)).is_ok());
}

#[test]
fn deep_parentheses_and_deep_json_end() {
    let nested = |depth: usize| format!("{{ {}$.a = 1{} }}", "(".repeat(depth), ")".repeat(depth));
    assert!(Pattern::parse(&nested(50)).unwrap().matches("{\"a\": 1}"));
    assert_eq!(Pattern::parse(&nested(51)).unwrap_err().message, "parentheses stand too deep in one another");
    assert_eq!(Pattern::parse(&nested(500)).unwrap_err().message, "parentheses stand too deep in one another");
    let deep = format!("{{\"b\": {}{}, \"a\": 1}}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(!Pattern::parse(&nested(1)).unwrap().matches(&deep));
}

#[test]
fn expressions_take_linear_time() {
    let start = Instant::now();
    let message = "a".repeat(1 << 20);
    assert!(!Pattern::parse("%a*a*a*a*a*a*b%").unwrap().matches(&message));
    assert!(!Pattern::parse("[x = %a*a*a*a*a*a*b%]").unwrap().matches(&message));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn lines_take_linear_time() {
    let start = Instant::now();
    for open in ["[ ", "[a \" ", "\"a "] {
        let message = open.repeat(1 << 17);
        assert!(!Pattern::parse("[first = x, ..., last = y]").unwrap().matches(&message));
        assert!(Pattern::parse("[first, rest]").unwrap().matches(&message));
    }
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}
