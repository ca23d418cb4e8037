//! Annotations of GitHub's workflows.

use std::fmt::Write as _;

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
    for it in report.failures() {
        let place = it.test.place;
        let _ = writeln!(
            text,
            "::error file={},line={},col={},title={}::{}",
            property(&it.uri()),
            place.line,
            place.column,
            property(&format!("{} failed", it.test.name)),
            data(it.told().trim_end()),
        );
    }
    let _ = writeln!(text, "{}", report.sum());
    text
}
