//! Files whose data names the log groups: each event is of its own, however the files are cut, and whatever is asked.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Write;
use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use plan::{Counted, Form, Groups, Range, Scan, Wanted, Which};
use source::{Memory, Report, Source, Trouble, Watch};
use testkit::logs::{self, LogSizes};
use testkit::random::Random;

const BLOCKS: [usize; 7] = [1, 7, 64, 300, 1000, 5000, 1 << 20];

const BEGIN: i64 = 1_767_225_600_000;

/// An event: account and group, stream, time, message.
type Row = (String, Option<String>, Option<i64>, String);

/// A record of a subscription: account, group, stream, and its events.
struct Record {
    account: &'static str,
    group: &'static str,
    stream: &'static str,
    events: Vec<(i64, String)>,
}

/// How records are written.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// One after another, without anything between.
    Joined,
    /// A line each.
    Lines,
    /// Indented, in a list.
    List,
    /// One after another, keys in the order of the alphabet: the group stands behind the events.
    Sorted,
    /// What Lambda functions get, a line each.
    Lambda,
    /// What Lambda functions get of Kinesis: several in a document.
    Kinesis,
    /// Live tail, a document for each record.
    LiveTail,
}

const SHAPES: [Shape; 7] =
    [Shape::Joined, Shape::Lines, Shape::List, Shape::Sorted, Shape::Lambda, Shape::Kinesis, Shape::LiveTail];

const CONTROL: &str = r#"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}"#;

fn records(random: &mut Random) -> Vec<Record> {
    let log = logs::log(random, &LogSizes::default());
    let mut messages = log.into_iter().map(|it| it.message).filter(|it| !it.is_empty());
    let mut records = Vec::new();
    for number in 0..1 + random.below(8) {
        let count = random.below(6);
        records.push(Record {
            account: random.pick::<&str>(&["111111111111", "222222222222"]),
            group: random.pick::<&str>(&["/aws/lambda/a", "/ecs/b", "c"]),
            stream: random.pick::<&str>(&["s", "t/[$LATEST]\"é"]),
            events: messages
                .by_ref()
                .take(count)
                .map(|it| (BEGIN + number as i64 * 1000 + random.below(999) as i64, it))
                .collect(),
        });
    }
    records
}

fn write(shape: Shape, records: &[Record]) -> Vec<u8> {
    let json = |record: &Record| -> serde_json::Value {
        let event = |(time, message): &(i64, String)| serde_json::json!({"id": "3", "timestamp": time, "message": message, "extractedFields": {"owner": "x", "logGroup": "y"}});
        let events: Vec<_> = record.events.iter().map(event).collect();
        serde_json::json!({
            "messageType": "DATA_MESSAGE", "owner": record.account, "logGroup": record.group,
            "logStream": record.stream, "subscriptionFilters": ["f"], "logEvents": events,
        })
    };
    let ordered = |record: &Record, keys: [&str; 6]| {
        let it = json(record);
        format!("{{{}}}", keys.map(|key| format!("\"{key}\":{}", it[key])).join(","))
    };
    let sorted = |record: &Record| {
        ordered(record, ["logEvents", "logGroup", "logStream", "messageType", "owner", "subscriptionFilters"])
    };
    let ordered = |record: &Record| {
        ordered(record, ["messageType", "owner", "logGroup", "logStream", "subscriptionFilters", "logEvents"])
    };
    let packed = |record: &Record| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(ordered(record).as_bytes()).unwrap();
        STANDARD.encode(gzip.finish().unwrap())
    };
    let result = |record: &Record, (time, message): &(i64, String)| {
        serde_json::json!({
            "logStreamName": record.stream, "logGroupIdentifier": format!("{}:{}", record.account, record.group),
            "message": message, "timestamp": time, "ingestionTime": time + 5,
        })
    };
    let each = records.iter();
    let text = match shape {
        Shape::Joined => each.map(ordered).fold(CONTROL.to_owned(), |all, it| all + &it),
        Shape::Lines => each.map(|it| ordered(it) + "\n").fold(format!("{CONTROL}\n"), |all, it| all + &it),
        Shape::List => {
            let mut all: Vec<_> = each.map(json).collect();
            all.insert(0, serde_json::from_str(CONTROL).unwrap());
            serde_json::to_string_pretty(&all).unwrap()
        }
        Shape::Sorted => each.map(sorted).collect::<Vec<_>>().join("\n"),
        Shape::Lambda => {
            let document = |it| format!("{{\"awslogs\": {{\"data\": \"{}\"}}}}\n", packed(it));
            each.map(document).collect()
        }
        Shape::Kinesis => {
            let record =
                |it| format!(r#"{{"kinesis":{{"partitionKey":"k","data":"{}"}},"eventVersion":"1.0"}}"#, packed(it));
            format!("{{\"Records\": [{}]}}", each.map(record).collect::<Vec<_>>().join(","))
        }
        Shape::LiveTail => {
            let document = |it: &Record| {
                let results: Vec<_> = it.events.iter().map(|event| result(it, event)).collect();
                serde_json::json!({"sessionUpdate": {"sessionMetadata": {"sampled": false}, "sessionResults": results}})
                    .to_string()
            };
            let start = r#"{"sessionStart":{"logGroupIdentifiers":["111111111111:x"],"sessionId":"i"}}"#;
            each.map(document).fold(start.to_owned(), |all, it| all + "\n" + &it)
        }
    };
    text.into_bytes()
}

