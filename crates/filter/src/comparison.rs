//! Comparisons with a text, a number or a regular expression: `= "a*"`, `>= 10e3`, `!= %\d%`.

use std::cmp::Ordering;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::combinator::value;
use nom::sequence::preceded;

use crate::expression::{Expression, expression};
use crate::glob::Glob;
use crate::number::Number;
use crate::token::{Fault, Parsed, blanks, expected, found, quoted, taught};

/// What a value must be like.
#[derive(Debug)]
pub(crate) struct Comparison {
    operator: Operator,
    operand: Operand,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Debug)]
enum Operand {
    /// A number, and how the pattern writes it.
    Number(Number, String),
    Text(Glob),
    Expression(Expression),
}

/// A value of a log event.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'a> {
    /// A number, as it is written.
    Number(&'a str),
    Text(&'a str),
}

/// `>= 10e3`
pub(crate) fn comparison(rest: &str) -> Parsed<'_, Comparison> {
    let (rest, _) = blanks(rest)?;
    let (behind, operator) = operator(rest)?;
    let (operand_at, _) = blanks(behind)?;
    if operator == Operator::Equal && operand_at.starts_with(['=', '!']) {
        let meant = if operand_at.starts_with('!') { "`!=`" } else { "`=`" };
        return taught(rest, format!("there is no operator `={}`", &operand_at[..1]), format!("write {meant}"));
    }
    let (end, operand) = operand(operand_at)?;
    let is_ordered = !matches!(operator, Operator::Equal | Operator::NotEqual);
    if is_ordered && !matches!(operand, Operand::Number(..)) {
        let text = &operand_at[..operand_at.len() - end.len()];
        return taught(
            text,
            format!("only numbers are larger or smaller, and {text} is none"),
            "compare by `=` or `!=`",
        );
    }
    Ok((end, Comparison { operator, operand }))
}

fn operator(rest: &str) -> Parsed<'_, Operator> {
    let known = alt((
        value(Operator::NotEqual, tag("!=")),
        value(Operator::AtMost, tag("<=")),
        value(Operator::AtLeast, tag(">=")),
        value(Operator::Less, tag("<")),
        value(Operator::Greater, tag(">")),
        value(Operator::Equal, tag("=")),
    ))
    .parse(rest);
    known.or_else(|_: nom::Err<nom::error::Error<&str>>| expected(rest, "one of `=`, `!=`, `<`, `<=`, `>` and `>=`"))
}

fn operand(rest: &str) -> Parsed<'_, Operand> {
    match rest.chars().next() {
        Some('"') => quoted(rest, '"').map(|(rest, it)| (rest, Operand::Text(Glob::read(&it)))),
        Some('%') => expression(rest).map(|(rest, it)| (rest, Operand::Expression(it))),
        _ => bare(rest),
    }
}

/// A number, or a text without quotes: letters of English, digits, and the signs that addresses and wildcards have.
fn bare(rest: &str) -> Parsed<'_, Operand> {
    let is_bare = |it: char| it.is_ascii_alphanumeric() || "_.*:+-".contains(it);
    let text = preceded(blanks, take_while1(is_bare)).parse(rest);
    let Ok((behind, text)) = text.map_err(|_: nom::Err<Fault<'_>>| ()) else {
        return match rest.chars().next() {
            Some('\'') => taught(&rest[..1], "texts do not stand in single quotes", "write `\"`"),
            _ => expected(rest, "a text, a number or a regular expression"),
        };
    };
    if let Some(number) = Number::read(text) {
        return Ok((behind, Operand::Number(number, text.to_owned())));
    }
    let odd = behind.chars().next().filter(|it| !it.is_whitespace() && !")]},&|".contains(*it));
    match odd.or_else(|| text.chars().find(|it| *it == '+')) {
        None => Ok((behind, Operand::Text(Glob::read(text)))),
        Some(it) => {
            let word: &str = rest.split(|it: char| it.is_whitespace() || ")]},&|".contains(it)).next().unwrap_or(text);
            let message = format!("invalid character {} in a text without quotes", found(it.encode_utf8(&mut [0; 4])));
            taught(word, message, format!("write it in quotes: `\"{}\"`", word.replace('"', "\\\"")))
        }
    }
}

impl Comparison {
    /// Whether a value is as it must be.
    pub(crate) fn holds(&self, found: Found<'_>) -> bool {
        match self.operator {
            Operator::Equal => self.is_equal(found),
            Operator::NotEqual => !self.is_equal(found),
            Operator::Less => self.order(found) == Some(Ordering::Less),
            Operator::Greater => self.order(found) == Some(Ordering::Greater),
            Operator::AtMost => matches!(self.order(found), Some(Ordering::Less | Ordering::Equal)),
            Operator::AtLeast => matches!(self.order(found), Some(Ordering::Greater | Ordering::Equal)),
        }
    }

    /// What stands in every value that is as it must be. A number may be written in many ways.
    pub(crate) fn literal(&self) -> String {
        match &self.operand {
            Operand::Text(glob) if self.operator == Operator::Equal => glob.literal(),
            _ => String::new(),
        }
    }

    /// How many regular expressions it holds.
    pub(crate) fn expressions(&self) -> usize {
        usize::from(matches!(self.operand, Operand::Expression(_)))
    }

    fn is_equal(&self, found: Found<'_>) -> bool {
        match (&self.operand, found) {
            (Operand::Number(..), Found::Number(_)) => self.order(found) == Some(Ordering::Equal),
            (Operand::Number(_, written), Found::Text(text)) => written == text,
            (Operand::Text(glob), Found::Number(text) | Found::Text(text)) => glob.matches(text),
            (Operand::Expression(it), Found::Number(text) | Found::Text(text)) => it.matches(text),
        }
    }

    /// How a number compares with that of the pattern; nothing where one of the two is no number.
    fn order(&self, found: Found<'_>) -> Option<Ordering> {
        match (&self.operand, found) {
            (Operand::Number(number, _), Found::Number(text)) => Number::read(text)?.compare(*number),
            _ => None,
        }
    }
}
