//! Regular expressions between `%`, of which the service takes a small part.

use nom::Parser;
use nom::bytes::complete::{tag, take_until};
use nom::combinator::fail;
use nom::sequence::delimited;
use regex::{Regex, RegexBuilder};

use crate::error::Error;
use crate::token::{Parsed, fault, taught, whole};

/// A regular expression that may match anywhere in a text.
#[derive(Clone, Debug)]
pub(crate) struct Expression(Regex);

/// How much memory the automaton of an expression may take, in bytes: `%a{1000}{1000}%` is refused.
const LARGEST: usize = 1 << 20;

/// What may stand in an expression beside letters and digits. The guide lists no blank, but writes one itself.
const SYMBOLS: &str = ":_#=@/;,-^$?[]{}|\\*+. ";

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
    let (_, regex) = known(text)?;
    match RegexBuilder::new(&regex).size_limit(LARGEST).dfa_size_limit(LARGEST).build() {
        Ok(it) => Ok((behind, Expression(it))),
        Err(regex::Error::CompiledTooBig(_)) => fault(text, "this regular expression is too large"),
        Err(error) => fault(text, format!("this is no regular expression: {}", last_line(&error.to_string()))),
    }
}

/// The expression as the engine writes it, which wants a number in `a{,3}`.
fn known(text: &str) -> Parsed<'_, String> {
    let (mut rest, mut known, mut in_class) = (text, String::new(), false);
    while !rest.is_empty() {
        let (behind, piece) = piece(rest)?;
        in_class = piece == "[" || (in_class && piece != "]");
        known.push_str(if piece == "{" && behind.starts_with(',') && !in_class { "{0" } else { piece });
        rest = behind;
    }
    Ok((rest, known))
}

/// A character or an escape of an expression.
fn piece(rest: &str) -> Parsed<'_, &str> {
    let mut characters = rest.chars();
    match (characters.next(), characters.next()) {
        (None, _) => fail().parse(rest),
        (Some('\\'), Some(it)) if is_allowed(it) => escape(rest, it),
        (Some('\\'), Some(it)) => refused(&rest[1..=it.len_utf8()], it),
        (Some(it), _) if is_allowed(it) => Ok((&rest[1..], &rest[..1])),
        (Some(it), _) => refused(&rest[..it.len_utf8()], it),
    }
}

/// `\d`, `\x3A`, `\.`; the classes are of ASCII alone, which those of the engine are not.
fn escape(rest: &str, it: char) -> Parsed<'_, &str> {
    let (pair, behind) = rest.split_at(2);
    let known = match it {
        'd' => "[[:digit:]]",
        'D' => "[[:^digit:]]",
        's' => "[[:space:]]",
        'S' => "[[:^space:]]",
        'w' => "[[:word:]]",
        'W' => "[[:^word:]]",
        'x' => match behind.as_bytes() {
            [b'0'..=b'7', low, ..] if low.is_ascii_hexdigit() => return Ok((&behind[2..], &rest[..4])),
            _ => return taught(pair, "`\\x` wants two hexadecimal digits of an ASCII character", "`\\x28` is `(`"),
        },
        't' | 'n' | 'r' => pair,
        _ if it.is_ascii_alphanumeric() => {
            let hint = "there are `\\d`, `\\s` and `\\w`, their opposites in capitals, and `\\x28` for a character";
            return taught(pair, format!("`{pair}` is no escape of a filter pattern"), hint);
        }
        _ => pair,
    };
    Ok((behind, known))
}

fn is_allowed(it: char) -> bool {
    it.is_ascii_alphanumeric() || SYMBOLS.contains(it)
}

fn refused(at: &str, it: char) -> Parsed<'_, &str> {
    let message = format!("`{it}` may not stand in a regular expression of a filter pattern");
    match it {
        '(' | ')' => taught(at, message, format!("there are no groups; the sign itself is `\\x{:02x}`", it as u32)),
        it if it.is_whitespace() => {
            taught(at, "of white space, blanks alone may stand in a regular expression", "write `\\s`")
        }
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
