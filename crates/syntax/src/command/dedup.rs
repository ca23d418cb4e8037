//! `dedup`: one row for each distinct set of values.

use nom::Parser;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, path, separated};
use crate::query::{Command, Path};

/// `dedup server, severity`
#[derive(Clone, PartialEq, Debug)]
pub struct Dedup {
    /// The fields whose values tell rows apart: at least one.
    pub by: Vec<Path>,
}

pub static DEDUP: CommandSyntax = CommandSyntax {
    name: "dedup",
    aliases: &[],
    synopsis: "dedup field, …",
    doc: "Keeps the first row for each distinct set of values; the order of rows decides which is first. \
          Rows that lack one of the fields are all kept. Only `limit` may follow.",
    parse: dedup,
};

fn dedup(input: Input) -> Parsed<Command> {
    separated(path).map(|by| Command::Dedup(Dedup { by })).parse(input)
}
