//! A summary in Markdown, such as `$GITHUB_STEP_SUMMARY` takes.

use std::fmt::Write as _;

use output::fence;

use super::{Form, Report};

/// A summary.
pub const FORM: Form =
    Form { name: "markdown", doc: "A summary in Markdown: a table of all tests, and what differs.", write };

fn write(report: &Report) -> String {
    let mut text = format!("### Queries: {}\n\n| | test | file | seconds |\n|---|---|---|---:|\n", report.sum());
    for it in &report.outcomes {
        let sign = if it.holds() { "✅" } else { "❌" };
        let seconds = it.elapsed.as_secs_f64();
        let _ = writeln!(text, "| {sign} | {} | {} | {seconds:.2} |", cell(&it.name()), cell(&it.uri()));
    }
    for it in report.failures() {
        let told = it.told();
        let fence = fence(&told);
        let _ = writeln!(text, "\n#### {}\n\n{fence}diff\n{}\n{fence}", cell(&it.name()), told.trim_end());
    }
    text
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
