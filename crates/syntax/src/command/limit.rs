//! `limit`, `head`: how many rows.

use nom::Parser;
use nom::combinator::opt;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, keyword, known, unexpected, whole_number};
use crate::query::Command;
use crate::span::Span;

/// `limit 20`, `head 20`, `limit any 20`
#[derive(Clone, PartialEq, Debug)]
pub struct Limit {
    /// How many rows at most.
    pub count: u64,
    /// Where the number stands.
    pub span: Span,
    /// Which.
    pub chosen: Chosen,
}

/// Which rows a `limit` keeps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chosen {
    /// `limit 20`: the first in the order of the result
    First,
    /// `limit any 20`: whichever are found first
    Any,
}

pub static LIMIT: CommandSyntax = CommandSyntax {
    name: "limit",
    aliases: &["head"],
    synopsis: "limit [any] count",
    doc: "Keeps the first rows of the result, after sorting. Without it there are at most 10,000. \
          Of several `limit` the least counts. \
          `limit any` takes whichever rows are found first, in no set order.",
    parse: limit,
};

fn limit(input: Input) -> Parsed<Command> {
    let (rest, any) = opt(keyword("any")).parse(input)?;
    let chosen = if any.is_some() { Chosen::Any } else { Chosen::First };
    if let Ok((after, count)) = whole_number(rest) {
        return Ok((after, Command::Limit(Limit { count, span: rest.span_to(after), chosen })));
    }
    known(unexpected(rest.whole(), rest.place(), "`limit` takes a whole number"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn limits_are_whole_numbers() {
        assert!(crate::parse("limit 0 | HEAD 100000 | limit ANY 5").is_ok());
        for text in
            ["limit", "limit ten", "limit 1.5", "limit -1", "limit 1e3", "limit '5'", "limit 99999999999999999999"]
        {
            let fault = &crate::parse(text).unwrap_err()[0];
            assert!(fault.message.starts_with("`limit` takes a whole number, found "), "{text}: {}", fault.message);
        }
    }
}
