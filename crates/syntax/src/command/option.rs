//! Options of commands, `name=value`, and their values.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::cut;

use crate::parse::{Input, Parsed, keyword, sign};

/// `row=true`: the value of the option of that name.
pub(super) fn option<'a, T>(
    name: &'static str,
    value: fn(Input<'a>) -> Parsed<'a, T>,
) -> impl Fn(Input<'a>) -> Parsed<'a, T> {
    move |input| {
        let (rest, _) = (keyword(name), sign("=")).parse(input)?;
        cut(value).parse(rest)
    }
}

/// `true`, `false`
pub(crate) fn boolean(input: Input) -> Parsed<bool> {
    alt((keyword("true").map(|_| true), keyword("false").map(|_| false))).parse(input)
}
