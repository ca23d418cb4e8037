//! Patterns of lines whose fields are divided by blanks: `[ip, user, ..., status = 4* || status = 5*, bytes > 1000]`.

use std::iter::Peekable;

use memchr::{Memchr, memchr_iter};
use nom::Parser;
use nom::bytes::complete::tag;
use nom::combinator::opt;
use nom::multi::separated_list1;
use nom::sequence::preceded;

use crate::MOST_EXPRESSIONS;
use crate::comparison::{Comparison, Found, comparison};
use crate::error::Error;
use crate::number::Number;
use crate::token::{Fault, Parsed, blanks, fault, name, sign, taught, whole};

/// The fields of a line, of which the last takes the rest. A line with fewer does not match.
#[derive(Debug)]
pub(crate) struct Line {
    before: Vec<Field>,
    /// Those behind `...`, which stands for any number of fields; nothing where there is none. Of them the last takes one.
    behind: Option<Vec<Field>>,
}

/// What must be so of a field: one of the lists, and of that list all comparisons.
#[derive(Debug, Default)]
struct Field(Vec<Vec<Comparison>>);

/// What may stand between two commas.
enum Part<'a> {
    Field(Field),
    /// `...`
    Ellipsis(&'a str),
}

/// Reads what stands between the brackets.
pub(crate) fn parse(pattern: &str, text: &str) -> Result<Line, Error> {
    let parts = whole(pattern, text, |rest| separated_list1(sign(","), part).parse(rest))?;
    let mut line = Line { before: Vec::new(), behind: None };
    for part in parts {
        match (part, &mut line.behind) {
            (Part::Field(field), None) => line.before.push(field),
            (Part::Field(field), Some(fields)) => fields.push(field),
            (Part::Ellipsis(_), None) => line.behind = Some(Vec::new()),
            (Part::Ellipsis(at), Some(_)) => {
                let message = String::from("there are two `...`, so that no field has a place");
                return Err(Error::at(pattern, at, message).with_hint(String::from("leave one out")));
            }
        }
    }
    let fields = line.before.iter().chain(line.behind.iter().flatten());
    let expressions: usize = fields.flat_map(|it| it.0.iter().flatten()).map(Comparison::expressions).sum();
    if expressions > MOST_EXPRESSIONS {
        let message = format!("a pattern of a line holds at most {MOST_EXPRESSIONS} regular expressions");
        return Err(Error::at(pattern, text, message));
    }
    Ok(line)
}

/// `...`, `status`, `status = 4* && status != 404`, or nothing at all.
fn part(rest: &str) -> Parsed<'_, Part<'_>> {
    let (rest, _) = blanks(rest)?;
    if let Ok((behind, dots)) = tag::<_, _, Fault<'_>>("...").parse(rest) {
        return Ok((behind, Part::Ellipsis(dots)));
    }
    if let Some(behind) = rest.strip_prefix('…') {
        return taught(&rest[..rest.len() - behind.len()], "an ellipsis is three dots here", "write `...`");
    }
    let (behind, field) = opt(name).parse(rest)?;
    let Some(field) = field else { return Ok((rest, Part::Field(Field::default()))) };
    let (next, _) = blanks(behind)?;
    if next.is_empty() || next.starts_with(',') {
        return Ok((behind, Part::Field(Field::default())));
    }
    let (mut end, first) = comparison(next)?;
    let mut any = vec![vec![first]];
    loop {
        let (behind, sign) = opt(preceded(blanks, nom::branch::alt((tag("&&"), tag("||"))))).parse(end)?;
        let Some(sign) = sign else { return Ok((end, Part::Field(Field(any)))) };
        let (behind, compared) = again(behind, field)?;
        match any.last_mut().filter(|_| sign == "&&") {
            Some(all) => all.push(compared),
            None => any.push(vec![compared]),
        }
        end = behind;
    }
}

/// One more comparison of the same field.
fn again<'a>(rest: &'a str, field: &str) -> Parsed<'a, Comparison> {
    let (rest, _) = blanks(rest)?;
    if rest.starts_with('(') {
        return fault(&rest[..1], "parentheses stand in patterns of JSON alone");
    }
    let (behind, other) = name(rest)?;
    if other != field {
        let message = format!("`{other}` is compared where the field `{field}` stands");
        return taught(other, message, "each field has its own place between commas, and its own conditions");
    }
    comparison(behind)
}

impl Line {
    pub(crate) fn matches(&self, message: &str) -> bool {
        let behind = self.behind.as_deref().unwrap_or_default();
        let most = if self.behind.is_none() { self.before.len() } else { usize::MAX };
        let fields = fields(message, most);
        if fields.len() < self.before.len() + behind.len() {
            return false;
        }
        let (first, last) = (&fields[..self.before.len()], &fields[fields.len() - behind.len()..]);
        let holds = |(field, text): (&Field, &&str)| field.holds(text);
        self.before.iter().zip(first).all(holds) && behind.iter().zip(last).all(holds)
    }
}

impl Field {
    fn holds(&self, text: &str) -> bool {
        let found = if Number::read(text).is_some() { Found::Number(text) } else { Found::Text(text) };
        self.0.is_empty() || self.0.iter().any(|all| all.iter().all(|it| it.holds(found)))
    }
}

/// The fields of a line, and if there are more than so many, the rest of the line as the last.
/// What stands between brackets or double quotes is one field.
fn fields(message: &str, most: usize) -> Vec<&str> {
    let message = message.trim_matches(is_blank);
    let bytes = message.as_bytes();
    let mut quotes = memchr_iter(b'"', bytes).peekable();
    let mut brackets = memchr_iter(b']', bytes).peekable();
    let mut fields = Vec::new();
    let mut start = 0;
    while start < message.len() {
        let close = match bytes[start] {
            b'"' => behind(&mut quotes, start),
            b'[' => behind(&mut brackets, start),
            _ => None,
        };
        let alone = close.filter(|at| bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace));
        let (field, end) = match alone {
            Some(at) => (&message[start + 1..at], at + 1),
            None => {
                let word = message[start..].split(is_blank).next().unwrap_or_default();
                (word, start + word.len())
            }
        };
        if fields.len() + 1 == most && end < message.len() {
            fields.push(&message[start..]);
            break;
        }
        fields.push(field);
        start = message.len() - message[end..].trim_start_matches(is_blank).len();
    }
    fields
}

/// The first of the places behind one. Those before it are not looked at again, so that a line takes linear time.
fn behind(places: &mut Peekable<Memchr<'_>>, start: usize) -> Option<usize> {
    while places.next_if(|at| *at <= start).is_some() {}
    places.peek().copied()
}

/// Tabs divide fields, too: those of Lambda's own lines.
fn is_blank(it: char) -> bool {
    it.is_ascii_whitespace()
}
