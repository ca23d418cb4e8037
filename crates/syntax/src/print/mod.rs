//! Query to text: one stage a line, as `gw fmt` writes it.

mod comments;
mod expr;
mod rows;
mod source;
mod subqueries;

use crate::command::{Chosen, Dedup, Fields, Filter, Limit, Matches, Parse, ParseBy, Sort, Stats, Tail};
use crate::diagnostic::Diagnostic;
use crate::query::{Command, ExprKind, Name, Named, Path, Query, Stage};
use crate::span::Span;

/// The canonical text of a query: what it parses to is the same query, places aside.
///
/// An item without an alias stays as it was typed, since its text is the name of its column.
pub fn print(query: &Query) -> String {
    comments::write(&laid_out(query), "")
}

/// The canonical text of a query text, its comments kept where they belong; or everything that is wrong with it.
///
/// ```
/// let text = "FIELDS a  # the first\n| LIMIT 5";
/// assert_eq!(syntax::format(text).unwrap(), "fields a # the first\n| limit 5");
/// ```
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    Ok(comments::write(&laid_out(&crate::parse::parse(text)?), text))
}

/// A name as a query would write it: in backticks only where they are needed.
///
/// ```
/// assert_eq!(syntax::quoted_name("bin(5m)"), "`bin(5m)`");
/// assert_eq!(syntax::quoted_name("request.path"), "request.path");
/// ```
pub fn quoted_name(name: &str) -> String {
    expr::name(name)
}

/// A text as a query would write it: in double quotes, with escapes.
///
/// ```
/// assert_eq!(syntax::quoted_text("say \"hi\""), r#""say \"hi\"""#);
/// ```
pub fn quoted_text(text: &str) -> String {
    expr::string(text)
}

impl std::fmt::Display for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&print(self))
    }
}

/// A part of a stage that stays on one line, such as an item of a list with the comma behind it.
struct Piece {
    text: String,
    span: Span,
}

fn laid_out(query: &Query) -> Vec<Vec<Piece>> {
    query.stages.iter().map(stage).collect()
}

/// A query within another: its stages on one line.
fn in_one_line(query: &Query) -> String {
    let line = |pieces: Vec<Piece>| pieces.into_iter().map(|it| it.text).collect::<Vec<_>>().join(" ");
    laid_out(query).into_iter().map(line).collect::<Vec<_>>().join(" | ")
}

