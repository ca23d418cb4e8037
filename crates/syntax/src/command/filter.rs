//! `filter`, `where`: the rows that meet a condition.

use nom::Parser;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, expr};
use crate::query::{Command, Expr};

/// `filter level = "ERROR" and not ispresent(found)`
#[derive(Clone, PartialEq, Debug)]
pub struct Filter {
    /// What must hold of a row.
    pub condition: Expr,
}

pub static FILTER: CommandSyntax = CommandSyntax {
    name: "filter",
    aliases: &["where"],
    synopsis: "filter condition",
    doc: "Keeps the rows that meet the condition. Comparisons are `= != < <= > >=`, `like`, `=~` and `in`; \
          they are joined by `and`, `or` and `not`. A value that is missing meets no comparison.",
    parse: filter,
};

fn filter(input: Input) -> Parsed<Command> {
    expr.map(|condition| Command::Filter(Filter { condition })).parse(input)
}
