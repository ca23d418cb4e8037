//! `PutLogEvents`: events into a log stream of the store. They are on the disk when this answers.

use serde::Deserialize;
use serde_json::{Value, json};
use store::{Accepted, Event};

use super::{Action, Call};
use crate::{Error, check, identifier, streams, writing};

/// `PutLogEvents`
pub static ACTION: Action = Action { name: "PutLogEvents", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    log_stream_name: Option<String>,
    log_events: Option<Vec<InputEvent>>,
    entity: Option<Value>,
}

#[derive(Deserialize)]
struct InputEvent {
    timestamp: Option<i64>,
    message: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let group = writing::group_name(&arguments.log_group_name)?;
    let stream = writing::stream_name(&arguments.log_stream_name)?;
    check::required("logEvents", &arguments.log_events)?;
    let events: Vec<InputEvent> = arguments.log_events.unwrap_or_default();
    let events = events.into_iter().enumerate().map(|(number, it)| {
        let name = |field: &str| format!("logEvents.{}.member.{field}", number + 1);
        let timestamp = *check::required(&name("timestamp"), &it.timestamp)?;
        check::number(&name("timestamp"), Some(timestamp), 0..=i64::MAX)?;
        check::length(&name("message"), check::required(&name("message"), &it.message)?, 1..=usize::MAX)?;
        Ok(Event { timestamp, message: it.message.unwrap_or_default() })
    });
    let events: Vec<Event> = events.collect::<Result<_, Error>>()?;
    let store = writing::store_of(call, group)?;
    let accepted = match store.append(group, stream, &events, call.now()) {
        Err(error) if error.kind == store::Kind::NotFound && is_archived(call, group, stream)? => {
            match store.create_stream(group, stream, call.now()) {
                // Somebody else was faster.
                Err(error) if error.kind == store::Kind::AlreadyExists => {}
                other => other?,
            }
            store.append(group, stream, &events, call.now())?
        }
        other => other?,
    };
    Ok(answer(accepted, arguments.entity.map(drop)))
}

/// Whether a stream is the archive's, which comes into the store by the first thing that is written to it.
fn is_archived(call: &Call, group: &str, stream: &str) -> Result<bool, Error> {
    if !writing::is_archived(call, group) {
        return Ok(false);
    }
    let group = identifier::named(call, "logGroupName", group)?;
    Ok(streams::archived(call.service, &group)?.contains_key(stream))
}

fn answer(accepted: Accepted, entity: Option<()>) -> Value {
    let mut answer = json!({ "nextSequenceToken": TOKEN });
    let mut rejected = serde_json::Map::new();
    if let Some(it) = accepted.too_new_start {
        rejected.insert(String::from("tooNewLogEventStartIndex"), Value::from(it));
    }
    if let Some(it) = accepted.expired_end {
        rejected.insert(String::from("expiredLogEventEndIndex"), Value::from(it));
    }
    if !rejected.is_empty() {
        answer["rejectedLogEventsInfo"] = Value::Object(rejected);
    }
    if entity.is_some() {
        // Entities are not kept, and the service has this way to say so.
        answer["rejectedEntityInfo"] = json!({ "errorType": "UnsupportedLogGroupType" });
    }
    answer
}

/// The token of sequences, which the service ignores and still gives, for clients that send it back.
const TOKEN: &str = "00000000000000000000000000000000000000000000000000000000";
