//! Files of an archive that somebody changes while they are served.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use source::{Files, Input};

use super::caller::{Caller, NOW, line};

fn served(folder: &Path) -> Caller {
    Caller::over(Arc::new(Files::open(&[Input::new(folder)], None).unwrap()))
}

/// The messages from a time on, asked for a few at a time.
fn messages(it: &Caller, start: i64) -> Vec<String> {
    let mut arguments = json!({ "logGroupName": "api", "startTime": start, "limit": 2 });
    let mut found = Vec::new();
    loop {
        let page = it.done("FilterLogEvents", arguments.clone());
        let events = page["events"].as_array().unwrap().iter();
        found.extend(events.map(|it| it["message"].as_str().unwrap().to_owned()));
        match page.get("nextToken") {
            Some(token) => arguments["nextToken"] = token.clone(),
            None => return found,
        }
    }
}

fn lines(from: i64, to: i64) -> String {
    (from..to).map(|it| line(NOW - 1_000 + it, "s", &format!("m{it}"))).collect()
}

fn named(from: i64, to: i64) -> Vec<String> {
    (from..to).map(|it| format!("m{it}")).collect()
}

#[test]
fn what_is_appended_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api/app.jsonl");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, lines(0, 5)).unwrap();
    let it = served(folder.path());
    // What a follower does: from the newest event on, again and again.
    for end in 5..9 {
        assert_eq!(messages(&it, 0), named(0, end));
        assert_eq!(messages(&it, NOW - 1_000 + end), Vec::<String>::new());
        OpenOptions::new().append(true).open(&path).unwrap().write_all(lines(end, end + 1).as_bytes()).unwrap();
        assert_eq!(messages(&it, NOW - 1_000 + end), named(end, end + 1));
    }
}

#[test]
fn what_is_written_anew_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let packed = |text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    for (name, bytes) in
        [("app.jsonl", (|it: &str| it.as_bytes().to_vec()) as fn(&str) -> Vec<u8>), ("app.jsonl.gz", packed)]
    {
        let path = folder.path().join("api").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes(&lines(0, 9))).unwrap();
        let it = served(folder.path());
        for _ in 0..2 {
            assert_eq!(messages(&it, 0), named(0, 9));
        }
        // Shorter, then longer; then it is gone.
        for (from, to) in [(20, 23), (30, 60)] {
            fs::write(&path, bytes(&lines(from, to))).unwrap();
            for _ in 0..2 {
                assert_eq!(messages(&it, 0), named(from, to), "{name}");
            }
        }
        fs::remove_file(&path).unwrap();
        let gone = json!({ "logGroupName": "api" });
        let (status, answer): (u16, Value) = it.call("FilterLogEvents", &gone);
        assert_eq!(status, 503, "{answer}");
    }
}
