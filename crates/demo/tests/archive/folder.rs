//! An archive's folder in memory, and the events in its files.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use demo::{Options, Shape, Summary};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// Every file: its path below the folder, with `/` between the parts, and its bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// An event: its time as text and its message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    pub time: String,
    pub stream: String,
    pub message: String,
}

/// Writes an archive and reads its files.
pub fn written(options: &Options) -> (Files, Summary) {
    let folder = tempfile::tempdir().unwrap();
    let summary = demo::write(folder.path(), options, &|_| ()).unwrap();
    (read(folder.path()), summary)
}

/// Options with both groups in one shape.
pub fn options(requests: u64, shape: Shape) -> Options {
    Options { requests, function: Some(shape), gateway: Some(shape), ..Options::default() }
}

pub fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, above)) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{above}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else {
                files.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// The events of a group, file by file, whatever its shape.
pub fn events(files: &Files, group: &str) -> Vec<Event> {
    let mut events = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with(group.trim_start_matches('/'))) {
        let name = path.rsplit('/').next().unwrap();
        if name.ends_with(".jsonl") {
            let lines = str::from_utf8(bytes).unwrap().lines();
            events.extend(lines.map(|line| event(&serde_json::from_str(line).unwrap())));
        } else if name.ends_with(".json") {
            let page: Value = serde_json::from_slice(bytes).unwrap();
            events.extend(page["events"].as_array().unwrap().iter().map(event));
        } else if name != "aws-logs-write-test" {
            let stream = path.rsplit('/').nth(1).unwrap();
            exported(&inflated(name, bytes), stream, &mut events);
        }
    }
    events
}

/// A file's bytes without their compression.
pub fn inflated(name: &str, bytes: &[u8]) -> Vec<u8> {
    if !name.ends_with(".gz") {
        return bytes.to_vec();
    }
    let mut inflated = Vec::new();
    MultiGzDecoder::new(bytes).read_to_end(&mut inflated).unwrap();
    inflated
}

fn event(json: &Value) -> Event {
    assert_eq!(json.as_object().unwrap().len(), 5, "{json}");
    assert!(json["ingestionTime"].as_i64() > json["timestamp"].as_i64(), "{json}");
    assert_eq!(json["eventId"].as_str().unwrap().len(), 56, "{json}");
    Event {
        time: json["timestamp"].to_string(),
        stream: json["logStreamName"].as_str().unwrap().replace('/', "-"),
        message: json["message"].as_str().unwrap().to_owned(),
    }
}

fn exported(bytes: &[u8], stream: &str, events: &mut Vec<Event>) {
    for line in str::from_utf8(bytes).unwrap().lines() {
        match line.split_once(' ') {
            Some((time, message)) if time.len() == 24 && time.ends_with('Z') => {
                events.push(Event { time: epoch(time), stream: stream.to_owned(), message: message.to_owned() });
            }
            _ => {
                let last = &mut events.last_mut().unwrap().message;
                last.push('\n');
                last.push_str(line);
            }
        }
    }
}

/// The epoch milliseconds of a time on the two days that the archives here span.
fn epoch(time: &str) -> String {
    let number = |from: usize, to: usize| time[from..to].parse::<i64>().unwrap();
    let midnight = match &time[..11] {
        "2025-12-31T" => 1_767_139_200_000,
        "2026-01-01T" => 1_767_225_600_000,
        day => unreachable!("{day}"),
    };
    (midnight + number(11, 13) * 3_600_000 + number(14, 16) * 60_000 + number(17, 19) * 1000 + number(20, 23))
        .to_string()
}
