//! `TagResource`: tags for a log group or a lookup table, by its ARN.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::Error;
use crate::tags::Resource;

/// `TagResource`
pub static ACTION: Action = Action { name: "TagResource", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    resource_arn: Option<String>,
    tags: Option<BTreeMap<String, String>>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    Resource::named(call, &arguments.resource_arn)?.tag(call, &arguments.tags)?;
    Ok(json!({}))
}
