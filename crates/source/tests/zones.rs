//! Bytes of files that are passed over, since what was seen of them before has no event for a scan.
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::sync::atomic::Ordering;

use flate2::Compression;
use flate2::write::GzEncoder;
use plan::{Range, Scan, Sequence};
use source::{Files, Input, Memory, Report, Source, Watch};

const HEAD: &str = "2026-01-01T00:00:00.000Z ";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn file(path: &str, bytes: impl AsRef<[u8]>) -> Memory {
    Memory::new().file(path, None, bytes.as_ref())
}

/// How many events a scan hands over, and what it tells.
fn read(memory: &Memory, scan: &Scan) -> (u64, Report) {
    let watch = Watch::default();
    let report = memory.scan(scan, &watch, &|_| {}).unwrap();
    (watch.rows.into_inner(), report)
}

#[test]
fn files_known_to_lie_outside_are_passed_over_and_count_as_read() {
    let memory = file("s/0", format!("{HEAD}old\n")).file("s/1", None, "2026-01-02T00:00:00.000Z new\n".as_bytes());
    assert_eq!(memory.newest(&Watch::default()).unwrap(), Some(1_767_312_000_000));
    assert_eq!(memory.newest(&Watch::default()).unwrap(), Some(1_767_312_000_000));
    let range = Some(Range { start: 1_767_312_000_000, end: i64::MAX });
    for (scan, count) in [(Scan { range, ..Scan::default() }, 1), (Scan::default(), 2)] {
        let (found, report) = read(&memory, &scan);
        assert_eq!(found, count);
        assert_eq!((report.files_read, report.faults.len()), (2, 0));
    }
}

#[test]
fn of_what_is_passed_over_the_same_is_told() {
    let mut torn = gzip(format!("{HEAD}{}\n", "x".repeat(5_000)).repeat(20).as_bytes());
    torn.truncate(torn.len() - 9);
    let event = "{\"logStreamName\":\"s\",\"timestamp\":1,\"message\":\"m\"}\n";
    let memory = file("s/torn.gz", torn)
        .file("s/json", None, format!("{{\"events\":[{}{{\"mess", event.repeat(20).replace("\n", ",")).as_bytes())
        .file("s/syslog", None, "Oct 11 22:14:15 host su[1]: m\n".repeat(20).as_bytes())
        .file("s/mark", None, [b"\xef\xbb\xbf".as_slice(), event.as_bytes(), b"{}\n"].concat())
        .file("s/untimed", None, format!("no time\n{HEAD}m\n").as_bytes())
        .with_blocks_of(200);
    let told = |scan: &Scan, floor: i64| {
        let watch = Watch::default();
        watch.floor.store(floor, Ordering::Relaxed);
        let report = memory.scan(scan, &watch, &|_| {}).unwrap();
        let counts = (report.records_untimed, report.records_yearless, report.files_read, report.groups_scanned);
        (report.blocks_read, (counts, report.faults))
    };
    let range = Some(Range { start: 0, end: i64::MAX });
    let whole = Scan { range, ..Scan::default() };
    let (blocks, first) = told(&whole, i64::MIN);
    assert!(blocks > 10 && first.0.0 > 0 && first.0.1 == 20 && first.1.len() > 1, "{blocks} blocks, {first:?}");
    assert_eq!(told(&whole, 1_767_225_600_001), (0, first.clone()));
    let later = Scan { range: Some(Range { start: 1_767_225_600_001, end: i64::MAX }), ..Scan::default() };
    assert_eq!(told(&later, i64::MIN), (0, first));
    // Where no range is asked for, those without a time count until there is a floor.
    let (blocks, ((untimed, ..), _)) = told(&Scan::default(), 0);
    assert_eq!((told(&Scan::default(), 1_767_225_600_001).0, untimed), (0, 0));
    assert!(blocks > 10);
}

#[test]
fn what_a_walk_inflates_again_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let text: String = (0..20_000).map(|it| format!("{} event {it}\n", 1_767_225_600_000_i64 + it)).collect();
    let whole = gzip(text.as_bytes());
    let torn = &whole[..whole.len() - 20];
    for (name, bytes) in [("whole.gz", whole.as_slice()), ("torn.gz", torn)] {
        let path = folder.path().join(name);
        for walks in [false, true] {
            std::fs::write(&path, bytes).unwrap();
            let files = Files::open(&[Input::new(&path)], None).unwrap();
            let scan = |walks, sequence| {
                let watch = Watch::default();
                watch.ceiling.store(1_767_225_601_000, Ordering::Relaxed);
                let scan = Scan { walks, sequence, ..Scan::default() };
                files.scan(&scan, &watch, &|_| {}).map(|it| (it.records_scanned, it.faults))
            };
            let first = scan(walks, Sequence::OldestFirst).unwrap();
            assert_eq!((first.0, first.1.len()), (1_001, usize::from(name == "torn.gz")));
            assert_eq!(scan(walks, Sequence::NewestFirst).unwrap(), first, "{name}");
            // Nothing is left to be inflated, and the system says that nothing has changed.
            let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
            let modified = file.metadata().unwrap().modified().unwrap();
            (&file).write_all(&vec![0; bytes.len()]).unwrap();
            file.set_modified(modified).unwrap();
            match walks {
                true => assert_eq!(scan(false, Sequence::NewestFirst).unwrap(), first, "{name}"),
                false => assert_ne!(scan(false, Sequence::NewestFirst).ok(), Some(first), "{name}"),
            }
        }
    }
}