fn rows(records: &[Record]) -> Vec<Row> {
    let each = |it: &Record| {
        let log = format!("{}:{}", it.account, it.group);
        let stream = Some(it.stream.to_owned());
        it.events
            .iter()
            .map(move |(time, message)| (log.clone(), stream.clone(), Some(*time), message.clone()))
            .collect::<Vec<_>>()
    };
    records.iter().flat_map(each).collect()
}

fn read(source: &dyn Source, scan: &Scan) -> (Vec<Row>, Report) {
    let found = Mutex::new(Vec::new());
    let report = source.scan(scan, &Watch::default(), &|block| {
        let log = &block.columns(&[Wanted { name: "@log".into(), form: Form::Text }], None)[0];
        for row in 0..block.len() {
            let log = log.texts().get(row).unwrap_or_default().to_string();
            let stream = block.stream(row).map(str::to_owned);
            let event = (log, stream, block.time(row), block.message(row).to_owned());
            found.lock().unwrap().push((block.place(row), event));
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|it| it.0);
    assert!(found.windows(2).all(|it| it[0].0 < it[1].0), "every event has a place of its own");
    (found.into_iter().map(|it| it.1).collect(), report.unwrap())
}

fn file(bytes: &[u8], block: usize) -> Memory {
    Memory::new().file("folder/file", None, bytes).with_blocks_of(block)
}

fn archives(seeds: std::ops::Range<u64>, mut check: impl FnMut(Shape, &[Record], &[u8], &mut Random)) {
    for seed in seeds {
        let mut random = Random::new(seed);
        let records = records(&mut random);
        for shape in SHAPES {
            check(shape, &records, &write(shape, &records), &mut random);
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn each_event_is_of_the_group_its_data_names() {
    archives(0..40, |shape, records, bytes, _| {
        for block in BLOCKS {
            for bytes in [bytes.to_vec(), gzip(bytes)] {
                let (found, report) = read(&file(&bytes, block), &Scan::default());
                assert_eq!(report.faults, [], "{shape:?}, blocks of {block}");
                assert_eq!(found, rows(records), "{shape:?}, blocks of {block}");
            }
        }
    });
}

#[test]
fn a_source_picks_groups_and_their_times_within_a_file() {
    archives(100..140, |shape, records, bytes, random| {
        let range = Range { start: BEGIN + random.below(4000) as i64, end: BEGIN + 5000 };
        let groups = vec![
            Groups { which: Which::Named(String::from("/ecs/b")), range: Some(range) },
            Groups {
                which: Which::Prefixed {
                    prefixes: vec![String::from("/aws")],
                    accounts: vec![String::from("111111111111")],
                    except: Vec::new(),
                },
                range: None,
            },
        ];
        let wanted =
            |it: &Row| it.0.ends_with(":/ecs/b") && range.holds(it.2.unwrap()) || it.0 == "111111111111:/aws/lambda/a";
        let all = rows(records);
        let kept: Vec<Row> = all.iter().filter(|it| wanted(it)).cloned().collect();
        let scan = Scan { groups, ..Scan::default() };
        let source = file(bytes, *random.pick(&BLOCKS));
        let (found, report) = read(&source, &scan);
        assert_eq!(found, kept, "{shape:?}");
        // Once the times of the file are known, the answer is the same.
        source.newest(&Watch::default()).unwrap();
        assert_eq!(read(&source, &scan).0, kept, "{shape:?}");
        let counted = read(&source, &Scan { counted: Counted::All, ..scan }).1;
        let seen = all.iter().filter(|it| it.0.ends_with(":/ecs/b") || it.0 == "111111111111:/aws/lambda/a").count();
        assert_eq!(counted.records_scanned, seen as u64, "{shape:?}");
        assert_eq!(counted.groups_scanned, report.groups_scanned, "{shape:?}");
    });
}

#[test]
fn groups_are_counted_whatever_is_passed_over() {
    let mut passed_over = 0;
    archives(200..240, |shape, records, bytes, random| {
        let names = |records: &[Record]| {
            let mut names: Vec<_> = records.iter().map(|it| (it.group, it.account)).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let source = file(bytes, *random.pick(&BLOCKS));
        let listed: Vec<_> = source.groups().into_iter().map(|it| (it.name, it.account.unwrap_or_default())).collect();
        let listed: Vec<_> = listed.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        // Live tail says a group with each event alone.
        let named: Vec<Record> = match shape {
            Shape::LiveTail => records.iter().filter(|it| !it.events.is_empty()).map(copy).collect(),
            _ => records.iter().map(copy).collect(),
        };
        assert_eq!(listed, names(&named), "{shape:?}");
        let scan = Scan { literals: vec![String::from("ERROR")], ..Scan::default() };
        let (found, report) = read(&source, &scan);
        assert_eq!(report.groups_scanned, listed.len(), "{shape:?}");
        let all = rows(records);
        assert!(all.iter().filter(|it| it.3.contains("ERROR")).all(|it| found.contains(it)), "{shape:?}");
        passed_over += usize::from(found.len() < all.len());
    });
    assert!(passed_over > 20);
}

fn copy(it: &Record) -> Record {
    Record { events: it.events.clone(), ..*it }
}

#[test]
fn a_cut_file_gives_what_is_whole_and_says_so() {
    let mut checked = 0;
    archives(300..330, |shape, records, bytes, random| {
        let all = rows(records);
        for _ in 0..20 {
            let cut = random.below(bytes.len());
            let source = file(&bytes[..cut], *random.pick(&BLOCKS));
            if source.groups().iter().any(|it| it.formats.iter().all(|it| !FORMATS.contains(it))) {
                continue;
            }
            let (found, report) = read(&source, &Scan::default());
            let is_told = report.faults.iter().any(|it| matches!(it.trouble, Trouble::TornJson | Trouble::Torn(_)));
            let begun = begun(shape, records, &bytes[..cut]);
            assert!(is_told || found.len() == begun, "{shape:?} cut at {cut}: {} of {begun}", found.len());
            // Where a group stands behind its events, it is lost with the end of the file.
            if !matches!(shape, Shape::Sorted | Shape::List) {
                assert!(all.starts_with(&found), "{shape:?} cut at {cut}");
            }
            checked += 1;
        }
    });
    assert!(checked > 2000, "{checked}");
}

const FORMATS: [&str; 3] = ["subscription", "awslogs", "livetail"];

/// How many events begin in the first bytes of a file.
fn begun(shape: Shape, records: &[Record], bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    match shape {
        Shape::LiveTail => text.matches("\"logGroupIdentifier\":").count(),
        Shape::Lambda | Shape::Kinesis => {
            let count = text.matches("\"data\": \"").count() + text.matches("\"data\":\"").count();
            records.iter().take(count).map(|it| it.events.len()).sum()
        }
        _ => text.matches("\"extractedFields\":").count(),
    }
}

#[test]
fn no_damage_stops_a_reader() {
    archives(400..420, |shape, _, bytes, random| {
        for _ in 0..20 {
            let mut bytes = bytes.to_vec();
            for _ in 0..1 + random.below(4) {
                let at = random.below(bytes.len());
                match random.below(3) {
                    0 => bytes[at] = *random.pick(b"{}[]\",:\\\xff\0\n9"),
                    1 => drop(bytes.drain(at..(at + random.below(40)).min(bytes.len()))),
                    _ => {
                        bytes.splice(at..at, CONTROL.bytes().skip(random.below(CONTROL.len())).take(30)).for_each(drop)
                    }
                }
            }
            let block = *random.pick(&BLOCKS);
            let source = file(&bytes, block);
            source.groups();
            if let Ok(newest) = source.newest(&Watch::default()) {
                let (found, _) = read(&source, &Scan::default());
                assert!(found.iter().filter_map(|it| it.2).max() <= newest, "{shape:?}, blocks of {block}");
            }
        }
    });
}

#[test]
fn a_garbled_event_costs_itself_alone() {
    let event = |message: &str| format!(r#"{{"id":"1","timestamp":{BEGIN},"message":"{message}"}}"#);
    let record = |events: &[String]| {
        format!(
            r#"{{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":[],"logEvents":[{}]}}"#,
            events.join(",")
        )
    };
    let bad = [event("a"), String::from(r#"{"id":"2","timestamp":"x"#), event("b")];
    let untimed = [event("c"), String::from(r#"{"id":"2","message":"no time"}"#), event("d")];
    let bytes = [record(&bad), String::from("rubbish"), record(&untimed)].concat();
    let (found, report) = read(&file(bytes.as_bytes(), 1 << 20), &Scan::default());
    let messages: Vec<&str> = found.iter().map(|it| it.3.as_str()).collect();
    assert_eq!(messages, ["a", "b", "c", "d"]);
    assert_eq!(report.faults.iter().map(|it| (&it.trouble, it.count)).collect::<Vec<_>>(), [(&Trouble::TornJson, 3)]);
}
