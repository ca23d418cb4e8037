//! Files as they are found in the world: what can be read is answered, and what cannot is told.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::Ordering;

use flate2::Compression;
use flate2::write::GzEncoder;
use plan::{Form, Range, Scan, Wanted};
use source::{Error, Files, Input, Memory, Report, Source, Trouble, Watch};
use testkit::logs::{self, LogSizes};
use testkit::random::Random;
use testkit::render::{Shape, render};

const HEAD: &str = "2026-01-01T00:00:00.000Z ";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The messages of a scan in the order of the archive, and what it tells.
fn read(source: &dyn Source, scan: &Scan) -> Result<(Vec<String>, Report), Error> {
    let found = Mutex::new(Vec::new());
    let report = source.scan(scan, &Watch::default(), &|block| {
        let rows = (0..block.len()).map(|row| (block.place(row), block.message(row).to_owned()));
        found.lock().unwrap().extend(rows);
    })?;
    let mut found = found.into_inner().unwrap();
    found.sort();
    Ok((found.into_iter().map(|it| it.1).collect(), report))
}

fn file(path: &str, bytes: impl AsRef<[u8]>) -> Memory {
    Memory::new().file(path, None, bytes.as_ref())
}

fn troubles(report: &Report) -> Vec<(&Trouble, Option<u64>, u64)> {
    report.faults.iter().map(|it| (&it.trouble, it.at, it.count)).collect()
}

#[test]
fn torn_gzip_gives_what_is_ahead_of_the_tear() {
    let mut random = Random::new(1);
    let text: String = (0..20_000).map(|it| format!("{HEAD}event {it} {}\n", random.hex(40))).collect();
    let mut packed = gzip(text.as_bytes());
    packed.truncate(packed.len() / 2);
    let memory = file("s/0.gz", &packed);
    // A look at the times does not make the file a whole one.
    assert_eq!(memory.newest(&Watch::default()).unwrap(), Some(1_767_225_600_000));
    let range = Some(Range { start: 0, end: 0 });
    assert_eq!(read(&memory, &Scan { range, ..Scan::default() }).unwrap().1.faults.len(), 1);
    let (messages, report) = read(&memory, &Scan::default()).unwrap();
    assert!(messages.len() > 5000);
    assert!(
        messages
            .iter()
            .enumerate()
            .all(|(it, message)| format!("event {it} ").starts_with(&message[..8.min(message.len())]))
    );
    let [(Trouble::Torn("gzip"), Some(at), 1)] = troubles(&report)[..] else { panic!("{report:?}") };
    assert!(text.as_bytes().starts_with(&text.as_bytes()[..at as usize]) && at > 100_000);
}

#[test]
fn what_stands_behind_a_member_and_is_none_is_told() {
    let mut packed = gzip(format!("{HEAD}one\n").as_bytes());
    packed.extend(gzip(format!("{HEAD}two\n").as_bytes()));
    packed.extend(b"garbage");
    let (messages, report) = read(&file("s/0.gz", &packed), &Scan::default()).unwrap();
    assert_eq!(messages, ["one", "two"]);
    assert_eq!(report.faults.len(), 1);
}

#[test]
fn damaged_gzip_never_panics() {
    let mut random = Random::new(2);
    let text: String = (0..300).map(|it| format!("{HEAD}{{\"n\":{it}}}\n")).collect();
    let whole = gzip(text.as_bytes());
    for _ in 0..200 {
        let mut packed = whole.clone();
        for _ in 0..random.between(1, 4) {
            let at = random.below(packed.len());
            packed[at] = random.bits() as u8;
        }
        match read(&file("s/0.gz", &packed), &Scan::default()) {
            Ok((messages, _)) => assert!(messages.len() <= 300 * 3),
            Err(error) => assert!(matches!(error, Error::Nothing { .. })),
        }
    }
}

