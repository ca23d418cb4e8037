//! `TagLogGroup`: tags for a log group, by its name; the older way.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::tags::Resource;
use crate::{Error, writing};

/// `TagLogGroup`
pub static ACTION: Action = Action { name: "TagLogGroup", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    tags: Option<BTreeMap<String, String>>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let group = writing::group_name(&arguments.log_group_name)?;
    Resource::LogGroup(group.to_owned()).tag(call, &arguments.tags)?;
    Ok(json!({}))
}
