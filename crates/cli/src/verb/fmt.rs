//! `gw fmt`: a query in its canonical form.

use std::io::Write;

use crate::args::TextArgs;
use crate::exit::{Exit, Fault, written};
use crate::{input, notes};

/// Writes the query, its comments kept.
pub fn run(args: &TextArgs) -> Result<Exit, Fault> {
    let text = input::text(args)?;
    match syntax::format(&text) {
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
