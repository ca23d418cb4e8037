//! `gw fmt`: a query, or the queries of files, in canonical form.

use std::io::Write;

use crate::args::FmtArgs;
use crate::exit::{Exit, Fault, written};
use crate::formatting::{self, Put};
use crate::{input, notes};

/// Writes the query, its comments kept; or the files, their form kept.
pub fn run(args: &FmtArgs) -> Result<Exit, Fault> {
    if let Some(paths) = input::files_with_queries(&args.text)? {
        return formatting::files(&paths, if args.check { Put::Nowhere } else { Put::InPlace });
    }
    let (text, more) = input::text_and_paths(&args.text)?;
    if let Some(extra) = more.first() {
        return Err(Fault::arguments(format!(
            "`{}` is one too many behind a query (a query stands in quotes)",
            extra.display()
        )));
    }
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
