//! Queries within a query: each is answered first, and what it gave takes its place.

use std::sync::Arc;

use plan::step::{AppendCols, AppendedColumn, Join, JoinedRows, Kept, Side, Unmatched};
use plan::{Expr, Plan, Step};
use value::{Batch, Column, Value, compare};

use crate::{Event, Row, Rows, eval, run};

/// The plan with what the queries within it gave, and those answers.
pub fn settled(plan: &Plan, events: &[Event]) -> (Plan, Vec<Rows>) {
    let (mut plan, mut answers) = (plan.clone(), Vec::new());
    for step in &mut plan.steps {
        match step {
            Step::Filter(it) => it.condition = with_values(&it.condition, events, &mut answers),
            Step::Join(it) => it.right = settle(&it.right, events, &mut answers),
            Step::AppendCols(it) => it.right = settle(&it.right, events, &mut answers),
            _ => {}
        }
    }
    (plan, answers)
}

/// The rows of a second query.
fn settle(side: &Side, events: &[Event], answers: &mut Vec<Rows>) -> Side {
    let Side::Query(plan) = side else { return side.clone() };
    let answer = run(plan, events);
    let column =
        |it: usize| Column::from_values(answer.rows.iter().map(|row| row.get(it).cloned().flatten()).collect());
    let rows = Batch {
        names: answer.titles.iter().map(|it| it.as_str().into()).collect(),
        columns: (0..answer.titles.len()).map(column).collect(),
        height: answer.rows.len(),
    };
    answers.push(answer);
    Side::Rows(Arc::new(JoinedRows::new(rows)))
}

/// A row for each row of the second query whose first value is equal.
pub fn join<'a>(it: &Join, row: Row<'a>) -> Vec<Row<'a>> {
    let Side::Rows(right) = &it.right else { return Vec::new() };
    let key = eval(&it.key, &row);
    let value = |column: usize, partner: usize| right.rows.columns.get(column).and_then(|it| it.value(partner));
    let equals = |partner: &usize| match (&key, value(0, *partner)) {
        (Some(key), Some(other)) => compare::equals(key, &other) == Some(true),
        _ => false,
    };
    // The last row of the second query has no values: a row without a match may be put beside it.
    let last = right.rows.height - 1;
    let mut partners: Vec<usize> = (0..last).filter(equals).collect();
    if partners.is_empty() && it.unmatched == Unmatched::Kept {
        partners.push(last);
    }
    let joined = |partner: usize| {
        let mut row = row.clone();
        (0..).zip(&it.columns).for_each(|(column, field)| row.set(field, value(column, partner)));
        row
    };
    partners.into_iter().map(joined).collect()
}

/// The columns of the second query beside the rows, the first row beside the first.
pub fn appendcols(it: &AppendCols, rows: &mut [Row]) {
    let Side::Rows(right) = &it.right else { return };
    // The last row of the second query has no values: it is beside the rows that are left over.
    let last = right.rows.height - 1;
    for (place, row) in (0..).zip(rows) {
        let value = |column: usize| right.rows.columns.get(column).and_then(|it| it.value(last.min(place)));
        let own = |it: &AppendedColumn| it.own.as_ref().and_then(|own| eval(own, row));
        let values: Vec<Option<Value>> =
            (0..).zip(&it.columns).map(|(column, it)| kept(it, own(it), value(column), place < last)).collect();
        it.columns.iter().zip(values).for_each(|(it, value)| row.set(&it.into, value));
    }
}

/// What a row gets of its own value and that of its partner, if it has one.
fn kept(it: &AppendedColumn, own: Option<Value>, partners: Option<Value>, has_partner: bool) -> Option<Value> {
    match it.kept {
        Kept::Own => own.or(partners),
        Kept::Partners if has_partner => partners,
        Kept::Partners => own,
    }
}

/// The expression with a list of values for each query in it; a missing value is none.
fn with_values(expr: &Expr, events: &[Event], answers: &mut Vec<Rows>) -> Expr {
    match expr {
        Expr::Subquery(plan) => {
            let answer = run(plan, events);
            let values: Vec<Value> = answer.rows.iter().filter_map(|row| row.first()?.clone()).collect();
            answers.push(answer);
            Expr::Literal(Some(Value::List(Arc::from(values))))
        }
        Expr::Call(function, args) => {
            Expr::Call(function, args.iter().map(|it| with_values(it, events, answers)).collect())
        }
        Expr::Field(_) | Expr::Literal(_) => expr.clone(),
    }
}
