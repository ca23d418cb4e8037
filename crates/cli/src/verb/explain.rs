//! `gw explain`: each station of a query.

use std::io::Write;

use plan::{Context, Limits};

use crate::args::ExplainArgs;
use crate::exit::{Exit, Fault, written};
use crate::when::Moments;
use crate::{definitions, input, notes, tables, tree};

/// Prints the canonical text, the tree, and the plan.
pub fn run(args: &ExplainArgs) -> Result<Exit, Fault> {
    let text = input::text(&args.text)?;
    let moments = Moments::read(&args.time)?;
    if moments.hang_on_now() {
        let message = "this range ends at the newest event or counts from it, and no log is read here: say --now TIME";
        return Err(Fault::arguments(message));
    }
    let tables = tables::read(&args.tables, Limits::Ours)?;
    let definitions = definitions::read(&args.tables)?;
    let (range, now) = (moments.range(None)?, moments.now(None));
    let context = Context { range, now, tables, definitions, ..Context::default() };
    match plan::compile(&text, &context) {
        Ok(plan) if plan.hangs_on_now && moments.now.is_none() && moments.end.is_none() => {
            Err(Fault::arguments("this query asks for the time of its range, and no log is read here: say --now TIME"))
        }
        Ok(plan) => {
            notes::draw(&plan.warnings, &text);
            let (query, _) = syntax::read(&plan::expanded(&text, &context));
            let tree = tree::draw(&query);
            written(writeln!(std::io::stdout(), "query\n\n{query}\n\ntree\n\n{tree}\n\nplan\n\n{plan}"))?;
            Ok(Exit::Answered)
        }
        Err(faults) => {
            notes::draw(&faults, &text);
            Ok(Exit::BadQuery)
        }
    }
}
