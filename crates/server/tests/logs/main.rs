//! The calls that write and read logs, through the router: archive and store as one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod caller;
mod changed;
mod exports;
#[path = "../api/gate.rs"]
mod gate;
mod hostile;
mod nameless;
mod pages;
mod tail;
mod walk;

use plan::Limits;
use serde_json::{Value, json};

use caller::{Caller, NOW, line};

const DAY: i64 = 24 * 3_600_000;

fn names(answer: &Value, list: &str, name: &str) -> Vec<String> {
    let items = answer[list].as_array().unwrap_or_else(|| panic!("{answer}"));
    items.iter().map(|it| it[name].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn what_is_written_is_read_by_every_call() {
    let it = Caller::new(&[("api", &line(NOW - 10, "old", "from the archive"))]);
    let (group, stream) = (json!("/my/app"), json!("2026/01/01/[$LATEST]a"));
    it.done("CreateLogGroup", json!({ "logGroupName": group, "tags": { "team": "blue" } }));
    it.done("CreateLogStream", json!({ "logGroupName": group, "logStreamName": stream }));
    let events = json!([
        { "timestamp": NOW - 2, "message": "{\"level\":\"ERROR\",\"took\":15}" },
        { "timestamp": NOW - 1, "message": "plain \"text\"\nof two lines" },
    ]);
    let put = it.done("PutLogEvents", json!({ "logGroupName": group, "logStreamName": stream, "logEvents": events }));
    assert!(put["nextSequenceToken"].is_string() && put.get("rejectedLogEventsInfo").is_none(), "{put}");

    let groups = it.done("DescribeLogGroups", json!({}));
    assert_eq!(names(&groups, "logGroups", "logGroupName"), ["/my/app", "api"]);
    assert_eq!(groups["logGroups"][0]["creationTime"], NOW);
    assert!(groups["logGroups"][0]["storedBytes"].as_u64().unwrap() > 0);
    let listed = it.done("ListLogGroups", json!({ "logGroupNamePattern": "^/my|nothing" }));
    assert_eq!(names(&listed, "logGroups", "logGroupName"), ["/my/app"]);
    let tagged = it.done("ListLogGroups", json!({ "logGroupTags": [{ "key": "team", "values": ["bl*"] }] }));
    assert_eq!(names(&tagged, "logGroups", "logGroupName"), ["/my/app"]);

    let streams = it.done("DescribeLogStreams", json!({ "logGroupName": group }));
    let described = &streams["logStreams"][0];
    assert_eq!(described["logStreamName"], stream);
    assert_eq!(
        (&described["firstEventTimestamp"], &described["lastEventTimestamp"]),
        (&json!(NOW - 2), &json!(NOW - 1))
    );
    assert_eq!((&described["creationTime"], &described["lastIngestionTime"]), (&json!(NOW), &json!(NOW)));
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/my/app:log-stream:2026/01/01/[$LATEST]a";
    assert_eq!(described["arn"], arn);

    let got = it.done("GetLogEvents", json!({ "logGroupName": group, "logStreamName": stream }));
    assert_eq!(names(&got, "events", "message"), ["{\"level\":\"ERROR\",\"took\":15}", "plain \"text\"\nof two lines"]);
    assert_eq!(got["events"][0]["ingestionTime"], NOW);
    let found = it.done("FilterLogEvents", json!({ "logGroupName": group, "filterPattern": "{ $.took > 10 }" }));
    assert_eq!(names(&found, "events", "logStreamName"), ["2026/01/01/[$LATEST]a"]);
    assert_eq!(found["events"][0]["eventId"].as_str().unwrap().len(), 56);

    let rows = it.query("SOURCE logGroups() | fields @message, @logStream, @log | sort @timestamp");
    let messages: Vec<&str> = rows.iter().map(|it| it[0].as_str()).collect();
    assert_eq!(messages, ["from the archive", "{\"level\":\"ERROR\",\"took\":15}", "plain \"text\"\nof two lines"]);
    assert_eq!(rows[1][1..], ["2026/01/01/[$LATEST]a", "000000000000:/my/app"]);
    assert_eq!(
        it.query("SOURCE '/my/app' | stats count(*), max(took), max(@ingestionTime)"),
        [["2", "15", "2026-01-01 00:00:00.000"]]
    );
}

#[test]
fn groups_and_streams_of_the_archive_were_created_when_their_events_begin() {
    let api = line(NOW - 5, "one", "m") + &line(NOW - 10, "two", "m") + &line(NOW - 3, "two", "m");
    let it = Caller::new(&[("api", &api), ("untimed", "of this nobody knows when it was\n")]);
    let created = |call: &str, list: &str, arguments: Value| {
        let answer = it.done(call, arguments);
        let each = answer[list].as_array().unwrap().iter();
        each.map(|it| it["creationTime"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let groups = || created("DescribeLogGroups", "logGroups", json!({}));
    let streams = |group: &str| created("DescribeLogStreams", "logStreams", json!({ "logGroupName": group }));
    assert_eq!(
        (groups(), streams("api"), streams("untimed")),
        (vec![NOW - 10, NOW], vec![NOW - 5, NOW - 10], vec![NOW])
    );
    let answer = it.done("DescribeLogStreams", json!({ "logGroupName": "api" }));
    let received = answer["logStreams"].as_array().unwrap().iter().map(|it| it["lastIngestionTime"].as_i64());
    assert_eq!(received.collect::<Vec<_>>(), [Some(NOW - 5), Some(NOW - 3)]);
    // What is written to them later does not change that.
    it.done("CreateLogStream", json!({ "logGroupName": "api", "logStreamName": "three" }));
    let event = json!([{ "timestamp": NOW - 20, "message": "older" }]);
    for stream in ["one", "three"] {
        it.done("PutLogEvents", json!({ "logGroupName": "api", "logStreamName": stream, "logEvents": event }));
    }
    assert_eq!((groups(), streams("api")), (vec![NOW - 10, NOW], vec![NOW - 20, NOW, NOW - 10]));
}

#[test]
fn the_archive_takes_more_and_lets_nothing_go() {
    let it = Caller::new(&[("api", &line(NOW - 10, "old", "from the archive"))]);
    let days = json!({ "logGroupName": "api", "retentionInDays": 1 });
    let said = it.fails("PutRetentionPolicy", days, "OperationAbortedException");
    assert!(said.ends_with("whose events are kept for ever"), "{said}");
    it.fails("CreateLogGroup", json!({ "logGroupName": "api" }), "ResourceAlreadyExistsException");
    it.fails(
        "CreateLogStream",
        json!({ "logGroupName": "api", "logStreamName": "old" }),
        "ResourceAlreadyExistsException",
    );
    let events = json!([{ "timestamp": NOW, "message": "added" }]);
    it.done("PutLogEvents", json!({ "logGroupName": "api", "logStreamName": "old", "logEvents": events }));
    it.done("CreateLogStream", json!({ "logGroupName": "api", "logStreamName": "new" }));
    let got = it.done("GetLogEvents", json!({ "logGroupName": "api", "logStreamName": "old" }));
    assert_eq!(names(&got, "events", "message"), ["from the archive", "added"]);
    let streams = it.done("DescribeLogStreams", json!({ "logGroupName": "api" }));
    assert_eq!(names(&streams, "logStreams", "logStreamName"), ["new", "old"]);
    assert_eq!(streams["logStreams"][1]["firstEventTimestamp"], NOW - 10);
    it.fails("DeleteLogGroup", json!({ "logGroupName": "api" }), "OperationAbortedException");
    it.fails("DeleteLogStream", json!({ "logGroupName": "api", "logStreamName": "old" }), "OperationAbortedException");
    it.done("DeleteLogStream", json!({ "logGroupName": "api", "logStreamName": "new" }));
    assert_eq!(names(&it.done("DescribeLogGroups", json!({})), "logGroups", "logGroupName"), ["api"]);
}

#[test]
fn without_a_store_nothing_is_written() {
    let it = Caller::of_archive(&[("api", &line(NOW, "s", "m"))]);
    for (call, arguments) in [
        ("CreateLogGroup", json!({ "logGroupName": "new" })),
        ("CreateLogStream", json!({ "logGroupName": "api", "logStreamName": "t" })),
        ("PutRetentionPolicy", json!({ "logGroupName": "api", "retentionInDays": 7 })),
        ("CreateExportTask", json!({ "logGroupName": "api", "from": 0, "to": 1, "destination": "bucket" })),
    ] {
        let error = it.fails(call, arguments, "OperationAbortedException");
        assert!(error.contains("gw serve --"), "{error}");
    }
    let got = it.done("GetLogEvents", json!({ "logGroupName": "api", "logStreamName": "s" }));
    assert_eq!(names(&got, "events", "message"), ["m"]);
}

#[test]
fn errors_are_called_as_the_service_calls_them() {
    let it = Caller::new(&[]);
    it.done("CreateLogGroup", json!({ "logGroupName": "g" }));
    it.done("CreateLogStream", json!({ "logGroupName": "g", "logStreamName": "s" }));
    let (group, stream) = ("logGroupName", "logStreamName");
    for (call, arguments, error) in [
        ("CreateLogGroup", json!({ group: "g" }), "ResourceAlreadyExistsException"),
        ("CreateLogGroup", json!({ group: "a b" }), "InvalidParameterException"),
        ("CreateLogGroup", json!({ group: "" }), "InvalidParameterException"),
        ("CreateLogGroup", json!({}), "InvalidParameterException"),
        ("CreateLogGroup", json!({ group: "aws/x" }), "InvalidParameterException"),
        ("CreateLogGroup", json!({ group: "x", "logGroupClass": "GOLD" }), "InvalidParameterException"),
        ("CreateLogGroup", json!({ group: "x", "kmsKeyId": "k" }), "InvalidParameterException"),
        ("CreateLogGroup", json!({ group: "x", "tags": { "aws:x": "" } }), "InvalidParameterException"),
        ("CreateLogStream", json!({ group: "g", stream: "s" }), "ResourceAlreadyExistsException"),
        ("CreateLogStream", json!({ group: "g", stream: "a:b" }), "InvalidParameterException"),
        ("CreateLogStream", json!({ group: "h", stream: "s" }), "ResourceNotFoundException"),
        ("PutLogEvents", json!({ group: "g", stream: "s" }), "InvalidParameterException"),
        ("PutLogEvents", json!({ group: "g", stream: "s", "logEvents": [] }), "InvalidParameterException"),
        (
            "PutLogEvents",
            json!({ group: "g", stream: "s", "logEvents": [{ "timestamp": 1 }] }),
            "InvalidParameterException",
        ),
        (
            "PutLogEvents",
            json!({ group: "g", stream: "t", "logEvents": [{ "timestamp": 1, "message": "m" }] }),
            "ResourceNotFoundException",
        ),
        ("DescribeLogStreams", json!({ group: "h" }), "ResourceNotFoundException"),
        ("DescribeLogStreams", json!({}), "InvalidParameterException"),
        ("DescribeLogStreams", json!({ group: "g", "limit": 51 }), "InvalidParameterException"),
        (
            "DescribeLogStreams",
            json!({ group: "g", "orderBy": "LastEventTime", "logStreamNamePrefix": "s" }),
            "InvalidParameterException",
        ),
        ("GetLogEvents", json!({ group: "g", stream: "t" }), "ResourceNotFoundException"),
        ("GetLogEvents", json!({ group: "g", stream: "s", "nextToken": "x" }), "InvalidParameterException"),
        ("GetLogEvents", json!({ group: "g", stream: "s", "limit": 0 }), "InvalidParameterException"),
        ("FilterLogEvents", json!({ group: "g", "filterPattern": "user.id" }), "InvalidParameterException"),
        ("FilterLogEvents", json!({ group: "g", "logStreamNames": ["t"] }), "ResourceNotFoundException"),
        (
            "FilterLogEvents",
            json!({ group: "g", "logStreamNames": ["s"], "logStreamNamePrefix": "s" }),
            "InvalidParameterException",
        ),
        ("FilterLogEvents", json!({ group: "g", "startTime": 2, "endTime": 1 }), "InvalidParameterException"),
        ("PutRetentionPolicy", json!({ group: "g", "retentionInDays": 2 }), "InvalidParameterException"),
        ("PutRetentionPolicy", json!({ group: "h", "retentionInDays": 7 }), "ResourceNotFoundException"),
        ("DeleteLogGroup", json!({ group: "h" }), "ResourceNotFoundException"),
        ("DeleteLogStream", json!({ group: "g", stream: "t" }), "ResourceNotFoundException"),
        (
            "ListTagsForResource",
            json!({ "resourceArn": "arn:aws:logs:us-east-1:000000000000:log-group:h" }),
            "ResourceNotFoundException",
        ),
        ("TagResource", json!({ "resourceArn": "g", "tags": { "a": "b" } }), "InvalidParameterException"),
        ("ListLogGroups", json!({ "logGroupNamePattern": "a" }), "InvalidParameterException"),
        ("DescribeLogGroups", json!({ "logGroupNamePrefix": "" }), "InvalidParameterException"),
        (
            "DescribeLogGroups",
            json!({ "logGroupIdentifiers": ["g"], "logGroupNamePrefix": "g" }),
            "InvalidParameterException",
        ),
        ("UntagLogGroup", json!({ group: "g", "tags": [] }), "InvalidParameterException"),
        ("CancelExportTask", json!({ "taskId": "none" }), "ResourceNotFoundException"),
        ("PutSubscriptionFilter", json!({}), "UnknownOperationException"),
    ] {
        it.fails(call, arguments, error);
    }
    let said = it.fails(
        "FilterLogEvents",
        json!({ "logGroupName": "g", "filterPattern": "user.id" }),
        "InvalidParameterException",
    );
    assert!(said.starts_with("Invalid filter pattern: invalid character `.` in the term `user.id`"), "{said}");
}

#[test]
fn events_that_are_too_new_or_have_expired_are_rejected_and_old_ones_taken() {
    let it = Caller::new(&[]);
    it.done("CreateLogGroup", json!({ "logGroupName": "g" }));
    it.done("CreateLogStream", json!({ "logGroupName": "g", "logStreamName": "s" }));
    let put = |times: &[i64]| {
        let events: Vec<Value> =
            times.iter().map(|it| json!({ "timestamp": it, "message": format!("at {it}") })).collect();
        it.done("PutLogEvents", json!({ "logGroupName": "g", "logStreamName": "s", "logEvents": events }))
    };
    assert!(put(&[NOW - 365 * DAY]).get("rejectedLogEventsInfo").is_none());
    let new = put(&[NOW, NOW + DAY]);
    assert_eq!(new["rejectedLogEventsInfo"], json!({ "tooNewLogEventStartIndex": 1 }));
    it.done("PutRetentionPolicy", json!({ "logGroupName": "g", "retentionInDays": 7 }));
    let expired = put(&[NOW - 8 * DAY, NOW - 1]);
    assert_eq!(expired["rejectedLogEventsInfo"], json!({ "expiredLogEventEndIndex": 1 }));
    let read = || {
        let got = it.done("FilterLogEvents", json!({ "logGroupName": "g" }));
        let times: Vec<i64> =
            got["events"].as_array().unwrap().iter().map(|it| it["timestamp"].as_i64().unwrap()).collect();
        assert_eq!(it.query("SOURCE 'g' | stats count(*)"), [[times.len().to_string()]]);
        times
    };
    assert_eq!(read(), [NOW - 1, NOW]);
    assert_eq!(it.done("DescribeLogGroups", json!({}))["logGroups"][0]["retentionInDays"], 7);
    it.done("DeleteRetentionPolicy", json!({ "logGroupName": "g" }));
    assert_eq!(read(), [NOW - 365 * DAY, NOW - 1, NOW]);
    let entity = json!({ "keyAttributes": { "Type": "Service", "Name": "x" } });
    let event = json!([{ "timestamp": NOW, "message": "m" }]);
    let put = it.done(
        "PutLogEvents",
        json!({ "logGroupName": "g", "logStreamName": "s", "logEvents": event, "entity": entity }),
    );
    assert!(put["rejectedEntityInfo"]["errorType"].is_string());
}

#[test]
fn tags_and_protection_are_kept() {
    let it = Caller::new(&[("api", &line(NOW, "s", "m"))]);
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:api";
    let tags = || it.done("ListTagsForResource", json!({ "resourceArn": arn }))["tags"].clone();
    assert_eq!(tags(), json!({}));
    it.done("TagResource", json!({ "resourceArn": arn, "tags": { "team": "blue", "cost center": "1" } }));
    it.done("TagLogGroup", json!({ "logGroupName": "api", "tags": { "team": "red" } }));
    assert_eq!(tags(), json!({ "cost center": "1", "team": "red" }));
    it.done("UntagResource", json!({ "resourceArn": arn, "tagKeys": ["cost center", "none"] }));
    assert_eq!(it.done("ListTagsLogGroup", json!({ "logGroupName": "api" }))["tags"], json!({ "team": "red" }));
    it.done("UntagLogGroup", json!({ "logGroupName": "api", "tags": ["team"] }));
    assert_eq!(tags(), json!({}));
    let many = |count: usize| (0..count).map(|it| (format!("k{it}"), json!(""))).collect::<serde_json::Map<_, _>>();
    for count in [0, 51] {
        it.fails("TagResource", json!({ "resourceArn": arn, "tags": many(count) }), "InvalidParameterException");
    }
    it.done("TagResource", json!({ "resourceArn": format!("{arn}:*"), "tags": many(50) }));
    let one_more = json!({ "resourceArn": arn, "tags": { "one": "more" } });
    it.fails("TagResource", one_more, "TooManyTagsException");
    assert_eq!(tags().as_object().unwrap().len(), 50);

    it.done(
        "CreateLogGroup",
        json!({ "logGroupName": "g", "deletionProtectionEnabled": true, "logGroupClass": "INFREQUENT_ACCESS" }),
    );
    let described = it.done("DescribeLogGroups", json!({ "logGroupClass": "INFREQUENT_ACCESS" }));
    assert_eq!(names(&described, "logGroups", "logGroupName"), ["g"]);
    assert_eq!(described["logGroups"][0]["deletionProtectionEnabled"], true);
    it.fails("DeleteLogGroup", json!({ "logGroupName": "g" }), "ValidationException");
    it.done("PutLogGroupDeletionProtection", json!({ "logGroupIdentifier": "g", "deletionProtectionEnabled": false }));
    it.done("DeleteLogGroup", json!({ "logGroupName": "g" }));
    it.fails("DeleteLogGroup", json!({ "logGroupName": "g" }), "ResourceNotFoundException");
}

#[test]
fn a_log_group_of_infrequent_access_refuses_what_its_class_refuses() {
    let groups = [("api", line(NOW - 1, "s", "a message"))];
    let archive = [(groups[0].0, groups[0].1.as_str())];
    let infrequent = json!({ "logGroupName": "rare", "logGroupClass": "INFREQUENT_ACCESS" });
    let asked = |names: Value, text: &str| json!({ "logGroupNames": names, "queryString": text, "startTime": 0, "endTime": NOW / 1000 });
    let it = Caller::new(&archive);
    it.done("CreateLogGroup", infrequent.clone());
    for (text, word) in [
        ("pattern @message", "pattern"),
        ("diff", "diff"),
        ("filterIndex level = 'ERROR'", "filterIndex"),
        ("fields unmask(@message)", "unmask"),
    ] {
        for names in [json!(["rare"]), json!(["api", "rare"])] {
            let said = it.fails("StartQuery", asked(names.clone(), text), "MalformedQueryException");
            assert!(said.contains("Infrequent Access") && said.contains(word), "{names} {text}: {said}");
        }
    }
    let source = |text: &str| json!({ "queryString": text, "startTime": 0, "endTime": NOW / 1000 });
    for groups in ["'rare'", "logGroups()", "logGroups(namePrefix: ['ra'])", "logGroups(class: ['INFREQUENT_ACCESS'])"]
    {
        let text = format!("SOURCE {groups} | pattern @message");
        let said = it.fails("StartQuery", source(&text), "MalformedQueryException");
        assert!(said.contains("Infrequent Access"), "{text}: {said}");
    }
    for groups in ["'api'", "logGroups(namePrefix: ['a'])", "logGroups(class: ['STANDARD'])"] {
        it.done("StartQuery", source(&format!("SOURCE {groups} | pattern @message")));
    }
    it.done("StartQuery", asked(json!(["api", "rare"]), "stats count(*)"));
    it.done("StartQuery", asked(json!(["api"]), "pattern @message"));
    let lenient = Caller::within(&archive, Limits::Ours);
    lenient.done("CreateLogGroup", infrequent);
    lenient.done("StartQuery", asked(json!(["api", "rare"]), "pattern @message"));
}

#[test]
fn a_source_chooses_log_groups_by_their_class() {
    let it = Caller::new(&[]);
    for (group, class) in [("/a/rare", "INFREQUENT_ACCESS"), ("/a/usual", "STANDARD")] {
        it.done("CreateLogGroup", json!({ "logGroupName": group, "logGroupClass": class }));
        it.done("CreateLogStream", json!({ "logGroupName": group, "logStreamName": "s" }));
        let events = json!([{ "timestamp": NOW - 1, "message": group }]);
        it.done("PutLogEvents", json!({ "logGroupName": group, "logStreamName": "s", "logEvents": events }));
    }
    for (chosen, messages) in [
        ("class: ['STANDARD']", &["/a/usual"][..]),
        ("class: ['INFREQUENT_ACCESS']", &["/a/rare"]),
        ("class: ['STANDARD', 'INFREQUENT_ACCESS']", &["/a/rare", "/a/usual"]),
        ("namePrefix: ['/a/r'], class: ['STANDARD']", &[]),
    ] {
        let rows = it.query(&format!("SOURCE logGroups({chosen}) | fields @message | sort @message asc"));
        let found: Vec<&str> = rows.iter().map(|it| it[0].as_str()).collect();
        assert_eq!(found, messages, "{chosen}");
    }
}
