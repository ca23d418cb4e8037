//! `fields`: columns, read from the events or computed.

use nom::Parser;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, named, separated};
use crate::query::{Command, Named};

/// `fields @timestamp, latency / 1000 as seconds`
#[derive(Clone, PartialEq, Debug)]
pub struct Fields {
    /// The columns: at least one.
    pub items: Vec<Named>,
}

pub static FIELDS: CommandSyntax = CommandSyntax {
    name: "fields",
    aliases: &[],
    synopsis: "fields expression [as name], …",
    doc: "Adds columns to the result: fields of the events, or values computed from them. \
          A name given here can be used in the rest of the query. \
          Several `fields` add up, unless a `display` says otherwise.",
    parse: fields,
};

fn fields(input: Input) -> Parsed<Command> {
    separated(named).map(|items| Command::Fields(Fields { items })).parse(input)
}