#[test]
fn damaged_files_never_panic_and_lines_do_not_depend_on_blocks() {
    let names = ["level", "nested.code", "items.0.id", "@requestId", "@duration", "@timestamp", "@logStream", "@ptr"];
    let forms = [Form::Text, Form::Number, Form::Present];
    let fields: Vec<Wanted> =
        names.iter().flat_map(|name| forms.map(|form| Wanted { name: (*name).into(), form })).collect();
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let log = logs::log(&mut random, &LogSizes::default());
        for shape in Shape::ALL.iter().filter(|it| **it != Shape::ExportGzip) {
            let mut archive = render(*shape, &log, &mut random);
            for (_, bytes) in &mut archive.files {
                for _ in 0..random.below(6) {
                    let at = random.below(bytes.len());
                    match random.below(4) {
                        0 => bytes.truncate(at),
                        1 if at < bytes.len() => bytes[at] = random.bits() as u8,
                        2 => bytes.insert(at, *random.pick(b"\"{}[],:\\\n\0 \xff")),
                        _ if at < bytes.len() => drop(bytes.remove(at)),
                        _ => {}
                    }
                }
            }
            archive.files.sort();
            let literals = vec![String::from("ERROR")];
            let mut whole = None;
            for block in [1 << 20, 200, 1] {
                let files = archive.files.iter();
                let memory =
                    files.fold(Memory::new(), |memory, (path, bytes)| memory.file(path, None, bytes.as_slice()));
                let memory = memory.with_blocks_of(block);
                let found = read(&memory, &Scan::default()).map(|it| it.0).unwrap_or_default();
                // In a document a quote more or less reaches on to where the next event can be told from the bytes.
                if !matches!(shape.format(), "events" | "subscription" | "livetail") {
                    assert_eq!(*whole.get_or_insert_with(|| found.clone()), found, "{shape:?}, blocks of {block}");
                }
                let scan = Scan { literals: literals.clone(), fields: fields.clone(), ..Scan::default() };
                let _ = memory.scan(&scan, &Watch::default(), &|block| {
                    assert_eq!(block.columns(&fields, None).len(), fields.len());
                });
                let _ = source::fields(&memory, &Scan::default(), &Watch::default(), None);
            }
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_counted() {
    let mut bytes = format!("{HEAD}before\n{HEAD}").into_bytes();
    bytes.extend(b"caf\xe9 \xff\xfe {\"a\":\"\xc3\x28\"}\n");
    bytes.extend(format!("{HEAD}{{\"a\":\"é\"}}\n").bytes());
    let wanted = [Wanted { name: "a".into(), form: Form::Text }];
    let memory = file("s/0", &bytes);
    let (messages, report) = read(&memory, &Scan::default()).unwrap();
    assert_eq!(messages, ["before", "caf\u{fffd} \u{fffd}\u{fffd} {\"a\":\"\u{fffd}(\"}", "{\"a\":\"é\"}"]);
    let first = bytes.iter().position(|it| *it == b'\xe9').unwrap() as u64;
    assert_eq!(troubles(&report), [(&Trouble::NotUtf8, Some(first), 4)]);
    memory
        .scan(&Scan::default(), &Watch::default(), &|block| {
            let column = &block.columns(&wanted, None)[0];
            assert_eq!(column.texts().get(1), Some("\u{fffd}("));
            assert_eq!(column.texts().get(2), Some("é"));
        })
        .unwrap();
    let events = b"{\"events\":[{\"timestamp\":1,\"message\":\"caf\xe9 \\\"q\\\"\"}]}";
    let (messages, report) = read(&file("f.json", events), &Scan::default()).unwrap();
    assert_eq!(messages, ["caf\u{fffd} \"q\""]);
    let first = events.iter().position(|it| *it == b'\xe9').unwrap() as u64;
    assert_eq!(troubles(&report), [(&Trouble::NotUtf8, Some(first), 1)]);
}

#[test]
fn half_a_document_gives_its_whole_events() {
    let event = |it: u32| {
        format!("{{\"logStreamName\":\"s\",\"timestamp\":{it},\"message\":\"m{it} {{\\\"timestamp\\\":1}}\"}}")
    };
    let whole = format!("{{\"events\":[{},{},{}]}}", event(1), event(2), event(3));
    for cut in [whole.len() - 3, whole.len() - 20] {
        let (messages, report) = read(&file("f.json", &whole[..cut]), &Scan::default()).unwrap();
        assert_eq!(messages, ["m1 {\"timestamp\":1}", "m2 {\"timestamp\":1}"]);
        assert_eq!(report.faults.len(), 1);
        assert_eq!(report.faults[0].trouble, Trouble::TornJson);
    }
    // Damage in the midst costs the event it is in.
    let damaged = whole.replacen("\"timestamp\":2,", "\"timestamp\":2;", 1);
    for block in [1, 1000] {
        let (messages, report) = read(&file("f.json", &damaged).with_blocks_of(block), &Scan::default()).unwrap();
        assert_eq!(messages, ["m1 {\"timestamp\":1}", "m3 {\"timestamp\":1}"]);
        assert_eq!(report.faults.len(), 1, "{report:?}");
    }
}

#[test]
fn lines_of_json_that_are_broken_are_messages() {
    let text = "{\"a\":1,\"@timestamp\":\"1970-01-01T00:00:01Z\"}\r\n\r\nplain\n{\"a\":\n  \n[1]\n{\"b\":2}";
    let (messages, report) = read(&file("f.jsonl", text), &Scan::default()).unwrap();
    let lines = ["{\"a\":1,\"@timestamp\":\"1970-01-01T00:00:01Z\"}", "plain", "{\"a\":", "[1]", "{\"b\":2}"];
    assert_eq!(messages, lines);
    assert_eq!(report.faults, []);
}

#[test]
fn empty_files_are_no_trouble() {
    let (messages, report) = read(&file("a", "").file("b.gz", None, gzip(b"")), &Scan::default()).unwrap();
    assert_eq!((messages.len(), report.faults.len()), (0, 0));
}

#[test]
fn a_mark_of_utf_8_is_no_part_of_the_log() {
    for text in [format!("{HEAD}one\n"), String::from("{\"events\":[{\"timestamp\":1,\"message\":\"one\"}]}")] {
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [gzip(&marked), marked] {
            assert_eq!(read(&file("s/0", &bytes), &Scan::default()).unwrap().0, ["one"]);
        }
    }
}

#[test]
fn one_line_of_a_hundred_megabytes() {
    let long = format!("{{\"a\":\"{}\",\"b\":2}}", "x".repeat(100 << 20));
    let text = format!("{HEAD}first\n{HEAD}{long}\n{HEAD}last\n");
    let wanted = [Wanted { name: "b".into(), form: Form::Number }];
    let packed = GzEncoder::new(Vec::new(), Compression::fast());
    let mut packed = packed;
    packed.write_all(text.as_bytes()).unwrap();
    for bytes in [packed.finish().unwrap(), text.into_bytes()] {
        let found = Mutex::new(Vec::new());
        file("s/0", bytes)
            .scan(&Scan::default(), &Watch::default(), &|block| {
                let column = block.columns(&wanted, None).remove(0);
                let rows =
                    (0..block.len()).map(|row| (block.place(row), block.message(row).len(), column.numbers().get(row)));
                found.lock().unwrap().extend(rows);
            })
            .unwrap();
        let mut found = found.into_inner().unwrap();
        found.sort_by_key(|it| it.0);
        let found: Vec<_> = found.into_iter().map(|it| (it.1, it.2)).collect();
        assert_eq!(found, [(5, None), (long.len(), Some(2.0)), (4, None)]);
    }
}

#[test]
fn where_nothing_can_be_read_the_error_says_what_was_seen() {
    let memory = file("a.bin", b"\x00\x01\x02\x03").file("b.txt", None, b"\xe9t\xe9\n".as_slice());
    let error = read(&memory, &Scan::default()).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("no logs found in 2 files"), "{text}");
    assert!(text.contains("a.bin: ") && text.contains("b.txt: "), "{text}");
    // Beside a log they are faults.
    let (messages, report) =
        read(&memory.file("s/0", None, format!("{HEAD}m\n").into_bytes()), &Scan::default()).unwrap();
    assert_eq!(messages, ["m"]);
    assert_eq!(troubles(&report), [(&Trouble::Binary, None, 1), (&Trouble::Binary, None, 1)]);
    assert_eq!(report.files_read, 1);
}

#[test]
fn lists_of_records_that_are_no_trail_are_messages() {
    for text in [
        r#"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"2026-01-01T00:00:00Z"}]}"#,
        r#"{"Records":[{"messageId":"1","body":"{\"eventID\":\"1\"}","eventSource":"aws:sqs"}]}"#,
        r#"{"Records":[1]}"#,
    ] {
        assert_eq!(read(&file("f", text), &Scan::default()).unwrap().0, [text]);
    }
}

#[test]
fn files_of_all_kinds_from_folders_patterns_and_names() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let task = "12345678-1234-1234-1234-123456789012";
    let export = format!("{HEAD}{{\"b\":1}}\n");
    write(&format!("exports/api/{task}/stream-1/000000.gz"), &gzip(export.as_bytes()));
    write(&format!("exports/api/{task}/stream-2/000000"), export.as_bytes());
    write("exports/api/aws-logs-write-test", b"Permission Check Successful");
    write(&format!("exports/aws/lambda/fn/{task}/2026-01-01-[$LATEST]ab/000000.gz"), &gzip(export.as_bytes()));
    write("exports/events/page.json", b"{\"events\":[{\"timestamp\":1,\"message\":\"m\",\"logStreamName\":\"x\"}]}");
    write("exports/events/bare.jsonl", b"{\"time\":1767225600,\"a\":1}\n");
    write("exports/.hidden/file", b"?");
    write("exports/odd/picture.png", b"\x89PNG\0\0");
    let named = |paths: &[&str]| {
        let inputs: Vec<Input> = paths.iter().map(|it| Input::new(folder.path().join(it))).collect();
        Files::open(&inputs, None)
    };
    let wanted = ["@logStream", "@log", "@message"].map(|it| Wanted { name: it.into(), form: Form::Text });
    let rows = |files: &Files| {
        let rows = Mutex::new(Vec::new());
        let report = files.scan(&Scan::default(), &Watch::default(), &|block| {
            let columns = block.columns(&wanted, None);
            for row in 0..block.len() {
                let texts = columns.iter().map(|it| it.value(row).map_or(String::from("-"), |it| it.to_text()));
                rows.lock().unwrap().push((block.place(row), texts.collect::<Vec<_>>().join(" ")));
            }
        });
        let mut rows = rows.into_inner().unwrap();
        rows.sort();
        (rows.into_iter().map(|it| it.1).collect::<Vec<_>>(), report)
    };
    let (found, report) = rows(&named(&["exports"]).unwrap());
    let expected = [
        "stream-1 000000000000:api {\"b\":1}",
        "stream-2 000000000000:api {\"b\":1}",
        "2026-01-01-[$LATEST]ab 000000000000:/aws/lambda/fn {\"b\":1}",
        "- 000000000000:events {\"time\":1767225600,\"a\":1}",
        "x 000000000000:events m",
    ];
    assert_eq!(found, expected);
    let report = report.unwrap();
    assert_eq!(report.faults.len(), 1);
    assert!(report.faults[0].path.ends_with("picture.png"));
    assert_eq!(report.groups_scanned, 4);
    let (found, _) = rows(&named(&["exports/**/*.gz", "exports/events/bare.jsonl"]).unwrap());
    assert_eq!(found, [expected[0], expected[2], expected[3]]);
    let groups = named(&["exports"]).unwrap().groups();
    let names: Vec<_> = groups.iter().map(|it| (it.name.as_str(), it.files, it.streams, it.unreadable)).collect();
    assert_eq!(names, [("/aws/lambda/fn", 1, 1, 0), ("api", 2, 2, 0), ("events", 2, 0, 0), ("odd", 1, 0, 1)]);
    assert!(matches!(named(&["exports/none"]), Err(Error::Input { .. })));
    assert!(matches!(named(&["exports/*.none"]), Err(Error::Pattern { .. })));
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert!(matches!(named(&["empty"]), Err(Error::Empty { .. })));
    let gone = named(&["exports"]).unwrap();
    fs::remove_file(folder.path().join("exports/events/page.json")).unwrap();
    let (found, report) = rows(&gone);
    assert_eq!(found.len(), 4);
    assert!(report.unwrap().faults.iter().any(|it| matches!(it.trouble, Trouble::Unreadable(_))));
}

