//! JSON: an array of objects, as the console exports results.

use std::io::{self, BufWriter, Write};

use super::jsonl::Objects;
use crate::{Results, Writer};

/// `[{"level":"ERROR","count(*)":"3"}]`
pub static JSON: Writer = Writer {
    name: "json",
    doc: "A JSON array of objects, all values as text, as the console exports it; what is missing is left out.",
    write,
};

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut objects = Objects::of(results);
    out.write_all(b"[")?;
    for row in 0..results.batch.height {
        out.write_all(if row == 0 { b"\n  " } else { b",\n  " })?;
        out.write_all(objects.of_row(row).as_bytes())?;
    }
    out.write_all(if results.batch.height == 0 { b"]\n" } else { b"\n]\n" })?;
    out.flush()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::testing::{odd_rows, written};

    #[test]
    fn rows_are_an_array_with_an_object_a_line() {
        let batch = odd_rows();
        let text = written(&JSON, &Results::of(&batch));
        let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(text.lines().count(), 5);
        assert_eq!(rows[1].to_string(), r#"{"avg(x)":"1234.5","ok":"0","same":"s"}"#);
    }

    #[test]
    fn no_rows_are_an_empty_array() {
        assert_eq!(written(&JSON, &Results::of(&value::Batch::of_height(0))), "[]\n");
    }
}
