//! `CreateLogGroup`: a log group in the store.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use store::LogGroup;

use super::describe_log_groups::CLASSES;
use super::{Action, Call};
use crate::{Error, check, tags, writing};

/// `CreateLogGroup`
pub static ACTION: Action = Action { name: "CreateLogGroup", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    kms_key_id: Option<String>,
    tags: Option<BTreeMap<String, String>>,
    log_group_class: Option<String>,
    deletion_protection_enabled: Option<bool>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = writing::group_name(&arguments.log_group_name)?;
    if name.starts_with("aws/") {
        return Err(Error::invalid("Log groups starting with aws/ are reserved for AWS."));
    }
    check::among("logGroupClass", arguments.log_group_class.as_deref(), CLASSES)?;
    if arguments.kms_key_id.is_some() {
        return Err(Error::invalid("no log group is encrypted here: kmsKeyId must be left out"));
    }
    let store = writing::store(call)?;
    if writing::is_archived(call, name) {
        return Err(Error::new(crate::Kind::ResourceAlreadyExists, "The specified log group already exists"));
    }
    let mut group = LogGroup::new(name, call.now());
    tags::add(&mut group.tags, arguments.tags.unwrap_or_default())?;
    group.class = arguments.log_group_class.unwrap_or(group.class);
    group.protected = arguments.deletion_protection_enabled.unwrap_or_default();
    store.create_group(group)?;
    Ok(json!({}))
}
