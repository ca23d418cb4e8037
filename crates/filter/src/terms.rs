//! Patterns of terms: `ERROR "not found" -retry`, `?ERROR ?WARN`.

use memchr::memmem::Finder;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::combinator::{opt, recognize};
use nom::error::{ErrorKind, ParseError};
use nom::multi::many1;
use nom::sequence::preceded;

use crate::error::Error;
use crate::token::{Fault, Parsed, blanks, fault, quoted, taught, whole};

/// Texts that a message must hold, and must not. Where they stand in it does not matter, nor whether they are words.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// Each of them must be there.
    all: Vec<Finder<'static>>,
    /// One of them must be there. Nothing where there are other terms: the service ignores these then.
    any: Vec<Finder<'static>>,
    /// None of them may be there.
    none: Vec<Finder<'static>>,
}

/// How a term counts.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Required,
    Optional,
    Excluded,
}

pub(crate) fn parse(pattern: &str, text: &str) -> Result<Terms, Error> {
    let found = whole(pattern, text, |rest| many1(preceded(blanks, term)).parse(rest))?;
    let of = |role: Role| {
        let texts = found.iter().filter(|it| it.0 == role && !it.1.trim().is_empty());
        texts.map(|it| Finder::new(&it.1).into_owned()).collect::<Vec<_>>()
    };
    let has_others = found.iter().any(|it| it.0 != Role::Optional);
    let any = if has_others { Vec::new() } else { of(Role::Optional) };
    Ok(Terms { all: of(Role::Required), any, none: of(Role::Excluded) })
}

/// `ERROR`, `?WARN`, `-"not found"`
fn term(rest: &str) -> Parsed<'_, (Role, String)> {
    if rest.is_empty() {
        return Err(nom::Err::Error(Fault::from_error_kind(rest, ErrorKind::Eof)));
    }
    let (rest, mark) = opt(alt((tag("?"), tag("-")))).parse(rest)?;
    let role = match mark {
        Some("?") => Role::Optional,
        Some(_) => Role::Excluded,
        None => Role::Required,
    };
    // The guide itself writes `"ERROR" - "Exiting"`.
    let (rest, _) = if role == Role::Excluded { blanks(rest)? } else { (rest, "") };
    let (behind, text) = if rest.starts_with('"') { quoted(rest, '"')? } else { bare(rest)? };
    if text.is_empty() {
        return taught(
            &rest[..2],
            "a term in quotes cannot be empty",
            "an empty pattern, or `\" \"`, matches everything",
        );
    }
    if text.trim().is_empty() && role != Role::Required {
        return fault(rest, "there is nothing but blanks in this term");
    }
    Ok((behind, (role, text)))
}

/// A term without quotes: letters of English, digits and `_`.
fn bare(rest: &str) -> Parsed<'_, String> {
    let word = recognize(take_while1(|it: char| !it.is_whitespace())).parse(rest);
    let Ok((behind, word)) = word.map_err(|_: nom::Err<nom::error::Error<&str>>| ()) else {
        return fault(rest, "a `?` or `-` stands right in front of a term");
    };
    let is_odd = |it: char| !(it.is_ascii_alphanumeric() || it == '_');
    match word.chars().find(|it| is_odd(*it)) {
        None => Ok((behind, word.to_owned())),
        Some('%') => taught(
            word,
            "a regular expression cannot be mixed with terms",
            "one between `%` is a pattern of its own; the sign itself stands in quotes",
        ),
        Some(it) => {
            let plain = word.replace('\\', "\\\\").replace('"', "\\\"");
            let message = format!("invalid character `{it}` in the term `{word}`");
            taught(word, message, format!("write it in quotes: `\"{plain}\"`"))
        }
    }
}

impl Terms {
    /// The terms that must be there.
    pub(crate) fn required(&self) -> Vec<String> {
        self.all.iter().map(text).collect()
    }

    /// The terms of which one must be there.
    pub(crate) fn optional(&self) -> Vec<String> {
        self.any.iter().map(text).collect()
    }

    pub(crate) fn matches(&self, message: &str) -> bool {
        let has = |it: &Finder<'_>| it.find(message.as_bytes()).is_some();
        self.all.iter().all(has) && !self.none.iter().any(has) && (self.any.is_empty() || self.any.iter().any(has))
    }
}

fn text(term: &Finder<'_>) -> String {
    String::from_utf8_lossy(term.needle()).into_owned()
}
