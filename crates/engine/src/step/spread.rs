//! Rows that become several: each item of a list has a row of its own, with all that its row had.

use plan::Field;
use value::{Batch, Column, Value};

use crate::step::{After, Chosen};

/// Items on their way to rows of their own.
#[derive(Default)]
pub struct Items {
    /// Whose they are: the number of a row for each, ascending.
    pub rows: Vec<u32>,
    /// What they are.
    pub cells: Vec<Option<Value>>,
}

impl Items {
    /// Another item of a row.
    pub fn push(&mut self, row: usize, item: Option<Value>) {
        self.rows.push(row as u32);
        self.cells.push(item);
    }

    /// A row for each item, which stands in the field; the items of a row keep their order.
    pub fn spread(self, into: &Field, rows: &Batch) -> After {
        let mut made = rows.gather(&self.rows);
        made.set(&into.column, Column::from_values(self.cells));
        After::Others(Chosen { rows: made, numbers: self.rows })
    }
}
