//! Options of commands, `name=value`, and their values.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::cut;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::parse::{Expected, Input, Parsed, expected, keyword, known, name, quantity, sign};
use crate::query::{Duration, Literal};
use crate::span::Span;

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

/// `30m`, and where it stands; of anything else, `example` is what was expected.
pub(super) fn duration<'a>(example: &'static str) -> impl Fn(Input<'a>) -> Parsed<'a, (Duration, Span)> {
    move |input| match quantity(input) {
        Ok((after, Literal::Duration(it))) => Ok((after, (it, input.span_to(after)))),
        Err(nom::Err::Failure(failure)) => Err(nom::Err::Failure(failure)),
        _ => expected(input, Expected::Thing(example)),
    }
}

/// `true`, `false`
pub(crate) fn boolean(input: Input) -> Parsed<bool> {
    let values = (keyword("true").map(|_| true), keyword("false").map(|_| false));
    alt(values).parse(input).or_else(|_| expected(input, Expected::Thing("`true` or `false`")))
}

/// `overide=true`: where a command has no such option, it is told which it has.
pub(super) fn no_other<'a>(input: Input<'a>, command: &str, names: &[&str]) -> Parsed<'a, ()> {
    let Ok((_, (name, _))) = (name, sign("=")).parse(input) else { return Ok((input, ())) };
    let fault = Diagnostic::new(Code::UnknownOption, name.span, &format!("`{command}` has no option `{}`", name.text));
    known(match nearest(&name.text, names) {
        Some(near) => fault.help(&format!("an option with a similar name: `{near}`")),
        None => fault.help(&format!("its options are `{}`", names.join("`, `"))),
    })
}
