//! `PutLogGroupDeletionProtection`: whether a log group can be deleted.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, check, identifier, writing};

/// `PutLogGroupDeletionProtection`
pub static ACTION: Action = Action { name: "PutLogGroupDeletionProtection", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_identifier: Option<String>,
    deletion_protection_enabled: Option<bool>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let identifier = check::required("logGroupIdentifier", &arguments.log_group_identifier)?;
    let protected = *check::required("deletionProtectionEnabled", &arguments.deletion_protection_enabled)?;
    let group = identifier::group(call, "logGroupIdentifier", identifier)?;
    writing::store_of(call, &group.name)?.set(&group.name, |it| it.protected = protected)?;
    Ok(json!({}))
}
