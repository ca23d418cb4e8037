//! `ListTagsLogGroup`: the tags of a log group, by its name; the older way.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, identifier, tags, writing};

/// `ListTagsLogGroup`
pub static ACTION: Action = Action { name: "ListTagsLogGroup", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let group = writing::group_name(&arguments.log_group_name)?;
    let group = identifier::named(call, "logGroupName", group)?;
    Ok(json!({ "tags": tags::of(call, &group.name) }))
}
