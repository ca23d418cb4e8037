//! A process that writes is killed at random moments, again and again: nothing that it acknowledged is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use store::{Event, Kind, LogGroup, Repair, Store};
use testkit::random::Random;

/// Set in the process that writes: where, and with which seed.
const WRITER: &str = "GROUNDWATCH_STORE_WRITER";

const STREAMS: [&str; 3] = ["one", "two", "three"];

/// How often the process is killed.
const ROUNDS: u64 = 25;

/// The process that writes: the test that is called like this runs it in itself.
#[test]
fn writer() {
    let Ok(order) = std::env::var(WRITER) else { return };
    let (seed, folder) = order.split_once(' ').unwrap();
    let mut random = Random::new(seed.parse().unwrap());
    let (store, repairs) = Store::open(Path::new(folder)).unwrap();
    repairs.iter().for_each(|it| println!("repair {it}"));
    match store.create_group(LogGroup::new("/g", 1)) {
        Ok(()) => STREAMS.iter().for_each(|it| store.create_stream("/g", it, 1).unwrap()),
        Err(error) => assert_eq!(error.kind, Kind::AlreadyExists),
    }
    for name in STREAMS {
        // A group whose streams were still being made when the process ended.
        if let Err(error) = store.create_stream("/g", name, 1) {
            assert_eq!(error.kind, Kind::AlreadyExists);
        }
    }
    loop {
        let stream = STREAMS[random.below(STREAMS.len())];
        let next = store.streams("/g").unwrap().iter().find(|it| it.name == stream).unwrap().events;
        let count = 1 + random.below(50) as u64;
        let padding = "x".repeat(random.below(2_000));
        let events: Vec<Event> = (next..next + count)
            .map(|it| Event { timestamp: it as i64, message: format!("event {it} {padding}") })
            .collect();
        match store.append("/g", stream, &events, 1) {
            Ok(_) => println!("acknowledged {stream} {}", next + count),
            Err(error) => println!("refused {stream} {error}"),
        }
        std::io::stdout().flush().unwrap();
    }
}

/// Runs the writer for a while; how many events of each stream it acknowledged, and how many batches it could not write.
fn run(folder: &Path, seed: u64, within: &str, lives: Duration, acknowledged: &mut BTreeMap<String, u64>) -> usize {
    let program = std::env::current_exe().unwrap();
    let script = format!("{within} exec \"$0\" --exact writer --nocapture --test-threads=1");
    let mut child = Command::new("sh")
        .args(["-c", &script])
        .arg(program)
        .env(WRITER, format!("{seed} {}", folder.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || BufReader::new(output).lines().map_while(Result::ok).collect::<Vec<_>>());
    std::thread::sleep(lives);
    child.kill().unwrap();
    child.wait().unwrap();
    let mut refused = 0;
    for line in reader.join().unwrap() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["acknowledged", stream, count] => {
                if let Ok(count) = count.parse() {
                    acknowledged.insert((*stream).to_owned(), count);
                }
            }
            ["refused", ..] => refused += 1,
            _ => {}
        }
    }
    refused
}

/// Everything acknowledged is there, in order and once; the files are whole.
fn check(folder: &Path, acknowledged: &BTreeMap<String, u64>) -> Vec<Repair> {
    let (store, repairs) = Store::open(folder).unwrap();
    for file in store.files(1) {
        let text = fs::read_to_string(&file.path).unwrap();
        assert_eq!(text.len() as u64, file.length);
        for (number, line) in text.lines().enumerate() {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            let message = event["message"].as_str().unwrap();
            assert!(message.starts_with(&format!("event {number} ")), "{message}");
        }
    }
    if !acknowledged.is_empty() {
        for stream in store.streams("/g").unwrap() {
            let least = acknowledged.get(&stream.name).copied().unwrap_or_default();
            assert!(stream.events >= least, "{}: {} of {least} events", stream.name, stream.events);
        }
    }
    assert!(repairs.iter().all(|it| matches!(it, Repair::Cut { .. } | Repair::Removed { .. })), "{repairs:?}");
    repairs
}

#[test]
fn nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random::new(7);
    let mut acknowledged = BTreeMap::new();
    for round in 0..ROUNDS {
        let lives = Duration::from_millis(20 + random.below(180) as u64);
        assert_eq!(run(folder.path(), round, "", lives, &mut acknowledged), 0);
        check(folder.path(), &acknowledged);
    }
    assert!(acknowledged.values().sum::<u64>() > 100, "{acknowledged:?}");
}

#[test]
fn a_full_disk_is_an_error_and_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeMap::new();
    // No file may be longer than 512 KiB here, and a write beyond that fails.
    let refused =
        run(folder.path(), 1, "trap '' XFSZ; ulimit -f 1024;", Duration::from_millis(2_500), &mut acknowledged);
    assert!(refused > 0, "the disk was full: {acknowledged:?}");
    check(folder.path(), &acknowledged);
    assert!(acknowledged.values().sum::<u64>() > 0);
}
