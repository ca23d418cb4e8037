//! TAP 14, the Test Anything Protocol.

use hosts::Position;

use super::{Form, Report};
use crate::run::Verdict;

/// TAP.
pub const FORM: Form = Form { name: "tap", doc: "TAP 14, the Test Anything Protocol.", write };

fn write(report: &Report) -> String {
    let mut text = format!("TAP version 14\n1..{}\n", report.broken.len() + report.outcomes.len());
    let mut number = 0;
    let mut line = |word: &str, name: &str| {
        number += 1;
        // What would begin a directive is escaped.
        format!("{word} {number} - {}\n", name.replace('\\', "\\\\").replace('#', "\\#"))
    };
    for it in &report.broken {
        text += &line("not ok", &it.uri());
        text += &block("error", &it.uri(), it.place, &it.told());
    }
    for it in &report.outcomes {
        text += &line(if it.holds() { "ok" } else { "not ok" }, &it.name());
        match it.verdict {
            Verdict::Passed | Verdict::Written => {}
            Verdict::Failed(_) => text += &block("fail", &it.uri(), it.test.place, &it.told()),
            Verdict::Broken(_) => text += &block("error", &it.uri(), it.test.place, &it.told()),
        }
    }
    text
}

/// What is wrong, as the YAML below a line that is not ok.
fn block(severity: &str, uri: &str, place: Position, told: &str) -> String {
    let mut text = format!("  ---\n  severity: {severity}\n  at: {uri}:{place}\n  message: |\n");
    for line in told.lines() {
        text.push_str(format!("    {line}").trim_end());
        text.push('\n');
    }
    text + "  ...\n"
}
