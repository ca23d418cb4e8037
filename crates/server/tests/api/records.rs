//! Single events and the fields of many.

use serde_json::{Value, json};

use crate::{NOON, ask, client, query, refusal, run};

#[test]
fn a_pointer_leads_back_to_its_event() {
    let client = client();
    let (_, answer) = run(&client, query("fields level | sort @timestamp desc"));
    for (number, row) in answer["results"].as_array().unwrap().iter().enumerate() {
        let minute = 4 - number;
        let pointer = &row[1]["value"];
        let found = ask(&client, "GetLogRecord", json!({ "logRecordPointer": pointer, "unmask": false }));
        let level = if minute % 2 == 0 { "INFO" } else { "ERROR" };
        let record = json!({
            "@ptr": pointer,
            "@log": "000000000000:/aws/lambda/api",
            "@logStream": "one",
            "@timestamp": (NOON - 600_000 + minute as i64 * 60_000).to_string(),
            "@message": format!("{{\"level\":\"{level}\",\"took\":{minute}.5}}"),
            "level": level,
            "took": format!("{minute}.5"),
        });
        for (name, value) in record.as_object().unwrap() {
            assert_eq!(&found["logRecord"][name], value, "{name}");
        }
    }
    let nowhere = value::batch::pointer(u64::MAX);
    assert_eq!(refusal(&client, "GetLogRecord", json!({ "logRecordPointer": nowhere })).0, "ResourceNotFoundException");
    for pointer in ["", "x", "AAAAAAAAAAA", "../../etc/passwd"] {
        let found = refusal(&client, "GetLogRecord", json!({ "logRecordPointer": pointer }));
        assert_eq!(found.0, "InvalidParameterException");
    }
}

#[test]
fn fields_are_counted_around_a_time() {
    let client = client();
    let fields = |arguments: Value| -> Vec<(String, i64)> {
        let found = ask(&client, "GetLogGroupFields", arguments);
        let each = found["logGroupFields"].as_array().unwrap().iter();
        each.map(|it| (it["name"].as_str().unwrap().to_owned(), it["percent"].as_i64().unwrap())).collect()
    };
    let found = fields(json!({ "logGroupName": "/aws/lambda/api" }));
    for name in ["@timestamp", "@message", "@logStream", "@log", "level", "took"] {
        assert!(found.contains(&(name.to_owned(), 100)), "{name}: {found:?}");
    }
    assert!(found.iter().all(|it| it.0 != "@ingestionTime"), "{found:?}");
    assert!(found.is_sorted_by(|a, b| a.1 >= b.1));
    let around = |time: i64| fields(json!({ "logGroupIdentifier": "/aws/lambda/api", "time": time })).len();
    assert_eq!(around(NOON / 1000 + 1000), 0);
    assert!(around(NOON / 1000 - 600) > 5);
    for arguments in [json!({}), json!({ "logGroupName": "old", "logGroupIdentifier": "old" })] {
        assert_eq!(refusal(&client, "GetLogGroupFields", arguments).0, "InvalidParameterException");
    }
    assert_eq!(refusal(&client, "GetLogGroupFields", json!({ "logGroupName": "x" })).0, "ResourceNotFoundException");
}

#[test]
fn fields_of_a_data_source_have_types() {
    use std::sync::Arc;

    use source::{DataSource, Memory};

    let source = DataSource { name: String::from("shop"), kind: String::from("orders") };
    let line = &b"2026-01-01T00:00:00.000Z {\"id\":7,\"paid\":true,\"by\":\"card\"}\n"[..];
    let logs = Memory::new().file("a/0", Some("shop"), line).of_source(&source).file("b/0", Some("other"), line);
    let client = crate::client::Client::new(Arc::new(logs), crate::options()).unwrap();
    let asked = json!({ "dataSourceName": "shop", "dataSourceType": "orders" });
    let found = ask(&client, "GetLogFields", asked);
    for (name, kind) in [("id", "number"), ("paid", "number"), ("by", "string")] {
        let field = json!({ "logFieldName": name, "logFieldType": { "type": kind } });
        assert!(found["logFields"].as_array().unwrap().contains(&field), "{name}: {found}");
    }
    let other = json!({ "dataSourceName": "shop", "dataSourceType": "carts" });
    assert_eq!(refusal(&client, "GetLogFields", other).0, "ResourceNotFoundException");
    assert_eq!(refusal(&client, "GetLogFields", json!({ "dataSourceName": "x" })).0, "InvalidParameterException");
}

#[test]
fn log_groups_are_described_by_what_is_asked() {
    let client = client();
    let names = |arguments: Value| -> Vec<Value> {
        let found = ask(&client, "DescribeLogGroups", arguments);
        found["logGroups"].as_array().unwrap().iter().map(|it| it["logGroupName"].clone()).collect()
    };
    assert_eq!(names(json!({})), ["/aws/lambda/api", "/aws/lambda/web", "old"]);
    assert_eq!(names(json!({ "logGroupNamePrefix": "/aws/lambda/w" })), ["/aws/lambda/web"]);
    assert_eq!(names(json!({ "logGroupNamePattern": "lambda/a" })), ["/aws/lambda/api"]);
    assert_eq!(names(json!({ "logGroupNamePattern": "Lambda" })).len(), 0);
    assert_eq!(names(json!({ "logGroupClass": "INFREQUENT_ACCESS" })).len(), 0);
    assert_eq!(names(json!({ "logGroupIdentifiers": ["old"] })), ["old"]);
    let first = ask(&client, "DescribeLogGroups", json!({ "limit": 2 }));
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/api";
    assert_eq!(
        (&first["logGroups"][0]["logGroupArn"], &first["logGroups"][0]["arn"]),
        (&json!(arn), &json!(format!("{arn}:*")))
    );
    assert_eq!(names(json!({ "limit": 2, "nextToken": first["nextToken"] })), ["old"]);
    let both = json!({ "logGroupNamePrefix": "a", "logGroupNamePattern": "b" });
    assert_eq!(refusal(&client, "DescribeLogGroups", both).0, "InvalidParameterException");
    assert_eq!(refusal(&client, "DescribeLogGroups", json!({ "limit": 51 })).0, "InvalidParameterException");
}
