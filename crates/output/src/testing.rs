//! What the tests of the formats share: rows that are hard to write, and the text a format makes of rows.

#![allow(clippy::unwrap_used)]

use value::{Batch, Column, Value};

use crate::{Results, Writer};

/// Each type of column, and cells that are absent, empty, or full of signs with a meaning.
pub fn odd_rows() -> Batch {
    let mut batch = Batch::of_height(3);
    batch.set("@timestamp", Column::from_times([Some(1_767_227_700_000), None, Some(0)]));
    batch.set("@message", Column::from_texts([Some("a, \"b\" | c\\d\n"), Some(""), Some("tab\there\r\nü\u{1b}[1m")]));
    batch.set("avg(x)", Column::from_numbers([Some(2.0 / 3.0), Some(1234.5), None]));
    batch.set("ok", Column::from_bools([Some(true), Some(false), None]));
    batch.set("j", Column::from_json([Some("{\"k\":[1]}"), None, None]));
    batch.set("same", Column::Same(Some(Value::text("s")), 3));
    batch
}

/// What a format makes of rows.
pub fn written(writer: &Writer, results: &Results) -> String {
    let mut text = Vec::new();
    (writer.write)(results, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}
