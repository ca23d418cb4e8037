//! Files that are being written while they are read, and folders that name their log group themselves.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, SystemTime};

use plan::{Form, Scan, Wanted};
use source::{Files, Growing, Input, Memory, Source, Watch};

fn line(time: i64, message: &str) -> String {
    format!("{{\"logStreamName\":\"s\",\"timestamp\":{time},\"message\":\"{message}\",\"ingestionTime\":9}}\n")
}

/// `group/stream time message`, in the order of the archive.
fn read(files: &Files, scan: &Scan) -> Vec<String> {
    let found = Mutex::new(Vec::new());
    let report = files.scan(scan, &Watch::default(), &|block| {
        let said = (0..block.len()).map(|row| {
            let stream = block.stream(row).unwrap_or("-").to_owned();
            let time = block.time(row).unwrap_or(-1);
            (block.place(row), format!("{}/{stream} {time} {}", block.group(row), block.message(row)))
        });
        found.lock().unwrap().extend(said);
    });
    assert!(report.unwrap().faults.is_empty());
    let mut found = found.into_inner().unwrap();
    found.sort();
    found.into_iter().map(|it| it.1).collect()
}

fn growing(path: PathBuf, group: &str, length: usize) -> Growing {
    Growing { path, group: group.to_owned(), serial: 1, length: length as u64, times: None, since: None }
}

#[test]
fn only_what_was_acknowledged_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive/api");
    fs::create_dir_all(&archive).unwrap();
    fs::write(archive.join("old.jsonl"), line(1, "old")).unwrap();
    let files = Files::open(&[Input::new(folder.path().join("archive"))], None).unwrap();
    // Of a large settled file, which is mapped, of a large one that is not, and of a small one.
    for (count, settled) in [(10_000, true), (10_000, false), (1, false)] {
        let path = folder.path().join("new.jsonl");
        let whole: String = (0..count).map(|it| line(it, "new")).collect();
        fs::write(&path, format!("{whole}{}", "{\"logStreamName\":\"s\",\"timesta")).unwrap();
        let now = files.with(&[growing(path.clone(), "/my/api", whole.len())], None, None);
        fs::File::options().append(true).open(&path).unwrap().write_all(line(7, "later").as_bytes()).unwrap();
        if settled {
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
        }
        let found = read(&now, &Scan::default());
        assert_eq!(found.len(), count as usize + 1);
        assert_eq!(found[..2], ["api/s 1 old", "/my/api/s 0 new"]);
        assert_eq!(read(&files, &Scan::default()), ["api/s 1 old"]);
        assert_eq!(now.groups().iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["/my/api", "api"]);
    }
}

#[test]
fn what_has_expired_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.jsonl");
    let whole: String = (0..10).map(|it| line(it, "new")).collect();
    fs::write(&path, &whole).unwrap();
    let one = Growing { times: Some((0, 9)), since: Some(8), ..growing(path.clone(), "g", whole.len()) };
    let files = Files::none().with(&[one], Some("123456789012"), None);
    assert_eq!(read(&files, &Scan::default()), ["g/s 8 new", "g/s 9 new"]);
    let range = Some(plan::Range { start: 0, end: 8 });
    assert_eq!(read(&files, &Scan { range, ..Scan::default() }), ["g/s 8 new"]);
    assert_eq!(files.newest(&Watch::default()).unwrap(), Some(9));
    assert_eq!(files.groups()[0].account.as_deref(), Some("123456789012"));
    assert!(read(&Files::none(), &Scan::default()).is_empty());
}

#[test]
fn what_was_seen_of_a_file_stays_known_and_its_places_the_same_while_files_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, times: Range<i64>| {
        let path = folder.path().join(name);
        let text: String = times.map(|it| line(it, "new")).collect();
        fs::File::options().create(true).append(true).open(&path).unwrap().write_all(text.as_bytes()).unwrap();
        let length = fs::metadata(&path).unwrap().len() as usize;
        Growing { serial: name.parse().unwrap(), ..growing(path, name, length) }
    };
    let archive = Files::from(Memory::new().file("old", None, line(0, "old").as_bytes()).with_blocks_of(300));
    // The blocks that are read to find what is new, and the places of the last three events.
    let newer = |files: &Files, time: i64| {
        let (places, watch) = (Mutex::new(Vec::new()), Watch::default());
        watch.floor.store(time, Relaxed);
        let scan = Scan { fields: vec![Wanted { name: "@timestamp".into(), form: Form::Text }], ..Scan::default() };
        let report = files.scan(&scan, &watch, &|block| {
            places.lock().unwrap().extend((0..block.len()).map(|row| (block.time(row), block.place(row))));
        });
        let mut places = places.into_inner().unwrap();
        places.sort();
        (report.unwrap().blocks_read, places)
    };
    let second = write("2", 0..1_000);
    let one = archive.with(std::slice::from_ref(&second), None, None);
    let (read, all) = newer(&one, 0);
    assert!(read > 200 && all.len() == 1_001, "{read} blocks");
    let last = |count: usize| &all[all.len() - count..];
    assert_eq!(newer(&one, 998), (1, last(2).to_vec()));
    // One that was there before it is first written to; what grew of the other is read, with what was its last block.
    let (first, second) = (write("1", 0..1), write("2", 1_000..1_100));
    let two = archive.with(&[first, second], None, Some(&one));
    let (read, places) = newer(&two, 998);
    assert_eq!((&places[..2], places.len()), (last(2), 102));
    assert!((20..40).contains(&read), "{read} blocks");
    assert_eq!(newer(&two, 1_099).0, 1);
    // Another one at the same place is another file, and nothing is known of it.
    fs::remove_file(folder.path().join("2")).unwrap();
    let third = Growing { serial: 3, ..write("2", 0..1_100) };
    let (read, places) = newer(&archive.with(&[third], None, Some(&two)), 1_099);
    assert!(read > 200, "{read} blocks");
    assert!(places[0].1 > all[1_000].1);
}

#[test]
fn a_folder_may_name_its_log_group() {
    let folder = tempfile::tempdir().unwrap();
    for (name, group) in [("my-api~1", Some("/my/api")), ("other", None), ("odd", Some(""))] {
        let inner = folder.path().join(name);
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("s.jsonl"), line(1, name)).unwrap();
        group.into_iter().for_each(|it| fs::write(inner.join(".log-group"), it).unwrap());
    }
    let files = Files::open(&[Input::new(folder.path())], None).unwrap();
    assert_eq!(read(&files, &Scan::default()), ["/my/api/s 1 my-api~1", "odd/s 1 odd", "other/s 1 other"]);
    let named = Input { group: Some(String::from("given")), ..Input::new(folder.path().join("my-api~1")) };
    assert_eq!(read(&Files::open(&[named], None).unwrap(), &Scan::default()), ["given/s 1 my-api~1"]);
}
