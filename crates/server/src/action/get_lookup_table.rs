//! `GetLookupTable`: a table with its text.

use serde::Deserialize;
use serde_json::Value;

use super::{Action, Call};
use crate::{Error, check, lookup};

/// `GetLookupTable`
pub static ACTION: Action = Action { name: "GetLookupTable", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Arguments {
    pub(super) lookup_table_arn: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = lookup::name(call, check::required("lookupTableArn", &arguments.lookup_table_arn)?)?;
    let table = call.service.tables.find(name).ok_or_else(|| lookup::missing(name))?;
    let mut told = table.described(call);
    told.insert(String::from("tableBody"), Value::from(table.body.as_str()));
    Ok(Value::Object(told))
}
