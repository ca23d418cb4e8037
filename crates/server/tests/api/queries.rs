//! Queries: what StartQuery takes, and what is told of queries afterwards.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use server::Options;
use source::Memory;

use crate::client::Client;
use crate::{NOON, ask, client, options, query, refusal, run};

fn with(mut arguments: Value, name: &str, value: Value) -> Value {
    match value {
        Value::Null => _ = arguments.as_object_mut().unwrap().remove(name),
        it => arguments[name] = it,
    }
    arguments
}

#[test]
fn log_groups_are_named_in_four_ways() {
    let client = client();
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/api";
    let bare = with(query("stats count(*) as n"), "logGroupName", Value::Null);
    for (way, value) in [
        ("logGroupName", json!("/aws/lambda/api")),
        ("logGroupNames", json!(["/aws/lambda/api"])),
        ("logGroupIdentifiers", json!(["/aws/lambda/api"])),
        ("logGroupIdentifiers", json!([arn])),
        ("queryString", json!("source '/aws/lambda/api' | stats count(*) as n")),
    ] {
        let (_, answer) = run(&client, with(bare.clone(), way, value));
        assert_eq!(answer["results"], json!([[{ "field": "n", "value": "5" }]]), "{way}");
    }
    let (_, both) = run(&client, with(bare.clone(), "logGroupNames", json!(["/aws/lambda/api", "/aws/lambda/web"])));
    assert_eq!(both["results"][0][0]["value"], "6");
    assert_eq!(both["statistics"]["logGroupsScanned"], json!(2.0));
    let missing = with(bare.clone(), "logGroupName", json!("/aws/lambda/app"));
    let (name, message) = refusal(&client, "StartQuery", missing);
    assert_eq!(name, "ResourceNotFoundException");
    assert_eq!(message, "Log group '/aws/lambda/app' does not exist for account ID '000000000000'");
    let elsewhere = json!(["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/api"]);
    let (name, message) = refusal(&client, "StartQuery", with(bare.clone(), "logGroupIdentifiers", elsewhere));
    assert_eq!((name.as_str(), message.contains("123456789012")), ("ResourceNotFoundException", true));
    let unnamed = refusal(&client, "StartQuery", with(bare.clone(), "queryString", json!("source 'nosuch' | limit 1")));
    assert_eq!(unnamed.1, "Log group 'nosuch' does not exist for account ID '000000000000'");
    for (way, value) in [
        ("limit", json!(1)),
        ("logGroupNames", json!([])),
        ("logGroupNames", json!(vec!["old"; 51])),
        ("logGroupName", json!("")),
        ("logGroupName", json!(arn)),
        ("logGroupNames", json!([arn])),
        ("logGroupIdentifiers", json!([arn.replace("log-group", "lookup-table")])),
    ] {
        assert_eq!(refusal(&client, "StartQuery", with(bare.clone(), way, value)).0, "InvalidParameterException");
    }
    let all_streams = json!([format!("{arn}:*")]);
    let (name, message) = refusal(&client, "StartQuery", with(bare.clone(), "logGroupIdentifiers", all_streams));
    assert_eq!(name, "InvalidParameterException");
    assert!(message.ends_with("must satisfy regular expression pattern: [\\w#+=/:,.@-]*"), "{message}");
    let of_other_region = json!([arn.replace("us-east-1", "eu-west-1")]);
    let (name, message) = refusal(&client, "StartQuery", with(bare.clone(), "logGroupIdentifiers", of_other_region));
    assert_eq!(name, "InvalidParameterException");
    assert!(message.ends_with("is of another Region than this call, which is for us-east-1"), "{message}");
    let twice = with(query("limit 1"), "logGroupNames", json!(["old"]));
    assert_eq!(refusal(&client, "StartQuery", twice).0, "InvalidParameterException");
    let twice = query("source 'old' | limit 1");
    assert_eq!(refusal(&client, "StartQuery", twice).0, "InvalidParameterException");
}

