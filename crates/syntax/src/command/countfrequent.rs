//! `countFrequent`: how often each set of values comes.

use nom::Parser;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, path, separated};
use crate::query::{Command, Path};

/// `countFrequent srcAddr, dstAddr`
#[derive(Clone, PartialEq, Debug)]
pub struct CountFrequent {
    /// The fields whose values are counted together: at least one.
    pub by: Vec<Path>,
}

pub static COUNT_FREQUENT: CommandSyntax = CommandSyntax {
    name: "countFrequent",
    aliases: &["count_frequent"],
    synopsis: "countFrequent field, …",
    doc: "Counts how often each set of values comes, the most frequent first, in the column `_approxcount`. \
          The service counts roughly; here each count is exact.",
    parse: countfrequent,
};

fn countfrequent(input: Input) -> Parsed<Command> {
    separated(path).map(|by| Command::CountFrequent(CountFrequent { by })).parse(input)
}
