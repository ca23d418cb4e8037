//! `gw man`: the manual pages of the program and its verbs.

use std::path::Path;

use clap::CommandFactory;

use crate::args::{Args, ManArgs};
use crate::exit::{Exit, Fault};

/// Writes a page for the program and one for each verb into a folder.
pub fn run(args: &ManArgs) -> Result<Exit, Fault> {
    let folder: &Path = &args.dir;
    let fault = |error: std::io::Error| Fault::trouble(format!("{} cannot be written: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(fault)?;
    clap_mangen::generate_to(Args::command(), folder).map_err(fault)?;
    Ok(Exit::Answered)
}
