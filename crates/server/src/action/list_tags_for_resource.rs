//! `ListTagsForResource`: the tags of a log group or a lookup table, by its ARN.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::Error;
use crate::tags::Resource;

/// `ListTagsForResource`
pub static ACTION: Action = Action { name: "ListTagsForResource", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    resource_arn: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let resource = Resource::named(call, &arguments.resource_arn)?;
    Ok(json!({ "tags": resource.tags(call) }))
}
