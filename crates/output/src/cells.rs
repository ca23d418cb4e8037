//! The cells of a batch as text, one at a time, without a copy of their own.

use value::column::{Bools, Numbers, Texts, Times};
use value::{Batch, Column, number, time};

/// The columns of a batch, ready to be read row by row.
pub struct Cells<'a> {
    columns: Vec<Cell<'a>>,
}

enum Cell<'a> {
    Text(Texts<'a>),
    Number(Numbers<'a>),
    Time(Times<'a>),
    Bool(Bools<'a>),
    Other(&'a Column),
}

impl<'a> Cells<'a> {
    /// The cells of all columns.
    pub fn of(batch: &'a Batch) -> Cells<'a> {
        let cell = |column: &'a Column| match column {
            Column::Text(_) | Column::Json(_) => Cell::Text(column.texts()),
            Column::Number(_) => Cell::Number(column.numbers()),
            Column::Time(_) => Cell::Time(column.times()),
            Column::Bool(_) => Cell::Bool(column.bools()),
            Column::Same(..) | Column::Place(_) | Column::Mixed(_) => Cell::Other(column),
        };
        Cells { columns: batch.columns.iter().map(cell).collect() }
    }

    /// Puts the text of a cell in place of what `text` holds; whether there is any: the service counts an empty text as
    /// missing.
    pub fn read(&self, column: usize, row: usize, text: &mut String) -> bool {
        text.clear();
        match self.columns.get(column) {
            Some(Cell::Text(it)) => text.push_str(it.get(row).unwrap_or_default()),
            Some(Cell::Number(it)) => {
                it.get(row).inspect(|it| number::write(*it, text));
            }
            Some(Cell::Time(it)) => {
                it.get(row).inspect(|it| time::write(*it, text));
            }
            Some(Cell::Bool(it)) => text.push_str(it.get(row).map_or("", |it| if it { "1" } else { "0" })),
            Some(Cell::Other(it)) => text.push_str(&it.value(row).map(|it| it.to_text()).unwrap_or_default()),
            None => {}
        }
        !text.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::odd_rows;

    #[test]
    fn every_cell_reads_as_its_value_prints() {
        let batch = odd_rows();
        let cells = Cells::of(&batch);
        let mut text = String::from("left over");
        for (index, column) in batch.columns.iter().enumerate() {
            for row in 0..batch.height {
                let expected = column.value(row).map(|it| it.to_text()).unwrap_or_default();
                assert_eq!(cells.read(index, row, &mut text), !expected.is_empty());
                assert_eq!(text, expected);
            }
        }
        assert!(!cells.read(99, 0, &mut text));
    }
}