fn stage(it: &Stage) -> Vec<Piece> {
    let mut pieces = match &it.command {
        Command::Fields(Fields { items }) => items_behind("fields", items),
        Command::Display(Fields { items }) => items_behind("display", items),
        Command::Filter(Filter { condition }) => condition_pieces(condition),
        Command::FilterIndex(Filter { condition }) => {
            vec![Piece { text: format!("filterIndex {}", expr::expr(condition)), span: condition.span }]
        }
        Command::Json(it) => {
            let (field, keys) = (expr::path(&it.field), expr::string(&it.path.join(".")));
            let text = format!("json field={field} {keys} as {}", expr::name(&it.alias.text));
            vec![Piece { text, span: it.field.span.to(it.alias.span) }]
        }
        Command::Unnest(it) => {
            let text = format!("unnest {} into {}", expr::expr(&it.list), expr::name(&it.into.text));
            vec![Piece { text, span: it.list.span.to(it.into.span) }]
        }
        Command::Expand(it) => paths_behind("expand", std::slice::from_ref(&it.field)),
        Command::Unmask(it) => paths_behind("unmask", &it.fields),
        Command::Lookup(found) => rows::lookup(found, it.span),
        Command::CidrLookup(found) => rows::cidrlookup(found, it.span),
        Command::Saved(saved) => subqueries::saved(saved, it.span),
        Command::Join(join) => subqueries::join(join, it.span),
        Command::AppendCols(columns) => subqueries::appendcols(columns, it.span),
        Command::Parse(it) => parse(it),
        Command::Stats(Stats { items, by, offset }) => {
            let mut pieces = items_behind("stats", items);
            if !by.is_empty() {
                pieces.extend(items_behind("by", by));
            }
            let offset = offset.map(|(it, span)| Piece { text: format!("offset {}", expr::duration(it)), span });
            pieces.extend(offset);
            pieces
        }
        Command::CountFrequent(it) => paths_behind("countFrequent", &it.by),
        Command::Accum(accum) => rows::accum(accum, it.span),
        Command::Autoregress(copies) => rows::autoregress(copies, it.span),
        Command::Filldown(filled) => rows::filldown(filled, it.span),
        Command::FillMissing(filled) => rows::fillmissing(filled, it.span),
        Command::Sessionize(sessions) => rows::sessionize(sessions, it.span),
        Command::Outlier(outlier) => rows::outlier(outlier, it.span),
        Command::AddTotals(totals) => rows::addtotals(totals, it.span),
        Command::Pattern(pattern) => {
            vec![Piece { text: format!("pattern {}", expr::expr(&pattern.text)), span: pattern.text.span }]
        }
        Command::Anomaly => vec![Piece { text: String::from("anomaly"), span: it.span }],
        Command::Diff(diff) => rows::diff(diff, it.span),
        Command::LogCompare(compared) => {
            let text = format!("logcompare timeshift {}", expr::duration(compared.shift));
            vec![Piece { text, span: it.span }]
        }
        Command::RelevantFields(relevant) => rows::relevantfields(relevant),
        Command::Sort(Sort { keys }) => {
            let key = |it: &crate::command::SortKey| {
                let direction = if it.descending { " desc" } else { "" };
                Piece { text: format!("{}{direction}", expr::path(&it.path)), span: it.span }
            };
            listed("sort", keys.iter().map(key).collect())
        }
        Command::Limit(Limit { count, span, chosen }) => {
            let any = if *chosen == Chosen::Any { "any " } else { "" };
            vec![Piece { text: format!("limit {any}{count}"), span: *span }]
        }
        Command::Tail(Tail { count, span }) => vec![Piece { text: format!("tail {count}"), span: *span }],
        Command::Dedup(Dedup { by }) => paths_behind("dedup", by),
        Command::Estimate => vec![Piece { text: String::from("estimate"), span: it.span }],
        Command::Source(it) => vec![Piece { text: format!("source {}", source::source(it)), span: it.span }],
    };
    // The first piece begins with the command.
    if let Some(first) = pieces.first_mut() {
        first.span.start = it.span.start;
    }
    pieces
}

fn paths_behind(word: &str, paths: &[Path]) -> Vec<Piece> {
    listed(word, paths.iter().map(|it| Piece { text: expr::path(it), span: it.span }).collect())
}

fn items_behind(word: &str, items: &[Named]) -> Vec<Piece> {
    listed(word, items.iter().map(item).collect())
}

fn item(it: &Named) -> Piece {
    match (&it.alias, &it.expr.kind) {
        (Some(alias), _) => Piece {
            text: format!("{} as {}", expr::expr(&it.expr), expr::name(&alias.text)),
            span: it.expr.span.to(alias.span),
        },
        (None, ExprKind::Field(path)) => Piece { text: expr::path(path), span: it.expr.span },
        (None, _) if it.text.is_empty() => Piece { text: expr::expr(&it.expr), span: it.expr.span },
        (None, _) => Piece { text: it.text.clone(), span: it.expr.span },
    }
}

/// A word before the first, a comma behind each but the last.
fn listed(word: &str, mut pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    for (place, piece) in pieces.iter_mut().enumerate() {
        if place < last {
            piece.text.push(',');
        }
        if place == 0 {
            piece.text.insert_str(0, &format!("{word} "));
        }
    }
    pieces
}

fn condition_pieces(condition: &crate::query::Expr) -> Vec<Piece> {
    let (operator, operands) = expr::operands(condition);
    let piece = |(place, (it, text)): (usize, (&crate::query::Expr, String))| {
        let word = if place == 0 { "filter" } else { operator };
        Piece { text: format!("{word} {text}"), span: it.span }
    };
    operands.into_iter().enumerate().map(piece).collect()
}

