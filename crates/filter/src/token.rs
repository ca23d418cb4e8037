//! The tokens that all kinds of patterns are made of.

use std::borrow::Cow;

use nom::Parser;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::char;
use nom::error::{ErrorKind, ParseError};
use nom::sequence::preceded;

use crate::error::Error;

/// What a parser gives: the text behind what it read, and the value.
pub(crate) type Parsed<'a, T> = nom::IResult<&'a str, T, Fault<'a>>;

/// Why a parser cannot go on.
#[derive(Debug)]
pub(crate) struct Fault<'a> {
    /// The slice of the pattern that is at fault.
    at: &'a str,
    message: Cow<'static, str>,
    hint: Option<Cow<'static, str>>,
}

impl<'a> ParseError<&'a str> for Fault<'a> {
    fn from_error_kind(rest: &'a str, _: ErrorKind) -> Fault<'a> {
        Fault { at: first(rest), message: Cow::Owned(format!("{} does not belong here", found(rest))), hint: None }
    }

    fn append(_: &'a str, _: ErrorKind, other: Fault<'a>) -> Fault<'a> {
        other
    }
}

/// The fault is known; no alternative would help.
pub(crate) fn fault<'a, T>(at: &'a str, message: impl Into<Cow<'static, str>>) -> Parsed<'a, T> {
    Err(nom::Err::Failure(Fault { at, message: message.into(), hint: None }))
}

/// The same, and what to write instead.
pub(crate) fn taught<'a, T>(
    at: &'a str,
    message: impl Into<Cow<'static, str>>,
    hint: impl Into<Cow<'static, str>>,
) -> Parsed<'a, T> {
    Err(nom::Err::Failure(Fault { at, message: message.into(), hint: Some(hint.into()) }))
}

/// Something else belongs here.
pub(crate) fn expected<'a, T>(rest: &'a str, what: &str) -> Parsed<'a, T> {
    fault(first(rest), format!("expected {what}, found {}", found(rest)))
}

/// All that a parser makes of a part of the pattern, which it must read to its end.
pub(crate) fn whole<'a, T>(
    pattern: &'a str,
    part: &'a str,
    parse: impl Fn(&'a str) -> Parsed<'a, T>,
) -> Result<T, Error> {
    let done = parse(part).and_then(|(rest, it)| {
        let rest = rest.trim_start();
        if rest.is_empty() { Ok(it) } else { expected(rest, "the end of the pattern").map(|(_, it): (_, T)| it) }
    });
    done.map_err(|error| match error {
        nom::Err::Error(it) | nom::Err::Failure(it) => {
            let error = Error::at(pattern, it.at, it.message.into_owned());
            it.hint.map_or(error.clone(), |hint| error.with_hint(hint.into_owned()))
        }
        nom::Err::Incomplete(_) => Error::at(pattern, part, String::from("the pattern ends too early")),
    })
}

/// The character that a text begins with, as a slice of it.
fn first(rest: &str) -> &str {
    rest.chars().next().map_or(rest, |it| &rest[..it.len_utf8()])
}

/// What stands at a place, for a sentence.
pub(crate) fn found(rest: &str) -> String {
    let word: String = rest.chars().take_while(|it| it.is_alphanumeric()).take(30).collect();
    match first(rest) {
        "" => String::from("the end of the pattern"),
        sign if word.is_empty() => format!("`{sign}`"),
        _ => format!("`{word}`"),
    }
}

/// Blanks, if there are any.
pub(crate) fn blanks(rest: &str) -> Parsed<'_, &str> {
    take_while(char::is_whitespace)(rest)
}

/// A sign, and the blanks in front of it.
pub(crate) fn sign<'a>(text: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = Fault<'a>> {
    preceded(blanks, tag(text))
}

/// A name: letters of English, digits, and `_` or `-`.
pub(crate) fn name(rest: &str) -> Parsed<'_, &str> {
    take_while1(is_name)(rest)
}

/// Whether a character may stand in a name.
pub(crate) fn is_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_' || it == '-'
}

/// A text in quotes of a kind, in which a backslash stands in front of such a quote and of a backslash.
pub(crate) fn quoted(rest: &str, quote: char) -> Parsed<'_, String> {
    let (inner, _) = char(quote)(rest)?;
    let mut text = String::new();
    let mut characters = inner.char_indices();
    while let Some((at, it)) = characters.next() {
        match it {
            it if it == quote => return Ok((&inner[at + 1..], text)),
            '\\' => match characters.next() {
                Some((_, it)) if it == quote || it == '\\' => text.push(it),
                Some((_, it)) => text.extend(['\\', it]),
                None => break,
            },
            it => text.push(it),
        }
    }
    taught(first(rest), "this quote is never closed", format!("a quote within the text is written `\\{quote}`"))
}
