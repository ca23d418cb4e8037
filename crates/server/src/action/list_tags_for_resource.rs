//! `ListTagsForResource`: the tags of a log group, by its ARN.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, tags};

/// `ListTagsForResource`
pub static ACTION: Action = Action { name: "ListTagsForResource", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    resource_arn: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let group = tags::resource(call, &arguments.resource_arn)?;
    Ok(json!({ "tags": tags::of(call, &group) }))
}
