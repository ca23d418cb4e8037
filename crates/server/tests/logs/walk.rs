//! Walks through many pages: what they cost, counted in blocks that are read, and that nothing is missed or repeated.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use flate2::Compression;
use flate2::write::GzEncoder;
use plan::Scan;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::{Value, json};
use source::{Block, Error, Group, Memory, Report, Source, Watch};
use testkit::random::Random;

use super::caller::{Caller, NOW, line};

/// An archive that counts the blocks that are read of it, by as many threads on any machine.
struct Counting {
    logs: Memory,
    threads: ThreadPool,
    blocks: AtomicUsize,
}

impl Counting {
    fn new(logs: Memory) -> Arc<Counting> {
        let threads = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        Arc::new(Counting { logs, threads, blocks: AtomicUsize::new(0) })
    }

    /// How many blocks there are.
    fn whole(&self) -> usize {
        self.logs.scan(&Scan::default(), &Watch::default(), &|_| {}).unwrap().blocks_read
    }
}

impl Source for Counting {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error> {
        let report = self.threads.install(|| self.logs.scan(scan, watch, visit))?;
        self.blocks.fetch_add(report.blocks_read, Relaxed);
        Ok(report)
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error> {
        self.logs.newest(watch)
    }

    fn groups(&self) -> Vec<Group> {
        self.logs.groups()
    }

