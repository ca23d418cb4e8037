//! Annotations of GitHub's workflows.

use std::fmt::Write as _;

use super::{Form, Report, text};

/// Annotations.
pub const FORM: Form =
    Form { name: "github", doc: "Workflow commands of GitHub Actions, which mark the lines of a pull request.", write };

fn write(report: &Report) -> String {
    let mut written = String::new();
    for it in &report.findings {
        let [start, end] = it.place;
        let message = match &it.help {
            Some(help) => format!("{}\nhelp: {help}", it.message),
            None => it.message.clone(),
        };
        let title = format!("{}[{}]", it.severity, it.code);
        // An end column is understood only on one line.
        let columns = match start.line == end.line {
            true => format!(",col={},endColumn={}", start.column, end.column),
            false => String::new(),
        };
        let _ = writeln!(
            written,
            "::{} file={},line={},endLine={}{columns},title={}::{}",
            it.severity,
            property(&it.uri()),
            start.line,
            end.line,
            property(&title),
            data(&message),
        );
    }
    let _ = writeln!(written, "{}", text::sum(report));
    written
}

/// A message: what would end it is escaped.
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: what would end it is escaped too.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
