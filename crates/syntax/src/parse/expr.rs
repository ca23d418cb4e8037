//! Expressions, loosest operator first.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::sequence::terminated;

use super::chain::{Read, call, chain, height, left_to_right, literal_at};
use super::failure::{Expected, expected, known, token_at};
use super::input::{Input, Parsed};
use super::list::{closing, separated, values};
use super::quantity::quantity;
use super::subquery::{begins_with_source, opens_query, subquery};
use super::token::{access_step, keyword, path, plain_word, regex, sign, string};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Expr, ExprKind, Literal, Name, Part};

/// How deep expressions nest: deep enough for every query people write, and no stack overflows.
const DEPTH: usize = 100;

/// How high the tree of an expression may be; a sum of many parts is high without nesting.
const HEIGHT: usize = 250;

/// `a = 1 and not b like "x"`
pub(crate) fn expr(input: Input) -> Parsed<Expr> {
    let (after, expr) = or(deeper(input)?)?;
    match height(&expr) > HEIGHT {
        true => too_deep(input),
        false => Ok((after.as_deep_as(input), expr)),
    }
}

/// `a or b or c`
fn or(input: Input) -> Parsed<Expr> {
    chain(input, "or", and)
}

/// `a and b and c`
fn and(input: Input) -> Parsed<Expr> {
    chain(input, "and", not)
}

/// `not a = 1`
fn not(input: Input) -> Parsed<Expr> {
    match opt(keyword("not")).parse(input)? {
        (rest, Some(span)) => {
            let (after, operand) = cut(not).parse(deeper(rest)?)?;
            let after = after.as_deep_as(input);
            Ok((after, call(Name { text: "not".to_owned(), span }, vec![operand], input.span_to(after))))
        }
        (_, None) => comparison(input),
    }
}

/// `a = 1`, `a like /x/`, `a not in [1, 2]`
fn comparison(input: Input) -> Parsed<Expr> {
    let (rest, left) = sum(input)?;
    let (rest, Some((operator, right))) = opt(operator).parse(rest)? else { return Ok((rest, left)) };
    let (after, right) = cut(right).parse(rest)?;
    if let Ok((_, (again, _))) = self::operator(after) {
        let diagnostic = Diagnostic::new(Code::ChainedComparison, again.span, "a comparison cannot be compared again");
        let help = "write `1 < x and x < 5`, or put one comparison in parentheses";
        return known(diagnostic.also(operator.span, "the first comparison").help(help));
    }
    Ok((after, call(operator, vec![left, right], input.span_to(after))))
}

/// An operator, and what stands on its right.
fn operator<'a>(input: Input<'a>) -> Parsed<'a, (Name, Read<'a>)> {
    if super::foreign::operator(input.rest()).is_some() {
        return expected(input, Expected::Thing("an operator"));
    }
    let right = |right: Read<'a>| move |name: Name| (name, right);
    alt((likeness.map(right(likened)), membership.map(right(list)), order.map(right(sum)))).parse(input)
}

/// `=`, `<=`
fn order(input: Input) -> Parsed<Name> {
    let is = |mark, name: &'static str| sign(mark).map(move |span| Name { text: name.to_owned(), span });
    alt((is("==", "="), is("=", "="), is("!=", "!="), is("<=", "<="), is("<", "<"), is(">=", ">="), is(">", ">")))
        .parse(input)
}

/// `like`, `not like`, `=~`
fn likeness(input: Input) -> Parsed<Name> {
    let matches = sign("=~").map(|span| Name { text: "like".to_owned(), span });
    alt((matches, |input| negatable(input, "like"))).parse(input)
}

/// `in`, `not in`
fn membership(input: Input) -> Parsed<Name> {
    negatable(input, "in")
}

/// A word, perhaps with `not` before it.
fn negatable<'a>(input: Input<'a>, word: &'static str) -> Parsed<'a, Name> {
    let (after, (not, span)) = (opt(keyword("not")), keyword(word)).parse(input)?;
    let text = if not.is_some() { format!("not {word}") } else { word.to_owned() };
    Ok((after, Name { text, span: not.unwrap_or(span).to(span) }))
}

/// `/regex/`, `"text"`
fn likened(input: Input) -> Parsed<Expr> {
    match opt(regex).parse(input)? {
        (after, Some(text)) => Ok((after, literal_at(Literal::Regex(text), input.span_to(after)))),
        (_, None) => match sum(input) {
            Err(nom::Err::Error(_)) => expected(input, Expected::Thing("a string or a regular expression")),
            found => found,
        },
    }
}

