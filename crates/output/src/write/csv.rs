//! CSV, as the console exports results.

use std::io::{self, BufWriter, Write};

use crate::cells::Cells;
use crate::{Results, Writer};

/// `ERROR,3`
pub static CSV: Writer = Writer {
    name: "csv",
    doc: "Comma-separated values with a header, quoted where they must be (RFC 4180, but with plain line ends).",
    write,
};

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    write_lines(results, out, ',', |cell, is_alone, line| {
        // A line of nothing would be no row at all.
        if cell.contains([',', '"', '\n', '\r']) || (is_alone && cell.is_empty()) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(cell);
        }
    })
}

/// Writes a header and a line for each row; `escape` appends a cell to a line, and is told whether it is the only one.
pub fn write_lines(
    results: &Results,
    out: &mut dyn Write,
    separator: char,
    escape: fn(&str, bool, &mut String),
) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let names = &results.batch.names;
    let is_alone = names.len() == 1;
    let cells = Cells::of(results.batch);
    let (mut line, mut cell) = (String::new(), String::new());
    if names.is_empty() {
        return Ok(());
    }
    for (column, name) in names.iter().enumerate() {
        if column > 0 {
            line.push(separator);
        }
        escape(name, is_alone, &mut line);
    }
    for row in 0..results.batch.height {
        line.push('\n');
        out.write_all(line.as_bytes())?;
        line.clear();
        for column in 0..names.len() {
            if column > 0 {
                line.push(separator);
            }
            cells.read(column, row, &mut cell);
            escape(&cell, is_alone, &mut line);
        }
    }
    line.push('\n');
    out.write_all(line.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use value::{Batch, Column};

    use super::*;
    use crate::testing::{odd_rows, written};

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let batch = odd_rows();
        assert_eq!(
            written(&CSV, &Results::of(&batch)),
            concat!(
                "@timestamp,@message,avg(x),ok,j,same\n",
                "2026-01-01 00:35:00.000,\"a, \"\"b\"\" | c\\d\n\",0.6667,1,\"{\"\"k\"\":[1]}\",s\n",
                ",,1234.5,0,,s\n",
                "1970-01-01 00:00:00.000,\"tab\there\r\nü\u{1b}[1m\",,,,s\n",
            )
        );
    }

    #[test]
    fn a_row_of_one_empty_cell_is_still_a_row() {
        let mut batch = Batch::of_height(2);
        batch.set("a,b", Column::from_texts([None, Some("x")]));
        assert_eq!(written(&CSV, &Results::of(&batch)), "\"a,b\"\n\"\"\nx\n");
    }
}
