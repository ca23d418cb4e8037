//! `gw check`: what is wrong with a query, without running it.

use plan::{Context, Limits};

use crate::args::CheckArgs;
use crate::exit::{Exit, Fault};
use crate::{input, notes, tables};

/// Reports all faults and warnings of a query.
pub fn run(args: &CheckArgs) -> Result<Exit, Fault> {
    let text = input::text(&args.text)?;
    let limits = if args.strict { Limits::Service } else { Limits::Ours };
    let context = Context { limits, tables: tables::read(&args.tables)?, ..Context::default() };
    match plan::compile(&text, &context) {
        Ok(plan) => {
            notes::draw(&plan.warnings, &text);
            Ok(Exit::Answered)
        }
        Err(faults) => {
            notes::draw(&faults, &text);
            Ok(Exit::BadQuery)
        }
    }
}
