//! Patterns of JSON: `{ $.user.id = 1 && ($.tags[0] = "a*" || $.error IS NULL) }`.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::{opt, value};
use nom::multi::separated_list1;
use nom::sequence::preceded;
use serde_json::Value;

use crate::comparison::{Comparison, Found, comparison};
use crate::error::Error;
use crate::selector::{Selector, selector};
use crate::token::{Fault, Parsed, blanks, expected, fault, sign, taught, whole};
use crate::{MOST_EXPRESSIONS, MOST_WILDCARDS};

/// What must be so of a JSON object.
#[derive(Debug)]
pub(crate) enum Condition {
    /// `$.a = 1`
    Test(Selector, Test),
    /// `$.a = 1 && $.b = 2`
    All(Vec<Condition>),
    /// `$.a = 1 || $.b = 2`
    Any(Vec<Condition>),
}

/// What must be so of a value.
#[derive(Debug)]
pub(crate) enum Test {
    /// `= "a*"`. It is a text or a number.
    Compares(Comparison),
    /// `IS NULL`, `IS TRUE`, `IS FALSE`
    Is(Value),
    /// `NOT EXISTS`
    Lacks,
}

/// How deep parentheses may stand in one another.
const DEEPEST: usize = 50;

/// Reads what stands between the braces.
pub(crate) fn parse(pattern: &str, text: &str) -> Result<Condition, Error> {
    let condition = whole(pattern, text, |rest| any(rest, 0))?;
    let expressions = sum(&condition, |_, test| match test {
        Test::Compares(it) => it.expressions(),
        Test::Is(_) | Test::Lacks => 0,
    });
    let wildcards = sum(&condition, |selector, _| selector.wildcards());
    let most = match () {
        () if expressions > MOST_EXPRESSIONS => format!("{MOST_EXPRESSIONS} regular expressions"),
        () if wildcards > MOST_WILDCARDS => format!("{MOST_WILDCARDS} selectors with `*`"),
        () => return Ok(condition),
    };
    Err(Error::at(pattern, text, format!("a pattern of JSON holds at most {most}")))
}

fn any(rest: &str, depth: usize) -> Parsed<'_, Condition> {
    let (rest, list) = separated_list1(sign("||"), |it| all(it, depth)).parse(rest)?;
    Ok((rest, one_or(list, Condition::Any)))
}

fn all(rest: &str, depth: usize) -> Parsed<'_, Condition> {
    let (rest, list) = separated_list1(sign("&&"), |it| single(it, depth)).parse(rest)?;
    joined(rest)?;
    Ok((rest, one_or(list, Condition::All)))
}

fn one_or(mut list: Vec<Condition>, many: impl Fn(Vec<Condition>) -> Condition) -> Condition {
    match list.pop() {
        Some(it) if list.is_empty() => it,
        Some(it) => {
            list.push(it);
            many(list)
        }
        None => many(list),
    }
}

/// Nothing but a sign that joins conditions, or an end, may stand behind one.
fn joined(rest: &str) -> Parsed<'_, ()> {
    let rest = rest.trim_start();
    let word = rest.split(|it: char| !it.is_ascii_alphabetic()).next().unwrap_or_default();
    let meant = match word.to_ascii_uppercase().as_str() {
        "AND" => Some("&&"),
        "OR" => Some("||"),
        _ if rest.starts_with('&') && !rest.starts_with("&&") => Some("&&"),
        _ if rest.starts_with('|') && !rest.starts_with("||") => Some("||"),
        _ => None,
    };
    match meant {
        Some(sign) => {
            let at = &rest[..word.len().max(1)];
            taught(at, format!("`{at}` does not join conditions"), format!("write `{sign}`"))
        }
        None if rest.is_empty() || rest.starts_with(')') || rest.starts_with("&&") || rest.starts_with("||") => {
            Ok((rest, ()))
        }
        None => expected(rest, "`&&`, `||` or the end"),
    }
}

