//! `appendcols`: the columns of a second query beside those of the first.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::CommandSyntax;
use super::option::{boolean, no_other, option};
use crate::parse::{Input, Parsed, subquery, whole_number};
use crate::query::{Command, Query};
use crate::span::Span;

/// `appendcols override=true max=100 (source 'b' | stats count(*) as n by level)`
#[derive(Clone, PartialEq, Debug)]
pub struct AppendCols {
    /// Whether a column of the second query replaces one of the same name, where the query says so.
    pub replaces: Option<bool>,
    /// How many rows of the second query count, where the query says so; and where it says so.
    pub max: Option<(u64, Span)>,
    /// The second query.
    pub query: Query,
}

pub static APPENDCOLS: CommandSyntax = CommandSyntax {
    name: "appendcols",
    aliases: &[],
    synopsis: "appendcols [override=true | false] [max=count] (query)",
    doc: "Puts the columns of a second query beside those of the first, the first row beside the first, and so on. \
          Where both have a column of one name the value of the first query stays, unless `override=true`. \
          Of the second query 10,000 rows count, unless `max` says otherwise; rows of it that are left over are dropped.",
    parse: appendcols,
};

/// One of the options.
enum Choice {
    Replaces(bool),
    Max(u64, Span),
}

fn appendcols(input: Input) -> Parsed<Command> {
    let (mut replaces, mut max) = (None, None);
    let mut rest = input;
    while let (behind, Some(choice)) = opt(appendcols_option).parse(rest)? {
        rest = behind;
        match choice {
            Choice::Replaces(it) => replaces = Some(it),
            Choice::Max(it, span) => max = Some((it, span)),
        }
    }
    let (rest, _) = no_other(rest, "appendcols", &["override", "max"])?;
    let (after, query) = cut(subquery).parse(rest)?;
    Ok((after, Command::AppendCols(AppendCols { replaces, max, query })))
}

/// `override=true`, `max=100`
fn appendcols_option(input: Input) -> Parsed<Choice> {
    let max = option("max", count).map(|(count, span)| Choice::Max(count, span));
    alt((option("override", boolean).map(Choice::Replaces), max)).parse(input)
}

fn count(input: Input) -> Parsed<(u64, Span)> {
    let (after, count) = whole_number(input)?;
    Ok((after, (count, input.span_to(after))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn options_stand_before_the_query() {
        let text = "appendcols MAX = 5 override=TRUE (stats count(*) as n)";
        let Command::AppendCols(it) = crate::parse(text).unwrap().stages.remove(0).command else { panic!() };
        assert_eq!((it.replaces, it.max.map(|it| it.0), it.query.stages.len()), (Some(true), Some(5), 1));
        assert!(crate::parse("appendcols").is_err());
        assert!(crate::parse("appendcols max=x (stats count(*) as n)").is_err());
        assert!(crate::parse("appendcols (stats count(*) as n) max=5").is_err());
    }
}
