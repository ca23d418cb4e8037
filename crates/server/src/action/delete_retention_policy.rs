//! `DeleteRetentionPolicy`: the events of a log group are kept for ever.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, writing};

/// `DeleteRetentionPolicy`
pub static ACTION: Action = Action { name: "DeleteRetentionPolicy", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = writing::group_name(&arguments.log_group_name)?;
    writing::store_of(call, name)?.set(name, |it| it.retention = None)?;
    Ok(json!({}))
}
