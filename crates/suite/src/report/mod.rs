//! What came of tests, in the forms that people and machines read: one file a form.

mod github;
mod json;
mod junit;
mod markdown;
mod tap;
mod text;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use output::visible;

use crate::Fault;
use crate::run::{Outcome, Verdict};

/// What came of all tests.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The test files that are at fault, in their order: none of their tests ran.
    pub broken: Vec<Fault>,
    /// What came of the tests that ran, in the order of the files.
    pub outcomes: Vec<Outcome>,
    /// How long all took.
    pub elapsed: Duration,
    /// How many tests were not chosen.
    pub left_out: usize,
}

/// A form of reports.
pub struct Form {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// The text of a report.
    pub write: fn(&Report) -> String,
}

/// All forms.
pub const ALL: &[Form] = &[text::FORM, junit::FORM, tap::FORM, json::FORM, github::FORM, markdown::FORM];

/// The form that is called so.
pub fn form(name: &str) -> Option<&'static Form> {
    ALL.iter().find(|it| it.name == name)
}

impl Report {
    /// The tests that do not hold, or could not be run.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|it| !it.holds())
    }

    /// `12 tests passed, 1 failed, 1 test file at fault, 2 with a new snapshot`
    fn sum(&self) -> String {
        let failed = self.failures().count();
        let written = self.outcomes.iter().filter(|it| it.verdict == Verdict::Written).count();
        let mut sum = match (self.outcomes.len(), self.outcomes.len() - failed) {
            (0, _) => String::from("no tests ran"),
            (_, 1) => String::from("1 test passed"),
            (_, passed) => format!("{passed} tests passed"),
        };
        if failed > 0 {
            let _ = write!(sum, ", {failed} failed");
        }
        match self.broken.len() {
            0 => {}
            1 => sum.push_str(", 1 test file at fault"),
            many => _ = write!(sum, ", {many} test files at fault"),
        }
        if written > 0 {
            let _ = write!(sum, ", {written} with a new snapshot");
        }
        if self.left_out > 0 {
            let _ = write!(sum, ", {} left out", self.left_out);
        }
        sum
    }
}

impl Fault {
    /// The file.
    fn uri(&self) -> String {
        uri(&self.path)
    }

    /// What is wrong, on one line, nothing in it that commands a terminal.
    fn told(&self) -> String {
        let mut told = String::new();
        visible::push(&self.message, &mut told);
        told
    }
}

impl Outcome {
    /// Whether the test holds.
    pub fn holds(&self) -> bool {
        matches!(self.verdict, Verdict::Passed | Verdict::Written)
    }

    /// What is wrong, a paragraph for each difference; nothing if the test holds.
    fn told(&self) -> String {
        match &self.verdict {
            Verdict::Passed | Verdict::Written => String::new(),
            Verdict::Broken(message) => format!("{message}\n"),
            Verdict::Failed(differences) => {
                let one = |it: &crate::Difference| format!("{}: {}\n{}", it.of, it.message, it.lines);
                differences.iter().map(one).collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// What is wrong, in a sentence.
    fn headline(&self) -> String {
        self.told().lines().next().unwrap_or_default().to_owned()
    }

    /// What the test shows, on one line, nothing in it that commands a terminal.
    fn name(&self) -> String {
        let mut name = String::new();
        visible::push(&self.test.name, &mut name);
        name
    }

    /// The test's file.
    fn uri(&self) -> String {
        uri(&self.test.path)
    }
}

/// A path with `/` between its parts, whatever the machine's own sign is.
fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}