fn single(rest: &str, depth: usize) -> Parsed<'_, Condition> {
    let (rest, _) = blanks(rest)?;
    let (rest, opened) = opt(tag::<_, _, Fault<'_>>("(")).parse(rest)?;
    match opened {
        Some(open) if depth == DEEPEST => fault(open, "parentheses stand too deep in one another"),
        Some(open) => {
            let (behind, condition) = any(rest, depth + 1)?;
            match sign(")").parse(behind) {
                Ok((behind, _)) => Ok((behind, condition)),
                Err(_) => fault(open, "this parenthesis is never closed"),
            }
        }
        None => test(rest),
    }
}

fn test(rest: &str) -> Parsed<'_, Condition> {
    let (behind, selector) = selector(rest)?;
    let (behind, _) = blanks(behind)?;
    let word = behind.split(|it: char| !it.is_ascii_alphabetic()).next().unwrap_or_default();
    let (behind, test) = match word {
        "" => comparison(behind).map(|(rest, it)| (rest, Test::Compares(it)))?,
        "IS" => known(&behind[word.len()..])?,
        "NOT" => match preceded(blanks, tag::<_, _, Fault<'_>>("EXISTS")).parse(&behind[word.len()..]) {
            Ok((rest, _)) => (rest, Test::Lacks),
            Err(_) => return expected(&behind[word.len()..], "`EXISTS` behind `NOT`"),
        },
        _ if ["IS", "NOT"].iter().any(|it| it.eq_ignore_ascii_case(word)) => {
            return taught(
                word,
                format!("`{word}` stands in capitals"),
                format!("write `{}`", word.to_ascii_uppercase()),
            );
        }
        "EXISTS" => return taught(word, "there is no `EXISTS` without `NOT`", "`= *` holds where there is a value"),
        _ => return expected(behind, "an operator, `IS` or `NOT EXISTS`"),
    };
    Ok((behind, Condition::Test(selector, test)))
}

/// `NULL`, `TRUE`, `FALSE`
fn known(rest: &str) -> Parsed<'_, Test> {
    let words = alt((
        value(Value::Null, tag("NULL")),
        value(Value::Bool(true), tag("TRUE")),
        value(Value::Bool(false), tag("FALSE")),
    ));
    let (rest, _) = blanks(rest)?;
    let parsed = nom::combinator::map(words, Test::Is).parse(rest);
    parsed.or_else(|_: nom::Err<Fault<'_>>| match rest.starts_with("NOT") {
        true => taught(&rest[..3], "there is no `IS NOT`", "`= *` holds where there is a value"),
        false => expected(rest, "`NULL`, `TRUE` or `FALSE` behind `IS`"),
    })
}

/// Texts that every message holds of which the condition holds, as they are without escapes.
pub(crate) fn required(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::Test(_, Test::Compares(it)) => vec![it.literal()],
        Condition::All(list) => list.iter().flat_map(required).collect(),
        Condition::Test(..) | Condition::Any(_) => Vec::new(),
    }
}

/// The sum over all tests of a condition.
fn sum(condition: &Condition, of: fn(&Selector, &Test) -> usize) -> usize {
    match condition {
        Condition::Test(selector, test) => of(selector, test),
        Condition::All(list) | Condition::Any(list) => list.iter().map(|it| sum(it, of)).sum(),
    }
}

/// Whether a message is a JSON object of which the condition holds.
pub(crate) fn matches(condition: &Condition, message: &str) -> bool {
    // The parser of JSON gives up where values stand too deep in one another.
    message.trim_start().starts_with('{')
        && serde_json::from_str(message).is_ok_and(|object: Value| holds(condition, &object))
}

fn holds(condition: &Condition, object: &Value) -> bool {
    match condition {
        Condition::All(list) => list.iter().all(|it| holds(it, object)),
        Condition::Any(list) => list.iter().any(|it| holds(it, object)),
        Condition::Test(selector, Test::Compares(it)) => selector.finds(object, |value| compares(it, value)),
        Condition::Test(selector, Test::Is(wanted)) => selector.finds(object, |value| value == wanted),
        Condition::Test(selector, Test::Lacks) => !selector.finds(object, |_| true),
    }
}

fn compares(comparison: &Comparison, value: &Value) -> bool {
    match value {
        Value::String(text) => comparison.holds(Found::Text(text)),
        Value::Number(number) => comparison.holds(Found::Number(&number.to_string())),
        // What is no text and no number is neither equal nor unequal to one: the pattern is not of such events.
        _ => false,
    }
}
