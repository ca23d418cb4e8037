//! A last row, with the sums of columns.

use plan::step::Summary;
use value::{Batch, Column, ExactSum, Value};

use crate::expr::eval;

/// The rows, and the one that sums them up; a column without numbers has no sum.
pub fn run(it: &Summary, rows: Batch) -> Batch {
    let mut last = Batch::of_height(1);
    for (field, number) in &it.sums {
        let column = eval(number, &rows);
        let numbers = column.numbers();
        let mut sum = ExactSum::default();
        let mut count = 0;
        for number in (0..rows.height).filter_map(|row| numbers.get(row)) {
            sum.add(number);
            count += 1;
        }
        let sum = (count > 0).then(|| sum.value()).filter(|it| it.is_finite());
        last.set(&field.column, Column::from_values(vec![sum.map(Value::Number)]));
    }
    Batch::stack(vec![rows, last])
}
