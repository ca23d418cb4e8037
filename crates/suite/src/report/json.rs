//! One JSON object for all tests.

use serde_json::{Value, json};

use super::{Form, Report};
use crate::Fault;
use crate::run::{Outcome, Verdict};

/// One JSON object.
pub const FORM: Form = Form {
    name: "json",
    doc: "One JSON object: `passed` and `failed` are counts, `tests` a list, `errors` that of the test files at fault; times are seconds.",
    write,
};

fn write(report: &Report) -> String {
    let failed = report.failures().count();
    let whole = json!({
        "passed": report.outcomes.len() - failed,
        "failed": failed,
        "leftOut": report.left_out,
        "seconds": seconds(report.elapsed),
        "errors": report.broken.iter().map(error).collect::<Vec<_>>(),
        "tests": report.outcomes.iter().map(test).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn error(it: &Fault) -> Value {
    json!({"path": it.uri(), "line": it.place.line, "column": it.place.column, "message": it.message})
}

fn test(it: &Outcome) -> Value {
    let differences: Vec<Value> = match &it.verdict {
        Verdict::Failed(differences) => {
            let one = |it: &crate::Difference| json!({"of": it.of, "message": it.message, "lines": it.lines});
            differences.iter().map(one).collect()
        }
        Verdict::Broken(message) => vec![json!({"of": "test", "message": message, "lines": ""})],
        Verdict::Passed | Verdict::Written => Vec::new(),
    };
    let verdict = match it.verdict {
        Verdict::Passed => "passed",
        Verdict::Written => "written",
        Verdict::Failed(_) => "failed",
        Verdict::Broken(_) => "broken",
    };
    json!({
        "name": it.test.name, "path": it.uri(), "line": it.test.place.line, "column": it.test.place.column,
        "verdict": verdict, "seconds": seconds(it.elapsed), "differences": differences,
    })
}

/// Seconds to the millisecond.
fn seconds(it: std::time::Duration) -> f64 {
    (it.as_secs_f64() * 1000.0).round() / 1000.0
}
