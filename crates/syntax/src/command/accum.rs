//! `accum`: a running sum.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, keyword, name, path};
use crate::query::{Command, Name, Path};

/// `accum bytes as so_far`
#[derive(Clone, PartialEq, Debug)]
pub struct Accum {
    /// What is added up.
    pub field: Path,
    /// What the sum is called; without a name it takes the field's place.
    pub alias: Option<Name>,
}

pub static ACCUM: CommandSyntax = CommandSyntax {
    name: "accum",
    aliases: &[],
    synopsis: "accum field [as name]",
    doc: "Adds up a field from row to row, in the order of the rows: a running sum. \
          Without a name the sum takes the field's place. A row without a number has no sum, and adds nothing.",
    parse: accum,
};

fn accum(input: Input) -> Parsed<Command> {
    (path, opt(preceded(keyword("as"), cut(name))))
        .map(|(field, alias)| Command::Accum(Accum { field, alias }))
        .parse(input)
}
