//! For people: each test that does not hold with its differences, and a sum.

use std::fmt::Write as _;

use super::{Form, Report};

/// For people.
pub const FORM: Form =
    Form { name: "text", doc: "For people: the tests that fail, with what differs, and a sum.", write };

fn write(report: &Report) -> String {
    let mut text = String::new();
    for it in report.failures() {
        let _ = writeln!(text, "FAILED {}\n  --> {}:{}", it.name(), it.uri(), it.test.place);
        for line in it.told().lines() {
            let _ = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{} in {:.2} s", report.sum(), report.elapsed.as_secs_f64());
    text
}
