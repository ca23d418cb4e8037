//! Annotations of GitHub's workflows.

use std::fmt::Write as _;

use hosts::Position;
use hosts::report::{data, property};

use super::{Form, Report};

/// Annotations.
pub const FORM: Form = Form {
    name: "github",
    doc: "Workflow commands of GitHub Actions, which mark failed tests in a pull request.",
    write,
};

fn write(report: &Report) -> String {
    let mut text = String::new();
    for it in &report.broken {
        text += &annotation(&it.uri(), it.place, "test file at fault", &it.told());
    }
    for it in report.failures() {
        text += &annotation(&it.uri(), it.test.place, &format!("{} failed", it.name()), it.told().trim_end());
    }
    let _ = writeln!(text, "{}", report.sum());
    text
}

fn annotation(uri: &str, place: Position, title: &str, message: &str) -> String {
    let (file, title) = (property(uri), property(title));
    format!("::error file={file},line={},col={},title={title}::{}\n", place.line, place.column, data(message))
}
