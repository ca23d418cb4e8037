//! `tail`: the last rows.

use super::CommandSyntax;
use crate::parse::{Input, Parsed, known, unexpected, whole_number};
use crate::query::Command;
use crate::span::Span;

/// `tail 20`
#[derive(Clone, PartialEq, Debug)]
pub struct Tail {
    /// How many rows at most.
    pub count: u64,
    /// Where the number stands.
    pub span: Span,
}

pub static TAIL: CommandSyntax = CommandSyntax {
    name: "tail",
    aliases: &[],
    synopsis: "tail count",
    doc: "Keeps the last rows of the result, after sorting, in the same order. \
          The service has given it up: `sort` the other way and `limit` say the same more clearly.",
    parse: tail,
};

fn tail(input: Input) -> Parsed<Command> {
    if let Ok((after, count)) = whole_number(input) {
        return Ok((after, Command::Tail(Tail { count, span: input.span_to(after) })));
    }
    known(unexpected(input.whole(), input.place(), "`tail` takes a whole number"))
}
