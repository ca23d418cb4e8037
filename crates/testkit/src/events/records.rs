//! Events in records that name their group and stream: subscriptions and live tails.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::{Event, unpacked};

/// Subscription records one after another, as they are or as Lambda functions get them.
pub(super) fn subscription(text: &str) -> Result<Vec<Event>, String> {
    let mut events = Vec::new();
    for record in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let record = record.map_err(|error| error.to_string())?;
        if let Some(data) = record.pointer("/awslogs/data").and_then(Value::as_str) {
            let packed = BASE64_STANDARD.decode(data).map_err(|error| error.to_string())?;
            events.extend(subscription(&unpacked(&packed).map_err(|error| error.to_string())?)?);
        } else if record.get("messageType").is_some_and(|it| it == "DATA_MESSAGE") {
            let stream = record.get("logStream").and_then(Value::as_str);
            events.extend(list(record.get("logEvents")).filter_map(|it| event(it, stream)));
        }
    }
    Ok(events)
}

/// What a session of a live tail told.
pub(super) fn live_tail(text: &str) -> Result<Vec<Event>, String> {
    let mut events = Vec::new();
    for document in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let document = document.map_err(|error| error.to_string())?;
        for result in list(document.pointer("/sessionUpdate/sessionResults")) {
            events.extend(event(result, result.get("logStreamName").and_then(Value::as_str)));
        }
    }
    Ok(events)
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn event(value: &Value, stream: Option<&str>) -> Option<Event> {
    Some(Event {
        time: Some(value.get("timestamp")?.as_i64()?),
        ingested: value.get("ingestionTime").and_then(Value::as_i64),
        stream: stream.map(str::to_string),
        message: value.get("message")?.as_str()?.to_string(),
    })
}
