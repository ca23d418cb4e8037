//! A summary in Markdown, such as `$GITHUB_STEP_SUMMARY` takes.

use std::fmt::Write as _;

use output::fence;

use super::{Form, Report};
use crate::run::Verdict;

/// A summary.
pub const FORM: Form =
    Form { name: "markdown", doc: "A summary in Markdown: a table of all tests, and what differs.", write };

fn write(report: &Report) -> String {
    let mut text = format!("### Queries: {}\n\n| | test | file | seconds |\n|---|---|---|---:|\n", report.sum());
    for it in &report.broken {
        let _ = writeln!(text, "| ⛔ | the file is at fault | {} | |", cell(&it.uri()));
    }
    for it in &report.outcomes {
        let sign = match it.verdict {
            Verdict::Passed | Verdict::Written => "✅",
            Verdict::Failed(_) => "❌",
            Verdict::Broken(_) => "⛔",
        };
        let seconds = it.elapsed.as_secs_f64();
        let _ = writeln!(text, "| {sign} | {} | {} | {seconds:.2} |", cell(&it.name()), cell(&it.uri()));
    }
    for it in &report.broken {
        text += &section(&it.uri(), "text", &format!("{}:{}: {}", it.uri(), it.place, it.told()));
    }
    for it in report.failures() {
        text += &section(&it.name(), "diff", &it.told());
    }
    text
}

fn section(title: &str, language: &str, told: &str) -> String {
    let fence = fence(told);
    format!("\n#### {}\n\n{fence}{language}\n{}\n{fence}\n", cell(title), told.trim_end())
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
