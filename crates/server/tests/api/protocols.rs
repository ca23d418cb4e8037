//! The same operations in every protocol, and what comes of bodies and targets that are none.

use std::io::Write;
use std::sync::Arc;

use ciborium::Value as Cbor;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use server::{AccessKey, Options};

use crate::client::Client;
use crate::{NOON, client, logs, options};

const JSON: (&str, &str) = ("content-type", "application/x-amz-json-1.1");

fn text(it: &str) -> Cbor {
    Cbor::Text(it.to_owned())
}

/// Calls an operation in CBOR: the status, and the map of the answer.
fn call(client: &Client, operation: &str, arguments: &[(&str, Cbor)]) -> (u16, Vec<(Cbor, Cbor)>) {
    let map = arguments.iter().map(|(name, it)| (text(name), it.clone())).collect();
    let mut body = Vec::new();
    ciborium::into_writer(&Cbor::Map(map), &mut body).unwrap();
    let path = format!("/service/Logs_20140328/operation/{operation}");
    let (status, body) = client.send("POST", &path, &[("smithy-protocol", "rpc-v2-cbor")], &body);
    let answer: Cbor = ciborium::from_reader(body.as_slice()).unwrap();
    (status, answer.into_map().unwrap())
}

fn field<'a>(map: &'a [(Cbor, Cbor)], name: &str) -> &'a Cbor {
    &map.iter().find(|it| it.0 == text(name)).unwrap().1
}

#[test]
fn a_query_runs_in_cbor() {
    let client = client();
    let arguments = [
        ("queryString", text("stats count(*) as n")),
        ("logGroupName", text("/aws/lambda/api")),
        ("startTime", Cbor::from(0)),
        ("endTime", Cbor::Tag(1, Box::new(Cbor::from(NOON / 1000)))),
    ];
    let (status, started) = call(&client, "StartQuery", &arguments);
    assert_eq!(status, 200, "{started:?}");
    let id = field(&started, "queryId").clone();
    client.results(id.as_text().unwrap(), 10).unwrap();
    let (_, answer) = call(&client, "GetQueryResults", &[("queryId", id)]);
    assert_eq!(field(&answer, "status"), &text("Complete"));
    let row = Cbor::Map(vec![(text("field"), text("n")), (text("value"), text("5"))]);
    assert_eq!(field(&answer, "results"), &Cbor::Array(vec![Cbor::Array(vec![row])]));
    let statistics = field(&answer, "statistics").as_map().unwrap();
    assert_eq!(field(statistics, "recordsMatched"), &Cbor::Float(5.0));
    let (status, refused) = call(&client, "StartQuery", &arguments[..3]);
    assert_eq!((status, field(&refused, "__type")), (400, &text("InvalidParameterException")));
    let (status, refused) = call(&client, "StartLiveTail", &[]);
    assert_eq!((status, field(&refused, "__type")), (400, &text("UnknownOperationException")));
    assert!(field(&refused, "message").as_text().unwrap().contains("AWS JSON 1.1 alone"), "{refused:?}");
    let (status, refused) = call(&client, "CreateDelivery", &[]);
    assert_eq!((status, field(&refused, "__type")), (400, &text("UnknownOperationException")));
}

