//! The columns of a second query, the first row beside the first.
//!
//! The second query lies in memory as a whole: its rows are no more than its `max`.

use plan::step::{AppendCols, AppendedColumn, Kept, Side};
use value::{Batch, Column};

use crate::expr::eval;

/// The rows with those columns; rows that are left over on the other side are dropped.
pub fn run(it: &AppendCols, mut rows: Batch) -> Batch {
    let Side::Rows(right) = &it.right else { return rows };
    let none = right.none();
    let numbers: Vec<u32> = (0..rows.height as u32).map(|row| row.min(none)).collect();
    let beside = |column: &Column| column.gather(&numbers);
    let columns: Vec<Column> = it
        .columns
        .iter()
        .zip(&right.rows.columns)
        .map(|(it, column)| filled(it, beside(column), &rows, none as usize))
        .collect();
    for (column, it) in columns.into_iter().zip(&it.columns) {
        rows.set(&it.into.column, column);
    }
    rows
}

/// The column, or the values that the rows have already, where they stay; so many rows have a partner.
fn filled(it: &AppendedColumn, beside: Column, rows: &Batch, partners: usize) -> Column {
    let Some(own) = &it.own else { return beside };
    let own = eval(own, rows);
    let value = |row: usize| match it.kept {
        Kept::Own => own.value(row).or_else(|| beside.value(row)),
        Kept::Partners if row < partners => beside.value(row),
        Kept::Partners => own.value(row),
    };
    Column::from_values((0..rows.height).map(value).collect())
}
