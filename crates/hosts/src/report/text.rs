//! For people: each finding drawn under its lines, and a sum.

use std::fmt::Write as _;

use syntax::Severity;

use super::{Form, Report};

/// For people.
pub const FORM: Form = Form { name: "text", doc: "For people: each finding drawn under the lines of its file.", write };

fn write(report: &Report) -> String {
    let mut text = String::new();
    for it in &report.findings {
        let (head, lines) = it.drawn.split_once('\n').unwrap_or((&it.drawn, ""));
        let query = it.query.as_ref().map(|it| format!(" ({it})")).unwrap_or_default();
        let margin = lines.find('|').unwrap_or(2).saturating_sub(1);
        let _ = writeln!(text, "{head}\n{:margin$}--> {}:{}{query}", "", it.path.display(), it.place[0]);
        let _ = writeln!(text, "{lines}{}", if lines.is_empty() { "" } else { "\n" });
    }
    let _ = writeln!(text, "{}", sum(report));
    text
}

/// `3 queries in 2 files: 1 error, no warnings`
pub fn sum(report: &Report) -> String {
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    format!(
        "{} in {}: {}, {}",
        counted(report.queries, "query", "queries"),
        counted(report.files, "file", "files"),
        counted(report.count(Severity::Error), "error", "errors"),
        counted(report.count(Severity::Warning), "warning", "warnings"),
    )
}
