//! `gw query`: answers a query from log files.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::{Emptied, Found};
use output::{Results, Writer};
use plan::{Context, Counted, Limits, Plan};
use source::{Files, Watch};
use syntax::Query;

use crate::args::QueryArgs;
use crate::exit::{Exit, Fault};
use crate::progress::Progress;
use crate::when::Moments;
use crate::{archive, input, notes, writing};

/// Parses, plans, runs, writes: the four lines of the house, and what is said around them.
pub fn run(args: &QueryArgs) -> Result<Exit, Fault> {
    let started = Instant::now();
    let (text, paths) = input::text_and_paths(&args.text)?;
    let moments = Moments::read(&args.time)?;
    let writer = output::find(&args.format)
        .ok_or_else(|| Fault::arguments(format!("there is no format `{}`", args.format)))?;
    let query = match syntax::parse(&text) {
        Ok(query) => query,
        Err(faults) => return Ok(bad_query(&faults, &text)),
    };
    // Faults of a query are told before any file is opened.
    let mut context = context(args, writer);
    if let Err(faults) = plan::build(&query, &context) {
        return Ok(bad_query(&faults, &text));
    }
    let files = archive::open(paths, &args.archive)?;
    let watch = archive::watch()?;
    let progress = Progress::start(&watch);
    let newest = match moments.hang_on_now() || plan::needs_now(&query) {
        true => archive::newest(&files, &watch)?,
        false => None,
    };
    context.now = moments.now(newest);
    context.range = moments.range(newest)?;
    let plan = match plan::build(&query, &context) {
        Ok(plan) => plan,
        Err(faults) => return Ok(bad_query(&faults, &text)),
    };
    let found = answer(&plan, &files, &watch)?;
    drop(progress);
    notes::warn(&plan.warnings, &text, args.warnings);
    writing::write(&results(&found), writer, args, &watch)?;
    remarks(&found, &plan, &query, &text, &files, args);
    if args.stats {
        statistics(&found, started.elapsed());
    }
    Ok(if found.report.faults.is_empty() { Exit::Answered } else { Exit::Unread })
}

fn bad_query(faults: &[syntax::Diagnostic], text: &str) -> Exit {
    notes::draw(faults, text);
    Exit::BadQuery
}

/// What is known before the archive is looked at.
fn context(args: &QueryArgs, writer: &Writer) -> Context {
    let told = args.stats || writer.name == "aws";
    Context {
        limit: args.limit,
        limits: if args.strict { Limits::Service } else { Limits::Ours },
        counted: if told { Counted::All } else { Counted::Handed },
        ..Context::default()
    }
}

fn answer(plan: &Plan, files: &Files, watch: &Arc<Watch>) -> Result<Found, Fault> {
    let found = engine::run(plan, files, watch);
    if let Some(interrupted) = archive::interrupted(watch) {
        return Err(interrupted);
    }
    found.map_err(Fault::trouble)
}
