//! Tab-separated values: for `cut`, `sort` and `awk`.

use std::io::{self, Write};

use super::csv::write_lines;
use crate::{Results, Writer};

/// `ERROR⇥3`
pub static TSV: Writer = Writer {
    name: "tsv",
    doc: r"Tab-separated values with a header; tabs, line ends and backslashes in cells are `\t`, `\n`, `\r`, `\\`.",
    write,
};

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    write_lines(results, out, '\t', |cell, _, line| {
        for char in cell.chars() {
            match char {
                '\t' => line.push_str("\\t"),
                '\n' => line.push_str("\\n"),
                '\r' => line.push_str("\\r"),
                '\\' => line.push_str("\\\\"),
                it => line.push(it),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{odd_rows, written};

    #[test]
    fn a_row_is_a_line_whatever_its_cells_hold() {
        let batch = odd_rows();
        assert_eq!(
            written(&TSV, &Results::of(&batch)),
            concat!(
                "@timestamp\t@message\tavg(x)\tok\tj\tsame\n",
                "2026-01-01 00:35:00.000\ta, \"b\" | c\\\\d\\n\t0.6667\t1\t{\"k\":[1]}\ts\n",
                "\t\t1234.5\t0\t\ts\n",
                "1970-01-01 00:00:00.000\ttab\\there\\r\\nü\u{1b}[1m\t\t\t\ts\n",
            )
        );
    }
}
