//! What the AWS command line prints for `logs get-query-results`.

use std::io::{self, BufWriter, Write};

use value::json::quote;

use crate::cells::Cells;
use crate::{Results, Statistics, Writer};

/// `{"results": [[{"field": "level", "value": "ERROR"}]], …}`
pub static AWS: Writer = Writer {
    name: "aws",
    doc: "The JSON that `aws logs get-query-results` prints: rows of fields and values, statistics, status.",
    write,
};

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    out.write_all(b"{\n    \"results\": [")?;
    let mut rows = Rows::of(results);
    for row in 0..results.batch.height {
        out.write_all(if row == 0 { b"\n" } else { b",\n" })?;
        out.write_all(rows.of_row(row).as_bytes())?;
    }
    out.write_all(if results.batch.height == 0 { b"],\n" } else { b"\n    ],\n" })?;
    write_statistics(&results.statistics, &mut out)?;
    out.write_all(b"    \"status\": \"Complete\",\n    \"queryLanguage\": \"CWLI\"\n}\n")?;
    out.flush()
}

/// Rows as indented arrays of fields and values.
struct Rows<'a> {
    results: &'a Results<'a>,
    cells: Cells<'a>,
    cell: String,
    row: String,
}

impl<'a> Rows<'a> {
    fn of(results: &'a Results<'a>) -> Rows<'a> {
        Rows { results, cells: Cells::of(results.batch), cell: String::new(), row: String::new() }
    }

    /// The array of a row, what is missing left out, the pointer last.
    fn of_row(&mut self, row: usize) -> &str {
        self.row.clear();
        self.row.push_str("        [");
        for (column, name) in self.results.batch.names.iter().enumerate() {
            if self.cells.read(column, row, &mut self.cell) {
                push_field(name, &self.cell, &mut self.row);
            }
        }
        let is_shown = self.results.batch.names.iter().any(|it| **it == *"@ptr");
        if let Some(pointer) = self.results.pointers.filter(|_| !is_shown).and_then(|it| it.value(row)) {
            push_field("@ptr", &pointer.to_text(), &mut self.row);
        }
        self.row.push_str(if self.row.ends_with('[') { "]" } else { "\n        ]" });
        &self.row
    }
}

fn push_field(name: &str, value: &str, row: &mut String) {
    row.push_str(if row.ends_with('[') { "\n" } else { ",\n" });
    row.push_str("            {\n                \"field\": ");
    quote(name, row);
    row.push_str(",\n                \"value\": ");
    quote(value, row);
    row.push_str("\n            }");
}

fn write_statistics(statistics: &Statistics, out: &mut dyn Write) -> io::Result<()> {
    let all = [
        ("recordsMatched", statistics.records_matched),
        ("recordsScanned", statistics.records_scanned),
        ("estimatedRecordsSkipped", statistics.estimated_records_skipped),
        ("bytesScanned", statistics.bytes_scanned),
        ("estimatedBytesSkipped", statistics.estimated_bytes_skipped),
        ("logGroupsScanned", statistics.log_groups_scanned),
        ("resultCount", statistics.result_count),
    ];
    let lines = all.iter().filter_map(|(name, it)| Some(format!("\n        \"{name}\": {:?}", (*it)?)));
    let lines = lines.collect::<Vec<_>>().join(",");
    let end = if lines.is_empty() { "" } else { "\n    " };
    writeln!(out, "    \"statistics\": {{{lines}{end}}},")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use value::{Batch, Column};

    use super::*;
    use crate::testing::{odd_rows, written};

    #[test]
    fn a_row_is_an_array_of_fields_and_values() {
        let mut batch = Batch::of_height(2);
        batch.set("level", Column::from_texts([Some("ERROR"), None]));
        let places = Column::from_places(vec![1, 2]);
        let statistics = Statistics {
            records_matched: Some(2.0),
            records_scanned: Some(1239.0),
            bytes_scanned: Some(128_000_000.0),
            ..Statistics::default()
        };
        let results = Results { pointers: Some(&places), statistics, ..Results::of(&batch) };
        let (first, second) = (value::batch::pointer(1), value::batch::pointer(2));
        let expected = format!(
            r#"{{
    "results": [
        [
            {{
                "field": "level",
                "value": "ERROR"
            }},
            {{
                "field": "@ptr",
                "value": "{first}"
            }}
        ],
        [
            {{
                "field": "@ptr",
                "value": "{second}"
            }}
        ]
    ],
    "statistics": {{
        "recordsMatched": 2.0,
        "recordsScanned": 1239.0,
        "bytesScanned": 128000000.0
    }},
    "status": "Complete",
    "queryLanguage": "CWLI"
}}
"#
        );
        assert_eq!(written(&AWS, &results), expected);
    }

    #[test]
    fn every_answer_is_json() {
        let (none, odd, mut bare) = (Batch::of_height(0), odd_rows(), Batch::of_height(1));
        bare.set("a", Column::absent(1));
        for (batch, rows) in [(&none, 0), (&odd, 3), (&bare, 1)] {
            let json: serde_json::Value = serde_json::from_str(&written(&AWS, &Results::of(batch))).unwrap();
            assert_eq!(json["results"].as_array().unwrap().len(), rows);
            assert_eq!(json["statistics"].as_object().unwrap().len(), 0);
        }
        let json: serde_json::Value = serde_json::from_str(&written(&AWS, &Results::of(&odd))).unwrap();
        assert_eq!(json["results"][0][1]["value"], "a, \"b\" | c\\d\n");
        assert_eq!(json["results"][1].as_array().unwrap().len(), 3);
    }
}
