//! Items divided by commas.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::expr::expr;
use super::failure::{Expected, Failure, expected, known, unexpected};
use super::input::{Input, Parsed};
use super::scan;
use super::token::{keyword, name, sign};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Expr, ExprKind, Named};
use crate::span::Span;

/// `latency / 1000 as seconds`
pub(crate) fn named(input: Input) -> Parsed<Named> {
    let (rest, expr) = expr(input)?;
    let text = typed(input.text_to(rest));
    let (after, alias) = opt(preceded(keyword("as"), cut(name))).parse(rest)?;
    Ok((after, Named { expr, alias, text }))
}

/// One item or more, a comma between two.
pub(crate) fn separated<'a, T>(item: fn(Input<'a>) -> Parsed<'a, T>) -> impl Fn(Input<'a>) -> Parsed<'a, Vec<T>> {
    move |input| {
        let (mut rest, first) = item(input)?;
        let mut items = vec![first];
        while let (behind, Some(_)) = opt(sign(",")).parse(rest)? {
            let (after, next) = match item(behind) {
                Err(nom::Err::Error(failure)) => return known(last_comma(behind, failure)),
                found => found?,
            };
            items.push(next);
            rest = after;
        }
        Ok((rest, items))
    }
}

/// `["a", b]`
pub(crate) fn values(input: Input) -> Parsed<Expr> {
    let (rest, open) = match sign("[")(input) {
        Ok(found) => found,
        Err(_) => return expected(input, Expected::Thing("a list such as `[1, 2]`")),
    };
    let (rest, items) = opt(separated(expr)).parse(rest)?;
    let (after, _) = closing("]", open, rest)?;
    Ok((after, Expr { kind: ExprKind::List(items.unwrap_or_default()), span: input.span_to(after) }))
}

/// What stands behind a comma is no item.
fn last_comma(behind: Input, failure: Failure) -> Diagnostic {
    let nothing =
        behind.rest().is_empty() || behind.rest().starts_with(['|', ')', ']']) || keyword("by")(behind).is_ok();
    match failure.diagnostic(behind.whole()) {
        diagnostic if nothing => diagnostic.help("no comma stands behind the last item"),
        diagnostic => diagnostic,
    }
}

/// The parenthesis or bracket that closes the one at `open`.
pub(crate) fn closing<'a>(mark: &'static str, open: Span, input: Input<'a>) -> Parsed<'a, Span> {
    match sign(mark)(input) {
        Err(nom::Err::Error(Failure::Expected { place, .. })) => {
            let mut diagnostic = unexpected(input.whole(), place, &format!("expected `{mark}`"));
            if diagnostic.code == Code::Unexpected {
                diagnostic.code = Code::Unclosed;
                diagnostic = diagnostic.also(open, "opened here");
            }
            known(diagnostic)
        }
        found => found,
    }
}

/// An expression as typed, without comments, and with a blank for every line end and the blanks around it.
fn typed(text: &str) -> String {
    let mut typed = String::with_capacity(text.len());
    let mut blank = String::new();
    for lexeme in scan::lexemes(text) {
        match lexeme.kind {
            scan::Kind::Blank => blank.push_str(lexeme.text),
            scan::Kind::Comment => blank.push('\n'),
            _ => {
                typed.push_str(if blank.contains('\n') { " " } else { &blank });
                typed.push_str(lexeme.text);
                blank.clear();
            }
        }
    }
    typed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(text: &str) -> String {
        named(Input::new(text)).unwrap().1.text
    }

    #[test]
    fn the_text_of_an_item_is_as_typed() {
        assert_eq!(text("count( * )  as n"), "count( * )");
        assert_eq!(text("(a+b) "), "(a+b)");
        assert_eq!(text("`odd name`"), "`odd name`");
        assert_eq!(text("a + # why\n   b"), "a + b");
        assert_eq!(text("if(a like /x\n#y/, 1,\n\t2)"), "if(a like /x\n#y/, 1, 2)");
    }

    #[test]
    fn aliases_are_plain_dotted_or_quoted() {
        let alias = |text| named(Input::new(text)).unwrap().1.alias.unwrap().text;
        assert_eq!(alias("count(*) as count"), "count");
        assert_eq!(alias("x AS @y"), "@y");
        assert_eq!(alias("x as `error rate`"), "error rate");
        assert_eq!(alias("x as http.status"), "http.status");
    }
}
