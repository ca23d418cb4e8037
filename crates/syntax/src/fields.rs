//! The fields that a query names, each where it stands.

use crate::command::{Filled, LookupKey};
use crate::query::{Command, Expr, ExprKind, Part, Path, Query};

/// The fields that a query names, those of the queries within it too, in about the order of the text; one that a
/// command makes is among them only where it is read.
///
/// ```
/// let query = syntax::parse("fields n # @timestamp\n| sort timestamp desc").unwrap();
/// let spans: Vec<_> = syntax::fields(&query).iter().map(|it| (it.name(), it.span.start)).collect();
/// assert_eq!(spans, [("n".to_owned(), 7), ("timestamp".to_owned(), 29)]);
/// ```
pub fn fields(query: &Query) -> Vec<Path> {
    let mut found = Vec::new();
    query.stages.iter().for_each(|it| of_command(&it.command, &mut found));
    found
}

fn of_command(command: &Command, found: &mut Vec<Path>) {
    match command {
        Command::Fields(it) | Command::Display(it) => it.items.iter().for_each(|it| of_expr(&it.expr, found)),
        Command::Filter(it) | Command::FilterIndex(it) => of_expr(&it.condition, found),
        Command::Parse(it) => found.extend(it.from.clone()),
        Command::Json(it) => found.push(it.field.clone()),
        Command::Unnest(it) => of_expr(&it.list, found),
        Command::Expand(it) => found.push(it.field.clone()),
        Command::Unmask(it) => found.extend(it.fields.iter().cloned()),
        Command::Lookup(it) => found.extend(it.keys.iter().map(of_key)),
        Command::CidrLookup(it) => found.push(it.address.clone()),
        Command::Saved(it) => it.values.iter().for_each(|it| of_expr(&it.value, found)),
        Command::Join(it) => {
            found.extend(it.on.iter().cloned());
            found.extend(fields(&it.query));
        }
        Command::AppendCols(it) => found.extend(fields(&it.query)),
        Command::Stats(it) => it.items.iter().chain(&it.by).for_each(|it| of_expr(&it.expr, found)),
        Command::CountFrequent(it) => found.extend(it.by.iter().cloned()),
        Command::AddTotals(it) => found.extend(it.fields.iter().cloned()),
        Command::Accum(it) => found.push(it.field.clone()),
        Command::Autoregress(it) => found.push(it.field.clone()),
        Command::Filldown(it) => found.extend(it.fields.iter().filter_map(|it| match it {
            Filled::Field(path) => Some(path.clone()),
            Filled::Wildcard(_) => None,
        })),
        Command::FillMissing(it) => it.fills.iter().for_each(|it| {
            of_expr(&it.value, found);
            found.push(it.field.clone());
        }),
        Command::Sessionize(it) => found.extend(it.by.iter().cloned()),
        Command::Outlier(it) => found.extend(it.fields.iter().cloned()),
        Command::Pattern(it) => of_expr(&it.text, found),
        Command::RelevantFields(it) => {
            found.extend(it.fields.iter().cloned());
            of_expr(&it.condition, found);
        }
        Command::Sort(it) => found.extend(it.keys.iter().map(|it| it.path.clone())),
        Command::Dedup(it) => found.extend(it.by.iter().cloned()),
        Command::Anomaly
        | Command::Diff(_)
        | Command::LogCompare(_)
        | Command::Limit(_)
        | Command::Tail(_)
        | Command::Estimate
        | Command::Source(_) => {}
    }
}

/// The field that is looked up: without one of its own, it is called as the column.
fn of_key(it: &LookupKey) -> Path {
    let parts = vec![Part::Key(it.column.text.clone())];
    it.field.clone().unwrap_or(Path { parts, span: it.column.span })
}

fn of_expr(expr: &Expr, found: &mut Vec<Path>) {
    match &expr.kind {
        ExprKind::Field(path) => found.push(path.clone()),
        ExprKind::List(items) => items.iter().for_each(|it| of_expr(it, found)),
        ExprKind::Call { args, .. } => args.iter().for_each(|it| of_expr(it, found)),
        ExprKind::Query(query) => found.extend(fields(query)),
        ExprKind::Literal(_) | ExprKind::Star => {}
    }
}
