//! `expand`: a row for each item of a JSON array.

use nom::Parser;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, path};
use crate::query::{Command, Path};

/// `expand items`
#[derive(Clone, PartialEq, Debug)]
pub struct Expand {
    /// The field that holds the array, and then an item of it.
    pub field: Path,
}

pub static EXPAND: CommandSyntax = CommandSyntax {
    name: "expand",
    aliases: &[],
    synopsis: "expand field",
    doc: "Makes a row of each item of the JSON array in a field; the item takes the field's place, the other fields \
          repeat. What is no array stays one row. Where there is no item, there is no row.",
    parse: expand,
};

fn expand(input: Input) -> Parsed<Command> {
    path.map(|field| Command::Expand(Expand { field })).parse(input)
}
