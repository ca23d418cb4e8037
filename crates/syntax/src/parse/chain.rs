//! Rows of operands as trees: `a or b or c`, `a - b + c`.

use nom::Parser;
use nom::combinator::{cut, opt};

use super::foreign;
use super::input::{Input, Parsed};
use super::token::{keyword, sign};
use crate::query::{Expr, ExprKind, Literal, Name};
use crate::span::Span;

/// A parser of expressions.
pub(super) type Read<'a> = fn(Input<'a>) -> Parsed<'a, Expr>;

/// Operands of one operator that may be grouped at will, and are grouped so that a thousand of them make a tree of
/// a dozen levels: `a or (b or c)` is `a or b or c`.
pub(super) fn chain<'a>(
    input: Input<'a>,
    operator: &'static str,
    operand: fn(Input<'a>) -> Parsed<'a, Expr>,
) -> Parsed<'a, Expr> {
    let (mut rest, first) = operand(input)?;
    if keyword(operator)(rest).is_err() {
        return Ok((rest, first));
    }
    let (first, mut more) = spread((input.span_to(rest), first), operator);
    while let (behind, Some(span)) = opt(keyword(operator)).parse(rest)? {
        let (after, next) = cut(operand).parse(behind)?;
        let (next, others) = spread((behind.span_to(after), next), operator);
        more.push((Name { text: operator.to_owned(), span }, next));
        more.extend(others);
        rest = after;
    }
    let (_, expr) = group(first, more);
    Ok((rest, Expr { span: input.span_to(rest), ..expr }))
}

/// An operand, and the span it was typed in, parentheses included.
type Operand = (Span, Expr);

/// An operand that is itself of the operator, as several.
fn spread((outer, expr): Operand, operator: &str) -> (Operand, Vec<(Name, Operand)>) {
    let span = expr.span;
    match expr.kind {
        ExprKind::Call { name, args } if name.text == operator => match <[Expr; 2]>::try_from(args) {
            Ok([left, right]) => {
                let (first, mut more) = spread((left.span, left), operator);
                let (second, others) = spread((right.span, right), operator);
                more.push((name, second));
                more.extend(others);
                (first, more)
            }
            Err(args) => ((outer, call(name, args, span)), Vec::new()),
        },
        kind => ((outer, Expr { kind, span }), Vec::new()),
    }
}

/// The operands as one, the halves on either side.
fn group(first: Operand, mut more: Vec<(Name, Operand)>) -> Operand {
    let mut right = more.split_off(more.len() / 2).into_iter();
    let Some((name, middle)) = right.next() else { return first };
    let (from, left) = group(first, more);
    let (to, right) = group(middle, right.collect());
    let span = from.to(to);
    (span, call(name, vec![left, right], span))
}

/// `a - b + c` is `(a - b) + c`.
pub(super) fn left_to_right<'a>(
    input: Input<'a>,
    signs: &'static [&'static str],
    operand: Read<'a>,
) -> Parsed<'a, Expr> {
    let (mut rest, mut left) = operand(input)?;
    loop {
        let foreign = foreign::operator(rest.rest()).is_some();
        let Some(mark) = signs.iter().find(|mark| !foreign && rest.rest().starts_with(**mark)) else {
            return Ok((rest, left));
        };
        let (behind, span) = sign(mark)(rest)?;
        let (after, right) = cut(operand).parse(behind)?;
        left = call(Name { text: (*mark).to_owned(), span }, vec![left, right], input.span_to(after));
        rest = after;
    }
}

/// A function or operator with its arguments.
pub(super) fn call(name: Name, args: Vec<Expr>, span: Span) -> Expr {
    Expr { kind: ExprKind::Call { name, args }, span }
}

/// A literal.
pub(super) fn literal_at(literal: Literal, span: Span) -> Expr {
    Expr { kind: ExprKind::Literal(literal), span }
}

/// How many levels the tree has.
pub(super) fn height(expr: &Expr) -> usize {
    let inside = match &expr.kind {
        ExprKind::Call { args, .. } | ExprKind::List(args) => args.iter().map(height).max(),
        _ => None,
    };
    1 + inside.unwrap_or(0)
}
