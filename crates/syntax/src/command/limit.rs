//! `limit`, `head`: how many rows.

use super::CommandSyntax;
use crate::parse::{Input, Parsed, keyword, known, not_yet, unexpected, whole_number};
use crate::query::Command;
use crate::span::Span;

/// `limit 20`, `head 20`
#[derive(Clone, PartialEq, Debug)]
pub struct Limit {
    /// How many rows at most.
    pub count: u64,
    /// Where the number stands.
    pub span: Span,
}

pub static LIMIT: CommandSyntax = CommandSyntax {
    name: "limit",
    aliases: &["head"],
    synopsis: "limit count",
    doc: "Keeps the first rows of the result, after sorting. Without it there are at most 10,000. \
          Of several `limit` the least counts.",
    parse: Some(limit),
};

fn limit(input: Input) -> Parsed<Command> {
    if let Ok((_, any)) = keyword("any")(input) {
        return not_yet(any, "`limit any`");
    }
    if let Ok((after, count)) = whole_number(input) {
        return Ok((after, Command::Limit(Limit { count, span: input.span_to(after) })));
    }
    known(unexpected(input.whole(), input.place(), "`limit` takes a whole number"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn limits_are_whole_numbers() {
        assert!(crate::parse("limit 0 | HEAD 100000").is_ok());
        for text in
            ["limit", "limit ten", "limit 1.5", "limit -1", "limit 1e3", "limit '5'", "limit 99999999999999999999"]
        {
            let fault = &crate::parse(text).unwrap_err()[0];
            assert!(fault.message.starts_with("`limit` takes a whole number, found "), "{text}: {}", fault.message);
        }
    }
}
