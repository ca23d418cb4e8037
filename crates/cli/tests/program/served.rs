//! `gw serve` as a process: what it acknowledged survives its being killed, and its store is an archive.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
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
        Server::within("", arguments)
    }

    /// One whose process is bounded by what a shell does first.
    fn within(first: &str, arguments: &[&str]) -> Server {
        let process = Command::new("sh")
            .args(["-c", &format!("{first} exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_gw")])
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

/// Runs a server that does not start: what it says.
fn refused(arguments: &[&str]) -> String {
    let serve = Command::new(env!("CARGO_BIN_EXE_gw")).arg("serve").args(arguments).stdin(Stdio::null()).output();
    let serve = serve.unwrap();
    assert_eq!(serve.status.code(), Some(2), "{arguments:?}");
    String::from_utf8(serve.stderr).unwrap()
}

#[test]
fn what_no_server_could_start_with_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("app.log");
    std::fs::write(&file, "2026-01-01T00:00:00.000Z hello\n").unwrap();
    let file = file.to_str().unwrap();
    for (arguments, says) in [
        (&[][..], "there is nothing to serve"),
        (&[file, "--memory", "0"], "0 is not in 1.."),
        (&[file, "--account", "12"], "the ID of an account has 12 digits"),
        (&[file, "--region", "moon"], "a Region is called like us-east-1"),
        (&[file, "--listen", "here"], "an address is an IP and a port"),
        (&[file, "--listen", "0.0.0.0:0"], "that takes --expose and an --access-key"),
        (&[file, "--expose", "--access-key", "a:b"], "--expose takes a --listen"),
        (&[file, "--exports", file], "--exports takes a folder"),
        (&["--store", file], "--store takes a folder"),
    ] {
        let said = refused(arguments);
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
}

#[test]
fn a_shell_is_told_where_to_call() {
    for (listen, endpoint) in [
        ("4600", "http://127.0.0.1:4600"),
        ("localhost:4600", "http://127.0.0.1:4600"),
        ("0.0.0.0:4600", "http://127.0.0.1:4600"),
        ("[::]:4600", "http://[::1]:4600"),
        ("192.0.2.7:4600", "http://192.0.2.7:4600"),
    ] {
        let told =
            Command::new(env!("CARGO_BIN_EXE_gw")).args(["serve", "--env", "--listen", listen]).output().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        for service in ["CLOUDWATCH_LOGS", "STS"] {
            assert!(told.contains(&format!("AWS_ENDPOINT_URL_{service}={endpoint}\n")), "{listen}: {told}");
        }
    }
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

#[test]
fn a_full_disk_is_said_costs_nothing_and_is_got_over() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store");
    let arguments = ["--store", store.to_str().unwrap()];
    // No file may be longer than 256 KiB here, and a write beyond that fails.
    let mut server = Server::within("trap '' XFSZ; ulimit -S -f 512;", &arguments);
    server.done("CreateLogGroup", json!({ "logGroupName": "/my/app" }));
    server.done("CreateLogStream", json!({ "logGroupName": "/my/app", "logStreamName": "one" }));
    let put = |server: &Server, number: u64, length: usize| {
        let events = json!([{ "timestamp": number, "message": format!("event {number} {}", "x".repeat(length)) }]);
        let arguments = json!({ "logGroupName": "/my/app", "logStreamName": "one", "logEvents": events });
        Server::call(&server.address, "PutLogEvents", &arguments).unwrap()
    };
    let mut written = 0;
    let refused = loop {
        let (status, answer) = put(&server, written, 20_000);
        if status != 200 {
            break (status, answer);
        }
        written += 1;
    };
    assert!(written > 5, "{written} events");
    assert_eq!((refused.0, &refused.1["__type"]), (503, &json!("ServiceUnavailableException")), "{}", refused.1);
    assert_eq!(put(&server, written, 20_000).0, 503);
    let numbers = |count: u64| (0..count).collect::<Vec<_>>();
    assert_eq!(read(&server, "one"), numbers(written));
    // What still has room is taken, and so is everything once there is more.
    assert_eq!(put(&server, written, 10).0, 200);
    let raised =
        Command::new("prlimit").args(["--fsize=unlimited", "--pid", &server.process.id().to_string()]).status();
    if !raised.is_ok_and(|it| it.success()) {
        server.process.kill().unwrap();
        server.process.wait().unwrap();
        server = Server::start(&arguments);
    }
    assert_eq!(put(&server, written + 1, 20_000).0, 200);
    assert_eq!(read(&server, "one"), numbers(written + 2));
    drop(server);
    let server = Server::start(&arguments);
    assert_eq!(server.said, Vec::<String>::new());
    assert_eq!(read(&server, "one"), numbers(written + 2));
}

#[test]
fn a_store_that_cannot_be_written_to_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    for store in [folder.path().join("file"), folder.path().join("file/store"), "/proc/groundwatch".into()] {
        let output = Command::new(env!("CARGO_BIN_EXE_gw"))
            .args(["serve", "--listen", "127.0.0.1:0", "--store"])
            .arg(&store)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(store.to_str().unwrap()), "{said}");
    }
}

