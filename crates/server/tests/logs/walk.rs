//! Walks through many pages: what they cost, counted in blocks that are read, and that nothing is missed or repeated.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use plan::Scan;
use serde_json::{Value, json};
use source::{Block, Error, Files, Group, Growing, Memory, Report, Source, Watch};
use tempfile::TempDir;
use testkit::random::Random;

use super::caller::{Caller, NOW, line};
use super::gate::Gate;

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

/// Events of two streams in turn, each in files of its own, one after the other in time; what becomes of a file's lines.
fn in_order(file: impl Fn(Memory, &str, Vec<u8>) -> Memory) -> Memory {
    let mut logs = Memory::new().with_blocks_of(4 << 10);
    for (stream, name) in ["a", "b"].into_iter().enumerate() {
        for part in 0..3 {
            let numbers = (stream..EVENTS).step_by(2).filter(|it| it * 3 / EVENTS == part);
            let lines: String = numbers.map(|it| line(NOW + it as i64, name, &message(it))).collect();
            logs = file(logs, &format!("g/{name}/{part}.jsonl"), lines.into_bytes());
        }
    }
    logs
}

/// What an event says.
fn message(number: usize) -> String {
    format!("{number} {} {}", if number.is_multiple_of(2) { "even" } else { "odd" }, "x".repeat(60))
}

