//! Every case of the test data, asked through StartQuery and GetQueryResults: the answers that stand in it come over
//! the wire, page by page, and so do its faults.

#[path = "../../../cli/tests/golden/archive.rs"]
mod archive;
mod client;
#[path = "../../../cli/tests/golden/moments.rs"]
mod moments;
mod rows;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use plan::{Limits, Range};
use serde_json::{Value, json};
use server::{Clock, Options};
use source::{Memory, Source, Watch};
use testkit::case::{Case, Expectation, Question};

use crate::client::Client;
use crate::moments::Moments;
use crate::rows::Shape;

/// What only the program says, and what does not come over the wire.
const NOT_ASKED: &[&str] = &["plan", "warnings"];
/// Rows of a page: few, so that most answers have several.
const PAGE: usize = 3;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let cases = match Case::all(&root) {
        Ok(cases) => cases,
        Err(faults) => {
            faults.iter().for_each(|it| eprintln!("{it}"));
            return ExitCode::FAILURE;
        }
    };
    let asked = cases.into_iter().filter(is_asked);
    let trials: Vec<Trial> = asked.map(|case| Trial::test(case.name.clone(), move || check(&case))).collect();
    if trials.is_empty() {
        eprintln!("there is no case below {}", root.display());
        return ExitCode::FAILURE;
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Whether a case has anything to say of an answer.
fn is_asked(case: &Case) -> bool {
    case.expectations.iter().any(|it| !NOT_ASKED.contains(&&*it.format))
}

fn check(case: &Case) -> Result<(), Failed> {
    for question in &case.questions {
        let place = format!("{}:{}", case.path.display(), question.line);
        ask(case, question).map_err(|it| Failed::from(format!("# {}\n{place}: {it}", case.title)))?;
    }
    Ok(())
}

fn ask(case: &Case, question: &Question) -> Result<(), String> {
    // A query that is refused before any log is read is asked of a log group all the same.
    let source = match case.inputs.is_empty() {
        true => nothing_in(question),
        false => archive::open(case, 1 << 20)?,
    };
    let moments = Moments::of(question)?;
    let newest = source.newest(&Watch::default()).map_err(|it| it.to_string())?;
    let (now, range) = (moments.now(newest), moments.range(newest));
    let limits = if question.setting("limits") == Some("service") { Limits::Service } else { Limits::Ours };
    let (tables, definitions) = (archive::tables(case)?, archive::definitions(case));
    let shape = Shape::of(question, &source, now, range, limits, &tables, &definitions);
    let groups: Vec<String> = source.groups().into_iter().map(|it| it.name).collect();
    let tables = case.tables.iter().map(|it| (it.name.clone(), it.text.clone())).collect();
    let options = Options { limits, tables, definitions, clock: Clock::Fixed(now), ..Options::default() };
    let client = Client::new(Arc::new(source), options)?;
    let (status, answer) = client.call("StartQuery", &start(question, &groups, now, range)?);
    if status != 200 {
        return refused(case, &answer);
    }
    let id = answer["queryId"].as_str().ok_or("no query id")?;
    let answer = client.results(id, PAGE)?;
    let written = |expectation: &Expectation| shape.as_ref().map_err(String::clone)?.written(expectation, &answer);
    let estimates = plan::estimates(&syntax::read(&question.text).0);
    for expectation in case.expectations.iter().filter(|it| !NOT_ASKED.contains(&&*it.format)) {
        match expectation.format.as_str() {
            "error" | "service" => return Err(String::from("the query runs, and should be refused")),
            _ => expectation.check(&written(expectation)?, &|it| plan::service_error(it, &estimates))?,
        }
    }
    Ok(())
}

/// The log groups that a query names, or two: then places count from its beginning.
fn nothing_in(question: &Question) -> Memory {
    let named = |quote: char| move |it: &str| it.split(quote).skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let mut groups = match question.setting("group") {
        Some(group) => vec![group.to_owned()],
        None => vec![String::from("case"), String::from("other")],
    };
    if question.text.to_ascii_lowercase().contains("source") {
        groups.extend(named('\'')(&question.text));
        groups.extend(named('"')(&question.text));
    }
    groups.iter().fold(Memory::new(), |memory, it| memory.file("log", Some(it), &b"a line\n"[..]))
}

/// The arguments of StartQuery.
fn start(question: &Question, groups: &[String], now: i64, range: Option<Range>) -> Result<Value, String> {
    let seconds = |it: i64| it.div_euclid(1000);
    // From the epoch on is no bound, where the end is none either.
    let (start, end) = range.map_or((0, seconds(now).max(0)), |it| (seconds(it.start).max(1), seconds(it.end)));
    let mut arguments = json!({ "queryString": question.text, "startTime": start, "endTime": end });
    match groups {
        _ if names_source(&question.text) => {}
        [] => arguments["queryString"] = Value::from(format!("source logGroups() | {}", question.text)),
        some => arguments["logGroupIdentifiers"] = json!(some),
    }
    if let Some(limit) = question.setting("limit") {
        arguments["limit"] = Value::from(limit.parse::<u64>().map_err(|it| it.to_string())?);
    }
    Ok(arguments)
}

fn names_source(text: &str) -> bool {
    syntax::read(text).0.stages.iter().any(|it| matches!(it.command, syntax::Command::Source(_)))
}

/// Whether the service refuses a query as the case says.
fn refused(case: &Case, answer: &Value) -> Result<(), String> {
    let mut checked = 0;
    let drawn = answer["diagnostics"].as_array().cloned().unwrap_or_default();
    let drawn: Vec<&str> = drawn.iter().filter_map(Value::as_str).collect();
    for expectation in &case.expectations {
        match expectation.format.as_str() {
            "error" if answer["__type"] == "ResourceNotFoundException" => {
                let is_told = expectation.text.starts_with("error[unknown-log-group]");
                is_told.then_some(()).ok_or(format!("a log group is missed: {answer}"))?;
            }
            // The bound of an argument, here, unless it is a saved query that makes the text longer.
            "error" if answer["__type"] == "InvalidParameterException" => {
                let is_told = expectation.text.starts_with("error[too-long]");
                is_told.then_some(()).ok_or(format!("another fault: {answer}"))?;
            }
            "error" => expectation.check(&drawn.join("\n\n"), &|_| None)?,
            "service" => {
                let it = &answer["queryCompileError"];
                let at = |name: &str| it["location"][name].as_u64().unwrap_or_default();
                let message = it["message"].as_str().unwrap_or_default();
                let told = format!("{}..{} {message}", at("startCharOffset"), at("endCharOffset"));
                let first = expectation.text.lines().next().unwrap_or_default();
                (told == first).then_some(()).ok_or(format!("expected: {first}\nfound: {told}"))?;
            }
            _ => continue,
        }
        checked += 1;
    }
    if checked == 0 { Err(format!("the query is refused: {answer}")) } else { Ok(()) }
}
