//! The bounds of arguments, and what the service says of one that is out of them.

use std::fmt::Display;
use std::ops::RangeInclusive;

use serde_json::Value;

use crate::Error;

/// How long arguments may be, texts in characters, lists and maps in items: the service's model says so. Where it says less
/// of an operation, that one holds them to it. Names of log groups and streams are not among them: an archive has them as its files do.
const LENGTHS: &[(&str, RangeInclusive<usize>)] = &[
    ("accountIdentifiers", 0..=20),
    ("clientToken", 36..=128),
    ("filterPattern", 0..=1024),
    ("kmsKeyId", 0..=256),
    ("logEventFilterPattern", 0..=1024),
    ("logEvents", 1..=10_000),
    ("logGroupIdentifiers", 1..=50),
    ("logGroupNamePattern", 0..=512),
    ("logGroupNamePrefix", 1..=512),
    ("logGroupTags", 1..=5),
    ("logStreamNamePrefix", 1..=512),
    ("logStreamNamePrefixes", 1..=100),
    ("logStreamNames", 1..=100),
    ("lookupTableNamePrefix", 1..=256),
    ("nextToken", 1..=usize::MAX),
    ("queryDefinitionId", 1..=256),
    ("queryDefinitionNamePrefix", 1..=255),
    ("sequenceToken", 1..=usize::MAX),
    ("tagKeys", 0..=50),
    ("tags", 1..=50),
    ("taskId", 1..=512),
    ("taskName", 1..=512),
];

/// The arguments of a call, each as long as it may be.
///
/// # Errors
/// One is not.
pub fn lengths(arguments: &Value) -> Result<(), Error> {
    for (name, bounds) in LENGTHS {
        match arguments.get(name) {
            Some(Value::String(it)) => length(name, it, bounds.clone())?,
            Some(Value::Array(it)) => items(name, it.len(), bounds.clone())?,
            Some(Value::Object(it)) => items(name, it.len(), bounds.clone())?,
            _ => {}
        }
    }
    Ok(())
}

/// An argument that must be there.
///
/// # Errors
/// It is not.
pub fn required<'a, T>(name: &str, argument: &'a Option<T>) -> Result<&'a T, Error> {
    argument.as_ref().ok_or_else(|| refusal(&"null", name, "must not be null"))
}

/// A number within its bounds; an argument that is left out is within them.
///
/// # Errors
/// It is not.
pub fn number(name: &str, argument: Option<i64>, bounds: RangeInclusive<i64>) -> Result<(), Error> {
    match argument {
        Some(it) if it < *bounds.start() => {
            Err(refusal(&it, name, &format!("must have value greater than or equal to {}", bounds.start())))
        }
        Some(it) if it > *bounds.end() => {
            Err(refusal(&it, name, &format!("must have value less than or equal to {}", bounds.end())))
        }
        _ => Ok(()),
    }
}

/// A text whose characters are as many as they may be.
///
/// # Errors
/// They are not.
pub fn length(name: &str, argument: &str, bounds: RangeInclusive<usize>) -> Result<(), Error> {
    let shown: String = argument.chars().take(100).collect();
    within(name, &shown, argument.chars().count(), bounds)
}

/// As many items as there may be.
fn items(name: &str, count: usize, bounds: RangeInclusive<usize>) -> Result<(), Error> {
    within(name, &format!("[{count} items]"), count, bounds)
}

/// A length within its bounds, of what is shown like this.
fn within(name: &str, shown: &str, length: usize, bounds: RangeInclusive<usize>) -> Result<(), Error> {
    let says =
        |what: &str, bound: &usize| refusal(&shown, name, &format!("must have length {what} than or equal to {bound}"));
    match length {
        it if it < *bounds.start() => Err(says("greater", bounds.start())),
        it if it > *bounds.end() => Err(says("less", bounds.end())),
        _ => Ok(()),
    }
}

/// A text that is one of a few.
///
/// # Errors
/// It is not.
pub fn among(name: &str, argument: Option<&str>, words: &[&str]) -> Result<(), Error> {
    match argument.filter(|it| !words.contains(it)) {
        Some(it) => Err(refusal(&it, name, &format!("must satisfy enum value set: [{}]", words.join(", ")))),
        None => Ok(()),
    }
}

/// A text of which all characters are allowed; `pattern` is what the service says of them.
///
/// # Errors
/// One is not.
pub fn characters(name: &str, argument: &str, pattern: &str, allowed: impl Fn(char) -> bool) -> Result<(), Error> {
    match argument.chars().all(allowed) {
        true => Ok(()),
        false => Err(refusal(&argument, name, &format!("must satisfy regular expression pattern: {pattern}"))),
    }
}

/// A text of letters, digits and `_` alone.
///
/// # Errors
/// It has others, none, or too many.
pub fn word(name: &str, argument: &str, most: usize) -> Result<(), Error> {
    length(name, argument, 1..=most)?;
    match argument.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_') {
        true => Ok(()),
        false => Err(refusal(&argument, name, "must satisfy regular expression pattern: ^[a-zA-Z0-9_]+$")),
    }
}

/// The same, and no digit first.
///
/// # Errors
/// As of a word.
pub fn name(name: &str, argument: &str, most: usize) -> Result<(), Error> {
    word(name, argument, most)?;
    match argument.starts_with(|it: char| it.is_ascii_digit()) {
        false => Ok(()),
        true => Err(refusal(&argument, name, "must satisfy regular expression pattern: ^[a-zA-Z_][a-zA-Z0-9_]*")),
    }
}

/// How many items a page has: as many as are asked for, or as many as it may.
pub fn most(asked: Option<i64>, most: usize) -> usize {
    asked.and_then(|it| usize::try_from(it).ok()).unwrap_or(most)
}

/// What the service says of an argument that its model does not allow.
fn refusal(value: &dyn Display, name: &str, must: &str) -> Error {
    let value = value.to_string();
    let value = if value == "null" { value } else { format!("'{value}'") };
    Error::invalid(format!(
        "1 validation error detected: Value {value} at '{name}' failed to satisfy constraint: Member {must}"
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn bounds_are_within() {
        assert!(number("limit", Some(1), 1..=10).is_ok() && number("limit", None, 1..=10).is_ok());
        let found = number("limit", Some(11), 1..=10).unwrap_err();
        assert_eq!(
            found.message,
            "1 validation error detected: Value '11' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10"
        );
        assert!(length("name", "äö", 1..=2).is_ok() && length("name", "äöü", 1..=2).is_err());
        assert!(length("name", "", 1..=2).is_err());
        let lengths = |arguments: Value| lengths(&arguments).map_err(|it| it.message);
        assert_eq!(
            lengths(serde_json::json!({ "nextToken": null, "taskId": "t", "tagKeys": [], "unknown": "" })),
            Ok(())
        );
        let said = lengths(serde_json::json!({ "logStreamNames": [] })).unwrap_err();
        assert!(
            said.contains("Value '[0 items]' at 'logStreamNames'") && said.contains("greater than or equal to 1"),
            "{said}"
        );
        assert!(lengths(serde_json::json!({ "taskId": "" })).is_err());
        assert!(among("status", Some("Running"), &["Running"]).is_ok());
        assert!(among("status", Some("running"), &["Running"]).is_err());
        assert!(required::<i64>("queryId", &None).unwrap_err().message.contains("Value null at 'queryId'"));
    }
}
