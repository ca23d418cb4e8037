//! `display`: the columns of the result.

use nom::Parser;

use super::{CommandSyntax, Fields};
use crate::parse::{Input, Parsed, named, separated};
use crate::query::Command;

pub static DISPLAY: CommandSyntax = CommandSyntax {
    name: "display",
    aliases: &[],
    synopsis: "display expression [as name], …",
    doc: "Shows these columns and no others, in this order. Of several `display` the last counts. \
          What it does not show stays in reach of the commands behind it.",
    parse: display,
};

fn display(input: Input) -> Parsed<Command> {
    separated(named).map(|items| Command::Display(Fields { items })).parse(input)
}
