//! Queries while they run: how many may, how they are ended, and for how long they are kept.

use std::collections::HashSet;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use server::jobs::Bounds;
use server::{Options, Service};
use source::Memory;
use testkit::random::Random;

use crate::client::Client;
use crate::gate::Gate;
use crate::{ask, logs, options, query, refusal};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

fn gated(bounds: Bounds) -> (Client, Arc<Gate>) {
    let gate = Gate::closed(logs());
    let client = Client::new(gate.clone(), Options { bounds, ..options() }).unwrap();
    (client, gate)
}

fn start(client: &Client) -> Value {
    ask(client, "StartQuery", query("stats count(*)"))["queryId"].clone()
}

/// Waits until a query is at this stage.
fn await_status(client: &Client, id: &Value, status: &str) -> Value {
    let begun = Instant::now();
    loop {
        let answer = ask(client, "GetQueryResults", json!({ "queryId": id }));
        if answer["status"] == status {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "{answer}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_hundred_run_and_one_more_does_not() {
    let (client, gate) = gated(Bounds::default());
    let ids: Vec<Value> = (0..100).map(|_| start(&client)).collect();
    let (name, message) = refusal(&client, "StartQuery", query("limit 1"));
    assert_eq!((name.as_str(), message.contains("[100]")), ("LimitExceededException", true));
    let running = ask(&client, "DescribeQueries", json!({ "status": "Running" }));
    assert_eq!(running["queries"].as_array().unwrap().len(), 100);
    ask(&client, "StopQuery", json!({ "queryId": ids[0] }));
    await_status(&client, &ids[0], "Cancelled");
    let more = start(&client);
    gate.is_open.store(true, Relaxed);
    for id in ids[1..].iter().chain([&more]) {
        assert_eq!(await_status(&client, id, "Complete")["results"][0][0]["value"], "5");
    }
}

#[test]
fn what_there_is_so_far_is_shown_while_a_query_runs() {
    for text in ["stats count(*) as n by level", "fields level", "fields level | sort level asc | limit 3"] {
        let gate = Gate::closed(logs().with_blocks_of(1));
        let client = Client::new(gate.clone(), options()).unwrap();
        let id = ask(&client, "StartQuery", query(text))["queryId"].clone();
        let begun = Instant::now();
        let shown = loop {
            let answer = ask(&client, "GetQueryResults", json!({ "queryId": id }));
            assert_eq!(answer["status"], "Running");
            if answer["results"] != json!([]) {
                break answer;
            }
            assert!(begun.elapsed() < PATIENCE);
            // Of five events, so many that not all are through.
            if gate.permits.load(Relaxed) == 0 && begun.elapsed() < PATIENCE / 2 {
                let scanned = answer["statistics"]["recordsScanned"].as_f64().unwrap_or_default();
                gate.permits.store(usize::from(scanned < 3.0), Relaxed);
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        assert!(shown["statistics"]["recordsMatched"].as_f64().unwrap() < 5.0, "{shown}");
        assert!(shown.get("nextToken").is_none());
        gate.is_open.store(true, Relaxed);
        let whole = await_status(&client, &id, "Complete");
        assert_eq!(whole["statistics"]["recordsMatched"], json!(5.0));
    }
}

#[test]
fn the_fields_of_the_archive_are_looked_for_while_the_query_runs() {
    let saved = json!({ "name": "told", "queryString": "relevantfields where level = 'ERROR'" });
    for text in ["relevantfields where level = 'ERROR'", "$told()"] {
        let (client, gate) = gated(Bounds::default());
        ask(&client, "PutQueryDefinition", saved.clone());
        // Nothing can be read yet, and what is wrong with a query is told all the same.
        let refused = refusal(&client, "StartQuery", query("relevantfields where level = "));
        assert_eq!(refused.0, "MalformedQueryException");
        let id = ask(&client, "StartQuery", query(text))["queryId"].clone();
        assert_eq!(ask(&client, "GetQueryResults", json!({ "queryId": id }))["status"], "Running");
        gate.is_open.store(true, Relaxed);
        let rows = await_status(&client, &id, "Complete")["results"].clone();
        assert!(rows.as_array().unwrap().iter().any(|row| row[0]["value"] == "took"), "{rows}");
    }
}

#[test]
fn a_query_that_is_stopped_is_cancelled_once() {
    let (client, _gate) = gated(Bounds::default());
    let id = start(&client);
    let running = ask(&client, "GetQueryResults", json!({ "queryId": id }));
    assert_eq!((&running["status"], &running["results"]), (&json!("Running"), &json!([])));
    assert_eq!(ask(&client, "StopQuery", json!({ "queryId": id })), json!({ "success": true }));
    await_status(&client, &id, "Cancelled");
    let (name, message) = refusal(&client, "StopQuery", json!({ "queryId": id }));
    assert_eq!((name.as_str(), message.ends_with("Cancelled")), ("InvalidParameterException", true));
    assert_eq!(refusal(&client, "StopQuery", json!({ "queryId": "no" })).0, "ResourceNotFoundException");
}

#[test]
fn a_query_that_begins_at_the_end_is_cancelled() {
    let gate = Gate::closed(logs());
    let service = Arc::new(Service::new(gate.clone(), options()).unwrap());
    let client = Client::of(service.clone());
    let before = start(&client);
    service.jobs.close();
    let after = start(&client);
    for id in [before, after] {
        await_status(&client, &id, "Cancelled");
    }
}

#[test]
fn what_is_said_to_be_stopped_is_cancelled_for_ever_and_what_is_not_is_complete() {
    let mut random = Random::new(7);
    let mut ends = HashSet::new();
    for round in 0..200 {
        let (client, gate) = gated(Bounds::default());
        let id = start(&client);
        let delay = Duration::from_micros(random.below(3_000) as u64);
        let stopped = std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(delay);
                gate.is_open.store(true, Relaxed);
            });
            std::thread::sleep(Duration::from_micros(150 * (round % 40)));
            client.call("StopQuery", &json!({ "queryId": id }))
        });
        let status = match stopped {
            (200, answer) => {
                assert_eq!(answer, json!({ "success": true }));
                "Cancelled"
            }
            (_, refused) => {
                assert_eq!(refused["__type"], "InvalidParameterException", "{refused}");
                "Complete"
            }
        };
        // `Running` may yet be told, and nothing else but what it ends with.
        loop {
            let told = ask(&client, "GetQueryResults", json!({ "queryId": id }))["status"].clone();
            if told != "Running" {
                assert_eq!(told, status, "round {round}");
                break;
            }
        }
        assert_eq!(ask(&client, "GetQueryResults", json!({ "queryId": id }))["status"], status);
        assert_eq!(ask(&client, "DescribeQueries", json!({}))["queries"][0]["status"], status);
        ends.insert(status);
    }
    assert_eq!(ends.len(), 2, "always {ends:?}");
}

