//! Queries within a query: each is answered first, and what it gave takes its place.

use std::sync::Arc;

use plan::{Expr, Plan, Step};
use value::Value;

use crate::{Event, Rows, run};

/// The plan with what the queries within it gave, and those answers.
pub fn settled(plan: &Plan, events: &[Event]) -> (Plan, Vec<Rows>) {
    let (mut plan, mut answers) = (plan.clone(), Vec::new());
    for step in &mut plan.steps {
        if let Step::Filter(it) = step {
            it.condition = with_values(&it.condition, events, &mut answers);
        }
    }
    (plan, answers)
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
