//! `lookup`: columns of a table, found by the values of fields.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use crate::parse::{Expected, Input, Parsed, expected, keyword, name, path, separated};
use crate::query::{Command, Name, Path};

/// `lookup users id as userId, region output name, team`
#[derive(Clone, PartialEq, Debug)]
pub struct Lookup {
    /// The table.
    pub table: Name,
    /// What must be equal: at least one.
    pub keys: Vec<LookupKey>,
    /// Whether a value that the row has stays.
    pub writing: Writing,
    /// The columns that are added: at least one, and none has an alias.
    pub outputs: Vec<LookupOutput>,
}

/// `id as userId`: a column of the table, and the field that has the same value
#[derive(Clone, PartialEq, Debug)]
pub struct LookupKey {
    /// The column of the table.
    pub column: Name,
    /// The field, where it is called otherwise.
    pub field: Option<Path>,
}

/// What becomes of a value that the row has already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Writing {
    /// `output`: it is replaced, and where nothing is found there is no value
    Over,
    /// `outputnew`: it stays
    New,
}

/// `owner as team`: a column of the table, and what it is called in the answer
#[derive(Clone, PartialEq, Debug)]
pub struct LookupOutput {
    /// The column of the table.
    pub column: Name,
    /// What it is called, where the query says so.
    pub alias: Option<Name>,
}

impl LookupOutput {
    /// What the column is called in the answer.
    pub fn name(&self) -> &Name {
        self.alias.as_ref().unwrap_or(&self.column)
    }
}

pub static LOOKUP: CommandSyntax = CommandSyntax {
    name: "lookup",
    aliases: &[],
    synopsis: "lookup table key [as field], … output | outputnew column, …",
    doc: "Adds columns of a table, found by the values of fields: the first row of the table counts whose keys are \
          all the same text. `output` replaces what the row has, `outputnew` fills in what it lacks. \
          A table is a CSV file, given as `--lookup NAME=FILE`.",
    parse: lookup,
};

fn lookup(input: Input) -> Parsed<Command> {
    let (rest, (table, keys, writing)) = (name, separated(key), writing).parse(input)?;
    let column = |column| LookupOutput { column, alias: None };
    let (after, outputs) = cut(separated(name)).parse(rest)?;
    let outputs = outputs.into_iter().map(column).collect();
    Ok((after, Command::Lookup(Lookup { table, keys, writing, outputs })))
}

/// `id as userId`
fn key(input: Input) -> Parsed<LookupKey> {
    let (rest, (column, field)) = (name, opt(preceded(keyword("as"), cut(path)))).parse(input)?;
    Ok((rest, LookupKey { column, field }))
}

/// `output`, `outputnew`
pub(crate) fn writing(input: Input) -> Parsed<Writing> {
    let values = (keyword("output").map(|_| Writing::Over), keyword("outputnew").map(|_| Writing::New));
    alt(values).parse(input).or_else(|_| expected(input, Expected::Thing("`output` or `outputnew`")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn both_ways_of_writing_are_named() {
        let message = crate::parse("lookup t id into name").unwrap_err().remove(0).message;
        assert_eq!(message, "expected `output` or `outputnew`, found `into`");
    }

    #[test]
    fn keys_are_columns_of_the_table_and_fields_of_the_row() {
        let query = crate::parse("lookup users id AS user.id, output OUTPUTNEW output, `a b`").unwrap();
        let Command::Lookup(it) = &query.stages[0].command else { unreachable!() };
        let fields: Vec<Option<String>> = it.keys.iter().map(|it| it.field.as_ref().map(Path::name)).collect();
        assert_eq!(fields, [Some(String::from("user.id")), None]);
        assert_eq!((it.table.text.as_str(), it.writing), ("users", Writing::New));
        assert_eq!(it.outputs.iter().map(|it| it.name().text.as_str()).collect::<Vec<_>>(), ["output", "a b"]);
        for text in [
            "lookup",
            "lookup users output a",
            "lookup users id",
            "lookup users id output",
            "lookup users id output a as b",
        ] {
            assert!(crate::parse(text).is_err(), "{text}");
        }
    }
}
