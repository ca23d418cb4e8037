//! The plain reader: exported logs to events, slow and obvious, to judge fast ones by.
//!
//! It reads whole files and whole JSON documents, and knows the formats by the names of their readers.

mod records;

use std::io::Read;

use serde_json::{Map, Value};

use crate::time;

/// One event of a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// When it happened, in milliseconds since the epoch; missing where its file does not say.
    pub time: Option<i64>,
    /// When the service received it, in the same milliseconds; missing in most exports.
    pub ingested: Option<i64>,
    /// The log stream; missing where the format does not say.
    pub stream: Option<String>,
    /// What was logged.
    pub message: String,
}

/// The formats that [`read`] knows.
pub const FORMATS: &[&str] = &["export", "events", "jsonl", "subscription", "awslogs", "livetail", "tail"];

/// The file that the service leaves beside an export to try whether it may write there.
pub const WRITE_TEST: &str = "aws-logs-write-test";

/// The keys of an event as FilterLogEvents prints it; an object with any other key is a message.
const EVENT_KEYS: &[&str] = &["logStreamName", "timestamp", "message", "ingestionTime", "eventId"];

/// All events of these files (name and bytes), in the order of the archive: names by bytes, then position.
///
/// # Errors
/// When the format is not one of [`FORMATS`], gzip does not unpack, or a JSON document cannot be read.
pub fn read(format: &str, files: &[(String, Vec<u8>)]) -> Result<Vec<Event>, String> {
    let mut files: Vec<&(String, Vec<u8>)> = files.iter().collect();
    files.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    let mut events = Vec::new();
    for (name, bytes) in files {
        let text = unpacked(bytes).map_err(|error| format!("{name}: {error}"))?;
        match format {
            "export" => events.extend(export(name, &text)),
            "events" => events.extend(documents(&text).map_err(|error| format!("{name}: {error}"))?),
            "jsonl" => events.extend(text.split('\n').filter(|it| !it.trim().is_empty()).map(json_line)),
            "subscription" | "awslogs" => {
                events.extend(records::subscription(&text).map_err(|error| format!("{name}: {error}"))?)
            }
            "livetail" => events.extend(records::live_tail(&text).map_err(|error| format!("{name}: {error}"))?),
            "tail" => events.extend(tail(&text)),
            _ => return Err(format!("the plain reader knows `{}`, not `{format}`", FORMATS.join("`, `"))),
        }
    }
    Ok(events)
}

/// The time at the head of an exported line, and what stands behind the blank; nothing where a line has no time.
pub fn head(line: &str) -> Option<(i64, &str)> {
    let (word, rest) = line.split_once(' ')?;
    let epoch = word.len() == 13 && word.bytes().all(|it| it.is_ascii_digit());
    let time = if epoch { word.parse().ok()? } else { time::read_iso(word)? };
    Some((time, rest))
}

fn unpacked(bytes: &[u8]) -> std::io::Result<String> {
    let mut unpacked = Vec::new();
    match bytes {
        [0x1f, 0x8b, ..] => flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut unpacked)?,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => zstd::Decoder::new(bytes)?.read_to_end(&mut unpacked)?,
        _ => return Ok(String::from_utf8_lossy(bytes).into_owned()),
    };
    Ok(String::from_utf8_lossy(&unpacked).into_owned())
}

/// Lines that begin with a time, and lines that go on; the stream is the folder.
fn export(name: &str, text: &str) -> Vec<Event> {
    let mut folders = name.rsplit('/');
    if folders.next() == Some(WRITE_TEST) {
        return Vec::new();
    }
    let stream = folders.next().map(str::to_string);
    let mut events: Vec<Event> = Vec::new();
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        match (head(line), events.last_mut()) {
            (Some((time, message)), _) => {
                let (stream, message) = (stream.clone(), message.to_string());
                events.push(Event { time: Some(time), ingested: None, stream, message });
            }
            (None, Some(event)) => event.message = format!("{}\n{line}", event.message),
            (None, None) if text.is_empty() => {}
            (None, None) => {
                events.push(Event { time: None, ingested: None, stream: stream.clone(), message: line.to_string() });
            }
        }
    }
    events
}

/// What `aws logs tail` prints: a line with time and stream at its head begins an event, others go on.
fn tail(text: &str) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        match (tail_head(line), events.last_mut()) {
            (Some((time, stream, message)), _) => {
                let (stream, message) = (Some(stream.to_string()), message.to_string());
                events.push(Event { time: Some(time), ingested: None, stream, message });
            }
            (None, Some(event)) => event.message = format!("{}\n{line}", event.message),
            (None, None) => {}
        }
    }
    events.iter_mut().for_each(|it| it.message.truncate(it.message.trim_end_matches(['\n', '\r']).len()));
    events
}

/// `2026-01-01T00:00:00.123000+00:00 stream message`
fn tail_head(line: &str) -> Option<(i64, &str, &str)> {
    let (word, rest) = line.split_once(' ')?;
    let (stream, message) = rest.split_once(' ')?;
    Some((time::read_iso(&word.strip_suffix("000+00:00").map(|it| format!("{it}Z"))?)?, stream, message))
}

