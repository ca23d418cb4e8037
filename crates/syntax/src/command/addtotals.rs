//! `addtotals`: the sum of each row's numbers, and of each column's.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;

use super::CommandSyntax;
use super::option::{boolean, no_other, option};
use crate::parse::{Input, Parsed, name, path, separated};
use crate::query::{Command, Name, Path};

/// `addtotals fieldname=all col=true reads, writes`
#[derive(Clone, PartialEq, Debug)]
pub struct AddTotals {
    /// What the column of the sums of rows is called, where the query says so.
    pub name: Option<Name>,
    /// Whether each row has its sum, where the query says so.
    pub row: Option<bool>,
    /// Whether a last row has the sum of each column, where the query says so.
    pub col: Option<bool>,
    /// What is added up; nothing means all columns.
    pub fields: Vec<Path>,
}

pub static ADDTOTALS: CommandSyntax = CommandSyntax {
    name: "addtotals",
    aliases: &[],
    synopsis: "addtotals [fieldname=name] [row=true | false] [col=true | false] [field, …]",
    doc: "Adds the sum of each row's numbers as a column, `Total` unless it is named, and with `col=true` a last row \
          with the sum of each column. Without fields, all columns so far are added up.",
    parse: addtotals,
};

/// One of the options.
enum Choice {
    Name(Name),
    Row(bool),
    Col(bool),
}

fn addtotals(input: Input) -> Parsed<Command> {
    let mut it = AddTotals { name: None, row: None, col: None, fields: Vec::new() };
    let mut rest = input;
    while let (behind, Some(choice)) = opt(totals_option).parse(rest)? {
        rest = behind;
        match choice {
            Choice::Name(name) => it.name = Some(name),
            Choice::Row(row) => it.row = Some(row),
            Choice::Col(col) => it.col = Some(col),
        }
    }
    let (rest, _) = no_other(rest, "addtotals", &["fieldname", "row", "col"])?;
    let (after, fields) = opt(separated(path)).parse(rest)?;
    it.fields = fields.unwrap_or_default();
    Ok((after, Command::AddTotals(it)))
}

/// `fieldname=all`, `row=false`, `col=true`
fn totals_option(input: Input) -> Parsed<Choice> {
    let name = option("fieldname", name).map(Choice::Name);
    alt((name, option("row", boolean).map(Choice::Row), option("col", boolean).map(Choice::Col))).parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Code;

    #[test]
    fn a_field_may_be_called_like_an_option() {
        let query = crate::parse("addtotals col=TRUE fieldname = sum row, col.x").unwrap();
        let Command::AddTotals(it) = &query.stages[0].command else { unreachable!() };
        assert_eq!((it.row, it.col, it.fields.len()), (None, Some(true), 2));
        assert_eq!(it.name.as_ref().map(|it| it.text.as_str()), Some("sum"));
        assert!(crate::parse("addtotals").is_ok());
        assert!(crate::parse("addtotals col=yes").is_err());
        assert!(crate::parse("addtotals a, row=true").is_err());
        let unknown = &crate::parse("addtotals foo=1").unwrap_err()[0];
        assert_eq!((unknown.code, unknown.message.as_str()), (Code::UnknownOption, "`addtotals` has no option `foo`"));
    }
}
