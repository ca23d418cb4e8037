//! `sort`: the order of rows.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::CommandSyntax;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Input, Parsed, expr, found, keyword, known, path, separated};
use crate::query::{Command, ExprKind, Literal, Path};
use crate::span::Span;

/// `sort n desc, level`
#[derive(Clone, PartialEq, Debug)]
pub struct Sort {
    /// The keys, the first one first: at least one.
    pub keys: Vec<SortKey>,
}

/// `n desc`
#[derive(Clone, PartialEq, Debug)]
pub struct SortKey {
    /// The column or field.
    pub path: Path,
    /// Whether the largest comes first.
    pub descending: bool,
    /// Where the key and its direction stand.
    pub span: Span,
}

pub static SORT: CommandSyntax = CommandSyntax {
    name: "sort",
    aliases: &[],
    synopsis: "sort [by] name [asc | desc], …",
    doc: "Orders the result. Each key has its own direction, `asc` if none is given. \
          Text comes before numbers, and what is missing before both. A key is a name, not an expression.",
    parse: sort,
};

fn sort(input: Input) -> Parsed<Command> {
    let keys = preceded(opt(keyword("by")), separated(sort_key));
    keys.map(|keys| Command::Sort(Sort { keys })).parse(input)
}

fn sort_key(input: Input) -> Parsed<SortKey> {
    let (rest, path) = match path(input) {
        Ok(found) if !goes_on(found.0) => found,
        Err(nom::Err::Error(failure)) if expr(input).is_err() => return Err(nom::Err::Error(failure)),
        Err(nom::Err::Failure(failure)) => return Err(nom::Err::Failure(failure)),
        _ => return expression_as_key(input),
    };
    let descending = keyword("desc").map(|_| true);
    let (after, descending) = opt(alt((descending, keyword("asc").map(|_| false)))).parse(rest)?;
    let span = input.span_to(after);
    Ok((after, SortKey { path, descending: descending.unwrap_or(false), span }))
}

/// Whether a name is only the start of an expression: `count(*)`, `a + b`.
fn goes_on(rest: Input) -> bool {
    rest.rest().starts_with(['(', '+', '-', '*', '/', '%', '^', '=', '<', '>', '!', '.', '['])
}

fn expression_as_key<'a>(input: Input<'a>) -> Parsed<'a, SortKey> {
    let (after, key) = expr(input)?;
    let text = input.text_to(after);
    let diagnostic = Diagnostic::new(
        Code::SortByExpression,
        input.span_to(after),
        &format!("a sort key is a name, found the expression {}", found(input.whole(), input.span_to(after))),
    );
    known(match key.kind {
        ExprKind::Call { name, .. } if name.text == "negate" => {
            diagnostic.help("the largest comes first by `sort x desc`")
        }
        ExprKind::Literal(Literal::Text(name)) => {
            diagnostic.help(&format!("names stand in backticks: `` sort `{name}` ``"))
        }
        ExprKind::Call { name, .. } if name.text.starts_with(|it: char| it.is_alphabetic()) && !text.contains('`') => {
            diagnostic.help(&format!(
                "name the column where it is made, `{text} as n`, and write `sort n`; \
                 or write its name in backticks: `` sort `{text}` ``"
            ))
        }
        _ => diagnostic.help("compute it in a `fields` before: `fields a + b as c | sort c`"),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn each_key_has_its_direction() {
        let keys = |text: &str| match crate::parse(text).unwrap().stages.remove(0).command {
            Command::Sort(it) => it.keys.iter().map(|it| (it.path.name(), it.descending)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let is = |name: &str, descending| (name.to_owned(), descending);
        assert_eq!(keys("SORT BY a, b DESC, c.d Asc"), [is("a", false), is("b", true), is("c.d", false)]);
        assert_eq!(keys("sort `count(*)` desc"), [is("count(*)", true)]);
        assert_eq!(keys("sort count desc"), [is("count", true)]);
        assert_eq!(keys("sort desc desc"), [is("desc", true)]);
    }

    #[test]
    fn expressions_are_no_keys() {
        for (text, key) in [
            ("sort count(*) desc", "count(*)"),
            ("sort a, bin (5m)", "bin (5m)"),
            ("sort a + b", "a + b"),
            ("sort -a", "-a"),
            ("sort 'bin(5m)'", "'bin(5m)'"),
            ("sort (a) desc", "(a)"),
        ] {
            let fault = &crate::parse(text).unwrap_err()[0];
            assert_eq!((fault.code, fault.span().text(text)), (Code::SortByExpression, key), "{text}");
            assert!(fault.help.is_some(), "{text}");
        }
    }
}