fn plain(logs: Memory, path: &str, lines: Vec<u8>) -> Memory {
    logs.file(path, Some("g"), lines)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A file with a line that is torn and bytes that are no UTF-8; those of the second stream are packed, and break off.
fn damaged(logs: Memory, path: &str, mut lines: Vec<u8>) -> Memory {
    let middle = lines.len() / 2;
    let end = middle + lines[middle..].iter().position(|it| *it == b'\n').unwrap();
    lines.splice(end - 5..end - 2, [0xff, 0xfe]);
    lines.splice(end..end, *b"\n{\"logStreamName\":\"a\",\"timestamp\":17");
    if path.contains("/a/") {
        return plain(logs, path, lines);
    }
    let packed = gzip(&lines);
    plain(logs, path, packed[..packed.len() - 40].to_vec())
}

/// Whether an archive can be walked through in pages, and what that costs: with the first pages, whose scans find out where
/// the events of the others are, and once that is known. How far the threads are ahead when a page is full is chance, and no
/// more than some blocks each.
fn walks(archive: impl Fn() -> Arc<Gate>, operation: &str, arguments: &Value, token: &str) -> Vec<Told> {
    let archive = archive();
    let it = Caller::over(archive.clone());
    let cost = || {
        let before = archive.blocks.load(Relaxed);
        let found = walk(&it, operation, arguments, token);
        (found, archive.blocks.load(Relaxed) - before)
    };
    let ((found, first), (again, second)) = (cost(), cost());
    assert!(found == again, "{operation} {arguments}: another walk finds the same");
    assert!(found.len() >= 9 * PAGE, "{operation} {arguments}: {} events", found.len());
    archive.scan(&Scan::default(), &Watch::default(), &|_| {}).unwrap();
    let whole = archive.blocks.load(Relaxed) - first - second;
    assert!(whole > 100, "{whole} blocks");
    assert!(first < whole * 8, "{operation} {arguments}: {first} blocks of {whole}");
    assert!(second < whole * 6, "{operation} {arguments}: {second} blocks of {whole} again");
    found
}

/// Calls that walk through pages, and the step and the first of the numbers that their events begin with.
fn calls() -> Vec<(&'static str, Value, &'static str, usize, usize)> {
    let end = NOW + EVENTS as i64 - 1;
    let with = |more: Value| {
        let mut all = json!({ "logGroupName": "g", "limit": PAGE, "endTime": end });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    vec![
        ("FilterLogEvents", with(json!({})), "nextToken", 1, 0),
        ("FilterLogEvents", with(json!({ "endTime": null })), "nextToken", 1, 0),
        ("FilterLogEvents", with(json!({ "startFromHead": false })), "nextToken", 1, 0),
        ("FilterLogEvents", with(json!({ "filterPattern": "even" })), "nextToken", 2, 0),
        ("GetLogEvents", with(json!({ "logStreamName": "b", "endTime": end + 1 })), "nextBackwardToken", 2, 1),
    ]
}

#[test]
fn twenty_pages_cost_less_than_eight_scans() {
    for (operation, arguments, token, step, first) in calls() {
        let found = walks(|| Gate::open(in_order(plain)), operation, &arguments, token);
        let expected: Vec<Told> = (first..EVENTS).step_by(step).map(|it| (NOW + it as i64, message(it))).collect();
        assert_eq!(found, expected, "{operation} {arguments}");
    }
}

#[test]
fn pages_of_damaged_files_cost_as_little() {
    for (operation, mut arguments, token, _, _) in calls() {
        let found = walks(|| Gate::open(in_order(damaged)), operation, &arguments, token);
        arguments["limit"] = json!(10_000);
        let whole = walk(&Caller::over(Arc::new(in_order(damaged))), operation, &arguments, token);
        assert!(found == whole, "{operation} {arguments}: {} events, not {}", found.len(), whole.len());
    }
}

/// An archive with one file, which is longer at each scan.
struct Written {
    folder: TempDir,
    length: AtomicUsize,
    last: Mutex<Arc<Files>>,
}

impl Written {
    fn new() -> Written {
        let folder = tempfile::tempdir().unwrap();
        // The streams have a file each in a store, but the times are what counts here.
        let lines: String = (0..EVENTS).map(|it| line(NOW + it as i64, ["a", "b"][it % 2], &message(it))).collect();
        std::fs::write(folder.path().join("s.jsonl"), &lines).unwrap();
        Written { folder, length: AtomicUsize::new(lines.len()), last: Mutex::new(Arc::new(Files::none())) }
    }

    /// The archive once one more event was written.
    fn now(&self) -> Arc<Files> {
        let (path, more) = (self.folder.path().join("s.jsonl"), line(NOW + EVENTS as i64, "a", "later"));
        std::fs::File::options().append(true).open(&path).unwrap().write_all(more.as_bytes()).unwrap();
        let length = (self.length.fetch_add(more.len(), Relaxed) + more.len()) as u64;
        let times = Some((NOW, NOW + EVENTS as i64));
        let growing = Growing { path, group: String::from("g"), serial: 7, length, times, since: None };
        let mut last = self.last.lock().unwrap();
        let cut = Files::from(Memory::new().with_blocks_of(4 << 10));
        *last = Arc::new(cut.with(&[growing], None, Some(&last)));
        last.clone()
    }
}

impl Source for Written {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error> {
        self.now().scan(scan, watch, visit)
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error> {
        self.now().newest(watch)
    }

    fn groups(&self) -> Vec<Group> {
        self.now().groups()
    }

    fn beginning(&self, group: &Group) -> Option<i64> {
        self.now().beginning(group)
    }
}

#[test]
fn pages_of_a_growing_file_cost_as_little() {
    for (operation, arguments, token, step, first) in calls().into_iter().filter(|it| it.1["endTime"].is_i64()) {
        let found = walks(|| Gate::open(Written::new()), operation, &arguments, token);
        let expected: Vec<Told> = (first..EVENTS).step_by(step).map(|it| (NOW + it as i64, message(it))).collect();
        assert_eq!(found, expected, "{operation} {arguments}");
    }
}

#[test]
fn a_pointer_leads_to_its_event_whatever_is_written_elsewhere() {
    let it = Caller::new(&[("api", &line(NOW - 10, "old", "from the archive"))]);
    it.done("CreateLogGroup", json!({ "logGroupName": "g" }));
    for name in ["one", "two", "three"] {
        it.done("CreateLogStream", json!({ "logGroupName": "g", "logStreamName": name }));
    }
    let put = |name: &str| {
        let events = json!([{ "timestamp": NOW - 1, "message": name }]);
        it.done("PutLogEvents", json!({ "logGroupName": "g", "logStreamName": name, "logEvents": events }));
    };
    let events = || {
        let found = it.done("FilterLogEvents", json!({ "logGroupName": "g" }));
        let each = found["events"].as_array().unwrap().iter();
        each.map(|it| (it["message"].clone(), it["eventId"].clone())).collect::<Vec<_>>()
    };
    put("two");
    let two = events().remove(0);
    // The first stream has no file before it has an event.
    put("one");
    put("three");
    assert_eq!(events()[1], two);
    it.done("DeleteLogStream", json!({ "logGroupName": "g", "logStreamName": "one" }));
    assert_eq!(events()[0], two);
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
            _ => logs.file(&format!("{path}.gz"), Some("g"), gzip(text.as_bytes())),
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
        let it = Caller::over(Arc::new(logs));
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
