//! `gw check`: what is wrong with a query, or with the queries of files, without running them.

use std::io::Write;
use std::path::PathBuf;

use plan::{Beyond, Context, Limits, Plan, Scan};
use source::{Files, Source};
use syntax::{Diagnostic, Severity};

use crate::args::{CheckArgs, WarningForm};
use crate::checking::{self, Mend};
use crate::exit::{Exit, Fault, written};
use crate::{archive, definitions, input, notes, remarks, tables};

/// Reports all faults and warnings: of the queries of files; or of a query, and of which of its fields no event of log
/// files has.
pub fn run(args: &CheckArgs) -> Result<Exit, Fault> {
    match input::files_with_queries(&args.text)? {
        Some(files) => of_files(&files, args),
        None => of_query(args),
    }
}

fn context(args: &CheckArgs) -> Result<Context, Fault> {
    let limits = if args.strict { Limits::Service } else { Limits::Ours };
    let tables = tables::read(&args.tables, limits)?;
    let definitions = definitions::read(&args.tables)?;
    // A query can be right though the table that it names lies elsewhere.
    let beyond = Beyond::Assumed;
    let calls = if definitions.is_empty() { Beyond::Assumed } else { Beyond::Given };
    Ok(Context { limits, class: args.class.class(), tables, definitions, beyond, calls, ..Context::default() })
}

fn of_files(paths: &[PathBuf], args: &CheckArgs) -> Result<Exit, Fault> {
    if !args.archive.log_group.is_empty() || !args.archive.data_source.is_empty() {
        return Err(Fault::arguments("log files are asked of one query: write it first, in quotes"));
    }
    let form = hosts::report::form(&args.format);
    let form = form.ok_or_else(|| Fault::arguments(format!("there is no format `{}`", args.format)))?;
    checking::files(paths, &context(args)?, form, if args.fix { Mend::Spelling } else { Mend::Nothing })
}

fn of_query(args: &CheckArgs) -> Result<Exit, Fault> {
    if args.fix {
        return Err(Fault::arguments("--fix changes files, and a query is none: name files"));
    }
    let form = match args.format.as_str() {
        "text" => WarningForm::Text,
        "json" => WarningForm::Json,
        other => return Err(Fault::arguments(format!("--format {other} is for the queries of files: name files"))),
    };
    let (text, paths) = input::text_and_paths(&args.text)?;
    let mut context = context(args)?;
    let has_logs = !paths.is_empty() || !args.archive.log_group.is_empty() || !args.archive.data_source.is_empty();
    if has_logs {
        input::check_stdin(&args.text, paths)?;
    }
    let files = if has_logs { Some(archive::open(paths, &args.archive)?) } else { None };
    context.log_groups = files.as_ref().and_then(|it| source::log_groups(&plan::expanded(&text, &context), it));
    let compiled = plan::compile(&text, &context);
    let mut exit = Exit::Answered;
    let found = match (compiled, &files) {
        (Err(faults), _) => faults,
        (Ok(plan), None) => plan.warnings,
        (Ok(plan), Some(files)) => {
            let (warnings, unread) = against(files, plan, &text, form)?;
            exit = unread;
            warnings
        }
    };
    tell(&found, &text, files.as_ref(), form)?;
    Ok(if found.iter().any(|it| it.severity() == Severity::Error) { Exit::BadQuery } else { exit })
}

/// The warnings of a plan, and those of its fields that no event of the files has.
fn against(files: &Files, plan: Plan, text: &str, form: WarningForm) -> Result<(Vec<Diagnostic>, Exit), Fault> {
    let watch = archive::watch()?;
    let known = source::fields(files, &Scan::default(), &watch, None)
        .map_err(|error| archive::interrupted(&watch).unwrap_or_else(|| Fault::trouble(error)))?;
    notes::unread(&known.report, form);
    let names: Vec<&str> = known.fields.iter().map(|it| &*it.name).collect();
    let unknown = remarks::unknown_fields(&plan.scan.fields, &plan, text, &names);
    let mut warnings = plan.warnings;
    warnings.extend(unknown);
    warnings.sort_by_key(|it| (it.span().start, it.span().end));
    Ok((warnings, if known.report.faults.is_empty() { Exit::Answered } else { Exit::Unread }))
}

fn tell(found: &[Diagnostic], text: &str, files: Option<&Files>, form: WarningForm) -> Result<(), Fault> {
    if form == WarningForm::Text {
        notes::draw(found, text);
        return Ok(());
    }
    // The service counts places from the source that it puts before a query of one log group.
    let groups = files.map(Files::groups).unwrap_or_default();
    let group = match groups.as_slice() {
        [only] => Some(&*only.name),
        _ => None,
    };
    let lines: String = found.iter().map(|it| format!("{}\n", notes::as_json(it, text, group))).collect();
    written(std::io::stdout().write_all(lines.as_bytes()))
}
