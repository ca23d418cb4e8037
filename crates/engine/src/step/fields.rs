//! Columns computed from columns, one after another.

use plan::step::Fields;
use value::Batch;

use crate::expr::eval;

/// The rows with the new columns.
pub fn run(it: &Fields, mut rows: Batch) -> Batch {
    for (field, expr) in &it.items {
        let column = eval(expr, &rows);
        rows.set(&field.column, column);
    }
    rows
}
