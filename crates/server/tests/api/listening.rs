//! The service on an address: clients that are slow, broken, or many, and its end.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde_json::json;
use server::{End, Options, Patience, Service, listen};
use source::Memory;

use crate::{NOON, options};

/// A service that listens, until it is dropped.
struct Listening {
    address: SocketAddr,
    end: End,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Listening {
    fn new() -> Listening {
        Listening::with(Patience::default())
    }

    fn with(patience: Patience) -> Listening {
        Listening::of(Options { patience, ..options() })
    }

    fn of(options: Options) -> Listening {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, end) = (listener.local_addr().unwrap(), End::default());
        let service = Arc::new(Service::new(Arc::new(large()), options).unwrap());
        let ended = end.clone();
        let thread = std::thread::spawn(move || listen(listener, &service, &ended));
        Listening { address, end, thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Has it end, and waits for that.
    fn stop(mut self) {
        self.end.now();
        self.thread.take().unwrap().join().unwrap().unwrap();
    }
}

fn head(length: usize) -> String {
    format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-amz-json-1.1\r\n\
         x-amz-target: Logs_20140328.DescribeLogGroups\r\ncontent-length: {length}\r\n\r\n"
    )
}

/// The head of a call whose body is compressed.
fn compressed(length: usize) -> String {
    head(length).replace("\r\n\r\n", "\r\ncontent-encoding: gzip\r\n\r\n")
}

/// A log group of messages so long that an answer does not fit into what the system keeps for a connection.
fn large() -> Memory {
    let line = format!("2026-01-01T11:50:00.000Z {}\n", "x".repeat(100_000));
    Memory::new().file("exports/api/one/000000", Some("/aws/lambda/api"), line.repeat(600).into_bytes())
}

/// A call in whole.
fn call(operation: &str, body: &str) -> String {
    head(body.len()).replace("DescribeLogGroups", operation) + body
}

/// So many calls whose bodies have begun, and do not go on.
fn begun(server: &Listening, count: usize, head: &str, bytes: &[u8]) -> Vec<TcpStream> {
    let mut streams: Vec<TcpStream> = (0..count).map(|_| server.connect()).collect();
    streams.iter_mut().for_each(|it| it.write_all(&[head.as_bytes(), bytes].concat()).unwrap());
    std::thread::sleep(Duration::from_millis(100));
    streams
}

/// Reads one answer, which has a length.
fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).unwrap().to_ascii_lowercase();
    let length = head.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap().parse().unwrap();
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

#[test]
fn a_connection_takes_several_calls_and_a_slow_body() {
    let server = Listening::new();
    let mut stream = server.connect();
    for _ in 0..3 {
        stream.write_all(head(2).as_bytes()).unwrap();
        stream.write_all(b"{").unwrap();
        std::thread::sleep(Duration::from_millis(20));
        stream.write_all(b"}").unwrap();
        assert!(answer(&mut stream).contains("/aws/lambda/api"));
    }
    server.stop();
}

#[test]
fn broken_clients_do_not_trouble_the_others() {
    let server = Listening::new();
    // Ones that break off, ones that speak something else, ones that say nothing.
    let mut silent = Vec::new();
    for number in 0..100 {
        let mut stream = server.connect();
        match number % 4 {
            0 => stream.write_all(&head(100).as_bytes()[..30]).unwrap(),
            1 => stream.write_all(head(100).as_bytes()).unwrap(),
            2 => stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03").unwrap(),
            _ => silent.push(stream),
        }
    }
    let mut stream = server.connect();
    stream.write_all(b"POST / HTTP/1.1\r\ncontent-length: nonsense\r\n\r\n").unwrap();
    assert!(answer_status(&mut stream).starts_with("http/1.1 400"));
    let mut stream = server.connect();
    stream.write_all(head(2).as_bytes()).unwrap();
    stream.write_all(b"{}").unwrap();
    assert!(answer(&mut stream).starts_with("http/1.1 200"));
    server.stop();
}

