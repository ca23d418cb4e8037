//! Runs a test: its query over its events, and the answer against what is expected.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hosts::{File, Position, Query};
use plan::{Context, Plan};
use source::{Files, Input, Memory, Source, Watch};
use syntax::Diagnostic;

use crate::compare::{self, Difference};
use crate::definitions::read_definitions;
use crate::expect::ExpectedError;
use crate::query;
use crate::test::{QuerySource, Test};

/// What came of a test.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The test.
    pub test: Test,
    /// Whether it holds.
    pub verdict: Verdict,
    /// How long it took.
    pub elapsed: Duration,
}

/// Whether a test holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It does.
    Passed,
    /// It does, with a snapshot that was written for it.
    Written,
    /// It does not.
    Failed(Vec<Difference>),
    /// It could not be run: a file is missing, or a reference leads nowhere.
    Broken(String),
}

/// What is done with snapshots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snapshots {
    /// They are compared.
    Compared,
    /// Those that differ or are missing are written.
    Written,
}

/// The log group of events whose test names none.
const GROUP: &str = "test";

/// Runs a test.
pub fn run(test: &Test, snapshots: Snapshots) -> Outcome {
    let started = Instant::now();
    let verdict = verdict(test, snapshots).unwrap_or_else(Verdict::Broken);
    Outcome { test: test.clone(), verdict, elapsed: started.elapsed() }
}

/// A query, and the file it came from if that is not the test itself.
struct Asked {
    text: String,
    from: Option<(File, Query)>,
}

fn verdict(test: &Test, snapshots: Snapshots) -> Result<Verdict, String> {
    let asked = match &test.query {
        QuerySource::Inline(text) => {
            if let Some(name) = test.own_values.first() {
                return Err(format!("a query that stands in the test has no placeholders, such as `{name}`"));
            }
            Asked { text: text.clone(), from: None }
        }
        QuerySource::From { path, name } => {
            let found = query::find(path, name.as_deref(), test)?;
            Asked { text: found.1.text().to_owned(), from: Some(found) }
        }
    };
    let definitions = read_definitions(&test.given.definitions)?;
    let mut context = Context { limits: test.limits, tables: tables(test)?, definitions, ..Context::default() };
    let archive = archive(test)?;
    let watch = Watch::default();
    let newest = archive.newest(&watch).map_err(|it| it.to_string())?;
    context.now = test.moments.now(newest);
    context.range = test.moments.range(newest)?;
    let expanded = plan::expanded(&asked.text, &context);
    context.log_groups = source::log_groups(&expanded, &*archive);
    context.fields = source::field_names(&expanded, &*archive, &watch).map_err(|it| it.to_string())?;
    let plan = match (plan::compile(&asked.text, &context), &test.expect.error) {
        (Ok(_), Some(_)) => return Ok(failed("error", "the query runs, and should be refused", String::new())),
        (Ok(plan), None) => plan,
        (Err(faults), Some(expected)) => return Ok(refused(&faults, expected, &asked)),
        (Err(faults), None) => return Ok(failed("answer", "the query is refused", drawn(&faults, &asked))),
    };
    let found = engine::run(&plan, &*archive, &watch).map_err(|it| it.to_string())?;
    if let Some(fault) = found.report.faults.first() {
        return Err(fault.to_string());
    }
    let mut differences = compare::compare(&found.batch, &plan::estimates(&syntax::read(&expanded).0), &test.expect);
    differences.extend(warned(&plan, test));
    let mut written = false;
    if let Some(path) = &test.expect.snapshot {
        match snapshot(path, &compare::printed(&found.batch), snapshots)? {
            Kept::Same => {}
            Kept::Written => written = true,
            Kept::Differs(difference) => differences.push(difference),
        }
    }
    Ok(match differences.is_empty() {
        true if written => Verdict::Written,
        true => Verdict::Passed,
        false => Verdict::Failed(differences),
    })
}

fn failed(of: &'static str, message: &str, lines: String) -> Verdict {
    Verdict::Failed(vec![Difference { of, message: message.to_owned(), lines }])
}

