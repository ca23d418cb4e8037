//! `gw fmt`: a query, or the queries of files, in canonical form.

use std::io::Write;

use crate::args::{FmtArgs, TextArgs};
use crate::exit::{Exit, Fault, written};
use crate::formatting::{self, Put};
use crate::{input, notes};

/// Writes the query, its comments kept; or the files, their form kept.
pub fn run(args: &FmtArgs) -> Result<Exit, Fault> {
    if let Some(paths) = input::files_with_queries(args.query_file.as_deref(), &args.words)? {
        return formatting::files(&paths, if args.check { Put::Nowhere } else { Put::InPlace });
    }
    let words = args.words.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    let text = input::text(&TextArgs { query_file: args.query_file.clone(), words })?;
    match syntax::format(&text) {
        Ok(formatted) if args.check => Ok(if formatted == text.trim() { Exit::Answered } else { Exit::Differs }),
        Ok(formatted) => {
            written(writeln!(std::io::stdout(), "{formatted}"))?;
            Ok(Exit::Answered)
        }
        Err(faults) => {
            notes::draw(&faults, &text);
            Ok(Exit::BadQuery)
        }
    }
}