/// The head of an answer, whatever follows.
fn answer_status(stream: &mut TcpStream) -> String {
    let mut bytes = [0; 64];
    let length = stream.read(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes[..length]).to_ascii_lowercase()
}

#[test]
fn a_body_that_is_said_to_be_too_large_is_not_waited_for() {
    let server = Listening::new();
    let mut stream = server.connect();
    stream.write_all(head(1 << 30).as_bytes()).unwrap();
    let found = answer(&mut stream);
    assert!(found.starts_with("http/1.1 413") && found.contains("RequestEntityTooLargeException"), "{found}");
    server.stop();
}

#[test]
fn a_client_that_has_said_all_is_answered() {
    let server = Listening::new();
    let mut stream = server.connect();
    stream.write_all(call("DescribeLogGroups", "{}").as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(answer(&mut stream).contains("/aws/lambda/api"));
    let mut stream = server.connect();
    stream.write_all(head(10).as_bytes()).unwrap();
    stream.write_all(b"{}").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let found = answer(&mut stream);
    assert!(found.starts_with("http/1.1 400") && found.contains("the body breaks off"), "{found}");
    server.stop();
}

#[test]
fn slow_clients_are_not_waited_for_for_ever() {
    let short = Duration::from_millis(300);
    let server = Listening::with(Patience { head: short, body: short, answer: short, end: short });
    // A head that does not end.
    let mut stream = server.connect();
    stream.write_all(&head(2).as_bytes()[..30]).unwrap();
    _ = stream.read_to_end(&mut Vec::new());
    // A body that does not come.
    let mut stream = server.connect();
    stream.write_all(head(2).as_bytes()).unwrap();
    let found = answer(&mut stream);
    assert!(found.starts_with("http/1.1 408") && found.contains("RequestTimeoutException"), "{found}");
    // An answer that nobody takes: 33 MB of it.
    let mut stream = server.connect();
    let query = json!({ "queryString": "fields @message", "logGroupName": "/aws/lambda/api", "startTime": 0, "endTime": NOON / 1000 });
    stream.write_all(call("StartQuery", &query.to_string()).as_bytes()).unwrap();
    let started = answer(&mut stream);
    let id = started.split("\"queryId\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let results = call("GetQueryResults", &json!({ "queryId": id }).to_string());
    let begins = (0..1000).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        stream.write_all(results.as_bytes()).unwrap();
        let mut first = [0; 4096];
        stream.read(&mut first).unwrap() == first.len()
    });
    assert!(begins, "no long answer comes");
    std::thread::sleep(short * 4);
    let mut rest = Vec::new();
    _ = stream.read_to_end(&mut rest);
    assert!(rest.len() < 32 << 20, "{} bytes were sent after all", rest.len());
    server.stop();
}

#[test]
fn large_bodies_that_are_slow_hold_up_no_small_call() {
    let server = Listening::new();
    // More than there is room for, none of which goes on.
    let slow = begun(&server, 16, &head(24 << 20), b"  ");
    let mut stream = server.connect();
    stream.write_all(call("DescribeLogGroups", "{}").as_bytes()).unwrap();
    assert!(answer(&mut stream).contains("/aws/lambda/api"));
    // A compressed one is small as long as it is sent.
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(b"{}").unwrap();
    let packed = packed.finish().unwrap();
    stream.write_all(compressed(packed.len()).as_bytes()).unwrap();
    stream.write_all(&packed).unwrap();
    assert!(answer(&mut stream).contains("/aws/lambda/api"));
    drop(slow);
    server.stop();
}

#[test]
fn a_call_that_a_page_of_the_web_may_have_made_is_refused() {
    let server = Listening::new();
    for (host, status) in [
        ("localhost", "200"),
        ("LOCALHOST:4586", "200"),
        ("stream-localhost:4586", "200"),
        ("logs.localhost", "200"),
        ("127.0.0.1:4586", "200"),
        ("[::1]:4586", "200"),
        ("evil.example", "400"),
        ("localhost.evil.example", "400"),
        ("127.0.0.1.evil.example:80", "400"),
        ("", "400"),
    ] {
        let mut stream = server.connect();
        let call = call("DescribeLogGroups", "{}").replace("host: localhost", &format!("host: {host}"));
        stream.write_all(call.as_bytes()).unwrap();
        let answer = answer(&mut stream);
        assert!(answer.starts_with(&format!("http/1.1 {status}")), "{host}: {answer}");
    }
    server.stop();
}

