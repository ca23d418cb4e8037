//! A row for each item of a list; anything else is a list of one.

use plan::step::Unnest;
use value::{Batch, Value};

use crate::expr::eval;
use crate::step::After;
use crate::step::spread::Items;

/// The rows of the items.
pub fn run(it: &Unnest, rows: &Batch) -> After {
    let lists = eval(&it.list, rows);
    let mut items = Items::default();
    for row in 0..rows.height {
        match lists.value(row) {
            Some(Value::Json(list)) if list.is_list() => list.values().for_each(|item| items.push(row, item)),
            Some(other) => items.push(row, Some(other)),
            None => {}
        }
    }
    items.spread(&it.into, rows)
}
