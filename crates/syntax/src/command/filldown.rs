//! `filldown`: the last value seen, where there is none.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, path, wildcard};
use crate::query::{Command, Name, Path};

/// `filldown host cpu*`
#[derive(Clone, PartialEq, Debug)]
pub struct Filldown {
    /// What is filled; nothing means all columns.
    pub fields: Vec<Filled>,
}

/// What a `filldown` fills.
#[derive(Clone, PartialEq, Debug)]
pub enum Filled {
    /// `host`
    Field(Path),
    /// `cpu*`: the columns whose names match
    Wildcard(Name),
}

pub static FILLDOWN: CommandSyntax = CommandSyntax {
    name: "filldown",
    aliases: &[],
    synopsis: "filldown [field …]",
    doc: "Puts the last value seen, in the order of the rows, where a field has none. \
          In names, `*` stands for any letters; without names all columns so far are filled.",
    parse: filldown,
};

fn filldown(input: Input) -> Parsed<Command> {
    let mut fields = Vec::new();
    let mut rest = input;
    while let (behind, Some(field)) = opt(alt((wildcard.map(Filled::Wildcard), path.map(Filled::Field)))).parse(rest)? {
        fields.push(field);
        rest = behind;
    }
    Ok((rest, Command::Filldown(Filldown { fields })))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_stand_beside_each_other() {
        let query = crate::parse("filldown a.b cpu* *.x `c d`").unwrap();
        let Command::Filldown(it) = &query.stages[0].command else { unreachable!() };
        let wild = |it: &Filled| matches!(it, Filled::Wildcard(_));
        assert_eq!(it.fields.iter().map(wild).collect::<Vec<bool>>(), [false, true, true, false]);
        assert!(crate::parse("filldown").is_ok());
        assert!(crate::parse("filldown a, b").is_err());
    }
}
