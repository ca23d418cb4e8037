//! Queries within a query: each runs first, as a query of its own, and what it gave takes its place in the plan.
//!
//! A set holds each value once: it grows with the number of distinct values, and nothing else is kept of its rows. The
//! second query of a `join` or an `appendcols` is held as a whole, with the columns that are read of it.

use std::sync::Arc;

use plan::step::{JoinedRows, Side};
use plan::{Expr, Plan, Step};
use value::Value;

use crate::run::Run;
use crate::{Error, Found};

/// The plan with what the queries within it gave, and those answers; `None` where there are none.
pub fn settled(run: &Run, plan: &Plan) -> Result<Option<(Plan, Vec<Found>)>, Error> {
    let mut count = 0;
    plan.subqueries(&mut |_| count += 1);
    if count == 0 {
        return Ok(None);
    }
    let mut plan = plan.clone();
    let mut answers = Vec::new();
    // What it gathered is gone then, and what it gave stays.
    let answer = |subquery: &Plan| -> Result<Found, Error> {
        let before = run.room.taken();
        let found = run.unseen().alone(subquery)?;
        run.room.give(run.room.taken() - before);
        run.room.take(found.batch.bytes())?;
        Ok(found)
    };
    for step in &mut plan.steps {
        match step {
            Step::Filter(it) => {
                it.condition = with_values(&it.condition, &mut |subquery| {
                    let found = answer(subquery)?;
                    let values = values(&found);
                    answers.push(found);
                    Ok(values)
                })?;
            }
            Step::Join(it) => {
                let Side::Query(subquery) = &it.right else { continue };
                let mut found = answer(subquery)?;
                let rows = beside(&mut found);
                found.join_keys = rows.keys;
                if let Some(most) = it.most_keys.filter(|most| rows.keys > *most) {
                    return Err(Error::TooManyKeys { most, found: rows.keys });
                }
                it.right = Side::Rows(Arc::new(rows));
                answers.push(found);
            }
            Step::AppendCols(it) => {
                let Side::Query(subquery) = &it.right else { continue };
                let mut found = answer(subquery)?;
                it.right = Side::Rows(Arc::new(beside(&mut found)));
                answers.push(found);
            }
            _ => {}
        }
    }
    Ok(Some((plan, answers)))
}

/// The rows of a second query, taken out of what it gave.
fn beside(found: &mut Found) -> JoinedRows {
    JoinedRows::new(std::mem::take(&mut found.batch))
}

/// The expression with a list of values for each query in it.
fn with_values(expr: &Expr, values: &mut dyn FnMut(&Plan) -> Result<Expr, Error>) -> Result<Expr, Error> {
    match expr {
        Expr::Subquery(plan) => values(plan),
        Expr::Call(function, args) => {
            let args: Result<Vec<Expr>, Error> = args.iter().map(|it| with_values(it, values)).collect();
            Ok(Expr::Call(function, args?))
        }
        Expr::Field(_) | Expr::Literal(_) => Ok(expr.clone()),
    }
}

/// The values of the one column; a missing one is none.
fn values(found: &Found) -> Expr {
    let column = found.batch.columns.first();
    let values: Vec<Value> = column.map_or(Vec::new(), |it| (0..it.len()).filter_map(|row| it.value(row)).collect());
    Expr::Literal(Some(Value::List(Arc::from(values))))
}
