//! Documents that list events: cut anywhere, torn anywhere, they give the events that went in.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Mutex;

use plan::{Form, Scan, Wanted};
use serde_json::{Value, json};
use source::{Memory, Report, Source, Watch};
use testkit::logs::{self, LogSizes};
use testkit::random::Random;

/// The sizes of blocks that files are cut into.
const BLOCKS: [usize; 5] = [1, 7, 300, 5000, 1 << 20];

/// An event as it is read: its place, its time and its message.
type Found = (u64, Option<i64>, String);

fn scan(bytes: &[u8], block: usize, scan: &Scan) -> (Vec<Found>, Report) {
    let memory = Memory::new().file("group/stream/0", None, bytes).with_blocks_of(block);
    let found = Mutex::new(Vec::new());
    let visit = |block: &source::Block<'_>| {
        let each = (0..block.len()).map(|row| (block.place(row), block.time(row), block.message(row).to_owned()));
        found.lock().unwrap().extend(each);
    };
    let report = memory.scan(scan, &Watch::default(), &visit).unwrap();
    let mut found = found.into_inner().unwrap();
    found.sort();
    (found, report)
}

fn read(bytes: &[u8], block: usize) -> (Vec<(Option<i64>, String)>, Report) {
    let (found, report) = scan(bytes, block, &Scan::default());
    (found.into_iter().map(|it| (it.1, it.2)).collect(), report)
}

/// Random messages with their times, none of them without.
fn events(random: &mut Random) -> Vec<(i64, String)> {
    let texts = logs::log(random, &LogSizes::default()).into_iter().map(|it| it.message);
    texts.enumerate().map(|(index, it)| (logs::BEGIN + index as i64 * 1000, it)).collect()
}

