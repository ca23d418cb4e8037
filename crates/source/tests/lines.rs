//! Text logs in every form: the events are those that were written, however the files are cut or torn.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Write;
use std::sync::Mutex;

use flate2::Compression;
use flate2::write::GzEncoder;
use plan::{Range, Scan};
use source::{Memory, Source, Watch};
use testkit::random::Random;

const BLOCKS: [usize; 6] = [1, 7, 64, 300, 5000, 1 << 20];

/// 2026-01-01
const BEGIN: i64 = 1_767_225_600_000;

/// An event as it is found: its time, its stream, its message.
type Found = (Option<i64>, Option<String>, String);

fn events(file: &[u8], block: usize, scan: &Scan) -> (Vec<Found>, source::Report) {
    let memory = Memory::new().file("log", None, file).with_blocks_of(block);
    let found = Mutex::new(Vec::new());
    let report = memory
        .scan(scan, &Watch::default(), &|block| {
            let row = |row: usize| {
                let stream = block.stream(row).map(str::to_owned);
                (block.place(row), (block.time(row), stream, block.message(row).to_owned()))
            };
            found.lock().unwrap().extend((0..block.len()).map(row));
        })
        .unwrap();
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|it| it.0);
    (found.into_iter().map(|it| it.1).collect(), report)
}

/// The same bytes, which can then be read only one after another.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A form of a log: an event at this time with this message, as it is written, and as it must be found.
struct Form {
    name: &'static str,
    write: fn(i64, &str) -> (String, Found),
    /// How fine its times are, in milliseconds.
    step: i64,
}

/// `2026-01-01 00:00:00.000` with other letters in the places of some.
fn stamp(time: i64, length: usize, between: char) -> String {
    value::time::print(time)[..length].replace(' ', &between.to_string())
}

/// An event whose message is the line, and whose stream is the file.
fn whole(time: i64, line: String) -> (String, Found) {
    let found = (Some(time), Some(String::from("log")), line.clone());
    (line, found)
}

const FORMS: [Form; 8] = [
    Form {
        name: "tail, detailed",
        write: |time, message| {
            let stream = format!("web/{}", time / 1000 % 3);
            let line = format!("{}000+00:00 {stream} {message}", stamp(time, 23, 'T'));
            (line, (Some(time), Some(stream), message.to_owned()))
        },
        step: 1,
    },
    Form {
        name: "tail, in colours",
        write: |time, message| {
            let line = format!("\x1b[32m{}+00:00\x1b[0m \x1b[36mweb-1\x1b[0m {message}", stamp(time, 19, 'T'));
            (line, (Some(time), Some(String::from("web-1")), message.to_owned()))
        },
        step: 1000,
    },
    Form {
        name: "tail, short",
        write: |time, message| (format!("{} {message}", stamp(time, 19, 'T')), (Some(time), None, message.to_owned())),
        step: 1000,
    },
    Form {
        name: "syslog, RFC 5424",
        write: |time, message| whole(time, format!("<34>1 {}Z host app 1 - - {message}", stamp(time, 23, 'T'))),
        step: 1,
    },
    Form {
        name: "syslog of a file",
        write: |time, message| whole(time, format!("{}456+00:00 host app[1]: {message}", stamp(time, 23, 'T'))),
        step: 1,
    },
    Form {
        name: "access",
        write: |time, message| {
            let (day, clock) = (&stamp(time, 10, ' ')[8..], &stamp(time, 19, ' ')[11..]);
            whole(time, format!("192.0.2.1 - - [{day}/Jan/2026:{clock} +0000] \"{message}\" 200 -"))
        },
        step: 1000,
    },
    Form {
        name: "text with a comma",
        write: |time, message| whole(time, format!("{} INFO {message}", stamp(time, 23, ' ').replace('.', ","))),
        step: 1,
    },
    Form {
        name: "text with slashes",
        write: |time, message| whole(time, format!("{} {message}", stamp(time, 19, ' ').replace('-', "/"))),
        step: 1000,
    },
];

/// What messages are made of; none begins a line with a time.
const PIECES: &[&str] = &[
    "",
    "a",
    "é b",
    "{\"a\": 1}",
    "\n    at x",
    "\n\n{\n \"a\": 1\n}",
    "[x] 2026-01-01",
    "<0",
    "Oct",
    "\n2026-01-01 00:00:00th",
    "\n2026-01-01T00:00:00th",
];

fn log(form: &Form, random: &mut Random) -> (String, Vec<Found>) {
    let end = random.word(&["\n", "\r\n"]);
    let (mut text, mut expected) = (String::new(), Vec::new());
    for number in 0..1 + random.below(30) {
        let time = BEGIN + (number as i64 * 77_777 + random.between(0, 70_000)) / form.step * form.step;
        let message: String = (0..random.below(4)).map(|_| *random.pick(PIECES)).collect();
        let (line, found) = (form.write)(time, message.trim_end());
        text.push_str(&line);
        // The last line may lack its end.
        text.push_str(end);
        expected.push(found);
    }
    (text, expected)
}

fn logs(seeds: std::ops::Range<u64>, mut check: impl FnMut(&Form, &str, &[Found], &mut Random)) {
    for seed in seeds {
        let mut random = Random::new(seed);
        for form in &FORMS {
            let (text, expected) = log(form, &mut random);
            check(form, &text, &expected, &mut random);
        }
    }
}

