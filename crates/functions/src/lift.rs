//! Any row form as a column form.

use crate::{Args, Function};
use value::{Column, Value};

impl Function {
    /// The function over whole columns of the same height: by its column form, or its row form lifted.
    pub fn over(&self, columns: &[Column], height: usize) -> Column {
        if columns.iter().all(|it| matches!(it, Column::Same(..))) {
            let args: Vec<Option<Value>> = columns.iter().map(|it| it.value(0)).collect();
            return Column::Same((self.row)(&Args(&args)), height);
        }
        match self.column {
            Some(column) => column(&crate::Columns { columns, height }),
            None => lift(self, columns, height),
        }
    }
}

/// The row form, called for each row of the columns.
pub fn lift(function: &Function, columns: &[Column], height: usize) -> Column {
    let mut args: Vec<Option<Value>> = vec![None; columns.len()];
    let cells = (0..height).map(|row| {
        for (arg, column) in args.iter_mut().zip(columns) {
            // A literal is the same in every row: it is put in place once.
            if row == 0 || !matches!(column, Column::Same(..)) {
                *arg = column.value(row);
            }
        }
        (function.row)(&Args(&args))
    });
    Column::from_values(cells.collect())
}
