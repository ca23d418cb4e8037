//! `join`: the rows of a second query, put beside those that have the same value.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::CommandSyntax;
use super::option::{no_other, option};
use crate::parse::{Expected, Input, Parsed, expected, keyword, name, path, sign, subquery};
use crate::query::{Command, Name, Path, Query};

/// `join type=left left=a right=b where a.id = b.user (source 'b')`
#[derive(Clone, PartialEq, Debug)]
pub struct Join {
    /// What becomes of a row without a match, where the query says so.
    pub kind: Option<JoinKind>,
    /// What the rows before it are called behind it, where the query says so.
    pub left: Option<Name>,
    /// What the rows of the second query are called, where the query says so.
    pub right: Option<Name>,
    /// What must be equal: a field of each side.
    pub on: [Path; 2],
    /// The second query.
    pub query: Query,
}

/// What becomes of a row without a match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JoinKind {
    /// `inner`: it is dropped
    Inner,
    /// `left`: it stays, with no values of the other side
    Left,
}

pub static JOIN: CommandSyntax = CommandSyntax {
    name: "join",
    aliases: &[],
    synopsis: "join [type=inner | left] left=a right=b where a.field = b.field (query)",
    doc: "Joins each row with every row of a second query that has the same value; `type=left` keeps rows without one. \
          Behind it, fields are called `a.field` and `b.field`. A query holds one `join`.",
    parse: join,
};

/// One of the options.
enum Choice {
    Kind(JoinKind),
    Left(Name),
    Right(Name),
}

fn join(input: Input) -> Parsed<Command> {
    let (mut kind, mut left, mut right) = (None, None, None);
    let mut rest = input;
    while let (behind, Some(choice)) = opt(join_option).parse(rest)? {
        rest = behind;
        match choice {
            Choice::Kind(it) => kind = Some(it),
            Choice::Left(it) => left = Some(it),
            Choice::Right(it) => right = Some(it),
        }
    }
    let (rest, _) = no_other(rest, "join", &["type", "left", "right"])?;
    let (rest, (_, one, _, other)) = (keyword("where"), cut(path), cut(equality), cut(path)).parse(rest)?;
    let (after, query) = cut(subquery).parse(rest)?;
    Ok((after, Command::Join(Join { kind, left, right, on: [one, other], query })))
}

/// `type=left`, `left=a`, `right=b`
fn join_option(input: Input) -> Parsed<Choice> {
    let (left, right) = (option("left", name), option("right", name));
    alt((option("type", join_kind).map(Choice::Kind), left.map(Choice::Left), right.map(Choice::Right))).parse(input)
}

/// `inner`, `left`
fn join_kind(input: Input) -> Parsed<JoinKind> {
    let kinds = (keyword("inner").map(|_| JoinKind::Inner), keyword("left").map(|_| JoinKind::Left));
    alt(kinds).parse(input).or_else(|_| expected(input, Expected::Thing("`inner` or `left`")))
}

/// `=`, `==`
fn equality(input: Input) -> Parsed<()> {
    alt((sign("=="), sign("="))).map(|_| ()).parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::Code;

    #[test]
    fn options_come_in_any_order() {
        for text in [
            "join type=left left=a right=b where a.id = b.user (source 'x' | fields user)",
            "JOIN right=b LEFT=a Type=LEFT where a.id==b.user(source 'x' | fields user)",
        ] {
            let Command::Join(it) = crate::parse(text).unwrap().stages.remove(0).command else { panic!() };
            assert_eq!((it.kind, it.left.unwrap().text.as_str()), (Some(JoinKind::Left), "a"));
            assert_eq!((it.on[0].name(), it.on[1].name(), it.query.stages.len()), ("a.id".into(), "b.user".into(), 2));
        }
    }

    #[test]
    fn what_is_missing_is_told() {
        let code = |text: &str| crate::parse(text).unwrap_err()[0].code;
        assert_eq!(code("join left=a right=b where a.id > b.id (source 'x')"), Code::Unexpected);
        assert_eq!(code("join type=outer left=a right=b where a.id = b.id (source 'x')"), Code::Unexpected);
        assert_eq!(code("join left=a right=b where a.id = b.id"), Code::Unexpected);
        assert_eq!(code("join left=a right=b (source 'x')"), Code::Unexpected);
    }
}
