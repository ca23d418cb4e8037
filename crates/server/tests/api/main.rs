//! The operations beside queries' answers: what each takes and gives, what it refuses, in which protocols, and how the
//! service bears with clients that are slow or broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../golden/client.rs"]
mod client;
mod definitions;
mod gate;
mod listening;
mod protocols;
mod queries;
mod records;
mod running;
mod tables;

use std::sync::Arc;

use serde_json::{Value, json};
use server::{Clock, Options};
use source::Memory;

use crate::client::Client;

/// Noon of the day of the logs, in epoch milliseconds.
const NOON: i64 = 1_767_268_800_000;

/// Three log groups: of five events, of one, of none that is near.
fn logs() -> Memory {
    let line = |minute: u32, level: &str| {
        format!("2026-01-01T11:5{minute}:00.000Z {{\"level\":\"{level}\",\"took\":{minute}.5}}\n")
    };
    let api: String = (0..5).map(|it| line(it, if it % 2 == 0 { "INFO" } else { "ERROR" })).collect();
    Memory::new()
        .file("exports/api/one/000000", Some("/aws/lambda/api"), api.into_bytes())
        .file("exports/web/two/000000", Some("/aws/lambda/web"), line(0, "WARN").into_bytes())
        .file("exports/old/three/000000", Some("old"), &b"2020-01-01T00:00:00.000Z an old one\n"[..])
}

fn options() -> Options {
    Options { clock: Clock::Fixed(NOON), ..Options::default() }
}

fn client() -> Client {
    Client::new(Arc::new(logs()), options()).unwrap()
}

/// Calls an operation that answers.
fn ask(client: &Client, operation: &str, arguments: Value) -> Value {
    let (status, answer) = client.call(operation, &arguments);
    assert_eq!(status, 200, "{operation} {arguments}: {answer}");
    answer
}

/// Calls an operation that refuses: the error's name and message.
fn refusal(client: &Client, operation: &str, arguments: Value) -> (String, String) {
    let (status, answer) = client.call(operation, &arguments);
    assert!(status >= 400, "{operation} {arguments}: {answer}");
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    (text("__type"), text("message"))
}

/// The arguments of a query of the first log group over all time.
fn query(text: &str) -> Value {
    json!({ "queryString": text, "logGroupName": "/aws/lambda/api", "startTime": 0, "endTime": NOON / 1000 })
}

/// Runs a query to its end: its id, and its answer.
fn run(client: &Client, arguments: Value) -> (String, Value) {
    let id = ask(client, "StartQuery", arguments)["queryId"].as_str().unwrap().to_owned();
    let answer = client.results(&id, 10_000).unwrap();
    (id, answer)
}
