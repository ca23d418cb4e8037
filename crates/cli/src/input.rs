//! The query's text: from the command line, a file, or standard input.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::{Path, PathBuf};

use syntax::{Code, Diagnostic};

use crate::args::{QueryAndPaths, TextArgs};
use crate::exit::Fault;

/// The query of a verb that takes nothing else.
pub fn text(args: &TextArgs) -> Result<String, Fault> {
    match (&args.query_file.path, args.words.as_slice()) {
        (Some(file), []) => read(file),
        (None, [query]) => Ok(query.clone()),
        (None, []) => Err(Fault::arguments("there is no query: write it in quotes, or name a file by --query-file")),
        (Some(_), [extra, ..]) | (None, [_, extra, ..]) => {
            Err(Fault::arguments(format!("one query at a time: `{extra}` is one too many (a query stands in quotes)")))
        }
    }
}

/// Holds standard input free for the logs, where it may have to give them.
pub fn check_stdin(args: &QueryAndPaths, paths: &[OsString]) -> Result<(), Fault> {
    let spends_stdin = args.query_file.path.as_deref() == Some(Path::new("-"));
    if spends_stdin && (paths.is_empty() || paths.iter().any(|it| it == "-")) {
        return Err(Fault::arguments("standard input gives the query, so it cannot give the logs: name files"));
    }
    Ok(())
}

/// The files that a verb is to look for queries in; None if it is given a query.
///
/// # Errors
/// A word that is no query and names no file.
pub fn files_with_queries(args: &QueryAndPaths) -> Result<Option<Vec<PathBuf>>, Fault> {
    let words = &args.words;
    if args.query_file.path.is_some() {
        return Ok(None);
    }
    if words.first().is_some_and(|it| Path::new(it).exists()) {
        return Ok(Some(words.iter().map(PathBuf::from).collect()));
    }
    match words.first().filter(|it| !it.to_string_lossy().contains(char::is_whitespace)) {
        Some(path) if hosts::may_hold(Path::new(path)) => {
            Err(Fault::trouble(format!("{}: there is no such file", path.display())))
        }
        Some(word) if is_no_command(word) => {
            Err(Fault::arguments(format!("`{}` is no file, no folder and no query", word.display())))
        }
        _ => Ok(None),
    }
}

/// Whether a word does not even begin as a query does.
fn is_no_command(word: &OsStr) -> bool {
    let faults = word.to_str().map(|it| syntax::parse(it).err().unwrap_or_default());
    let Some(faults) = faults else { return true };
    let begins_so =
        |it: &Diagnostic| matches!(it.code, Code::UnknownCommand | Code::Unexpected) && it.span().start == 0;
    faults.first().is_some_and(begins_so)
}

/// The query, and the paths behind it.
pub fn text_and_paths(args: &QueryAndPaths) -> Result<(String, &[OsString]), Fault> {
    let (text, paths) = match (&args.query_file.path, args.words.as_slice()) {
        (Some(file), paths) => (read(file)?, paths),
        (None, [query, paths @ ..]) => {
            let text = query.to_str().ok_or_else(|| Fault::arguments("the query is no UTF-8"))?;
            (text.to_owned(), paths)
        }
        (None, []) => {
            return Err(Fault::arguments("there is no query: write it in quotes, or name a file by --query-file"));
        }
    };
    // A file where the query should be is another mistake, told when the query is read.
    let extra = paths.iter().find(|it| is_query(it) && !Path::new(&text).exists());
    if let Some(extra) = extra {
        let message = format!("one query at a time: `{}` is one too many, and no file", extra.display());
        return Err(Fault::arguments(message));
    }
    Ok((text, paths))
}

/// Whether a word that should name a file is a query.
fn is_query(word: &OsStr) -> bool {
    !Path::new(word).exists() && word.to_str().is_some_and(|it| syntax::parse(it).is_ok())
}

fn read(file: &Path) -> Result<String, Fault> {
    let unreadable = |error| Fault::trouble(format!("the query file {} cannot be read: {error}", file.display()));
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(unreadable)?;
        return Ok(text);
    }
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    // Some editors mark the encoding at the head of a file.
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
