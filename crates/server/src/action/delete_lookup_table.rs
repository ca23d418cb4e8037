//! `DeleteLookupTable`: forgets a table.

use serde_json::{Value, json};

use super::get_lookup_table::Arguments;
use super::{Action, Call};
use crate::{Error, check, lookup};

/// `DeleteLookupTable`
pub static ACTION: Action = Action { name: "DeleteLookupTable", run };

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = lookup::name(call, check::required("lookupTableArn", &arguments.lookup_table_arn)?)?;
    match call.service.tables.remove(name)? {
        true => Ok(json!({})),
        false => Err(lookup::missing(name)),
    }
}
