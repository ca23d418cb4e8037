//! The last value seen, where there is none.

use plan::step::Filldown;
use value::{Batch, Column};

use crate::expr::eval;

/// The rows with their fields filled; what is missing before the first value stays so.
pub fn run(it: &Filldown, mut rows: Batch) -> Batch {
    for (field, expr) in &it.fields {
        let column = filled(&eval(expr, &rows));
        rows.set(&field.column, column);
    }
    rows
}

fn filled(column: &Column) -> Column {
    let Some(first) = (0..column.len()).find(|row| column.is_present(*row)) else { return column.clone() };
    let mut last = first;
    let numbers: Vec<u32> = (first..column.len())
        .map(|row| {
            if column.is_present(row) {
                last = row;
            }
            last as u32
        })
        .collect();
    Column::stack(vec![Column::absent(first), column.gather(&numbers)])
}
