//! Puts the queries of files in canonical form: `gw fmt PATH…`.

use std::io::Write;
use std::path::PathBuf;

use hosts::{Left, Position, Why};

use crate::args::WarningForm;
use crate::exit::{Exit, Fault, written};
use crate::{checking, notes};

/// What is done with a file that is not in canonical form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is written anew.
    InPlace,
    /// It is named.
    Nowhere,
}

/// Writes the queries of files anew, or says which files would change; a query that cannot be read stays as it is, and
/// is a fault.
pub fn files(paths: &[PathBuf], put: Put) -> Result<Exit, Fault> {
    let mut told = String::new();
    let mut bad = Exit::Answered;
    let mut at_fault = 0;
    for file in checking::named(paths)? {
        let path = file.path.display();
        let rewritten = file.broken.clone().map_or_else(|| hosts::reformat(&file.path, &file.text), Err);
        let rewritten = match rewritten {
            Ok(it) => it,
            Err(broken) => {
                let place = Position::of(broken.span.start, &file.text);
                notes::fault(&format!("{path}:{place}: {}", broken.message));
                bad = Exit::BadQuery;
                continue;
            }
        };
        for Left { name, span, why } in &rewritten.left {
            let place = Position::of(span.start, &file.text);
            match why {
                Why::Fault(message) => {
                    notes::fault(&format!("{path}:{place}: `{name}` is left as it is: {message}"));
                    at_fault += 1;
                    bad = Exit::BadQuery;
                }
                Why::Form(why) => {
                    notes::remark(&format!("{path}:{place}: `{name}` is left as it is: {why}"), WarningForm::Text);
                }
            }
        }
        if rewritten.changed == 0 {
            continue;
        }
        let queries = if rewritten.changed == 1 { "1 query" } else { &format!("{} queries", rewritten.changed) };
        match put {
            Put::InPlace => {
                checking::put(&file.path, &file.whole(&rewritten.file))?;
                told += &format!("{path}: {queries} written anew\n");
            }
            Put::Nowhere => {
                told += &format!("{path}: {queries} would be written anew\n");
                bad = if bad == Exit::Answered { Exit::Differs } else { bad };
            }
        }
    }
    match at_fault {
        0 => {}
        1 => notes::note("1 query cannot be read; `gw check` with the same paths shows why"),
        _ => notes::note(&format!("{at_fault} queries cannot be read; `gw check` with the same paths shows why")),
    }
    written(std::io::stdout().write_all(told.as_bytes()))?;
    Ok(bad)
}