/// The logs of a test.
fn archive(test: &Test) -> Result<Box<dyn Source>, String> {
    if test.given.logs.is_empty() {
        let group = test.given.group.as_deref().or(Some(GROUP));
        let bytes = test.given.events.clone().unwrap_or_default();
        // Without a byte there is no file, and so no log group that lacks one.
        let memory = if bytes.is_empty() { Memory::new() } else { Memory::new().file("events", group, bytes) };
        return Ok(Box::new(memory));
    }
    if let Some(gone) = test.given.logs.iter().find(|it| !it.exists()) {
        return Err(format!("{}: there is no such file", gone.display()));
    }
    let input = |path: &std::path::PathBuf| Input { group: test.given.group.clone(), ..Input::new(path) };
    let inputs: Vec<Input> = test.given.logs.iter().map(input).collect();
    Ok(Box::new(Files::open(&inputs, None).map_err(|it| it.to_string())?))
}

fn tables(test: &Test) -> Result<Vec<Arc<plan::Table>>, String> {
    let read = |(name, path): &(String, std::path::PathBuf)| {
        let table = source::read_table(name, path).map_err(|fault| format!("the table {}: {fault}", path.display()))?;
        Ok(Arc::new(table))
    };
    test.given.tables.iter().map(read).collect()
}

/// Whether a query is refused as it should be.
fn refused(faults: &[Diagnostic], expected: &ExpectedError, asked: &Asked) -> Verdict {
    let fits = |it: &Diagnostic| {
        let place = place(it, asked);
        expected.code.as_deref().is_none_or(|code| it.code.slug() == code)
            && expected.message.as_deref().is_none_or(|part| it.message.contains(part))
            && expected.line.is_none_or(|line| place.line == line)
            && expected.column.is_none_or(|column| place.column == column)
    };
    if faults.iter().any(fits) {
        return Verdict::Passed;
    }
    let found: Vec<String> = faults.iter().map(|it| format!("`{}` at {}", it.code, place(it, asked))).collect();
    let code = expected.code.as_ref().map(|it| format!(" `{it}`")).unwrap_or_default();
    let at = match (expected.line, expected.column) {
        (Some(line), Some(column)) => format!(" at {line}:{column}"),
        (Some(line), None) => format!(" in line {line}"),
        (None, Some(column)) => format!(" in column {column}"),
        (None, None) => String::new(),
    };
    let part = expected.message.as_ref().map(|it| format!(" that says `{it}`")).unwrap_or_default();
    let message = format!("expected the fault{code}{at}{part}, found {}", found.join(", "));
    failed("error", &message, drawn(faults, asked))
}

/// Where a fault is: in the query's own text, or in the file it lives in.
fn place(it: &Diagnostic, asked: &Asked) -> Position {
    match &asked.from {
        Some((file, query)) => Position::of(query.place(it.span()).start, &file.text),
        None => Position::of(it.span().start, &asked.text),
    }
}

fn drawn(faults: &[Diagnostic], asked: &Asked) -> String {
    faults.iter().map(|it| syntax::render(it, &asked.text) + "\n").collect()
}

fn warned(plan: &Plan, test: &Test) -> Option<Difference> {
    let expected = test.expect.warnings.as_ref()?;
    let found: Vec<String> = plan.warnings.iter().map(|it| it.code.slug().to_owned()).collect();
    let lines = |codes: &[String]| codes.iter().map(|it| format!("{it}\n")).collect::<String>();
    (found != *expected).then(|| Difference {
        of: "warnings",
        message: String::from("the warnings are others"),
        lines: compare::diff(&lines(expected), &lines(&found)),
    })
}

/// What came of a snapshot.
enum Kept {
    Same,
    Written,
    Differs(Difference),
}

fn snapshot(path: &Path, found: &str, snapshots: Snapshots) -> Result<Kept, String> {
    let trouble = |error: std::io::Error| format!("{}: {error}", path.display());
    let known = match std::fs::read_to_string(path) {
        Ok(text) => Some(text.replace("\r\n", "\n")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(trouble(error)),
    };
    if known.as_deref() == Some(found) {
        return Ok(Kept::Same);
    }
    if snapshots == Snapshots::Written {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(trouble)?;
        }
        std::fs::write(path, found).map_err(trouble)?;
        return Ok(Kept::Written);
    }
    let message = match known {
        Some(_) => format!("the answer is not that of {}; --update writes it anew", path.display()),
        None => format!("there is no snapshot {}; --update writes it", path.display()),
    };
    let lines = compare::diff(known.as_deref().unwrap_or_default(), found);
    Ok(Kept::Differs(Difference { of: "snapshot", message, lines }))
}
