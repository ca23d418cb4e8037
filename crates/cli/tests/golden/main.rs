//! Every case of the test data is one test: its queries, over its logs, give the answers that stand in it.
//!
//! `cargo test --test golden dedup` runs the cases with that word in their name; `UPDATE=1` rewrites what does not hold.

mod answer;
mod archive;
mod moments;
mod said;

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use testkit::case::{Case, updating};

use crate::answer::{Answer, answer};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let mut trials = Vec::new();
    for read in Case::each(&root) {
        trials.push(match read {
            Ok(case) => Trial::test(case.name.clone(), move || {
                check(&case).map_err(|it| Failed::from(format!("# {}\n{it}", case.title)))
            }),
            Err(fault) => {
                let name = fault.path.strip_prefix(&root).unwrap_or(&fault.path).display().to_string();
                Trial::test(name, move || Err(Failed::from(fault)))
            }
        });
    }
    if trials.is_empty() {
        eprintln!("there is no case below {}", root.display());
        return ExitCode::FAILURE;
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Asks every query of a case, and compares with every expectation.
fn check(case: &Case) -> Result<(), String> {
    let mut differences = Vec::new();
    let mut first = Vec::new();
    for (number, question) in case.questions.iter().enumerate() {
        let answer = answer(case, question)?;
        let estimates = plan::estimates(&syntax::read(&question.text).0);
        let error = |column: &str| plan::service_error(column, &estimates);
        for expectation in &case.expectations {
            let actual = match text(&answer, &expectation.format) {
                Ok(actual) => actual,
                Err(fault) => {
                    differences.push(format!("{}:{}: {fault}", case.path.display(), question.line));
                    continue;
                }
            };
            let settled = if number == 0 {
                first.push(actual.clone());
                case.settle(expectation.position, &actual, &error)
            } else if updating() && first.get(expectation.position) == Some(&actual) {
                // The first query's answer was written; the others need only agree with it.
                Ok(())
            } else {
                let place = format!("{}:{}", case.path.display(), question.line);
                expectation.check(&actual, &error).map_err(|it| format!("{place}: {it}"))
            };
            differences.extend(settled.err());
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n\n")) }
}

/// What an answer says in the format of an expectation.
fn text(answer: &Answer, format: &str) -> Result<String, String> {
    match (answer, format) {
        (Answer::Refused { drawn, .. }, "error") => Ok(drawn.clone()),
        (Answer::Refused { told, .. }, "service") => Ok(told.clone()),
        (Answer::Refused { drawn, .. }, _) => Err(format!("the query is refused:\n{drawn}")),
        (Answer::Rows { .. }, "error" | "service") => Err(String::from("the query runs, and should be refused")),
        (Answer::Rows { plan, .. }, "plan") => Ok(plan.clone()),
        (Answer::Rows { warnings, .. }, "warnings") => Ok(warnings.clone()),
        (Answer::Rows { written, .. }, _) => {
            written.get(format).cloned().ok_or_else(|| format!("there is no format `{format}`"))
        }
    }
}
