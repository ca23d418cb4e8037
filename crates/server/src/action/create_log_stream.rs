//! `CreateLogStream`: a log stream in the store.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, Kind, identifier, streams, writing};

/// `CreateLogStream`
pub static ACTION: Action = Action { name: "CreateLogStream", run };

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
    let store = writing::store_of(call, group)?;
    let known = identifier::named(call, "logGroupName", group)?;
    if streams::has(call.service, &known, stream)? {
        return Err(Error::new(Kind::ResourceAlreadyExists, "The specified log stream already exists"));
    }
    store.create_stream(group, stream, call.now())?;
    Ok(json!({}))
}
