//! The published JSON Schema of test files says what the reader takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod validate;

use std::path::Path;

use serde_json::{Map, Value, json};
use suite::KEYS;

fn schema() -> Value {
    serde_json::from_str(suite::SCHEMA).unwrap()
}

/// A test file as the schema sees it: YAML as JSON.
fn as_json(node: &hosts::Node) -> Value {
    match &node.value {
        hosts::Value::Scalar { text, plain } => {
            let text = text.as_str();
            // Numbers, truth values and nothing stand in YAML as in JSON.
            let value = serde_json::from_str(text).ok().filter(|it: &Value| *plain && !it.is_string());
            value.unwrap_or_else(|| text.into())
        }
        hosts::Value::List(items) => items.iter().map(|it| as_json(it)).collect(),
        hosts::Value::Map(entries) => {
            Value::Object(entries.iter().map(|(key, it)| (key.as_str().unwrap().to_owned(), as_json(it))).collect())
        }
    }
}

fn reads(yaml: &str) -> bool {
    suite::read("a.test.yml".as_ref(), yaml).is_ok()
}

fn validates(yaml: &str) -> bool {
    let node = hosts::read_yaml(yaml).unwrap().remove(0);
    validate::is_valid(&schema(), &as_json(&node))
}

#[test]
fn the_schema_has_every_key_with_its_sentence() {
    let schema = schema();
    for keys in KEYS {
        let of = if keys.of == "file" { &schema } else { &schema["$defs"][keys.of] };
        assert_eq!(of["additionalProperties"], json!(false), "{}", keys.of);
        let sentence = |it: &Value| it["description"].clone();
        let said: Map<String, Value> =
            of["properties"].as_object().unwrap().iter().map(|(key, it)| (key.clone(), sentence(it))).collect();
        let known: Map<String, Value> = keys.keys.iter().map(|(key, doc)| (key.to_string(), (*doc).into())).collect();
        assert_eq!(said, known, "{}", keys.of);
    }
}

#[test]
fn the_schema_takes_what_the_reader_takes() {
    let expecting = |expect: &str| format!("tests:\n- name: a\n  query: fields a\n  expect: {expect}\n");
    for (expect, good) in [
        ("{row_count: 1}", true),
        ("{rows: 'a', unordered: true}", true),
        ("{rows: [{a: 1, b: ~}]}", true),
        ("{error: unknown-function}", true),
        ("{error: {code: unknown-function, line: 1}}", true),
        ("{tolerance: 0.1, contains: [{a: 1}]}", true),
        ("{columns: [a, b], warnings: []}", true),
        ("{snapshot: a.txt}", true),
        ("{}", false),
        ("{row_count: many}", false),
        ("{rows: {a: 1}}", false),
        ("{rowcount: 1}", false),
        ("{row_count: 1, tolerance: 2}", false),
        ("{error: unknown-function, row_count: 1}", false),
        ("{row_count: 1, unordered: maybe}", false),
        ("{row_count: 1, unordered: true}", false),
        ("{row_count: 1, tolerance: 0.1}", false),
        ("{error: unknown-function, warnings: []}", false),
    ] {
        let yaml = expecting(expect);
        assert_eq!((reads(&yaml), validates(&yaml)), (good, good), "{yaml}");
    }
    for (yaml, good) in [
        ("query: fields a\nnow: -1\ntests:\n- {name: a, expect: {row_count: 1}}", false),
        ("query: fields a\nnow: 2026-01-01\nstart: -1h\ntests:\n- {name: a, expect: {row_count: 1}}", true),
        ("tests:\n- {name: a, query_from: a.yml#B, values: {X: 1}, logs: [a, b], expect: {row_count: 1}}", true),
        ("tests:\n- {name: a, query: a, lookup: {t: t.csv}, events: [{a: 1}, b], expect: {row_count: 1}}", true),
        ("query: a\nquerry: a\ntests:\n- {name: a, expect: {row_count: 1}}", false),
        ("query: a\ntests: []", false),
        ("query: a\ntests:\n- {expect: {row_count: 1}}", false),
        ("query: a\ntests:\n- {name: a}", false),
        ("query: a\nquery_from: a\ntests:\n- {name: a, expect: {row_count: 1}}", false),
        ("tests:\n- {name: a, query: a, events: [a], logs: b, expect: {row_count: 1}}", false),
        ("query: a\nevents: [a]\nlogs: b\ntests:\n- {name: a, expect: {row_count: 1}}", false),
    ] {
        // That -1 counts from now is for the reader to know.
        let by_schema = good || yaml.contains("now: -1");
        assert_eq!((reads(yaml), validates(yaml)), (good, by_schema), "{yaml}");
    }
}

#[test]
fn the_tests_of_the_project_are_valid() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/project");
    let files = suite::files(&[folder]).unwrap();
    assert!(files.len() > 1, "{files:?}");
    for path in files {
        let yaml = std::fs::read_to_string(&path).unwrap();
        assert!(validates(&yaml), "{}", path.display());
        assert!(suite::read(&path, &yaml).is_ok(), "{}", path.display());
    }
}
