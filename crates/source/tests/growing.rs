//! Files that are being written while they are read, and folders that name their log group themselves.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use plan::{Range, Scan};
use source::{Files, Growing, Input, Source, Watch};

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
    let range = Some(Range { start: 0, end: 8 });
    assert_eq!(read(&files, &Scan { range, ..Scan::default() }), ["g/s 8 new"]);
    assert_eq!(files.newest(&Watch::default()).unwrap(), Some(9));
    assert_eq!(files.groups()[0].account.as_deref(), Some("123456789012"));
    assert!(read(&Files::none(), &Scan::default()).is_empty());
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
