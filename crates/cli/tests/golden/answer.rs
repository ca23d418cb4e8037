//! A query of a case, through parser, plan, engine and writers, as the program takes it.

use std::collections::BTreeMap;

use engine::Found;
use output::Results;
use plan::{Beyond, Context, Counted, Limits, LogGroup, Plan};
use source::{Group, Source, Watch};
use testkit::case::{Case, Question};

use crate::moments::Moments;
use crate::{archive, said};

/// What came of a query.
pub enum Answer {
    /// It is refused.
    Refused {
        /// The diagnostics, drawn.
        drawn: String,
        /// The same in the service's words.
        told: String,
    },
    /// It runs.
    Rows {
        /// The plan, explained.
        plan: String,
        /// What is said beside the answer.
        warnings: String,
        /// The answer in the formats that the case expects.
        written: BTreeMap<&'static str, String>,
    },
}

/// The sizes of blocks that every case is answered with: all of it at once, and a few events at a time.
const BLOCKS: [usize; 2] = [1 << 20, 100];

/// Asks a query of the logs of its case.
pub fn answer(case: &Case, question: &Question) -> Result<Answer, String> {
    let wants = |format: &str| case.expectations.iter().any(|it| it.format == format);
    let moments = Moments::of(question)?;
    let mut context = Context {
        limit: question.setting("limit").and_then(|it| it.parse().ok()),
        limits: if question.setting("limits") == Some("service") { Limits::Service } else { Limits::Ours },
        counted: if wants("aws") { Counted::All } else { Counted::Handed },
        tables: archive::tables(case)?,
        definitions: archive::definitions(case),
        ..Context::default()
    };
    // Most faults are known before any log is.
    if case.inputs.is_empty() {
        context.beyond = Beyond::Assumed;
        context.calls = Beyond::Assumed;
        return Ok(match plan::compile(&question.text, &context) {
            Ok(plan) => Answer::Rows {
                plan: plan.to_string(),
                warnings: drawn(&plan.warnings, &question.text),
                written: BTreeMap::new(),
            },
            Err(faults) => refused(&faults, question),
        });
    }
    let mut answers = Vec::new();
    let mut explained = String::new();
    for size in BLOCKS {
        let source = archive::open(case, size)?;
        let newest = source.newest(&Watch::default()).map_err(|it| it.to_string())?;
        context.now = moments.now(newest);
        context.range = moments.range(newest);
        let known = |it: Group| LogGroup { name: it.name, account: it.account, class: None };
        context.log_groups = Some(source.groups().into_iter().map(known).collect());
        context.fields =
            source::field_names(&question.text, &source, &Watch::default()).map_err(|it| it.to_string())?;
        let plan = match plan::compile(&question.text, &context) {
            Ok(plan) => plan,
            Err(faults) => return Ok(refused(&faults, question)),
        };
        let found = engine::run(&plan, &source, &Watch::default()).map_err(|it| it.to_string())?;
        explained = plan.to_string();
        answers.push(written(case, &found, &plan)?);
    }
    let written = answers.pop().unwrap_or_default();
    if answers.iter().any(|it| *it != written) {
        return Err(format!("the answer depends on the size of blocks:\n{answers:#?}\n{written:#?}"));
    }
    let warnings = if wants("warnings") { said::beside(case, question)? } else { String::new() };
    Ok(Answer::Rows { plan: explained, warnings, written })
}

/// The answer in each format that the case expects.
fn written(case: &Case, found: &Found, plan: &Plan) -> Result<BTreeMap<&'static str, String>, String> {
    let it = &found.statistics;
    let counted = |count: u64| (plan.scan.counted == Counted::All).then_some(count as f64);
    let results = Results {
        pointers: found.pointers.as_ref(),
        statistics: output::Statistics {
            records_matched: Some(it.records_matched as f64),
            records_scanned: counted(it.records_scanned),
            estimated_records_skipped: counted(0),
            bytes_scanned: counted(it.bytes_scanned),
            estimated_bytes_skipped: counted(0),
            log_groups_scanned: Some(it.log_groups_scanned as f64),
            result_count: Some(it.result_count as f64),
        },
        ..Results::of(&found.batch)
    };
    let mut answers = BTreeMap::new();
    for writer in output::ALL.iter().filter(|it| case.expectations.iter().any(|expected| expected.format == it.name)) {
        let mut text = Vec::new();
        (writer.write)(&results, &mut text).map_err(|it| it.to_string())?;
        answers.insert(writer.name, String::from_utf8(text).map_err(|it| it.to_string())?);
    }
    Ok(answers)
}

fn refused(faults: &[syntax::Diagnostic], question: &Question) -> Answer {
    let told = faults.iter().map(|fault| {
        let it = syntax::compile_error(fault, &question.text, question.setting("group"));
        format!("{}..{} {}", it.start, it.end, it.message)
    });
    Answer::Refused { drawn: drawn(faults, &question.text), told: told.collect::<Vec<_>>().join("\n") }
}

/// Diagnostics as `gw check` draws them, a blank line between them.
fn drawn(diagnostics: &[syntax::Diagnostic], text: &str) -> String {
    let drawn: Vec<String> = diagnostics.iter().map(|it| syntax::render(it, text)).collect();
    drawn.join("\n\n")
}
