//! A row for each item of a JSON array, which may still be text; anything else stays one row.

use plan::step::Expand;
use value::{Batch, Json, Value};

use crate::expr::eval;
use crate::step::After;
use crate::step::spread::Items;

/// The rows of the items.
pub fn run(it: &Expand, rows: &Batch) -> After {
    let arrays = eval(&it.array, rows);
    let mut items = Items::default();
    for row in 0..rows.height {
        let Some(value) = arrays.value(row) else { continue };
        match array(&value) {
            Some(array) => array.values().for_each(|item| items.push(row, item)),
            None => items.push(row, Some(value)),
        }
    }
    items.spread(&it.into, rows)
}

fn array(value: &Value) -> Option<Json> {
    let array = match value {
        Value::Json(it) => Some(it.clone()),
        // Most texts are none, and are known by their first letter.
        Value::Text(text) if text.trim_start().starts_with('[') => Json::parse(text),
        _ => None,
    };
    array.filter(Json::is_list)
}
