//! `CreateLookupTable`: keeps a table for `lookup` and `cidrlookup`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::lookup::{self, LookupTable};
use crate::{Error, Kind, check, tags};

/// `CreateLookupTable`
pub static ACTION: Action = Action { name: "CreateLookupTable", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    lookup_table_name: Option<String>,
    description: Option<String>,
    table_body: Option<String>,
    query_id: Option<String>,
    kms_key_id: Option<String>,
    tags: Option<BTreeMap<String, String>>,
}

/// The most tables there may be.
const MOST: usize = 100;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = check::required("lookupTableName", &arguments.lookup_table_name)?;
    check::word("lookupTableName", name, 256)?;
    if arguments.kms_key_id.is_some() {
        return Err(lookup::unencrypted());
    }
    lookup::check_description(arguments.description.as_ref())?;
    let body = lookup::body(call, arguments.table_body.as_ref(), arguments.query_id.as_ref())?;
    let made = call.service.tables.put(name, |all| {
        if all.contains_key(name.as_str()) {
            let message = format!("A lookup table named '{name}' already exists.");
            return Err(Error::new(Kind::ResourceAlreadyExists, message));
        }
        if all.len() >= MOST {
            return Err(Error::new(Kind::LimitExceeded, format!("there are {MOST} lookup tables at most")));
        }
        let mut table = LookupTable::new(name, body, call.now());
        table.description.clone_from(&arguments.description);
        tags::add(&mut table.tags, arguments.tags.clone().unwrap_or_default())?;
        Ok(table)
    })?;
    Ok(json!({ "lookupTableArn": lookup::arn(call, &made.name), "createdAt": made.updated }))
}