#[test]
fn compressed_bodies_that_are_slow_hold_up_no_other() {
    let server = Listening::new();
    let slow = begun(&server, 64, &compressed(60_000), b"\x1f");
    let mut stream = server.connect();
    let body = format!("{}{{}}", " ".repeat(1 << 20));
    stream.write_all(call("DescribeLogGroups", &body).as_bytes()).unwrap();
    assert!(answer(&mut stream).contains("/aws/lambda/api"));
    drop(slow);
    server.stop();
}

#[test]
fn the_end_comes_while_clients_are_connected() {
    let server = Listening::new();
    let mut idle = server.connect();
    idle.write_all(head(2).as_bytes()).unwrap();
    idle.write_all(b"{}").unwrap();
    answer(&mut idle);
    let address = server.address;
    server.stop();
    assert!(TcpStream::connect(address).is_err());
    let mut rest = Vec::new();
    // The connection is closed, not left hanging.
    _ = idle.read_to_end(&mut rest);
    assert!(rest.is_empty());
}

#[test]
fn the_end_waits_for_slow_clients_and_live_tails_no_longer_than_it_may() {
    let end = Duration::from_millis(400);
    let server = Listening::with(Patience { end, ..Patience::default() });
    // A call that is being sent, and an answer that goes on.
    let mut slow = server.connect();
    slow.write_all(head(100).as_bytes()).unwrap();
    slow.write_all(b"{").unwrap();
    let mut tail = server.connect();
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/api";
    let arguments = json!({ "logGroupIdentifiers": [arn], "logEventFilterPattern": "none" }).to_string();
    tail.write_all(call("StartLiveTail", &arguments).as_bytes()).unwrap();
    let mut first = [0; 64];
    tail.read_exact(&mut first).unwrap();
    let begun = Instant::now();
    server.stop();
    assert!(begun.elapsed() < end * 4, "{:?}", begun.elapsed());
    for mut stream in [slow, tail] {
        _ = stream.read_to_end(&mut Vec::new());
    }
    // A live tail alone is not waited for.
    let server = Listening::new();
    let mut tail = server.connect();
    tail.write_all(call("StartLiveTail", &arguments).as_bytes()).unwrap();
    tail.read_exact(&mut first).unwrap();
    let begun = Instant::now();
    server.stop();
    assert!(begun.elapsed() < Patience::default().end / 2, "{:?}", begun.elapsed());
}

#[test]
fn the_end_leaves_the_files_of_an_export_whole() {
    let folder = tempfile::tempdir().unwrap();
    let listening = Listening::of(Options { exports: Some(folder.path().to_owned()), ..options() });
    let order =
        json!({ "logGroupName": "/aws/lambda/api", "from": 0, "to": 4_102_444_800_000_i64, "destination": "bucket" });
    let order = order.to_string();
    let mut stream = listening.connect();
    let head = head(order.len()).replace("DescribeLogGroups", "CreateExportTask");
    stream.write_all((head + &order).as_bytes()).unwrap();
    let mut answer = [0; 1_024];
    let length = stream.read(&mut answer).unwrap();
    assert!(answer[..length].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..length]));
    drop(stream);
    let tasks = folder.path().join("bucket/exportedlogs");
    let file =
        || std::fs::read_dir(&tasks).ok()?.map(|it| it.unwrap().path().join("one/000000.gz")).find(|it| it.exists());
    let began = Instant::now();
    let file = loop {
        assert!(began.elapsed() < Duration::from_secs(20), "no file");
        if let Some(file) = file() {
            break file;
        }
    };
    listening.stop();
    let mut text = String::new();
    MultiGzDecoder::new(std::fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
    assert!(text.ends_with("x\n"), "{} bytes", text.len());
}
