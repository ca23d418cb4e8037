//! `--output`: a file is written whole or not at all.

use crate::desk::{Desk, events};

const ASK: [&str; 5] = ["query", "fields n | sort n asc", "logs", "--format", "csv"];
const ANSWER: &str = "n\n1\n2\n3\n";

fn to(file: &str) -> Vec<&str> {
    [&ASK[..], &["--output", file]].concat()
}

#[test]
fn the_answer_goes_there_and_nowhere_else() {
    let desk = Desk::with_logs();
    assert_eq!(desk.gw(&to("out.csv")).answer(), "");
    assert_eq!(std::fs::read_to_string(desk.path("out.csv")).unwrap(), ANSWER);
    assert_eq!(desk.names("."), ["logs", "out.csv"]);
}

#[test]
fn a_file_that_is_there_is_replaced() {
    let desk = Desk::with_logs();
    desk.lay("out.csv", "something longer than the answer that replaces it");
    desk.gw(&to("out.csv")).ends(0, &[]);
    assert_eq!(std::fs::read_to_string(desk.path("out.csv")).unwrap(), ANSWER);
    assert_eq!(desk.names("."), ["logs", "out.csv"]);
}

#[cfg(unix)]
#[test]
fn who_reads_the_old_file_goes_on_reading_it() {
    use std::io::Read;
    let desk = Desk::with_logs();
    desk.lay("out.csv", "the old one");
    let mut old = std::fs::File::open(desk.path("out.csv")).unwrap();
    desk.gw(&to("out.csv")).ends(0, &[]);
    let mut text = String::new();
    old.read_to_string(&mut text).unwrap();
    assert_eq!(text, "the old one");
}

#[cfg(unix)]
#[test]
fn others_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_logs();
    desk.gw(&to("out.csv")).ends(0, &[]);
    assert_eq!(desk.path("out.csv").metadata().unwrap().permissions().mode() & 0o777, 0o644);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let desk = Desk::with_logs();
    desk.lay("far/out.csv", "old");
    std::os::unix::fs::symlink("far/out.csv", desk.path("link")).unwrap();
    desk.gw(&to("link")).ends(0, &[]);
    assert!(desk.path("link").symlink_metadata().unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(desk.path("far/out.csv")).unwrap(), ANSWER);
    assert_eq!(desk.names("far"), ["out.csv"]);
}

#[test]
fn what_fails_leaves_the_old_file_alone() {
    let desk = Desk::with_logs();
    desk.lay("out.csv", "old");
    for (query, path, code) in [("fields n", "nowhere", 1), ("filtr n", "logs", 2)] {
        assert_eq!(desk.gw(&["query", query, path, "--output", "out.csv"]).code, Some(code));
        assert_eq!(std::fs::read_to_string(desk.path("out.csv")).unwrap(), "old");
        assert_eq!(desk.names("."), ["logs", "out.csv"]);
    }
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_leaves_no_half_of_a_file() {
    let desk = Desk::with_logs();
    desk.lay("logs/more.log", events(4..=3000));
    desk.lay("out.csv", "old");
    // A block of the shell's limit is 512 or 1024 bytes; the answer has some thousand.
    let line = "trap '' XFSZ; ulimit -f 4; \"$gw\" query 'fields n, @message' logs --format csv --output out.csv";
    desk.shell(line).ends(1, &["out.csv cannot be written"]);
    assert_eq!(std::fs::read_to_string(desk.path("out.csv")).unwrap(), "old");
    assert_eq!(desk.names("."), ["logs", "out.csv"]);
}

#[test]
fn a_folder_that_is_not_there() {
    let desk = Desk::with_logs();
    let said = desk.gw(&to("nowhere/out.csv"));
    said.ends(1, &["nowhere/out.csv cannot be written: there is no folder nowhere"]);
    desk.gw(&to("logs")).ends(1, &["logs cannot be written"]);
    assert_eq!(desk.names("."), ["logs"]);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_straight() {
    let desk = Desk::with_logs();
    let said = desk.shell("\"$gw\" query 'fields n | sort n asc' logs --format csv --output /dev/stdout | cat");
    assert_eq!(said.answer(), ANSWER);
}
