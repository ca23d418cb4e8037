//! The sum of each row's numbers.

use plan::step::AddTotals;
use value::{Batch, Column, ExactSum};

use crate::expr::eval;

/// The rows with their sums; where there is no number, there is no sum.
pub fn run(it: &AddTotals, mut rows: Batch) -> Batch {
    let columns: Vec<Column> = it.numbers.iter().map(|expr| eval(expr, &rows)).collect();
    let columns: Vec<_> = columns.iter().map(Column::numbers).collect();
    let sum = |row: usize| {
        let mut numbers = columns.iter().filter_map(|it| it.get(row)).peekable();
        numbers.peek()?;
        let mut sum = ExactSum::default();
        numbers.for_each(|it| sum.add(it));
        Some(sum.value())
    };
    let sums = Column::from_numbers((0..rows.height).map(sum));
    rows.set(&it.into.column, sums);
    rows
}
