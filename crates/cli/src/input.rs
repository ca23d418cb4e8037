//! The query's text: from the command line, a file, or standard input.

use std::io::Read;
use std::path::Path;

use crate::args::{QueryAndPaths, TextArgs};
use crate::exit::Fault;

/// The query of a verb that takes nothing else.
pub fn text(args: &TextArgs) -> Result<String, Fault> {
    match (&args.query_file, args.words.as_slice()) {
        (Some(file), []) => read(file),
        (None, [query]) => Ok(query.clone()),
        (None, []) => Err(Fault::arguments("there is no query: write it in quotes, or name a file by --query-file")),
        (Some(_), [extra, ..]) | (None, [_, extra, ..]) => {
            Err(Fault::arguments(format!("one query at a time: `{extra}` is one too many (a query stands in quotes)")))
        }
    }
}

/// The query, and the paths behind it.
pub fn text_and_paths(args: &QueryAndPaths) -> Result<(String, &[String]), Fault> {
    match (&args.query_file, args.words.as_slice()) {
        (Some(file), paths) => Ok((read(file)?, paths)),
        (None, [query, paths @ ..]) => Ok((query.clone(), paths)),
        (None, []) => Err(Fault::arguments("there is no query: write it in quotes, or name a file by --query-file")),
    }
}

fn read(file: &Path) -> Result<String, Fault> {
    let unreadable = |error| Fault::trouble(format!("the query file {} cannot be read: {error}", file.display()));
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(unreadable)?;
        return Ok(text);
    }
    std::fs::read_to_string(file).map_err(unreadable)
}
