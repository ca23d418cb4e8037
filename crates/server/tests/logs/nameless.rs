//! Events that no log stream is named of: each is of the one stream that they share, whichever call asks.

use serde_json::{Value, json};

use super::caller::{Caller, NOW, line};
use super::names;
use super::tail::Frames;

/// A file of CloudTrail, with records of these seconds before [`NOW`].
fn trail(seconds: &[i64]) -> String {
    let record = |it: &i64| {
        let time = format!("{}Z", value::time::print(NOW - it * 1_000).replace(' ', "T"));
        json!({ "eventVersion": "1.08", "eventTime": time, "eventID": it.to_string(), "eventName": "GetUser" })
    };
    // The order of keys is what tells such files.
    let text = |it: Value| format!("{{\"eventVersion\":\"1.08\",{}", &it.to_string()[1..]);
    format!("{{\"Records\":[{}]}}", seconds.iter().map(record).map(text).collect::<Vec<_>>().join(","))
}

/// JSON lines of a service of one's own, of these seconds before [`NOW`].
fn lines(seconds: &[i64]) -> String {
    let line = |it: &i64| {
        let time = format!("{}Z", value::time::print(NOW - it * 1_000).replace(' ', "T"));
        format!("{}\n", json!({ "timestamp": time, "level": "INFO", "number": it }))
    };
    seconds.iter().map(line).collect()
}

fn archives() -> [String; 2] {
    [trail(&[5, 9, 7]), lines(&[5, 9, 7])]
}

fn times(answer: &Value) -> Vec<i64> {
    answer["events"].as_array().unwrap().iter().map(|it| it["timestamp"].as_i64().unwrap()).collect()
}

#[test]
fn they_are_of_one_stream_for_every_call() {
    for text in archives() {
        let it = Caller::new(&[("api", &text)]);
        let call = |operation: &str, more: Value| {
            let mut arguments = json!({ "logGroupName": "api" });
            arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            it.done(operation, arguments)
        };
        let all = [NOW - 9_000, NOW - 7_000, NOW - 5_000];
        let streams = call("DescribeLogStreams", json!({}));
        assert_eq!(
            streams["logStreams"],
            json!([{
                "logStreamName": "-", "storedBytes": 0, "creationTime": all[0], "firstEventTimestamp": all[0],
                "lastEventTimestamp": all[2], "lastIngestionTime": all[2],
                "arn": "arn:aws:logs:us-east-1:000000000000:log-group:api:log-stream:-",
            }]),
            "{text}"
        );
        assert_eq!(
            names(&call("DescribeLogStreams", json!({ "logStreamNamePrefix": "a" })), "logStreams", "arn").len(),
            0
        );
        for chosen in [json!({}), json!({ "logStreamNames": ["-"] }), json!({ "logStreamNamePrefix": "-" })] {
            let found = call("FilterLogEvents", chosen);
            assert_eq!((times(&found), names(&found, "events", "logStreamName")), (all.to_vec(), vec!["-".into(); 3]));
        }
        assert_eq!(times(&call("FilterLogEvents", json!({ "logStreamNamePrefix": "a" }))), [0; 0]);
        let first = call("GetLogEvents", json!({ "logStreamName": "-", "limit": 2, "startFromHead": true }));
        assert_eq!(times(&first), all[..2]);
        let rest = call("GetLogEvents", json!({ "logStreamName": "-", "nextToken": first["nextForwardToken"] }));
        assert_eq!(times(&rest), all[2..]);
        it.fails("GetLogEvents", json!({ "logGroupName": "api", "logStreamName": "s" }), "ResourceNotFoundException");
    }
}

#[test]
fn queries_tell_no_stream_of_them() {
    for text in archives() {
        let it = Caller::new(&[("api", &text)]);
        assert_eq!(it.query("SOURCE 'api' | filter ispresent(@logStream) | stats count(*)"), [["0"]]);
    }
}

#[test]
fn a_live_tail_tells_the_same_stream() {
    for text in archives() {
        let it = Caller::new(&[("api", &text)]);
        let arn = "arn:aws:logs:us-east-1:000000000000:log-group:api";
        let arguments = json!({ "logGroupIdentifiers": [arn], "logStreamNames": ["-"] });
        let mut frames = Frames::of(it.respond("StartLiveTail", &arguments).into_body());
        frames.next().unwrap();
        frames.next().unwrap();
        let results = frames.results(3);
        assert!(results.iter().all(|it| it["logStreamName"] == "-"), "{results:?}");
    }
}

#[test]
fn a_stream_of_that_very_name_is_the_same() {
    let nameless = |time: i64, message: &str| format!("{}\n", json!({ "timestamp": time, "message": message }));
    let archived = [
        line(NOW - 30, "a", "of a"),
        nameless(NOW - 40, "of none"),
        line(NOW - 20, "-", "of that name"),
        line(NOW - 50, "", "of an empty name"),
    ];
    let it = Caller::new(&[("api", &archived.concat())]);
    let stream = json!({ "logGroupName": "api", "logStreamName": "-" });
    it.fails("CreateLogStream", stream.clone(), "ResourceAlreadyExistsException");
    let events = json!([{ "timestamp": NOW - 10, "message": "written" }]);
    it.done("PutLogEvents", json!({ "logGroupName": "api", "logStreamName": "-", "logEvents": events }));
    let expected = ["of an empty name", "of none", "of that name", "written"];
    assert_eq!(names(&it.done("GetLogEvents", stream.clone()), "events", "message"), expected);
    let named = it.done("FilterLogEvents", json!({ "logGroupName": "api", "logStreamNames": ["-"] }));
    assert_eq!(names(&named, "events", "message"), expected);
    let streams = it.done("DescribeLogStreams", json!({ "logGroupName": "api" }));
    assert_eq!(names(&streams, "logStreams", "logStreamName"), ["-", "a"]);
    let described = &streams["logStreams"][0];
    assert_eq!(
        (&described["firstEventTimestamp"], &described["lastEventTimestamp"]),
        (&json!(NOW - 50), &json!(NOW - 10))
    );
    it.fails("DeleteLogStream", stream, "OperationAbortedException");
}