#[test]
fn a_query_that_takes_too_long_times_out() {
    let (client, _gate) = gated(Bounds { time: Duration::from_millis(50), ..Bounds::default() });
    let id = start(&client);
    await_status(&client, &id, "Timeout");
}

/// What the server said of queries that failed.
static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn told_of(id: &Value) -> String {
    let said = SAID.lock().unwrap();
    said.iter().find(|it| it.contains(id.as_str().unwrap())).cloned().unwrap_or_default()
}

#[test]
fn a_query_that_gathers_too_much_fails_and_says_why() {
    let lines = |number: u32| format!("2026-01-01T11:50:00.000Z {{\"id\":\"{number:0>200}\"}}\n");
    let many: String = (0..2_000).map(lines).collect();
    let logs = Arc::new(Memory::new().file("exports/api/one/000000", Some("/aws/lambda/api"), many.into_bytes()));
    let tell = |text: &str| SAID.lock().unwrap().push(text.to_owned());
    let ends = |memory: usize, memory_together: usize, text: &str, status: &str| {
        let bounds = Bounds { memory, memory_together, ..Bounds::default() };
        let client = Client::new(logs.clone(), Options { bounds, tell, ..options() }).unwrap();
        let id = ask(&client, "StartQuery", query(text))["queryId"].clone();
        let found = await_status(&client, &id, status);
        // The next one has the same room: nothing of this one is left in it.
        let next = ask(&client, "StartQuery", query("stats count(*)"))["queryId"].clone();
        await_status(&client, &next, "Complete");
        (found["results"].as_array().unwrap().len(), told_of(&id))
    };
    const ENOUGH: usize = 16 << 20;
    for text in ["fields @message", "stats count(*) by id", "stats count_distinct(id)", "fields id | dedup id"] {
        assert_ne!(ends(ENOUGH, ENOUGH, text, "Complete").0, 0, "{text}");
        let (rows, said) = ends(300 << 10, ENOUGH, text, "Failed");
        assert!(rows == 0 && said.contains("its rows and groups take more than"), "{text}: {said}");
        let (rows, said) = ends(ENOUGH, 300 << 10, text, "Failed");
        assert!(rows == 0 && said.contains("that all queries have together"), "{text}: {said}");
    }
}

#[test]
fn answers_are_kept_for_a_time_and_in_bounds() {
    for bounds in [
        Bounds { kept: 2, ..Bounds::default() },
        Bounds { bytes: 1, ..Bounds::default() },
        Bounds { age: Duration::from_millis(300), ..Bounds::default() },
    ] {
        let (client, gate) = gated(bounds);
        gate.is_open.store(true, Relaxed);
        let first = start(&client);
        let begun = Instant::now();
        while client.call("GetQueryResults", &json!({ "queryId": first })).0 == 200 {
            assert!(begun.elapsed() < PATIENCE);
            start(&client);
            std::thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(refusal(&client, "GetQueryResults", json!({ "queryId": first })).0, "ResourceNotFoundException");
    }
}
