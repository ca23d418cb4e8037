//! `unmask`: fields, without the mask of a data protection policy.

use nom::Parser;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, path, separated};
use crate::query::{Command, Path};

/// `unmask card, mail`
#[derive(Clone, PartialEq, Debug)]
pub struct Unmask {
    /// The fields: at least one.
    pub fields: Vec<Path>,
}

pub static UNMASK: CommandSyntax = CommandSyntax {
    name: "unmask",
    aliases: &[],
    synopsis: "unmask field, …",
    doc: "Shows fields without the mask of a data protection policy. \
          What was exported masked stays so; all else is shown as it is.",
    parse: unmask,
};

fn unmask(input: Input) -> Parsed<Command> {
    separated(path).map(|fields| Command::Unmask(Unmask { fields })).parse(input)
}
