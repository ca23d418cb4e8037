//! `DeleteLogStream`: a log stream of the store, with all its events.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, identifier, streams, writing};

/// `DeleteLogStream`
pub static ACTION: Action = Action { name: "DeleteLogStream", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    log_stream_name: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let group = writing::group_name(&arguments.log_group_name)?;
    let stream = writing::stream_name(&arguments.log_stream_name)?;
    if writing::is_archived(call, group)
        && streams::archived(call.service, &identifier::named(call, "logGroupName", group)?)?.contains_key(stream)
    {
        return Err(writing::of_archive("the log stream"));
    }
    writing::store_of(call, group)?.delete_stream(group, stream)?;
    Ok(json!({}))
}
