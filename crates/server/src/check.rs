//! The bounds of arguments, and what the service says of one that is out of them.

use std::fmt::Display;
use std::ops::RangeInclusive;

use crate::Error;

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
    let length = argument.chars().count();
    let says = |what: &str, bound: &usize| {
        let shown: String = argument.chars().take(100).collect();
        refusal(&shown, name, &format!("must have length {what} than or equal to {bound}"))
    };
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
        assert!(among("status", Some("Running"), &["Running"]).is_ok());
        assert!(among("status", Some("running"), &["Running"]).is_err());
        assert!(required::<i64>("queryId", &None).unwrap_err().message.contains("Value null at 'queryId'"));
    }
}
