//! Files that are torn, empty, none of ours, or larger than they should be.

use crate::desk::{Desk, Said, events, gzip};

const COUNT: &str = "stats count(*) as c";

#[track_caller]
fn counts(said: &Said, count: u64) {
    assert_eq!(said.out, format!("c\n{count}\n"), "{said:?}");
}

#[test]
fn bytes_that_are_no_utf_8() {
    let desk = Desk::new();
    desk.lay("a.log", b"2026-01-01T00:00:00Z caf\xe9 {\"n\":1}\n2026-01-01T00:00:01Z fine {\"n\":2}\n");
    let said = desk.gw(&["query", "fields n, @message", "a.log", "--format", "csv"]);
    said.ends(3, &["a.log: bytes that are no UTF-8, at byte 24"]);
    for row in ["1,\"caf\u{fffd} {", "2,\"fine {"] {
        assert!(said.out.contains(row), "{}", said.out);
    }
}

#[test]
fn half_a_page_of_events() {
    let desk = Desk::with_logs();
    let whole = r#"{"events":[{"timestamp":1767225600000,"message":"a"},{"timestamp":1767225600000,"mess"#;
    desk.lay("logs/page.json", whole);
    let said = desk.gw(&["query", COUNT, "logs", "--format", "csv"]);
    said.ends(3, &["logs/page.json: JSON that ends early"]);
    counts(&said, 4);
}

#[test]
fn half_a_line_of_json_lines() {
    let desk = Desk::new();
    desk.lay("torn.jsonl", "{\"n\":1}\n{\"n\":2");
    let said = desk.gw(&["query", COUNT, "torn.jsonl", "--format", "csv"]);
    said.ends(3, &["torn.jsonl: JSON that ends early"]);
    counts(&said, 2);
}

#[test]
fn half_a_line_is_told_where_no_line_is_looked_for() {
    let desk = Desk::new();
    desk.lay("torn.jsonl", "{\"n\":1}\n".repeat(1000) + "{\"n\":2");
    for query in ["filter @message like 'nowhere' | stats count(*) as c", "filter nosuch = 1 | stats count(*) as c"] {
        let said = desk.gw(&["query", query, "torn.jsonl", "--format", "csv"]);
        said.ends(3, &["torn.jsonl: JSON that ends early"]);
        counts(&said, 0);
    }
    desk.lay("torn.jsonl", "{\"n\":1}\n".repeat(1000));
    let whole = desk.gw(&["query", "filter @message like 'nowhere'", "torn.jsonl"]);
    assert_eq!(whole.code, Some(0), "{whole:?}");
}

#[test]
fn an_empty_file_holds_nothing() {
    let desk = Desk::new();
    desk.lay("empty.log", "");
    let said = desk.gw(&["query", COUNT, "empty.log", "--format", "csv"]);
    said.ends(0, &[]);
    counts(&said, 0);
    let rows = desk.gw(&["query", "fields @message", "empty.log"]);
    rows.ends(0, &["no row: the files hold no event"]);
}

#[test]
fn an_empty_folder_is_a_mistake() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("nothing")).unwrap();
    desk.gw(&["query", COUNT, "nothing"]).ends(1, &["no files in nothing"]);
    desk.gw(&["groups", "nothing"]).ends(1, &["no files in nothing"]);
}

#[test]
fn a_folder_of_pictures_is_told_by_what_was_seen() {
    let desk = Desk::new();
    desk.lay("album/one.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
    desk.lay("album/letter.doc", b"Dear Sir,\n\xd0\xcf\x11\xe0 the logs are elsewhere.\n");
    let told = ["no logs found in 2 files", "album/one.png", "album/letter.doc", "no text in UTF-8"];
    assert_eq!(desk.gw(&["query", COUNT, "album"]).ends(1, &told).out, "");
    desk.gw(&["groups", "album"]).ends(3, &["album: no log format known in 2 of 2 files"]);
}

#[test]
fn gzip_of_several_members() {
    let desk = Desk::new();
    desk.lay("a.gz", [gzip(&events(1..=3)), gzip(b""), gzip(&events(4..=9))].concat());
    counts(&desk.gw(&["query", COUNT, "a.gz", "--format", "csv"]), 9);
}

#[test]
fn garbage_behind_gzip() {
    let desk = Desk::new();
    desk.lay("a.gz", [gzip(&events(1..=3)), b"and more".to_vec()].concat());
    let said = desk.gw(&["query", COUNT, "a.gz", "--format", "csv"]);
    said.ends(3, &["a.gz: gzip that ends early or is damaged"]);
    counts(&said, 3);
}

#[test]
fn a_file_that_is_gone_when_its_turn_comes() {
    let desk = Desk::with_logs();
    // To the listing a link that leads nowhere is a file like any other.
    std::os::unix::fs::symlink("gone", desk.path("logs/link.log")).unwrap();
    let said = desk.gw(&["query", COUNT, "logs", "--format", "csv"]);
    said.ends(3, &["logs/link.log", "no such file"]);
    counts(&said, 3);
}

#[test]
fn a_file_that_shrinks_while_it_is_read() {
    let desk = Desk::new();
    let whole = events((0..3000).cycle().take(200_000));
    for round in 0..5 {
        desk.lay("a.log", &whole);
        let running =
            desk.command(&["query", COUNT, "a.log", "--format", "csv"]).stdout(std::process::Stdio::piped()).spawn();
        std::thread::sleep(std::time::Duration::from_millis(4 * round));
        std::fs::OpenOptions::new().write(true).open(desk.path("a.log")).unwrap().set_len(100).unwrap();
        let output = running.unwrap().wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 3)), "{output:?}");
    }
}

#[test]
fn a_line_of_a_hundred_megabytes() {
    let desk = Desk::new();
    let long = [b"2026-01-01T00:00:04Z {\"n\":4,\"text\":\"".to_vec(), vec![b'x'; 100_000_000], b"\"}\n".to_vec()];
    let whole = [events(1..=3), long.concat(), events(5..=6)].concat();
    desk.lay("a.log", &whole);
    desk.lay("b.log.gz", gzip(&whole));
    for file in ["a.log", "b.log.gz"] {
        // A gigabyte of data is ten times the line.
        let line =
            format!("ulimit -d 1000000; \"$gw\" query 'stats sum(n) as s, max(strlen(text)) as l' {file} --format csv");
        assert_eq!(desk.shell(&line).answer(), "s,l\n21,100000000\n");
    }
}
