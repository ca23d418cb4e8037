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
    let name = lookup::name(call, check::required("lookupTableArn", &arguments.lookup_table_arn)?)?;
    // An empty key takes the one away that was there: none was.
    if arguments.kms_key_id.as_ref().is_some_and(|it| !it.is_empty()) {
        return Err(lookup::unencrypted());
    }
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
        table.tags.clone_from(&before.tags);
        table.description = arguments.description.clone().or_else(|| before.description.clone());
        Ok(table)
    })?;
    Ok(json!({ "lookupTableArn": lookup::arn(call, name), "lastUpdatedTime": updated.updated }))
}
