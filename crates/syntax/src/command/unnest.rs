//! `unnest`: a row for each item of a list.

use nom::Parser;
use nom::combinator::cut;
use nom::sequence::preceded;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, expr, keyword, name};
use crate::query::{Command, Expr, Name};

/// `unnest order.items into item`
#[derive(Clone, PartialEq, Debug)]
pub struct Unnest {
    /// The list.
    pub list: Expr,
    /// What an item of it is called.
    pub into: Name,
}

pub static UNNEST: CommandSyntax = CommandSyntax {
    name: "unnest",
    aliases: &[],
    synopsis: "unnest expression into name",
    doc: "Makes a row of each item of a list, such as `jsonParse` gives; the other fields repeat. \
          A map, a text or a number is a list of one. Where there is no item, there is no row.",
    parse: unnest,
};

fn unnest(input: Input) -> Parsed<Command> {
    (expr, preceded(cut(keyword("into")), cut(name)))
        .map(|(list, into)| Command::Unnest(Unnest { list, into }))
        .parse(input)
}