#[test]
fn every_form_gives_the_events_that_went_in_whatever_the_blocks() {
    logs(0..40, |form, text, expected, _| {
        for block in BLOCKS {
            let (found, report) = events(text.as_bytes(), block, &Scan::default());
            assert_eq!(found, expected, "{}, blocks of {block}\n{text}", form.name);
            assert_eq!(report.faults, [], "{}", form.name);
            let (found, _) = events(&packed(text.as_bytes()), block, &Scan::default());
            assert_eq!(found, expected, "{}, packed, blocks of {block}\n{text}", form.name);
        }
        let unended = text.trim_end_matches(['\r', '\n']);
        assert_eq!(events(unended.as_bytes(), 64, &Scan::default()).0, expected, "{}", form.name);
    });
}

#[test]
fn a_range_and_a_text_keep_what_they_should() {
    logs(100..130, |form, text, expected, random| {
        let start = BEGIN + random.between(0, 1_000_000);
        let range = Range { start, end: start + 500_000 };
        let kept: Vec<Found> = expected.iter().filter(|it| range.holds(it.0.unwrap())).cloned().collect();
        assert_eq!(
            events(text.as_bytes(), 100, &Scan { range: Some(range), ..Scan::default() }).0,
            kept,
            "{}",
            form.name
        );
        let scan = Scan { literals: vec![String::from("at x")], ..Scan::default() };
        for block in BLOCKS {
            let (found, _) = events(text.as_bytes(), block, &scan);
            let lost = expected.iter().find(|it| it.2.contains("at x") && !found.contains(it));
            assert_eq!(lost, None, "{}, blocks of {block}", form.name);
            assert!(found.iter().all(|it| expected.contains(it)), "{}", form.name);
        }
    });
}

#[test]
fn damage_behind_the_first_line_loses_nothing_whatever_the_blocks() {
    logs(200..260, |form, text, _, random| {
        let first = text.find('\n').unwrap() + 1;
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..1 + random.below(4) {
            if bytes.len() == first {
                break;
            }
            let at = first + random.below(bytes.len() - first);
            match random.below(3) {
                0 => bytes.truncate(at),
                1 => bytes[at] = *random.pick(b"\xff\n\r[<: \x1b0"),
                _ => drop(bytes.drain(at..(at + 5).min(bytes.len()))),
            }
        }
        let (whole, _) = events(&bytes, 1 << 20, &Scan::default());
        for block in BLOCKS {
            assert_eq!(events(&bytes, block, &Scan::default()).0, whole, "{}, blocks of {block}", form.name);
        }
        // Of a tail the heads are no part of the messages; of the rest every letter is.
        let letters = |text: &str| text.chars().filter(|it| !matches!(it, '\r' | '\n')).count();
        let found: usize = whole.iter().map(|it| letters(&it.2)).sum();
        let is_whole = found == letters(&String::from_utf8_lossy(&bytes));
        assert!(is_whole || form.name.starts_with("tail"), "{}\n{}", form.name, bytes.escape_ascii());
    });
}

#[test]
fn a_line_that_a_block_cuts_splits_no_event() {
    // What is looked at to find the format is there before the first block is cut.
    let long = "x".repeat(1 << 16);
    for (between, message) in [(' ', "2026-01-01 00:00:00 "), ('T', "")] {
        let time = |rest: &str| format!("2026-01-01{between}00:00:0{rest}");
        let begun = format!("{long}\n{}\nend", time("0th"));
        let text = format!("{}\n{}\n", time(&format!("0 {begun}")), time("1 b"));
        let (whole, _) = events(text.as_bytes(), 1 << 20, &Scan::default());
        assert_eq!((whole.len(), &whole[0].2), (2, &format!("{message}{begun}")));
        for block in long.len()..=text.len() {
            let (found, _) = events(&packed(text.as_bytes()), block, &Scan::default());
            let lengths: Vec<usize> = found.iter().map(|it| it.2.len()).collect();
            assert!(found == whole, "blocks of {block}: messages of {lengths:?} bytes");
        }
    }
}

#[test]
fn other_text_is_events_without_a_time() {
    let text = "level=info msg=ready\r\n\n  indented\nlast";
    for block in BLOCKS {
        let (found, report) = events(text.as_bytes(), block, &Scan::default());
        let messages: Vec<&str> = found.iter().map(|it| it.2.as_str()).collect();
        assert_eq!(messages, ["level=info msg=ready", "  indented", "last"]);
        assert!(found.iter().all(|it| it.0.is_none()) && report.faults.is_empty());
    }
    let range = Some(Range { start: 0, end: i64::MAX });
    let (found, report) = events(text.as_bytes(), 100, &Scan { range, ..Scan::default() });
    assert_eq!((found.len(), report.records_untimed), (0, 3));
}

#[test]
fn times_without_a_year_are_counted() {
    let text = "<34>Oct 11 22:14:15 host su: a\nOct 12 22:14:15 host su: b\n<34>1 - h a - - - c\n";
    for block in BLOCKS {
        let (found, report) = events(text.as_bytes(), block, &Scan::default());
        let times: Vec<Option<i64>> = found.iter().map(|it| it.0).collect();
        assert_eq!(times, [Some(87_689_655_000), Some(87_776_055_000), None]);
        assert_eq!((report.records_yearless, report.faults.len()), (2, 0));
    }
    let memory = Memory::new().file("log", None, text.as_bytes());
    let range = Some(Range { start: BEGIN, end: i64::MAX });
    for _ in 0..2 {
        memory.newest(&Watch::default()).unwrap();
        let report = memory.scan(&Scan { range, ..Scan::default() }, &Watch::default(), &|_| {}).unwrap();
        assert_eq!(report.records_yearless, 2, "a range that leaves them out says why");
    }
}
