//! The tables of the command line.

use std::path::Path;
use std::sync::Arc;

use plan::{Limits, Table};

use crate::args::TableArgs;
use crate::exit::Fault;

/// The most bytes of a table that the service takes.
const LARGEST: u64 = 10 << 20;
/// The longest name of a table that the service takes.
const LONGEST_NAME: usize = 256;

/// Reads the tables that the arguments name, and holds them to the limits.
pub fn read(args: &TableArgs, limits: Limits) -> Result<Vec<Arc<Table>>, Fault> {
    let mut tables: Vec<Arc<Table>> = Vec::new();
    for given in &args.lookup {
        let Some((name, path)) = given.split_once('=').filter(|(name, path)| !name.is_empty() && !path.is_empty())
        else {
            return Err(Fault::arguments(format!("--lookup takes NAME=FILE, found `{given}`")));
        };
        if tables.iter().any(|it| it.name == name) {
            return Err(Fault::arguments(format!("--lookup gives two tables the name `{name}`")));
        }
        if limits == Limits::Service {
            check(name, Path::new(path))?;
        }
        let table = source::read_table(name, Path::new(path));
        tables.push(Arc::new(table.map_err(|fault| Fault::trouble(format!("the table {path}: {fault}")))?));
    }
    Ok(tables)
}

/// Whether the service would take a table.
fn check(name: &str, path: &Path) -> Result<(), Fault> {
    if name.len() > LONGEST_NAME || !name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_') {
        let message = format!("the service takes names of tables of letters, digits and `_`, {LONGEST_NAME} at most");
        return Err(Fault::arguments(format!("{message}, found `{name}`")));
    }
    match std::fs::metadata(path) {
        Ok(it) if it.len() > LARGEST => {
            Err(Fault::arguments(format!("the service takes tables of 10 MB at most, found {}", path.display())))
        }
        // What cannot be read is told when it is.
        _ => Ok(()),
    }
}