#[test]
fn arguments_are_held_to_their_bounds() {
    let client = client();
    for (name, value) in [
        ("limit", json!(0)),
        ("limit", json!(100_001)),
        ("startTime", json!(-1)),
        ("startTime", json!(NOON / 1000 + 1)),
        ("startTime", Value::Null),
        ("endTime", Value::Null),
        ("queryString", Value::Null),
        ("queryString", json!("#".repeat(10_001))),
        ("queryLanguage", json!("cwli")),
        ("queryLanguage", json!("SQL")),
        ("queryLanguage", json!("PPL")),
    ] {
        let found = refusal(&client, "StartQuery", with(query("limit 1"), name, value.clone()));
        assert_eq!(found.0, "InvalidParameterException", "{name} {value}");
    }
    for (name, value) in [("startTime", json!("yesterday")), ("limit", json!(1.5)), ("logGroupNames", json!("old"))] {
        let found = refusal(&client, "StartQuery", with(query("limit 1"), name, value.clone()));
        assert_eq!(found.0, "SerializationException", "{name} {value}");
        assert!(found.1.starts_with(&format!("{name}: invalid ")), "{}", found.1);
    }
    let (_, answer) = run(&client, with(query("limit 3"), "limit", json!(2)));
    assert_eq!(answer["results"].as_array().unwrap().len(), 2);
    let (_, answer) = run(&client, with(query("limit 1"), "limit", json!(2)));
    assert_eq!(answer["results"].as_array().unwrap().len(), 1);
}

