//! A running sum.

use plan::step::Accum;
use value::{Batch, Column, ExactSum};

use crate::expr::eval;

/// The rows with the sum so far; where there is no number, there is none.
pub fn run(it: &Accum, mut rows: Batch) -> Batch {
    let column = eval(&it.number, &rows);
    let numbers = column.numbers();
    let mut sum = ExactSum::default();
    let sums = (0..rows.height).map(|row| {
        sum.add(numbers.get(row)?);
        Some(sum.value())
    });
    let sums = Column::from_numbers(sums);
    rows.set(&it.into.column, sums);
    rows
}
