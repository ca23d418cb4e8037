//! The tree of a query, drawn by indentation: what `gw explain` shows of the parser's work.

use syntax::{Command, Expr, ExprKind, Named, Query, Stage};

/// A line for each command, and below it its expressions, operators above their operands.
pub fn draw(query: &Query) -> String {
    let mut lines = Vec::new();
    for stage in &query.stages {
        command(stage, &mut lines);
    }
    lines.join("\n")
}

fn command(stage: &Stage, lines: &mut Vec<String>) {
    match &stage.command {
        Command::Fields(it) => items("fields", &it.items, lines),
        Command::Display(it) => items("display", &it.items, lines),
        Command::Filter(it) => {
            lines.push(String::from("filter"));
            expression(&it.condition, "", 1, lines);
        }
        Command::Stats(it) => {
            items("stats", &it.items, lines);
            if !it.by.is_empty() {
                items("  by", &it.by, lines);
            }
            if let Some((offset, _)) = it.offset {
                lines.push(format!("  offset {}", literal(&syntax::Literal::Duration(offset))));
            }
        }
        // The others hold names and numbers, no expressions: their text says it all.
        _ => lines.push(syntax::print(&Query { stages: vec![stage.clone()] })),
    }
}

fn items(head: &str, items: &[Named], lines: &mut Vec<String>) {
    lines.push(head.to_owned());
    let depth = head.len() - head.trim_start().len();
    for item in items {
        let alias = item.alias.as_ref().map(|it| format!(" as {}", syntax::quoted_name(&it.text))).unwrap_or_default();
        expression(&item.expr, &alias, depth / 2 + 1, lines);
    }
}

fn expression(expr: &Expr, behind: &str, depth: usize, lines: &mut Vec<String>) {
    let (head, inner): (String, &[Expr]) = match &expr.kind {
        ExprKind::Field(path) => (syntax::quoted_name(&path.name()), &[]),
        ExprKind::Literal(it) => (literal(it), &[]),
        ExprKind::Query(query) => {
            (format!("query {}", draw(query).replace('\n', &format!("\n{}", "  ".repeat(depth + 1)))), &[])
        }
        ExprKind::Star => (String::from("*"), &[]),
        ExprKind::List(items) => (String::from("list"), items),
        ExprKind::Call { name, args } => (name.text.clone(), args),
    };
    lines.push(format!("{}{head}{behind}", "  ".repeat(depth)));
    for arg in inner {
        expression(arg, "", depth + 1, lines);
    }
}

fn literal(it: &syntax::Literal) -> String {
    use syntax::Literal;
    match it {
        Literal::Number(text) => text.clone(),
        Literal::Text(text) => syntax::quoted_text(text),
        Literal::Regex(text) => format!("/{text}/"),
        Literal::Duration(it) => format!("{} {:?}", it.count, it.unit).to_lowercase(),
        Literal::Bool(it) => it.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn operators_stand_above_their_operands() {
        let query = syntax::parse("filter a + 1 > 2 | stats count(*) as n by bin(5m) | limit 3").unwrap();
        let tree = "filter\n  >\n    +\n      a\n      1\n    2\nstats\n  count as n\n    *\n  by\n    bin\n      5 minute\nlimit 3";
        assert_eq!(super::draw(&query), tree);
    }
}
