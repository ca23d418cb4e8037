//! `cidrlookup`: columns of a table, found by the range that an address lies in.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use super::lookup::{LookupOutput, Writing, writing};
use crate::parse::{Input, Parsed, keyword, name, path, separated};
use crate::query::{Command, Name, Path};

/// `cidrlookup networks srcAddr as range output owner as team`
#[derive(Clone, PartialEq, Debug)]
pub struct CidrLookup {
    /// The table.
    pub table: Name,
    /// The field that holds an address.
    pub address: Path,
    /// The column of the ranges, where the query names it.
    pub column: Option<Name>,
    /// Whether a value that the row has stays.
    pub writing: Writing,
    /// The columns that are added: at least one.
    pub outputs: Vec<LookupOutput>,
}

pub static CIDRLOOKUP: CommandSyntax = CommandSyntax {
    name: "cidrlookup",
    aliases: &[],
    synopsis: "cidrlookup table field [as column] output | outputnew column [as field], …",
    doc: "Adds columns of a table, found by the range of addresses that an address lies in; of several ranges the \
          narrowest counts. The ranges are in the first column, unless one is named. `output` replaces what the row \
          has, `outputnew` fills in what it lacks. A table is a CSV file, given as `--lookup NAME=FILE`.",
    parse: cidrlookup,
};

fn cidrlookup(input: Input) -> Parsed<Command> {
    let column = opt(preceded(keyword("as"), cut(name)));
    let (rest, (table, address, column, writing)) = (name, path, column, writing).parse(input)?;
    let (after, outputs) = cut(separated(output)).parse(rest)?;
    Ok((after, Command::CidrLookup(CidrLookup { table, address, column, writing, outputs })))
}

/// `owner as team`
fn output(input: Input) -> Parsed<LookupOutput> {
    let (rest, (column, alias)) = (name, opt(preceded(keyword("as"), cut(name)))).parse(input)?;
    Ok((rest, LookupOutput { column, alias }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_column_of_ranges_may_be_named() {
        let query = crate::parse("cidrlookup nets a.b AS range OUTPUT owner as team, zone").unwrap();
        let Command::CidrLookup(it) = &query.stages[0].command else { unreachable!() };
        assert_eq!(it.column.as_ref().map(|it| it.text.as_str()), Some("range"));
        assert_eq!(it.outputs.iter().map(|it| it.name().text.as_str()).collect::<Vec<_>>(), ["team", "zone"]);
        assert!(crate::parse("cidrlookup nets a outputnew b").is_ok());
        assert!(crate::parse("cidrlookup nets a, b output c").is_err());
    }
}
