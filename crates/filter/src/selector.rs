//! Selectors of values in JSON: `$.users[0].id`, `$.tags[*]`, `$.['cluster.name']`.

use nom::Parser;
use nom::bytes::complete::tag;
use nom::combinator::{fail, opt};
use nom::multi::many1;
use serde_json::Value;

use crate::token::{Parsed, expected, fault, found, is_name, quoted, taught};

/// Where in an object a value stands.
#[derive(Debug)]
pub(crate) struct Selector(Vec<Step>);

#[derive(Debug, PartialEq)]
enum Step {
    /// `.user`, `['cluster.name']`
    Key(String),
    /// `[0]`
    Item(usize),
    /// `.*`, `[*]`: any field of an object, any item of a list.
    Any,
}

/// `$.users[0].id`
pub(crate) fn selector(rest: &str) -> Parsed<'_, Selector> {
    let Some(behind) = rest.strip_prefix('$') else {
        let word =
            rest.split(|it: char| !(it.is_ascii_alphanumeric() || "._-".contains(it))).next().unwrap_or_default();
        return match word {
            "" => expected(rest, "a selector such as `$.status`"),
            _ => taught(word, format!("`{word}` is no selector"), format!("selectors begin with `$.`: `$.{word}`")),
        };
    };
    let rooted = if behind.starts_with('.') { many1(step).parse(behind).map(Some)? } else { None };
    let Some((end, steps)) = rooted.filter(|(_, steps)| !matches!(steps.first(), Some(Step::Item(_)))) else {
        let hint = "such as `$.users[0].id` or `$.['cluster.name']`";
        return taught(&rest[..1], "a selector begins with `$.` and a key", hint);
    };
    let selector = Selector(steps);
    match selector.wildcards() {
        0 | 1 => Ok((end, selector)),
        _ => fault(&rest[..rest.len() - end.len()], "a selector holds at most one `*`"),
    }
}

/// `.user`, `.*`, `[0]`, and brackets behind a dot
fn step(rest: &str) -> Parsed<'_, Step> {
    let (behind, dot) = opt(tag(".")).parse(rest)?;
    match behind.strip_prefix('[') {
        Some(inner) => bracketed(inner),
        None if dot.is_none() => fail().parse(rest),
        None => behind.strip_prefix('*').map_or_else(|| key(behind), |end| Ok((end, Step::Any))),
    }
}

/// `user`. A key in which other signs stand needs brackets.
fn key(rest: &str) -> Parsed<'_, Step> {
    let ends = |it: char| it.is_whitespace() || ".[]()=!<>&|".contains(it);
    let word = rest.split(ends).next().unwrap_or_default();
    match word.chars().find(|it| !is_name(*it)) {
        None if word.is_empty() => expected(rest, "a key of letters, digits, `-` and `_`, or `*`"),
        None => Ok((&rest[word.len()..], Step::Key(word.to_owned()))),
        Some(it) => {
            let message = format!("invalid character {} in the key `{word}`", found(it.encode_utf8(&mut [0; 4])));
            taught(word, message, format!("write it in brackets: {}", in_brackets(word)))
        }
    }
}

/// `0]`, `*]`, `'cluster.name']`
fn bracketed(inner: &str) -> Parsed<'_, Step> {
    let digits = inner.split(|it: char| !it.is_ascii_digit()).next().unwrap_or_default();
    let (behind, step) = match inner.chars().next() {
        Some('*') => (&inner[1..], Step::Any),
        Some('\'') => quoted(inner, '\'').map(|(behind, key)| (behind, Step::Key(key)))?,
        Some('"') => {
            let (behind, key) = quoted(inner, '"')?;
            let at = &inner[..inner.len() - behind.len()];
            return taught(at, "a key in brackets stands in single quotes", format!("write {}", in_brackets(&key)));
        }
        Some('0'..='9') => match digits.parse() {
            Ok(number) => (&inner[digits.len()..], Step::Item(number)),
            Err(_) => return fault(digits, "no list is as long as this"),
        },
        _ => {
            return expected(inner, "the number of an item, `*`, or a key in quotes such as `['a.b']`");
        }
    };
    match behind.strip_prefix(']') {
        Some(end) => Ok((end, step)),
        None => expected(behind, "`]`"),
    }
}

fn in_brackets(key: &str) -> String {
    format!("`['{}']`", key.replace('\\', "\\\\").replace('\'', "\\'"))
}

impl Selector {
    /// How many `*` it holds.
    pub(crate) fn wildcards(&self) -> usize {
        self.0.iter().filter(|it| **it == Step::Any).count()
    }

    /// Whether it selects a value of which the test holds.
    pub(crate) fn finds(&self, object: &Value, test: impl Fn(&Value) -> bool) -> bool {
        finds(&self.0, object, &test)
    }
}

fn finds(steps: &[Step], value: &Value, test: &dyn Fn(&Value) -> bool) -> bool {
    let Some((step, behind)) = steps.split_first() else { return test(value) };
    let goes_on = |it| finds(behind, it, test);
    match (step, value) {
        (Step::Key(key), Value::Object(fields)) => fields.get(key).is_some_and(goes_on),
        (Step::Item(number), Value::Array(items)) => items.get(*number).is_some_and(goes_on),
        (Step::Any, Value::Object(fields)) => fields.values().any(goes_on),
        (Step::Any, Value::Array(items)) => items.iter().any(goes_on),
        _ => false,
    }
}
