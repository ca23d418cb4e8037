//! `GetLogRecord`: all fields of the event that a `@ptr` leads to.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use source::Watch;

use super::{Action, Call};
use crate::{Error, Kind, check};

/// `GetLogRecord`
pub static ACTION: Action = Action { name: "GetLogRecord", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_record_pointer: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let pointer = check::required("logRecordPointer", &arguments.log_record_pointer)?;
    let place = value::batch::place(pointer);
    let place = place.ok_or_else(|| Error::invalid("The specified log record pointer is invalid."))?;
    let found = source::record(call.service.archive.as_ref(), place, &Watch::default());
    let found = found.map_err(|it| Error::new(Kind::ServiceUnavailable, it.to_string()))?;
    let found = found.ok_or_else(|| Error::not_found("The log record that the pointer leads to does not exist."))?;
    let mut record = Map::new();
    record.insert(String::from("@ptr"), Value::from(pointer.as_str()));
    // Where two ways lead to a field, the last counts.
    record.extend(found.into_iter().map(|(name, text)| (name, Value::from(text))));
    Ok(json!({ "logRecord": record }))
}
