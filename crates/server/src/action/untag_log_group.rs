//! `UntagLogGroup`: takes tags from a log group, by its name; the older way.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::tags::Resource;
use crate::{Error, check, writing};

/// `UntagLogGroup`
pub static ACTION: Action = Action { name: "UntagLogGroup", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    tags: Option<Vec<String>>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let group = writing::group_name(&arguments.log_group_name)?;
    let keys = check::required("tags", &arguments.tags)?;
    Resource::LogGroup(group.to_owned()).untag(call, keys)?;
    Ok(json!({}))
}