#[test]
fn the_neighbours_answer_truthfully_empty() {
    let client = client();
    let form = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")];
    let (status, body) = client.send("POST", "/", &form, b"Action=ListMetrics&Version=2010-08-01");
    let body = String::from_utf8(body).unwrap();
    assert!(status == 200 && body.contains("<ListMetricsResult><Metrics></Metrics></ListMetricsResult>"), "{body}");
    let (status, body) = client.send("POST", "/", &form, b"Action=GetCallerIdentity&Version=2011-06-15");
    assert!(status == 200 && String::from_utf8(body).unwrap().contains("<Account>000000000000</Account>"));
    let older =
        [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", "GraniteServiceVersion20100801.ListMetrics")];
    assert_eq!(client.send("POST", "/", &older, b"{}"), (200, b"{\"Metrics\":[]}".to_vec()));
    let path = "/service/GraniteServiceVersion20100801/operation/ListMetrics";
    let (status, body) = client.send("POST", path, &[("smithy-protocol", "rpc-v2-cbor")], b"\xa0");
    let answer: Cbor = ciborium::from_reader(body.as_slice()).unwrap();
    assert_eq!((status, answer), (200, Cbor::Map(vec![(text("Metrics"), Cbor::Array(Vec::new()))])));
    for form_body in [&b"Action=DeleteEverything&Version=2010-08-01"[..], b"Action=ListMetrics", b"", b"\xff"] {
        let (status, body) = client.send("POST", "/", &form, form_body);
        let body = String::from_utf8(body).unwrap();
        assert!(status == 400 && body.contains("<Code>UnknownOperationException</Code>"), "{body}");
    }
}

#[test]
fn what_is_no_call_is_refused_by_name() {
    let client = client();
    let target = |it| [JSON, ("x-amz-target", it)];
    let error = |(status, body): (u16, Vec<u8>)| {
        let body: Value = serde_json::from_slice(&body).unwrap();
        (status, body["__type"].as_str().unwrap().to_owned())
    };
    for (headers, body, name) in [
        (target("Logs_20140328.StopQuery"), &b"{"[..], "SerializationException"),
        (target("Logs_20140328.StopQuery"), b"[]", "SerializationException"),
        (target("Logs_20140328.StopQuery"), b"\xff\xfe", "SerializationException"),
        (target("Logs_20140328.StopQuery"), b"{\"queryId\": 7}", "SerializationException"),
        (target("Logs_20140328.StopQuery"), b"", "InvalidParameterException"),
        (target("Logs_20140328.StopQuery"), b"{\"queryId\": null}", "InvalidParameterException"),
        (target("Logs_20140328.CreateDelivery"), b"{}", "UnknownOperationException"),
        (target("Logs_20140328.stopquery"), b"{}", "UnknownOperationException"),
        (target("Logs_20140328."), b"{}", "UnknownOperationException"),
        (target("Logs_20140328"), b"{}", "UnknownOperationException"),
        (target("DynamoDB_20120810.Scan"), b"{}", "UnknownOperationException"),
        (target(""), b"{}", "UnknownOperationException"),
    ] {
        let found = error(client.send("POST", "/", &headers, body));
        assert_eq!(found, (400, name.to_owned()), "{headers:?} {body:?}");
    }
    // Values of two bytes each, which would take a hundred bytes each once they are read.
    let many = format!("{{\"queryId\":\"a\",\"x\":[{}0]}}", "0,".repeat(100_000));
    let found = error(client.send("POST", "/", &target("Logs_20140328.StopQuery"), many.as_bytes()));
    assert_eq!(found, (400, String::from("SerializationException")));
    let nested = "[".repeat(200_000);
    assert_eq!(error(client.send("POST", "/", &target("Logs_20140328.StopQuery"), nested.as_bytes())).0, 400);
    for path in ["/elsewhere", "/../../etc/passwd", "/service/x", "/service/Logs_20140328/operation/a/b"] {
        assert_eq!(client.send("POST", path, &[JSON], b"{}").0, 400, "{path}");
    }
    for method in ["GET", "PUT", "DELETE"] {
        assert_eq!(error(client.send(method, "/elsewhere", &[JSON], b"")).1, "UnknownOperationException");
    }
    let (status, body) = client.send("GET", "/", &[], b"");
    assert!(status == 200 && body.starts_with(b"Groundwatch "));
    let large = vec![b' '; (24 << 20) + 1];
    let found = error(client.send("POST", "/", &target("Logs_20140328.StopQuery"), &large));
    assert_eq!(found, (413, String::from("RequestEntityTooLargeException")));
}

#[test]
fn with_keys_only_signed_calls_are_answered() {
    let keys = vec![AccessKey { id: String::from("key"), secret: String::from("secret") }];
    let client = Client::new(Arc::new(logs()), Options { keys, ..options() }).unwrap();
    let signed = "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/logs/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
    for (authorization, name) in [
        (None, "MissingAuthenticationTokenException"),
        (Some("x"), "IncompleteSignatureException"),
        (Some(signed), "InvalidSignatureException"),
    ] {
        let mut headers =
            vec![JSON, ("x-amz-target", "Logs_20140328.DescribeLogGroups"), ("x-amz-date", "20260101T120000Z")];
        headers.extend(authorization.map(|it| ("authorization", it)));
        let (status, body) = client.send("POST", "/", &headers, b"{}");
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((status, body["__type"].as_str().unwrap()), (400, name));
    }
}

#[test]
fn a_compressed_body_is_unpacked_and_one_of_an_unknown_kind_refused() {
    let client = client();
    let packed = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let send = |encoding: &str, body: &[u8]| {
        let headers = [JSON, ("x-amz-target", "Logs_20140328.DescribeLogGroups"), ("content-encoding", encoding)];
        let (status, body) = client.send("POST", "/", &headers, body);
        let answer: Value = serde_json::from_slice(&body).unwrap();
        (status, answer)
    };
    let body = br#"{"logGroupNamePrefix":"old"}"#;
    for (encoding, body) in [("gzip", packed(body)), ("identity", body.to_vec())] {
        let (status, answer) = send(encoding, &body);
        assert_eq!((status, answer["logGroups"].as_array().map(Vec::len)), (200, Some(1)), "{encoding}: {answer}");
    }
    let bomb = packed(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 1 << 20);
    for (encoding, body, status, error) in [
        ("gzip", &body[..], 400, "SerializationException"),
        ("gzip", &packed(body)[..20], 400, "SerializationException"),
        ("gzip", &bomb, 413, "RequestEntityTooLargeException"),
        ("br", &packed(body), 415, "UnsupportedMediaTypeException"),
        ("gzip, gzip", &packed(&packed(body)), 415, "UnsupportedMediaTypeException"),
    ] {
        let (found, answer) = send(encoding, body);
        assert_eq!((found, answer["__type"].as_str()), (status, Some(error)), "{encoding}: {answer}");
    }
}
