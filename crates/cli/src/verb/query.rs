//! `gw query`: answers a query from log files.

use std::time::{Duration, Instant};

use engine::Found;
use output::{Results, Writer};
use plan::{Context, Counted, Limits, Plan};
use source::{Files, Watch};

use crate::args::QueryArgs;
use crate::exit::{Exit, Fault};
use crate::progress::Progress;
use crate::remarks::remarks;
use crate::when::Moments;
use crate::writing::{Place, write};
use crate::{archive, input, notes};

/// Parses, plans, runs, writes: the four lines of the house, and what is said around them.
pub fn run(args: &QueryArgs) -> Result<Exit, Fault> {
    let started = Instant::now();
    let (text, paths) = input::text_and_paths(&args.text)?;
    let moments = Moments::read(&args.time)?;
    let writer = output::find(&args.format)
        .ok_or_else(|| Fault::arguments(format!("there is no format `{}`", args.format)))?;
    // Faults of a query are told before any file is opened.
    let mut context = context(args, writer);
    let hangs_on_now = match plan::compile(&text, &context) {
        Ok(plan) => plan.hangs_on_now || moments.hang_on_now(),
        Err(faults) => return Ok(bad_query(&faults, &text)),
    };
    let files = archive::open(paths, &args.archive)?;
    let watch = archive::watch()?;
    let progress = Progress::start(&watch);
    let newest = if hangs_on_now { archive::newest(&files, &watch)? } else { None };
    context.now = moments.now(newest);
    context.range = moments.range(newest)?;
    let plan = match plan::compile(&text, &context) {
        Ok(plan) => plan,
        Err(faults) => return Ok(bad_query(&faults, &text)),
    };
    archive::check_groups(&plan.scan, &files)?;
    let found = answer(&plan, &files, &watch)?;
    drop(progress);
    notes::warn(&plan.warnings, &text, args.warnings);
    let place = Place { file: args.output.as_deref(), wide: args.wide };
    write(results(&found, &plan), writer, &place, &watch)?;
    remarks(&found, &plan, &text, &files, args.warnings);
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

fn answer(plan: &Plan, files: &Files, watch: &Watch) -> Result<Found, Fault> {
    let found = engine::run(plan, files, watch);
    if let Some(interrupted) = archive::interrupted(watch) {
        return Err(interrupted);
    }
    found.map_err(Fault::trouble)
}

fn results<'a>(found: &'a Found, plan: &Plan) -> Results<'a> {
    let it = &found.statistics;
    let counted = |count: u64| (plan.scan.counted == Counted::All).then_some(count as f64);
    Results {
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
    }
}

/// What was read and how long it took, on standard error.
fn statistics(found: &Found, elapsed: Duration) {
    let it = &found.statistics;
    let seconds = elapsed.as_secs_f64();
    let rate = it.bytes_scanned as f64 / seconds.max(1e-6);
    eprintln!(
        "{} rows; {} of {} events matched; {} of messages in {} log groups; {seconds:.3} s, {}/s",
        it.result_count,
        it.records_matched,
        it.records_scanned,
        indicatif::HumanBytes(it.bytes_scanned),
        it.log_groups_scanned,
        indicatif::HumanBytes(rate as u64),
    );
}
