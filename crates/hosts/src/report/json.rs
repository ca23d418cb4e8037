//! One JSON object for the whole report.

use serde_json::json;

use super::{Form, Report};

/// One JSON object.
pub const FORM: Form = Form {
    name: "json",
    doc: "Of files, one JSON object: `files` and `queries` are counts, `findings` a list; lines and columns count from 1. \
          Of a query on the command line, one object a line for each fault or warning: `severity`, `code`, `message`, \
          `start`, `end` and `help`, and with a fault, in `exception`, what the service would answer.",
    write,
};

fn write(report: &Report) -> String {
    let findings = report.findings.iter().map(|it| {
        let [start, end] = it.place;
        json!({
            "path": it.uri(), "query": it.query, "severity": it.severity.to_string(), "code": it.code,
            "message": it.message, "help": it.help, "line": start.line, "column": start.column,
            "endLine": end.line, "endColumn": end.column,
        })
    });
    let findings: Vec<serde_json::Value> = findings.collect();
    let whole = json!({ "files": report.files, "queries": report.queries, "findings": findings });
    format!("{whole:#}\n")
}
