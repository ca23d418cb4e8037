//! Columns of a table, put beside the rows for which something was found.

use plan::Table;
use plan::step::TableOutput;
use value::{Batch, Column, Value};

use crate::expr::eval;

/// The rows with the outputs; `found` is the number of each one's row of the table.
pub fn write(table: &Table, outputs: &[TableOutput], found: &[Option<usize>], mut rows: Batch) -> Batch {
    let columns: Vec<Column> = outputs.iter().map(|it| column(table, it, found, &rows)).collect();
    for (output, column) in outputs.iter().zip(columns) {
        rows.set(&output.into.column, column);
    }
    rows
}

fn column(table: &Table, output: &TableOutput, found: &[Option<usize>], rows: &Batch) -> Column {
    let cell = |row: usize| table.rows.get((*found.get(row)?)?)?.get(output.column)?.as_deref();
    let Some(own) = &output.own else { return Column::from_texts((0..rows.height).map(cell)) };
    let own = eval(own, rows);
    if let Column::Text(_) = &own {
        let texts = own.texts();
        let filled = |row: usize| {
            let own = texts.get(row);
            own.filter(|it| !it.is_empty()).or_else(|| cell(row)).or(own)
        };
        return Column::from_texts((0..rows.height).map(filled));
    }
    let filled = |row: usize| {
        let own = own.value(row);
        match &own {
            Some(Value::Text(text)) if text.is_empty() => cell(row).map(Value::text).or(own),
            Some(_) => own,
            None => cell(row).map(Value::text),
        }
    };
    Column::from_values((0..rows.height).map(filled).collect())
}