/// Log lines of which a small file holds four gigabytes: a query over them takes its time.
fn endless() -> Vec<u8> {
    let line = format!("2026-01-01T00:00:00.000Z {{\"id\":\"{}\"}}\n", "x".repeat(200));
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(line.repeat(4_000).as_bytes()).unwrap();
    packed.finish().unwrap().repeat(4_000)
}

#[test]
fn a_server_ends_in_time_whatever_runs() {
    let folder = tempfile::tempdir().unwrap();
    let (store, logs) = (folder.path().join("store"), folder.path().join("logs"));
    std::fs::create_dir_all(logs.join("api")).unwrap();
    std::fs::write(logs.join("api/s.log.gz"), endless()).unwrap();
    let arguments = [logs.to_str().unwrap(), "--store", store.to_str().unwrap()];
    let mut server = Server::start(&arguments);
    server.done("CreateLogGroup", json!({ "logGroupName": "/my/app" }));
    server.done("CreateLogStream", json!({ "logGroupName": "/my/app", "logStreamName": "one" }));
    let query = "parse id /(?<first>x+?)(?<second>x*)y?$/ | stats count_distinct(second), count(*) by first";
    let arguments = json!({ "queryString": query, "logGroupName": "api", "startTime": 0, "endTime": 1_800_000_000 });
    let ids: Vec<Value> = (0..3).map(|_| server.done("StartQuery", arguments.clone())["queryId"].clone()).collect();
    // A client that never ends its call, one that never takes its answer, and one that writes.
    let mut slow = TcpStream::connect(&server.address).unwrap();
    slow.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{").unwrap();
    let (address, ended) = (server.address.clone(), AtomicBool::new(false));
    let (status, took, written) = std::thread::scope(|scope| {
        let writer = scope.spawn(|| write(&address, "one", 0, &ended));
        std::thread::sleep(Duration::from_millis(300));
        for id in &ids {
            assert_eq!(server.done("GetQueryResults", json!({ "queryId": id }))["status"], "Running");
        }
        let begun = Instant::now();
        let killed = Command::new("kill").args(["-TERM", &server.process.id().to_string()]).status().unwrap();
        assert!(killed.success());
        let status = server.process.wait().unwrap();
        (status, begun.elapsed(), writer.join().unwrap())
    });
    assert_eq!(status.code(), Some(0));
    assert!(took < Duration::from_secs(15), "{took:?}");
    drop(slow);
    let server = Server::start(&["--store", store.to_str().unwrap()]);
    assert!(server.said.is_empty(), "{:?}", server.said);
    let found = read(&server, "one");
    assert!(written > 0 && found.len() as u64 >= written, "{} of {written} events", found.len());
}
