//! `UntagLogGroup`: takes tags from a log group, by its name; the older way.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, check, tags, writing};

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
    if keys.is_empty() {
        return Err(Error::invalid("tags must name at least one tag"));
    }
    tags::remove(call, group, keys)?;
    Ok(json!({}))
}
