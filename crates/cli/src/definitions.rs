//! The saved queries of the command line.

use std::sync::Arc;

use plan::Definition;

use crate::args::TableArgs;
use crate::exit::Fault;

/// Reads the saved queries of the files and folders that the arguments name.
pub fn read(args: &TableArgs) -> Result<Vec<Arc<Definition>>, Fault> {
    let is_other = |it: &&std::path::PathBuf| it.is_file() && !hosts::may_hold(it);
    if let Some(other) = args.definitions.iter().find(is_other) {
        let message = format!("{}: no kind of file that queries live in; `gw help hosts` lists them", other.display());
        return Err(Fault::arguments(message));
    }
    suite::read_definitions(&args.definitions).map_err(Fault::trouble)
}
