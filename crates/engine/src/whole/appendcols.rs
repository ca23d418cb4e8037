//! The columns of a second query, the first row beside the first.
//!
//! The second query lies in memory as a whole: its rows are no more than its `max`.

use plan::step::{AppendCols, AppendedColumn, Side};
use value::{Batch, Column};

use crate::expr::eval;

/// The rows with those columns; rows that are left over on the other side are dropped.
pub fn run(it: &AppendCols, mut rows: Batch) -> Batch {
    let Side::Rows(right) = &it.right else { return rows };
    let none = right.none();
    let numbers: Vec<u32> = (0..rows.height as u32).map(|row| row.min(none)).collect();
    let beside = |column: &Column| column.gather(&numbers);
    let columns: Vec<Column> =
        it.columns.iter().zip(&right.rows.columns).map(|(it, column)| filled(it, beside(column), &rows)).collect();
    for (column, it) in columns.into_iter().zip(&it.columns) {
        rows.set(&it.into.column, column);
    }
    rows
}

/// The column, or the values that the rows have already, where it is not to replace them.
fn filled(it: &AppendedColumn, beside: Column, rows: &Batch) -> Column {
    let Some(own) = &it.own else { return beside };
    let own = eval(own, rows);
    Column::from_values((0..rows.height).map(|row| own.value(row).or_else(|| beside.value(row))).collect())
}
