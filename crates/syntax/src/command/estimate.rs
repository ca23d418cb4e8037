//! `estimate`: how much a query would read.

use super::CommandSyntax;
use crate::parse::{Input, Parsed};
use crate::query::Command;

pub static ESTIMATE: CommandSyntax = CommandSyntax {
    name: "estimate",
    aliases: &[],
    synopsis: "estimate",
    doc: "Says how many bytes the query before it would scan, and does not run it: the sum of the messages in the log \
          groups and the time range, which is what the service charges for. Filters make it no smaller. \
          It stands last.",
    parse: estimate,
};

fn estimate(input: Input) -> Parsed<Command> {
    Ok((input, Command::Estimate))
}