/// `["a", "b", 3]`, `(source 'b' | fields id)`
fn list(input: Input) -> Parsed<Expr> {
    if let (rest, Some(open)) = opt(sign("(")).parse(input)? {
        if opens_query(rest) {
            let (after, query) = subquery(input)?;
            return Ok((after, Expr { kind: ExprKind::Query(query), span: input.span_to(after) }));
        }
        let diagnostic = Diagnostic::new(Code::Unexpected, open, "`in` takes a list in brackets, found `(`");
        return known(diagnostic.help("write `x in [\"a\", \"b\"]`, or a whole query: `x in (source 'b' | fields x)`"));
    }
    values(input)
}

/// `a + b - c`
fn sum(input: Input) -> Parsed<Expr> {
    left_to_right(input, &["+", "-"], product)
}

/// `a * b / c % d`
fn product(input: Input) -> Parsed<Expr> {
    left_to_right(input, &["*", "/", "%"], unary)
}

/// `-a`, `!a`
fn unary(input: Input) -> Parsed<Expr> {
    let (name, mark) = match input.rest().as_bytes() {
        [b'-', b'>', ..] | [b'!', b'=' | b'~', ..] => return power(input),
        [b'-', ..] => ("negate", "-"),
        [b'!', ..] => ("not", "!"),
        _ => return power(input),
    };
    let (rest, span) = sign(mark)(input)?;
    let (after, operand) = cut(unary).parse(deeper(rest)?)?;
    let after = after.as_deep_as(input);
    Ok((after, call(Name { text: name.to_owned(), span }, vec![operand], input.span_to(after))))
}

/// `a ^ b ^ c`, which is `a ^ (b ^ c)`
fn power(input: Input) -> Parsed<Expr> {
    let (rest, base) = access(input)?;
    let (rest, Some(span)) = opt(sign("^")).parse(rest)? else { return Ok((rest, base)) };
    let (after, exponent) = cut(unary).parse(deeper(rest)?)?;
    let after = after.as_deep_as(input);
    Ok((after, call(Name { text: "^".to_owned(), span }, vec![base, exponent], input.span_to(after))))
}

/// `jsonParse(x).a[0]`
fn access(input: Input) -> Parsed<Expr> {
    let (mut rest, mut expr) = primary(input)?;
    while matches!(expr.kind, ExprKind::Call { .. }) && !input.rest().starts_with('(') {
        let Ok((after, (part, span))) = access_step(rest) else { break };
        let step = match part {
            Part::Key(key) => Literal::Text(key),
            Part::Index(index) => Literal::Number(index.to_string()),
        };
        let name = Name { text: "access".to_owned(), span };
        expr = call(name, vec![expr, literal_at(step, span)], input.span_to(after));
        rest = after;
    }
    Ok((rest, expr))
}

/// A literal, a call, a field, or an expression in parentheses.
fn primary(input: Input) -> Parsed<Expr> {
    match input.rest().chars().next() {
        Some('(') => {
            let (rest, open) = sign("(")(input)?;
            if begins_with_source(rest) {
                let fault = Diagnostic::new(Code::Subquery, open, "a query within another stands behind `in`");
                return known(fault.help("`filter field in (source 'group' | fields field)`"));
            }
            let (rest, inside) = cut(expr).parse(rest)?;
            let (after, _) = closing(")", open, rest)?;
            Ok((after, inside))
        }
        Some('"' | '\'') => {
            let (after, text) = string(input)?;
            Ok((after, literal_at(Literal::Text(text), input.span_to(after))))
        }
        Some('0'..='9') => {
            let (after, literal) = quantity(input)?;
            Ok((after, literal_at(literal, input.span_to(after))))
        }
        _ => alt((boolean, function, field)).parse(input),
    }
}

/// `true`, `false`
fn boolean(input: Input) -> Parsed<Expr> {
    let (after, (value, span)) =
        alt((keyword("true").map(|span| (true, span)), keyword("false").map(|span| (false, span)))).parse(input)?;
    Ok((after, literal_at(Literal::Bool(value), span)))
}

