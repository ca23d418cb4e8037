//! Values of earlier rows.

use plan::step::Autoregress;
use value::{Batch, Column};

use crate::expr::eval;

/// The rows with the copies; the first rows have none before them.
pub fn run(it: &Autoregress, mut rows: Batch) -> Batch {
    let values = eval(&it.value, &rows);
    for (back, field) in &it.copies {
        let copied = rows.height.saturating_sub(*back);
        let numbers: Vec<u32> = (0..copied as u32).collect();
        let column = Column::stack(vec![Column::absent(rows.height - copied), values.gather(&numbers)]);
        rows.set(&field.column, column);
    }
    rows
}