    fn beginning(&self, group: &Group) -> Option<i64> {
        self.logs.beginning(group)
    }
}

/// An event of a page: its time and what it says.
type Told = (i64, String);

/// The events of all pages, in the order of their times.
fn walk(it: &Caller, operation: &str, arguments: &Value, token: &str) -> Vec<Told> {
    let (mut arguments, mut pages, mut last) = (arguments.clone(), Vec::new(), Value::Null);
    loop {
        let answer = it.done(operation, arguments.clone());
        let told = |it: &Value| (it["timestamp"].as_i64().unwrap(), it["message"].as_str().unwrap().to_owned());
        pages.push(answer["events"].as_array().unwrap().iter().map(told).collect::<Vec<Told>>());
        let next = answer.get(token).cloned().unwrap_or_default();
        if next.is_null() || next == last {
            break;
        }
        arguments["nextToken"] = next.clone();
        last = next;
    }
    if token == "nextBackwardToken" {
        pages.reverse();
    }
    let mut found = pages.concat();
    if arguments["startFromHead"] == false {
        found.reverse();
    }
    found
}

/// How many events there are.
const EVENTS: usize = 4_000;
/// How many of them make a page.
const PAGE: usize = 200;

/// Events of two streams in turn, each in files of its own, one after the other in time.
fn in_order() -> Memory {
    let mut logs = Memory::new().with_blocks_of(4 << 10);
    for (stream, name) in ["a", "b"].into_iter().enumerate() {
        for part in 0..3 {
            let numbers = (stream..EVENTS).step_by(2).filter(|it| it * 3 / EVENTS == part);
            let text = |number| format!("{number} {} {}", if number % 2 == 0 { "even" } else { "odd" }, "x".repeat(60));
            let lines: String = numbers.map(|it| line(NOW + it as i64, name, &text(it))).collect();
            logs = logs.file(&format!("g/{name}/{part}.jsonl"), Some("g"), lines.into_bytes());
        }
    }
    logs
}

#[test]
fn twenty_pages_cost_less_than_eight_scans() {
    let all: Vec<usize> = (0..EVENTS).collect();
    let even: Vec<usize> = (0..EVENTS).step_by(2).collect();
    let odd: Vec<usize> = (1..EVENTS).step_by(2).collect();
    let of_group = json!({ "logGroupName": "g", "limit": PAGE });
    let with = |name: &str, value: Value| {
        let mut arguments = of_group.clone();
        arguments[name] = value;
        arguments
    };
    for (operation, arguments, token, expected) in [
        ("FilterLogEvents", of_group.clone(), "nextToken", &all),
        ("FilterLogEvents", with("startFromHead", json!(false)), "nextToken", &all),
        ("FilterLogEvents", with("filterPattern", json!("even")), "nextToken", &even),
        ("FilterLogEvents", with("startTime", json!(0)), "nextToken", &all),
        ("GetLogEvents", with("logStreamName", json!("b")), "nextBackwardToken", &odd),
    ] {
        // One of which nothing is known yet.
        let archive = Counting::new(in_order());
        let whole = archive.whole();
        assert!(whole > 100, "{whole} blocks");
        let it = Caller::over(archive.clone());
        let found = walk(&it, operation, &arguments, token);
        let numbers: Vec<usize> =
            found.iter().map(|(_, message)| message.split(' ').next().unwrap().parse().unwrap()).collect();
        assert_eq!(numbers, *expected, "{operation} {arguments}");
        let read = archive.blocks.load(Relaxed);
        // The first, or the second where the first looks for a text, finds out where the events of the others are. How far
        // the threads are ahead when a page is full is chance, and no more than some blocks each.
        assert!(read < whole * 8, "{operation} {arguments}: {read} blocks of {whole}");
        // Once it is known, another walk reads little more than what it tells.
        walk(&it, operation, &arguments, token);
        let again = archive.blocks.load(Relaxed) - read;
        assert!(again < whole * 6, "{operation} {arguments}: {again} blocks of {whole} again");
    }
}

/// Events in no order of their times, many at the same, in files of several formats; some have no time, and some are
/// older than all times.
fn in_no_order(random: &mut Random) -> (Memory, Vec<Told>) {
    let (mut logs, mut expected) = (Memory::new().with_blocks_of(600), Vec::new());
    for file in 0..8 {
        let spread = [3, 40, 1_000][random.below(3)];
        let base = NOW + (file % 3) * 500;
        let mut text = String::new();
        for number in 0..100 {
            let time = if random.one_in(40) { -5 } else { base + random.below(spread) as i64 };
            let message = format!("{file}-{number} {}", if random.one_in(4) { "ERROR" } else { "fine" });
            text.push_str(&match file {
                0 | 1 => line(time, ["a", "b"][number % 2], &message),
                2 | 3 => subscription(time, &message),
                4 => format!("{message}\n"),
                _ => format!("{}Z {message}\n", value::time::print(time).replace(' ', "T")),
            });
            expected.push((if file == 4 { 0 } else { time }, message));
        }
        let path = format!("g/a/{file}");
        logs = match file % 2 {
            0 => logs.file(&path, Some("g"), text.into_bytes()),
            _ => {
                let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
                packed.write_all(text.as_bytes()).unwrap();
                logs.file(&format!("{path}.gz"), Some("g"), packed.finish().unwrap())
            }
        };
    }
    expected.sort();
    (logs, expected)
}

/// A record of a subscription, which names its log group, and now and then another one.
fn subscription(time: i64, message: &str) -> String {
    let record = |group: &str, message: &str| {
        json!({
            "messageType": "DATA_MESSAGE", "owner": "000000000000", "logGroup": group, "logStream": "a",
            "subscriptionFilters": [], "logEvents": [{ "id": "1", "timestamp": time, "message": message }],
        })
    };
    format!("{}\n{}\n", record("g", message), record("other", "no"))
}

#[test]
fn pages_of_any_size_are_the_whole_whatever_the_order_of_the_files() {
    for seed in 0..6 {
        let (logs, expected) = in_no_order(&mut Random::new(seed));
        let archive = Counting::new(logs);
        let it = Caller::over(archive.clone());
        let pages = |arguments: Value| walk(&it, "FilterLogEvents", &arguments, "nextToken");
        let whole = pages(json!({ "logGroupName": "g" }));
        assert!(whole.is_sorted_by_key(|it| it.0.max(0)));
        let mut sorted = whole.clone();
        sorted.sort();
        assert_eq!(sorted, expected, "seed {seed}");
        for limit in [1, 7, 61, 799, 801] {
            for head in [true, false] {
                let found = pages(json!({ "logGroupName": "g", "limit": limit, "startFromHead": head }));
                assert_eq!(found, whole, "seed {seed}, pages of {limit}");
            }
            let errors: Vec<_> = whole.iter().filter(|it| it.1.ends_with("ERROR")).cloned().collect();
            for pattern in ["ERROR", "?ERROR ?WARN"] {
                let found = pages(json!({ "logGroupName": "g", "limit": limit, "filterPattern": pattern }));
                assert_eq!(found, errors, "seed {seed}, pages of {limit}");
            }
            let (start, end) = (NOW + 2, NOW + 520);
            let within: Vec<_> = whole.iter().filter(|it| (start..=end).contains(&it.0)).cloned().collect();
            let range = json!({ "logGroupName": "g", "limit": limit, "startTime": start, "endTime": end });
            assert_eq!(pages(range), within, "seed {seed}, pages of {limit}");
        }
        let of_stream = |arguments: Value, token: &str| {
            let mut all = json!({ "logGroupName": "g", "logStreamName": "b" });
            all.as_object_mut().unwrap().extend(arguments.as_object().unwrap().clone());
            walk(&it, "GetLogEvents", &all, token)
        };
        let stream = of_stream(json!({ "startFromHead": true }), "nextForwardToken");
        assert_eq!(stream.len(), 100);
        for limit in [3, 50, 99] {
            assert_eq!(of_stream(json!({ "startFromHead": true, "limit": limit }), "nextForwardToken"), stream);
            assert_eq!(of_stream(json!({ "limit": limit }), "nextBackwardToken"), stream);
        }
    }
}
