//! Columns of a table, found by the values of fields.

use plan::step::Lookup;
use value::{Batch, Column};

use crate::expr::eval;
use crate::step::outputs;

/// The rows with the columns of the table.
pub fn run(it: &Lookup, rows: Batch) -> Batch {
    let places: Vec<usize> = it.keys.iter().map(|(place, _)| *place).collect();
    let keys: Vec<Column> = it.keys.iter().map(|(_, text)| eval(text, &rows)).collect();
    let texts: Vec<_> = keys.iter().map(Column::texts).collect();
    let mut scratch = String::new();
    let mut find = |row: usize| it.rows.find(&it.table, &places, texts.iter().map(|it| it.get(row)), &mut scratch);
    let found: Vec<Option<usize>> = (0..rows.height).map(&mut find).collect();
    outputs::write(&it.table, &it.outputs, &found, rows)
}