#[test]
fn files_of_the_system_are_read_too() {
    let path = Path::new("/proc/self/status");
    if path.exists() {
        let files = Files::open(&[Input::new(path)], None).unwrap();
        let (messages, _) = read(&files, &Scan::default()).unwrap();
        assert!(messages.iter().any(|it| it.starts_with("Name:")), "{messages:?}");
    }
}

#[test]
fn a_cancelled_scan_ends_and_a_floor_passes_over_what_is_older() {
    let line = |it: i64| format!("{} m{it}\n", 1_767_225_600_000_i64 + it);
    let text: String = (0..1000).map(line).collect();
    let memory = file("s/0", text).with_blocks_of(100);
    let watch = Watch::default();
    watch.cancelled.store(true, Ordering::Relaxed);
    let report = memory.scan(&Scan::default(), &watch, &|_| panic!("no block")).unwrap();
    assert_eq!(report.records_scanned, 0);
    let watch = Watch::default();
    watch.floor.store(1_767_225_600_990, Ordering::Relaxed);
    let report = memory.scan(&Scan::default(), &watch, &|_| {}).unwrap();
    assert_eq!(report.records_scanned, 10);
    let counted = Scan { counted: plan::Counted::All, ..Scan::default() };
    assert_eq!(memory.scan(&counted, &watch, &|_| {}).unwrap().records_scanned, 1000);
}