/// `strlen(x)`, `count(*)`, `now ()`
fn function(input: Input) -> Parsed<Expr> {
    let (rest, (name, open)) = (plain_word, sign("(")).parse(input)?;
    if matches!(name.text.as_str(), "negate" | "access") {
        // The tree calls the unary minus and the step inside a value so; no function is.
        let message = format!("there is no function `{}`", name.text);
        return known(Diagnostic::new(Code::UnknownFunction, name.span, &message));
    }
    if let (after, Some((star, _))) = opt((sign("*"), sign(")"))).parse(rest)? {
        let args = vec![Expr { kind: ExprKind::Star, span: star }];
        return Ok((after, call(name, args, input.span_to(after))));
    }
    if let (_, Some(span)) = opt(terminated(keyword("distinct"), plain_word)).parse(rest)? {
        let message = format!("`distinct` has no meaning in `{}`", name.text);
        let diagnostic = Diagnostic::new(Code::ForeignWord, span, &message);
        return known(diagnostic.help("distinct values are counted by `count_distinct(x)`"));
    }
    let (rest, args) = match opt(sign(")")).parse(rest)? {
        (_, Some(_)) => (rest, Vec::new()),
        (_, None) => cut(separated(expr)).parse(rest)?,
    };
    let (after, _) = closing(")", open, rest)?;
    Ok((after, call(name, args, input.span_to(after))))
}

/// `@message`, `request.headers.0`
fn field(input: Input) -> Parsed<Expr> {
    match path(input) {
        Ok((after, path)) if path.name().eq_ignore_ascii_case("case") && begins_when(after) => {
            let diagnostic = Diagnostic::new(Code::ForeignWord, path.span, "`case` is a function");
            known(diagnostic.help("write `case(condition, value, condition, value, otherwise)`"))
        }
        Ok((after, path)) => {
            let span = path.span;
            Ok((after, Expr { kind: ExprKind::Field(path), span }))
        }
        Err(nom::Err::Failure(failure)) => Err(nom::Err::Failure(failure)),
        Err(_) if input.rest().starts_with('*') => {
            let span = token_at(input.whole(), input.place());
            let diagnostic = Diagnostic::new(Code::Unexpected, span, "`*` stands only in `count(*)`");
            known(diagnostic.help("fields are named one by one; the whole event is `@message`"))
        }
        Err(_) => expected(input, Expected::Thing("a value")),
    }
}

/// Whether `case` goes on as in other languages: `when …`, `x when …`.
fn begins_when(input: Input) -> bool {
    let behind = |rest| keyword("when")(rest).is_ok();
    behind(input) || path(input).is_ok_and(|(rest, _)| behind(rest))
}

pub(super) fn deeper(input: Input) -> Result<Input, nom::Err<super::failure::Failure>> {
    match input.deeper(DEPTH) {
        Some(input) => Ok(input),
        None => too_deep::<()>(input).map(|(input, ())| input),
    }
}

