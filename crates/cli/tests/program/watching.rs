//! `gw query --watch`: the query again whenever its file or the archive changes.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::desk::{Desk, events};

#[test]
fn an_answer_comes_again_when_logs_or_query_change() {
    let desk = Desk::with_logs();
    desk.lay("count.cwli", "stats count(*) as events");
    let mut command = desk.command(&["query", "--query-file", "count.cwli", "logs", "--format", "csv", "--watch"]);
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut answer = |count: usize| lines.by_ref().take(count).collect::<Vec<String>>();
    assert_eq!(answer(2), ["events", "3"]);
    desk.lay("logs/more.log", events(4..=5));
    assert_eq!(answer(3), ["", "events", "5"]);
    desk.lay("count.cwli", "filtr");
    assert_eq!(answer(1), [""]);
    // The fault is waited for: a file that is written again at once may never be read as it was.
    let mut told = BufReader::new(running.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(told.any(|it| it.contains("unknown-command")));
    desk.lay("count.cwli", "stats max(n) as most");
    assert_eq!(answer(3), ["", "most", "5"]);
    running.kill().unwrap();
    running.wait().unwrap();
}

#[test]
fn it_ends_where_nobody_reads() {
    let desk = Desk::with_logs();
    let mut command = desk.command(&["query", "stats count(*)", "logs", "--watch"]);
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
    desk.lay("logs/more.log", events(4..=5));
    assert_eq!(running.wait().unwrap().code(), Some(0));
}

#[test]
fn standard_input_cannot_be_watched() {
    let desk = Desk::with_logs();
    desk.gw(&["query", "fields n", "-", "--watch"]).ends(2, &["standard input"]);
    desk.gw(&["query", "fields n", "--watch"]).ends(2, &["standard input"]);
    desk.gw(&["query", "fields n", "logs", "--watch", "--output", "a.txt"]).ends(2, &["cannot be used with"]);
}

#[test]
fn a_zone_moves_what_is_shown_and_nothing_else() {
    let desk = Desk::with_logs();
    let args = ["query", "fields @timestamp, n | filter n = 1", "logs", "--format", "csv", "--tz"];
    let said = |zone: &str| desk.gw(&[&args[..], &[zone]].concat());
    assert_eq!(said("Europe/Berlin").answer(), "@timestamp,n\n2026-01-01 01:00:01.500,1\n");
    assert_eq!(said("-05:30").answer(), "@timestamp,n\n2025-12-31 18:30:01.500,1\n");
    said("Nowhere/City").ends(2, &["--tz takes a zone such as Europe/Berlin"]);
    let aws = ["query", "fields n", "logs", "--format", "aws", "--tz", "UTC"];
    desk.gw(&aws).ends(2, &["--format aws is what the service gives, and that is UTC"]);
}
