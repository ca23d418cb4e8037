//! `UpdateLookupTable`: keeps another text, or another description, of a table.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::lookup::{self, LookupTable};
use crate::{Error, check};

/// `UpdateLookupTable`
pub static ACTION: Action = Action { name: "UpdateLookupTable", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    lookup_table_arn: Option<String>,
    description: Option<String>,
    table_body: Option<String>,
    query_id: Option<String>,
    kms_key_id: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = lookup::name(check::required("lookupTableArn", &arguments.lookup_table_arn)?)?;
    lookup::check_description(arguments.description.as_ref())?;
    let body = match (&arguments.table_body, &arguments.query_id) {
        (None, None) => None,
        (text, query) => Some(lookup::body(call, text.as_ref(), query.as_ref())?),
    };
    // A name that is not there leads to no file.
    call.service.tables.find(name).ok_or_else(|| lookup::missing(name))?;
    let updated = call.service.tables.put(name, |all| {
        let before = all.get(name).ok_or_else(|| lookup::missing(name))?;
        let body = body.unwrap_or_else(|| before.body.clone());
        let mut table = LookupTable::new(name, body, call.now());
        table.description = arguments.description.clone().or_else(|| before.description.clone());
        // An empty key takes the one away that was there.
        let kms_key_id = arguments.kms_key_id.clone().or_else(|| before.kms_key_id.clone());
        table.kms_key_id = kms_key_id.filter(|it| !it.is_empty());
        Ok(table)
    })?;
    Ok(json!({ "lookupTableArn": lookup::arn(call, name), "lastUpdatedTime": updated.updated }))
}
