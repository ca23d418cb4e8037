//! Queries within a query: each is planned as a query of its own, and its rows are of use to the one around it.

use std::sync::Arc;

use syntax::{Code, Command, Diagnostic, ExprKind, Query, Span};
use value::Type;

use crate::bind::Typed;
use crate::columns::title;
use crate::command::build_for;
use crate::doubts::visit_expressions;
use crate::expr::{Expr, Field};
use crate::scope::Scope;
use crate::step::{Stats, Step};
use crate::{Plan, Shown};

/// What the rows of a query are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// They are the answer.
    Answer,
    /// `in ( … )`: the values of their one column are a set.
    Set,
    /// `join`, `appendcols`: they are put beside others.
    Rows,
}

/// `(source "b" | fields id)` behind `in`
pub fn set(scope: &mut Scope, query: &Query, span: Span) -> Result<Typed, Diagnostic> {
    let (plan, _) = plan(scope, query, Purpose::Set, span)?;
    Ok(Typed { expr: Expr::Subquery(Arc::new(plan)), of: Type::List })
}

/// Plans a query within another; with it comes the scope at its end. Of several faults all but the first are noted in the scope.
pub fn plan<'a>(
    scope: &mut Scope<'a>,
    query: &Query,
    purpose: Purpose,
    span: Span,
) -> Result<(Plan, Scope<'a>), Diagnostic> {
    if scope.purpose != Purpose::Answer {
        let fault = Diagnostic::new(Code::Subquery, span, "a query within another holds no third");
        return Err(fault.help("the service does not nest them; a query of its own gives the values for a list"));
    }
    if let Some(it) = query.stages.iter().find(|it| it.command == Command::Estimate) {
        let message = "`estimate` is for a whole query, and not for one within another";
        return Err(Diagnostic::new(Code::Subquery, it.span, message));
    }
    let mut inner = Scope::new(scope.context);
    inner.purpose = purpose;
    if !query.stages.iter().any(|it| matches!(it.command, Command::Source(_))) {
        let warning = Diagnostic::new(
            Code::NoSource,
            span,
            "this query names no log groups, and reads those of the one around it",
        );
        scope.warnings.push(warning.help("`source 'group'` at its beginning says which it reads"));
        inner.sources.clone_from(&scope.sources);
    }
    let (plan, inner) = build_for(query, inner).map_err(|faults| {
        let mut faults = faults.into_iter();
        let first = faults.next();
        scope.faults.extend(faults);
        first.unwrap_or_else(|| Diagnostic::new(Code::Subquery, span, "this query cannot be planned"))
    })?;
    scope.warnings.extend(plan.warnings.iter().cloned());
    if purpose == Purpose::Set && plan.shown.len() != 1 {
        let titles: Vec<String> = plan.shown.iter().map(|it| format!("`{}`", it.title)).collect();
        let message = format!("a query behind `in` gives one column, this one {}: {}", titles.len(), titles.join(", "));
        return Err(Diagnostic::new(Code::Subquery, span, &message).help("`| display field` at its end keeps one"));
    }
    Ok((plan, inner))
}

/// The columns that a query behind `in` gives: those of a `fields` that ends it, whatever else its rows have.
pub fn chosen(query: &Query, shown: Vec<Shown>) -> Vec<Shown> {
    let Some(Command::Fields(last)) = query.stages.last().map(|it| &it.command) else { return shown };
    let titles: Vec<String> =
        last.items.iter().map(|it| it.alias.as_ref().map_or_else(|| title(it), |it| it.text.to_string())).collect();
    let is_last = |it: &Shown| titles.iter().any(|title| **title == *it.title);
    if shown.iter().any(is_last) { shown.into_iter().filter(is_last).collect() } else { shown }
}

/// The steps that leave each value of the one column once. Without a limit, the order of rows makes no difference.
pub fn distinct(mut steps: Vec<Step>, shown: Vec<Shown>) -> (Vec<Step>, Vec<Shown>) {
    if let Some(Step::Sort(_)) = steps.last() {
        steps.pop();
    }
    let mut keys = Vec::new();
    let mut kept = Vec::new();
    for it in shown {
        let field = Field::of_query(&it.title, it.field.of);
        keys.push((field.clone(), Expr::Field(it.field)));
        kept.push(Shown { title: it.title, field, weight: it.weight });
    }
    steps.push(Step::Stats(Stats { computed: Vec::new(), keys, order: Vec::new() }));
    (steps, kept)
}

/// Whether queries stand where they may: in the condition of a `filter`.
pub fn check_places(scope: &mut Scope, query: &Query) {
    let checked_there = |it: &Command| matches!(it, Command::Filter(_) | Command::Join(_) | Command::AppendCols(_));
    for stage in query.stages.iter().filter(|it| !checked_there(&it.command)) {
        visit_expressions(&stage.command, &mut |expr| {
            if let ExprKind::Query(_) = expr.kind {
                let fault =
                    Diagnostic::new(Code::Subquery, expr.span, "a query stands in the condition of a `filter` alone");
                scope.faults.push(fault.help("`filter field in (source 'group' | fields field)`"));
            }
        });
    }
}
