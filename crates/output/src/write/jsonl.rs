//! JSON Lines: an object for each row.

use std::io::{self, BufWriter, Write};

use value::json::quote;

use crate::cells::Cells;
use crate::{Results, Writer};

/// `{"level":"ERROR","count(*)":"3"}`
pub static JSONL: Writer = Writer {
    name: "jsonl",
    doc: "One JSON object a line for each row, all values as text; what is missing is left out.",
    write,
};

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut objects = Objects::of(results);
    for row in 0..results.batch.height {
        out.write_all(objects.of_row(row).as_bytes())?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Rows as JSON objects.
pub struct Objects<'a> {
    /// The names of the columns, as JSON strings.
    names: Vec<String>,
    cells: Cells<'a>,
    cell: String,
    object: String,
}

impl<'a> Objects<'a> {
    /// The rows of results.
    pub fn of(results: &Results<'a>) -> Objects<'a> {
        let quoted = |name: &str| {
            let mut text = String::new();
            quote(name, &mut text);
            text
        };
        let names = results.batch.names.iter().map(|it| quoted(it)).collect();
        Objects { names, cells: Cells::of(results.batch), cell: String::new(), object: String::new() }
    }

    /// The object of a row; valid until the next one is asked for.
    pub fn of_row(&mut self, row: usize) -> &str {
        self.object.clear();
        self.object.push('{');
        for (column, name) in self.names.iter().enumerate() {
            if self.cells.read(column, row, &mut self.cell) {
                if self.object.len() > 1 {
                    self.object.push(',');
                }
                self.object.push_str(name);
                self.object.push(':');
                quote(&self.cell, &mut self.object);
            }
        }
        self.object.push('}');
        &self.object
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::testing::{odd_rows, written};

    #[test]
    fn a_row_is_an_object_of_texts() {
        let batch = odd_rows();
        let text = written(&JSONL, &Results::of(&batch));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[1], r#"{"avg(x)":"1234.5","ok":"0","same":"s"}"#);
        let first: serde_json::Value = serde_json::from_str(lines[0]).unwrap();
        assert_eq!(first["@message"], "a, \"b\" | c\\d\n");
        assert_eq!(first["@timestamp"], "2026-01-01 00:35:00.000");
        assert_eq!(first["avg(x)"], "0.6667");
        assert_eq!(first["j"], "{\"k\":[1]}");
        let last: serde_json::Value = serde_json::from_str(lines[2]).unwrap();
        assert_eq!(last["@message"], "tab\there\r\nü\u{1b}[1m");
    }
}
