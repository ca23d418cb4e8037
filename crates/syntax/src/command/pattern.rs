//! `pattern`: texts in groups that differ only in numbers, ids and the like.

use nom::Parser;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, expr};
use crate::query::{Command, Expr};

/// `pattern @message`
#[derive(Clone, PartialEq, Debug)]
pub struct Pattern {
    /// The texts.
    pub text: Expr,
}

pub static PATTERN: CommandSyntax = CommandSyntax {
    name: "pattern",
    aliases: &[],
    synopsis: "pattern text",
    doc: "Puts texts into groups that differ only in times, ids, numbers and the like, and gives a row for each: its \
          `@pattern`, with `<Time-1>`, `<Token-2>` and the like where texts differ, its share `@ratio`, its \
          `@sampleCount` and its `@severityLabel`. Other formats than a table have more: `@PatternId`, `@regexString`, \
          `@logSamples`, `@relatedPattern`, `@tokens` and `@visualization`. Patterns are learned from the texts, by \
          Drain over texts without their values, and differ from those that the service learns. \
          No `sort` may stand before it.",
    parse: pattern,
};

fn pattern(input: Input) -> Parsed<Command> {
    expr.map(|text| Command::Pattern(Pattern { text })).parse(input)
}
