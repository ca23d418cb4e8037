//! Checks the queries of files: `gw check PATH…`.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstyle::AnsiColor;
use hosts::report::{Finding, Form, Report};
use hosts::{File, Found, Position};
use plan::Context;
use syntax::Severity;

use crate::args::WarningForm;
use crate::exit::{Exit, Fault, written};
use crate::{notes, writing};

/// What a check of files does beside reporting.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// Nothing.
    Nothing,
    /// It mends what is a matter of spelling.
    Spelling,
}

/// Checks the queries of files, and writes what was found.
pub fn files(paths: &[PathBuf], context: &Context, form: &Form, mend: Mend) -> Result<Exit, Fault> {
    let mut files = named(paths)?;
    if mend == Mend::Spelling {
        files = mended(files)?;
    }
    let report = report(&files, context);
    written(write(&(form.write)(&report)))?;
    Ok(if report.count(Severity::Error) > 0 { Exit::BadQuery } else { Exit::Answered })
}

/// The files that the command line names.
pub fn named(paths: &[PathBuf]) -> Result<Vec<File>, Fault> {
    if let Some(other) = paths.iter().find(|it| it.is_file() && !hosts::may_hold(it)) {
        let message = format!("{}: no kind of file that queries live in; `gw help hosts` lists them", other.display());
        return Err(Fault::arguments(message));
    }
    let files = hosts::files(paths).map_err(Fault::trouble)?;
    let whole = |it: &Path| it.canonicalize().unwrap_or_else(|_| it.to_owned());
    let known: Vec<PathBuf> = files.iter().map(|it| whole(&it.path)).collect();
    for folder in paths.iter().filter(|it| it.is_dir()) {
        // A name that was mistyped is not to pass for a folder in order.
        if !known.iter().any(|it| it.starts_with(whole(folder))) {
            let message = format!("{}: no file in it holds queries; `gw help hosts` lists the kinds", folder.display());
            notes::remark(&message, WarningForm::Text);
        }
    }
    Ok(files)
}

/// What is to be said of the queries of files.
pub fn report(files: &[File], context: &Context) -> Report {
    let mut report = Report::default();
    let mut context = context.clone();
    let mut read = Vec::new();
    for file in files {
        let found = file.broken.clone().map_or_else(|| hosts::find(&file.path, &file.text), Err);
        match found {
            Ok(found) => {
                // What is saved in one file may be called in another.
                context.definitions.extend(found.queries.iter().map(|it| suite::definition(it, &file.path)));
                read.push((file, found));
            }
            Err(broken) => report.findings.push(Finding::of_broken(file, &broken)),
        }
    }
    read.iter().for_each(|(file, found)| of_file(file, found, &context, &mut report));
    report
}

fn of_file(file: &File, found: &Found, context: &Context, report: &mut Report) {
    let mut findings: Vec<Finding> = found.unread.iter().map(|it| Finding::of_unread(file, it)).collect();
    for query in &found.queries {
        let said = match plan::compile(query.text(), context) {
            Ok(plan) => plan.warnings,
            Err(faults) => faults,
        };
        findings.extend(said.iter().filter_map(|it| Finding::of_query(file, query, it)));
    }
    findings.sort_by_key(|it| it.place);
    // What stands in both variants of a query is one fault.
    let mut said = BTreeSet::new();
    findings.retain(|it| said.insert((it.place, it.code, it.message.clone())));
    report.findings.extend(findings);
    report.queries += found.queries.len();
    report.files += usize::from(!found.queries.is_empty() || !found.unread.is_empty());
}

/// The files with their queries mended, on disk too; what was mended is said.
fn mended(files: Vec<File>) -> Result<Vec<File>, Fault> {
    let mut count = 0;
    let mut mended = Vec::new();
    for file in files {
        match hosts::mend(&file.path, &file.text) {
            Ok(it) if file.broken.is_none() && !it.mends.is_empty() => {
                put(&file.path, &file.whole(&it.file))?;
                count += it.mends.len();
                it.mends.iter().for_each(|it| notes::note(&told(&file, it)));
                mended.push(File { text: it.file, ..file });
            }
            _ => mended.push(file),
        }
    }
    notes::note(&match count {
        0 => String::from("nothing was mended"),
        1 => String::from("1 fault was mended"),
        _ => format!("{count} faults were mended"),
    });
    Ok(mended)
}

/// `a.tf:3:14: `=>` is now `>=``
fn told(file: &File, it: &hosts::Mend) -> String {
    let blanks = it.before.len() - it.before.trim_start().len();
    let place = Position::of(it.span.start + blanks as u32, &file.text);
    let change = match (it.before.trim(), it.after.trim()) {
        (before, "") => format!("`{before}` is taken out"),
        ("", after) => format!("`{after}` is put in"),
        (before, after) => format!("`{before}` is now `{after}`"),
    };
    format!("{}:{place}: {change}", file.path.display())
}

/// Puts a file in the place of another.
pub fn put(path: &Path, text: &str) -> Result<(), Fault> {
    writing::to_file(path, |to| to.write_all(text.as_bytes()))
}

/// Writes a report, its first words in their colours where a terminal shows them.
fn write(text: &str) -> std::io::Result<()> {
    let stdout = std::io::stdout();
    if !stdout.is_terminal() {
        return stdout.lock().write_all(text.as_bytes());
    }
    let mut stdout = anstream::stdout().lock();
    let warning = AnsiColor::Yellow.on_default().bold();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("error["), line.strip_prefix("warning[")) {
            (Some(rest), _) => write!(stdout, "{}[{rest}", notes::error_word())?,
            (_, Some(rest)) => write!(stdout, "{warning}warning{warning:#}[{rest}")?,
            _ => write!(stdout, "{line}")?,
        }
    }
    stdout.flush()
}
