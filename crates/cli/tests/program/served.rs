//! `gw serve` as a process: what it acknowledged survives its being killed, and its store is an archive.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A server that runs, and where it listens.
struct Server {
    process: Child,
    address: String,
    /// What it said before it listened.
    said: Vec<String>,
}

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

impl Server {
    fn start(arguments: &[&str]) -> Server {
        let process = Command::new(env!("CARGO_BIN_EXE_gw"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut server = Server { process: process.unwrap(), address: String::new(), said: Vec::new() };
        let mut lines = BufReader::new(server.process.stderr.take().unwrap()).lines();
        for line in lines.by_ref() {
            let line = line.unwrap();
            if let Some((_, address)) = line.split_once(" at http://") {
                server.address = address.to_owned();
                break;
            }
            server.said.push(line);
        }
        assert!(!server.address.is_empty(), "the server ended: {:?}", server.said);
        // Whatever else it says is read, so that it never waits.
        std::thread::spawn(move || lines.for_each(drop));
        server
    }

    /// Calls an operation: the status and the answer, or nothing where the server is gone.
    fn call(address: &str, operation: &str, arguments: &Value) -> Option<(u16, Value)> {
        let body = arguments.to_string();
        let mut stream = TcpStream::connect(address).ok()?;
        // Where nobody listens any more, a connection may be one with itself.
        if stream.local_addr().ok() == stream.peer_addr().ok() {
            return None;
        }
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-amz-json-1.1\r\n\
             X-Amz-Target: Logs_20140328.{operation}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        let mut answer = String::new();
        if let Err(error) = stream.read_to_string(&mut answer) {
            assert_ne!(error.kind(), ErrorKind::WouldBlock, "{operation} is not answered");
            return None;
        }
        let status = answer.split(' ').nth(1)?.parse().ok()?;
        // A body that was torn off is no answer.
        Some((status, serde_json::from_str(answer.split_once("\r\n\r\n")?.1).ok()?))
    }

    fn done(&self, operation: &str, arguments: Value) -> Value {
        let (status, answer) = Server::call(&self.address, operation, &arguments).unwrap();
        assert_eq!(status, 200, "{operation}: {answer}");
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended cannot be killed, and that is all that is wanted.
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

const STREAMS: [&str; 3] = ["one", "two", "three"];

/// Writes to a stream until the server is gone; the next number that is not known to be written.
fn write(address: &str, stream: &str, mut next: u64, ended: &AtomicBool) -> u64 {
    while !ended.load(Ordering::Relaxed) {
        let count = 1 + next % 7;
        let message = |it: u64| format!("event {it} {}", "x".repeat((it % 300) as usize));
        let events: Vec<Value> =
            (next..next + count).map(|it| json!({ "timestamp": it, "message": message(it) })).collect();
        let arguments = json!({ "logGroupName": "/my/app", "logStreamName": stream, "logEvents": events });
        match Server::call(address, "PutLogEvents", &arguments) {
            Some((200, _)) => next += count,
            Some((_, answer)) => panic!("{answer}"),
            None => return next,
        }
    }
    next
}

/// The numbers of a stream's events, in order.
fn read(server: &Server, stream: &str) -> Vec<u64> {
    let mut arguments = json!({ "logGroupName": "/my/app", "logStreamNames": [stream] });
    let mut found = Vec::new();
    loop {
        let answer = server.done("FilterLogEvents", arguments.clone());
        for event in answer["events"].as_array().unwrap() {
            let message = event["message"].as_str().unwrap();
            found.push(message.split(' ').nth(1).unwrap().parse().unwrap());
        }
        match answer.get("nextToken") {
            Some(token) => arguments["nextToken"] = token.clone(),
            None => return found,
        }
    }
}

#[test]
fn what_was_acknowledged_survives_a_killed_server() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let arguments = ["--store", store.to_str().unwrap()];
    let mut known: BTreeMap<&str, u64> = STREAMS.iter().map(|it| (*it, 0)).collect();
    let mut acknowledged = 0;
    for round in 0..8 {
        let mut server = Server::start(&arguments);
        if round == 0 {
            server.done("CreateLogGroup", json!({ "logGroupName": "/my/app" }));
            STREAMS.iter().for_each(|it| {
                server.done("CreateLogStream", json!({ "logGroupName": "/my/app", "logStreamName": it }));
            });
        }
        for (stream, least) in &mut known {
            let found = read(&server, stream);
            // A batch whose answer was torn off may be there as well, as a whole.
            assert!(found.len() as u64 >= *least, "{stream}: {} of {least} events", found.len());
            assert!(found.iter().enumerate().all(|(number, it)| number as u64 == *it), "{stream}: {found:?}");
            *least = found.len() as u64;
        }
        let (address, ended) = (server.address.clone(), AtomicBool::new(false));
        let reached: Vec<(&str, u64)> = std::thread::scope(|scope| {
            let writers: Vec<_> = known
                .iter()
                .map(|(stream, next)| (*stream, scope.spawn(|| write(&address, stream, *next, &ended))))
                .collect();
            std::thread::sleep(Duration::from_millis(60 + 53 * round));
            server.process.kill().unwrap();
            server.process.wait().unwrap();
            ended.store(true, Ordering::Relaxed);
            writers.into_iter().map(|(stream, it)| (stream, it.join().unwrap())).collect()
        });
        acknowledged += reached.iter().map(|(stream, next)| next - known[stream]).sum::<u64>();
        known.extend(reached);
    }
    assert!(acknowledged > 50, "{acknowledged} events");
    // The store is an archive like any other.
    let count = |path: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_gw"))
            .args(["query", "--format", "csv", "SOURCE '/my/app' | stats count(*) as n"])
            .arg(path)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap().lines().nth(1).unwrap_or_default().parse::<u64>().unwrap()
    };
    assert!(count(&store) >= known.values().sum());
}

#[test]
fn a_store_and_an_archive_are_served_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let (store, logs) = (folder.path().join("store"), folder.path().join("logs"));
    std::fs::create_dir_all(logs.join("api")).unwrap();
    std::fs::write(logs.join("api/s.jsonl"), "{\"logStreamName\":\"s\",\"timestamp\":1,\"message\":\"old\"}\n")
        .unwrap();
    let server = Server::start(&[logs.to_str().unwrap(), "--store", store.to_str().unwrap()]);
    assert!(server.said.is_empty(), "{:?}", server.said);
    let put = json!([{ "timestamp": 2, "message": "new" }]);
    server.done("PutLogEvents", json!({ "logGroupName": "api", "logStreamName": "s", "logEvents": put }));
    let found = server.done("FilterLogEvents", json!({ "logGroupName": "api" }));
    let messages: Vec<_> = found["events"].as_array().unwrap().iter().map(|it| it["message"].clone()).collect();
    assert_eq!(messages, ["old", "new"]);
    // A second server may not write to the same store.
    let second = Command::new(env!("CARGO_BIN_EXE_gw"))
        .args(["serve", "--listen", "127.0.0.1:0", "--store"])
        .arg(&store)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(!second.status.success() && said.contains("another process has this store open"), "{said}");
}

#[test]
fn a_store_within_the_logs_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("app.log"), "2026-01-01T00:00:00.000Z hello\n").unwrap();
    let start = Instant::now();
    for store in [folder.path().join("store"), folder.path().to_owned()] {
        let refused = Command::new(env!("CARGO_BIN_EXE_gw"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .arg(folder.path())
            .arg("--store")
            .arg(&store)
            .output()
            .unwrap();
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && said.contains("events would count twice"), "{said}");
    }
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(!folder.path().join("store").exists());
}