/// JSON documents one after another: pages with `events`, or the events themselves.
fn documents(text: &str) -> Result<Vec<Event>, serde_json::Error> {
    let mut events = Vec::new();
    for document in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        match document? {
            Value::Object(page) => match page.get("events") {
                Some(Value::Array(inner)) => events.extend(inner.iter().filter_map(Value::as_object).filter_map(event)),
                _ => events.extend(event(&page)),
            },
            Value::Array(inner) => events.extend(inner.iter().filter_map(Value::as_object).filter_map(event)),
            _ => {}
        }
    }
    Ok(events)
}

/// An event, a bare message that is an object, or a line that is neither.
fn json_line(line: &str) -> Event {
    let bare = Event { time: None, ingested: None, stream: None, message: line.to_string() };
    match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(object)) => event(&object).unwrap_or(Event { time: own_time(&object), ..bare }),
        _ => bare,
    }
}

fn event(object: &Map<String, Value>) -> Option<Event> {
    if object.keys().any(|it| !EVENT_KEYS.contains(&it.as_str())) {
        return None;
    }
    Some(Event {
        time: Some(object.get("timestamp")?.as_i64()?),
        ingested: object.get("ingestionTime").and_then(Value::as_i64),
        stream: object.get("logStreamName").and_then(Value::as_str).map(str::to_string),
        message: object.get("message")?.as_str()?.to_string(),
    })
}

fn own_time(object: &Map<String, Value>) -> Option<i64> {
    match object.get("@timestamp")? {
        Value::String(text) => time::read_iso(text),
        Value::Number(number) => number.as_i64(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read_one(format: &str, name: &str, text: &str) -> Vec<Event> {
        read(format, &[(name.to_string(), text.as_bytes().to_vec())]).unwrap()
    }

    fn messages(events: &[Event]) -> Vec<&str> {
        events.iter().map(|it| it.message.as_str()).collect()
    }

    #[test]
    fn an_export_goes_on_over_lines() {
        let text = "1970-01-01T00:00:00.001Z one\n  more\n\n1970-01-01T00:00:00.002Z \n0000000000003 three\n";
        let events = read_one("export", "exportedlogs/task/a-b/000000", text);
        assert_eq!(messages(&events), ["one\n  more\n", "", "three"]);
        assert_eq!(events.iter().map(|it| it.time).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
        assert!(events.iter().all(|it| it.stream.as_deref() == Some("a-b")));
    }

    #[test]
    fn lines_ahead_of_the_first_time_are_one_event() {
        let events = read_one("export", "s/0", "torn\nline\n1970-01-01T00:00:00.000Z whole\n");
        assert_eq!(messages(&events), ["torn\nline", "whole"]);
        assert_eq!(events[0].time, None);
        assert!(read_one("export", "s/0", "").is_empty());
        assert!(read_one("export", "exportedlogs/aws-logs-write-test", "Permission Check Successful").is_empty());
    }

    #[test]
    fn pages_and_lines_of_events() {
        let event = r#"{"logStreamName":"s","timestamp":5,"message":"m","ingestionTime":6,"eventId":"1"}"#;
        let one = Event { time: Some(5), ingested: Some(6), stream: Some("s".to_string()), message: "m".to_string() };
        let pages = format!("{{\"events\":[{event}],\"nextToken\":\"t\"}}\n{{\"events\":[]}}{{\"events\":[{event}]}}");
        assert_eq!(read_one("events", "f", &pages), [one.clone(), one.clone()]);
        assert_eq!(read_one("events", "f", &format!("{event}\n{event}\n")), [one.clone(), one.clone()]);
        assert_eq!(read_one("jsonl", "f", &format!("{event}\n\n{event}")), [one.clone(), one]);
    }

    #[test]
    fn an_object_with_other_keys_is_a_message() {
        let line = r#"{"timestamp":5,"message":"m","level":"INFO"}"#;
        let timed = r#"{"@timestamp":"1970-01-01T00:00:01Z","a":1}"#;
        let events = read_one("jsonl", "f", &format!("{line}\n{timed}\nplain"));
        assert_eq!(messages(&events), [line, timed, "plain"]);
        assert_eq!(events.iter().map(|it| it.time).collect::<Vec<_>>(), [None, Some(1000), None]);
    }

    #[test]
    fn names_are_in_order_of_their_bytes() {
        let file = |name: &str| (name.to_string(), format!("1970-01-01T00:00:00.000Z {name}\n").into_bytes());
        let events = read("export", &[file("t/api/0"), file("t/api-2/0"), file("t/api-2/00")]).unwrap();
        assert_eq!(messages(&events), ["t/api-2/0", "t/api-2/00", "t/api/0"]);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let file = |text: &str| vec![("f".to_string(), text.as_bytes().to_vec())];
        assert!(read("csv", &file("a")).unwrap_err().contains("`csv`"));
        assert!(read("events", &file("{\"events\":[")).unwrap_err().starts_with("f: "));
    }
}
