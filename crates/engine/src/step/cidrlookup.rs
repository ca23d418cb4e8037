//! Columns of a table, found by the range that an address lies in.

use plan::step::CidrLookup;
use value::Batch;

use crate::expr::eval;
use crate::step::outputs;

/// The rows with the columns of the table.
pub fn run(it: &CidrLookup, rows: Batch) -> Batch {
    let addresses = eval(&it.address, &rows);
    let texts = addresses.texts();
    let find = |row: usize| it.ranges.find(&it.table, it.column, texts.get(row)?);
    let found: Vec<Option<usize>> = (0..rows.height).map(find).collect();
    outputs::write(&it.table, &it.outputs, &found, rows)
}
