//! What the events tell: requests, through the gateway and the function.

use std::collections::{BTreeMap, BTreeSet};

use demo::{Options, Runtime, Shape, TRACED};
use serde_json::{Value, json};

use crate::folder::{events, options, written};

struct Told {
    /// What the handler said, by the gateway's id, in the order of the stream.
    handled: BTreeMap<String, Vec<Value>>,
    /// The access log, by the gateway's id.
    accessed: BTreeMap<String, Value>,
    /// The function's other messages.
    platform: Vec<String>,
}

fn told(options: &Options) -> Told {
    let (files, _) = written(options);
    let mut told = Told { handled: BTreeMap::new(), accessed: BTreeMap::new(), platform: Vec::new() };
    for event in events(&files, &options.function_group()) {
        match event.message.find('{') {
            Some(at) => {
                let entry: Value = serde_json::from_str(&event.message[at..]).unwrap();
                let id = entry["requestId"].as_str().unwrap().to_owned();
                told.handled.entry(id).or_default().push(entry);
            }
            None => told.platform.push(event.message),
        }
    }
    for event in events(&files, &options.gateway_group()) {
        let line: Value = serde_json::from_str(&event.message).unwrap();
        assert!(line.as_object().unwrap().values().all(Value::is_string), "{line}");
        let id = line["requestId"].as_str().unwrap().to_owned();
        assert!(told.accessed.insert(id, line).is_none());
    }
    told
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[test]
fn each_request_is_told_by_both_groups() {
    let told = told(&options(10_000, Shape::Export));
    assert_eq!(told.accessed.len(), 10_000);
    for (id, line) in &told.accessed {
        let Some(entries) = told.handled.get(id) else {
            assert_eq!(text(line, "status"), "429", "{line}");
            continue;
        };
        assert_eq!(text(&entries[0], "message"), "Request started");
        assert_eq!(entries[0]["method"], line["httpMethod"]);
        assert_eq!(entries[0]["path"], line["path"]);
        let last = &entries[entries.len() - 1];
        match text(last, "message") {
            "Request completed" => assert_eq!(last["statusCode"].to_string(), text(line, "status")),
            _ => assert_eq!(text(line, "status"), "500", "{last}"),
        }
    }
    assert!(told.handled.keys().all(|id| told.accessed.contains_key(id)));
}

#[test]
fn each_invocation_is_known_to_the_gateway() {
    let told = told(&options(5_000, Shape::Export));
    let ids = |before: &str| -> BTreeSet<&str> {
        let messages = told.platform.iter().filter_map(|message| message.strip_prefix(before));
        messages.map(|rest| rest.split_ascii_whitespace().next().unwrap()).collect()
    };
    let known: BTreeSet<&str> =
        told.accessed.values().map(|line| text(line, "integrationRequestId")).filter(|id| *id != "-").collect();
    assert!(known.len() > 4_900);
    for before in ["START RequestId: ", "END RequestId: ", "REPORT RequestId: "] {
        assert_eq!(ids(before), known, "{before}");
    }
}

#[test]
fn all_that_can_happen_happens() {
    let told = told(&options(40_000, Shape::Export));
    let said = |what: &dyn Fn(&str) -> bool| told.platform.iter().filter(|message| what(message)).count();
    let cold = said(&|it| it.contains("Init Duration: "));
    assert!((100..1_000).contains(&cold), "{cold} cold starts");
    assert_eq!(cold, said(&|it| it.starts_with("INIT_START ")));
    assert!(said(&|it| it.ends_with("Task timed out after 3.00 seconds")) > 2);
    assert!(said(&|it| it.starts_with("REPORT ") && it.ends_with("Status: timeout")) > 2);
    assert!(said(&|it| it.contains("signal: killed\n")) > 0);

    let entries = || told.handled.values().flatten();
    let failed: Vec<&Value> = entries().filter(|it| it["level"] == "ERROR").collect();
    assert!(failed.len() > 100);
    assert!(failed.iter().all(|it| text(it, "stack").contains(text(it, "error")) && text(it, "stack").contains('\n')));
    for operation in ["GetItem", "PutItem", ""] {
        assert!(failed.iter().any(|it| text(it, "operation") == operation), "no failure of {operation}");
    }
    assert!(entries().any(|it| it["level"] == "WARN" && it["attempt"] == 3));
    assert!(entries().any(|it| it["found"] == false));
    let statuses: BTreeSet<&str> = told.accessed.values().map(|line| text(line, "status")).collect();
    assert_eq!(statuses, ["200", "201", "404", "405", "429", "500"].into());
}

#[test]
fn failures_crowd_in_the_bad_quarter() {
    let told = told(&options(10_000, Shape::Export));
    let failed = told.accessed.values().filter(|it| text(it, "status") == "500");
    let minutes: Vec<&str> = failed.map(|it| &text(it, "requestTime")[..17]).collect();
    let bad = minutes.iter().filter(|it| ("01/Jan/2026:14:10".."01/Jan/2026:14:25").contains(it)).count();
    assert!(2 * bad > minutes.len(), "{bad} of {}", minutes.len());
}

#[test]
fn the_traced_request_is_always_the_same() {
    for requests in [1, 7, 10_000] {
        for (seed, runtime) in [(1, Runtime::Bare), (2, Runtime::Prefixed)] {
            let options = Options { seed, runtime, ..options(requests, Shape::EventLines) };
            let (files, _) = written(&options);
            let mut found = events(&files, &options.function_group());
            found.retain(|it| it.message.contains(TRACED));
            let seen: Vec<(&str, Value)> = found
                .iter()
                .map(|it| {
                    (it.time.as_str(), serde_json::from_str(&it.message[it.message.find('{').unwrap()..]).unwrap())
                })
                .collect();
            // 2026-01-01 14:30:00.100, .145 and .150
            assert_eq!(
                seen,
                [
                    (
                        "1767277800100",
                        json!({
                            "level": "INFO", "message": "Request started", "requestId": TRACED,
                            "method": "GET", "path": "/items", "queryParams": { "id": "1017" },
                        })
                    ),
                    (
                        "1767277800145",
                        json!({
                            "level": "INFO", "message": "DynamoDB read completed", "requestId": TRACED,
                            "operation": "GetItem", "tableName": "my-frontend-app-data", "itemId": "1017",
                            "found": true, "dynamoDuration": 42,
                        })
                    ),
                    (
                        "1767277800150",
                        json!({
                            "level": "INFO", "message": "Request completed", "requestId": TRACED,
                            "statusCode": 200, "duration": 50,
                        })
                    ),
                ]
            );
            assert!(found.iter().all(|it| it.message.starts_with('{') == (runtime == Runtime::Bare)));
        }
    }
}
