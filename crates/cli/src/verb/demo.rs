//! `gw demo`: an archive of made-up logs.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

use crate::args::DemoArgs;
use crate::exit::{Exit, Fault, written};
use crate::shell::quoted;

/// Writes the archive, and says what is in it and what may be asked of it.
pub fn run(args: &DemoArgs) -> Result<Exit, Fault> {
    let shape = args.shape.shape();
    let options = demo::Options {
        requests: args.requests,
        seed: args.seed,
        function: Some(shape),
        gateway: Some(shape),
        ..demo::Options::default()
    };
    let line = match std::io::stderr().is_terminal() {
        true => ProgressBar::new(args.requests),
        false => ProgressBar::hidden(),
    };
    let template = "{pos} of {len} requests, {msg}, {eta} left";
    line.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let summary = demo::write(&args.dir, &options, &|so_far| {
        line.set_position(so_far.requests);
        line.set_message(indicatif::HumanBytes(so_far.file_bytes).to_string());
    });
    line.finish_and_clear();
    let summary = summary.map_err(|error| Fault::trouble(format!("{}: {error}", args.dir.display())))?;
    let told = format!(
        "{} events of {} requests, {} bytes in {} files, in the log groups\n  {}\n  {}\n\nTry\n  gw query 'filter requestId = \"{}\" | fields @timestamp, @log, message, status | sort @timestamp asc' {}\n",
        summary.events,
        summary.requests,
        summary.file_bytes,
        summary.files,
        options.gateway_group(),
        options.function_group(),
        demo::TRACED,
        quoted(&args.dir.to_string_lossy()),
    );
    written(std::io::stdout().write_all(told.as_bytes()))?;
    Ok(Exit::Answered)
}
