//! `fillmissing`: rows for the bins that have none.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use super::filterindex::indexed;
use crate::parse::{Input, Parsed, keyword, path, separated};
use crate::query::{Command, Expr, Path};

/// `fillmissing with 0 for n`
#[derive(Clone, PartialEq, Debug)]
pub struct FillMissing {
    /// What the new rows hold; the other fields have no value there.
    pub fills: Vec<Fill>,
}

/// `0 for n`
#[derive(Clone, PartialEq, Debug)]
pub struct Fill {
    /// A text, a number or a truth value.
    pub value: Expr,
    /// The field that it stands in.
    pub field: Path,
}

pub static FILLMISSING: CommandSyntax = CommandSyntax {
    name: "fillmissing",
    aliases: &[],
    synopsis: "fillmissing [with value for field, …]",
    doc: "Adds a row for each bin of a `stats … by bin(…)` that has none, from the first bin to the last, for each set \
          of the other keys. A field holds what is named for it, else it has no value.",
    parse: fillmissing,
};

fn fillmissing(input: Input) -> Parsed<Command> {
    opt(preceded(keyword("with"), cut(separated(fill))))
        .map(|fills| Command::FillMissing(FillMissing { fills: fills.unwrap_or_default() }))
        .parse(input)
}

/// `0 for n`
fn fill(input: Input) -> Parsed<Fill> {
    (indexed, preceded(cut(keyword("for")), cut(path))).map(|(value, field)| Fill { value, field }).parse(input)
}
