//! How well templates are told apart, on an archive whose templates are known.

#![allow(clippy::unwrap_used)]

use std::fs;

use regex::Regex;
use serde_json::Value;

use grouping::{Labelled, grouping};

mod grouping;
mod labelled;

/// The template that a message was written by: of an event, its text and its keys; of a line, its words without values.
fn statement(message: &str, values: &Regex) -> String {
    match serde_json::from_str::<Value>(message) {
        Ok(event @ Value::Object(_)) => {
            let text = event.get("message").and_then(Value::as_str).unwrap_or("access");
            // Of failures, each of its errors is a statement of its own.
            let error =
                ["stack", "integrationErrorMessage"].iter().find_map(|it| event.get(it)?.as_str()?.split(':').next());
            format!("{text} {} {}", error.unwrap_or_default(), keys(&event))
        }
        _ => values.replace_all(message, "").split_whitespace().collect(),
    }
}

/// All keys of an event, those within others included.
fn keys(event: &Value) -> String {
    let Value::Object(fields) = event else { return String::new() };
    fields.iter().map(|(key, value)| format!("{key}({})", keys(value))).collect()
}

#[test]
fn the_templates_of_the_demo_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let options = demo::Options {
        requests: 10_000,
        function: Some(demo::Shape::EventLines),
        gateway: Some(demo::Shape::EventLines),
        ..demo::Options::default()
    };
    demo::write(folder.path(), &options, &|_| {}).unwrap();
    let values = Regex::new(r"[\w$:.-]*\d[\w.:-]*").unwrap();
    let mut messages: Vec<Labelled> = Vec::new();
    let mut folders = vec![folder.path().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            for line in fs::read_to_string(path).unwrap().lines() {
                let event: Value = serde_json::from_str(line).unwrap();
                let message = event["message"].as_str().unwrap().to_owned();
                messages.push(Labelled { label: statement(&message, &values), message });
            }
        }
    }
    assert!(messages.len() > 60_000);
    let found = grouping(&messages);
    found.wrong.iter().for_each(|it| println!("{it}"));
    println!("grouping accuracy {:.3}, {} templates of {} statements", found.accuracy(), found.found, found.labels);
    assert!(found.accuracy() >= 0.95, "{}", found.accuracy());
}

#[test]
fn a_label_counts_if_it_is_a_template_and_nothing_else() {
    let of = |label: &str, message: &str| Labelled { label: label.to_owned(), message: message.to_owned() };
    let messages = [
        of("in", "user ann logged in"),
        of("in", "user bob logged in"),
        of("hit", "cache hit"),
        of("miss", "cache miss"),
        // One label in two templates, and two in one.
        of("split", "starting"),
        of("split", "ready to serve"),
        of("ok", "job 5 of queue is done"),
        of("bad", "job 6 of queue is late"),
    ];
    let found = grouping(&messages);
    assert_eq!((found.messages, found.grouped, found.labels), (8, 4, 5 + 1));
    assert_eq!(found.accuracy(), 0.5);
    let wrong: Vec<String> = found.wrong.iter().map(ToString::to_string).collect();
    assert_eq!(
        wrong,
        [
            "1 bad\n  1 with 1 others: job <Number-1> of queue is <Token-2>",
            "1 ok\n  1 with 1 others: job <Number-1> of queue is <Token-2>",
            "2 split\n  1 with 0 others: ready to serve\n  1 with 0 others: starting",
        ]
    );
}

#[test]
fn a_file_that_is_not_labelled_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.csv");
    let told = |text: &str| {
        fs::write(&file, text).unwrap();
        labelled::read(&file).map(|it| it.into_iter().map(|it| (it.label, it.message)).collect::<Vec<_>>())
    };
    let row = |label: &str, message: &str| (label.to_owned(), message.to_owned());
    assert_eq!(told("LineId,Content,EventId\n1,\"a, b\",E1\n2,c,E2\n"), Ok(vec![row("E1", "a, b"), row("E2", "c")]));
    assert_eq!(told("Content\na\n"), Err("there is no column `EventId`".to_owned()));
    assert_eq!(told(""), Err("there is no column `Content`".to_owned()));
    assert_eq!(told("Content,EventId\n"), Err("there is no message".to_owned()));
    assert!(told("Content,EventId\na\n").unwrap_err().contains("record 1"));
    assert!(labelled::read(&folder.path().join("none.csv")).is_err());
}
