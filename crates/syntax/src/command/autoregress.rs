//! `autoregress`: values of earlier rows, beside those of each row.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use super::option::option;
use crate::parse::{Input, Parsed, keyword, name, path, sign, whole_number};
use crate::query::{Command, Name, Path};
use crate::span::Span;

/// `autoregress bytes as earlier p=1-4`
#[derive(Clone, PartialEq, Debug)]
pub struct Autoregress {
    /// What is copied.
    pub field: Path,
    /// What the copies are called, but for the number behind it.
    pub alias: Option<Name>,
    /// Which earlier rows, where the query says so.
    pub depth: Option<Depth>,
}

/// `p=1-4`: how many rows before
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Depth {
    /// The nearest row.
    pub from: u64,
    /// The farthest one, where there are several.
    pub to: Option<u64>,
    /// Where the numbers stand.
    pub span: Span,
}

pub static AUTOREGRESS: CommandSyntax = CommandSyntax {
    name: "autoregress",
    aliases: &[],
    synopsis: "autoregress field [as name] [p=from[-to]]",
    doc: "Copies a field's values of earlier rows into each row, as columns `field_p1`, `field_p2` and so on. \
          Without `p`, the value of the row before.",
    parse: autoregress,
};

fn autoregress(input: Input) -> Parsed<Command> {
    (path, opt(preceded(keyword("as"), cut(name))), opt(option("p", depth)))
        .map(|(field, alias, depth)| Command::Autoregress(Autoregress { field, alias, depth }))
        .parse(input)
}

/// `3`, `1-4`
fn depth(input: Input) -> Parsed<Depth> {
    let (rest, from) = whole_number(input)?;
    let (after, to) = opt(preceded(sign("-"), cut(whole_number))).parse(rest)?;
    Ok((after, Depth { from, to, span: input.span_to(after) }))
}
