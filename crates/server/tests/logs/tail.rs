//! Live tail: the frames of its stream, what is replayed, and what is told of what is written.

use std::time::Duration;

use axum::body::Body;
use hyper::body::Body as _;
use serde_json::{Value, json};

use super::caller::{Caller, NOW, RUNTIME, line};

const ARN: &str = "arn:aws:logs:us-east-1:000000000000:log-group:api";

/// The frames of a body, read one after another.
pub struct Frames {
    body: Body,
    bytes: Vec<u8>,
}

impl Frames {
    pub fn of(body: Body) -> Frames {
        Frames { body, bytes: Vec::new() }
    }

    /// The next frame: its kind, and what it says.
    pub fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some(length) = self.bytes.get(..4).map(|it| u32::from_be_bytes(it.try_into().unwrap()) as usize)
                && self.bytes.len() >= length
            {
                let frame: Vec<u8> = self.bytes.drain(..length).collect();
                return Some(decoded(&frame));
            }
            let body = &mut self.body;
            let next = std::future::poll_fn(|context| std::pin::Pin::new(&mut *body).poll_frame(context));
            let next = RUNTIME.block_on(async { tokio::time::timeout(Duration::from_secs(30), next).await.unwrap() });
            self.bytes.extend(next?.unwrap().into_data().unwrap());
        }
    }

    /// Results of updates, until there are so many.
    pub fn results(&mut self, count: usize) -> Vec<Value> {
        let mut found = Vec::new();
        for update in 0.. {
            if found.len() >= count {
                break;
            }
            assert!(update < 20, "{} of {count} results in {update} updates", found.len());
            let (kind, update) = self.next().unwrap();
            assert_eq!(kind, "sessionUpdate");
            found.extend(update["sessionResults"].as_array().unwrap().iter().cloned());
        }
        found
    }
}

/// A frame by the specification, its checksums verified.
fn decoded(frame: &[u8]) -> (String, Value) {
    let number = |at: usize| u32::from_be_bytes(frame[at..at + 4].try_into().unwrap());
    assert_eq!(number(0) as usize, frame.len());
    assert_eq!(number(8), crc32fast::hash(&frame[..8]));
    assert_eq!(number(frame.len() - 4), crc32fast::hash(&frame[..frame.len() - 4]));
    let end = 12 + number(4) as usize;
    let (mut at, mut kind) = (12, String::new());
    while at < end {
        let name = &frame[at + 1..at + 1 + frame[at] as usize];
        at += 1 + name.len();
        assert_eq!(frame[at], 7);
        let length = u16::from_be_bytes(frame[at + 1..at + 3].try_into().unwrap()) as usize;
        let value = &frame[at + 3..at + 3 + length];
        at += 3 + length;
        if name == b":event-type" {
            kind = String::from_utf8(value.to_vec()).unwrap();
        }
    }
    (kind, serde_json::from_slice(&frame[end..frame.len() - 4]).unwrap())
}

fn messages(results: &[Value]) -> Vec<&str> {
    results.iter().map(|it| it["message"].as_str().unwrap()).collect()
}