fn too_deep<'a, T>(input: Input<'a>) -> Parsed<'a, T> {
    let span = token_at(input.whole(), input.place());
    let diagnostic = Diagnostic::new(Code::TooDeep, span, "the expression nests too deep");
    known(diagnostic.help("compute its parts in a `fields` before"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The tree with a pair of parentheses for every call.
    fn tree(text: &str) -> String {
        let (rest, it) = expr(Input::new(text)).unwrap();
        assert_eq!(rest.rest(), "", "{text}");
        shape(&it)
    }

    fn shape(it: &Expr) -> String {
        match &it.kind {
            ExprKind::Field(path) => path.name(),
            ExprKind::Literal(Literal::Number(digits)) => digits.clone(),
            ExprKind::Literal(literal) => format!("{literal:?}"),
            ExprKind::Query(query) => format!("({query})"),
            ExprKind::Star => "*".to_owned(),
            ExprKind::List(items) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(" ")),
            ExprKind::Call { name, args } => {
                format!("({} {})", name.text, args.iter().map(shape).collect::<Vec<_>>().join(" "))
            }
        }
    }

    fn code(text: &str) -> Code {
        crate::parse(&format!("filter {text}")).unwrap_err()[0].code
    }

    #[test]
    fn operators_bind_as_ruled() {
        assert_eq!(
            tree("a or b and not c = 1 + 2 * -d ^ 2"),
            "(or a (and b (not (= c (+ 1 (* 2 (negate (^ d 2))))))))"
        );
        assert_eq!(tree("a - b - c"), "(- (- a b) c)");
        assert_eq!(tree("a / b * c % d"), "(% (* (/ a b) c) d)");
        assert_eq!(tree("a ^ b ^ c"), "(^ a (^ b c))");
        assert_eq!(tree("2 ^ -x"), "(^ 2 (negate x))");
        assert_eq!(tree("!a = b"), "(= (not a) b)");
        assert_eq!(tree("not a = b"), "(not (= a b))");
        assert_eq!(tree("not not a"), "(not (not a))");
        assert_eq!(tree("- -a--b"), "(- (negate (negate a)) (negate b))");
        assert_eq!(tree("(a or b) and c"), "(and (or a b) c)");
        assert_eq!(tree("a.b-c"), "(- a.b c)");
    }

    #[test]
    fn operators_have_one_name_each() {
        assert_eq!(tree("a == 1"), "(= a 1)");
        assert_eq!(tree("a =~ /x/"), r#"(like a Regex("x"))"#);
        assert_eq!(tree("a NOT LIKE 'x'"), r#"(not like a Text("x"))"#);
        assert_eq!(tree("a not in[1,-2]"), "(not in a [1 (negate 2)])");
        assert_eq!(tree("a in []"), "(in a [])");
        assert_eq!(tree("a in (SOURCE b | fields c) and d"), "(and (in a (source \"b\"\n| fields c)) d)");
    }

    #[test]
    fn rows_of_and_and_or_are_one_row_whatever_their_parentheses() {
        assert_eq!(tree("a or (b or c)"), "(or (or a b) c)");
        assert_eq!(tree("a or (b or c)"), tree("(a or b) or c"));
        assert_eq!(tree("a and b and c and d"), "(and (and a b) (and c d))");
        let long = vec!["a = 1"; 1200].join(" or ");
        let (_, it) = expr(Input::new(&long)).unwrap();
        assert!(height(&it) < 20);
        assert_eq!((it.span.start, it.span.end as usize), (0, long.len()));
    }

    #[test]
    fn calls_have_blanks_and_steps() {
        assert_eq!(tree("count (*)"), "(count *)");
        assert_eq!(tree("COUNT()"), "(COUNT )");
        assert_eq!(
            tree("jsonParse(a).b[0].`c d`"),
            r#"(access (access (access (jsonParse a) Text("b")) 0) Text("c d"))"#
        );
        assert_eq!(tree("if(a in [1], b, c)"), "(if (in a [1]) b c)");
        assert_eq!(tree("TRUE = false"), "(= Bool(true) Bool(false))");
    }

    #[test]
    fn spans_leave_parentheses_out() {
        let text = "(a + (b))";
        let (_, it) = expr(Input::new(text)).unwrap();
        assert_eq!(it.span.text(text), "a + (b)");
        let ExprKind::Call { args, .. } = &it.kind else { unreachable!() };
        assert_eq!(args[1].span.text(text), "b");
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(code("1 < x < 5"), Code::ChainedComparison);
        assert_eq!(code("a <> 1"), Code::ForeignSign);
        assert_eq!(code("a && b"), Code::ForeignSign);
        assert_eq!(code("a || b"), Code::ForeignSign);
        assert_eq!(code("a = 1 AND NOT in [1]"), Code::Unexpected);
        assert_eq!(code("a is not null"), Code::ForeignWord);
        assert_eq!(code("a = “b”"), Code::TypographicQuote);
        assert_eq!(code("a = /x/"), Code::MisplacedRegex);
        assert_eq!(code("a = 1;"), Code::ForeignSign);
        assert_eq!(code("sum(case when a then 1 end)"), Code::ForeignWord);
        assert_eq!(code("count(distinct a) > 1"), Code::ForeignWord);
        assert_eq!(code("(a"), Code::Unclosed);
        assert_eq!(code("a in (1, 2)"), Code::Unexpected);
        assert_eq!(code("a in (1, 2)"), Code::Unexpected);
        assert_eq!(code("a in (SOURCE 'b' | fields c"), Code::Unclosed);
        assert_eq!(code("a in (SOURCE 'b' | )"), Code::EmptyStage);
        assert_eq!(code("a in (SOURCE 'b' | feilds c)"), Code::UnknownCommand);
        assert_eq!(code("a in (fields b sort b)"), Code::MissingPipe);
        assert_eq!(code("negate(a)"), Code::UnknownFunction);
        assert_eq!(code("größe = 1"), Code::BadName);
        assert_eq!(code("*"), Code::Unexpected);
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(tree(&nested(DEPTH - 1)), "a");
        for text in [nested(DEPTH), "(".repeat(9_000), "not ".repeat(2_500), "- ".repeat(5_000), "a^".repeat(5_000)] {
            assert_eq!(code(&text), Code::TooDeep);
        }
        assert_eq!(code(&vec!["a"; 5_000].join("+")), Code::TooDeep);
        assert!(tree(&vec!["a"; HEIGHT].join("+")).ends_with(" a)"));
    }
}
