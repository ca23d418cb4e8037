//! Regular expressions between `%`, of which the service takes a small part.

use nom::Parser;
use nom::bytes::complete::{tag, take_until};
use nom::sequence::delimited;
use regex::{Regex, RegexBuilder};

use crate::error::Error;
use crate::token::{Parsed, fault, taught, whole};

/// A regular expression that may match anywhere in a text.
#[derive(Clone, Debug)]
pub(crate) struct Expression(Regex);

/// How much memory the automaton of an expression may take, in bytes: `%a{1000}{1000}%` is refused.
const LARGEST: usize = 1 << 20;

/// What may stand in an expression beside letters and digits.
const SYMBOLS: &str = ":_#=@/;,-^$?[]{}|\\*+.";

/// A pattern that is nothing but an expression.
pub(crate) fn parse(pattern: &str, text: &str) -> Result<Expression, Error> {
    whole(pattern, text, expression)
}

/// `%5\d\d%`
pub(crate) fn expression(rest: &str) -> Parsed<'_, Expression> {
    let parts = delimited(tag("%"), take_until("%"), tag("%")).parse(rest);
    let Ok((behind, text)) = parts.map_err(|_: nom::Err<nom::error::Error<&str>>| ()) else {
        return taught(&rest[..1], "this regular expression is never closed", "it stands between two `%`");
    };
    if text.is_empty() {
        return fault(&rest[..2], "there is no regular expression between the `%`");
    }
    if let Some((at, it)) = text.char_indices().find(|(_, it)| !is_allowed(*it)) {
        return refused(&text[at..at + it.len_utf8()], it);
    }
    match RegexBuilder::new(text).size_limit(LARGEST).dfa_size_limit(LARGEST).build() {
        Ok(it) => Ok((behind, Expression(it))),
        Err(regex::Error::CompiledTooBig(_)) => fault(text, "this regular expression is too large"),
        Err(error) => fault(text, format!("this is no regular expression: {}", last_line(&error.to_string()))),
    }
}

fn is_allowed(it: char) -> bool {
    it.is_ascii_alphanumeric() || SYMBOLS.contains(it)
}

fn refused(at: &str, it: char) -> Parsed<'_, Expression> {
    let message = format!("`{it}` may not stand in a regular expression of a filter pattern");
    match it {
        '(' | ')' => taught(at, message, format!("there are no groups; the sign itself is `\\x{:02x}`", it as u32)),
        it if it.is_whitespace() => taught(at, "a blank may not stand in a regular expression", "write `\\s`"),
        it if it.is_ascii() => taught(at, message, format!("write `\\x{:02x}`", it as u32)),
        _ => taught(at, message, "only ASCII can be looked for by one; a term in quotes may hold any text"),
    }
}

/// What is wrong, without the drawing above it.
fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or_default().trim_start_matches("error: ")
}

impl Expression {
    /// Whether it matches anywhere in the text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}
