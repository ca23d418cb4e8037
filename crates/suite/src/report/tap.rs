//! TAP 14, the Test Anything Protocol.

use std::fmt::Write as _;

use super::{Form, Report};

/// TAP.
pub const FORM: Form = Form { name: "tap", doc: "TAP 14, the Test Anything Protocol.", write };

fn write(report: &Report) -> String {
    let mut text = format!("TAP version 14\n1..{}\n", report.outcomes.len());
    for (number, it) in report.outcomes.iter().enumerate() {
        let word = if it.holds() { "ok" } else { "not ok" };
        // What would begin a directive is escaped.
        let name = it.name().replace('\\', "\\\\").replace('#', "\\#");
        let _ = writeln!(text, "{word} {} - {name}", number + 1);
        if !it.holds() {
            let _ = writeln!(text, "  ---\n  at: {}:{}\n  message: |", it.uri(), it.test.place);
            for line in it.told().lines() {
                let _ = writeln!(text, "{}", format!("    {line}").trim_end());
            }
            text.push_str("  ...\n");
        }
    }
    text
}