/// A CloudTrail file, and the records in it.
fn cloudtrail(random: &mut Random) -> (String, Vec<(Option<i64>, String)>) {
    let records = events(random).into_iter().map(|(time, message)| {
        let head = format!(r#"{{"eventVersion":"1.08","userIdentity":{{"type":"Root"}},"eventTime":"{}""#, iso(time));
        let nested = r#"{"eventVersion":"1","userIdentity":{},"eventTime":"x"}"#;
        let parameters = json!({ "text": message, "list": ["{\"eventVersion\":\"1\",\"userIdentity\":"] });
        let record = format!(r#"{head},"nested":{nested},"requestParameters":{parameters},"eventID":"1"}}"#);
        (Some(time), record)
    });
    let records: Vec<_> = records.collect();
    let separator = if random.one_in(2) { "," } else { ",\n  " };
    let texts: Vec<&str> = records.iter().map(|it| it.1.as_str()).collect();
    (format!("{{\"Records\":[{}]}}", texts.join(separator)), records)
}

fn iso(time: i64) -> String {
    value::time::print(time).replace(' ', "T") + "Z"
}

/// The same rows in each of the forms that answers are saved in.
fn saved(events: &[(i64, String)]) -> [String; 4] {
    let rows: Vec<[(&str, String); 3]> = events
        .iter()
        .enumerate()
        .map(|(row, (time, message))| {
            [("@timestamp", value::time::print(*time)), ("n", row.to_string()), ("@message", message.clone())]
        })
        .collect();
    let object = |row: &[(&str, String); 3]| row.iter().map(|(name, it)| ((*name).to_owned(), json!(it))).collect();
    let objects: Vec<Value> = rows.iter().map(|it| Value::Object(object(it))).collect();
    let pairs = |row: &[(&str, String); 3]| -> Vec<Value> {
        row.iter().map(|(name, it)| json!({ "field": name, "value": it })).collect()
    };
    let answer = json!({ "results": rows.iter().map(pairs).collect::<Vec<_>>(), "status": "Complete" });
    let quoted = |it: &String| format!("\"{}\"", it.replace('"', "\"\""));
    let lines = rows.iter().map(|row| row.each_ref().map(|it| quoted(&it.1)).join(",") + "\n");
    [
        serde_json::to_string_pretty(&answer).unwrap(),
        serde_json::to_string_pretty(&objects).unwrap(),
        objects.iter().map(|it| format!("{it}\n")).collect(),
        format!("@timestamp,n,@message\n{}", lines.collect::<String>()),
    ]
}

#[test]
fn records_are_read_however_the_file_is_cut() {
    let mut passed_over = 0;
    for seed in 0..30 {
        let (text, records) = cloudtrail(&mut Random::new(seed));
        if records.is_empty() {
            continue;
        }
        for block in BLOCKS {
            let (found, report) = read(text.as_bytes(), block);
            assert_eq!((found, report.faults), (records.clone(), vec![]), "{seed}, blocks of {block}");
        }
        let scanned = Scan { literals: vec![iso(logs::BEGIN)], ..Scan::default() };
        let kept = scan(text.as_bytes(), 5000, &scanned).0;
        assert!(kept.iter().any(|it| it.2 == records[0].1), "{seed}");
        passed_over += records.len() - kept.len();
    }
    assert!(passed_over > 50, "the pre-filter sees each record alone");
}

#[test]
fn saved_rows_are_read_in_every_form() {
    for seed in 0..30 {
        let events = events(&mut Random::new(seed));
        if events.is_empty() {
            continue;
        }
        let expected: Vec<_> = events.iter().map(|(time, it)| (Some(*time), it.clone())).collect();
        for (form, text) in saved(&events).iter().enumerate() {
            for block in BLOCKS {
                let (found, report) = read(text.as_bytes(), block);
                assert_eq!((found, report.faults), (expected.clone(), vec![]), "{seed}: form {form}, {text}");
            }
        }
    }
}

#[test]
fn lines_that_look_like_something_else_stay_messages() {
    let line = r#"{"level":"INFO","time":"1970-01-01T00:00:01Z"}"#;
    for first in [
        r#"{"results":[],"status":"ok","time":"1970-01-01T00:00:00Z"}"#,
        r#"{"results":[[1,2]],"time":"1970-01-01T00:00:00Z"}"#,
        r#"{"@message":"m","time":"1970-01-01T00:00:00Z"}"#,
        r#"{"region":"eu","data":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln","time":0}"#,
    ] {
        let (found, report) = read(format!("{first}\n{line}\n").as_bytes(), 1 << 20);
        assert_eq!(found, [(Some(0), first.to_owned()), (Some(1000), line.to_owned())]);
        assert_eq!(report.faults, []);
    }
}

#[test]
fn a_token_in_a_record_is_nothing_packed() {
    let record = r#"{"eventVersion":"1","userIdentity":{"data":"eyJhbGciOiJIUzI1NiJ9.e30.c2ln"},"eventTime":"1970-01-01T00:00:00Z"}"#;
    let (found, report) = read(format!(r#"{{"Records":[{record}]}}"#).as_bytes(), 1 << 20);
    assert_eq!((found, report.faults), (vec![(Some(0), record.to_owned())], vec![]));
}

#[test]
fn messages_that_are_made_are_searched_as_they_are() {
    let bytes = b"text,n\n\"a\nbcd\",1\n";
    let scanned = Scan { literals: vec!["nbcd".to_owned()], ..Scan::default() };
    let found = scan(bytes, 1 << 20, &scanned).0;
    assert_eq!(found.into_iter().map(|it| it.2).collect::<Vec<_>>(), [r#"{"text":"a\nbcd","n":"1"}"#]);
}

#[test]
fn saved_columns_are_fields_in_every_form() {
    let events: Vec<_> = (0..5).map(|it| (logs::BEGIN, format!("{{\"n\":\"{}\",\"m\":1}}", it * 100))).collect();
    let wanted = [("n", Form::Text), ("n", Form::Number), ("n", Form::Present), ("m", Form::Text)]
        .map(|(name, form)| Wanted { name: name.into(), form });
    for text in saved(&events) {
        let memory = Memory::new().file("group/stream/0", None, text.as_bytes());
        let visit = |block: &source::Block<'_>| {
            let columns = block.columns(&wanted, Some(&[4, 2]));
            assert_eq!([columns[0].texts().get(0), columns[0].texts().get(1)], [Some("4"), Some("2")]);
            assert_eq!(columns[1].numbers().get(1), Some(2.0));
            assert_eq!(columns[2].bools().get(1), Some(true));
            assert_eq!(columns[3].texts().get(0), Some("1"));
        };
        assert_eq!(memory.scan(&Scan::default(), &Watch::default(), &visit).unwrap().records_scanned, 5);
    }
}

#[test]
fn a_file_that_breaks_off_loses_what_is_behind_and_says_so() {
    let rows: Vec<_> = (0..4).map(|it| (logs::BEGIN + it, format!("é \"{it}\", {{[\n"))).collect();
    let records = cloudtrail(&mut Random::new(3)).0;
    let mut silent = 0;
    // Objects one a line, a table and records may end between two of them.
    let in_one_piece = [0, 1];
    for (form, text) in saved(&rows).iter().chain([&records]).enumerate() {
        let whole = read(text.as_bytes(), 1 << 20).0;
        // Of less it cannot be told what it was to be.
        for length in 120..text.len().min(3000) {
            let (found, report) = read(&text.as_bytes()[..length], 64);
            let is_told = !report.faults.is_empty();
            assert!(is_told || !in_one_piece.contains(&form) || length == text.len(), "{form}, {length}");
            if !is_told {
                // The last line of a table may end anywhere.
                let certain = found.len().saturating_sub(usize::from(form == 3));
                assert!(whole.starts_with(&found[..certain]), "{form}, {length}: {found:?}");
                silent += usize::from(found.len() < whole.len());
            } else {
                assert!(found.len() <= whole.len(), "{form}, {length}: {found:?}");
            }
        }
    }
    // Between two events nothing shows that there were more.
    assert!(silent < 60, "{silent}");
}

#[test]
fn damaged_documents_never_panic() {
    let mut random = Random::new(7);
    for seed in 0..40 {
        let events = events(&mut Random::new(seed));
        let records = cloudtrail(&mut Random::new(seed)).0;
        for text in saved(&events).iter().chain([&records]) {
            let mut bytes = text.clone().into_bytes();
            for _ in 0..random.below(5) + 1 {
                let at = random.below(bytes.len());
                bytes[at] = *random.pick(b"\"\\{}[],:\n\r\0\xff1a");
            }
            bytes.truncate(bytes.len() - random.below(bytes.len() / 4));
            let memory = Memory::new().file("group/stream/0", None, bytes).with_blocks_of(*random.pick(&BLOCKS));
            let visit = |block: &source::Block<'_>| {
                let wanted = Wanted { name: "n".into(), form: Form::Text };
                assert_eq!(block.columns(&[wanted], None)[0].len(), block.len());
            };
            let _ = memory.scan(&Scan::default(), &Watch::default(), &visit);
        }
    }
}
