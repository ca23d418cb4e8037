//! Expressions of the plan over rows: three arms, one column.

use plan::Expr;
use value::{Batch, Column};

/// The value of an expression in every row of a batch.
pub fn eval(expr: &Expr, rows: &Batch) -> Column {
    match expr {
        Expr::Field(field) => rows.column(&field.column).cloned().unwrap_or(Column::absent(rows.height)),
        Expr::Literal(value) => Column::Same(value.clone(), rows.height),
        // The list of its values stands in its place before any row comes.
        Expr::Subquery(_) => Column::absent(rows.height),
        Expr::Call(function, args) => {
            let args: Vec<Column> = args.iter().map(|arg| eval(arg, rows)).collect();
            function.over(&args, rows.height)
        }
    }
}
