//! The tables of the command line.

use std::path::Path;
use std::sync::Arc;

use plan::Table;

use crate::args::TableArgs;
use crate::exit::Fault;

/// Reads the tables that the arguments name.
pub fn read(args: &TableArgs) -> Result<Vec<Arc<Table>>, Fault> {
    let mut tables: Vec<Arc<Table>> = Vec::new();
    for given in &args.lookup {
        let Some((name, path)) = given.split_once('=').filter(|(name, path)| !name.is_empty() && !path.is_empty())
        else {
            return Err(Fault::arguments(format!("--lookup takes NAME=FILE, found `{given}`")));
        };
        if tables.iter().any(|it| it.name == name) {
            return Err(Fault::arguments(format!("--lookup gives two tables the name `{name}`")));
        }
        let table = source::read_table(name, Path::new(path));
        tables.push(Arc::new(table.map_err(|fault| Fault::trouble(format!("the table {path}: {fault}")))?));
    }
    Ok(tables)
}