#[test]
fn events_without_a_time_are_dropped_only_where_a_range_is_asked_for() {
    let memory = file("s/0", format!("torn\nhead\n{HEAD}whole\n"));
    assert_eq!(read(&memory, &Scan::default()).unwrap().0, ["torn\nhead", "whole"]);
    let range = Some(Range { start: 0, end: i64::MAX });
    let (messages, report) = read(&memory, &Scan { range, ..Scan::default() }).unwrap();
    assert_eq!(messages, ["whole"]);
    assert_eq!((report.records_untimed, report.records_scanned, report.bytes_scanned), (1, 1, 5));
}

#[test]
fn a_file_that_breaks_off_is_told_whatever_is_looked_for() {
    let looked_for = Scan { literals: vec!["no event says this".into()], ..Scan::default() };
    let mut told = 0;
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let log = logs::log(&mut random, &LogSizes::default());
        for shape in Shape::ALL.iter().filter(|it| **it != Shape::ExportGzip) {
            let Some((path, bytes)) = render(*shape, &log, &mut random).files.pop() else { continue };
            let torn = &bytes[..random.below(bytes.len())];
            for bytes in [&bytes[..], torn] {
                let memory = file(&path, bytes).with_blocks_of(500);
                let faults = |scan| read(&memory, scan).map_or(0, |it| it.1.faults.len());
                let (all, found) = (faults(&Scan::default()), faults(&looked_for));
                assert_eq!(all > 0, found > 0, "{shape:?} {seed}");
                told += found;
            }
        }
    }
    assert!(told > 60, "{told}");
}
