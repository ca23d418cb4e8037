//! For people: each file at fault, each test that does not hold with its differences, and a sum.

use std::fmt::Write as _;

use super::{Form, Report};
use crate::run::Verdict;

/// For people.
pub const FORM: Form =
    Form { name: "text", doc: "For people: the tests that fail, with what differs, and a sum.", write };

fn write(report: &Report) -> String {
    let mut text = String::new();
    for it in &report.broken {
        let _ = writeln!(text, "ERROR {}\n  --> {}:{}\n  {}\n", it.uri(), it.uri(), it.place, it.told());
    }
    for it in report.failures() {
        let word = if matches!(it.verdict, Verdict::Broken(_)) { "ERROR" } else { "FAILED" };
        let _ = writeln!(text, "{word} {}\n  --> {}:{}", it.name(), it.uri(), it.test.place);
        for line in it.told().lines() {
            let _ = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{} in {:.2} s", report.sum(), report.elapsed.as_secs_f64());
    text
}
