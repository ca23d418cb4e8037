//! `gw query`: answers a query from log files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::Found;
use output::picture::Picture;
use output::{Results, Writer};
use plan::{Context, Counted, Limits, MOST_ROWS, Plan};
use source::{Files, Watch};
use value::Batch;

use crate::args::{QueryArgs, WarningForm};
use crate::exit::{Exit, Fault};
use crate::progress::Progress;
use crate::remarks::remarks;
use crate::when::Moments;
use crate::writing::{Pages, Place, write};
use crate::{archive, definitions, histogram, input, notes, summary, tables, watching, zone};

/// Answers once or, with `--watch`, again whenever something has changed.
pub fn run(args: &QueryArgs) -> Result<Exit, Fault> {
    let watch = archive::watch()?;
    if !args.watch {
        return answer_once(args, &watch);
    }
    watching::repeat(&watched(args)?, &watch, || answer_once(args, &watch))
}

/// What the answer hangs on: the query's file, the logs, the tables.
fn watched(args: &QueryArgs) -> Result<Vec<PathBuf>, Fault> {
    // Arguments that make no sense now never will.
    let (_, paths) = input::text_and_paths(&args.text)?;
    let behind = |it: &String| it.split_once('=').map(|it| PathBuf::from(it.1));
    let named = args.archive.log_group.iter().chain(&args.archive.data_source).chain(&args.tables.lookup);
    let logs: Vec<PathBuf> = paths.iter().map(PathBuf::from).chain(named.filter_map(behind)).collect();
    let saved = args.tables.definitions.iter().cloned();
    let all: Vec<PathBuf> = args.text.query_file.path.iter().cloned().chain(saved).chain(logs).collect();
    let reads_stdin =
        all.iter().any(|it| it.as_os_str() == "-") || (paths.is_empty() && args.archive.log_group.is_empty());
    if reads_stdin {
        return Err(Fault::arguments("--watch looks at files, and standard input does not change: name files"));
    }
    Ok(all)
}

/// Parses, plans, runs, writes: the four lines of the house, and what is said around them.
fn answer_once(args: &QueryArgs, watch: &Arc<Watch>) -> Result<Exit, Fault> {
    let started = Instant::now();
    let (text, paths) = input::text_and_paths(&args.text)?;
    input::check_stdin(&args.text, paths)?;
    let moments = Moments::read(&args.time)?;
    check_limit(args)?;
    let writer = writer(args)?;
    let zone = zone::read(&args.zone)?;
    // Faults of a query are told before any log is opened.
    let mut context = context(args, writer);
    context.tables = tables::read(&args.tables, context.limits)?;
    context.definitions = definitions::read(&args.tables)?;
    context.range = moments.some_range();
    let hangs_on_now = match plan::compile(&text, &context) {
        Ok(plan) => plan.hangs_on_now || moments.hang_on_now(),
        Err(_) if Path::new(&text).exists() => return Err(wrong_way_round(&text)),
        Err(faults) => return Ok(bad_query(&faults, &text, args.warnings)),
    };
    let asked = plan::expanded(&text, &context);
    let files = archive::open(paths, &args.archive)?;
    let progress = Progress::start(watch);
    let newest = if hangs_on_now { archive::newest(&files, watch)? } else { None };
    context.log_groups = source::log_groups(&asked, &files);
    context.fields = archive::field_names(&asked, &files, watch)?;
    context.now = moments.now(newest);
    context.range = moments.range(newest)?;
    let plan = match plan::compile(&text, &context) {
        Ok(plan) => plan,
        Err(faults) => return Ok(bad_query(&faults, &text, args.warnings)),
    };
    let found = answer(&plan, &files, watch)?;
    check_drawable(&found, writer)?;
    let above = if args.histogram { histogram::count(&syntax::read(&asked).0, &context, &files, watch)? } else { None };
    drop(progress);
    notes::tell(&plan.warnings, &text, args.warnings);
    let for_people = ["table", "markdown", "chart", "svg"].contains(&writer.name);
    let shown = if for_people { found.main_columns(&plan) } else { found.batch.clone() };
    let in_zone = |it: &Batch| zone.as_ref().map_or_else(|| it.clone(), |zone| zone::shown(it, zone));
    let (batch, above) = (in_zone(&shown), above.as_ref().map(in_zone));
    let is_paged = writer.name == "table" && !args.no_pager && !args.watch;
    let pages = if is_paged { Pages::WhereLonger } else { Pages::Never };
    let around = args.summary.then(|| summary::around(&text, &plan, &files));
    let place = Place { file: args.output.as_deref(), wide: args.wide, above: above.as_ref(), around, pages };
    write(Results { batch: &batch, ..results(&found, &plan) }, writer, &place, watch)?;
    remarks(&found, &plan, &text, &files, args.warnings);
    if args.stats {
        statistics(&found, started.elapsed());
    }
    Ok(if found.report.faults.is_empty() { Exit::Answered } else { Exit::Unread })
}

/// The form of the answer.
fn writer(args: &QueryArgs) -> Result<&'static Writer, Fault> {
    let writer = output::find(&args.format);
    let writer = writer.ok_or_else(|| Fault::arguments(format!("there is no format `{}`", args.format)))?;
    if args.histogram && !["table", "chart"].contains(&writer.name) {
        let message =
            format!("--histogram draws above a table or a chart: --format {} has no place for it", writer.name);
        return Err(Fault::arguments(message));
    }
    if args.summary && writer.name != "markdown" {
        return Err(Fault::arguments("--summary stands around a Markdown table: add --format markdown"));
    }
    if args.zone.tz.is_some() && writer.name == "aws" {
        return Err(Fault::arguments("--format aws is what the service gives, and that is UTC: leave out --tz"));
    }
    Ok(writer)
}

/// Refuses to draw where there is nothing that can be drawn.
fn check_drawable(found: &Found, writer: &Writer) -> Result<(), Fault> {
    let draws = ["chart", "svg"].contains(&writer.name);
    if !draws || found.batch.height == 0 || Picture::of(&found.batch).is_some() {
        return Ok(());
    }
    let message =
        "the answer has no numbers to draw: `stats count(*) by bin(5m)` gives some, and `toNumber(field)` reads one";
    Err(Fault::arguments(message))
}

/// Holds `--limit` to what holds for the query's own.
fn check_limit(args: &QueryArgs) -> Result<(), Fault> {
    let Some(limit) = args.limit.filter(|it| *it > MOST_ROWS) else { return Ok(()) };
    let message = format!("the service gives {MOST_ROWS} rows at most, found --limit {limit}");
    if args.strict {
        return Err(Fault::arguments(message));
    }
    notes::remark(&message, args.warnings);
    Ok(())
}

fn bad_query(faults: &[syntax::Diagnostic], text: &str, form: WarningForm) -> Exit {
    notes::tell(faults, text, form);
    Exit::BadQuery
}

/// The fault of a file that stands where the query should.
fn wrong_way_round(path: &str) -> Fault {
    let what = if Path::new(path).is_dir() { "folder" } else { "file" };
    Fault::arguments(format!("`{path}` is a {what}, and no query: the query comes first, then the files"))
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
    let counted = |count: u64, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    // If standard error is gone, there is nobody to tell.
    let _ = writeln!(
        std::io::stderr(),
        "{}; {} of {} matched; {} of messages in {}; {seconds:.3} s, {}/s",
        counted(it.result_count, "row"),
        it.records_matched,
        counted(it.records_scanned, "event"),
        indicatif::HumanBytes(it.bytes_scanned),
        counted(it.log_groups_scanned, "log group"),
        indicatif::HumanBytes(rate as u64),
    );
}
