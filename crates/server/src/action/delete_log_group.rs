//! `DeleteLogGroup`: a log group of the store, with all its streams.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, writing};

/// `DeleteLogGroup`
pub static ACTION: Action = Action { name: "DeleteLogGroup", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = writing::group_name(&arguments.log_group_name)?;
    if writing::is_archived(call, name) {
        return Err(writing::of_archive("the log group"));
    }
    writing::store(call)?.delete_group(name)?;
    Ok(json!({}))
}