#[test]
fn what_has_no_time_lies_in_a_range_from_the_beginning() {
    let untimed = "nobody knows when\n2026-01-01T11:50:00.000Z then\n2026-01-01T11:55:00.000Z later\n";
    let archive = Memory::new().file("exports/api/one/000000", Some("/aws/lambda/api"), untimed.as_bytes());
    let client = Client::new(Arc::new(archive), options()).unwrap();
    let messages = |start: i64, end: i64| {
        let text = "fields @message | sort @timestamp asc | display @message";
        let ranged = with(with(query(text), "startTime", json!(start)), "endTime", json!(end));
        let (_, answer) = run(&client, ranged);
        let rows = answer["results"].as_array().unwrap().iter();
        rows.map(|it| it[0]["value"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let [then, noon] = [NOON / 1000 - 600, NOON / 1000];
    assert_eq!(messages(0, noon).len(), 3);
    // Its end holds for what has a time.
    assert_eq!(messages(0, then + 60), ["nobody knows when", "then"]);
    assert_eq!(messages(1, then + 60), ["then"]);
}

#[test]
fn what_could_not_be_read_and_what_is_doubted_stands_beside_the_answer() {
    static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let tell = |it: &str| TOLD.lock().unwrap().push(it.to_owned());
    let damaged = b"2026-01-01T11:50:00.000Z \xff\xfe one\n2026-01-01T11:51:00.000Z two\n";
    let archive = Memory::new().file("exports/api/one/000000", Some("/aws/lambda/api"), &damaged[..]);
    let client = Client::new(Arc::new(archive), Options { tell, ..options() }).unwrap();
    for _ in 0..2 {
        let (_, answer) = run(&client, query("fields 1 as unread | stats count(strlen(@message)) as n"));
        assert_eq!(answer["results"][0][0]["value"], "2");
        let notes = answer["diagnostics"].as_array().unwrap();
        let notes: Vec<&str> = notes.iter().map(|it| it.as_str().unwrap()).collect();
        assert!(notes[0].starts_with("warning[unused-alias]"), "{notes:?}");
        assert!(notes[1].contains("000000: bytes that are no UTF-8"), "{notes:?}");
    }
    ask(&client, "FilterLogEvents", json!({ "logGroupName": "/aws/lambda/api" }));
    let told = TOLD.lock().unwrap();
    assert_eq!(told.iter().filter(|it| it.contains("no UTF-8")).count(), 1, "{told:?}");
    let (_, answer) = run(&self::client(), query("stats count(*) as n"));
    assert!(answer.get("diagnostics").is_none());
    // The names that Grafana puts before a query are read by nobody.
    let (_, answer) = run(&self::client(), query("fields @log as __log__grafana_internal__ | stats count(*) as n"));
    assert!(answer.get("diagnostics").is_none());
}

#[test]
fn of_very_many_damaged_files_some_stand_beside_the_answer() {
    let damaged = b"2026-01-01T11:50:00.000Z \xff\n";
    let archive = (0..150).fold(Memory::new(), |archive, it| {
        archive.file(&format!("exports/api/one/{it:06}"), Some("/aws/lambda/api"), &damaged[..])
    });
    let client = Client::new(Arc::new(archive), options()).unwrap();
    let (_, answer) = run(&client, query("stats count(strlen(@message)) as n"));
    assert_eq!(answer["results"][0][0]["value"], "150");
    let notes = answer["diagnostics"].as_array().unwrap();
    assert_eq!((notes.len(), &notes[100]), (101, &json!("warning: 50 more like these")));
}

#[test]
fn the_range_is_of_whole_seconds_and_may_be_milliseconds() {
    let client = client();
    let count = |start: i64, end: i64| {
        let ranged = with(with(query("stats count(*)"), "startTime", json!(start)), "endTime", json!(end));
        run(&client, ranged).1["results"][0][0]["value"].clone()
    };
    let minute = |it: i64| NOON / 1000 - 600 + it * 60;
    assert_eq!(count(minute(1), minute(3)), "3");
    assert_eq!(count(minute(1) + 1, minute(3) - 1), "1");
    assert_eq!(count(minute(1) * 1000, minute(3) * 1000), "3");
    assert_eq!(count(1, 2), "0");
}

#[test]
fn a_query_that_cannot_be_compiled_says_where() {
    let client = client();
    let (status, answer) = client.call("StartQuery", &query("fields @message | feilds x"));
    assert_eq!((status, &answer["__type"]), (400, &json!("MalformedQueryException")));
    let hidden = 50 + "/aws/lambda/api".len();
    let message = format!("unexpected symbol found feilds at line 1 and position {}", hidden + 18);
    let location = json!({ "startCharOffset": hidden + 18, "endCharOffset": hidden + 24 });
    assert_eq!(answer["message"], json!(message));
    assert_eq!(answer["queryCompileError"], json!({ "location": location, "message": message }));
    assert!(answer["diagnostics"][0].as_str().unwrap().contains("a command with a similar name: `fields`"));
}

#[test]
fn pages_are_of_one_query_and_lead_to_its_end() {
    let client = client();
    let (id, whole) = run(&client, query("fields took | sort took asc"));
    let first = ask(&client, "GetQueryResults", json!({ "queryId": id, "maxItems": 2 }));
    assert_eq!(first["results"].as_array().unwrap().len(), 2);
    assert_eq!(first["statistics"], whole["statistics"]);
    let token = &first["nextToken"];
    let second = ask(&client, "GetQueryResults", json!({ "queryId": id, "maxItems": 9, "nextToken": token }));
    assert_eq!(second["results"].as_array().unwrap()[..], whole["results"].as_array().unwrap()[2..]);
    assert!(second.get("nextToken").is_none());
    let (other, _) = run(&client, query("limit 4"));
    for (id, token) in [(&other, token.clone()), (&id, json!("x")), (&id, json!(""))] {
        let found = refusal(&client, "GetQueryResults", json!({ "queryId": id, "nextToken": token }));
        assert_eq!(found.0, "InvalidParameterException");
    }
    let found = refusal(&client, "GetQueryResults", json!({ "queryId": "nosuch" }));
    assert_eq!(found.0, "ResourceNotFoundException");
    assert_eq!(refusal(&client, "GetQueryResults", json!({})).0, "InvalidParameterException");
    let found = refusal(&client, "GetQueryResults", json!({ "queryId": id, "maxItems": 10_001 }));
    assert_eq!(found.0, "InvalidParameterException");
}

#[test]
fn queries_that_have_ended_are_told_of() {
    let client = client();
    let (first, answer) = run(&client, query("limit 1"));
    let named =
        json!({ "queryString": "source logGroups(namePrefix: ['/aws']) | limit 1", "startTime": 0, "endTime": 9 });
    let (second, _) = run(&client, named);
    let all = ask(&client, "DescribeQueries", json!({}));
    let ids: Vec<&Value> = all["queries"].as_array().unwrap().iter().map(|it| &it["queryId"]).collect();
    assert_eq!(ids, [&json!(second), &json!(first)]);
    let told = &all["queries"][1];
    assert_eq!(told["queryString"], "limit 1");
    assert_eq!((&told["status"], &told["queryLanguage"]), (&json!("Complete"), &json!("CWLI")));
    assert_eq!((&told["createTime"], &told["logGroupName"]), (&json!(NOON), &json!("/aws/lambda/api")));
    assert_eq!(told["bytesScanned"], answer["statistics"]["bytesScanned"]);
    assert!(told["queryDuration"].is_u64());
    let count = |arguments: Value| ask(&client, "DescribeQueries", arguments)["queries"].as_array().unwrap().len();
    assert_eq!(count(json!({ "logGroupName": "/aws/lambda/api" })), 2);
    assert_eq!(count(json!({ "logGroupName": "old" })), 0);
    assert_eq!(count(json!({ "status": "Running" })), 0);
    assert_eq!(count(json!({ "queryLanguage": "SQL" })), 0);
    let page = ask(&client, "DescribeQueries", json!({ "maxResults": 1 }));
    let rest = ask(&client, "DescribeQueries", json!({ "maxResults": 1, "nextToken": page["nextToken"] }));
    assert_eq!((&page["queries"][0]["queryId"], &rest["queries"][0]["queryId"]), (ids[0], ids[1]));
    assert!(rest.get("nextToken").is_none());
    let stale = json!({ "status": "Complete", "nextToken": page["nextToken"] });
    assert_eq!(refusal(&client, "DescribeQueries", stale).0, "InvalidParameterException");
    assert_eq!(refusal(&client, "DescribeQueries", json!({ "status": "Done" })).0, "InvalidParameterException");
    let read = ask(&client, "ListLogGroupsForQuery", json!({ "queryId": second }));
    let arn = |name: &str| format!("arn:aws:logs:us-east-1:000000000000:log-group:{name}");
    assert_eq!(read["logGroupIdentifiers"], json!([arn("/aws/lambda/api"), arn("/aws/lambda/web")]));
    assert_eq!(refusal(&client, "ListLogGroupsForQuery", json!({ "queryId": "no" })).0, "ResourceNotFoundException");
}

#[test]
fn a_query_of_grafana_runs_as_it_is() {
    let prefix = "fields @timestamp,ltrim(@log) as __log__grafana_internal__,ltrim(@logStream) as __logstream__grafana_internal__|";
    let (_, answer) = run(&client(), query(&format!("{prefix}fields level | sort @timestamp asc | limit 1")));
    let field = |name: &str, value: &str| json!({ "field": name, "value": value });
    let row = answer["results"][0].as_array().unwrap();
    assert_eq!(row[0], field("@timestamp", "2026-01-01 11:50:00.000"));
    assert_eq!(row[1], field("__log__grafana_internal__", "000000000000:/aws/lambda/api"));
    assert_eq!(row[2], field("__logstream__grafana_internal__", "one"));
    assert_eq!(row[3], field("level", "INFO"));
}
