//! `gw verify`: a recorded answer of the service against ours.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use engine::Found;
use plan::Context;
use source::Watch;

use crate::args::{TimeArgs, VerifyArgs, VerifyForm, WarningForm};
use crate::exit::{Exit, Fault, written};
use crate::fidelity::case::Case;
use crate::fidelity::compare::compare;
use crate::fidelity::recorded::{self, Blanks, Head, Rows};
use crate::fidelity::telling;
use crate::progress::Progress;
use crate::when::Moments;
use crate::writing::send;
use crate::{archive, definitions, input, notes, tables};

/// Asks the query of the logs, and tells where the recorded answer and ours differ.
pub fn run(args: &VerifyArgs) -> Result<Exit, Fault> {
    let (recorded, head) = read(&args.result)?;
    let (text, paths) = question(args, &head)?;
    input::check_stdin(&args.text, paths)?;
    let (given, range) = times(args, head);
    let moments = Moments::read(&given)?;
    let mut context = Context::default();
    context.tables = tables::read(&args.tables, context.limits)?;
    context.definitions = definitions::read(&args.tables)?;
    let asked = plan::expanded(&text, &context);
    if let Err(faults) = plan::compile(&text, &context) {
        notes::draw(&faults, &text);
        return Ok(Exit::BadQuery);
    }
    let watch = archive::watch()?;
    let found = answer(&text, paths, args, &moments, context, &watch)?;
    let ours = rows(&found);
    let (recorded, ours) = match recorded.blanks {
        Blanks::Kept => (recorded, ours),
        Blanks::Lost => (recorded.without_blanks(), ours.without_blanks()),
    };
    let (query, _) = syntax::read(&asked);
    let estimated = plan::estimates(&query);
    let comparison = compare(&recorded, &ours, &estimated);
    let told = match args.format {
        VerifyForm::Text => range + &telling::text(&comparison, &recorded, &ours),
        VerifyForm::Json => telling::json(&comparison, &recorded, &ours),
    };
    written(std::io::stdout().write_all(told.as_bytes()))?;
    notes::unread(&found.report, WarningForm::Text);
    if let Some(file) = &args.as_case {
        let logs = paths.iter().map(|it| (None, Path::new(it)));
        let of_groups = pairs(&args.archive.log_group).map(|(name, path)| (Some(name), path));
        let named: Vec<(Option<&str>, &Path)> = logs.chain(of_groups).collect();
        // What says more of a path that is named is not read twice.
        let of_sources = pairs(&args.archive.data_source).map(|(_, path)| (None, path));
        let of_sources = of_sources.filter(|(_, path)| named.iter().all(|it| it.1 != *path));
        let moments = [("start", &given.start), ("end", &given.end), ("now", &given.now)];
        let case = Case {
            query: &asked,
            moments: moments.into_iter().filter_map(|(name, it)| Some((name, it.as_deref()?))).collect(),
            logs: named.iter().copied().chain(of_sources).collect(),
            tables: pairs(&args.tables.lookup).collect(),
            recorded: &recorded,
            estimated: &estimated,
        };
        let page = case.page()?;
        send(Some(file), &watch, |out| out.write_all(page.as_bytes()))?;
    }
    match (comparison.holds(), found.report.faults.is_empty()) {
        (true, true) => Ok(Exit::Answered),
        (true, false) => Ok(Exit::Unread),
        (false, _) => Err(Fault::trouble("the recorded answer and ours differ")),
    }
}

/// The query and the paths of the logs; the console's Markdown has the query in its head.
fn question<'a>(args: &'a VerifyArgs, head: &Head) -> Result<(String, &'a [OsString]), Fault> {
    let words = &args.text.words;
    let names_logs = words.first().is_none_or(|it| Path::new(it).exists());
    match &head.query {
        Some(query) if args.text.query_file.path.is_none() && names_logs => Ok((query.clone(), words)),
        _ => input::text_and_paths(&args.text),
    }
}

/// `NAME=PATH`, as flags give it.
fn pairs(given: &[String]) -> impl Iterator<Item = (&str, &Path)> {
    given.iter().filter_map(|it| it.split_once('=')).map(|(name, path)| (name, Path::new(path)))
}

/// The time range that is asked for, or else that of the recorded answer; and a line that says so.
fn times(args: &VerifyArgs, head: Head) -> (TimeArgs, String) {
    let given = &args.time;
    let (start, end) = match given.start.is_some() || given.end.is_some() {
        true => (given.start.clone(), given.end.clone()),
        false => (head.start, head.end),
    };
    let told = match (&start, &end) {
        (Some(start), Some(end)) if given.start.is_none() && given.end.is_none() => {
            format!("asked of the time that the recorded answer names, {start} to {end}\n")
        }
        _ => String::new(),
    };
    (TimeArgs { start, end, now: given.now.clone() }, told)
}

fn read(path: &Path) -> Result<(Rows, Head), Fault> {
    let fault = |it: String| Fault::trouble(format!("the recorded answer {}: {it}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|it| fault(format!("cannot be read: {it}")))?;
    Ok((recorded::read(&text).map_err(fault)?, recorded::head(&text)))
}

fn answer(
    text: &str,
    paths: &[OsString],
    args: &VerifyArgs,
    moments: &Moments,
    mut context: Context,
    watch: &Arc<Watch>,
) -> Result<Found, Fault> {
    let files = archive::open(paths, &args.archive)?;
    let progress = Progress::start(watch);
    let newest = archive::newest(&files, watch)?;
    context.now = moments.now(newest);
    context.range = moments.range(newest)?;
    context.log_groups = source::log_groups(text, &files);
    context.fields = archive::field_names(text, &files, watch)?;
    let plan = plan::compile(text, &context)
        .map_err(|faults| Fault::arguments(faults.iter().map(|it| syntax::render(it, text)).collect::<String>()))?;
    let found = engine::run(&plan, &files, watch);
    drop(progress);
    if let Some(interrupted) = archive::interrupted(watch) {
        return Err(interrupted);
    }
    found.map_err(Fault::trouble)
}

/// Our answer as the recorded one is: rows of texts.
fn rows(found: &Found) -> Rows {
    let batch = &found.batch;
    let columns: Vec<String> = batch.names.iter().map(ToString::to_string).collect();
    let cell =
        |column: &value::Column, row: usize| column.value(row).map(|it| it.to_text()).filter(|it| !it.is_empty());
    let rows = (0..batch.height).map(|row| batch.columns.iter().map(|it| cell(it, row)).collect());
    Rows { rows: rows.collect(), columns, blanks: Blanks::Kept }
}