fn parse(it: &Parse) -> Vec<Piece> {
    let mut text = "parse ".to_owned();
    if let Some(from) = &it.from {
        text.push_str(&format!("{} ", expr::path(from)));
    }
    match &it.by {
        ParseBy::Glob { pattern, span, names } => {
            text.push_str(&expr::string(pattern));
            named_by(Piece { text, span: *span }, names)
        }
        ParseBy::Regex { pattern, span, alias, matches } => {
            text.push_str(&expr::regex(pattern));
            let mut pieces = named_by(Piece { text, span: *span }, alias.as_slice());
            if let (Matches::All, Some(last)) = (matches, pieces.last_mut()) {
                last.text.push_str(" multi");
            }
            pieces
        }
        ParseBy::Logfmt { name } => {
            named_by(Piece { text: text + "logfmt", span: name.span }, std::slice::from_ref(name))
        }
        ParseBy::Csv { names } => {
            let span = names.first().map_or(Span::default(), |it| it.span);
            named_by(Piece { text: text + "csv", span }, names)
        }
    }
}

/// How a text is cut, and what its parts are called.
fn named_by(by: Piece, names: &[Name]) -> Vec<Piece> {
    let names = names.iter().map(|it| Piece { text: expr::name(&it.text), span: it.span }).collect();
    std::iter::once(by).chain(listed("as", names)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[track_caller]
    fn prints(text: &str, printed: &str) {
        let query = crate::parse(text).unwrap();
        assert_eq!(print(&query), printed);
        assert_eq!(print(&crate::parse(printed).unwrap()), printed);
    }

    #[test]
    fn commands_are_canonical() {
        prints("FIELDS  a,`b`,`c d` ,`e.f`,g.`h` AS `i`", "fields a, b, `c d`, `e.f`, g.h as i");
        prints("DISPLAY a|HEAD 5|WHERE b", "display a\n| limit 5\n| filter b");
        prints(
            "FILTERINDEX a==-1 | filterIndex b in['x',TRUE]",
            "filterIndex a = -1\n| filterIndex b in [\"x\", true]",
        );
        prints("JSON field = a 'b.0' as c|UNMASK a,b", "json field=a \"b.0\" as c\n| unmask a, b");
        prints("Unnest a.b[0] INTO c | expand d.e", "unnest a.b[0] into c\n| expand d.e");
        prints("TAIL 5|limit ANY 7", "tail 5\n| limit any 7");
        prints("parse x LOGFMT AS y|parse csv as a,b", "parse x logfmt as y\n| parse csv as a, b");
        prints("parse /x/ as `y` MULTI | parse /(?<z>.)/ multi", "parse /x/ as y multi\n| parse /(?<z>.)/ multi");
        prints("sort by a ASC, b DESC", "sort a, b desc");
        prints("stats count(*) as n group by a", "stats count(*) as n by a");
        prints("dedup a,@b", "dedup a, @b");
        prints("ADDTOTALS Col = TRUE fieldname=`a b` c,d", "addtotals fieldname=`a b` col=true c, d");
        prints("addtotals", "addtotals");
        prints("fillmissing WITH -1 FOR a,'x' for `b c`", "fillmissing with -1 for a, \"x\" for `b c`");
        prints("FILLMISSING", "fillmissing");
        prints("ACCUM a.b AS c | accum d", "accum a.b as c\n| accum d");
        prints("autoregress a AS b P=1-4|autoregress a p = 2", "autoregress a as b p=1-4\n| autoregress a p=2");
        prints("sessionize a,`b c` MAXSPAN 90MIN AS d", "sessionize a, `b c` maxspan 90m as d");
        prints("SESSIONIZE a", "sessionize a");
        prints(
            "OUTLIER mark=true Action=REMOVE param=3.0 USELOWER=false a  b.c",
            "outlier action=remove param=3.0 uselower=false mark=true a b.c",
        );
        prints("FILLDOWN a  b.* `c d`", "filldown a b.* `c d`");
        prints("LOOKUP t id As a.b,c OUTPUT d , `e f`", "lookup t id as a.b, c output d, `e f`");
        prints("lookup t c OutputNew d", "lookup t c outputnew d");
        prints(
            "JOIN right=b left=`a c` where `a c`.x==b.y(SOURCE 'z'|FIELDS y) | appendcols MAX=5 (stats count(*) as n)",
            "join left=`a c` right=b where `a c`.x = b.y (source \"z\" | fields y)\n| appendcols max=5 (stats count(*) as n)",
        );
        prints("$`A b` ( x='y',z = 1 )|$C()", "$`A b`(x = \"y\", z = 1)\n| $C()");
        prints("stats count(*) as n by bin(5m) OFFSET 1hour", "stats count(*) as n by bin(5m) offset 1h");
        prints("fields a.`@b c`, @`b c`.`@d e`", "fields a.`@b c`, @`b c`.`@d e`");
        prints("CIDRLOOKUP t a AS r OUTPUT b as c,d", "cidrlookup t a as r output b as c, d");
        prints("COUNT_FREQUENT a,b.c", "countFrequent a, b.c");
        prints("parse 'x*' as a , b", "parse \"x*\" as a, b");
        prints(r"parse @message /a\/[/]b\\/ as c", r"parse @message /a\/[\/]b\\/ as c");
        prints("SOURCE lg start=-1day end=NOW", "source \"lg\" start=-1d end=now");
        prints(
            "SOURCE logGroups(class:'A',namePrefix:['b','c'])",
            "source logGroups(namePrefix: [\"b\", \"c\"], class: [\"A\"])",
        );
        prints("SOURCE logGroups() dataSource(['a.b'])", "source dataSource([\"a.b\"])");
        prints("SOURCE logGroups()", "source logGroups()");
        prints(
            "SOURCE logGroupTags([{'key':'a','values':['b']},{'key':'c'}]) logGroups(class:'A')",
            "source logGroups(class: [\"A\"]) logGroupTags([{\"key\": \"a\", \"values\": [\"b\"]}, {\"key\": \"c\"}])",
        );
    }

    #[test]
    fn an_item_without_an_alias_keeps_its_text() {
        prints(
            "stats COUNT( * ),sum(a)/2 by bin( 5M )".replace('M', "m").as_str(),
            "stats COUNT( * ), sum(a)/2 by bin( 5m )",
        );
        prints("fields a+b, a+b as c", "fields a+b, a + b as c");
    }

    #[test]
    fn parentheses_are_those_that_are_needed() {
        for text in [
            "a and (b or c)",
            "(a and b) or c",
            "(not a) = b",
            "not (a or b)",
            "a - (b - c)",
            "(a - b) - c",
            "a * (b + c)",
            "(-a) ^ 2",
            "-a ^ 2",
            "(a ^ b) ^ c",
            "a ^ b ^ -c",
            "(a = b) = c",
            "f((a)).b[0]",
            "a in [(1), -2]",
            "-(-a)",
        ] {
            let condition = print(&crate::parse(&format!("filter {text}")).unwrap());
            let tight = condition.trim_start_matches("filter ");
            assert!(tight.len() <= text.len(), "{tight}");
            assert_eq!(print(&crate::parse(&condition).unwrap()), condition);
        }
        prints("filter ((a and b)) or ((c))", "filter a and b or c");
        prints("filter (not a) = !b", "filter (not a) = (not b)");
    }

    #[test]
    fn texts_come_back() {
        for text in ["", "\"", "'", "\\", "\\n", "\n", "\\\n", "\\\\", "\\d\\\"", "\t\r", "a|b#c", "é\\é"] {
            let query = format!("filter a = {}", quoted_text(text));
            let it = crate::parse(&query).unwrap();
            let Command::Filter(Filter { condition }) = &it.stages[0].command else { unreachable!() };
            let ExprKind::Call { args, .. } = &condition.kind else { unreachable!() };
            assert_eq!(args[1].kind, ExprKind::Literal(crate::query::Literal::Text(text.to_owned())), "{query}");
        }
    }

    #[test]
    fn names_are_quoted_where_they_must_be() {
        for (name, quoted) in [
            ("a", "a"),
            ("a.b", "a.b"),
            ("by", "`by`"),
            ("by.x", "by.x"),
            ("a-b", "`a-b`"),
            ("@a-b", "@`a-b`"),
            ("5xx", "`5xx`"),
            ("@", "`@`"),
            ("count(*)", "`count(*)`"),
            ("a..b", "`a..b`"),
        ] {
            assert_eq!(quoted_name(name), quoted);
            assert!(crate::parse(&format!("fields x as {quoted}")).is_ok(), "{quoted}");
        }
    }
}