#[test]
fn a_live_tail_replays_the_archive_and_follows_what_is_written() {
    let archived: String = (0..600).map(|it| line(NOW - 600 + it, "s", &format!("archived {it}"))).collect();
    let it = Caller::new(&[("api", &archived)]);
    it.done("CreateLogStream", json!({ "logGroupName": "api", "logStreamName": "t" }));
    let put = |message: &str| {
        let events = json!([{ "timestamp": 7, "message": message }]);
        it.done("PutLogEvents", json!({ "logGroupName": "api", "logStreamName": "t", "logEvents": events }));
    };
    put("before the session");
    let response = it.respond("StartLiveTail", &json!({ "logGroupIdentifiers": [ARN] }));
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/vnd.amazon.eventstream");
    let mut frames = Frames::of(response.into_body());
    assert_eq!(frames.next().unwrap(), (String::from("initial-response"), json!({})));
    let (kind, start) = frames.next().unwrap();
    assert_eq!((kind.as_str(), &start["logGroupIdentifiers"]), ("sessionStart", &json!([ARN])));
    let (_, update) = frames.next().unwrap();
    assert_eq!(update["sessionResults"].as_array().unwrap().len(), 500);
    assert_eq!(update["sessionMetadata"]["sampled"], false);
    assert_eq!(
        update["sessionResults"][0],
        json!({
            "logStreamName": "s", "logGroupIdentifier": "000000000000:api", "message": "archived 0",
            "timestamp": NOW - 600, "ingestionTime": NOW - 600,
        })
    );
    assert_eq!(messages(&frames.results(100))[99], "archived 599");
    put("while it runs");
    assert_eq!(messages(&frames.results(1)), ["while it runs"]);
    // A stream that is made anew is another, though its file has the same name and is shorter.
    for call in ["DeleteLogStream", "CreateLogStream"] {
        it.done(call, json!({ "logGroupName": "api", "logStreamName": "t" }));
    }
    put("anew");
    assert_eq!(messages(&frames.results(1)), ["anew"]);
}

#[test]
fn a_live_tail_tells_only_what_is_asked_for() {
    let archived = [line(1, "a", "ERROR one"), line(2, "a", "fine"), line(3, "b", "ERROR two")].concat();
    let it = Caller::new(&[("api", &archived)]);
    let arguments =
        json!({ "logGroupIdentifiers": [ARN], "logStreamNamePrefixes": ["a"], "logEventFilterPattern": "ERROR" });
    let mut frames = Frames::of(it.respond("StartLiveTail", &arguments).into_body());
    assert_eq!(frames.next().unwrap().0, "initial-response");
    assert_eq!(frames.next().unwrap().1["logEventFilterPattern"], "ERROR");
    let (_, update) = frames.next().unwrap();
    assert_eq!(messages(update["sessionResults"].as_array().unwrap()), ["ERROR one"]);
    let (_, update) = frames.next().unwrap();
    assert_eq!(update["sessionResults"], json!([]));
}

#[test]
fn a_live_tail_of_nothing_is_refused() {
    let it = Caller::new(&[("api", &line(1, "a", "m"))]);
    let arn = |name: &str| format!("arn:aws:logs:us-east-1:000000000000:log-group:{name}");
    let long = json!({ "logGroupIdentifiers": [ARN], "logEventFilterPattern": "a".repeat(1_025) });
    let said = it.fails("StartLiveTail", long, "InvalidParameterException");
    assert!(said.contains("at 'logEventFilterPattern'") && said.contains("less than or equal to 1024"), "{said}");
    for (arguments, error) in [
        (json!({}), "InvalidParameterException"),
        (json!({ "logGroupIdentifiers": [] }), "InvalidParameterException"),
        (json!({ "logGroupIdentifiers": ["api"] }), "InvalidParameterException"),
        (json!({ "logGroupIdentifiers": [arn("api:*")] }), "InvalidParameterException"),
        (json!({ "logGroupIdentifiers": [arn("none")] }), "ResourceNotFoundException"),
        (json!({ "logGroupIdentifiers": [ARN], "logEventFilterPattern": "a.b" }), "InvalidParameterException"),
        (json!({ "logGroupIdentifiers": [ARN], "logEventFilterPattern": 1 }), "SerializationException"),
        (
            json!({ "logGroupIdentifiers": [ARN], "logStreamNames": ["a"], "logStreamNamePrefixes": ["a"] }),
            "InvalidParameterException",
        ),
    ] {
        it.fails("StartLiveTail", arguments, error);
    }
    let bodies: Vec<Body> =
        (0..15).map(|_| it.respond("StartLiveTail", &json!({ "logGroupIdentifiers": [ARN] })).into_body()).collect();
    it.fails("StartLiveTail", json!({ "logGroupIdentifiers": [ARN] }), "LimitExceededException");
    drop(bodies);
    for _ in 0..300 {
        if it.respond("StartLiveTail", &json!({ "logGroupIdentifiers": [ARN] })).status() == 200 {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("sessions whose clients have gone end");
}
