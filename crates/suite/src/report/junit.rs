//! JUnit's XML, which most CI systems read.

use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};

use super::{Form, Report};
use crate::run::{Outcome, Verdict};

/// JUnit's XML.
pub const FORM: Form = Form {
    name: "junit",
    doc: "JUnit's XML: a suite for each file; a test file at fault is a suite with one error.",
    write,
};

fn write(report: &Report) -> String {
    let mut junit = Junit::new("gw test");
    junit.set_time(report.elapsed);
    let mut suites: Vec<TestSuite> = Vec::new();
    for it in &report.broken {
        let mut suite = TestSuite::new(it.uri());
        let mut case =
            TestCase::new("the test file can be read", not_ok(NonSuccessKind::Error, &it.message, it.to_string()));
        case.set_classname(it.uri());
        suite.add_test_case(case);
        suites.push(suite);
    }
    for it in &report.outcomes {
        let uri = it.uri();
        if suites.last().is_none_or(|last| last.name.as_str() != uri) {
            suites.push(TestSuite::new(uri));
        }
        if let Some(suite) = suites.last_mut() {
            suite.add_test_case(case(it));
        }
    }
    junit.add_test_suites(suites);
    // Writing to memory does not fail.
    junit.to_string().map(|it| it + "\n").unwrap_or_default()
}

fn case(it: &Outcome) -> TestCase {
    let status = match &it.verdict {
        Verdict::Passed | Verdict::Written => TestCaseStatus::success(),
        Verdict::Failed(_) => not_ok(NonSuccessKind::Failure, &it.headline(), it.told()),
        Verdict::Broken(_) => not_ok(NonSuccessKind::Error, &it.headline(), it.told()),
    };
    let mut case = TestCase::new(it.test.name.as_str(), status);
    case.set_classname(it.uri());
    case.set_time(it.elapsed);
    case
}

fn not_ok(kind: NonSuccessKind, headline: &str, told: String) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(headline);
    status.set_description(told);
    status
}
