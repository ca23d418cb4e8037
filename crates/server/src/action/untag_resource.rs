//! `UntagResource`: takes tags from a log group, by its ARN.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, check, tags};

/// `UntagResource`
pub static ACTION: Action = Action { name: "UntagResource", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    resource_arn: Option<String>,
    tag_keys: Option<Vec<String>>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let group = tags::resource(call, &arguments.resource_arn)?;
    tags::remove(call, &group, check::required("tagKeys", &arguments.tag_keys)?)?;
    Ok(json!({}))
}
