//! Arguments that no honest client sends: whatever they are, there is an answer, or an error that says what is wrong.

use serde_json::{Value, json};

use super::caller::{Caller, NOW, line};

/// The arguments of all operations, each as some operation takes it. An operation passes over those that it does not know.
fn arguments() -> Value {
    let text = r#"{
        "logGroupName": "api", "logStreamName": "s", "startTime": 0, "endTime": NOW, "queryString": "limit 1",
        "limit": 1, "maxResults": 1, "maxItems": 1, "time": 1767225600, "filterPattern": "a", "startFromHead": true,
        "logStreamNamePrefix": "s", "orderBy": "LogStreamName", "descending": true, "from": 0, "to": NOW,
        "destination": "bucket", "destinationPrefix": "p", "taskName": "t", "taskId": "t", "statusCode": "RUNNING",
        "name": "n", "queryDefinitionId": "d", "queryDefinitionNamePrefix": "n", "lookupTableName": "t",
        "tableBody": "a\n1", "lookupTableNamePrefix": "t", "description": "d", "status": "Running", "queryId": "q",
        "lookupTableArn": "arn:aws:logs:us-east-1:000000000000:lookup-table:t", "queryLanguage": "CWLI",
        "resourceArn": "arn:aws:logs:us-east-1:000000000000:log-group:api", "tags": { "a": "b" }, "tagKeys": ["a"],
        "retentionInDays": 7, "logEvents": [{ "timestamp": NOW, "message": "m" }], "logRecordPointer": "p",
        "dataSourceName": "a", "dataSourceType": "b", "logGroupNamePattern": "api", "includeLinkedAccounts": true,
        "accountIdentifiers": ["000000000000"], "logGroupClass": "STANDARD", "deletionProtectionEnabled": false
    }"#;
    serde_json::from_str(&text.replace("NOW", &NOW.to_string())).unwrap()
}

/// Other ways to name log groups, streams and places.
const INSTEAD: [&str; 6] =
    ["logGroupNames", "logGroupIdentifiers", "logGroupIdentifier", "logStreamNames", "nextToken", "logGroupNamePrefix"];

fn odd() -> Vec<Value> {
    let deep = (0..100).fold(json!(1), |deep, _| json!([deep]));
    vec![
        json!(i64::MAX),
        json!(i64::MIN),
        json!(i64::MAX / 1000),
        json!(u64::MAX),
        json!(1e308),
        json!(""),
        json!("../..\0\u{202e}%2e%2e"),
        json!("é".repeat(3_000)),
        json!(["", "api", "arn:aws:logs"]),
        json!([{ "timestamp": i64::MAX, "message": "\0" }, { "timestamp": 0, "message": "m" }]),
        json!({ "": "", "aws:x": null }),
        deep,
        Value::Null,
    ]
}

#[test]
fn a_token_that_is_no_text_is_no_argument_of_any_list() {
    let it = Caller::new(&[("api", &line(NOW - 10, "s", "m"))]);
    let id = it.done("StartQuery", json!({ "queryString": "SOURCE 'api'", "startTime": 0, "endTime": 1 }))["queryId"]
        .clone();
    for call in [
        "DescribeExportTasks",
        "DescribeLogGroups",
        "DescribeLogStreams",
        "DescribeLookupTables",
        "DescribeQueries",
        "DescribeQueryDefinitions",
        "FilterLogEvents",
        "GetLogEvents",
        "GetQueryResults",
        "ListLogGroups",
    ] {
        let with = |token: Value| {
            let mut arguments = json!({ "nextToken": token, "queryId": id });
            if !call.ends_with("LogGroups") && !call.ends_with("Queries") {
                arguments["logGroupName"] = json!("api");
                arguments["logStreamName"] = json!("s");
            }
            arguments
        };
        it.done(call, with(Value::Null));
        for odd in [json!(5), json!(true), json!(["5"]), json!({ "a": "5" })] {
            it.fails(call, with(odd), "SerializationException");
        }
    }
}

#[test]
fn no_argument_breaks_an_operation() {
    let it = Caller::new(&[("api", &line(NOW - 10, "s", "{\"a\":1}"))]);
    let whole = arguments();
    let names = whole.as_object().unwrap().keys().map(String::as_str).chain(INSTEAD);
    for name in names {
        for odd in odd() {
            let mut arguments = whole.clone();
            if name.starts_with("logGroup") {
                arguments.as_object_mut().unwrap().remove("logGroupName");
            }
            arguments[name] = odd;
            for action in server::action::ALL {
                let (status, answer) = it.call(action.name, &arguments);
                assert!(status == 200 || status == 400, "{} {arguments}: {status} {answer}", action.name);
            }
        }
    }
}
