//! `UntagResource`: takes tags from a log group or a lookup table, by its ARN.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::tags::Resource;
use crate::{Error, check};

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
    let resource = Resource::named(call, &arguments.resource_arn)?;
    resource.untag(call, check::required("tagKeys", &arguments.tag_keys)?)?;
    Ok(json!({}))
}
