//! How well templates are told apart, on an archive whose templates are known.
//!
//! Grouping accuracy is the share of messages whose template holds all messages of their statement and no others (Zhu
//! and others, *Tools and Benchmarks for Automated Log Parsing*, 2019).

#![allow(clippy::unwrap_used)]

use std::collections::{HashMap, HashSet};
use std::fs;

use regex::Regex;
use serde_json::Value;
use templates::{Part, Templates};

/// The template that a message was written by: of an event, its text and its keys; of a line, its words without values.
fn statement(message: &str) -> String {
    match serde_json::from_str::<Value>(message) {
        Ok(event @ Value::Object(_)) => {
            let text = event.get("message").and_then(Value::as_str).unwrap_or("access");
            // Of failures, each of its errors is a statement of its own.
            let error =
                ["stack", "integrationErrorMessage"].iter().find_map(|it| event.get(it)?.as_str()?.split(':').next());
            format!("{text} {} {}", error.unwrap_or_default(), keys(&event))
        }
        _ => Regex::new(r"[\w$:.-]*\d[\w.:-]*").unwrap().replace_all(message, "").split_whitespace().collect(),
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
    let mut messages: Vec<(String, i64)> = Vec::new();
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
                messages.push((event["message"].as_str().unwrap().to_owned(), event["timestamp"].as_i64().unwrap()));
            }
        }
    }
    assert!(messages.len() > 60_000);
    let mut learning = Templates::default();
    messages.iter().for_each(|(text, time)| learning.add(text, Some(*time), Part::Current));
    let learned = learning.finish();
    let expressions: Vec<Regex> = learned.templates.iter().map(|it| Regex::new(&it.regex).unwrap()).collect();
    // Few enough distinct messages are told apart to find each message's template by its expression.
    let mut found: HashMap<usize, HashSet<String>> = HashMap::new();
    let mut truth: HashMap<String, HashSet<usize>> = HashMap::new();
    let mut counts: HashMap<String, u64> = HashMap::new();
    for (text, _) in messages.iter().step_by(7) {
        let matching = expressions.iter().enumerate().filter(|(_, it)| it.is_match(text));
        // The most particular one: the longest text.
        let template = matching.max_by_key(|(place, _)| learned.templates[*place].text.len()).unwrap().0;
        let statement = statement(text);
        found.entry(template).or_default().insert(statement.clone());
        truth.entry(statement.clone()).or_default().insert(template);
        *counts.entry(statement).or_default() += 1;
    }
    let right = |it: &&String| truth[*it].len() == 1 && truth[*it].iter().all(|template| found[template].len() == 1);
    let all: u64 = counts.values().sum();
    let grouped: u64 = counts.keys().filter(right).map(|it| counts[it]).sum();
    let accuracy = grouped as f64 / all as f64;
    println!("grouping accuracy {accuracy:.3}, {} templates of {} statements", learned.templates.len(), counts.len());
    for (statement, templates) in truth.iter().filter(|it| it.1.len() > 1) {
        println!("{} {statement} {templates:?}", counts[statement]);
        templates.iter().for_each(|it| println!("   {}", learned.templates[*it].text));
    }
    assert!(accuracy >= 0.95, "{accuracy}");
}
