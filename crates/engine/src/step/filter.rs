//! Keeps the rows for which the condition is true.

use plan::step::Filter;
use polars::prelude::{BooleanChunked, NewChunkedArray};
use value::{Batch, Column, Value};

use crate::expr::eval;
use crate::step::{After, Chosen};

/// The rows that are let through.
pub fn run(it: &Filter, rows: Batch) -> After {
    let mask = match eval(&it.condition, &rows) {
        Column::Same(Some(Value::Bool(true)), _) => return After::Same(rows),
        Column::Bool(mask) => mask,
        _ => BooleanChunked::from_slice("".into(), &vec![false; rows.height]),
    };
    let numbers: Vec<u32> = (0..rows.height).filter(|row| mask.get(*row) == Some(true)).map(|it| it as u32).collect();
    if numbers.len() == rows.height {
        return After::Same(rows);
    }
    After::Others(Chosen { rows: rows.filter(&mask), numbers })
}
