//! `appendcols` → a step that has the plan of its second query.

use std::sync::Arc;

use syntax::command as said;
use syntax::{Code, Diagnostic, Span};
use value::Type;

use crate::context::MOST_ROWS;
use crate::expr::Expr;
use crate::scope::Scope;
use crate::step::{AppendCols, AppendedColumn, Kept, Limit, Side, Step};
use crate::subquery::{self, Purpose};

/// How many rows of the second query count, unless the query says otherwise.
const DEFAULT_MAX: u64 = 10_000;

/// `appendcols max=100 (source "b" | stats count(*) as n by level)`
pub fn appendcols(scope: &mut Scope, it: &said::AppendCols, span: Span) -> Result<AppendCols, Diagnostic> {
    if let Some((max, span)) = it.max
        && !(1..=MOST_ROWS).contains(&max)
    {
        let message = format!("`max` is a number of rows from 1 to {MOST_ROWS}, found {max}");
        return Err(Diagnostic::new(Code::WrongArgument, span, &message));
    }
    let (mut plan, _) = subquery::plan(scope, &it.query, Purpose::Rows, span)?;
    plan.steps.push(Step::Limit(Limit { count: it.max.map_or(DEFAULT_MAX, |(max, _)| max) }));
    let shown = scope.shown();
    shown.iter().for_each(|it| scope.show_beside(&it.title, it.field.clone()));
    let kept = if it.replaces == Some(true) { Kept::Partners } else { Kept::Own };
    let mut columns = Vec::new();
    for column in &plan.shown {
        let own = shown.iter().find(|own| own.title == column.title);
        let of = match own {
            Some(own) if own.field.of != column.field.of => Type::Any,
            _ => column.field.of,
        };
        let into = scope.replace(&column.title, span, of);
        scope.show_beside(&column.title, into.clone());
        columns.push(AppendedColumn { into, own: own.map(|own| Expr::Field(own.field.clone())), kept });
    }
    Ok(AppendCols { right: Side::Query(Arc::new(plan)), columns })
}
