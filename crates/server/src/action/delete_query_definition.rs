//! `DeleteQueryDefinition`: forgets a saved query.

use serde::Deserialize;
use serde_json::{Value, json};

use super::put_query_definition::missing;
use super::{Action, Call};
use crate::{Error, check};

/// `DeleteQueryDefinition`
pub static ACTION: Action = Action { name: "DeleteQueryDefinition", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    query_definition_id: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let id = check::required("queryDefinitionId", &arguments.query_definition_id)?;
    match call.service.definitions.remove(id)? {
        true => Ok(json!({ "success": true })),
        false => Err(missing(id)),
    }
}
