//! What a parser says when it cannot go on.

use nom::error::{ErrorKind, ParseError};

use super::foreign;
use super::input::{Input, Parsed};
use super::scan::{self, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// Why a parser cannot go on: cheap to make, as most are thrown away when the next alternative fits.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something else belongs at this place.
    Expected { place: u32, what: Expected },
    /// The fault is known, and no alternative would help.
    Known(Box<Diagnostic>),
}

/// What belongs at a place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Expected {
    /// `)`, `by`
    Token(&'static str),
    /// a value, a name
    Thing(&'static str),
}

/// Not this: another alternative may fit.
pub(crate) fn expected<'a, T>(input: Input<'a>, what: Expected) -> Parsed<'a, T> {
    Err(nom::Err::Error(Failure::Expected { place: input.place(), what }))
}

/// The fault is known.
pub(crate) fn known<'a, T>(diagnostic: Diagnostic) -> Parsed<'a, T> {
    Err(nom::Err::Failure(Failure::Known(Box::new(diagnostic))))
}

impl Failure {
    /// The failure as it is told.
    pub fn diagnostic(self, whole: &str) -> Diagnostic {
        match self {
            Failure::Known(diagnostic) => *diagnostic,
            Failure::Expected { place, what } => unexpected(whole, place, &format!("expected {what}")),
        }
    }
}

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Expected::Token(token) => write!(f, "`{token}`"),
            Expected::Thing(thing) => f.write_str(thing),
        }
    }
}

impl<'a> ParseError<Input<'a>> for Failure {
    fn from_error_kind(input: Input<'a>, _: ErrorKind) -> Failure {
        Failure::Expected { place: input.place(), what: Expected::Thing("something else") }
    }

    fn append(_: Input<'a>, _: ErrorKind, other: Failure) -> Failure {
        other
    }

    /// Of two alternatives the one that came farther knows better.
    fn or(self, other: Failure) -> Failure {
        match (&self, &other) {
            (Failure::Known(_), _) => self,
            (Failure::Expected { place: one, .. }, Failure::Expected { place: two, .. }) if one > two => self,
            _ => other,
        }
    }
}

/// What stands at a place does not belong there: signs and words of other languages are told what they are called
/// here, all else is said to be found where something else was expected.
pub(crate) fn unexpected(whole: &str, place: u32, wanted: &str) -> Diagnostic {
    let span = token_at(whole, place);
    let known = [foreign::comment, foreign::sign, foreign::word, foreign::unit];
    if let Some(diagnostic) = known.iter().find_map(|it| it(whole, span)) {
        return diagnostic;
    }
    Diagnostic::new(Code::Unexpected, span, &format!("{wanted}, found {}", found(whole, span)))
}

/// What stands at a place, for a sentence: "`ten`", "the end of the query".
pub(crate) fn found(whole: &str, span: Span) -> String {
    const LONGEST: usize = 30;
    match span.text(whole) {
        "" => "the end of the query".to_owned(),
        text if text.chars().count() > LONGEST || text.contains('\n') => {
            let line = text.lines().next().unwrap_or_default();
            format!("`{}…`", line.chars().take(LONGEST).collect::<String>())
        }
        text if text.contains('`') => text.to_owned(),
        text => format!("`{text}`"),
    }
}

/// The span of the lexeme at a place. Signs that touch are one: `<>`, `&&`.
pub(crate) fn token_at(whole: &str, place: u32) -> Span {
    let rest = Span { start: place, end: whole.len() as u32 }.text(whole);
    let Some(first) = scan::lexemes(rest).next() else { return Span { start: place, end: place } };
    let length = match first.kind {
        Kind::Sign | Kind::Pipe => foreign::operator(rest).map_or(first.text.len(), str::len),
        Kind::Comment | Kind::Blank => 0,
        _ => first.text.len(),
    };
    Span { start: place, end: place + length as u32 }
}
