//! `filterIndex`: the rows whose indexed field has a value.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};

use super::{CommandSyntax, Filter};
use crate::parse::{
    Expected, Input, Parsed, closing, expected, keyword, known, path, quantity, separated, sign, string,
};
use crate::query::{Command, Expr, ExprKind, Literal, Name};
use crate::span::Span;

pub static FILTER_INDEX: CommandSyntax = CommandSyntax {
    name: "filterIndex",
    aliases: &[],
    synopsis: "filterIndex field = value | filterIndex field in [value, …]",
    doc: "Keeps the rows whose field has the value, or one of the values. \
          The service reads only log groups with an index on the field; here it is a `filter`.",
    parse: filterindex,
};

/// What is said of any other condition.
pub(crate) const HELP: &str =
    "it takes `field = value` or `field in [value, …]`; other conditions stand in a `filter` behind it";

fn filterindex(input: Input) -> Parsed<Command> {
    let (rest, path) = path(input)?;
    let field = Expr { span: path.span, kind: ExprKind::Field(path) };
    let (operator, span, (after, value)) = match alt((sign("=="), sign("="))).parse(rest) {
        Ok((behind, span)) if !behind.rest().starts_with('~') => ("=", span, cut(indexed).parse(behind)?),
        _ => match keyword("in")(rest) {
            Ok((behind, span)) => ("in", span, cut(indexed_list).parse(behind)?),
            Err(_) => return no_index(rest),
        },
    };
    let name = Name { text: operator.to_owned(), span };
    let span = field.span.to(value.span);
    let condition = Expr { kind: ExprKind::Call { name, args: vec![field, value] }, span };
    Ok((after, Command::FilterIndex(Filter { condition })))
}

/// `"tx-001"`, `-3`, `true`
pub(crate) fn indexed(input: Input) -> Parsed<Expr> {
    let text = string.map(Literal::Text);
    let truth = alt((keyword("true").map(|_| Literal::Bool(true)), keyword("false").map(|_| Literal::Bool(false))));
    if let Ok((after, literal)) = alt((text, truth)).parse(input) {
        return Ok((after, literal_at(literal, input.span_to(after))));
    }
    let (rest, minus) = opt(sign("-")).parse(input)?;
    match quantity(rest) {
        Ok((after, number @ Literal::Number(_))) => {
            let number = literal_at(number, rest.span_to(after));
            let Some(span) = minus else { return Ok((after, number)) };
            let kind = ExprKind::Call { name: Name { text: "negate".to_owned(), span }, args: vec![number] };
            Ok((after, Expr { kind, span: input.span_to(after) }))
        }
        Err(nom::Err::Failure(failure)) => Err(nom::Err::Failure(failure)),
        _ => expected(input, Expected::Thing("a text or a number")),
    }
}

/// `["198.51.100.0", "198.51.100.1"]`
fn indexed_list(input: Input) -> Parsed<Expr> {
    let (rest, open) = sign("[")(input)?;
    let (rest, items) = opt(separated(indexed)).parse(rest)?;
    let (after, _) = closing("]", open, rest)?;
    Ok((after, Expr { kind: ExprKind::List(items.unwrap_or_default()), span: input.span_to(after) }))
}

fn literal_at(literal: Literal, span: Span) -> Expr {
    Expr { kind: ExprKind::Literal(literal), span }
}

fn no_index<'a>(input: Input<'a>) -> Parsed<'a, Command> {
    match expected::<()>(input, Expected::Thing("`=` or `in`")) {
        Err(nom::Err::Error(failure)) => known(failure.diagnostic(input.whole()).help(HELP)),
        _ => expected(input, Expected::Thing("`=` or `in`")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn an_index_knows_equal_values_alone() {
        for text in
            ["filterIndex a = 'x'", "FILTERINDEX a.0.b==-1.5", "filterIndex a in []", "filterIndex a in [1,'2']"]
        {
            assert!(crate::parse(text).is_ok(), "{text}");
        }
        for text in [
            "filterIndex a",
            "filterIndex a like 'x'",
            "filterIndex a != 'x'",
            "filterIndex a = 'x' and b = 'y'",
            "filterIndex a not in ['x']",
        ] {
            let fault = crate::parse(text).unwrap_err().remove(0);
            assert!(fault.help.is_some_and(|it| it.contains("field in [value")), "{text}");
        }
        assert!(crate::parse("filterIndex a = b").is_err());
    }
}
