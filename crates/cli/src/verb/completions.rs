//! `gw completions`: what a shell must know to complete the program's words.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Args, CompletionsArgs};
use crate::exit::{Exit, Fault, written};

/// Prints the script of a shell.
pub fn run(args: &CompletionsArgs) -> Result<Exit, Fault> {
    // It is written to memory first: the library takes a reader that goes away for a fault of its own.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "gw", &mut script);
    written(std::io::stdout().write_all(&script))?;
    Ok(Exit::Answered)
}
